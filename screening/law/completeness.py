"""
Whether a screening is whole: a failed or a partial one is no examination of all valid denials.

It stands in the way of a decision, is said as such, and is tried again by the sweep.
Source: Reg. (EU) 2021/821 Art. 16(5): "...shall examine all valid denials...". Reading: docs/adr/0141.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from accounts.law.errors import RuleBroken
from denials.law.transactions import Role, Transaction
from screening.engine.parties import MOST_NAMES, MOST_PARTIES


class Completeness(StrEnum):
    """What there is to rest a decision on."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # a part of what is asked was left out of the comparison
    FAILED = "failed"  # the last try broke off; it is tried again
    NONE = "none"  # not screened yet


#: Those on which no grant rests.
INCOMPLETE: Final = frozenset((Completeness.PARTIAL, Completeness.FAILED))

FIRST_WAIT: Final = timedelta(seconds=60)  # as long as a claimed application is left to whoever claimed it
LONGEST_WAIT: Final = timedelta(minutes=10)


class ScreeningIncomplete(RuleBroken):
    """The last screening failed, or left a part of what is asked out of the comparison."""

    code = "screening_incomplete"
    article = "Reg. (EU) 2021/821 Art. 16(5)"


class Shortfall(StrEnum):
    """What a screening leaves out."""

    PARTIES = "parties"  # more parties than are compared
    NAMES = "names"  # more names of one party than are compared
    DENIALS = "denials"  # more denials of nearly one name than are compared


def shortfalls(asked: Transaction) -> tuple[Shortfall, ...]:
    """Return what of a transaction is beyond what is compared; nothing is left out without being named here."""
    parties = [party for party in asked.parties if party.role != Role.EXPORTER]
    found = {
        Shortfall.PARTIES: len(parties) > MOST_PARTIES,
        Shortfall.NAMES: any(len((party.name, *party.aliases)) > MOST_NAMES for party in parties),
    }
    return tuple(name for name, holds in found.items() if holds)


def completeness(*, screened: bool, failed: bool, left_out: bool) -> Completeness:
    """
    Return what there is to rest a decision on.

    :param screened: there is a screening.   :param failed: a later try broke off.   :param left_out: see `shortfalls`.
    """
    if failed:
        return Completeness.FAILED
    if not screened:
        return Completeness.NONE
    return Completeness.PARTIAL if left_out else Completeness.COMPLETE


def wait_after(tries: int) -> timedelta:
    """
    Return how long an application is left alone after having been given to a worker.

    :param tries: how often in a row, this time included. One that fails again and again waits longer each time and
        holds up no other.
    """
    return min(FIRST_WAIT * 2 ** min(max(tries - 1, 0), 8), LONGEST_WAIT)

"""
How long what is kept about people is kept: blocked some time after formal closure, then deleted but for its proof.

There is no one number: each kind of record has its own, from a day on, with its source. A denial that has effect is
never closed by the passing of time. Reading: docs/adr/0222.
Source: Reg. (EU) No 1024/2012 Art. 14; Reg. (EC) No 515/97 Art. 45.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.law.errors import RuleBroken
from accounts.law.periods import Unit, same_day

APPLICATION, CONSULTATION, DENIAL = "application", "consultation", "denial"
KINDS: Final = (APPLICATION, CONSULTATION, DENIAL)
#: Months an individual licence is good where nobody says when it was used up. Reg. (EU) 2021/821 Art. 12(3).
LICENCE_MONTHS: Final = 24


@dataclass(frozen=True)
class Rule:
    """
    When records of a kind are blocked and when their personal data are deleted, in months after the formal closure.

    `block_months` None: never blocked.   `since`: the first day it holds, until the next rule of the kind.
    """

    kind: str
    since: date
    block_months: int | None
    delete_months: int
    source: str


IMI: Final = "Reg. (EU) No 1024/2012 Art. 14(1), (2), by analogy"
OWN_LIFE: Final = "Reg. (EU) 2021/821 Art. 16(2), Art. 23(5); Reg. (EC) No 515/97 Art. 45(2)"
RULES: Final = (
    Rule(APPLICATION, date(2000, 1, 1), 6, 36, IMI),
    Rule(CONSULTATION, date(2000, 1, 1), 6, 36, IMI),
    Rule(DENIAL, date(2000, 1, 1), None, 36, OWN_LIFE),
)


class HoldNotForeseen(RuleBroken):
    """A hold ends within five years, and not before today."""

    code = "hold_not_foreseen"
    conflict = False


def rule_for(kind: str, on: date) -> Rule:
    """Return the rule that holds for a kind on a day."""
    return max((rule for rule in RULES if rule.kind == kind and rule.since <= on), key=lambda rule: rule.since)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a month that has no such day."""
    return same_day(day, months, Unit.MONTH)


def blocks_on(kind: str, closed_on: date, today: date) -> date | None:
    """Return the day a record closed on a day is blocked, None if never."""
    months = rule_for(kind, today).block_months
    return None if months is None else months_after(closed_on, months)


def deletes_on(kind: str, closed_on: date, today: date) -> date:
    """Return the day the personal data of a record closed on a day are deleted."""
    return months_after(closed_on, rule_for(kind, today).delete_months)


def quarter_end(today: date) -> date:
    """Return the last day of the quarter a day lies in."""
    month = (today.month - 1) // 3 * 3 + 3
    return date(today.year, month, monthrange(today.year, month)[1])

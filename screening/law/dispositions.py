"""
What was done about a hit, and how long it holds.

A dismissal is remembered until the denial, the application or the rules change; then the hit comes back and says
why. A consultation about a denial stands for that version of the denial. Where the authority has chosen so, a second
officer confirms a dismissal, and the hit stands in the way until then. Source: Reg. (EU) 2021/821 Art. 16(5).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.law.errors import RuleBroken, TransitionRefused


class EarlierScreening(RuleBroken):
    """The hit belongs to a screening that a later one has replaced."""

    code = "earlier_screening"
    article = "Reg. (EU) 2021/821 Art. 16(5)"


class OwnProposal(RuleBroken):
    """Whoever proposed a dismissal does not confirm it, and a national system confirms none."""

    code = "own_proposal"


class OthersMustBeTold(TransitionRefused):
    """Another state was consulted: the withdrawal is recorded as the outcome, so that it is told."""

    code = "others_must_be_told"
    article = "Reg. (EU) 2021/821 Art. 16(5)"


class Kind(StrEnum):
    """What an officer did."""

    PROPOSED = "proposed"  # a dismissal that waits for a second officer
    DISMISSED = "dismissed"
    CONSULTED = "consulted"
    REOPENED = "reopened"


class Standing(StrEnum):
    """Where a hit stands now."""

    OPEN = "open"
    PROPOSED = "proposed"  # its dismissal waits for a second officer; until then it stands in the way
    DISMISSED = "dismissed"
    CONSULTED = "consulted"
    OWN = "own"  # the state's own denial: shown, never consulted on
    INFORMATION = "information"  # no duty follows


#: Where a hit stood after what was done about it, while nothing had changed.
SETTLED: Final = {
    Kind.PROPOSED: Standing.PROPOSED,
    Kind.DISMISSED: Standing.DISMISSED,
    Kind.CONSULTED: Standing.CONSULTED,
}
#: Where a hit stands in the way of a decision.
BLOCKING: Final = frozenset((Standing.OPEN, Standing.PROPOSED))


class Returned(StrEnum):
    """Why a hit once settled is open again."""

    DENIAL_CHANGED = "denial_changed"
    APPLICATION_CHANGED = "application_changed"
    RULES_CHANGED = "rules_changed"
    REOPENED = "reopened"


class Reason(StrEnum):
    """Why a denial does not concern an essentially identical transaction."""

    OTHER_PARTY = "other_party"
    OTHER_ITEM = "other_item"
    OTHER_PARAMETERS = "other_parameters"
    OTHER_END_USE = "other_end_use"
    OTHER_QUANTITY = "other_quantity"
    NOT_IN_FORCE = "not_in_force"
    SETTLED_BEFORE = "settled_before"  # the same question was consulted on before
    OTHER = "other"


@dataclass(frozen=True)
class Basis:
    """What a hit was judged on: the denial's version, the application's content, the rules."""

    version: str
    content: str
    ruleset: str


@dataclass(frozen=True)
class Settled:
    """The last disposition about a denial, and what the hit it was made on was judged on."""

    kind: str
    basis: Basis


@dataclass(frozen=True)
class Outcome:
    """Where the hit stands, and if it came back, why."""

    standing: Standing
    returned: Returned | None = None


def standing(level: str, *, is_own: bool, basis: Basis, last: Settled | None) -> Outcome:
    """Return where a hit stands, given the last thing done about its denial (None: nothing yet)."""
    if is_own:
        return Outcome(Standing.OWN)
    if level == "information":
        return Outcome(Standing.INFORMATION)
    if last is None:
        return Outcome(Standing.OPEN)
    if last.kind == Kind.REOPENED:
        return Outcome(Standing.OPEN, Returned.REOPENED)
    if last.basis.version != basis.version:
        return Outcome(Standing.OPEN, Returned.DENIAL_CHANGED)
    if last.basis.content != basis.content:
        return Outcome(Standing.OPEN, Returned.APPLICATION_CHANGED)
    if last.kind == Kind.CONSULTED:
        return Outcome(Standing.CONSULTED)
    if last.basis.ruleset != basis.ruleset:
        return Outcome(Standing.OPEN, Returned.RULES_CHANGED)
    return Outcome(Standing.PROPOSED if last.kind == Kind.PROPOSED else Standing.DISMISSED)

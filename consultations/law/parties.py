"""
Who is consulted about which denials, and why some denials are not consulted on.

Source: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from accounts.law.errors import FieldMissing, RuleBroken

ARTICLE = "Reg. (EU) 2021/821 Art. 16(5)"


class NotConsultedOn(RuleBroken):
    """A denial on which nobody is consulted: `denial` names it, `reason` says why."""

    code = "not_consulted_on"
    article = ARTICLE

    def __init__(self, denial: str, reason: str) -> None:
        super().__init__(denial=denial, reason=str(reason))


class NoContactPoint(RuleBroken):
    """A denying state has no contact point for the regime on the day."""

    code = "no_contact_point"

    def __init__(self, state: str, regime: str) -> None:
        super().__init__(state=state, regime=regime)


class Why(StrEnum):
    """Why nobody is consulted on a denial."""

    OWN = "own"  # of the own state: "the competent authorities which issued such denials" are other States'
    FORMER_MEMBER = "former_member"  # its state takes no part in the regime any more
    NOT_VALID = "not_valid"  # revoked, withdrawn or lifted since
    ALREADY = "already_consulted"


@dataclass(frozen=True)
class Concerned:
    """A denial as far as it matters here: its reference, issuing state, and what is known of it on the day."""

    key: str
    reference: str
    state: str
    in_force: bool
    state_is_member: bool
    already_consulted: bool = False


def why_not(denial: Concerned, own_state: str) -> Why | None:
    """Return why nobody is consulted on a denial, None if its state is."""
    if denial.state == own_state:
        return Why.OWN
    if not denial.state_is_member:
        return Why.FORMER_MEMBER
    if not denial.in_force:
        return Why.NOT_VALID
    return Why.ALREADY if denial.already_consulted else None


def by_state(denials: Iterable[Concerned], own_state: str) -> dict[str, tuple[Concerned, ...]]:
    """
    Return the denials grouped by the state that issued them, in the order given: one consultation each.

    :raises FieldMissing: without any denial.   :raises NotConsultedOn: naming the first that may not be among them.
    """
    grouped: dict[str, list[Concerned]] = {}
    for denial in denials:
        if (reason := why_not(denial, own_state)) is not None:
            raise NotConsultedOn(denial=denial.reference, reason=reason)
        grouped.setdefault(denial.state, []).append(denial)
    if not grouped:
        raise FieldMissing(field="hits", article=ARTICLE)
    return {state: tuple(members) for state, members in grouped.items()}

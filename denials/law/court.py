"""
What courts do to a denial: an appeal is lodged, the denial is upheld or annulled.

Each fact is recorded with the version that holds from then on; it changes no state, but an annulled denial obliges
nobody to consult. Reading: docs/adr/0068.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from accounts.law.errors import RuleBroken


class Fact(StrEnum):
    """What happened before a court."""

    APPEAL_LODGED = "appeal_lodged"
    UPHELD = "upheld"  # the appeal was dismissed: the denial stands
    ANNULLED = "annulled"  # by a court: it obliges nobody any more


#: What may follow upon what; the key "" is a denial no court has dealt with.
FOLLOWING: Mapping[str, frozenset[Fact]] = {
    "": frozenset({Fact.APPEAL_LODGED, Fact.ANNULLED}),
    Fact.APPEAL_LODGED: frozenset({Fact.UPHELD, Fact.ANNULLED}),
    Fact.UPHELD: frozenset({Fact.APPEAL_LODGED}),
    Fact.ANNULLED: frozenset({Fact.APPEAL_LODGED}),
}


@dataclass(frozen=True)
class CourtFact:
    """One fact: what, on which day, before which court, under which number."""

    fact: str
    on: date
    court: str = ""
    reference: str = ""

    def as_data(self) -> dict[str, str]:
        """Return the fact as JSON-ready values."""
        return {"fact": self.fact, "on": self.on.isoformat(), "court": self.court, "reference": self.reference}


class CourtFactOutOfTurn(RuleBroken):
    """The fact cannot follow upon the last one, or lies before it."""

    code = "court_fact_out_of_turn"
    article = "docs/adr/0068"


def from_data(kept: Iterable[Mapping[str, Any]]) -> tuple[CourtFact, ...]:
    """Return the facts kept with a version, the first first."""
    return tuple(
        CourtFact(str(one["fact"]), date.fromisoformat(one["on"]), one.get("court", ""), one.get("reference", ""))
        for one in kept
    )


def next_facts(last: str) -> tuple[Fact, ...]:
    """Return what may be recorded after the last fact, in the order of the enumeration."""
    return tuple(one for one in Fact if one in FOLLOWING.get(last, frozenset()))


def check_next(facts: Sequence[CourtFact], fact: CourtFact, *, decided_on: date | None, today: date) -> None:
    """
    Refuse a fact that cannot be: out of turn, before the decision or the last fact, in the future.

    :raises CourtFactOutOfTurn: naming the field.
    """
    last = facts[-1] if facts else None
    if fact.fact not in next_facts(last.fact if last else ""):
        raise CourtFactOutOfTurn(field="fact", value=fact.fact, after=last.fact if last else "")
    earliest = last.on if last else decided_on
    if fact.on > today or (earliest is not None and fact.on < earliest):
        raise CourtFactOutOfTurn(field="on", value=fact.on, after=earliest)


def is_under_appeal(facts: Sequence[CourtFact], on: date) -> bool:
    """Tell whether on a day a court had still to rule."""
    known = _until(facts, on)
    return bool(known) and known[-1].fact == Fact.APPEAL_LODGED


def is_annulled(facts: Sequence[CourtFact], on: date) -> bool:
    """
    Tell whether the last ruling until a day, that day included, annulled the denial.

    An appeal against that ruling leaves it annulled.
    """
    rulings = [one.fact for one in _until(facts, on) if one.fact != Fact.APPEAL_LODGED]
    return bool(rulings) and rulings[-1] == Fact.ANNULLED


def _until(facts: Sequence[CourtFact], on: date) -> list[CourtFact]:
    return [one for one in facts if one.on <= on]

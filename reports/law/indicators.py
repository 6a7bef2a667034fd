"""
Indicators of how states answer and review: the own state by name, the others as a mean, never below a threshold.

Divergence (one grants what another denied) names nobody.   Reading: docs/adr/0119.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Fewer cases than this say nothing and show something.
FEWEST: Final = 5
FEWEST_STATES: Final = 3  # a mean of fewer others would name them


@dataclass(frozen=True)
class Tally:
    """What one state's consultations and denials add up to: sums and how many they are of."""

    answered: int = 0
    working_hours: float = 0.0  # from receipt to answer, hours
    received: int = 0
    lapsed: int = 0
    extended: int = 0
    in_force: int = 0
    review_due: int = 0


@dataclass(frozen=True)
class Indicator:
    """One indicator: the own state's and the mean of the others, each with what it is of; None where too few."""

    name: str
    own: float | None
    own_of: int
    others: float | None
    others_of: int
    states: int


_PARTS: Final = (
    ("hours_to_answer", "working_hours", "answered", 1),
    ("lapsed_share", "lapsed", "received", 100),
    ("extended_share", "extended", "received", 100),
    ("review_due_share", "review_due", "in_force", 100),
)


def indicators(tallies: Mapping[str, Tally], own: str) -> tuple[Indicator, ...]:
    """
    Return every indicator.

    :param own: the state of the reader, "" for a secretariat: it reads the mean of all.
    """
    return tuple(_indicator(name, part, whole, scale, tallies, own) for name, part, whole, scale in _PARTS)


def _indicator(name: str, part: str, whole: str, scale: int, tallies: Mapping[str, Tally], own: str) -> Indicator:
    mine = tallies.get(own, Tally())
    others = [tally for state, tally in tallies.items() if state != own and getattr(tally, whole)]
    count = sum(getattr(tally, whole) for tally in others)
    shown = len(others) >= FEWEST_STATES and count >= FEWEST
    return Indicator(
        name,
        _ratio(getattr(mine, part), getattr(mine, whole), scale) if own else None,
        getattr(mine, whole),
        _ratio(sum(getattr(tally, part) for tally in others), count, scale) if shown else None,
        count if shown else 0,
        len(others) if shown else 0,
    )


def _ratio(part: float, whole: int, scale: int) -> float | None:
    return round(scale * part / whole, 1) if whole else None


@dataclass(frozen=True)
class Divergence:
    """A destination and category in which some state granted after consultation what another had denied."""

    destination: str
    category: str
    cases: int


def diverging(cases: Mapping[tuple[str, str], int], threshold: int = FEWEST) -> tuple[Divergence, ...]:
    """Return where states diverge, the most first; what is rarer than the threshold is left out."""
    found = (Divergence(place, category, value) for (place, category), value in cases.items() if value >= threshold)
    return tuple(sorted(found, key=lambda one: (-one.cases, one.destination, one.category)))

"""
Where a denial comes from: a state of the exchange, or a multilateral export-control regime that passed it on.

None of the multilateral texts was read; every row below is held with the confidence its source names, and is data
to be replaced. A change is a new row with its own dates. Reading: docs/adr/0063.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from accounts.law.periods import Period, Unit, looking_back
from denials.law.words import fold


class Granularity(StrEnum):
    """One denial, or a number of them over a period."""

    INDIVIDUAL = "individual"
    AGGREGATE = "aggregate"


class Tier(StrEnum):
    """The list an item stands on in a regime that keeps several."""

    BASIC = "basic"
    SENSITIVE = "sensitive"
    VERY_SENSITIVE = "very_sensitive"


@dataclass(frozen=True)
class Origin:
    """
    What a denial of one origin is, from `since` to `until`, both days included.

    `audience` names the regime whose members alone see it, "" where all members of the denial's own regime do.
    `valid_for` is how long it counts where the origin says so itself, counted from the decision (or the end of the
    period). `tiers` are the lists it may concern; `aggregates` whether it also passes on numbers.
    """

    code: str
    source: str
    since: date = date(1950, 1, 1)
    until: date | None = None
    audience: str = ""
    valid_for: Period | None = None
    tiers: tuple[Tier, ...] = ()
    aggregates: bool = False
    verified: bool = False

    def holds(self, on: date) -> bool:
        """Tell whether the row is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


#: Wassenaar Arrangement, Initial Elements, Appendix 2: country, destination, item and number of licences denied.
REQUIRED_OF_AGGREGATE: Final = ("origin_state", "period", "licences_denied", "destinations")

_THREE_YEARS = Period(3, Unit.YEAR)

ORIGINS: Final[tuple[Origin, ...]] = (
    Origin("EU_MS", "The regime's own text", verified=True),
    Origin("NO", "Arrangement on the exchange of information, full since 2017", verified=True),
    Origin(
        "wassenaar",
        "Wassenaar Arrangement, Initial Elements, Appendix 2 (not read)",
        since=date(1996, 7, 12),
        audience="wassenaar",
        valid_for=_THREE_YEARS,
        tiers=tuple(Tier),
        aggregates=True,
    ),
    Origin(
        "nsg",
        "Nuclear Suppliers Group, INFCIRC/254 Part 2 and Memorandum of Understanding (not read)",
        since=date(1992, 4, 3),
        audience="nsg",
        valid_for=_THREE_YEARS,
    ),
    Origin(
        "mtcr",
        "Missile Technology Control Regime, denial notifications by the point of contact (not read)",
        since=date(1987, 4, 16),
        audience="mtcr",
    ),
    Origin(
        "ag",
        "Australia Group, Guidelines, no-undercut policy (not read)",
        since=date(1993, 1, 1),
        audience="ag",
        valid_for=_THREE_YEARS,
    ),
)


#: The ways an origin is written in files and over REST, folded.
WRITTEN: Final = {
    "eu_ms": "EU_MS",
    "eu": "EU_MS",
    "no": "NO",
    "wa": "wassenaar",
    "wassenaar_arrangement": "wassenaar",
    "nuclear_suppliers_group": "nsg",
    "missile_technology_control_regime": "mtcr",
    "australia_group": "ag",
    **{one.code: one.code for one in ORIGINS if one.audience},
}


def known_origins(origins: Iterable[Origin] = ORIGINS) -> tuple[str, ...]:
    """Return the code of each origin once, in the order of the data."""
    return tuple(dict.fromkeys(one.code for one in origins))


def multilateral(origins: Iterable[Origin] = ORIGINS) -> tuple[str, ...]:
    """Return the codes of the origins whose denials only their own members see."""
    return tuple(dict.fromkeys(one.code for one in origins if one.audience))


def origin_code(text: str) -> str:
    """Return the origin that a text names, in any of the ways it is written; what names none stays as it is."""
    return WRITTEN.get(fold(text).strip().replace(" ", "_"), text)


def audience(origin: str, origins: Iterable[Origin] = ORIGINS) -> str:
    """Return the regime whose members alone see a denial of an origin, "" where there is no such limit."""
    return next((one.audience for one in origins if one.code == origin), "")


def told_since(origin: str, on: date, origins: Iterable[Origin] = ORIGINS) -> date | None:
    """Return the first day, inclusive, from which what an origin passed on is told on a day; None where all of it."""
    period = next((one.valid_for for one in origins if one.code == origin), None)
    return looking_back(on, period) if period else None

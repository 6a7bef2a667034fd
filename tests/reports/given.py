"""Short ways to read figures off the year's count."""

from datetime import UTC, datetime
from typing import Any

from reports.law.figures import Figure, Measure, in_order
from reports.statistics import consultations, denials
from tests.factories import MARCH

FAR_AHEAD = datetime(2026, 12, 1, 12, tzinfo=UTC)


def figures(regime: str, measure: Measure, *, year: int = 2026, now: datetime = MARCH) -> list[Figure]:
    """The figures of one measure; only its side of the year is counted."""
    about_denials = list(Measure).index(measure) < list(Measure).index(Measure.CONSULTATIONS_INITIATED)
    counted = denials.figures(regime, year) if about_denials else consultations.figures(regime, year, now)
    return [one for one in in_order(counted) if one.measure == measure]


def table(regime: str, measure: Measure, *columns: str, year: int = 2026, now: datetime = MARCH) -> dict[Any, int]:
    """One measure added up by the columns asked for; by one column its plain value is the key."""
    sums: dict[Any, int] = {}
    for figure in figures(regime, measure, year=year, now=now):
        key = tuple(getattr(figure, column) for column in columns)
        key = key[0] if len(key) == 1 else key
        sums[key] = sums.get(key, 0) + figure.value
    return sums

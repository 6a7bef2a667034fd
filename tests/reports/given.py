"""Short ways to read figures off the year's count."""

from datetime import UTC, datetime
from typing import Any

from reports.law.figures import Figure, Measure, in_order
from reports.statistics import consultations, count_year, denials
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


def sums(regime: str, measure: Measure, column: str, *, year: int, now: datetime = MARCH) -> dict[str, int]:
    """One measure of the whole count, added up by a column."""
    found: dict[str, int] = {}
    for figure in count_year(regime, year, now=now).of(measure):
        key = getattr(figure, column)
        found[key] = found.get(key, 0) + figure.value
    return found


RETURN = "destination,ml,licences,value,exports\nIL,ML1,2,1000,400\nGN,ML2,1,50,\n"


def deliver(
    by: Any,
    text: str = RETURN,
    *,
    files: Any = None,
    regime: str = "arms",
    year: int = 2024,
    sign: bool = False,
    explanation: str = "Looked at.",
    now: datetime = MARCH,
    **given: Any,
) -> Any:
    """A return of somebody's authority, read and checked, and signed off where asked."""
    from reports import actions, imports

    kept = imports.deliver(
        authority=by.authority,
        regime=regime,
        year=year,
        files=files or [("return.csv", text.encode())],
        method=given.pop("method", {}),
        by=by.principal,
        now=now,
        **given,
    )
    if sign:
        kept = actions.sign_return(return_id=kept.pk, explanation=explanation, by=by.principal, now=now)
    return kept

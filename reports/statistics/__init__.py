"""The year's figures, counted from single records by SQL; nothing is counted twice and no counter is stored."""

from datetime import datetime

from denials.law.places import Special
from denials.models import Country, RegisterChange
from reports.law.figures import YearCount, in_order
from reports.statistics import consultations, denials, returns
from reports.statistics.years import earliest_year, has_tables, years_with_records

__all__ = ["count_year", "earliest_year", "has_tables", "years_with_records"]


def count_year(regime: str, year: int, *, now: datetime) -> YearCount:
    """
    Count a regime's year as the records stand at a moment.

    :param now: what is past its period at this moment has lapsed, whether or not a sweep has written it.
    """
    last = RegisterChange.objects.filter(regime=regime).order_by("-sequence").values_list("sequence", flat=True)
    return YearCount(
        regime=regime,
        year=year,
        register_sequence=last.first() or 0,
        figures=in_order(
            [*denials.figures(regime, year), *consultations.figures(regime, year, now), *returns.figures(regime, year)]
        ),
        uncounted=denials.uncounted(regime, year),
        regions=_regions(),
    )


def _regions() -> dict[str, str]:
    """Each destination and the region it is summed under; the Union as a whole under that of its members."""
    regions = {code: str(region) for code, region in Country.objects.values_list("code", "region_id") if region}
    return regions | {str(Special.EU): regions["FR"]} if "FR" in regions else regions

"""Which years there is something to report on."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import ExtractYear

from accounts.roles import Principal
from denials.law.regimes import RULES
from denials.models import Denial

NEVER = 10_000


def earliest_year(regime: str) -> int:
    """Return the year the first rules of a regime came into force."""
    return min((rules.since.year for rules in RULES if rules.regime == regime), default=NEVER)


def years_with_records(regimes: Iterable[str]) -> dict[tuple[str, int], int]:
    """Return the number of denials per regime and year of decision, in one query."""
    denials = Denial.objects.filter(regime__in=list(regimes)).counted()
    rows = denials.annotate(year=ExtractYear("current__decided_on"))
    numbers = rows.values("regime", "year").annotate(value=Count("pk")).values_list("regime", "year", "value")
    return {(regime, year): value for regime, year, value in numbers if year}


def has_tables(principal: Principal, regime: str, year: int, *, now: datetime) -> bool:
    """Tell whether this reader has tables of a regime and year; for others they do not exist. docs/adr/0032."""
    return regime in principal.regimes and earliest_year(regime) <= year <= now.year

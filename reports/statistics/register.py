"""What register and returns hold of a year, counted another way than the tables: the other side of the reconciliation."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from consultations.models import Decision
from denials.models import Denial
from reports.law.returns import Section
from reports.models import AnnualReturn, ReturnLine
from reports.statistics.consultations import of_year


def register_sums(regime: str, year: int, *, now: datetime) -> dict[str, int]:
    """Return the sums the tables have to agree with; a row of the register each, nothing grouped."""
    decided = Decision.objects.filter(
        regime=regime, outcome=Decision.Outcome.GRANTED, decided_on__year=year, after_consultation=True
    )
    grants = decided.aggregate(grants=Count("pk"), undercuts=Count("pk", filter=Q(is_undercut=True)))
    return {
        "denials": Denial.objects.filter(regime=regime).counted_in(year).count(),
        "consultations": of_year(regime, year, now).count(),
        **{name: value or 0 for name, value in grants.items()},
        **_licences(regime, year),
    }


def _licences(regime: str, year: int) -> dict[str, int]:
    ids = [one.pk for one in AnnualReturn.objects.current(regime, year)]
    lines = ReturnLine.objects.filter(annual_return_id__in=ids, section=Section.LICENCES)
    parted = lines.filter(is_total=False)
    alone = lines.filter(is_total=True).exclude(destination__in=parted.values("destination"))  # stated as a total only
    sums = {
        name: (parted | alone).aggregate(value=Sum(name))["value"] or 0 for name in ("value_licensed", "value_exported")
    }
    return {
        "licences": _once(ids),
        "value_licensed_eur": sums["value_licensed"],
        "value_exported_eur": sums["value_exported"],
    }


def _once(ids: list[object]) -> int:
    """The licences, each by its number or row once; where a destination states its own number, that."""
    lines = ReturnLine.objects.filter(annual_return_id__in=ids, section=Section.LICENCES)
    totals = lines.filter(is_total=True)
    stated = totals.aggregate(value=Sum("number"))["value"] or 0
    under = {(one.annual_return_id, one.destination) for one in totals}
    numbers: dict[tuple[object, str], int] = {}
    for of, licence, destination, number in (
        lines.filter(is_total=False).values_list("annual_return_id", "licence", "destination", "number").iterator()
    ):
        if (of, destination) not in under:
            numbers.setdefault((of, licence), number or 0)
    return int(stated) + sum(numbers.values())

"""What register and returns hold of a year, counted another way than the tables: what these are held against."""

from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from consultations.models import Decision
from denials.models import Denial
from reports.models import AnnualReturn
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


#: A line that is not under a total its destination states; the totals themselves count what their rows may repeat.
_PARTED = """
SELECT {what} FROM reports_returnline l WHERE l.annual_return_id = ANY(%s) AND l.section = 'licences' AND NOT l.is_total
"""
_STATED = """EXISTS (SELECT 1 FROM reports_returnline t WHERE t.annual_return_id = l.annual_return_id
    AND t.destination = l.destination AND t.section = l.section AND t.is_total = {is_total})"""
_TOTALS = """
SELECT {what} FROM reports_returnline l WHERE l.annual_return_id = ANY(%s) AND l.section = 'licences' AND l.is_total
"""


def _licences(regime: str, year: int) -> dict[str, int]:
    """Licences by their number or row, each once; where a destination states its own number, that."""
    ids = [one.pk for one in AnnualReturn.objects.current(regime, year)]
    values = "coalesce(sum(value_licensed), 0), coalesce(sum(value_exported), 0)"
    first = "DISTINCT ON (l.annual_return_id, l.licence) coalesce(l.number, 0) AS number"
    once = (
        _PARTED.format(what=first)
        + f"AND NOT {_STATED.format(is_total='true')} ORDER BY l.annual_return_id, l.licence, l.position"
    )
    with connection.cursor() as cursor:
        cursor.execute(_PARTED.format(what=values), [ids])
        licensed, exported = cursor.fetchone()
        cursor.execute(_TOTALS.format(what=values) + f"AND NOT {_STATED.format(is_total='false')}", [ids])
        licensed_alone, exported_alone = cursor.fetchone()
        cursor.execute(f"SELECT coalesce(sum(number), 0) FROM ({once}) AS each_once", [ids])  # noqa: S608 # nosec B608 - constants
        (licences,) = cursor.fetchone()
        cursor.execute(_TOTALS.format(what="coalesce(sum(number), 0)"), [ids])
        (stated,) = cursor.fetchone()
    return {
        "licences": int(licences) + int(stated),
        "value_licensed_eur": int(licensed) + int(licensed_alone),
        "value_exported_eur": int(exported) + int(exported_alone),
    }

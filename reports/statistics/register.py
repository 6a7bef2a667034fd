"""What register and returns hold of a year, counted another way than the tables: what these are held against."""

from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from consultations.models import Answer, Decision
from denials.models import Denial
from reports.law.figures import CRITERIA, Measure
from reports.models import AnnualReturn
from reports.statistics.consultations import of_year
from reports.statistics.denials import CRITERION_GROUND


def register_sums(regime: str, year: int, *, now: datetime) -> dict[str, int]:
    """Return the sums the tables have to agree with; a row of the register each, nothing grouped."""
    decided = Decision.objects.filter(
        regime=regime, outcome=Decision.Outcome.GRANTED, decided_on__year=year, after_consultation=True
    )
    grants = decided.aggregate(grants=Count("pk"), undercuts=Count("pk", filter=Q(is_undercut=True)))
    sent = of_year(regime, year, now)
    answers = Answer.objects.filter(consultation__in=sent.values("pk"), consultation__received_at__isnull=False)
    return {
        **_denials(regime, year),
        "consultations": sent.count(),
        "answers": answers.count(),
        **{name: value or 0 for name, value in grants.items()},
        **_licences(regime, year),
        **_beside_licences(regime, year),
    }


def _denials(regime: str, year: int) -> dict[str, int]:
    """Denials, and of how many of them other tables say something."""
    denials = Denial.objects.filter(regime=regime).counted_in(year)
    named = [f"{CRITERION_GROUND}{criterion}" for criterion in CRITERIA]
    citing = Q(current__criteria__code__in=CRITERIA) | Q(current__grounds__overlap=named)
    return {
        "denials": denials.count(),
        "denials_by_criterion": denials.filter(citing).values("pk").distinct().count(),
        "denials_by_ground": denials.filter(current__grounds__len__gt=0).count(),
        "denials_by_entry": denials.filter(current__items__code__gt="").values("pk").distinct().count(),
        str(Measure.BROKERING_DENIALS): denials.filter(current__activity="brokering").count(),
    }


#: The first line of each licence or refusal, and stated totals in the place of the lines they are of.
_EACH_ONCE = """
SELECT coalesce(sum(number) FILTER (WHERE section = 'brokering' AND decision = 'issued'), 0),
    coalesce(sum(number) FILTER (WHERE section = 'brokering' AND decision = 'refused'), 0),
    coalesce(sum(number) FILTER (WHERE section = 'missions'), 0),
    coalesce(sum(number) FILTER (WHERE section = 'refusals'), 0)
FROM (SELECT DISTINCT ON (l.annual_return_id, l.section, CASE WHEN l.is_total THEN l.position ELSE -1 END, l.licence)
        l.section, l.decision, coalesce(l.number, 0) AS number
    FROM reports_returnline l WHERE l.annual_return_id = ANY(%s) AND l.section <> 'licences' AND l.criterion = ''
    AND (l.is_total OR NOT EXISTS (SELECT 1 FROM reports_returnline t WHERE t.annual_return_id = l.annual_return_id
        AND t.section = l.section AND t.destination = l.destination AND t.criterion = '' AND t.is_total))
    ORDER BY l.annual_return_id, l.section, CASE WHEN l.is_total THEN l.position ELSE -1 END, l.licence, l.position
) AS each_once
"""
#: Lines, and totals where they are all there is.
_SAID = """
SELECT coalesce(sum(l.value_licensed) FILTER (WHERE l.section = 'brokering' AND l.decision = 'issued'), 0),
    coalesce(sum(l.value_licensed) FILTER (WHERE l.section = 'missions'), 0),
    coalesce(sum(l.number) FILTER (WHERE l.section = 'cyber' AND (l.is_total OR l.in_category > 0)), 0)
FROM reports_returnline l WHERE l.annual_return_id = ANY(%s) AND l.section <> 'licences'
    AND NOT (l.is_total AND EXISTS (SELECT 1 FROM reports_returnline o WHERE o.annual_return_id = l.annual_return_id
        AND o.section = l.section AND o.destination = l.destination AND o.decision = l.decision AND NOT o.is_total))
"""


def _beside_licences(regime: str, year: int) -> dict[str, int]:
    """Brokering, missions, applications and refusals of the signed returns."""
    ids = [one.pk for one in AnnualReturn.objects.current(regime, year)]
    with connection.cursor() as cursor:
        cursor.execute(_EACH_ONCE, [ids])
        once = cursor.fetchone()
        cursor.execute(_SAID, [ids])
        said = cursor.fetchone()
    measures = (
        Measure.BROKERING_LICENCES,
        Measure.BROKERING_DENIALS_REPORTED,
        Measure.MISSION_LICENCES,
        Measure.DENIALS_REPORTED,
        Measure.BROKERING_VALUE,
        Measure.MISSION_VALUE,
        Measure.CYBER_APPLICATIONS,
    )
    return {str(measure): int(value) for measure, value in zip(measures, (*once, *said), strict=True)}


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

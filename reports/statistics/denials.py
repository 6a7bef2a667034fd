"""
Denials of a year: decided in it, notified or historic, not withdrawn as an error, by states (not multilateral regimes).

A denial counts in the year it was decided and stays counted there when it is later revoked or lifted. docs/adr/0030.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, QuerySet

from denials.models import Denial, DenialDestination
from reports.law.figures import CRITERIA, Figure, Measure
from reports.law.tables import NOT_STATED
from reports.statistics.places import destination_key, one_destination

CRITERION_GROUND = "criterion_"


def of_year(regime: str, year: int) -> QuerySet[Any]:
    """Return the denials counted in a year, each with the one destination it counts under."""
    denials = Denial.objects.filter(regime=regime).counted_in(year)
    return denials.annotate(destination=one_destination(DenialDestination, "version", "current_id"))


def uncounted(regime: str, year: int) -> int:
    """Return how many notified denials of a year rest only on grounds outside the count. docs/adr/0023."""
    return Denial.objects.filter(regime=regime).left_out_of(year).count()


# ---- the figures -------------------------------------------------------------------------------------------------

#: Every count but that of each destination, over one reading of the year's denials `d`. Rows made distinct before they
#: are counted count a denial once for each entry, category or criterion it has.
_COUNTS = """
WITH d AS MATERIALIZED ({denials}),
item AS MATERIALIZED (
    SELECT DISTINCT d.pk, d.state, d.destination, coalesce(o.category, '') AS category, coalesce(o.code, '') AS entry,
        CASE WHEN o.category > '' THEN '' WHEN o.is_unlisted THEN 'unlisted' WHEN o.code > '' THEN 'other_list'
             ELSE %(not_stated)s END AS without
    FROM d LEFT JOIN denials_denialitem o ON o.version_id = d.version),
stated AS MATERIALIZED (
    SELECT DISTINCT d.pk, d.state, d.destination, o.code AS criterion
    FROM d JOIN denials_denialcriterion o ON o.version_id = d.version WHERE o.code = ANY(%(criteria)s))
SELECT %(denials)s, state, destination, '', '', '', '', count(*) FROM d GROUP BY 2, 3
UNION ALL
SELECT CASE without WHEN '' THEN %(by_category)s ELSE %(without_category)s END, state, destination, category, '', '',
    CASE without WHEN '' THEN '' ELSE 'entry=' || without END, count(*)
FROM (SELECT DISTINCT pk, state, destination, category, without FROM item) x GROUP BY 1, 2, 3, 4, 7
UNION ALL
SELECT %(by_entry)s, state, destination, category, entry, '', '', count(*)
FROM (SELECT DISTINCT pk, state, destination, category, entry FROM item WHERE entry > '') x GROUP BY 2, 3, 4, 5
UNION ALL
SELECT %(by_act)s, state, destination, '', '', '', 'act=' || coalesce(nullif(act, ''), %(not_stated)s), count(*)
FROM d GROUP BY 2, 3, 7
UNION ALL
SELECT %(by_activity)s, state, destination, '', '', '',
    'activity=' || coalesce(nullif(activity, ''), %(not_stated)s), count(*)
FROM d GROUP BY 2, 3, 7
UNION ALL -- cited, or named by a ground of Reg. (EU) 2021/821 Art. 15(1): once either way
SELECT %(cited)s, state, destination, '', '', criterion, '', count(*) FROM (
    SELECT pk, state, destination, criterion FROM stated
    UNION SELECT d.pk, d.state, d.destination, substr(ground, length(%(ground)s) + 1)
    FROM d, unnest(d.grounds) AS ground WHERE ground = ANY(%(grounds)s)) x GROUP BY 2, 3, 6
UNION ALL
SELECT %(criteria_silent)s, state, destination, '', '', '', '', count(*) FROM d
WHERE cardinality(d.grounds) = 0
AND NOT EXISTS (SELECT 1 FROM denials_denialcriterion o WHERE o.version_id = d.version) GROUP BY 2, 3
UNION ALL
SELECT %(ground_cited)s, state, destination, '', '', '', 'ground=' || ground, count(DISTINCT pk)
FROM d, unnest(d.grounds) AS ground GROUP BY 2, 3, 7
UNION ALL -- columns e of the EU report
SELECT %(by_both)s, x.state, x.destination, x.category, '', stated.criterion,
    CASE x.without WHEN '' THEN '' ELSE 'entry=' || x.without END, count(*)
FROM (SELECT DISTINCT pk, state, destination, category, without FROM item) x JOIN stated USING (pk)
GROUP BY 2, 3, 4, 6, 7
UNION ALL
SELECT %(brokering)s, state, destination, '', '', '', '', count(*) FROM d WHERE activity = 'brokering' GROUP BY 2, 3
"""
_NAMES = {
    "denials": Measure.DENIALS,
    "by_category": Measure.DENIALS_BY_CATEGORY,
    "without_category": Measure.DENIALS_WITHOUT_CATEGORY,
    "by_entry": Measure.DENIALS_BY_ENTRY,
    "by_act": Measure.DENIALS_BY_ACT,
    "by_activity": Measure.DENIALS_BY_ACTIVITY,
    "cited": Measure.CRITERION_CITED,
    "criteria_silent": Measure.CRITERIA_NOT_STATED,
    "ground_cited": Measure.GROUND_CITED,
    "by_both": Measure.CRITERION_BY_CATEGORY,
    "brokering": Measure.BROKERING_DENIALS,
}


def figures(regime: str, year: int) -> Iterator[Figure]:
    """Yield every figure of the denials of a year; two statements whatever their number."""
    denials = of_year(regime, year)
    yield from _destinations(denials)
    try:
        statement, params = _counts(denials)
    except EmptyResultSet:  # a year no calendar has
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for measure, state, place, category, entry, criterion, dimension, value in cursor:
            place, category, entry, dimension = map(sys.intern, (place, category, entry, dimension))
            yield Figure(Measure(measure), sys.intern(state), place, category, entry, criterion, "", dimension, value)


def _counts(denials: QuerySet[Any]) -> tuple[str, dict[str, Any]]:
    """Return the statement and its values, the denials chosen as the register chooses them."""
    columns = {
        "state": F("state_of_issue_id"),
        "version": F("current_id"),
        "act": F("current__act"),
        "activity": F("current__activity"),
        "grounds": F("current__grounds"),
    }
    chosen, values = denials.order_by().values("pk", "destination", **columns).query.sql_with_params()
    named = {f"v{at}": value for at, value in enumerate(values)}
    placed = chosen % tuple(f"%({name})s" for name in named)
    params = {
        **named,
        **{name: str(measure) for name, measure in _NAMES.items()},
        "not_stated": NOT_STATED,
        "criteria": list(CRITERIA),
        "ground": CRITERION_GROUND,
        "grounds": [f"{CRITERION_GROUND}{criterion}" for criterion in CRITERIA],
    }
    return _COUNTS.format(denials=placed), params


def _destinations(denials: QuerySet[Any]) -> Iterator[Figure]:
    """Count a denial under each destination it names."""
    each = denials.annotate(each=destination_key("current__destinations__code", "current__destinations__printed"))
    groups = each.order_by().values("state_of_issue_id", "each").annotate(value=Count("pk", distinct=True))
    for state, place, value in groups.values_list("state_of_issue_id", "each", "value"):
        yield Figure(Measure.DENIALS_BY_DESTINATION, state, place, value=value)

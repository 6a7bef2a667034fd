"""
What one return adds up to, made once, at its sign-off, in SQL: each line was weighed when it was taken in.

Reading: docs/adr/0111 (what a licence counts as), 0190 (why the sums are kept).
"""

from typing import Any

from django.db import connection

from reports.law.figures import Measure
from reports.models import AnnualReturn

#: Nothing is kept of nothing; in the order figures have, so that they need not be sorted again.
_KEEP = """
INSERT INTO reports_returnfigure
    (annual_return_id, measure, destination, category, entry, criterion, outcome, dimension, value)
WITH l AS MATERIALIZED (SELECT * FROM reports_returnline WHERE annual_return_id = %(annual_return)s),
licence AS (SELECT *, CASE kind WHEN '' THEN '' ELSE 'kind=' || kind END AS of_kind FROM l WHERE section = 'licences'),
alone AS ( -- destinations stated as a total only, in no category
    SELECT destination, sum(value_licensed) AS licensed, sum(value_exported) AS exported FROM licence t WHERE is_total
    AND NOT EXISTS (SELECT 1 FROM licence o WHERE o.destination = t.destination AND NOT o.is_total) GROUP BY 1),
cell AS (
    SELECT destination, category, of_kind, sum(value_licensed) AS licensed, sum(value_exported) AS exported
    FROM licence WHERE NOT is_total GROUP BY 1, 2, 3),
other AS ( -- a stated total says nothing where its rows are there
    SELECT *, NOT is_total OR bool_and(is_total) OVER (PARTITION BY section, destination, decision) AS says
    FROM l WHERE section <> 'licences'),
brokered AS (
    SELECT decision, counted_destination, counted_category, CASE origin WHEN '' THEN '' ELSE 'origin=' || origin END
        AS of_origin, sum(once) AS licences, sum(value_licensed) FILTER (WHERE says) AS licensed
    FROM other WHERE section = 'brokering' GROUP BY 1, 2, 3, 4),
found (measure, destination, category, entry, criterion, outcome, dimension, value) AS (
    SELECT %(licences_issued)s, counted_destination, counted_category, '', '', '', of_kind, sum(once)
    FROM licence GROUP BY 2, 3, 7
    UNION ALL SELECT %(licences_by_destination)s, destination, '', '', '', '', '', sum(in_destination)
    FROM licence GROUP BY 2
    UNION ALL SELECT %(licences_by_category)s, counted_destination, category, '', '', '', '', sum(in_category)
    FROM licence WHERE NOT is_total GROUP BY 2, 3
    UNION ALL SELECT %(value_licensed_eur)s, destination, category, '', '', '', of_kind, licensed FROM cell
    UNION ALL SELECT %(value_exported_eur)s, destination, category, '', '', '', of_kind, exported FROM cell
    UNION ALL SELECT %(value_licensed_eur)s, destination, '', '', '', '', '', licensed FROM alone
    UNION ALL SELECT %(value_exported_eur)s, destination, '', '', '', '', '', exported FROM alone
    UNION ALL SELECT %(licences_by_entry)s, destination, category, entry, '', '', of_kind, sum(in_category)
    FROM licence WHERE %(by_entry)s AND entry <> '' GROUP BY 2, 3, 4, 7
    UNION ALL SELECT %(value_licensed_by_entry_eur)s, destination, category, entry, '', '', of_kind,
        sum(value_licensed)
    FROM licence WHERE %(by_entry)s AND entry <> '' GROUP BY 2, 3, 4, 7
    UNION ALL SELECT %(brokering_licences)s, counted_destination, counted_category, '', '', '', of_origin, licences
    FROM brokered WHERE decision = 'issued'
    UNION ALL SELECT %(brokering_value_eur)s, counted_destination, counted_category, '', '', '', of_origin, licensed
    FROM brokered WHERE decision = 'issued'
    UNION ALL
    SELECT %(brokering_denials_reported)s, counted_destination, counted_category, '', '', '', of_origin, licences
    FROM brokered WHERE decision = 'refused'
    UNION ALL SELECT %(mission_licences)s, counted_destination, '', '', '', '', 'mission=' || mission, sum(once)
    FROM l WHERE section = 'missions' GROUP BY 2, 7
    UNION ALL SELECT %(mission_value_eur)s, counted_destination, '', '', '', '', 'mission=' || mission,
        sum(value_licensed) FILTER (WHERE says) FROM other WHERE section = 'missions' GROUP BY 2, 7
    UNION ALL SELECT %(cyber_applications)s, destination, category, entry, '', decision, '',
        sum(CASE WHEN is_total THEN number ELSE in_category END) FILTER (WHERE says)
    FROM other WHERE section = 'cyber' GROUP BY 2, 3, 4, 6
    UNION ALL SELECT %(denials_reported)s, counted_destination, counted_category, '', '', '', '', sum(once)
    FROM l WHERE section = 'refusals' AND criterion = '' GROUP BY 2, 3
    UNION ALL SELECT %(criterion_reported)s, counted_destination, '', '', criterion, '', '', sum(once)
    FROM l WHERE section = 'refusals' AND criterion <> '' GROUP BY 2, 5)
SELECT %(annual_return)s, measure, destination, category, entry, criterion, outcome, dimension, value::bigint
FROM found WHERE value <> 0
ORDER BY measure, destination COLLATE "C", category COLLATE "C", entry COLLATE "C", criterion, outcome COLLATE "C",
    dimension COLLATE "C"
"""


def keep_figures(found: AnnualReturn) -> None:
    """Keep what the lines of a return add up to; in arms no report asks for single entries."""
    params: dict[str, Any] = {
        **{str(one): str(one) for one in Measure},
        "annual_return": found.pk,
        "by_entry": found.regime != "arms",
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, params)

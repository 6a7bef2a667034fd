"""A table as a section of the page: chart, cells with their links, footnotes."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from reports.exports import WordedRow, WordedTable

MOST_BARS = 15
NO_CHART = frozenset({"denials_by_authority_and_destination", "denials_by_act", "denials_by_activity"})
#: Tables whose numbers lead to the denials counted, and the filter of the register's list that each key is.
FILTERS = {"authority": "authority", "destination": "destination", "criterion": "criterion", "category": "category"}
LINKED = frozenset(
    {
        "denials_by_authority",
        "denials_by_destination",
        "denials_by_authority_and_destination",
        "denials_by_criterion",
        "denials_by_category",
    }
)
UNLINKED_KEYS = frozenset({"VARIOUS", "UNKNOWN", "unlisted", "other_list", "not_stated"})


def section(shown: WordedTable, regime: str, year: int, *, links: bool) -> dict[str, Any]:
    """Return what the template prints of one table."""
    table = shown.table
    base = {"regime": regime, "year": str(year)}
    follow = links and table.name in LINKED
    rows = [_row(shown, row, base if follow else None) for row in shown.rows]
    return {
        "id": table.name,
        "name": table.name,
        "label": shown.title,
        "title": shown.title,
        "unit": shown.unit,
        "is_empty": table.is_empty,
        "keys": shown.keys,
        "columns": shown.columns,
        "rows": rows,
        "totals": [{"label": row.label, "cells": _cells(shown, row, None)} for row in shown.totals],
        "notes": shown.notes,
        "chart": None if table.name in NO_CHART else _chart(shown),
    }


def _chart(shown: WordedTable) -> dict[str, Any]:
    """The largest rows as bars, at most six series; sums by place are put in order of size."""
    by_size = shown.table.keys[0] not in ("criterion", "category", "outcome")
    rows = sorted(shown.rows, key=lambda row: -(row.values[0] or 0)) if by_size else list(shown.rows)
    drawn = rows[:MOST_BARS]
    series = [
        {"label": shown.columns[at], "values": [row.values[at] for row in drawn]} for at in range(shown.table.charted)
    ]
    labels = [row.label for row in drawn]
    return {"labels": labels, "series": series, "left_out": len(rows) - len(drawn)}


def _row(shown: WordedTable, row: WordedRow, base: dict[str, str] | None) -> dict[str, Any]:
    keys = [{"label": label, "value": words} for label, words in zip(shown.keys, row.words, strict=True)]
    return {"keys": keys, "cells": _cells(shown, row, base)}


def _cells(shown: WordedTable, row: WordedRow, base: dict[str, str] | None) -> list[dict[str, Any]]:
    cells = []
    for name, label, value in zip(shown.table.columns, shown.columns, row.values, strict=True):
        href = _href(shown, row, name, base) if value else ""
        cells.append({"label": label, "value": value, "share": name == "share", "href": href})
    return cells


def _href(shown: WordedTable, row: WordedRow, column: str, base: dict[str, str] | None) -> str:
    """Return the register's list filtered to the denials a number counts, "" where no filter says it."""
    if base is None or column in ("share", "denials_by_destination", "criteria_not_stated"):
        return ""
    query = dict(base)
    for kind, code in zip(shown.table.keys, row.key, strict=True):
        if kind not in FILTERS or code in UNLINKED_KEYS or ":" in code:
            return ""
        query[FILTERS[kind]] = code
    if column.startswith("criterion_") and column != "criterion_cited":
        query["criterion"] = column.removeprefix("criterion_")
    try:
        return f"{reverse('denials:list')}?{urlencode(query)}"
    except NoReverseMatch:
        return ""

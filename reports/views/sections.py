"""A table as a section of the page: chart, cells with their links, footnotes."""

from typing import Any

from reports.exports import WordedRow, WordedTable
from reports.law.comparing import Before
from reports.views.links import Links

MOST_BARS = 15
MOST_ROWS = 100  # of a table on the page; its file has them all, and a state or destination can be asked for
FEWEST_BARS = 2  # one bar compares nothing
NO_CHART = frozenset(
    {
        "denials_by_authority_and_destination",
        "denials_by_act",
        "denials_by_activity",
        "exports_by_authority_destination_category",
        "brokering",
        "missions",
        "authorisations_by_authority_destination_item_kind",
        "cyber_surveillance",
        "group_shares",
    }
)
IN_THEIR_ORDER = frozenset({"criterion", "category", "outcome", "time"})


def section(shown: WordedTable, links: Links, before: Before | None = None) -> dict[str, Any]:
    """Return what the template prints of one table, and what its cells were in another year."""
    table = shown.table
    return {
        "id": table.name,
        "name": table.name,
        "title": shown.title,
        "unit": shown.unit,
        "is_empty": table.is_empty,
        "keys": shown.keys,
        "columns": shown.columns,
        "rows": [_row(shown, row, links, before) for row in shown.rows[:MOST_ROWS]],
        "rows_left_out": max(len(shown.rows) - MOST_ROWS, 0),
        "totals": [
            {"label": row.label, "cells": _cells(shown, row, links, before, total=True)} for row in shown.totals
        ],
        "notes": shown.notes,
        "chart": None if table.name in NO_CHART else _chart(shown),
    }


def _chart(shown: WordedTable) -> dict[str, Any] | None:
    """The largest rows as bars, at most six series; what has an order of its own keeps it."""
    by_size = shown.table.keys[0] not in IN_THEIR_ORDER
    rows = sorted(shown.rows, key=lambda row: -float(row.values[0] or 0)) if by_size else list(shown.rows)
    if by_size:
        rows = [row for row in rows if any(row.values[: shown.table.charted])]
    if len(rows) < FEWEST_BARS:
        return None
    drawn = rows[:MOST_BARS]
    series = [
        {"label": shown.columns[at], "values": [row.values[at] for row in drawn]} for at in range(shown.table.charted)
    ]
    labels = [row.label for row in drawn]
    return {"labels": labels, "series": series, "left_out": len(rows) - len(drawn)}


def _row(shown: WordedTable, row: WordedRow, links: Links, before: Before | None) -> dict[str, Any]:
    keys = [{"label": label, "value": words} for label, words in zip(shown.keys, row.words, strict=True)]
    return {"keys": keys, "cells": _cells(shown, row, links, before)}


def _cells(
    shown: WordedTable, row: WordedRow, links: Links, before: Before | None, *, total: bool = False
) -> list[dict[str, Any]]:
    cells = []
    of_all = row is shown.totals[-1] if total else False  # the sum of some states alone is no case of its own
    for name, label, value in zip(shown.table.columns, shown.columns, row.values, strict=True):
        href = ""
        if value:
            href = links.to_all(shown.table, name) if of_all else "" if total else links.to(shown.table, row.key, name)
        cell = {"label": label, "value": value, "share": name == "share", "href": href}
        if before:
            cell |= {"year": before.year, "before": before.of(row.key, name, total=total)}
        cells.append(cell)
    return cells

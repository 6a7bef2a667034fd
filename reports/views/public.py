"""The public edition as a page that stands alone: no log-in, no script, nothing fetched from anywhere."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from reports.exports import Report, WordedTable
from reports.labels.charts import TITLES_OF_REGIMES
from reports.models import FrozenEdition
from reports.views.charts import chart_of

STYLE = Path(__file__).resolve().parents[1] / "public.css"
PAGE, SHEET = "index.html", "style.css"
FILES = ("report.xlsx", "report.pdf", "report.json", "tidy.csv", "sdmx.csv", "dcat.jsonld")


def public_page(frozen: FrozenEdition, report: Report) -> dict[str, bytes]:
    """Return the page and its style sheet; the files it leads to stand beside it."""
    shown = [one for one in report.tables if one.rows or one.totals]
    facts = {
        "report": report,
        "regime": TITLES_OF_REGIMES.get(report.regime, report.regime),
        "sections": [
            {"table": one, "chart": chart_of(one), "rows": _labelled(one), "totals": _summed(one)} for one in shown
        ],
        "frozen": frozen,
        "files": FILES,
    }
    with override("en"):
        page = render_to_string("reports/public.html", facts)
    return {PAGE: page.encode(), SHEET: STYLE.read_bytes()}


def _summed(table: WordedTable) -> list[dict[str, Any]]:
    """Each sum as a name and cells with their headings."""
    return [
        {
            "label": row.label,
            "cells": [{"label": label, "value": value} for label, value in zip(table.columns, row.values, strict=True)],
        }
        for row in table.totals
    ]


def _labelled(table: WordedTable) -> list[list[dict[str, Any]]]:
    """Each row as cells with their headings, for narrow screens; a number is marked as one."""
    return [
        [
            *({"label": label, "value": word} for label, word in zip(table.keys, row.words, strict=True)),
            *(
                {"label": label, "value": "–" if value is None else value, "is_number": True}
                for label, value in zip(table.columns, row.values, strict=True)
            ),
        ]
        for row in table.rows
    ]

"""The files of a year, as texts; always in English, so that the same count gives the same bytes."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import override

from reports.exports.words import WordedTable, worded
from reports.law.figures import COUNTING_RULES, YearCount
from reports.law.tables import Table, tables

FORMATS: Final = ("csv", "json")
TIDY_COLUMNS: Final = (
    "year",
    "regime",
    "authority",
    "destination",
    "category",
    "entry",
    "criterion",
    "outcome",
    "dimension",
    "measure",
    "value",
)
#: A spreadsheet takes a cell that begins so for a formula; the last four are their full-width forms.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def year_files(count: YearCount, form: str) -> dict[str, str]:
    """Return the name and text of every file: one per table, the footnotes, and `tidy.csv`."""
    with override("en"):
        shown = worded(tables(count))
    if form == "json":
        files = {f"{one.table.name}.json": json_text({**_heading(count), **_table(one)}) for one in shown}
        files["report.json"] = json_text(_report(count, shown))
    else:
        files = {f"{one.table.name}.csv": _table_csv(one) for one in shown}
        files["notes.csv"] = _csv(("table", "note"), [(one.table.name, note) for one in shown for note in one.notes])
    return {**files, "tidy.csv": tidy_csv(count)}


def tidy_csv(count: YearCount) -> str:
    """Return every figure in its finest grain, without totals, in the order they are counted in."""
    rows = (
        (
            count.year,
            count.regime,
            one.authority,
            one.destination,
            one.category,
            one.entry,
            one.criterion,
            one.outcome,
            one.dimension,
            str(one.measure),
            one.value,
        )
        for one in count.figures
    )
    return _csv(TIDY_COLUMNS, rows)


def table_csv(table: Table) -> str:
    """Return one table: its keys, what they mean, its numbers; sums last, with empty keys."""
    with override("en"):
        (shown,) = worded([table])
    return _table_csv(shown)


def report_data(count: YearCount) -> dict[str, Any]:
    """Return the whole report as JSON-ready data: tables with titles, footnotes, denominators, and the figures."""
    with override("en"):
        return _report(count, worded(tables(count)))


def json_text(data: Any) -> str:
    """Write JSON as the files hold it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _heading(count: YearCount) -> dict[str, Any]:
    return {
        "regime": count.regime,
        "year": count.year,
        "register_sequence": count.register_sequence,
        "counting_rules": COUNTING_RULES,
        "digest": count.digest,
    }


def _report(count: YearCount, shown: Iterable[WordedTable]) -> dict[str, Any]:
    return {**_heading(count), "tables": [_table(one) for one in shown]}


def _table(shown: WordedTable) -> dict[str, Any]:
    table = shown.table
    names = (*table.keys, "label", *table.columns)
    blank = ("",) * len(table.keys)
    return {
        "name": table.name,
        "title": shown.title,
        "unit": shown.unit,
        "columns": [
            *({"name": name, "label": label} for name, label in zip(table.keys, shown.keys, strict=True)),
            *({"name": name, "label": label} for name, label in zip(table.columns, shown.columns, strict=True)),
        ],
        "rows": [dict(zip(names, (*row.key, row.label, *row.values), strict=True)) for row in shown.rows],
        "totals": [
            {"total": row.key[0], **dict(zip(names, (*blank, row.label, *row.values), strict=True))}
            for row in shown.totals
        ],
        "denominators": {note.code: note.params["denominator"] for note in table.notes if "denominator" in note.params},
        "notes": list(shown.notes),
    }


def _table_csv(shown: WordedTable) -> str:
    table = shown.table
    blank = ("",) * len(table.keys)
    rows = [(*row.key, row.label, *row.values) for row in shown.rows]
    rows += [(*blank, f"Total: {row.label}", *row.values) for row in shown.totals]
    return _csv((*table.keys, "label", *table.columns), rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Return a cell as written: numbers as numbers, text that would be taken for a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value

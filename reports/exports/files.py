"""The files of a report; always in English, so that the same report gives the same bytes."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from denials.exports.files import TYPES as OF_REGISTER
from denials.exports.files import neutral
from reports.exports.portal import dcat, sdmx_csv
from reports.exports.report import Report, report_of
from reports.exports.words import WordedTable
from reports.exports.workbook import workbook
from reports.law.figures import YearCount

FORMATS: Final = ("csv", "json", "xlsx", "pdf", "sdmx")
#: How a file is served, by how its name ends.
TYPES: Final = {**OF_REGISTER, "jsonld": "application/ld+json"}
_FORM_OF: Final = {"sdmx.csv": "sdmx", "dcat.jsonld": "sdmx"}
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


def files_of(report: Report, form: str) -> dict[str, bytes]:
    """Return the name and content of every file of a form; `tidy.csv` is always among them."""
    return _files(report, form, tidy_csv(report).encode())


def files_of_each(report: Report) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield every form with its files; the figures are written once for all of them."""
    tidy = tidy_csv(report).encode()
    yield from ((form, _files(report, form, tidy)) for form in FORMATS)


def _files(report: Report, form: str, tidy: bytes) -> dict[str, bytes]:
    made = {**_WRITERS[form](report, tidy), "tidy.csv": tidy}
    return {name: text.encode() if isinstance(text, str) else text for name, text in made.items()}


def form_of(name: str) -> str:
    """Return the form in which a file of this name is written, "" where none is."""
    form = _FORM_OF.get(name) or name.rpartition(".")[2]
    return form if form in FORMATS else ""


def year_files(count: YearCount, form: str) -> dict[str, str]:
    """Return the name and text of every CSV or JSON file of a count."""
    return {name: content.decode() for name, content in files_of(report_of(count), form).items()}


def digests_of(report: Report) -> dict[str, str]:
    """Return the digest of each file of a report, in every form."""
    return {
        f"{form}/{name}": hashlib.sha256(content).hexdigest()
        for form, files in files_of_each(report)
        for name, content in files.items()
    }


def _csv_files(report: Report) -> dict[str, str]:
    files = {f"{one.table.name}.csv": table_csv(one) for one in report.tables}
    files["notes.csv"] = _csv(
        ("table", "note"), [(one.table.name, note) for one in report.tables for note in one.notes]
    )
    files["regions.csv"] = _csv(("destination", "region"), report.regions.items())
    return files


def _json_files(report: Report) -> dict[str, str]:
    files = {f"{one.table.name}.json": json_text({**report.heading, **_table(one)}) for one in report.tables}
    return {**files, "report.json": json_text(report_json(report))}


def _sdmx_files(report: Report, tidy: bytes) -> dict[str, str | bytes]:
    data = sdmx_csv(report).encode()
    digests = {name: hashlib.sha256(one).hexdigest() for name, one in (("sdmx.csv", data), ("tidy.csv", tidy))}
    return {"sdmx.csv": data, "dcat.jsonld": json_text(dcat(report, digests))}


def _pdf_files(report: Report) -> dict[str, bytes]:
    # Loaded where a PDF is written only, as in `denials.exports.dossier.pdf`.
    from reports.exports.paper import report_pdf

    return {"report.pdf": report_pdf(report)}


_WRITERS: Final[Mapping[str, Callable[[Report, bytes], Mapping[str, str | bytes]]]] = {
    "csv": lambda report, _tidy: _csv_files(report),
    "json": lambda report, _tidy: _json_files(report),
    "xlsx": lambda report, _tidy: {"report.xlsx": workbook(report)},
    "pdf": lambda report, _tidy: _pdf_files(report),
    "sdmx": _sdmx_files,
}


def tidy_csv(of: Report | YearCount) -> str:
    """Return every figure in its finest grain, without totals, in the order they are counted in."""
    return _csv(TIDY_COLUMNS, ((of.year, of.regime, *one[1:-1], one.measure, one.value) for one in of.figures))


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON-ready data: its tables with titles, footnotes and denominators."""
    return {**report.heading, "tables": [_table(one) for one in report.tables]}


def json_text(data: Any) -> str:
    """Write JSON as the files hold it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


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


def table_csv(shown: WordedTable) -> str:
    """Return one table: its keys, what they mean, its numbers; sums last, with empty keys."""
    table = shown.table
    blank = ("",) * len(table.keys)
    rows = [(*row.key, row.label, *row.values) for row in shown.rows]
    rows += [(*blank, f"Total: {row.label}", *row.values) for row in shown.totals]
    return _csv((*table.keys, "label", *table.columns), rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([value if type(value) is int else _cell(value) for value in row] for row in rows)
    return text.getvalue()


_cell = lru_cache(maxsize=65_536)(neutral)

"""A report as it is written: what it is of, its tables with their words, its figures; kept and read back unchanged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from reports.exports.words import WordedRow, WordedTable, worded
from reports.law.figures import COUNTING_RULES, Figure, Measure, YearCount
from reports.law.table import Note, Table
from reports.law.tables import tables


@dataclass(frozen=True)
class Report:
    """The tables of a regime's year. `edition` is now, draft, full or public; `at` when it was counted or signed."""

    regime: str
    year: int
    register_sequence: int
    digest: str
    tables: tuple[WordedTable, ...]
    figures: tuple[Figure, ...]
    edition: str = "now"
    number: int = 0
    at: str = ""
    rules: str = COUNTING_RULES
    #: Destination to the region it is summed under, of those that have a figure.
    regions: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> dict[str, Any]:
        """What every file says of itself."""
        facts: dict[str, Any] = {
            "regime": self.regime,
            "year": self.year,
            "register_sequence": self.register_sequence,
            "counting_rules": self.rules,
            "digest": self.digest,
        }
        return facts | ({"edition": self.edition, "number": self.number, "signed_at": self.at} if self.number else {})


def report_of(count: YearCount, *, edition: str = "now", shown: Iterable[Table] | None = None) -> Report:
    """Return the report of a count, in English."""
    with override("en"):
        made = worded(tables(count) if shown is None else shown)
    return Report(
        regime=count.regime,
        year=count.year,
        register_sequence=count.register_sequence,
        digest=count.digest,
        tables=made,
        figures=count.figures,
        edition=edition,
        rules=count.rules,
        regions=_regions(count),
    )


def _regions(count: YearCount) -> dict[str, str]:
    named = sorted({one.destination for one in count.figures if one.destination})
    return {code: region for code in named if (region := count.regions.get(code))}


def kept(report: Report) -> dict[str, Any]:
    """Return a report as JSON-ready data from which it can be read back."""
    return {
        "tables": [_kept(one) for one in report.tables],
        "figures": [_figure(one) for one in report.figures],
        "regions": dict(report.regions),
    }


def _figure(one: Figure) -> list[Any]:
    return [str(one.measure), *one[1:]]


def _kept(one: WordedTable) -> dict[str, Any]:
    table = one.table
    return {
        "name": table.name,
        "title": one.title,
        "unit": one.unit,
        "keys": list(table.keys),
        "key_words": list(one.keys),
        "columns": list(table.columns),
        "column_words": list(one.columns),
        "rows": [[list(row.key), list(row.words), list(row.values)] for row in one.rows],
        "totals": [[list(row.key), list(row.words), list(row.values)] for row in one.totals],
        "notes": list(one.notes),
        "codes": [[note.code, dict(note.params)] for note in table.notes],
        "charted": table.charted,
    }


def report_from(facts: Mapping[str, Any], content: Mapping[str, Any]) -> Report:
    """
    Return a report as it was kept.

    :param facts: regime, year, register_sequence, digest, edition, number, at, rules.
    """
    figures = tuple(_read_figure(one) for one in content["figures"])
    shown = tuple(_read(one) for one in content["tables"])
    return Report(**facts, tables=shown, figures=figures, regions=content.get("regions", {}))


def _read_figure(one: list[Any]) -> Figure:
    return Figure(Measure(one[0]), *one[1:])


def _read(one: Mapping[str, Any]) -> WordedTable:
    rows, totals = tuple(map(_row, one["rows"])), tuple(map(_row, one["totals"]))
    table = Table(
        name=one["name"],
        keys=tuple(one["keys"]),
        columns=tuple(one["columns"]),
        rows=(),
        totals=(),
        notes=tuple(Note(code, params) for code, params in one["codes"]),
        charted=one["charted"],
    )
    return WordedTable(
        table, one["title"], one["unit"], tuple(one["key_words"]), tuple(one["column_words"]), rows, totals,
        tuple(one["notes"]),
    )  # fmt: skip


def _row(one: list[Any]) -> WordedRow:
    key, words, values = one
    return WordedRow(tuple(key), tuple(words), tuple(values))

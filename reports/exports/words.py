"""Tables with their words: titles, columns and rows in the language asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils.translation import get_language

from denials.law.regimes import RULES
from denials.models import ControlListEntry, Criterion, Region
from reports import labels
from reports.law.tables import Table


@dataclass(frozen=True)
class WordedRow:
    """A row: its keys, what they mean, and its numbers."""

    key: tuple[str, ...]
    words: tuple[str, ...]
    values: tuple[int | float | str | None, ...]

    @property
    def label(self) -> str:
        """What the row stands for, in one text."""
        return " → ".join(self.words)


@dataclass(frozen=True)
class WordedTable:
    """A table as people read it."""

    table: Table
    title: str
    unit: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[WordedRow, ...]
    totals: tuple[WordedRow, ...]
    notes: tuple[str, ...]


Names = dict[tuple[str, str], str]


def worded(tables: Iterable[Table]) -> tuple[WordedTable, ...]:
    """Put words to tables in the language of the moment, in two queries."""
    tables = tuple(tables)
    names = _names(tables)
    return tuple(_worded(table, names) for table in tables)


def _worded(table: Table, names: Names) -> WordedTable:
    return WordedTable(
        table=table,
        title=str(labels.TITLES[table.name]),
        unit=str(labels.UNITS.get(table.name, labels.DENIALS)),
        keys=tuple(str(labels.KEYS[key]) for key in table.keys),
        columns=tuple(labels.column_words(column) for column in table.columns),
        rows=tuple(WordedRow(row.key, _row_words(table, row.key, names), row.values) for row in table.rows),
        totals=tuple(WordedRow(row.key, (str(labels.TOTALS[row.key[0]]),), row.values) for row in table.totals),
        notes=tuple(labels.note_words(note.code, note.params) for note in table.notes),
    )


def _row_words(table: Table, key: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return tuple(labels.key_words(kind, code, names) for kind, code in zip(table.keys, key, strict=True))


def _names(tables: tuple[Table, ...]) -> Names:
    codes: dict[str, set[str]] = {"category": set(), "entry": set()}
    for table in tables:
        for at, kind in enumerate(table.keys):
            if kind in codes:
                codes[kind].update(row.key[at] for row in table.rows)
    names: Names = {("criterion", one.code): _short(one.short_names, one.title_en) for one in Criterion.objects.all()}
    names |= {("ground", one.code): one.article for rules in RULES for one in rules.grounds if one.article}
    if any("region" in table.keys for table in tables):
        names |= {("region", one.code): _short(one.names, one.name_en) for one in Region.objects.all()}
    wanted = Q(code__in=codes["category"] | codes["entry"], control_list__code__in=["ml", "annex_i", "torture"])
    entries = ControlListEntry.objects.filter(wanted).order_by(F("control_list__version").asc(), "control_list__code")
    for entry in entries:
        words = _short(entry.titles, entry.title_en)
        names |= {("entry", entry.code): words, ("category", entry.code): words}
    return names


def _short(names: Any, fallback: str, longest: int = 80) -> str:
    language = (get_language() or "en").split("-")[0]
    words = str((names or {}).get(language) or (names or {}).get("en") or fallback)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"

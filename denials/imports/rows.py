"""The cells of a table by the fields they fill; findings gather as rows are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from denials.imports import cells
from denials.imports.cells import CellRefused
from denials.imports.columns import Column, name_of
from denials.imports.tables import BLANK, Cell, Row, Table

Value = TypeVar("Value")
#: A number that stands for several rows is nobody's in particular.
OF_ONE_ROW: Final = frozenset({"quantity", "value", "count"})


@dataclass(frozen=True)
class Finding:
    """What was found in a file: an error or something to know, by row, column and rule."""

    row: int
    column: str
    rule: str
    value: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the finding as JSON-ready values."""
        return {"row": self.row, "column": self.column, "rule": self.rule, "value": self.value[:200]}


@dataclass(frozen=True)
class Reading:
    """What a file is read by: the language of the issuer, the places known, the regime named by the option."""

    languages: tuple[str, ...]
    places: Mapping[str, Sequence[str]]
    countries: frozenset[str]
    regime: str = ""


class TableReader:
    """Reads the cells of one table; what cannot be read is in `errors`, what should be known in `warnings`."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self.table, self.reading = table, reading
        self.errors: list[Finding] = []
        self._known: set[Finding] = set()
        self.warnings: list[Finding] = []
        self.columns: dict[str, list[Column]] = {}
        for column in table.columns:
            self.columns.setdefault(column.field, []).append(column)
        self.month_first = cells.months_come_first(self.all_cells("decided_on"))

    def look_at(self, row: Row) -> None:
        """Refuse the cells that hold no plain value, and cells beyond the last heading."""
        for column in self.table.columns:
            cell = cell_of(row, column)
            if cell.wrong:
                rule, _, value = cell.wrong.partition(":")
                self.error(row, column.heading, rule, value or cell.text)
            elif cell.merged and column.field in OF_ONE_ROW:
                self.error(row, column.heading, "merged_cell", cell.text)
        beyond = row.cells[len(self.table.headings) :]
        if text := next((cell.text for cell in beyond if cell.text), ""):
            self.error(row, "", "more_cells_than_headings", text)

    def all_cells(self, name: str) -> Iterator[Cell]:
        return (cell_of(row, column) for row in self.table.rows for column in self.columns.get(name, ()))

    def cells_of(self, row: Row, name: str) -> list[Cell]:
        return [cell_of(row, column) for column in self.columns.get(name, ())] or [BLANK]

    def one(self, row: Row, name: str, *, printed: bool) -> Cell:
        wanted = [column for column in self.columns.get(name, ()) if column.is_printed is printed]
        return cell_of(row, wanted[0]) if wanted else BLANK

    def text(self, row: Row, name: str) -> str:
        """Return a field's text in the issuer's language, else without language, else in any."""
        return self.in_both_languages(row, name)[0]

    def in_both_languages(self, row: Row, name: str) -> tuple[str, str]:
        """Return the text in the issuer's language and the English one where that is another text."""
        ranked = sorted(self.columns.get(name, ()), key=self._rank)
        texts = [(column.language, cell_of(row, column).text) for column in ranked]
        held = [(language, text) for language, text in texts if text]
        if not held:
            return "", ""
        english = next((text for language, text in held if language == "en"), "")
        return held[0][1], english if english != held[0][1] else ""

    def _rank(self, column: Column) -> int:
        if column.language in self.reading.languages:
            return self.reading.languages.index(column.language)
        return {"": 50, "en": 99}.get(column.language, 60)

    def read_cell(self, row: Row, name: str, reader: Callable[[Cell], Value]) -> Value | None:
        """Return what a reader makes of a field's cell; what it refuses is an error of the row."""
        if name not in self.columns:
            return None
        cell = self.cells_of(row, name)[0]
        try:
            return reader(cell)
        except CellRefused as refused:
            self.error(row, self.heading(name), refused.rule, cell.text)
            return None

    def heading(self, name: str) -> str:
        held = self.columns.get(name, ())
        return held[0].heading if held else ""

    def texts(self, row: Row) -> dict[str, str]:
        """What makes the row known again: the texts of its recognised columns, whatever their order."""
        found = {}
        for column in self.table.columns:
            if text := cell_of(row, column).text:
                found[name_of(column)] = text
        return found

    def error(self, row: Row, column: str, rule: str, value: str = "") -> None:
        self.refuse(Finding(row.number, column, rule, value))

    def refuse(self, finding: Finding) -> None:
        """Keep an error, once."""
        if finding not in self._known:
            self._known.add(finding)
            self.errors.append(finding)

    def warn(self, row: Row, name: str, rule: str, value: str = "") -> None:
        self.warnings.append(Finding(row.number, self.heading(name) or name, rule, value))


def cell_of(row: Row, column: Column) -> Cell:
    """Return the cell of a row in a column, blank where the row is shorter."""
    return row.cells[column.index] if column.index < len(row.cells) else BLANK

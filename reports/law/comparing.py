"""One year's table beside another's: the same cells, and the rows that only the other year has."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reports.law.table import Key, Row, Table

Value = int | float | str | None


@dataclass(frozen=True)
class Before:
    """What the cells of a table were in another year; a cell that was not there was nothing."""

    year: int
    rows: Mapping[Key, Mapping[str, Value]] = field(default_factory=dict)
    totals: Mapping[Key, Mapping[str, Value]] = field(default_factory=dict)

    def of(self, key: Key, column: str, *, total: bool = False) -> Value:
        """Return what a cell was."""
        return (self.totals if total else self.rows).get(key, {}).get(column, 0)


def beside(table: Table, other: Table, year: int) -> tuple[Table, Before]:
    """Return a table with a row for each key either year has, and what its cells were in the other year."""
    held = {row.key for row in table.rows}
    gone = tuple(Row(row.key, (0,) * len(table.columns)) for row in other.rows if row.key not in held)
    rows, totals = ({row.key: _cells(other, row) for row in part} for part in (other.rows, other.totals))
    return replace(table, rows=(*table.rows, *gone)), Before(year, rows, totals)


def _cells(table: Table, row: Row) -> dict[str, Value]:
    return dict(zip(table.columns, row.values, strict=True))

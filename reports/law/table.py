"""What a table is, and how its cells are added up from figures: keys and numbers without words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.law.figures import Figure, Measure, YearCount
from reports.law.union import counted_with_union

Key = tuple[str, ...]

NOT_STATED = "not_stated"
CATEGORIES = (
    *(f"ML{number}" for number in range(1, 23)),
    *(str(number) for number in range(10)),
    *("II", "III", "IV", "PL"),
    *("unlisted", "other_list", NOT_STATED),
)


class Row(NamedTuple):
    """The numbers of one key, in the order of the table's columns; None where a column says nothing."""

    key: Key
    values: tuple[int | float | str | None, ...]


@dataclass(frozen=True)
class Note:
    """A footnote by code, with the numbers it prints."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """
    One table: `keys` name what its rows stand for, `columns` what is counted.

    `totals` are rows of their own with the key `eu`, `others` or `all`; `charted` is how many columns a chart shows.
    """

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    charted: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether every number is zero."""
        return not any(value for row in self.rows for value in row.values)


Cells = dict[Key, dict[str, int]]


def by_key(count: YearCount, columns: Iterable[str], key_of: Callable[[Figure], Key]) -> Cells:
    """Return the figures of some measures added up by key."""
    return _added_up(columns, count.of, key_of)


def by_place(count: YearCount, columns: Iterable[str], key_of: Callable[[Figure], Key]) -> Cells:
    """Return the same where the key knows state and destination only."""
    return _added_up(columns, count.placed, key_of)


def _added_up(
    columns: Iterable[str], of: Callable[[str], tuple[Figure, ...]], key_of: Callable[[Figure], Key]
) -> Cells:
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for measure in dict.fromkeys(columns):
        for one in of(measure):
            cells[key_of(one)][measure] += one.value
    return cells


def rows_of(cells: Cells, columns: Iterable[str]) -> tuple[Row, ...]:
    """Return a row for each key, in order."""
    names = tuple(columns)
    return tuple(Row(key, tuple(cells[key].get(name, 0) for name in names)) for key in sorted(cells))


def totals_of(count: YearCount, columns: Iterable[str]) -> tuple[Row, ...]:
    """Return the sum of the Member States, and where others take part, theirs and that of all."""
    names = tuple(columns)
    everybody, union = _sums(count, names)
    if union == everybody:
        return (Row(("eu",), union),)
    others = tuple(whole - part for whole, part in zip(everybody, union, strict=True))
    return (Row(("eu",), union), Row(("others",), others), Row(("all",), everybody))


def _sums(count: YearCount, columns: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sum of each column over all states, and over the Member States."""
    by_state: list[dict[str, int]] = [_by_state(count, name) for name in columns]
    states = {state for sums in by_state for state in sums}
    members = {state for state in states if counted_with_union(state, count.year)}
    return (
        tuple(sum(sums.values()) for sums in by_state),
        tuple(sum(value for state, value in sums.items() if state in members) for sums in by_state),
    )


def _by_state(count: YearCount, column: str) -> dict[str, int]:
    criterion = column.removeprefix("criterion_")
    cited = criterion.isdigit()
    sums: dict[str, int] = defaultdict(int)
    for one in count.of(Measure.CRITERION_CITED) if cited else count.placed(column):
        if not cited or one.criterion == criterion:
            sums[one.authority] += one.value
    return sums


def always(count: YearCount, *, summed: bool = False) -> tuple[Note, ...]:
    """Say which states are no Member States, and what was left out; `summed`: the table has a sum of the Union."""
    outside = {
        one.authority for one in count.placed(Measure.DENIALS) if not counted_with_union(one.authority, count.year)
    }
    code = "outside_union" if summed else "others_too"
    notes = [Note(code, {"states": ", ".join(sorted(outside))})] if outside else []
    return (*notes, *([Note("not_counted", {"count": count.uncounted})] if count.uncounted else []))


def unresolved(cells: Cells) -> tuple[Note, ...]:
    """Name the destinations that do not say which country is meant."""
    names = sorted({part[3:] for key in cells for part in key if part.startswith("XX:")})
    return (Note("unresolved", {"names": ", ".join(names)}),) if names else ()


def share(part: int, whole: int) -> float | None:
    """Return a percentage with one decimal; None where there is nothing to take a share of."""
    return round(100 * part / whole, 1) if whole else None

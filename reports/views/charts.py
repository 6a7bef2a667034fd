"""Charts as plain SVG: bars, lines over years, a map of tiles; every number stands in the table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.exports import WordedTable

#: Keys with an order of their own.
IN_THEIR_ORDER = frozenset({"criterion", "time"})
MOST_BARS, FEWEST_BARS, MOST_LINES = 15, 2, 6
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 420, 220, 46, 28, 12
LABELS, APART = 116, 13  # room for the names at the end of the lines, and how far they stand apart


def bars(rows: Sequence[tuple[str, Any]], said: str, *, in_order: bool = False) -> dict[str, Any] | None:
    """
    Return the largest rows as bars for `bar_chart`, numbers only; None where there is nothing to compare.

    :param said: what is counted.   :param in_order: as they come, whatever their size.
    """
    drawn = [(label, value) for label, value in rows if isinstance(value, int | float) and value]
    drawn = (drawn if in_order else sorted(drawn, key=lambda row: -row[1]))[:MOST_BARS]
    if len(drawn) < FEWEST_BARS:
        return None
    values = [value for _label, value in drawn]
    return {"labels": [label for label, _value in drawn], "series": [{"label": said, "values": values}]}


def chart_of(table: WordedTable) -> dict[str, Any] | None:
    """Return the largest rows of a table by its first column."""
    if len(table.table.keys) != 1:
        return None
    rows = [(row.label, row.values[0]) for row in table.rows]
    return bars(rows, table.columns[0], in_order=table.table.keys[0] in IN_THEIR_ORDER)


@dataclass(frozen=True)
class Line:
    """One series over the years."""

    label: str
    points: str
    number: int
    dots: tuple[tuple[float, float, str], ...]
    end: tuple[float, float]
    label_y: float


@dataclass(frozen=True)
class Lines:
    """Lines over years, told apart by dash and mark, not by colour alone."""

    title: str
    width: int
    height: int
    series: tuple[Line, ...]
    years: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, str], ...]
    base: float
    left: int
    right: int


def lines(title: str, years: Sequence[int], series: Sequence[tuple[str, Sequence[int]]]) -> Lines | None:
    """Return up to six series over years; None where there is one year only or nothing to draw."""
    largest = max((value for _label, values in series for value in values), default=0)
    if len(years) < 2 or not largest:
        return None
    top = _round_up(largest)
    base, right = HEIGHT - BOTTOM, WIDTH - LABELS

    def x(at: int) -> float:
        return round(LEFT + at * (right - LEFT) / (len(years) - 1), 1)

    def y(value: int) -> float:
        return round(base - (base - TOP) * value / top, 1)

    made = []
    beside = _apart([y(values[-1]) for _label, values in series[:MOST_LINES]])
    for number, (label, values) in enumerate(series[:MOST_LINES], start=1):
        dots = tuple((x(at), y(value), f"{years[at]}: {value}") for at, value in enumerate(values))
        points = " ".join(f"{dot[0]},{dot[1]}" for dot in dots)
        made.append(Line(label, points, number, dots, dots[-1][:2], beside[number - 1]))
    ticks = tuple((y(top * part // 4), str(top * part // 4)) for part in (0, 2, 4))
    along = tuple((x(at), year) for at, year in enumerate(years))
    return Lines(title, WIDTH, HEIGHT, tuple(made), along, ticks, base, LEFT, right)


def _apart(ends: Sequence[float]) -> list[float]:
    """Where the names of lines stand that end close together: from the lowest up, none upon another."""
    found = list(ends)
    lowest: float = HEIGHT - BOTTOM + APART
    for at in sorted(range(len(ends)), key=lambda one: -ends[one]):
        found[at] = round(min(ends[at], lowest - APART), 1)
        lowest = found[at]
    return found


def _round_up(value: int) -> int:
    step = 10 ** (len(str(value)) - 1)
    return max(-(-value // step) * step, 4)


# ---- a map of tiles ----------------------------------------------------------------------------------------------

COLUMNS = 6
TILE, SPACE = 54, 4


@dataclass(frozen=True)
class Tile:
    """One destination in its region: the darker, the more; code and number are written on it."""

    x: int
    y: int
    code: str
    name: str
    value: int
    grade: int
    href: str = ""


@dataclass(frozen=True)
class Group:
    """The tiles of a region."""

    name: str
    y: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Tiles:
    """A map by region: every destination a square of the same size."""

    title: str
    width: int
    height: int
    tile: int
    groups: tuple[Group, ...]


def tiles(title: str, cells: Sequence[tuple[str, str, str, int]]) -> Tiles | None:
    """
    Return the destinations as tiles grouped by region.

    :param cells: region, code, name and number of each destination.
    """
    known = [cell for cell in cells if cell[3]]
    if len(known) < 2:
        return None
    largest = max(cell[3] for cell in known)
    groups: list[Group] = []
    y = 0
    for region in dict.fromkeys(cell[0] for cell in known):
        y += 18
        of = [cell for cell in known if cell[0] == region]
        made = tuple(
            Tile(
                (at % COLUMNS) * (TILE + SPACE),
                y + (at // COLUMNS) * (TILE + SPACE),
                code[:2] if len(code) == 2 else "–",
                name,
                value,
                min(4, 1 + 4 * (value - 1) // max(largest, 1)),
            )
            for at, (_region, code, name, value) in enumerate(sorted(of, key=lambda cell: (-cell[3], cell[1])))
        )
        groups.append(Group(region, y - 5, made))
        y += ((len(of) - 1) // COLUMNS + 1) * (TILE + SPACE) + 6
    return Tiles(title, COLUMNS * (TILE + SPACE), y, TILE, tuple(groups))

"""Charts as plain SVG: bars, lines over years, a map of tiles; every number stands in the table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.exports import WordedTable

#: Keys with an order of their own.
IN_THEIR_ORDER = frozenset({"criterion", "time"})
WIDTH, LABEL, VALUE = 640, 190, 70
ROW, GAP = 20, 5
MOST_BARS = 15
LONGEST = 30
HEIGHT, LEFT, BOTTOM, TOP = 220, 46, 28, 12


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands and what it says."""

    y: float
    width: float
    label: str
    value: str
    text_y: float
    value_x: float


@dataclass(frozen=True)
class Bars:
    """Horizontal bars of one column."""

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    left: int = LABEL


def chart_of(table: WordedTable) -> Bars | None:
    """Return the largest rows of a table by its first column; None where there is nothing to compare."""
    if len(table.table.keys) != 1:
        return None
    rows = [(row.label, row.values[0]) for row in table.rows]
    return bars(f"{table.title}: {table.columns[0]}", rows, in_order=table.table.keys[0] in IN_THEIR_ORDER)


def bars(title: str, rows: Sequence[tuple[str, Any]], *, in_order: bool = False) -> Bars | None:
    """Return bars of the largest rows, numbers only; `in_order`: as they come, whatever their size."""
    drawn = [(label, value) for label, value in rows if isinstance(value, int | float) and value]
    drawn = (drawn if in_order else sorted(drawn, key=lambda row: -row[1]))[:MOST_BARS]
    if len(drawn) < 2:
        return None
    largest = max(value for _label, value in drawn)
    made = []
    for at, (label, value) in enumerate(drawn):
        width = max((WIDTH - LABEL - VALUE) * value / largest, 1)
        said = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
        y = at * (ROW + GAP)
        made.append(Bar(y, round(width, 1), said, f"{value:,}".replace(",", " "), y + 14, round(LABEL + width + 6, 1)))
    return Bars(title, WIDTH, len(made) * (ROW + GAP), tuple(made))


@dataclass(frozen=True)
class Line:
    """One series over the years."""

    label: str
    points: str
    number: int
    dots: tuple[tuple[float, float, str], ...]
    end: tuple[float, float]


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


def lines(title: str, years: Sequence[int], series: Sequence[tuple[str, Sequence[int]]]) -> Lines | None:
    """Return up to six series over years; None where there is one year only or nothing to draw."""
    largest = max((value for _label, values in series for value in values), default=0)
    if len(years) < 2 or not largest:
        return None
    top = _round_up(largest)
    base, right = HEIGHT - BOTTOM, WIDTH - 120

    def x(at: int) -> float:
        return round(LEFT + at * (right - LEFT) / (len(years) - 1), 1)

    def y(value: int) -> float:
        return round(base - (base - TOP) * value / top, 1)

    made = []
    for number, (label, values) in enumerate(series[:6], start=1):
        dots = tuple((x(at), y(value), f"{years[at]}: {value}") for at, value in enumerate(values))
        made.append(Line(label, " ".join(f"{dot[0]},{dot[1]}" for dot in dots), number, dots, dots[-1][:2]))
    ticks = tuple((y(top * part // 4), str(top * part // 4)) for part in (0, 2, 4))
    return Lines(title, WIDTH, HEIGHT, tuple(made), tuple((x(at), year) for at, year in enumerate(years)), ticks, base)


def _round_up(value: int) -> int:
    step = 10 ** (len(str(value)) - 1)
    return max(-(-value // step) * step, 4)


# ---- a map of tiles ----------------------------------------------------------------------------------------------

COLUMNS = 10
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

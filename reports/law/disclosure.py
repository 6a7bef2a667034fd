"""
What of a year may be shown to anybody: which cells are held back, and which besides, so that no margin reveals them.

A cell by state needs that state's consent and reaches the threshold, else it is suppressed (primary). Sums over all
states are printed; what would then follow from them is suppressed too (complementary). Whether a cell follows is
decided exactly: cells and printed sums are flows of a network, and a suppressed cell is revealed if and only if no
other flow fits what is printed.   Source: Reg. (EC) No 223/2009 Art. 20, by Reg. (EU) 2021/821 Art. 26(3); D. Gusfield,
A graph theoretic approach to statistical data security, 1988.   Reading: docs/adr/0116.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

Cell = tuple[str, str]
Node = tuple[str, str]

#: Held back whatever a state consents to: who undercut, and whose consultations lapsed.
NEVER_BY_STATE: Final = ("grants_after_consultation", "consultations_by_consulted_authority_and_outcome")
SUPPRESSED: Final = "c"
USUAL_THRESHOLD: Final = 3


@dataclass(frozen=True)
class Disclosure:
    """What holds for one public edition: the threshold, and the states that consent."""

    threshold: int = USUAL_THRESHOLD
    consents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grid:
    """
    A table by state and column whose column sums are printed.

    `cells` hold what is not zero; `states` are all that take part. `row_sums`: whether each state's own sum is printed
    too, where it may be; without them rows are not bound to anything.
    """

    cells: Mapping[Cell, int]
    states: frozenset[str]
    columns: tuple[str, ...]
    row_sums: bool = False

    def value(self, cell: Cell) -> int:
        """Return a cell."""
        return self.cells.get(cell, 0)

    def row_sum(self, state: str) -> int:
        """Return the sum of a state's cells."""
        return sum(self.value((state, column)) for column in self.columns)


@dataclass
class Held:
    """What is held back: cells, and the sums of states."""

    cells: set[Cell] = field(default_factory=set)
    sums: set[str] = field(default_factory=set)


def protect(grid: Grid, rules: Disclosure, also: Iterable[Cell] = ()) -> Held:
    """
    Return what is to be held back of a grid: the primary cells, and the cheapest others that keep them unrevealed.

    :param also: cells held back for another reason, as those of a denial's criteria with the denial.
    """
    held = _primary(grid, rules)
    held.cells |= set(also)
    network = _Network(grid, held)
    for cell in sorted(cell for cell in held.cells if grid.value(cell)):
        while network.reveals(cell):
            path = _cheapest(grid, held, cell)
            if not path:
                break  # nobody else is there to hide among
            held.cells |= {(one[1], two[1]) for one, two in path if two[0] == "column"}
            held.sums |= {two[1] for one, two in path if one[0] == "source"}
            network = _Network(grid, held)
    return held


def _primary(grid: Grid, rules: Disclosure) -> Held:
    held = Held()
    for state in grid.states:
        if state not in rules.consents:
            held.sums.add(state)
            held.cells |= {(state, column) for column in grid.columns}
    held.cells |= {cell for cell, value in grid.cells.items() if 0 < value < rules.threshold}
    held.sums |= {state for state in grid.states if 0 < grid.row_sum(state) < rules.threshold}
    return held


def revealed(grid: Grid, held: Held, cell: Cell) -> bool:
    """Tell whether a cell that is held back can have one value only, given what is printed."""
    return _Network(grid, held).reveals(cell)


# ---- the network -------------------------------------------------------------------------------------------------

_SOURCE: Final = ("source", "")
Edge = tuple[Node, Node]
Way = tuple[int, list[Edge]]


class _Network:
    """
    What a flow may change: unknown edges may grow, and shrink where they carry something.

    Source to each state (its sum), state to column (the cell); the columns' sums are printed and close the circle.
    """

    def __init__(self, grid: Grid, held: Held, *, whole: bool = False) -> None:
        self.grid = grid
        self.arcs: dict[Node, list[tuple[Node, Edge, int]]] = defaultdict(list)
        for state in grid.states:
            free = not grid.row_sums or state in held.sums
            self._edge((_SOURCE, ("state", state)), grid.row_sum(state), free, whole, grid.row_sums)
            for column in grid.columns:
                cell = (state, column)
                self._edge((("state", state), ("column", column)), grid.value(cell), cell in held.cells, whole, True)

    def _edge(self, edge: Edge, flow: int, free: bool, whole: bool, bound: bool) -> None:
        if not (free or whole):
            return
        cost = 0 if free or not bound else 1 + flow
        tail, head = edge
        self.arcs[tail].append((head, edge, cost))
        if flow > 0 or not bound:
            self.arcs[head].append((tail, edge, cost))

    def reveals(self, cell: Cell) -> bool:
        """Tell whether no way leads round a cell, so that it can be neither more nor less."""
        return not (self.more(cell) or (self.grid.value(cell) > 0 and self.less(cell)))

    def more(self, cell: Cell) -> Way | None:
        """Return the way along which others change if a cell is more."""
        tail, head = ("state", cell[0]), ("column", cell[1])
        return self._way(head, tail, without=(tail, head))

    def less(self, cell: Cell) -> Way | None:
        """Return the way along which others change if a cell is less."""
        tail, head = ("state", cell[0]), ("column", cell[1])
        return self._way(tail, head, without=(tail, head))

    def _way(self, start: Node, end: Node, *, without: Edge) -> Way | None:
        """Return the cheapest way: what it costs, and the edges it goes along; None where there is none."""
        best: dict[Node, int] = {start: 0}
        came: dict[Node, tuple[Node, Edge]] = {}
        queue: list[tuple[int, Node]] = [(0, start)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node == end:
                return cost, list(_walked(came, start, end))
            if cost > best[node]:
                continue
            for following, edge, more in self.arcs[node]:
                if edge != without and cost + more < best.get(following, 1 << 60):
                    best[following] = cost + more
                    came[following] = (node, edge)
                    heapq.heappush(queue, (cost + more, following))
        return None


def _walked(came: Mapping[Node, tuple[Node, Edge]], start: Node, end: Node) -> Iterator[Edge]:
    while end != start:
        end, edge = came[end]
        yield edge


def _cheapest(grid: Grid, held: Held, cell: Cell) -> list[Edge]:
    """Return what has to be held back besides so that a cell may be more, or else less."""
    network = _Network(grid, held, whole=True)
    ways = (way for way in (network.more(cell), network.less(cell)) if way)
    return min(ways, key=lambda way: way[0], default=(0, []))[1]

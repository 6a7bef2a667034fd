"""
The tables and figures of a year as anybody may read them, made from the full ones by the rules of disclosure.

Over all states everything is printed that a table prints; by state only what consent and threshold allow. Licences and
exports are public of old (CP 2008/944/CFSP Art. 8(3)) and stay as they are.   Reading: docs/adr/0116.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reports.law.disclosure import NEVER_BY_STATE, SUPPRESSED, Cell, Disclosure, Grid, Held, protect
from reports.law.figures import CRITERIA, Figure, Measure, YearCount, in_order
from reports.law.licences import DENIED
from reports.law.table import Key, Note, Row, Table

BY_STATE: Final = "denials_by_authority"
BY_STATE_AND_PLACE: Final = "denials_by_authority_and_destination"
#: Columns by state and more that are denials: left out of the public table, printed elsewhere over all states.
LEFT_OUT: Final = {
    "exports_by_authority_destination_category": (DENIED, *(f"criterion_{number}" for number in CRITERIA)),
    "brokering": (str(Measure.BROKERING_DENIALS), str(Measure.BROKERING_DENIALS_REPORTED)),
    "licences_by_authority": (DENIED,),
}
#: Measures published over all states, by the columns their table is parted by.
OVER_ALL: Final = {
    Measure.DENIALS: ("destination",),
    Measure.DENIALS_BY_DESTINATION: ("destination",),
    Measure.DENIALS_BY_CATEGORY: ("category",),
    Measure.DENIALS_WITHOUT_CATEGORY: ("dimension",),
    Measure.DENIALS_BY_ENTRY: ("entry",),
    Measure.DENIALS_BY_ACT: ("dimension",),
    Measure.DENIALS_BY_ACTIVITY: ("dimension",),
    Measure.CRITERION_CITED: ("destination", "criterion"),
    Measure.CRITERIA_NOT_STATED: ("destination",),
    Measure.GROUND_CITED: ("dimension",),
    Measure.CONSULTATIONS_INITIATED: (),
    Measure.CONSULTATIONS_RECEIVED: (),
    Measure.CONSULTATIONS_BY_DESTINATION: ("destination",),
    Measure.CONSULTATIONS_BY_OUTCOME: ("outcome",),
    Measure.CONSULTATIONS_BY_OTHER_ANSWER: ("dimension",),
    Measure.CONSULTATIONS_WITHOUT_OUTCOME: ("dimension",),
    Measure.ANSWERS_BY_TIME: ("dimension",),
    Measure.GRANTS_AFTER_CONSULTATION: (),
    Measure.UNDERCUTS: (),
}
#: Public by state of old.
OPEN: Final = frozenset(
    {
        Measure.LICENCES_ISSUED,
        Measure.LICENCES_BY_DESTINATION,
        Measure.LICENCES_BY_CATEGORY,
        Measure.LICENCES_BY_ENTRY,
        Measure.VALUE_LICENSED,
        Measure.VALUE_EXPORTED,
        Measure.VALUE_BY_ENTRY,
        Measure.BROKERING_LICENCES,
        Measure.BROKERING_VALUE,
        Measure.MISSION_LICENCES,
        Measure.MISSION_VALUE,
        Measure.RETURNS_DELIVERED,
        Measure.RETURNS_EXPECTED,
        Measure.METHOD,
    }
)


@dataclass(frozen=True)
class Public:
    """The public tables and figures, and how many cells were held back."""

    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    held_back: int


def public(count: YearCount, full: Iterable[Table], states: Iterable[str], rules: Disclosure) -> Public:
    """
    Return what of a year anybody may read.

    :param full: the tables as those entitled read them.   :param states: every state that takes part in the regime.
    """
    masks = _masks(count, frozenset(states), rules)
    tables = tuple(_public(table, masks, rules) for table in full)
    held = sum(value == SUPPRESSED for table in tables for row in table.rows for value in row.values)
    return Public(tables, in_order(_figures(count, masks)), held)


@dataclass(frozen=True)
class _Masks:
    """What is held back, by column of the tables by state."""

    states: frozenset[str]
    held: dict[str, Held]
    consultations: dict[str, Held]

    def of_states(self, table: Table) -> set[Key]:
        """The keys of a table by state: every state that takes part, and every one it has."""
        return {(state,) for state in self.states} | {row.key for row in table.rows}


def _masks(count: YearCount, states: frozenset[str], rules: Disclosure) -> _Masks:
    grids = {DENIED: _grid(count, Measure.DENIALS, states)}
    grids[str(Measure.CRITERIA_NOT_STATED)] = _grid(count, Measure.CRITERIA_NOT_STATED, states)
    for number in CRITERIA:
        grids[f"criterion_{number}"] = _grid(count, Measure.CRITERION_CITED, states, number)
    held = {DENIED: protect(grids[DENIED], rules)}
    of_denials = held[DENIED].cells
    for column, grid in grids.items():
        if column != DENIED:
            held[column] = protect(grid, rules, [cell for cell in of_denials if cell[1] in grid.columns])
            held[column].sums |= held[DENIED].sums
    consultations = {
        str(measure): protect(_line(count, measure, states), rules)
        for measure in (Measure.CONSULTATIONS_INITIATED, Measure.CONSULTATIONS_RECEIVED)
    }
    return _Masks(states, held, consultations)


def _grid(count: YearCount, measure: Measure, states: frozenset[str], criterion: str = "") -> Grid:
    cells: dict[Cell, int] = defaultdict(int)
    for one in count.of(measure):
        if one.criterion == criterion:
            cells[one.authority, one.destination] += one.value
    columns = tuple(sorted({place for _state, place in cells}))
    return Grid(dict(cells), states | {state for state, _place in cells}, columns, row_sums=True)


def _line(count: YearCount, measure: Measure, states: frozenset[str]) -> Grid:
    cells: dict[Cell, int] = defaultdict(int)
    for one in count.of(measure):
        cells[one.authority, "all"] += one.value
    return Grid(dict(cells), states | {state for state, _all in cells}, ("all",))


# ---- tables ------------------------------------------------------------------------------------------------------


def _public(table: Table, masks: _Masks, rules: Disclosure) -> Table:
    if table.name in NEVER_BY_STATE:
        return replace(table, rows=(), totals=_one_total(table), notes=(*table.notes, Note("never_by_state")))
    if table.name in LEFT_OUT:
        return _without(table, LEFT_OUT[table.name])
    if table.name == BY_STATE:
        return _by_state(table, masks)
    if table.name == BY_STATE_AND_PLACE:
        return _by_state_and_place(table, masks, rules)
    if table.name == "consultations":
        return _consultations(table, masks)
    if table.name in ("denials_notified_and_reported", "cyber_surveillance"):
        return _of_consenting(table, masks, rules)
    return replace(table, totals=_one_total(table)) if "authority" not in table.keys else table


def _one_total(table: Table) -> tuple[Row, ...]:
    """The sum of all; that of the Union beside it would leave the other participants to be told."""
    return (Row(("all",), table.totals[-1].values),) if table.totals else ()


def _without(table: Table, columns: Iterable[str]) -> Table:
    left_out = frozenset(columns)
    keep = [at for at, column in enumerate(table.columns) if column not in left_out]

    def part(row: Row) -> Row:
        return Row(row.key, tuple(row.values[at] for at in keep))

    rows = (part(row) for row in table.rows)
    return replace(
        table,
        columns=tuple(table.columns[at] for at in keep),
        rows=tuple(row for row in rows if any(row.values)),
        totals=tuple(map(part, table.totals)),
        notes=(*(note for note in table.notes if note.code != "notified_beside_reported"), Note("denials_elsewhere")),
    )


def _by_state(table: Table, masks: _Masks) -> Table:
    return _masked(table, masks.of_states(table), lambda key, column: key[0] in masks.held[column].sums)


def _by_state_and_place(table: Table, masks: _Masks, rules: Disclosure) -> Table:
    """Rows of states that consent; one that is held back though it is nothing stands there too."""
    keys = {*(row.key for row in table.rows), *masks.held[DENIED].cells}
    shown = (key for key in keys if key[0] in rules.consents)
    return _masked(table, shown, lambda key, column: key in masks.held[column].cells)


def _consultations(table: Table, masks: _Masks) -> Table:
    return _masked(
        table, masks.of_states(table), lambda key, column: (key[0], "all") in masks.consultations[column].cells
    )


def _masked(table: Table, keys: Iterable[Key], is_held: Callable[[Key, str], bool]) -> Table:
    """Return the rows of these keys with what is held back marked; a row that is nothing and shown is left out."""
    known = {row.key: row.values for row in table.rows}
    nothing = (0,) * len(table.columns)
    rows = (
        Row(
            key,
            tuple(
                SUPPRESSED if is_held(key, column) else value
                for column, value in zip(table.columns, known.get(key, nothing), strict=True)
            ),
        )
        for key in sorted(keys)
    )
    shown = tuple(row for row in rows if any(row.values))
    return replace(table, rows=shown, totals=_one_total(table), notes=(*table.notes, Note("held_back")))


def _of_consenting(table: Table, masks: _Masks, rules: Disclosure) -> Table:
    rows = tuple(
        row
        if row.key[0] in rules.consents and row.key[0] not in masks.held[DENIED].sums
        else Row(row.key[:1] + ("",) * (len(row.key) - 1), (SUPPRESSED,) * len(row.values))
        for row in table.rows
    )
    return replace(table, rows=tuple(dict.fromkeys(rows)), totals=(), notes=(*table.notes, Note("held_back")))


# ---- figures -----------------------------------------------------------------------------------------------------


def _figures(count: YearCount, masks: _Masks) -> Iterator[Figure]:
    for measure in Measure:
        if measure in OPEN:
            yield from count.of(measure)
        elif measure in OVER_ALL:
            yield from _over_all(count, measure)
    yield from _by_consent(count, masks)


def _by_consent(count: YearCount, masks: _Masks) -> Iterator[Figure]:
    """The cells by state that are shown, marked as a level of their own: sums over all states stand beside them."""
    cited = [(one, f"criterion_{one.criterion}") for one in count.of(Measure.CRITERION_CITED)]
    for one, column in [*((one, DENIED) for one in count.of(Measure.DENIALS)), *cited]:
        if (one.authority, one.destination) not in masks.held[column].cells:
            yield one._replace(dimension="level=state")
    for column, held in masks.consultations.items():
        for one in count.of(column):
            if (one.authority, "all") not in held.cells:
                yield one._replace(dimension="level=state")


def _over_all(count: YearCount, measure: Measure) -> Iterator[Figure]:
    sums: dict[tuple[str, ...], int] = defaultdict(int)
    parted = OVER_ALL[measure]
    for one in count.of(measure):
        sums[tuple(str(getattr(one, column)) for column in parted)] += one.value
    for key, value in sums.items():
        yield Figure(measure, **dict(zip(parted, key, strict=True)), value=value)

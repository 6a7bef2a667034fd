"""What anybody may read: consent, threshold, and what would follow from the margins. No database."""

from itertools import product

import pytest

from reports.law.disclosure import Disclosure, Grid, Held, protect, revealed
from reports.law.figures import Figure, Measure, YearCount, in_order
from reports.law.public import public
from reports.law.tables import tables

STATES = frozenset({"AT", "BE", "CZ", "DE"})


def grid(rows: dict[str, tuple[int, ...]], *, row_sums: bool = True) -> Grid:
    columns = tuple("xyz"[: len(next(iter(rows.values())))])
    cells = {(state, column): value for state, row in rows.items() for column, value in zip(columns, row, strict=True)}
    return Grid({cell: value for cell, value in cells.items() if value}, frozenset(rows), columns, row_sums)


def fitting(table: Grid, held: Held, cell: tuple[str, str]) -> set[int]:
    """Every value a cell can have given what is printed, by trying all of them."""
    unknown = sorted(held.cells)
    most = max(sum(table.value((state, column)) for state in table.states) for column in table.columns)
    found = set()
    for values in product(range(most + 1), repeat=len(unknown)):
        tried = dict(zip(unknown, values, strict=True))
        of = {one: tried.get(one, table.value(one)) for one in product(sorted(table.states), table.columns)}
        columns = all(
            sum(of[state, column] for state in table.states)
            == sum(table.value((state, column)) for state in table.states)
            for column in table.columns
        )
        rows = all(
            state in held.sums or sum(of[state, column] for column in table.columns) == table.row_sum(state)
            for state in (table.states if table.row_sums else ())
        )
        if columns and rows:
            found.add(of[cell])
    return found


GRIDS = [
    {"AT": (2, 0), "BE": (0, 0), "CZ": (0, 2)},
    {"AT": (1, 1), "BE": (2, 1)},
    {"AT": (0, 2), "BE": (1, 0), "CZ": (1, 1)},
]


@pytest.mark.parametrize("rows", GRIDS)
@pytest.mark.parametrize("consents", [frozenset(), frozenset({"BE"}), frozenset({"BE", "CZ"})])
def test_a_cell_is_called_revealed_exactly_if_one_value_fits(
    rows: dict[str, tuple[int, ...]], consents: frozenset[str]
) -> None:
    """The network against every table that fits."""
    table = grid(rows)
    held = Held({cell for cell in product(rows, table.columns) if cell[0] not in consents}, set(rows) - consents)
    for cell in held.cells:
        assert revealed(table, held, cell) is (len(fitting(table, held, cell)) == 1), cell


@pytest.mark.parametrize("rows", GRIDS)
@pytest.mark.parametrize("consents", [frozenset({"BE"}), frozenset({"BE", "CZ"}), frozenset({"AT", "BE", "CZ"})])
def test_what_is_held_back_does_not_follow_from_what_is_printed(
    rows: dict[str, tuple[int, ...]], consents: frozenset[str]
) -> None:
    table = grid(rows)
    held = protect(table, Disclosure(2, consents))
    assert not [cell for cell in held.cells if table.value(cell) and revealed(table, held, cell)]
    for cell in held.cells:
        if table.value(cell):
            assert len(fitting(table, held, cell)) > 1


def test_with_everybodys_consent_and_no_small_cell_nothing_is_held_back() -> None:
    table = grid({"AT": (5, 0), "BE": (4, 3)})
    assert protect(table, Disclosure(3, frozenset({"AT", "BE"}))) == Held()


def counted(*figures: Figure) -> YearCount:
    return YearCount("arms", 2024, 7, in_order(figures))


DENIALS = [
    Figure(Measure.DENIALS, state, place, value=value)
    for state, place, value in (("AT", "IL", 5), ("BE", "IL", 4), ("CZ", "IL", 3), ("AT", "GN", 6), ("DE", "GN", 9))
]


class TestThePublicEdition:
    def made(self, *consents: str, threshold: int = 3) -> dict[str, dict[tuple[str, ...], tuple[object, ...]]]:
        year = counted(
            *DENIALS,
            Figure(Measure.UNDERCUTS, "AT", value=4),
            Figure(Measure.GRANTS_AFTER_CONSULTATION, "AT", value=5),
            Figure(Measure.CONSULTATIONS_BY_OUTCOME, "BE", outcome="lapsed", value=8),
            Figure(Measure.CONSULTATIONS_INITIATED, "AT", value=8),
            Figure(Measure.CONSULTATIONS_RECEIVED, "BE", value=8),
        )
        self.figures = public(year, tables(year), STATES, Disclosure(threshold, frozenset(consents))).figures
        found = public(year, tables(year), STATES, Disclosure(threshold, frozenset(consents))).tables
        return {one.name: {row.key: row.values for row in one.rows} for one in found}

    def test_denials_by_destination_over_all_states_are_printed(self) -> None:
        found = self.made()["denials_by_destination"]
        assert {key: values[0] for key, values in found.items()} == {("GN",): 15, ("IL",): 12}

    def test_a_cell_by_state_needs_its_consent(self) -> None:
        by_state = self.made("AT", "DE")["denials_by_authority"]
        assert (by_state[("BE",)], by_state[("CZ",)]) == (("c",), ("c",))
        assert by_state[("AT",)] == (11,)
        both = self.made("AT", "DE")["denials_by_authority_and_destination"]
        assert both == {("AT", "GN"): (6,), ("AT", "IL"): (5,), ("DE", "GN"): (9,)}

    def test_the_only_state_that_does_not_consent_is_hidden_with_another(self) -> None:
        by_state = self.made("AT", "BE", "DE")["denials_by_authority"]
        assert by_state[("CZ",)] == ("c",)
        assert list(by_state.values()).count(("c",)) >= 2

    def test_a_small_cell_is_hidden_though_its_state_consents(self) -> None:
        cells = self.made(*STATES, threshold=4)["denials_by_authority_and_destination"]
        assert cells[("CZ", "IL")] == ("c",)
        assert ("c",) in [value for key, value in cells.items() if key[0] != "CZ"]

    def test_undercuts_and_lapses_by_state_are_never_there(self) -> None:
        found = self.made(*STATES)
        assert found["grants_after_consultation"] == {}
        assert found["consultations_by_consulted_authority_and_outcome"] == {}
        for one in self.figures:
            if one.measure in (Measure.UNDERCUTS, Measure.GRANTS_AFTER_CONSULTATION, Measure.CONSULTATIONS_BY_OUTCOME):
                assert one.authority == ""

    def test_the_tidy_figures_hold_no_cell_that_the_tables_hold_back(self) -> None:
        self.made("AT", "DE")
        shown = {one.authority for one in self.figures if one.measure == Measure.DENIALS}
        assert shown == {"", "AT", "DE"}

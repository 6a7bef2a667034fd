"""
The tables of licences and exports, from the signed returns, beside what the register counts.

Columns a to e8 are those of the EU annual report (CP 2008/944/CFSP Art. 8); types of items, kinds and destinations
those of Reg. (EU) 2021/821 Art. 26(2) and Recommendation (EU) 2024/214.   Reading: docs/adr/0110, 0111, 0114.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from reports.law.figures import CRITERIA, Measure, YearCount
from reports.law.groups import GROUPS, NEVER_REPORT, TARGETS, flows, share
from reports.law.returns import DECISIONS
from reports.law.table import CATEGORIES, Cells, Key, Note, Row, Table, by_key, by_place, rows_of, totals_of

ISSUED, LICENSED, EXPORTED = (
    str(one) for one in (Measure.LICENCES_ISSUED, Measure.VALUE_LICENSED, Measure.VALUE_EXPORTED)
)
DENIED, REPORTED = str(Measure.DENIALS), str(Measure.DENIALS_REPORTED)
#: Columns a, b, c, d, e1 to e8.
EXPORTS: Final = (ISSUED, LICENSED, EXPORTED, DENIED, *(f"criterion_{number}" for number in CRITERIA))
_PLACE_OF: Final = {column: at for at, column in enumerate(EXPORTS)}
#: What is counted in each category, and the column it stands in; "" where the criterion says which.
_IN_CATEGORIES: Final = {
    Measure.LICENCES_BY_CATEGORY: ISSUED,
    Measure.VALUE_LICENSED: LICENSED,
    Measure.VALUE_EXPORTED: EXPORTED,
    Measure.DENIALS_BY_CATEGORY: DENIED,
    Measure.DENIALS_WITHOUT_CATEGORY: DENIED,
    Measure.CRITERION_BY_CATEGORY: "",
}
#: The row that counts each licence and denial once, below the rows of the categories it stands in.
TOTAL = "total"
UNPLACED = "no_region"
SHARES: Final = "group_shares"
_FLOWS: Final = ("inside_eur", "outside_eur", "not_allocated_eur")


def licence_tables(count: YearCount) -> tuple[Table, ...]:
    """Return the tables of a regime's returns; without a return they are there too, empty."""
    shared = (
        _licences(count, "licences_by_authority", "authority"),
        _licences(count, "licences_by_destination", "destination"),
        _regions(count),
        _categories(count),
        _notified_and_reported(count),
        _brokering(count),
        _shares(count),
    )
    of_regime = {
        "arms": (_exports(count), _missions(count)),
        "dual_use": (_kinds(count), _entries(count), _items(count), _cyber(count)),
    }
    return (*shared, *of_regime.get(count.regime, (_kinds(count), _entries(count), _items(count))))


# ---- arms: a, b, c, d, e1 to e8 ----------------------------------------------------------------------------------


def _exports(count: YearCount) -> Table:
    """Exporting state by destination by category; the total row counts once what stands in several categories."""
    cells: dict[Key, list[int]] = {}
    for measure, column in _IN_CATEGORIES.items():
        for one in count.of(measure):
            category = one.category or one.dimension_of("entry") or "not_stated"
            _add(cells, (one.authority, one.destination, category), column or f"criterion_{one.criterion}", one.value)
    for measure in (*map(Measure, EXPORTS[:4]), Measure.CRITERION_CITED):
        for one in count.of(measure) if measure == Measure.CRITERION_CITED else count.placed(measure):
            column = f"criterion_{one.criterion}" if one.criterion else str(measure)
            _add(cells, (one.authority, one.destination, TOTAL), column, one.value)
    rows = tuple(Row(key, tuple(cells[key])) for key in sorted(cells, key=_in_table_order))
    notes = (Note("row_of_totals"), Note("year_by_decision"), *_of_returns(count))
    keys = ("authority", "destination", "category")
    return Table("exports_by_authority_destination_category", keys, EXPORTS, rows, (), notes)


def _add(cells: dict[Key, list[int]], key: Key, column: str, value: int) -> None:
    cell = cells.get(key)
    if cell is None:
        cell = cells[key] = [0] * len(EXPORTS)
    cell[_PLACE_OF[column]] += value


_ORDER = {category: rank for rank, category in enumerate((*CATEGORIES, TOTAL))}


def _in_table_order(key: Key) -> tuple[str, str, int, str]:
    return key[0], key[1], _ORDER.get(key[2], len(CATEGORIES)), key[2]


def _missions(count: YearCount) -> Table:
    columns = (str(Measure.MISSION_LICENCES), str(Measure.MISSION_VALUE))
    cells = by_key(count, columns, lambda one: (one.authority, one.destination, one.dimension_of("mission")))
    return Table(
        "missions", ("authority", "destination", "mission"), columns, rows_of(cells, columns), (), _of_returns(count)
    )


def _brokering(count: YearCount) -> Table:
    columns = tuple(
        str(one)
        for one in (
            Measure.BROKERING_LICENCES,
            Measure.BROKERING_VALUE,
            Measure.BROKERING_DENIALS,
            Measure.BROKERING_DENIALS_REPORTED,
        )
    )
    cells = by_key(count, columns, lambda one: (one.authority, one.destination, one.dimension_of("origin")))
    notes = (Note("notified_beside_reported"), Note("brokering_origin"), *_of_returns(count))
    keys = ("authority", "destination", "origin")
    return Table("brokering", keys, columns, rows_of(cells, columns), totals_of(count, columns), notes)


# ---- any regime --------------------------------------------------------------------------------------------------


def _licences(count: YearCount, name: str, key: str) -> Table:
    """Licences, values, exports, and the denials notified in the exchange; each licence once."""
    columns = (ISSUED, LICENSED, EXPORTED, DENIED)
    cells = by_place(count, columns, lambda one: (str(getattr(one, key)),))
    several = [Note("licences_to_several")] if any(one.destination == "VARIOUS" for one in count.placed(ISSUED)) else []
    notes = (*(several if key == "destination" else []), Note("value_is_licensed"), *_of_returns(count))
    return Table(name, (key,), columns, rows_of(cells, columns), totals_of(count, columns), notes)


def region_of(count: YearCount, destination: str) -> str:
    """Return the row of the regions a destination is summed in."""
    own = destination if destination.isupper() and len(destination) > 2 else UNPLACED
    return count.regions.get(destination) or own


def _regions(count: YearCount) -> Table:
    """The same summed by the regions of the report; what names no single country stands by itself."""
    columns = (ISSUED, LICENSED, EXPORTED, DENIED)

    cells = by_place(count, columns, lambda one: (region_of(count, one.destination),))
    notes = (Note("regions_of_the_report"), *_of_returns(count))
    return Table("licences_by_region", ("region",), columns, rows_of(cells, columns), totals_of(count, columns), notes)


def _categories(count: YearCount) -> Table:
    columns = (str(Measure.LICENCES_BY_CATEGORY), LICENSED, EXPORTED, str(Measure.DENIALS_BY_CATEGORY))
    cells = by_key(count, columns, lambda one: (one.category or "not_stated",))
    for one in count.of(Measure.DENIALS_WITHOUT_CATEGORY):
        cells[(one.dimension_of("entry"),)][str(Measure.DENIALS_BY_CATEGORY)] += one.value
    rows = sorted(rows_of(cells, columns), key=lambda row: (_ORDER.get(row.key[0], len(_ORDER)), row.key))
    once = {"licences": count.total(ISSUED), "denials": count.total(DENIED)}
    notes = (Note("categories_exceed", once), Note("value_apportioned"), *_of_returns(count))
    return Table("licences_by_category", ("category",), columns, tuple(rows), (), notes)


def _notified_and_reported(count: YearCount) -> Table:
    """What the exchange was notified of beside what a return reports; not every state reports its refusals."""
    delivered = {one.authority for one in count.of(Measure.RETURNS_DELIVERED) if one.value}
    reported = {one.authority for one in count.of(REPORTED)}
    sums = by_place(count, (DENIED, REPORTED), lambda one: (one.authority,))
    rows = []
    for (state,), cell in sorted(sums.items()):
        said = cell[REPORTED] if state in reported else None
        rows.append(Row((state,), (cell[DENIED], said, said - cell[DENIED] if said is not None else None)))
    silent = sorted(delivered - reported)
    notes = [Note("notified_beside_reported"), Note("year_by_decision")]
    notes += [Note("reports_no_refusals", {"states": ", ".join(silent)})] if silent else []
    name = "denials_notified_and_reported"
    columns = (DENIED, REPORTED, "difference")
    return Table(name, ("authority",), columns, tuple(rows) if reported else (), (), tuple(notes), charted=2)


def _shares(count: YearCount) -> Table:
    """Who licenses to whom, by group and category; all categories first."""
    within = flows(count)
    categories = sorted({category for _groups, _ways, category in within} - {""}, key=lambda one: _ORDER.get(one, 0))
    rows = []
    for category in ("", *categories):
        for one in (share(count, group, to, category=category, within=within) for group in GROUPS for to in TARGETS):
            if one.whole:
                values = (one.inside, one.outside, one.not_allocated, one.percent, one.whole)
                rows.append(Row((one.group, one.target, category or TOTAL), values))
    notes = (
        Note("value_is_licensed"),
        Note("membership_of_the_year"),
        Note("never_report", {"states": ", ".join(sorted(NEVER_REPORT))}),
        *_of_returns(count),
    )
    return Table(SHARES, ("group", "target", "category"), (*_FLOWS, "share", "share_of"), tuple(rows), (), notes)


# ---- dual-use and torture goods ----------------------------------------------------------------------------------


def _kinds(count: YearCount) -> Table:
    columns = (ISSUED, LICENSED)
    cells = by_key(count, columns, lambda one: (one.dimension_of("kind") or "not_stated",))
    return Table(
        "authorisations_by_kind",
        ("kind",),
        columns,
        rows_of(cells, columns),
        totals_of(count, columns),
        _of_returns(count),
    )


def _entries(count: YearCount) -> Table:
    columns = (str(Measure.LICENCES_BY_ENTRY), str(Measure.VALUE_BY_ENTRY), str(Measure.DENIALS_BY_ENTRY))
    cells = by_key(count, columns, lambda one: (one.entry,))
    notes = (Note("entries_exceed", {"licences": count.total(ISSUED)}), *_of_returns(count))
    return Table("authorisations_by_item", ("entry",), columns, rows_of(cells, columns), (), notes)


def _items(count: YearCount) -> Table:
    """Number and value by state, destination, type of item and kind: what the sums by each of them are made of."""
    columns = (str(Measure.LICENCES_BY_ENTRY), str(Measure.VALUE_BY_ENTRY))
    keys = ("authority", "destination", "entry", "kind")
    cells = by_key(count, columns, lambda one: (one.authority, one.destination, one.entry, one.dimension_of("kind")))
    notes = (Note("entries_exceed", {"licences": count.total(ISSUED)}), *_of_returns(count))
    name = "authorisations_by_authority_destination_item_kind"
    return Table(name, keys, columns, rows_of(cells, columns), (), notes)


def _cyber(count: YearCount) -> Table:
    """Applications for cyber-surveillance items and what was decided.   Source: Reg. (EU) 2021/821 Art. 26(2)."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in count.of(Measure.CYBER_APPLICATIONS):
        cell = cells[one.authority, one.destination, one.entry]
        cell[str(Measure.CYBER_APPLICATIONS)] += one.value
        cell[one.outcome or "not_stated"] += one.value
    columns = (str(Measure.CYBER_APPLICATIONS), *DECISIONS, "not_stated")
    keys = ("authority", "destination", "entry")
    return Table("cyber_surveillance", keys, columns, rows_of(cells, columns), (), _of_returns(count))


# ---- footnotes ---------------------------------------------------------------------------------------------------


def _of_returns(count: YearCount) -> tuple[Note, ...]:
    """Say who has not delivered, and whose figures are not to be put beside the others'."""
    return tuple(_notes(count))


def _notes(count: YearCount) -> Iterator[Note]:
    delivered = {one.authority: one.value for one in count.of(Measure.RETURNS_DELIVERED)}
    expected = {one.authority: one.value for one in count.of(Measure.RETURNS_EXPECTED)}
    if missing := sorted(state for state, value in delivered.items() if not value):
        yield Note("returns_missing", {"states": ", ".join(missing), "count": len(missing), "of": len(expected)})
    if partly := sorted(state for state, value in delivered.items() if 0 < value < expected.get(state, 0)):
        yield Note("returns_partly", {"states": ", ".join(partly)})
    for answer, code in (
        ("potential_orders=included", "potential_orders"),
        ("temporary_exports=included", "temporary_included"),
        ("year_basis=notification", "year_by_notification"),
        ("value_basis=not_stated", "value_basis_unknown"),
    ):
        if states := _answering(count, answer):
            yield Note(code, {"states": ", ".join(states)})


def _answering(count: YearCount, answer: str) -> list[str]:
    return sorted({one.authority for one in count.of(Measure.METHOD) if one.dimension == answer})

"""The tables of a year as sums of figures: keys and numbers without words, the same for page, CSV and JSON."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reports.law.figures import CRITERIA, Figure, Measure, Outcome, YearCount
from reports.law.union import counted_with_union

Key = tuple[str, ...]

NOT_STATED = "not_stated"
CATEGORIES = (
    *(f"ML{number}" for number in range(1, 23)),
    *(str(number) for number in range(10)),
    *("II", "III", "IV", "PL"),
    *("unlisted", "other_list", NOT_STATED),
)


@dataclass(frozen=True)
class Row:
    """The numbers of one key, in the order of the table's columns; None where a column says nothing."""

    key: Key
    values: tuple[int | float | None, ...]


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


def tables(count: YearCount) -> tuple[Table, ...]:
    """Return every table of a year; a table without a figure is there too, empty."""
    return (
        _denials(count, "denials_by_authority", ("authority",), lambda one: (one.authority,)),
        _denials(count, "denials_by_destination", ("destination",), lambda one: (one.destination,)),
        _denials(
            count,
            "denials_by_authority_and_destination",
            ("authority", "destination"),
            lambda one: (one.authority, one.destination),
        ),
        _criteria(count),
        _simple(count, "denials_by_ground", "ground", (Measure.GROUND_CITED,), lambda one: one.dimension_of("ground")),
        _categories(count),
        _simple(count, "denials_by_entry", "entry", (Measure.DENIALS_BY_ENTRY,), lambda one: one.entry),
        _simple(count, "denials_by_act", "act", (Measure.DENIALS_BY_ACT,), lambda one: one.dimension_of("act")),
        _simple(
            count,
            "denials_by_activity",
            "activity",
            (Measure.DENIALS_BY_ACTIVITY,),
            lambda one: one.dimension_of("activity"),
        ),
        _consultations(count),
        _consultation_destinations(count),
        _outcomes(count),
        _outcomes_by_state(count),
        _grants(count),
    )


# ---- denials -----------------------------------------------------------------------------------------------------


def _denials(count: YearCount, name: str, keys: Key, key_of: Callable[[Figure], Key]) -> Table:
    """Denials, and how often each criterion was cited for them (columns d and e1 to e8 of the EU report)."""
    columns = [str(Measure.DENIALS)]
    if keys == ("destination",) and names_several(count):
        columns.append(str(Measure.DENIALS_BY_DESTINATION))
    if cites := bool(count.of(Measure.CRITERION_CITED)):
        columns += [f"criterion_{number}" for number in CRITERIA] + [str(Measure.CRITERIA_NOT_STATED)]
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in count.figures:
        column = f"criterion_{one.criterion}" if one.measure == Measure.CRITERION_CITED else one.measure
        if column in columns:
            cells[key_of(one)][column] += one.value
    notes = [Note("year_by_decision"), *_always(count, summed=True)]
    notes += [Note("criteria_cited_each")] if cites else []
    notes += _unresolved(cells) if "destination" in keys else []
    if count.total(Measure.DENIALS, lambda one: one.destination == "VARIOUS") and "destination" in keys:
        notes.append(Note("several_destinations"))
    return Table(name, keys, tuple(columns), _rows(cells, columns), _totals(count, columns), tuple(notes))


def names_several(count: YearCount) -> bool:
    """Tell whether a denial of the year names several destinations, so that counting each of them differs."""
    over: dict[str, int] = defaultdict(int)
    for one in count.of(Measure.DENIALS):
        over[one.destination] += one.value
    for one in count.of(Measure.DENIALS_BY_DESTINATION):
        over[one.destination] -= one.value
    return any(over.values())


def _criteria(count: YearCount) -> Table:
    """How often each criterion was cited, and in what share of the denials that state their criteria."""
    denials, silent = count.total(Measure.DENIALS), count.total(Measure.CRITERIA_NOT_STATED)
    stating = denials - silent
    cited = dict.fromkeys(CRITERIA, 0)
    for one in count.of(Measure.CRITERION_CITED):
        cited[one.criterion] = cited.get(one.criterion, 0) + one.value
    rows = tuple(Row((criterion,), (value, _share(value, stating))) for criterion, value in cited.items())
    notes = (
        Note("criteria_cited_each"),
        Note("share_of_stating", {"denominator": stating, "denials": denials}),
        *([Note("criteria_not_stated", {"count": silent})] if silent else []),
        *_always(count),
    )
    return Table("denials_by_criterion", ("criterion",), (str(Measure.CRITERION_CITED), "share"), rows, (), notes)


def _categories(count: YearCount) -> Table:
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in count.figures:
        if one.measure in (Measure.DENIALS_BY_CATEGORY, Measure.DENIALS_WITHOUT_CATEGORY):
            cells[(one.category or one.dimension_of("entry"),)][Measure.DENIALS_BY_CATEGORY] += one.value
    columns = (str(Measure.DENIALS_BY_CATEGORY),)
    order = {category: rank for rank, category in enumerate(CATEGORIES)}
    rows = sorted(_rows(cells, columns), key=lambda row: (order.get(row.key[0], len(order)), row.key))
    notes = (Note("category_each", {"denials": count.total(Measure.DENIALS)}), *_always(count))
    return Table("denials_by_category", ("category",), columns, tuple(rows), (), notes)


def _simple(
    count: YearCount, name: str, key: str, measures: tuple[Measure, ...], key_of: Callable[[Figure], str]
) -> Table:
    columns = tuple(str(measure) for measure in measures)
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in count.figures:
        if one.measure in columns:
            cells[(key_of(one),)][one.measure] += one.value
    notes = [Note(f"{key}_each")] if key in ("entry", "ground") else []
    return Table(name, (key,), columns, _rows(cells, columns), (), (*notes, *_always(count)))


# ---- consultations and decisions ---------------------------------------------------------------------------------


def _consultations(count: YearCount) -> Table:
    columns = (str(Measure.CONSULTATIONS_INITIATED), str(Measure.CONSULTATIONS_RECEIVED))
    cells = _by(count, columns, lambda one: (one.authority,))
    notes = (Note("year_by_sending"), Note("pairs_never_shown"))
    rows, totals = _rows(cells, columns), _totals(count, columns)
    return Table("consultations", ("authority",), columns, rows, totals, notes, charted=2)


def _consultation_destinations(count: YearCount) -> Table:
    columns = (str(Measure.CONSULTATIONS_BY_DESTINATION),)
    cells = _by(count, columns, lambda one: (one.destination,))
    total = Row(("all",), tuple(count.total(column) for column in columns))
    notes = (Note("year_by_sending"), *_unresolved(cells))
    return Table("consultations_by_destination", ("destination",), columns, _rows(cells, columns), (total,), notes)


_ENDINGS = (
    Measure.CONSULTATIONS_BY_OUTCOME,
    Measure.CONSULTATIONS_BY_OTHER_ANSWER,
    Measure.CONSULTATIONS_WITHOUT_OUTCOME,
)


def _outcomes(count: YearCount) -> Table:
    """How consultations ended, and the share of all that were sent in the year."""
    sent = count.total(Measure.CONSULTATIONS_INITIATED)
    values = {str(outcome): 0 for outcome in Outcome}
    for measure in _ENDINGS:
        for one in count.of(measure):
            ending = one.outcome or one.dimension.partition("=")[2]
            values[ending] = values.get(ending, 0) + one.value
    rows = tuple(Row((outcome,), (value, _share(value, sent))) for outcome, value in values.items())
    notes = (Note("share_of_sent", {"denominator": sent}), Note("lapsed_at_the_end"))
    name, columns = "consultations_by_outcome", (str(Measure.CONSULTATIONS_BY_OUTCOME), "share")
    return Table(name, ("outcome",), columns, rows, (Row(("all",), (sent, _share(sent, sent))),), notes)


def _outcomes_by_state(count: YearCount) -> Table:
    """How the consultations a state received ended."""
    columns = (*map(str, Outcome), "other_answer", "open", "closed_unanswered")
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for measure in _ENDINGS:
        for one in count.of(measure):
            other = "other_answer" if measure == Measure.CONSULTATIONS_BY_OTHER_ANSWER else one.dimension_of("status")
            cells[(one.authority,)][one.outcome or other] += one.value
    used = tuple(column for column in columns if any(cell.get(column) for cell in cells.values()))
    shown = used or (str(Outcome.LAPSED),)
    notes = (Note("of_the_consulted"), Note("lapsed_at_the_end"), Note("not_public"))
    rows = _rows(cells, shown)
    return Table(
        "consultations_by_consulted_authority_and_outcome", ("authority",), shown, rows, (), notes, charted=len(shown)
    )


def _grants(count: YearCount) -> Table:
    columns = (str(Measure.GRANTS_AFTER_CONSULTATION), str(Measure.UNDERCUTS))
    cells = _by(count, columns, lambda one: (one.authority,))
    notes = (Note("year_by_grant"), Note("undercut_by_regime"), Note("not_public"))
    rows, totals = _rows(cells, columns), _totals(count, columns)
    return Table("grants_after_consultation", ("authority",), columns, rows, totals, notes, charted=2)


# ---- what tables have in common ----------------------------------------------------------------------------------


def _by(count: YearCount, columns: Iterable[str], key_of: Callable[[Figure], Key]) -> Cells:
    wanted = frozenset(columns)
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in count.figures:
        if one.measure in wanted:
            cells[key_of(one)][one.measure] += one.value
    return cells


def _rows(cells: Cells, columns: Iterable[str]) -> tuple[Row, ...]:
    names = tuple(columns)
    return tuple(Row(key, tuple(cells[key].get(name, 0) for name in names)) for key in sorted(cells))


def _totals(count: YearCount, columns: Iterable[str]) -> tuple[Row, ...]:
    """Return the sum of the Member States, and where others take part, theirs and that of all."""
    names = tuple(columns)
    union = _sums(count, names, lambda one: counted_with_union(one.authority, count.year))
    everybody = _sums(count, names, lambda one: True)
    if union == everybody:
        return (Row(("eu",), union),)
    others = tuple(whole - part for whole, part in zip(everybody, union, strict=True))
    return (Row(("eu",), union), Row(("others",), others), Row(("all",), everybody))


def _sums(count: YearCount, columns: tuple[str, ...], keep: Callable[[Figure], bool]) -> tuple[int, ...]:
    sums: dict[str, int] = defaultdict(int)
    for one in filter(keep, count.figures):
        sums[f"criterion_{one.criterion}" if one.measure == Measure.CRITERION_CITED else one.measure] += one.value
    return tuple(sums[name] for name in columns)


def _always(count: YearCount, *, summed: bool = False) -> tuple[Note, ...]:
    """Say which states are no Member States, and what was left out; `summed`: the table has a sum of the Union."""
    outside = {one.authority for one in count.of(Measure.DENIALS) if not counted_with_union(one.authority, count.year)}
    code = "outside_union" if summed else "others_too"
    notes = [Note(code, {"states": ", ".join(sorted(outside))})] if outside else []
    return (*notes, *([Note("not_counted", {"count": count.uncounted})] if count.uncounted else []))


def _unresolved(cells: Cells) -> tuple[Note, ...]:
    names = sorted({part[3:] for key in cells for part in key if part.startswith("XX:")})
    return (Note("unresolved", {"names": ", ".join(names)}),) if names else ()


def _share(part: int, whole: int) -> float | None:
    """Return a percentage with one decimal; None where there is nothing to take a share of."""
    return round(100 * part / whole, 1) if whole else None

"""The tables of a year as sums of figures: keys and numbers without words, the same for page, CSV and JSON."""

from collections import defaultdict
from collections.abc import Callable

from reports.law.figures import (
    ANSWERED_LATE,
    ANSWERED_LATER,
    ANSWERED_WITHIN,
    CRITERIA,
    Figure,
    Measure,
    Outcome,
    YearCount,
)
from reports.law.licences import licence_tables
from reports.law.table import (
    CATEGORIES,
    NOT_STATED,
    Cells,
    Key,
    Note,
    Row,
    Table,
    always,
    by_key,
    by_place,
    rows_of,
    share,
    totals_of,
    unresolved,
)

__all__ = ["NOT_STATED", "Key", "Note", "Row", "Table", "names_several", "tables"]


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
        _answer_times(count),
        _grants(count),
        *licence_tables(count),
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
    for measure in (*columns, Measure.CRITERION_CITED) if cites else columns:
        for one in count.of(measure) if measure == Measure.CRITERION_CITED else count.placed(measure):
            column = f"criterion_{one.criterion}" if one.criterion else str(measure)
            cells[key_of(one)][column] += one.value
    notes = [Note("year_by_decision"), *always(count, summed=True)]
    notes += [Note("criteria_cited_each")] if cites else []
    notes += unresolved(cells) if "destination" in keys else []
    if "destination" in keys and any(one.destination == "VARIOUS" for one in count.placed(Measure.DENIALS)):
        notes.append(Note("several_destinations"))
    return Table(name, keys, tuple(columns), rows_of(cells, columns), totals_of(count, columns), tuple(notes))


def names_several(count: YearCount) -> bool:
    """Tell whether a denial of the year names several destinations, so that counting each of them differs."""
    over: dict[str, int] = defaultdict(int)
    for one in count.placed(Measure.DENIALS):
        over[one.destination] += one.value
    for one in count.placed(Measure.DENIALS_BY_DESTINATION):
        over[one.destination] -= one.value
    return any(over.values())


def _criteria(count: YearCount) -> Table:
    """How often each criterion was cited, and in what share of the denials that state their criteria."""
    denials, silent = count.total(Measure.DENIALS), count.total(Measure.CRITERIA_NOT_STATED)
    stating = denials - silent
    cited = dict.fromkeys(CRITERIA, 0)
    for one in count.of(Measure.CRITERION_CITED):
        cited[one.criterion] = cited.get(one.criterion, 0) + one.value
    rows = tuple(Row((criterion,), _shared(value, stating)) for criterion, value in cited.items())
    notes = (
        Note("criteria_cited_each"),
        Note("share_of_stating", {"denominator": stating, "denials": denials}),
        *([Note("criteria_not_stated", {"count": silent})] if silent else []),
        *always(count),
    )
    return Table("denials_by_criterion", ("criterion",), (str(Measure.CRITERION_CITED), *SHARE), rows, (), notes)


#: A percentage and, beside it, what it is of.
SHARE = ("share", "share_of")


def _shared(part: int, whole: int) -> tuple[int, float | None, int]:
    return part, share(part, whole), whole


def _categories(count: YearCount) -> Table:
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for one in (*count.of(Measure.DENIALS_BY_CATEGORY), *count.of(Measure.DENIALS_WITHOUT_CATEGORY)):
        cells[(one.category or one.dimension_of("entry"),)][Measure.DENIALS_BY_CATEGORY] += one.value
    columns = (str(Measure.DENIALS_BY_CATEGORY),)
    order = {category: rank for rank, category in enumerate(CATEGORIES)}
    rows = sorted(rows_of(cells, columns), key=lambda row: (order.get(row.key[0], len(order)), row.key))
    notes = (Note("category_each", {"denials": count.total(Measure.DENIALS)}), *always(count))
    return Table("denials_by_category", ("category",), columns, tuple(rows), (), notes)


def _simple(
    count: YearCount, name: str, key: str, measures: tuple[Measure, ...], key_of: Callable[[Figure], str]
) -> Table:
    columns = tuple(str(measure) for measure in measures)
    cells = by_key(count, columns, lambda one: (key_of(one),))
    notes = [Note(f"{key}_each")] if key in ("entry", "ground") else []
    return Table(name, (key,), columns, rows_of(cells, columns), (), (*notes, *always(count)))


# ---- consultations and decisions ---------------------------------------------------------------------------------


def _consultations(count: YearCount) -> Table:
    columns = (str(Measure.CONSULTATIONS_INITIATED), str(Measure.CONSULTATIONS_RECEIVED))
    cells = by_place(count, columns, lambda one: (one.authority,))
    notes = (Note("year_by_sending"), Note("pairs_never_shown"))
    rows, totals = rows_of(cells, columns), totals_of(count, columns)
    return Table("consultations", ("authority",), columns, rows, totals, notes, charted=2)


def _consultation_destinations(count: YearCount) -> Table:
    columns = (str(Measure.CONSULTATIONS_BY_DESTINATION),)
    cells = by_place(count, columns, lambda one: (one.destination,))
    total = Row(("all",), tuple(count.total(column) for column in columns))
    notes = (Note("year_by_sending"), *unresolved(cells))
    return Table("consultations_by_destination", ("destination",), columns, rows_of(cells, columns), (total,), notes)


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
    rows = tuple(Row((outcome,), _shared(value, sent)) for outcome, value in values.items())
    notes = (Note("share_of_sent", {"denominator": sent}), Note("lapsed_at_the_end"))
    name, columns = "consultations_by_outcome", (str(Measure.CONSULTATIONS_BY_OUTCOME), *SHARE)
    return Table(name, ("outcome",), columns, rows, (Row(("all",), _shared(sent, sent)),), notes)


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
    rows = rows_of(cells, shown)
    return Table(
        "consultations_by_consulted_authority_and_outcome", ("authority",), shown, rows, (), notes, charted=len(shown)
    )


def _answer_times(count: YearCount) -> Table:
    """How long answers took, over all states, and the share of all answers."""
    values = dict.fromkeys((*ANSWERED_WITHIN, ANSWERED_LATER, ANSWERED_LATE), 0)
    for one in count.of(Measure.ANSWERS_BY_TIME):
        values[one.dimension_of("time")] += one.value
    given = sum(values.values())
    rows = tuple(Row((time,), _shared(value, given)) for time, value in values.items())
    notes = (Note("share_of_answers", {"denominator": given}), Note("days_of_24_hours"), Note("late_has_lapsed"))
    columns, totals = (str(Measure.ANSWERS_BY_TIME), *SHARE), (Row(("all",), _shared(given, given)),)
    return Table("answers_by_time", ("time",), columns, rows, totals, notes)


def _grants(count: YearCount) -> Table:
    columns = (str(Measure.GRANTS_AFTER_CONSULTATION), str(Measure.UNDERCUTS))
    cells = by_place(count, columns, lambda one: (one.authority,))
    notes = (Note("year_by_grant"), Note("undercut_by_regime"), Note("not_public"))
    rows, totals = rows_of(cells, columns), totals_of(count, columns)
    return Table("grants_after_consultation", ("authority",), columns, rows, totals, notes, charted=2)

"""
Whether the tables of a year agree with the register and with each other; what does not agree is not frozen.

A table whose rows may exceed its total says so; the rule it is held to is the weaker one.   Reading: docs/adr/0115.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reports.law.figures import Measure, YearCount
from reports.law.licences import SHARES, TOTAL
from reports.law.table import Key
from reports.law.tables import tables

#: Measures that part the denials: each denial once.
PARTING = ((Measure.DENIALS_BY_ACT, "denials_by_act"), (Measure.DENIALS_BY_ACTIVITY, "denials_by_activity"))
ENDINGS = (
    Measure.CONSULTATIONS_BY_OUTCOME,
    Measure.CONSULTATIONS_BY_OTHER_ANSWER,
    Measure.CONSULTATIONS_WITHOUT_OUTCOME,
)


@dataclass(frozen=True)
class Check:
    """One comparison: what was expected, what was found; `rule` says `equal` or `at_least`."""

    name: str
    rule: str
    expected: int
    found: int

    @property
    def holds(self) -> bool:
        """Whether the two agree under the rule."""
        return self.found == self.expected if self.rule == "equal" else self.found >= self.expected


def reconcile(count: YearCount, register: Mapping[str, int]) -> tuple[Check, ...]:
    """
    Return every check of a year.

    :param register: what the register and the returns hold, counted another way than the tables: the sums named in
    `_OF_REGISTER`, and how many denials there are at least behind citations, grounds and entries.
    """
    return (
        *_against_the_register(count, register),
        *_among_themselves(count),
        *_consultations(count),
        *_tables(count),
    )


def fails(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the checks that do not hold."""
    return tuple(one for one in checks if not one.holds)


_OF_REGISTER = {
    "denials": Measure.DENIALS,
    "consultations": Measure.CONSULTATIONS_INITIATED,
    "grants": Measure.GRANTS_AFTER_CONSULTATION,
    "undercuts": Measure.UNDERCUTS,
    "licences": Measure.LICENCES_ISSUED,
    "value_licensed_eur": Measure.VALUE_LICENSED,
    "value_exported_eur": Measure.VALUE_EXPORTED,
    "answers": Measure.ANSWERS_BY_TIME,
    **{
        str(one): one
        for one in (
            Measure.BROKERING_DENIALS,
            Measure.BROKERING_LICENCES,
            Measure.BROKERING_VALUE,
            Measure.BROKERING_DENIALS_REPORTED,
            Measure.MISSION_LICENCES,
            Measure.MISSION_VALUE,
            Measure.CYBER_APPLICATIONS,
            Measure.DENIALS_REPORTED,
        )
    },
}
#: A denial counts for each of these it has: at least once where it has any.
_AT_LEAST: Mapping[str, Measure] = {
    "denials_by_criterion": Measure.CRITERION_CITED,
    "denials_by_ground": Measure.GROUND_CITED,
    "denials_by_entry": Measure.DENIALS_BY_ENTRY,
}


def _against_the_register(count: YearCount, register: Mapping[str, int]) -> Iterator[Check]:
    for name, measure in _OF_REGISTER.items():
        yield Check(f"register.{name}", "equal", register.get(name, 0), count.total(measure))
    for name, measure in _AT_LEAST.items():
        yield Check(name, "at_least", register.get(name, 0), count.total(measure))


def _among_themselves(count: YearCount) -> Iterator[Check]:
    denials = count.total(Measure.DENIALS)
    for measure, name in PARTING:
        yield Check(name, "equal", denials, count.total(measure))
    yield Check("denials_by_destination", "at_least", denials, count.total(Measure.DENIALS_BY_DESTINATION))
    categories = count.total(Measure.DENIALS_BY_CATEGORY) + count.total(Measure.DENIALS_WITHOUT_CATEGORY)
    yield Check("denials_by_category", "at_least", denials, categories)
    if count.regime == "arms":
        stated = count.total(Measure.CRITERION_CITED) + count.total(Measure.CRITERIA_NOT_STATED)
        grounds = count.total(Measure.GROUND_CITED)
        yield Check("criteria_or_grounds", "at_least", denials, stated + grounds)
    issued = count.total(Measure.LICENCES_ISSUED)
    if issued:
        yield Check(
            "licences_by_category", "at_least", _in_categories(count), count.total(Measure.LICENCES_BY_CATEGORY)
        )
        by_place = count.total(Measure.LICENCES_BY_DESTINATION)
        yield Check("licences_by_destination", "at_least", issued, by_place)


def _in_categories(count: YearCount) -> int:
    """The licences that stand in one category only: their rows cannot be fewer."""
    return count.total(Measure.LICENCES_ISSUED, lambda one: bool(one.category))


def _consultations(count: YearCount) -> Iterator[Check]:
    sent = count.total(Measure.CONSULTATIONS_INITIATED)
    yield Check("consultations_received", "equal", sent, count.total(Measure.CONSULTATIONS_RECEIVED))
    yield Check("consultations_by_destination", "equal", sent, count.total(Measure.CONSULTATIONS_BY_DESTINATION))
    yield Check("consultations_by_outcome", "equal", sent, sum(map(count.total, ENDINGS)))
    grants = count.total(Measure.GRANTS_AFTER_CONSULTATION)
    yield Check("undercuts_among_grants", "at_least", count.total(Measure.UNDERCUTS), grants)


#: Columns whose rows add up to their measure, along whatever the table parts it by.
_ADDED: Final = frozenset(
    str(one)
    for one in (
        Measure.DENIALS,
        Measure.DENIALS_BY_ENTRY,
        Measure.DENIALS_BY_ACT,
        Measure.DENIALS_BY_ACTIVITY,
        Measure.CRITERION_CITED,
        Measure.GROUND_CITED,
        Measure.CONSULTATIONS_INITIATED,
        Measure.CONSULTATIONS_RECEIVED,
        Measure.CONSULTATIONS_BY_DESTINATION,
        Measure.ANSWERS_BY_TIME,
        Measure.GRANTS_AFTER_CONSULTATION,
        Measure.UNDERCUTS,
        Measure.LICENCES_ISSUED,
        Measure.LICENCES_BY_CATEGORY,
        Measure.LICENCES_BY_ENTRY,
        Measure.VALUE_LICENSED,
        Measure.VALUE_EXPORTED,
        Measure.VALUE_BY_ENTRY,
        Measure.BROKERING_LICENCES,
        Measure.BROKERING_VALUE,
        Measure.BROKERING_DENIALS,
        Measure.BROKERING_DENIALS_REPORTED,
        Measure.MISSION_LICENCES,
        Measure.MISSION_VALUE,
        Measure.CYBER_APPLICATIONS,
    )
)
#: Tables whose columns together part the consultations; the second leaves shares out.
_PARTED: Final = ("consultations_by_consulted_authority_and_outcome", "consultations_by_outcome")


def _tables(count: YearCount) -> Iterator[Check]:
    """Every table adds up to what it parts."""
    for table in tables(count):
        once: Callable[[Key], bool] = (
            (lambda key: key[-1] == TOTAL) if "category" in table.keys[1:] else (lambda key: True)
        )
        rows = [row.values for row in table.rows if once(row.key)]
        if table.name in _PARTED:
            columns = 1 if table.name == _PARTED[1] else len(table.columns)
            found = sum(int(value or 0) for values in rows for value in values[:columns])
            yield Check(f"{table.name}.consultations_received", "equal", sum(map(count.total, ENDINGS)), found)
        if table.name == "denials_notified_and_reported":
            found = sum(int(values[1] or 0) for values in rows)
            yield Check(f"{table.name}.denials_reported", "equal", count.total(Measure.DENIALS_REPORTED), found)
            continue  # a year in which nobody reports has no rows of what was notified either
        if table.name == "denials_by_category":
            expected = count.total(Measure.DENIALS_BY_CATEGORY) + count.total(Measure.DENIALS_WITHOUT_CATEGORY)
            yield Check(f"{table.name}.denials", "equal", expected, sum(int(values[0] or 0) for values in rows))
        if table.name == SHARES:
            whole = sum(int(row.values[-1] or 0) for row in table.rows if row.key == ("any", "eu", TOTAL))
            yield Check(f"{SHARES}.value_licensed_eur", "equal", count.total(Measure.VALUE_LICENSED), whole)
        for at, column in enumerate(table.columns):
            if column in _ADDED:
                found = sum(int(values[at] or 0) for values in rows)
                yield Check(f"{table.name}.{column}", "equal", count.total(column), found)


# ---- editions one after another ----------------------------------------------------------------------------------


def corrections(before: YearCount, after: YearCount) -> list[dict[str, object]]:
    """Return every figure that differs between two editions, as it stood and as it stands."""
    old, new = _by_key(before), _by_key(after)
    names = ("measure", "authority", "destination", "category", "entry", "criterion", "outcome", "dimension")
    return [
        {**dict(zip(names, key, strict=True)), "before": old.get(key, 0), "after": new.get(key, 0)}
        for key in sorted({*old, *new})
        if old.get(key, 0) != new.get(key, 0)
    ]


def _by_key(count: YearCount) -> dict[tuple[str, ...], int]:
    sums: dict[tuple[str, ...], int] = defaultdict(int)
    for one in count.figures:
        sums[one.key] += one.value
    return sums

"""
Whether the tables of a year agree with the register and with each other; what does not agree is not frozen.

A table whose rows may exceed its total says so; the rule it is held to is the weaker one.   Reading: docs/adr/0115.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reports.law.figures import Measure, YearCount
from reports.law.licences import TOTAL
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

    :param register: what the register and the returns hold, counted another way than the tables: denials,
    consultations, grants, undercuts, licences, value_licensed_eur, value_exported_eur.
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
}


def _against_the_register(count: YearCount, register: Mapping[str, int]) -> Iterator[Check]:
    for name, measure in _OF_REGISTER.items():
        yield Check(f"register.{name}", "equal", register.get(name, 0), count.total(measure))


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
        yield Check("denials_by_criterion", "at_least", denials, stated + grounds)
    issued = count.total(Measure.LICENCES_ISSUED)
    if issued:
        yield Check(
            "licences_by_category", "at_least", _in_categories(count), count.total(Measure.LICENCES_BY_CATEGORY)
        )


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


_SUMS: Mapping[str, Measure] = {
    "denials": Measure.DENIALS,
    "licences_issued": Measure.LICENCES_ISSUED,
    "value_licensed_eur": Measure.VALUE_LICENSED,
    "value_exported_eur": Measure.VALUE_EXPORTED,
}


def _tables(count: YearCount) -> Iterator[Check]:
    """Every table that prints one of these sums adds up to it, along whatever it parts it by."""
    for table in tables(count):
        if table.is_empty or table.name in ("licences_by_category", "denials_notified_and_reported"):
            continue
        once: Callable[[tuple[str, ...]], bool] = (
            (lambda key: key[-1] == TOTAL) if "category" in table.keys[1:] else (lambda key: True)
        )
        for at, column in enumerate(table.columns):
            if column in _SUMS:
                found = sum(int(row.values[at] or 0) for row in table.rows if once(row.key))
                yield Check(f"{table.name}.{column}", "equal", count.total(_SUMS[column]), found)


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

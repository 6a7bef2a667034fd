"""
One figure: how often something happened, in the finest grain that is counted. Everything published is a sum of these.

There are no rows for totals and none for zero. A column that does not apply is empty. What is counted how:
docs/adr/0030 (year, what counts), 0031 (several destinations), 0032 (what is shown by state).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

#: Year and number, written with every draft: figures counted by other rules are not to be compared.
COUNTING_RULES: Final = "2026-13"

CRITERIA: Final = tuple(str(number) for number in range(1, 9))


class Measure(StrEnum):
    """What is counted."""

    DENIALS = "denials"
    DENIALS_BY_DESTINATION = "denials_by_destination"  # once per destination where several are named
    DENIALS_BY_CATEGORY = "denials_by_category"
    DENIALS_WITHOUT_CATEGORY = "denials_without_category"  # entry=unlisted, entry=other_list, entry=not_stated
    DENIALS_BY_ENTRY = "denials_by_entry"
    DENIALS_BY_ACT = "denials_by_act"
    DENIALS_BY_ACTIVITY = "denials_by_activity"
    CRITERION_CITED = "criterion_cited"
    CRITERION_BY_CATEGORY = "criterion_cited_by_category"
    CRITERIA_NOT_STATED = "criteria_not_stated"
    GROUND_CITED = "ground_cited"
    CONSULTATIONS_INITIATED = "consultations_initiated"
    CONSULTATIONS_RECEIVED = "consultations_received"
    CONSULTATIONS_BY_DESTINATION = "consultations_by_destination"
    CONSULTATIONS_BY_OUTCOME = "consultations_by_outcome"
    CONSULTATIONS_BY_OTHER_ANSWER = "consultations_by_other_answer"  # answer=release and the like
    CONSULTATIONS_WITHOUT_OUTCOME = "consultations_without_outcome"  # status=open, status=closed_unanswered
    ANSWERS_BY_TIME = "answers_by_time"  # time=days_2, time=late
    GRANTS_AFTER_CONSULTATION = "grants_after_consultation"
    UNDERCUTS = "undercuts"
    # From the signed returns of the authorities.
    LICENCES_ISSUED = "licences_issued"
    LICENCES_BY_DESTINATION = "licences_by_destination"  # once per destination where several are named
    LICENCES_BY_CATEGORY = "licences_by_category"
    LICENCES_BY_ENTRY = "licences_by_entry"
    VALUE_LICENSED = "value_licensed_eur"
    VALUE_EXPORTED = "value_exported_eur"
    VALUE_BY_ENTRY = "value_licensed_by_entry_eur"
    BROKERING_LICENCES = "brokering_licences"
    BROKERING_DENIALS = "brokering_denials"  # of the register
    BROKERING_DENIALS_REPORTED = "brokering_denials_reported"  # in the return
    BROKERING_VALUE = "brokering_value_eur"
    MISSION_LICENCES = "mission_licences"
    MISSION_VALUE = "mission_value_eur"
    CYBER_APPLICATIONS = "cyber_applications"
    DENIALS_REPORTED = "denials_reported"
    CRITERION_REPORTED = "criterion_reported"
    RETURNS_DELIVERED = "returns_delivered"
    RETURNS_EXPECTED = "returns_expected"
    METHOD = "return_method"  # dimension question=answer


#: Nothing delivered of something expected is worth a row.
KEPT_AT_ZERO: Final = frozenset({str(Measure.RETURNS_DELIVERED)})


#: Days of 24 hours from receipt to an answer in time, up to and including; what took longer is in none of these.
ANSWERED_WITHIN: Final = {"days_2": 2, "days_5": 5, "days_10": 10, "days_15": 15, "days_30": 30}
ANSWERED_LATER, ANSWERED_LATE = "days_more", "late"


class Outcome(StrEnum):
    """How a consultation ended."""

    IDENTICAL = "identical"
    NOT_IDENTICAL = "not_identical"
    PARTLY = "partly"
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    VIEWS = "views"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Figure(NamedTuple):
    """
    A count; `authority` is the ISO code of a state, `dimension` is `key=value` for what has no column.

    A year of many returns has half a million of them, so that each is no more than a row of values.
    """

    measure: Measure
    authority: str = ""
    destination: str = ""
    category: str = ""
    entry: str = ""
    criterion: str = ""
    outcome: str = ""
    dimension: str = ""
    value: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """What is counted, without how often, in the order of the columns."""
        return self[:-1]

    def dimension_of(self, key: str) -> str:
        """Return the value of the dimension if its key is this one, else ""."""
        name, _, value = self.dimension.partition("=")
        return value if name == key else ""


@dataclass(frozen=True)
class YearCount:
    """All figures of a regime and year, in a fixed order, and the last change of the register they rest on."""

    regime: str
    year: int
    register_sequence: int
    figures: tuple[Figure, ...]
    uncounted: int = 0
    #: Destination to the region of the report it is summed under.
    regions: Mapping[str, str] = field(default_factory=dict, compare=False)
    rules: str = COUNTING_RULES

    def of(self, measure: str) -> tuple[Figure, ...]:
        """Return the figures of one measure."""
        return self._by_measure.get(measure, ())

    @cached_property
    def _by_measure(self) -> dict[str, tuple[Figure, ...]]:
        return {measure: tuple(found) for measure, found in _by_measure(self.figures).items()}

    def placed(self, measure: str) -> tuple[Figure, ...]:
        """Return the figures of one measure added up by state and destination: what most tables are made of."""
        if measure not in self._placed:
            sums: dict[tuple[str, str], int] = defaultdict(int)
            for one in self.of(measure):
                sums[one.authority, one.destination] += one.value
            self._placed[measure] = tuple(
                Figure(Measure(measure), state, place, value=value) for (state, place), value in sums.items()
            )
        return self._placed[measure]

    @cached_property
    def _placed(self) -> dict[str, tuple[Figure, ...]]:
        return {}

    def total(self, measure: str, keep: Callable[[Figure], bool] | None = None) -> int:
        """Return the sum of a measure over the figures kept, or all of them."""
        if keep is None:
            return sum(one.value for one in self.placed(measure))
        return sum(one.value for one in self.of(measure) if keep(one))

    def only(self, *, authority: str = "", destination: str = "") -> "YearCount":
        """Return the figures of one state or one destination; a measure that is not parted so has none."""
        if not authority and not destination:
            return self
        kept = (one for one in self.figures if authority in ("", one.authority))
        of_returns = (Measure.RETURNS_DELIVERED, Measure.RETURNS_EXPECTED, Measure.METHOD)
        figures = tuple(one for one in kept if destination in ("", one.destination) or one.measure in of_returns)
        return replace(self, figures=figures)

    @cached_property
    def digest(self) -> str:
        """Return what tells two counts apart; the state of the register alone makes none different."""
        head = [self.rules, self.regime, self.year, self.uncounted]
        digest = hashlib.sha256(json.dumps(head).encode())
        for one in self.figures:
            digest.update("\x1f".join((*one.key, f"{one.value}\x1e")).encode())
        return digest.hexdigest()


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures in the one order they are stored and written in: each key once, none of nothing."""
    parts = _by_measure(figures)
    return tuple(one for measure in Measure for one in _added_up(sorted(parts.get(measure, ()))))


def _by_measure(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        grouped[one.measure].append(one)
    return grouped


def _added_up(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield figures of one measure, sorted: those of one key as one."""
    last: Figure | None = None
    for one in figures:
        if last is not None and last[:-1] == one[:-1]:
            last = one._replace(value=last.value + one.value)
            continue
        if last is not None and (last.value or last.measure in KEPT_AT_ZERO):
            yield last
        last = one
    if last is not None and (last.value or last.measure in KEPT_AT_ZERO):
        yield last


FIGURE_FIELDS: Final = Figure._fields

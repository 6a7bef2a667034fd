"""
One figure: how often something happened, in the finest grain that is counted. Everything published is a sum of these.

There are no rows for totals and none for zero. A column that does not apply is empty. What is counted how:
docs/adr/0030 (year, what counts), 0031 (several destinations), 0032 (what is shown by state).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from typing import Final

#: Written with every draft: figures counted by other rules are not to be compared.
COUNTING_RULES: Final = "2026-11"

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
    CRITERIA_NOT_STATED = "criteria_not_stated"
    GROUND_CITED = "ground_cited"
    CONSULTATIONS_INITIATED = "consultations_initiated"
    CONSULTATIONS_RECEIVED = "consultations_received"
    CONSULTATIONS_BY_DESTINATION = "consultations_by_destination"
    CONSULTATIONS_BY_OUTCOME = "consultations_by_outcome"
    CONSULTATIONS_BY_OTHER_ANSWER = "consultations_by_other_answer"  # answer=release and the like
    CONSULTATIONS_WITHOUT_OUTCOME = "consultations_without_outcome"  # status=open, status=closed_unanswered
    GRANTS_AFTER_CONSULTATION = "grants_after_consultation"
    UNDERCUTS = "undercuts"


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


@dataclass(frozen=True)
class Figure:
    """A count; `authority` is the ISO code of a state, `dimension` is `key=value` for what has no column."""

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
    def key(self) -> "Figure":
        """What is counted, without how often."""
        return replace(self, value=0)

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

    def of(self, measure: str) -> tuple[Figure, ...]:
        """Return the figures of one measure."""
        return tuple(one for one in self.figures if one.measure == measure)

    def total(self, measure: str, keep: Callable[[Figure], bool] = lambda one: True) -> int:
        """Return the sum of a measure over the figures kept."""
        return sum(one.value for one in self.of(measure) if keep(one))

    @property
    def digest(self) -> str:
        """Return what tells two counts apart; the state of the register alone makes none different."""
        content = [COUNTING_RULES, self.regime, self.year, self.uncounted, [astuple(one) for one in self.figures]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures in the one order they are stored and written in: each key once, none of nothing."""
    ranks = {measure: rank for rank, measure in enumerate(Measure)}
    sums: dict[Figure, int] = defaultdict(int)
    for one in figures:
        sums[one.key] += one.value
    kept = (replace(key, value=value) for key, value in sums.items() if value)
    return tuple(sorted(kept, key=lambda one: (ranks[Measure(one.measure)], astuple(one))))


FIGURE_FIELDS: Final = tuple(field.name for field in fields(Figure))

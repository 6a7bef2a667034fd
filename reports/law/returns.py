"""
The annual return of an authority: its lines, what a licence counts as, its method card, its way to sign-off.

Licences and exports are known to the authority alone; it states them once a year. Reading: docs/adr/0110, 0111.
Source: CP 2008/944/CFSP Art. 8; Reg. (EU) 2021/821 Art. 26(2); Reg. (EU) 2019/125 Art. 26.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from accounts.law.errors import RuleBroken, TransitionRefused
from denials.law.places import Special

#: Written with every return: lines weighed by other rules are not to be compared.
RETURN_RULES: Final = "2026-12"
VARIOUS: Final = str(Special.VARIOUS)
LARGEST_NUMBER: Final = 10_000_000
LARGEST_VALUE: Final = 10**15  # euro


class Section(StrEnum):
    """What a line tells of."""

    LICENCES = "licences"  # columns a, b, c of the report; authorisations of the other regimes
    BROKERING = "brokering"
    MISSIONS = "missions"
    CYBER = "cyber"
    REFUSALS = "refusals"


#: Which sections a regime's return has.
SECTIONS: Final[Mapping[str, tuple[Section, ...]]] = {
    "arms": (Section.LICENCES, Section.BROKERING, Section.MISSIONS, Section.REFUSALS),
    "dual_use": (Section.LICENCES, Section.BROKERING, Section.CYBER, Section.REFUSALS),
    "torture": (Section.LICENCES, Section.BROKERING, Section.REFUSALS),
}

KINDS: Final = (
    "individual",
    "global",
    "large_project",
    "general",
    "national_general",
    "intra_eu",
    "catch_all",
    "open",
    "other",
)
DECISIONS: Final = ("issued", "refused", "pending", "withdrawn")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a return.

    `licence` joins the lines of one licence, or of one row that stands in several categories. `number` is how many
    licences the line stands for, values are whole euro; None where the return says nothing. `is_total`: the row sums
    up a destination over its categories.
    """

    row: int
    section: str = str(Section.LICENCES)
    licence: str = ""
    destination: str = ""
    category: str = ""
    entry: str = ""
    kind: str = ""
    decision: str = ""
    origin: str = ""
    mission: str = ""
    criterion: str = ""
    number: int | None = None
    value_licensed: int | None = None
    value_exported: int | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """
    How a line counts, so that every table is a plain sum.

    `once` is the licence itself, under the one destination and category it has (VARIOUS, "" where it has several);
    `in_category` counts it in each category, `in_destination` under each destination.
    """

    once: int
    in_category: int
    in_destination: int
    destination: str
    category: str


Key = tuple[str, ...]


def weigh(lines: Sequence[Line]) -> list[Weight]:
    """Return how each line counts, in the order of the lines; a licence counts once though it stands in several."""
    places: dict[Key, set[str]] = defaultdict(set)
    categories: dict[Key, set[str]] = defaultdict(set)
    for line in lines:
        places[_key(line)].add(line.destination)
        categories[_key(line)].add(line.category)
    summed = {_stated(line) for line in lines if line.is_total}
    seen: set[Key] = set()
    return [_weight(line, places[_key(line)], categories[_key(line)], seen, summed) for line in lines]


def _key(line: Line) -> Key:
    """What counts once: a licence or refusal, and each criterion cited for it."""
    return line.section, line.licence or f"row {line.row}", line.criterion


def _stated(line: Line) -> Key:
    """What a stated total is of."""
    return line.section, line.destination, line.criterion


def _weight(line: Line, places: set[str], categories: set[str], seen: set[Key], summed: set[Key]) -> Weight:
    number = line.number or 0
    destination = line.destination if len(places) == 1 else VARIOUS
    category = line.category if len(categories) == 1 else ""

    def first(*key: str) -> int:
        whole = (*_key(line), *key)
        new = whole not in seen
        seen.add(whole)
        return number if new else 0

    if line.is_total:  # the destination's own number: its rows may name a licence twice
        return Weight(number, 0, number, line.destination, "")
    under_a_total = _stated(line) in summed
    return Weight(
        once=0 if under_a_total else first("once"),
        in_category=first("category", line.category),
        in_destination=0 if under_a_total else first("destination", line.destination),
        destination=destination,
        category=category,
    )


def apportioned(value: int | None, among: int) -> list[int | None]:
    """Part a value equally, the first parts taking what is left over, so that the parts add up to it exactly."""
    if value is None or among < 1:
        return [value] * max(among, 1)
    share, over = divmod(value, among)
    return [share + (at < over) for at in range(among)]


# ---- the method card ---------------------------------------------------------------------------------------------

#: Question to the answers it takes; the first is what holds where nothing is said.
METHOD: Final[Mapping[str, tuple[str, ...]]] = {
    "temporary_exports": ("not_stated", "included", "excluded"),
    "returns_after_repair": ("not_stated", "included", "excluded"),
    "renewals": ("not_stated", "included", "excluded"),
    "brokering_value": ("not_stated", "value_of_goods", "value_of_service"),
    "potential_orders": ("not_stated", "excluded", "included"),
    "value_basis": ("not_stated", "licensed_maximum", "contract_value"),
    "exports_basis": ("not_stated", "customs", "exporters_reports", "not_collected"),
    "year_basis": ("not_stated", "decision", "notification", "entry_into_force"),
    "not_splittable": ("not_stated", "none", "some", "most"),
}
#: Answers under which a state's values are not to be put beside those of the others.
NOT_COMPARABLE: Final = (("potential_orders", "included"),)


class MethodUnknown(RuleBroken):
    """The method card has no such question, or the question not this answer."""

    code = "method_unknown"
    conflict = False


def method_card(answers: Mapping[str, str]) -> dict[str, str]:
    """
    Return a whole method card; what is not said is "not_stated".

    :raises MethodUnknown: for a question or an answer that is not on it.
    """
    for question, answer in answers.items():
        if answer and answer not in METHOD.get(question, ()):
            raise MethodUnknown(field=question, value=str(answer))
    return {question: answers.get(question) or known[0] for question, known in METHOD.items()}


# ---- its way to sign-off -----------------------------------------------------------------------------------------


class ReturnState(StrEnum):
    """Where a return stands."""

    CHECKED = "checked"  # read and checked, nothing of it is counted
    SIGNED = "signed"  # by a supervisor; counted until a later version is signed
    DISCARDED = "discarded"


class ReturnEvent(StrEnum):
    """What happens to it."""

    SIGN = "sign"
    DISCARD = "discard"


TRANSITIONS: Final[Mapping[tuple[ReturnState, ReturnEvent], ReturnState]] = {
    (ReturnState.CHECKED, ReturnEvent.SIGN): ReturnState.SIGNED,
    (ReturnState.CHECKED, ReturnEvent.DISCARD): ReturnState.DISCARDED,
}


def next_state(state: str, event: str) -> ReturnState:
    """Return the state an event leads to.   :raises TransitionRefused: if from this state it leads nowhere."""
    try:
        return TRANSITIONS[ReturnState(state), ReturnEvent(event)]
    except (KeyError, ValueError):
        raise TransitionRefused(state, event) from None


class ReturnRefused(RuleBroken):
    """Rows of the return could not be read, or it holds none: it is not signed off."""

    code = "return_refused"


class ReturnUnexplained(RuleBroken):
    """The checks found what has to be explained before sign-off."""

    code = "return_unexplained"
    conflict = False


class YearNotOver(RuleBroken):
    """A return tells of a year that has ended."""

    code = "year_not_over"
    conflict = False


def check_year(year: int, first: int, on: date) -> None:
    """Refuse the return of a year before the regime or not yet over.   :raises YearNotOver: naming the year."""
    if not first <= year < on.year:
        raise YearNotOver(field="year", year=year)


def check_sign_off(*, lines: int, errors: int, warnings: int, explanation: str) -> None:
    """
    Let a return be signed off, or say what stands against it.

    :raises ReturnRefused: rows that cannot be read, or none.   :raises ReturnUnexplained: warnings without a word.
    """
    if errors or not lines:
        raise ReturnRefused(errors=errors, lines=lines)
    if warnings and not explanation.strip():
        raise ReturnUnexplained(field="explanation", warnings=warnings)

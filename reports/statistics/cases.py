"""
The single records behind a number: denials, consultations, grants, lines of returns.

They are the records the number was counted from; who may see which of them their own rooms say (`visible_to`).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from accounts.roles import Principal
from consultations.models import Consultation, Decision
from denials.models import Denial, DenialCriterion, DenialItem
from reports.law.cells import Cell
from reports.law.figures import Measure, Outcome
from reports.law.returns import Section
from reports.law.table import NOT_STATED
from reports.models import AnnualReturn, ReturnLine
from reports.statistics import denials as of_denials
from reports.statistics.consultations import CLOSED_UNANSWERED, OPEN, granted_in, of_year, timed_answers
from reports.statistics.places import destination_key, one_destination
from screening.models import ApplicationDestination

DENIALS: Final = frozenset(
    map(
        str,
        (
            Measure.DENIALS,
            Measure.DENIALS_BY_DESTINATION,
            Measure.DENIALS_BY_CATEGORY,
            Measure.DENIALS_BY_ENTRY,
            Measure.DENIALS_BY_ACT,
            Measure.DENIALS_BY_ACTIVITY,
            Measure.CRITERION_CITED,
            Measure.CRITERIA_NOT_STATED,
            Measure.GROUND_CITED,
            Measure.BROKERING_DENIALS,
        ),
    )
)
CONSULTATIONS: Final = frozenset(
    map(
        str,
        (
            Measure.CONSULTATIONS_INITIATED,
            Measure.CONSULTATIONS_RECEIVED,
            Measure.CONSULTATIONS_BY_DESTINATION,
            Measure.CONSULTATIONS_BY_OUTCOME,
            Measure.ANSWERS_BY_TIME,
        ),
    )
)
GRANTS: Final = frozenset({str(Measure.GRANTS_AFTER_CONSULTATION), str(Measure.UNDERCUTS)})
#: Each measure of the returns and where in them it stands.
LINES: Final = {
    **dict.fromkeys(
        map(
            str,
            (
                Measure.LICENCES_ISSUED,
                Measure.LICENCES_BY_DESTINATION,
                Measure.LICENCES_BY_CATEGORY,
                Measure.LICENCES_BY_ENTRY,
                Measure.VALUE_LICENSED,
                Measure.VALUE_EXPORTED,
                Measure.VALUE_BY_ENTRY,
            ),
        ),
        Section.LICENCES,
    ),
    str(Measure.BROKERING_LICENCES): Section.BROKERING,
    str(Measure.BROKERING_VALUE): Section.BROKERING,
    str(Measure.BROKERING_DENIALS_REPORTED): Section.BROKERING,
    str(Measure.MISSION_LICENCES): Section.MISSIONS,
    str(Measure.MISSION_VALUE): Section.MISSIONS,
    str(Measure.CYBER_APPLICATIONS): Section.CYBER,
    str(Measure.DENIALS_REPORTED): Section.REFUSALS,
}
#: What of a cell's key a line of a return says too.
OF_LINES: Final = ("category", "entry", "kind", "origin", "mission")
#: Every ending of the table by consulted state that has no column of its own.
OTHER_ANSWER: Final = "other_answer"


def may_follow(cell: Cell, reader: Principal) -> bool:
    """Whether a reader can be shown any case behind a number at all."""
    if cell.measure in DENIALS:
        return reader.may("denial.read")
    if cell.measure in CONSULTATIONS:
        return reader.may("consultation.read") and reader.body == "authority"
    if cell.measure in GRANTS:
        return reader.may("denial.read") and reader.body == "authority"
    if cell.measure not in LINES:
        return False
    return reader.may("return.follow") or (reader.may("return.read") and cell.authority in ("", reader.state))


def denials(cell: Cell, regime: str, year: int, places: Collection[str]) -> QuerySet[Denial]:
    """
    Return the denials a number counts.

    :param places: the destinations of the region the cell names.
    """
    found: QuerySet[Any] = of_denials.of_year(regime, year)
    if cell.authority:
        found = found.filter(state_of_issue_id=cell.authority)
    if cell.measure == Measure.DENIALS_BY_DESTINATION:
        each = destination_key("current__destinations__code", "current__destinations__printed")
        named = found.annotate(each=each).filter(each=cell.destination) if cell.destination else found
        found = found.filter(pk__in=named.values("pk"))
    elif cell.destination:
        found = found.filter(destination=cell.destination)
    if cell.region:
        found = found.filter(destination__in=places)
    return found.filter(_content(cell))


def _content(cell: Cell) -> Q:
    """What a cell says of the content of a denial."""
    asked = Q()
    if cell.category:
        asked &= _items(_CATEGORIES.get(cell.category, Q(category=cell.category)), none=cell.category == NOT_STATED)
    if cell.entry or cell.measure == Measure.DENIALS_BY_ENTRY:
        asked &= _items(Q(code=cell.entry) if cell.entry else Q(code__gt=""))
    for name in ("act", "activity"):
        if value := getattr(cell, name):
            asked &= Q(**{f"current__{name}": "" if value == NOT_STATED else value})
    if cell.measure == Measure.BROKERING_DENIALS:
        asked &= Q(current__activity="brokering")
    if cell.ground:
        asked &= Q(current__grounds__contains=[cell.ground])
    if cell.criterion:
        citing = DenialCriterion.objects.filter(code=cell.criterion).values("version_id")
        named = [f"{of_denials.CRITERION_GROUND}{cell.criterion}"]
        asked &= Q(current__in=citing) | Q(current__grounds__contains=named)
    if cell.measure == Measure.CRITERIA_NOT_STATED:
        asked &= Q(current__grounds__len=0) & ~Q(current__in=DenialCriterion.objects.values("version_id"))
    return asked


_NO_CATEGORY = Q(category="") | Q(category__isnull=True)
_NO_CODE = Q(code="") | Q(code__isnull=True)
#: Rows of the categories that are none.
_CATEGORIES: Final = {
    "unlisted": _NO_CATEGORY & Q(is_unlisted=True),
    "other_list": _NO_CATEGORY & Q(is_unlisted=False) & ~_NO_CODE,
    NOT_STATED: _NO_CATEGORY & Q(is_unlisted=False) & _NO_CODE,
}


def _items(condition: Q, *, none: bool = False) -> Q:
    """An item that is so; `none`: or no item at all."""
    having = Q(current__in=DenialItem.objects.filter(condition).values("version_id"))
    return having | ~Q(current__in=DenialItem.objects.values("version_id")) if none else having


def consultations(cell: Cell, regime: str, year: int, now: datetime) -> QuerySet[Consultation]:
    """Return the consultations a number counts."""
    found: QuerySet[Any] = of_year(regime, year, now)
    if cell.authority:
        initiated = cell.measure == Measure.CONSULTATIONS_INITIATED
        side = "consulting_authority__state" if initiated else "consulted_state"
        found = found.filter(**{side: cell.authority})
    if cell.destination:
        placed = found.annotate(destination=one_destination(ApplicationDestination, "application", "application_id"))
        found = placed.filter(destination=cell.destination)
    if cell.measure == Measure.ANSWERS_BY_TIME:
        answers = timed_answers(found)
        found = found.filter(pk__in=(answers.filter(time=cell.time) if cell.time else answers).values("consultation"))
    if cell.outcome == OTHER_ANSWER:
        return found.exclude(ending__in=[*map(str, Outcome), OPEN, CLOSED_UNANSWERED])
    return found.filter(ending=cell.outcome) if cell.outcome else found


def grants(cell: Cell, regime: str, year: int) -> QuerySet[Decision]:
    """Return the grants a number counts."""
    undercut = Q(is_undercut=True) if cell.measure == Measure.UNDERCUTS else Q()
    state = Q(authority__state=cell.authority) if cell.authority else Q()
    return granted_in(regime, year).filter(undercut, state)


def lines(cell: Cell, returns: QuerySet[AnnualReturn], places: Collection[str] = ()) -> QuerySet[ReturnLine]:
    """
    Return the lines of some returns that a number adds up.

    A licence to several destinations stands in the number under "several", and here under each of its lines.

    :param places: the destinations of the region the cell names.
    """
    found = ReturnLine.objects.filter(annual_return__in=returns.values("pk"), section=LINES[cell.measure], criterion="")
    if cell.authority:
        found = found.filter(annual_return__authority__state=cell.authority)
    if cell.destination:
        found = found.filter(Q(destination=cell.destination) | Q(counted_destination=cell.destination))
    if cell.region:
        found = found.filter(Q(destination__in=places) | Q(counted_destination__in=places))
    said = {name: value for name in OF_LINES if (value := getattr(cell, name))}
    told: dict[str, Any] = {name: "" if value == NOT_STATED else value for name, value in said.items()}
    if cell.measure == Measure.BROKERING_DENIALS_REPORTED:
        told["decision"] = "refused"
    elif LINES[cell.measure] == Section.BROKERING:
        told["decision"] = "issued"
    if cell.outcome:
        told["decision"] = "" if cell.outcome == NOT_STATED else cell.outcome
    return found.filter(**told)

"""
The single records behind a number: consultations, explanations of grants, lines of returns.

They are the records the number was counted from; who may see which of them their own rooms say (`visible_to`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from accounts.roles import Principal
from consultations.models import Consultation, GrantNotice
from reports.law.figures import Measure
from reports.law.returns import Section
from reports.models import AnnualReturn, ReturnLine
from reports.statistics.consultations import of_year
from reports.statistics.places import one_destination
from screening.models import ApplicationDestination

CONSULTATIONS: Final = frozenset(
    map(
        str,
        (
            Measure.CONSULTATIONS_INITIATED,
            Measure.CONSULTATIONS_RECEIVED,
            Measure.CONSULTATIONS_BY_DESTINATION,
            Measure.CONSULTATIONS_BY_OUTCOME,
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


@dataclass(frozen=True)
class Cell:
    """A number of the year's tables: what is counted, and the key of its row; what is not said is ""."""

    measure: str
    authority: str = ""
    destination: str = ""
    category: str = ""
    entry: str = ""
    outcome: str = ""
    kind: str = ""
    origin: str = ""
    mission: str = ""


def may_follow(cell: Cell, reader: Principal) -> bool:
    """Whether a reader can be shown any case behind a number at all."""
    if cell.measure in CONSULTATIONS:
        return reader.may("consultation.read") and reader.body == "authority"
    if cell.measure in GRANTS:
        return reader.may("denial.read") and reader.body == "authority"
    if cell.measure not in LINES:
        return False
    return reader.may("return.follow") or (reader.may("return.read") and cell.authority in ("", reader.state))


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
    return found.filter(ending=cell.outcome) if cell.outcome else found


def grants(cell: Cell, regime: str, year: int) -> QuerySet[GrantNotice]:
    """Return the explanations of the grants a number counts."""
    undercut = Q(is_undercut=True) if cell.measure == Measure.UNDERCUTS else Q()
    state = Q(authority__state=cell.authority) if cell.authority else Q()
    return GrantNotice.objects.filter(undercut, state, regime=regime, decided_on__year=year)


def lines(cell: Cell, returns: QuerySet[AnnualReturn]) -> QuerySet[ReturnLine]:
    """
    Return the lines of some returns that a number adds up.

    A licence to several destinations stands in the number under "several", and here under each of its lines.
    """
    found = ReturnLine.objects.filter(annual_return__in=returns.values("pk"), section=LINES[cell.measure])
    if cell.authority:
        found = found.filter(annual_return__authority__state=cell.authority)
    if cell.destination:
        found = found.filter(Q(destination=cell.destination) | Q(counted_destination=cell.destination))
    told: dict[str, Any] = {name: value for name in OF_LINES if (value := getattr(cell, name))}
    if cell.measure == Measure.BROKERING_DENIALS_REPORTED:
        told["decision"] = "refused"
    elif LINES[cell.measure] == Section.BROKERING:
        told["decision"] = "issued"
    if cell.outcome:
        told["decision"] = cell.outcome
    return found.filter(**told)

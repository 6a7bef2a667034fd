"""
Consultations and what came of them, by state; which state consulted which is counted nowhere.

A consultation counts in the year it was sent, in the legal time of the consulting state; a grant in the year it was
decided. docs/adr/0030, 0032.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from consultations.law.lifecycle import State
from consultations.models import Answer, Consultation, Decision
from reports.law.figures import Figure, Measure, Outcome
from reports.statistics.places import one_destination
from screening.models import ApplicationDestination

A_DAY = timedelta(days=1)  # no zone is further from UTC
OPEN, CLOSED_UNANSWERED = "open", "closed_unanswered"


class LocalYear(Func):
    """The year of an instant in a time zone held in a column."""

    template = "EXTRACT(YEAR FROM %(expressions)s)::int"
    arg_joiner = " AT TIME ZONE "
    output_field = IntegerField()


def of_year(regime: str, year: int, now: datetime) -> QuerySet[Consultation]:
    """Return the consultations sent in a year, each with how it stands at `now` and where the goods were to go."""
    begin, end = datetime(year, 1, 1, tzinfo=UTC) - A_DAY, datetime(year, 12, 31, tzinfo=UTC) + 2 * A_DAY
    sent = Consultation.objects.filter(regime=regime, sent_at__range=(begin, end)).exclude(status=State.DRAFT)
    zone = F("consulting_authority__state__zone")
    return sent.annotate(sent_in=LocalYear(F("sent_at"), zone)).filter(sent_in=year).annotate(ending=_ending(now))


def _ending(now: datetime) -> Case:
    """The same reading as `Consultation.outcome`, and why there is none."""
    in_time = Answer.objects.filter(consultation_id=OuterRef("pk"), is_late=False).values("outcome")[:1]
    past_due = Q(due_before__lte=now, lapses=True, due_is_provisional=False)
    unanswered = Case(
        When(status=State.CLOSED, lapses=False, then=Value(CLOSED_UNANSWERED)), default=Value(Outcome.LAPSED.value)
    )
    return Case(
        When(status=State.WITHDRAWN, then=Value(Outcome.WITHDRAWN.value)),
        When(Q(status=State.OPEN) & ~past_due, then=Value(OPEN)),
        default=Coalesce(Subquery(in_time), unanswered),
        output_field=CharField(),
    )


def figures(regime: str, year: int, now: datetime) -> Iterator[Figure]:
    """Yield every figure of the consultations and grants of a year; four queries whatever their number."""
    sent = of_year(regime, year, now)
    for state, value in _grouped(sent, "consulting_authority__state_id"):
        yield Figure(Measure.CONSULTATIONS_INITIATED, state, value=value)
    yield from _received(sent)
    placed = sent.annotate(destination=one_destination(ApplicationDestination, "application", "application_id"))
    for place, value in _grouped(placed, "destination"):
        yield Figure(Measure.CONSULTATIONS_BY_DESTINATION, destination=place, value=value)
    yield from _grants(regime, year)


def _grouped(rows: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    yield from rows.order_by().values(*columns).annotate(value=Count("pk")).values_list(*columns, "value")


def _received(sent: QuerySet[Consultation]) -> Iterator[Figure]:
    for state, ending, value in _grouped(sent, "consulted_state_id", "ending"):
        yield Figure(Measure.CONSULTATIONS_RECEIVED, state, value=value)
        if ending in (OPEN, CLOSED_UNANSWERED):
            dimension = f"status={ending}"
            yield Figure(Measure.CONSULTATIONS_WITHOUT_OUTCOME, state, dimension=dimension, value=value)
        elif ending in tuple(Outcome):
            yield Figure(Measure.CONSULTATIONS_BY_OUTCOME, state, outcome=ending, value=value)
        else:
            dimension = f"answer={ending}"
            yield Figure(Measure.CONSULTATIONS_BY_OTHER_ANSWER, state, dimension=dimension, value=value)


def _grants(regime: str, year: int) -> Iterator[Figure]:
    granted = Decision.objects.filter(
        regime=regime, outcome=Decision.Outcome.GRANTED, decided_on__year=year, after_consultation=True
    )
    groups = (
        granted.order_by()
        .values("authority__state_id")
        .annotate(grants=Count("pk"), undercuts=Count("pk", filter=Q(is_undercut=True)))
    )
    for group in groups:
        state = group["authority__state_id"]
        yield Figure(Measure.GRANTS_AFTER_CONSULTATION, state, value=group["grants"])
        yield Figure(Measure.UNDERCUTS, state, value=group["undercuts"])

"""
Consultations and what came of them, by state; which state consulted which is counted nowhere.

A consultation counts in the year it was sent, in the legal time of the consulting state; a grant in the year it was
decided. docs/adr/0030, 0032.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import State as Sender
from consultations.law.lifecycle import State
from consultations.models import Answer, Consultation, Decision
from consultations.querysets import period_ended
from reports.law.figures import ANSWERED_LATE, ANSWERED_LATER, ANSWERED_WITHIN, Figure, Measure, Outcome
from reports.statistics.places import one_destination
from screening.models import ApplicationDestination

OPEN, CLOSED_UNANSWERED = "open", "closed_unanswered"


def of_year(regime: str, year: int, now: datetime) -> QuerySet[Consultation]:
    """Return the consultations sent in a year, each with how it stands at `now`."""
    sent = Consultation.objects.filter(_sent_in(year), regime=regime, kind="denials").exclude(status=State.DRAFT)
    return sent.annotate(ending=_ending(now))


def _sent_in(year: int) -> Q:
    """The year of each consulting state, from midnight to midnight of its legal time; few differ."""
    years: dict[tuple[datetime, datetime], list[str]] = defaultdict(list)
    for state in Sender.objects.all():
        years[_new_year(year, state), _new_year(year + 1, state)].append(state.code)
    spans = (
        Q(consulting_authority__state__in=states, sent_at__gte=begin, sent_at__lt=end)
        for (begin, end), states in years.items()
    )
    return reduce(or_, spans, Q(pk__in=[]))


def _new_year(year: int, state: Sender) -> datetime:
    return datetime(year, 1, 1, tzinfo=state.zone_info()).astimezone(UTC)


def _ending(now: datetime) -> Case:
    """The same reading as `Consultation.outcome`, and why there is none."""
    in_time = Answer.objects.filter(consultation_id=OuterRef("pk"), is_late=False).values("outcome")[:1]
    past_due = period_ended(now)
    unanswered = Case(
        When(status=State.CLOSED, lapses=False, then=Value(CLOSED_UNANSWERED)),
        When(status=State.CLOSED, concluded_at__lt=F("due_before"), then=Value(CLOSED_UNANSWERED)),
        default=Value(Outcome.LAPSED.value),
    )
    return Case(
        When(status=State.WITHDRAWN, then=Value(Outcome.WITHDRAWN.value)),
        When(Q(status=State.OPEN) & ~past_due, then=Value(OPEN)),
        default=Coalesce(Subquery(in_time), unanswered),
        output_field=CharField(),
    )


def figures(regime: str, year: int, now: datetime) -> Iterator[Figure]:
    """Yield every figure of the consultations and grants of a year; six queries whatever their number."""
    sent = of_year(regime, year, now)
    for state, value in _grouped(sent, "consulting_authority__state_id"):
        yield Figure(Measure.CONSULTATIONS_INITIATED, state, value=value)
    yield from _received(sent)
    placed = sent.annotate(destination=one_destination(ApplicationDestination, "application", "application_id"))
    for place, value in _grouped(placed, "destination"):
        yield Figure(Measure.CONSULTATIONS_BY_DESTINATION, destination=place, value=value)
    yield from _answers(sent)
    yield from _grants(regime, year)


def _answers(sent: QuerySet[Consultation]) -> Iterator[Figure]:
    """How long answers took, over all states: what one state takes is an indicator of its own."""
    for time, value in _grouped(timed_answers(sent), "time"):
        yield Figure(Measure.ANSWERS_BY_TIME, dimension=f"time={time}", value=value)


def timed_answers(sent: QuerySet[Consultation]) -> QuerySet[Any]:
    """Return the answers given to some consultations, each with the time it took."""
    answers = Answer.objects.filter(consultation__in=sent.values("pk"), consultation__received_at__isnull=False)
    took = ExpressionWrapper(F("answered_at") - F("consultation__received_at"), output_field=DurationField())
    within = [When(took__lte=timedelta(days=days), then=Value(name)) for name, days in ANSWERED_WITHIN.items()]
    taken = Case(
        When(is_late=True, then=Value(ANSWERED_LATE)),
        *within,
        default=Value(ANSWERED_LATER),
        output_field=CharField(),
    )
    return answers.annotate(took=took, time=taken)


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


def granted_in(regime: str, year: int) -> QuerySet[Decision]:
    """Return the grants after a consultation that were decided in a year."""
    return Decision.objects.filter(
        regime=regime, outcome=Decision.Outcome.GRANTED, decided_on__year=year, after_consultation=True
    )


def _grants(regime: str, year: int) -> Iterator[Figure]:
    groups = (
        granted_in(regime, year)
        .order_by()
        .values("authority__state_id")
        .annotate(grants=Count("pk"), undercuts=Count("pk", filter=Q(is_undercut=True)))
    )
    for group in groups:
        state = group["authority__state_id"]
        yield Figure(Measure.GRANTS_AFTER_CONSULTATION, state, value=group["grants"])
        yield Figure(Measure.UNDERCUTS, state, value=group["undercuts"])

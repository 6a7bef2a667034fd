"""What the indicators are made of, counted from consultations, decisions and denials in SQL."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from consultations.models import Answer, Decision, Extension
from denials.models import Denial
from reports.law.figures import Outcome
from reports.law.indicators import Tally
from reports.statistics.consultations import of_year

GRANTED = Decision.Outcome.GRANTED


def tallies(regime: str, year: int, *, now: datetime) -> dict[str, Tally]:
    """Return every state's sums; three queries."""
    sent = of_year(regime, year, now).annotate(
        extended=Exists(Extension.objects.filter(consultation_id=OuterRef("pk"), status="agreed"))
    )
    received = (
        sent.order_by()
        .values("consulted_state_id")
        .annotate(
            received=Count("pk"),
            lapsed=Count("pk", filter=Q(ending=Outcome.LAPSED)),
            agreed=Count("pk", filter=Q(extended=True)),
        )
    )
    rows: dict[str, dict[str, Any]] = {}
    for row in received:
        rows[row["consulted_state_id"]] = {
            "received": row["received"],
            "lapsed": row["lapsed"],
            "extended": row["agreed"],
        }
    for state, facts in _answers(regime, year, now):
        rows.setdefault(state, {}).update(facts)
    for state, facts in _reviews(regime, now):
        rows.setdefault(state, {}).update(facts)
    return {state: Tally(**facts) for state, facts in rows.items()}


def _answers(regime: str, year: int, now: datetime) -> Any:
    took = ExpressionWrapper(F("answered_at") - F("consultation__received_at"), output_field=DurationField())
    answers = Answer.objects.filter(consultation__in=of_year(regime, year, now).values("pk"), is_late=False)
    grouped = answers.order_by().values("consultation__consulted_state_id").annotate(number=Count("pk"), mean=Avg(took))
    for row in grouped:
        hours = row["mean"].total_seconds() / 3600 if row["mean"] else 0.0
        yield (
            row["consultation__consulted_state_id"],
            {
                "answered": row["number"],
                "working_hours": hours * row["number"],
            },
        )


def _reviews(regime: str, now: datetime) -> Any:
    denials = Denial.objects.filter(regime=regime).in_force()
    grouped = (
        denials.order_by()
        .values("state_of_issue_id")
        .annotate(held=Count("pk"), due=Count("pk", filter=Q(current__review_due_on__lte=now.date())))
    )
    for row in grouped:
        yield row["state_of_issue_id"], {"in_force": row["held"], "review_due": row["due"]}


def divergences(regime: str, year: int) -> dict[tuple[str, str], int]:
    """Return how often a grant followed a consultation on a denial of another, by its destination and category."""
    granted = Decision.objects.filter(regime=regime, outcome=GRANTED, decided_on__year=year, is_undercut=True)
    cases: Counter[tuple[str, str]] = Counter()
    rows = granted.values_list("pk", "application__destinations__code", "application__items__category").distinct()
    for _pk, place, category in rows:
        cases[place or "UNKNOWN", category or ""] += 1
    return dict(cases)

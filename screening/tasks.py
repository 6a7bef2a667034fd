"""The sweep that screens pending applications again when the register has moved on."""

from uuid import UUID

from celery import shared_task
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from accounts import clock
from accounts.roles import SYSTEM
from accounts.tasks import beat
from denials.models import RegisterChange
from screening import search
from screening.actions import rescreen_after_change
from screening.models import Application, Screening

BATCH = 200


@shared_task(name="screening.tasks.sweep_rescreening")
def sweep_rescreening() -> None:
    """Bring the index up to date and name what has become stale; each application is a task of its own."""
    search.bring_up_to_date()
    for application_id in stale().values_list("pk", flat=True)[:BATCH]:
        screen_again.delay(application_id=str(application_id))
    beat("re-screening", now=clock.now())


@shared_task(name="screening.tasks.screen_again")
def screen_again(*, application_id: str) -> None:
    """Screen one application again, unless another worker has it or has done it; safe to run twice."""
    claimed = Application.objects.pending().select_for_update(skip_locked=True, of=("self",))
    application = claimed.filter(pk=UUID(application_id)).first()
    if application is not None and stale().filter(pk=application.pk).exists():
        rescreen_after_change(application=application, by=SYSTEM, now=clock.now())


def stale() -> "QuerySet[Application]":
    """Return pending applications last screened before the last change of their regime's denials, or never."""
    latest = Screening.objects.filter(application=OuterRef("pk")).order_by("-screened_at", "-register_sequence")
    seen = Application.objects.pending().annotate(seen=Subquery(latest.values("register_sequence")[:1]))
    heads = RegisterChange.objects.order_by().values_list("regime").annotate(last=Max("sequence"))
    behind = Q(seen__isnull=True)
    for regime, last in heads:
        behind |= Q(regime=regime, seen__lt=last)
    return seen.filter(behind).order_by("created_at")

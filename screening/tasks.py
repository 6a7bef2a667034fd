"""The sweep that screens again what the register or the rules have left behind."""

from uuid import UUID

from celery import shared_task

from accounts import clock
from accounts.roles import SYSTEM
from accounts.tasks import beat
from screening import actions, search
from screening.law.completeness import FIRST_WAIT
from screening.law.lifecycle import PENDING
from screening.models import Application

MOST_AT_ONCE = 2000


@shared_task(name="screening.tasks.sweep_rescreening")
def sweep_rescreening() -> None:
    """Bring the index up to date and hand out what has become stale; each application is a task of its own."""
    search.bring_up_to_date()
    for application_id in actions.claim_stale(now=clock.now(), most=MOST_AT_ONCE):
        screen_again.apply_async(kwargs={"application_id": str(application_id)}, expires=FIRST_WAIT.total_seconds())
    beat("re-screening", now=clock.now())


@shared_task(name="screening.tasks.screen_again")
def screen_again(*, application_id: str) -> None:
    """Screen one application again, unless another worker has it or has done it; safe to run twice."""
    free = Application.objects.select_for_update(skip_locked=True, of=("self",))
    application = free.filter(pk=UUID(application_id)).first()
    if application is None or not actions.stale(Application.objects.filter(pk=application.pk)).exists():
        return
    if application.status in PENDING:
        actions.rescreen_after_change(application=application, by=SYSTEM, now=clock.now())
    elif application.status == "granted":
        actions.watch_licence(application=application, by=SYSTEM, now=clock.now())

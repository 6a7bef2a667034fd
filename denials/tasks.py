"""The sweeps of the register: each finds what is due by rows, and is safe to run twice, late or in parallel."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError, transaction

from accounts import clock, tenant
from accounts.roles import SYSTEM
from accounts.tasks import beat
from denials import actions
from denials.imports import jobs
from denials.models import Denial, ImportJob

log = logging.getLogger(__name__)

#: How long an uploaded file is kept after its job is over.
FILES_KEPT = timedelta(days=30)
MOST_AT_ONCE = 20
MOST_REMINDERS = 2000
EASTERNMOST = timedelta(hours=14)


@shared_task(name="denials.tasks.sweep_imports")
def sweep_imports() -> None:
    """Start the work on every uploaded file that waits for it; a file another works on is let be."""
    for job_id in ImportJob.objects.waiting().values_list("pk", flat=True)[:MOST_AT_ONCE]:
        work_import.apply_async(kwargs={"job_id": str(job_id)}, expires=30)
    beat("imports", now=clock.now())


@shared_task(
    base=Task,  # each part of a file in a transaction of its own: what is in stays in
    name="denials.tasks.work_import",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def work_import(*, job_id: str) -> None:
    """Work on one uploaded file for a while."""
    jobs.work_on(UUID(job_id))


@shared_task(name="denials.tasks.sweep_searches")
def sweep_searches() -> None:
    """Tell of what is new in saved searches, each in a task of its own."""
    for search_id in actions.searches_waiting():
        tell_of_search.apply_async(kwargs={"search_id": str(search_id)}, expires=60)
    beat("searches", now=clock.now())


@shared_task(name="denials.tasks.tell_of_search")
def tell_of_search(*, search_id: str) -> None:
    """Tell of what is new in one saved search; each change is told of once, however often this runs."""
    actions.tell_of_news(search_id=UUID(search_id), now=clock.now())


@shared_task(
    base=Task,  # each denial in a transaction of its own: one that fails holds up no other
    name="denials.tasks.sweep_reminders",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_reminders() -> int:
    """Send the reminders that have come due and return how many; each is claimed by a row, and sent once."""
    now = clock.now()
    sent = sum(_reminded_of(denial_id, now) for denial_id in _to_be_reminded_of(now))
    beat("reminders", now=clock.now())
    return sent


def _reminded_of(denial_id: UUID, now: datetime) -> int:
    """Send what is due for one denial; one that fails is said in the log, passed over, and tried again next time."""
    try:
        with transaction.atomic():
            tenant.enter(SYSTEM)
            return len(actions.remind_of(denial_id=denial_id, now=now))
    except OperationalError:  # the database is gone: so it is for all others
        raise
    except Exception:
        log.exception("no reminder of a denial could be sent", extra={"denial": str(denial_id)})
        return 0


def _to_be_reminded_of(now: datetime) -> list[UUID]:
    """What may be due anywhere: the day begins furthest east."""
    with transaction.atomic():
        tenant.enter(SYSTEM)
        due = Denial.objects.to_be_reminded_of((now + EASTERNMOST).date()).order_by("pk")
        return list(due.values_list("pk", flat=True)[:MOST_REMINDERS])


@shared_task(name="denials.tasks.forget_files")
def forget_files() -> None:
    """Empty uploaded files some time after their job was over, or after their upload if nobody confirmed them."""
    now = clock.now()
    while actions.forget_files(before=now - FILES_KEPT, now=now):
        pass

"""The sweep of the clock: what silence has concluded is written, row by row; any number may run at once."""

import logging
from datetime import datetime
from itertools import islice
from uuid import UUID

from celery import Task, shared_task
from django.db import transaction

from accounts import clock, tenant
from accounts.law.retention import KINDS
from accounts.models import State
from accounts.roles import SYSTEM
from accounts.tasks import beat, witness_anew
from consultations.actions import (
    affected_by,
    follow_calendar,
    lapse_consultation,
    plan_missing_reminders,
    send_reminder,
)
from consultations.actions.retention import Due, falling_due, settle
from consultations.models import Consultation, ThreadReminder

BATCH = 500
log = logging.getLogger(__name__)


@shared_task(
    base=Task,  # each row in a transaction of its own, not the sweep in one
    name="consultations.tasks.sweep_lapses",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_lapses() -> int:
    """Lapse what is past due and return how many; a later turn takes what a full batch leaves."""
    turns, failed = 0, set[UUID]()
    if witness_anew():  # else silence is held
        while turns - len(failed) < BATCH and lapse_next(now=clock.now(), failed=failed):
            turns += 1
    beat("lapses", now=clock.now())
    return turns - len(failed)


@shared_task(
    base=Task,  # each record in a transaction of its own
    name="consultations.tasks.sweep_retention",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_retention() -> int:
    """Block and forget what is due and return how much; a later turn takes what a full batch leaves."""
    settled = 0
    for kind in KINDS:
        today = clock.now().date()
        with transaction.atomic():
            tenant.enter(SYSTEM)
            due = list(islice(falling_due(kind, by_day=today, today=today, with_held=False), BATCH))
        settled += sum(map(_settle, due))
    beat("retention", now=clock.now())
    return settled


def _settle(due: Due) -> bool:
    """Block or forget one record; one that fails is left to the next sweep and stops no other."""
    with transaction.atomic():
        tenant.enter(SYSTEM)
        try:
            return settle(due=due, now=clock.now())  # a savepoint of its own
        except Exception:
            log.exception("What is due of %s %s could not be done.", due.kind, due.subject_id)
            return False


def lapse_next(*, now: datetime, failed: set[UUID]) -> bool:
    """
    Claim one thread nobody else holds and lapse it; return False when none is left.

    :param failed: those passed over; one that fails is added, stays as it is for the next sweep, and stops no other.
    """
    with transaction.atomic():
        tenant.enter(SYSTEM)
        waiting = Consultation.objects.past_due(now).exclude(pk__in=failed)
        due = waiting.select_for_update(skip_locked=True, of=("self",))
        found = due.order_by("due_before", "pk").values_list("pk", flat=True).first()
        if found is None:
            return False
        try:
            lapse_consultation(consultation_id=found, now=now)  # a savepoint of its own
        except Exception:
            log.exception("The lapse of thread %s could not be written.", found)
            failed.add(found)
        return True


@shared_task(
    base=Task,  # each thread in a transaction of its own: its row is locked before the ledger, and no other's after it
    name="consultations.tasks.sweep_calendars",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_calendars() -> int:
    """
    Follow lists of holidays that came by file: settle provisional ends, propose the others.

    Threads of an earlier release that have no reminders are given theirs in passing.
    """
    done = sum(_follow(pk) for pk in _touched_by_calendars())
    looked_at = set[UUID]()
    while len(looked_at) < BATCH and plan_next_missing(now=clock.now(), looked_at=looked_at):
        pass
    beat("calendars", now=clock.now())
    return done


def plan_next_missing(*, now: datetime, looked_at: set[UUID]) -> bool:
    """
    Plan the reminders of one running thread that has none; return False when there is no other such thread.

    :param looked_at: those seen in this turn; the one found is added.
    """
    with transaction.atomic():
        tenant.enter(SYSTEM)
        bare = Consultation.objects.without_reminders(now).exclude(pk__in=looked_at)
        bare = bare.select_for_update(skip_locked=True, of=("self",))
        found = bare.order_by("pk").values_list("pk", flat=True).first()
        if found is None:
            return False
        looked_at.add(found)
        plan_missing_reminders(consultation_id=found, now=now)
        return True


def _touched_by_calendars() -> list[UUID]:
    with transaction.atomic():
        tenant.enter(SYSTEM)
        waiting = Consultation.objects.open().filter(due_before__isnull=False).values("consulted_state_id")
        states = State.objects.filter(pk__in=waiting).order_by("pk")
        found = (one for state in states for one in affected_by(state, state.working_calendar()))
        return [one.consultation.pk for one in found]


def _follow(consultation_id: UUID) -> bool:
    """Follow the calendar in one thread; one that fails is left to the next sweep and stops no other."""
    with transaction.atomic():
        tenant.enter(SYSTEM)
        try:
            return follow_calendar(consultation_id=consultation_id, now=clock.now())  # a savepoint of its own
        except Exception:
            log.exception("The calendar could not be followed in thread %s.", consultation_id)
            return False


@shared_task(
    base=Task,  # each reminder in a transaction of its own
    name="consultations.tasks.sweep_reminders",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_reminders() -> int:
    """Send what is due, each reminder once however many sweeps run; return how many were looked at."""
    done = 0
    while done < BATCH and remind_next(now=clock.now()):
        done += 1
    beat("thread reminders", now=clock.now())
    return done


def remind_next(*, now: datetime) -> bool:
    """Claim one reminder nobody else holds and send it or pass it over; return False when none is left."""
    with transaction.atomic():
        tenant.enter(SYSTEM)
        waiting = ThreadReminder.objects.filter(state=ThreadReminder.State.WAITING, due_at__lte=now)
        waiting = waiting.filter(consultation__held_by__isnull=True)
        found = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
        if found is None:
            return False
        send_reminder(reminder=found, now=now)
        return True

"""The post leaves here: a sweep claims what waits and hands it to the mail server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.db import connection, transaction

from accounts import audit, clock, outbox, signing, tenant
from accounts.actions import bind_record, sign_checkpoint
from accounts.audit import checkpoints
from accounts.models import SweepHeartbeat
from accounts.roles import SYSTEM

BATCH = 50
LONGEST = timedelta(seconds=40)  # a turn; what is left is the next one's


@shared_task(
    base=Task,  # each try is on record before it is made, and its result after: no transaction around them
    name="accounts.tasks.deliver_notices",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def deliver_notices() -> None:
    """Send what waits, each delivery on its own: one that fails holds up no other."""
    _deliver(outbox.EMAIL)
    beat("notices", now=clock.now())


@shared_task(
    base=Task, name="accounts.tasks.deliver_webhooks", acks_late=True, reject_on_worker_lost=True, ignore_result=True
)
def deliver_webhooks() -> None:
    """Tell the systems that wait; a slow one holds up no mail."""
    _deliver(outbox.WEBHOOK)
    beat("webhooks", now=clock.now())


@shared_task(
    base=Task,  # each step in a transaction of its own: the chain is locked for moments
    name="accounts.tasks.sweep_record",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_record() -> None:
    """Bind readings and rows into the chain, and sign a checkpoint where the last one is old enough."""
    while _as_system(bind_record):
        pass
    if checkpoint_is_due(now=clock.now()):
        _as_system(sign_checkpoint)
    beat("record", now=clock.now())


@shared_task(name="accounts.tasks.forget_past")
def forget_past() -> None:
    """Delete sessions that are over, tries, and tokens and assertions of the past."""
    signing.forget_past(now=clock.now())


def witness_anew() -> bool:
    """Say whether the chain is witnessed, after trying to sign a checkpoint where the last one is too old."""
    return audit.is_witnessed(clock.now()) or (_as_system(sign_checkpoint) is not None)


def checkpoint_is_due(*, now: datetime) -> bool:
    """Say whether the last checkpoint is older than the minutes set."""
    last = checkpoints.latest()
    return last is None or now - last.at >= timedelta(minutes=settings.EXCHANGE_CHECKPOINT_MINUTES)


def _as_system(verb: Callable[..., Any]) -> Any:
    with transaction.atomic():
        tenant.enter(SYSTEM)
        return verb(now=clock.now())


def _deliver(channel: str) -> None:
    started = clock.now()
    for _turn in range(BATCH):
        now = clock.now()
        if now - started > LONGEST:
            break
        if not outbox.deliver_next(now=now, channel=channel):
            break


def beat(name: str, *, now: datetime) -> None:
    """Note that a sweep ran through; `/readyz` reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SweepHeartbeat._meta.db_table} (name, at) VALUES (%s, %s) "  # noqa: S608  # nosec B608 - our own table's name
            "ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            [name, now],
        )

"""The post leaves here: a sweep claims what waits and hands it to the mail server."""

from datetime import datetime, timedelta

from celery import Task, shared_task
from django.db import connection

from accounts import clock, outbox
from accounts.models import SweepHeartbeat

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
            f"INSERT INTO {SweepHeartbeat._meta.db_table} (name, at) VALUES (%s, %s) "  # noqa: S608  # nosec B608
            "ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            [name, now],
        )

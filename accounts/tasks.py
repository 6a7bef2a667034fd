"""The post leaves here: a sweep claims what waits and hands it to the mail server."""

from datetime import datetime

from celery import Task, shared_task
from django.db import connection, transaction

from accounts import clock, outbox, tenant
from accounts.models import SweepHeartbeat
from accounts.roles import SYSTEM

BATCH = 50


@shared_task(
    base=Task,  # each delivery in a transaction of its own: a later failure sends no mail twice
    name="accounts.tasks.deliver_notices",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def deliver_notices() -> None:
    """Send what waits, each delivery on its own: one that fails holds up no other."""
    now = clock.now()
    for _turn in range(BATCH):
        with transaction.atomic():
            tenant.enter(SYSTEM)
            if not outbox.deliver_next(now=now):
                break
    beat("notices", now=clock.now())


def beat(name: str, *, now: datetime) -> None:
    """Note that a sweep ran through; `/readyz` reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SweepHeartbeat._meta.db_table} (name, at) VALUES (%s, %s) "  # noqa: S608  # nosec B608
            "ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            [name, now],
        )

"""The sweeps: what wakes up when, and how a task runs. Nothing here carries legal meaning; deadlines are columns."""

import os
from typing import Any

from celery import Celery, Task, signals
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class TransactionTask(Task):
    """A task runs in one transaction as the system, with no authority set; it may run twice, late or in parallel."""

    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from django.db import transaction

        from accounts import tenant
        from accounts.roles import SYSTEM

        with transaction.atomic():
            tenant.enter(SYSTEM)
            return self.run(*args, **kwargs)


def options() -> dict[str, Any]:
    from django.conf import settings

    return {
        "broker_url": settings.REDIS_URL,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {"visibility_timeout": 300, "socket_timeout": 10, "socket_connect_timeout": 5},
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_always_eager": settings.EXCHANGE_TASKS_EAGER,
        "task_eager_propagates": True,
        "task_time_limit": 240,
        "task_soft_time_limit": 210,
        "task_default_queue": "exchange",
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_hijack_root_logger": False,
        "worker_soft_shutdown_timeout": 10,
        "timezone": "UTC",
        "beat_schedule": SCHEDULE,
    }


def every(seconds: int, task: str) -> dict[str, Any]:
    """A sweep that has not started within a minute is dropped: a later one has done its work."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": 60}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "lapses": every(1, "consultations.tasks.sweep_lapses"),
    "thread reminders": every(10, "consultations.tasks.sweep_reminders"),
    "calendars": every(20, "consultations.tasks.sweep_calendars"),
    "re-screening": every(10, "screening.tasks.sweep_rescreening"),
    "index of screening": every(10, "screening.tasks.sweep_index"),
    "bulk screening": every(2, "screening.tasks.sweep_bulk"),
    "shadow runs": every(20, "screening.tasks.sweep_shadows"),
    "notices": every(2, "accounts.tasks.deliver_notices"),
    "record": every(5, "accounts.tasks.sweep_record"),
    "imports": every(2, "denials.tasks.sweep_imports"),
    "saved searches": every(60, "denials.tasks.sweep_searches"),
    "old files": {"task": "denials.tasks.forget_files", "schedule": crontab(hour=3, minute=10)},
    "past sessions": {"task": "accounts.tasks.forget_past", "schedule": crontab(hour=3, minute=40)},
    "reminders": {
        "task": "denials.tasks.sweep_reminders",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
    "retention": {"task": "consultations.tasks.sweep_retention", "schedule": crontab(minute=40)},
    "webhooks": every(2, "accounts.tasks.deliver_webhooks"),
    "annual tables": {"task": "reports.tasks.draft_annual_tables", "schedule": crontab(hour=2, minute=30)},
    "annual returns": {"task": "reports.tasks.remind_of_returns", "schedule": crontab(hour=4, minute=10)},
}

app = Celery("exchange", task_cls=TransactionTask)
app.add_defaults(options)
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def refuse_misconfiguration(**_: Any) -> None:
    from config import checks

    checks.refuse_misconfiguration()

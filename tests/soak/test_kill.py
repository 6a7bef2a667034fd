"""
Sweeps and PostgreSQL's processes killed with -9 while consultations reach their deadline: lost, double, early 0.

In full 5,000 consultations and 100 kills, every tenth of a server process, which makes PostgreSQL recover from a crash.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.models import Notice
from consultations.models import Consultation, ConsultationEvent
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.factories import MARCH, a_consultation
from tests.soak.size import sized

pytestmark = pytest.mark.committed
BASE = Path(__file__).resolve().parents[2]
THREADS, KILLS, SWEEPERS = sized(60, 5_000), sized(3, 100), 3
PATIENCE = sized(120, 1_800)  # seconds
SWEEPER = """
import django, time
django.setup()
from django.db import DatabaseError, connection
from consultations.tasks import sweep_lapses
while True:
    try:
        sweep_lapses()
    except DatabaseError:
        connection.close()
    time.sleep(0.05)
"""


def many(cast: tuple[Any, Any]) -> None:
    """One real consultation and its copies, due one after the other within twenty seconds."""
    with transaction.atomic():
        first = a_consultation(*cast, "dual_use")
        copies = []
        for number in range(THREADS - 1):
            copy = Consultation.objects.get(pk=first.pk)
            copy.pk, copy._state.adding = uuid.uuid4(), True
            copy.reference = f"BE-NL-{number:08d}"
            copy.due_before = DUAL_USE_DUE + timedelta(seconds=20 * number / THREADS)
            copies.append(copy)
        Consultation.objects.bulk_create(copies, batch_size=500)


def a_sweeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SWEEPER], cwd=BASE, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    )


def kill_a_server_process(chance: Random) -> None:
    """Kill one of PostgreSQL's processes that serves a sweep: it ends all connections and recovers as from a crash."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        serving = [row[0] for row in cursor.fetchall()]
    if serving:
        os.kill(chance.choice(serving), signal.SIGKILL)
    connection.close()


def left() -> int:
    try:
        return Consultation.objects.filter(status="open").count()
    except DatabaseError:
        connection.close()
        return -1


def test_lost_none_double_none_early_none(committed_db: Any, clock: Any) -> None:
    chance = Random(9)  # noqa: S311 - repeatable
    clock.set(MARCH)
    many((person("BE-VLG", "officer"), person("NL", "officer")))
    sweepers = [a_sweeper() for _ in range(SWEEPERS)]
    try:
        clock.set(DUAL_USE_DUE - timedelta(seconds=1))
        for turn in range(KILLS):
            time.sleep(chance.uniform(0.1, 0.4))
            if turn % 10 == 1:
                kill_a_server_process(chance)
                continue
            victim = chance.randrange(SWEEPERS)
            sweepers[victim].kill()
            sweepers[victim].wait()
            sweepers[victim] = a_sweeper()
        begun = time.monotonic()
        while left() and time.monotonic() - begun < PATIENCE:
            time.sleep(0.5)
    finally:
        for one in sweepers:
            one.kill()
            one.wait()
    lapses = ConsultationEvent.objects.filter(kind="lapsed")
    assert left() == 0, "lost"
    assert Consultation.objects.filter(status="lapsed").count() == THREADS
    assert lapses.count() == lapses.values("consultation").distinct().count() == THREADS, "double"
    assert not lapses.exclude(effective_at=F("consultation__due_before")).exists(), "dated to the end of the period"
    assert not lapses.filter(recorded_at__lt=F("effective_at")).exists(), "early"
    assert Notice.objects.filter(kind="consultation.lapsed").count() == 2 * THREADS, "both sides, once each"

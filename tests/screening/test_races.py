"""Several workers at one job, on the real database: they claim rows past each other, and each row is done once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from screening import actions, tasks
from screening.models import BulkRow, Screening
from tests.cast import person
from tests.factories import MARCH

pytestmark = pytest.mark.committed

ROW = {
    "regime": "arms",
    "received_on": "2026-03-01",
    "destinations": ["IL"],
    "parties": [{"role": "end_user", "name": "Israel Prison Service", "country": "IL"}],
    "items": [{"code": "ML15.c", "description": "image intensifiers"}],
}


def worked(job_id):
    try:
        done = 0
        while tasks.work_next(job_id):
            done += 1
        return done
    finally:
        connections.close_all()


def test_workers_share_the_rows_and_a_held_row_holds_up_nobody(committed_db, clock):
    clock.set(MARCH)
    rows = [json.dumps({**ROW, "key": f"k{number % 7}"}) for number in range(12)]
    by = person("BE-VLG", "officer").principal
    job = actions.begin_bulk(rows=rows, mode="file", by=by, now=MARCH)
    with transaction.atomic():
        held = actions.next_row(job.pk)
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(worked, job.pk).result(timeout=60)
        assert (held.position, done) == (1, 11)
    job.refresh_from_db()
    assert job.state == "running"
    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(worked, [job.pk] * 3)) == 1
    job.refresh_from_db()
    states = list(BulkRow.objects.values_list("state", flat=True))
    assert (job.state, states.count("done"), states.count("repeated")) == ("done", 7, 5)
    assert Screening.objects.count() == 7


def test_two_workers_at_once_do_each_row_once(committed_db, clock):
    clock.set(MARCH)
    by = person("BE-VLG", "officer").principal
    job = actions.begin_bulk(rows=[json.dumps(ROW)] * 12, mode="screen", by=by, now=MARCH)
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(worked, [job.pk] * 2)) == 12
    assert Screening.objects.count() == 12
    assert set(BulkRow.objects.values_list("state", flat=True)) == {"done"}

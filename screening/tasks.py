"""The sweeps: what the register or the rules have left behind, very many applications at once, runs in shadow."""

import io
import json
import logging
from time import monotonic
from typing import Any, Final
from uuid import UUID

from celery import Task, shared_task
from django.db import OperationalError, transaction
from rest_framework.exceptions import APIException

from accounts import clock, principals, tenant
from accounts.api.errors import problem_response
from accounts.api.parsers import StrictJSONParser
from accounts.law import digests
from accounts.law.errors import RuleBroken
from accounts.roles import SYSTEM, VISITOR, Principal
from accounts.tasks import beat
from denials.law.content import ContentRefused
from screening import actions, search
from screening.api.serializers import BulkRowIn, content_of
from screening.labels import finding_text
from screening.law.applications import ApplicationContent
from screening.law.bulk import JobState, Mode
from screening.law.completeness import FIRST_WAIT
from screening.law.lifecycle import PENDING
from screening.models import Application, BulkJob, BulkRow
from screening.models.bulk import FILED_ONCE

log = logging.getLogger(__name__)

AT_ONCE: Final = 500  # changes of the register, or rows of its index, in one transaction
LONGEST_SWEEP: Final = 8.0  # seconds
MOST_AT_ONCE: Final = 400  # of a sweep: what else waits in the queue waits for these at most
# Turns are short, and one not begun before the next are handed out is dropped: periods that end are never kept waiting
# by thousands of applications, and as many processes as there are, on as many machines, share the rows.
TURNS: Final = 32  # handed out for a job at a time, fewer where more than so many jobs have their turn
MOST_JOBS: Final = 4  # those behind them have their turn when one is done, an authority's oldest has it at once
LONGEST_TURN: Final = 1.5  # seconds
BEGUN_WITHIN: Final = 2.0
NEEDED: Final = {Mode.FILE: "application.file", Mode.SCREEN: "application.screen"}


@shared_task(name="screening.tasks.sweep_rescreening")
def sweep_rescreening() -> None:
    """
    Bring the index up to date and hand out what has become stale; each application is a task of its own.

    Nothing is handed out while very many changes wait: `sweep_index` works them off first.
    """
    if search.bring_up_to_date(AT_ONCE) < search.head():
        return
    for application_id in actions.claim_stale(now=clock.now(), most=MOST_AT_ONCE):
        screen_again.apply_async(kwargs={"application_id": str(application_id)}, expires=FIRST_WAIT.total_seconds())
    beat("re-screening", now=clock.now())


@shared_task(
    base=Task,  # each step in a transaction of its own
    name="screening.tasks.sweep_index",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def sweep_index() -> None:
    """Work off what the index is behind by: changes of the register, rows of an earlier analysis; in short steps."""
    ends, made = monotonic() + LONGEST_SWEEP, AT_ONCE
    while made and monotonic() < ends:
        with transaction.atomic():
            tenant.enter(SYSTEM)
            made = search.work_off(AT_ONCE)
            beat("index of screening", now=clock.now())


@shared_task(name="screening.tasks.screen_again")
def screen_again(*, application_id: str) -> None:
    """Screen one application again, unless another worker has it or has done it; safe to run twice."""
    free = Application.objects.select_for_update(skip_locked=True, of=("self",))
    application = free.filter(pk=UUID(application_id)).first()
    rows = Application.objects.filter(pk=UUID(application_id))
    if application is None or not actions.stale(rows, clock.now().date()).exists():
        return
    if application.status in PENDING:
        actions.rescreen_after_change(application=application, by=SYSTEM, now=clock.now())
    elif application.status == "granted":
        actions.watch_licence(application=application, by=SYSTEM, now=clock.now())


@shared_task(name="screening.tasks.sweep_bulk")
def sweep_bulk() -> None:
    """
    Hand out turns at the oldest job of each authority, and where these are few at further ones.

    The jobs take turns, so that none waits behind all of another's; a row is worked on by one worker.
    """
    rows = BulkJob.objects.running_in_turn().values_list("pk", "place")
    jobs = [pk for at, (pk, place) in enumerate(rows) if place == 1 or at < MOST_JOBS]
    for _turn in range(TURNS * min(len(jobs), MOST_JOBS) // max(len(jobs), 1)):
        for job_id in jobs:
            work_bulk.apply_async(kwargs={"job_id": str(job_id)}, expires=BEGUN_WITHIN)
    beat("bulk", now=clock.now())


@shared_task(
    base=Task,  # each row in a transaction of its own: what is done is done
    name="screening.tasks.work_bulk",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def work_bulk(*, job_id: str) -> None:
    """Work on the rows of a job for a while, each in a transaction of its own; end the job behind the last."""
    ends = monotonic() + LONGEST_TURN
    while monotonic() < ends:
        if not work_next(UUID(job_id)):
            return


def work_next(job_id: UUID) -> bool:
    """Work on the next row of a job; return whether there was one. It goes back if its worker is lost."""
    now = clock.now()
    with transaction.atomic():
        tenant.enter(SYSTEM)
        job = BulkJob.objects.select_related("person__authority", "client__authority").get(pk=job_id)
        by = _sender(job, now)
        if job.state != JobState.RUNNING:
            return False
        if not by.may(NEEDED[Mode(job.mode)]):
            actions.cancel_bulk(job=job, by=SYSTEM, now=now)
            return False
        row = actions.next_row(job_id)
        if row is None:
            actions.end_bulk(job_id=job_id, by=by, now=now)
            return False
        tenant.enter(by)
        _settle(row, by)
    return True


def _sender(job: BulkJob, now: Any) -> Principal:
    if job.person is not None:
        return principals.of_user(job.person, at=now)
    return principals.of_client(job.client, at=now) if job.client and job.client.is_active else VISITOR


def _settle(row: BulkRow, by: Principal) -> None:
    """Do what a row asks, or record why it is not accepted; what breaks off is such a reason too."""
    now, key = clock.now(), ""
    try:
        data = _read(row.content)
        key = data.pop("key")
        content = content_of(data, today=principals.authority_of(by).day_of(now))
        with transaction.atomic():
            actions.take_row(row=row, content=content, key=key, digest=_digest(content, data), by=by, now=now)
    except OperationalError:  # the database is gone: so it is for all others
        raise
    except Exception as refusal:
        if getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", "") == FILED_ONCE:
            return  # another row under the same key was filed at this moment: it is found next time
        with transaction.atomic():
            actions.refuse_row(row=row, key=key, findings=_findings(refusal, row), now=now)


def _digest(content: ApplicationContent, data: dict[str, Any]) -> str:
    """Digest what was sent: a day of receipt left out stays so, whatever the day of the work."""
    return digests.digest({**content.as_data(), "received_on": data["received_on"] and data["received_on"].isoformat()})


def _read(content: str) -> dict[str, Any]:
    data = StrictJSONParser().parse(io.BytesIO(content.encode()))
    serializer = BulkRowIn(data=data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _findings(refusal: Exception, row: BulkRow) -> list[dict[str, str]]:
    """
    Return field, rule and words of what is not accepted; nothing of what was sent stands in them.

    A failure is in the log and named as one.
    """
    if isinstance(refusal, ContentRefused):
        return [_finding(one.field, one.rule, one.params.get("most")) for one in refusal.problems]
    if isinstance(refusal, RuleBroken | APIException):
        response = problem_response(refusal, {})
        said = json.loads(json.dumps(response.data, default=str)) if response is not None else {}
        errors = said.get("errors") or [{"field": "body", "rule": said.get("code", "")}]
        return [_finding(one["field"], str(one["rule"])) for one in errors]
    log.error("a row of a job broke off", exc_info=refusal, extra={"job": str(row.job_id), "row": row.position})
    return [_finding("body", "screening_failed")]


def _finding(field: str, rule: str, most: Any = None) -> dict[str, str]:
    return {"field": field, "rule": rule, "message": finding_text(rule, most)}


@shared_task(name="screening.tasks.sweep_shadows")
def sweep_shadows() -> None:
    """Run proposed changes of rules over past applications, each in a task of its own."""
    for change_id in actions.claim_shadows(now=clock.now(), most=20):
        run_shadow.apply_async(kwargs={"change_id": str(change_id)}, expires=60)
    beat("shadow runs", now=clock.now())


@shared_task(name="screening.tasks.run_shadow")
def run_shadow(*, change_id: str) -> None:
    """Run one proposed change over past applications."""
    actions.run_shadow(change_id=UUID(change_id), by=SYSTEM, now=clock.now())

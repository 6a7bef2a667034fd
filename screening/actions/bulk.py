"""Very many applications at once: begin, work on the next row, give up, end. Each row stands for itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import Client
from accounts.principals import authority_of, user_of
from accounts.roles import Principal
from screening.actions.filing import submit_application
from screening.actions.screening import screen_without_filing
from screening.law.applications import ApplicationContent
from screening.law.bulk import MOST_ROWS, JobEvent, JobRefused, JobState, KeyTaken, Mode, RowState
from screening.models import BulkJob, BulkRow, Screening

Finding = Mapping[str, str]


@transaction.atomic
def begin_bulk(*, rows: Sequence[str], mode: str, name: str = "", by: Principal, now: datetime) -> BulkJob:
    """
    Keep very many applications to be worked on, each as a row; nothing is screened yet.

    :param rows: each application as the JSON of one, in order.   :raises JobRefused: for none, or too many.
    """
    if not rows or len(rows) > MOST_ROWS:
        raise JobRefused(field="applications", value=len(rows))
    authority = authority_of(by)
    job = BulkJob(
        authority=authority,
        person=user_of(by),
        client=Client.objects.get(pk=by.id) if by.kind == "client" and by.id else None,
        mode=Mode(mode),
        name=name,
        total=len(rows),
        asked_at=now,
    )
    job.save(force_insert=True)
    BulkRow.objects.bulk_create(
        (
            BulkRow(job=job, authority=authority, position=place, content=content)
            for place, content in enumerate(rows, start=1)
        ),
        batch_size=500,
    )
    audit.record("bulk.begun", subject=job, by=by, at=now, after={"mode": job.mode, "rows": job.total})
    return job


def next_row(job_id: UUID) -> BulkRow | None:
    """Return the next row nobody works on, locked until the transaction ends; None: none is left."""
    rows = BulkRow.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job")
    waiting = rows.filter(job=job_id, job__state=JobState.RUNNING, state=RowState.WAITING)
    return waiting.order_by("position").first()


@transaction.atomic
def take_row(
    *, row: BulkRow, content: ApplicationContent, key: str, digest: str, by: Principal, now: datetime
) -> BulkRow:
    """
    File or screen the application of a row whose lock is held; nothing of what was sent is kept in the row.

    An application filed before under the same key by the authority is named, not filed again.

    :param digest: of what was sent, without what the day of the work fills in.
    :raises KeyTaken: if the key stands for other content.   :raises: as `submit_application`.
    """
    row.key, row.digest = key, digest
    before = _filed_before(row) if row.job.mode == Mode.FILE else None
    if before is not None:
        if before.digest != row.digest:
            raise KeyTaken(field="key", value=key)
        row.application, row.state = before.application, RowState.REPEATED
        row.screening, row.strong, row.possible = before.screening, before.strong, before.possible
    elif row.job.mode == Mode.FILE:
        row.application = submit_application(content=content, by=by, now=now)
        row.screening, row.state = row.application.latest_screening(), RowState.DONE
    else:
        row.screening, _result = screen_without_filing(content=content, by=by, now=now)
        row.state = RowState.DONE
    if row.screening and row.state == RowState.DONE:
        row.strong, row.possible = _hits(row.screening)
    return _done(row, now)


@transaction.atomic
def refuse_row(*, row: BulkRow, key: str, findings: Sequence[Finding], now: datetime) -> BulkRow:
    """Record why the application of a row is not accepted, field by field; the others go on."""
    row.key, row.state, row.findings = key, RowState.REFUSED, [dict(one) for one in findings]
    row.application = row.screening = None
    return _done(row, now)


@transaction.atomic
def end_bulk(*, job_id: UUID, by: Principal, now: datetime) -> bool:
    """Close a job none of whose rows waits any more; return whether it did, or was over."""
    job = BulkJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state != JobState.RUNNING:
        return True
    if job.rows.filter(state=RowState.WAITING).exists():
        return False
    job.advance(JobEvent.FINISH)
    job.finished_at = now
    job.save(update_fields=["state", "finished_at"])
    audit.record("bulk.done", subject=job, by=by, at=now, after=job.counts())
    return True


@transaction.atomic
def cancel_bulk(*, job: BulkJob, by: Principal, now: datetime) -> BulkJob:
    """
    Give a job up: what was filed or screened by then stays, what waited is forgotten.

    :raises TransitionRefused: if it is over.
    """
    job = BulkJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    job.advance(JobEvent.CANCEL)
    job.finished_at = now
    job.save(update_fields=["state", "finished_at"])
    BulkRow.objects.filter(job=job, state=RowState.WAITING).update(content="")  # waits for rows being worked on
    audit.record("bulk.cancelled", subject=job, by=by, at=now, after=job.counts())
    return job


def _filed_before(row: BulkRow) -> BulkRow | None:
    rows = BulkRow.objects.filter(authority_id=row.authority_id, key=row.key, state=RowState.DONE)
    return rows.filter(application__isnull=False).first() if row.key else None


def _hits(screening: Screening) -> tuple[int, int]:
    levels = list(screening.hits.filter(is_own=False).values_list("level", flat=True))
    return levels.count("strong"), levels.count("possible")


def _done(row: BulkRow, now: datetime) -> BulkRow:
    row.content, row.done_at = "", now
    row.save()
    return row

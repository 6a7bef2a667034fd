"""
Uploaded files, worked on: short ones at once within the request, longer ones part by part by the worker.

Whoever works on a file holds an advisory lock that goes with the connection: a worker that is killed lets go at once,
and the next goes on where the rows say. A row is never taken in twice: see `take_in_some`.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from accounts import clock, principals, tenant
from accounts.law.errors import RuleBroken, TransitionRefused
from accounts.models import Authority
from accounts.roles import VISITOR, Principal
from denials.actions import importing
from denials.actions.importing import ACTS, ReadLine
from denials.imports.columns import Meanings, heading_set, key_of, name_of
from denials.imports.plan import Plan, in_parts, make_plan
from denials.imports.rows import Finding
from denials.imports.tables import FileRefused, Row, is_long
from denials.law.jobs import JobEvent, JobState
from denials.models import ColumnMapping, Denial, ImportJob

SMALL: Final = 500  # rows and denials read and taken in within one request, in one transaction
LONGEST_TURN: Final = 60.0  # seconds the worker stays with one file before others have their turn
KEPT_AT_ONCE: Final = 1000  # lines
MOST_ATTEMPTS: Final = 3  # at reading a file on which readers break


def start(
    *,
    content: bytes,
    name: str,
    regime: str,
    authority: Authority,
    by: Principal,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
) -> ImportJob:
    """
    Keep an uploaded file and, where it is short, read it at once.

    :param mapping: heading to field, where said along with the file.
    :raises FileRefused: if it can be seen at once that it is no table of denials.
    """
    digest = hashlib.sha256(content).hexdigest()
    said = {key_of(heading): field for heading, field in (mapping or {}).items()}
    job = importing.upload_file(
        content=content, digest=digest, name=name, regime=regime, authority=authority, by=by, now=now, mapping=said
    )
    if is_long(content):
        return job
    return read_now(job, by=by, now=now)


def read_now(job: ImportJob, *, by: Principal, now: datetime) -> ImportJob:
    """
    Read a file within the request if it is short; leave it to the worker if it turns out to be long.

    :raises FileRefused: if it is no table of denials; then nothing of it is kept.
    """
    try:
        plan = _plan(job, by=by, now=now, most=SMALL, apart=False)
    except FileRefused as refused:
        if refused.rule == "too_many_rows":
            return job
        if refused.rule == "no_known_columns" and refused.headings:
            return _refuse(job, refused, now)
        raise
    return _keep(importing.begin_reading(job_id=job.pk), plan)


def confirm_now(job: ImportJob, *, amend: Collection[int] | None, by: Principal, now: datetime) -> ImportJob:
    """
    Confirm a dry run, and take it in at once where it is short.

    :param amend: positions of the changes ticked, None for all.
    :raises: as `confirm_import`, and for a short file as `take_in_some`; then nothing of it is taken in.
    """
    return _take_in_if_short(importing.confirm_import(job_id=job.pk, amend=amend, by=by, now=now), by, now)


def release_now(job: ImportJob, *, by: Principal, now: datetime) -> ImportJob:
    """
    Release a file that another officer submitted, and take it in at once where it is short.

    :raises: as `release_import`, and for a short file as `take_in_some`; then nothing of it is taken in.
    """
    return _take_in_if_short(importing.release_import(job_id=job.pk, by=by, now=now), by, now)


def _take_in_if_short(job: ImportJob, by: Principal, now: datetime) -> ImportJob:
    if job.rows_total > SMALL:
        return job
    return importing.take_in_some(job_id=job.pk, by=by, now=now, most=SMALL + 1)


def map_now(job: ImportJob, *, mapping: Mapping[str, str], by: Principal, now: datetime) -> ImportJob:
    """
    Say what the columns of a file mean, remember it for the authority, and read the file again.

    :param mapping: heading to field, "" for a column that is not used.   :raises FileRefused: if it cannot be read.
    """
    said = {key_of(heading): field for heading, field in mapping.items()}
    headings = heading_set(map(str, job.headings))
    job = importing.map_columns(job_id=job.pk, mapping=said, heading_set=headings, by=by, now=now)
    return job if is_long(bytes(job.content)) else read_now(job, by=by, now=now)


# ---- the worker --------------------------------------------------------------------------------------------------


def work_on(job_id: UUID) -> None:
    """Do what a file waits for, in turns: read it, or take in its next parts; nothing if another works on it."""
    with _alone(job_id) as free:
        job = ImportJob.objects.filter(pk=job_id).first() if free else None
        if job is None:
            return
        if job.state in (JobState.UPLOADED, JobState.READING):
            _read(job)
        elif job.state == JobState.TAKING_IN:
            _take_in(job_id)


@contextmanager
def _alone(job_id: UUID) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(f"import job {job_id}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _read(job: ImportJob) -> None:
    now = clock.now()
    by = principal_of(job, now)
    try:
        job = importing.begin_reading(job_id=job.pk)
        try:
            if not by.may("denial.import"):
                raise FileRefused("not_permitted")
            if job.attempts > MOST_ATTEMPTS:
                raise FileRefused("unreadable")
            plan = _plan(job, by=by, now=now, apart=True)
        except FileRefused as refused:
            _refuse(job, refused, now)
        else:
            _keep(job, plan)
    except TransitionRefused:  # given up meanwhile
        return


def _take_in(job_id: UUID) -> None:
    ends = monotonic() + LONGEST_TURN
    while monotonic() < ends:
        job = ImportJob.objects.get(pk=job_id)
        if job.state != JobState.TAKING_IN:
            return
        now = clock.now()
        by = principal_of(job, now)
        try:
            _take_in_part(job, by, now)
        except TransitionRefused:  # given up meanwhile
            return


def _take_in_part(job: ImportJob, by: Principal, now: datetime) -> None:
    if not by.may("denial.import"):
        importing.refuse_file(job_id=job.pk, rule="not_permitted", now=now)
        return
    with transaction.atomic():
        tenant.enter(by)
        try:
            importing.take_in_some(job_id=job.pk, by=by, now=now)
        except RuleBroken as refusal:
            if _is_over(refusal):
                raise
        else:
            return
    _take_in_one_by_one(job, by, now)


def _take_in_one_by_one(job: ImportJob, by: Principal, now: datetime) -> None:
    """Find the line of a part that a rule refuses: it is left out, the others are taken in."""
    for _line in range(importing.MOST_AT_ONCE):
        with transaction.atomic():
            tenant.enter(by)
            try:
                job = importing.take_in_some(job_id=job.pk, by=by, now=now, most=1)
            except RuleBroken as refusal:
                if _is_over(refusal):
                    raise
                importing.leave_next(job_id=job.pk, rule=refusal.code)
        if job.state != JobState.TAKING_IN:
            return


def _is_over(refusal: RuleBroken) -> bool:
    return isinstance(refusal, TransitionRefused) and refusal.params.get("event") == JobEvent.FINISH


def principal_of(job: ImportJob, now: datetime) -> Principal:
    """Return who released a file, or else uploaded it, with what that principal may do now."""
    if job.released_by is not None:
        return principals.of_user(job.released_by, at=now)
    if job.person is not None:
        return principals.of_user(job.person, at=now)
    if job.client is not None and job.client.is_active:
        return principals.of_client(job.client, at=now)
    return VISITOR


# ---- a plan as lines ---------------------------------------------------------------------------------------------


def _plan(job: ImportJob, *, by: Principal, now: datetime, apart: bool, **bounds: Any) -> Plan:
    given: dict[str, Any] = {"name": job.name, "authority": job.authority, "regime": job.regime, "now": now}
    remembered = dict(ColumnMapping.objects.filter(authority=job.authority).values_list("heading_set", "mapping"))
    meanings = Meanings(said=job.mapping, remembered=remembered)
    return make_plan(bytes(job.content), **given, **bounds, meanings=meanings, apart=apart, by=by)


def _refuse(job: ImportJob, refused: FileRefused, now: datetime) -> ImportJob:
    return importing.refuse_file(
        job_id=job.pk,
        rule=refused.rule,
        place=refused.place,
        value=refused.value,
        headings=refused.headings,
        now=now,
    )


def _keep(job: ImportJob, plan: Plan) -> ImportJob:
    lines = _lines(plan)
    at = 0
    for some in in_parts(lines, KEPT_AT_ONCE):
        importing.keep_lines(job_id=job.pk, lines=some, first=at, total=len(lines))
        at += len(some)
    counts = Counter(line.kind for line in lines)
    counts["to_know"] = sum(1 for line in lines if line.kind != "error" and line.findings)
    meant = {key_of(column.heading): name_of(column) for column in plan.table.columns}
    meant |= {key_of(heading): "" for heading in plan.table.headings if heading and key_of(heading) not in meant}
    return importing.end_reading(
        job_id=job.pk,
        outline=plan.outline(),
        headings=[heading for heading in plan.table.headings if heading],
        mapping=meant,
        counts=counts,
    )


def _lines(plan: Plan) -> list[ReadLine]:
    """The lines of a dry run in the order of the file: denials, and rows that could not be read."""
    rows = {row.number: row for row in plan.table.rows}
    wrong, noted = _by_row(plan.errors), _by_row(plan.warnings)
    versions = _versions([line.held for line in plan.lines if line.kind == "changed" and line.held])
    lines = [
        ReadLine(row, "error", rule=found[0].rule, findings=_data(found), cells=_texts(rows.get(row)))
        for row, found in wrong.items()
    ]
    for line in plan.lines:
        denial = line.denial
        found = [one for row in (denial.rows or (denial.row,)) for one in noted.get(row, ())]
        refused = line.kind == "conflict"
        lines.append(
            ReadLine(
                denial.row,
                line.kind,
                denial=denial if line.kind in (*ACTS, "conflict") else None,
                held=line.held,
                held_version=versions.get(line.held) if line.held else None,
                rule=line.rule,
                value=line.value,
                findings=_data([Finding(denial.row, "reference", line.rule, line.value), *found] if refused else found),
                cells=_texts(rows.get(denial.row)) if refused else (),
            )
        )
    return sorted(lines, key=lambda one: one.row)


def _by_row(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.row, []).append(one)
    return found


def _data(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [one.as_data() for one in findings]


def _texts(row: Row | None) -> list[str]:
    return [text[:1000] for text in row.texts] if row else []


def _versions(held: Sequence[UUID]) -> dict[UUID, int]:
    return {
        pk: number
        for some in in_parts(held, KEPT_AT_ONCE)
        for pk, number in Denial.objects.filter(pk__in=some).values_list("pk", "current__number")
    }

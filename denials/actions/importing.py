"""An uploaded file on its way into the register: kept, read, confirmed, taken in part by part, given up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from accounts import audit, principals
from accounts.law.errors import NotCompetent, ReasonMissing, RuleBroken, TransitionRefused
from accounts.models import Authority
from accounts.roles import Principal
from denials import notices
from denials.actions.changes import amended
from denials.actions.history import HistoricDenial, one_file_at_a_time, register_rows
from denials.actions.register import own_denial
from denials.actions.second import needs_release
from denials.law.jobs import UNCONFIRMED, JobEvent, JobState
from denials.law.kept import content_of
from denials.law.lifecycle import FileWithoutSecondOfficer, OwnSubmission
from denials.law.regimes import last_rules
from denials.models import ColumnMapping, Denial, ImportedFile, ImportedRow, ImportJob, ImportLine, ProposedAct

MOST_AT_ONCE: Final = 500  # denials taken in by one transaction
_OUTCOMES: Final = (
    "UPDATE {table} AS line SET outcome = given.outcome, rule = given.rule, value = given.value, "
    "denial_id = given.denial "
    "FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::uuid[]) "
    "AS given(id, outcome, rule, value, denial) WHERE line.id = given.id"
)
ACTS: Final = ("new", "changed")  # the kinds of lines something may come of


class NothingToTakeIn(RuleBroken):
    """The file holds nothing the register does not hold, or rows that could not be read."""

    code = "nothing_to_take_in"
    conflict = False


class AmendingNotPermitted(RuleBroken):
    """A row that changes a denial is an amendment: whoever takes it in must be allowed to amend."""

    code = "amending_not_permitted"


@dataclass(frozen=True)
class ReadLine:
    """A line of a dry run, as it is kept; `denial` is None for a row that could not be read."""

    row: int
    kind: str
    denial: HistoricDenial | None = None
    held: UUID | None = None
    held_version: int | None = None
    rule: str = ""
    value: str = ""
    findings: Sequence[Mapping[str, object]] = ()
    cells: Sequence[str] = ()


# ---- upload and mapping ------------------------------------------------------------------------------------------


@transaction.atomic
def upload_file(
    *,
    content: bytes,
    digest: str,
    name: str,
    regime: str,
    authority: Authority,
    by: Principal,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
) -> ImportJob:
    """
    Keep an uploaded file; nothing of it is read yet.

    :param mapping: what headings mean, where said along with the file.   :raises NotCompetent: for the system.
    """
    if by.kind not in ("user", "client") or by.authority_id != authority.pk:
        raise NotCompetent(by.authority_code, regime)
    job = ImportJob(authority=authority, name=name[:255], regime=regime, uploaded_at=now, digest=digest)
    job.person_id, job.client_id = (by.id, None) if by.kind == "user" else (None, by.id)
    job.content, job.mapping = content, dict(mapping or {})
    job.save(force_insert=True)
    return job


@transaction.atomic
def map_columns(
    *, job_id: UUID, mapping: Mapping[str, str], heading_set: str, by: Principal, now: datetime
) -> ImportJob:
    """
    Say what the columns of a file mean; it is read again, and the authority's next file with its headings alike.

    :param mapping: folded heading to field, "" for a column not used.
    :raises TransitionRefused: once it is confirmed or given up.
    """
    job = _own_job(job_id, by)
    job.advance(JobEvent.MAP)
    job.mapping, job.rule, job.place, job.value, job.finished_at = dict(mapping), "", "", "", None
    job.attempts = 0
    job.lines.all().delete()
    job.save()
    ColumnMapping.objects.update_or_create(
        authority=job.authority,
        heading_set=heading_set,
        defaults={"mapping": dict(mapping), "saved_at": now, "saved_by": principals.user_of(by)},
    )
    return job


# ---- reading -----------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_reading(*, job_id: UUID) -> ImportJob:
    """Note that a file is being read; what an earlier reader that was killed had kept of it is thrown away."""
    job = _job(job_id)
    job.advance(JobEvent.READ)
    job.lines.all().delete()
    job.rows_done = job.rows_total = 0
    job.attempts += 1
    job.save()
    return job


@transaction.atomic
def keep_lines(*, job_id: UUID, lines: Sequence[ReadLine], first: int, total: int) -> None:
    """
    Keep some lines of a dry run, and how far it is.

    :param first: position of the first.   :raises TransitionRefused: if the file was given up meanwhile.
    """
    job = _job(job_id)
    if job.state != JobState.READING:
        raise TransitionRefused(job.state, JobEvent.PLAN)
    ImportLine.objects.bulk_create([_line(job, at, one) for at, one in enumerate(lines, start=first)])
    job.rows_done, job.rows_total = first + len(lines), total
    job.save(update_fields=["rows_done", "rows_total"])


def _line(job: ImportJob, position: int, one: ReadLine) -> ImportLine:
    line = ImportLine(job=job, position=position, row=one.row, kind=one.kind, rule=one.rule, value=one.value[:500])
    line.findings, line.cells = [dict(found) for found in one.findings], list(one.cells)
    line.held_id, line.held_version = one.held, one.held_version
    if one.denial is not None:
        line.issuer_id, line.fingerprint = one.denial.issuer.pk, one.denial.fingerprint
        line.content, line.siblings_key = one.denial.content.as_data(), one.denial.siblings_key
    return line


@transaction.atomic
def end_reading(
    *,
    job_id: UUID,
    outline: Mapping[str, Any],
    headings: Sequence[str],
    mapping: Mapping[str, str],
    counts: Mapping[str, int],
) -> ImportJob:
    """Keep what a file is; its dry run is ready to be shown."""
    job = _job(job_id)
    job.advance(JobEvent.PLAN)
    job.outline, job.headings, job.mapping, job.counts = dict(outline), list(headings), dict(mapping), dict(counts)
    job.rows_done = job.rows_total
    job.save()
    return job


@transaction.atomic
def refuse_file(
    *, job_id: UUID, rule: str, place: str = "", value: str = "", headings: Sequence[str] = (), now: datetime
) -> ImportJob:
    """Note by which rule a file is refused; with its headings, where only their meaning is not known."""
    job = _job(job_id)
    job.advance(JobEvent.REFUSE)
    job.rule, job.place, job.value, job.finished_at = rule, _line_of(place), _line_of(value), now
    job.headings = list(headings) or job.headings
    job.save()
    return job


def _line_of(text: str) -> str:
    return " ".join(text.split())[:255]


# ---- taking in ---------------------------------------------------------------------------------------------------


@transaction.atomic
def tick_changes(*, job_id: UUID, shown: Collection[int], ticked: Collection[int], by: Principal) -> None:
    """
    Note which of the changes shown are to be taken in as amendments; nothing is taken in yet.

    :param shown: positions of the lines that could be ticked.   :raises TransitionRefused: if it is not ready.
    """
    job = _own_job(job_id, by)
    if shown and job.state != JobState.READY:
        raise TransitionRefused(job.state, JobEvent.CONFIRM)
    changed = job.lines.filter(kind="changed", position__in=shown)
    changed.filter(position__in=ticked).update(ticked=True)
    changed.exclude(position__in=ticked).update(ticked=False)


@transaction.atomic
def confirm_import(*, job_id: UUID, amend: Collection[int] | None = (), by: Principal, now: datetime) -> ImportJob:
    """
    Confirm a dry run: its new denials are taken in, and the changes ticked as amendments of the own denials.

    :param amend: positions of lines ticked besides those that are, None for all.
    :raises NothingToTakeIn: if rows could not be read, or nothing is new or ticked.
    :raises AmendingNotPermitted: if a change is ticked by who may not amend.
    :raises FileWithoutSecondOfficer: where the authority has chosen that another officer releases its denials.
    :raises TransitionRefused: if it is not ready, or confirmed already.
    """
    job = _own_job(job_id, by)
    if job.state == JobState.SUBMITTED or needs_release(job.authority, now):
        raise FileWithoutSecondOfficer()
    job.advance(JobEvent.CONFIRM)
    _tick(job, amend, by)
    job.confirmed_at, job.rule, job.value = now, "", ""  # it may have been returned once
    job.save()
    return job


@transaction.atomic
def submit_import(*, job_id: UUID, amend: Collection[int] | None = (), by: Principal, now: datetime) -> ImportJob:
    """
    Lay a dry run before a second officer, as it is shown; from then on it is not read again and nothing is ticked.

    :param amend: as `confirm_import`.   :raises: as `confirm_import`, but for the second officer.
    """
    job = _own_job(job_id, by)
    job.advance(JobEvent.SUBMIT)
    _tick(job, amend, by)
    job.submitted_at, job.rule, job.value = now, "", ""
    job.save()
    audit.record("denial.file_submitted", subject=job, by=by, at=now, after={"digest": job.digest})
    return job


@transaction.atomic
def release_import(*, job_id: UUID, by: Principal, now: datetime) -> ImportJob:
    """
    Confirm what another officer submitted; it is taken in as it was shown.

    :raises OwnSubmission: to whoever uploaded it.   :raises TransitionRefused: if it was not submitted.
    :raises AmendingNotPermitted: if a change is ticked and the second officer may not amend.
    """
    job = _submitted(job_id, by, JobEvent.CONFIRM)
    if by.id in (job.person_id, job.client_id):
        raise OwnSubmission()
    _tick(job, (), by)
    job.confirmed_at, job.released_by = now, principals.user_of(by)
    job.save()
    audit.record("denial.file_released", subject=job, by=by, at=now, after={"digest": job.digest})
    return job


@transaction.atomic
def return_import(*, job_id: UUID, reason: str, by: Principal, now: datetime) -> ImportJob:
    """
    Give a submitted file back, with the reason; whoever submitted it may take it back too.

    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it was not submitted.
    """
    job = _submitted(job_id, by, JobEvent.RETURN)
    if not reason.strip():
        raise ReasonMissing()
    job.rule, job.value = "returned", _line_of(reason)
    job.save()
    audit.record("denial.file_returned", subject=job, by=by, at=now, after={"reason": reason})
    return job


def _submitted(job_id: UUID, by: Principal, event: JobEvent) -> ImportJob:
    """Return a submitted file of the own authority, moved on."""
    job = _job(job_id)
    if by.authority_id != job.authority_id or by.id is None:
        raise NotCompetent(by.authority_code, job.regime)
    if job.state != JobState.SUBMITTED:
        raise TransitionRefused(job.state, event)
    job.advance(event)
    return job


def _tick(job: ImportJob, amend: Collection[int] | None, by: Principal) -> None:
    """Tick changes besides those that are, and refuse a file of which nothing would be taken in."""
    changed = job.lines.filter(kind="changed")
    (changed if amend is None else changed.filter(position__in=amend)).update(ticked=True)
    if not by.may("denial.amend") and changed.filter(ticked=True).exists():
        raise AmendingNotPermitted()
    job.rows_total, job.rows_done = _to_take_in(job).count(), 0
    if job.counts.get("error") or not job.rows_total:
        raise NothingToTakeIn()


@transaction.atomic
def take_in_some(*, job_id: UUID, by: Principal, now: datetime, most: int = MOST_AT_ONCE) -> ImportJob:
    """
    Take in the next lines of a confirmed file; the last ends it. Each line is taken in once, whoever works on it.

    What came into the register since the dry run is left as it is, and the line says so.
    :raises: as `register_historic_denial` and `amend_denial`; then nothing of these lines is taken in.
    """
    job = _job(job_id)
    if job.state != JobState.TAKING_IN:
        raise TransitionRefused(job.state, JobEvent.FINISH)
    one_file_at_a_time(job.authority)
    lines = list(_to_take_in(job).order_by("position").select_related("issuer__state")[:most])
    job.file = job.file or _begin_file(job, by, now)
    _leave_what_came_since(job, lines)
    _hold_amended(lines, now)
    _register([one for one in lines if one.kind == "new" and not one.outcome], job.file, by, now)
    for line in lines:
        if line.kind == "changed" and not line.outcome:
            _amend(line, job.file, by, now)
    _note_outcomes(lines)
    outcomes = [one.outcome for one in lines]
    job.taken_in += outcomes.count("registered")
    job.amended += outcomes.count("amended")
    job.rows_done += len(lines)
    if len(lines) < most or not _to_take_in(job).exists():
        _finish(job, by, now)
    job.save()
    return job


@transaction.atomic
def leave_next(*, job_id: UUID, rule: str, value: str = "") -> None:
    """Leave the next line of a confirmed file out, with the rule that refuses it."""
    job = _job(job_id)
    line = _to_take_in(job).order_by("position").first()
    if line is not None and job.state == JobState.TAKING_IN:
        _leave(line, rule, value)
        line.save()
        job.rows_done += 1
        job.save(update_fields=["rows_done"])


@transaction.atomic
def cancel_import(*, job_id: UUID, by: Principal, now: datetime) -> ImportJob:
    """
    Give a file up; denials already taken in stay, as the register forgets nothing.

    :raises TransitionRefused: if it is over.
    """
    job = _own_job(job_id, by)
    job.advance(JobEvent.CANCEL)
    _close(job, now)
    job.save()
    return job


@transaction.atomic
def forget_files(*, before: datetime, now: datetime) -> int:
    """
    Empty the content and the lines of files whose job was over by then; what they became stays.

    A file uploaded before then that was never confirmed is given up.
    """
    waiting = ImportJob.objects.filter(uploaded_at__lt=before, state__in=UNCONFIRMED).select_for_update(of=("self",))
    for job in waiting.order_by("pk")[:100]:
        job.advance(JobEvent.CANCEL)
        job.finished_at = now
        job.save(update_fields=["state", "finished_at"])
    over = Q(finished_at__lt=before) | Q(uploaded_at__lt=before, state=JobState.CANCELLED)
    jobs = ImportJob.objects.filter(over).exclude(content=b"")
    ids = list(jobs.values_list("pk", flat=True)[:100])
    ImportLine.objects.filter(job__in=ids).delete()
    return ImportJob.objects.filter(pk__in=ids).update(content=b"")


def _note_outcomes(lines: Sequence[ImportLine]) -> None:
    """Write what came of each line, in one statement."""
    if not lines:
        return
    columns = zip(*((one.pk, one.outcome, one.rule, one.value, one.denial_id) for one in lines), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_OUTCOMES.format(table=ImportLine._meta.db_table), [list(column) for column in columns])


def _to_take_in(job: ImportJob) -> Any:
    return job.lines.filter(Q(kind="new") | Q(kind="changed", ticked=True), outcome="")


def _begin_file(job: ImportJob, by: Principal, now: datetime) -> ImportedFile:
    file = ImportedFile(authority=job.authority, name=job.name, digest=job.digest, imported_at=now, report=job.outline)
    file.imported_by = principals.user_of(by)
    file.save(force_insert=True)
    return file


def _leave(line: ImportLine, rule: str, value: str = "") -> None:
    line.outcome, line.rule, line.value = "left", rule, value[:500]


def _leave_what_came_since(job: ImportJob, lines: Iterable[ImportLine]) -> None:
    """Leave rows that are in the register by now: the same row, or its reference with whatever content."""
    new = [one for one in lines if one.kind == "new"]
    prints = {one.fingerprint for one in new}
    known = set(ImportedRow.objects.filter(fingerprint__in=prints).values_list("authority_id", "fingerprint"))
    held = _held_since(job, new)
    for line in new:
        reference = str((line.content or {}).get("source_reference", ""))
        if (line.issuer_id, line.fingerprint) in known:
            _leave(line, "taken_in_meanwhile")
        elif (line.issuer_id, reference, (line.content or {}).get("regime")) in held:
            _leave(line, "reference_held", reference)


def _held_since(job: ImportJob, new: Sequence[ImportLine]) -> set[tuple[Any, str, Any]]:
    """References in the register that did not come from this very file; of a file that states references."""
    if not new or not {"reference", "regime_reference"} & set(job.outline.get("columns", {}).values()):
        return set()
    references = {str((one.content or {}).get("source_reference", "")) for one in new} - {""}
    held = Denial.objects.notified().filter(authority__in={one.issuer_id for one in new})
    held = held.filter(source_reference__in=references).exclude(status="withdrawn")
    if job.file_id:
        held = held.exclude(imported_rows__file=job.file_id)
    return set(held.values_list("authority_id", "source_reference", "regime"))


def _register(lines: Sequence[ImportLine], file: ImportedFile, by: Principal, now: datetime) -> None:
    denials = [
        HistoricDenial(content_of(one.content or {}), one.issuer, one.row, one.fingerprint, one.siblings_key)
        for one in lines
        if one.issuer is not None
    ]
    registered = register_rows(file=file, denials=denials, by=by, now=now)
    for line, denial in zip(lines, registered, strict=True):
        line.outcome, line.denial = "registered", denial


def _hold_amended(lines: Sequence[ImportLine], now: datetime) -> None:
    """
    Lock what the lines amend, in one order, and note who will be told, before the register's numbers are locked.

    An act upon one of them, or an export, takes its locks in this order too; none waits for another in a circle.
    """
    changed = {one.held_id: one for one in lines if one.kind == "changed" and not one.outcome}
    held = Denial.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=changed).order_by("pk")
    for denial in held.select_related("current", "authority__state"):
        if _is_as_read(denial, changed[denial.pk]):
            today = denial.authority.day_of(now)
            notices.note(denial, rules=last_rules(denial.regime, today), on=today, now=now)


def _is_as_read(denial: Denial, line: ImportLine) -> bool:
    return denial.current is not None and denial.current.number == line.held_version and denial.status == "in_force"


def _amend(line: ImportLine, file: ImportedFile, by: Principal, now: datetime) -> None:
    held = Denial.objects.select_for_update(of=("self",), no_key=True)
    denial = held.select_related("current").get(pk=line.held_id)
    if not _is_as_read(denial, line):
        _leave(line, "changed_meanwhile")
        return
    if not by.may("denial.amend"):
        _leave(line, "not_permitted")
        return
    if ProposedAct.objects.filter(denial=denial).exists():
        _leave(line, "proposal_waits")
        return
    content = content_of(line.content or {})
    denial = own_denial(denial.pk, by)
    result = amended(denial, content, by=by, now=now, reason=_reason(line))
    row = ImportedRow(file=file, authority_id=denial.authority_id, fingerprint=line.fingerprint, row_number=line.row)
    row.denial = result
    row.save(force_insert=True)
    line.outcome, line.denial = "amended", result


def _reason(line: ImportLine) -> str:
    """What all members read; the name of the file stays with the file, inside the authority."""
    return f"Amended from a file, row {line.row}"


def _finish(job: ImportJob, by: Principal, now: datetime) -> None:
    job.advance(JobEvent.FINISH)
    _close(job, now)
    if job.file is not None:
        after = {"digest": job.digest, "denials": job.taken_in, "amended": job.amended}
        audit.record("denial.file_taken_in", subject=job.file, by=by, at=now, after=after)


def _close(job: ImportJob, now: datetime) -> None:
    """Say in the file's report exactly what went in."""
    job.finished_at = now
    if job.file is not None:
        done = {"taken_in": job.taken_in, "amended": job.amended, "state": job.state, "lines": job.counts}
        job.file.report = {**job.outline, **done}
        job.file.save(update_fields=["report"])


def _job(job_id: UUID) -> ImportJob:
    job: ImportJob = (
        ImportJob.objects.select_for_update(of=("self",)).select_related("authority__state", "file").get(pk=job_id)
    )
    return job


def _own_job(job_id: UUID, by: Principal) -> ImportJob:
    job = _job(job_id)
    if by.id not in (job.person_id, job.client_id) or by.id is None:
        raise NotCompetent(by.authority_code, job.regime)
    return job

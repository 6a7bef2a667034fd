"""Bring denials of the past into the register: in force, the day of notification unknown, nobody is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from accounts import audit, principals
from accounts.models import Authority
from accounts.roles import Principal
from denials import fields, search
from denials.actions.register import (
    check_competent,
    check_regime,
    new_denial,
    next_references,
    rules_then,
    unknown_places,
)
from denials.actions.second import needs_release
from denials.law.content import ContentRefused, DenialContent, check_plausible
from denials.law.lifecycle import Event, FileWithoutSecondOfficer
from denials.models import Denial, DenialVersion, ImportedFile, ImportedRow, RegisterChange
from denials.models import content as rows


@dataclass(frozen=True)
class HistoricDenial:
    """A denial of the past as read from a row; the fingerprint makes the row known when it comes again."""

    content: DenialContent
    issuer: Authority
    row: int = 0
    fingerprint: str = ""
    siblings_key: UUID | None = None
    rows: tuple[int, ...] = ()


@transaction.atomic
def register_historic_denial(
    *,
    content: DenialContent,
    authority: Authority,
    by: Principal,
    now: datetime,
    siblings_key: UUID | None = None,
) -> Denial:
    """
    Register one denial of the past; what its source leaves open stays open.

    :raises ContentRefused: values no denial can have.   :raises NotForeseen: a regime not known.
    :raises NotCompetent: if the authority was not competent for the regime on the day of decision.
    """
    return _register([HistoricDenial(content, authority, siblings_key=siblings_key)], by=by, now=now)[0]


def one_file_at_a_time(authority: Authority) -> None:
    """Let one file of an authority be taken in after another, so that the same rows are never new to both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {authority.pk}"])


@transaction.atomic
def take_in_file(
    *,
    name: str,
    digest: str,
    denials: Sequence[HistoricDenial],
    authority: Authority,
    report: dict[str, Any],
    by: Principal,
    now: datetime,
) -> ImportedFile:
    """
    Register the new denials of a file and keep which row each came from.

    :param digest: SHA-256 of the file.   :param report: what was found, kept with the file.
    :raises FileWithoutSecondOfficer: where the authority has chosen that another officer releases its denials, unless
        the operator takes the file in.
    :raises: as `register_historic_denial`; then nothing of the file is kept.
    """
    if by.kind != "system" and needs_release(authority, now):
        raise FileWithoutSecondOfficer()
    file = ImportedFile(
        authority=authority,
        name=name[:255],
        digest=digest,
        imported_at=now,
        imported_by=principals.user_of(by),
        report=report,
    )
    file.save(force_insert=True)
    register_rows(file=file, denials=denials, by=by, now=now)
    audit.record("denial.file_taken_in", subject=file, by=by, at=now, after={"digest": digest, "denials": len(denials)})
    return file


@transaction.atomic
def register_rows(
    *, file: ImportedFile, denials: Sequence[HistoricDenial], by: Principal, now: datetime
) -> list[Denial]:
    """
    Register denials of a file, and keep which row each came from.

    :raises: as `register_historic_denial`; then none is kept.
    """
    registered = _register(denials, by=by, now=now)
    ImportedRow.objects.bulk_create(
        ImportedRow(file=file, authority=one.issuer, fingerprint=one.fingerprint, row_number=one.row, denial=denial)
        for one, denial in zip(denials, registered, strict=True)
    )
    return registered


def _register(denials: Sequence[HistoricDenial], *, by: Principal, now: datetime) -> list[Denial]:
    """Check all, then write all: rows first, then the numbers of the register under its lock."""
    _check(denials, now)
    registered = [_denial(one, by, now) for one in denials]
    days = [_decided(one, now) for one in denials]
    rules = [
        rules_then(one.content.regime, day, one.issuer.day_of(now)) for one, day in zip(denials, days, strict=True)
    ]
    next_references(registered, rules, [day.year for day in days])
    versions = _versions(denials, registered, days, by, now)
    for denial, version in zip(registered, versions, strict=True):
        denial.current_id = version.pk
    Denial.objects.bulk_create(registered)
    DenialVersion.objects.bulk_create(versions)
    rows.write_parts([(version, one.content) for version, one in zip(versions, denials, strict=True)])
    _number(registered, versions, now)
    search.index(registered, [(version, one.content) for version, one in zip(versions, denials, strict=True)])
    entered = zip(registered, denials, strict=True)
    audit.record_many("denial.registered", ((row, None, one.content.as_data()) for row, one in entered), by=by, at=now)
    return registered


def _check(denials: Sequence[HistoricDenial], now: datetime) -> None:
    for one in denials:
        check_regime(one.content.regime)
        check_plausible(one.content, one.issuer.day_of(now), fields.marking_ceiling())
    if problems := unknown_places([one.content for one in denials]):
        raise ContentRefused(problems)
    prefetch_related_objects([one.issuer for one in denials], "competences")
    for issuer, regime, day in {(one.issuer, one.content.regime, _decided(one, now)) for one in denials}:
        check_competent(issuer, regime, day)


def _decided(one: HistoricDenial, now: datetime) -> date:
    return one.content.decided_on or one.issuer.day_of(now)


def _denial(one: HistoricDenial, by: Principal, now: datetime) -> Denial:
    denial = new_denial(one.content, one.issuer, by, now, one.siblings_key)
    denial.is_historic = True
    denial.advance(Event.REGISTER)
    return denial


def _versions(
    denials: Sequence[HistoricDenial], registered: Sequence[Denial], days: Sequence[date], by: Principal, now: datetime
) -> list[DenialVersion]:
    person, versions = principals.user_of(by), []
    for one, denial, day in zip(denials, registered, days, strict=True):
        version = DenialVersion(denial=denial, kind=Event.REGISTER, status=denial.status, valid_from=day)
        version.recorded_at, version.recorded_by = now, person
        rows.set_columns(version, one.content)
        versions.append(version)
    return versions


def _number(registered: Sequence[Denial], versions: Sequence[DenialVersion], now: datetime) -> None:
    ledger = audit.lock_ledger()
    first = ledger.register_sequence + 1
    RegisterChange.objects.bulk_create(
        RegisterChange(
            sequence=number,
            denial=denial,
            version=version,
            kind=Event.REGISTER,
            regime=denial.regime,
            recorded_at=now,
        )
        for number, (denial, version) in enumerate(zip(registered, versions, strict=True), start=first)
    )
    ledger.register_sequence += len(registered)
    ledger.save(update_fields=["register_sequence"])

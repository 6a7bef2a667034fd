"""The audit trail: one record per act, written in the act's own transaction."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from accounts.law import digests
from accounts.models import AuditRecord, AuditSalt, Ledger
from accounts.roles import Principal

BATCH = 1000  # rows of one statement


def lock_ledger() -> Ledger:
    """Return the ledger, locked until commit: what is numbered under it is gapless in commit order."""
    return Ledger.objects.select_for_update().get(id=1)


def record(
    act: str,
    *,
    subject: models.Model,
    by: Principal,
    at: datetime,
    before: Any = None,
    after: Any = None,
) -> AuditRecord:
    """
    Append one record to the chain.

    :param act: what was done, e.g. `denial.notified`.   :param at: when it was recorded, aware.
    :param before: JSON-like content before the act; only its salted digest is kept.   :param after: likewise.
    """
    return record_many(act, [(subject, before, after)], by=by, at=at)[0]


def record_many(
    act: str, subjects: Iterable[tuple[models.Model, Any, Any]], *, by: Principal, at: datetime
) -> list[AuditRecord]:
    """
    Append a record for each subject, in order: the chain is locked once and written in one go.

    :param subjects: each with its content before and after, as for `record`.
    """
    ledger = lock_ledger()
    chain, salts = [], []
    for subject, before, after in subjects:
        salt = secrets.token_hex(16)
        entry = _next(ledger, act, subject, by, at, digests.salted(before, salt), digests.salted(after, salt))
        chain.append(entry)
        salts.append(AuditSalt(record=entry, value=salt))
    AuditRecord.objects.bulk_create(chain, batch_size=BATCH)
    AuditSalt.objects.bulk_create(salts, batch_size=BATCH)
    ledger.save(update_fields=["audit_sequence", "audit_hash"])
    return chain


def _next(
    ledger: Ledger, act: str, subject: models.Model, by: Principal, at: datetime, before: str, after: str
) -> AuditRecord:
    """Link the next record to the ledger's head, which it becomes; nothing is written."""
    columns = {
        "sequence": ledger.audit_sequence + 1,
        "recorded_at": at.isoformat(),
        "actor_kind": by.kind,
        "actor_id": str(by.id or ""),
        "authority_id": str(by.authority_id or ""),
        "act": act,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "digest_before": before,
        "digest_after": after,
    }
    entry = AuditRecord(
        **{**columns, "recorded_at": at, "authority_id": by.authority_id},
        previous_hash=ledger.audit_hash,
        hash=digests.link(ledger.audit_hash, columns),
    )
    ledger.audit_sequence, ledger.audit_hash = entry.sequence, entry.hash
    return entry


def columns_of(entry: AuditRecord) -> dict[str, Any]:
    """Return the columns the hash covers, in the form they were hashed in."""
    return {
        "sequence": entry.sequence,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor_kind": entry.actor_kind,
        "actor_id": entry.actor_id,
        "authority_id": str(entry.authority_id or ""),
        "act": entry.act,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "digest_before": entry.digest_before,
        "digest_after": entry.digest_after,
    }


def first_broken() -> AuditRecord | None:
    """Return the first record whose number or hash does not follow from the one before, None where all hold."""
    previous, expected = digests.GENESIS, 1
    for entry in AuditRecord.objects.order_by("sequence").iterator(chunk_size=2000):
        sound = entry.sequence == expected and entry.previous_hash == previous
        if not sound or entry.hash != digests.link(previous, columns_of(entry)):
            return entry
        previous, expected = entry.hash, expected + 1
    return None

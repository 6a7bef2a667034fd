"""The chain: each record linked to the one before it by hash, and sealed under the exchange's key."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from json.encoder import encode_basestring as _quoted  # as the canonical form writes text
from typing import Any

from django.db import models

from accounts.audit import keys, receipts
from accounts.law import digests
from accounts.law.witness import written
from accounts.models import AuditRecord, AuditSalt, Ledger
from accounts.roles import Principal

BATCH = 1000  # rows of one statement
FORM = 2  # the columns of a record as `columns_of` lists them
#: Where an act says why, in what it records.
REASONS = ("reason", "reasons", "explanation")


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
    reason: str = "",
) -> AuditRecord:
    """
    Append one record to the chain; its author is given a receipt where the act is one that has receipts.

    :param act: what was done, e.g. `denial.notified`.   :param at: when it was recorded, aware.
    :param before: JSON-like content before the act; only its salted digest is kept.   :param after: likewise.
    :param reason: why, in words; where it is not given, what `after` says of it counts.
    """
    return record_many(act, [(subject, before, after)], by=by, at=at, reason=reason)[0]


def record_many(
    act: str, subjects: Iterable[tuple[models.Model, Any, Any]], *, by: Principal, at: datetime, reason: str = ""
) -> list[AuditRecord]:
    """
    Append a record for each subject, in order: the chain is locked once and written in one go.

    :param subjects: each with its content before and after, as for `record`.
    """
    ledger = lock_ledger()
    chain, salts, contents = [], [], []
    for subject, before, after in subjects:
        salt, why = secrets.token_hex(16), reason or _reason_in(after)
        columns = {
            "recorded_at": at,
            **_actor(by),
            "act": act,
            "subject_type": subject._meta.label_lower,
            "subject_id": str(subject.pk),
            "digest_before": digests.salted(before, salt),
            "digest_after": digests.salted(after, salt),
            "digest_reason": digests.salted(why or None, salt),
            "digest_salt": digests.digest(salt),
        }
        entry = linked(ledger, columns)
        chain.append(entry)
        salts.append(AuditSalt(record=entry, value=salt, reason=reason))
        contents.append(after)
    append(ledger, chain, salts)
    receipts.issue(chain, contents, by=by, at=at)
    return chain


def append(ledger: Ledger, chain: list[AuditRecord], salts: list[AuditSalt]) -> None:
    """Write records that were linked to a locked ledger, and the ledger's new head."""
    AuditRecord.objects.bulk_create(chain, batch_size=BATCH)
    AuditSalt.objects.bulk_create(salts, batch_size=BATCH)
    ledger.save(update_fields=["audit_sequence", "audit_hash"])


def linked(ledger: Ledger, columns: Mapping[str, Any]) -> AuditRecord:
    """Return the next record, linked to the ledger's head, which it becomes; nothing is written."""
    entry = AuditRecord(sequence=ledger.audit_sequence + 1, previous_hash=ledger.audit_hash, form=FORM, **columns)
    entry.hash = digests.link(entry.previous_hash, columns_of(entry))
    key = keys.present()
    entry.seal = key.sealed(entry.hash) if key else ""
    ledger.audit_sequence, ledger.audit_hash = entry.sequence, entry.hash
    return entry


def columns_of(entry: Any) -> dict[str, Any]:
    """Return the columns the hash covers, in the form they were hashed in."""
    first = {
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
    if entry.form == 1:
        return first
    later = {"digest_reason": entry.digest_reason, "digest_salt": entry.digest_salt, "form": entry.form}
    return {**first, "recorded_at": written(entry.recorded_at), **later}


def hash_of(entry: Any) -> str:
    """Return the hash a record must have, as `digests.link` makes it of its columns; written out, for very many."""
    if entry.form != FORM:
        return digests.link(entry.previous_hash, columns_of(entry))
    text = (
        f'{{"act":{_quoted(entry.act)},"actor_id":{_quoted(entry.actor_id)},"actor_kind":{_quoted(entry.actor_kind)},'
        f'"authority_id":"{entry.authority_id or ""}","digest_after":{_quoted(entry.digest_after)},'
        f'"digest_before":{_quoted(entry.digest_before)},"digest_reason":{_quoted(entry.digest_reason)},'
        f'"digest_salt":{_quoted(entry.digest_salt)},"form":{FORM},"recorded_at":"{written(entry.recorded_at)}",'
        f'"sequence":{entry.sequence},"subject_id":{_quoted(entry.subject_id)},'
        f'"subject_type":{_quoted(entry.subject_type)}}}'
    )
    return sha256(f"{entry.previous_hash}{text}".encode()).hexdigest()


def first_broken() -> AuditRecord | None:
    """Return the first record whose number or hash does not follow from the one before, None where all hold."""
    previous, expected = digests.GENESIS, 1
    for entry in AuditRecord.objects.order_by("sequence").iterator(chunk_size=2000):
        sound = entry.sequence == expected and entry.previous_hash == previous
        if not sound or entry.hash != digests.link(previous, columns_of(entry)):
            return entry
        previous, expected = entry.hash, expected + 1
    return None


def _actor(by: Principal) -> dict[str, Any]:
    return {"actor_kind": by.kind, "actor_id": str(by.id or ""), "authority_id": by.authority_id}


def _reason_in(content: Any) -> str:
    if not isinstance(content, Mapping):
        return ""
    return next((str(content[name]) for name in REASONS if content.get(name)), "")

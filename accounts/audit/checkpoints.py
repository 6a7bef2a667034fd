"""Signed checkpoints of the head of the chain, and whether the chain is witnessed."""

from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.audit import keys
from accounts.law import witness
from accounts.models import AuditRecord, Checkpoint, Ledger


def latest() -> Checkpoint | None:
    """Return the last checkpoint."""
    return Checkpoint.objects.order_by("-at", "-sequence").first()


def covering(sequence: int) -> Checkpoint | None:
    """Return the first checkpoint that commits to a record of the chain, else the last before it."""
    after = Checkpoint.objects.filter(sequence__gte=sequence).order_by("sequence", "at").first()
    return after or latest()


def make(*, now: datetime) -> Checkpoint | None:
    """Sign the head of the chain as committed; None where no key is configured or nothing is on the chain."""
    key, ledger = keys.present(), Ledger.objects.get(id=1)
    if key is None or not ledger.audit_sequence:
        return None
    keys.publish(key, now=now)
    statement = witness.checkpoint(sequence=ledger.audit_sequence, head=ledger.audit_hash, at=now, key=key.id)
    made = Checkpoint(
        sequence=ledger.audit_sequence, head=ledger.audit_hash, at=now, key=key.id, signature=key.sign(statement)
    )
    made.save(force_insert=True)
    return made


def statement_of(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return what a checkpoint signs."""
    return witness.checkpoint(sequence=checkpoint.sequence, head=checkpoint.head, at=checkpoint.at, key=checkpoint.key)


def as_data(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return a checkpoint as it is handed out."""
    return {"statement": statement_of(checkpoint), "signature": checkpoint.signature}


def unwitnessed_since(now: datetime) -> datetime | None:
    """Return when the chain was last witnessed if that is too long ago, None while it is witnessed."""
    hours = settings.EXCHANGE_WITNESS_HOURS
    if not hours:
        return None
    last = latest()
    since = last.at if last else AuditRecord.objects.order_by("sequence").values_list("recorded_at", flat=True).first()
    return since if witness.is_unwitnessed(since, now, hours) else None


def is_witnessed(now: datetime) -> bool:
    """Say whether the last checkpoint is recent enough for silence to have its effect."""
    return unwitnessed_since(now) is None


def check_witnessed(now: datetime) -> None:
    """Refuse what follows from silence alone.   :raises Unwitnessed: naming when the chain was last witnessed."""
    since = unwitnessed_since(now)
    if since is not None:
        raise witness.Unwitnessed(since=since)

"""Signed receipts: what the author of an act can show later, whatever becomes of the exchange."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.audit import checkpoints, keys
from accounts.law import digests, witness
from accounts.models import AuditKey, AuditRecord, Receipt, ReceiptContent
from accounts.roles import Principal


def issue(chain: Sequence[AuditRecord], contents: Iterable[Any], *, by: Principal, at: datetime) -> None:
    """Give the author of acts their receipts, in the transaction of the acts; the exchange gives itself none."""
    if not chain or chain[0].act not in witness.RECEIPTED or by.authority_id is None:
        return
    witnessed, transaction = checkpoints.is_witnessed(at), _transaction()
    written = [
        _of(entry, content, by=by, witnessed=witnessed, transaction=transaction)
        for entry, content in zip(chain, contents, strict=True)
    ]
    Receipt.objects.bulk_create([receipt for receipt, _content in written], batch_size=1000)
    ReceiptContent.objects.bulk_create([content for _receipt, content in written], batch_size=1000)


def _of(
    entry: AuditRecord, content: Any, *, by: Principal, witnessed: bool, transaction: int
) -> tuple[Receipt, ReceiptContent]:
    pk, nonce, key = UUID(entry.hash[:32]), secrets.token_hex(16), keys.present()  # a lost receipt can be named
    plain = digests.plain(content or {})
    statement = witness.receipt(
        pk=str(pk),
        kind=witness.RECEIPTED[entry.act],
        act=entry.act,
        subject=entry.subject_id,
        authority=by.authority_code,
        content=witness.content_digest(plain, nonce),
        at=entry.recorded_at,
        sequence=entry.sequence,
        head=entry.hash,
        witnessed=witnessed,
        key=key.id if key else "",
    )
    row = Receipt(
        pk=pk,
        authority_id=by.authority_id or "",
        subject_id=entry.subject_id,
        kind=statement["kind"],
        act=entry.act,
        issued_at=entry.recorded_at,
        statement=statement,
        signature=key.sign(statement) if key else "",
        transaction=transaction,
    )
    return row, ReceiptContent(receipt=row, nonce=nonce, content=plain)


def as_data(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as it is handed out: statement, signature, public key, last checkpoint and the content."""
    content = ReceiptContent.objects.filter(receipt=receipt).first()
    public = AuditKey.objects.filter(key=receipt.statement["key"]).values_list("public", flat=True).first()
    checkpoint = checkpoints.covering(receipt.statement["audit_sequence"])
    return {
        "statement": receipt.statement,
        "signature": receipt.signature,
        "public_key": public or "",
        "content": content.content if content else None,
        "nonce": content.nonce if content else None,
        "checkpoint": checkpoints.as_data(checkpoint) if checkpoint else None,
    }


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])

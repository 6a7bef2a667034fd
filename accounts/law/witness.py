"""
What binds the exchange to its own record: keys, checkpoints of the chain, receipts, and when the chain is unwitnessed.

A checkpoint says what the head of the chain is at a number; a receipt says what was accepted, when, and upon which
head. Both are signed over their canonical form, so that anybody who holds one can show later what the exchange said.
Source: docs/adr/0160, 0161, 0162.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from accounts.law import digests
from accounts.law.errors import ReasonMissing, RuleBroken

#: Characters an auditor's reason has at least.
SHORTEST_REASON = 8
FORM = "denial-exchange/1"
#: Acts that had no receipt at first: what was recorded before the first receipt of its kind never had one.
RECEIPTED_LATER: Mapping[str, str] = {
    **{f"denial.{act}": "notification" for act in ("registered", "person_erased")},
    **{f"denial.{act}": "request" for act in ("submitted", "act_submitted", "file_submitted")},
    **{f"denial.{act}": "decision" for act in ("returned", "act_returned", "file_released", "file_returned")},
    **{f"hit.{act}": "decision" for act in ("dismissed", "dismissal_proposed", "dismissal_returned", "reopened")},
    **{f"act.{act}": "decision" for act in ("sent", "returned")},
    "act.prepared": "request",
    "return.delivered": "notification",
    "return.signed": "notification",
    "consultation.deadline_moved": "decision",
    "consultation.correction_declined": "decision",
    "consultation.document_sent": "answer",
    "unavailability.recorded": "notification",
    "unavailability.ended": "notification",
    "unavailability.deadlines_moved": "decision",
    "calendar.recorded": "notification",
}
#: Acts whose author is handed a signed receipt, and what each is called.
RECEIPTED: Mapping[str, str] = {
    **RECEIPTED_LATER,
    "retention.held": "decision",
    "retention.hold_ended": "decision",
    "record.forgotten": "decision",
    **{f"denial.{act}": "notification" for act in ("notified", "amended", "renewed", "revoked", "withdrawn")},
    **{f"denial.{act}": "notification" for act in ("lifted", "confirmed", "court", "recalled")},
    "denial.recall_acknowledged": "answer",
    "denial.file_taken_in": "notification",
    "consultation.opened": "request",
    "consultation.information_requested": "request",
    "consultation.extension_proposed": "request",
    "consultation.withdrawn": "request",
    "consultation.reminded": "request",
    "consultation.answered": "answer",
    "consultation.late_answer": "answer",
    "consultation.information_given": "answer",
    "consultation.extension_agreed": "answer",
    "consultation.extension_refused": "answer",
    "consultation.acknowledged": "answer",
    "consultation.answer_registered": "answer",
    "consultation.answer_confirmed": "answer",
    "consultation.answer_disputed": "answer",
    "consultation.concluded": "decision",
    "consultation.closed_unanswered": "decision",
    "decision.recorded": "decision",
    "grant.notified": "notification",
    "application.filed": "request",
    "application.amended": "request",
    "application.withdrawn": "request",
}
#: Acts without a receipt: of the clock or the exchange itself, inside one authority, or about no case.
UNRECEIPTED: frozenset[str] = frozenset(
    {
        *("application.screened", "application.screening_failed", "application.taken", "screening.unfiled"),
        *("screening.enumeration", "licence.screened", "licence.used_up", "bulk.begun", "bulk.cancelled", "bulk.done"),
        *("rules.proposed", "rules.shadowed", "rules.switched_on", "rules.declined"),
        *("consultation.assigned", "consultation.exported", "consultation.note_added", "consultation.taken"),
        *("consultation.lapsed", "consultation.outcome", "consultation.deadline_held"),
        *("consultation.deadline_released", "consultation.correction_proposed"),
        *("document.attached", "document.discarded", "edition.drafted", "register.exported"),
        *("denial.drafted", "denial.amendment_drafted", "denial.discarded", "denial.exported"),
        *("mirror.begun", "mirror.followed", "mirror.proven", "search.saved", "search.changed", "search.removed"),
        *("inbox_filter.kept", "inbox_filter.dropped", "person.absent", "person.back", "person.described"),
        *("case.restricted", "case.restriction_lifted", "consultation.reader_invited", "consultation.invitation_ended"),
        *("invitation.ended", "client.changed", "client.key_added", "client.key_ended", "client.token_given"),
        *("client.token_refused",),
        *("person.identity_bound", "provider.registered", "person.factor_added", "person.factor_removed"),
        *("person.factors_reset", "person.recovery_codes_made"),
        *("person.handed_over", "person.invited", "person.removed", "person.added"),
        *("person.password_set", "person.proven", "person.recovery_code_used", "person.session_ended"),
        *("person.sessions_ended", "person.sign_in_failed", "edition.frozen"),
        *("return.discarded", "return.reminded"),
        *("person.roles_changed", "person.signed_in", "authority.mailbox_set", "authority.setting_changed"),
        *("client.connected", "client.token_issued", "client.tokens_withdrawn", "duty_desk.set", "delivery.again"),
        *("webhook.registered", "webhook.approved", "webhook.ended", "webhook.secret_replaced"),
        *("audit.asked", "checkpoint.signed", "rows.accepted", "record.blocked", "retention.opened"),
    }
)


class Unwitnessed(RuleBroken):
    """No checkpoint of the audit chain was made for too long: silence has no effect meanwhile."""

    code = "unwitnessed"

    def __init__(self, since: datetime | None = None) -> None:
        super().__init__(since=since)


def reason_given(text: str) -> str:
    """Return a reason as it goes on record.   :raises ReasonMissing: without words.   Source: docs/adr/0165."""
    reason = text.strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing(field="reason")
    return reason


@dataclass(frozen=True)
class Key:
    """A signing key with the secret that seals audit records; both follow from the same secret text."""

    seed: bytes
    seal: bytes
    public: bytes

    @classmethod
    def of(cls, text: str) -> "Key":
        """Derive a key from a secret text of the operator, at least 32 characters."""
        if len(text) < 32:
            raise ValueError("the secret text of a key has at least 32 characters")
        seed = hmac.digest(text.encode(), b"denial-exchange signature", "sha256")
        return cls(seed, hmac.digest(text.encode(), b"denial-exchange seal", "sha256"), _public(seed))

    @property
    def id(self) -> str:
        """The name under which the public key is known."""
        return key_id(self.public)

    def sign(self, statement: Mapping[str, Any]) -> str:
        """Return the signature of a statement's canonical form, in hex."""
        return _private(self.seed).sign(digests.canonical(dict(statement))).hex()

    def sealed(self, content_hash: str) -> str:
        """Return what only a holder of the secret can say of a hash."""
        return hmac.digest(self.seal, content_hash.encode("ascii"), "sha256").hex()


def key_id(public: bytes) -> str:
    """Return the name of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed(statement: Mapping[str, Any], signature: str, public: bytes) -> bool:
    """Say whether a statement carries a good signature."""
    try:
        _checker(public).verify(bytes.fromhex(signature), digests.canonical(dict(statement)))
    except (ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=8)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(seed: bytes) -> bytes:
    return _private(seed).public_key().public_bytes_raw()


@lru_cache(maxsize=8)
def _checker(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


def written(at: datetime) -> str:
    """Return a moment as statements and hashes hold it: UTC, ISO 8601."""
    return at.astimezone(UTC).isoformat()


def checkpoint(*, sequence: int, head: str, at: datetime, key: str) -> dict[str, Any]:
    """Return the statement a checkpoint signs: the head of the chain at a number."""
    return {"form": FORM, "what": "checkpoint", "sequence": sequence, "head": head, "at": written(at), "key": key}


def receipt(
    *,
    pk: str,
    kind: str,
    act: str,
    subject: str,
    authority: str,
    content: str,
    at: datetime,
    sequence: int,
    head: str,
    witnessed: bool,
    key: str,
) -> dict[str, Any]:
    """
    Return the statement a receipt signs.

    :param content: SHA-256 of the canonical content with its nonce.   :param head: of the chain, the act's record
        included.   :param witnessed: false where the last checkpoint is too old.
    """
    return {
        "form": FORM,
        "what": "receipt",
        "id": pk,
        "kind": kind,
        "act": act,
        "subject": subject,
        "authority": authority,
        "content_sha256": content,
        "at": written(at),
        "audit_sequence": sequence,
        "audit_head": head,
        "witnessed": witnessed,
        "key": key,
    }


def content_digest(content: Any, nonce: str) -> str:
    """Return the SHA-256 of a content with its nonce: without the nonce nobody finds the content by trying."""
    return digests.digest({"content": content, "nonce": nonce})


def is_unwitnessed(uncovered_since: datetime | None, now: datetime, hours: int) -> bool:
    """
    Say whether the chain is unwitnessed: something on it has waited for a checkpoint longer than the hours allowed.

    :param uncovered_since: when the last checkpoint was made, None where everything is covered.
    :param hours: 0 turns the rule off.
    """
    return bool(hours) and uncovered_since is not None and now - uncovered_since > timedelta(hours=hours)

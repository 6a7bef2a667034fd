"""What makes the record provable: readings, digests of rows, checkpoints, receipts and the keys that sign them."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.models.organisation import Authority
from accounts.models.people import User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from accounts.querysets import ReceiptQuerySet


class Reading(WrittenOnce):
    """
    That somebody was shown records: which page or call, which records, under which terms, as a digest.

    Written by the request in one statement and without a lock; a sweep gives it its place in the chain.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=40, blank=True)
    authority_id = models.UUIDField(null=True)
    route = models.CharField(max_length=80)
    subjects = models.JSONField(default=list, help_text="Ids of what was shown.")
    terms = models.JSONField(default=list, help_text="Names of the query's parameters.")
    query = models.CharField(max_length=64, blank=True, help_text="Keyed digest of the query.")
    sequence = models.BigIntegerField(null=True, help_text="Its record in the chain, given once.")

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="reading_waits", condition=models.Q(sequence__isnull=True)),
            models.Index(fields=["actor_id", "at"], name="reading_by_actor"),
            GinIndex(fields=["subjects"], name="reading_by_subject", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.id}"

    def content(self) -> dict[str, object]:
        """Return what its record in the chain holds the digest of."""
        return {
            "route": self.route,
            "subjects": self.subjects,
            "terms": self.terms,
            "query": self.query,
            "actor": f"{self.actor_kind}:{self.actor_id}",
            "authority": str(self.authority_id or ""),
        }


class RowProof(WrittenOnce):
    """The digest of a row of a watched table as one change left it; the database itself writes it."""

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=64)
    operation = models.CharField(max_length=1, help_text="I, U, D; B where the watching began.")
    digest = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=63, help_text="The database role that changed it.")
    sequence = models.BigIntegerField(null=True, help_text="The seal that covers it, given once.")

    class Meta:
        indexes = [
            models.Index(fields=["table_name", "row_key", "-id"], name="row_proof_latest"),
            models.Index(fields=["id"], name="row_proof_waits", condition=models.Q(sequence__isnull=True)),
            models.Index(fields=["sequence"], name="row_proof_by_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key} {self.operation}"


class RowSeal(WrittenOnce):
    """The row proofs one record of the chain covers: the digest of each under its id."""

    sequence = models.BigIntegerField(primary_key=True)
    proofs = models.JSONField()

    def __str__(self) -> str:
        return str(self.sequence)


class AuditQuestion(WrittenOnce):
    """What an auditor asked of the record, and why; itself on record, so that its answer can be read again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24)
    terms = models.JSONField(default=dict)
    reason = ProseField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="audit_question_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AuditKey(WrittenOnce):
    """A public key the exchange has signed with."""

    key = models.CharField(max_length=16, primary_key=True)
    public = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Checkpoint(WrittenOnce):
    """A signed statement of the head of the chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.BigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="checkpoint_latest")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.head[:16]}"


class Receipt(WrittenOnce):
    """What the author of an act is handed: a signed statement of what was accepted, when, and upon which head."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="receipts")
    subject_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    act = models.CharField(max_length=48)
    issued_at = models.DateTimeField()
    statement = models.JSONField()
    signature = models.CharField(max_length=128, blank=True)
    transaction = models.BigIntegerField(help_text="Of the database, so that the answer to the act can name it.")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["authority", "-issued_at"], name="receipt_by_authority"),
            models.Index(fields=["subject_id"], name="receipt_by_subject"),
            models.Index(fields=["transaction"], name="receipt_by_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ReceiptContent(models.Model):
    """The content a receipt holds the digest of, with its nonce; apart, so that erasing it leaves the receipt good."""

    receipt = models.OneToOneField(Receipt, on_delete=models.DO_NOTHING, primary_key=True, related_name="content")
    nonce = models.CharField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return str(self.receipt_id)

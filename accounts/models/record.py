"""What proves what happened: the ledger head, the audit trail, stored answers to repeated requests."""

import uuid
from typing import Any

from django.db import models

from accounts.models.text import ProseField
from accounts.querysets import AuditQuerySet


class ImmutableRow(Exception):
    """A row that may only be written once was to be changed or deleted."""


class WrittenOnce(models.Model):
    """A row that is inserted and never changed; the database refuses it too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableRow(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableRow(self._meta.label)


class Ledger(models.Model):
    """The one row whose lock orders commits: last register change, last audit record and its hash."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    register_sequence = models.BigIntegerField(default=0)
    audit_sequence = models.BigIntegerField(default=0)
    audit_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_is_one_row")]

    def __str__(self) -> str:
        return f"register {self.register_sequence}, audit {self.audit_sequence}"


class AuditRecord(WrittenOnce):
    """One act: ids and digests only, never content, chained by hash in commit order."""

    sequence = models.BigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=40, blank=True)
    authority_id = models.UUIDField(null=True)
    act = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=48)
    subject_id = models.CharField(max_length=64)
    digest_before = models.CharField(max_length=64, blank=True)
    digest_after = models.CharField(max_length=64, blank=True)
    digest_reason = models.CharField(max_length=64, blank=True, db_default="", default="")
    digest_salt = models.CharField(max_length=64, blank=True, db_default="", default="")
    form = models.PositiveSmallIntegerField(db_default=1, default=2, help_text="Which columns the hash covers.")
    seal = models.CharField(max_length=64, blank=True, db_default="", default="", help_text="The hash under the key.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["authority_id", "sequence"], name="audit_by_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.act} {self.subject_type} {self.subject_id}"


class AuditSalt(models.Model):
    """The salt of a record's digests, kept apart so that erasing it unlinks them without touching the chain."""

    record = models.OneToOneField(AuditRecord, on_delete=models.DO_NOTHING, primary_key=True, related_name="salt")
    value = models.CharField(max_length=64)
    reason = ProseField(blank=True, db_default="", default="", help_text="Why, in words, where an act states it.")

    def __str__(self) -> str:
        return str(self.record_id)


class IdempotentRequest(models.Model):
    """The stored answer to a POST with an `Idempotency-Key`; the key space is per principal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    principal = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key


class SweepHeartbeat(models.Model):
    """When a sweep last ran through; `/readyz` reads its age."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

"""What is kept no longer: records that are blocked, holds upon them, and the proof of what was blanked."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models.organisation import Authority
from accounts.models.people import User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from accounts.querysets import HoldQuerySet, RetentionQuerySet


class Retention(models.Model):
    """
    A record that is closed and blocked: nobody reads it any more but a supervisor or auditor who says why.

    `bodies` are the authorities it belongs to. Once `deleted_at` is set its personal data are gone.
    """

    subject_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    reference = models.CharField(max_length=60, blank=True)
    bodies = ArrayField(models.UUIDField(), default=list)
    closed_on = models.DateField()
    blocked_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["closed_on"], name="retention_by_closure")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class RetentionHold(models.Model):
    """That a record is under review and stays as it is: who said so, why, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16)
    reference = models.CharField(max_length=60, blank=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    reason = ProseField()
    until = models.DateField(help_text="The last day it holds.")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="retention_hold_ended_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} until {self.until}"


class Forgetting(WrittenOnce):
    """
    That personal data were deleted: why, and the proof, whose digest the chain holds.

    `proof` counts what was blanked by table, and names the audit records whose salts went with it: their digests link
    to nothing any more, and the chain stays as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    basis = ProseField()
    at = models.DateTimeField()
    proof = models.JSONField()

    def __str__(self) -> str:
        return str(self.id)


class Blanking(WrittenOnce):
    """The digest, under the exchange's key, of a value that was blanked; without it the database lets none go."""

    id = models.BigAutoField(primary_key=True)
    forgetting = models.ForeignKey(Forgetting, on_delete=models.PROTECT, related_name="values")
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=64)
    column_name = models.CharField(max_length=63)
    digest = models.CharField(max_length=64, blank=True)
    transaction_number = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_key"], name="blanking_by_row")]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key} {self.column_name}"

"""What was taken in from files, so that the same file again changes nothing."""

import uuid

from django.db import models

from accounts.models import Authority, User
from accounts.models.text import LineField
from denials.models.register import Denial


class ImportedFile(models.Model):
    """A file taken in: its digest, by whom, for which authority, with what result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="imported_files")
    name = LineField(max_length=255)
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """One source row (or share of it) and the denial it became; its fingerprint is what makes it known again."""

    file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="rows")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="Digest of the row's content, its share and occurrence.")
    row_number = models.PositiveIntegerField()
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="imported_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "fingerprint"], name="imported_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} row {self.row_number}"


class PendingImport(models.Model):
    """An uploaded file between its dry run and the confirmation; gone once it is taken in or given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    name = LineField(max_length=255)
    regime = models.CharField(max_length=32, blank=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name

"""What was taken in from files, so that the same file again changes nothing."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Authority, Client, User
from accounts.models.text import LineField
from accounts.roles import Principal
from denials.law.jobs import WAITING, JobEvent, JobState, next_state
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


class ImportJobQuerySet(models.QuerySet[Any]):
    """Uploaded files."""

    def visible_to(self, principal: Principal) -> "ImportJobQuerySet":
        """Return those a person or a client uploaded, and to a second officer those that wait for one, or did."""
        if principal.kind == "user":
            seen = Q(person_id=principal.id)
            if principal.may("denial.release"):
                seen |= Q(state=JobState.SUBMITTED) | Q(released_by_id=principal.id)
            return self.filter(seen, authority_id=principal.authority_id)
        if principal.kind == "client":
            return self.filter(client_id=principal.id, authority_id=principal.authority_id)
        return self.none()

    def waiting(self) -> "ImportJobQuerySet":
        """Return those that wait for the worker, the oldest first."""
        return self.filter(state__in=WAITING).order_by("uploaded_at")


class ImportJob(models.Model):
    """
    An uploaded file on its way into the register: its content, how far it is, what it would do and what it did.

    It is its uploader's alone, and the second officer's where one releases it. Whoever works on it holds an advisory
    lock, not this row: a worker that is killed lets go of it, and the next goes on where the rows say.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="import_jobs")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey(Client, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = LineField(max_length=255)
    regime = models.CharField(max_length=32, blank=True)
    content = models.BinaryField(help_text="The file; emptied some time after the job is over.")
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=16, default=JobState.UPLOADED)
    mapping = models.JSONField(default=dict, help_text="Heading to field, as said for this file.")
    headings = models.JSONField(default=list)
    outline = models.JSONField(default=dict, help_text="Sheet, header row, columns read and not used.")
    counts = models.JSONField(default=dict, help_text="Lines of each kind.")
    rule = models.CharField(max_length=40, blank=True, help_text="Why the file was refused.")
    place = LineField(max_length=255, blank=True)
    value = LineField(max_length=255, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Times its reading was begun.")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    taken_in = models.PositiveIntegerField(default=0, help_text="Denials registered.")
    amended = models.PositiveIntegerField(default=0, help_text="Own denials amended.")
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="To a second officer.")
    released_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.OneToOneField(ImportedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="job")

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(client__isnull=True), name="import_job_one_uploader"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="import_job_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    def advance(self, event: JobEvent) -> None:
        """Move on, or refuse."""
        self.state = next_state(self.state, event)

    @property
    def waits(self) -> bool:
        """Whether it is the worker's turn."""
        return self.state in WAITING

    @property
    def percent(self) -> int:
        """How far the worker is."""
        return 100 * self.rows_done // self.rows_total if self.rows_total else 0


class ImportLine(models.Model):
    """What taking in a file does to one denial of it; or a row that could not be read."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, help_text="new, changed, unchanged, conflict, error")
    issuer = models.ForeignKey(Authority, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(null=True, help_text="As it would be recorded.")
    fingerprint = models.CharField(max_length=64, blank=True)
    siblings_key = models.UUIDField(null=True)
    held = models.ForeignKey(Denial, null=True, on_delete=models.PROTECT, related_name="+")
    held_version = models.PositiveIntegerField(null=True, help_text="The version it was compared with.")
    ticked = models.BooleanField(default=False, help_text="A change that is to be taken in as an amendment.")
    rule = models.CharField(max_length=40, blank=True, help_text="Why nothing of it is taken in.")
    value = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    cells = models.JSONField(default=list, help_text="What stood in the row, where something is wrong with it.")
    outcome = models.CharField(max_length=12, blank=True, help_text="registered, amended, left; blank before.")
    denial = models.ForeignKey(Denial, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="import_line_position_once")]
        indexes = [models.Index(fields=["job", "kind", "position"], name="import_line_by_kind")]

    def __str__(self) -> str:
        return f"{self.job_id} line {self.position}: {self.kind}"


class ColumnMapping(models.Model):
    """What an authority said the columns mean, remembered for the next file with the same headings."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="column_mappings")
    heading_set = models.CharField(max_length=64, help_text="Digest of the folded headings, in any order.")
    mapping = models.JSONField(help_text="Folded heading to field, blank for a column that is not used.")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "heading_set"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.heading_set[:8]}"

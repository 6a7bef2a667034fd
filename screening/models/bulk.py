"""Very many applications at once: the job, and each application as a row of it."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Q

from accounts.models import Authority, Client, User
from accounts.models.text import LineField
from screening.law.bulk import JobState, Mode, RowState, next_state
from screening.law.completeness import Completeness, completeness
from screening.models.application import Application
from screening.models.screening import Screening
from screening.querysets import BulkJobQuerySet

FILED_ONCE = "bulk_row_filed_once_by_key"


class BulkJob(models.Model):
    """
    Applications sent together, each filed or screened on its own; how far it is, its rows say.

    It is its sender's alone, and works with what that person or client may do at the moment of the work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="bulk_jobs")
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey(Client, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=[(str(mode), str(mode)) for mode in Mode])
    name = LineField(max_length=255, blank=True)
    state = models.CharField(max_length=12, default=JobState.RUNNING)
    total = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(client__isnull=True), name="bulk_job_one_sender"
            )
        ]
        indexes = [models.Index(fields=["state"], name="bulk_job_state")]

    def __str__(self) -> str:
        return f"{self.name or self.pk} ({self.state})"

    def advance(self, event: str) -> None:
        """Move on. :raises TransitionRefused: where the table has none."""
        self.state = next_state(self.state, event)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each state, and how many have hits."""
        return BulkJob.counts_of([self])[self.pk]

    @staticmethod
    def counts_of(jobs: Iterable["BulkJob"]) -> dict[uuid.UUID, dict[str, int]]:
        """Return the same of many jobs, in one query."""
        counts = {job.pk: {**{str(state): 0 for state in RowState}, "with_hits": 0} for job in jobs}
        with_hits = Count("pk", filter=Q(strong__gt=0) | Q(possible__gt=0))
        rows = BulkRow.objects.filter(job__in=list(counts)).order_by().values_list("job_id", "state")
        for job_id, state, number, hits in rows.annotate(number=Count("pk"), hits=with_hits):
            counts[job_id][state] += number
            counts[job_id]["with_hits"] += hits
        return counts


class BulkRow(models.Model):
    """
    One application of a job: as sent until it is worked on, then what became of it. A worker holds its row's lock.

    `key` is the sender's own; an application is filed once under a key. `findings` say what was refused.
    """

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="rows")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    content = models.TextField(blank=True, help_text="As sent; emptied once worked on.")
    key = LineField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="Of what was asked.")
    state = models.CharField(max_length=10, default=RowState.WAITING)
    findings = models.JSONField(default=list, blank=True, help_text="[{field, rule, message}]")
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    strong = models.PositiveIntegerField(default=0)
    possible = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="bulk_row_position_once"),
            models.UniqueConstraint(
                fields=["authority", "key"],
                condition=Q(state="done", application__isnull=False) & ~Q(key=""),
                name=FILED_ONCE,
            ),
        ]
        indexes = [models.Index(fields=["job", "state", "position"], name="bulk_row_next")]

    def __str__(self) -> str:
        return f"{self.job_id} row {self.position}: {self.state}"

    @property
    def completeness(self) -> Completeness | None:
        """How far the application was compared with the register when it was worked on, None where it was not taken."""
        if self.state not in {RowState.DONE, RowState.REPEATED}:
            return None
        left_out = bool(self.screening and self.screening.left_out)
        return completeness(screened=True, failed=self.screening is None, left_out=left_out)

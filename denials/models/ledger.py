"""Who received what, and who was asked to give it back: recipients, recalls, reminders, and the steps of a release."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from denials.law.proposals import Proposal, proposal_of
from denials.models.register import Denial, DenialVersion


class DenialRecipient(models.Model):
    """
    What another authority received of a denial: when it was told, first and last read it, exported or mirrored it.

    The issuer is no recipient of its own denial, nor are the auditors. Source: Reg. (EC) No 515/97 Art. 45(4).
    """

    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="recipients")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="The first notice.")
    first_read_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True, help_text="To the hour.")
    exported_at = models.DateTimeField(null=True, blank=True, help_text="The last export that held it.")
    mirrored_at = models.DateTimeField(null=True, blank=True, help_text="The last time a national system took it over.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["denial", "authority"], name="denial_recipient_once"),
            models.CheckConstraint(
                condition=Q(first_read_at__isnull=True, last_read_at__isnull=True)
                | Q(first_read_at__isnull=False, last_read_at__isnull=False),
                name="denial_recipient_read_first_and_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.denial_id} to {self.authority_id}"


class Recall(WrittenOnce):
    """
    A person is exonerated: what all who received the denial are asked to delete or correct, and why.

    Source: Reg. (EC) No 515/97 Art. 45(4), by Reg. (EU) 2021/821 Art. 23(5).
    """

    class Demand(models.TextChoices):
        DELETE = "delete"
        CORRECT = "correct"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="recalls")
    version = models.OneToOneField(DenialVersion, on_delete=models.PROTECT, related_name="recall")
    demand = models.CharField(max_length=8, choices=Demand.choices)
    what = ProseField(help_text="What to delete or correct, in words.")
    reason = ProseField()
    recalled_at = models.DateTimeField()
    recalled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(help_text="When those who have not acknowledged are first reminded.")

    def __str__(self) -> str:
        return f"{self.demand} {self.denial_id}"


class RecallRequest(models.Model):
    """An authority that received the denial and was asked; acknowledged once it has done as asked."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="requests")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="recall_requests")
    asked_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = ProseField(blank=True, help_text="What was done, for the issuer to read.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recall", "authority"], name="recall_request_once"),
            models.CheckConstraint(  # a national system acknowledges without a person
                condition=Q(acknowledged_by__isnull=True) | Q(acknowledged_at__isnull=False),
                name="recall_request_acknowledged_by_at",
            ),
        ]
        indexes = [
            models.Index(fields=["authority"], name="recall_request_open", condition=Q(acknowledged_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.recall_id} to {self.authority_id}"


class Reminder(WrittenOnce):
    """A reminder that was sent: each kind for each due day once, however many sweeps run."""

    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=32)
    due_on = models.DateField(help_text="What the reminder is of, not when it was sent.")
    next_on = models.DateField(help_text="The day of the following reminder.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["denial", "kind", "due_on"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on} of {self.denial_id}"


class ReleaseStep(WrittenOnce):
    """A step on the way of an act past two officers: submitted, returned with a reason, released. Stays inside."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted"
        RETURNED = "returned"
        RELEASED = "released"

    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="release_steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    event = models.CharField(max_length=16, default="notify", db_default="notify", help_text="The act it is about.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    principal = models.CharField(max_length=80, help_text="Who it was, also where it was no person.")
    reason = ProseField(blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.denial_id}"


class ProposedAct(models.Model):
    """
    An act upon a denial in force that waits for a second officer: at most one a denial.

    The row is never changed, and goes when the act is released or returned; the steps of the release stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    denial = models.OneToOneField(Denial, on_delete=models.PROTECT, related_name="proposed_act")
    event = models.CharField(max_length=16)
    based_on = models.PositiveSmallIntegerField(help_text="Number of the version it is to follow upon.")
    given = models.JSONField(help_text="The act in full, as it was submitted.")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    principal = models.CharField(max_length=80, help_text="Who it was, also where it was no person.")

    def __str__(self) -> str:
        return f"{self.event} {self.denial_id}"

    def proposal(self) -> Proposal:
        """Return what is to be done."""
        return proposal_of(self.given)

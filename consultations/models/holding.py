"""What may touch a running period from outside: failures of the exchange, corrected calendars, other channels."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, User
from accounts.models.text import ProseField
from consultations.models.threads import Consultation
from consultations.querysets import UnavailabilityQuerySet


class Unavailability(models.Model):
    """
    A time in which the exchange could not be used, recorded by a secretariat; `ended_at` is empty while it lasts.

    Periods that end in it are held; one recorded act, `moved_at`, moves their ends. docs/adr/0091.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = ProseField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)

    objects = UnavailabilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unavailabilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("began_at")), name="unavailability_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(moved_at__isnull=True) | Q(ended_at__isnull=False), name="unavailability_moved_when_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class DeadlineProposal(models.Model):
    """
    Another end of a running period that follows from a corrected calendar; it moves nothing until it is applied.

    Source: docs/adr/0016, 0092.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPLIED = "applied"
        DECLINED = "declined"
        OVERTAKEN = "overtaken"  # by a later correction, or the end of the consultation

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="corrections")
    due_before_old = models.DateTimeField()
    due_before_new = models.DateTimeField()
    calendar_versions = models.JSONField(help_text="Year to version of the calendar it follows from.")
    status = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = ProseField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status="proposed"), name="deadline_one_open_correction"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at__isnull=True)
                | (~Q(status="proposed") & Q(decided_at__isnull=False)),
                name="deadline_decided_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_before_new:%Y-%m-%d} {self.status}"


class AnswerElsewhere(models.Model):
    """
    An answer given by another channel, registered with its true time by either side; the other confirms or disputes.

    A confirmed answer in time supersedes the lapse. docs/adr/0025, 0093.
    """

    class State(models.TextChoices):
        REGISTERED = "registered"
        CONFIRMED = "confirmed"
        DISPUTED = "disputed"

    class Channel(models.TextChoices):
        TELEPHONE = "telephone"
        COREU = "coreu"
        MAIL = "mail"
        LETTER = "letter"
        MEETING = "meeting"
        OTHER_SYSTEM = "other_system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers_elsewhere")
    outcome = models.CharField(max_length=16)
    reasoning = ProseField(blank=True)
    denial_still_valid = models.BooleanField(null=True, blank=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    given_at = models.DateTimeField(help_text="The true time of the answer.")
    status = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    registered_at = models.DateTimeField()
    registered_by_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = ProseField(blank=True, help_text="Why it is disputed.")

    class Meta:
        verbose_name_plural = "answers elsewhere"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status="registered"), name="answer_elsewhere_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="registered", decided_at__isnull=True)
                | (~Q(status="registered") & Q(decided_at__isnull=False)),
                name="answer_elsewhere_decided_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.given_at:%Y-%m-%d} {self.status}"

"""The outgoing post: notices written with the act, delivered by a sweep."""

import uuid

from django.db import models

from accounts.models.organisation import Authority
from accounts.models.people import User
from accounts.models.record import WrittenOnce
from accounts.querysets import DeliveryQuerySet, NoticeQuerySet


class Notice(WrittenOnce):
    """What an authority is told: a kind and the ids of what it is about, never case content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Empty: for all of them."
    )
    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=48)
    subject_id = models.UUIDField()
    reference = models.CharField(max_length=60, blank=True, help_text="Reference of the subject, safe to mail.")
    created_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notice_by_recipient")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Delivery(models.Model):
    """One way out for a notice, tried again until it is through or given up; mail never moves a legal date."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=12)
    address = models.CharField(max_length=320, help_text="Of mail; for a webhook its id.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    trying_since = models.DateTimeField(
        null=True, blank=True, help_text="A try was begun then and has no result yet; it is counted in `attempts`."
    )
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "address"], name="delivery_once_per_way"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="delivery_waiting", condition=models.Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class NoticeReading(models.Model):
    """That a person has seen a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.user_id}"

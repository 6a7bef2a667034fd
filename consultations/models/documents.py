"""Documents of a thread, kept in the database and served from nowhere else; acts that wait for a second person."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from accounts.models.text import LineField
from consultations.models.threads import Consultation
from consultations.querysets import DocumentQuerySet, PreparedActQuerySet
from screening.models import Application

#: Acts that open consultations: on denials, and by hand.
OPENED, QUERIED = OPENINGS = ("opened", "queried")


class Document(models.Model):
    """
    A document one side attached: inside while it is prepared, seen by the other side once it is sent, then for good.

    `digest` is the SHA-256 of its content.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="documents")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = LineField(max_length=120)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64)
    marking = models.CharField(max_length=12)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class DocumentContent(models.Model):
    """The bytes of a document, apart from what is known of it, so that lists do not read them."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="content")
    bytes = models.BinaryField()

    def __str__(self) -> str:
        return str(self.document_id)


class PreparedAct(models.Model):
    """
    An act one person, or a national system, prepared and another person of the same authority sends.

    It has no effect before it is sent, and is refused then like any other act that comes too late. What opens
    consultations belongs to none yet; it may be about an application.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        RETURNED = "returned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="prepared"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="prepared_openings"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=32)
    given = models.JSONField(help_text="What is said, by field.")
    status = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PreparedActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, status="waiting")
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="prepared_act_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(consultation__isnull=True, act__in=OPENINGS)
                | (Q(consultation__isnull=False, application__isnull=True) & ~Q(act__in=OPENINGS)),
                name="prepared_act_in_a_thread_or_opening_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.status}"

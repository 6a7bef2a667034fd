"""A third body invited to read sections of a thread, until a day."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, User
from accounts.models.text import ProseField
from consultations.law.inviting import Section
from consultations.models.threads import Consultation
from consultations.querysets import InvitationQuerySet


class Invitation(models.Model):
    """
    That one side lets a third authority or a secretariat read stated sections of a thread until a moment.

    Both sides see who is invited, to what, by whom and why; the guest sees the sections and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invitations")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", help_text="Who is invited.")
    sections = ArrayField(models.CharField(max_length=16), help_text="See consultations/law/inviting.py.")
    reason = ProseField()
    invited_at = models.DateTimeField()
    invited_by_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(help_text="First instant after it.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("invited_at")), name="invitation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by_authority__isnull=True)
                | Q(ended_at__isnull=False, ended_by_authority__isnull=False),
                name="invitation_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.consultation_id}"

    def runs(self, now: datetime) -> bool:
        """Whether it has neither been ended nor come to its day; see `InvitationQuerySet.running`."""
        return self.ended_at is None and self.until > now

    def shown(self, now: datetime) -> dict[str, Any]:
        """Return what the guest reads at a moment: the sections stated, as JSON-ready values, and no other."""
        thread, chosen = self.consultation, set(self.sections)
        found: dict[str, Any] = {"status": str(thread.stands_as(now))}
        if Section.FACTS in chosen:
            found["facts"] = thread.shared
        if Section.QUESTION in chosen:
            found["question"] = thread.question
        if Section.DENIALS in chosen:
            rows = thread.denials.select_related("denial")
            found["denials"] = [row.denial.reference for row in rows.order_by("denial__reference")]
        if Section.COURSE in chosen:
            found["course"] = [{"kind": one.kind, "at": one.effective_at} for one in thread.timeline(now)]
        if Section.ANSWERS in chosen:
            names = ("outcome", "reasoning", "is_late", "answered_at")
            found["answers"] = list(thread.answers.order_by("answered_at").values(*names))
        if Section.DOCUMENTS in chosen:
            sent = thread.documents.filter(authority_id=self.invited_by_authority_id, sent_at__isnull=False)
            found["documents"] = list(sent.order_by("sent_at").values("name", "digest", "sent_at"))
        return found

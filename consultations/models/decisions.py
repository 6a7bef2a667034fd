"""Decisions on applications, and the explanation owed after a grant that followed a consultation."""

import uuid

from django.db import models

from accounts.models import Authority, User
from accounts.models.record import WrittenOnce
from accounts.models.text import LineField, ProseField
from consultations.querysets import DecisionQuerySet, GrantNoticeQuerySet
from denials.models import Denial
from screening.models import Application, Screening


class Decision(WrittenOnce):
    """The authority's decision on the application, with the screening it rests on."""

    class Outcome(models.TextChoices):
        GRANTED = "granted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="decisions")
    regime = models.CharField(max_length=32)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = ProseField(blank=True)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    own_denial = models.OneToOneField(
        Denial, null=True, blank=True, on_delete=models.PROTECT, related_name="decision", help_text="If refused."
    )
    after_consultation = models.BooleanField(help_text="At least one consultation was held and not withdrawn.")
    is_undercut = models.BooleanField(help_text="docs/adr: per regime, from the answers.")
    flags = models.JSONField(default=list, blank=True, help_text="What stood against it at the gate, by code.")

    objects = DecisionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_on}"

    @property
    def owes_explanation(self) -> bool:
        """Whether it is a grant after a consultation whose explanation has not been given; see `owing_explanation`."""
        return self.outcome == self.Outcome.GRANTED and self.after_consultation and not hasattr(self, "grant_notice")


class GrantNotice(WrittenOnce):
    """
    The explanation owed after a grant that followed a consultation, to the recipients the regime prescribes.

    Source: CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2021/821 Art. 16(5), fourth subparagraph;
    Reg. (EU) 2019/125 Art. 23(3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="grant_notice")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="grant_notices")
    regime = models.CharField(max_length=32)
    decided_on = models.DateField()
    is_undercut = models.BooleanField()
    content = models.JSONField(help_text="Denials by reference, and the facts shared: what recipients see of the case.")
    explanation = ProseField()
    quantity = LineField(max_length=120, blank=True)
    conditions = ProseField(blank=True)
    recipients = models.ManyToManyField(Authority, related_name="grant_notices_received")
    notified_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GrantNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

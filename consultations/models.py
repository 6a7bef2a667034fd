"""WHAT WAS SAID ABOUT IT: threads between two authorities, their clock, answers, decisions, notices of grant."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, State, User
from accounts.models.record import WrittenOnce
from accounts.models.text import LineField, ProseField
from consultations.law.lifecycle import next_state
from consultations.querysets import ConsultationQuerySet, DecisionQuerySet, GrantNoticeQuerySet
from denials.models import Denial, DenialVersion
from screening.models import Application, Screening


class Consultation(models.Model):
    """
    A thread with one denying state about one application, under one rule of law.

    `due_before` is the first instant after the period (UTC); empty where the law sets none. It was computed once,
    from `received_at`, the zone and the calendar versions kept beside it; only an audited act moves it.
    The other side sees the authority, never the names of its readers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    regime = models.CharField(max_length=32)
    rule = models.CharField(max_length=32, help_text="Key into consultations/law/terms.py, e.g. dual_use.16_5.")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="consultations")
    consulting_authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="consultations_initiated"
    )
    consulted_state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="consultations_received")
    consulted_authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="consultations_received", help_text="Contact point."
    )
    status = models.CharField(max_length=16, default="open")
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(help_text="Made available to the consulted authority; the clock starts.")
    due_before = models.DateTimeField(null=True, blank=True)
    due_zone = models.CharField(max_length=64, blank=True)
    due_is_provisional = models.BooleanField(default=False, help_text="A holiday list was missing; nothing lapses.")
    lapses = models.BooleanField(default=True, help_text="False where the law gives silence no effect.")
    calendar_versions = models.JSONField(default=dict, blank=True, help_text="Year to version of the calendar used.")
    concluded_at = models.DateTimeField(null=True, blank=True, help_text="Answered, lapsed or withdrawn: when.")
    shared = models.JSONField(help_text="Exactly what the other side was given of the application.")
    question = ProseField(blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consulting_owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consulted_owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(consulting_authority=F("consulted_authority")), name="consultation_between_two"
            ),
        ]
        indexes = [
            models.Index(fields=["due_before"], name="consultation_due", condition=Q(status="open")),
            models.Index(fields=["consulting_authority", "status"], name="consultation_sent_status"),
            models.Index(fields=["consulted_authority", "status"], name="consultation_rcvd_status"),
        ]

    def __str__(self) -> str:
        return self.reference

    def advance(self, event: str) -> None:
        """Move to the state the event leads to. :raises TransitionRefused: where the table has none."""
        self.status = next_state(self.status, event)

    def period_has_ended(self, now: datetime) -> bool:
        """Say whether the period is over at `now`; never while the due date is provisional or there is none."""
        return self.due_before is not None and not self.due_is_provisional and now >= self.due_before


class ConsultationDenial(models.Model):
    """A denial a consultation is about, in the version that was current when it opened."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="denials")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="consultations")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "denial"], name="consultation_denial_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.denial_id}"


class ConsultationEvent(WrittenOnce):
    """
    One legal event of a thread: a kind and the instant it takes effect; what was said stands in `text` and `data`.

    `key` makes an event unique where the law knows it once, e.g. `lapse:<due_before>`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=32)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = ProseField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "key"], name="consultation_event_once")]
        indexes = [models.Index(fields=["consultation", "recorded_at"], name="event_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_at:%Y-%m-%d %H:%M}"


class InternalNote(WrittenOnce):
    """A note inside one authority about a thread; never visible to the other side."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="notes")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = ProseField()

    def __str__(self) -> str:
        return f"note {self.at:%Y-%m-%d %H:%M}"


class Answer(WrittenOnce):
    """The consulted authority's answer; a late one is kept as late and does not undo the lapse."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=16, help_text="identical, not_identical, partly, no_objection, …")
    reasoning = ProseField(blank=True)
    denial_still_valid = models.BooleanField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(is_late=False), name="answer_once_per_consultation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.answered_at:%Y-%m-%d}"


class Extension(models.Model):
    """More time, proposed by one side and agreed or refused by the other, before the period has ended."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        AGREED = "agreed"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="extensions")
    amount = models.PositiveSmallIntegerField(help_text="In the unit of the rule: working days or weeks.")
    unit = models.CharField(max_length=16)
    reason = ProseField()
    status = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    due_before_old = models.DateTimeField(null=True, blank=True)
    due_before_new = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status="proposed"), name="extension_one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at__isnull=True)
                | (~Q(status="proposed") & Q(decided_at__isnull=False)),
                name="extension_decided_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.amount} {self.unit} {self.status}"


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


class GrantNotice(WrittenOnce):
    """
    The explanation owed after a grant that followed a consultation, to the recipients the regime prescribes.

    Source: CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2021/821 Art. 16(5), fourth subparagraph; Reg. (EU) 2019/125 Art. 23(3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="grant_notice")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="grant_notices")
    explanation = ProseField()
    quantity = LineField(max_length=120, blank=True)
    conditions = ProseField(blank=True)
    recipients = models.ManyToManyField(Authority, related_name="grant_notices_received")
    notified_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GrantNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

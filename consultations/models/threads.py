"""Threads between two authorities: their clock, what was said, answers, extensions."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.law.periods import Deadline, WorkingCalendar
from accounts.models import Authority, State, User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from consultations.law.lifecycle import Clock, effective_state, ended_without_answer, next_state
from consultations.law.lifecycle import State as Standing
from consultations.law.terms import CLOSED_UNANSWERED, LAPSED, WITHDRAWN, By, Terms, extended_due, terms_of
from consultations.querysets import ConsultationQuerySet, EventQuerySet
from denials.models import Denial, DenialVersion
from screening.models import Application, Screening

CONSULTING, CONSULTED = "consulting", "consulted"


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
    terms_used = models.JSONField(default=dict, help_text="The terms as they were used, settings included.")
    kind = models.CharField(max_length=10, default="denials", help_text="denials, formal or informal: counted apart.")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
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
    held_by = models.ForeignKey(
        "Unavailability", null=True, blank=True, on_delete=models.PROTECT, related_name="held", help_text="ADR 0091."
    )
    lapses = models.BooleanField(default=True, help_text="False where the law gives silence no effect.")
    calendar_versions = models.JSONField(default=dict, blank=True, help_text="Year to version of the calendar used.")
    acknowledged_at = models.DateTimeField(
        null=True, blank=True, help_text="When the consulted side first said that it has it, or acted in it."
    )
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

    def terms(self) -> Terms:
        """Return the terms it was opened under, as kept; no later rule and no setting changes them."""
        return terms_of(self.terms_used)

    def clock(self) -> Clock:
        """Return the running period as the law sees it: a provisional or held end does not lapse."""
        return Clock(self.due_before, lapses=self.lapses and not self.due_is_provisional and self.held_by_id is None)

    def doubt(self) -> str:
        """Return why nothing lapses at the end kept: "held", or "provisional" for want of a list; "" where it does."""
        if self.held_by_id is not None:
            return "held"
        return "provisional" if self.due_is_provisional else ""

    def stands_as(self, now: datetime) -> Standing:
        """Return the state at `now`: lapsed from the end of the period on, whether or not a sweep has written it."""
        return effective_state(self.status, self.clock(), now)

    def outcome(self, now: datetime) -> str:
        """Return how it was concluded at `now`: the answer in time, lapsed, withdrawn, closed; "" while open."""
        stands = self.stands_as(now)
        if stands == Standing.OPEN:
            return ""
        if stands == Standing.WITHDRAWN:
            return WITHDRAWN
        silent = CLOSED_UNANSWERED if ended_without_answer(self.status, self.clock(), self.concluded_at) else LAPSED
        return next((one.outcome for one in self.answers.all() if not one.is_late), silent)

    def concluded_on(self, now: datetime) -> datetime | None:
        """Return the instant from which it is concluded: the end of the period where silence has had its effect."""
        if self.concluded_at is None and self.stands_as(now) == Standing.LAPSED:
            return self.due_before
        return self.concluded_at

    def timeline(self, now: datetime) -> "list[ConsultationEvent]":
        """Return the legal events in order, with the lapse as of its instant where no sweep has written it yet."""
        events = sorted(self.events.all(), key=lambda one: (one.recorded_at, one.effective_at))
        if self.status == Standing.OPEN and self.stands_as(now) == Standing.LAPSED and self.due_before:
            data = {"silence": str(self.terms().silence), "rule": self.rule}
            lapse = ConsultationEvent(consultation=self, kind="lapsed", effective_at=self.due_before, data=data)
            events.append(lapse)
        return events

    def proposal(self) -> "Extension | None":
        """Return the extension proposed and not yet agreed or refused."""
        return next((one for one in self.extensions.all() if one.status == Extension.State.PROPOSED), None)

    def awaits_information_from(self) -> str:
        """Return the side that was asked for information last and has not given it, "" for neither."""
        awaited = ""
        for event in sorted(self.events.all(), key=lambda one: one.recorded_at):
            speaker = self.speaker(event.by_authority_id)
            if event.kind == "information_requested":
                awaited = CONSULTED if speaker == CONSULTING else CONSULTING
            elif event.kind == "information_given" and speaker == awaited:
                awaited = ""
        return awaited

    def speaker(self, authority_id: uuid.UUID | None) -> str:
        """Return the side of someone known to be a party, without looking at the denials; "" for the clock."""
        if authority_id is None:
            return ""
        return CONSULTING if authority_id == self.consulting_authority_id else CONSULTED

    def extended_by_agreement(self) -> bool:
        """Tell whether either side may propose more time; elsewhere the consulted side requests it."""
        extension = self.terms().extension
        return extension is not None and extension.by is By.AGREEMENT

    def extended_by(self) -> int:
        """Return the units agreed so far."""
        return sum(one.amount for one in self.extensions.all() if one.status == Extension.State.AGREED)

    def working(self, calendar: WorkingCalendar | None = None) -> Deadline | None:
        """Count the period again as it was counted, by the calendar versions kept, to the end an act gave it."""
        calendar = calendar or self.consulted_state.working_calendar(self.calendar_versions)
        counted = extended_due(calendar, self.terms(), self.received_at, self.extended_by(), provisional=True)
        if counted is None or self.due_before is None or counted.due_before == self.due_before:
            return counted
        return counted.moved_to(calendar, self.due_before)

    def body_of(self, authority_id: uuid.UUID | None) -> Authority:
        """Return the party with this id: either side's authority, or the issuer of a denial of the thread."""
        bodies = [self.consulting_authority, self.consulted_authority]
        bodies += [row.denial.authority for row in self.denials.all()]
        return next(body for body in bodies if body.pk == authority_id)

    def side_of(self, authority_id: uuid.UUID | None) -> str:
        """Return "consulting" or "consulted" for a party to the thread, "" for anyone else."""
        if authority_id == self.consulting_authority_id:
            return CONSULTING
        issuers = {row.denial.authority_id for row in self.denials.all()}
        return CONSULTED if authority_id in {self.consulted_authority_id, *issuers} else ""


class ConsultationDenial(models.Model):
    """A denial a consultation is about, in the version that was current when it opened."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="denials")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="consultations")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "denial"], name="consultation_denial_once")]

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

    objects = EventQuerySet.as_manager()

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

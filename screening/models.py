"""WHAT IS ASKED NOW: applications put to the register, their screenings, hits and what was done about them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from accounts.models.record import WrittenOnce
from accounts.models.text import LineField, ProseField
from denials.law.transactions import Transaction
from denials.models import Denial, DenialVersion, DestinationRow, ItemRow, PartyRow
from denials.models.register import ordered
from screening.law.lifecycle import next_state
from screening.querysets import ApplicationQuerySet, HitQuerySet, ScreeningQuerySet


class Application(models.Model):
    """
    An application for a licence as put to the register; the applicant's name stays national and has no column.

    Its reference ends in a random suffix: no shared counter tells others how many there are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    own_reference = LineField(max_length=80, blank=True, help_text="The authority's own file number.")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="applications")
    regime = models.CharField(max_length=32)
    status = models.CharField(max_length=16, default="received")
    activity = models.CharField(max_length=24, default="export")
    authorisation_type = models.CharField(max_length=16, default="individual")
    received_on = models.DateField()
    end_use = ProseField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "status"], name="application_by_status")]

    def __str__(self) -> str:
        return self.reference

    def advance(self, event: str) -> None:
        """Move to the state the event leads to. :raises TransitionRefused: where the table has none."""
        self.status = next_state(self.status, event)

    def facts(self) -> Transaction:
        """Return what is asked for as plain facts."""
        return Transaction(
            regime=self.regime,
            authority=str(self.authority_id),
            state=self.authority.state_id or "",
            destinations=tuple(row.facts() for row in ordered(self.destinations.all())),
            parties=tuple(row.facts() for row in ordered(self.parties.all())),
            items=tuple(row.facts() for row in ordered(self.items.all())),
            end_use=self.end_use,
            activity=self.activity,
            dated=self.received_on,
        )

    def latest_screening(self) -> "Screening | None":
        """Return the last screening, None before the first."""
        return self.screenings.order_by("-screened_at").first()


class ApplicationItem(ItemRow):
    """An item applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="items")


class ApplicationParty(PartyRow):
    """A party of the transaction applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parties")

    class Meta:
        verbose_name_plural = "application parties"


class ApplicationDestination(DestinationRow):
    """A destination applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="destinations")


class Screening(WrittenOnce):
    """
    One run against every denial that counted that day; kept without hits too, as proof of the examination.

    Without filing (`application` empty) only a digest of what was asked is kept. `register_sequence` is the
    last change of the register it saw. Source: Reg. (EU) 2021/821 Art. 16(5), first subparagraph.
    """

    class Trigger(models.TextChoices):
        FILED = "filed"
        UNFILED = "unfiled"
        REGISTER_CHANGED = "register_changed"
        DECISION = "decision"
        REQUESTED = "requested"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="screenings"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="screenings")
    regime = models.CharField(max_length=32)
    trigger = models.CharField(max_length=20, choices=Trigger.choices)
    content_digest = models.CharField(max_length=64)
    ruleset_version = models.CharField(max_length=40)
    register_sequence = models.BigIntegerField()
    compared = models.PositiveIntegerField(help_text="Denials that counted and were compared.")
    screenable_by_party = models.BooleanField()
    screened_at = models.DateTimeField()
    judged_on = models.DateField(help_text="The day whose rules and look-back window applied.")
    duration_ms = models.FloatField()
    screened_by_kind = models.CharField(max_length=8)
    screened_by_id = models.UUIDField(null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["application", "-screened_at"], name="screening_latest")]

    def __str__(self) -> str:
        return f"{self.regime} {self.screened_at:%Y-%m-%d %H:%M}"


class Hit(WrittenOnce):
    """A denial that may concern an essentially identical transaction, with its grounds element by element."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="hits")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    level = models.CharField(max_length=12, help_text="strong, possible or information.")
    rule = models.CharField(max_length=40)
    is_own = models.BooleanField(default=False, help_text="The authority's own denial: shown, never consulted on.")
    elements = models.JSONField(help_text="The verdict sheet: one row per legal element, as data.")

    objects = HitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "denial"], name="hit_once_per_denial")]

    def __str__(self) -> str:
        return f"{self.denial_id} {self.level}"


class Disposition(WrittenOnce):
    """
    What was done about a hit: dismissed with a reason, taken into a consultation, or taken back; the latest counts.

    How long it holds: `screening/law/dispositions.py`.
    """

    class Kind(models.TextChoices):
        DISMISSED = "dismissed"
        CONSULTED = "consulted"
        REOPENED = "reopened"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="dispositions")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="dispositions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason_code = models.CharField(max_length=32, blank=True)
    reason = ProseField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="dismissed") | ~Q(reason_code=""), name="dismissal_has_reason_code"
            )
        ]
        indexes = [models.Index(fields=["application", "denial", "-at"], name="disposition_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.denial_id}"


class DenialIndex(models.Model):
    """
    The current version of a notified denial as screening reads it: facts, and the keys it is found by.

    Derived from the register and never authoritative; `IndexedUpTo` says which change of the register it has seen.
    """

    denial = models.OneToOneField(Denial, on_delete=models.CASCADE, primary_key=True, related_name="screening_row")
    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="+")
    regime = models.CharField(max_length=32)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=2)
    status = models.CharField(max_length=16)
    decided_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    facts = models.JSONField(help_text="The transaction refused, as plain data.")
    keys = ArrayField(models.TextField(), default=list, help_text="What the parties' names are retrieved by.")

    class Meta:
        verbose_name_plural = "denial index"
        indexes = [
            GinIndex(fields=["keys"], name="denial_index_keys"),
            models.Index(fields=["regime", "status"], name="denial_index_counting"),
        ]

    def __str__(self) -> str:
        return str(self.denial_id)


class IndexedUpTo(models.Model):
    """The last change of the register the index has taken in, and the analysis its keys were made by."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    analysis = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "indexed up to"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="indexed_up_to_is_one_row")]

    def __str__(self) -> str:
        return f"{self.sequence} ({self.analysis})"

"""The register: a denial is an identity, its versions hold the content, every change has a gapless number."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Authority, State, User
from accounts.models.record import WrittenOnce
from accounts.models.text import LineField, ProseField
from denials.law.lifecycle import next_state
from denials.law.transactions import Item, Role, Transaction
from denials.models.transaction import DestinationRow, ItemRow, PartyRow
from denials.querysets import UNNOTIFIED, DenialQuerySet


class Denial(models.Model):
    """
    A notified or historic denial, or the draft of one; unguessable id, reference given at notification.

    `current` is the version in force (or the draft's). A historic denial was decided before the exchange
    held it: it counts, its date of notification is unknown, and nobody was told of it here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(  # noqa: DJ001 - null until notified, and unique from then on
        max_length=40, null=True, unique=True, help_text="State-regime-year-serial."
    )
    regime = models.CharField(max_length=32)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="denials")
    state_of_issue = models.ForeignKey(State, on_delete=models.PROTECT, related_name="denials")
    status = models.CharField(max_length=16, default="draft")
    is_historic = models.BooleanField(default=False)
    current = models.OneToOneField(
        "DenialVersion", null=True, on_delete=models.PROTECT, related_name="current_of", db_constraint=True
    )
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    siblings_key = models.UUIDField(null=True, blank=True, help_text="Shared by denials of one refused application.")
    source_reference = LineField(
        max_length=80, blank=True, help_text="The issuer's own number, of the current version."
    )
    audience = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="The multilateral regime whose members alone see it.",
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DenialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=UNNOTIFIED, reference__isnull=True)
                | (~Q(status__in=UNNOTIFIED) & Q(reference__isnull=False)),
                name="denial_reference_iff_notified",
            )
        ]
        indexes = [
            models.Index(fields=["regime", "status"], name="denial_by_regime_status"),
            models.Index(fields=["authority", "status"], name="denial_by_authority_status"),
        ]

    def __str__(self) -> str:
        return self.reference or f"draft {self.pk}"

    def advance(self, event: str, *, act: str = "") -> None:
        """Move to the state the event leads to, for an act. :raises TransitionRefused: where the table has none."""
        self.status = next_state(self.status, event, act=act)

    def facts(self) -> Transaction:
        """Return what was refused as plain facts."""
        if self.current is None:
            raise ValueError("a denial without a version has no facts")
        return self.current.facts()


class DenialVersion(models.Model):
    """
    The content of a denial from `valid_from` on, as known since `recorded_at`.

    A draft's version has neither and may change; once recorded it never does (the database refuses it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    denial = models.ForeignKey(Denial, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, default="draft", help_text="What made it: notify, amend, renew, revoke …")
    status = models.CharField(max_length=16, default="draft", help_text="The denial's state from this version on.")
    valid_from = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    change_reason = ProseField(blank=True)

    legal_basis = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=32, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    notified_on = models.DateField(null=True, blank=True, help_text="Empty: not notified, or not known when.")
    suspended_until = models.DateField(null=True, blank=True)
    activity = models.CharField(max_length=24, default="export")
    authorisation_type = models.CharField(max_length=16, blank=True)
    origin = models.CharField(max_length=16, default="EU_MS")
    origin_state = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        help_text="Who denied, where a multilateral regime passed it on.",
    )
    origin_reference = LineField(max_length=80, blank=True, default="", db_default="")
    granularity = models.CharField(max_length=16, default="individual", db_default="individual")
    list_tier = models.CharField(max_length=16, blank=True, default="", db_default="")
    period_since = models.DateField(null=True, blank=True, help_text="Of an aggregate.")
    period_until = models.DateField(null=True, blank=True)
    licences_denied = models.PositiveIntegerField(null=True, blank=True)
    also_notified = ArrayField(models.CharField(max_length=16), default=list, db_default=[], blank=True)
    scope = models.CharField(max_length=16, default="whole", db_default="whole")
    scope_note = ProseField(
        blank=True, default="", db_default="", help_text="Which destination, user or item, if a part."
    )
    source_reference = LineField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text="The issuer's own number, as this version has it.",
    )
    authorisation_reference = LineField(max_length=80, blank=True, default="", db_default="")
    end_use = ProseField(blank=True)
    explanation = ProseField(blank=True, help_text="Elements on which the assessment is based.")
    remarks = ProseField(blank=True)
    grounds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    criteria_stated = models.BooleanField(default=True, help_text="False where the source leaves them blank.")
    marking = models.CharField(max_length=16, default="LIMITE")
    withheld = ArrayField(
        models.CharField(max_length=60), default=list, db_default=[], blank=True, help_text="section:class."
    )
    court = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True, help_text="What courts did so far."
    )
    review_number = models.PositiveSmallIntegerField(default=0)
    review_due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["denial", "number"], name="denial_version_number_once"),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, status__in=UNNOTIFIED)
                | (Q(recorded_at__isnull=False, valid_from__isnull=False) & ~Q(status__in=UNNOTIFIED)),
                name="denial_version_draft_iff_unrecorded",
            ),
            models.CheckConstraint(  # a client or a file records without a person, a person not without a moment
                condition=Q(recorded_by__isnull=True) | Q(recorded_at__isnull=False),
                name="denial_version_recorded_by_at",
            ),
        ]
        indexes = [
            models.Index(fields=["decided_on"], name="denial_version_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.denial_id} v{self.number}"

    def facts(self) -> Transaction:
        """Return what was refused as plain facts, without the exporter, whose name stays with the issuer."""
        return Transaction(
            regime=self.denial.regime,
            authority=str(self.denial.authority_id),
            state=self.denial.state_of_issue_id,
            destinations=tuple(row.facts() for row in ordered(self.destinations.all())),
            parties=tuple(row.facts() for row in ordered(self.parties.all()) if row.role != Role.EXPORTER),
            items=tuple(row.facts() for row in ordered(self.items.all())),
            end_use=self.end_use,
            activity=self.activity,
            dated=self.decided_on,
        )


class DenialItem(ItemRow):
    """An item of a denial, described in the language of the decision and, where given, in English."""

    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="items")
    description_en = ProseField(blank=True)

    def facts(self) -> Item:
        """Return the item as plain facts; where it is described in two languages, one line for each."""
        return replace(super().facts(), description="\n".join(filter(None, (self.description, self.description_en))))


class DenialParty(PartyRow):
    """A party of a denial. An exporter's name never leaves the issuing authority."""

    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="parties")

    class Meta:
        verbose_name_plural = "denial parties"


class DenialDestination(DestinationRow):
    """A destination of a denial."""

    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="destinations")

    class Meta:
        indexes = [models.Index(fields=["code"], name="denial_destination_code")]


class DenialCriterion(models.Model):
    """One of the eight criteria cited, with its sub-point where given."""

    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=2)
    sub_point = models.CharField(max_length=4, blank=True)

    class Meta:
        verbose_name_plural = "denial criteria"
        constraints = [models.UniqueConstraint(fields=["version", "code", "sub_point"], name="denial_criterion_once")]

    def __str__(self) -> str:
        return f"{self.code}{self.sub_point and f'({self.sub_point})'}"


class RegisterChange(WrittenOnce):
    """The change feed: every recorded version once, numbered without gaps in commit order."""

    sequence = models.BigIntegerField(primary_key=True)
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="changes")
    version = models.OneToOneField(DenialVersion, on_delete=models.PROTECT, related_name="change")
    kind = models.CharField(max_length=16)
    regime = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.denial_id}"


class ReferenceCounter(models.Model):
    """The last serial given to a state's denials in a regime and year; visible only in notified references."""

    state = models.ForeignKey(State, on_delete=models.PROTECT)
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "regime", "year"], name="reference_counter_once")]

    def __str__(self) -> str:
        return f"{self.state_id}-{self.regime}-{self.year}"


def ordered(rows: Any) -> list[Any]:
    """Return prefetched child rows by position, without another query."""
    return sorted(rows, key=lambda row: row.position)

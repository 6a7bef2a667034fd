"""The annual returns of the authorities: one version each, its lines, and what reminded of it."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Authority, Client, User
from accounts.models.record import WrittenOnce
from accounts.models.text import LineField, ProseField
from reports.law.returns import Line, ReturnState, Weight, next_state
from reports.querysets import AnnualReturnQuerySet


class AnnualReturn(models.Model):
    """
    One version of what an authority returns for a regime and year.

    Read and checked it is a dry run; signed off by a supervisor it counts, until a later version is signed. Its lines
    never change: a correction is a new version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="returns")
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Given at sign-off, from 1.")
    state = models.CharField(max_length=12, default=ReturnState.CHECKED)
    method = models.JSONField(default=dict, help_text="The method card: question to answer.")
    method_note = ProseField(blank=True)
    files = models.JSONField(default=list, help_text="Name and digest of each file read.")
    findings = models.JSONField(default=list, help_text="What the checks found: rule, severity, place, params.")
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    rules = models.CharField(max_length=20, help_text="The rules its lines were weighed by.")
    delivered_at = models.DateTimeField()
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    explanation = ProseField(blank=True, help_text="What the supervisor says to the warnings.")
    correction = ProseField(blank=True, help_text="Why a later version was delivered.")
    changes = models.JSONField(default=list, help_text="What differs from the version before, by measure.")

    objects = AnnualReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "regime", "year", "version"], name="annual_return_version_once"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False, signed_by__isnull=False, version__isnull=False)
                | (~Q(state="signed") & Q(signed_at__isnull=True, signed_by__isnull=True, version__isnull=True)),
                name="annual_return_signed_with_version",
            ),
        ]
        indexes = [models.Index(fields=["regime", "year", "state"], name="annual_return_of_year")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.regime} {self.year} ({self.version or self.state})"

    def advance(self, event: str) -> None:
        """Move to the state the event leads to.   :raises TransitionRefused: where the table has none."""
        self.state = next_state(self.state, event)

    @property
    def reference(self) -> str:
        """What it is called: `NL arms 2024 v2`; without a version it is not signed."""
        version = f" v{self.version}" if self.version else ""
        return f"{self.authority.code} {self.regime} {self.year}{version}"


class ReturnLine(models.Model):
    """
    One line of a return, with how it counts: `once` the licence itself, and once in its category and destination.

    Values are whole euro. Source of the columns: the EU annual report, table A; docs/adr/0110.
    """

    annual_return = models.ForeignKey(AnnualReturn, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    section = models.CharField(max_length=12)
    licence = LineField(max_length=80, blank=True)
    destination = LineField(max_length=120)
    category = models.CharField(max_length=8, blank=True)
    entry = LineField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=12, blank=True)
    origin = LineField(max_length=120, blank=True)
    mission = LineField(max_length=120, blank=True)
    criterion = models.CharField(max_length=1, blank=True)
    number = models.IntegerField(null=True, blank=True)
    value_licensed = models.BigIntegerField(null=True, blank=True)
    value_exported = models.BigIntegerField(null=True, blank=True)
    is_total = models.BooleanField(default=False, db_default=False)
    once = models.IntegerField(default=0, db_default=0)
    in_category = models.IntegerField(default=0, db_default=0)
    in_destination = models.IntegerField(default=0, db_default=0)
    counted_destination = LineField(max_length=120)
    counted_category = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annual_return", "position"], name="return_line_position_once"),
            models.CheckConstraint(
                condition=(Q(number__isnull=True) | Q(number__gte=0))
                & (Q(value_licensed__isnull=True) | Q(value_licensed__gte=0))
                & (Q(value_exported__isnull=True) | Q(value_exported__gte=0)),
                name="return_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annual_return_id} {self.position}"

    @classmethod
    def of(cls, annual_return: AnnualReturn, position: int, line: Line, weight: Weight) -> "ReturnLine":
        """Return a line, not yet saved."""
        return cls(
            annual_return=annual_return,
            position=position,
            row=line.row,
            section=line.section,
            licence=line.licence,
            destination=line.destination,
            category=line.category,
            entry=line.entry,
            kind=line.kind,
            decision=line.decision,
            origin=line.origin,
            mission=line.mission,
            criterion=line.criterion,
            number=line.number,
            value_licensed=line.value_licensed,
            value_exported=line.value_exported,
            is_total=line.is_total,
            once=weight.once,
            in_category=weight.in_category,
            in_destination=weight.in_destination,
            counted_destination=weight.destination,
            counted_category=weight.category,
        )


class ReturnFigure(WrittenOnce):
    """
    What a signed return adds up to, in the finest grain that is counted; kept at sign-off, in the order of figures.

    The year is counted from these; the lines themselves are what its tables are held against.   Reading: docs/adr/0190.
    """

    annual_return = models.ForeignKey(AnnualReturn, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=40)
    destination = LineField(max_length=120, blank=True)
    category = models.CharField(max_length=8, blank=True)
    entry = LineField(max_length=40, blank=True)
    criterion = models.CharField(max_length=1, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    dimension = LineField(max_length=140, blank=True)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.annual_return_id} {self.measure} {self.destination} {self.category}: {self.value}"


class ReturnReminder(WrittenOnce):
    """That an authority was reminded of a return it owes; each reminder once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "regime", "year", "kind"], name="return_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.regime} {self.year} {self.kind}"

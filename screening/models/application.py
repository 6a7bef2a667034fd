"""Applications for a licence, as put to the register."""

import uuid
from dataclasses import replace
from decimal import Decimal

from django.db import models

from accounts.models import Authority, User
from accounts.models.text import LineField, ProseField
from denials.law.transactions import Item, Transaction
from denials.models import DestinationRow, ItemRow, PartyRow
from denials.models.register import ordered
from screening.law.completeness import Completeness, completeness
from screening.law.dispositions import Kind
from screening.law.lifecycle import State, next_state
from screening.models.screening import Screening, StandingHit
from screening.querysets import ApplicationQuerySet


class Application(models.Model):
    """
    An application for a licence as put to the register; the applicant's name stays national and has no column.

    Its reference ends in a random suffix: no shared counter tells others how many there are. `screening_failed_at` is
    set while the last try at screening broke off; `screening_tries` counts how often in a row it was given to a worker,
    and `screen_after` is when it may be given to one again. A licence granted is watched until `used_up_on`.
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
    screening_failed_at = models.DateTimeField(null=True, blank=True)
    screening_failure = models.CharField(max_length=60, blank=True, default="", db_default="")
    screening_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    screen_after = models.DateTimeField(null=True, blank=True)
    used_up_on = models.DateField(null=True, blank=True)

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

    def latest_screening(self) -> Screening | None:
        """Return the last screening, None before the first."""
        return self.screenings.order_by("-screened_at", "-register_sequence").first()

    def standing_hits(self) -> list[StandingHit]:
        """Return the hits of the last screening in their order, each with where it stands now."""
        screening = self.latest_screening()
        return screening.standing_hits() if screening else []

    def completeness(self, screening: Screening | None) -> Completeness:
        """
        Return what there is to rest a decision on.

        :param screening: the last screening, already read.
        """
        return completeness(
            screened=screening is not None,
            failed=self.screening_failed_at is not None,
            left_out=bool(screening and screening.left_out),
        )

    def was_consulted_on(self) -> bool:
        """Return whether a consultation runs, or was held on one of its hits."""
        return self.status == State.CONSULTING or self.dispositions.filter(kind=Kind.CONSULTED).exists()

    def open_hits(self) -> list[StandingHit]:
        """Return the hits neither dismissed (by two, where chosen) nor consulted on: they block a decision."""
        return [one for one in self.standing_hits() if one.blocks]


class ApplicationItem(ItemRow):
    """An item applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="items")

    def facts(self) -> Item:
        """Return the item as plain facts, the quantity without the column's trailing zeros."""
        item = super().facts()
        if item.quantity is None:
            return item
        return replace(item, quantity=Decimal(format(item.quantity.normalize(), "f")))


class ApplicationParty(PartyRow):
    """A party of the transaction applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parties")

    class Meta:
        verbose_name_plural = "application parties"


class ApplicationDestination(DestinationRow):
    """A destination applied for."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="destinations")

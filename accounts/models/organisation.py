"""States, their authorities, and since when each takes part in which regime."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.law.periods import WorkingCalendar
from accounts.models.text import LineField, ProseField
from accounts.querysets import AuthorityQuerySet, CompetenceQuerySet, DatedQuerySet

#: Where the institutions have their seat.
SEAT: Final = ZoneInfo("Europe/Brussels")


class State(models.Model):
    """A state whose authorities use the exchange, now or in the past; statistics and calendars go by state."""

    code = models.CharField(max_length=2, primary_key=True)
    name_en = LineField(max_length=100)
    names = models.JSONField(default=dict, help_text="Language code to name.")
    zone = models.CharField(max_length=64, help_text="IANA time zone of the legal time.")
    languages = ArrayField(models.CharField(max_length=3), default=list)

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"

    def zone_info(self) -> ZoneInfo:
        """Return the zone in which this state's periods begin and end."""
        return ZoneInfo(self.zone)

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment falls on in this state."""
        return moment.astimezone(self.zone_info()).date()

    def takes_part(self, regime: str, moment: datetime) -> bool:
        """Tell whether the state takes part in a regime on its own day."""
        return self.memberships.holding(self.day_of(moment)).filter(regime=regime).exists()

    def working_calendar(self, versions: Mapping[str, str] | None = None) -> WorkingCalendar:
        """
        Return the public holidays held, in the highest version of each year, and the zone.

        :param versions: year to version, as kept with a deadline, to count again as it was counted.
        """
        calendar: WorkingCalendar = self.calendar_years.calendars([self]).of(self.code, versions)
        return calendar


class Membership(models.Model):
    """From when until when a state takes part in a regime; `until` is the last day."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="memberships")
    regime = models.CharField(max_length=32)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = ProseField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "regime", "since"], name="membership_once_per_start"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.regime} {self.since}"


class Authority(models.Model):
    """A body with people in it: a national authority, a secretariat, the auditors. The wall runs between them."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority"
        EEAS = "eeas"
        COMMISSION = "commission"
        AUDIT = "audit"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.AUTHORITY)
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="authorities")
    name = LineField(max_length=300)
    national_name = LineField(max_length=300, blank=True)
    mailbox = models.EmailField(blank=True, help_text="Functional mailbox; receives ids only.")

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="authority", state__isnull=False) | (~Q(kind="authority") & Q(state__isnull=True)),
                name="authority_has_state_iff_national",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def zone_info(self) -> ZoneInfo:
        """Return the zone this body sits in: its state's, or that of Brussels for an institution."""
        return self.state.zone_info() if self.state else SEAT

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment falls on where this body sits."""
        return moment.astimezone(self.zone_info()).date()

    def regimes(self, on: date) -> frozenset[str]:
        """Return the regimes this body may see and act in on a day."""
        if self.kind == self.Kind.AUDIT:
            return frozenset(Membership.objects.values_list("regime", flat=True).distinct())
        if getattr(self, "competent_on", None) == on:
            return frozenset(getattr(self, "competent_for", ()))  # loaded with the body; see `acting_on`
        known = getattr(self, "_prefetched_objects_cache", {}).get("competences")
        if known is not None:  # asked for many days: loaded once
            return frozenset(one.regime for one in known if one.holds(on))
        return frozenset(self.competences.holding(on).values_list("regime", flat=True))


class Competence(models.Model):
    """From when until when an authority is competent for a regime, and whether consultations are routed to it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="competences")
    regime = models.CharField(max_length=32)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_contact_point = models.BooleanField(default=False)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "regime", "since"], name="competence_once_per_start"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="competence_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.regime} {self.since}"

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day, both ends included."""
        return self.since <= on and (self.until is None or on <= self.until)

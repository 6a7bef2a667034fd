"""Changes an authority makes to its own rules of level: proposed, run in shadow, switched on by a second person."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.law.settings import SCREENING_INFORMATION
from accounts.models import Authority, AuthoritySetting, User
from accounts.models.text import ProseField
from screening.law.profiles import Profile
from screening.querysets import RuleChangeQuerySet


class RuleChange(models.Model):
    """
    At which level hits on some grounds are to be shown under a regime, from whom, and what it would have changed.

    `number` counts the changes of an authority and is part of the version of its rules. One person proposes, a second
    switches on; both are on record. `shadow` is the last run over past applications: counts and examples.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ON = "on"
        DECLINED = "declined"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="rule_changes")
    regime = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    levels = models.JSONField(help_text="Ground to level, for all grounds placed otherwise than usual.")
    reason = ProseField()
    state = models.CharField(max_length=10, choices=State.choices, default="proposed")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(default=12, help_text="How far back the shadow run looks.")
    shadow = models.JSONField(null=True, blank=True, help_text="What the last run over past applications found.")
    shadow_at = models.DateTimeField(null=True, blank=True)
    shadow_begun_at = models.DateTimeField(null=True, blank=True, help_text="When a worker took the run on.")

    objects = RuleChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="rule_change_number_once"),
            models.UniqueConstraint(
                fields=["authority", "regime"], condition=Q(state="proposed"), name="rule_change_one_proposed"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="rule_change_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="on") | ~Q(closed_by=models.F("proposed_by")), name="rule_change_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.regime} {self.number} {self.state}"

    @property
    def examples(self) -> list[dict[str, Any]]:
        """What the last run over past applications gives as examples; who reads them sees the application."""
        return list(self.shadow["examples"]) if self.shadow else []

    def profile(self) -> Profile:
        """Return the rules with this change as plain facts."""
        return Profile(self.number, dict(self.levels))

    @staticmethod
    def in_force(authority_id: Any, regime: str) -> Profile:
        """Return the profile an authority screens by."""
        held = RuleChange.objects.filter(authority_id=authority_id, regime=regime).in_force().first()
        return held.profile() if held else Profile()

    @staticmethod
    def informs(authority_id: Any, on: date) -> bool:
        """Tell whether an authority has chosen to be shown denials without a duty."""
        return AuthoritySetting.objects.in_force(authority_id, SCREENING_INFORMATION, on) == "on"

    @staticmethod
    def numbered(authority_id: Any, number: int) -> Profile | None:
        """Return the profile of an authority's change that was switched on, None where there is none."""
        change = RuleChange.objects.filter(authority_id=authority_id, number=number, state=RuleChange.State.ON).first()
        return change.profile() if change else None

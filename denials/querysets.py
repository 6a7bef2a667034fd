"""Named filters over the register."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.roles import Principal

NATIONAL = "authority"
UNNOTIFIED = ("draft", "ready", "discarded")


class DenialQuerySet(models.QuerySet[Any]):
    """Denials."""

    def visible_to(self, principal: "Principal") -> "DenialQuerySet":
        """
        Own denials in any state; others' once notified, in the regimes the principal's body takes part in.

        A withdrawn denial stays visible to those who were told of it.
        """
        if not principal.may("denial.read"):
            return self.none()
        notified = Q(regime__in=principal.regimes) & ~Q(status__in=UNNOTIFIED)
        if principal.body != NATIONAL:
            return self.filter(notified)
        return self.filter(notified | Q(authority_id=principal.authority_id))

    def own(self, principal: "Principal") -> "DenialQuerySet":
        return self.filter(authority_id=principal.authority_id)

    def notified(self) -> "DenialQuerySet":
        return self.exclude(status__in=UNNOTIFIED)

    def in_force(self) -> "DenialQuerySet":
        return self.filter(status="in_force")

    def decided_since(self, day: date | None) -> "DenialQuerySet":
        """Denials decided on or after a day; all of them for None (no look-back window)."""
        return self if day is None else self.filter(current__decided_on__gte=day)

    def with_content(self) -> "DenialQuerySet":
        """Load the current version with its parts in a fixed number of queries."""
        return self.select_related("current", "authority", "state_of_issue").prefetch_related(
            "current__items", "current__parties", "current__destinations", "current__criteria"
        )

"""Named filters over applications, screenings and hits: each authority sees its own, and nobody else's."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from accounts.roles import Principal

PENDING = ("received", "screened", "consulting", "decidable")


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications."""

    def visible_to(self, principal: "Principal") -> "ApplicationQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(authority_id=principal.authority_id)

    def pending(self) -> "ApplicationQuerySet":
        """Neither decided nor withdrawn."""
        return self.filter(status__in=PENDING)

    def with_content(self) -> "ApplicationQuerySet":
        return self.select_related("authority", "owner").prefetch_related("items", "parties", "destinations")


class ScreeningQuerySet(models.QuerySet[Any]):
    """Screenings."""

    def visible_to(self, principal: "Principal") -> "ScreeningQuerySet":
        if principal.authority_id is None or not (
            principal.may("application.read") or principal.may("application.screen")
        ):
            return self.none()
        return self.filter(authority_id=principal.authority_id)


class HitQuerySet(models.QuerySet[Any]):
    """Hits."""

    def visible_to(self, principal: "Principal") -> "HitQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(screening__authority_id=principal.authority_id)

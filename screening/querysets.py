"""Named filters over applications, screenings and hits: each authority sees its own, and nobody else's."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from accounts.roles import Principal

LEVELS = ("strong", "possible", "information")
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

    def newest_first(self) -> "ScreeningQuerySet":
        return self.order_by("-screened_at", "-register_sequence", "pk")

    def with_levels(self) -> "ScreeningQuerySet":
        """Load the levels of the hits, without their sheets."""
        hits = self.model._meta.get_field("hits").related_model.objects.only("id", "screening_id", "level")
        return self.prefetch_related(models.Prefetch("hits", queryset=hits))

    def latest_of(self, applications: "Iterable[Any]") -> "dict[Any, Any]":
        """Return the last screening of each application, with the count of its hits by level as `counts`."""
        rows = self.filter(application__in=list(applications)).newest_first()
        latest = rows.order_by("application_id", "-screened_at", "-register_sequence").distinct("application_id")
        found = {}
        for screening in self.model.objects.filter(pk__in=latest.values("pk")).with_levels():
            levels = Counter(hit.level for hit in screening.hits.all())
            screening.counts = {level: levels[level] for level in LEVELS}
            found[screening.application_id] = screening
        return found


class HitQuerySet(models.QuerySet[Any]):
    """Hits."""

    def visible_to(self, principal: "Principal") -> "HitQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(screening__authority_id=principal.authority_id)

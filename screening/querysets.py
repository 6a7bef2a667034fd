"""Named filters over applications, screenings and hits: each authority sees its own, and nobody else's."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Window
from django.db.models.functions import JSONObject, RowNumber

from accounts.querysets import open_to, unblocked

if TYPE_CHECKING:
    from accounts.roles import Principal

LEVELS = ("strong", "possible", "information")
PENDING = ("received", "screened", "consulting", "decidable")


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications."""

    def visible_to(self, principal: "Principal") -> "ApplicationQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(unblocked(), open_to(principal, "pk"), authority_id=principal.authority_id)

    def pending(self) -> "ApplicationQuerySet":
        """Neither decided nor withdrawn."""
        return self.filter(status__in=PENDING)

    def watched(self, on: date) -> "ApplicationQuerySet":
        """Granted, and not yet used up on the day."""
        return self.filter(status="granted").filter(Q(used_up_on__isnull=True) | Q(used_up_on__gt=on))

    def in_examples_of(self, changes: Iterable[Any]) -> set[str]:
        """Return the ids, as text, of those that runs of changed rules give as examples."""
        named = {one["application"] for change in changes for one in change.examples}
        return set(map(str, self.filter(pk__in=named).values_list("pk", flat=True)))

    def with_content(self) -> "ApplicationQuerySet":
        return self.select_related("authority", "owner").prefetch_related("items", "parties", "destinations")

    def at_a_glance(self) -> "ApplicationQuerySet":
        """Bring the first parties and items and all destinations along, in the same query, as `glance_…`."""
        return self.select_related("owner").annotate(
            glance_parties=self._first("parties", F("name"), 2),
            glance_items=self._first("items", JSONObject(code="code", description="description"), 2),
            glance_destinations=self._first("destinations", JSONObject(code="code", printed="printed"), 200),
        )

    def _first(self, part: str, value: Any, count: int) -> ArraySubquery:
        rows = self.model._meta.get_field(part).related_model.objects.filter(application=OuterRef("pk"))
        return ArraySubquery(rows.order_by("position").annotate(glance=value).values("glance")[:count])


class ScreeningQuerySet(models.QuerySet[Any]):
    """Screenings."""

    def visible_to(self, principal: "Principal") -> "ScreeningQuerySet":
        if principal.authority_id is None or not (
            principal.may("application.read") or principal.may("application.screen")
        ):
            return self.none()
        rows = self.filter(unblocked("application_id"), authority_id=principal.authority_id)
        return rows.filter(open_to(principal, "application_id"))

    def newest_first(self) -> "ScreeningQuerySet":
        return self.order_by("-screened_at", "-register_sequence", "pk")

    def with_counts(self) -> "ScreeningQuerySet":
        """Count the hits of each by level, as `strong`, `possible` and `information`."""
        return self.annotate(**{level: Count("hits", filter=Q(hits__level=level)) for level in LEVELS})

    def latest_of(self, applications: Iterable[Any]) -> dict[Any, Any]:
        """Return the last screening of each application, its hits counted."""
        rows = self.filter(application__in=list(applications))
        latest = rows.order_by("application_id", "-screened_at", "-register_sequence").distinct("application_id")
        counted = self.model.objects.filter(pk__in=latest.values("pk")).with_counts()
        return {screening.application_id: screening for screening in counted}


class HitQuerySet(models.QuerySet[Any]):
    """Hits."""

    def visible_to(self, principal: "Principal") -> "HitQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        rows = self.filter(unblocked("screening__application_id"), screening__authority_id=principal.authority_id)
        return rows.filter(open_to(principal, "screening__application_id"))


class RuleChangeQuerySet(models.QuerySet[Any]):
    """Changes of an authority's rules of level."""

    def visible_to(self, principal: "Principal") -> "RuleChangeQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(authority_id=principal.authority_id)

    def in_force(self) -> "RuleChangeQuerySet":
        """Return the change each authority screens by under each regime: the last switched on."""
        key = ("authority_id", "regime")
        return self.filter(state="on").order_by(*key, "-closed_at", "-number").distinct(*key)


class BulkJobQuerySet(models.QuerySet[Any]):
    """Jobs of very many applications."""

    def visible_to(self, principal: "Principal") -> "BulkJobQuerySet":
        """Return those a person or a client sent."""
        if principal.kind == "user":
            return self.filter(person_id=principal.id, authority_id=principal.authority_id)
        if principal.kind == "client":
            return self.filter(client_id=principal.id, authority_id=principal.authority_id)
        return self.none()

    def running(self) -> "BulkJobQuerySet":
        return self.filter(state="running").order_by("asked_at")

    def running_in_turn(self) -> "BulkJobQuerySet":
        """Return those that run, the oldest of each authority first, numbered within it as `place`."""
        place = Window(RowNumber(), partition_by=F("authority_id"), order_by=(F("asked_at"), F("pk")))
        return self.running().annotate(place=place).order_by("place", "asked_at")


class AlarmQuerySet(models.QuerySet[Any]):
    """Alarms about screening without filing."""

    def visible_to(self, principal: "Principal") -> "AlarmQuerySet":
        """The auditors of the exchange see all, those who oversee an authority's work its own."""
        if not principal.may("audit.read") or principal.authority_id is None:
            return self.none()
        return self.all() if principal.body == "audit" else self.filter(authority_id=principal.authority_id)

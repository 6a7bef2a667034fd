"""The register as it stood on a day, as known on a day, in one query; and the versions of one denial side by side."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from accounts.roles import Principal
from denials.fields import content_shown
from denials.law.content import DenialContent
from denials.law.differences import Kind, PartDifference, part_differences
from denials.law.history import known_before
from denials.models import Denial, DenialVersion, Erasure
from denials.models import content as rows
from denials.models.content import PARTS
from denials.querysets import DenialQuerySet

#: What an act sets beside the content, told like a field of it.
OF_THE_VERSION = ("status", "notified_on", "review_number", "review_due_on")


def as_it_stood(principal: Principal, *, on: date, known: date) -> "QuerySet[DenialVersion]":
    """
    Return the versions that held on a day, as known on a day, of the denials a reader may see today.

    One version of each denial that was in the register then, by reference; drafts and what was never notified have
    none. The rule is `denials/law/history.py`.
    """
    return versions_holding(Denial.objects.visible_to(principal), on=on, known=known)


def versions_holding(denials: DenialQuerySet, *, on: date, known: date) -> "QuerySet[DenialVersion]":
    """Return the version of each denial that held on a day, as known on a day, in one query."""
    end = known_before(known)
    eligible = DenialVersion.objects.filter(recorded_at__lt=end, valid_from__lte=on)
    later = eligible.filter(denial=OuterRef("denial_id"), number__gt=OuterRef("number"))
    held = eligible.filter(~Exists(later), denial__in=denials)
    return held.select_related("denial__authority", "denial__state_of_issue").order_by("denial__reference")


def narrowed(
    versions: "QuerySet[DenialVersion]", *, regime: str = "", authority: str = "", status: str = ""
) -> "QuerySet[DenialVersion]":
    """Return the versions of a regime, of an authority or all authorities of a state, in a status then."""
    if regime:
        versions = versions.filter(denial__regime=regime)
    if authority:
        versions = versions.filter(denial__in=Denial.objects.all().issued_by(authority))
    return versions.filter(status=status) if status else versions


def with_parts(versions: "QuerySet[DenialVersion]", parts: Iterable[str] = PARTS) -> "QuerySet[DenialVersion]":
    """Load the parts, or some of them, in a fixed number of queries."""
    return versions.prefetch_related(*parts)


def version_holding(denial: Denial, *, on: date, known: date) -> DenialVersion | None:
    """Return the version of one denial that held on a day, as known on a day, None if it was not in the register."""
    return with_parts(versions_holding(Denial.objects.filter(pk=denial.pk), on=on, known=known)).first()


# ---- versions side by side ---------------------------------------------------------------------------------------


def recorded(denial: Denial) -> list[DenialVersion]:
    """Return the recorded versions of a denial with their parts, the first first."""
    found = denial.versions.filter(recorded_at__isnull=False).order_by("number")
    versions = list(found.select_related("change").prefetch_related(*PARTS))
    for version in versions:
        version.denial = denial
    return versions


def shown(version: DenialVersion, principal: Principal) -> DenialContent:
    """Return what a version states, as a reader may see it."""
    return content_shown(rows.read(version), principal, version.denial.authority_id)


def between(before: DenialVersion, after: DenialVersion, principal: Principal) -> tuple[PartDifference, ...]:
    """Return what two versions of one denial state otherwise, as a reader may see it: what an act set comes first."""
    told = part_differences(shown(before, principal), shown(after, principal))
    return (*_of_the_acts(before, after), *told)


def _of_the_acts(before: DenialVersion, after: DenialVersion) -> Iterable[PartDifference]:
    for name in OF_THE_VERSION:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
            yield PartDifference(name, kind, old, new)


def erased_at(ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Return when persons were last erased from versions, by the version's id; those never touched are left out."""
    found = Erasure.objects.filter(version__in=ids).values_list("version_id").annotate(at=Max("at"))
    return dict(found)

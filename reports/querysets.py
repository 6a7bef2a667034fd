"""Named filters over editions and returns."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from accounts.roles import Principal


class EditionQuerySet(models.QuerySet[Any]):
    """Editions."""

    def visible_to(self, principal: "Principal") -> "EditionQuerySet":
        """Those of the regimes the reader's body takes part in."""
        return self.filter(regime__in=principal.regimes) if principal.may("report.read") else self.none()

    def newest(self, regime: str, year: int) -> Any:
        """Return the last draft of a regime and year, None before the first."""
        return self.filter(regime=regime, year=year).order_by("-drafted_at", "-register_sequence").first()

    def newest_of_each(self) -> "EditionQuerySet":
        """The last draft of each regime and year, without its figures."""
        ordered = self.order_by("regime", "year", "-drafted_at", "-register_sequence")
        return ordered.distinct("regime", "year").defer("tables")

    def frozen_of(self, regime: str, year: int) -> "EditionQuerySet":
        """Those of a regime and year, the last number first."""
        return self.filter(regime=regime, year=year).order_by("-number")


class AnnualReturnQuerySet(models.QuerySet[Any]):
    """Annual returns."""

    def visible_to(self, principal: "Principal") -> "AnnualReturnQuerySet":
        """The own authority's, whole; a secretariat sees that those of its regimes were delivered, never a dry run."""
        if principal.may("return.follow"):
            return self.filter(regime__in=principal.regimes, state="signed")
        if principal.may("return.read"):
            return self.filter(authority_id=principal.authority_id, regime__in=principal.regimes)
        return self.none()

    def current(self, regime: str, year: int) -> "AnnualReturnQuerySet":
        """The last signed version of each authority for a regime and year: what is counted."""
        signed = self.filter(regime=regime, year=year, state="signed")
        return signed.order_by("authority_id", "-version").distinct("authority_id")

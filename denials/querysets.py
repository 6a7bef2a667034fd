"""Named filters over the register."""

from datetime import MAXYEAR, MINYEAR, date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.law.periods import same_day
from denials.law.lifecycle import SUSPENSION
from denials.law.regimes import RULES, RegimeRules, notice_acts
from denials.law.reminders import FURTHEST_AHEAD

if TYPE_CHECKING:
    from accounts.roles import Principal

NATIONAL = "authority"
UNRESOLVED = "XX"
UNNOTIFIED = ("draft", "ready", "discarded")
#: Whose decision it is; a denial of a multilateral regime that a state passed on is not that state's denial.
ORIGIN_OF_STATES = ("EU_MS", "NO")


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows about denials that hold who issued each, its regime, audience and status: denials, and what finds them."""

    def visible_to(self, principal: "Principal") -> Self:
        """
        Own denials in any state; others' once notified, in the regimes the principal's body takes part in.

        What a multilateral regime passed on only its own members see, and no institution. A withdrawn denial stays
        visible to those who were told of it.
        """
        if not principal.may("denial.read"):
            return self.none()
        notified = Q(regime__in=principal.regimes) & ~Q(status__in=UNNOTIFIED)
        if principal.body != NATIONAL:
            return self.filter(notified, audience="")
        notified &= Q(audience__in=("", *principal.regimes))
        return self.filter(notified | Q(authority_id=principal.authority_id))


class DenialQuerySet(VisibleQuerySet):
    """Denials."""

    def own(self, principal: "Principal") -> "DenialQuerySet":
        return self.filter(authority_id=principal.authority_id)

    def notified(self) -> "DenialQuerySet":
        return self.exclude(status__in=UNNOTIFIED)

    def counted(self) -> "DenialQuerySet":
        """Denials the year's tables count: by states, not withdrawn, on a ground that counts. docs/adr/0030."""
        return self._of_states().exclude(self._outside_the_count())

    def counted_in(self, year: int) -> "DenialQuerySet":
        """Denials the tables of a year count: those decided in it."""
        return self.counted()._decided_in(year)

    def left_out_of(self, year: int) -> "DenialQuerySet":
        """Denials decided in a year that rest only on grounds outside the count. docs/adr/0023."""
        return self._of_states().filter(self._outside_the_count())._decided_in(year)

    def _of_states(self) -> "DenialQuerySet":
        """What states denied and did not withdraw; a notice denies nothing, neither does what others passed on."""
        denied = self.notified().exclude(status="withdrawn").exclude(current__act__in=notice_acts())
        return denied.filter(current__origin__in=ORIGIN_OF_STATES)

    def _decided_in(self, year: int) -> "DenialQuerySet":
        if not MINYEAR <= year <= MAXYEAR:
            return self.none()
        return self.decided_between(date(year, 1, 1), date(year, 12, 31))

    def _outside_the_count(self) -> Q:
        """The same reading as `regimes.is_counted`, by the rules of the day of decision."""
        citing = self.model._base_manager.filter(pk=OuterRef("pk"), current__criteria__isnull=False)
        return reduce(or_, map(_outside, RULES)) & ~Q(Exists(citing))

    def to_be_reminded_of(self, on: date) -> "DenialQuerySet":
        """
        Denials for which a reminder may have come due by a day: a superset, in two index scans.

        What was reminded of and has its next day still to come is left out.
        """
        reminded = self.model._meta.get_field("reminders").related_model._base_manager.filter(
            denial=OuterRef("pk"), next_on__gt=on
        )
        ahead = same_day(on, FURTHEST_AHEAD.count, FURTHEST_AHEAD.unit)
        review = Q(current__review_due_on__lte=ahead) & ~Exists(
            reminded.filter(due_on=OuterRef("current__review_due_on"))
        )
        ended = Q(current__act=SUSPENSION, current__suspended_until__lt=on)
        recalled = Q(recalls__requests__acknowledged_at__isnull=True, recalls__answer_by__lte=on)
        owing = self.in_force().filter(review | ended).values("pk").union(self.filter(recalled).values("pk"))
        return self.filter(pk__in=owing)

    def in_force(self) -> "DenialQuerySet":
        return self.filter(status="in_force")

    def decided_since(self, day: date | None) -> "DenialQuerySet":
        """Denials decided on or after a day; all of them for None (no look-back window)."""
        return self if day is None else self.filter(current__decided_on__gte=day)

    def decided_between(self, first: date | None, last: date | None) -> "DenialQuerySet":
        """Denials decided from one day to another, both included; an end left out is open."""
        chosen = self.decided_since(first)
        return chosen if last is None else chosen.filter(current__decided_on__lte=last)

    def issued_by(self, code: str) -> "DenialQuerySet":
        """Denials of an authority, or of all authorities of a state."""
        return self.filter(Q(authority__code__iexact=code) | Q(state_of_issue_id=code.upper()))

    def bound_for(self, code: str) -> "DenialQuerySet":
        """Denials with a destination; XX for those whose printed text tells no country."""
        return self._having(current__destinations__code="" if code.upper() == UNRESOLVED else code.upper())

    def under_entry(self, canonical: str) -> "DenialQuerySet":
        """Denials of an item under a control-list entry, its sub-entries included."""
        return self._having(Q(current__items__code=canonical) | Q(current__items__code__startswith=f"{canonical}."))

    def of_category(self, category: str) -> "DenialQuerySet":
        """Denials of an item of a category, such as ML10 or 3."""
        return self._having(current__items__category=category)

    def citing(self, criterion: str) -> "DenialQuerySet":
        """Denials that cite a criterion, whatever the sub-point."""
        return self._having(current__criteria__code=criterion)

    def _having(self, *conditions: Q, **parts: str) -> "DenialQuerySet":
        """Filter by parts of the content, each denial once."""
        return self.filter(pk__in=self.model._base_manager.filter(*conditions, **parts).values("pk"))

    def with_content(self) -> "DenialQuerySet":
        """Load the current version with its parts in a fixed number of queries."""
        return self.select_related("current__change", "authority", "state_of_issue").prefetch_related(
            "current__items", "current__parties", "current__destinations", "current__criteria"
        )


def _outside(rules: RegimeRules) -> Q:
    outside = [ground.code for ground in rules.grounds if not ground.counted]
    inside = [ground.code for ground in rules.grounds if ground.counted]
    in_force = Q(regime=rules.regime, current__decided_on__range=(rules.since, rules.until or date.max))
    return in_force & Q(current__grounds__overlap=outside) & ~Q(current__grounds__overlap=inside)


class SavedSearchQuerySet(models.QuerySet[Any]):
    """Searches kept by people."""

    def visible_to(self, principal: "Principal") -> "SavedSearchQuerySet":
        """One's own, and those that the authority shares."""
        if principal.authority_id is None or not principal.may("denial.read"):
            return self.none()
        return self.filter(_own_search(principal) | Q(is_shared=True), authority_id=principal.authority_id)

    def own(self, principal: "Principal") -> "SavedSearchQuerySet":
        return self.filter(_own_search(principal), authority_id=principal.authority_id)


def _own_search(principal: "Principal") -> Q:
    return Q(client_id=principal.id) if principal.kind == "client" else Q(owner_id=principal.id)


class CountryQuerySet(models.QuerySet[Any]):
    """Countries and territories."""

    def of_which(self, attribute: str, on: date) -> "CountryQuerySet":
        """Those of which a dated attribute holds on a day."""
        since = Q(attributes__since__isnull=True) | Q(attributes__since__lte=on)
        until = Q(attributes__until__isnull=True) | Q(attributes__until__gte=on)
        return self.filter(since, until, attributes__name=attribute).distinct()

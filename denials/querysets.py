"""Named filters over the register."""

from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.law.periods import same_day
from denials.law.lifecycle import SUSPENSION
from denials.law.regimes import RULES, RegimeRules, notice_acts
from denials.law.reminders import FURTHEST_AHEAD

if TYPE_CHECKING:
    from accounts.roles import Principal

NATIONAL = "authority"
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
        ahead = same_day(on, FURTHEST_AHEAD.count, FURTHEST_AHEAD.unit)
        review = Q(current__review_due_on__lte=ahead) & ~Q(current__act=SUSPENSION)
        review &= ~Q(self._reminded("review", OuterRef("current__review_due_on"), on))
        day_after = ExpressionWrapper(OuterRef("current__suspended_until") + timedelta(days=1), DateField())
        ended = Q(current__act=SUSPENSION, current__suspended_until__lt=on)
        ended &= ~Q(self._reminded("assessment", day_after, on))
        recalls = self._related("recalls").filter(answer_by__lte=on)
        recalls = recalls.filter(requests__isnull=False, requests__acknowledged_at__isnull=True)
        recalls = recalls.exclude(self._reminded("recall", OuterRef("answer_by"), on, of="denial"))
        owing = self.in_force().filter(review | ended).values("pk").union(recalls.values("denial"))
        return self.filter(pk__in=owing)

    def _reminded(self, kind: str, due_on: Any, on: date, *, of: str = "pk") -> Exists:
        """Whether a reminder of a kind for a due day was sent of which the next day is still to come."""
        sent = self._related("reminders").filter(denial=OuterRef(of), kind__startswith=kind, next_on__gt=on)
        return Exists(sent.filter(due_on=due_on))

    def _related(self, name: str) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self.model._meta.get_field(name).related_model._base_manager.all()
        return rows

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

    def under_entry(self, canonical: str) -> "DenialQuerySet":
        """Denials of an item under a control-list entry, its sub-entries included."""
        return self._having(Q(current__items__code=canonical) | Q(current__items__code__startswith=f"{canonical}."))

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


class RegisterRowQuerySet(VisibleQuerySet):
    """The rows that find denials."""

    def visible_to(self, principal: "Principal") -> Self:
        """
        The rule of `VisibleQuerySet`, asked of one number: over 100,000 rows, five conditions take as long as counting.

        A test holds both against each other for every kind of reader.
        """
        if not principal.may("denial.read"):
            return self.none()
        national = principal.body == NATIONAL
        audiences = ("", *sorted(principal.regimes)) if national else ("",)
        scopes = [scope_of(one, who) for one in sorted(principal.regimes) for who in audiences]
        kinds = self.model._meta.apps.get_model("denials", "RegisterKind").objects
        numbers = ArraySubquery(kinds.filter(facet="scope", holds__overlap=scopes).values("number"))
        notified = Q(scope__any_of=numbers)
        return self.filter(notified | Q(authority_id=principal.authority_id) if national else notified)


def scope_of(regime: str, audience: str) -> str:
    """Return what decides who sees a notified denial."""
    return f"{regime}|{audience}"


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

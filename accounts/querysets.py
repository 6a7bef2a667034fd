"""Named filters over organisations, people and the trail."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from accounts.law.periods import WorkingCalendar
from accounts.law.settings import setting_named

if TYPE_CHECKING:
    from accounts.roles import Principal


NOBODY = UUID(int=0)
#: What one must be able to read to hold the receipts of acts upon it.
RECEIPTS_OF = {
    "denial.": "denial.read",
    "grant.": "denial.read",
    "application.": "application.read",
    "decision.": "application.read",
    "consultation.": "consultation.read",
    "act.": "consultation.read",
    "hit.": "application.read",
    "unavailability.": "unavailability.record",
    "calendar.": "calendar.read",
    "retention.": "audit.read",
    "record.": "denial.erase",
    "return.": "report.read",
}


def open_to(principal: "Principal", *columns: str) -> Q:
    """
    The condition that none of the records named in some columns is kept from a principal inside its authority.

    Who oversees restricted cases, and the exchange itself, is kept from none.
    """
    if principal.kind == "system" or principal.may("case.oversee"):
        return Q()
    kept = kept_from(principal)
    return reduce(and_, (~Q(Exists(kept.filter(subject_id=OuterRef(column)))) for column in columns))


def kept_from(principal: "Principal") -> models.QuerySet[Any]:
    """Return the records an authority keeps to named officers of whom a principal is none."""
    records = apps.get_model("accounts", "RestrictedRecord")._default_manager.all()
    named = apps.get_model("accounts", "RestrictionUserPermission")._default_manager.filter(
        content_object_id=OuterRef("restriction_id"), user_id=principal.id or NOBODY
    )
    return records.filter(~Q(Exists(named)), restriction__authority_id=principal.authority_id or NOBODY)


class RestrictionQuerySet(models.QuerySet[Any]):
    """Cases kept to named officers."""

    def visible_to(self, principal: "Principal") -> "RestrictionQuerySet":
        """The own authority's, to those who may see the case."""
        if not principal.authority_id or not principal.may("application.read"):
            return self.none()
        return self.filter(open_to(principal, "case_id"), authority_id=principal.authority_id)


def unblocked(path: str = "pk") -> models.Q:
    """The condition that a record is not blocked; `path` leads to it. Source: docs/adr/0222."""
    blocked = apps.get_model("accounts", "Retention").objects.filter(subject_id=OuterRef(path))
    return Q(~models.Exists(blocked.filter(blocked_at__isnull=False)))


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from `since` to `until`, both days included."""

    def holding(self, on: date) -> "DatedQuerySet":
        return self.filter(Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on))


class CompetenceQuerySet(DatedQuerySet):
    """Competences of authorities."""

    def contact_points(self, regime: str, on: date) -> "DatedQuerySet":
        return self.holding(on).filter(regime=regime, is_contact_point=True)


class Calendars:
    """The lists of holidays held for some states, in all their versions."""

    def __init__(self, zones: Mapping[str, ZoneInfo], lists: Iterable[Any]) -> None:
        self.zones = zones
        self.lists: dict[str, list[Any]] = {code: [] for code in zones}
        for row in lists:
            self.lists[row.state_id].append(row)

    def of(self, state: str, versions: Mapping[str, str] | None = None) -> WorkingCalendar:
        """
        Return a state's calendar.

        :param versions: year to version, as kept with a deadline, and no other year; None: the highest of each.
        """
        chosen = {
            row.year: row
            for row in self.lists[state]
            if versions is None or versions.get(str(row.year)) == str(row.version)
        }
        return WorkingCalendar(
            state=state,
            zone=self.zones[state],
            holidays={year: dict(zip(row.dates, row.names, strict=True)) for year, row in chosen.items()},
            versions={year: str(row.version) for year, row in chosen.items()},
        )


class CalendarYearQuerySet(models.QuerySet[Any]):
    """Lists of public holidays, in all their versions."""

    def calendars(self, states: Iterable[Any]) -> Calendars:
        """Load the lists of some states, in one query however many."""
        zones = {state.code: state.zone_info() for state in states}
        listed = Q(holidays__isnull=False)
        rows = self.filter(state_id__in=zones).annotate(
            dates=ArrayAgg("holidays__date", filter=listed, order_by="holidays__date", default=models.Value([])),
            names=ArrayAgg("holidays__name", filter=listed, order_by="holidays__date", default=models.Value([])),
        )
        return Calendars(zones, rows.order_by("version"))


class AuthorityQuerySet(models.QuerySet[Any]):
    """Bodies of the exchange."""

    def national(self) -> "AuthorityQuerySet":
        return self.filter(kind="authority")

    def named(self, code: str) -> "AuthorityQuerySet":
        """Authorities that go by this code: their own, or that of their state."""
        return self.filter(Q(code__iexact=code) | Q(state_id=code.upper(), kind="authority"))

    def acting_on(self, on: date) -> "AuthorityQuerySet":
        """Load bodies with their state and what they are competent for on a day, in one statement."""
        competences = self.model._meta.get_field("competences").related_model._default_manager
        held = competences.holding(on).filter(authority=OuterRef("pk")).order_by("regime").values("regime")
        return self.select_related("state").annotate(
            competent_on=Value(on, output_field=models.DateField()), competent_for=ArraySubquery(held)
        )

    def members_of(self, regime: str, on: date) -> "AuthorityQuerySet":
        """National authorities competent for a regime on a day whose state is then a member of it."""
        competent = Q(competences__regime=regime, competences__since__lte=on) & (
            Q(competences__until__isnull=True) | Q(competences__until__gte=on)
        )
        member = Q(state__memberships__regime=regime, state__memberships__since__lte=on) & (
            Q(state__memberships__until__isnull=True) | Q(state__memberships__until__gte=on)
        )
        return self.national().filter(competent).filter(member).distinct()


class SettingQuerySet(models.QuerySet[Any]):
    """Choices of authorities."""

    def visible_to(self, principal: "Principal") -> "SettingQuerySet":
        """One's own authority's, and nobody else's."""
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()

    def in_force(self, authority_id: Any, name: str, on: date) -> str:
        """Return the value an authority has chosen for a day, the usual one where it has not."""
        rows = self.filter(authority_id=authority_id, name=name, since__lte=on).order_by("-since", "-pk")
        value: str | None = rows.values_list("value", flat=True).first()
        return setting_named(name).usual if value is None else value


class UserQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, principal: "Principal") -> "UserQuerySet":
        """One's own colleagues, and nobody else."""
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()

    def holding(self, role: str, authority_id: Any) -> "UserQuerySet":
        """Active people of an authority with a role."""
        return self.filter(authority_id=authority_id, roles__contains=[role], is_active=True)


class AbsenceQuerySet(models.QuerySet[Any]):
    """Absences."""

    def on(self, day: date) -> "AbsenceQuerySet":
        """Those that cover a day and were not ended."""
        return self.filter(since__lte=day, until__gte=day, ended_at__isnull=True)


class ClientQuerySet(models.QuerySet[Any]):
    """National systems."""

    def visible_to(self, principal: "Principal") -> "ClientQuerySet":
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()


class ClientKeyQuerySet(models.QuerySet[Any]):
    """Keys of national systems."""

    def visible_to(self, principal: "Principal") -> "ClientKeyQuerySet":
        return self.filter(client__authority_id=principal.authority_id) if principal.authority_id else self.none()

    def good(self) -> "ClientKeyQuerySet":
        """Not ended, of a client that is active."""
        return self.filter(ended_at__isnull=True, client__is_active=True)


class PersonSessionQuerySet(models.QuerySet[Any]):
    """Browsers people are signed in with."""

    def visible_to(self, principal: "Principal") -> "PersonSessionQuerySet":
        """One's own, and nobody else's."""
        return self.filter(user_id=principal.id) if principal.kind == "user" else self.none()


class NoticeQuerySet(models.QuerySet[Any]):
    """The post of an authority."""

    def visible_to(self, principal: "Principal") -> "NoticeQuerySet":
        """The authority's, and what is for oneself alone."""
        if not principal.authority_id:
            return self.none()
        for_them = Q(person__isnull=True) | Q(person_id=principal.id)
        return self.filter(for_them, open_to(principal, "subject_id"), recipient_id=principal.authority_id)

    def unread_by(self, principal: "Principal") -> "NoticeQuerySet":
        return self.exclude(readings__user_id=principal.id)


class DeliveryQuerySet(models.QuerySet[Any]):
    """Ways out of the post."""

    def visible_to(self, principal: "Principal") -> "DeliveryQuerySet":
        """Those of one's authority; a secretariat sees that of all, without what they are about."""
        if principal.may("webhook.approve"):
            return self
        return self.filter(notice__recipient_id=principal.authority_id) if principal.authority_id else self.none()

    def dead(self) -> "DeliveryQuerySet":
        """Given up after the last try."""
        return self.filter(state="failed")


class WebhookQuerySet(models.QuerySet[Any]):
    """Addresses of authorities' systems."""

    def visible_to(self, principal: "Principal") -> "WebhookQuerySet":
        """One's own authority's; for a secretariat, which approves them, all."""
        if principal.may("webhook.approve"):
            return self
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()

    def owned_by(self, principal: "Principal") -> "WebhookQuerySet":
        """One's own authority's: its key and its end are nobody else's."""
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()

    def receiving(self) -> "WebhookQuerySet":
        """Approved and not ended."""
        return self.filter(approved_at__isnull=False, ended_at__isnull=True)


class AuditQuerySet(models.QuerySet[Any]):
    """The audit trail."""

    def visible_to(self, principal: "Principal") -> "AuditQuerySet":
        """All of it for the exchange's auditors; the acts of one's own authority for those who may read it."""
        if not principal.may("audit.read"):
            return self.none()
        return self if principal.body == "audit" else self.filter(authority_id=principal.authority_id)


class ReceiptQuerySet(models.QuerySet[Any]):
    """Signed receipts."""

    def visible_to(self, principal: "Principal") -> "ReceiptQuerySet":
        """One's own authority's, of acts upon what one may read; they hold the content of the act."""
        allowed = [Q(act__startswith=act) for act, needed in RECEIPTS_OF.items() if principal.may(needed)]
        if not principal.authority_id or not allowed:
            return self.none()
        rows = self.filter(reduce(or_, allowed), authority_id=principal.authority_id)
        if principal.may("case.oversee"):
            return rows
        kept = kept_from(principal).annotate(written=Cast("subject_id", CharField()))
        return rows.exclude(Exists(kept.filter(written=OuterRef("subject_id"))))

    def of_transaction(self) -> "ReceiptQuerySet":
        """Those of the acts of this transaction."""
        return self.filter(transaction=RawSQL("pg_current_xact_id()::text::bigint", []))


class RetentionQuerySet(models.QuerySet[Any]):
    """Records that are blocked, or had their personal data deleted."""

    def visible_to(self, principal: "Principal") -> "RetentionQuerySet":
        """Those of one's own authority for its supervisors, all for the auditors of the exchange."""
        if not principal.may("audit.read") or principal.authority_id is None:
            return self.none()
        return self.all() if principal.body == "audit" else self.filter(bodies__contains=[principal.authority_id])


class HoldQuerySet(models.QuerySet[Any]):
    """Holds."""

    def on(self, day: date) -> "HoldQuerySet":
        """Those that hold on a day."""
        return self.filter(ended_at__isnull=True, until__gte=day)

    def visible_to(self, principal: "Principal") -> "HoldQuerySet":
        """Those of one's own authority for its supervisors, all for the auditors of the exchange."""
        if not principal.may("audit.read") or principal.authority_id is None:
            return self.none()
        return self.all() if principal.body == "audit" else self.filter(authority_id=principal.authority_id)

"""Named filters over organisations, people and the trail."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.law.periods import WorkingCalendar

if TYPE_CHECKING:
    from accounts.roles import Principal


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from `since` to `until`, both days included."""

    def holding(self, on: date) -> "DatedQuerySet":
        return self.filter(Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on))


class CompetenceQuerySet(DatedQuerySet):
    """Competences of authorities."""

    def contact_points(self, regime: str, on: date) -> "DatedQuerySet":
        return self.holding(on).filter(regime=regime, is_contact_point=True)


class CalendarYearQuerySet(models.QuerySet[Any]):
    """Lists of public holidays, in all their versions."""

    def working_calendars(
        self, states: Iterable[Any], versions: Mapping[str, str] | None = None
    ) -> dict[str, WorkingCalendar]:
        """
        Return the calendar of each state, by its code, in two queries.

        :param versions: year to version, as kept with a deadline, and no other year; None: the highest of each.
        """
        by_code = {state.code: state for state in states}
        chosen: dict[str, dict[int, Any]] = {code: {} for code in by_code}
        for row in self.filter(state_id__in=by_code).order_by("version").prefetch_related("holidays"):
            if versions is None or versions.get(str(row.year)) == str(row.version):
                chosen[row.state_id][row.year] = row
        return {
            code: WorkingCalendar(
                state=code,
                zone=by_code[code].zone_info(),
                holidays={year: {day.date: day.name for day in row.holidays.all()} for year, row in years.items()},
                versions={year: str(row.version) for year, row in years.items()},
            )
            for code, years in chosen.items()
        }


class AuthorityQuerySet(models.QuerySet[Any]):
    """Bodies of the exchange."""

    def national(self) -> "AuthorityQuerySet":
        return self.filter(kind="authority")

    def named(self, code: str) -> "AuthorityQuerySet":
        """Authorities that go by this code: their own, or that of their state."""
        return self.filter(Q(code__iexact=code) | Q(state_id=code.upper(), kind="authority"))

    def members_of(self, regime: str, on: date) -> "AuthorityQuerySet":
        """National authorities competent for a regime on a day whose state is then a member of it."""
        competent = Q(competences__regime=regime, competences__since__lte=on) & (
            Q(competences__until__isnull=True) | Q(competences__until__gte=on)
        )
        member = Q(state__memberships__regime=regime, state__memberships__since__lte=on) & (
            Q(state__memberships__until__isnull=True) | Q(state__memberships__until__gte=on)
        )
        return self.national().filter(competent).filter(member).distinct()


class UserQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, principal: "Principal") -> "UserQuerySet":
        """One's own colleagues, and nobody else."""
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()


class ClientQuerySet(models.QuerySet[Any]):
    """National systems."""

    def visible_to(self, principal: "Principal") -> "ClientQuerySet":
        return self.filter(authority_id=principal.authority_id) if principal.authority_id else self.none()


class NoticeQuerySet(models.QuerySet[Any]):
    """The post of an authority."""

    def visible_to(self, principal: "Principal") -> "NoticeQuerySet":
        return self.filter(recipient_id=principal.authority_id) if principal.authority_id else self.none()

    def unread_by(self, principal: "Principal") -> "NoticeQuerySet":
        return self.exclude(readings__user_id=principal.id)


class AuditQuerySet(models.QuerySet[Any]):
    """The audit trail."""

    def visible_to(self, principal: "Principal") -> "AuditQuerySet":
        """All of it for the exchange's auditors; the acts of one's own authority for those who may read it."""
        if not principal.may("audit.read"):
            return self.none()
        return self if principal.body == "audit" else self.filter(authority_id=principal.authority_id)

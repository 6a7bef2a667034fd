"""How the work is spread: load per person, what lapses this week, duty, absence, deadlines by day."""

import calendar as gregorian
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts import actions as house
from accounts.labels import REGIMES
from accounts.models import Absence, DutyDesk
from accounts.principals import authority_of
from accounts.views import ExchangeView
from consultations import actions, forms
from consultations.law.terms import TERMS
from consultations.models import WEEK, Consultation, lapsing_soon, loads_of, teams_of
from consultations.views.threads import Row, colleagues_of, rows_of

MOST = 500


class WorkPage(ExchangeView):
    """A page about one's authority's threads."""

    @cached_property
    def zone(self) -> tzinfo:
        """The legal time of one's own state."""
        return authority_of(self.principal).zone_info()

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def received(self, *which: Q) -> list[Row]:
        """What waits for the authority's answer and has an end, the soonest first."""
        rows = Consultation.objects.received_open(self.principal, self.now).filter(*which, due_before__isnull=False)
        return rows_of(rows.for_inbox()[:MOST], self.principal, self.now)


class Work(WorkPage, TemplateView):
    """For supervisors: who has how much, and what will lapse within seven days unless it is answered."""

    permission_needed = "work.oversee"
    template_name = "consultations/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lapsing = rows_of(lapsing_soon(self.principal, self.now).for_inbox()[:MOST], self.principal, self.now)
        people = actions.officers_of(self.principal, "consultation.answer")
        colleagues = [(str(one.pk), str(one)) for one in people]
        names: dict[UUID | None, str] = {one.pk: str(one) for one in people} | {None: _("nobody")}
        load = loads_of(names, self.principal, self.now)
        return super().get_context_data(
            lapsing=lapsing,
            load=[(names[one.person], one) for one in load],
            teams=teams_of(load, {one.pk: one.team for one in people}),
            duty=[self._duty(regime, colleagues) for regime in self._regimes()],
            assign_form=forms.AssignForm(colleagues=colleagues),
            here=reverse("consultations:work"),
            now=self.now,
            **kwargs,
        )

    def _regimes(self) -> list[str]:
        """Those one is competent for under which others consult."""
        known = {one.regime for one in TERMS}
        return sorted(known & self.principal.regimes)

    def _duty(self, regime: str, colleagues: list[tuple[str, str]]) -> forms.DutyForm:
        desk = DutyDesk.objects.filter(authority_id=self.principal.authority_id or "", regime=regime).first()
        initial = {"regime": regime, "officer": str(desk.officer_id) if desk else ""}
        form = forms.DutyForm(colleagues=colleagues, initial=initial, auto_id=f"{regime}_%s")
        form.fields["officer"].label = REGIMES.get(regime, regime)
        return form


class SetDuty(WorkPage, View):
    """Say who is on duty for a regime."""

    permission_needed = "work.oversee"
    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        form = forms.DutyForm(request.POST, colleagues=colleagues_of(self.principal))
        if form.is_valid():
            given = form.cleaned_data
            house.set_duty_officer(
                regime=given["regime"], officer_id=given["officer"] or None, by=self.principal, now=self.now
            )
        return redirect("consultations:work")


class BeAbsent(WorkPage, FormView):
    """One is away from today on; a colleague stands in."""

    permission_needed = "consultation.answer"
    form_class = forms.AbsenceForm
    template_name = "consultations/absence.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [one for one in colleagues_of(self.principal) if one[0] != str(self.principal.id)]
        return {**super().get_form_kwargs(), "colleagues": others}

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.today + WEEK}

    def form_valid(self, form: forms.AbsenceForm) -> HttpResponse:
        given = form.cleaned_data
        house.record_absence(
            stand_in_id=given["stand_in"], since=self.today, until=given["until"], by=self.principal, now=self.now
        )
        return redirect("inbox")


class BeBack(WorkPage, View):
    """One is back."""

    permission_needed = "consultation.answer"
    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        house.end_absence(by=self.principal, now=self.now)
        return redirect("inbox")


class DeadlineCalendar(WorkPage, TemplateView):
    """The authority's deadlines of a month, by their last day."""

    permission_needed = "consultation.read"
    template_name = "consultations/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = self._month()
        weeks = gregorian.Calendar().monthdatescalendar(first.year, first.month)
        by_day: dict[date, list[Row]] = {}
        for row in self.received(*_ending(weeks[0][0], weeks[-1][-1])):
            if row.deadline is not None:
                by_day.setdefault(row.deadline.last_day, []).append(row)
        return super().get_context_data(
            month=first,
            weeks=[[(day, day.month == first.month, by_day.get(day, [])) for day in week] for week in weeks],
            busy=any(weeks[0][0] <= day <= weeks[-1][-1] for day in by_day),
            earlier=(first - timedelta(days=1)).replace(day=1),
            later=(first + timedelta(days=32)).replace(day=1),
            today=self.today,
            now=self.now,
            **kwargs,
        )

    def _month(self) -> date:
        asked = self.request.GET.get("month", "")
        try:
            found = date.fromisoformat(f"{asked}-01")
        except ValueError:
            return self.today.replace(day=1)
        return found if 1990 <= found.year <= 2100 else self.today.replace(day=1)


def _ending(first: date, last: date) -> tuple[Q, Q]:
    """What ends between two days, wherever its days begin."""
    begin, end = (datetime.combine(day, time.min, UTC) for day in (first, last))
    return Q(due_before__gte=begin - timedelta(days=1)), Q(due_before__lt=end + timedelta(days=3))


class DeadlinesFile(WorkPage, View):
    """The deadlines one looks after, oneself or as a stand-in, as a calendar file: references, nothing of a case."""

    permission_needed = "consultation.read"

    def get(self, request: Any) -> HttpResponse:
        away = Absence.objects.on(self.today).filter(stand_in_id=self.principal.id).values("user_id")
        mine = Q(consulted_owner_id=self.principal.id) | Q(consulted_owner__in=away)
        rows = self.received(mine | Q(consulted_owner__isnull=True))
        text = calendar_file([row for row in rows if row.deadline is not None], self.now)
        headers = {"Content-Disposition": 'attachment; filename="deadlines.ics"'}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_file(rows: list[Row], now: datetime) -> str:
    """Return an iCalendar file (RFC 5545) with one whole-day entry per deadline, on its last day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Denial Exchange//Deadlines//EN", "METHOD:PUBLISH"]
    for row in rows:
        assert row.deadline is not None, "only what has an end is listed"
        last = row.deadline.last_day
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.thread.pk}@denial-exchange",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{last:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{row.thread.reference}",
            f"STATUS:{'TENTATIVE' if row.doubt else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "CLASS:CONFIDENTIAL",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])

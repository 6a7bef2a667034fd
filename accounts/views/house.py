"""The house's own pages: working calendars, national systems, the audit trail, the post."""

from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import ListView, TemplateView, View

from accounts.actions import read_notices
from accounts.audit import checkpoints
from accounts.models import AuditRecord, CalendarYear, Notice, State
from accounts.views import health
from accounts.views.page import ExchangeView, next_of


class Calendars(ExchangeView, TemplateView):
    """Every state's public holidays for a year, with version and source: whose calendar a period runs in."""

    permission_needed = "calendar.read"
    template_name = "accounts/calendars.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.request.GET.get("state", "").upper() or self.principal.state or "BE"
        state = get_object_or_404(State, code=code)
        latest = state.calendar_years.values("year").annotate(version=Max("version"))
        years = CalendarYear.objects.filter(state=state).prefetch_related("holidays").order_by("year")
        newest = {row["year"]: row["version"] for row in latest}
        shown = [year for year in years if newest[year.year] == year.version]
        return super().get_context_data(
            state=state, states=State.objects.order_by("code"), calendar_years=shown, **kwargs
        )


class AuditTrail(ExchangeView, ListView):
    """Who did what and when: ids and digests, newest first."""

    permission_needed = "audit.read"
    template_name = "accounts/audit.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[AuditRecord]:
        rows = AuditRecord.objects.visible_to(self.principal).order_by("-sequence")
        subject = self.request.GET.get("subject", "").strip()
        return rows.filter(subject_id=subject) if subject else rows


class Operation(ExchangeView, TemplateView):
    """Whether the exchange lives and keeps up, for who runs it: what `/readyz` answers, in a table."""

    permission_needed = "operation.read"
    template_name = "accounts/operation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = [{"name": name, **check} for name, check in health.checks_at(self.now).items()]
        return super().get_context_data(parts=parts, last=checkpoints.latest(), **kwargs)


class Notices(ExchangeView, ListView):
    """The authority's post, newest first; what is new to the reader is marked."""

    template_name = "accounts/notices.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.principal).order_by("-created_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        unread = Notice.objects.visible_to(self.principal).unread_by(self.principal)
        return {**context, "unread": set(unread.values_list("pk", flat=True)[:500])}


class ReadNotices(ExchangeView, View):
    """Mark all notices read for oneself."""

    def post(self, request: HttpRequest) -> HttpResponse:
        read_notices(by=self.principal, now=self.now)
        return redirect(next_of(request) or reverse("notices"))

"""What falls due: a preview of the quarter, holds upon it, and what is blocked, opened with a reason on record."""

from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from accounts.actions.retention import end_hold, open_blocked, place_hold
from accounts.forms import Text
from accounts.labels import REGIMES
from accounts.law import retention as law
from accounts.law.errors import RuleBroken
from accounts.law.witness import SHORTEST_REASON
from accounts.models import Retention, RetentionHold
from accounts.views import ExchangeView
from consultations.actions.retention import Due, closed_named, falling_due
from reports.statistics import desk
from reports.views.desk import said

MOST = 200


class HoldForm(forms.Form):
    """A record that is under review."""

    reference = Text(
        label=_("Reference"), max_length=60, help_text=_("Of a closed application, consultation or denial of yours.")
    )
    reason = Text(label=_("Reason"), max_length=1000, min_length=SHORTEST_REASON)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))


class ReasonForm(forms.Form):
    """Why what is blocked is read."""

    reason = Text(
        label=_("Reason"),
        max_length=1000,
        min_length=SHORTEST_REASON,
        help_text=_("It goes on record before anything is shown."),
    )


class RetentionPage(ExchangeView, FormView):
    """What falls due until the end of the quarter, what is on hold, what is blocked."""

    permission_needed = {"GET": "audit.read", "POST": "work.oversee"}
    template_name = "reports/retention.html"
    form_class = HoldForm

    def form_valid(self, form: HoldForm) -> HttpResponse:
        given = form.cleaned_data
        due = closed_named(given["reference"], body=self.principal.authority_id, today=self.now.date())
        if due is None:
            form.add_error("reference", _("There is no closed record of yours with this reference."))
            return self.form_invalid(form)
        record: dict[str, Any] = {"subject_id": due.subject_id, "kind": due.kind, "reference": due.reference}
        try:
            place_hold(**record, reason=given["reason"], until=given["until"], by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return redirect("reports:retention")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.now.date() + timedelta(days=365)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = self.now.date()
        until = law.quarter_end(today)
        holds = RetentionHold.objects.visible_to(self.principal).on(today).select_related("authority", "placed_by")
        held = {one.subject_id for one in holds}
        rows = [(due, due.subject_id in held) for kind in law.KINDS for due in self._due(kind, until)]
        blocked = Retention.objects.visible_to(self.principal).filter(blocked_at__isnull=False)
        return super().get_context_data(
            until=until,
            rules=[law.rule_for(kind, today) for kind in law.KINDS],
            rows=rows,
            holds=holds,
            blocked=blocked.order_by("-blocked_at")[:MOST],
            may_hold=self.principal.may("work.oversee"),
            **kwargs,
        )

    def _due(self, kind: str, until: Any) -> list[Due]:
        own = None if self.principal.body == "audit" else self.principal.authority_id
        return list(islice(falling_due(kind, by_day=until, today=self.now.date(), body=own), MOST))


class EndHold(ExchangeView, View):
    """End a hold of the own authority."""

    permission_needed = "work.oversee"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, hold: UUID) -> HttpResponse:
        found = get_object_or_404(RetentionHold.objects.visible_to(self.principal), pk=hold)
        end_hold(hold_id=found.pk, by=self.principal, now=self.now)
        return redirect("reports:retention")


class OpenBlocked(ExchangeView, FormView):
    """What is blocked, for a supervisor or auditor who says why; each time anew."""

    permission_needed = "audit.read"
    template_name = "reports/retention_case.html"
    form_class = ReasonForm

    @cached_property
    def record(self) -> Retention:
        """The blocked record."""
        rows = Retention.objects.visible_to(self.principal).filter(blocked_at__isnull=False)
        found: Retention = get_object_or_404(rows, pk=self.kwargs["record"])
        return found

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        open_blocked(record=self.record, reason=form.cleaned_data["reason"], by=self.principal, now=self.now)
        found = desk.dossier_of(self.record.kind, self.record.pk)
        threads = [{"thread": one, "events": map(said, one.timeline(self.now))} for one in found.pop("threads")]
        regime = REGIMES.get(found["regime"], found["regime"])
        return self.render_to_response(
            self.get_context_data(form=form, is_open=True, threads=threads, regime_words=regime, **found)
        )

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)

"""An authority maintains its own list of public holidays, and sees first which running periods it would touch."""

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.law.errors import RuleBroken
from accounts.models import CalendarYear, State
from accounts.views import ExchangeView
from consultations import actions, forms


class CorrectCalendar(ExchangeView, FormView):
    """Type the list, see what changes and which periods it touches, record it as a new version."""

    permission_needed = "calendar.manage"
    form_class = forms.CalendarForm
    template_name = "consultations/correct_calendar.html"

    @cached_property
    def state(self) -> State:
        """One's own state: nobody maintains another's list."""
        return get_object_or_404(State, code=self.principal.state)

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked.isdecimal() and len(asked) == 4 else self.now.astimezone(self.state.zone_info()).year
        held = self._held(year)
        lines = "\n".join(f"{on.isoformat()} {name}" for on, name in sorted(held.items()))
        return {"year": year, "holidays": lines}

    def form_valid(self, form: forms.CalendarForm) -> HttpResponse:
        given = form.given()
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, **self._preview(given)))
        try:
            actions.correct_calendar(state=self.state, **given, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            status = 409 if refusal.conflict else 422
            return self.render_to_response(self.get_context_data(form=form), status=status)
        return HttpResponseRedirect(f"{reverse('calendars')}?state={self.state.code}")

    def _preview(self, given: dict[str, Any]) -> dict[str, Any]:
        held, new = self._held(given["year"]), given["holidays"]
        calendar = actions.calendar_with(self.state, given["year"], new)
        return {
            "previewing": True,
            "added": [(on, name) for on, name in sorted(new.items()) if held.get(on) != name],
            "removed": [(on, name) for on, name in sorted(held.items()) if on not in new],
            "affected": actions.affected_by(self.state, calendar),
        }

    def _held(self, year: int) -> dict[date, str]:
        held = CalendarYear.objects.filter(state=self.state, year=year).order_by("-version").first()
        return {row.date: row.name for row in held.holidays.all()} if held else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"previewing": False, "state": self.state, "everybody": [_("everybody")], **kwargs}
        )

"""When the exchange could not be used: recorded by a secretariat, read by everybody whose clocks it touched."""

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, ListView

from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView
from consultations import actions, forms
from consultations.models import Unavailability


class Unavailabilities(ExchangeView, ListView):
    """The windows recorded, newest first."""

    permission_needed = "calendar.read"
    template_name = "consultations/unavailabilities.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return Unavailability.objects.counted().select_related("recorded_by").order_by("-began_at", "-pk")


class WindowAct(ExchangeView, FormView, ABC):
    """One act on a window: form, preview, confirm."""

    permission_needed = "unavailability.record"
    template_name = "consultations/window_act.html"
    title: Any = ""
    effect: Any = ""
    confirm_label: Any = ""
    kwargs: dict[str, Any]

    @cached_property
    def window(self) -> Unavailability:
        return get_object_or_404(Unavailability.objects.counted(), pk=self.kwargs["window"])

    @abstractmethod
    def act(self, form: forms.ActForm) -> None:
        """Do it."""

    def form_valid(self, form: forms.ActForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=form.shown(), previewing=True))
        try:
            self.act(form)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            status = 409 if refusal.conflict else 422
            return self.render_to_response(self.get_context_data(form=form), status=status)
        return HttpResponseRedirect(reverse("consultations:unavailability"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            "title": self.title,
            "effect": self.effect,
            "confirm_label": self.confirm_label,
            "everybody": [_("everybody")],
        }
        return super().get_context_data(**{"previewing": False, **shown, **kwargs})


class RecordUnavailability(WindowAct):
    """Record that the exchange could not be used."""

    form_class = forms.WindowForm
    title, confirm_label = _("Record an unavailability"), _("Record it")
    effect = _("Periods that ended in this time are held and nothing lapses on them; both sides are told.")

    def act(self, form: forms.ActForm) -> None:
        actions.record_unavailability(**form.given(), by=self.principal, now=self.now)


class EndUnavailability(WindowAct):
    """Record when it was available again."""

    form_class = forms.WindowEndForm
    title, confirm_label = _("Record that the exchange is available again"), _("Record it")
    effect = _("Periods that end later run on; those that ended in the window stay held until their ends are moved.")

    def act(self, form: forms.ActForm) -> None:
        actions.end_unavailability(window_id=self.window.pk, **form.given(), by=self.principal, now=self.now)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.window  # noqa: B018 - a window that is not there has no form
        return super().get(request, *args, **kwargs)


class MoveHeld(WindowAct):
    """Move the ends of the periods it held."""

    form_class = forms.ConsentForm
    title, confirm_label = _("Move the ends that are held"), _("Move them")

    def act(self, form: forms.ActForm) -> None:
        actions.move_held_deadlines(window_id=self.window.pk, by=self.principal, now=self.now)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to type: show at once how many periods it concerns."""
        return self.render_to_response(self.get_context_data(form=self.get_form(), preview=[], previewing=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.window.held.count()
        words = ngettext(
            "%(count)s period is held. Its end moves by the working days lost, counted from today where it must be "
            "acted; both sides are told.",
            "%(count)s periods are held. Their ends move by the working days lost, counted from today where it must be "
            "acted; both sides are told.",
            held,
        )
        return super().get_context_data(**{"effect": words % {"count": held}, **kwargs})

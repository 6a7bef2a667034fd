"""Remove a person from all the own authority holds: what would go is counted first, then it is done."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.forms import Text
from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView
from consultations.actions.forgetting import exonerate


class PersonForm(forms.Form):
    """A person by all names and numbers, and why they go."""

    names = Text(
        rows=4,
        label=_("Names and numbers"),
        max_length=2000,
        help_text=_("One a line, as written: other spellings and numbers of papers too. Four characters at least."),
    )
    basis = Text(
        label=_("Basis"), max_length=500, help_text=_("The decision or article it rests on; no personal data.")
    )

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class Exonerate(ExchangeView, FormView):
    """Form, count of what would go, act; what other authorities wrote is theirs, and they are told."""

    permission_needed = "denial.erase"
    template_name = "consultations/exonerate.html"
    form_class = PersonForm

    def form_valid(self, form: PersonForm) -> HttpResponse:
        is_act = "confirm" in self.request.POST
        try:
            with transaction.atomic():
                gone = exonerate(**form.cleaned_data, by=self.principal, now=self.now)
                if not is_act:
                    transaction.set_rollback(True)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, gone=gone, is_done=is_act))

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"gone": None, "is_done": False, **kwargs})

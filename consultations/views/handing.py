"""For administrators: hand over what a colleague looks after, and remove one who leaves; counts are shown, no cases."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.forms import offer
from accounts.law.errors import RuleBroken
from accounts.models import User
from accounts.views import ExchangeView
from consultations.actions import hand_over, held_by, remove_person
from consultations.views.threads import colleagues_of


class HeirForm(forms.Form):
    """Who takes over."""

    to = forms.ChoiceField(label=_("Who takes over"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], is_needed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].required = is_needed
        offer(self, "to", [("", _("nobody")), *colleagues])


class HandOver(ExchangeView, FormView):
    """All that a colleague looks after goes to another, in one act."""

    permission_needed = "people.manage"
    template_name = "consultations/hand_over.html"
    form_class = HeirForm
    removes = False

    @cached_property
    def person(self) -> User:
        """The colleague; another authority's people are not there."""
        found: User = get_object_or_404(User.people.visible_to(self.principal), pk=self.kwargs["person"])
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [one for one in colleagues_of(self.principal) if one[0] != str(self.person.pk)]
        is_needed = not self.removes or bool(held_by(self.person).cases)
        return {**super().get_form_kwargs(), "colleagues": others, "is_needed": is_needed}

    def form_valid(self, form: HeirForm) -> HttpResponse:
        try:
            self.act(form.cleaned_data["to"])
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return redirect("person", person=self.person.pk)

    def act(self, to: str) -> None:
        """Do what was asked for."""
        hand_over(person_id=self.person.pk, to_id=UUID(to), by=self.principal, now=self.now)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = held_by(self.person)
        return super().get_context_data(person=self.person, held=held, removes=self.removes, **kwargs)


class RemovePerson(HandOver):
    """A colleague leaves: dead at the next request, and what they look after has another holder."""

    removes = True

    def act(self, to: str) -> None:
        remove_person(person_id=self.person.pk, to_id=UUID(to) if to else None, by=self.principal, now=self.now)

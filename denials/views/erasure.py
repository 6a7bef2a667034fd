"""Erase a person from a denial: choose, see what would be blanked where, confirm."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from accounts.law.errors import RuleBroken
from denials import actions, history
from denials.forms.history import EraseForm
from denials.law.content import DenialContent
from denials.law.erasure import ERASED
from denials.models import Denial, DenialVersion
from denials.models import content as rows
from denials.querysets import UNNOTIFIED
from denials.views.detail import DenialPage

MOST_NAMED_TOO = 50


class ErasePerson(DenialPage, FormView):
    """For supervisors of the issuer."""

    permission_needed = "denial.erase"
    own_only = True
    form_class = EraseForm
    template_name = "denials/erase.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.denial.status in UNNOTIFIED:
            return HttpResponseRedirect(self.home)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "names": self.names}

    def form_valid(self, form: EraseForm) -> HttpResponse:
        given = form.cleaned_data
        if "confirm" not in self.request.POST:
            found = actions.traces_of(self.denial, given["names"], given["chosen"])
            facts = {"blanked": list(found.by_version()), "named_too": self._named_too(found.words)}
            return self.render_to_response(self.get_context_data(form=form, previewed=given, **facts))
        try:
            actions.erase_person(
                denial_id=self.denial.pk,
                names=given["names"],
                chosen=given["chosen"],
                basis=given["basis"],
                by=self.principal,
                now=self.now,
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("denials:receipt", args=[self.denial.pk]))

    def form_invalid(self, form: EraseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"readers": self.recipients(), "back": self.home} | kwargs)

    @cached_property
    def names(self) -> list[str]:
        """Every name a party has in any version, in the order they came up."""
        found = (party.name for _, content in self.held for party in content.parties)
        return [name for name in dict.fromkeys(found) if name != ERASED]

    @cached_property
    def held(self) -> list[tuple[DenialVersion, DenialContent]]:
        """The recorded versions with what they state."""
        return [(version, rows.read(version)) for version in history.recorded(self.denial)]

    def _named_too(self, words: Collection[str]) -> list[Denial]:
        """Other denials of the own authority whose parties are called so: each is decided about by itself."""
        called = Q(versions__parties__name__in=words) | Q(versions__parties__aliases__overlap=list(words))
        others = Denial.objects.own(self.principal).filter(called).exclude(pk=self.denial.pk)
        return list(others.distinct().order_by("reference")[:MOST_NAMED_TOO])

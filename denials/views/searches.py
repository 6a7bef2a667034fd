"""Searches kept under a name: the list of them, saving what the register was asked, changing, going there."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts.law.errors import RuleBroken
from accounts.models import Ledger
from accounts.principals import today_of
from accounts.views import ExchangeView
from denials import actions, search
from denials.forms import SavedSearchForm
from denials.models import SavedSearch
from denials.views.facets import FacetPanel


class SavedSearches(ExchangeView, TemplateView):
    """One's own searches and those that colleagues share, each with how much is new in it."""

    permission_needed = "denial.read"
    template_name = "denials/searches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = SavedSearch.objects.visible_to(self.principal).select_related("owner", "client")
        found = list(visible.order_by("name", "pk"))
        head = Ledger.objects.filter(pk=1).values_list("register_sequence", flat=True).first() or 0
        for one in found:
            one.asked_words = words_of(one)
            one.is_own = one.owner_id is not None and one.owner_id == self.principal.id
            one.new = self._new(one, head) if one.is_own else None
        own = [one for one in found if one.is_own]
        return super().get_context_data(own=own, shared=[one for one in found if not one.is_own], **kwargs)

    @cached_property
    def today(self) -> date:
        """The reader's day."""
        return today_of(self.principal, self.now)

    def _new(self, saved: SavedSearch, head: int) -> int:
        """How many denials it finds that came or changed since its owner looked; nothing is asked where nothing did."""
        if saved.seen_sequence >= head:
            return 0
        rows = search.all_of(self.principal, search.Asked.read(saved.asked), on=self.today)
        return rows.filter(sequence__gt=saved.seen_sequence, sequence__lte=head).count()


def words_of(saved: SavedSearch) -> list[str]:
    """Return what a search asks for, in words."""
    asked = search.Asked.read(saved.asked)
    chips = [chip["label"] for chip in FacetPanel(asked, search.Counted(0, {}), "").chips()]
    return ([f"“{asked.q}”"] if asked.q else []) + chips


class OpenSearch(ExchangeView, View):
    """Lead to the register as a search asks; its owner has then seen what was new. A form leads here, not a link."""

    permission_needed = "denial.read"
    http_method_names = ["post", "options"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = get_object_or_404(SavedSearch.objects.visible_to(self.principal), pk=kwargs["search"])
        if saved.owner_id is not None and saved.owner_id == self.principal.id:
            actions.mark_seen(search_id=saved.pk, by=self.principal)
        return HttpResponseRedirect(f"{reverse('denials:list')}?{urlencode(saved.asked, doseq=True)}")


class SaveSearch(ExchangeView, FormView):
    """Keep what the register was asked under a name."""

    permission_needed = "denial.read"
    template_name = "denials/search_form.html"
    form_class = SavedSearchForm

    @cached_property
    def asked(self) -> search.Asked:
        """The question of the address."""
        return search.Asked.read(dict(self.request.GET.lists()))

    def form_valid(self, form: SavedSearchForm) -> HttpResponse:
        try:
            actions.save_search(asked=self.asked, by=self.principal, now=self.now, **form.cleaned_data)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("denials:searches"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chips = FacetPanel(self.asked, search.Counted(0, {}), reverse("denials:list")).chips()
        back = f"{reverse('denials:list')}?{urlencode(self.asked.as_parameters(), doseq=True)}"
        return super().get_context_data(asked=self.asked, chips=chips, back=back, **kwargs)


class ChangeSearch(SaveSearch):
    """Change an own search, or give it up."""

    @cached_property
    def saved(self) -> SavedSearch:
        """The search; another's is not there."""
        found: SavedSearch = get_object_or_404(SavedSearch.objects.own(self.principal), pk=self.kwargs["search"])
        return found

    @cached_property
    def asked(self) -> search.Asked:
        return search.Asked.read(self.saved.asked)

    def get_initial(self) -> dict[str, Any]:
        saved = self.saved
        return {"name": saved.name, "is_shared": saved.is_shared, "gives_notice": saved.gives_notice}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" in self.request.POST:
            actions.remove_search(search_id=self.saved.pk, by=self.principal, now=self.now)
            return HttpResponseRedirect(reverse("denials:searches"))
        return super().post(self.request, *args, **kwargs)

    def form_valid(self, form: SavedSearchForm) -> HttpResponse:
        try:
            actions.change_search(search_id=self.saved.pk, by=self.principal, now=self.now, **form.cleaned_data)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("denials:searches"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(saved=self.saved, **kwargs)

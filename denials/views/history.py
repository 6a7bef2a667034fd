"""The register as it stood on a day, as known on a day; one denial then; any two of its versions side by side."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.views import ExchangeView
from denials import history, ledger
from denials.forms.history import DaysForm
from denials.law.history import today
from denials.law.regimes import last_rules
from denials.models import DenialVersion
from denials.views.detail import DenialPage

ROWS = 50
LISTED = ("items", "parties", "destinations")


class _Days(ExchangeView, TemplateView):
    """A page that answers for two days; with days it cannot answer for it is shown again, 422."""

    permission_needed = "denial.read"

    @cached_property
    def form(self) -> DaysForm:
        day = today(self.now).isoformat()
        asked = {name: text for name, text in self.request.GET.items() if text}
        return DaysForm({"on": day, "known": day} | asked, regimes=self.principal.regimes, now=self.now)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs), status=200 if self.form.is_valid() else 422)


class AsItStood(_Days):
    """The register on a day, as known on a day."""

    template_name = "denials/as_it_stood.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.form.is_valid():
            return super().get_context_data(form=self.form, **kwargs)
        asked = self.form.cleaned_data
        held = history.as_it_stood(self.principal, on=asked["on"], known=asked["known"])
        held = history.narrowed(held, regime=asked["regime"], authority=asked["authority"])
        page = Paginator(history.with_parts(held, LISTED), ROWS).get_page(self.request.GET.get("page"))
        ledger.note_read([one.denial_id for one in page], self.principal, at=self.now)
        days = {"on": asked["on"], "known": asked["known"]}
        return super().get_context_data(form=self.form, page=page, **days, **kwargs)


class DenialAsItStood(DenialPage, _Days):
    """One denial on a day, as known on a day."""

    template_name = "denials/stood.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note_read()
        if not self.form.is_valid():
            return super().get_context_data(form=self.form, **kwargs)
        on, known = self.form.days()
        held = history.version_holding(self.denial, on=on, known=known)
        facts: dict[str, Any] = {"form": self.form, "on": on, "known": known, "held": held}
        if held is not None:
            content = history.shown(held, self.principal)
            rules = last_rules(self.denial.regime, max(on, content.decided_on or on))
            erased = history.erased_at([held.pk]).get(held.pk)
            facts |= {"content": content, "rules": rules, "erased_at": erased}
        return super().get_context_data(**facts | kwargs)


class VersionsSideBySide(DenialPage, TemplateView):
    """What any two recorded versions of a denial state otherwise."""

    permission_needed = "denial.read"
    template_name = "denials/differences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note_read()
        versions = {one.number: one for one in history.recorded(self.denial)}
        if not versions:
            raise Http404
        later = self._chosen("to", versions, max(versions))
        before = max((one for one in versions if one < later.number), default=later.number)
        earlier = self._chosen("from", versions, before)
        found = history.between(earlier, later, self.principal)
        erased = history.erased_at([earlier.pk, later.pk])
        return super().get_context_data(
            versions=versions.values(), earlier=earlier, later=later, found=found, erased=erased, **kwargs
        )

    def _chosen(self, name: str, versions: dict[int, DenialVersion], usual: int) -> DenialVersion:
        asked = self.request.GET.get(name, "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None if asked else usual
        if number not in versions:
            raise Http404
        return versions[number]

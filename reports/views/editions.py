"""Editions: what was signed off, with its files and what proves it; for the secretariat, checks and sign-off."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.labels import REGIMES
from reports import actions
from reports.exports import TYPES
from reports.forms import FreezeForm
from reports.labels.charts import RULES, check_words
from reports.labels.tables import column_words, place
from reports.law.reconciliation import fails
from reports.models import FrozenEdition
from reports.views.pages import OfYear
from reports.views.public import PAGE, SHEET, public_page

MOST_CORRECTIONS = 300
PUBLIC = "public"
FILES = ("report.xlsx", "report.pdf", "report.json", "tidy.csv", "sdmx.csv")
TYPES_OF_PAGE = {PAGE: "text/html; charset=utf-8", SHEET: "text/css; charset=utf-8"}


class OfEditions(OfYear):
    """What the pages of a year's editions share."""

    @cached_property
    def frozen(self) -> list[FrozenEdition]:
        """The editions signed off, the last first, without their content."""
        found = FrozenEdition.objects.visible_to(self.principal).frozen_of(*self.which)
        return list(found.defer("content", "words").select_related("draft", "signed_by__authority"))

    @property
    def home(self) -> str:
        """The address of the page of editions."""
        return reverse("reports:editions", args=self.which)


class Editions(OfEditions, TemplateView):
    """Every edition of a regime's year; a secretariat also sees whether the draft may be signed off."""

    template_name = "reports/editions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime, year = self.which
        may_freeze = self.principal.may("report.freeze")
        checks = actions.checked(self.counted_now, now=self.now) if may_freeze else ()
        wrong = fails(checks)
        ordered = sorted(checks, key=lambda one: one.holds)  # what does not hold first
        facts = {
            "regime_words": REGIMES.get(regime, regime),
            "regime": regime,
            "year": year,
            "draft": self.draft,
            "is_stale": bool(self.draft and self.draft.digest != self.counted_now.digest),
            "frozen": [
                {"one": one, "corrections": [_correction(c) for c in one.corrections[:MOST_CORRECTIONS]]}
                for one in self.frozen
            ],
            "may_freeze": may_freeze,
            "checks": [{"check": one, "words": check_words(one.name), "rule": RULES[one.rule]} for one in ordered],
            "wrong": len(wrong),
            "may_sign": may_freeze and self.draft is not None and not wrong,
            "full_files": (*FILES, "manifest.json"),
            "public_files": (*FILES, "dcat.jsonld"),
        }
        return super().get_context_data(**{"form": FreezeForm()} | kwargs | facts)


def _correction(one: dict[str, Any]) -> dict[str, Any]:
    what = [column_words(one["measure"]), *(place(one[key]) for key in ("authority", "destination") if one[key])]
    what += [one[key] for key in ("category", "entry", "criterion", "outcome", "dimension") if one[key]]
    return {"what": " · ".join(map(str, what)), "before": one["before"], "after": one["after"]}


class DraftEdition(OfEditions, View):
    """Draft the year's tables now; the sweep does it every night."""

    permission_needed = "report.draft"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        regime, year = self.which
        actions.draft_edition(regime=regime, year=year, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class FreezeEdition(Editions):
    """Sign a draft off; what cannot be taken is said beside its field, and nothing is signed."""

    permission_needed = "report.freeze"
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.draft is None:
            raise Http404
        form = FreezeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        remark = form.cleaned_data["remark"]
        actions.freeze_edition(edition_id=self.draft.pk, remark=remark, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class EditionFile(OfEditions, View):
    """A file of a frozen edition, as it was signed."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        number, edition, name = self.kwargs["number"], self.kwargs["edition"], self.kwargs["name"]
        found = FrozenEdition.objects.visible_to(self.principal).frozen_of(*self.which).filter(number=number)
        frozen = found.select_related("draft").first()
        if frozen is None:
            raise Http404
        content: bytes | None
        if name == "manifest.json":
            content = json.dumps({**frozen.manifest, "digest": frozen.digest}, indent=2, sort_keys=True).encode()
        elif edition == PUBLIC and name in TYPES_OF_PAGE:
            return HttpResponse(
                public_page(frozen, actions.edition_report(frozen, edition))[name], content_type=TYPES_OF_PAGE[name]
            )
        else:
            content = actions.edition_file(frozen, edition, name)
        if content is None:
            raise Http404
        kind = name.rpartition(".")[2]
        response = HttpResponse(content, content_type=TYPES[kind])
        regime, year = self.which
        response["Content-Disposition"] = f'attachment; filename="{regime}_{year}_{edition}_{number}_{name}"'
        return response

"""Annual returns: deliver, look at the dry run, sign off; for secretariats, who has delivered and what is missing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts import principals
from accounts.labels import REGIMES
from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView
from denials.labels import problem_text
from reports import actions, imports, statistics
from reports.forms import ReturnForm, SignForm
from reports.labels import ANSWERS, QUESTIONS, SECTIONS, STATES, column_words, finding_words, key_words, place
from reports.labels.returns import MEASURES, SEVERITIES
from reports.law.licences import TOTAL
from reports.law.returns import METHOD, ReturnState
from reports.models import AnnualReturn, ReturnLine
from reports.statistics.progress import progress

PER_PAGE = 100
MOST_LISTED = 100
MOST_CHANGES = 500


class Returns(ExchangeView, FormView):
    """One's own returns, and a new one to deliver."""

    permission_needed = {"GET": "return.read", "POST": "return.deliver"}
    form_class = ReturnForm
    template_name = "reports/returns/index.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "regimes": self.principal.regimes, "now": self.now}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = AnnualReturn.objects.visible_to(self.principal).select_related("authority__state")
        listed = own.order_by("-year", "regime", "-delivered_at")[:MOST_LISTED]
        rows = [
            {"one": one, "regime": REGIMES.get(one.regime, one.regime), "state": STATES[one.state]} for one in listed
        ]
        return super().get_context_data(rows=rows, may_deliver=self.principal.may("return.deliver"), **kwargs)

    def form_valid(self, form: ReturnForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            kept = imports.deliver(
                authority=principals.authority_of(self.principal),
                regime=given["regime"],
                year=given["year"],
                files=[(file.name, file.read()) for file in given["documents"]],
                method=form.method(),
                method_note=given["method_note"],
                correction=given["correction"],
                by=self.principal,
                now=self.now,
            )
        except imports.FileRefused as refused:
            form.add_error("documents", f"{refused.place}: {problem_text(refused.rule, {'value': refused.value})}")
            return self.form_invalid(form)
        except RuleBroken as refused:
            self.add_refusal(form, refused)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("reports:return", args=[kept.pk]))

    def form_invalid(self, form: ReturnForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ReturnPage(ExchangeView):
    """A page about one return of the own authority."""

    kwargs: dict[str, Any]

    @cached_property
    def found(self) -> AnnualReturn:
        """The return, to its own authority whole, to a secretariat once signed."""
        seen = AnnualReturn.objects.visible_to(self.principal).select_related("authority__state", "signed_by")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def is_own(self) -> bool:
        """Whether the reader's authority delivered it."""
        return self.found.authority_id == self.principal.authority_id


class ReturnDetail(ReturnPage, TemplateView):
    """The dry run: findings, method card, what it adds up to, its lines; signed off, what changed."""

    permission_needed = "report.read"
    template_name = "reports/returns/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        page = Paginator(found.lines.order_by("position"), PER_PAGE).get_page(self.request.GET.get("page"))
        may_sign = self.is_own and found.state == ReturnState.CHECKED and self.principal.may("return.sign")
        facts = {
            "one": found,
            "regime": REGIMES.get(found.regime, found.regime),
            "state": STATES[found.state],
            "findings": [_finding(one) for one in found.findings],
            "card": [
                (QUESTIONS[question], ANSWERS.get(answer, answer))
                for question in METHOD
                if (answer := found.method.get(question))
            ],
            "lines": [{"line": one, "section": _section(one), "place": place(one.destination)} for one in page],
            "page": page,
            "changes": [_change(one) for one in found.changes[:MOST_CHANGES]],
            "is_own": self.is_own,
            "may_sign": may_sign,
            "may_discard": self.is_own and found.state == ReturnState.CHECKED and self.principal.may("return.deliver"),
        }
        return super().get_context_data(**{"form": SignForm(owed=bool(found.warnings))} | kwargs | facts)


def _section(one: ReturnLine) -> str:
    """Say of what a line tells, and what tells it from others of its row."""
    said = [str(SECTIONS.get(one.section, one.section)), key_words("kind", one.kind, {}), one.mission]
    said += [
        column_words(f"criterion_{one.criterion}") if one.criterion else "",
        place(one.origin) if one.origin else "",
    ]
    said += [
        column_words(one.decision) if one.decision else "",
        key_words("category", TOTAL, {}) if one.is_total else "",
    ]
    return " · ".join(filter(None, said))


def _finding(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": finding_words(one),
        "severity": one["severity"],
        "grade": SEVERITIES[one["severity"]],
        "place": one["place"],
    }


def _change(one: dict[str, Any]) -> dict[str, Any]:
    said = " · ".join(
        filter(None, (str(SECTIONS[one["section"]]), place(one["destination"]), one["category"], one["kind"]))
    )
    return {"what": said, "measure": MEASURES[one["measure"]], "before": one["before"], "after": one["after"]}


class SignReturn(ReturnDetail):
    """Sign a return off; what cannot be taken is said beside its field, and nothing is signed."""

    permission_needed = "return.sign"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("reports:return", args=[self.found.pk]))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SignForm(request.POST, owed=bool(self.found.warnings))
        if not self.is_own:
            raise Http404
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        explanation = form.cleaned_data["explanation"]
        try:
            actions.sign_return(return_id=self.found.pk, explanation=explanation, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            if refusal.conflict:
                raise
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return HttpResponseRedirect(reverse("reports:return", args=[self.found.pk]))


class DiscardReturn(ReturnPage, View):
    """Give a dry run up."""

    permission_needed = "return.deliver"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.is_own:
            raise Http404
        actions.discard_return(return_id=self.found.pk, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("reports:returns"))


class Progress(ExchangeView, TemplateView):
    """Who has delivered the return of a year, what is missing, by when it is owed."""

    permission_needed = "return.follow"
    template_name = "reports/returns/progress.html"
    kwargs: dict[str, Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime, year = self.kwargs["regime"], self.kwargs["year"]
        if not statistics.has_tables(self.principal, regime, year, now=self.now):
            raise Http404
        rows = progress(regime, year, now=self.now)
        done = sum(row.state == ReturnState.SIGNED for row in rows)
        facts = {
            "regime": regime,
            "regime_words": REGIMES.get(regime, regime),
            "year": year,
            "rows": [{"row": row, "state": STATES[row.state]} for row in rows],
            "done": done,
            "owing": len(rows) - done,
            "due": rows[0].due if rows else None,
            "years": [year - 1, year + 1] if year + 1 < self.now.year else [year - 1],
        }
        return super().get_context_data(**kwargs | facts)

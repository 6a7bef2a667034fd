"""The authority's own rules of level, and the alarms about screening without filing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts.labels import REGIMES
from accounts.law.errors import RuleBroken
from screening import actions, forms
from screening.labels import LEVELS, RULE_STATES, ground_text
from screening.law.profiles import usual_levels
from screening.models import Application, EnumerationAlarm, RuleChange
from screening.views.sheets import RoomPage

PER_PAGE = 50
MOST_CHANGES = 30


class RuleList(RoomPage, FormView):
    """The rules of level as they are, what was changed, and the form to propose a change."""

    permission_needed = {"GET": "application.read", "POST": "rules.propose"}
    form_class = forms.RulesForm
    template_name = "applications/rules.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "regimes": self.principal.regimes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = RuleChange.objects.visible_to(self.principal).select_related("proposed_by", "closed_by")
        changes = [_shown(one) for one in rows.order_by("-number")[:MOST_CHANGES]]
        regimes = [code for code in REGIMES if code in self.principal.regimes]
        held = [{"regime": REGIMES[code], "levels": _levels(self._held(code))} for code in regimes]
        may_propose = self.principal.may("rules.propose")
        return super().get_context_data(changes=changes, held=held, may_propose=may_propose, **kwargs)

    def _held(self, regime: str) -> dict[str, str]:
        return {**usual_levels(), **RuleChange.in_force(self.principal.authority_id, regime).levels}

    def form_valid(self, form: forms.RulesForm) -> HttpResponse:
        try:
            change = actions.propose_rules(**form.proposal(), by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("applications:rule-change", args=[change.pk]))

    def form_invalid(self, form: forms.RulesForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RulePage(RoomPage):
    """A page about one change of the own authority's rules."""

    permission_needed = "application.read"

    @cached_property
    def change(self) -> RuleChange:
        rows = RuleChange.objects.visible_to(self.principal).select_related("proposed_by", "closed_by")
        return get_object_or_404(rows, pk=self.kwargs["change"])

    @property
    def home(self) -> str:
        """The address of the change's page."""
        return reverse("applications:rule-change", args=[self.change.pk])


class RuleDetail(RulePage, TemplateView):
    """A proposed change, and which hits of past applications it would add and take away, with examples."""

    template_name = "applications/rule_change.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = Application.objects.visible_to(self.principal).in_examples_of([self.change])
        examples = [one for one in self.change.examples if one["application"] in seen]
        return super().get_context_data(
            **{**kwargs, **_shown(self.change)},
            examples=[{**one, "words": ground_text(one["ground"])} for one in examples],
            differing=self.change.shadow["gained"] + self.change.shadow["lost"] if self.change.shadow else 0,
            is_own=self.change.proposed_by_id == self.principal.id,
        )


class SwitchRulesOn(RulePage, View):
    """Let a change hold, as the second person."""

    permission_needed = "application.dispose"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.switch_rules_on(change=self.change, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class DeclineRules(RulePage, View):
    """Drop a proposed change."""

    permission_needed = "application.dispose"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.decline_rules(change=self.change, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class AlarmList(RoomPage, TemplateView):
    """Who screened without filing unusually often."""

    permission_needed = "audit.read"
    template_name = "applications/alarms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = EnumerationAlarm.objects.visible_to(self.principal).select_related("authority").order_by("-raised_at")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


def _levels(levels: dict[str, str]) -> list[dict[str, Any]]:
    return [{"ground": ground_text(ground), "level": level, "words": LEVELS[level]} for ground, level in levels.items()]


def _shown(change: RuleChange) -> dict[str, Any]:
    usual = usual_levels()
    told = {**usual, **change.levels}
    return {
        "change": change,
        "state": RULE_STATES[change.state],
        "regime": REGIMES.get(change.regime, change.regime),
        "levels": [{**one, "usual": LEVELS[usual[code]]} for code, one in zip(told, _levels(told), strict=True)],
    }

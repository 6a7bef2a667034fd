"""Consultations opened by hand: choose the rule, say what it is about, see what each state will see, send."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.law.errors import RuleBroken
from accounts.models import State
from accounts.templatetags.words import state_name
from accounts.views import ExchangeView
from consultations import actions, forms, labels
from consultations.law.terms import OPENED_BY_HAND, About, Terms, known_rules, terms_for
from consultations.models import QUERIED
from consultations.views.clockcard import of_deadline
from screening.models import Application


class AskOthers(ExchangeView, FormView):
    """Without a rule chosen, the rules there are; with one, its form, preview and confirmation."""

    permission_needed = "consultation.open"
    form_class = forms.QueryForm
    template_name = "consultations/ask_others.html"

    @cached_property
    def application(self) -> Application | None:
        """One's own application the question is about, if one is named; another's is not there."""
        asked = self.request.GET.get("application", "")
        if not asked:
            return None
        rows = Application.objects.visible_to(self.principal).with_content()
        try:
            return get_object_or_404(rows, pk=asked)
        except ValueError:
            raise Http404 from None

    @cached_property
    def terms(self) -> Terms | None:
        """The rule chosen, among those that fit."""
        rule = self.request.GET.get("rule", "")
        return next((one for one in self.fitting if one.rule == rule), None)

    @cached_property
    def fitting(self) -> list[Terms]:
        """The rules the authority is competent for, about an application or about facts stated."""
        today, overrides = self.now.date(), getattr(settings, "EXCHANGE_TERMS", None)
        rows = [terms_for(rule, today, overrides) for rule in known_rules() if rule in OPENED_BY_HAND]
        wanted = {About.EITHER, About.APPLICATION if self.application else About.STATED}
        regime = self.application.regime if self.application else None
        return [
            one
            for one in rows
            if one.about in wanted and one.regime in self.principal.regimes and regime in (None, one.regime)
        ]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.terms is None:
            return self.render_to_response(self.get_context_data(form=None))
        return super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.terms is None:
            return self.get(request)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.terms is not None, "a form belongs to a rule"
        members = State.objects.filter(memberships__regime=self.terms.regime, memberships__until__isnull=True)
        rows = members.exclude(code=self.principal.state).distinct().order_by("code")
        states = [(one.code, state_name(one)) for one in rows]
        extra = {"terms": self.terms, "states": states, "with_application": self.application is not None}
        return {**super().get_form_kwargs(), **extra}

    def form_valid(self, form: forms.QueryForm) -> HttpResponse:
        try:
            return self._opened(form) if "confirm" in self.request.POST else self._previewed(form)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            status = 409 if refusal.conflict else 422
            return self.render_to_response(self.get_context_data(form=form), status=status)

    def _previewed(self, form: forms.QueryForm) -> HttpResponse:
        planned = actions.plan_queries(
            rule=form.terms.rule, application=self.application, **form.given(), by=self.principal, now=self.now
        )
        shown = [(one, of_deadline(one.deadline, one.terms, self.now)) for one in planned]
        return self.render_to_response(self.get_context_data(form=form, planned=shown))

    def _opened(self, form: forms.QueryForm) -> HttpResponse:
        if actions.needs_four_eyes(self.principal, QUERIED, self.now):
            return self._prepared(form)
        opened = actions.open_queries(
            rule=form.terms.rule,
            application_id=self.application.pk if self.application else None,
            **self._words(form),
            **form.given(),
            by=self.principal,
            now=self.now,
        )
        if len(opened) > 1:
            return HttpResponseRedirect(f"{reverse('consultations:list')}?role=initiated&status=open")
        first = opened[0]
        event = first.events.get(kind="opened")
        return HttpResponseRedirect(reverse("consultations:receipt", args=[first.pk, event.pk]))

    @staticmethod
    def _words(form: forms.QueryForm) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("question", "summary")}

    def _prepared(self, form: forms.QueryForm) -> HttpResponse:
        kept = actions.prepare_opening(
            act=QUERIED,
            given={"rule": form.terms.rule, **self._words(form), **form.given()},
            application_id=self.application.pk if self.application else None,
            by=self.principal,
            now=self.now,
        )
        return redirect("consultations:prepared-act", prepared=kept.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = [(one.rule, labels.RULE_NAMES[one.rule]) for one in self.fitting]
        title = labels.RULE_NAMES[self.terms.rule] if self.terms else _("Other consultations")
        return super().get_context_data(
            application=self.application,
            terms=self.terms,
            rules=rules,
            title=title,
            here=self.request.get_full_path(),
            **kwargs,
        )

"""The decision on an application, and the notices of grant."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import DetailView, FormView, ListView, View

from accounts.labels import REGIMES
from accounts.law.errors import RuleBroken
from accounts.models import Authority
from accounts.views import ExchangeView
from consultations import actions, forms, labels, notices
from consultations.law.lifecycle import State
from consultations.law.terms import CLOSED_UNANSWERED, is_grant_after_consultation, is_undercut
from consultations.models import Consultation, ConsultationEvent, Decision, GrantNotice, gate_of
from consultations.views.threads import rows_of
from denials.law.regimes import last_rules
from screening.actions import screen_application
from screening.models import Application, Screening

YEAR_DIGITS = 4


class DecidingPage(ExchangeView):
    """A page about deciding on one's own application."""

    permission_needed: str | dict[str, str] = "decision.record"
    kwargs: dict[str, Any]

    @cached_property
    def application(self) -> Application:
        """One's own application; another's is not there."""
        rows = Application.objects.visible_to(self.principal).with_content()
        return get_object_or_404(rows, pk=self.kwargs["application"])

    @cached_property
    def threads(self) -> list[Consultation]:
        """The application's threads."""
        return list(self.application.consultations.with_thread().order_by("sent_at", "consulted_state_id"))

    @property
    def outcomes(self) -> list[str]:
        """How each thread stands to a grant: answered, lapsed, withdrawn; taken nationally it closes the open ones."""
        threads = (thread for thread in self.threads if thread.kind == "denials")
        return [str(thread.outcome(self.now)) or CLOSED_UNANSWERED for thread in threads]


class Decide(DecidingPage, FormView):
    """What stands at the gate; then grant with its explanation, refuse with an own denial, or withdrawn."""

    form_class = forms.DecisionForm
    template_name = "consultations/decide.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        today = self.application.authority.day_of(self.now)
        consulted = any(one.kind == "denials" and one.stands_as(self.now) != State.WITHDRAWN for one in self.threads)
        return {**super().get_form_kwargs(), "today": today, "consulted": consulted}

    def form_valid(self, form: forms.DecisionForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=form.shown(), given=form.given()))
        try:
            made = actions.record_decision(
                application_id=self.application.pk, **form.given(), by=self.principal, now=self.now
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return HttpResponseRedirect(reverse("consultations:decided", args=[made.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gate = gate_of(self.application, self.now)
        today = self.application.authority.day_of(self.now)
        rules, outcomes = last_rules(self.application.regime, today), self.outcomes
        return super().get_context_data(
            application=self.application,
            gate=gate,
            flags=[labels.GATE[str(flag)] for flag in gate.flags(granting=True)],
            rows=rows_of(self.threads, self.principal, self.now),
            recipients=notices.grant_recipients(self.application, today),
            consulted_bodies=self._consulted(),
            content=notices.grant_content(self.application),
            granted_after=is_grant_after_consultation(outcomes),
            is_undercut=is_undercut(rules, outcomes),
            rules=rules,
            decided=Decision.objects.filter(application=self.application).first(),
            now=self.now,
            **kwargs,
        )

    def _consulted(self) -> list[Authority]:
        """Return who learns the outcome: a withdrawn thread has nothing more to learn."""
        told = (thread for thread in self.threads if thread.status != State.WITHDRAWN)
        return list({body.pk: body for thread in told for body in notices.consulted_bodies(thread)}.values())


class Rescreen(DecidingPage, View):
    """Screen again, as the law asks before a decision."""

    permission_needed = "application.screen"
    http_method_names = ["post"]

    def post(self, request: Any, application: Any) -> HttpResponse:
        trigger = Screening.Trigger.DECISION
        screen_application(application=self.application, trigger=trigger, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("consultations:decide", args=[self.application.pk]))


class Decided(ExchangeView, DetailView):
    """The receipt of a decision."""

    permission_needed = "application.read"
    template_name = "consultations/decided.html"
    pk_url_kwarg = "decision"

    def get_queryset(self) -> Any:
        rows = Decision.objects.visible_to(self.principal)
        return rows.select_related("application", "own_denial", "grant_notice", "authority__state", "by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notice = getattr(self.object, "grant_notice", None)
        return super().get_context_data(
            notice=notice,
            told=list(notice.recipients.order_by("code")) if notice else [],
            words=labels.DECISIONS[self.object.outcome],
            owes=self.object.owes_explanation,
            flags=[labels.FLAGS[flag] for flag in self.object.flags],
            now=self.now,
            **kwargs,
        )


class FlaggedDecisions(ExchangeView, ListView):
    """Decisions recorded with flags: the own authority's for its supervisor, all of them for the auditors."""

    permission_needed = "audit.read"
    template_name = "consultations/flagged.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = Decision.objects.flagged(self.principal).select_related("application", "authority__state")
        return rows.order_by("-recorded_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(now=self.now, **kwargs)
        rows = [
            {
                "decision": row,
                "words": labels.DECISIONS[row.outcome],
                "flags": [labels.FLAGS[flag] for flag in row.flags],
                "mine": row.authority_id == self.principal.authority_id,
            }
            for row in context["object_list"]
        ]
        return {**context, "rows": rows}


class ExplainGrant(ExchangeView, FormView):
    """The explanation a grant taken nationally still owes: form, preview, confirm; the receipt is the notice."""

    permission_needed = "decision.record"
    form_class = forms.ExplanationForm
    template_name = "consultations/explain.html"
    kwargs: dict[str, Any]

    @cached_property
    def decision(self) -> Decision:
        """A grant of one's own that owes its explanation; anything else is not there."""
        rows = Decision.objects.visible_to(self.principal).owing_explanation().select_related("application__authority")
        return get_object_or_404(rows, pk=self.kwargs["decision"])

    def _handled(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.decision  # noqa: B018 - what one may not see is not there, whatever is sent
        return super()._handled(*args, **kwargs)

    def form_valid(self, form: forms.ExplanationForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, given=form.given()))
        made = actions.explain_grant(decision_id=self.decision.pk, **form.given(), by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("consultations:grant-notice", args=[made.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.decision.application
        today = application.authority.day_of(self.now)
        return super().get_context_data(
            decision=self.decision,
            application=application,
            recipients=notices.grant_recipients(application, today),
            content=notices.grant_content(application),
            article=last_rules(application.regime, today).source,
            **kwargs,
        )


class GrantNoticePage(ExchangeView):
    """Pages for the author and the recipients of a notice of grant."""

    permission_needed = "denial.read"

    def get_queryset(self) -> Any:
        rows = GrantNotice.objects.visible_to(self.principal).select_related("authority__state")
        return rows.prefetch_related("recipients").order_by("-notified_at", "-pk")


class GrantNoticeList(GrantNoticePage, ListView):
    """Grants after consultation one's authority explained or was told of."""

    template_name = "consultations/grant_notices.html"
    paginate_by = 50

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owed = Decision.objects.visible_to(self.principal).owing_explanation().select_related("application")
        return super().get_context_data(owed=owed.order_by("recorded_at"), **kwargs)


class Undercuts(GrantNoticePage, ListView):
    """The register of undercuts one's authority made or was told of; and explanations that are overdue, both ways."""

    template_name = "consultations/undercuts.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return super().get_queryset().undercuts(self._regime, self._year)

    @property
    def _regime(self) -> str:
        asked = self.request.GET.get("regime", "")
        return asked if asked in REGIMES else ""

    @property
    def _year(self) -> int | None:
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == YEAR_DIGITS else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Decision.objects.select_related("application", "authority__state").order_by("recorded_at")
        visible = super().get_queryset().undercuts()
        context = super().get_context_data(
            owed=rows.visible_to(self.principal).owing_explanation(),
            awaited=rows.awaited_by(self.principal),
            years=[day.year for day in visible.order_by().dates("decided_on", "year", order="DESC")],
            regimes=[(code, REGIMES.get(code, code)) for code in sorted(self.principal.regimes)],
            regime=self._regime,
            year=self._year,
            now=self.now,
            **kwargs,
        )
        for notice in context["object_list"]:
            notice.regime_words = REGIMES.get(notice.regime, notice.regime)
        return context


class Conclusions(ExchangeView, ListView):
    """How consultations on security, customs stops and cyber-surveillance items ended, as far as one was told."""

    permission_needed = "denial.read"
    template_name = "consultations/conclusions.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = ConsultationEvent.objects.conclusions_told_to(self.principal)
        related = ("consultation__consulting_authority", "consultation__consulted_authority", "by_authority")
        return rows.select_related(*related).order_by("-recorded_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(now=self.now, **kwargs)
        return {**context, "rows": [_concluded(event) for event in context["object_list"]]}


class ConclusionDetail(ExchangeView, DetailView):
    """One conclusion, explained."""

    permission_needed = "denial.read"
    template_name = "consultations/conclusion.html"
    pk_url_kwarg = "event"

    def get_queryset(self) -> Any:
        rows = ConsultationEvent.objects.conclusions_told_to(self.principal)
        related = ("consulting_authority", "consulted_authority", "consulted_state")
        return rows.select_related("by_authority", *(f"consultation__{name}" for name in related))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thread = self.object.consultation
        visible = Consultation.objects.visible_to(self.principal).filter(pk=thread.pk).exists()
        return super().get_context_data(now=self.now, row=_concluded(self.object), is_party=visible, **kwargs)


def _concluded(event: ConsultationEvent) -> dict[str, Any]:
    """Return a conclusion in words: by reference, what was decided, what that means, how its author explains it."""
    thread, outcome = event.consultation, str(event.data.get("outcome", ""))
    return {
        "event": event,
        "thread": thread,
        "words": labels.CONCLUSIONS[outcome],
        "rule": labels.RULE_NAMES[thread.rule],
        "meaning": labels.meaning_of(thread.rule, outcome),
        "explanation": event.data.get("explanation", ""),
    }


class GrantNoticeDetail(GrantNoticePage, DetailView):
    """One explanation of a grant after consultation."""

    template_name = "consultations/grant_notice.html"
    pk_url_kwarg = "notice"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(now=self.now, **kwargs)

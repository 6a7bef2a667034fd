"""The auditor's desk: questions put to the record with a reason, and their answers."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.actions import ask_record
from accounts.labels import REGIMES
from accounts.models import AuditQuestion, User
from accounts.views import ExchangeView
from consultations.labels import EVENTS
from consultations.models import ConsultationEvent
from denials.models import Denial
from reports.forms.desk import QUESTIONS, span
from reports.labels import desk as labels
from reports.statistics import desk
from screening.models import Screening

LATEST = 20


class Desk(ExchangeView, TemplateView):
    """The questions one may ask, and those asked last."""

    permission_needed = "audit.question"
    template_name = "reports/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong: dict[str, Form] = kwargs.pop("wrong", {})
        questions = [
            {"kind": kind, "title": labels.QUESTIONS[kind], "form": wrong.get(kind) or form(prefix=kind)}
            for kind, form in QUESTIONS.items()
        ]
        asked = AuditQuestion.objects.select_related("asked_by").order_by("-asked_at")[:LATEST]
        latest = [{"question": one, "title": labels.QUESTIONS[one.kind]} for one in asked]
        bad = next(iter(wrong.values()), None)
        return super().get_context_data(questions=questions, latest=latest, form=bad, **kwargs)


class Ask(Desk):
    """A question put to the record: it is on record before its answer is shown."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in QUESTIONS:
            raise Http404
        form = QUESTIONS[kind](request.POST, prefix=kind)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(wrong={kind: form}), status=422)
        reason = form.cleaned_data["reason"]
        question = ask_record(kind=kind, terms=form.terms(), reason=reason, by=self.principal, now=self.now)
        return redirect("reports:desk-answer", question.pk)


class OnQuestion(ExchangeView, TemplateView):
    """A page of a question's answer."""

    permission_needed = "audit.question"
    kwargs: dict[str, Any]

    @cached_property
    def question(self) -> AuditQuestion:
        """The question, as it is on record."""
        return get_object_or_404(AuditQuestion.objects.select_related("asked_by"), pk=self.kwargs["question"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = labels.QUESTIONS[self.question.kind]
        return super().get_context_data(**kwargs | {"question": self.question, "title": title})


class Answer(OnQuestion):
    """The answer to a question, as the record gives it now."""

    template_name = "reports/desk_answer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = getattr(self, f"_{self.question.kind}")(self.question.terms)
        for one in found.get("decisions", ()):
            one.regime_words = REGIMES.get(one.regime, one.regime)
        return super().get_context_data(**found, **kwargs)

    def _readers(self, terms: dict[str, Any]) -> dict[str, Any]:
        denial = get_object_or_404(Denial, pk=terms["denial"])
        readings, total = desk.readers_of(denial)
        return {"about": denial.reference, "readings": readings, "total": total}

    def _person(self, terms: dict[str, Any]) -> dict[str, Any]:
        person, between = get_object_or_404(User, pk=terms["person"]), span(terms["since"], terms["until"])
        readings, total = desk.read_by(person, *between)
        about = f"{person} ({person.username})"
        return {"about": about, "readings": readings, "total": total, "acts": desk.acts_of(person, *between)}

    def _sample(self, _terms: dict[str, Any]) -> dict[str, Any]:
        return {"cases": desk.sample(self.question)}

    def _unscreened(self, _terms: dict[str, Any]) -> dict[str, Any]:
        return {"decisions": list(desk.grants_without_screening()[: desk.MOST])}

    def _undercuts(self, terms: dict[str, Any]) -> dict[str, Any]:
        return {"about": terms["year"], "decisions": list(desk.undercuts(terms["year"])[: desk.MOST])}

    def _replay(self, terms: dict[str, Any]) -> dict[str, Any]:
        screening = get_object_or_404(Screening.objects.select_related("application"), pk=terms["screening"])
        outcome = desk.replayed(screening)
        hindered = labels.HINDERED.get(outcome.hindered, "")
        return {"screening": screening, "outcome": outcome, "hindered": hindered}


class Case(OnQuestion):
    """The dossier of a case that the answer to a question lists; no other case is shown."""

    template_name = "reports/desk_case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = {one.pk: one for one in desk.cases_of(self.question)}
        application = listed.get(self.kwargs["application"])
        if application is None:
            raise Http404
        found = desk.dossier(application)
        threads = [{"thread": one, "events": map(said, one.timeline(self.now))} for one in found["threads"]]
        words = REGIMES.get(application.regime, application.regime)
        return super().get_context_data(**kwargs | found | {"threads": threads, "regime_words": words})


def said(event: ConsultationEvent) -> dict[str, Any]:
    """Return an event of a thread as the dossier prints it."""
    body = event.by_authority
    return {
        "at": event.effective_at,
        "what": EVENTS[event.kind],
        "who": body.code if body else "",
        "text": event.text,
    }

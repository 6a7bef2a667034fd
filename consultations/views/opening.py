"""From hits to threads: what each other side will see, confirmed once."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import DetailView, FormView

from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView
from consultations import actions, forms
from consultations.law.sharing import USUAL
from consultations.models import OPENED, Consultation
from consultations.views.clockcard import of_deadline
from consultations.views.threads import rows_of
from screening.models import Application


class OpenConsultations(ExchangeView, FormView):
    """Choose the hits and what is shared, see what each state will see, open all threads in one act."""

    permission_needed = "consultation.open"
    form_class = forms.OpenForm
    template_name = "consultations/open.html"

    @cached_property
    def application(self) -> Application:
        """One's own application; another's is not there."""
        rows = Application.objects.visible_to(self.principal).with_content()
        return get_object_or_404(rows, pk=self.kwargs["application"])

    @cached_property
    def hits(self) -> dict[str, Any]:
        """Hits that wait for a judgement, by id, by rank."""
        return {str(one.hit.pk): one.hit for one in self.application.open_hits()}

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = [(pk, f"{hit.denial.reference} ({hit.denial.state_of_issue})") for pk, hit in self.hits.items()]
        return {**super().get_form_kwargs(), "hits": choices}

    def get_initial(self) -> dict[str, Any]:
        asked = [pk for pk in self.request.GET.getlist("hit") if pk in self.hits]
        return {**super().get_initial(), "hits": asked or list(self.hits)}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """From a hit it is one click to the preview, with what is usually shared; `change` leads to the form."""
        asked = [pk for pk in request.GET.getlist("hit") if pk in self.hits]
        if not asked or "change" in request.GET:
            return super().get(request, *args, **kwargs)
        usual = {
            **self.get_form_kwargs(),
            "data": {"hits": asked, "question": "", "summary": "", "share": sorted(USUAL)},
        }
        form = self.form_class(**usual)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.OpenForm) -> HttpResponse:
        try:
            return self._opened(form) if "confirm" in self.request.POST else self._previewed(form)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=409)

    def _previewed(self, form: forms.OpenForm) -> HttpResponse:
        planned = actions.plan_consultations(
            application=self.application, **self._content(form), by=self.principal, now=self.now
        )
        shown = [(one, of_deadline(one.deadline, one.terms, self.now)) for one in planned]
        back = urlencode({"hit": form.cleaned_data["hits"], "change": "1"}, doseq=True)
        return self.render_to_response(self.get_context_data(form=form, planned=shown, change=f"?{back}"))

    def _opened(self, form: forms.OpenForm) -> HttpResponse:
        if actions.needs_four_eyes(self.principal, OPENED, self.now):
            return self._prepared(form)
        actions.open_consultations(
            application_id=self.application.pk,
            **self._content(form),
            question=form.cleaned_data["question"],
            summary=form.cleaned_data["summary"],
            by=self.principal,
            now=self.now,
        )
        return HttpResponseRedirect(reverse("consultations:opened", args=[self.application.pk]))

    def _prepared(self, form: forms.OpenForm) -> HttpResponse:
        chosen = form.cleaned_data
        given = {"hits": chosen["hits"], "shared": list(chosen["share"])}
        given |= {name: chosen[name] for name in ("question", "summary")}
        kept = actions.prepare_opening(
            act=OPENED, given=given, application_id=self.application.pk, by=self.principal, now=self.now
        )
        return redirect("consultations:prepared-act", prepared=kept.pk)

    def _content(self, form: forms.OpenForm) -> dict[str, Any]:
        chosen = form.cleaned_data
        return {"hits": [self.hits[pk].pk for pk in chosen["hits"]], "shared": chosen["share"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, hits=self.hits, now=self.now, **kwargs)


class Opened(ExchangeView, DetailView):
    """The receipt of an opening: the threads of the application that were sent last, and what happens by when."""

    permission_needed = "consultation.read"
    template_name = "consultations/opened.html"
    pk_url_kwarg = "application"

    def get_queryset(self) -> Any:
        return Application.objects.visible_to(self.principal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = Consultation.objects.visible_to(self.principal).filter(application=self.object).with_thread()
        latest = threads.order_by("-sent_at").first()
        if latest is None:
            raise Http404
        rows = rows_of(threads.filter(sent_at=latest.sent_at).order_by("consulted_state_id"), self.principal, self.now)
        return super().get_context_data(rows=rows, at=latest.sent_at, now=self.now, **kwargs)

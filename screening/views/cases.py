"""The pages of one application: file, read, take it over, withdraw it."""

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts import principals
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.principals import today_of
from denials.forms.entries import TAKE, read_rows, taken
from denials.law.content import ContentRefused
from screening import actions, forms
from screening.labels import STATES
from screening.law import sheet
from screening.law.lifecycle import PENDING, State
from screening.models import Application, RuleChange, Screening
from screening.templatetags.verdicts import left_out
from screening.views.sheets import RoomPage, asked_in_words, headline, listed, shown


class ApplicationPage(RoomPage):
    """A page about one of the own authority's applications; another's is not there."""

    @cached_property
    def application(self) -> Application:
        rows = Application.objects.visible_to(self.principal).with_content()
        return get_object_or_404(rows, pk=self.kwargs["application"])

    @property
    def home(self) -> str:
        """The address of the application's page."""
        return reverse("applications:detail", args=[self.application.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"application": self.application, "status": STATES[State(self.application.status)]}
        return super().get_context_data(**{**kwargs, **asked_in_words(self.application), **facts})


class ApplicationDetail(ApplicationPage, TemplateView):
    """The application, its last screening, every hit as a verdict sheet."""

    permission_needed = "application.read"
    template_name = "applications/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screenings = list(self.application.screenings.newest_first().with_counts()[:20])
        latest = screenings[0] if screenings else None
        standing = latest.standing_hits() if latest else []
        completeness = self.application.completeness(latest)
        return super().get_context_data(
            screening=latest,
            headline=headline(latest, standing) if latest else "",
            hits=[shown(one) for one in standing if one.hit.level != "information"],
            information=[shown(one) for one in standing if one.hit.level == "information"],
            screenings=[listed(one) for one in screenings],
            completeness=completeness,
            left_out=left_out(latest) if latest else "",
            shows_information=self.shows_information(latest),
            is_watched=self.application.status == State.GRANTED and self.application.used_up_on is None,
            is_pending=self.application.status in PENDING,
            may_be_withdrawn=self.application.status in PENDING and not self.application.was_consulted_on(),
            is_mine=self.application.owner_id == self.principal.id,
            **kwargs,
        )

    def shows_information(self, screening: Screening | None) -> bool:
        """Whether denials without a duty are listed: asked for, chosen, or all there is to judge by."""
        if screening is None or not screening.screenable_by_party or "information" in self.request.GET:
            return True
        on = today_of(self.principal, self.now)
        return RuleChange.informs(self.principal.authority_id, on)


class ApplicationPeek(ApplicationPage, TemplateView):
    """An application at a glance, beside the list."""

    permission_needed = "application.read"
    template_name = "applications/peek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = self.application.latest_screening()
        standing = latest.standing_hits() if latest else []
        top = [shown(one) for one in standing if one.hit.level != "information"][:5]
        return super().get_context_data(headline=headline(latest, standing) if latest else "", hits=top, **kwargs)


class ContentPage(RoomPage, TemplateView, ABC):
    """A page on which an application is written down."""

    template_name = "applications/form.html"
    kind = "file"

    def begin(self) -> dict[str, Any]:
        """Return what the form begins with."""
        roles = [{"role": "end_user"}, {"role": "consignee"}]
        return {"received_on": principals.authority_of(self.principal).day_of(self.now), "parties": roles}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._form(forms.WholeApplication(regimes=self.principal.regimes, initial=self.begin()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = forms.WholeApplication(regimes=self.principal.regimes, data=taken(request.POST))
        if TAKE in request.POST:
            return self._form(whole)
        if not whole.is_valid():
            return self._form(whole, status=422)
        try:
            return self.accepted(whole)
        except ContentRefused as refusal:
            whole.add_problems(refusal)
        except RuleBroken as refusal:
            field = str(refusal.params.get("field", ""))
            whole.form.add_error(field if field in whole.form.fields else None, rule_text(refusal))
        return self._form(whole, status=422)

    @abstractmethod
    def accepted(self, whole: forms.WholeApplication) -> HttpResponse:
        """Do what the page is for."""

    def _form(self, whole: forms.WholeApplication, status: int = 200) -> HttpResponse:
        read_rows(whole.rows["items"], on=self.now.date(), regime=str(whole.form["regime"].value() or ""))
        context = self.get_context_data(form=whole.form, rows=whole.rows, row_errors=whole.has_row_errors)
        return self.render_to_response(
            {**context, "kind": self.kind, "formsets": list(whole.rows.values())}, status=status
        )


class FileApplication(ContentPage):
    """Write down an application: it is kept, and screened as it is filed."""

    permission_needed = "application.file"

    def accepted(self, whole: forms.WholeApplication) -> HttpResponse:
        application = actions.submit_application(content=whole.content(), by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("applications:detail", args=[application.pk]))


class AmendApplication(ApplicationPage, ContentPage):
    """Replace what is asked; it is screened at once."""

    permission_needed = "application.file"
    kind = "amend"

    def begin(self) -> dict[str, Any]:
        return forms.initial_of(self.application)

    def accepted(self, whole: forms.WholeApplication) -> HttpResponse:
        actions.amend_application(
            application=self.application, content=whole.content(), by=self.principal, now=self.now
        )
        return HttpResponseRedirect(self.home)


class ScreenWithoutFiling(ContentPage):
    """Screen and keep nothing but the proof; the sheets are shown once, with what was typed."""

    permission_needed = "application.screen"
    kind = "screen"

    def accepted(self, whole: forms.WholeApplication) -> HttpResponse:
        screening, result = actions.screen_without_filing(content=whole.content(), by=self.principal, now=self.now)
        standing = screening.standing_hits()
        sheets = {found.denial_id: sheet.as_data(found.judgement.elements) for found in result.hits}
        laid_out = [(one, shown(one, sheets[one.hit.denial_id])) for one in standing]
        self.template_name = "applications/unfiled.html"
        return self.render_to_response(
            self.get_context_data(
                screening=screening,
                headline=headline(screening, standing),
                left_out=left_out(screening),
                hits=[page for one, page in laid_out if one.hit.level != "information"],
                information=[page for one, page in laid_out if one.hit.level == "information"],
            )
        )


class ScreenAgain(ApplicationPage, View):
    """Screen against the register as it is now."""

    permission_needed = "application.screen"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.screen_application(
            application=self.application, trigger=Screening.Trigger.REQUESTED, by=self.principal, now=self.now
        )
        return HttpResponseRedirect(self.home)


class TakeApplication(ApplicationPage, View):
    """Look after the application oneself."""

    permission_needed = "application.file"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.take_application(application=self.application, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class UsedUp(ApplicationPage, View):
    """Record that a licence is used up or has run out: it is watched no longer."""

    permission_needed = "application.file"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        on = today_of(self.principal, self.now)
        actions.record_used_up(application=self.application, on=on, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class WithdrawApplication(ApplicationPage, FormView):
    """Record that the applicant withdrew."""

    permission_needed = "application.file"
    form_class = forms.WhyForm
    template_name = "applications/withdraw.html"

    def form_valid(self, form: forms.WhyForm) -> HttpResponse:
        actions.withdraw_application(application=self.application, **form.cleaned_data, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)

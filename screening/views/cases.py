"""The pages of one application: file, read, judge its hits, take it over, withdraw it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts import principals
from accounts.labels import REGIMES, rule_text
from accounts.law.errors import RuleBroken
from denials.forms.entries import TAKE, read_rows, taken
from denials.law.content import ContentRefused
from screening import actions, forms
from screening.labels import STATES, TRIGGERS
from screening.law import sheet
from screening.law.lifecycle import PENDING, State
from screening.models import Application, Hit, Screening, StandingHit
from screening.views.sheets import RoomPage, asked_in_words, headline, listed, shown


class ApplicationPage(RoomPage):
    """A page about one of the own authority's applications; another's is not there."""

    @cached_property
    def application(self) -> Application:
        rows = Application.objects.visible_to(self.principal).with_content()
        return get_object_or_404(rows, pk=self.kwargs["application"])  # type: ignore[attr-defined]

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
        return super().get_context_data(
            screening=latest,
            headline=headline(latest, standing) if latest else "",
            hits=[shown(one) for one in standing if one.hit.level != "information"],
            information=[shown(one) for one in standing if one.hit.level == "information"],
            screenings=[listed(one) for one in screenings],
            is_pending=self.application.status in PENDING,
            may_be_withdrawn=self.application.status in PENDING and not self.application.was_consulted_on(),
            is_mine=self.application.owner_id == self.principal.id,
            **kwargs,
        )


class ApplicationPeek(ApplicationPage, TemplateView):
    """An application at a glance, beside the list."""

    permission_needed = "application.read"
    template_name = "applications/peek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = self.application.latest_screening()
        standing = latest.standing_hits() if latest else []
        top = [shown(one) for one in standing if one.hit.level != "information"][:5]
        return super().get_context_data(headline=headline(latest, standing) if latest else "", hits=top, **kwargs)


class ContentPage(RoomPage, TemplateView):
    """A page on which an application is written down."""

    template_name = "applications/form.html"
    kind = "file"

    def begin(self) -> dict[str, Any]:
        """Return what the form begins with."""
        authority = principals.authority_of(self.principal)
        zone = authority.state.zone_info() if authority.state else None
        roles = [{"role": "end_user"}, {"role": "consignee"}]
        return {"received_on": self.now.astimezone(zone).date(), "parties": roles}

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

    def accepted(self, whole: forms.WholeApplication) -> HttpResponse:
        """Do what the page is for."""
        raise NotImplementedError

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


class WithdrawApplication(ApplicationPage, FormView):
    """Record that the applicant withdrew."""

    permission_needed = "application.file"
    form_class = forms.WhyForm
    template_name = "applications/withdraw.html"

    def form_valid(self, form: forms.WhyForm) -> HttpResponse:
        actions.withdraw_application(application=self.application, **form.cleaned_data, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)


class HitPage(ApplicationPage):
    """A page about one hit of the last screening."""

    permission_needed = "application.dispose"

    @cached_property
    def hit(self) -> Hit:
        rows = Hit.objects.visible_to(self.principal).filter(screening__application=self.application)
        return get_object_or_404(rows, pk=self.kwargs["hit"])  # type: ignore[attr-defined]

    @property
    def standing(self) -> StandingHit | None:
        """The hit as it stands now, None where a later screening no longer has it."""
        return next((one for one in self.application.standing_hits() if one.hit.denial_id == self.hit.denial_id), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = self.standing
        return super().get_context_data(sheet=shown(standing) if standing else None, **kwargs)

    def beside(self) -> str:
        """The address of the next hit to judge, else of this one."""
        following = self.application.open_hits()
        return f"{self.home}#hit-{following[0].hit.rank}" if following else self.home


class DismissHit(HitPage, FormView):
    """Settle a hit as no essentially identical transaction, with the reason."""

    form_class = forms.DismissalForm
    template_name = "applications/dismiss.html"

    def form_valid(self, form: forms.DismissalForm) -> HttpResponse:
        try:
            actions.dismiss_hit(
                application=self.application, hit=self.hit, **form.cleaned_data, by=self.principal, now=self.now
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            status = 409 if refusal.conflict else 422
            return self.render_to_response(self.get_context_data(form=form), status=status)
        return HttpResponseRedirect(self.beside())


class ReopenHit(HitPage, View):
    """Take back a dismissal."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.reopen_hit(application=self.application, hit=self.hit, by=self.principal, now=self.now)
        return HttpResponseRedirect(f"{self.home}#hit-{self.hit.rank}")


class Certificate(RoomPage, TemplateView):
    """A screening as proof: what it saw, by which rules, and what it found; made to be printed."""

    permission_needed = "application.read"
    template_name = "applications/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Screening.objects.visible_to(self.principal).select_related("application", "authority__state")
        screening = get_object_or_404(rows, pk=self.kwargs["screening"])
        standing = screening.standing_hits()
        facts = {
            "screening": screening,
            "headline": headline(screening, standing),
            "hits": [shown(one) for one in standing if one.hit.level != "information"],
            "why": TRIGGERS[screening.trigger],
            "regime_words": REGIMES.get(screening.regime, screening.regime),
        }
        return super().get_context_data(**{**kwargs, **facts})

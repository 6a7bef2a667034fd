"""The pages of one hit: both transactions side by side, dismiss, confirm, take back; and on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts.labels import REGIMES
from accounts.law.errors import RuleBroken
from accounts.views import is_led_from_elsewhere
from denials.actions.exporting import export_dossier
from denials.exports.dossier import as_paper
from screening import actions, forms
from screening.labels import DISMISSALS, RETURNED, ROLES, STANDINGS, TRIGGERS
from screening.law.dispositions import SETTLED, Kind, Returned
from screening.law.facts import from_data
from screening.law.lifecycle import PENDING
from screening.models import DenialIndex, Hit, Screening, StandingHit
from screening.templatetags.papers import certificate_of, verdict_of
from screening.templatetags.verdicts import left_out
from screening.views.cases import ApplicationPage
from screening.views.sheets import RoomPage, headline, shown


class HitPage(ApplicationPage):
    """A page about one hit of the last screening."""

    permission_needed = "application.dispose"

    @cached_property
    def hit(self) -> Hit:
        rows = Hit.objects.visible_to(self.principal).filter(screening__application=self.application)
        return get_object_or_404(rows, pk=self.kwargs["hit"])

    @cached_property
    def hits(self) -> list[StandingHit]:
        """The hits of the last screening as they stand when the page first asks."""
        return self.application.standing_hits()

    @property
    def standing(self) -> StandingHit | None:
        """The hit as it stands now, None where a later screening no longer has it."""
        return next((one for one in self.hits if one.hit.denial_id == self.hit.denial_id), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = self.standing
        facts = {"sheet": shown(standing) if standing else None, "is_pending": self.application.status in PENDING}
        facts["proposes"] = actions.needs_second_officer(self.application, self.now)
        return super().get_context_data(**{**facts, **kwargs})

    def sheet_page(self, standing: StandingHit) -> str:
        """The address of the page of a hit."""
        return reverse("applications:hit", args=[self.application.pk, standing.hit.pk])

    def beside(self) -> str:
        """The address of the next hit to judge, else of this one."""
        following = self.application.open_hits()
        return f"{self.home}#hit-{following[0].hit.rank}" if following else self.home


class HitDetail(HitPage, TemplateView):
    """Both transactions side by side, the verdict element by element, what was done about it, the hits beside it."""

    permission_needed = "application.read"
    template_name = "applications/hit_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        all_hits = [one for one in self.hits if one.hit.level != "information"]
        places = [at for at, one in enumerate(all_hits) if one.hit.denial_id == self.hit.denial_id]
        at = places[0] if places else None
        beside = {"previous": at - 1 if at else None, "next": at + 1 if at is not None else None}
        index = DenialIndex.objects.filter(denial=self.hit.denial_id).first()
        return super().get_context_data(
            **{name: self._address(all_hits, place) for name, place in beside.items()},
            number=None if at is None else at + 1,
            count=len(all_hits),
            other=from_data(index.facts) if index else None,
            role_words=ROLES,
            history=[self._done(one) for one in self._dispositions()],
            **kwargs,
        )

    def _address(self, all_hits: list[StandingHit], place: int | None) -> str:
        return self.sheet_page(all_hits[place]) if place is not None and 0 <= place < len(all_hits) else ""

    def _dispositions(self) -> Any:
        rows = self.application.dispositions.filter(denial=self.hit.denial_id)
        return rows.select_related("by").order_by("-number")

    def _done(self, one: Any) -> dict[str, Any]:
        words = STANDINGS[SETTLED[Kind(one.kind)]] if one.kind in SETTLED else RETURNED[Returned.REOPENED]
        return {"row": one, "words": words, "reason": DISMISSALS.get(one.reason_code, "")}


class ConfirmDismissal(HitPage, View):
    """Confirm, as the second officer, a dismissal that another proposed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        given = request.POST.get("proposal", "")
        read = int(given) if given.isdecimal() and len(given) < 10 else 0  # none named: none was read
        actions.confirm_dismissal(
            application=self.application, hit=self.hit, proposal=read, by=self.principal, now=self.now
        )
        return HttpResponseRedirect(self.beside())


class ReturnDismissal(HitPage, FormView):
    """Return a proposed dismissal with the reason."""

    form_class = forms.ReturnForm
    template_name = "applications/return.html"

    def get_initial(self) -> dict[str, Any]:
        last = self.standing.last if self.standing else None
        return {**super().get_initial(), "proposal": last.number if last else None}

    def form_valid(self, form: forms.ReturnForm) -> HttpResponse:
        actions.return_dismissal(
            application=self.application, hit=self.hit, **form.cleaned_data, by=self.principal, now=self.now
        )
        return HttpResponseRedirect(f"{self.home}#hit-{self.hit.rank}")


class VerdictPaper(HitPage, View):
    """The verdict sheet of a hit on paper."""

    permission_needed = "application.read"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        standing = self.standing
        home = reverse("applications:hit", args=[self.application.pk, self.hit.pk])
        if is_led_from_elsewhere(request) or standing is None:
            return HttpResponseRedirect(home)
        dossier = verdict_of(standing.hit.screening, standing, self.principal, now=self.now)
        export_dossier(denial=standing.hit.denial, by=self.principal, now=self.now)
        return as_paper(dossier, name=f"{self.application.reference}-{standing.hit.rank}")


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


class CertificatePage(RoomPage):
    """A page about one screening of the own authority."""

    permission_needed = "application.read"

    @cached_property
    def screening(self) -> Screening:
        rows = Screening.objects.visible_to(self.principal).select_related("application", "authority__state")
        return get_object_or_404(rows, pk=self.kwargs["screening"])


class CertificatePaper(CertificatePage, View):
    """The certificate on paper."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        dossier = certificate_of(self.screening, self.principal, now=self.now)
        return as_paper(dossier, name=f"certificate-{dossier.reference}")


class Certificate(CertificatePage, TemplateView):
    """A screening as proof: what it saw, by which rules, and what it found; made to be printed."""

    template_name = "applications/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screening = self.screening
        standing = screening.standing_hits()
        facts = {
            "screening": screening,
            "headline": headline(screening, standing),
            "hits": [shown(one) for one in standing if one.hit.level != "information"],
            "left_out": left_out(screening),
            "why": TRIGGERS[screening.trigger],
            "regime_words": REGIMES.get(screening.regime, screening.regime),
        }
        return super().get_context_data(**{**kwargs, **facts})

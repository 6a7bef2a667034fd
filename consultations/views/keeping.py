"""A case kept to named officers: named, changed and opened again by those who see it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView
from consultations import actions
from consultations.forms import RestrictForm
from consultations.models import Consultation
from screening.models import Application


class CasePage(ExchangeView):
    """A page about a case, an application or a thread, that its reader may see."""

    permission_needed = "case.restrict"
    kwargs: dict[str, Any]

    @cached_property
    def case(self) -> Application | Consultation:
        """The application or thread; one that may not be seen is not there."""
        found = actions.case_seen(self.kwargs["case"], self.principal)
        if found is None:
            raise Http404
        return found

    @property
    def home(self) -> str:
        """The address of the case."""
        name = "applications:detail" if isinstance(self.case, Application) else "consultations:detail"
        return reverse(name, args=[self.case.pk])


class RestrictCase(CasePage, FormView):
    """Name the officers who may see a case."""

    template_name = "consultations/restrict.html"
    form_class = RestrictForm

    @cached_property
    def kept(self) -> Any:
        return actions.restriction_of(self.case.pk, self.principal)

    def get_form_kwargs(self) -> dict[str, Any]:
        officers = [(str(one.pk), str(one)) for one in actions.officers_of(self.principal)]
        return {**super().get_form_kwargs(), "officers": officers}

    def get_initial(self) -> dict[str, Any]:
        if self.kept is None:
            return {"people": [str(self.principal.id)]}
        return {"people": [str(one.pk) for one in actions.named_in(self.kept)], "reason": self.kept.reason}

    def form_valid(self, form: RestrictForm) -> HttpResponse:
        try:
            actions.restrict_case(case=self.case, **form.given(), by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return HttpResponseRedirect(self.home)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, back=self.home, kept=self.kept, **kwargs)


class LiftRestriction(CasePage, View):
    """Open a case to the whole authority again."""

    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.lift_restriction(case_id=self.case.pk, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home)

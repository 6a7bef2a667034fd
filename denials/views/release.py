"""A submitted draft before the second officer: released, or returned with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from denials import actions
from denials.forms import ReasonForm
from denials.law.lifecycle import State
from denials.models import ReleaseStep
from denials.views.detail import DenialPage
from denials.views.notify import PreviewDenial


class ReleaseDraft(PreviewDenial):
    """Exactly what the others will see; the one button that notifies is the second officer's."""

    permission_needed = {"GET": "denial.draft", "POST": "denial.release"}
    template_name = "denials/release.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.denial.status != State.READY:
            return HttpResponseRedirect(self.home)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = list(self.denial.release_steps.select_related("by").order_by("-pk"))
        submitted = next((one for one in steps if one.kind == ReleaseStep.Kind.SUBMITTED), None)
        own = submitted is not None and submitted.principal == self.principal.key
        may_release = self.principal.may("denial.release") and not own
        return super().get_context_data(submitted=submitted, own=own, may_release=may_release, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.release_denial(denial_id=self.denial.pk, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            return self.render_to_response(self.get_context_data(refusal=rule_text(refusal)), status=422)
        return HttpResponseRedirect(reverse("denials:receipt", args=[self.denial.pk]))


class ReturnDraft(DenialPage, FormView):
    """Give a submitted draft back with a reason; whoever submitted it may take it back."""

    own_only = True
    permission_needed = "denial.draft"
    template_name = "denials/return.html"
    form_class = ReasonForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.denial.status != State.READY:
            return HttpResponseRedirect(self.home)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class: type[ReasonForm] | None = None) -> ReasonForm:
        form = super().get_form(form_class)
        form.fields["reason"].required = True
        return form

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            reason = form.cleaned_data["reason"]
            actions.return_denial(denial_id=self.denial.pk, reason=reason, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.home)

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Return a draft"), **kwargs)

"""A submitted draft, or act upon a denial in force, before the second officer: released, or returned with a reason."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.templatetags.words import long_day
from denials import actions
from denials.fields import content_released
from denials.forms import ReasonNeededForm
from denials.labels import ACTS
from denials.law.content import DenialContent, assessed, differences
from denials.law.lifecycle import Event, State
from denials.law.proposals import Proposal
from denials.law.recipients import Recipient
from denials.models import ProposedAct, ReleaseStep
from denials.models import content as rows
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
        asked = (ReleaseStep.Kind.SUBMITTED, Event.NOTIFY)
        submitted = next((one for one in steps if (one.kind, one.event) == asked), None)
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
    form_class = ReasonNeededForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.denial.status != State.READY:
            return HttpResponseRedirect(self.home)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: ReasonNeededForm) -> HttpResponse:
        try:
            self.give_back(form.cleaned_data["reason"])
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.home)

    def give_back(self, reason: str) -> None:
        """Return it."""
        actions.return_denial(denial_id=self.denial.pk, reason=reason, by=self.principal, now=self.now)

    def form_invalid(self, form: ReasonNeededForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"title": _("Return a draft")} | kwargs)


class ProposedActPage(DenialPage, TemplateView):
    """What the act changes, exactly as it was submitted, and who is told; the one button is the second officer's."""

    own_only = True
    permission_needed = {"GET": "denial.draft", "POST": "denial.release"}
    template_name = "denials/proposed.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.proposed_act is None:
            return HttpResponseRedirect(self.home)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            seen = UUID(request.POST.get("proposed", ""))
        except ValueError:
            return HttpResponseRedirect(reverse("denials:proposed", args=[self.denial.pk]))
        try:
            actions.release_act(denial_id=self.denial.pk, proposed=seen, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            if self.proposed_act is None:
                return HttpResponseRedirect(self.home)
            return self.render_to_response(self.get_context_data(refusal=rule_text(refusal)), status=422)
        return HttpResponseRedirect(reverse("denials:receipt", args=[self.denial.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = cast("ProposedAct", self.proposed_act)
        proposal, before = waiting.proposal(), rows.read(self.version)
        after = content_after(proposal, before)
        own = waiting.principal == self.principal.key
        facts = {
            "waiting": waiting,
            "own": own,
            "overtaken": waiting.based_on != self.version.number,
            "may_release": self.principal.may("denial.release") and not own,
            "said": said_of(proposal),
            "content": content_released(after, Recipient.MEMBER),
            "others": self.other_classes(after),
            "changes": differences(
                content_released(before, Recipient.MEMBER), content_released(after, Recipient.MEMBER)
            ),
            "readers": self.recipients(),
        }
        return super().get_context_data(**facts | kwargs)


def content_after(proposal: Proposal, before: DenialContent) -> DenialContent:
    """Return what the denial says once the act is done."""
    if proposal.content is not None:
        return proposal.content
    if proposal.event == Event.CONFIRM:
        return assessed(before, proposal.act, proposal.decided_on)
    return before


def said_of(proposal: Proposal) -> list[tuple[str, str]]:
    """Return what an act says besides the content, label by label."""
    days = {
        _("The suspension becomes"): str(ACTS[proposal.act]) if proposal.act else "",
        _("Date of the final assessment"): long_day(proposal.decided_on) if proposal.decided_on else "",
        _("It has been so since"): long_day(proposal.valid_from) if proposal.valid_from else "",
        _("Result of a review"): _("yes, it is counted") if proposal.as_review else "",
        _("Reason"): proposal.reason,
    }
    return [(label, str(text)) for label, text in days.items() if text]


class ReturnAct(ReturnDraft):
    """Give a submitted act back with a reason; whoever submitted it may take it back."""

    template_name = "denials/return.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.proposed_act is None:
            return HttpResponseRedirect(self.home)
        return self.render_to_response(self.get_context_data())

    def give_back(self, reason: str) -> None:
        actions.return_act(denial_id=self.denial.pk, reason=reason, by=self.principal, now=self.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"title": _("Return what was submitted"), "is_act": True}
        return super().get_context_data(**facts | kwargs)

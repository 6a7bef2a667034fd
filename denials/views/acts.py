"""What is done to a denial that others know: amend, review, end, assess, courts; each with preview and confirmation."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from accounts.law.errors import RuleBroken
from accounts.templatetags.words import long_day
from denials import actions
from denials.fields import content_released
from denials.forms import ReasonForm
from denials.forms.lifecycle import AmendmentForm, AssessmentForm, CourtForm
from denials.labels import problem_texts
from denials.law import court, validity
from denials.law.content import ContentRefused, DenialContent, differences
from denials.law.lifecycle import Event, State, events_from
from denials.law.proposals import RELEASED_BY_A_SECOND, Proposal
from denials.law.recipients import Recipient
from denials.models import DenialVersion
from denials.models import content as rows
from denials.views.detail import DenialPage
from denials.views.notify import ContentPage


class AmendDenial(ContentPage):
    """Write an amendment; it is kept in preparation until it is confirmed."""

    permission_needed = "denial.amend"
    title = gettext_lazy("Amend a denial")

    def begun(self) -> DenialContent:
        return rows.read(prepared(self) or self.version)

    def may_be_edited(self) -> bool:
        return self.denial.status == State.IN_FORCE and self.proposed_act is None

    def save(self, content: DenialContent) -> None:
        actions.draft_amendment(denial_id=self.denial.pk, content=content, reason="", by=self.principal, now=self.now)

    def following(self, step: str) -> str:
        if step == "preview":
            return reverse("denials:amend-preview", args=[self.denial.pk])
        return f"{reverse('denials:amend', args=[self.denial.pk])}#{step}"


def prepared(page: DenialPage) -> DenialVersion | None:
    """Return the amendment in preparation, None where there is none."""
    found = page.denial.versions.filter(recorded_at__isnull=True).first() if page.denial.reference else None
    if found is not None:
        found.denial = page.denial
    return found


class ActPage(DenialPage, FormView, ABC):
    """What the act asks for, a preview of what others will see, a confirmation."""

    own_only = True
    form_class: type[ReasonForm] = ReasonForm
    template_name = "denials/act.html"
    event: Event | str = ""
    title = ""
    label = ""
    effect = ""
    reason_needed = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.event not in events_from(self.denial.status, act=self.version.act):
            return HttpResponseRedirect(self.home)
        if self.event in RELEASED_BY_A_SECOND and self.proposed_act is not None:
            return HttpResponseRedirect(reverse("denials:proposed", args=[self.denial.pk]))
        return super().get(request, *args, **kwargs)

    @cached_property
    def two_officers(self) -> bool:
        """Whether the act is one that a second officer releases, as the authority has chosen."""
        return self.event in RELEASED_BY_A_SECOND and actions.needs_release(self.denial.authority, self.now)

    def get_form(self, form_class: type[ReasonForm] | None = None) -> ReasonForm:
        form = super().get_form(form_class)
        form.fields["reason"].required = self.reason_needed
        return form

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, previewed=said(form)))
        try:
            if self.two_officers:
                proposal = Proposal(str(self.event), **self.given(form))
                actions.propose_act(denial_id=self.denial.pk, proposal=proposal, by=self.principal, now=self.now)
            else:
                self.act(form)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        page = "proposed" if self.two_officers else "receipt"
        return HttpResponseRedirect(reverse(f"denials:{page}", args=[self.denial.pk]))

    def add_refusal(self, form: BaseForm, refusal: RuleBroken) -> None:
        """Show what a rule refuses beside the field it is about."""
        if isinstance(refusal, ContentRefused):
            for one in problem_texts(refusal.problems):
                form.add_error(one["field"] if one["field"] in form.fields else None, one["message"])
        else:
            super().add_refusal(form, refusal)

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @abstractmethod
    def act(self, form: ReasonForm) -> None:
        """Do what the page is for."""

    def given(self, form: ReasonForm) -> dict[str, Any]:
        """What the form says of the act, in full: to do it, or for a second officer to release it."""
        return {"reason": form.cleaned_data["reason"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: dict[str, Any] = {"title": self.title, "label": self.label, "effect": self.effect}
        facts["readers"] = self.recipients()
        whole = rows.read(self.version)
        facts |= {"content": content_released(whole, Recipient.MEMBER), "reason_needed": self.reason_needed}
        facts["others"] = kwargs["others"] if "others" in kwargs else self.other_classes(whole)
        if self.two_officers:
            kwargs |= {"two_officers": True, "label": _("Submit for release")}
        return super().get_context_data(**facts | kwargs)


def said(form: ReasonForm) -> list[tuple[str, str]]:
    """Return what a valid form says, label by label, as the preview shows it."""
    found = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        choices = dict(getattr(bound.field, "choices", None) or {})
        if isinstance(value, date):
            value = long_day(value)
        if value and not isinstance(value, bool):
            found.append((str(bound.label), str(choices.get(value, value))))
    return found


class EndDenial(ActPage):
    """Revoke a denial, or withdraw one notified in error."""

    permission_needed = "denial.revoke"

    def act(self, form: ReasonForm) -> None:
        verb = actions.revoke_denial if self.event == Event.REVOKE else actions.withdraw_denial
        verb(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.event == Event.REVOKE:
            facts = {
                "title": _("Revoke a denial"),
                "label": _("Revoke the denial"),
                "effect": _("It no longer counts, and this cannot be undone. Everyone who was told of it is told."),
            }
        else:
            facts = {
                "title": _("Withdraw a denial notified in error"),
                "label": _("Withdraw the denial"),
                "effect": _("It never counted. Everyone who was told of it is told to disregard it."),
            }
        return super().get_context_data(**facts | kwargs)


class RenewDenial(ActPage):
    """Record a review that maintains the denial."""

    permission_needed = "denial.amend"
    event = Event.RENEW

    @property
    def reason_needed(self) -> bool:  # type: ignore[override]  # told from the denial
        return validity.reasoning_required(self.rules, self.version.review_number + 1)

    def act(self, form: ReasonForm) -> None:
        actions.renew_denial(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "title": _("Review a denial and maintain it"),
            "label": _("Maintain the denial"),
            "effect": _("It stays in force and is reviewed again in three years. Everyone who was told of it is told."),
            "review": self.version.review_number + 1,
        }
        return super().get_context_data(**facts | kwargs)


class LiftSuspension(ActPage):
    """End a suspension by a favourable final assessment."""

    permission_needed = "denial.revoke"
    event = Event.LIFT

    def act(self, form: ReasonForm) -> None:
        actions.lift_suspension(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "title": _("Final assessment: lift the suspension"),
            "label": _("Lift the suspension"),
            "effect": _("The suspension ends and no longer counts. Everyone who was told of it is told."),
        }
        return super().get_context_data(**facts | kwargs)


class ConfirmSuspension(ActPage):
    """Turn a suspension into a refusal, annulment or revocation."""

    permission_needed = "denial.amend"
    event = Event.CONFIRM
    form_class = AssessmentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"known": tuple(map(str, self.rules.acts))}

    def get_initial(self) -> dict[str, Any]:
        return {"decided_on": self.today}

    def act(self, form: ReasonForm) -> None:
        actions.confirm_suspension(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def given(self, form: ReasonForm) -> dict[str, Any]:
        return super().given(form) | {name: form.cleaned_data[name] for name in ("act", "decided_on")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "title": _("Final assessment: confirm the suspension"),
            "label": _("Confirm the suspension"),
            "effect": _("It becomes a decision of its own, of the day stated. Everyone who was told of it is told."),
        }
        return super().get_context_data(**facts | kwargs)


class RecordCourt(ActPage):
    """Record an appeal or a ruling."""

    permission_needed = "denial.amend"
    event = Event.COURT
    form_class = CourtForm
    reason_needed = False

    def get_form_kwargs(self) -> dict[str, Any]:
        facts = court.from_data(self.version.court)
        return super().get_form_kwargs() | {"last": facts[-1].fact if facts else ""}

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def act(self, form: ReasonForm) -> None:
        fact = cast("CourtForm", form).fact_given()
        given = self.given(form)
        actions.record_court_fact(denial_id=self.denial.pk, fact=fact, by=self.principal, now=self.now, **given)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "title": _("Record what a court did"),
            "label": _("Record it"),
            "effect": _(
                "Under appeal a denial still counts; annulled by a court it obliges nobody any more. "
                "Everyone who was told of it is told."
            ),
        }
        return super().get_context_data(**facts | kwargs)


class PreviewAmendment(ActPage, TemplateView):
    """What the amendment changes, who is told, and the one button that records it."""

    permission_needed = "denial.amend"
    event = Event.AMEND
    form_class = AmendmentForm
    reason_needed = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if prepared(self) is None:
            return HttpResponseRedirect(reverse("denials:amend", args=[self.denial.pk]))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"knows_reviews": self.rules.review_every is not None}

    def act(self, form: ReasonForm) -> None:
        actions.amend_denial(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def given(self, form: ReasonForm) -> dict[str, Any]:
        return super().given(form) | {
            "content": rows.read(prepared(self) or self.version),
            "as_review": form.cleaned_data.get("as_review", False),
            "valid_from": form.cleaned_data["valid_from"],
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = rows.read(prepared(self) or self.version)
        after = content_released(whole, Recipient.MEMBER)
        before = content_released(rows.read(self.version), Recipient.MEMBER)
        facts = {
            "title": _("Amend a denial"),
            "label": _("Record the amendment"),
            "effect": _("A new version takes the place of this one. Everyone who was told of it is told what changed."),
            "content": after,
            "others": self.other_classes(whole),
            "changes": differences(before, after),
            "back": reverse("denials:amend", args=[self.denial.pk]),
        }
        return super().get_context_data(**facts | kwargs)

"""Notify a denial: a draft kept at every step, a preview of what others will see, one confirmation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.labels import REGIMES, rule_text
from accounts.law.errors import RuleBroken
from accounts.principals import today_of
from accounts.views import ExchangeView
from denials import actions
from denials.fields import content_released
from denials.forms import WholeDenial
from denials.forms.entries import TAKE, read_rows, taken, unknown_items
from denials.labels import FIELDS
from denials.law import validity
from denials.law.content import ContentRefused, DenialContent, Missing, missing
from denials.law.lifecycle import State
from denials.law.recipients import Recipient
from denials.law.regimes import begun_by, rules_for
from denials.models import content as rows
from denials.views.detail import DenialPage

_OF_THE_DECISION = (
    "act",
    "legal_basis",
    "decided_on",
    "suspended_until",
    "scope_note",
    "origin_state",
    "period",
    "licences_denied",
)
#: The sections of the form in order, with the fields the rules name in each.
SECTIONS = (
    ("decision", gettext_lazy("Decision"), _OF_THE_DECISION),
    ("destinations", gettext_lazy("Destinations"), ("destinations",)),
    ("items", gettext_lazy("Items"), ("items", "item_codes", "item_parameters")),
    ("parties", gettext_lazy("Parties"), ("parties", "end_user")),
    ("grounds", gettext_lazy("Criteria and grounds"), ("grounds",)),
    ("reasons", gettext_lazy("Reasons and remarks"), ("reasons",)),
)


class NewDenial(ExchangeView, TemplateView):
    """Choose the regime; the draft begins with its rules."""

    permission_needed = "denial.draft"
    template_name = "denials/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regimes = [(code, label) for code, label in REGIMES.items() if code in self.offered()]
        offered = [{"code": code, "label": label, "rules": rules_for(code, self.today)} for code, label in regimes]
        return super().get_context_data(regimes=offered, **kwargs)

    @cached_property
    def today(self) -> date:
        """The day at the seat of the authority."""
        return today_of(self.principal, self.now)

    def offered(self) -> list[str]:
        """The regimes a denial can be notified in: those with rules, as against the multilateral ones."""
        held = (one.regime for one in begun_by(self.today) if one.holds(self.today))
        return [code for code in held if code in self.principal.regimes]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        regime = request.POST.get("regime", "")
        if regime not in self.offered():
            return self.render_to_response(self.get_context_data(problem=_("Choose one of your regimes.")), status=422)
        return HttpResponseRedirect(reverse("denials:begin", args=[regime]))


class DraftPage(DenialPage):
    """A page about a draft of one's own."""

    own_only = True
    permission_needed: str | dict[str, str] = "denial.draft"

    def lacking(self, content: DenialContent) -> tuple[Missing, ...]:
        """What is still missing to notify."""
        return missing(content, self.today)

    def unknown(self, content: DenialContent) -> list[dict[str, str]]:
        """What is no entry of a list on the day of decision."""
        return unknown_items(content, on=self.today, rules=self.rules)


def missing_items(lacking: tuple[Missing, ...]) -> list[dict[str, str]]:
    """Return the list of what is missing, each with the section to fill."""
    found = []
    for one in lacking:
        section = next((key for key, _label, names in SECTIONS if one.field in names), "decision")
        found.append({"label": str(FIELDS.get(one.field, one.field)), "href": f"#{section}", "article": one.source})
    return found


def sections(lacking: tuple[Missing, ...]) -> list[dict[str, Any]]:
    """Return the side index: each section, with how much is missing in it."""
    names = [one.field for one in lacking]
    return [
        {
            "id": key,
            "label": label,
            "missing": (count := sum(name in held for name in names)),
            "done": not count,
        }
        for key, label, held in SECTIONS
    ]


class ContentPage(DraftPage, TemplateView):
    """The form in sections."""

    template_name = "denials/form.html"
    title: Any = gettext_lazy("Notify a denial")

    def begun(self) -> DenialContent:
        """What the form begins with."""
        return rows.read(self.version)

    def whole(self, data: Any = None) -> WholeDenial:
        """The form with its rows."""
        return WholeDenial(rules=self.rules, data=data, content=self.begun())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_be_edited():
            return HttpResponseRedirect(self.home)
        return self.form_page(self.whole(), self.begun())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = self.whole(taken(request.POST))
        if whole.is_valid():
            try:
                self.save(whole.content())
            except ContentRefused as refusal:
                whole.add_problems(refusal)
            except RuleBroken as refusal:
                whole.form.add_error(None, rule_text(refusal))
            else:
                for text, entries in whole.split():
                    named = {"text": text, "count": len(entries), "entries": ", ".join(entries)}
                    said = _("“%(text)s” was taken apart into %(count)s items: %(entries)s. Look at each of them.")
                    messages.info(request, said % named)
                step = "items" if TAKE in request.POST else request.POST.get("step", "")
                return HttpResponseRedirect(self.following(step))
        return self.form_page(whole, self.begun(), status=422)

    def form_page(self, whole: WholeDenial, content: DenialContent, status: int = 200) -> HttpResponse:
        """Show the form with what is missing in the content as saved."""
        lacking = self.lacking(content)
        read_rows(whole.rows["items"], on=content.decided_on or self.today, regime=content.regime)
        context = self.get_context_data(
            form=whole.form,
            criteria=whole.form.criterion_rows(),
            rows=whole.rows,
            formsets=list(whole.rows.values()),
            row_errors=whole.has_row_errors,
            sections=sections(lacking),
            missing=missing_items(lacking) + self.unknown(content),
            on=content.decided_on or self.today,
            title=self.title,
            steps=[key for key, _label, _names in SECTIONS],
        )
        return self.render_to_response(context, status=status)

    def may_be_edited(self) -> bool:
        """Whether the denial is a draft."""
        return self.denial.status == State.DRAFT

    def save(self, content: DenialContent) -> None:
        """Keep the draft."""
        actions.save_draft(
            content=content,
            authority=self.denial.authority,
            by=self.principal,
            now=self.now,
            denial_id=self.denial.pk,
        )

    def following(self, step: str) -> str:
        """Where to go after saving: the preview, or the next section of the form."""
        if step == "preview":
            return reverse("denials:preview", args=[self.denial.pk])
        here = reverse("denials:edit", args=[self.denial.pk])
        return f"{here}#{step}" if step in {key for key, _label, _names in SECTIONS} else here


class EditDraft(ContentPage):
    """Write a draft; saved at every step."""


class CheckDraft(ContentPage):
    """What would still be missing with what the form holds now; nothing is kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = self.whole(request.POST)
        if not whole.is_valid():
            return HttpResponse(status=204)
        content = whole.content()
        items = missing_items(self.lacking(content)) + self.unknown(content)
        context = {"title": _("Still missing to notify"), "items": items}
        return render(request, "components/missing.html", context)


class PreviewDenial(DraftPage, TemplateView):
    """Exactly what the others will see, who they are, and the one button that notifies."""

    template_name = "denials/preview.html"
    permission_needed = {"GET": "denial.draft", "POST": "denial.notify"}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.denial.status != State.DRAFT:
            return HttpResponseRedirect(self.home)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = rows.read(self.version)
        lacking = missing_items(self.lacking(whole)) + self.unknown(whole)
        for one in lacking:
            one["href"] = reverse("denials:edit", args=[self.denial.pk]) + one["href"]
        return super().get_context_data(
            content=content_released(whole, Recipient.MEMBER),
            readers=self.recipients(),
            others=self.other_classes(whole),
            missing=lacking,
            effect=self._effect(),
            edit=reverse("denials:edit", args=[self.denial.pk]),
            may_notify=self.principal.may("denial.notify") and not lacking,
            two_officers=self.two_officers,
            late=self._is_late(),
            **kwargs,
        )

    @cached_property
    def two_officers(self) -> bool:
        """Whether the authority has chosen that a second officer releases it."""
        return actions.needs_release(self.denial.authority, self.now)

    def _effect(self) -> str:
        if self.rules.window is None:
            return _("It is in force until it is revoked, and is reviewed every three years.")
        return _("Within three years of the decision the others consult you before they grant what you have denied.")

    def _is_late(self) -> bool:
        """Whether the period to notify has ended."""
        decided = self.version.decided_on
        if decided is None:
            return False
        due = validity.notification_due(self.rules, self.denial.state_of_issue.working_calendar(), decided)
        return due is not None and due.has_ended(self.now)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = actions.submit_denial if self.two_officers else actions.notify_denial
        try:
            verb(denial_id=self.denial.pk, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            return self.render_to_response(self.get_context_data(refusal=rule_text(refusal)), status=422)
        page = "release" if self.two_officers else "receipt"
        return HttpResponseRedirect(reverse(f"denials:{page}", args=[self.denial.pk]))


class DiscardDraft(DraftPage, TemplateView):
    """Give up a draft."""

    template_name = "denials/discard.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.discard_draft(denial_id=self.denial.pk, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("denials:list"))

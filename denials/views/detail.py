"""One denial: at a glance, in full with its history, and the receipt of the last act."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import Authority, Notice
from accounts.templatetags.words import long_day
from accounts.views import ExchangeView
from denials import history, ledger, notices
from denials.fields import class_of, content_released, content_shown
from denials.labels import RECIPIENTS
from denials.law import court
from denials.law.content import DenialContent, Difference, differences
from denials.law.lifecycle import Event, State, events_from
from denials.law.overlays import Overlay
from denials.law.proposals import RELEASED_BY_A_SECOND
from denials.law.recipients import Recipient
from denials.law.regimes import RegimeRules, last_rules
from denials.models import (
    Denial,
    DenialRecipient,
    DenialVersion,
    ProposedAct,
    Recall,
    RecallRequest,
    ReleaseStep,
    remarks_on,
)
from denials.models import content as rows
from denials.models.parts import assemble, assembled, whole_denials, whole_versions
from denials.standing import Standing, today_of

#: What may be done, by event: address, words, icon, permission.
OFFERS = (
    (Event.RETURN, "denials:release", gettext_lazy("Release or return"), "user-check", "denial.draft"),
    (Event.EDIT, "denials:edit", gettext_lazy("Complete the draft"), "pencil", "denial.draft"),
    (Event.CONFIRM, "denials:confirm", gettext_lazy("Confirm the suspension"), "gavel", "denial.amend"),
    (Event.LIFT, "denials:lift", gettext_lazy("Lift the suspension"), "circle-check", "denial.revoke"),
    (Event.AMEND, "denials:amend", gettext_lazy("Amend"), "pencil", "denial.amend"),
    (Event.RENEW, "denials:renew", gettext_lazy("Review and maintain"), "refresh", "denial.amend"),
    (Event.REVOKE, "denials:revoke", gettext_lazy("Revoke"), "ban", "denial.revoke"),
    (Event.WITHDRAW, "denials:withdraw", gettext_lazy("Withdraw, notified in error"), "arrow-back-up", "denial.revoke"),
    (Event.COURT, "denials:court", gettext_lazy("Record what a court did"), "gavel", "denial.amend"),
    (Event.RECALL, "denials:recall", gettext_lazy("Recall, a person is exonerated"), "arrow-back-up", "denial.revoke"),
    (Event.DISCARD, "denials:discard", gettext_lazy("Discard the draft"), "trash", "denial.draft"),
)


#: What follows each act, as its receipt says it.
NEXT: dict[str, Any] = {
    Event.NOTIFY: gettext_lazy(
        "Whoever was told has it in the register; pending applications are screened against it."
    ),
    Event.AMEND: gettext_lazy(
        "Whoever was told reads what changed; applications are screened against the new version."
    ),
    Event.RENEW: gettext_lazy("It stays in force; whoever was told reads that it was maintained."),
    Event.REVOKE: gettext_lazy("It no longer counts; it stays in the register as revoked."),
    Event.WITHDRAW: gettext_lazy("It is to be disregarded; it stays in the register as withdrawn."),
    Event.LIFT: gettext_lazy("The suspension no longer counts; it stays in the register as lifted."),
    Event.CONFIRM: gettext_lazy("It is now a decision of its own, of the day stated."),
    Event.COURT: gettext_lazy("It stands in the register with what the court did; record also what follows."),
}
OFFERED_FIRST = 4  # the other acts stand behind "More"


class DenialPage(ExchangeView):
    """A page about one denial; what the reader may not see is not there."""

    own_only = False

    @cached_property
    def denial(self) -> Denial:
        found = Denial.objects.visible_to(self.principal)
        if self.own_only:
            found = found.own(self.principal)
        return assembled(get_object_or_404(whole_denials(found), pk=self.kwargs["denial"]))

    @property
    def version(self) -> DenialVersion:
        """The current version."""
        if self.denial.current is None:
            raise ValueError("a denial has a version")
        self.denial.current.denial = self.denial
        return self.denial.current

    @property
    def home(self) -> str:
        """The address of the denial's page."""
        return reverse("denials:detail", args=[self.denial.pk])

    @cached_property
    def rules(self) -> RegimeRules:
        """The rules of the denial's regime today, or the last it had."""
        return last_rules(self.denial.regime, self.today)

    @property
    def today(self) -> Any:
        """The day at the seat of the issuing authority."""
        return today_of(self.denial, self.now)

    @property
    def is_own(self) -> bool:
        """Whether the reader's authority issued it."""
        return self.denial.authority_id == self.principal.authority_id

    @cached_property
    def standing(self) -> Standing:
        """How denials stand; asked for once."""
        return Standing()

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """What is true of it today beside its state."""
        return self.standing.overlays(self.denial, self.today)

    def note_read(self) -> None:
        """Note in the recipients' ledger that the reader's authority has read it."""
        ledger.note_read([self.denial], self.principal, at=self.now)

    @cached_property
    def proposed_act(self) -> ProposedAct | None:
        """The act upon it that waits for a second officer."""
        return ProposedAct.objects.filter(denial=self.denial).select_related("proposed_by").first()

    def recipients(self) -> list[Authority]:
        """Who is told of an act upon it today."""
        return notices.to_be_told(self.denial, rules=self.rules, on=self.today)

    def recalled_at(self) -> datetime | None:
        """When it was last recalled: every reader sees that, acknowledged or not."""
        if self.version.number == 1:
            return None
        return self.denial.recalls.order_by("-recalled_at").values_list("recalled_at", flat=True).first()

    def other_classes(self, whole: DenialContent) -> list[dict[str, Any]]:
        """What each class of recipients besides the Member States will see, who they are, and what differs."""
        found: dict[Recipient, list[str]] = {}
        for one in self.recipients():
            found.setdefault(class_of(one.kind, one.state_id or "", whole.regime), []).append(one.code)
        first = content_released(whole, Recipient.MEMBER)
        return [
            {"label": RECIPIENTS[one], "codes": codes, **_compared(first, content_released(whole, one))}
            for one, codes in found.items()
            if one is not Recipient.MEMBER
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = content_shown(rows.read(self.version), self.principal, self.denial.authority_id)
        facts = {
            "version": self.version,
            "content": shown,
            "rules": self.rules,
            "place_remarks": remarks_on([one.code for one in shown.destinations], self.today),
            "is_own": self.is_own,
            "back": reverse("denials:list"),
        }
        return super().get_context_data(**facts | kwargs | {"denial": self.denial})


def _compared(first: DenialContent, other: DenialContent) -> dict[str, Any]:
    """Return another class's version with the sections it has besides the first one's, and those it lacks."""
    here, there = (dict.fromkeys(entry.partition(":")[0] for entry in one.withheld) for one in (first, other))
    return {
        "content": other,
        "same": replace(first, withheld=()) == replace(other, withheld=()),
        "also": [one for one in here if one not in there],
        "without": [one for one in there if one not in here],
    }


class DenialPeek(DenialPage, TemplateView):
    """A denial at a glance, beside the list."""

    permission_needed = "denial.read"
    template_name = "denials/peek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note_read()
        counts = self.standing.of(self.denial, self.today)
        facts = {"counts": counts, "overlays": self.overlays, "recalled_at": self.recalled_at()}
        return super().get_context_data(**facts, **kwargs)


class DenialDetail(DenialPage, TemplateView):
    """A denial in full."""

    permission_needed = "denial.read"
    template_name = "denials/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asked about a day, show the denial as it stood."""
        if {"on", "known"} & set(request.GET):
            then = reverse("denials:stood", args=[self.denial.pk])
            return HttpResponseRedirect(f"{then}?{request.GET.urlencode()}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note_read()
        return super().get_context_data(
            counts=self.standing.of(self.denial, self.today),
            history=self._history(),
            told=self._told(),
            siblings=self._siblings(),
            offers=self._offers()[:OFFERED_FIRST],
            more_offers=self._offers()[OFFERED_FIRST:],
            overlays=self.overlays,
            court=court.from_data(self.version.court),
            recipients=self._recipients(),
            recalls=self._recalls(),
            recalled_at=max((one.recalled_at for one in self._recalls_made), default=None),
            release_steps=self._release_steps(),
            **kwargs,
        )

    def _history(self) -> list[dict[str, Any]]:
        """The recorded versions, the last first, each with what it changed."""
        versions = self.denial.versions.filter(recorded_at__isnull=False).order_by("number")
        found: list[dict[str, Any]] = []
        before = None
        for version in whole_versions(versions.select_related("recorded_by")):
            version.denial = self.denial
            assemble(version, version)
            content = history.shown(version, self.principal)
            changes: tuple[Difference, ...] = differences(before, content) if before else ()
            side = "told" if version.kind in notices.NOTICE_OF else "record"
            facts = court.from_data(version.court) if version.kind == Event.COURT else ()
            row = {"version": version, "changes": changes, "side": side, "anchor": f"v{version.number}"}
            found.insert(0, row | {"court": facts[-1] if facts else None})
            before = content
        return found

    def _told(self) -> list[Notice]:
        """Whom the own authority told, the first notice to each; others are not shown who else was told when."""
        if not self.is_own:
            return []
        notices_sent = Notice.objects.filter(subject_id=self.denial.pk, subject_type="denials.denial")
        return list(notices_sent.select_related("recipient").order_by("-created_at", "recipient__code")[:200])

    def _recipients(self) -> list[DenialRecipient]:
        """The recipients' ledger, for the issuer alone."""
        if not self.is_own or self.denial.reference is None:
            return []
        return list(self.denial.recipients.select_related("authority").order_by("authority__code"))

    @cached_property
    def _recalls_made(self) -> list[Recall]:
        """All recalls, each with those of its requests that the reader may see."""
        if self.version.kind == "notify" and self.version.number == 1:
            return []
        asked = RecallRequest.objects.select_related("authority").order_by("authority__code")
        if not self.is_own:
            asked = asked.filter(authority=self.principal.authority_id)
        return list(self.denial.recalls.prefetch_related(Prefetch("requests", asked, to_attr="asked")))

    def _recalls(self) -> list[dict[str, Any]]:
        """The recalls: the issuer sees who has acknowledged and who is missing, an authority asked only itself."""
        made: list[Any] = self._recalls_made
        found = [{"recall": one, "requests": one.asked, "missing": _missing(one.asked)} for one in made]
        return sorted(found, key=_when_recalled) if self.is_own else [one for one in found if one["requests"]]

    def _release_steps(self) -> list[ReleaseStep]:
        """How the draft came past two officers, for the issuer alone."""
        if not self.is_own:
            return []
        return list(self.denial.release_steps.select_related("by").order_by("pk"))

    def _siblings(self) -> list[Denial]:
        if self.denial.siblings_key is None:
            return []
        others = Denial.objects.visible_to(self.principal).filter(siblings_key=self.denial.siblings_key)
        return list(others.exclude(pk=self.denial.pk).order_by("reference"))

    def _offers(self) -> list[dict[str, Any]]:
        if not self.is_own:
            return []
        possible = events_from(self.denial.status, act=self.version.act)
        if self.rules.review_every is None:
            possible = tuple(event for event in possible if event is not Event.RENEW)
        waiting: list[dict[str, Any]] = []
        if self.denial.reference and self.proposed_act is not None and self.principal.may("denial.draft"):
            possible = tuple(event for event in possible if event not in RELEASED_BY_A_SECOND)
            href = reverse("denials:proposed", args=[self.denial.pk])
            waiting = [{"href": href, "label": _("Release or return what was submitted"), "icon": "user-check"}]
        return waiting + [
            {"href": reverse(route, args=[self.denial.pk]), "label": label, "icon": icon}
            for event, route, label, icon, permission in OFFERS
            if event in possible and self.principal.may(permission)
        ]


def _missing(requests: Iterable[RecallRequest]) -> list[RecallRequest]:
    return [one for one in requests if one.acknowledged_at is None]


def _when_recalled(row: dict[str, Any]) -> Any:
    return row["recall"].recalled_at


class NoticedChange(ExchangeView, View):
    """From a notice to what it tells of: the change, field by field, in the history of the denial."""

    permission_needed = "denial.read"

    def get(self, request: HttpRequest, notice: UUID) -> HttpResponse:
        told = get_object_or_404(Notice.objects.visible_to(self.principal), pk=notice, subject_type="denials.denial")
        denial = get_object_or_404(Denial.objects.visible_to(self.principal), pk=told.subject_id)
        version = denial.versions.filter(recorded_at=told.created_at).first()
        anchor = "recall" if told.kind.startswith("denial.recall") else f"v{version.number}" if version else ""
        return HttpResponseRedirect(reverse("denials:detail", args=[denial.pk]) + (f"#{anchor}" if anchor else ""))


class DenialReceipt(DenialPage, TemplateView):
    """The receipt of the last act upon an own denial."""

    permission_needed = "denial.read"
    own_only = True
    template_name = "denials/receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = court.from_data(self.version.court) if self.version.kind == Event.COURT else ()
        sent = Notice.objects.filter(
            subject_id=self.denial.pk,
            kind=notices.kind_of(self.version.kind, self.denial),
            created_at=self.version.recorded_at or self.now,
        )
        return super().get_context_data(
            told=[notice.recipient.code for notice in sent.select_related("recipient").order_by("recipient__code")],
            who=self._who(),
            court_fact=facts[-1] if facts else None,
            steps=self._steps(),
            links=self._links(),
            **kwargs,
        )

    def _who(self) -> str:
        """Who did it; where a second officer released it, also who submitted it."""
        who = str(self.version.recorded_by or "")
        steps = self.denial.release_steps.filter(event=self.version.kind).select_related("by").order_by("-pk")
        submitted = steps.filter(kind=ReleaseStep.Kind.SUBMITTED).first()
        at = self.version.recorded_at
        if submitted is None or at is None or not steps.filter(kind=ReleaseStep.Kind.RELEASED, at=at).exists():
            return who
        named = {"who": who or _("a national system"), "other": submitted.by or _("a national system")}
        return _("%(who)s, submitted by %(other)s") % named

    def _links(self) -> list[dict[str, Any]]:
        links = [{"href": self.home, "label": _("Open the denial")}]
        if self.version.kind == Event.RECALL:
            further = (
                ("denials:amend", _("Amend"), "denial.amend"),
                ("denials:erase", _("Erase a person"), "denial.erase"),
            )
            links += [
                {"href": reverse(route, args=[self.denial.pk]), "label": label}
                for route, label, permission in further
                if self.principal.may(permission)
            ]
        return [*links, {"href": reverse("denials:list"), "label": _("To the register")}]

    def _steps(self) -> list[dict[str, Any]]:
        if self.version.kind == Event.RECALL:
            return self._steps_of_recall()
        steps = [{"what": str(NEXT.get(self.version.kind, NEXT[Event.NOTIFY]))}]
        if self.version.review_due_on and self.denial.status == State.IN_FORCE:
            steps.append({"what": _("It is due for review."), "by": long_day(self.version.review_due_on)})
        return steps

    def _steps_of_recall(self) -> list[dict[str, Any]]:
        recall = self.denial.recalls.order_by("-recalled_at").first()
        if recall is None:
            return []
        asked = ", ".join(one.authority.code for one in recall.requests.select_related("authority"))
        return [
            {"what": _("To acknowledge that it was done: %(codes)s.") % {"codes": asked or _("nobody")}},
            {"what": _("Whoever has not acknowledged is reminded from"), "by": long_day(recall.answer_by)},
            {"what": _("The denial itself stays as it is: amend it, or erase the person.")},
        ]

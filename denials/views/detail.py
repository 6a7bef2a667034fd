"""One denial: at a glance, in full with its history, and the receipt of the last act."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
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
from accounts.views import ExchangeView
from denials import ledger, notices
from denials.fields import content_shown
from denials.law import court
from denials.law.content import Difference, differences
from denials.law.lifecycle import Event, events_from
from denials.law.overlays import Overlay
from denials.law.regimes import RegimeRules, rules_for
from denials.law.validity import Validity
from denials.models import Denial, DenialRecipient, DenialVersion, RecallRequest, ReleaseStep, remarks_on
from denials.models import content as rows
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


TOLD_OF = {
    "notify": "denial.notified",
    "amend": "denial.amended",
    "renew": "denial.renewed",
    "revoke": "denial.revoked",
    "withdraw": "denial.withdrawn",
    "lift": "denial.lifted",
    "confirm": "denial.confirmed",
    "court": "denial.court",
    "recall": "denial.recalled",
}
OFFERED_FIRST = 4  # the other acts stand behind "More"


class DenialPage(ExchangeView):
    """A page about one denial; what the reader may not see is not there."""

    own_only = False

    @cached_property
    def denial(self) -> Denial:
        found = Denial.objects.visible_to(self.principal).with_content()
        if self.own_only:
            found = found.own(self.principal)
        return cast("Denial", get_object_or_404(found, pk=self.kwargs["denial"]))  # type: ignore[attr-defined]

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
        """The rules of the denial's regime today."""
        return rules_for(self.denial.regime, self.today)

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

    def recipients(self) -> list[Authority]:
        """Who is told of an act upon it today."""
        return notices.recipients(self.rules, self.denial.authority, self.today, self.denial.audience)

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


class DenialPeek(DenialPage, TemplateView):
    """A denial at a glance, beside the list."""

    permission_needed = "denial.read"
    template_name = "denials/peek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note_read()
        counts = self.standing.of(self.denial, self.today)
        return super().get_context_data(counts=counts, overlays=self.overlays, **kwargs)


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
            release_steps=self._release_steps(),
            **kwargs,
        )

    def _history(self) -> list[dict[str, Any]]:
        """The recorded versions, the last first, each with what it changed."""
        versions = self.denial.versions.filter(recorded_at__isnull=False).order_by("number")
        found: list[dict[str, Any]] = []
        before = None
        for version in versions.prefetch_related("items", "parties", "destinations", "criteria"):
            version.denial = self.denial
            content = content_shown(rows.read(version), self.principal, self.denial.authority_id)
            changes: tuple[Difference, ...] = differences(before, content) if before else ()
            side = "told" if version.kind in TOLD_OF else "record"
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

    def _recalls(self) -> list[dict[str, Any]]:
        """The recalls: the issuer sees who has acknowledged and who is missing, an authority asked only itself."""
        if self.version.kind == "notify" and self.version.number == 1:
            return []
        asked = RecallRequest.objects.select_related("authority").order_by("authority__code")
        if not self.is_own:
            asked = asked.filter(authority=self.principal.authority_id)
        recalls = self.denial.recalls.prefetch_related(Prefetch("requests", asked, to_attr="asked"))
        found = [{"recall": one, "requests": one.asked, "missing": _missing(one.asked)} for one in recalls]
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
        return [
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
        sent = Notice.objects.filter(
            subject_id=self.denial.pk,
            kind=TOLD_OF.get(self.version.kind, ""),
            created_at=self.version.recorded_at or self.now,
        )
        return super().get_context_data(
            told=[notice.recipient.code for notice in sent.select_related("recipient").order_by("recipient__code")],
            steps=self._steps(),
            links=[
                {"href": self.home, "label": _("Open the denial")},
                {"href": reverse("denials:list"), "label": _("To the register")},
            ],
            **kwargs,
        )

    def _steps(self) -> list[dict[str, Any]]:
        steps = [{"what": _("Whoever was told has it in the register; pending applications are screened against it.")}]
        if self.version.review_due_on:
            steps.append({"what": _("It is due for review."), "by": self.version.review_due_on.isoformat()})
        return steps


def counts_today(denial: Denial, on: date) -> Validity:
    """Say whether a denial obliges others to consult today."""
    return Standing().of(denial, on)

"""Threads: the list, the preview beside it, and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView

from accounts.labels import REGIMES
from accounts.law.periods import Deadline
from accounts.models import Authority, CalendarYear
from accounts.roles import Principal
from accounts.views import ExchangeView
from consultations import actions, forms, labels
from consultations.law.lifecycle import State
from consultations.models import CONSULTING, Consultation
from consultations.querysets import ConsultationQuerySet
from consultations.templatetags.timeline import entries_of
from consultations.views.clockcard import card
from consultations.views.facets import facet
from consultations.views.offers import about, offers
from consultations.views.prepared import described

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A thread in a list, as one party sees it at a moment."""

    thread: Consultation
    deadline: Deadline | None
    mine: bool
    now: datetime

    @property
    def stands(self) -> str:
        return str(self.thread.stands_as(self.now))

    @property
    def stands_words(self) -> Any:
        return labels.STATUSES[self.stands]

    @property
    def outcome_words(self) -> Any:
        return labels.OUTCOMES[str(self.thread.outcome(self.now))]

    @property
    def settled(self) -> bool:
        return self.stands != State.OPEN

    @property
    def left(self) -> int | None:
        return self.deadline.working_days_left(self.now) if self.deadline and not self.settled else None

    @property
    def doubt(self) -> str:
        """Why nothing lapses at the end that is stated: "provisional", "held", or "" where it does."""
        return "" if self.settled else self.thread.doubt()

    @property
    def with_whom(self) -> Authority:
        return self.thread.consulted_authority if self.mine else self.thread.consulting_authority

    @property
    def about(self) -> str:
        return about(self.thread)

    @property
    def owner(self) -> Any:
        return self.thread.consulting_owner if self.mine else self.thread.consulted_owner


def rows_of(threads: Iterable[Consultation], by: Principal, now: datetime) -> list[Row]:
    """Return threads a principal is a party to as rows with their deadlines, in one query for all calendars."""
    found = list(threads)
    calendars = CalendarYear.objects.calendars({thread.consulted_state for thread in found})
    return [
        Row(
            thread=thread,
            deadline=thread.working(calendars.of(thread.consulted_state_id, thread.calendar_versions)),
            mine=thread.speaker(by.authority_id) == CONSULTING,
            now=now,
        )
        for thread in found
    ]


def colleagues_of(by: Principal) -> list[tuple[str, str]]:
    """Return the colleagues who do casework, as choices."""
    return [(str(one.pk), str(one)) for one in actions.officers_of(by, "consultation.answer")]


class ThreadPage(ExchangeView):
    """A page about one thread its reader is a party to."""

    permission_needed: str | dict[str, str] = "consultation.read"
    pk_url_kwarg = "thread"

    def get_queryset(self) -> ConsultationQuerySet:
        return Consultation.objects.visible_to(self.principal).with_thread()


class ConsultationList(ExchangeView, TemplateView):
    """The consultations one's authority is a party to."""

    permission_needed = "consultation.read"
    template_name = "consultations/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = self._filtered().for_list()
        page = Paginator(threads.newest_first(), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = rows_of(page.object_list, self.principal, self.now)
        return super().get_context_data(page=page, rows=rows, facets=self._facets(), **kwargs)

    def _filtered(self) -> ConsultationQuerySet:
        chosen, rows = self.request.GET, self._visible
        if chosen.get("role") in ("initiated", "received"):
            rows = rows.on_side(chosen["role"], self.principal)
        if chosen.get("status") in labels.STATUSES:
            rows = rows.standing(chosen["status"], self.now)
        if chosen.get("counted") in labels.KINDS:
            rows = rows.filter(kind=chosen["counted"])
        if chosen.get("regime") in REGIMES:
            rows = rows.filter(regime=chosen["regime"])
        return rows

    @cached_property
    def _visible(self) -> ConsultationQuerySet:
        return Consultation.objects.visible_to(self.principal)

    def _facets(self) -> list[dict[str, Any]]:
        counts = self._visible.counts(self.principal, self.now)
        get = self.request.GET
        return [
            facet(get, "role", labels.SIDES, counts),
            facet(get, "status", labels.STATUSES, counts),
            facet(get, "regime", REGIMES, counts),
            facet(get, "counted", labels.KINDS, counts),
        ]


class ConsultationPeek(ThreadPage, DetailView):
    """A thread at a glance, beside a list."""

    template_name = "consultations/peek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = rows_of([self.object], self.principal, self.now)[0]
        acts = offers(self.object, self.principal, self.now)
        return super().get_context_data(row=row, acts=acts, now=self.now, **kwargs)


class ConsultationDetail(ThreadPage, DetailView):
    """A thread: its time line, its clock, and what can be done in it."""

    template_name = "consultations/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thread, now = self.object, self.now
        row = rows_of([thread], self.principal, now)[0]
        acts = offers(thread, self.principal, now)
        side = thread.side_of(self.principal.authority_id)
        return super().get_context_data(
            row=row,
            thread=thread,
            now=now,
            side=side,
            acts=acts,
            clock=card(thread, row.deadline, now),
            entries=entries_of(thread, self.principal, now, inside=True),
            meaning=_meaning(thread, now),
            terms=thread.terms(),
            question_words=labels.QUESTIONS[str(thread.terms().question)],
            proposal=thread.proposal() if thread.stands_as(now) == State.OPEN else None,
            **self._waiting(),
            kind_words=labels.KINDS[thread.kind],
            **self._own(),
            invitations=self._invitations(),
            assign_form=forms.AssignForm(colleagues=colleagues_of(self.principal)) if "take" in acts else None,
            awaited=thread.awaits_information_from() == side,
            answer_form=forms.AnswerForm(terms=thread.terms(), prefix=None),
            information_form=forms.InformationForm(auto_id="ask_%s"),
            giving_form=forms.InformationForm(auto_id="give_%s"),
            extension_form=forms.ExtensionForm(terms=thread.terms(), agreed=thread.extended_by(), auto_id="more_%s"),
            note_form=forms.NoteForm(auto_id="note_%s"),
            other_side=thread.consulted_authority if side == CONSULTING else thread.consulting_authority,
            **kwargs,
        )

    def _own(self) -> dict[str, Any]:
        """Return what stays inside: documents not yet sent, acts that wait for a second person."""
        waiting = self.object.prepared.filter(authority_id=self.principal.authority_id or "").waiting()
        prepared = [described(one, self.principal) for one in waiting]
        unsent = self.object.documents.filter(authority_id=self.principal.authority_id or "", sent_at__isnull=True)
        return {"prepared": prepared, "unsent": list(unsent.order_by("attached_at"))}

    def _invitations(self) -> list[Any]:
        """Return who else reads sections of the thread, or did; both sides see it."""
        rows = list(self.object.invitations.select_related("authority", "invited_by_authority").order_by("invited_at"))
        may_end = self.principal.may("case.invite")
        for one in rows:
            one.section_words = [labels.SECTIONS[section] for section in one.sections]
            mine = one.invited_by_authority_id == self.principal.authority_id
            one.may_be_ended = mine and may_end and one.runs(self.now)
        return rows

    def _waiting(self) -> dict[str, Any]:
        """Return what waits for an act of one side: a corrected end, an answer registered."""
        claims = (one for one in self.object.answers_elsewhere.all() if one.status == "registered")
        claim = next(claims, None)
        corrections = (one for one in self.object.corrections.all() if one.status == "proposed")
        return {
            "claim": claim,
            "claim_words": labels.ANSWERS[claim.outcome] if claim else "",
            "claim_channel": labels.CHANNELS[claim.channel] if claim else "",
            "correction": next(corrections, None),
        }


def _meaning(thread: Consultation, now: datetime) -> Any:
    """Say what the way it was concluded means: by the conclusion made known, else by silence."""
    known = next((one.data.get("outcome", "") for one in thread.events.all() if one.kind == "concluded"), "")
    return labels.meaning_of(thread.rule, known or str(thread.outcome(now)))

"""The acts in a thread, all by one pattern: form, preview of exactly what the other side sees, confirm, receipt."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, View

from accounts.law.errors import PeriodEnded, RuleBroken
from accounts.models import Authority
from accounts.principals import authority_of
from accounts.templatetags.words import last_moment, moment, place_of, zone_of
from accounts.views.page import next_of
from consultations import actions, forms, labels, notices
from consultations.law.terms import CONCLUSIONS
from consultations.models import CONSULTED, CONSULTING, Consultation, ConsultationEvent, extended_end
from consultations.views.clockcard import card
from consultations.views.threads import ThreadPage, colleagues_of, rows_of


class ThreadAct(ThreadPage, FormView):
    """One act: a POST without `confirm` shows the preview, with it does the act and leads to the receipt."""

    template_name = "consultations/act.html"
    title: Any = ""
    confirm_label: Any = ""
    effect: Any = ""
    kind = ""
    verb: Callable[..., Any]
    also_told_own = False

    @cached_property
    def thread(self) -> Consultation:
        """The thread, or 404 for those who are no party."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["thread"])

    def _handled(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.thread  # noqa: B018 - what one may not see is not there, whatever is sent
        return super()._handled(*args, **kwargs)

    def shown(self, form: forms.ActForm) -> forms.Shown:
        """Return what the preview prints: label and text."""
        return form.shown()

    def form_valid(self, form: forms.ActForm) -> HttpResponse:
        if "confirm" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=self.shown(form), previewing=True))
        if actions.needs_four_eyes(self.principal, self.kind, self.now):
            actions.prepare_act(
                consultation_id=self.thread.pk, act=self.kind, given=form.given(), by=self.principal, now=self.now
            )
            return redirect("consultations:detail", thread=self.thread.pk)
        try:
            type(self).verb(consultation_id=self.thread.pk, **form.given(), by=self.principal, now=self.now)
        except PeriodEnded as refusal:
            return self.came_late(form, refusal)
        except RuleBroken as refusal:
            return self.refused_in(form, refusal)
        event = self.thread.events.filter(kind=self.kind).order_by("-recorded_at").first()
        assert event is not None, "every act of a thread writes its event"
        return HttpResponseRedirect(reverse("consultations:receipt", args=[self.thread.pk, event.pk]))

    def refused_in(self, form: forms.ActForm, refusal: RuleBroken) -> HttpResponse:
        """Show the refusal on the form, beside its field where it names one."""
        self.add_refusal(form, refusal)
        status = 409 if refusal.conflict else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def came_late(self, form: forms.ActForm, refusal: PeriodEnded) -> HttpResponse:
        """Say that the period has ended; an answer may still be sent as a late one."""
        return self.refused_in(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = rows_of([self.thread], self.principal, self.now)[0]
        context = {"preview": [], "previewing": False, **kwargs}
        return super().get_context_data(
            thread=self.thread,
            row=row,
            now=self.now,
            clock=card(self.thread, row.deadline, self.now),
            title=self.title,
            confirm_label=self.confirm_label,
            effect=self.effect,
            readers=self.readers(),
            article=self.thread.terms().article,
            back=reverse("consultations:detail", args=[self.thread.pk]),
            **context,
        )

    def readers(self) -> list[Authority]:
        """Who will see it: the other side."""
        return readers_of(self.thread, self.thread.side_of(self.principal.authority_id))


def readers_of(thread: Consultation, side: str) -> list[Authority]:
    """Return the authorities of the side opposite to one."""
    return [thread.consulting_authority] if side == CONSULTED else notices.consulted_bodies(thread)


class AnswerThread(ThreadAct):
    """Answer within the period."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.answer"}
    form_class = forms.AnswerForm
    title, confirm_label, kind = _("Answer the consultation"), _("Send the answer"), "answered"
    effect = _("The consultation is answered and its period is over. The answer cannot be taken back.")
    verb = actions.answer_consultation

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "terms": self.thread.terms()}

    def came_late(self, form: forms.ActForm, refusal: PeriodEnded) -> HttpResponse:
        self.add_refusal(form, refusal)
        late = reverse("consultations:late-answer", args=[self.thread.pk])
        return self.render_to_response(self.get_context_data(form=form, late=late), status=409)


class AnswerThreadLate(AnswerThread):
    """Send an answer after the period."""

    title, confirm_label, kind = _("Send a late answer"), _("Send the late answer"), "late_answer"
    effect = _("The answer is kept and shown as late. What silence meant at the end of the period stands.")
    verb = actions.answer_late


class AskInformation(ThreadAct):
    """Ask the other side for information."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.answer"}
    form_class = forms.InformationForm
    title, confirm_label, kind = _("Ask for information"), _("Send the request"), "information_requested"
    effect = _("The other side is told. The clock runs on; more time needs an agreed extension.")
    verb = actions.request_information


class GiveInformation(AskInformation):
    """Give the information asked for."""

    title, confirm_label, kind = _("Give information"), _("Send the information"), "information_given"
    effect = _("The other side is told. The clock runs on.")
    verb = actions.give_information


class ProposeExtension(ThreadAct):
    """Propose more time."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.extend"}
    form_class = forms.ExtensionForm
    title, confirm_label, kind = _("Propose an extension"), _("Send the proposal"), "extension_proposed"
    effect = _("The period moves only if the other side agrees before it ends.")
    verb = actions.propose_extension

    def get_form_kwargs(self) -> dict[str, Any]:
        extra = {"terms": self.thread.terms(), "agreed": self.thread.extended_by()}
        return {**super().get_form_kwargs(), **extra}


class AgreeExtension(ThreadAct):
    """Agree to the extension the other side proposed."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.extend"}
    form_class: type[forms.ActForm] = forms.ConsentForm
    title, confirm_label, kind = _("Agree to the extension"), _("Agree"), "extension_agreed"
    effect = _("The period is counted anew with what is added. Both sides are told the new date.")
    verb = actions.agree_extension

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to type: show at once what agreeing brings about."""
        form = self.get_form()
        return self.render_to_response(self.get_context_data(form=form, preview=self.shown(form), previewing=True))

    def shown(self, form: forms.ActForm) -> forms.Shown:
        proposal, thread = self.thread.proposal(), self.thread
        if proposal is None:
            return []
        moved = extended_end(thread, proposal.amount)
        ends = (
            f"{last_moment(moved.due_before, zone_of(moved.zone))} ({place_of(zone_of(moved.zone))})" if moved else ""
        )
        return [
            (str(_("Extension")), labels.span(proposal.amount, proposal.unit)),
            (str(_("Reason")), proposal.reason),
            (str(_("New end of the period")), ends),
        ]


class RefuseExtension(AgreeExtension):
    """Refuse the extension the other side proposed."""

    form_class: type[forms.ActForm] = forms.OptionalReasonForm
    title, confirm_label, kind = _("Refuse the extension"), _("Refuse"), "extension_refused"
    effect = _("The period stays as it is.")
    verb = actions.refuse_extension

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return ThreadAct.get(self, request, *args, **kwargs)

    def shown(self, form: forms.ActForm) -> forms.Shown:
        return form.shown()


class WithdrawThread(ThreadAct):
    """Take the question back."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.withdraw"}
    form_class = forms.ReasonForm
    title, confirm_label, kind = _("Withdraw the consultation"), _("Withdraw"), "withdrawn"
    effect = _("The consultation ends without an answer; the other side is told. Its denials are open hits again.")
    verb = actions.withdraw_consultation


class RemindThread(ThreadAct):
    """Ask the consulted authority again."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.withdraw"}
    form_class = forms.OptionalTextForm
    title, confirm_label, kind = _("Remind the consulted authority"), _("Send the reminder"), "reminded"
    effect = _("The reminder is on record. It moves no clock.")
    verb = actions.remind_consulted


class CloseUnanswered(ThreadAct):
    """Close what no period ends and nobody answered."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.withdraw"}
    form_class = forms.ReasonForm
    title, confirm_label, kind = _("Close without an answer"), _("Close the consultation"), "closed_unanswered"
    effect = _("The consultation is closed without an answer; it has not lapsed. A later answer is kept as late.")
    verb = actions.close_unanswered


class RegisterElsewhere(ThreadAct):
    """Register an answer given by another channel."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.answer"}
    form_class = forms.ElsewhereForm
    title, confirm_label, kind = _("Register an answer given elsewhere"), _("Register the answer"), "answer_registered"
    effect = _("The other side confirms or disputes it. Confirmed and given in time, it supersedes a lapse.")
    verb = actions.register_answer_elsewhere

    def get_form_kwargs(self) -> dict[str, Any]:
        zone = authority_of(self.principal).zone_info()
        return {**super().get_form_kwargs(), "terms": self.thread.terms(), "zone": zone, "place": place_of(zone)}


class ConfirmElsewhere(ThreadAct):
    """Confirm the answer the other side registered."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.answer"}
    form_class: type[forms.ActForm] = forms.ConsentForm
    title, confirm_label, kind = _("Confirm the answer given elsewhere"), _("Confirm"), "answer_confirmed"
    effect = _("Given in time, it is the answer from its true time on and supersedes a lapse; else it is kept as late.")
    verb: Callable[..., Any] = actions.confirm_answer_elsewhere

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to type: show at once what is confirmed."""
        form = self.get_form()
        return self.render_to_response(self.get_context_data(form=form, preview=self.shown(form), previewing=True))

    def shown(self, form: forms.ActForm) -> forms.Shown:
        claim = self.thread.answers_elsewhere.filter(status="registered").first()
        if claim is None:
            return []
        zone = zone_of(self.thread.due_zone or self.thread.consulted_state.zone)
        return [
            (str(_("Answer")), str(labels.ANSWERS[claim.outcome])),
            (str(_("Given by")), str(labels.CHANNELS[claim.channel])),
            (str(_("Given at")), strip_tags(str(moment(claim.given_at, zone=zone)))),
            *([(str(_("Reasons")), claim.reasoning)] if claim.reasoning else []),
        ]


class DisputeElsewhere(ConfirmElsewhere):
    """Dispute the answer the other side registered."""

    form_class: type[forms.ActForm] = forms.ReasonForm
    title, confirm_label, kind = _("Dispute the answer said to be given elsewhere"), _("Dispute"), "answer_disputed"
    effect = _("The consultation stands as it does; both accounts are kept.")
    verb: Callable[..., Any] = actions.dispute_answer_elsewhere

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return ThreadAct.get(self, request, *args, **kwargs)

    def shown(self, form: forms.ActForm) -> forms.Shown:
        return form.shown()


class ApplyCorrection(ConfirmElsewhere):
    """Move a running deadline to the end a corrected calendar gives it."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.extend"}
    form_class: type[forms.ActForm] = forms.ConsentForm
    title, confirm_label, kind = _("Move the end of the period"), _("Move it"), "deadline_moved"
    effect = _("The period ends at the new moment. Both sides are told; the old end is kept.")
    verb: Callable[..., Any] = actions.apply_correction

    def shown(self, form: forms.ActForm) -> forms.Shown:
        proposal = self.thread.corrections.filter(status="proposed").first()
        if proposal is None:
            return []
        zone = zone_of(self.thread.due_zone)
        return [
            (str(_("End of the period")), last_moment(proposal.due_before_old, zone)),
            (str(_("New end of the period")), last_moment(proposal.due_before_new, zone)),
        ]


class DeclineCorrection(DisputeElsewhere):
    """Leave the end of the period where it is."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.extend"}
    form_class: type[forms.ActForm] = forms.OptionalReasonForm
    title, confirm_label, kind = _("Leave the end of the period"), _("Leave it"), "correction_declined"
    effect = _("The period ends when it did before the calendar was corrected. Both sides are told.")
    verb: Callable[..., Any] = actions.decline_correction


class ConcludeThread(ThreadAct):
    """Make the conclusion of a consultation known that hangs on no application of the consulting side."""

    permission_needed = {"GET": "consultation.read", "POST": "consultation.answer"}
    form_class = forms.ConclusionForm
    title, confirm_label, kind = _("Make the conclusion known"), _("Make it known"), "concluded"
    effect = _("The other side is told; where the text says so, the other members and the Commission are too.")
    verb = actions.conclude_query

    def get_form_kwargs(self) -> dict[str, Any]:
        ends = CONCLUSIONS.get(self.thread.rule)
        return {**super().get_form_kwargs(), "outcomes": ends.outcomes if ends else ()}


class PlainAct(ThreadPage, View, ABC):
    """What is done at once, without a preview: nobody else's standing changes by it."""

    permission_needed = "consultation.answer"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, thread: UUID) -> HttpResponse:
        found = get_object_or_404(self.get_queryset(), pk=thread)
        self.act(found)
        return redirect(next_of(request) or reverse("consultations:detail", args=[found.pk]))

    @abstractmethod
    def act(self, thread: Consultation) -> None:
        """Do it."""


class AddNote(PlainAct):
    """Keep a note inside; nobody else reads it."""

    def act(self, thread: Consultation) -> None:
        form = forms.NoteForm(self.request.POST)
        if form.is_valid():
            actions.add_note(consultation_id=thread.pk, text=form.cleaned_data["text"], by=self.principal, now=self.now)


class TakeThread(PlainAct):
    """Become the one who looks after the thread."""

    def act(self, thread: Consultation) -> None:
        actions.take_consultation(consultation_id=thread.pk, by=self.principal, now=self.now)


class AcknowledgeThread(PlainAct):
    """Say that the request has come in."""

    def act(self, thread: Consultation) -> None:
        actions.acknowledge_consultation(consultation_id=thread.pk, by=self.principal, now=self.now)


class AssignThread(PlainAct):
    """Give the thread to a colleague."""

    def act(self, thread: Consultation) -> None:
        form = forms.AssignForm(self.request.POST, colleagues=colleagues_of(self.principal))
        if form.is_valid():
            person = form.cleaned_data["person"] or None
            actions.assign_consultation(consultation_id=thread.pk, person_id=person, by=self.principal, now=self.now)


class Receipt(ThreadPage, DetailView):
    """What was done, when, who is told, and what happens next by when."""

    template_name = "consultations/receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thread = self.object
        event = get_object_or_404(ConsultationEvent, consultation=thread, pk=self.kwargs["event"])
        side = thread.side_of(event.by_authority_id) or CONSULTING
        row = rows_of([thread], self.principal, self.now)[0]
        return super().get_context_data(
            thread=thread,
            event=event,
            row=row,
            now=self.now,
            told=readers_of(thread, side),
            what=labels.EVENTS[event.kind],
            **kwargs,
        )

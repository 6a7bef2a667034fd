"""Third bodies invited to read sections of a thread: the invitation, and what its guest reads."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, ListView, View

from accounts.views import ExchangeView
from consultations import actions, labels
from consultations.forms import InviteForm
from consultations.law.inviting import sections_of
from consultations.law.lifecycle import State
from consultations.models import Consultation, Invitation
from consultations.views.acts import ThreadAct


class InviteReader(ThreadAct, FormView):
    """Invite a third body to read sections of a thread: form, preview, confirm."""

    permission_needed = {"GET": "consultation.read", "POST": "case.invite"}
    form_class = InviteForm
    title, confirm_label, kind = _("Invite a third body to read"), _("Invite"), "reader_invited"
    effect = _("The body reads the sections chosen until the day named, and nothing else; both sides see that it does.")
    verb = actions.invite_reader

    def get_form_kwargs(self) -> dict[str, Any]:
        side = self.thread.side_of(self.principal.authority_id)
        bodies = [(body.code, f"{body.code} · {body}") for body in actions.guests_of(self.thread, self.now)]
        sections = [(str(one), labels.SECTIONS[str(one)]) for one in sections_of(side)]
        zone = self.thread.body_of(self.principal.authority_id).zone_info()
        return {**super().get_form_kwargs(), "bodies": bodies, "sections": sections, "zone": zone}


class InvitationList(ExchangeView, ListView):
    """The invitations addressed to one's own body."""

    permission_needed = "invitation.read"
    template_name = "consultations/invitations.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = Invitation.objects.received_by(self.principal, self.now)
        return rows.select_related("consultation", "invited_by_authority").order_by("until", "pk")


class InvitationDetail(ExchangeView, DetailView):
    """What a guest reads of a thread: the sections stated, and nothing else."""

    permission_needed = "invitation.read"
    template_name = "consultations/invitation.html"
    pk_url_kwarg = "invitation"

    def get_queryset(self) -> Any:
        rows = Invitation.objects.visible_to(self.principal, self.now)
        related = ("consulting_authority", "consulted_authority", "consulted_state")
        return rows.select_related(
            "authority", "invited_by_authority__state", *(f"consultation__{name}" for name in related)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.object.shown(self.now)
        course = [{**row, "what": labels.EVENTS[row["kind"]]} for row in shown.get("course", ())]
        answers = [{**row, "words": labels.OUTCOMES[row["outcome"]]} for row in shown.get("answers", ())]
        return super().get_context_data(
            thread=self.object.consultation,
            stands=labels.STATUSES[shown["status"]],
            section_words=[labels.SECTIONS[one] for one in self.object.sections],
            shown={**shown, "course": course, "answers": answers},
            is_open=shown["status"] == State.OPEN,
            **kwargs,
        )


class EndInvitation(ExchangeView, View):
    """End an invitation of one's own side at once."""

    permission_needed = "case.invite"
    http_method_names = ["post"]
    kwargs: dict[str, Any]

    @cached_property
    def invitation(self) -> Invitation:
        threads = Consultation.objects.visible_to(self.principal)
        rows = Invitation.objects.filter(consultation__in=threads.values("pk"))
        found: Invitation = get_object_or_404(rows, pk=self.kwargs["invitation"])
        return found

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        thread = self.invitation.consultation_id
        actions.end_invitation(invitation_id=self.invitation.pk, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("consultations:detail", args=[thread]))

"""A person is exonerated: recall a denial, follow who has done as asked, acknowledge another's recall."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.law.errors import RuleBroken
from accounts.models import Authority
from denials import actions
from denials.forms import ReasonForm
from denials.forms.lifecycle import NoteForm, RecallForm
from denials.law.lifecycle import Event
from denials.models import RecallRequest
from denials.views.acts import ActPage
from denials.views.detail import DenialPage


class RecallDenial(ActPage):
    """Ask everyone who received the denial to delete or correct what they hold of a person."""

    permission_needed = "denial.revoke"
    event = Event.RECALL
    form_class = RecallForm

    def recipients(self) -> list[Authority]:
        """Everyone of the recipients' ledger: told, read, exported or mirrored."""
        return list(Authority.objects.filter(pk__in=self.denial.recipients.values("authority")).order_by("code"))

    def act(self, form: ReasonForm) -> None:
        actions.recall_denial(denial_id=self.denial.pk, by=self.principal, now=self.now, **self.given(form))

    def given(self, form: ReasonForm) -> dict[str, Any]:
        return super().given(form) | {name: form.cleaned_data[name] for name in ("demand", "what")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "title": _("Recall: a person is exonerated"),
            "label": _("Recall it"),
            "article": "Reg. (EC) No 515/97 Art. 45(4)",
            "effect": _(
                "Everyone who was told of it, read, exported or mirrored it is asked to act and to acknowledge; "
                "who has not is reminded after a fortnight. The denial itself stays as it is: amend it too."
            ),
        }
        return super().get_context_data(**facts | kwargs)


class AcknowledgeRecall(DenialPage, FormView):
    """Say, for the own authority, that what was asked has been done."""

    permission_needed = "denial.acknowledge"
    template_name = "denials/acknowledge.html"
    form_class = NoteForm

    @cached_property
    def waiting(self) -> list[RecallRequest]:
        """The recalls of this denial that the own authority has not acknowledged."""
        own = RecallRequest.objects.filter(recall__denial=self.denial, authority=self.principal.authority_id)
        found = own.filter(acknowledged_at__isnull=True).select_related("recall").order_by("asked_at")
        return list(found)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.waiting:
            if not RecallRequest.objects.filter(
                recall__denial=self.denial, authority=self.principal.authority_id
            ).exists():
                raise Http404
            return HttpResponseRedirect(self.home)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: NoteForm) -> HttpResponse:
        if not self.waiting:
            return HttpResponseRedirect(self.home)
        try:
            for one in self.waiting:
                note = form.cleaned_data["note"]
                actions.acknowledge_recall(recall_id=one.recall_id, by=self.principal, now=self.now, note=note)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(f"{self.home}#recall")

    def form_invalid(self, form: NoteForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=self.waiting, **kwargs)

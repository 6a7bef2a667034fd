"""Documents of a thread, and the thread as one printable dossier."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, FormView, View

from accounts.law.errors import RuleBroken
from accounts.views import ExchangeView, is_led_from_elsewhere
from consultations import actions, forms, labels
from consultations.law.documents import LARGEST
from consultations.models import Consultation, Document
from consultations.templatetags.paper import paper_of
from consultations.templatetags.timeline import entries_of
from consultations.views.clockcard import card
from consultations.views.threads import ThreadPage, rows_of
from denials.exports.dossier import as_paper


class AttachDocument(ThreadPage, FormView):
    """Attach a document; it stays inside until it is sent."""

    permission_needed = "consultation.answer"
    form_class = forms.DocumentForm
    template_name = "consultations/attach.html"
    kwargs: dict[str, Any]

    def thread(self) -> Consultation:
        """The thread, or 404 for those who are no party."""
        found: Consultation = get_object_or_404(self.get_queryset(), pk=self.kwargs["thread"])
        return found

    def form_valid(self, form: forms.DocumentForm) -> HttpResponse:
        given = form.cleaned_data["document"]
        try:
            actions.attach_document(
                consultation_id=self.thread().pk,
                name=given.name,
                content=given.read(LARGEST + 1),
                marking=form.cleaned_data["marking"],
                by=self.principal,
                now=self.now,
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect("consultations:detail", thread=self.kwargs["thread"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thread=self.thread(), **kwargs)


class DocumentPage(ExchangeView):
    """One document its reader may see."""

    permission_needed: str | dict[str, str] = "consultation.read"

    def document(self, pk: Any) -> Document:
        found: Document = get_object_or_404(Document.objects.visible_to(self.principal), pk=pk)
        return found


class ReadDocument(DocumentPage, View):
    """The document itself, as a download that no browser runs."""

    def get(self, request: Any, document: Any) -> HttpResponse:
        found = self.document(document)
        response = HttpResponse(bytes(found.content.bytes), content_type=found.media_type)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response


class SendDocument(DocumentPage, View):
    """Send it to the other side."""

    permission_needed = "consultation.answer"
    http_method_names = ["post"]

    def post(self, request: Any, document: Any) -> HttpResponse:
        found = self.document(document)
        actions.send_document(document_id=found.pk, by=self.principal, now=self.now)
        return redirect("consultations:detail", thread=found.consultation_id)


class DiscardDocument(DocumentPage, View):
    """Take back what was not sent."""

    permission_needed = "consultation.answer"
    http_method_names = ["post"]

    def post(self, request: Any, document: Any) -> HttpResponse:
        found = self.document(document)
        actions.discard_document(document_id=found.pk, by=self.principal, now=self.now)
        return redirect("consultations:detail", thread=found.consultation_id)


class Dossier(ThreadPage, DetailView):
    """The whole thread on paper: parties, what was shared, the clock with its working, every event in order."""

    template_name = "consultations/dossier.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thread = self.object
        row = rows_of([thread], self.principal, self.now)[0]
        entries = entries_of(thread, self.principal, self.now, inside=False)
        return super().get_context_data(
            thread=thread,
            row=row,
            entries=entries,
            clock=card(thread, row.deadline, self.now),
            terms=thread.terms(),
            kind_words=labels.KINDS[thread.kind],
            question_words=labels.QUESTIONS[str(thread.terms().question)],
            shown_to=_("without notes that stay inside"),
            **kwargs,
        )


class DossierFile(ThreadPage, DetailView):
    """The same as a PDF, noted on the audit trail."""

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        thread, row = self.object, rows_of([self.object], self.principal, self.now)[0]
        if is_led_from_elsewhere(self.request):
            return redirect("consultations:dossier", thread=thread.pk)
        stands = f"{row.stands_words}: {row.outcome_words}" if row.settled else str(row.stands_words)
        clock = card(thread, row.deadline, self.now)
        dossier = paper_of(thread, self.principal, self.now, clock=clock, stands=stands)
        response = as_paper(dossier, name=thread.reference)
        actions.note_printed(consultation=thread, by=self.principal, now=self.now)
        return response

"""Bring in a file of denials decided in the past: upload, dry run, confirmation, receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from accounts import principals
from accounts.views import ExchangeView
from denials import actions, imports
from denials.forms import UploadForm
from denials.labels import problem_text
from denials.models import ImportedFile, PendingImport

MOST_SHOWN = 200


class UploadFile(ExchangeView, FormView):
    """Choose a file; nothing of it is taken in yet."""

    permission_needed = "denial.import"
    form_class = UploadForm
    template_name = "denials/import.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "regimes": self.principal.regimes}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file, regime = form.cleaned_data["file"], form.cleaned_data["regime"]
        content = file.read()
        authority = principals.authority_of(self.principal)
        try:
            imports.make_plan(
                content,
                name=file.name,
                authority=authority,
                regime=regime,
                now=self.now,
                most=imports.MOST_AT_A_DOOR,
            )
        except imports.FileRefused as refused:
            form.add_error("file", problem_text(refused.rule, {"value": refused.value}))
            return self.form_invalid(form)
        pending = actions.keep_pending_file(
            content=content, name=file.name, regime=regime, authority=authority, by=self.principal, now=self.now
        )
        return HttpResponseRedirect(reverse("denials:import-confirm", args=[pending.pk]))

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConfirmImport(ExchangeView, TemplateView):
    """What the file would do, row by row; one button takes it in."""

    permission_needed = "denial.import"
    template_name = "denials/import_confirm.html"

    @cached_property
    def pending(self) -> PendingImport:
        authority = principals.authority_of(self.principal)
        own = PendingImport.objects.filter(authority=authority, uploaded_by=principals.user_of(self.principal))
        return get_object_or_404(own, pk=self.kwargs["pending"])

    @cached_property
    def plan(self) -> imports.Plan:
        """The plan of the file as the register is now."""
        return imports.make_plan(
            bytes(self.pending.content),
            name=self.pending.name,
            authority=principals.authority_of(self.principal),
            regime=self.pending.regime,
            now=self.now,
            most=imports.MOST_AT_A_DOOR,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            plan=self.plan,
            new=self.plan.new[:MOST_SHOWN],
            errors=self.plan.errors[:MOST_SHOWN],
            warnings=self.plan.warnings[:MOST_SHOWN],
            back=reverse("denials:import"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.errors:
            return self.render_to_response(self.get_context_data(), status=422)
        if not self.plan.new:
            self.pending.delete()
            return HttpResponseRedirect(reverse("denials:list"))
        file = actions.take_in_file(
            name=self.plan.name,
            digest=self.plan.digest,
            denials=self.plan.new,
            authority=self.plan.authority,
            report=self.plan.as_data(),
            by=self.principal,
            now=self.now,
        )
        self.pending.delete()
        return HttpResponseRedirect(reverse("denials:imported", args=[file.pk]))


class ImportReceipt(ExchangeView, TemplateView):
    """What was taken in from a file."""

    permission_needed = "denial.read"
    template_name = "denials/imported.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = ImportedFile.objects.filter(authority=principals.authority_of(self.principal))
        file = get_object_or_404(own.select_related("authority__state"), pk=self.kwargs["file"])
        rows = file.rows.select_related("denial").order_by("pk")
        facts = {"file": file, "count": rows.count(), "rows": rows[:MOST_SHOWN]}
        return super().get_context_data(**kwargs | facts)

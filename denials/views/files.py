"""Bring in a file of denials decided in the past: upload, dry run, confirmation, progress, receipt."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts import principals
from accounts.roles import Principal
from accounts.views import ExchangeView
from denials import actions, exports, imports
from denials.exports.errors import error_table
from denials.forms import ColumnsForm, ReasonNeededForm, UploadForm
from denials.imports import jobs
from denials.labels import problem_text
from denials.law.content import Difference, differences
from denials.law.jobs import OVER, JobState
from denials.law.kept import content_of
from denials.models import Denial, ImportedFile, ImportJob, ImportLine
from denials.models import content as rows

PER_PAGE = 50
MOST_SHOWN = 200
MOST_JOBS = 20
KINDS = ("new", "changed", "conflict", "error", "unchanged")


class UploadFile(ExchangeView, FormView):
    """Choose a file; nothing of it is taken in yet."""

    permission_needed = "denial.import"
    form_class = UploadForm
    template_name = "denials/import.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "regimes": self.principal.regimes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = ImportJob.objects.visible_to(self.principal).defer("content").order_by("-uploaded_at")
        return super().get_context_data(jobs=own.select_related("authority__state")[:MOST_JOBS], **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file, regime = form.cleaned_data["file"], form.cleaned_data["regime"]
        authority = principals.authority_of(self.principal)
        given = {"name": file.name, "regime": regime, "authority": authority, "by": self.principal, "now": self.now}
        try:
            job = jobs.start(content=file.read(), **given)
        except imports.FileRefused as refused:
            form.add_error("file", problem_text(refused.rule, {"value": refused.value}))
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("denials:import-confirm", args=[job.pk]))

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class JobPage(ExchangeView):
    """A page about an uploaded file; it is its uploader's alone, and the second officer's where it was submitted."""

    permission_needed = "denial.import"

    @cached_property
    def job(self) -> ImportJob:
        """The file, without its content."""
        own = ImportJob.objects.visible_to(self.principal).defer("content").select_related("authority__state", "file")
        return get_object_or_404(own, pk=self.kwargs["job"])

    @property
    def is_own(self) -> bool:
        """Whether the reader uploaded it, and does not merely release it."""
        return self.principal.id is not None and self.principal.id == self.job.person_id

    @property
    def home(self) -> str:
        """The address of its page."""
        return reverse("denials:import-confirm", args=[self.job.pk])


class ConfirmImport(JobPage, TemplateView):
    """What the file would do, row by row; one button takes it in. While the worker is at it, how far it is."""

    template_name = "denials/import_confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job, kind = self.job, self._kind()
        found = job.lines.filter(kind=kind) if kind else job.lines.all()
        page = Paginator(found.order_by("position").select_related("held", "denial"), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        facts = {
            "job": job,
            "kind": kind,
            "kinds": self._kinds(),
            "page": page,
            "lines": list(_shown(list(page.object_list), self.principal)),
            "columns": ColumnsForm(job=job),
            "refused": problem_text(job.rule, {"value": job.value}) if job.rule else "",
            "may_be_taken_in": self._may_be_taken_in(),
            "warnings": self._warnings(),
            "is_own": self.is_own,
            "two_officers": self.two_officers,
            "may_release": self._may_release(),
            "is_over": job.state in OVER,
            "back": reverse("denials:import"),
        }
        return super().get_context_data(**kwargs | facts)

    def _kind(self) -> str:
        """The kind asked for, else the one to look at first."""
        asked, counts = self.request.GET.get("kind", ""), self.job.counts
        if asked in KINDS or asked == "all":
            return "" if asked == "all" else asked
        return next((one for one in ("error", "conflict", "changed", "new") if counts.get(one)), "")

    def _kinds(self) -> list[tuple[str, int]]:
        return [(kind, self.job.counts.get(kind, 0)) for kind in KINDS]

    def _may_be_taken_in(self) -> bool:
        counts = self.job.counts
        may = not counts.get("error") and (counts.get("new") or counts.get("changed"))
        return self.job.state == JobState.READY and bool(may)

    def _may_release(self) -> bool:
        """Whether it waits for a second officer and the reader is one."""
        return self.job.state == JobState.SUBMITTED and not self.is_own and self.principal.may("denial.release")

    @cached_property
    def two_officers(self) -> bool:
        """Whether the authority has chosen that a second officer releases a file."""
        return actions.needs_release(self.job.authority, self.now)

    def _warnings(self) -> list[dict[str, Any]]:
        """The first things to know, of rows that could be read."""
        noted = self.job.lines.exclude(kind="error").exclude(findings=[]).order_by("position")[:MOST_SHOWN]
        return [one for line in noted for one in line.findings][:MOST_SHOWN]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given: dict[str, Any] = {"by": self.principal, "now": self.now}
        if self.is_own:
            shown, ticked = _numbers(request.POST, "shown"), _numbers(request.POST, "amend")
            actions.tick_changes(job_id=self.job.pk, shown=shown, ticked=ticked, by=self.principal)
        if request.POST.get("keep"):
            return HttpResponseRedirect(request.get_full_path())
        job, amend = self.job, None if request.POST.get("amend_all") else ()
        if job.state == JobState.SUBMITTED:
            job = jobs.release_now(job, **given)
        elif self.two_officers:
            job = actions.submit_import(job_id=job.pk, amend=amend, **given)
        else:
            job = jobs.confirm_now(job, amend=amend, **given)
        if job.state == JobState.DONE and job.file is not None:
            return HttpResponseRedirect(reverse("denials:imported", args=[job.file.pk]))
        return HttpResponseRedirect(self.home)


def _numbers(sent: QueryDict, name: str) -> list[int]:
    return [int(one) for one in sent.getlist(name) if one.isdecimal() and len(one) < 9]


def _shown(lines: list[ImportLine], reader: Principal) -> Iterator[dict[str, Any]]:
    """Each line with its content, and what would change in the register, for those who may read it."""
    ids = {line.held_id for line in lines if line.held_id and reader.may("denial.read")}
    held = {one.pk: one for one in Denial.objects.filter(pk__in=ids).with_content()}
    for line in lines:
        content = content_of(line.content) if line.content else None
        denial = held.get(line.held_id)
        changes: tuple[Difference, ...] = ()
        if content and denial and denial.current and line.kind == "changed":
            denial.current.denial = denial
            changes = differences(rows.read(denial.current), content)
        yield {"line": line, "content": content, "changes": changes, "held": denial}


class MapColumns(JobPage, View):
    """Say what the columns mean; the file is read again."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ColumnsForm(request.POST, job=self.job)
        if form.is_valid():
            try:
                jobs.map_now(self.job, mapping=form.mapping(), by=self.principal, now=self.now)
            except imports.FileRefused as refused:
                return self._message(problem_text(refused.rule, {"value": refused.value}), status=422)
        return HttpResponseRedirect(self.home)


class CancelImport(JobPage, View):
    """Give a file up."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.cancel_import(job_id=self.job.pk, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("denials:import"))


class ReturnImport(JobPage, FormView):
    """Give a submitted file back with a reason; whoever submitted it may take it back."""

    template_name = "denials/import_return.html"
    form_class = ReasonNeededForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.state != JobState.SUBMITTED:
            return HttpResponseRedirect(self.home)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: ReasonNeededForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.return_import(job_id=self.job.pk, reason=reason, by=self.principal, now=self.now)
        return HttpResponseRedirect(self.home if self.is_own else reverse("denials:import"))

    def form_invalid(self, form: ReasonNeededForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"job": self.job, "back": self.home} | kwargs)


class ImportErrors(JobPage, View):
    """The rows that cannot be taken in, as they stood in the file, with the reasons; to be put right and sent again."""

    def get(self, request: HttpRequest, *args: Any, form: str, **kwargs: Any) -> StreamingHttpResponse:
        if form not in ("csv", "xlsx"):
            raise Http404
        name = f"{_('errors')}-{self.job.name.rpartition('.')[0] or self.job.name}"
        return exports.as_file(error_table(self.job), name=name, form=form)


class ImportReceipt(ExchangeView, TemplateView):
    """What was taken in from a file."""

    permission_needed = "denial.read"
    template_name = "denials/imported.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = ImportedFile.objects.filter(authority=principals.authority_of(self.principal))
        file = get_object_or_404(own.select_related("authority__state"), pk=self.kwargs["file"])
        taken = file.rows.select_related("denial").order_by("pk")
        page = Paginator(taken, MOST_SHOWN).get_page(self.request.GET.get("page"))
        job = ImportJob.objects.filter(file=file).defer("content").first()
        facts = {"file": file, "count": page.paginator.count, "page": page, "job": job}
        return super().get_context_data(**kwargs | facts)

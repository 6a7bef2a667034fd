"""Very many applications at once: send a file, see how far it is, give it up, take out what was not accepted."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from accounts.law.errors import RuleBroken
from denials.exports.files import as_file
from screening import actions, forms
from screening.exports import refusals
from screening.imports import rows_of
from screening.labels import JOB_STATES, MODES
from screening.law.bulk import JobState, Mode
from screening.models import BulkJob
from screening.views.sheets import RoomPage

PER_PAGE = 100
MOST_JOBS = 20


class BulkList(RoomPage, FormView):
    """One's own jobs, and the form to send another."""

    permission_needed = "application.screen"
    form_class = forms.BulkForm
    template_name = "applications/bulk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = BulkJob.objects.visible_to(self.principal).order_by("-asked_at")[:MOST_JOBS]
        jobs = [{"job": job, "words": JOB_STATES[JobState(job.state)], "mode": MODES[Mode(job.mode)]} for job in own]
        return super().get_context_data(jobs=jobs, **kwargs)

    def form_valid(self, form: forms.BulkForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            rows = rows_of(file.read())
            job = actions.begin_bulk(
                rows=rows, mode=form.cleaned_data["mode"], name=file.name[:255], by=self.principal, now=self.now
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("applications:bulk-job", args=[job.pk]))

    def form_invalid(self, form: forms.BulkForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class JobPage(RoomPage):
    """A page about one of one's own jobs."""

    permission_needed = "application.screen"

    @cached_property
    def job(self) -> BulkJob:
        return get_object_or_404(BulkJob.objects.visible_to(self.principal), pk=self.kwargs["job"])


class BulkDetail(JobPage, TemplateView):
    """How far a job is, and what became of each application."""

    template_name = "applications/bulk_job.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.job.counts()
        rows = self.job.rows.exclude(state="waiting").select_related("application", "screening").order_by("position")
        chosen = self.request.GET.get("show", "")
        if chosen == "refused":
            rows = rows.filter(state="refused")
        elif chosen == "hits":
            rows = rows.exclude(strong=0, possible=0)
        done = self.job.total - counts["waiting"]
        facts = {"job": self.job, "counts": counts, "chosen": chosen}
        return super().get_context_data(
            words=JOB_STATES[JobState(self.job.state)],
            mode=MODES[Mode(self.job.mode)],
            done=done,
            percent=100 * done // self.job.total,
            page=Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page")),
            **{**kwargs, **facts},
        )


class CancelBulk(JobPage, View):
    """Give a job up; what is done by then stays."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.cancel_bulk(job=self.job, by=self.principal, now=self.now)
        return HttpResponseRedirect(reverse("applications:bulk-job", args=[self.job.pk]))


class BulkRefusals(JobPage, View):
    """What was not accepted, row by row, as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return as_file(refusals(self.job), name=f"refused-{self.job.name or self.job.pk}", form="csv")

"""What leaves the register from its pages: what the list found, and the dossier of a denial."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.principals import today_of
from accounts.views import ExchangeView, is_led_from_elsewhere
from denials import search
from denials.actions.exporting import export_dossier, export_register
from denials.exports import FORMATS
from denials.exports.dossier import as_paper
from denials.exports.register import Extract, as_register_file, register_state
from denials.templatetags.dossier import dossier_of
from denials.views.detail import DenialPage


class ExportPage(ExchangeView, TemplateView):
    """What the list finds, and the formats it may be taken out in."""

    permission_needed = "denial.read"
    template_name = "denials/export.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = search.Asked.read(dict(self.request.GET.lists()))
        parameters = urlencode(asked.as_parameters(), doseq=True)
        return super().get_context_data(
            asked=asked,
            total=search.all_of(self.principal, asked, on=today_of(self.principal, self.now)).count(),
            formats=[("xlsx", _("Workbook (XLSX)")), ("csv", _("Table (CSV)")), ("json", _("Data (JSON)"))],
            parameters=parameters,
            back=f"{reverse('denials:list')}?{parameters}".rstrip("?"),
            **kwargs,
        )


class ExportRegister(ExchangeView, View):
    """What the list finds under the same question, as CSV, XLSX or JSON."""

    permission_needed = "denial.read"

    def get(self, request: HttpRequest, form: str) -> HttpResponseBase:
        if form not in FORMATS:
            raise Http404
        if is_led_from_elsewhere(request):
            return HttpResponseRedirect(f"{reverse('denials:export')}?{request.GET.urlencode()}".rstrip("?"))
        asked = search.Asked.read(dict(request.GET.lists()))
        found = search.all_of(self.principal, asked, on=today_of(self.principal, self.now))
        pairs = list(found.values_list("denial_id", "denial__current_id"))
        said = urlencode(asked.as_parameters(), doseq=True)
        extract = Extract([version for _pk, version in pairs], self.principal, self.now, register_state(), said)
        export_register(
            denials=[denial for denial, _now in pairs],
            form=form,
            asked=said,
            sequence=extract.sequence,
            by=self.principal,
            now=self.now,
        )
        return as_register_file(extract, form=form)


class DenialDossier(DenialPage, View):
    """One denial on paper."""

    permission_needed = "denial.read"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if is_led_from_elsewhere(request):
            return HttpResponseRedirect(self.home)
        dossier = dossier_of(self.denial, self.principal, now=self.now)
        response = as_paper(dossier, name=self.denial.reference or "draft")
        export_dossier(denial=self.denial, by=self.principal, now=self.now)
        return response

"""REST: the register, or what a question finds of it, as a file; and the dossier of one denial."""

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from accounts import clock, principals
from accounts.api.schema import answers
from accounts.api.views import ExchangeViewSet
from denials import search
from denials.actions.exporting import export_dossier, export_register
from denials.api.listing import QuestionIn, asked_of
from denials.exports import FORMATS, TYPES
from denials.exports.dossier import as_paper
from denials.exports.register import Extract, as_register_file, register_state
from denials.models import Denial
from denials.templatetags.dossier import dossier_of

FILES: dict[Any, Any] = {(200, kind): OpenApiTypes.BINARY for kind in (TYPES["csv"].partition(";")[0], TYPES["xlsx"])}


class ExportIn(QuestionIn):
    """The question, as for the list, and the format."""

    format = serializers.ChoiceField(choices=FORMATS, required=False, default="csv")


class Exports(ExchangeViewSet):
    """Files taken out of the register; each is noted in the audit trail and with the issuers."""

    queryset = Denial.objects.none()
    filter_backends = ()
    permissions_needed = {"export": "denial.read", "dossier": "denial.read"}

    def get_queryset(self) -> "QuerySet[Denial]":
        return cast("QuerySet[Denial]", Denial.objects.visible_to(self.principal).with_content())

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Problems are JSON whatever format the file is asked for in."""
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type

    @extend_schema(
        summary="Take what a question finds out as CSV, XLSX or JSON",
        description="Streamed, each denial as this reader may see it; formulas are neutralised; the export is noted.",
        parameters=[ExportIn],
        responses=FILES | {(200, "application/json"): OpenApiTypes.OBJECT} | answers({}, 400),
        filters=False,
    )
    def export(self, request: Request) -> HttpResponseBase:
        given = ExportIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        now, asked = clock.now(), asked_of(given.validated_data)
        found = search.all_of(self.principal, asked, on=principals.today_of(self.principal, now))
        pairs = list(found.values_list("denial_id", "denial__current_id"))
        form, said = given.validated_data["format"], urlencode(asked.as_parameters(), doseq=True)
        extract = Extract([version for _pk, version in pairs], self.principal, now, register_state(), said)
        export_register(
            denials=[denial for denial, _version in pairs],
            form=form,
            asked=said,
            sequence=extract.sequence,
            by=self.principal,
            now=now,
        )
        return as_register_file(extract, form=form)

    @extend_schema(
        summary="Take the dossier of a denial out as PDF",
        description="Facts, items, parties, grounds, history with differences; whom the issuer told, to the issuer.",
        responses={(200, TYPES["pdf"]): OpenApiTypes.BINARY} | answers({}, 404),
        filters=False,
    )
    def dossier(self, request: Request, pk: UUID) -> HttpResponse:
        self.kwargs["pk"] = str(pk)
        row, now = cast("Denial", self.get_object()), clock.now()
        response = as_paper(dossier_of(row, self.principal, now=now), name=row.reference or "draft")
        export_dossier(denial=row, by=self.principal, now=now)
        return response

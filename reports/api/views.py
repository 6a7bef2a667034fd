"""The year's tables for national systems: JSON, and each table and the figures as CSV."""

import json
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import clock
from accounts.api.authentication import PrincipalMay
from accounts.api.schema import answers
from accounts.principals import principal_of
from accounts.roles import Principal
from reports import actions, statistics
from reports.api.serializers import ReportOut
from reports.exports import TYPES, Report, files_of, form_of, report_json, report_of, table_csv, tidy_csv
from reports.law.figures import YearCount
from reports.models import Edition, FrozenEdition

EDITION = OpenApiParameter(
    "edition",
    OpenApiTypes.STR,
    enum=["now", "draft", "full", "public"],
    default="now",
    description="What is counted now, the newest draft, or the last edition signed off, full or public.",
)
EXAMPLE = OpenApiExample(
    "arms 2024",
    response_only=True,
    value={
        "regime": "arms",
        "year": 2024,
        "register_sequence": 9,
        "counting_rules": "2026-11",
        "digest": "814cd877c6c8bcb07866db29d356a3803216ec0e55258d2dfe292c8c3e88ebf6",
        "tables": [
            {
                "name": "denials_by_authority",
                "title": "Denials by issuing state",
                "unit": "denials",
                "columns": [{"name": "authority", "label": "State"}, {"name": "denials", "label": "Denials"}],
                "rows": [{"authority": "NL", "label": "Netherlands", "denials": 9}],
                "totals": [{"total": "eu", "authority": "", "label": "EU Member States", "denials": 9}],
                "denominators": {},
                "notes": ["A denial counts once, in the year it was decided, whenever it was notified."],
            }
        ],
    },
)
TEXT: dict[Any, Any] = {(200, "text/csv"): OpenApiTypes.STR}
BYTES: dict[Any, Any] = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class CSVRenderer(BaseRenderer):
    """Hand out a text as it is; a problem stays JSON."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        text = data if isinstance(data, str) else json.dumps(data)
        return text.encode()


class AlwaysThis(BaseContentNegotiation):
    """Answer in the one format of the address, whatever the client accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return next(iter(parsers), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class OfYear(APIView):
    """A regime's year as the client may read it; a regime it takes no part in is not there."""

    permission_classes = [PrincipalMay]
    permissions_needed = {"get": "report.read"}

    @cached_property
    def now(self) -> datetime:
        """The one reading of the clock for this request."""
        return clock.now()

    @property
    def principal(self) -> Principal:
        """Who asks."""
        return principal_of(self.request._request)

    def check(self, regime: str, year: int) -> None:
        """Refuse what is not there for this reader."""
        if not statistics.has_tables(self.principal, regime, year, now=self.now):
            raise Http404

    def report(self, regime: str, year: int) -> Report:
        """Return the report asked for."""
        edition = self.request.query_params.get("edition", "now")
        if edition not in ("full", "public"):
            return report_of(self.count(regime, year))
        return actions.edition_report(self.frozen(regime, year), edition)

    def frozen(self, regime: str, year: int) -> FrozenEdition:
        """Return the last edition signed off."""
        self.check(regime, year)
        found: FrozenEdition | None = (
            FrozenEdition.objects.visible_to(self.principal).frozen_of(regime, year).select_related("draft").first()
        )
        if found is None:
            raise Http404
        return found

    def count(self, regime: str, year: int) -> YearCount:
        """Return the figures asked for, as they are now or were drafted."""
        self.check(regime, year)
        if self.request.query_params.get("edition") != "draft":
            return statistics.count_year(regime, year, now=self.now)
        draft: Edition | None = Edition.objects.visible_to(self.principal).newest(regime, year)
        if draft is None:
            raise Http404
        return draft.count()


class ReportOfYear(OfYear):
    """All tables of a year."""

    @extend_schema(
        operation_id="report",
        summary="All tables of a regime's year",
        parameters=[EDITION],
        responses=answers({200: ReportOut}, 404),
        examples=[EXAMPLE],
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        return Response(report_json(self.report(regime, year)))


class ReportFigures(OfYear):
    """Every figure in its finest grain."""

    renderer_classes = [CSVRenderer]
    content_negotiation_class = AlwaysThis

    @extend_schema(
        operation_id="report_tidy",
        summary="Every figure of a regime's year in its finest grain, as CSV",
        parameters=[EDITION],
        responses=answers(TEXT, 404),
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        return Response(tidy_csv(self.report(regime, year)), content_type="text/csv; charset=utf-8")


class ReportFile(OfYear):
    """The report, or one file of it, in any form."""

    @extend_schema(
        operation_id="report_file",
        summary="A file of a regime's year in any form: report.xlsx, report.pdf, report.json, sdmx.csv, dcat.jsonld, …",
        parameters=[EDITION],
        responses=answers(BYTES, 404, 409),
    )
    def get(self, request: Request, regime: str, year: int, name: str) -> HttpResponse:
        edition = request.query_params.get("edition", "now")
        frozen = self.frozen(regime, year) if edition in ("full", "public") else None
        content = actions.edition_file(frozen, edition, name) if frozen else self._file(regime, year, name)
        if content is None:
            raise Http404
        return HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])

    def _file(self, regime: str, year: int, name: str) -> bytes | None:
        self.check(regime, year)
        form = form_of(name)
        return files_of(report_of(self.count(regime, year)), form).get(name) if form else None


class ReportTable(OfYear):
    """One table."""

    renderer_classes = [CSVRenderer]
    content_negotiation_class = AlwaysThis

    @extend_schema(
        operation_id="report_table",
        summary="One table of a regime's year as CSV",
        parameters=[EDITION],
        responses=answers(TEXT, 404),
    )
    def get(self, request: Request, regime: str, year: int, name: str) -> Response:
        found = next((one for one in self.report(regime, year).tables if one.table.name == name), None)
        if found is None:
            raise Http404
        return Response(table_csv(found), content_type="text/csv; charset=utf-8")

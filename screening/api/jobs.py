"""REST: very many applications at once, and changes of the authority's own rules of level."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.parsers import StrictJSONParser
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from denials.exports.files import as_file
from screening import actions
from screening.api import answers as out
from screening.api import serializers as given
from screening.api import shapes
from screening.api.room import ACT, ScreeningRoom
from screening.exports import refusals
from screening.imports import as_rows, rows_of
from screening.law.bulk import Mode
from screening.models import Application, BulkJob, BulkRow, RuleChange


@extend_schema_view(
    list=extend_schema(
        summary="List one's own jobs of very many applications, the last first",
        responses=answers({200: shapes.BulkJobOut(many=True)}),
    ),
    retrieve=extend_schema(
        summary="Ask how far a job of very many applications is", responses=answers({200: shapes.BulkJobOut}, 404)
    ),
)
class BulkJobs(ScreeningRoom):
    """Up to 10,000 applications in one request, each filed or screened on its own by the workers."""

    queryset = BulkJob.objects.none()
    serializer_class = shapes.BulkJobOut
    parser_classes = [StrictJSONParser, MultiPartParser]
    permissions_needed = {
        "list": "application.screen",
        "retrieve": "application.screen",
        "create": "application.screen",
        "rows": "application.screen",
        "refused": "application.screen",
        "cancel": "application.screen",
    }

    def get_queryset(self) -> "QuerySet[BulkJob]":
        return BulkJob.objects.visible_to(self.principal).order_by("-asked_at", "pk")

    def list(self, request: Request) -> Response:
        page = cast("list[BulkJob]", self.paginate_queryset(self.get_queryset()) or [])
        counts = BulkJob.counts_of(page)
        data = [out.bulk_job(row, counts[row.pk]) for row in page]
        return self.get_paginated_response(shapes.BulkJobOut(data, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._shown(self.get_object())

    @extend_schema(
        summary="Send very many applications at once",
        description=(
            "Answered before they are worked on. Each row stands for itself: one not accepted holds up no other. Sent "
            "again under its Idempotency-Key nothing happens twice; in mode `file` a row's own `key` files it once, "
            "whatever request it comes in. In mode `screen` nothing of what is asked is kept but the proof."
        ),
        request={"application/json": given.BulkIn, "multipart/form-data": given.BulkIn},
        responses=answers({202: shapes.BulkJobOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        data = self.checked(given.BulkIn, request.data)
        if data["mode"] == Mode.FILE and not self.principal.may("application.file"):
            raise PermissionDenied
        file = data.get("file")
        rows = rows_of(file.read()) if file is not None else as_rows(data["applications"])
        job = actions.begin_bulk(
            rows=rows, mode=data["mode"], name=data["name"] or _name(file), by=self.principal, now=clock.now()
        )
        response = self._shown(job, status=202)
        response.headers["Location"] = f"/api/v1/screening-jobs/{job.pk}/"
        return response

    @extend_schema(
        summary="List what became of each application of a job",
        parameters=[given.BulkRowsIn],
        responses=answers({200: shapes.BulkRowOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True)
    def rows(self, request: Request, pk: str) -> Response:
        filters = self.checked(given.BulkRowsIn, request.query_params.dict())
        rows = self.get_object().rows.select_related("screening").order_by("position")
        if "state" in filters:
            rows = rows.filter(state=filters["state"])
        page = cast("list[BulkRow]", self.paginate_queryset(rows) or [])
        return self.get_paginated_response(shapes.BulkRowOut([out.bulk_row(row) for row in page], many=True).data)

    @extend_schema(
        summary="Take out what of a job was not accepted, row by row",
        responses={(200, "text/csv"): OpenApiTypes.BINARY} | answers({}, 404),
        filters=False,
    )
    @action(detail=True)
    def refused(self, request: Request, pk: str) -> HttpResponseBase:
        job = self.get_object()
        return as_file(refusals(job), name=f"refused-{job.name or job.pk}", form="csv")

    @extend_schema(
        summary="Give a job up; what is done by then stays",
        request=given.NoContentIn,
        responses=answers({200: shapes.BulkJobOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], parser_classes=[StrictJSONParser])
    def cancel(self, request: Request, pk: str) -> Response:
        job = self.get_object()
        self.checked(given.NoContentIn, request.data)
        return self._shown(actions.cancel_bulk(job=job, by=self.principal, now=clock.now()))

    def _shown(self, job: BulkJob, *, status: int = 200) -> Response:
        return Response(shapes.BulkJobOut(out.bulk_job(job)).data, status=status)


@extend_schema_view(
    list=extend_schema(
        summary="List the changes of the authority's rules of level, the last first",
        responses=answers({200: shapes.RuleChangeOut(many=True)}),
    ),
    retrieve=extend_schema(
        summary="Read a change of the rules with its run over past applications",
        responses=answers({200: shapes.RuleChangeOut}, 404),
    ),
)
class RuleChanges(ScreeningRoom):
    """Changes of an authority's own rules of level; one person proposes, a second switches on."""

    queryset = RuleChange.objects.none()
    serializer_class = shapes.RuleChangeOut
    permissions_needed = {
        "list": "application.read",
        "retrieve": "application.read",
        "create": "rules.propose",
        "switch_on": "application.dispose",
        "decline": "application.dispose",
    }

    def get_queryset(self) -> "QuerySet[RuleChange]":
        rows = RuleChange.objects.visible_to(self.principal).select_related("proposed_by", "closed_by")
        return rows.order_by("-number", "pk")

    def list(self, request: Request) -> Response:
        page = cast("list[RuleChange]", self.paginate_queryset(self.get_queryset()) or [])
        return self.get_paginated_response(shapes.RuleChangeOut(self._told(page), many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._shown(self.get_object())

    @extend_schema(
        summary="Propose a change of the rules; it is first run over past applications",
        request=given.RulesIn,
        responses=answers({201: shapes.RuleChangeOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        data = self.checked(given.RulesIn, request.data)
        change = actions.propose_rules(**data, by=self.principal, now=clock.now())
        return self._shown(change, status=201)

    @extend_schema(
        summary="Let a proposed change hold, as the second of two persons",
        request=given.NoContentIn,
        responses=answers({200: shapes.RuleChangeOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="switch-on")
    def switch_on(self, request: Request, pk: str) -> Response:
        change = self.get_object()
        self.checked(given.NoContentIn, request.data)
        return self._shown(actions.switch_rules_on(change=change, by=self.principal, now=clock.now()))

    @extend_schema(
        summary="Drop a proposed change",
        request=given.NoContentIn,
        responses=answers({200: shapes.RuleChangeOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        change = self.get_object()
        self.checked(given.NoContentIn, request.data)
        return self._shown(actions.decline_rules(change=change, by=self.principal, now=clock.now()))

    def _shown(self, change: RuleChange, *, status: int = 200) -> Response:
        [data] = self._told([change])
        return Response(shapes.RuleChangeOut(data).data, status=status)

    def _told(self, changes: Sequence[RuleChange]) -> Sequence[dict[str, Any]]:
        seen = Application.objects.visible_to(self.principal).in_examples_of(changes)
        return [out.rule_change(one, seen) for one in changes]


def _name(file: Any) -> str:
    return str(file.name)[:255] if file is not None else ""

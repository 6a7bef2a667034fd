"""REST: files of denials decided in the past, read, shown line by line, taken in, with how far they are."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock, principals
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.parsers import StrictJSONParser
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.roles import Principal
from denials import actions, exports, imports
from denials.api import answers as out
from denials.api.serializers import DenialReasonIn
from denials.exports.errors import error_table
from denials.imports import jobs
from denials.imports.columns import MEANINGS, meaning
from denials.imports.tables import LARGEST_FILE
from denials.labels import problem_text
from denials.law.content import DenialContent, differences, plain
from denials.law.jobs import JobState
from denials.law.kept import content_of
from denials.law.regimes import known_regimes
from denials.models import Denial, ImportJob, ImportLine
from denials.models import content as rows

KINDS = ("new", "changed", "unchanged", "conflict", "error")
FILES: dict[Any, Any] = {(200, kind): OpenApiTypes.BINARY for kind in ("text/csv", exports.TYPES["xlsx"])}
ERRORS = OpenApiParameter("form", OpenApiTypes.STR, OpenApiParameter.PATH, enum=["csv", "xlsx"])


class MappingField(serializers.DictField):
    """Heading to field; in a form, as a JSON object."""

    child = TextField(max_length=40, allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str):
            try:
                data = json.loads(data)
            except ValueError:
                self.fail("not_a_dict", input_type="str")
        found = super().to_internal_value(data)
        if unknown := sorted({name for name in found.values() if name and meaning(name) is None}):
            message = f"Not a field of a file: {', '.join(unknown)}. Fields: {', '.join(MEANINGS)}."
            raise serializers.ValidationError(message, code="field_unknown")
        return found


class ImportIn(StrictSerializer):
    """A file, as base64 in `content` (up to 1 MB of JSON) or as the part `file` of a form (up to 20 MB)."""

    name = TextField(max_length=255, required=False, default="")
    content = serializers.CharField(required=False, help_text="CSV or XLSX, base64.")
    file = serializers.FileField(required=False, allow_empty_file=True)
    regime = serializers.ChoiceField(choices=known_regimes(), required=False, allow_blank=True, default="")
    mapping = MappingField(required=False, help_text="What the headings mean: heading to field, or to nothing.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("content" in attrs) == ("file" in attrs):
            raise serializers.ValidationError({"content": ["Either content or file."]}, code="required")
        return attrs


class MappingIn(StrictSerializer):
    """What the columns mean."""

    mapping = MappingField()


class ConfirmIn(StrictSerializer):
    """Which changes of own denials are taken in as amendments: `none`, `all`, or the positions of their lines."""

    amend = serializers.ChoiceField(choices=["none", "all"], required=False, default="none")
    lines = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=10_000_000), required=False, max_length=100_000
    )


class ImportNothingIn(StrictSerializer):
    """Nothing further to say."""


class LinesIn(StrictSerializer):
    """Which lines."""

    kind = serializers.ChoiceField(choices=KINDS, required=False)
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)


class ImportJobOut(serializers.Serializer[Any]):
    """An uploaded file: where it stands and how far it is. `counts` are its lines by kind."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    regime = serializers.CharField()
    state = serializers.ChoiceField(choices=[str(one) for one in JobState])
    uploaded_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    rows_total = serializers.IntegerField()
    rows_done = serializers.IntegerField()
    percent = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    headings = serializers.ListField(child=serializers.CharField())
    columns = serializers.DictField(child=serializers.CharField(), help_text="Heading to the field it was read as.")
    ignored_columns = serializers.ListField(child=serializers.CharField())
    notes = out.FindingOut(many=True, help_text="To know of the file as a whole: its encoding, sheets not read.")
    rule = serializers.CharField(help_text="Why the file is refused, if it is.")
    message = serializers.CharField()
    taken_in = serializers.IntegerField(help_text="Denials registered.")
    amended = serializers.IntegerField(help_text="Own denials amended.")


class ImportLineOut(serializers.Serializer[Any]):
    """What taking in the file does to one denial of it, or a row that cannot be read."""

    position = serializers.IntegerField()
    row = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=KINDS)
    rule = serializers.CharField()
    message = serializers.CharField()
    held = serializers.UUIDField(allow_null=True, help_text="The denial of the register it was compared with.")
    ticked = serializers.BooleanField(help_text="A change to be taken in as an amendment.")
    outcome = serializers.CharField(help_text="registered, amended, left; blank before.")
    denial = serializers.UUIDField(allow_null=True, help_text="The denial it became.")
    content = out.ContentOut(allow_null=True)
    differences = out.DifferenceOut(many=True)
    findings = out.FindingOut(many=True)


@extend_schema_view(
    list=extend_schema(
        summary="List one's own uploaded files, the last first", responses=answers({200: ImportJobOut(many=True)})
    ),
    retrieve=extend_schema(
        summary="Ask where an uploaded file stands and how far it is", responses=answers({200: ImportJobOut}, 404)
    ),
)
class ImportJobs(ExchangeViewSet):
    """Files of denials decided in the past; each is its uploader's alone."""

    queryset = ImportJob.objects.none()
    serializer_class = ImportJobOut
    filter_backends = ()
    parser_classes = [StrictJSONParser, MultiPartParser]
    permissions_needed = dict.fromkeys(
        ("list", "create", "retrieve", "lines", "columns", "errors", "confirm", "cancel", "submit"), "denial.import"
    ) | {"release": "denial.release", "return_file": "denial.import"}

    def get_queryset(self) -> "QuerySet[ImportJob]":
        own = ImportJob.objects.visible_to(self.principal).defer("content").order_by("-uploaded_at")
        return cast("QuerySet[ImportJob]", own.select_related("authority__state", "file"))

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(ImportJobOut(list(map(_job, page)), many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._shown(self.get_object())

    @extend_schema(
        summary="Upload a file; up to 500 rows are read at once, more by the worker",
        description="Nothing is taken in before it is confirmed. Ask for the job until its state is `ready`.",
        request={"application/json": ImportIn, "multipart/form-data": ImportIn},
        responses=answers({201: ImportJobOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        data = self._checked(ImportIn, request.data)
        content, name = _file_of(data)
        authority = principals.authority_of(self.principal)
        given: dict[str, Any] = {"regime": data["regime"], "mapping": data.get("mapping"), "now": clock.now()}
        try:
            job = jobs.start(content=content, name=name, authority=authority, by=self.principal, **given)
        except imports.FileRefused as refused:
            raise _not_accepted(refused) from refused
        response = self._shown(self.get_queryset().get(pk=job.pk), status=201)
        response.headers["Location"] = f"/api/v1/import-jobs/{job.pk}/"
        return response

    @extend_schema(
        summary="List the lines of the dry run, and what came of them",
        parameters=[LinesIn],
        responses=answers({200: ImportLineOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True, url_path="rows")
    def lines(self, request: Request, pk: str) -> Response:
        asked = self._checked(LinesIn, request.query_params.dict())
        found = self.get_object().lines.order_by("position")
        page = self.paginate_queryset(found.filter(kind=asked["kind"]) if "kind" in asked else found) or []
        shown = _lines(cast("list[ImportLine]", page), self.principal)
        return self.get_paginated_response(ImportLineOut(shown, many=True).data)

    @extend_schema(
        summary="Read the rows that were not taken in, as they stood, with row, column, rule and message",
        parameters=[ERRORS],
        responses=FILES | answers({}, 404),
        filters=False,
    )
    def errors(self, request: Request, pk: UUID, form: str) -> HttpResponseBase:
        if form not in ("csv", "xlsx"):
            raise NotFound
        self.kwargs["pk"] = str(pk)
        job = self.get_object()
        return exports.as_file(error_table(job), name=f"errors-{job.name.rpartition('.')[0] or job.name}", form=form)

    @extend_schema(
        summary="Say what the columns mean; the file is read again, and the next one with its headings alike",
        request=MappingIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def columns(self, request: Request, pk: str) -> Response:
        job = self.get_object()
        mapping = self._checked(MappingIn, request.data)["mapping"]
        try:
            jobs.map_now(job, mapping=mapping, by=self.principal, now=clock.now())
        except imports.FileRefused as refused:
            raise _not_accepted(refused) from refused
        return self._shown(self.get_object())

    @extend_schema(
        summary="Confirm a dry run: up to 500 denials are taken in at once, more by the worker",
        request=ConfirmIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        job, given = self.get_object(), self._checked(ConfirmIn, request.data)
        amend = None if given["amend"] == "all" else given.get("lines", ())
        jobs.confirm_now(job, amend=amend, by=self.principal, now=clock.now())
        return self._shown(self.get_object())

    @extend_schema(
        summary="Lay a dry run before a second officer, who releases it as it is",
        request=ConfirmIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        job, given = self.get_object(), self._checked(ConfirmIn, request.data)
        amend = None if given["amend"] == "all" else given.get("lines", ())
        actions.submit_import(job_id=job.pk, amend=amend, by=self.principal, now=clock.now())
        return self._shown(self.get_object())

    @extend_schema(
        summary="Release a file that another officer submitted: up to 500 denials are taken in at once",
        request=ImportNothingIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        job = self.get_object()
        self._checked(ImportNothingIn, request.data)
        jobs.release_now(job, by=self.principal, now=clock.now())
        return self._shown(self.get_object())

    @extend_schema(
        summary="Return a submitted file, with the reason",
        request=DenialReasonIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="return")
    def return_file(self, request: Request, pk: str) -> Response:
        job, reason = self.get_object(), self._checked(DenialReasonIn, request.data)["reason"]
        return self._shown(actions.return_import(job_id=job.pk, reason=reason, by=self.principal, now=clock.now()))

    @extend_schema(
        summary="Give a file up; what was taken in by then stays in",
        request=ImportNothingIn,
        responses=answers({200: ImportJobOut}, 400, 404, 409),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        job = self.get_object()
        self._checked(ImportNothingIn, request.data)
        actions.cancel_import(job_id=job.pk, by=self.principal, now=clock.now())
        return self._shown(self.get_object())

    def _checked(self, kind: type[serializers.BaseSerializer[Any]], data: Any) -> dict[str, Any]:
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _shown(self, job: ImportJob, *, status: int = 200) -> Response:
        return Response(ImportJobOut(_job(job)).data, status=status)


def _file_of(data: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return content and name of a file."""
    if "file" in data:
        if data["file"].size > LARGEST_FILE:
            raise _not_accepted(imports.FileRefused("file_too_large"))
        return data["file"].read(), data["name"] or data["file"].name
    return decoded(data["content"]), data["name"] or "file"


def decoded(text: str) -> bytes:
    """Return a content sent as base64.   :raises ValidationError: not_base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValidationError({"content": [problem_text("not_base64")]}, code="not_base64") from None


def _not_accepted(refused: imports.FileRefused) -> ValidationError:
    return ValidationError({"content": [problem_text(refused.rule, {"value": refused.value})]}, code=refused.rule)


def _job(job: ImportJob) -> dict[str, Any]:
    facts = (one.name for one in ImportJob._meta.concrete_fields if one.name in ImportJobOut().fields)
    return {name: getattr(job, name) for name in facts} | {
        "percent": job.percent,
        "columns": job.outline.get("columns", {}),
        "ignored_columns": job.outline.get("ignored_columns", []),
        "notes": job.outline.get("notes", []),
        "message": problem_text(job.rule, {"value": job.value}) if job.rule else "",
    }


def _lines(lines: list[ImportLine], reader: Principal) -> list[dict[str, Any]]:
    """Show lines; what the register holds only to those who may read it."""
    if not reader.may("denial.read"):
        return [_line(line, None) | ({"content": None} if line.kind == "changed" else {}) for line in lines]
    ids = {line.held_id for line in lines if line.kind == "changed" and line.held_id}
    held = {one.pk: one for one in Denial.objects.filter(pk__in=ids).with_content()}
    return [_line(line, held.get(line.held_id)) for line in lines]


def _line(line: ImportLine, held: Denial | None) -> dict[str, Any]:
    content = content_of(line.content) if line.content else None
    return {
        "position": line.position,
        "row": line.row,
        "kind": line.kind,
        "rule": line.rule,
        "message": problem_text(line.rule, {"value": line.value}) if line.rule else "",
        "held": line.held_id,
        "ticked": line.ticked,
        "outcome": line.outcome,
        "denial": line.denial_id,
        "content": _content(content) if content else None,
        "differences": _differences(held, content) if content and held else [],
        "findings": line.findings,
    }


def _content(content: DenialContent) -> dict[str, Any]:
    data = content.as_data() | {"criteria": [str(one) for one in content.criteria]}
    for party, stated in zip(data["parties"], content.parties, strict=True):
        party["identifiers"] = dict(stated.identifiers)
    return data


def _differences(held: Denial, content: DenialContent) -> list[dict[str, Any]]:
    if held.current is None:
        return []
    held.current.denial = held
    found = differences(rows.read(held.current), content)
    return [{"field": one.field, "before": plain(one.before), "after": plain(one.after)} for one in found]

"""REST: annual returns, delivered and signed off; for secretariats, who has delivered."""

import base64
import binascii
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import clock, principals
from accounts.api.authentication import PrincipalMay
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.parsers import StrictJSONParser
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from denials.imports.tables import LARGEST_FILE
from denials.labels import problem_text
from denials.law.regimes import known_regimes
from reports import actions, imports, statistics
from reports.labels import finding_words
from reports.law.returns import METHOD, ReturnState
from reports.models import AnnualReturn, ReturnLine
from reports.statistics.progress import progress


class ReturnFileIn(StrictSerializer):
    """A file of a return, base64."""

    name = TextField(max_length=255)
    content = serializers.CharField(help_text="CSV or XLSX, base64.")


class AnnualReturnIn(StrictSerializer):
    """A return: its files as base64 (up to 1 MB of JSON) or as parts `file` of a form, and the method card."""

    regime = serializers.ChoiceField(choices=known_regimes())
    year = serializers.IntegerField(min_value=1998, max_value=2200)
    files = ReturnFileIn(many=True, required=False)
    file = serializers.ListField(child=serializers.FileField(), required=False, help_text="Parts of a form.")
    method = serializers.DictField(
        child=TextField(max_length=40),
        required=False,
        help_text=f"Question to answer. Questions: {', '.join(METHOD)}.",
    )
    method_note = TextField(max_length=4000, required=False, allow_blank=True, multiline=True, default="")
    correction = TextField(max_length=2000, required=False, allow_blank=True, multiline=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = attrs.get("files") or attrs.get("file")
        if not given or len(given) > imports.MOST_FILES:
            raise serializers.ValidationError({"files": [f"1 to {imports.MOST_FILES} files."]}, code="required")
        return attrs


class SignIn(StrictSerializer):
    """What is said to the findings; needed where there are warnings."""

    explanation = TextField(max_length=4000, required=False, allow_blank=True, multiline=True, default="")


class NothingIn(StrictSerializer):
    """Nothing further to say."""


class ReturnFindingOut(serializers.Serializer[Any]):
    """What a check found."""

    rule = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning", "note"])
    place = serializers.CharField()
    message = serializers.CharField()
    params = serializers.DictField(child=serializers.CharField())


class ReturnOut(serializers.Serializer[Any]):
    """One version of an authority's return."""

    id = serializers.UUIDField()
    authority = serializers.CharField()
    regime = serializers.CharField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[str(one) for one in ReturnState])
    version = serializers.IntegerField(allow_null=True)
    delivered_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    lines = serializers.IntegerField()
    errors = serializers.IntegerField()  # type: ignore[assignment]  # a member of that name is meant
    warnings = serializers.IntegerField()
    method = serializers.DictField(child=serializers.CharField())
    findings = ReturnFindingOut(many=True)


class ReturnLineOut(serializers.ModelSerializer[ReturnLine]):
    """One line of a return; values in whole euro."""

    class Meta:
        model = ReturnLine
        fields = [
            *("position", "row", "section", "licence", "destination", "category", "entry", "kind", "decision"),
            *("origin", "mission", "criterion", "number", "value_licensed", "value_exported", "is_total"),
        ]


@extend_schema_view(
    list=extend_schema(
        summary="List returns: one's own, or those signed off", responses=answers({200: ReturnOut(many=True)})
    ),
    retrieve=extend_schema(
        summary="Read a return with what its checks found", responses=answers({200: ReturnOut}, 404)
    ),
)
class AnnualReturns(ExchangeViewSet):
    """The annual returns of the own authority."""

    queryset = AnnualReturn.objects.none()
    serializer_class = ReturnOut
    filter_backends = ()
    parser_classes = [StrictJSONParser, MultiPartParser]
    permissions_needed = {
        "list": "report.read",
        "retrieve": "report.read",
        "lines": "report.read",
        "create": "return.deliver",
        "sign": "return.sign",
        "discard": "return.deliver",
    }

    def get_queryset(self) -> "QuerySet[AnnualReturn]":
        seen = AnnualReturn.objects.visible_to(self.principal).select_related("authority")
        return cast("QuerySet[AnnualReturn]", seen.order_by("-year", "regime", "-delivered_at"))

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([_out(one) for one in page])

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(_out(self.get_object()))

    @extend_schema(
        summary="Deliver a return: it is read and checked, nothing is counted",
        request={"application/json": AnnualReturnIn, "multipart/form-data": AnnualReturnIn},
        responses=answers({201: ReturnOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        data = self._checked(AnnualReturnIn, _as_lists(request))
        try:
            kept = imports.deliver(
                authority=principals.authority_of(self.principal),
                regime=data["regime"],
                year=data["year"],
                files=_files(data),
                method=data.get("method") or {},
                method_note=data["method_note"],
                correction=data["correction"],
                by=self.principal,
                now=clock.now(),
            )
        except imports.FileRefused as refused:
            message = f"{refused.place}: {problem_text(refused.rule, {'value': refused.value})}"
            raise ValidationError({"files": [message]}, code=refused.rule) from refused
        headers = {"Location": f"/api/v1/returns/{kept.pk}/"}
        return Response(_out(kept), status=201, headers=headers)

    @extend_schema(
        summary="List the lines of a return",
        responses=answers({200: ReturnLineOut(many=True)}, 404),
        filters=False,
    )
    @action(detail=True)
    def lines(self, request: Request, pk: str) -> Response:
        page = self.paginate_queryset(self.get_object().lines.order_by("position")) or []
        return self.get_paginated_response(ReturnLineOut(page, many=True).data)

    @extend_schema(
        summary="Sign a return off: it is counted in the place of the version before",
        request=SignIn,
        responses=answers({200: ReturnOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        found = self._own()
        data = self._checked(SignIn, request.data)
        signed = actions.sign_return(
            return_id=found.pk, explanation=data["explanation"], by=self.principal, now=clock.now()
        )
        return Response(_out(signed))

    @extend_schema(
        summary="Give a return up that was not signed off",
        request=NothingIn,
        responses=answers({200: ReturnOut}, 404, 409),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        found = self._own()
        self._checked(NothingIn, request.data)
        return Response(_out(actions.discard_return(return_id=found.pk, by=self.principal, now=clock.now())))

    def _own(self) -> AnnualReturn:
        found: AnnualReturn = self.get_object()
        if found.authority_id != self.principal.authority_id:
            raise Http404
        return found

    @staticmethod
    def _checked(kind: type[StrictSerializer], data: Any) -> dict[str, Any]:
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def _as_lists(request: Request) -> Any:
    """A form's parts `file` as a list, its other parts as they are."""
    data: Any = request.data
    if not request.content_type.startswith("multipart/"):
        return data
    plain = {name: data[name] for name in data if name != "file"}
    return {**plain, "file": request.FILES.getlist("file")} if request.FILES else plain


def _files(data: dict[str, Any]) -> list[tuple[str, bytes]]:
    if "file" in data:
        if sum(one.size for one in data["file"]) > LARGEST_FILE:
            raise ValidationError({"file": [problem_text("file_too_large")]}, code="file_too_large")
        return [(one.name, one.read()) for one in data["file"]]
    try:
        return [(one["name"], base64.b64decode(one["content"], validate=True)) for one in data["files"]]
    except (binascii.Error, ValueError) as wrong:
        raise ValidationError({"files": ["This is not base64."]}, code="not_base64") from wrong


def _out(one: AnnualReturn) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "authority": one.authority.code,
        "regime": one.regime,
        "year": one.year,
        "state": one.state,
        "version": one.version,
        "delivered_at": one.delivered_at,
        "signed_at": one.signed_at,
        "lines": one.line_count,
        "errors": one.errors,
        "warnings": one.warnings,
        "method": one.method,
        "findings": [{**finding, "message": finding_words(finding)} for finding in one.findings],
    }


class ProgressOut(serializers.Serializer[Any]):
    """How far one authority is with the return of a year."""

    authority = serializers.CharField()
    country = serializers.CharField()
    state = serializers.ChoiceField(choices=["missing", "signed"])
    version = serializers.IntegerField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    lines = serializers.IntegerField()
    warnings = serializers.IntegerField()
    reminders = serializers.IntegerField()
    due = serializers.DateField()
    id = serializers.UUIDField(allow_null=True, help_text="The return.")


class ReturnProgress(APIView):
    """Who has delivered."""

    permission_classes = [PrincipalMay]
    permissions_needed = {"get": "return.follow"}

    @extend_schema(
        operation_id="report_returns",
        summary="Who has delivered the return of a year, and who owes it",
        parameters=[
            OpenApiParameter("regime", OpenApiTypes.STR, OpenApiParameter.PATH),
            OpenApiParameter("year", OpenApiTypes.INT, OpenApiParameter.PATH),
        ],
        responses=answers({200: ProgressOut(many=True)}, 404),
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        now = clock.now()
        if not statistics.has_tables(principals.principal_of(request._request), regime, year, now=now):
            raise Http404
        return Response([_progress(one) for one in progress(regime, year, now=now)])


def _progress(one: Any) -> dict[str, Any]:
    return {
        "authority": one.authority.code,
        "country": one.authority.state_id,
        "state": one.state,
        "version": one.version,
        "signed_at": one.signed_at,
        "lines": one.lines,
        "warnings": one.warnings,
        "reminders": one.reminded,
        "due": one.due,
        "id": one.pk,
    }

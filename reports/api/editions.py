"""REST: editions that were signed off and their files, the sign-off, indicators, shares."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import StrictSerializer, TextField
from accounts.api.idempotency import IdempotentPosts
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from reports import actions
from reports.api.views import OfYear
from reports.exports import TYPES
from reports.law.groups import shares
from reports.law.indicators import diverging, indicators
from reports.law.reconciliation import fails
from reports.models import Edition, FrozenEdition
from reports.statistics.indicators import divergences, tallies
from reports.statistics.returns import expected


class FreezeIn(StrictSerializer):
    """Why an earlier edition is corrected; needed from the second on."""

    remark = TextField(max_length=2000, required=False, allow_blank=True, multiline=True, default="")


class CheckOut(serializers.Serializer[Any]):
    """One comparison of tables and register."""

    name = serializers.CharField()
    rule = serializers.ChoiceField(choices=["equal", "at_least"])
    expected = serializers.IntegerField()
    found = serializers.IntegerField()


class EditionCorrectionOut(serializers.Serializer[Any]):
    """A figure that differs from the edition before."""

    measure = serializers.CharField()
    authority = serializers.CharField()
    destination = serializers.CharField()
    category = serializers.CharField()
    entry = serializers.CharField()
    criterion = serializers.CharField()
    outcome = serializers.CharField()
    dimension = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class EditionOut(serializers.Serializer[Any]):
    """An edition that was signed off."""

    number = serializers.IntegerField()
    signed_at = serializers.DateTimeField()
    remark = serializers.CharField()
    digest = serializers.CharField()
    manifest = serializers.DictField()
    checks = CheckOut(many=True)
    corrections = EditionCorrectionOut(many=True)


class EditionsOut(serializers.Serializer[Any]):
    """The editions of a year, the last first; for a secretariat, the checks that do not hold now."""

    editions = EditionOut(many=True)
    failing = CheckOut(many=True)


class OfEditions(OfYear):
    """What the addresses of editions share."""

    def editions(self, regime: str, year: int) -> Any:
        """Return the editions of a year, the last first."""
        self.check(regime, year)
        return FrozenEdition.objects.visible_to(self.principal).frozen_of(regime, year).select_related("draft")


class ReportEditions(IdempotentPosts, OfEditions):
    """Editions of a regime's year."""

    permissions_needed = {"get": "report.read", "post": "report.freeze"}

    @extend_schema(
        operation_id="report_editions",
        summary="List the editions signed off",
        responses=answers({200: EditionsOut}, 404),
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        listed = [_edition(one) for one in self.editions(regime, year).defer("content", "words")]
        failing = (
            fails(actions.checked(self.count(regime, year), now=self.now))
            if self.principal.may("report.freeze")
            else ()
        )
        return Response({"editions": listed, "failing": [vars(one) for one in failing]})

    @extend_schema(
        operation_id="report_freeze",
        summary="Sign the newest draft off and freeze it",
        description="The draft is made anew first, so that it says what is counted now.",
        request=FreezeIn,
        responses=answers({201: EditionOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, regime: str, year: int) -> Response:
        self.check(regime, year)
        data = FreezeIn(data=request.data)
        data.is_valid(raise_exception=True)
        actions.draft_edition(regime=regime, year=year, by=self.principal, now=self.now)
        draft = Edition.objects.visible_to(self.principal).newest(regime, year)
        if draft is None:
            raise Http404
        frozen = actions.freeze_edition(
            edition_id=draft.pk, remark=data.validated_data["remark"], by=self.principal, now=self.now
        )
        return Response(_edition(frozen), status=201)


def _edition(one: FrozenEdition) -> dict[str, Any]:
    return {
        "number": one.number,
        "signed_at": one.signed_at,
        "remark": one.remark,
        "digest": one.digest,
        "manifest": one.manifest,
        "checks": one.checks,
        "corrections": one.corrections,
    }


class ReportEditionFile(OfEditions):
    """A file of an edition, as it was signed."""

    @extend_schema(
        operation_id="report_edition_file",
        summary="Read a file of an edition, the same bytes each time",
        parameters=[OpenApiParameter("edition", OpenApiTypes.STR, OpenApiParameter.PATH, enum=["full", "public"])],
        responses=answers({(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)}, 404),  # type: ignore[dict-item]  # a file, not JSON
    )
    def get(self, request: Request, regime: str, year: int, number: int, edition: str, name: str) -> HttpResponse:
        frozen = self.editions(regime, year).filter(number=number).first()
        content = actions.edition_file(frozen, edition, name) if frozen else None
        if content is None:
            raise Http404
        return HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])


class ShareOut(serializers.Serializer[Any]):
    """The value licensed by the reporting states of a group to another, in whole euro."""

    group = serializers.CharField()
    target = serializers.CharField()
    category = serializers.CharField()
    inside = serializers.IntegerField()
    outside = serializers.IntegerField()
    not_allocated = serializers.IntegerField()
    whole = serializers.IntegerField(help_text="The denominator.")
    percent = serializers.FloatField(allow_null=True)
    reporting = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    never = serializers.ListField(child=serializers.CharField())
    not_comparable = serializers.ListField(child=serializers.CharField())


class ReportShares(OfEditions):
    """Shares of licensed value of reporting states."""

    @extend_schema(
        operation_id="report_shares",
        summary="Share of licensed value of reporting states, by group",
        parameters=[OpenApiParameter("category", OpenApiTypes.STR)],
        responses=answers({200: ShareOut(many=True)}, 404),
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        category = request.query_params.get("category", "")[:8]
        found = shares(self.count(regime, year), category=category, expected=expected(regime, year))
        return Response([{**vars(one), "whole": one.whole, "percent": one.percent} for one in found])


class IndicatorOut(serializers.Serializer[Any]):
    """The own state's value and the mean of the others, each with what it is of."""

    name = serializers.CharField()
    own = serializers.FloatField(allow_null=True)
    own_of = serializers.IntegerField()
    others = serializers.FloatField(allow_null=True)
    others_of = serializers.IntegerField()
    states = serializers.IntegerField()


class DivergenceOut(serializers.Serializer[Any]):
    """Where grants followed consultations on another's denial; nobody is named."""

    destination = serializers.CharField()
    category = serializers.CharField()
    cases = serializers.IntegerField()


class IndicatorsOut(serializers.Serializer[Any]):
    """Indicators of a year."""

    indicators = IndicatorOut(many=True)
    divergence = DivergenceOut(many=True)


class ReportIndicators(OfEditions):
    """Indicators: the own state by name, the others as a mean."""

    @extend_schema(
        operation_id="report_indicators",
        summary="Answer times, silence, extensions and reviews: the own state beside the mean of the others",
        responses=answers({200: IndicatorsOut}, 404),
    )
    def get(self, request: Request, regime: str, year: int) -> Response:
        self.check(regime, year)
        found = indicators(tallies(regime, year, now=self.now), self.principal.state)
        apart = diverging(divergences(regime, year))
        return Response({"indicators": [vars(one) for one in found], "divergence": [vars(one) for one in apart]})

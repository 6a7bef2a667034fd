"""REST: screening without filing, and the record of every screening."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from denials.exports import TYPES
from denials.exports.dossier import as_paper
from screening import actions
from screening.api import answers as out
from screening.api import serializers as given
from screening.api import shapes
from screening.api.room import ScreeningRoom, page_of_screenings
from screening.law import sheet
from screening.models import Screening
from screening.querysets import ScreeningQuerySet
from screening.search import Result
from screening.templatetags.papers import certificate_of


@extend_schema_view(
    list=extend_schema(
        summary="List the screenings of one's authority as proof, newest first",
        parameters=[given.ScreeningsIn],
        responses=answers({200: shapes.ScreeningOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read a screening with its hits",
        parameters=[given.HitsIn],
        responses=answers({200: shapes.ScreeningDetailOut}, 400, 404),
    ),
)
class Screenings(ScreeningRoom):
    """Screening without filing, and the record of every screening."""

    queryset = Screening.objects.none()
    serializer_class = shapes.ScreeningOut
    permissions_needed = {
        "list": "application.screen",
        "retrieve": "application.screen",
        "create": "application.screen",
        "certificate": "application.screen",
    }
    _in_full: dict[str, Any] | None = None

    def get_queryset(self) -> "ScreeningQuerySet":
        return Screening.objects.visible_to(self.principal).newest_first()

    def list(self, request: Request) -> Response:
        filters = self.checked(given.ScreeningsIn, request.query_params.dict())
        rows = self.get_queryset()
        if "regime" in filters:
            rows = rows.filter(regime=filters["regime"])
        if filters["filed"] is not None:
            rows = rows.filter(application__isnull=not filters["filed"])
        return page_of_screenings(self, rows)

    def retrieve(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        data = out.screening_detail(self.get_object(), information=information)
        return Response(shapes.ScreeningDetailOut(data).data)

    @extend_schema(
        summary="Screen without filing: kept are a digest, the state of the register, the rules and the hits",
        description=(
            "The default for a national system. Nothing of what is asked is kept; the verdict sheets are given in "
            "full once, and afterwards (also when the same Idempotency-Key is sent again) with the denial's side only."
        ),
        request=given.ApplicationIn,
        responses=answers({201: shapes.ScreeningDetailOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        now = clock.now()
        screening, result = actions.screen_without_filing(content=self.asked(request, now), by=self.principal, now=now)
        self._in_full = out.screening_detail(screening, sheets=_sheets(result))
        response = Response(shapes.ScreeningDetailOut(out.screening_detail(screening)).data, status=201)
        response.headers["Location"] = f"/api/v1/screenings/{screening.pk}/"
        return response

    @extend_schema(
        summary="Take the certificate of a screening out as PDF",
        responses={(200, TYPES["pdf"]): OpenApiTypes.BINARY} | answers({}, 404),
        filters=False,
    )
    @action(detail=True)
    def certificate(self, request: Request, pk: str) -> HttpResponse:
        rows = self.get_queryset().select_related("application", "authority__state")
        dossier = certificate_of(get_object_or_404(rows, pk=pk), self.principal, now=clock.now())
        return as_paper(dossier, name=f"certificate-{dossier.reference}")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer in full after the copy to be stored, which holds the denial's side only, has been made."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self._in_full is not None and response.status_code == 201:
            response.data = shapes.ScreeningDetailOut(self._in_full).data
            response._is_rendered = False
        return response


def _sheets(result: Result) -> dict[Any, list[dict[str, Any]]]:
    return {found.denial_id: sheet.as_data(found.judgement.elements) for found in result.hits}

"""REST: applications with their screenings and hits, and screening without filing."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import clock, principals
from accounts.api.errors import problem
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.labels import rule_text
from denials.law.content import ContentRefused
from screening import actions
from screening.api import answers as out
from screening.api import serializers as given
from screening.labels import problem_text
from screening.law import sheet
from screening.law.applications import ApplicationContent
from screening.models import Application, Hit, Screening, StandingHit
from screening.search import Result

ACT = (400, 404, 409, 422)
HIT = [OpenApiParameter("hit", UUID, OpenApiParameter.PATH, description="A hit of the last screening.")]


class ScreeningRoom(ExchangeViewSet):
    """What both doors of this room do alike."""

    def checked(self, kind: type[BaseSerializer[Any]], data: Any) -> dict[str, Any]:
        """Return what was sent, or refuse it naming field and rule."""
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def asked(self, request: Request, now: Any) -> ApplicationContent:
        """Return what is asked, of the own authority."""
        data = self.checked(given.ApplicationIn, request.data)
        own = {self.principal.authority_code.upper(), self.principal.state.upper()}
        if data["authority"] and data["authority"].upper() not in own:
            raise ValidationError({"authority": ["Only the own authority."]}, code="not_own_authority")
        authority = principals.authority_of(self.principal)
        zone = authority.state.zone_info() if authority.state else None
        return given.content_of(data, today=now.astimezone(zone).date())

    def handle_exception(self, error: Exception) -> Any:
        """Name every field a rule refuses, as for any other content that is not accepted."""
        if not isinstance(error, ContentRefused):
            return super().handle_exception(error)
        errors = [
            {"field": one.field, "rule": one.rule, "message": problem_text(one.rule, one.params)}
            for one in error.problems
        ]
        return problem(422, code=error.code, title=rule_text(error), errors=errors)


@extend_schema_view(
    list=extend_schema(
        summary="List the applications of one's authority, newest first",
        parameters=[given.ApplicationsIn],
        responses=answers({200: out.ApplicationOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read an application with its last screening and hits",
        parameters=[given.HitsIn],
        responses=answers({200: out.ApplicationDetailOut}, 400, 404),
    ),
)
class Applications(ScreeningRoom):
    """Applications put to the register; nobody but the own authority sees them."""

    queryset = Application.objects.none()
    serializer_class = out.ApplicationOut
    permissions_needed = {
        "list": "application.read",
        "retrieve": "application.read",
        "screenings": "application.read",
        "hits": "application.read",
        "create": "application.file",
        "amend": "application.file",
        "withdraw": "application.file",
        "screen": "application.screen",
        "dismiss": "application.dispose",
        "reopen": "application.dispose",
    }

    def get_queryset(self) -> "QuerySet[Application]":
        return Application.objects.visible_to(self.principal).with_content().order_by("-created_at", "pk")

    def list(self, request: Request) -> Response:
        filters = self.checked(given.ApplicationsIn, request.query_params.dict())
        chosen = {name: filters[name] for name in ("regime", "status", "own_reference") if name in filters}
        rows = cast("list[Application]", self.paginate_queryset(self.get_queryset().filter(**chosen)) or [])
        seen = Screening.objects.latest_of(rows)
        data = [out.application(row, seen.get(row.pk)) for row in rows]
        return self.get_paginated_response(out.ApplicationOut(data, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        return self._shown(self.get_object(), information=information)

    @extend_schema(
        summary="File an application and screen it at once",
        request=given.ApplicationIn,
        responses=answers({201: out.ApplicationDetailOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        now = clock.now()
        application = actions.submit_application(content=self.asked(request, now), by=self.principal, now=now)
        response = self._shown(self._again(application.pk), status=201)
        response.headers["Location"] = f"/api/v1/applications/{application.pk}/"
        return response

    @extend_schema(
        summary="Replace what is asked, and screen it at once",
        request=given.ApplicationIn,
        responses=answers({200: out.ApplicationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        application, now = self.get_object(), clock.now()
        content = self.asked(request, now)
        actions.amend_application(application=application, content=content, by=self.principal, now=now)
        return self._shown(self._again(application.pk))

    @extend_schema(
        summary="Screen again, against the register as it is now",
        request=given.NoContentIn,
        responses=answers({201: out.ScreeningDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def screen(self, request: Request, pk: str) -> Response:
        application = self.get_object()
        self.checked(given.NoContentIn, request.data)
        screening = actions.screen_application(
            application=application, trigger=Screening.Trigger.REQUESTED, by=self.principal, now=clock.now()
        )
        return Response(out.ScreeningDetailOut(out.screening_detail(screening)).data, status=201)

    @extend_schema(
        summary="List the screenings of an application, newest first",
        parameters=[given.ScreeningPageIn],
        responses=answers({200: out.ScreeningOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True)
    def screenings(self, request: Request, pk: str) -> Response:
        self.checked(given.ScreeningPageIn, request.query_params.dict())
        rows = self.get_object().screenings.newest_first()
        return _page_of_screenings(self, rows)

    @extend_schema(
        summary="List the hits of the last screening with their verdict sheets",
        parameters=[given.HitsIn],
        responses=answers({200: out.HitOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def hits(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        standing = self.get_object().standing_hits()
        shown = [out.hit(one) for one in standing if information or one.hit.level != "information"]
        return Response(out.HitOut(shown, many=True).data)

    @extend_schema(
        summary="Settle a hit as no essentially identical transaction, with the reason",
        request=given.DismissalIn,
        responses=answers({200: out.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/dismiss")
    def dismiss(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        given_reason = self.checked(given.DismissalIn, request.data)
        actions.dismiss_hit(application=application, hit=row, **given_reason, by=self.principal, now=clock.now())
        return Response(out.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Take back a dismissal",
        request=given.WhyIn,
        responses=answers({200: out.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/reopen")
    def reopen(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        reason = self.checked(given.WhyIn, request.data)["reason"]
        actions.reopen_hit(application=application, hit=row, reason=reason, by=self.principal, now=clock.now())
        return Response(out.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Record that the applicant withdrew",
        request=given.WhyIn,
        responses=answers({200: out.ApplicationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        application = self.get_object()
        reason = self.checked(given.WhyIn, request.data)["reason"]
        actions.withdraw_application(application=application, reason=reason, by=self.principal, now=clock.now())
        return self._shown(self._again(application.pk))

    def _again(self, pk: UUID) -> Application:
        return self.get_queryset().get(pk=pk)

    def _shown(self, row: Application, *, information: bool = False, status: int = 200) -> Response:
        data = out.application_detail(row, information=information)
        return Response(out.ApplicationDetailOut(data).data, status=status)

    def _hit(self, application: Application, pk: str) -> Hit:
        found = Hit.objects.visible_to(self.principal).filter(pk=pk, screening__application=application).first()
        if found is None:
            raise Http404
        return cast("Hit", found)

    def _standing(self, application: Application, hit: Hit) -> StandingHit:
        return next(one for one in application.standing_hits() if one.hit.denial_id == hit.denial_id)


@extend_schema_view(
    list=extend_schema(
        summary="List the screenings of one's authority as proof, newest first",
        parameters=[given.ScreeningsIn],
        responses=answers({200: out.ScreeningOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read a screening with its hits",
        parameters=[given.HitsIn],
        responses=answers({200: out.ScreeningDetailOut}, 400, 404),
    ),
)
class Screenings(ScreeningRoom):
    """Screening without filing, and the record of every screening."""

    queryset = Screening.objects.none()
    serializer_class = out.ScreeningOut
    permissions_needed = {
        "list": "application.screen",
        "retrieve": "application.screen",
        "create": "application.screen",
    }
    _in_full: dict[str, Any] | None = None

    def get_queryset(self) -> "QuerySet[Screening]":
        return Screening.objects.visible_to(self.principal).newest_first()

    def list(self, request: Request) -> Response:
        filters = self.checked(given.ScreeningsIn, request.query_params.dict())
        rows = self.get_queryset()
        if "regime" in filters:
            rows = rows.filter(regime=filters["regime"])
        if filters["filed"] is not None:
            rows = rows.filter(application__isnull=not filters["filed"])
        return _page_of_screenings(self, rows)

    def retrieve(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        data = out.screening_detail(self.get_object(), information=information)
        return Response(out.ScreeningDetailOut(data).data)

    @extend_schema(
        summary="Screen without filing: kept are a digest, the state of the register, the rules and the hits",
        description=(
            "The default for a national system. Nothing of what is asked is kept; the verdict sheets are given in "
            "full once, and afterwards (also when the same Idempotency-Key is sent again) with the denial's side only."
        ),
        request=given.ApplicationIn,
        responses=answers({201: out.ScreeningDetailOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        now = clock.now()
        screening, result = actions.screen_without_filing(content=self.asked(request, now), by=self.principal, now=now)
        self._in_full = out.screening_detail(screening, sheets=_sheets(result))
        response = Response(out.ScreeningDetailOut(out.screening_detail(screening)).data, status=201)
        response.headers["Location"] = f"/api/v1/screenings/{screening.pk}/"
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer in full after the copy to be stored, which holds the denial's side only, has been made."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self._in_full is not None and response.status_code == 201:
            response.data = out.ScreeningDetailOut(self._in_full).data
            response._is_rendered = False
        return response


def _page_of_screenings(view: ScreeningRoom, rows: "QuerySet[Screening]") -> Response:
    page = cast("list[Screening]", view.paginate_queryset(rows.with_counts()) or [])
    data = [out.screening(row, out.counted(row)) for row in page]
    return view.get_paginated_response(out.ScreeningOut(data, many=True).data)


def _sheets(result: Result) -> dict[Any, list[dict[str, Any]]]:
    return {found.denial_id: sheet.as_data(found.judgement.elements) for found in result.hits}

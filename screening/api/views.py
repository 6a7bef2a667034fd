"""REST: applications with their screenings and hits."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.principals import today_of
from denials.actions.exporting import export_dossier
from denials.exports import TYPES
from denials.exports.dossier import as_paper
from screening import actions, search
from screening.api import answers as out
from screening.api import serializers as given
from screening.api import shapes
from screening.api.room import ACT, HIT, ScreeningRoom, page_of_screenings
from screening.models import Application, Hit, Screening, StandingHit
from screening.templatetags.papers import verdict_of


@extend_schema_view(
    list=extend_schema(
        summary="List the applications of one's authority, newest first",
        parameters=[given.ApplicationsIn],
        responses=answers({200: shapes.ApplicationOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read an application with its last screening and hits",
        parameters=[given.HitsIn],
        responses=answers({200: shapes.ApplicationDetailOut}, 400, 404),
    ),
)
class Applications(ScreeningRoom):
    """Applications put to the register; nobody but the own authority sees them."""

    queryset = Application.objects.none()
    serializer_class = shapes.ApplicationOut
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
        "confirm_dismissal": "application.dispose",
        "return_dismissal": "application.dispose",
        "used_up": "application.file",
        "diversion": "application.read",
        "sheet": "application.read",
    }

    def get_queryset(self) -> "QuerySet[Application]":
        return Application.objects.visible_to(self.principal).with_content().order_by("-created_at", "pk")

    def list(self, request: Request) -> Response:
        filters = self.checked(given.ApplicationsIn, request.query_params.dict())
        chosen = {name: filters[name] for name in ("regime", "status", "own_reference") if name in filters}
        rows = cast("list[Application]", self.paginate_queryset(self.get_queryset().filter(**chosen)) or [])
        seen = Screening.objects.latest_of(rows)
        data = [out.application(row, seen.get(row.pk)) for row in rows]
        return self.get_paginated_response(shapes.ApplicationOut(data, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        return self._shown(self.get_object(), information=information)

    @extend_schema(
        summary="File an application and screen it at once",
        request=given.ApplicationIn,
        responses=answers({201: shapes.ApplicationDetailOut}, 400, 409, 422),
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
        responses=answers({200: shapes.ApplicationDetailOut}, *ACT),
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
        description="202: it broke off; the application says so, and it is tried again.",
        request=given.NoContentIn,
        responses=answers({201: shapes.ScreeningDetailOut, 202: shapes.ApplicationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def screen(self, request: Request, pk: str) -> Response:
        application = self.get_object()
        self.checked(given.NoContentIn, request.data)
        screening = actions.screen_application(
            application=application, trigger=Screening.Trigger.REQUESTED, by=self.principal, now=clock.now()
        )
        if screening is None:
            return self._shown(self._again(application.pk), status=202)
        return Response(shapes.ScreeningDetailOut(out.screening_detail(screening)).data, status=201)

    @extend_schema(
        summary="List the screenings of an application, newest first",
        parameters=[given.ScreeningPageIn],
        responses=answers({200: shapes.ScreeningOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True)
    def screenings(self, request: Request, pk: str) -> Response:
        self.checked(given.ScreeningPageIn, request.query_params.dict())
        rows = self.get_object().screenings.newest_first()
        return page_of_screenings(self, rows)

    @extend_schema(
        summary="List the hits of the last screening with their verdict sheets",
        parameters=[given.HitsIn],
        responses=answers({200: shapes.HitOut(many=True)}, 400, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def hits(self, request: Request, pk: str) -> Response:
        information = self.checked(given.HitsIn, request.query_params.dict())["information"]
        standing = self.get_object().standing_hits()
        shown = [out.hit(one) for one in standing if information or one.hit.level != "information"]
        return Response(shapes.HitOut(shown, many=True).data)

    @extend_schema(
        summary="Settle a hit as no essentially identical transaction, with the reason",
        request=given.DismissalIn,
        responses=answers({200: shapes.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/dismiss")
    def dismiss(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        given_reason = self.checked(given.DismissalIn, request.data)
        actions.dismiss_hit(application=application, hit=row, **given_reason, by=self.principal, now=clock.now())
        return Response(shapes.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Take back a dismissal",
        request=given.WhyIn,
        responses=answers({200: shapes.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/reopen")
    def reopen(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        reason = self.checked(given.WhyIn, request.data)["reason"]
        actions.reopen_hit(application=application, hit=row, reason=reason, by=self.principal, now=clock.now())
        return Response(shapes.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Confirm, as a second officer, that a hit is no essentially identical transaction",
        request=given.ProposalReadIn,
        responses=answers({200: shapes.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/confirm")
    def confirm_dismissal(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        read = self.checked(given.ProposalReadIn, request.data)
        actions.confirm_dismissal(application=application, hit=row, **read, by=self.principal, now=clock.now())
        return Response(shapes.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Return a proposed dismissal with the reason",
        request=given.ReturnIn,
        responses=answers({200: shapes.HitOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY, *HIT],
    )
    @action(detail=True, methods=["post"], url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/return")
    def return_dismissal(self, request: Request, pk: str, hit: str) -> Response:
        application = self.get_object()
        row = self._hit(application, hit)
        said = self.checked(given.ReturnIn, request.data)
        actions.return_dismissal(application=application, hit=row, **said, by=self.principal, now=clock.now())
        return Response(shapes.HitOut(out.hit(self._standing(application, row))).data)

    @extend_schema(
        summary="Take the verdict sheet of a hit out as PDF",
        responses={(200, TYPES["pdf"]): OpenApiTypes.BINARY} | answers({}, 404),
        parameters=[*HIT],
        filters=False,
    )
    @action(detail=True, url_path=f"hits/(?P<hit>{ExchangeViewSet.lookup_value_regex})/sheet")
    def sheet(self, request: Request, pk: str, hit: str) -> HttpResponse:
        application, now = self.get_object(), clock.now()
        row = self._hit(application, hit)
        found = [one for one in application.standing_hits() if one.hit.denial_id == row.denial_id]
        if not found:
            raise Http404
        dossier = verdict_of(found[0].hit.screening, found[0], self.principal, now=now)
        export_dossier(denial=row.denial, by=self.principal, now=now)
        return as_paper(dossier, name=f"{application.reference}-{found[0].hit.rank}")

    @extend_schema(
        summary="See where its persons and places stand elsewhere: signs of diversion",
        responses=answers({200: shapes.DiversionOut}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def diversion(self, request: Request, pk: str) -> Response:
        application = self.get_object()
        found, is_whole = search.diverted(application.facts(), reader=self.principal)
        data = out.diversion(found, search.splits(application, reader=self.principal), is_whole=is_whole)
        return Response(shapes.DiversionOut(data).data)

    @extend_schema(
        summary="Record that a licence granted is used up or has run out: it is watched no longer",
        request=given.UsedUpIn,
        responses=answers({200: shapes.ApplicationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="used-up")
    def used_up(self, request: Request, pk: str) -> Response:
        application, now = self.get_object(), clock.now()
        on = self.checked(given.UsedUpIn, request.data)["on"] or today_of(self.principal, now)
        actions.record_used_up(application=application, on=on, by=self.principal, now=now)
        return self._shown(self._again(application.pk))

    @extend_schema(
        summary="Record that the applicant withdrew",
        request=given.WhyIn,
        responses=answers({200: shapes.ApplicationDetailOut}, *ACT),
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
        return Response(shapes.ApplicationDetailOut(data).data, status=status)

    def _hit(self, application: Application, pk: str) -> Hit:
        found = Hit.objects.visible_to(self.principal).filter(pk=pk, screening__application=application).first()
        if found is None:
            raise Http404
        return cast("Hit", found)

    def _standing(self, application: Application, hit: Hit) -> StandingHit:
        return next(one for one in application.standing_hits() if one.hit.denial_id == hit.denial_id)

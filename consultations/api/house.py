"""REST: times in which the exchange could not be used, and one's own list of public holidays."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField, checked_query
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.law.errors import NotForeseen
from accounts.models import CalendarYear, State
from consultations import actions
from consultations.api.room import ACT, READ, checked, plain_list
from consultations.api.serializers import NothingIn, PagesIn, prose
from consultations.models import Unavailability


class UnavailabilityIn(StrictSerializer):
    """When the exchange could not be used; without an end while it lasts."""

    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(required=False, default=None, allow_null=True)
    reason = prose()


class EndIn(StrictSerializer):
    """When it was available again."""

    ended_at = serializers.DateTimeField()


class UnavailabilityOut(serializers.Serializer[Any]):
    """A window, and how many periods it holds."""

    id = serializers.UUIDField()
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(source="recorded_by.code")
    moved_at = serializers.DateTimeField(allow_null=True, help_text="When the ends it held were moved.")
    held = serializers.IntegerField(source="holding", help_text="Periods held by it now.")


@extend_schema_view(
    list=extend_schema(
        summary="List the times in which the exchange could not be used",
        parameters=[PagesIn],
        responses=answers({200: UnavailabilityOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read one of them", responses=answers({200: UnavailabilityOut}, 404)),
)
class Unavailabilities(ExchangeViewSet):
    """Failures of the exchange never make law: periods that end in such a time are held, and moved by an act."""

    queryset = Unavailability.objects.none()
    serializer_class = UnavailabilityOut
    permissions_needed = {
        "create": "unavailability.record",
        "end": "unavailability.record",
        "move_deadlines": "unavailability.record",
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Unavailability.objects.counted().select_related("recorded_by").order_by("-began_at", "-pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(UnavailabilityOut(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(UnavailabilityOut(self.get_object()).data)

    @extend_schema(
        summary="Record a time in which the exchange could not be used; holds the periods that end in it",
        request=UnavailabilityIn,
        responses=answers({201: UnavailabilityOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "A night",
                value={
                    "began_at": "2026-03-16T21:00:00Z",
                    "ended_at": "2026-03-17T03:00:00Z",
                    "reason": "Power failure.",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        content = checked(UnavailabilityIn, request)
        made = actions.record_unavailability(**content, by=self.principal, now=clock.now())
        location = f"/api/v1/unavailabilities/{made.pk}/"
        return Response(self._data(made.pk), status=201, headers={"Location": location})

    @extend_schema(
        summary="Record when the exchange was available again",
        request=EndIn,
        responses=answers({200: UnavailabilityOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        window = self.get_object()
        content = checked(EndIn, request)
        actions.end_unavailability(window_id=window.pk, **content, by=self.principal, now=clock.now())
        return Response(self._data(window.pk))

    @extend_schema(
        summary="Move the ends of the periods it holds; both sides of each are told",
        request=NothingIn,
        responses=answers({200: UnavailabilityOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="move-deadlines")
    def move_deadlines(self, request: Request, pk: str) -> Response:
        window = self.get_object()
        checked(NothingIn, request)
        actions.move_held_deadlines(window_id=window.pk, by=self.principal, now=clock.now())
        return Response(self._data(window.pk))

    def _data(self, pk: UUID) -> Any:
        return UnavailabilityOut(self.get_queryset().get(pk=pk)).data


class HolidayIn(StrictSerializer):
    """A day that is not a working day."""

    date = serializers.DateField()
    name = TextField(max_length=200)


class CalendarIn(StrictSerializer):
    """The whole list of a year."""

    year = serializers.IntegerField(min_value=1950, max_value=2100)
    holidays = HolidayIn(many=True)
    source = prose()  # type: ignore[assignment]  # a member of that name is meant


class HolidayOut(serializers.Serializer[Any]):
    """A public holiday."""

    date = serializers.DateField()
    name = serializers.CharField()


class CalendarOut(serializers.Serializer[Any]):
    """One version of a state's list for a year."""

    state = serializers.CharField(source="state_id")
    year = serializers.IntegerField()
    version = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant
    recorded_at = serializers.DateTimeField()
    holidays = HolidayOut(many=True)


class CalendarsIn(PagesIn):
    """The filters of the list."""

    state = TextField(max_length=2, required=False)
    year = serializers.IntegerField(required=False, min_value=1950, max_value=2100)


class AffectedOut(serializers.Serializer[Any]):
    """A running period that the list would count to another end."""

    reference = serializers.CharField()
    due_before = serializers.DateTimeField()
    due_before_proposed = serializers.DateTimeField()
    provisional = serializers.BooleanField(help_text="Provisional until now: it becomes certain at once.")


class CalendarPreviewOut(serializers.Serializer[Any]):
    """What recording the list would touch; nothing is changed."""

    affected = AffectedOut(many=True)


@extend_schema_view(
    list=extend_schema(
        summary="List the lists of public holidays in all their versions",
        parameters=[CalendarsIn],
        responses=answers({200: CalendarOut(many=True)}, 400),
    ),
)
class WorkingCalendars(ExchangeViewSet):
    """Public holidays, each list kept by the state whose it is; a correction moves no running period by itself."""

    queryset = CalendarYear.objects.none()
    serializer_class = CalendarOut
    permissions_needed = {"list": "calendar.read", "create": "calendar.manage", "preview": "calendar.manage"}

    def get_queryset(self) -> QuerySet[Any]:
        return CalendarYear.objects.prefetch_related("holidays").order_by("state_id", "year", "version")

    def list(self, request: Request) -> Response:
        wanted, rows = checked_query(CalendarsIn, request), self.get_queryset()
        if "state" in wanted:
            rows = rows.filter(state_id=wanted["state"].upper())
        if "year" in wanted:
            rows = rows.filter(year=wanted["year"])
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(CalendarOut(page, many=True).data)

    @extend_schema(
        summary="Record a new version of one's own list; proposes what follows for running periods",
        request=CalendarIn,
        responses=answers({201: CalendarOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "One holiday",
                value={
                    "year": 2027,
                    "holidays": [{"date": "2027-01-01", "name": "New Year's Day"}],
                    "source": "OJ C 2026/1",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        state, given = self._given(request)
        made = actions.correct_calendar(state=state, **given, by=self.principal, now=clock.now())
        return Response(CalendarOut(self.get_queryset().get(pk=made.pk)).data, status=201)

    @extend_schema(
        summary="See which running periods a list would touch; changes nothing",
        request=CalendarIn,
        responses=answers({200: CalendarPreviewOut}, *READ, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        state, given = self._given(request)
        calendar = actions.calendar_with(state, given["year"], given["holidays"])
        rows = [
            {
                "reference": one.consultation.reference,
                "due_before": one.consultation.due_before,
                "due_before_proposed": one.deadline.due_before,
                "provisional": one.settles,
            }
            for one in actions.affected_by(state, calendar)
        ]
        return Response(CalendarPreviewOut({"affected": rows}).data)

    def _given(self, request: Request) -> tuple[State, dict[str, Any]]:
        content = checked(CalendarIn, request)
        holidays: dict[date, str] = {}
        for row in content["holidays"]:
            if row["date"] in holidays:
                raise NotForeseen(field="holidays", value=row["date"].isoformat())
            holidays[row["date"]] = row["name"]
        state = State.objects.filter(code=self.principal.state).first()
        if state is None:
            raise NotForeseen(field="state", value=self.principal.state)
        return state, {"year": content["year"], "holidays": holidays, "source": content["source"]}

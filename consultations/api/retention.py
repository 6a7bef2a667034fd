"""REST: what falls due, holds upon it, and the removal of a person from all the own authority holds."""

from itertools import islice
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.actions.retention import end_hold, place_hold
from accounts.api.fields import DayField, StrictSerializer, TextField, checked_query
from accounts.api.house import ACT, PageIn, given
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.law import retention as law
from accounts.law.errors import NotForeseen
from accounts.models import Retention, RetentionHold
from consultations.actions.forgetting import exonerate
from consultations.actions.retention import closed_named, falling_due

MOST = 200


class DueOut(serializers.Serializer[Any]):
    """A closed record of the own authority and its days."""

    kind = serializers.ChoiceField(choices=law.KINDS)
    id = serializers.UUIDField(source="subject_id")
    reference = serializers.CharField()
    closed_on = serializers.DateField()
    blocks_on = serializers.DateField(allow_null=True)
    deletes_on = serializers.DateField()


class DueIn(StrictSerializer):
    """Until when; the end of the quarter where it is not said."""

    until = DayField(required=False)


class RetentionDue(ExchangeViewSet):
    """What falls due."""

    queryset = Retention.objects.none()
    serializer_class = DueOut
    pagination_class = None
    permissions_needed = {"list": "audit.read"}

    @extend_schema(
        summary="List what is to be blocked or deleted, 200 of each kind at most",
        parameters=[DueIn],
        responses=answers({200: DueOut(many=True)}, 400),
        filters=False,
    )
    def list(self, request: Request) -> Response:
        today = clock.now().date()
        until = checked_query(DueIn, request).get("until") or law.quarter_end(today)
        own = None if self.principal.body == "audit" else self.principal.authority_id
        found = [
            due for kind in law.KINDS for due in islice(falling_due(kind, by_day=until, today=today, body=own), MOST)
        ]
        return Response(DueOut(found, many=True).data)


class HoldOut(serializers.Serializer[Any]):
    """A hold: who keeps which record as it is, why, until when."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    reference = serializers.CharField()
    reason = serializers.CharField()
    until = serializers.DateField()
    placed_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class HoldIn(StrictSerializer):
    """A closed record of the own authority that is under review."""

    reference = TextField(max_length=60)
    reason = TextField(max_length=1000)
    until = DayField()


@extend_schema_view(
    list=extend_schema(
        summary="List the holds of the own authority",
        parameters=[PageIn],
        responses=answers({200: HoldOut(many=True)}, 400),
    ),
)
class Holds(ExchangeViewSet):
    """Holds of the own authority."""

    queryset = RetentionHold.objects.none()
    serializer_class = HoldOut
    permissions_needed = {"list": "audit.read", "create": "work.oversee", "end": "work.oversee"}

    def get_queryset(self) -> QuerySet[Any]:
        return RetentionHold.objects.visible_to(self.principal).order_by("-placed_at", "pk")

    def list(self, request: Request) -> Response:
        checked_query(PageIn, request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(HoldOut(rows, many=True).data)

    @extend_schema(
        summary="Keep a closed record as it is",
        request=HoldIn,
        responses=answers({201: HoldOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        content, now = given(HoldIn, request), clock.now()
        due = closed_named(content["reference"], body=self.principal.authority_id, today=now.date())
        if due is None:
            raise NotForeseen(field="reference", value=content["reference"])
        record: dict[str, Any] = {"subject_id": due.subject_id, "kind": due.kind, "reference": due.reference}
        hold = place_hold(**record, reason=content["reason"], until=content["until"], by=self.principal, now=now)
        return Response(HoldOut(hold).data, status=201)

    @extend_schema(
        summary="End a hold", request=None, responses=answers({200: HoldOut}, *ACT), parameters=[IDEMPOTENCY_KEY]
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return Response(HoldOut(end_hold(hold_id=self.get_object().pk, by=self.principal, now=clock.now())).data)


class ExonerationIn(StrictSerializer):
    """A person by all names and numbers as written, and the decision or article it rests on."""

    names = serializers.ListField(child=TextField(max_length=500), min_length=1, max_length=50)
    basis = TextField(max_length=500)


class ExonerationOut(serializers.Serializer[Any]):
    """How many records lost something."""

    denials = serializers.IntegerField()
    applications = serializers.IntegerField()
    threads = serializers.IntegerField()


class Exonerations(ExchangeViewSet):
    """Removal of a person from all the own authority holds."""

    queryset = Retention.objects.none()
    serializer_class = ExonerationOut
    pagination_class = None
    permissions_needed = {"create": "denial.erase"}

    @extend_schema(
        summary="Remove a person from all the own authority holds",
        request=ExonerationIn,
        responses=answers({200: ExonerationOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "Exonerated", value={"names": ["Ivan Example"], "basis": "judgment of 1 June"}, request_only=True
            )
        ],
    )
    def create(self, request: Request) -> Response:
        content = given(ExonerationIn, request)
        return Response(ExonerationOut(exonerate(**content, by=self.principal, now=clock.now())).data)

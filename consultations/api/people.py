"""REST: hand over what a colleague looks after, and remove one who leaves."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer
from accounts.api.house import ACT, given
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.models import User
from consultations.actions import hand_over, held_by, remove_person


class CasesHeldOut(serializers.Serializer[Any]):
    """How much a person looks after that is not over."""

    applications = serializers.IntegerField()
    threads = serializers.IntegerField()
    duties = serializers.IntegerField()


class HeirIn(StrictSerializer):
    """The colleague who takes over."""

    to = serializers.UUIDField()


class LeaverIn(StrictSerializer):
    """The colleague who takes over, needed where cases are open."""

    to = serializers.UUIDField(required=False, allow_null=True)


class PeopleCases(ExchangeViewSet):
    """What the people of the own authority look after."""

    queryset = User.objects.none()
    serializer_class = CasesHeldOut
    permissions_needed = {"held": "people.manage", "hand_over": "people.manage", "remove": "people.manage"}

    def get_queryset(self) -> QuerySet[Any]:
        return User.people.visible_to(self.principal)

    @extend_schema(summary="Count what a person looks after", responses=answers({200: CasesHeldOut}, 404))
    @action(detail=True)
    def held(self, request: Request, pk: str) -> Response:
        return Response(CasesHeldOut(held_by(self.get_object())).data)

    @extend_schema(
        summary="Hand over all that a person looks after",
        request=HeirIn,
        responses=answers({200: CasesHeldOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        person, heir = self.get_object(), given(HeirIn, request)["to"]
        held = hand_over(person_id=person.pk, to_id=heir, by=self.principal, now=clock.now())
        return Response(CasesHeldOut(held).data)

    @extend_schema(
        summary="Remove a person; what they look after goes to another",
        request=LeaverIn,
        responses=answers({204: None}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        person, heir = self.get_object(), given(LeaverIn, request).get("to")
        remove_person(person_id=person.pk, to_id=heir, by=self.principal, now=clock.now())
        return Response(status=204)

"""REST: the people of the own authority, for its administrators in person; no national system invites anybody."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock, signing
from accounts.actions import people as acts
from accounts.api.fields import StrictSerializer, TextField, checked_query
from accounts.api.house import ACT, PageIn, given
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.models import User
from accounts.roles import ROLES


class PersonOut(serializers.Serializer[Any]):
    """A person of the own authority."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    team = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=sorted(ROLES)))
    is_active = serializers.BooleanField()


class RolesIn(StrictSerializer):
    """The roles a person is to have, all of them."""

    roles = serializers.ListField(child=TextField(max_length=24), max_length=8)


class PersonInvitedIn(RolesIn):
    """A new person; they are mailed a link and choose their password themselves."""

    username = TextField(max_length=150)
    email = serializers.EmailField(max_length=254)
    first_name = TextField(max_length=150, required=False)
    last_name = TextField(max_length=150, required=False)
    team = TextField(max_length=80, required=False)


@extend_schema_view(
    list=extend_schema(
        summary="List the people of the own authority",
        parameters=[PageIn],
        responses=answers({200: PersonOut(many=True)}, 400),
    ),
)
class People(ExchangeViewSet):
    """The people of the own authority."""

    queryset = User.objects.none()
    serializer_class = PersonOut
    permissions_needed = {
        "list": "people.read",
        "create": "people.manage",
        "roles": "people.manage",
        "link": "people.manage",
        "reset_factors": "people.manage",
        "end_sessions": "people.manage",
    }

    def get_queryset(self) -> QuerySet[Any]:
        return User.people.visible_to(self.principal).order_by("last_name", "first_name", "username")

    def list(self, request: Request) -> Response:
        checked_query(PageIn, request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(PersonOut(rows, many=True).data)

    @extend_schema(
        summary="Invite a person",
        request=PersonInvitedIn,
        responses=answers({201: PersonOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "An officer",
                value={"username": "a.jansen", "email": "a.jansen@example.org", "roles": ["officer"]},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        content = given(PersonInvitedIn, request)
        return Response(PersonOut(acts.add_person(**content, by=self.principal, now=clock.now())).data, status=201)

    @extend_schema(
        summary="Give a person other roles",
        request=RolesIn,
        responses=answers({200: PersonOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def roles(self, request: Request, pk: str) -> Response:
        person, roles = self.get_object(), given(RolesIn, request)["roles"]
        changed = acts.change_roles(person_id=person.pk, roles=roles, by=self.principal, now=clock.now())
        return Response(PersonOut(changed).data)

    @extend_schema(
        summary="Send a person a new link to choose a password",
        request=None,
        responses=answers({200: PersonOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        sent = acts.send_link(person_id=self.get_object().pk, by=self.principal, now=clock.now())
        return Response(PersonOut(sent).data)

    @extend_schema(
        summary="Remove all second factors of a person who has lost them: they enrol anew at the next sign-in",
        request=None,
        responses=answers({200: PersonOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="reset-factors")
    def reset_factors(self, request: Request, pk: str) -> Response:
        person = self.get_object()
        signing.reset_factors(user=person, by=self.principal, now=clock.now())
        return Response(PersonOut(person).data)

    @extend_schema(
        summary="End all sessions of a person",
        request=None,
        responses=answers({200: PersonOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="end-sessions")
    def end_sessions(self, request: Request, pk: str) -> Response:
        person = self.get_object()
        signing.end_sessions(user=person, by=self.principal, now=clock.now())
        return Response(PersonOut(person).data)

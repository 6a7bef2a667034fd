"""REST: cases kept to named officers, and third bodies invited to read sections of a thread."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.models import Restriction
from consultations import actions
from consultations.api.answers import BodyOut, body
from consultations.api.room import ACT, READ, checked, plain_list
from consultations.api.serializers import NothingIn, PagesIn, prose
from consultations.law.inviting import Section
from consultations.models import Consultation, Invitation


class InvitationIn(StrictSerializer):
    """Who is invited to which sections of which thread, until when, and why."""

    consultation = serializers.UUIDField()
    authority = TextField(max_length=20, help_text="Code of a third authority or a secretariat that sees the regime.")
    sections = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(one) for one in Section]), max_length=len(Section)
    )
    until = serializers.DateTimeField(help_text="First instant after it; half a year ahead at most.")
    reason = prose()


class InvitationOut(serializers.Serializer[Any]):
    """An invitation as both sides and its guest see it."""

    id = serializers.UUIDField()
    reference = serializers.CharField(source="consultation.reference")
    authority = serializers.CharField(source="authority.code")
    sections = serializers.ListField(child=serializers.CharField())
    invited_by = serializers.CharField(source="invited_by_authority.code")
    invited_at = serializers.DateTimeField()
    until = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class CourseOut(serializers.Serializer[Any]):
    """That something happened, without its words."""

    kind = serializers.CharField()
    at = serializers.DateTimeField()


class ToldAnswerOut(serializers.Serializer[Any]):
    """An answer as a guest reads it."""

    outcome = serializers.CharField()
    reasoning = serializers.CharField(allow_blank=True)
    is_late = serializers.BooleanField()
    answered_at = serializers.DateTimeField()


class ToldDocumentOut(serializers.Serializer[Any]):
    """A document as a guest reads of it."""

    name = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256.")
    sent_at = serializers.DateTimeField()


class SectionsOut(serializers.Serializer[Any]):
    """The sections stated in the invitation; any other is left out."""

    status = serializers.CharField()
    facts = serializers.DictField(required=False)
    question = serializers.CharField(required=False, allow_blank=True)
    denials = serializers.ListField(child=serializers.CharField(), required=False)
    course = CourseOut(many=True, required=False)
    answers = ToldAnswerOut(many=True, required=False)
    documents = ToldDocumentOut(many=True, required=False)


class InvitationDetailOut(InvitationOut):
    """An invitation with what its guest reads."""

    consulting_authority = BodyOut()
    consulted_authority = BodyOut()
    shown = SectionsOut()


@extend_schema_view(
    list=extend_schema(
        summary="List the running invitations addressed to one's own body",
        parameters=[PagesIn],
        responses=answers({200: InvitationOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read the sections of a thread one is invited to", responses=answers({200: InvitationDetailOut}, 404)
    ),
)
class Invitations(ExchangeViewSet):
    """Third bodies that read sections of a thread until a day; both sides see who they are."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationOut
    permissions_needed = {
        "list": "invitation.read",
        "retrieve": "invitation.read",
        "create": "case.invite",
        "end": "case.invite",
    }

    def get_queryset(self) -> QuerySet[Any]:
        now = clock.now()
        rows = Invitation.objects.visible_to(self.principal, now)
        if self.action == "list":
            rows = Invitation.objects.received_by(self.principal, now)
        bodies = ("authority", "invited_by_authority", "consultation__consulting_authority")
        return rows.select_related(*bodies, "consultation__consulted_authority").order_by("until", "pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(InvitationOut(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._shown(self.get_object())

    @extend_schema(
        summary="Invite a third body to read sections of a thread; both sides are told",
        request=InvitationIn,
        responses=answers({201: InvitationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "The Commission reads the facts",
                value={
                    "consultation": "0b8f9a52-9d2a-4d43-8a53-d3c1a3b7e6f1",
                    "authority": "COM",
                    "sections": ["facts", "course"],
                    "until": "2026-12-31T23:00:00Z",
                    "reason": "Asked for its view on the catch-all.",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        given = checked(InvitationIn, request)
        thread = Consultation.objects.visible_to(self.principal).filter(pk=given.pop("consultation")).first()
        if thread is None:
            raise Http404
        made = actions.invite_reader(consultation_id=thread.pk, **given, by=self.principal, now=clock.now())
        return self._shown(made, status=201)

    @extend_schema(
        summary="End an invitation at once",
        request=NothingIn,
        responses=answers({200: InvitationDetailOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        invitation = self.get_object()
        checked(NothingIn, request)
        return self._shown(actions.end_invitation(invitation_id=invitation.pk, by=self.principal, now=clock.now()))

    def _shown(self, invitation: Invitation, status: int = 200) -> Response:
        thread = invitation.consultation
        data = {
            **InvitationOut(invitation).data,
            "consulting_authority": BodyOut(body(thread.consulting_authority)).data,
            "consulted_authority": BodyOut(body(thread.consulted_authority)).data,
            "shown": SectionsOut(invitation.shown(clock.now())).data,
        }
        return Response(data, status=status)


class RestrictionIn(StrictSerializer):
    """A case, an application or a thread, the officers who may see it, and why nobody else."""

    case = serializers.UUIDField()
    people = serializers.ListField(child=serializers.UUIDField(), max_length=200)
    reason = prose()


class RestrictionOut(serializers.Serializer[Any]):
    """How one's own authority keeps a case; people are its own."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    people = serializers.ListField(child=serializers.UUIDField())
    reason = serializers.CharField()
    since = serializers.DateTimeField()


@extend_schema_view(
    list=extend_schema(
        summary="List the cases one's authority keeps to named officers, as far as one may see them",
        parameters=[PagesIn],
        responses=answers({200: RestrictionOut(many=True)}, 400),
    ),
)
class Restrictions(ExchangeViewSet):
    """Cases kept to named officers inside one's own authority; for people alone."""

    queryset = Restriction.objects.none()
    serializer_class = RestrictionOut
    permissions_needed = {"list": "case.restrict", "create": "case.restrict", "lift": "case.restrict"}

    def get_queryset(self) -> QuerySet[Any]:
        return Restriction.objects.visible_to(self.principal).prefetch_related("named").order_by("-since", "pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(RestrictionOut([_kept(row) for row in rows], many=True).data)

    @extend_schema(
        summary="Keep a case to named officers, or name others than before",
        request=RestrictionIn,
        responses=answers({201: RestrictionOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        given = checked(RestrictionIn, request)
        case = actions.case_seen(given.pop("case"), self.principal)
        if case is None:
            raise Http404
        kept = actions.restrict_case(case=case, **given, by=self.principal, now=clock.now())
        return Response(RestrictionOut(_kept(kept)).data, status=201)

    @extend_schema(
        summary="Open a case to the whole authority again",
        request=NothingIn,
        responses=answers({204: None}, *READ, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: str) -> Response:
        kept = self.get_object()
        checked(NothingIn, request)
        actions.lift_restriction(case_id=kept.case_id, by=self.principal, now=clock.now())
        return Response(status=204)


def _kept(row: Restriction) -> dict[str, Any]:
    people = sorted(one.user_id for one in row.named.all())
    return {"id": row.pk, "case_id": row.case_id, "people": people, "reason": row.reason, "since": row.since}

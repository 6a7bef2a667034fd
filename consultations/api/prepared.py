"""REST: acts that one prepares and another person of the authority sends, and how the work is spread."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import clock
from accounts.api.authentication import require_proof
from accounts.api.fields import StrictSerializer, checked_query
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from consultations import actions
from consultations.api import serializers as given
from consultations.api.room import ACT, STATED, checked, plain_list, visible_application, visible_denials
from consultations.models import OPENED, OPENINGS, QUERIED, Consultation, PreparedAct, lapsing_soon, loads_of, teams_of
from consultations.querysets import PreparedActQuerySet

#: What each act says, by the form its own address takes; and the permission it needs.
GIVEN: dict[str, tuple[type[BaseSerializer[Any]], str]] = {
    "answered": (given.AnswerIn, "consultation.answer"),
    "late_answer": (given.AnswerIn, "consultation.answer"),
    "information_requested": (given.TextIn, "consultation.answer"),
    "information_given": (given.TextIn, "consultation.answer"),
    "extension_proposed": (given.ExtensionIn, "consultation.extend"),
    "extension_agreed": (given.NothingIn, "consultation.extend"),
    "extension_refused": (given.RefusalIn, "consultation.extend"),
    "withdrawn": (given.ReasonIn, "consultation.withdraw"),
    "concluded": (given.ConclusionIn, "consultation.answer"),
    "reminded": (given.OptionalTextIn, "consultation.withdraw"),
    "closed_unanswered": (given.ReasonIn, "consultation.withdraw"),
    "answer_registered": (given.ElsewhereIn, "consultation.answer"),
    "answer_confirmed": (given.NothingIn, "consultation.answer"),
    "answer_disputed": (given.ReasonIn, "consultation.answer"),
    "deadline_moved": (given.NothingIn, "consultation.extend"),
    "correction_declined": (given.RefusalIn, "consultation.extend"),
    OPENED: (given.OpenIn, "consultation.open"),
    QUERIED: (given.QueryIn, "consultation.open"),
}


class PreparedIn(StrictSerializer):
    """An act, in which consultation, and what is said: the body its own address would take."""

    act = serializers.ChoiceField(choices=list(GIVEN))
    consultation = serializers.UUIDField(
        required=False, default=None, allow_null=True, help_text="None for an act that opens consultations."
    )
    given = serializers.DictField(required=False, default=dict)


class PreparedOut(serializers.Serializer[Any]):
    """An act that waits for a second person, or did."""

    id = serializers.UUIDField()
    act = serializers.CharField()
    consultation = serializers.UUIDField(source="consultation_id", allow_null=True)
    application = serializers.UUIDField(source="application_id", allow_null=True)
    given = serializers.DictField()
    status = serializers.CharField(help_text="waiting, sent or returned")
    prepared_at = serializers.DateTimeField()
    prepared_by = serializers.UUIDField(source="prepared_by_id", allow_null=True, help_text="Null for a system.")
    settled_at = serializers.DateTimeField(allow_null=True)
    settled_by = serializers.UUIDField(source="settled_by_id", allow_null=True)


@extend_schema_view(
    list=extend_schema(
        summary="List the acts of one's authority that wait for a second person",
        parameters=[given.PagesIn],
        responses=answers({200: PreparedOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read one of them", responses=answers({200: PreparedOut}, 404)),
)
class PreparedActs(ExchangeViewSet):
    """Where an authority asks for four eyes one prepares, a person or its system, and another person sends."""

    queryset = PreparedAct.objects.none()
    serializer_class = PreparedOut
    permissions_needed = dict.fromkeys(("list", "retrieve", "create", "send", "give_back"), "consultation.read")

    def get_queryset(self) -> PreparedActQuerySet:
        return PreparedAct.objects.visible_to(self.principal)

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset().waiting()) or []
        return self.get_paginated_response(PreparedOut(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(PreparedOut(self.get_object()).data)

    @extend_schema(
        summary="Prepare an act for another person to send; it reaches nobody and stops no clock",
        request=PreparedIn,
        responses=answers({201: PreparedOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "An answer",
                value={
                    "act": "answered",
                    "consultation": "0b8f9a52-9d2a-4d43-8a53-d3c1a3b7e6f1",
                    "given": {"outcome": "identical", "reasoning": "Same end-user."},
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        content = checked(PreparedIn, request)
        self._may(content["act"])
        kind = GIVEN[content["act"]][0](data=content["given"])
        kind.is_valid(raise_exception=True)
        prepare = self._opening if content["act"] in OPENINGS else self._in_thread
        kept = prepare(content, dict(kind.validated_data))
        place = f"/api/v1/prepared-acts/{kept.pk}/"
        return Response(PreparedOut(kept).data, status=201, headers={"Location": place})

    @extend_schema(
        summary="Send what a colleague or one's system prepared, as one's own act at this moment",
        request=given.NothingIn,
        responses=answers({200: PreparedOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        return self._settled(request, actions.send_prepared)

    @extend_schema(
        summary="Give back what was prepared, unsent",
        request=given.NothingIn,
        responses=answers({200: PreparedOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="return")
    def give_back(self, request: Request, pk: str) -> Response:
        return self._settled(request, actions.return_prepared)

    def _settled(self, request: Request, verb: Any) -> Response:
        prepared = self.get_object()
        self._may(prepared.act)
        require_proof(request)  # each of these acts has legal effect
        checked(given.NothingIn, request)
        return Response(PreparedOut(verb(prepared_id=prepared.pk, by=self.principal, now=clock.now())).data)

    def _may(self, act: str) -> None:
        if not self.principal.may(GIVEN[act][1]):
            raise PermissionDenied

    def _in_thread(self, content: dict[str, Any], said: dict[str, Any]) -> PreparedAct:
        rows = Consultation.objects.visible_to(self.principal)
        thread = get_object_or_404(rows, pk=content["consultation"])
        act, now = content["act"], clock.now()
        return actions.prepare_act(consultation_id=thread.pk, act=act, given=said, by=self.principal, now=now)

    def _opening(self, content: dict[str, Any], said: dict[str, Any]) -> PreparedAct:
        asked = said.pop("application")
        application = visible_application(self, asked) if asked else None
        said["denials"] = visible_denials(self, said["denials"])
        said["shared"] = said.pop("share")
        if content["act"] == QUERIED:
            said["statement"] = {name: said.pop(name) for name in STATED}
        return actions.prepare_opening(
            act=content["act"],
            given=said,
            application_id=application.pk if application else None,
            by=self.principal,
            now=clock.now(),
        )


class LoadOut(serializers.Serializer[Any]):
    """What one colleague looks after; `person` is null for what nobody does."""

    person = serializers.UUIDField(allow_null=True)
    received = serializers.IntegerField(help_text="To answer.")
    lapsing = serializers.IntegerField(help_text="Of these, lapse within seven days unless answered.")
    initiated = serializers.IntegerField(help_text="Asked of others, open.")


class TeamLoadOut(serializers.Serializer[Any]):
    """What the people of a team look after together; `team` is empty for those of none."""

    team = serializers.CharField(allow_blank=True)
    received = serializers.IntegerField(help_text="To answer.")
    lapsing = serializers.IntegerField(help_text="Of these, lapse within seven days unless answered.")
    initiated = serializers.IntegerField(help_text="Asked of others, open.")


class LapsingOut(serializers.Serializer[Any]):
    """A consultation that silence will conclude soon."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    due_before = serializers.DateTimeField()
    person = serializers.UUIDField(source="consulted_owner_id", allow_null=True)


class WorkloadOut(serializers.Serializer[Any]):
    """The open work of one's authority."""

    load = LoadOut(many=True)
    teams = TeamLoadOut(many=True, help_text="Empty where nobody has a team.")
    lapsing = LapsingOut(many=True)


class Workload(ExchangeViewSet):
    """For supervisors: who has how much, and what will lapse within seven days unless it is answered."""

    queryset = Consultation.objects.none()
    serializer_class = WorkloadOut
    pagination_class = None
    permissions_needed = {"list": "work.oversee"}

    @extend_schema(
        summary="See how the open work of one's authority is spread over its people",
        operation_id="workload_read",
        responses=answers({200: WorkloadOut}, 400),
    )
    def list(self, request: Request) -> Response:
        checked_query(given.NothingIn, request)
        by, now = self.principal, clock.now()
        people = {one.pk: one.team for one in actions.officers_of(by, "consultation.answer")}
        load = loads_of([*people, None], by, now)
        body = {"load": load, "teams": teams_of(load, people), "lapsing": lapsing_soon(by, now)}
        return Response(WorkloadOut(body).data)

"""REST: decisions on applications, and the notices of grant."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import checked_query
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from consultations import actions
from consultations.api import answers as out
from consultations.api import serializers as given
from consultations.api.room import ACT, checked, plain_list, visible_application
from consultations.models import ConsultationEvent, Decision, GrantNotice
from consultations.querysets import GrantNoticeQuerySet


@extend_schema_view(
    list=extend_schema(
        summary="List one's authority's decisions",
        parameters=[given.PagesIn],
        responses=answers({200: out.DecisionOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read a decision", responses=answers({200: out.DecisionOut}, 404)),
)
class Decisions(ExchangeViewSet):
    """Decisions on one's own applications."""

    queryset = Decision.objects.none()
    serializer_class = out.DecisionOut
    permissions_needed = {"list": "application.read", "retrieve": "application.read", "create": "decision.record"} | {
        "flagged": "audit.read",
        "explain": "decision.record",
    }

    def get_queryset(self) -> QuerySet[Any]:
        rows = Decision.objects.visible_to(self.principal).select_related("application", "grant_notice__authority")
        return rows.prefetch_related("grant_notice__recipients").order_by("-recorded_at", "-pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(out.DecisionOut([out.decision(row) for row in rows], many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(out.DecisionOut(out.decision(self.get_object())).data)

    @extend_schema(
        summary="Record a decision; a grant after consultation with its explanation",
        request=given.DecisionIn,
        responses=answers({201: out.DecisionOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "Grant after consultation",
                value={
                    "application": "0b8f9a52-9d2a-4d43-8a53-d3c1a3b7e6f1",
                    "outcome": "granted",
                    "explanation": "The end use was verified on site.",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        content = checked(given.DecisionIn, request)
        application = visible_application(self, content.pop("application"))
        made = actions.record_decision(application_id=application.pk, **content, by=self.principal, now=clock.now())
        row = self.get_queryset().get(pk=made.pk)
        body = out.DecisionOut(out.decision(row)).data
        return Response(body, status=201, headers={"Location": f"/api/v1/decisions/{row.pk}/"})

    @extend_schema(
        summary="Give the explanation a grant after consultation still owes",
        request=given.ExplanationIn,
        responses=answers({200: out.DecisionOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[OpenApiExample("Explain", value={"explanation": "Verified on site."}, request_only=True)],
    )
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: str) -> Response:
        decision = self.get_object()
        content = checked(given.ExplanationIn, request)
        actions.explain_grant(decision_id=decision.pk, **content, by=self.principal, now=clock.now())
        return Response(out.DecisionOut(out.decision(self.get_queryset().get(pk=decision.pk))).data)

    @extend_schema(
        summary="List decisions recorded with flags, for supervisors and auditors",
        parameters=[given.PagesIn],
        responses=answers({200: out.FlaggedOut(many=True)}, 400),
    )
    @action(detail=False, methods=["get"])
    def flagged(self, request: Request) -> Response:
        plain_list(request)
        rows = Decision.objects.flagged(self.principal).select_related("application", "authority")
        page = self.paginate_queryset(rows.order_by("-recorded_at", "-pk")) or []
        return self.get_paginated_response(out.FlaggedOut([out.flagged(row) for row in page], many=True).data)


@extend_schema_view(
    list=extend_schema(
        summary="List the notices of grant sent or received",
        parameters=[given.PagesIn],
        responses=answers({200: out.GrantNoticeOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read a notice of grant", responses=answers({200: out.GrantNoticeOut}, 404)),
)
class GrantNotices(ExchangeViewSet):
    """The explanations of grants after consultation, for those the regime prescribes."""

    queryset = GrantNotice.objects.none()
    serializer_class = out.GrantNoticeOut
    permissions_needed = {"list": "denial.read", "retrieve": "denial.read", "undercuts": "denial.read"} | {
        "overdue": "consultation.read"
    }

    def get_queryset(self) -> GrantNoticeQuerySet:
        rows = GrantNotice.objects.visible_to(self.principal).select_related("authority")
        return rows.prefetch_related(Prefetch("recipients")).order_by("-notified_at", "-pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(out.GrantNoticeOut([out.grant_notice(row) for row in rows], many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(out.GrantNoticeOut(out.grant_notice(self.get_object())).data)

    @extend_schema(
        summary="The register of undercuts one's authority made or was told of",
        parameters=[given.UndercutsIn],
        responses=answers({200: out.GrantNoticeOut(many=True)}, 400),
    )
    @action(detail=False, methods=["get"])
    def undercuts(self, request: Request) -> Response:
        wanted = checked_query(given.UndercutsIn, request)
        rows = self.get_queryset().undercuts(wanted.get("regime", ""), wanted.get("year"))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(out.GrantNoticeOut([out.grant_notice(row) for row in page], many=True).data)

    @extend_schema(
        summary="List explanations that are overdue: owed by the own authority, awaited from others",
        parameters=[given.PagesIn],
        responses=answers({200: out.AwaitedOut(many=True)}, 400),
    )
    @action(detail=False, methods=["get"])
    def overdue(self, request: Request) -> Response:
        plain_list(request)
        mine = Decision.objects.visible_to(self.principal).owing_explanation()
        others = Decision.objects.awaited_by(self.principal)
        either = Decision.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=others.values("pk")))
        page = self.paginate_queryset(either.select_related("authority").order_by("recorded_at", "pk")) or []
        rows = [out.awaited(row, by=self.principal) for row in page]
        return self.get_paginated_response(out.AwaitedOut(rows, many=True).data)


@extend_schema_view(
    list=extend_schema(
        summary="List the conclusions of other consultations one was told of",
        parameters=[given.PagesIn],
        responses=answers({200: out.ConclusionOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read a conclusion, explained", responses=answers({200: out.ConclusionOut}, 404)),
)
class Conclusions(ExchangeViewSet):
    """How consultations on security, customs stops and cyber-surveillance items ended, explained."""

    queryset = ConsultationEvent.objects.none()
    serializer_class = out.ConclusionOut
    permissions_needed = {"list": "denial.read", "retrieve": "denial.read"}

    def get_queryset(self) -> QuerySet[Any]:
        rows = ConsultationEvent.objects.conclusions_told_to(self.principal)
        return rows.select_related("consultation", "by_authority").order_by("-recorded_at", "-pk")

    def list(self, request: Request) -> Response:
        plain_list(request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(out.ConclusionOut([out.conclusion(row) for row in rows], many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(out.ConclusionOut(out.conclusion(self.get_object())).data)

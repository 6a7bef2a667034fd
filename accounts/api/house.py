"""REST: the duty desk, absences, webhooks, and deliveries to be tried again."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import actions, clock
from accounts.api.fields import DayField, StrictSerializer, TextField, checked_query
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.law.webhooks import ALGORITHMS, HMAC
from accounts.models import Absence, Delivery, DutyDesk, Webhook
from accounts.principals import today_of
from accounts.webhooks import keys_of

ACT = (400, 404, 409, 422)


class PageIn(StrictSerializer):
    """The page of a list."""

    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1)


class NothingIn(StrictSerializer):
    """No content."""


def given(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """Return the content of a request, or refuse it naming field and rule."""
    content = kind(data=request.data)
    content.is_valid(raise_exception=True)
    return dict(content.validated_data)


class DutyDeskOut(serializers.Serializer[Any]):
    """Who looks after what comes in for a regime."""

    regime = serializers.CharField()
    officer = serializers.UUIDField(source="officer_id")
    name = serializers.CharField(source="officer")


class DutyDeskIn(StrictSerializer):
    """A colleague for a regime; null for nobody."""

    regime = TextField(max_length=32)
    officer = serializers.UUIDField(allow_null=True)


class DutyDesks(ExchangeViewSet):
    """The duty desk of the own authority."""

    queryset = DutyDesk.objects.none()
    serializer_class = DutyDeskOut
    pagination_class = None
    permissions_needed = {"list": "consultation.read", "create": "work.oversee"}

    def get_queryset(self) -> QuerySet[Any]:
        rows = DutyDesk.objects.filter(authority_id=self.principal.authority_id or "")
        return rows.select_related("officer").order_by("regime")

    @extend_schema(
        summary="List who is on duty, by regime", responses=answers({200: DutyDeskOut(many=True)}), filters=False
    )
    def list(self, request: Request) -> Response:
        return Response(DutyDeskOut(self.get_queryset(), many=True).data)

    @extend_schema(
        summary="Say who is on duty for a regime",
        request=DutyDeskIn,
        responses=answers({200: DutyDeskOut(many=True)}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    def create(self, request: Request) -> Response:
        content = given(DutyDeskIn, request)
        actions.set_duty_officer(
            regime=content["regime"], officer_id=content["officer"], by=self.principal, now=clock.now()
        )
        return Response(DutyDeskOut(self.get_queryset(), many=True).data)


class AbsenceOut(serializers.Serializer[Any]):
    """A colleague's absence and stand-in."""

    id = serializers.IntegerField()
    person = serializers.UUIDField(source="user_id")
    stand_in = serializers.UUIDField(source="stand_in_id")
    since = serializers.DateField()
    until = serializers.DateField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AbsenceIn(StrictSerializer):
    """Who stands in for oneself, both days included; from today if not said."""

    stand_in = serializers.UUIDField()
    since = DayField(required=False)
    until = DayField()


@extend_schema_view(
    list=extend_schema(
        summary="List the absences of one's authority that have not passed",
        parameters=[PageIn],
        responses=answers({200: AbsenceOut(many=True)}, 400),
    ),
)
class Absences(ExchangeViewSet):
    """Who is away and who stands in."""

    queryset = Absence.objects.none()
    serializer_class = AbsenceOut
    permissions_needed = {
        "list": "consultation.read",
        "create": "consultation.answer",
        "back": "consultation.answer",
    }

    def get_queryset(self) -> QuerySet[Any]:
        mine = Absence.objects.filter(user__authority_id=self.principal.authority_id or "")
        return mine.filter(ended_at__isnull=True, until__gte=self._today()).order_by("-since", "-pk")

    def _today(self) -> date:
        return today_of(self.principal, clock.now())

    def list(self, request: Request) -> Response:
        checked_query(PageIn, request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(AbsenceOut(rows, many=True).data)

    @extend_schema(
        summary="Say that one is away and who stands in",
        request=AbsenceIn,
        responses=answers({201: AbsenceOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        content = given(AbsenceIn, request)
        made = actions.record_absence(
            stand_in_id=content["stand_in"],
            since=content.get("since", self._today()),
            until=content["until"],
            by=self.principal,
            now=clock.now(),
        )
        return Response(AbsenceOut(made).data, status=201)

    @extend_schema(
        summary="Say that one is back",
        request=NothingIn,
        responses=answers({200: AbsenceOut(many=True)}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=False, methods=["post"], pagination_class=None)
    def back(self, request: Request) -> Response:
        given(NothingIn, request)
        actions.end_absence(by=self.principal, now=clock.now())
        return Response(AbsenceOut(self.get_queryset(), many=True).data)


class WebhookOut(serializers.Serializer[Any]):
    """An address that receives notices."""

    id = serializers.UUIDField()
    authority = serializers.CharField(source="authority.code")
    url = serializers.CharField()
    algorithm = serializers.ChoiceField(choices=ALGORITHMS)
    registered_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    previous_until = serializers.DateTimeField(allow_null=True, help_text="Until then the key before signs too.")


class KeyOut(serializers.Serializer[Any]):
    """What signatures are checked with: the present key first, then the one before while it is being replaced."""

    algorithm = serializers.ChoiceField(choices=ALGORITHMS)
    keys = serializers.ListField(
        child=serializers.CharField(), help_text="With HMAC a secret (whsec_), with Ed25519 the public key (whpk_)."
    )


class WebhookIn(StrictSerializer):
    """An address of one's own system."""

    url = TextField(max_length=300)
    algorithm = serializers.ChoiceField(choices=ALGORITHMS, default=HMAC)


@extend_schema_view(
    list=extend_schema(
        summary="List the webhooks of one's authority",
        parameters=[PageIn],
        responses=answers({200: WebhookOut(many=True)}, 400),
    ),
    retrieve=extend_schema(summary="Read a webhook", responses=answers({200: WebhookOut}, 404)),
)
class Webhooks(ExchangeViewSet):
    """Where an authority's systems are told of notices; a secretariat approves each address."""

    queryset = Webhook.objects.none()
    serializer_class = WebhookOut
    permissions_needed = {
        "list": "people.read",
        "retrieve": "people.read",
        "create": "client.manage",
        "replace_secret": "client.manage",
        "key": "client.manage",
        "end": "client.manage",
        "approve": "webhook.approve",
    }

    def get_queryset(self) -> QuerySet[Any]:
        own = self.action in ("replace_secret", "key", "end")
        mine = Webhook.objects.owned_by(self.principal) if own else Webhook.objects.visible_to(self.principal)
        rows = mine.filter(ended_at__isnull=True)
        return rows.select_related("authority").order_by("authority__code", "registered_at", "pk")

    def list(self, request: Request) -> Response:
        checked_query(PageIn, request)
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(WebhookOut(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(WebhookOut(self.get_object()).data)

    @extend_schema(
        summary="Register an address; nothing is sent before a secretariat approves it",
        request=WebhookIn,
        responses=answers({201: WebhookOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "Ed25519", value={"url": "https://hooks.example.org/in", "algorithm": "ed25519"}, request_only=True
            )
        ],
    )
    def create(self, request: Request) -> Response:
        made = actions.register_webhook(**given(WebhookIn, request), by=self.principal, now=clock.now())
        headers = {"Location": f"/api/v1/webhooks/{made.pk}/"}
        return Response(WebhookOut(made).data, status=201, headers=headers)

    @extend_schema(
        summary="Replace the key; the one before signs too for a day",
        request=NothingIn,
        responses=answers({200: WebhookOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"], url_path="replace-secret")
    def replace_secret(self, request: Request, pk: str) -> Response:
        webhook = self.get_object()
        given(NothingIn, request)
        made = actions.replace_secret(webhook_id=webhook.pk, by=self.principal, now=clock.now())
        return Response(WebhookOut(made).data)

    @extend_schema(
        summary="Read what its signatures are checked with; derived each time and stored nowhere",
        responses=answers({200: KeyOut}, 404),
    )
    @action(detail=True, methods=["get"])
    def key(self, request: Request, pk: str) -> Response:
        webhook = self.get_object()
        body = {"algorithm": webhook.algorithm, "keys": keys_of(webhook, clock.now())}
        return Response(KeyOut(body).data)

    @extend_schema(
        summary="Send nothing there any more",
        request=NothingIn,
        responses=answers({200: WebhookOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        webhook = self.get_object()
        given(NothingIn, request)
        return Response(WebhookOut(actions.end_webhook(webhook_id=webhook.pk, by=self.principal, now=clock.now())).data)

    @extend_schema(
        summary="Let the exchange reach it",
        request=NothingIn,
        responses=answers({200: WebhookOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        webhook = self.get_object()
        given(NothingIn, request)
        made = actions.approve_webhook(webhook_id=webhook.pk, by=self.principal, now=clock.now())
        return Response(WebhookOut(made).data)


class DeliveryOut(serializers.Serializer[Any]):
    """A way out for a notice, and how it goes."""

    id = serializers.IntegerField()
    notice = serializers.UUIDField(source="notice_id")
    recipient = serializers.CharField(source="notice.recipient.code")
    kind = serializers.CharField(source="notice.kind")
    reference = serializers.SerializerMethodField()
    channel = serializers.CharField()
    state = serializers.CharField()
    attempts = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_blank=True)

    def get_reference(self, row: Delivery) -> str:
        """The subject's reference, for the recipient alone."""
        own = row.notice.recipient_id == self.context["reader"].authority_id
        return row.notice.reference if own else ""


class DeliveriesIn(PageIn):
    """The filters of the list."""

    state = serializers.ChoiceField(choices=Delivery.State.values, required=False)
    channel = serializers.ChoiceField(choices=["email", "webhook"], required=False)


@extend_schema_view(
    list=extend_schema(
        summary="List deliveries of notices: those waiting, delivered, or given up after ten tries",
        parameters=[DeliveriesIn],
        responses=answers({200: DeliveryOut(many=True)}, 400),
    ),
)
class Deliveries(ExchangeViewSet):
    """The post of one's authority by mail and webhook; no legal date depends on it."""

    queryset = Delivery.objects.none()
    serializer_class = DeliveryOut
    lookup_value_regex = "[0-9]{1,18}"
    permissions_needed = {"list": "people.read", "redeliver": "delivery.again"}

    def get_queryset(self) -> QuerySet[Any]:
        rows = Delivery.objects.visible_to(self.principal).select_related("notice__recipient")
        return rows.order_by("-next_attempt_at", "-pk")

    def list(self, request: Request) -> Response:
        wanted = checked_query(DeliveriesIn, request)
        rows = self.get_queryset().filter(**{name: wanted[name] for name in ("state", "channel") if name in wanted})
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(DeliveryOut(page, many=True, context={"reader": self.principal}).data)

    @extend_schema(
        summary="Try again by hand what was given up, under the same id",
        request=NothingIn,
        responses=answers({200: DeliveryOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Request, pk: str) -> Response:
        found = self.get_object()
        given(NothingIn, request)
        again = actions.redeliver(delivery_id=found.pk, by=self.principal, now=clock.now())
        return Response(DeliveryOut(again, context={"reader": self.principal}).data)

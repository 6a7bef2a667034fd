"""REST: signed receipts of the own authority's acts, and the checkpoints of the chain they are covered by."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.schema import answers
from accounts.api.views import ExchangeViewSet
from accounts.audit import checkpoints, receipts
from accounts.models import AuditKey, Checkpoint, Receipt

ID, HASH = "5d0c2f0e-7a1f-4a0e-8f2b-3f2a6f0c9b11", "814cd877c6c8bcb07866db29d356a3803216ec0e55258d2dfe292c8c3e88ebf6"
STATEMENT = {
    "form": "denial-exchange/1",
    "what": "receipt",
    "id": ID,
    "kind": "answer",
    "act": "consultation.answered",
    "subject": "7b1f2a34-52b8-4d39-9d1c-2f6f0f0c9b12",
    "authority": "NL",
    "content_sha256": HASH,
    "at": "2026-11-22T09:00:00+00:00",
    "audit_sequence": 1042,
    "audit_head": HASH,
    "witnessed": True,
    "key": "f08a6c5db0a1c3d2",
}


class CheckpointOut(serializers.Serializer[Any]):
    """A signed statement of the head of the audit chain at a number."""

    statement = serializers.DictField(help_text="What is signed: in canonical JSON (sorted keys, no spaces, UTF-8).")
    signature = serializers.CharField(help_text="Ed25519, hex.")


class ReceiptOut(serializers.Serializer[Any]):
    """A signed receipt: what was accepted, when, and upon which head of the chain."""

    statement = serializers.DictField(help_text="What is signed: in canonical JSON (sorted keys, no spaces, UTF-8).")
    signature = serializers.CharField(help_text="Ed25519, hex.")
    public_key = serializers.CharField(help_text="Hex; compare it with one known from elsewhere.")
    content = serializers.JSONField(allow_null=True, help_text="What was accepted; null once it was erased.")
    nonce = serializers.CharField(allow_null=True, help_text="Digested together with the content.")
    checkpoint = CheckpointOut(allow_null=True, help_text="The first that commits to the record, else the last.")


class PublicKeyOut(serializers.Serializer[Any]):
    """A public key of the exchange."""

    key = serializers.CharField()
    public = serializers.CharField(help_text="Hex.")
    since = serializers.DateTimeField()


class CheckpointsOut(serializers.Serializer[Any]):
    """The last checkpoints, and the public keys they are signed with."""

    keys = PublicKeyOut(many=True)
    checkpoints = CheckpointOut(many=True)


class Receipts(ExchangeViewSet):
    """The receipts of the own authority's acts."""

    queryset = Receipt.objects.none()
    serializer_class = ReceiptOut
    permissions_needed = {}

    def get_queryset(self) -> QuerySet[Receipt]:
        return Receipt.objects.visible_to(self.principal).order_by("-issued_at", "pk")

    @extend_schema(
        summary="List the receipts of the own authority, the last first",
        parameters=[OpenApiParameter("subject", OpenApiTypes.UUID, description="Of this record.")],
        responses=answers({200: ReceiptOut(many=True)}, 400, 404),
        filters=False,
    )
    def list(self, request: Request) -> Response:
        rows, subject = self.get_queryset(), request.query_params.get("subject", "")
        if subject:
            rows = rows.filter(subject_id=str(serializers.UUIDField().run_validation(subject)))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([receipts.as_data(one) for one in page])

    @extend_schema(
        summary="Read a signed receipt",
        description="Every accepted notification, request, answer and decision names its receipt in the header "
        "`Receipt`. The program that checks it offline is offered on the page of receipts.",
        responses=answers({200: ReceiptOut}, 404),
        examples=[
            OpenApiExample(
                "an answer",
                response_only=True,
                value={
                    "statement": STATEMENT,
                    "signature": HASH * 2,
                    "public_key": HASH,
                    "content": {"outcome": "identical"},
                    "nonce": "9f86d081884c7d659a2feaa0c55ad015",
                    "checkpoint": None,
                },
            )
        ],
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        found = self.get_queryset().filter(pk=pk).first()
        if found is None:
            raise Http404
        return Response(receipts.as_data(found))


class Checkpoints(ExchangeViewSet):
    """Signed heads of the audit chain, for whoever witnesses it."""

    queryset = Checkpoint.objects.none()
    serializer_class = CheckpointsOut
    pagination_class = None

    @extend_schema(
        summary="Read the last checkpoints of the audit chain and the public keys",
        responses=answers({200: CheckpointsOut}),
        filters=False,
        operation_id="checkpoints_retrieve",
    )
    def list(self, request: Request) -> Response:
        last = Checkpoint.objects.order_by("-at")[:48]
        keys = AuditKey.objects.order_by("-since")
        return Response(
            {
                "keys": PublicKeyOut(keys, many=True).data,
                "checkpoints": [checkpoints.as_data(one) for one in last],
            }
        )

"""REST: one document of a consultation, its content, and sending what was attached before."""

import base64
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from consultations import actions
from consultations.api.answers import DocumentOut
from consultations.api.room import ACT, checked
from consultations.api.serializers import NothingIn
from consultations.models import Document
from consultations.querysets import DocumentQuerySet


class DocumentContentOut(DocumentOut):
    """A document with its bytes."""

    content = serializers.SerializerMethodField(help_text="Base64.")

    def get_content(self, document: Document) -> str:
        return base64.b64encode(bytes(document.content.bytes)).decode("ascii")


@extend_schema_view(
    retrieve=extend_schema(
        summary="Read a document with its content", responses=answers({200: DocumentContentOut}, 404)
    ),
)
class Documents(ExchangeViewSet):
    """Documents sent in one's consultations, and one's own while they are kept inside."""

    queryset = Document.objects.none()
    serializer_class = DocumentContentOut
    permissions_needed = {"retrieve": "consultation.read", "send": "consultation.answer"}

    def get_queryset(self) -> DocumentQuerySet:
        return Document.objects.visible_to(self.principal).select_related("authority", "content")

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(DocumentContentOut(self.get_object()).data)

    @extend_schema(
        summary="Send a document that was attached before; where two are asked for, by another person",
        request=NothingIn,
        responses=answers({200: DocumentOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        document: Any = self.get_object()
        checked(NothingIn, request)
        sent = actions.send_document(document_id=document.pk, by=self.principal, now=clock.now())
        return Response(DocumentOut(sent).data)

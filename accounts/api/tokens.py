"""`POST /api/oauth/token`: a national system proves itself and gets a token for minutes."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import clock, signing
from accounts.law import oauth as law
from accounts.law.text import UnfitText, clean
from accounts.models import ClientToken
from accounts.views.errors import STAYS

PATH = "/api/oauth/token"
LONGEST = 20_000
FIELDS = ("grant_type", "client_assertion_type", "client_assertion", "client_id", "scope")
log = logging.getLogger(__name__)


class TokenIn(serializers.Serializer[Any]):
    """What is sent, form-encoded."""

    grant_type = serializers.ChoiceField([law.GRANT])
    client_assertion_type = serializers.ChoiceField([law.BEARER], required=False)
    client_assertion = serializers.CharField(required=False, help_text="A JWT signed with a registered key.")
    client_id = serializers.CharField(required=False, help_text="Needed with a certificate only.")
    scope = serializers.CharField(required=False, help_text="Separated by spaces; left out: all the client has.")


class TokenOut(serializers.Serializer[Any]):
    """A token."""

    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField()


class TokenRefusedOut(serializers.Serializer[Any]):
    """A refusal by RFC 6749 5.2."""

    error = serializers.CharField()
    error_description = serializers.CharField(required=False)


class Token(APIView):
    """The token endpoint (RFC 6749 3.2); it takes no token and no session."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (FormParser,)

    @extend_schema(
        operation_id="oauth_token",
        summary="Get a token with a signed assertion",
        description="OAuth 2.0 client credentials with private_key_jwt (RFC 6749, RFC 7523). The assertion names the "
        "client's id as iss and sub, this address as aud, an exp at most ten minutes ahead and a jti of its own.",
        request={"application/x-www-form-urlencoded": TokenIn},
        responses={
            200: TokenOut,
            400: OpenApiResponse(TokenRefusedOut, description="invalid_request, invalid_scope, unsupported_grant_type"),
            401: OpenApiResponse(TokenRefusedOut, description="invalid_client"),
        },
        auth=[],
        examples=[
            OpenApiExample(
                "a token",
                response_only=True,
                status_codes=["200"],
                value={
                    "access_token": "dx_…",
                    "token_type": "Bearer",
                    "expires_in": 1800,
                    "scope": "denial.read application.screen",
                },
            )
        ],
    )
    def post(self, request: Request) -> Response:
        sent: dict[str, str] = {}
        try:
            sent = _fields(request)
            secret, row = _given(request, sent)
        except law.OAuthRefused as refusal:
            return _refused(refusal, sent)
        life = int((row.expires_at - row.created_at).total_seconds())
        scope = " ".join(row.scopes or ())
        return _answer({"access_token": secret, "token_type": "Bearer", "expires_in": life, "scope": scope}, 200)

    def handle_exception(self, error: Exception) -> Response:
        """Answer what cannot be read as RFC 6749 has it."""
        if isinstance(error, ParseError | UnsupportedMediaType):
            return _answer({"error": "invalid_request", "error_description": "the body cannot be read"}, 400)
        return super().handle_exception(error)


def _fields(request: Request) -> dict[str, str]:
    found: dict[str, str] = {}
    sent = request.data if isinstance(request.data, QueryDict) else QueryDict()  # a request without a body has none
    for name in FIELDS:
        given = sent.getlist(name)
        try:
            text = clean(given[0], multiline=False) if given else ""
        except UnfitText:
            raise law.OAuthRefused("invalid_request", f"{name} holds a character that is not accepted") from None
        if len(given) > 1 or len(text) > LONGEST:
            raise law.OAuthRefused("invalid_request", f"{name} is sent twice, or too long")
        found[name] = text
    return found


def _given(request: Request, sent: dict[str, str]) -> tuple[str, ClientToken]:
    if not sent["grant_type"]:
        raise law.OAuthRefused("invalid_request", "grant_type is missing")
    if sent["grant_type"] != law.GRANT:
        raise law.OAuthRefused("unsupported_grant_type", f"grant_type is {law.GRANT}")
    now, common = clock.now(), {"client_id": sent["client_id"], "scope": sent["scope"]}
    certificate = _certificate(request._request)
    if sent["client_assertion"]:
        if sent["client_assertion_type"] != law.BEARER:
            raise law.OAuthRefused("invalid_request", f"client_assertion_type is {law.BEARER}")
        here = (f"{settings.EXCHANGE_ADDRESS}{PATH}", settings.EXCHANGE_ADDRESS)
        return signing.token_for_assertion(assertion=sent["client_assertion"], audience=here, now=now, **common)
    if certificate:
        return signing.token_for_certificate(certificate=certificate, now=now, **common)
    raise law.OAuthRefused("invalid_client", "neither client_assertion nor a certificate was sent")


def _refused(refusal: law.OAuthRefused, sent: dict[str, str]) -> Response:
    """Answer a refusal; that a client was refused stays on record."""
    log.warning("no token: %s", refusal.description)
    named = {"assertion": sent.get("client_assertion", ""), "client_id": sent.get("client_id", "")}
    signing.record_refusal(refusal=refusal, now=clock.now(), **named)
    answer = _answer({"error": refusal.error, "error_description": refusal.description}, refusal.status)
    setattr(answer, STAYS, True)
    return answer


def _certificate(request: HttpRequest) -> str:
    """Return the certificate the trusted proxy has checked; what comes without one is not looked at."""
    name = settings.EXCHANGE_CLIENT_CERTIFICATE_HEADER
    return request.headers.get(name, "") if name and settings.EXCHANGE_BEHIND_PROXY else ""


def _answer(body: dict[str, Any], status: int) -> Response:
    response = Response(body, status=status)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="exchange"'
    return response

"""REST sees the principal the middleware resolved; a session must carry a CSRF token, a client must not."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts import sessions
from accounts.labels import SCOPES_IN_WORDS
from accounts.principals import moment_of, principal_of
from accounts.roles import LEGAL_EFFECT

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which itself imports the classes of this module


class PrincipalAuthentication(BaseAuthentication):
    """Hand on `request.principal`; enforce CSRF where it came from a session."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        principal = principal_of(request._request)
        if not principal.is_known:
            if request.META.get("HTTP_AUTHORIZATION"):
                raise AuthenticationFailed(code="token_not_accepted")
            return None
        if principal.kind == "user":
            SessionAuthentication().enforce_csrf(request)
            return request._request.user, principal
        return AnonymousUser(), principal

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="exchange"'


class ReauthenticationNeeded(PermissionDenied):
    """A person acts by session, and has not proved for a while who they are."""

    default_detail = "Prove who you are at /sign-in/again/, then send it again."
    default_code = "reauthentication_needed"


class PrincipalMay(BasePermission):
    """Allow what the view's `permissions_needed` says for the method; 401 for visitors, 403 for others."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        principal = principal_of(request._request)
        if not principal.is_known:
            return False
        action = getattr(view, "action", None) or (request.method or "").lower()
        needed = getattr(view, "permissions_needed", {}).get(action)
        allowed = needed is None or principal.may(needed)
        if allowed and needed in LEGAL_EFFECT and request.method not in SAFE_METHODS:
            require_proof(request)
        return allowed


def require_proof(request: Request) -> None:
    """
    Let a person act by session only where they have proved recently who they are; a client proved it for its token.

    :raises ReauthenticationNeeded: with the page that asks.
    """
    asked = request._request
    if principal_of(asked).kind == "user" and not sessions.is_proven(asked, moment_of(asked)):
        raise ReauthenticationNeeded


class PrincipalScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI file names the two ways in."""

    target_class = "accounts.api.authentication.PrincipalAuthentication"
    name = ["token", "session"]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        """Either of the two, not both."""
        return [{"token": []}, {"session": []}]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        return [
            {
                "type": "oauth2",
                "description": "A token of the token endpoint, got with private_key_jwt (RFC 7523), or where the "
                "exchange accepts them a long-lived one: `Authorization: Bearer …`.",
                "flows": {"clientCredentials": {"tokenUrl": "/api/oauth/token", "scopes": _scopes()}},
            },
            {"type": "apiKey", "in": "cookie", "name": "__Host-session"},
        ]


def _scopes() -> dict[str, str]:
    with override("en"):
        return {scope: str(words) for scope, words in SCOPES_IN_WORDS.items()}

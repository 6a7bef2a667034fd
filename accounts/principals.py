"""Who stands behind a request: a signed-in person or a client's token."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from accounts import sessions
from accounts.clock import moment, now
from accounts.law.settings import RESTRICTED_NAMED_ONLY
from accounts.models import SEAT, Authority, AuthoritySetting, Client, ClientToken, State, User
from accounts.roles import SCOPES, VISITOR, Principal, permissions_of

BEARER = "bearer"


class KnownRequest(HttpRequest):
    """A request as the middleware hands it on: with who acts, and the one reading of the clock, once it was read."""

    principal: Principal
    moment: datetime


def principal_of(request: HttpRequest) -> Principal:
    """Return who acts in a request the middleware has seen."""
    return cast("KnownRequest", request).principal


def moment_of(request: HttpRequest) -> datetime:
    """Return the one reading of the clock for a request: a person's principal was read by it, too."""
    known = cast("KnownRequest", request)
    if not hasattr(known, "moment"):
        known.moment = now()
    return known.moment


def of_request(request: HttpRequest) -> Principal:
    """Return the principal of a request: a bearer token first, then the session; a visitor otherwise."""
    secret = bearer_of(request)
    if secret is not None:
        return of_token(secret)
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return VISITOR
    at = moment_of(request)
    if sessions.is_over(request, at):
        logout(request)
        return VISITOR
    sessions.touch(request, at)
    if user.authority_id:
        user.authority = Authority.objects.acting_on(at.date()).get(pk=user.authority_id)
    return of_user(user, at=at)


def bearer_of(request: HttpRequest) -> str | None:
    """Return the token a request carries, None where it carries none."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == BEARER else None


def authority_behind(request: HttpRequest) -> Authority:
    """Return the body the principal of a request acts for; that of a person came with the principal."""
    principal = principal_of(request)
    user: Any = getattr(request, "user", None)
    held = user.authority if principal.kind == "user" and user is not None else None
    return held if held is not None and held.pk == principal.authority_id else authority_of(principal)


def of_user(user: User, *, at: datetime) -> Principal:
    """Return a person as a principal; someone without an authority or disabled is a visitor."""
    if user.authority is None or not user.is_active:
        return VISITOR
    permissions = permissions_of(user.roles)
    if "case.oversee" in permissions and _keeps_from_overseers(user.authority, at):
        permissions -= {"case.oversee"}
    return _principal("user", user.pk, user.authority, permissions, tuple(user.roles), str(user), at)


def _keeps_from_overseers(authority: Authority, at: datetime) -> bool:
    """Tell whether an authority has chosen that restricted cases are closed to those who oversee its work, too."""
    on = authority.day_of(at)
    return AuthoritySetting.objects.in_force(authority.pk, RESTRICTED_NAMED_ONLY, on) == "on"


def user_of(principal: Principal) -> User | None:
    """Return the person behind a principal, None for a client or the system."""
    return User.objects.get(pk=principal.id) if principal.kind == "user" and principal.id else None


def authority_of(principal: Principal) -> Authority:
    """Return the body a principal acts for."""
    return Authority.objects.select_related("state").get(pk=principal.authority_id or "")


def today_of(principal: Principal, at: datetime) -> date:
    """Return the day a moment falls on where the principal's authority sits; an institution's is that of Brussels."""
    state = State.objects.filter(pk=principal.state).first() if principal.state else None
    return state.day_of(at) if state else at.astimezone(SEAT).date()


def of_client(client: Client, *, at: datetime, asked: list[str] | None = None) -> Principal:
    """Return a national system as a principal with the scopes it was given, or those of them it asked for."""
    given = client.scopes if asked is None else set(client.scopes) & set(asked)
    scopes = frozenset(given) & SCOPES
    return _principal("client", client.pk, client.authority, scopes, (), client.name, at)


def of_authority(authority: Authority, permissions: frozenset[str], *, at: datetime) -> Principal:
    """Return whoever acts for an authority from the shell of the exchange, with these permissions and no person."""
    return _principal("system", None, authority, permissions, (), authority.code, at)


def of_token(secret: str) -> Principal:
    """Return the client a token belongs to; a visitor if it is unknown, withdrawn, past its date, or too long."""
    token = (
        ClientToken.objects.select_related("client__authority")
        .annotate(moment=moment())
        .filter(digest=token_digest(secret), withdrawn_at__isnull=True, client__is_active=True)
        .first()
    )
    if token is None or token.expires_at <= token.moment or not (token.is_short or settings.EXCHANGE_LONG_TOKENS):
        return VISITOR
    return of_client(token.client, at=token.moment, asked=token.scopes)


def new_token() -> str:
    """Return the secret of a new token; its digest alone is kept."""
    return f"dx_{secrets.token_urlsafe(32)}"


def token_digest(secret: str) -> str:
    """Return the digest under which a token is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _principal(
    kind: str,
    principal_id: Any,
    authority: Authority,
    permissions: frozenset[str],
    roles: tuple[str, ...],
    name: str,
    at: datetime,
) -> Principal:
    return Principal(
        kind=kind,
        id=principal_id,
        authority_id=authority.pk,
        authority_code=authority.code,
        state=authority.state_id or "",
        body=authority.kind,
        regimes=authority.regimes(at.date()),
        permissions=permissions,
        roles=roles,
        name=name,
    )

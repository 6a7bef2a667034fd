"""Who stands behind a request: a signed-in person or a client's token."""

import hashlib
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from accounts.clock import now
from accounts.models import Authority, Client, ClientToken, State, User
from accounts.roles import SCOPES, VISITOR, Principal, permissions_of

#: Where the institutions have their seat.
SEAT: Final = ZoneInfo("Europe/Brussels")


def of_request(request: HttpRequest) -> Principal:
    """Return the principal of a request: a bearer token first, then the session; a visitor otherwise."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer":
        return of_token(secret.strip(), at=now())
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return VISITOR
    at = request.moment = now()  # type: ignore[attr-defined]
    if user.authority_id:
        user.authority = Authority.objects.acting_on(at.date()).get(pk=user.authority_id)
    return of_user(user, at=at)


def authority_behind(request: HttpRequest) -> Authority:
    """Return the body the principal of a request acts for; that of a person came with the principal."""
    principal: Principal = request.principal  # type: ignore[attr-defined]
    user: Any = getattr(request, "user", None)
    held = user.authority if principal.kind == "user" and user is not None else None
    return held if held is not None and held.pk == principal.authority_id else authority_of(principal)


def of_user(user: User, *, at: datetime) -> Principal:
    """Return a person as a principal; someone without an authority or disabled is a visitor."""
    if user.authority is None or not user.is_active:
        return VISITOR
    return _principal("user", user.pk, user.authority, permissions_of(user.roles), tuple(user.roles), str(user), at)


def user_of(principal: Principal) -> User | None:
    """Return the person behind a principal, None for a client or the system."""
    return User.objects.get(pk=principal.id) if principal.kind == "user" and principal.id else None


def authority_of(principal: Principal) -> Authority:
    """Return the body a principal acts for."""
    return Authority.objects.select_related("state").get(pk=principal.authority_id or "")


def today_of(principal: Principal, at: datetime) -> date:
    """Return the day a moment falls on where the principal's authority sits; an institution's is that of Brussels."""
    state = State.objects.filter(pk=principal.state).first() if principal.state else None
    return at.astimezone(state.zone_info() if state else SEAT).date()


def of_client(client: Client, *, at: datetime) -> Principal:
    """Return a national system as a principal with the scopes it was given."""
    scopes = frozenset(client.scopes) & SCOPES
    return _principal("client", client.pk, client.authority, scopes, (), client.name, at)


def of_authority(authority: Authority, permissions: frozenset[str], *, at: datetime) -> Principal:
    """Return whoever acts for an authority from the shell of the exchange, with these permissions and no person."""
    return _principal("system", None, authority, permissions, (), authority.code, at)


def of_token(secret: str, *, at: datetime) -> Principal:
    """Return the client a token belongs to; a visitor if it is unknown, withdrawn or past its date."""
    token = (
        ClientToken.objects.select_related("client__authority")
        .filter(digest=token_digest(secret), expires_at__gt=at, withdrawn_at__isnull=True, client__is_active=True)
        .first()
    )
    return of_client(token.client, at=at) if token else VISITOR


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

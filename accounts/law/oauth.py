"""
What a client's assertion must say to be taken for it, and what the token endpoint refuses with.

Plain functions of given values: no Django, no clock, no cryptography. Source: RFC 6749 5.2, RFC 7521, RFC 7523 3.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

GRANT: Final = "client_credentials"
BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SHORTEST_RSA: Final = 3072  # bits
SKEW: Final = timedelta(seconds=30)
LONGEST_LIFE: Final = timedelta(minutes=10)
#: What a library of tokens is told to leave to these rules, which know the clock of the exchange.
UNCHECKED: Final[Any] = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
KEYS_AT_ONCE: Final = 2  # the present one, and the next or the one before
LONGEST_ID: Final = 255


class OAuthRefused(Exception):
    """A refusal of the token endpoint: a code of RFC 6749 5.2, and what is wrong in words for developers."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description

    @property
    def status(self) -> int:
        """401 where the client was not recognised, else 400."""
        return 401 if self.error == "invalid_client" else 400


def check_claims(claims: Mapping[str, Any], *, client: str, audience: Collection[str], at: datetime) -> str:
    """
    Check the claims of an assertion whose signature is right; return its id, which may not be used again.

    :param audience: the addresses that mean this exchange.   :param at: aware; 30 seconds of skew are let pass.
    :raises OAuthRefused: invalid_client, naming the claim.   Source: RFC 7523 3.
    """
    if claims.get("iss") != client or claims.get("sub") != client:
        raise _wrong("iss and sub are both the client's id")
    named = claims.get("aud")
    if not any(one in audience for one in (named if isinstance(named, list) else [named])):
        raise _wrong("aud does not name this exchange")
    expires = instant(claims, "exp")
    if expires is None or expires + SKEW.total_seconds() <= at.timestamp():
        raise _wrong("exp is missing or past")
    if expires > (at + LONGEST_LIFE + SKEW).timestamp():
        raise _wrong("exp is more than ten minutes ahead")
    for name in ("iat", "nbf"):
        moment = instant(claims, name)
        if name in claims and (moment is None or moment - SKEW.total_seconds() > at.timestamp()):
            raise _wrong(f"{name} lies ahead, or is no time")
    issued = instant(claims, "iat")
    if issued is not None and issued < (at - LONGEST_LIFE - SKEW).timestamp():
        raise _wrong("iat is more than ten minutes ago")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_ID:
        raise _wrong("jti is missing, or longer than 255 characters")
    return jti


def scopes_asked(text: str, held: Collection[str]) -> list[str]:
    """Return the scopes asked for, all that are held where none is named.   :raises OAuthRefused: invalid_scope."""
    asked = text.split() or list(held)
    if beyond := sorted(set(asked) - set(held)):
        raise OAuthRefused("invalid_scope", f"not given to this client: {' '.join(beyond)[:200]}")
    return sorted(set(asked))


def instant(claims: Mapping[str, Any], name: str) -> float | None:
    """Return the moment a claim names, in seconds; None for what is none. Source: RFC 7519 2, NumericDate."""
    value = claims.get(name)
    return (
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12 else None
    )


def _wrong(description: str) -> OAuthRefused:
    return OAuthRefused("invalid_client", description)

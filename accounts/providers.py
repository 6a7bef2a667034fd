"""
OpenID Connect as a relying party: where to send a person, and what the provider says of who came back.

Every address is checked and pinned like a webhook's, nothing is followed, answers are bounded. Only people known
here are signed in; the provider makes nobody.   Source: OpenID Connect Core 1.0, 3.1; RFC 7636; docs/adr/0204.
"""

import base64
import hashlib
import http.client
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import jwt
from django.conf import settings

from accounts import webhooks
from accounts.law import signing as law
from accounts.law.oauth import UNCHECKED
from accounts.law.signing import ProviderFailed
from accounts.law.webhooks import AddressRefused
from accounts.models import IdentityProvider

LARGEST: Final = 200_000  # bytes of an answer
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
CONFIGURATION: Final = "/.well-known/openid-configuration"
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Errand:
    """What is kept with the session while a person is at the provider."""

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str
    proves: bool

    def as_data(self) -> dict[str, Any]:
        """Return it as the session keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Claims:
    """What a provider says of a person, once its signature, issuer, audience, times and nonce are right."""

    subject: str
    known_as: str
    is_strong: bool
    is_anew: bool


def errand(provider: IdentityProvider, *, to: str, proves: bool = False) -> Errand:
    """
    Begin: fresh values that tie the answer to this browser and this question.

    :param proves: for somebody signed in already; the provider is to ask them itself.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Errand(provider=provider.pk, state=state, nonce=nonce, verifier=verifier, next=to, proves=proves)


def address_to_ask(provider: IdentityProvider, sent: Errand, *, back: str) -> str:
    """Return where to send the person.   :raises ProviderFailed:"""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": sent.state,
        "nonce": sent.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if sent.proves else {}),
        **({"acr_values": " ".join(provider.strong)} if provider.strong else {}),
    }
    return f"{_configuration(provider)['authorization_endpoint']}?{urlencode(asked)}"


def claims_behind(provider: IdentityProvider, sent: Errand, *, code: str, back: str, now: datetime) -> Claims:
    """Exchange the code and return what the provider says.   :raises ProviderFailed: where anything of it is wrong."""
    where = _configuration(provider)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": sent.verifier}
    given = _fetch(where["token_endpoint"], form=form, provider=provider)
    keys = _fetch(where["jwks_uri"])
    said = _verified(str(given.get("id_token", "")), keys, provider)
    law.check_identity(said, issuer=provider.issuer, client=provider.client_id, nonce=sent.nonce, at=now)
    known_as = said.get(provider.claim)
    if provider.claim == "email" and said.get("email_verified") is False:
        raise ProviderFailed("email_verified")
    means = said.get("amr")
    told = {str(said.get("acr", "")), *(str(one) for one in (means if isinstance(means, list) else []))}
    return Claims(
        subject=str(said["sub"]),
        known_as=known_as if isinstance(known_as, str) else "",
        is_strong=bool(told & set(provider.strong)),
        is_anew=law.was_asked_anew(said, at=now),
    )


def _configuration(provider: IdentityProvider) -> dict[str, Any]:
    found = _fetch(f"{provider.issuer.rstrip('/')}{CONFIGURATION}")
    if found.get("issuer") != provider.issuer:
        raise ProviderFailed("issuer")
    for name in ENDPOINTS:
        if not isinstance(found.get(name), str):
            raise ProviderFailed(name)
    return found


def _verified(token: str, keys: Mapping[str, Any], provider: IdentityProvider) -> dict[str, Any]:
    """Return the claims of an ID token that one of the provider's present keys has signed."""
    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in ALGORITHMS:
            raise ProviderFailed("algorithm")
        rows = [row for row in keys.get("keys", []) if isinstance(row, dict) and row.get("use", "sig") == "sig"]
        for row in [row for row in rows if head.get("kid") in (None, row.get("kid"))]:
            try:
                key = jwt.PyJWK.from_dict(row, algorithm=head["alg"])
                said: dict[str, Any] = jwt.decode(token, key, algorithms=[head["alg"]], options=UNCHECKED)
            except (jwt.PyJWTError, ValueError, KeyError, TypeError):
                continue
            return said
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise ProviderFailed("id_token") from None
    raise ProviderFailed("signature")


def _fetch(url: str, *, form: Mapping[str, str] | None = None, provider: IdentityProvider | None = None) -> Any:
    """Get or post, and return the JSON object that is answered.   :raises ProviderFailed:"""
    headers = {"accept": "application/json"}
    if form is not None:
        headers["content-type"] = "application/x-www-form-urlencoded"
    if provider is not None:
        pair = f"{quote(provider.client_id, safe='')}:{quote(_secret(provider), safe='')}"
        headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    method, sent = ("GET", b"") if form is None else ("POST", urlencode(form).encode())
    try:
        status, body = webhooks.exchange(_connection(url), method, url, headers, sent, most=LARGEST)
        answered = json.loads(body) if status == http.HTTPStatus.OK else None
    except (OSError, ValueError, RecursionError, AddressRefused):
        raise ProviderFailed("reach") from None
    if not isinstance(answered, dict):
        raise ProviderFailed("answer")
    return answered


def _connection(url: str) -> http.client.HTTPConnection:
    here = settings.EXCHANGE_TEST_MODE and settings.EXCHANGE_TEST_ISSUER
    if here and url.startswith(f"{settings.EXCHANGE_TEST_ISSUER}/"):
        parts = urlsplit(url)  # the one provider on this machine that test mode allows
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=webhooks.TIMEOUT)
    return webhooks.pinned(url)


def _secret(provider: IdentityProvider) -> str:
    return str(settings.EXCHANGE_OIDC_SECRETS.get(provider.pk, ""))

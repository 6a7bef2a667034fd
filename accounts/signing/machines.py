"""
How national systems prove who they are: keys, what is signed with them, and the short tokens they get for it.

Source: RFC 6749 4.4, RFC 7523; docs/adr/0203.
"""

import base64
import hashlib
import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote
from uuid import UUID

import jwt
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.law import oauth as law
from accounts.law.errors import NotCompetent, NotForeseen, RuleBroken
from accounts.law.oauth import OAuthRefused
from accounts.models import Client, ClientKey, ClientToken, UsedAssertion
from accounts.principals import new_token, of_client, token_digest
from accounts.roles import SCOPES, VISITOR, Principal
from accounts.signing import tries
from accounts.signing.tries import Source

LONGEST: Final = 20_000  # characters of a key or certificate


class KeyRefused(RuleBroken):
    """This is no public key or certificate a client may prove itself with: `reason` says why."""

    code = "key_refused"
    conflict = False
    article = "RFC 7523"


class TooManyKeys(RuleBroken):
    """Two keys are good at once: the present one, and the next or the one before."""

    code = "too_many_keys"


@transaction.atomic
def add_client_key(*, client_id: UUID, text: str, by: Principal, now: datetime) -> ClientKey:
    """
    Register a key of a client of one's own: a public key as PEM or JWK, or a certificate as PEM.

    :raises KeyRefused: for a private key, another algorithm, or an RSA key of less than 3072 bits.
    :raises TooManyKeys: beside two that are good.   :raises NotCompetent: for another authority's client.
    """
    client = _own_client(client_id, by)
    kind, thumbprint, algorithm, pem = _read(text)
    if ClientKey.objects.filter(kind=kind, thumbprint=thumbprint, ended_at__isnull=True).exists():
        raise KeyRefused(field="key", reason="registered")
    if client.keys.filter(kind=kind, ended_at__isnull=True).count() >= law.KEYS_AT_ONCE:
        raise TooManyKeys(field="key")
    key = ClientKey(client=client, kind=kind, thumbprint=thumbprint, algorithm=algorithm, public=pem, added_at=now)
    key.save(force_insert=True)
    audit.record("client.key_added", subject=client, by=by, at=now, after={"kind": kind, "thumbprint": thumbprint})
    return key


@transaction.atomic
def end_client_key(*, key_id: UUID, by: Principal, now: datetime) -> ClientKey:
    """End a key of a client of one's own at once; what was got with it ends within the hour by itself."""
    key = ClientKey.objects.select_for_update().get(pk=key_id)
    _own_client(key.client_id, by)
    if key.ended_at is None:
        key.ended_at = now
        key.save(update_fields=["ended_at"])
        audit.record("client.key_ended", subject=key.client, by=by, at=now, before={"thumbprint": key.thumbprint})
    return key


@transaction.atomic
def change_client(*, client_id: UUID, scopes: Collection[str], is_active: bool, by: Principal, now: datetime) -> Client:
    """
    Say what a client of one's own may do, and whether it may do anything; tokens that are out obey at once.

    :raises NotForeseen: for a scope no client may have.   :raises NotCompetent: for another authority's.
    """
    client = _own_client(client_id, by)
    if beyond := sorted(set(scopes) - SCOPES):
        raise NotForeseen(field="scopes", value=beyond[0])
    before = {"scopes": list(client.scopes), "is_active": client.is_active}
    client.scopes, client.is_active = sorted(set(scopes)), is_active
    client.save(update_fields=["scopes", "is_active"])
    after = {"scopes": client.scopes, "is_active": is_active}
    audit.record("client.changed", subject=client, by=by, at=now, before=before, after=after)
    return client


@transaction.atomic
def token_for_assertion(
    *, assertion: str, client_id: str, scope: str, audience: Collection[str], now: datetime
) -> tuple[str, ClientToken]:
    """
    Give a client that proved itself with a signed assertion a token for minutes; return it, and its row.

    :param client_id: as sent beside the assertion, "" where it was not.   :raises OAuthRefused: by RFC 6749 5.2.
    Source: RFC 7523 2.2, 3.
    """
    claimed = _claimed_client(assertion)
    if client_id and client_id != claimed:
        raise OAuthRefused("invalid_client", "client_id is not the assertion's sub")
    key, claims = _verified(assertion, _client(claimed))
    jti = law.check_claims(claims, client=claimed, audience=audience, at=now)
    digest, until = hashlib.sha256(jti.encode("utf-8", "surrogatepass")).hexdigest(), now + law.LONGEST_LIFE * 2
    try:
        with transaction.atomic():
            UsedAssertion(client=key.client, jti=digest, expires_at=until).save(force_insert=True)
    except IntegrityError:
        raise OAuthRefused("invalid_client", "this assertion was used before") from None
    return _token(key, scope, now)


@transaction.atomic
def token_for_certificate(*, certificate: str, client_id: str, scope: str, now: datetime) -> tuple[str, ClientToken]:
    """
    Give a token to a client whose certificate a trusted proxy has checked; what it says is taken as it comes.

    :param certificate: as nginx ($ssl_client_escaped_cert) or RFC 9440 (:base64:) write it.   :raises OAuthRefused:
    """
    try:
        thumbprint = _certificate(certificate).fingerprint(hashes.SHA256()).hex()
    except ValueError:
        raise OAuthRefused("invalid_client", "the proxy passed on no certificate") from None
    keys = ClientKey.objects.good().filter(kind=ClientKey.Kind.CERTIFICATE, client=_client(client_id))
    key = keys.select_related("client__authority").filter(thumbprint=thumbprint).first()
    if key is None:
        raise OAuthRefused("invalid_client", "the certificate is not registered for this client")
    return _token(key, scope, now)


@transaction.atomic
def record_refusal(*, refusal: OAuthRefused, assertion: str, client_id: str, now: datetime) -> bool:
    """
    Put on record that somebody came in the name of a client and got no token; say whether it was.

    The first ones are, then ever fewer: who knows the id of a client can neither fill the record nor keep the client
    out, whose own requests are looked at all the same. What names no client there is stands in the log alone.

    :param client_id: as sent beside the assertion, "" where it was not.   Source: OWASP ASVS 5.0 16.3.1; docs/adr/0203.
    """
    client = _named(assertion, client_id)
    if client is None:
        return False
    source = Source(account=str(client.pk), network="")
    if tries.wait_of(source, now=now, step="token"):
        return False
    tries.count_failure(source, now=now, step="token")
    by, why = replace(VISITOR, authority_id=client.authority_id), refusal.description
    audit.record("client.token_refused", subject=client, by=by, at=now, after={"error": refusal.error}, reason=why)
    return True


def _named(assertion: str, client_id: str) -> Client | None:
    """Return the client somebody came in the name of, switched off or not; nothing that is said has been proven."""
    claimed = client_id
    with suppress(OAuthRefused):
        claimed = _claimed_client(assertion) or client_id
    try:
        return Client.objects.filter(pk=UUID(claimed)).first()
    except ValueError:
        return None


def _token(key: ClientKey, scope: str, now: datetime) -> tuple[str, ClientToken]:
    client = key.client
    scopes = law.scopes_asked(scope, set(client.scopes) & SCOPES)
    secret, life = new_token(), timedelta(minutes=settings.EXCHANGE_TOKEN_MINUTES)
    made = ClientToken(
        client=client,
        digest=token_digest(secret),
        created_at=now,
        expires_at=now + life,
        scopes=scopes if scope.strip() else None,
        is_short=True,
    )
    made.save(force_insert=True)
    key.used_at = now
    key.save(update_fields=["used_at"])
    given = {"thumbprint": key.thumbprint, "scopes": scopes}
    audit.record("client.token_given", subject=client, by=of_client(client, at=now), at=now, after=given)
    made.scopes = scopes  # as told; the row keeps "all" where none was named, so that a change counts at once
    return secret, made


def _claimed_client(assertion: str) -> str:
    try:
        claims = jwt.decode(assertion, options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise OAuthRefused("invalid_client", "client_assertion is no JWT") from None
    return str(claims.get("sub", ""))


def _client(client_id: str) -> Client | None:
    try:
        return Client.objects.filter(pk=UUID(client_id), is_active=True).first()
    except ValueError:
        return None


def _verified(assertion: str, client: Client | None) -> tuple[ClientKey, dict[str, Any]]:
    """Return the key an assertion was signed with, and its claims; an unknown client is refused in the same words."""
    keys = ClientKey.objects.good().filter(kind=ClientKey.Kind.KEY, client=client)
    for key in keys.select_related("client__authority").select_for_update(of=("self",)).order_by("-added_at"):
        try:
            claims: dict[str, Any] = jwt.decode(
                assertion, key.public, algorithms=[key.algorithm], options=law.UNCHECKED
            )
        except (jwt.InvalidTokenError, ValueError):
            continue
        return key, claims
    raise OAuthRefused("invalid_client", "no key registered for this client has signed client_assertion")


def _own_client(client_id: UUID, by: Principal) -> Client:
    client = Client.objects.select_for_update().get(pk=client_id)
    if by.kind != "system" and (client.authority_id != by.authority_id or not by.may("client.manage")):
        raise NotCompetent(authority=by.authority_code)
    return client


def _read(text: str) -> tuple[str, str, str, str]:
    """Return kind, thumbprint, algorithm and PEM of what was pasted.   :raises KeyRefused:"""
    given = text.strip()
    if len(given) > LONGEST or "PRIVATE KEY" in given:
        raise KeyRefused(field="key", reason="private" if "PRIVATE KEY" in given else "too_long")
    try:
        if "BEGIN CERTIFICATE" in given:
            found = x509.load_pem_x509_certificate(given.encode())
            pem = found.public_bytes(serialization.Encoding.PEM).decode()
            return ClientKey.Kind.CERTIFICATE, found.fingerprint(hashes.SHA256()).hex(), "", pem
        key = _of_jwk(given) if given.startswith("{") else serialization.load_pem_public_key(given.encode())
    except (ValueError, TypeError, KeyError, NotImplementedError, UnsupportedAlgorithm, jwt.PyJWTError, RecursionError):
        raise KeyRefused(field="key", reason="not_read") from None
    encoded = serialization.Encoding
    plain = key.public_bytes(encoded.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(encoded.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    return ClientKey.Kind.KEY, hashlib.sha256(plain).hexdigest(), _algorithm(key), pem


def _of_jwk(text: str) -> Any:
    jwk = json.loads(text)
    if not isinstance(jwk, dict) or {"d", "k", "p", "q"} & set(jwk):
        raise KeyRefused(field="key", reason="private")
    return jwt.PyJWK.from_dict(jwk).key


def _algorithm(key: Any) -> str:
    """Return what a key may sign with; anything with a shared secret, and "none", is not among it."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "EdDSA"
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return "ES256"
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < law.SHORTEST_RSA:
            raise KeyRefused(field="key", reason="too_short")
        return "RS256"
    raise KeyRefused(field="key", reason="algorithm")


def _certificate(header: str) -> x509.Certificate:
    text = header.strip()
    if text.startswith(":") and text.endswith(":"):
        return x509.load_der_x509_certificate(base64.b64decode(text.strip(":"), validate=True))
    return x509.load_pem_x509_certificate(unquote(text).encode())

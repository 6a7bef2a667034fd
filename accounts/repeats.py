"""The same request sent twice has one effect: claim a key, find the stored answer, store the answer."""

import hashlib
from datetime import datetime

from django.db import connection
from django.http import HttpResponse

from accounts.models import IdempotentRequest
from accounts.roles import Principal

KEPT_HEADERS = ("Content-Type", "Location", "Receipt")


class InFlight(Exception):
    """A request under this key is still under way."""


class OtherRequest(Exception):
    """The key was used before with another request."""


def claim(principal: Principal, key: str, request_digest: str) -> IdempotentRequest | None:
    """
    Hold the key until the transaction ends; return the stored answer if the request was done before.

    :raises InFlight: while another transaction holds the key.   :raises OtherRequest: if the digest differs.
    """
    if not _held(principal, key):
        raise InFlight
    stored = IdempotentRequest.objects.filter(principal=principal.key, key=key).first()
    if stored is not None and stored.request_digest != request_digest:
        raise OtherRequest
    return stored


def store(principal: Principal, key: str, request_digest: str, response: HttpResponse, *, now: datetime) -> None:
    """Keep the answer, in the transaction of the effect, so that there is never one without the other."""
    IdempotentRequest.objects.create(
        principal=principal.key,
        key=key,
        request_digest=request_digest,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        body=response.content,
        created_at=now,
    )


def replay(stored: IdempotentRequest) -> HttpResponse:
    """Return the stored answer, byte for byte."""
    response = HttpResponse(bytes(stored.body), status=stored.status)
    for name, value in stored.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def digest_of(*parts: bytes) -> str:
    """Return the digest that tells one request from another."""
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _held(principal: Principal, key: str) -> bool:
    name = f"{principal.key}\n{key}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])

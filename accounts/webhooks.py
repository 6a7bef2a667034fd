"""Send one notice to one address: signed, to an address checked and pinned, following no redirect."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.law import webhooks as law
from accounts.models import Notice, Webhook

TIMEOUT = 15  # seconds a receiver may be silent
TOTAL = 20  # seconds one try may take, however steadily the receiver drips


class NotTaken(OSError):
    """The receiver answered, but not with success."""


class Pinned(http.client.HTTPSConnection):
    """A TLS connection to one address for one name: what was checked is what is reached."""

    def __init__(self, host: str, address: str) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(host, law.HTTPS, timeout=TIMEOUT, context=self.tls)
        self.address = address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, law.HTTPS), TIMEOUT)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def keys_of(webhook: Webhook, now: datetime) -> list[str]:
    """
    Return what a receiver checks signatures with: the present key, and the one before while it is being replaced.

    With HMAC a secret both sides hold; with Ed25519 the public key, of which nothing can be signed.
    """
    seeds = _seeds(webhook, now)
    if webhook.algorithm == law.ED25519:
        return [law.public_key(_private(seed).public_key().public_bytes_raw()) for seed in seeds]
    return [law.secret_of(seed) for seed in seeds]


def signatures_of(webhook: Webhook, message_id: str, timestamp: int, body: bytes, *, now: datetime) -> list[str]:
    """Return a signature of a message by every key that is good now."""
    if webhook.algorithm == law.ED25519:
        signed = law.what_is_signed(message_id, timestamp, body)
        return [law.asymmetric(_private(seed).sign(signed)) for seed in _seeds(webhook, now)]
    return [law.signature(one, message_id, timestamp, body) for one in keys_of(webhook, now)]


def _seeds(webhook: Webhook, now: datetime) -> list[bytes]:
    """Return what the keys that are good now follow from, the present one first."""
    overlaps = webhook.previous_until is not None and now < webhook.previous_until
    good = [webhook.generation, webhook.generation - 1] if overlaps else [webhook.generation]
    master = salted_hmac("accounts.webhooks", "master", algorithm="sha256").digest()
    return [law.seed_of(master, str(webhook.pk), generation) for generation in good]


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def body_of(notice: Notice) -> bytes:
    """Return what a receiver is told: kind, time and ids; the same bytes at every try."""
    told = {
        "type": notice.kind,
        "timestamp": notice.created_at.isoformat(),
        "data": {
            "notice": str(notice.pk),
            "subject_type": notice.subject_type,
            "subject_id": str(notice.subject_id),
            "reference": notice.reference,
        },
    }
    return json.dumps(told, separators=(",", ":")).encode()


def send(notice: Notice, webhook: Webhook, *, now: datetime) -> None:
    """
    Send a notice.

    :raises NotTaken: if the receiver does not answer with success.   :raises OSError: if it cannot be reached.
    :raises AddressRefused: if its name leads where the exchange does not go.
    """
    body = body_of(notice)
    message_id, timestamp = str(notice.pk), int(now.timestamp())
    signed = law.headers(signatures_of(webhook, message_id, timestamp, body, now=now), message_id, timestamp)
    status, _answer = exchange(_connection(webhook.url), "POST", webhook.url, signed, body)
    if not 200 <= status < 300:
        raise NotTaken(f"status {status}")


def exchange(
    connection: http.client.HTTPConnection, method: str, url: str, headers: dict[str, str], body: bytes, most: int = 0
) -> tuple[int, bytes]:
    """
    Send one request and return status and answer, in bounded time; a redirect is an answer like any other.

    :param most: bytes of the answer that are read; 0: none.   :raises NotTaken: also for a longer one.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        with _bounded(connection):
            connection.request(method, path, body=body or None, headers={**headers, "user-agent": "denial-exchange"})
            answer = connection.getresponse()
            read = answer.read(most + 1) if most else b""
    except http.client.HTTPException as failure:
        raise NotTaken(type(failure).__name__) from failure
    finally:
        connection.close()
    if len(read) > most:
        raise NotTaken("longer than is read")
    return answer.status, read


@contextmanager
def _bounded(connection: http.client.HTTPConnection) -> Iterator[None]:
    """Break a connection off after `TOTAL` seconds, whatever it is doing.   :raises NotTaken: if it came to that."""
    over = Event()

    def cut() -> None:
        over.set()
        if connection.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # not TLS's own: that waits its turn

    timer = Timer(TOTAL, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if over.is_set():
            raise NotTaken(f"took more than {TOTAL} seconds")


def is_here(url: str) -> bool:
    """Tell whether this is the one receiver on this machine that test mode allows."""
    return bool(settings.EXCHANGE_TEST_MODE) and url == settings.EXCHANGE_TEST_WEBHOOK


def _connection(url: str) -> http.client.HTTPConnection:
    if is_here(url):
        parts = urlsplit(url)
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    return pinned(url)


def pinned(url: str) -> http.client.HTTPConnection:
    """Return a connection to the public address an allowed name leads to now.   :raises AddressRefused: for others."""
    host = law.check_url(url)
    return Pinned(host, law.check_reachable(_resolved(host)))


def _resolved(host: str) -> list[str]:
    found: list[Any] = socket.getaddrinfo(host, law.HTTPS, type=socket.SOCK_STREAM)
    return [str(row[4][0]).partition("%")[0] for row in found]

"""Read the change feed of another exchange over HTTP: bounded, patient, and only where it was told to."""

import io
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from threading import Timer
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

TIMEOUT: Final = 60  # seconds for one answer, from its first byte to its last
LARGEST: Final = 64 * 2**20  # bytes of one answer
TRIES: Final = 6
FIRST_WAIT: Final = 1.0  # seconds; doubled after each try
LONGEST_WAIT: Final = 60.0
FEED: Final = "/api/v1/denials"
WORTH_TRYING_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class SourceFailed(Exception):
    """The source cannot be read; the message says why and holds nothing secret."""


class SourceRefused(SourceFailed):
    """The source answers, but not with what was asked: its status and its problem's code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"the source answers {status} {code}".strip())
        self.status, self.code = status, code


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


class _Line:
    """The connection an answer comes over; it is cut at the deadline, however slowly the other side goes on."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None

    def connection(self, kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
        """Return what makes a connection whose socket is known here once it stands."""
        line = self

        class Known(kind):  # type: ignore[misc, valid-type]  # a class chosen when run: http or https
            def connect(self) -> None:
                super().connect()
                line._socket = self.sock

        return Known

    @contextmanager
    def for_seconds(self, seconds: float) -> Iterator[None]:
        """Cut the line after that long.   :raises TimeoutError: if it was cut, whatever was read by then."""
        self._socket = None
        until = time.monotonic() + seconds
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, HTTPException, ValueError):
            if time.monotonic() < until:
                raise
            raise TimeoutError("the answer takes too long") from None
        finally:
            timer.cancel()
        if time.monotonic() >= until:
            raise TimeoutError("the answer takes too long")

    def _cut(self) -> None:
        if self._socket is not None:
            try:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:  # ended meanwhile
                return


class _Http(HTTPHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Request) -> Any:
        return self.do_open(self._line.connection(HTTPConnection), req)


class _Https(HTTPSHandler):
    def __init__(self, line: _Line) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(context=self._tls)
        self._line = line

    def https_open(self, req: Request) -> Any:
        return self.do_open(self._line.connection(HTTPSConnection), req, context=self._tls)


class Source:
    """
    The feed of one exchange, read with one token.

    https alone, but for loopback; no redirects are followed, so that the token goes nowhere else; an answer larger
    than LARGEST or slower than TIMEOUT is given up. What may pass is tried again, each time after twice the wait.
    """

    def __init__(self, address: str, token: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.address = checked_address(address)
        self._token = token
        self._sleep = sleep
        self._line = _Line()
        self._opener = _opener(self.address, self._line)

    def changes(self, *, after: int, limit: int, scope: str) -> dict[str, Any]:
        """
        Return a stretch of the feed.

        :raises SourceRefused: `scope_changed` where what the token may see has changed.   :raises SourceFailed
        """
        asked: dict[str, Any] = {"after": after, "limit": limit}
        answer = self._get(f"{FEED}/changes/", asked | ({"scope": scope} if scope else {}))
        _check(answer, {"head": int, "next_after": int, "more": bool, "scope": str, "results": list})
        return answer

    def digest(self, *, after: int, upto: int, previous: str) -> dict[str, Any]:
        """Return the chain over a stretch of the feed.   :raises SourceFailed"""
        answer = self._get(f"{FEED}/digest/", {"after": after, "upto": upto, "previous": previous})
        _check(answer, {"upto": int, "count": int, "digest": str, "more": bool, "head": int})
        return answer

    def _get(self, path: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        request = Request(  # noqa: S310 - the scheme was checked
            f"{self.address}{path}?{urlencode(asked)}",
            headers={"Authorization": f"Bearer {self._token}", "Accept": "application/json"},
        )
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            try:
                return self._answer(request)
            except HTTPError as refused:
                if refused.code not in WORTH_TRYING_AGAIN or not left:
                    raise SourceRefused(refused.code, _code_of(refused)) from None
                pause = max(wait, _asked_to_wait(refused))
            except (OSError, HTTPException) as failure:
                if not left:
                    raise SourceFailed(f"the source cannot be reached: {_reason(failure)}") from None
                pause = wait
            self._sleep(min(pause, LONGEST_WAIT))
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _answer(self, request: Request) -> dict[str, Any]:
        with self._line.for_seconds(TIMEOUT):
            body = self._body(request)
        if len(body) > LARGEST:
            raise SourceFailed("the source's answer is larger than is read")
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            raise SourceFailed("the source does not answer in JSON") from None
        if not isinstance(answer, dict):
            raise SourceFailed("the source's answer is not an object")
        return answer

    def _body(self, request: Request) -> bytes:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                body = bytes(response.read(LARGEST + 1))
                if response.length and len(body) <= LARGEST:
                    raise IncompleteRead(body, response.length)
                return body
        except HTTPError as refused:  # its words are read within the same time
            words = io.BytesIO(refused.read(65_536))
            raise HTTPError(refused.url, refused.code, refused.msg, refused.headers, words) from None


def checked_address(address: str) -> str:
    """Return the address of an exchange: scheme, host, port.   :raises SourceFailed: if it may not be used."""
    parts = urlsplit(address)
    if parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"):
        raise SourceFailed("the address is scheme, host and port only, such as https://exchange.example")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise SourceFailed("the address begins with https://")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SourceFailed("https is required; http is accepted on this machine alone")
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _opener(address: str, line: _Line) -> OpenerDirector:
    handlers: list[Any] = [_NoRedirects(), _Http(line), _Https(line)]
    if is_loopback(urlsplit(address).hostname or ""):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _check(answer: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    for name, kind in kinds.items():
        if type(answer.get(name)) is not kind:  # true is no number
            raise SourceFailed(f"the source's answer lacks {name}")


def _code_of(refused: HTTPError) -> str:
    try:
        return str(json.loads(refused.read(65_536)).get("code", ""))[:80]
    except (ValueError, AttributeError, OSError, HTTPException, RecursionError):
        return ""


def _asked_to_wait(refused: HTTPError) -> float:
    asked = refused.headers.get("Retry-After", "") if refused.headers else ""
    return float(asked[:9]) if asked.isascii() and asked.isdigit() else 0.0


def _reason(failure: Exception) -> str:
    reason = getattr(failure, "reason", failure)
    return type(reason).__name__ if isinstance(reason, Exception) else str(reason)[:200]

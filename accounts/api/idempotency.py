"""`Idempotency-Key`: the same POST sent twice has one effect and one answer."""

from typing import Any, cast

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import repeats
from accounts.api.errors import IdempotencyConflict, IdempotencyMismatch
from accounts.clock import now
from accounts.models import IdempotentRequest
from accounts.principals import principal_of

MAX_KEY = 255


class Replay(Exception):
    """The answer to this request is already stored."""

    def __init__(self, stored: IdempotentRequest) -> None:
        self.stored = stored


class IdempotentPosts(APIView):
    """
    A view mixin: replay the stored answer of a POST already done under its key.

    Key space per principal; another request under the same key is 422, one under way 409.
    """

    _key = ""
    _digest = ""
    _replayed: IdempotentRequest | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        digest = "" if _is_multipart(request) else _digest_of(request)
        super().initial(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or key is None:
            return
        if not key.strip() or len(key) > MAX_KEY:
            raise ValidationError({"Idempotency-Key": [f"Between 1 and {MAX_KEY} characters."]}, code="length")
        self._claim(request, key, digest or _digest_of_parts(request))

    def _claim(self, request: Request, key: str, digest: str) -> None:
        principal = principal_of(request._request)
        try:
            stored = repeats.claim(principal, key, digest)
        except repeats.InFlight as held:
            raise IdempotencyConflict from held
        except repeats.OtherRequest as other:
            raise IdempotencyMismatch from other
        if stored is not None:
            raise Replay(stored)
        self._key, self._digest = key, digest

    def handle_exception(self, error: Exception) -> Any:
        if isinstance(error, Replay):
            self._replayed = error.stored
            return Response(status=error.stored.status)
        return super().handle_exception(error)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self._replayed is not None:
            return repeats.replay(self._replayed)
        if self._key and 200 <= response.status_code < 300:
            response.render()
            principal = principal_of(request._request)
            repeats.store(principal, self._key, self._digest, response, now=now())
        return response


def _digest_of(request: Request) -> str:
    if request.method != "POST":
        return ""
    return repeats.digest_of(b"POST", request.get_full_path().encode(), request._request.body)


def _is_multipart(request: Request) -> bool:
    """Whether files may come along, which are larger than a body that is held in memory."""
    return request.method == "POST" and str(request.content_type).startswith("multipart/")


def _digest_of_parts(request: Request) -> str:
    parts = [b"POST", request.get_full_path().encode()]
    for name, value in sorted(dict(cast("dict[str, Any]", request.data).items()).items()):
        parts += [str(name).encode(), *(value.chunks() if hasattr(value, "chunks") else [str(value).encode()])]
        if hasattr(value, "seek"):
            value.seek(0)
    return repeats.digest_of(*parts)

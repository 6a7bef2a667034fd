"""Every REST error is an `application/problem+json` (RFC 9457) that names code, rule and fields."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts import labels
from accounts.law.errors import RuleBroken

MEDIA_TYPE = "application/problem+json"


class IdempotencyConflict(exceptions.APIException):
    """The key is in use by a request still under way."""

    status_code = 409
    default_code = "request_in_flight"
    default_detail = "A request with this Idempotency-Key is still under way."


class IdempotencyMismatch(exceptions.APIException):
    """The key was used before with another body."""

    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key was used before with another request."


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Translate an error into a problem; None for programming errors, which are never caught."""
    if isinstance(error, RuleBroken):
        response = problem(
            409 if error.conflict else 422,
            title=str(labels.rule_text(error)),
            **error.as_data(),
        )
    elif isinstance(error, Http404):
        response = problem(404, code="not_found", title="Not found")
    elif isinstance(error, PermissionDenied):
        response = problem(403, code="permission_denied", title="Permission denied")
    elif isinstance(error, RequestDataTooBig):
        response = problem(413, code="body_too_large", title="TooLarge", detail="The body is larger than is read.")
    elif isinstance(error, exceptions.APIException):
        response = _of_api_exception(error)
    else:
        return None
    set_rollback()
    return response


def problem(status: int, *, code: Any, title: str, **members: Any) -> Response:
    """Return a problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code}
    body.update({name: value for name, value in members.items() if value not in ("", None, {}, [])})
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _of_api_exception(error: exceptions.APIException) -> Response:
    codes = error.get_codes()
    if isinstance(error, exceptions.ValidationError):
        response = problem(
            400, code="invalid", title="The content is not accepted", errors=_flat(error.detail, codes, "")
        )
    elif isinstance(error, exceptions.NotFound):
        response = problem(404, code="not_found", title="Not found")
    else:
        code = codes if isinstance(codes, str) else "error"
        response = problem(error.status_code, code=code, title=type(error).__name__, detail=str(error.detail))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def _flat(detail: Any, codes: Any, where: str) -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [row for name in detail for row in _flat(detail[name], codes[name], _within(where, name))]
    if isinstance(detail, list):
        rows: list[dict[str, str]] = []
        for index, item in enumerate(detail):
            nested = isinstance(item, (dict, list))
            rows += _flat(item, codes[index], f"{where}[{index}]" if nested else where)
        return rows
    return [{"field": where.removesuffix(".non_field_errors") or "body", "rule": str(codes), "message": str(detail)}]


def _within(where: str, name: Any) -> str:
    """Name a member of an object, or a row of a list, whose errors come keyed by number."""
    return f"{where}[{name}]" if str(name).isdigit() else f"{where}.{name}".strip(".")

"""What is answered where no view is reached or one fails: a page for people, a problem (RFC 9457) for REST."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

#: Set on an answer that refuses, where a door has put the refusal itself on record: its transaction is kept.
STAYS: Final = "stays_on_record"


def is_rest(request: HttpRequest) -> bool:
    """Whether the address is one of REST."""
    return request.path.startswith("/api/")


def problem(status: int, *, code: str, title: str, **members: str) -> JsonResponse:
    """Return a problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code, **members}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"separators": (",", ":")}
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    if is_rest(request):
        return problem(400, code="bad_request", title="The request cannot be read")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist as one that may not be seen."""
    if is_rest(request):
        return problem(404, code="not_found", title="Not found")
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after a fault, without a word on what it was."""
    if is_rest(request):
        return problem(500, code="internal_error", title="The exchange has failed")
    return defaults.server_error(request)

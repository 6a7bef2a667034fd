"""Every request: clean query string, known principal, one transaction, the authority set in it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import cast
from urllib.parse import unquote_plus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import audit, principals, quotas, tenant
from accounts.law.text import UnfitText, clean
from accounts.roles import SYSTEM, VISITOR, Principal
from accounts.views.errors import STAYS, is_rest, problem
from accounts.views.shown import ids_of, is_quiet, shown_in

Handler = Callable[[HttpRequest], HttpResponse]
#: Kept by nobody, read from no other site's page, and without the devices of who reads it.
CLOSED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OUTSIDE = frozenset({"/healthz", "/readyz"})
#: Answers that refuse: not known, not allowed, not there for who asks, too often.
REFUSING = frozenset({401, 403, 404, 429})
log = logging.getLogger(__name__)


class CleanQueryString:
    """Refuse control characters in paths and query strings before anything reads them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            clean(request.path, multiline=False)
            clean(unquote_plus(request.META.get("QUERY_STRING", "")), multiline=True)
        except UnfitText as refused:
            return _bad_request(request, refused)
        return self.get_response(request)


class PrincipalTransaction:
    """
    Run the request in one transaction for one authority; a refusal or an error leaves nothing behind, but its line in
    the log, and where a door says so what it put on record of it.

    Rendering happens inside, so a template reads what the view saw. No browser or proxy keeps the answer. Whether the
    process is alive and ready is asked outside: it is answered without a database too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if request.path in OUTSIDE else self._inside(request)
        if response.status_code in REFUSING:
            say_refused(request, response.status_code)
        for name, value in CLOSED.items():
            response.headers.setdefault(name, value)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Where the law lays the work of an address across authorities, its transaction acts for the exchange."""
        if request.path not in OUTSIDE and _acting(request) is SYSTEM:
            tenant.enter(SYSTEM)

    def _inside(self, request: HttpRequest) -> HttpResponse:
        use = quotas.count(secret) if (secret := principals.bearer_of(request)) else None
        if use is not None and use.wait:
            words = {"title": "The quota of this client is used up", "detail": f"Try again in {use.wait} seconds."}
            response: HttpResponse = problem(429, code="quota_used_up", **words)
        else:
            response = self._in_one_transaction(request)
        for name, value in use.headers().items() if use is not None else ():
            response[name] = value
        return response

    def _in_one_transaction(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            principal = principals.of_request(request)
            cast("principals.KnownRequest", request).principal = principal
            tenant.enter(principal)
            response = self.get_response(request)
            if response.status_code >= 400 and not getattr(response, STAYS, False):
                transaction.set_rollback(True)
            else:
                note_reading(request, response)
        if isinstance(response, StreamingHttpResponse) and principal.is_known:
            pieces = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _piecewise(pieces, _acting(request))
        return response


def _acting(request: HttpRequest) -> Principal:
    """Return for whom the rows of a request are read: who asks, or the exchange where the law lays the work across."""
    principal, match = principals.principal_of(request), request.resolver_match
    across = match is not None and tenant.is_across(match.view_name)
    return SYSTEM if across and principal.is_known else principal


def _piecewise(pieces: Iterable[bytes], principal: Principal) -> Iterator[bytes]:
    """Write each piece of a file that is sent while it is written in a transaction of its own, for its reader."""
    left = iter(pieces)
    while True:
        with transaction.atomic():
            tenant.enter(principal)
            piece = next(left, None)
        if piece is None:
            return
        yield piece


def say_refused(request: HttpRequest, status: int) -> None:
    """Log who was refused what: the name of the address, ids, nothing that was typed.   Source: ASVS 5.0 16.3.2."""
    principal, match = getattr(request, "principal", VISITOR), request.resolver_match
    where, subjects = (match.view_name, ids_of(match.kwargs)) if match else ("no address", [])
    log.warning("refused %s: %s %s %s by %s", status, request.method, where, ",".join(subjects) or "-", principal.key)


def note_reading(request: HttpRequest, response: HttpResponse) -> None:
    """Note who was shown which records by a page or a call that only reads, in one statement."""
    principal, match = principals.principal_of(request), request.resolver_match
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or not principal.is_known:
        return
    if match is None or is_quiet(match.view_name):
        return
    query = {name: request.GET.getlist(name) for name in request.GET}
    audit.note(match.view_name, shown_in(match.kwargs, response), by=principal, query=query)


def _bad_request(request: HttpRequest, refused: UnfitText) -> HttpResponse:
    character = refused.params["character"]
    if is_rest(request):
        detail = f"The address holds the character {character}, which is not accepted."
        return problem(400, code=refused.code, title="Character not accepted", detail=detail)
    message = _("The address holds the character %(character)s, which is not accepted.") % {"character": character}
    return render(request, "400.html", {"message": message}, status=400)

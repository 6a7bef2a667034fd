"""A page: a known principal, a permission, one clock reading, refusals as words, a form sent once."""

import re
import uuid
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic.base import ContextMixin

from accounts import clock, principals, repeats, sessions
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.roles import LEGAL_EFFECT, Principal
from accounts.views import proving

ONCE = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: the authority acted for and the moment the page shows."""
    principal: Principal | None = getattr(request, "principal", None)
    if principal is None or not principal.is_known:
        return {"now": SimpleLazyObject(clock.now)}
    return {
        "authority": SimpleLazyObject(lambda: principals.authority_behind(request)),
        "now": SimpleLazyObject(clock.now),
    }


def next_of(request: HttpRequest) -> str:
    """Return the address of ours that a form asks to be led to next, "" for any other."""
    return safe_target(request, request.POST.get("next", ""))


def safe_target(request: HttpRequest, target: str) -> str:
    """Return an address if it is one of ours, "" for any other."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target.startswith("/") and safe else ""


def is_led_from_elsewhere(request: HttpRequest) -> bool:
    """
    Tell whether a page of another site leads here, as the browser itself says; a typed address is one's own.

    Addresses that leave a trace although they only read are not followed from there.   Source: W3C Fetch Metadata.
    """
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")


class ExchangeView(ContextMixin, View):
    """
    Mixin for every page behind sign-in; put it first. Pages are for people: a client's token opens REST only.

    `permission_needed` may be one permission or a mapping of method to permission. A form field named
    `once` makes a POST count once: sent again it leads to the same receipt. A POST that needs a permission with legal
    effect, or any where `proof_needed`, asks first who is there, once in a while, and keeps what was sent meanwhile.
    """

    permission_needed: str | dict[str, str] = ""
    proof_needed = False

    @cached_property
    def principal(self) -> Principal:
        """Who acts."""
        return principals.principal_of(self.request)

    @cached_property
    def now(self) -> Any:
        """The one reading of the clock for this request: the principal was read by it, too."""
        return principals.moment_of(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = request
        if self.principal.kind != "user":
            return redirect_to_login(request.get_full_path())
        needed, method = self.permission_needed, "GET" if request.method == "HEAD" else request.method or "GET"
        permission = needed.get(method, "") if isinstance(needed, dict) else needed
        if permission and not self.principal.may(permission):
            raise PermissionDenied
        once = request.POST.get("once", "")
        if once and not ONCE.fullmatch(once):
            raise BadRequest("once")
        weighty = method == "POST" and (self.proof_needed or permission in LEGAL_EFFECT)
        if weighty and not sessions.is_proven(request, self.now):
            return self.prove_first()
        return self._once(once, *args, **kwargs) if once else self._handled(*args, **kwargs)

    def _handled(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(self.request, *args, **kwargs)
        except RuleBroken as refusal:
            return self.refused(refusal)

    def _once(self, once: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key, digest = f"page:{once[:200]}", repeats.digest_of(self.request.path.encode())
        try:
            stored = repeats.claim(self.principal, key, digest)
        except (repeats.InFlight, repeats.OtherRequest):
            return self._message(_("This form was already sent and is being worked on."), status=409)
        if stored is not None:
            return repeats.replay(stored)
        response = self._handled(*args, **kwargs)
        if response.status_code in (302, 303) and isinstance(response, HttpResponse):
            repeats.store(self.principal, key, digest, response, now=self.now)
        return response

    def prove_first(self) -> HttpResponse:
        """Ask who is there; what was sent is carried along in the page, and sent again afterwards."""
        return proving.answer(self.request, self.principal, self.now)

    def refused(self, refusal: RuleBroken) -> HttpResponseBase:
        """Show a refusal no form of the page could hold; 409 or 422 like the API."""
        status = 409 if refusal.conflict else 422
        return self._message(rule_text(refusal), status=status, article=refusal.article)

    def _message(self, message: str, *, status: int, article: str = "") -> HttpResponse:
        context = {"message": message, "article": article}
        return render(self.request, "accounts/refused.html", context, status=status)

    def add_refusal(self, form: BaseForm, refusal: RuleBroken) -> None:
        """Put a refusal beside the field it names, or on top of the form."""
        field = str(refusal.params.get("field", ""))
        form.add_error(field if field in form.fields else None, rule_text(refusal))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a fresh `once` for the forms of the page, and the one reading of the clock."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"once": uuid.uuid4().hex, "principal": self.principal, "now": self.now, **context}

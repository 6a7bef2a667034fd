"""Away to the identity provider of one's authority, and back."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts import providers, sessions, signing
from accounts.labels import rule_text
from accounts.law.signing import ProviderFailed
from accounts.models import IdentityProvider, User
from accounts.principals import moment_of, principal_of
from accounts.views import entrance
from accounts.views.page import is_led_from_elsewhere, safe_target

ERRAND = "errand"


class Away(View):
    """Send somebody to the provider; who is signed in already goes there to prove who they are."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, provider: str) -> HttpResponse:
        found = get_object_or_404(IdentityProvider, pk=provider, is_active=True)
        if is_led_from_elsewhere(request):
            return redirect("sign-in")
        proves = principal_of(request).kind == "user"
        sent = providers.errand(found, to=safe_target(request, request.GET.get("next", "")), proves=proves)
        try:
            address = providers.address_to_ask(found, sent, back=_back(found))
        except ProviderFailed as refusal:
            return _refused(request, rule_text(refusal))
        request.session[ERRAND] = sent.as_data()
        return redirect(address)


class Back(View):
    """Take the answer, once, in the browser that asked."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, provider: str) -> HttpResponse:
        found = get_object_or_404(IdentityProvider, pk=provider, is_active=True)
        kept = request.session.pop(ERRAND, None)
        sent = providers.Errand(**kept) if kept else None
        state, code = request.GET.get("state", ""), request.GET.get("code", "")
        if sent is None or sent.provider != found.pk or not constant_time_compare(state, sent.state) or not code:
            return _refused(request, _("This answer belongs to no question asked from this browser."))
        at = moment_of(request)
        try:
            claims = providers.claims_behind(found, sent, code=code, back=_back(found), now=at)
        except ProviderFailed as refusal:
            return _refused(request, rule_text(refusal))
        user = signing.identify(provider=found, subject=claims.subject, known_as=claims.known_as, now=at)
        if user is None:
            return _refused(request, _("The exchange does not know this account, or has not invited it."))
        if sent.proves:
            return _proven(request, found, user, claims)
        if not claims.is_strong:
            return redirect(entrance.begin(request, user, means=f"provider {found.pk}", to=sent.next, at=at))
        entrance.enter(request, user, means=f"provider {found.pk}, strong", at=at)
        return entrance.remember(request, redirect(sent.next or reverse("inbox")), user)


def _proven(request: HttpRequest, provider: IdentityProvider, user: User, claims: providers.Claims) -> HttpResponse:
    """Count a provider's word as a proof of who is signed in, if it asked them itself just now."""
    at, here = moment_of(request), principal_of(request)
    if here.id != user.pk or not claims.is_anew:
        return _refused(request, _("The provider did not ask you anew, or knows you as somebody else."))
    signing.prove_by_provider(user=user, provider=provider, now=at)
    sessions.renew(request, at)
    return render(request, "accounts/proven_elsewhere.html")


def _back(provider: IdentityProvider) -> str:
    return settings.EXCHANGE_ADDRESS + reverse("sign-in-back", args=[provider.pk])


def _refused(request: HttpRequest, words: Any) -> HttpResponse:
    """Say why, as an answer that keeps what was put on record."""
    return render(request, "accounts/not_signed_in.html", {"words": words})

"""Who is there? Asked before an act with legal effect; what was sent is carried along in the page, never stored."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import factors, sessions, signing
from accounts.models import IdentityProvider
from accounts.principals import user_of
from accounts.roles import Principal
from accounts.views import entrance

PREFIX = "again"
NOT_CARRIED = "csrfmiddlewaretoken"


class ProofForm(entrance.FactorForm):
    """A second factor, or the password."""

    password = forms.CharField(
        label=_("Or your password"),
        max_length=500,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("code", "password", "answer")


def is_given(request: HttpRequest) -> bool:
    """Say whether a request brings a proof."""
    return any(name.startswith(f"{PREFIX}-") for name in request.POST)


def answer(request: HttpRequest, principal: Principal, at: datetime) -> HttpResponse:
    """
    Ask who is there, or judge what was given; once proven, offer to send again what was sent first.

    Nothing of the act itself is done in this request, so a proof stays on record whatever becomes of the act.
    """
    user = user_of(principal)
    assert user is not None  # pages are for people
    given = is_given(request)
    shown = factors.next_app_code(user) if entrance.is_demo(request) else ""
    form = ProofForm(request.POST, prefix=PREFIX) if given else ProofForm(prefix=PREFIX, initial={"code": shown})
    carried = [
        (name, value)
        for name, values in (request.POST if request.method == "POST" else request.GET).lists()
        for value in values
        if name != NOT_CARRIED and not name.startswith(f"{PREFIX}-")
    ]
    context = {"form": form, "carried": carried, "has_file": bool(request.FILES) or "has_file" in request.POST}
    if given and form.is_valid():
        proof = signing.prove(
            user=user,
            given=form.given(),
            source=entrance.source_of(request, user.username),
            now=at,
        )
        if entrance.judge(form, proof):
            sessions.renew(request, at)
            return render(request, "accounts/proven.html", context)
    elsewhere = IdentityProvider.objects.filter(identities__user=user, is_active=True).order_by("name")
    context |= {"question": factors.question_of(user), "providers": elsewhere}
    return render(request, "accounts/prove.html", context)

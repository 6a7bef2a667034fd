"""What the pages of coming in share: where a try comes from, who is halfway in, and the last step."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.core import signing as signatures
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import factors, sessions, signing
from accounts.law import signing as law
from accounts.models import User

HALFWAY = "halfway"
DEVICE_SALT = "accounts.device"
BACKEND = "django.contrib.auth.backends.ModelBackend"
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def key_answer() -> forms.CharField:
    """A field for the answer of a security key, which the browser fills in."""
    return forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput(attrs={"data-key-answer": ""}))


class FactorForm(forms.Form):
    """A code of the app or a recovery code; or a security key's answer."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )
    answer = key_answer()

    def given(self) -> signing.Given:
        """What was given, once the form is valid."""
        return signing.Given(**self.cleaned_data)


def source_of(request: HttpRequest, username: str) -> signing.Source:
    """Return where a try for a log-in comes from: its network, and the device if this log-in was used on it before."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.EXCHANGE_BEHIND_PROXY:  # the proxy writes what it saw itself, last
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    known = _known_device(request)
    device = known["id"] if law.key_of(username.strip().casefold()) in known["for"] else ""
    return signing.Source(account=username, network=law.network_of(address), device=device)


def is_demo(request: HttpRequest) -> bool:
    """Whether this is the demonstration, asked for from this very machine."""
    if not settings.EXCHANGE_DEMO:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Halfway:
    """Somebody whose password, or identity provider, was right, and whose second factor is awaited."""

    user: User
    means: str
    next: str
    secret: str


def begin(request: HttpRequest, user: User, *, means: str, to: str, at: datetime) -> str:
    """Note who is halfway in, under a new session id; return where they go on: to their factor, or to get one."""
    request.session.cycle_key()
    kept = {"user": str(user.pk), "means": means, "next": to, "at": at.timestamp(), "secret": factors.new_secret()}
    request.session[HALFWAY] = kept
    return reverse("second-step" if factors.is_enrolled(user) else "enrol")


def halfway_of(request: HttpRequest, at: datetime) -> Halfway | None:
    """Return who is halfway in, None for nobody or where it took too long."""
    kept: dict[str, Any] = request.session.get(HALFWAY) or {}
    if not kept or at.timestamp() >= kept["at"] + law.HALFWAY.total_seconds():
        return None
    user = User.objects.select_related("authority").filter(pk=kept["user"], is_active=True).first()
    return Halfway(user, kept["means"], kept["next"], kept["secret"]) if user is not None else None


def enter(request: HttpRequest, user: User, *, means: str, at: datetime) -> None:
    """Sign a person in: a new session, and the act on record."""
    source = source_of(request, user.username)
    request.session.pop(HALFWAY, None)
    login(request, user, backend=BACKEND)
    request.session[sessions.DEVICE] = device_label(request)
    signing.record_sign_in(user=user, means=means, source=source, now=at)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    """Have the browser keep, signed, that this person has signed in with it: a stranger's tries slow it no more."""
    known, one = _known_device(request), law.key_of(user.username.strip().casefold())
    kept = {"id": known["id"] or secrets.token_hex(16), "for": [*(key for key in known["for"] if key != one), one][-5:]}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signatures.dumps(kept, salt=DEVICE_SALT),
        max_age=int(law.DEVICE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def device_label(request: HttpRequest) -> str:
    """Return browser and system in words, as the browser says them of itself."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def say_wait(form: forms.Form, wait: timedelta) -> None:
    """Say on a form how long to wait; nothing was checked."""
    seconds = max(1, int(wait.total_seconds()) + 1)
    text = ngettext(
        "Too many tries from here. Try again in %(seconds)d second; nothing was checked.",
        "Too many tries from here. Try again in %(seconds)d seconds; nothing was checked.",
        seconds,
    )
    form.add_error(None, text % {"seconds": seconds})


def judge(form: forms.Form, proof: signing.Proof) -> bool:
    """Put on a form what came of a proof; True if it was one."""
    if proof.wait:
        say_wait(form, proof.wait)
    elif not proof.means:
        form.add_error(None, _("This is not right, or was used before. Try again."))
    return bool(proof.means)


def _known_device(request: HttpRequest) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signatures.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=DEVICE_SALT, max_age=law.DEVICE
        )
    except signatures.BadSignature:
        return {"id": "", "for": []}
    return kept

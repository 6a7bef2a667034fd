"""
The fixed cast, named by what they are. Flanders asks, the Netherlands denied, Sweden is the stranger.

Each has `principal` for actions and `web`, a signed-in browser without scripts; a client's `api` sends its token.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import pytest
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.test import Client
from django.test.client import ClientHandler

CAST = {
    "consulting_officer": ("BE-VLG", "officer"),
    "consulting_supervisor": ("BE-VLG", "supervisor"),
    "consulted_officer": ("NL", "officer"),
    "supervisor": ("NL", "supervisor"),
    "observer": ("NL", "read_only"),
    "administrator": ("NL", "administrator"),
    "stranger": ("SE", "officer"),
    "neighbour": ("BE-WAL", "officer"),
    "auditor": ("AUDIT", "auditor"),
    "eeas": ("EEAS", "secretariat"),
    "commission": ("COM", "secretariat"),
}
#: One for all browsers, as WhiteNoise reads every static file when it is loaded; a changed setting loads it anew.
HANDLER = ClientHandler(enforce_csrf_checks=False)
CLIENTS = {"client_be": "BE-VLG", "client_nl": "NL", "client_se": "SE"}


@receiver(setting_changed)
def load_anew(**_changed: Any) -> None:
    HANDLER._middleware_chain = None


class Browser(Client):
    """Django's test client, before the one handler."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.handler = HANDLER


BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser_of(user: Any, **defaults: Any) -> Browser:
    """A fresh browser in which a person is signed in, past password and second factor."""
    browser = Browser(**defaults)
    browser.force_login(user, backend=BACKEND)
    return browser


@dataclass
class Member:
    """One of the cast."""

    user: Any
    authority: Any

    @cached_property
    def web(self) -> Browser:
        """Signed in when it is first asked for: most tests need the person alone."""
        return browser_of(self.user)

    @property
    def principal(self) -> Any:
        from accounts import clock, principals

        return principals.of_user(self.user, at=clock.now())


class TokenBrowser(Browser):
    """A browser-like client that sends JSON with its token and an Idempotency-Key where given."""

    def __init__(self, token: str) -> None:
        super().__init__(headers={"authorization": f"Bearer {token}"})

    def post(self, path: str, data: Any = None, *, key: str = "", **extra: Any) -> Any:
        if key:
            extra["headers"] = {**extra.get("headers", {}), "idempotency-key": key}
        return super().post(path, {} if data is None else data, content_type="application/json", **extra)

    def patch(self, path: str, data: Any = None, **extra: Any) -> Any:
        return super().patch(path, {} if data is None else data, content_type="application/json", **extra)


@dataclass
class System:
    """A national licensing system."""

    client: Any
    authority: Any
    token: str
    api: TokenBrowser

    @property
    def principal(self) -> Any:
        from accounts import clock, principals

        return principals.of_client(self.client, at=clock.now())


def person(authority_code: str, role: str, username: str = "") -> Member:
    """Make a person of an authority with one role."""
    from accounts.models import Authority, User

    authority = Authority.objects.get(code=authority_code)
    username = username or f"{role}.{authority_code.lower()}"
    user = User(username=username, first_name=role.title(), last_name=authority_code, authority=authority, roles=[role])
    user.set_unusable_password()
    user.save()
    return Member(user=user, authority=authority)


def system(authority_code: str, scopes: tuple[str, ...] = ()) -> System:
    """Make a national system with a token; by default with every scope a client may have."""
    from accounts import clock
    from accounts.actions import issue_token
    from accounts.models import Authority, Client
    from accounts.roles import SCOPES, SYSTEM

    authority = Authority.objects.get(code=authority_code)
    client = Client.objects.create(
        authority=authority, name=f"{authority_code} licensing system", scopes=sorted(scopes or SCOPES)
    )
    token = issue_token(client_id=client.pk, by=SYSTEM, now=clock.now(), life=timedelta(days=30))
    return System(client=client, authority=authority, token=token, api=TokenBrowser(token))


def _member(name: str) -> Callable[..., Member]:
    authority_code, role = CAST[name]

    @pytest.fixture(name=name)
    def fixture(db: None) -> Member:
        return person(authority_code, role, username=name)

    return fixture


def _system(name: str) -> Callable[..., System]:
    @pytest.fixture(name=name)
    def fixture(db: None) -> System:
        return system(CLIENTS[name])

    return fixture


consulting_officer = _member("consulting_officer")
consulting_supervisor = _member("consulting_supervisor")
consulted_officer = _member("consulted_officer")
supervisor = _member("supervisor")
observer = _member("observer")
administrator = _member("administrator")
stranger = _member("stranger")
neighbour = _member("neighbour")
auditor = _member("auditor")
eeas = _member("eeas")
commission = _member("commission")
client_be = _system("client_be")
client_nl = _system("client_nl")
client_se = _system("client_se")

"""`manage.py seed_demo`: the demo federation, and its log-ins in words. Refused outside the demonstration."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import clock, factors, tenant
from accounts.models import Authority, Client, ClientToken, User
from accounts.principals import token_digest
from accounts.roles import SCOPES, SYSTEM
from config import annual, cases, cast, services


class Command(BaseCommand):
    """Make what is missing; run again it changes nothing and says the log-ins anew."""

    help = "Make the demo federation (people, clients, cases). Only with EXCHANGE_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXCHANGE_DEMO:
            raise CommandError("Demo people exist only with EXCHANGE_DEMO=1.")
        home = services.Services()
        password = home.secret("demo_password")[:20]
        tokens = {code: f"dx_demo_{home.secret(f'demo_client_{code}')[:40]}" for code in cast.CLIENTS}
        with transaction.atomic():
            tenant.enter(SYSTEM)
            now = clock.now()
            seed_people(password)
            seed_factors()
            seed_clients(tokens, now=now)
        cases.seed(now=now)
        with transaction.atomic():
            tenant.enter(SYSTEM)
            annual.seed(now=now)
        self.stdout.write(words(password, tokens))


def seed_people(password: str) -> None:
    """Make those of the cast who are missing, with the demonstration's password."""
    authorities = {authority.code: authority for authority in Authority.objects.all()}
    known = set(User.objects.values_list("username", flat=True))
    hashed = make_password(password)  # once: the password is the same for all, and hashing is slow on purpose
    for code, role, name in cast.people():
        login = cast.username(code, role)
        if login in known:
            continue
        first, _, last = name.partition(" ")
        user = User(username=login, first_name=first, last_name=last, authority=authorities[code], roles=[role])
        user.password = hashed
        user.save()


def seed_factors() -> None:
    """Give each of the cast an authenticator app; the sign-in page fills in its codes."""
    for person in User.objects.filter(username__in=[cast.username(code, role) for code, role, _ in cast.people()]):
        if not factors.is_enrolled(person):
            factors.keep_app(person, factors.new_secret(), 0)


def seed_clients(tokens: dict[str, str], *, now: datetime) -> None:
    """Make the national systems, each with the token this demonstration prints."""
    from accounts.actions import TOKEN_LIFE

    for code, name in cast.CLIENTS.items():
        authority = Authority.objects.get(code=code)
        client, _ = Client.objects.get_or_create(authority=authority, name=name, defaults={"scopes": sorted(SCOPES)})
        ClientToken.objects.get_or_create(
            digest=token_digest(tokens[code]),
            defaults={"client": client, "created_at": now, "expires_at": now + TOKEN_LIFE},
        )


def words(password: str, tokens: dict[str, str]) -> str:
    """Say who can sign in, and how a national system does."""
    lines = ["Demo log-ins (choose one on the sign-in page, or type it; the password is the same for all):", ""]
    for code, role, name in cast.people():
        lines.append(f"  {cast.username(code, role):24} {name}")
    lines += [
        "",
        f"  password: {password}   (the second factor is filled in)",
        "",
        "National systems (send as `Authorization: Bearer …`):",
        "",
    ]
    lines += [f"  {cast.CLIENTS[code]:28} {token}" for code, token in tokens.items()]
    return "\n".join(lines)

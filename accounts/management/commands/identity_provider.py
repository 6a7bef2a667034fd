"""`manage.py identity_provider --code eu-login --authority NL --issuer https://… --client-id … --domain …`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, tenant
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.models import Authority
from accounts.roles import SYSTEM
from accounts.signing import register_provider


class Command(BaseCommand):
    """Register an authority's OpenID Connect provider; its client's secret is in EXCHANGE_OIDC_SECRETS."""

    help = "Let people of an authority sign in with its identity provider; only those known and invited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="Its name in addresses and in EXCHANGE_OIDC_SECRETS.")
        parser.add_argument("--authority", required=True, help="Code of the authority, e.g. NL or BE-VLG.")
        parser.add_argument("--name", required=True, help="What the sign-in page calls it, e.g. EU Login.")
        parser.add_argument("--issuer", required=True, help="https, as its configuration names it.")
        parser.add_argument("--client-id", required=True)
        parser.add_argument("--claim", default="email", help="Holds the e-mail address, or the log-in used here.")
        parser.add_argument("--domain", action="append", default=[], help="Of addresses it vouches for; repeat.")
        parser.add_argument("--strong", action="append", default=[], help="acr or amr of a second factor; repeat.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant.enter(SYSTEM)
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"--authority: no authority has the code {options['authority']!r}.")
        given = {name: options[name] for name in ("code", "name", "issuer", "client_id", "claim", "strong")}
        try:
            made = register_provider(**given, authority=authority, domains=options["domain"], now=clock.now())
        except RuleBroken as refusal:
            raise CommandError(rule_text(refusal)) from refusal
        self.stdout.write(f"{made.pk}: people of {authority.code} sign in with {made.issuer}")

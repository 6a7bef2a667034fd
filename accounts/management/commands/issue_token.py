"""`manage.py issue_token --authority NL --client "Dutch licensing system"`: connect a national system."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, tenant
from accounts.actions import TOKEN_LIFE, connect_client, issue_token, withdraw_tokens
from accounts.models import Authority, Client
from accounts.roles import SCOPES, SYSTEM


class Command(BaseCommand):
    """Issue a token, making the client where it is missing; the token is printed once and kept nowhere."""

    help = "Give a national system a token (printed once), or withdraw all it has with --withdraw."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", required=True, help="Code of the authority, e.g. NL or BE-VLG.")
        parser.add_argument("--client", required=True, help="Name of the national system.")
        parser.add_argument("--scope", action="append", choices=sorted(SCOPES), help="Repeat; all where left out.")
        parser.add_argument("--days", type=int, default=TOKEN_LIFE.days, help="How long it is good, at most 365.")
        parser.add_argument("--withdraw", action="store_true", help="Make every token of the client worthless.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant.enter(SYSTEM)
        authority = Authority.objects.national().filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"--authority: no authority has the code {options['authority']!r}.")
        if not 1 <= options["days"] <= TOKEN_LIFE.days:
            raise CommandError(f"--days: between 1 and {TOKEN_LIFE.days}.")
        client = self._client(authority, options)
        if options["withdraw"]:
            ended = withdraw_tokens(client_id=client.pk, by=SYSTEM, now=clock.now())
            self.stdout.write(f"{ended} tokens of {client.name} withdrawn")
            return
        life = timedelta(days=options["days"])
        self.stdout.write(issue_token(client_id=client.pk, by=SYSTEM, now=clock.now(), life=life))

    def _client(self, authority: Authority, options: dict[str, Any]) -> Client:
        scopes = sorted(options["scope"] or SCOPES)
        client = Client.objects.filter(authority=authority, name=options["client"]).first()
        if client is None:
            return connect_client(
                authority=authority, name=options["client"], scopes=scopes, by=SYSTEM, now=clock.now()
            )
        if options["scope"] and set(scopes) != set(client.scopes):
            raise CommandError(f"--scope: the client has the scopes {', '.join(client.scopes)}.")
        return client

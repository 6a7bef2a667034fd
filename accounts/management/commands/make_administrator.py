"""`manage.py make_administrator --authority NL --username a.jansen --email a.jansen@example.org`: the first one."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts import clock, outbox, principals, tenant
from accounts.actions.people import add_person
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.law.people import ADMINISTRATOR
from accounts.models import Authority, User
from accounts.roles import SYSTEM


class Command(BaseCommand):
    """Invite the first administrator of an authority; the others are invited by administrators."""

    help = "Make the first administrator of an authority: they choose their password by the link printed and mailed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", required=True, help="Code of the authority, e.g. NL, EEAS or AUDIT.")
        parser.add_argument("--username", required=True, help="The log-in.")
        parser.add_argument("--email", required=True, help="Where the link is mailed.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant.enter(SYSTEM)
        now, authority = clock.now(), Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"--authority: no authority has the code {options['authority']!r}.")
        if User.people.holding(ADMINISTRATOR, authority.pk).exists():
            raise CommandError(f"--authority: {authority.code} has an administrator, who invites others.")
        try:
            validate_email(options["email"])
        except ValidationError as refused:
            raise CommandError("--email: this is no address.") from refused
        by = principals.of_authority(authority, frozenset({"people.manage"}), at=now)
        try:
            person = add_person(
                username=options["username"], email=options["email"], roles=[ADMINISTRATOR], by=by, now=now
            )
        except RuleBroken as refusal:
            raise CommandError(rule_text(refusal)) from refusal
        self.stdout.write(settings.EXCHANGE_ADDRESS + outbox.link_of(person.invitations.get().pk))

"""`manage.py watch_rows [--accept REASON]`: have the database note each change of a row that holds an act."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import clock
from accounts.actions import watch_rows


class Command(BaseCommand):
    """Watch what is not watched yet; run again it changes nothing. Run as the owner of the database."""

    help = "Watch the rows of cases, or accept them as they stand with a reason that goes on record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accept", metavar="REASON", default="", help="Accept all rows as they stand.")

    def handle(self, *args: Any, **options: Any) -> None:
        noted = watch_rows(reason=options["accept"], now=clock.now())
        if options["verbosity"]:
            self.stdout.write(f"{sum(noted.values())} rows noted in {len(noted)} tables")

"""`manage.py prepare`: what an empty or older database needs before the exchange serves it. Run as its owner."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Migrate, load the reference data, make what finds denials; run again it changes nothing."""

    help = "Migrate and load the reference data."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("load_refdata", verbosity=verbosity)
        call_command("watch_rows", verbosity=verbosity)
        call_command("rebuild_search", missing=True, verbosity=verbosity)
        call_command("index_denials", verbosity=verbosity)

"""`manage.py index_denials`: what screening reads of each denial, taken in and made anew by this program's analysis."""

from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import transaction

from screening import search

AT_ONCE: Final = 500


class Command(BaseCommand):
    """Bring the index of screening up to the register and to this program; the exchange may be in use meanwhile."""

    help = "Take in what the register recorded, and make rows of an earlier analysis anew, in short transactions."

    def handle(self, *args: Any, **options: Any) -> None:
        done, made = 0, AT_ONCE
        while made:
            with transaction.atomic():
                made = search.work_off(AT_ONCE)
            done += made
        if options["verbosity"]:
            self.stdout.write(f"the index of screening is up to date; {done} changes and rows were worked off")

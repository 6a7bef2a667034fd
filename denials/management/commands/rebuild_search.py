"""`manage.py rebuild_search`: make the rows that find denials anew from the register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts import audit
from denials import search
from denials.models import Denial


class Command(BaseCommand):
    """Make every row anew, or those that are missing; the register can be read and written meanwhile."""

    help = "Make the rows of the search anew from the register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="Only denials that have no row.")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = search.missing() if options["missing"] else Denial.objects.filter(current__isnull=False)
        done, ids = 0, list(wanted.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(ids), search.BATCH):
            with transaction.atomic():
                batch = ids[first : first + search.BATCH]
                # An act upon one of them waits, so that what it writes is not written over with what was read before.
                list(Denial.objects.select_for_update(of=("self",)).filter(pk__in=batch).order_by("pk").values("pk"))
                audit.lock_ledger()
                done += search.index_again(batch)
        if not options["missing"]:
            search.forget_words()
        if options["verbosity"]:
            self.stdout.write(f"{done} rows of the search made")

"""`manage.py erasure_leftovers NL-ARM-2026-0001`: where copies of a denial's facts are kept, by id."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import tenant
from accounts.roles import SYSTEM
from consultations.models import Consultation
from denials.models import Denial
from screening.models import DenialIndex, Hit


class Command(BaseCommand):
    """List records of other rooms that cite a denial and are written once; ids only, never content."""

    help = "List where other rooms keep what they cited of a denial: hits of screenings, consultations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="Of the denial, e.g. NL-ARM-2026-0001.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant.enter(SYSTEM)
        denial = Denial.objects.filter(reference=options["reference"]).first()
        if denial is None:
            raise CommandError(f"No denial has the reference {options['reference']}.")
        stale = DenialIndex.objects.filter(denial=denial).exclude(version=denial.current)
        found = {
            "hits": _ids(Hit.objects.filter(denial=denial)),
            "consultations": _ids(Consultation.objects.filter(denials__denial=denial)),
            "screening_index_behind": stale.exists(),
        }
        self.stdout.write(json.dumps(found, indent=1))


def _ids(rows: Any) -> list[str]:
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True).distinct()]

"""`manage.py erasure_leftovers NL-ARM-2026-0001`: where copies of a denial's facts are kept, by id."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from accounts import tenant
from accounts.roles import SYSTEM
from consultations.actions.forgetting import answers_about
from consultations.models import (
    Answer,
    Consultation,
    ConsultationEvent,
    Decision,
    Extension,
    GrantNotice,
    InternalNote,
)
from denials.models import Denial
from screening.models import Application, DenialIndex, Disposition, Hit


class Command(BaseCommand):
    """List records of other rooms that cite a denial and are written once; ids only, never content."""

    help = "List where other rooms keep what they cited of a denial: screenings, consultations, decisions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="Of the denial, e.g. NL-ARM-2026-0001.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tenant.enter(SYSTEM)
        denial = Denial.objects.filter(reference=options["reference"]).first()
        if denial is None:
            raise CommandError(f"No denial has the reference {options['reference']}.")
        stale = DenialIndex.objects.filter(denial=denial).exclude(version=denial.current)
        self.stdout.write(json.dumps({**_cited(denial), "screening_index_behind": stale.exists()}, indent=1))


def _cited(denial: Denial) -> dict[str, list[str]]:
    """Return the ids of what cites a denial, by kind; an application is its authority's own account of the same."""
    hits = Hit.objects.filter(denial=denial)
    applications = Application.objects.filter(screenings__hits__denial=denial)
    threads = Consultation.objects.filter(denials__denial=denial)
    decisions = Decision.objects.filter(Q(application__in=applications) | Q(own_denial=denial))
    found = {
        "hits": _ids(hits),
        "dispositions": _ids(Disposition.objects.filter(denial=denial)),
        "applications": _ids(applications),
        "consultations": _ids(threads),
        "events": _ids(ConsultationEvent.objects.filter(consultation__in=threads)),
        "notes": _ids(InternalNote.objects.filter(consultation__in=threads)),
        "answers": _ids(Answer.objects.filter(consultation__in=threads)),
        "extensions": _ids(Extension.objects.filter(consultation__in=threads)),
        "decisions": _ids(decisions),
        "grant_notices": _ids(GrantNotice.objects.filter(decision__in=decisions)),
    }
    told = [*found["applications"], *found["consultations"], *found["decisions"]]
    return found | {"stored_answers": _ids(answers_about(told))}  # they go after thirty days


def _ids(rows: Any) -> list[str]:
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True).distinct()]

"""Own denials that an own later grant asks to review."""

from typing import Any

from django.db.models import F, QuerySet

from consultations.models.gate import FOR_INFORMATION
from denials.law.lifecycle import State
from screening.models import Hit


def grants_against_own() -> QuerySet[Any]:
    """
    Return the hits on own denials of screenings a grant rests on, while the denial is in force and as it was then.

    A later version of the denial, whatever it says, is its review: the hit is then no longer among them.
    Source: Reg. (EU) 2021/821 Art. 16(2); docs/adr/0151.
    """
    decision = "screening__application__decision"
    found = Hit.objects.filter(is_own=True, denial__status=State.IN_FORCE, **{f"{decision}__outcome": "granted"})
    found = found.filter(screening_id=F(f"{decision}__screening_id"))
    found = found.filter(denial__current__recorded_at__lt=F(f"{decision}__recorded_at"))
    return found.exclude(level=FOR_INFORMATION).annotate(granted_at=F(f"{decision}__recorded_at"))

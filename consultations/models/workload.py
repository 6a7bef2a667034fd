"""How the open work of an authority is spread over its people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.roles import Principal
from consultations.models.threads import Consultation
from consultations.querysets import ConsultationQuerySet

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """What one person looks after, or nobody (`person` None): to answer, of it soon to lapse, and asked of others."""

    person: UUID | None
    received: int
    lapsing: int
    initiated: int


def lapsing_soon(by: Principal, now: datetime) -> ConsultationQuerySet:
    """Return what an authority was asked that lapses within seven days unless it is answered, the soonest first."""
    return Consultation.objects.received_open(by, now).lapsing_within(WEEK, now)


def loads_of(people: Iterable[UUID | None], by: Principal, now: datetime) -> list[Load]:
    """Return the load of each of some colleagues, None for nobody; in three queries."""
    asked = Consultation.objects.visible_to(by).on_side("initiated", by).awaiting_answer(now)
    counts = (
        _counted(Consultation.objects.received_open(by, now), "consulted_owner_id"),
        _counted(lapsing_soon(by, now), "consulted_owner_id"),
        _counted(asked, "consulting_owner_id"),
    )
    return [Load(one, *(count[one] for count in counts)) for one in people]


def _counted(rows: Any, owner: str) -> Counter[UUID | None]:
    return Counter(rows.order_by().values_list(owner, flat=True))

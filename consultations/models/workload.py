"""How the open work of an authority is spread over its people."""

from collections import Counter
from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True)
class TeamLoad:
    """What the people of one team look after together; `team` "": those of none."""

    team: str
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


def teams_of(loads: Iterable[Load], teams: Mapping[UUID, str]) -> list[TeamLoad]:
    """
    Sum loads by team, those of no team last; none where nobody has one, and nothing of what nobody looks after.

    :param teams: the team of each person, "" for none.
    """
    sums: dict[str, Counter[str]] = {}
    for one in loads:
        if one.person is not None:
            held = sums.setdefault(teams.get(one.person, ""), Counter())
            held.update(received=one.received, lapsing=one.lapsing, initiated=one.initiated)
    if not any(sums):
        return []
    order = sorted(sums, key=lambda team: (not team, team))
    return [TeamLoad(one, *(sums[one][name] for name in ("received", "lapsing", "initiated"))) for one in order]


def _counted(rows: Any, owner: str) -> Counter[UUID | None]:
    return Counter(rows.order_by().values_list(owner, flat=True))

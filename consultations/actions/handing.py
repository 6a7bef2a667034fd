"""What a person looks after goes to a colleague in one act, and a person who leaves leaves nothing without a holder."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit, outbox
from accounts.actions import people
from accounts.law.errors import NotCompetent, NotForeseen
from accounts.law.people import StillHolds
from accounts.models import DutyDesk, User
from accounts.roles import Principal
from consultations.actions.watching import colleague
from consultations.law.lifecycle import State
from consultations.models import Consultation
from screening.models import Application
from screening.querysets import PENDING

ENDED = (State.WITHDRAWN, State.CLOSED)
SIDES = ("consulting_owner", "consulted_owner")


@dataclass(frozen=True)
class Held:
    """How much a person looks after that is not over."""

    applications: int
    threads: int
    duties: int

    @property
    def cases(self) -> int:
        """What needs a holder; a duty may stay with nobody."""
        return self.applications + self.threads


def held_by(person: User) -> Held:
    """Return how much a person looks after: applications not decided, threads not closed, regimes on duty."""
    threads = sum(_threads(person, side).count() for side in SIDES)
    return Held(_applications(person).count(), threads, DutyDesk.objects.filter(officer=person).count())


@transaction.atomic
def hand_over(*, person_id: UUID, to_id: UUID, by: Principal, now: datetime) -> Held:
    """
    Give all that a colleague looks after to another, in one act; threads keep their reviews and their history.

    :return: how much went over.   :raises NotForeseen: for a colleague who does no casework, or the same person.
    :raises NotCompetent: for a person of another authority.
    """
    person, heir = _person(person_id, by), colleague(to_id, by, field="to")
    if heir == person:
        raise NotForeseen(field="to", value=str(to_id))
    held = held_by(person)
    _applications(person).update(owner=heir)
    for side in SIDES:
        _threads(person, side).update(**{side: heir})
    DutyDesk.objects.filter(officer=person).update(officer=heir)
    counts = {"applications": held.applications, "threads": held.threads, "duties": held.duties}
    before, after = {"holder": str(person.pk), **counts}, {"holder": str(heir.pk), **counts}
    audit.record("person.handed_over", subject=person, by=by, at=now, before=before, after=after)
    if held.cases:
        outbox.post("cases.handed_over", to=[], subject=person, reference="", now=now, people=[heir])
    return held


@transaction.atomic
def remove_person(*, person_id: UUID, to_id: UUID | None, by: Principal, now: datetime) -> User:
    """
    Remove a colleague: what they look after goes to another, and they are dead at the next request.

    :raises StillHolds: where cases are open and nobody is named who takes them over.
    :raises OwnRoles: :raises LastAdministrator: :raises PersonGone: see `accounts.actions.people.disable`.
    """
    if to_id is not None:
        hand_over(person_id=person_id, to_id=to_id, by=by, now=now)
    person = people.disable(person_id=person_id, by=by, now=now)
    if cases := held_by(person).cases:
        raise StillHolds(field="to", count=cases)
    return person


def _person(person_id: UUID, by: Principal) -> User:
    person = User.objects.get(pk=person_id)
    if person.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    return person


def _applications(person: User) -> "QuerySet[Application]":
    return Application.objects.filter(owner=person, status__in=PENDING).order_by("pk")


def _threads(person: User, side: str) -> "QuerySet[Consultation]":
    return Consultation.objects.filter(**{side: person}).exclude(status__in=ENDED).order_by("pk")

"""A case kept to named officers of one's own authority: who may see it, and until when."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from guardian.shortcuts import assign_perm

from accounts import audit
from accounts.law.errors import FieldMissing, NotForeseen, ReasonMissing
from accounts.models import RestrictedRecord, Restriction, RestrictionUserPermission, User
from accounts.principals import authority_of, user_of
from accounts.roles import Principal, permissions_of
from consultations.models import Consultation, Decision, GrantNotice
from screening.models import Application

NAMED = "view_restriction"


def officers_of(by: Principal, permission: str = "consultation.read") -> list[User]:
    """Return the active colleagues who may do something: without it said, who read cases and may be named for one."""
    people = User.people.visible_to(by).filter(is_active=True).order_by("last_name", "first_name", "username")
    return [one for one in people if permission in permissions_of(one.roles)]


def case_seen(case_id: UUID, by: Principal) -> Application | Consultation | None:
    """Return the application or thread with an id; one that may not be seen is not there."""
    found: Application | Consultation | None = Application.objects.visible_to(by).filter(pk=case_id).first()
    return found or Consultation.objects.visible_to(by).filter(pk=case_id).first()


def restriction_of(case_id: UUID, by: Principal) -> Restriction | None:
    """Return how one's own authority keeps a case, None where it does not."""
    return Restriction.objects.filter(authority=authority_of(by), case_id=case_id).first()


def named_in(restriction: Restriction) -> list[User]:
    """Return the officers a restriction names."""
    people = User.people.filter(pk__in=restriction.named.values("user_id"))
    return list(people.order_by("last_name", "first_name", "username"))


@transaction.atomic
def restrict_case(
    *, case: Application | Consultation, people: Collection[UUID], reason: str, by: Principal, now: datetime
) -> Restriction:
    """
    Keep a case to officers of one's own authority, or name others than before; everybody else there has no such case.

    Threads, decision and notice of the case are kept with it, those to come too. The other side is not bound by it.
    :param people: who may see it; whoever does this is one of them.
    :raises FieldMissing: without anybody.   :raises ReasonMissing: :raises NotForeseen: for who reads no cases here.
    Source: docs/adr/0211.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    officers = {one.pk: one for one in officers_of(by)}
    for person in people:
        if person not in officers:
            raise NotForeseen(field="people", value=str(person))
    actor = user_of(by)
    if not people or actor is None:
        raise FieldMissing(field="people")
    chosen = sorted({*people, actor.pk}, key=str)
    held = Restriction.objects.select_for_update().filter(authority=authority_of(by), case_id=case.pk).first()
    before = _content(held) if held else None
    kept = held or Restriction(authority=authority_of(by), case_id=case.pk)
    kept.reason, kept.since, kept.by = reason.strip(), now, actor
    kept.save()
    RestrictionUserPermission.objects.filter(content_object=kept).exclude(user_id__in=chosen).delete()
    assign_perm(NAMED, [officers.get(pk, actor) for pk in chosen], kept)
    records = [RestrictedRecord(restriction=kept, subject_id=pk) for pk in _records_of(case)]
    RestrictedRecord.objects.bulk_create(records, ignore_conflicts=True)
    audit.record(
        "case.restricted", subject=kept, by=by, at=now, before=before, after=_content(kept), reason=reason.strip()
    )
    return kept


@transaction.atomic
def lift_restriction(*, case_id: UUID, by: Principal, now: datetime) -> None:
    """
    Open a case to the whole authority again.

    :raises NotForeseen: where it is not restricted.   Source: docs/adr/0211.
    """
    kept = Restriction.objects.select_for_update().filter(authority=authority_of(by), case_id=case_id).first()
    if kept is None:
        raise NotForeseen(field="case", value=str(case_id))
    audit.record("case.restriction_lifted", subject=kept, by=by, at=now, before=_content(kept))
    kept.delete()


def _records_of(case: Application | Consultation) -> list[UUID]:
    """Return the case and what hangs on it: its threads, its decision and the notice of its grant."""
    if isinstance(case, Consultation):
        notices = GrantNotice.objects.filter(decision__application__consultations=case)
        return [case.pk, *notices.values_list("pk", flat=True)]
    decisions = Decision.objects.filter(application=case)
    notices = GrantNotice.objects.filter(decision__in=decisions)
    parts = (case.consultations.all(), decisions, notices)
    return [case.pk, *(pk for rows in parts for pk in rows.values_list("pk", flat=True))]


def _content(kept: Restriction) -> dict[str, object]:
    named = sorted(str(pk) for pk in kept.named.values_list("user_id", flat=True))
    return {"case": str(kept.case_id), "people": named, "since": kept.since}

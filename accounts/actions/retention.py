"""Holds upon what falls due, and the opening of what is blocked; each with its reason, on record."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.law.errors import NotCompetent
from accounts.law.retention import HoldNotForeseen
from accounts.law.witness import reason_given
from accounts.models import Retention, RetentionHold
from accounts.principals import authority_of, user_of
from accounts.roles import Principal

LONGEST_HOLD = timedelta(days=5 * 366)


@transaction.atomic
def place_hold(
    *, subject_id: UUID, kind: str, reference: str, reason: str, until: date, by: Principal, now: datetime
) -> RetentionHold:
    """
    Keep a record as it is while it is under review: it is neither blocked nor are its personal data deleted.

    :param until: the last day, within five years.   :raises HoldNotForeseen: :raises ReasonMissing:
    :raises NotCompetent: for anyone but a person who oversees the work.
    """
    person = user_of(by)
    if person is None or not by.may("work.oversee"):
        raise NotCompetent(authority=by.authority_code)
    said = reason_given(reason)
    if not now.date() <= until <= now.date() + LONGEST_HOLD:
        raise HoldNotForeseen(field="until", value=until)
    hold = RetentionHold(
        subject_id=subject_id,
        kind=kind,
        reference=reference,
        authority=authority_of(by),
        reason=said,
        until=until,
        placed_at=now,
        placed_by=person,
    )
    hold.save(force_insert=True)
    after = {"kind": kind, "subject": str(subject_id), "until": until}
    audit.record("retention.held", subject=hold, by=by, at=now, after=after, reason=said)
    return hold


@transaction.atomic
def end_hold(*, hold_id: UUID, by: Principal, now: datetime) -> RetentionHold:
    """End a hold of the own authority; what is due falls due with the next sweep.   :raises NotCompetent:"""
    hold = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold_id)
    if hold.authority_id != by.authority_id or not by.may("work.oversee"):
        raise NotCompetent(authority=by.authority_code)
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = now, user_of(by)
        hold.save(update_fields=["ended_at", "ended_by"])
        audit.record("retention.hold_ended", subject=hold, by=by, at=now, after={"subject": str(hold.subject_id)})
    return hold


@transaction.atomic
def open_blocked(*, record: Retention, reason: str, by: Principal, now: datetime) -> None:
    """
    Put on record that a supervisor or auditor reads what is blocked, and why, before it is shown.

    :raises ReasonMissing: without a reason in words.   :raises NotCompetent: for a national system.
    """
    if user_of(by) is None:
        raise NotCompetent(authority=by.authority_code)
    said = reason_given(reason)
    after = {"kind": record.kind, "subject": str(record.pk)}
    audit.record("retention.opened", subject=record, by=by, at=now, after=after, reason=said)

"""A person is exonerated: recall what others hold of a denial, and follow who has done as asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, outbox, principals
from accounts.law.errors import FieldMissing, NotForeseen
from accounts.law.periods import same_day
from accounts.models import Authority
from accounts.roles import Principal
from denials.actions.changes import check_reason
from denials.actions.register import copy_in_force, current_version, own_denial, record
from denials.law.lifecycle import Event, NothingToAcknowledge
from denials.law.reminders import RECALL_ANSWERED_WITHIN
from denials.models import Denial, DenialVersion, Recall, RecallRequest


@transaction.atomic
def recall_denial(*, denial_id: UUID, demand: str, what: str, reason: str, by: Principal, now: datetime) -> Recall:
    """
    Ask every authority that received the denial to delete or correct something, and to say that it has.

    :param demand: "delete" or "correct".   :param what: in words, what of the record.
    :raises ReasonMissing, FieldMissing, NotForeseen: naming the field.   :raises TransitionRefused: of a draft.
    Source: Reg. (EC) No 515/97 Art. 45(4), by Reg. (EU) 2021/821 Art. 23(5).
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.RECALL)
    check_reason(Event.RECALL, reason)
    if demand not in Recall.Demand.values:
        raise NotForeseen("demand", demand)
    if not what.strip():
        raise FieldMissing("what")
    version = copy_in_force(denial, current_version(denial), amendment_stays=True)
    version.change_reason = reason
    record(denial, version, Event.RECALL, since=denial.authority.day_of(now), by=by, now=now)
    recall = _kept(denial, version, demand, what, by, now)
    asked = list(Authority.objects.filter(pk__in=denial.recipients.values("authority")).order_by("code"))
    RecallRequest.objects.bulk_create(RecallRequest(recall=recall, authority=one, asked_at=now) for one in asked)
    after = {"demand": demand, "what": what, "reason": reason, "asked": [one.code for one in asked]}
    audit.record("denial.recalled", subject=denial, by=by, at=now, after=after)
    outbox.post("denial.recalled", to=asked, subject=denial, reference=denial.reference or "", now=now)
    return recall


def _kept(denial: Denial, version: DenialVersion, demand: str, what: str, by: Principal, now: datetime) -> Recall:
    within = RECALL_ANSWERED_WITHIN
    recall = Recall(
        denial=denial,
        version=version,
        demand=demand,
        what=what,
        reason=version.change_reason,
        recalled_at=now,
        recalled_by=principals.user_of(by),
        answer_by=same_day(denial.authority.day_of(now), within.count, within.unit),
    )
    recall.save(force_insert=True)
    return recall


@transaction.atomic
def acknowledge_recall(*, recall_id: UUID, by: Principal, now: datetime, note: str = "") -> RecallRequest:
    """
    Say, for the own authority, that what was asked has been done; the issuer is told.

    :raises NothingToAcknowledge: if the authority was not asked, or has acknowledged before.
    Source: Reg. (EC) No 515/97 Art. 45(4).
    """
    waiting = RecallRequest.objects.select_for_update(of=("self",)).filter(
        recall=recall_id, authority=by.authority_id, acknowledged_at__isnull=True
    )
    request = waiting.select_related("recall__denial__authority").first()
    if request is None:
        raise NothingToAcknowledge()
    request.acknowledged_at, request.acknowledged_by, request.note = now, principals.user_of(by), note
    request.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])
    denial = request.recall.denial
    audit.record("denial.recall_acknowledged", subject=denial, by=by, at=now, after={"note": note})
    to, reference = [denial.authority], denial.reference or ""
    outbox.post("denial.recall_acknowledged", to=to, subject=denial, reference=reference, now=now)
    return request

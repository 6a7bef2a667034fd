"""The review docket at work: several denials maintained in one go, and the reminders of what is owed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts import outbox
from accounts.law.errors import NotCompetent, NotForeseen, RuleBroken
from accounts.law.periods import same_day
from accounts.models import Authority
from accounts.roles import Principal
from denials import ledger
from denials.actions.changes import renew_denial
from denials.law import reminders
from denials.law.lifecycle import SUSPENSION, State
from denials.models import Denial, Reminder


@dataclass(frozen=True)
class Review:
    """A denial to be maintained, with the reasoning."""

    denial_id: UUID
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of one review: the denial as it is now, or the rule that refused."""

    denial_id: UUID
    denial: Denial | None = None
    refusal: RuleBroken | None = None


@transaction.atomic
def renew_denials(*, reviews: Sequence[Review], by: Principal, now: datetime) -> list[Outcome]:
    """
    Maintain several denials, each wholly or not at all; one that is refused holds up no other.

    A denial named twice is refused wholly: which reasoning counts, and how often it was reviewed, is not for us to say.
    Rows are locked in one order before the first is touched, so that two officers never wait for each other.
    Source: Reg. (EU) 2021/821 Art. 16(2).
    """
    named = Counter(one.denial_id for one in reviews)
    once = [one for one in sorted(reviews, key=_by_id) if named[one.denial_id] == 1]
    own = Denial.objects.own(by).filter(pk__in=[one.denial_id for one in once])
    held = {one.pk for one in own.select_for_update(no_key=True).order_by("pk")}
    ledger.hold(held)
    done = {one.denial_id: _renewed(one, by, now) for one in once if one.denial_id in held}
    return [done.get(one.denial_id) or _refused(one, twice=named[one.denial_id] > 1, by=by) for one in reviews]


def _refused(review: Review, *, twice: bool, by: Principal) -> Outcome:
    refusal = NotForeseen("denial", str(review.denial_id)) if twice else NotCompetent(by.authority_code)
    return Outcome(review.denial_id, refusal=refusal)


def _by_id(review: Review) -> UUID:
    return review.denial_id


def _renewed(review: Review, by: Principal, now: datetime) -> Outcome:
    try:
        denial = renew_denial(denial_id=review.denial_id, by=by, now=now, reason=review.reason)
    except RuleBroken as refusal:
        return Outcome(review.denial_id, refusal=refusal)
    return Outcome(review.denial_id, denial)


# ---- reminders ---------------------------------------------------------------------------------------------------


@transaction.atomic
def remind_of(*, denial_id: UUID, now: datetime) -> list[Reminder]:
    """
    Send what reminders of a denial have come due; each kind for each due day is sent once, whoever else is sending.

    Reminders of what the issuer owes go to the issuer, those of a recall to whoever has not acknowledged it.
    """
    denial = Denial.objects.select_related("authority__state", "current").get(pk=denial_id)
    today = denial.authority.day_of(now)
    sent = []
    for moments, due_on, to in _owed(denial):
        due = reminders.to_send(moments, due_on, today)
        if due is None or not (kept := _keep(denial, due, due_on, now)):
            continue
        outbox.post(due.notice, to=to, subject=denial, reference=denial.reference or "", now=now)
        sent.append(kept)
    return sent


def _owed(denial: Denial) -> Iterator[tuple[tuple[reminders.Moment, ...], date, list[Authority]]]:
    """Yield what is owed for a denial: the reminders of its kind, the day it is due, and who owes it."""
    version = denial.current
    if version is not None and denial.status == State.IN_FORCE:
        if version.act == SUSPENSION and version.suspended_until is not None:
            after = same_day(version.suspended_until, 1, reminders.Unit.DAY)
            yield reminders.FINAL_ASSESSMENT, after, [denial.authority]
        elif version.act != SUSPENSION and version.review_due_on is not None:
            yield reminders.REVIEW, version.review_due_on, [denial.authority]
    for answer_by in sorted(set(denial.recalls.values_list("answer_by", flat=True))):
        missing = Authority.objects.filter(
            recall_requests__recall__denial=denial,
            recall_requests__recall__answer_by=answer_by,
            recall_requests__acknowledged_at__isnull=True,
        )
        if late := list(missing.distinct().order_by("code")):
            yield reminders.RECALL, answer_by, late


def _keep(denial: Denial, due: reminders.Due, due_on: date, now: datetime) -> Reminder | None:
    """Claim a reminder; None where another sweep has sent it."""
    if denial.reminders.filter(kind=due.kind, due_on=due_on).exists():
        return None
    reminder = Reminder(denial=denial, kind=due.kind, due_on=due_on, next_on=due.next_on, sent_at=now)
    try:
        with transaction.atomic():
            reminder.save(force_insert=True)
    except IntegrityError:
        return None
    return reminder

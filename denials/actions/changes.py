"""What happens to a denial that others know: amended, renewed, revoked, withdrawn."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from accounts import audit
from accounts.law.errors import NotForeseen, ReasonMissing
from accounts.roles import Principal
from denials import notices
from denials.actions.register import (
    carry_over,
    check_content,
    check_notifiable_content,
    copy_in_force,
    current_version,
    next_version,
    own_denial,
    record,
    review_due,
)
from denials.actions.second import check_direct
from denials.law import validity
from denials.law.content import EARLIEST, ContentRefused, DenialContent, NothingChanged, Problem
from denials.law.lifecycle import NEEDS_A_REASON, SUSPENSION, Event
from denials.law.origins import audience
from denials.law.proposals import ProposalWaits
from denials.law.regimes import last_rules, rules_for
from denials.models import Denial, DenialVersion, ProposedAct
from denials.models import content as rows


@transaction.atomic
def draft_amendment(*, denial_id: UUID, content: DenialContent, reason: str, by: Principal, now: datetime) -> Denial:
    """
    Keep an amendment in preparation beside the denial in force; nobody outside the authority sees it.

    :raises TransitionRefused: if the denial is not in force.   :raises ContentRefused: values no denial can have.
    :raises ProposalWaits: while an act upon it waits for a second officer.
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.AMEND)
    if ProposedAct.objects.filter(denial=denial).exists():
        raise ProposalWaits()
    check_content(content, denial.authority.day_of(now))
    version = denial.versions.filter(recorded_at__isnull=True).first() or next_version(denial)
    version.kind, version.change_reason = Event.AMEND, reason
    rows.write(version, content)
    audit.record("denial.amendment_drafted", subject=denial, by=by, at=now, after=content.as_data())
    return denial


@transaction.atomic
def amend_denial(
    *,
    denial_id: UUID,
    content: DenialContent,
    by: Principal,
    now: datetime,
    reason: str = "",
    as_review: bool = False,
    valid_from: date | None = None,
) -> Denial:
    """
    Replace the content of a denial in force by a new version; everyone who was told of it is told again.

    A historic denial may stay as incomplete as its source.

    :param as_review: whether the amendment is the result of a review, which then is counted and sets the next.
    :param valid_from: since when it has been so, where that is earlier than today: a correction that reaches back, seen
        by whoever asks for the register as known from today on (docs/adr/0081). From the decision on, today at the
        latest.
    :raises NothingChanged: if the content is that in force.   :raises TransitionRefused: if it is not in force.
    :raises NotForeseen: for another regime or audience, and for an act that makes a suspension or a notice of what was
        none, or the other way about: that is for the final assessment, or a withdrawal and a new notification.
    :raises ReasonMissing, NotForeseen: of a review, as `renew_denial`.   Source: Reg. (EU) 2021/821 Art. 16(2).
    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    """
    denial = own_denial(denial_id, by)
    check_direct(denial, by, now)
    return amended(denial, content, by=by, now=now, reason=reason, as_review=as_review, valid_from=valid_from)


def amended(
    denial: Denial,
    content: DenialContent,
    *,
    by: Principal,
    now: datetime,
    reason: str = "",
    as_review: bool = False,
    valid_from: date | None = None,
) -> Denial:
    """Amend a locked denial, whoever had to release it.   :raises: as `amend_denial`."""
    denial.advance(Event.AMEND)
    before, today = current_version(denial), denial.authority.day_of(now)
    _check_amended(denial, before, content, today)
    _check_reach(content.decided_on, valid_from, today)
    version = denial.versions.filter(recorded_at__isnull=True).first() or next_version(denial)
    carry_over(before, version)
    if as_review:
        _count_review(denial, version, reason, today)
    rows.write(version, content)
    denial.source_reference = content.source_reference
    since = valid_from or today
    return conclude(denial, before, version, Event.AMEND, reason=reason, by=by, now=now, since=since)


@transaction.atomic
def renew_denial(*, denial_id: UUID, by: Principal, now: datetime, reason: str = "") -> Denial:
    """
    Record a review that maintains the denial, and set the next.

    :raises ReasonMissing: from the third review on, without reasoning.   :raises NotForeseen: if the regime knows none.
    Source: Reg. (EU) 2021/821 Art. 16(2).
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.RENEW)
    before, today = current_version(denial), denial.authority.day_of(now)
    version = copy_in_force(denial, before, amendment_stays=True)
    _count_review(denial, version, reason, today)
    return conclude(denial, before, version, Event.RENEW, reason=reason, by=by, now=now)


def _count_review(denial: Denial, version: DenialVersion, reason: str, today: date) -> None:
    """Count a review that maintains the denial, as it was or amended, and set the next."""
    rules = rules_for(denial.regime, today)
    if rules.review_every is None:
        raise NotForeseen("event", Event.RENEW, article=rules.source)
    version.review_number += 1
    if validity.reasoning_required(rules, version.review_number) and not reason.strip():
        raise ReasonMissing(review=version.review_number, article=rules.source)
    version.review_due_on = review_due(rules, denial, today)


@transaction.atomic
def revoke_denial(*, denial_id: UUID, reason: str, by: Principal, now: datetime) -> Denial:
    """
    End a denial, with the reason; all who were told of it are told.

    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it is not in force.
    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    Source: Reg. (EU) 2021/821 Art. 16(2).
    """
    denial = own_denial(denial_id, by)
    check_direct(denial, by, now)
    return ended(denial, Event.REVOKE, reason=reason, by=by, now=now)


@transaction.atomic
def withdraw_denial(*, denial_id: UUID, reason: str, by: Principal, now: datetime) -> Denial:
    """
    Take back a denial notified in error: it never counts; all who were told of it are told.

    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it is not in force.
    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    """
    denial = own_denial(denial_id, by)
    check_direct(denial, by, now)
    return ended(denial, Event.WITHDRAW, reason=reason, by=by, now=now)


def ended(denial: Denial, event: Event, *, reason: str, by: Principal, now: datetime) -> Denial:
    """Revoke or withdraw a locked denial, whoever had to release it.   :raises: as `revoke_denial`."""
    denial.advance(event)
    before = current_version(denial)
    version = copy_in_force(denial, before)
    version.review_due_on = None
    since = first_day(denial) if event is Event.WITHDRAW else None
    return conclude(denial, before, version, event, reason=reason, by=by, now=now, since=since)


def first_day(denial: Denial) -> date | None:
    """Return the first day the register says a denial of; a correction may reach back beyond its notification."""
    first: date | None = denial.versions.filter(recorded_at__isnull=False).aggregate(first=Min("valid_from"))["first"]
    return first


def conclude(
    denial: Denial,
    before: DenialVersion,
    version: DenialVersion,
    event: Event,
    *,
    reason: str,
    by: Principal,
    now: datetime,
    since: date | None = None,
) -> Denial:
    """
    Record the new version of a denial that others know, valid from a day or from today on, and tell them.

    :raises ReasonMissing: where one is due.
    """
    check_reason(event, reason)
    today = denial.authority.day_of(now)
    version.change_reason = reason
    told = notices.note(denial, rules=last_rules(denial.regime, today), on=today, now=now)
    record(denial, version, event, since=since or today, by=by, now=now)
    audit.record(
        notices.NOTICE_OF[event],
        subject=denial,
        by=by,
        at=now,
        before=rows.read(before).as_data(),
        after={"status": denial.status, "reason": reason, "content": rows.read(version).as_data()},
    )
    notices.tell(event, denial, to=told, now=now)
    return denial


def check_reason(event: Event, reason: str) -> None:
    """Refuse an act that must state its reason without one."""
    if event in NEEDS_A_REASON and not reason.strip():
        raise ReasonMissing()


def _check_reach(decided_on: date | None, valid_from: date | None, today: date) -> None:
    """Refuse a correction that would hold from tomorrow on, or from before there was a decision."""
    if valid_from is None:
        return
    if valid_from > today:
        raise ContentRefused((Problem("valid_from", "in_future", {"value": valid_from}),))
    if valid_from < (decided_on or EARLIEST):
        raise ContentRefused((Problem("valid_from", "before_decision", {"value": valid_from}),))


def _course(denial: Denial, act: str, today: date) -> tuple[bool, bool]:
    """What an act makes of a record and no amendment changes: a suspension, which awaits its assessment; a notice."""
    return act == SUSPENSION, last_rules(denial.regime, today).is_notice(act)


def _check_amended(denial: Denial, before: DenialVersion, content: DenialContent, today: date) -> None:
    if content.regime != denial.regime:
        raise NotForeseen("regime", content.regime)
    if audience(content.origin) != denial.audience:  # who was told cannot be told otherwise: withdraw, notify anew
        raise NotForeseen("origin", content.origin)
    if content == rows.read(before):
        raise NothingChanged()
    if _course(denial, before.act, today) != _course(denial, content.act, today):
        raise NotForeseen("act", content.act)
    if denial.is_historic:
        check_content(content, today)
    else:
        check_notifiable_content(content, today)

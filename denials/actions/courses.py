"""What a denial meets on its way: the final assessment of a suspension, and what courts do."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.roles import Principal
from denials.actions.changes import conclude, first_day
from denials.actions.register import (
    check_notifiable_content,
    copy_in_force,
    current_version,
    own_denial,
    review_due,
)
from denials.actions.second import check_direct
from denials.law import court
from denials.law.content import assessed
from denials.law.court import CourtFact
from denials.law.lifecycle import Event, check_final_act
from denials.law.regimes import rules_for
from denials.models import Denial
from denials.models import content as rows


@transaction.atomic
def lift_suspension(*, denial_id: UUID, reason: str, by: Principal, now: datetime) -> Denial:
    """
    End a suspension by a favourable final assessment; all who were told of it are told.

    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it is no suspension in force.
    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    Source: Reg. (EU) 2021/821 Art. 16(1), second sentence.
    """
    denial = own_denial(denial_id, by)
    check_direct(denial, by, now)
    return lifted(denial, reason=reason, by=by, now=now)


def lifted(denial: Denial, *, reason: str, by: Principal, now: datetime) -> Denial:
    """Lift a locked suspension, whoever had to release it.   :raises: as `lift_suspension`."""
    before = current_version(denial)
    denial.advance(Event.LIFT, act=before.act)
    version = copy_in_force(denial, before)
    version.review_due_on = None
    return conclude(denial, before, version, Event.LIFT, reason=reason, by=by, now=now)


@transaction.atomic
def confirm_suspension(
    *, denial_id: UUID, act: str, reason: str, by: Principal, now: datetime, decided_on: date | None = None
) -> Denial:
    """
    Turn a suspension into a refusal, an annulment or a revocation by its final assessment; all are told.

    The final assessment is a decision of its own: its day anchors the window, its notification starts the reviews.

    :param decided_on: the day of the final assessment; today where not given.
    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it is no suspension in force.
    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    :raises NotForeseen: for another act, or one the regime does not know.   :raises ContentRefused: an impossible day.
    Source: Reg. (EU) 2021/821 Art. 16(1), second sentence; docs/adr/0068.
    """
    denial = own_denial(denial_id, by)
    check_direct(denial, by, now)
    return confirmed(denial, act, reason=reason, by=by, now=now, decided_on=decided_on)


def confirmed(
    denial: Denial, act: str, *, reason: str, by: Principal, now: datetime, decided_on: date | None = None
) -> Denial:
    """Confirm a locked suspension, whoever had to release it.   :raises: as `confirm_suspension`."""
    before, today = current_version(denial), denial.authority.day_of(now)
    denial.advance(Event.CONFIRM, act=before.act)
    check_final_act(act)
    content = assessed(rows.read(before), act, decided_on or today)
    check_notifiable_content(content, today)
    version = copy_in_force(denial, before)
    rows.write(version, content)
    version.court = []  # what courts found of the suspension says nothing of this decision
    version.notified_on, version.review_number = today, 0
    version.review_due_on = review_due(rules_for(denial.regime, today), denial, today)
    return conclude(denial, before, version, Event.CONFIRM, reason=reason, by=by, now=now)


@transaction.atomic
def record_court_fact(*, denial_id: UUID, fact: CourtFact, by: Principal, now: datetime, reason: str = "") -> Denial:
    """
    Record an appeal or a ruling; a denial that a court annulled stays in the register and obliges nobody.

    It holds from its own day, not from the day it is recorded; at the earliest from the denial's first.

    :raises CourtFactOutOfTurn: if it cannot follow upon the last one, or its day cannot be.
    :raises TransitionRefused: if the denial is not in force.   Reading: docs/adr/0068.
    """
    denial = own_denial(denial_id, by)
    before, today = current_version(denial), denial.authority.day_of(now)
    denial.advance(Event.COURT)
    facts = court.from_data(before.court)
    court.check_next(facts, fact, decided_on=before.decided_on, today=today)
    version = copy_in_force(denial, before, amendment_stays=True)
    version.court = [one.as_data() for one in (*facts, fact)]
    since = max(fact.on, first_day(denial) or fact.on)
    return conclude(denial, before, version, Event.COURT, reason=reason, by=by, now=now, since=since)

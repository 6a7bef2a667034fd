"""An answer given by telephone, COREU or another system: registered with its true time, confirmed or disputed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.law.errors import AlreadyAnswered, NotForeseen, ReasonMissing, TransitionRefused
from accounts.principals import user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.answering import check_content, keep_answer
from consultations.actions.record import locked, only, other, said, side_of, taken_up, write
from consultations.actions.timing import lapse_if_ended
from consultations.law.lifecycle import Event, State
from consultations.models import AnswerElsewhere, Consultation

Standing = AnswerElsewhere.State


@transaction.atomic
def register_answer_elsewhere(
    *,
    consultation_id: UUID,
    outcome: str,
    channel: str,
    given_at: datetime,
    by: Principal,
    now: datetime,
    reasoning: str = "",
    denial_still_valid: bool | None = None,
) -> AnswerElsewhere:
    """
    Register an answer given by another channel with its true time; nothing changes until the other side confirms it.

    :param given_at: between the receipt of the request and now.   :raises NotForeseen: for another moment or channel.
    :raises AlreadyAnswered: after an answer in time.   :raises TransitionRefused: while another waits, or withdrawn.
    :raises AnswerNotForeseen: :raises ReasonMissing: :raises NotCompetent: for a stranger.
    Source: docs/adr/0025, 0093.
    """
    consultation = locked(consultation_id)
    side, at = side_of(consultation, by), clock.now()
    if consultation.answers.filter(is_late=False).exists():
        raise AlreadyAnswered(consultation.status, Event.ANSWER)
    if consultation.answers_elsewhere.filter(status=Standing.REGISTERED).exists():
        raise TransitionRefused("answer_registered", "register_answer")
    if channel not in AnswerElsewhere.Channel.values:
        raise NotForeseen(field="channel", value=channel)
    if not consultation.received_at <= given_at <= at:
        raise NotForeseen(field="given_at", value=given_at.isoformat())
    check_content(consultation, outcome, reasoning)
    consultation.advance(Event.WRITE)
    consultation.save(update_fields=taken_up(consultation, by, at))
    claim = AnswerElsewhere(
        consultation=consultation,
        outcome=outcome,
        reasoning=reasoning,
        denial_still_valid=denial_still_valid,
        channel=channel,
        given_at=given_at,
        registered_at=at,
        registered_by_authority=consultation.body_of(by.authority_id),
        registered_by=user_of(by),
    )
    claim.save(force_insert=True)
    data: dict[str, object] = {
        "answer_elsewhere": str(claim.pk),
        "outcome": outcome,
        "channel": channel,
        "given_at": given_at.isoformat(),
    }
    write(consultation, "answer_registered", by=by, at=at, now=at, text=reasoning, data=data)
    notices.tell("answer_registered", consultation, side=other(side), now=at)
    return claim


@transaction.atomic
def confirm_answer_elsewhere(*, consultation_id: UUID, by: Principal, now: datetime) -> AnswerElsewhere:
    """
    Confirm the answer the other side registered: in time it is the answer and supersedes a lapse, else it is late.

    It is dated to its true time. After a decision it is added; what was decided stands.
    :raises TransitionRefused: if none waits.   :raises NotCompetent: for the side that registered it.
    Source: Reg. (EU) 2021/821 Art. 16(5), second subparagraph; docs/adr/0093.
    """
    consultation, claim, at = _waiting(consultation_id, by)
    lapse_if_ended(consultation, now=at)
    in_time = _in_time(consultation, claim.given_at)
    consultation.advance(Event.CONFIRM_TIMELY if in_time else Event.ANSWER_LATE)
    if in_time:
        consultation.concluded_at = claim.given_at
        consultation.held_by = None
    consultation.save(update_fields=["status", "concluded_at", "held_by"])
    _decide(claim, Standing.CONFIRMED, by, at)
    keep_answer(
        consultation,
        claim.outcome,
        claim.reasoning,
        claim.denial_still_valid,
        is_late=not in_time,
        by=by,
        at=claim.given_at,
        now=at,
        kind="answer_confirmed",
        key=f"answer_confirmed:{claim.pk}",
        more={"channel": claim.channel, "supersedes_lapse": in_time},
    )
    return claim


@transaction.atomic
def dispute_answer_elsewhere(
    *, consultation_id: UUID, reason: str, by: Principal, now: datetime, summary: str = ""
) -> AnswerElsewhere:
    """
    Dispute the answer the other side registered: the thread stands as it does, both accounts are kept.

    :raises ReasonMissing: and as `confirm_answer_elsewhere`.
    """
    consultation, claim, at = _waiting(consultation_id, by)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    consultation.advance(Event.WRITE)
    _decide(claim, Standing.DISPUTED, by, at, reason=reason)
    data: dict[str, object] = {"answer_elsewhere": str(claim.pk), **said(summary)}
    write(consultation, "answer_disputed", by=by, at=at, now=at, text=reason, data=data)
    notices.tell("answer_disputed", consultation, side=other(side_of(consultation, by)), now=at)
    return claim


def _in_time(consultation: Consultation, given_at: datetime) -> bool:
    """Tell whether an answer came within the period, and before the thread was closed without one."""
    closed = consultation.concluded_at if consultation.status == State.CLOSED else None
    return not consultation.clock().has_ended(given_at) and (closed is None or given_at < closed)


def _waiting(consultation_id: UUID, by: Principal) -> tuple[Consultation, AnswerElsewhere, datetime]:
    consultation = locked(consultation_id)
    side_of(consultation, by)
    claim = consultation.answers_elsewhere.filter(status=Standing.REGISTERED).first()
    if claim is None:
        raise TransitionRefused(consultation.status, "confirm_answer")
    only(other(consultation.side_of(claim.registered_by_authority_id)), consultation, by)
    return consultation, claim, clock.now()


def _decide(claim: AnswerElsewhere, status: str, by: Principal, at: datetime, *, reason: str = "") -> None:
    claim.status, claim.decided_at, claim.reason = status, at, reason
    claim.decided_by_authority_id = by.authority_id
    claim.save(update_fields=["status", "decided_at", "decided_by_authority", "reason"])

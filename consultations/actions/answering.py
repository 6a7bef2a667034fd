"""What is said in a thread: the answer, a late one, information asked for and given, notes that stay inside."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from accounts.law.errors import AlreadyAnswered, NotCompetent, NotYetDue, ReasonMissing, TransitionRefused
from accounts.principals import user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.record import locked, only, other, said, side_of, taken_up, write
from consultations.actions.timing import lapse_if_ended
from consultations.law.lifecycle import Event, State, check_in_time
from consultations.law.terms import NEEDS_REASONS, check_answer
from consultations.models import CONSULTED, CONSULTING, Answer, Consultation, InternalNote


@transaction.atomic
def answer_consultation(
    *,
    consultation_id: UUID,
    outcome: str,
    by: Principal,
    now: datetime,
    reasoning: str = "",
    denial_still_valid: bool | None = None,
    summary: str = "",
) -> Answer:
    """
    Answer within the period; the clock is read again under the lock, and that reading decides.

    :param outcome: one of the answers the question knows.   :param summary: in English, beside the original words.
    :raises PeriodEnded: at `due_before` or later, whether or not the lapse is written; see `answer_late`.
    :raises AlreadyAnswered: :raises AnswerNotForeseen: :raises ReasonMissing: :raises NotCompetent: for anyone but
        the consulted side.
    Source: Reg. (EU) 2021/821 Art. 16(5), second subparagraph.
    """
    consultation = locked(consultation_id)
    only(CONSULTED, consultation, by)
    at = clock.now()
    check_in_time(consultation.status, consultation.clock(), at)
    check_content(consultation, outcome, reasoning)
    consultation.advance(Event.ANSWER)
    consultation.concluded_at = at
    consultation.save(update_fields=["status", "concluded_at", *taken_up(consultation, by, at)])
    return keep_answer(
        consultation, outcome, reasoning, denial_still_valid, is_late=False, by=by, at=at, now=at, more=said(summary)
    )


@transaction.atomic
def answer_late(
    *,
    consultation_id: UUID,
    outcome: str,
    by: Principal,
    now: datetime,
    reasoning: str = "",
    denial_still_valid: bool | None = None,
    summary: str = "",
) -> Answer:
    """
    Send an answer after the period: kept and shown as late; what silence meant stands.

    :raises NotYetDue: while the period runs.   :raises AlreadyAnswered: after an answer in time or an earlier late one.
    Source: Reg. (EU) 2021/821 Art. 16(5), second subparagraph; docs/adr on late answers.
    """
    consultation = locked(consultation_id)
    only(CONSULTED, consultation, by)
    at = clock.now()
    if consultation.stands_as(at) == State.OPEN:
        raise NotYetDue(due_before=consultation.due_before)
    if consultation.answers.exists():
        raise AlreadyAnswered(consultation.status, Event.ANSWER_LATE)
    check_content(consultation, outcome, reasoning)
    lapse_if_ended(consultation, now=at)
    consultation.advance(Event.ANSWER_LATE)
    return keep_answer(
        consultation, outcome, reasoning, denial_still_valid, is_late=True, by=by, at=at, now=at, more=said(summary)
    )


@transaction.atomic
def request_information(
    *, consultation_id: UUID, text: str, by: Principal, now: datetime, summary: str = ""
) -> Consultation:
    """
    Ask the other side for information; the clock runs on (docs/adr/0014).

    :raises ReasonMissing: without a text.   :raises TransitionRefused: in a state that knows no such request.
    Source: Reg. (EU) 2021/821 Art. 16(5), third subparagraph.
    """
    return _say("information_requested", Event.ASK_INFORMATION, consultation_id, text, summary, by=by)


@transaction.atomic
def give_information(
    *, consultation_id: UUID, text: str, by: Principal, now: datetime, summary: str = ""
) -> Consultation:
    """
    Give the information the other side asked for.

    :raises TransitionRefused: if it asked for none.   :raises ReasonMissing: without a text.
    Source: Reg. (EU) 2021/821 Art. 16(5), third subparagraph.
    """
    consultation = locked(consultation_id)
    if consultation.awaits_information_from() != side_of(consultation, by):
        raise TransitionRefused(consultation.status, Event.GIVE_INFORMATION)
    return _say("information_given", Event.GIVE_INFORMATION, consultation_id, text, summary, by=by)


@transaction.atomic
def add_note(*, consultation_id: UUID, text: str, by: Principal, now: datetime) -> InternalNote:
    """
    Keep a note inside one's own authority; the other side never sees that it is there.

    :raises ReasonMissing: without a text.   :raises NotCompetent: for anyone but a person of a party.
    """
    consultation = locked(consultation_id)
    side_of(consultation, by)
    person = user_of(by)
    if person is None:
        raise NotCompetent(authority=by.authority_code, regime=consultation.regime)
    if not text.strip():
        raise ReasonMissing(field="text")
    body = consultation.body_of(by.authority_id)
    note = InternalNote(consultation=consultation, authority=body, by=person, at=now, text=text)
    note.save(force_insert=True)
    audit.record("consultation.note_added", subject=note, by=by, at=now, after={"text": text})
    return note


@transaction.atomic
def take_consultation(*, consultation_id: UUID, by: Principal, now: datetime) -> Consultation:
    """
    Make oneself the one who looks after a thread on one's own side.

    :raises NotCompetent: for a stranger, and for a national system, which looks after nothing.
    """
    consultation = locked(consultation_id)
    side, person = side_of(consultation, by), user_of(by)
    if person is None:
        raise NotCompetent(authority=by.authority_code, regime=consultation.regime)
    owner = f"{side}_owner"
    before = str(getattr(consultation, f"{owner}_id") or "")
    setattr(consultation, owner, person)
    if side == CONSULTED:
        consultation.acknowledged_at = consultation.acknowledged_at or now
    consultation.save(update_fields=[owner, "acknowledged_at"])
    audit.record("consultation.taken", subject=consultation, by=by, at=now, before=before, after=str(person.pk))
    return consultation


def _say(kind: str, event: Event, consultation_id: UUID, text: str, summary: str, *, by: Principal) -> Consultation:
    consultation = locked(consultation_id)
    side, at = side_of(consultation, by), clock.now()
    if not text.strip():
        raise ReasonMissing(field="text")
    lapse_if_ended(consultation, now=at)
    consultation.advance(event)
    consultation.save(update_fields=taken_up(consultation, by, at))
    write(consultation, kind, by=by, at=at, now=at, text=text, data=said(summary))
    notices.tell(kind, consultation, side=other(side), now=at)
    return consultation


def check_content(consultation: Consultation, outcome: str, reasoning: str) -> None:
    """Refuse an answer the question does not know.   :raises AnswerNotForeseen: :raises ReasonMissing:"""
    if check_answer(consultation.terms(), outcome) in NEEDS_REASONS and not reasoning.strip():
        raise ReasonMissing(field="reasoning")


def keep_answer(
    consultation: Consultation,
    outcome: str,
    reasoning: str,
    still_valid: bool | None,
    *,
    is_late: bool,
    by: Principal,
    at: datetime,
    now: datetime,
    kind: str = "",
    key: str = "",
    more: dict[str, object] | None = None,
) -> Answer:
    """Write an answer of a locked thread, dated `at`, with its event; both are told of one given elsewhere."""
    answer = Answer(
        consultation=consultation,
        outcome=outcome,
        reasoning=reasoning,
        denial_still_valid=still_valid,
        is_late=is_late,
        answered_at=at,
        answered_by=user_of(by),
    )
    answer.save(force_insert=True)
    what = kind or ("late_answer" if is_late else "answered")
    data: dict[str, object] = {
        "outcome": outcome,
        "denial_still_valid": still_valid,
        "answer": str(answer.pk),
        **(more or {}),
    }
    write(consultation, what, by=by, at=at, now=now, key=key or what, text=reasoning, data=data)
    if kind:
        notices.tell_both(what, consultation, now=now)
    else:
        notices.tell(what, consultation, side=CONSULTING, now=now)
    return answer

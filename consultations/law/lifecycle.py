"""
The life of one consultation, towards one consulted authority, as one table.

Requests for information and proposed extensions are records of their own and do not stop the clock (ADR 0014).
Silence has its effect at `due_before`, whether or not a sweep has written it: `effective_state` is what reads show.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.law.errors import AlreadyAnswered, NotYetDue, PeriodEnded, RuleBroken, TransitionRefused


class ReminderMissing(RuleBroken):
    """The consulted authority has not been reminded: an unanswered consultation is not closed before."""

    code = "reminder_missing"
    article = "Reg. (EU) 2019/125 Art. 23(2)"


class State(StrEnum):
    """Where a consultation stands."""

    DRAFT = "draft"
    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # its outcome was made known to the consulted authority


class Event(StrEnum):
    """What happens in a consultation."""

    EDIT = "edit"
    DISCARD = "discard"
    SEND = "send"  # and so received: it is made available at that moment
    WRITE = "write"
    ASK_INFORMATION = "ask_information"
    GIVE_INFORMATION = "give_information"
    PROPOSE_EXTENSION = "propose_extension"
    AGREE_EXTENSION = "agree_extension"
    REFUSE_EXTENSION = "refuse_extension"
    HOLD = "hold"  # the period ended while the exchange was unavailable: nothing lapses until an act moves its end
    MOVE_DEADLINE = "move_deadline"  # a corrected calendar or an unavailability, by a recorded act
    ANSWER = "answer"
    ANSWER_LATE = "answer_late"
    PERIOD_ENDED = "period_ended"
    CONFIRM_TIMELY = "confirm_timely"  # an answer given elsewhere in time, confirmed by the other side
    REMIND = "remind"  # the consulting authority asks again
    CLOSE_UNANSWERED = "close_unanswered"  # only where silence never lapses
    WITHDRAW = "withdraw"  # before an answer; afterwards a withdrawn application is an outcome to make known
    DECIDED_NATIONALLY = "decided_nationally"  # a decision taken outside the gate ends what was still open
    NOTIFY_OUTCOME = "notify_outcome"


#: Reg. (EU) 2021/821 Art. 14, Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2), (3).
TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.DRAFT, Event.EDIT): State.DRAFT,
    (State.DRAFT, Event.DISCARD): State.WITHDRAWN,
    (State.DRAFT, Event.SEND): State.OPEN,
    (State.OPEN, Event.WRITE): State.OPEN,
    (State.OPEN, Event.ASK_INFORMATION): State.OPEN,
    (State.OPEN, Event.GIVE_INFORMATION): State.OPEN,
    (State.OPEN, Event.PROPOSE_EXTENSION): State.OPEN,
    (State.OPEN, Event.AGREE_EXTENSION): State.OPEN,
    (State.OPEN, Event.REFUSE_EXTENSION): State.OPEN,
    (State.OPEN, Event.HOLD): State.OPEN,
    (State.OPEN, Event.MOVE_DEADLINE): State.OPEN,
    (State.OPEN, Event.ANSWER): State.ANSWERED,
    (State.OPEN, Event.CONFIRM_TIMELY): State.ANSWERED,
    (State.OPEN, Event.PERIOD_ENDED): State.LAPSED,
    (State.OPEN, Event.REMIND): State.OPEN,
    (State.OPEN, Event.CLOSE_UNANSWERED): State.CLOSED,
    (State.OPEN, Event.DECIDED_NATIONALLY): State.CLOSED,
    (State.OPEN, Event.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Event.WRITE): State.ANSWERED,
    (State.ANSWERED, Event.ASK_INFORMATION): State.ANSWERED,
    (State.ANSWERED, Event.GIVE_INFORMATION): State.ANSWERED,
    (State.ANSWERED, Event.NOTIFY_OUTCOME): State.CLOSED,
    (State.LAPSED, Event.WRITE): State.LAPSED,
    (State.LAPSED, Event.ASK_INFORMATION): State.LAPSED,
    (State.LAPSED, Event.GIVE_INFORMATION): State.LAPSED,
    (State.LAPSED, Event.ANSWER_LATE): State.LAPSED,
    (State.LAPSED, Event.HOLD): State.OPEN,
    (State.LAPSED, Event.CONFIRM_TIMELY): State.ANSWERED,
    (State.LAPSED, Event.NOTIFY_OUTCOME): State.CLOSED,
    (State.CLOSED, Event.NOTIFY_OUTCOME): State.CLOSED,
    (State.CLOSED, Event.WRITE): State.CLOSED,
    (State.CLOSED, Event.ANSWER_LATE): State.CLOSED,
    (State.CLOSED, Event.CONFIRM_TIMELY): State.CLOSED,
}

CONCLUDED = frozenset({State.ANSWERED, State.LAPSED, State.WITHDRAWN, State.CLOSED})


def next_state(state: str, event: str) -> State:
    """
    Return the state an event leads to.

    :raises AlreadyAnswered: for a second answer.   :raises TransitionRefused: if the event leads nowhere.
    """
    try:
        return TRANSITIONS[State(state), Event(event)]
    except (KeyError, ValueError):
        refusal = AlreadyAnswered if (state, event) == (State.ANSWERED, Event.ANSWER) else TransitionRefused
        raise refusal(state, event) from None


def events_from(state: str) -> tuple[Event, ...]:
    """Return the events possible in a state, in the order of the table."""
    return tuple(event for (origin, event) in TRANSITIONS if origin == state)


@dataclass(frozen=True)
class Clock:
    """
    The running period of a consultation: its exclusive end, and whether silence lapses at it.

    `due_before` None: no period runs. `lapses` is false for a courtesy date, for a provisional date (the holiday
    list is missing), and while a deadline is held because the exchange itself was unavailable.
    """

    due_before: datetime | None
    lapses: bool

    def has_ended(self, at: datetime) -> bool:
        """Tell whether silence has had its effect at a moment; `due_before` itself is outside the period."""
        return self.lapses and self.due_before is not None and at >= self.due_before


def effective_state(state: str, clock: Clock, at: datetime) -> State:
    """Return the state as the law sees it at a moment: an open consultation whose period ended has lapsed."""
    return State.LAPSED if state == State.OPEN and clock.has_ended(at) else State(state)


def check_lapsed(state: str, clock: Clock, now: datetime) -> datetime:
    """
    Return the instant to which a lapse is dated: the end of the period, however late it is written.

    :raises TransitionRefused: if an answer came first.   :raises NotYetDue: if the period has not ended.
    Source: Reg. (EU) 2021/821 Art. 16(5), second subparagraph.
    """
    next_state(state, Event.PERIOD_ENDED)
    if clock.due_before is None or not clock.has_ended(now):
        raise NotYetDue(due_before=clock.due_before)
    return clock.due_before


def check_closable(state: str, *, lapses: bool, reminded: bool) -> None:
    """
    Let the consulting authority close an unanswered consultation only where silence never lapses.

    :param lapses: `Terms.lapses` of the consultation.   :param reminded: whether a reminder is on record.
    :raises TransitionRefused: elsewhere, where the period decides.   :raises ReminderMissing:
    Source: Reg. (EU) 2019/125 Art. 23(2) sets no period.
    """
    if lapses:
        raise TransitionRefused(state, Event.CLOSE_UNANSWERED)
    next_state(state, Event.CLOSE_UNANSWERED)
    if not reminded:
        raise ReminderMissing


def ended_without_answer(state: str, clock: Clock, concluded_at: datetime | None) -> bool:
    """
    Tell whether a consultation without an answer in time was ended by an act, not by silence.

    A lapse is dated to the end of the period; what was concluded before it, or where nothing lapses, was closed.
    """
    if state != State.CLOSED:
        return False
    return (
        not clock.lapses or clock.due_before is None or (concluded_at is not None and concluded_at < clock.due_before)
    )


def check_in_time(state: str, clock: Clock, at: datetime) -> None:
    """
    Refuse an answer, or an agreement to extend, that comes at the end of the period or later.

    An answer received before `due_before` is in time however late the worker was.

    :raises PeriodEnded: also where the lapse is not yet written.
    """
    if clock.due_before is not None and effective_state(state, clock, at) == State.LAPSED:
        raise PeriodEnded(due_before=clock.due_before)

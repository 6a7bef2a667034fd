"""
The life of an application under screening, as one table, and the gate before a decision.

Overlays are computed, never stored: screening stale, explanation of a grant owed, granted while a consultation
was open.
"""

from enum import StrEnum

from accounts.law.errors import ConsultationsOpen, HitsOpen, ObjectionBinds, ScreeningStale, TransitionRefused
from screening.law.completeness import ScreeningIncomplete


class State(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"  # not screened, or its last screening failed
    SCREENED = "screened"  # has hits that are neither dismissed nor taken into a consultation
    CONSULTING = "consulting"
    DECIDABLE = "decidable"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to an application."""

    AMEND = "amend"  # its facts changed: it must be screened anew
    SCREENED_CLEAR = "screened_clear"  # no hit is left to dispose of
    SCREENED_HITS = "screened_hits"  # there are hits to dispose of
    SCREENING_FAILED = "screening_failed"
    HITS_DISMISSED = "hits_dismissed"  # the last open hit was dismissed with its reason
    OPEN_CONSULTATION = "open_consultation"
    CONSULTATIONS_CONCLUDED = "consultations_concluded"
    GRANT = "grant"  # through the gate
    REFUSE = "refuse"  # through the gate
    RECORD_GRANT = "record_grant"  # decided outside the gate: always recordable, and flagged
    RECORD_REFUSAL = "record_refusal"
    WITHDRAW = "withdraw"


#: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1) and (2); Reg. (EU) 2019/125 Art. 23(2) and (3).
TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.RECEIVED, Event.AMEND): State.RECEIVED,
    (State.RECEIVED, Event.SCREENED_CLEAR): State.DECIDABLE,
    (State.RECEIVED, Event.SCREENED_HITS): State.SCREENED,
    (State.RECEIVED, Event.SCREENING_FAILED): State.RECEIVED,
    (State.RECEIVED, Event.RECORD_GRANT): State.GRANTED,
    (State.RECEIVED, Event.RECORD_REFUSAL): State.REFUSED,
    (State.RECEIVED, Event.WITHDRAW): State.WITHDRAWN,
    (State.SCREENED, Event.AMEND): State.RECEIVED,
    (State.SCREENED, Event.SCREENED_CLEAR): State.DECIDABLE,
    (State.SCREENED, Event.SCREENED_HITS): State.SCREENED,
    (State.SCREENED, Event.SCREENING_FAILED): State.RECEIVED,
    (State.SCREENED, Event.HITS_DISMISSED): State.DECIDABLE,
    (State.SCREENED, Event.OPEN_CONSULTATION): State.CONSULTING,
    (State.SCREENED, Event.RECORD_GRANT): State.GRANTED,
    (State.SCREENED, Event.RECORD_REFUSAL): State.REFUSED,
    (State.SCREENED, Event.WITHDRAW): State.WITHDRAWN,
    (State.CONSULTING, Event.SCREENED_CLEAR): State.CONSULTING,
    (State.CONSULTING, Event.SCREENED_HITS): State.CONSULTING,
    (State.CONSULTING, Event.SCREENING_FAILED): State.CONSULTING,
    (State.CONSULTING, Event.HITS_DISMISSED): State.CONSULTING,
    (State.CONSULTING, Event.OPEN_CONSULTATION): State.CONSULTING,
    (State.CONSULTING, Event.CONSULTATIONS_CONCLUDED): State.DECIDABLE,
    (State.CONSULTING, Event.RECORD_GRANT): State.GRANTED,
    (State.CONSULTING, Event.RECORD_REFUSAL): State.REFUSED,
    (State.CONSULTING, Event.WITHDRAW): State.WITHDRAWN,
    (State.DECIDABLE, Event.AMEND): State.RECEIVED,
    (State.DECIDABLE, Event.SCREENED_CLEAR): State.DECIDABLE,
    (State.DECIDABLE, Event.SCREENED_HITS): State.SCREENED,
    (State.DECIDABLE, Event.SCREENING_FAILED): State.RECEIVED,
    (State.DECIDABLE, Event.HITS_DISMISSED): State.DECIDABLE,
    (State.DECIDABLE, Event.OPEN_CONSULTATION): State.CONSULTING,
    (State.DECIDABLE, Event.GRANT): State.GRANTED,
    (State.DECIDABLE, Event.REFUSE): State.REFUSED,
    (State.DECIDABLE, Event.RECORD_GRANT): State.GRANTED,
    (State.DECIDABLE, Event.RECORD_REFUSAL): State.REFUSED,
    (State.DECIDABLE, Event.WITHDRAW): State.WITHDRAWN,
}

PENDING = frozenset({State.RECEIVED, State.SCREENED, State.CONSULTING, State.DECIDABLE})
DECIDED = frozenset({State.GRANTED, State.REFUSED})


class Flag(StrEnum):
    """What the own supervisor and auditor are shown of a decision recorded outside the gate."""

    CONSULTATION_OPEN = "consultation_open"
    SCREENING_STALE = "screening_stale"
    SCREENING_INCOMPLETE = "screening_incomplete"
    HITS_OPEN = "hits_open"
    OBJECTION_BINDS = "objection_binds"
    CONSULTATION_WITHDRAWN = "consultation_withdrawn"  # and nobody consulted on its denial again


def next_state(state: str, event: str) -> State:
    """
    Return the state an event leads to.

    :raises TransitionRefused: if from this state the event leads nowhere.
    """
    try:
        return TRANSITIONS[State(state), Event(event)]
    except (KeyError, ValueError):
        raise TransitionRefused(state, event) from None


def events_from(state: str) -> tuple[Event, ...]:
    """Return the events possible in a state, in the order of the table."""
    return tuple(event for (origin, event) in TRANSITIONS if origin == state)


def is_stale(seen: int | None, head: int) -> bool:
    """
    Tell whether denials have come or changed since the screening.

    :param seen: last change of the register the screening saw, None if there was none.   :param head: its last now.
    """
    return seen is None or seen < head


def check_ready(
    *,
    seen: int | None,
    head: int,
    hits_open: int,
    consultations_open: int,
    granting: bool,
    binding_objections: int = 0,
    is_incomplete: bool = False,
) -> None:
    """
    Let a decision through the gate, or refuse it.

    All valid denials are to be examined, and the states that issued them consulted, before deciding "whether or
    not to grant"; a binding objection stands against a grant only.

    :param is_incomplete: the last screening failed or left something out, see `completeness`.
    :raises ScreeningIncomplete: :raises ScreeningStale: :raises HitsOpen: :raises ConsultationsOpen:
    :raises ObjectionBinds:
    Source: Reg. (EU) 2021/821 Art. 16(5), Art. 14(1).
    """
    if is_incomplete:
        raise ScreeningIncomplete
    if is_stale(seen, head):
        raise ScreeningStale(seen=seen, head=head)
    if hits_open:
        raise HitsOpen(count=hits_open)
    if consultations_open:
        raise ConsultationsOpen(count=consultations_open)
    if granting and binding_objections:
        raise ObjectionBinds(count=binding_objections)


def flags(
    *,
    seen: int | None,
    head: int,
    hits_open: int,
    consultations_open: int,
    granting: bool,
    binding_objections: int = 0,
    is_incomplete: bool = False,
) -> tuple[Flag, ...]:
    """Return what a decision recorded outside the gate must be flagged with; the same tests as `check_ready`."""
    found = {
        Flag.CONSULTATION_OPEN: bool(consultations_open),
        Flag.SCREENING_STALE: is_stale(seen, head),
        Flag.SCREENING_INCOMPLETE: is_incomplete,
        Flag.HITS_OPEN: bool(hits_open),
        Flag.OBJECTION_BINDS: granting and bool(binding_objections),
    }
    return tuple(flag for flag, holds in found.items() if holds)

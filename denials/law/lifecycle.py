"""
The life of a denial, as one table.

Stored is only what an act brought about; what is true by the passing of time is computed (`overlays`). No event leads
back from revoked, lifted or withdrawn: a mistaken revocation is followed by a new denial that names its predecessor.
"""

from enum import StrEnum

from accounts.law.errors import NotForeseen, RuleBroken, TransitionRefused


class State(StrEnum):
    """Where a denial stands."""

    DRAFT = "draft"
    READY = "ready"  # waits for a second officer to release it
    IN_FORCE = "in_force"
    LIFTED = "lifted"  # a suspension whose final assessment was favourable
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"  # notified in error, never counted
    DISCARDED = "discarded"  # a draft given up before notification


class Event(StrEnum):
    """What an act does to a denial."""

    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    DISCARD = "discard"
    NOTIFY = "notify"
    REGISTER = "register"  # decided in the past and brought in: in force, but no notice is sent
    AMEND = "amend"
    RENEW = "renew"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    LIFT = "lift"  # final assessment: the suspension ends
    CONFIRM = "confirm"  # final assessment: the suspension becomes a refusal, annulment or revocation
    COURT = "court"  # an appeal, or what a court found: a fact recorded, the state stays
    RECALL = "recall"  # a person is exonerated: all who received the record are told


#: Reg. (EU) 2021/821 Art. 16(1) and (2); Reg. (EU) 2019/125 Art. 23(1); Common Position 2008/944/CFSP Art. 4(1);
#: RECALL: Reg. (EC) No 515/97 Art. 45(4).
TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.DRAFT, Event.EDIT): State.DRAFT,
    (State.DRAFT, Event.SUBMIT): State.READY,
    (State.DRAFT, Event.DISCARD): State.DISCARDED,
    (State.DRAFT, Event.NOTIFY): State.IN_FORCE,
    (State.DRAFT, Event.REGISTER): State.IN_FORCE,
    (State.READY, Event.RETURN): State.DRAFT,
    (State.READY, Event.DISCARD): State.DISCARDED,
    (State.READY, Event.NOTIFY): State.IN_FORCE,
    (State.IN_FORCE, Event.AMEND): State.IN_FORCE,
    (State.IN_FORCE, Event.RENEW): State.IN_FORCE,
    (State.IN_FORCE, Event.CONFIRM): State.IN_FORCE,
    (State.IN_FORCE, Event.COURT): State.IN_FORCE,
    (State.IN_FORCE, Event.RECALL): State.IN_FORCE,
    (State.IN_FORCE, Event.LIFT): State.LIFTED,
    (State.IN_FORCE, Event.REVOKE): State.REVOKED,
    (State.IN_FORCE, Event.WITHDRAW): State.WITHDRAWN,
    (State.LIFTED, Event.RECALL): State.LIFTED,
    (State.REVOKED, Event.RECALL): State.REVOKED,
    (State.WITHDRAWN, Event.RECALL): State.WITHDRAWN,
}

SUSPENSION = "suspension"
ONLY_OF_A_SUSPENSION = frozenset({Event.LIFT, Event.CONFIRM})
#: What a suspension may become at its end. Reg. (EU) 2021/821 Art. 16(1).
FINAL_ACTS = ("refusal", "annulment", "revocation")
NEEDS_A_REASON = frozenset({Event.RETURN, Event.REVOKE, Event.WITHDRAW, Event.LIFT, Event.CONFIRM, Event.RECALL})


class SecondOfficerNeeded(RuleBroken):
    """The authority has chosen that two officers notify: one submits, another releases."""

    code = "second_officer_needed"
    article = "docs/adr/0067"


class OwnSubmission(RuleBroken):
    """Whoever submitted a draft does not release it."""

    code = "own_submission"
    article = "docs/adr/0067"


class FileWithoutSecondOfficer(RuleBroken):
    """The authority has chosen that two officers notify; one person's file puts nothing in force meanwhile."""

    code = "file_without_second_officer"
    article = "docs/adr/0067"


class NothingToAcknowledge(RuleBroken):
    """No recall of this denial waits for an acknowledgement of this authority."""

    code = "nothing_to_acknowledge"
    article = "Reg. (EC) No 515/97 Art. 45(4)"


def check_release(required: bool, submitted_by: object, released_by: object) -> None:
    """
    Refuse a notification that is not released by a second officer where the authority has chosen so.

    :param submitted_by: who submitted the draft; None where nobody did.   :param released_by: who would notify it.
    :raises SecondOfficerNeeded: if nobody submitted it.   :raises OwnSubmission: if both are one.
    """
    if required and submitted_by is None:
        raise SecondOfficerNeeded()
    if submitted_by is not None and submitted_by == released_by:
        raise OwnSubmission()


def check_final_act(act: str) -> None:
    """Refuse a final assessment that is none.   :raises NotForeseen: naming the field and the value."""
    if act not in FINAL_ACTS:
        raise NotForeseen("act", act, article="Reg. (EU) 2021/821 Art. 16(1)")


def next_state(state: str, event: str, *, act: str = "") -> State:
    """
    Return the state an event leads to.

    :param act: the notified act, if known; only a suspension has a final assessment (Art. 16(1), second sentence).
    :raises TransitionRefused: if from this state the event leads nowhere.
    """
    try:
        following = TRANSITIONS[State(state), Event(event)]
    except (KeyError, ValueError):
        raise TransitionRefused(state, event) from None
    if act and act != SUSPENSION and event in ONLY_OF_A_SUSPENSION:
        raise TransitionRefused(state, event, act=act)
    return following


def events_from(state: str, *, act: str = "") -> tuple[Event, ...]:
    """Return the events possible in a state, in the order of the table; doors offer these and no others."""
    return tuple(
        event
        for (origin, event) in TRANSITIONS
        if origin == state and not (act and act != SUSPENSION and event in ONLY_OF_A_SUSPENSION)
    )

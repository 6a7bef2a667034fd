"""What a party may do in a thread now, and what it is about in a few words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.roles import Principal
from consultations.law.lifecycle import Event, State, events_from
from consultations.law.terms import CONCLUSIONS, extension_left
from consultations.models import CONSULTED, CONSULTING, Consultation


@dataclass(frozen=True)
class Seen:
    """A thread as one principal meets it at a moment."""

    thread: Consultation
    by: Principal
    side: str
    stands: State

    def can(self, event: Event) -> bool:
        """Whether the state of the thread knows the event."""
        return event in events_from(self.stands)

    @property
    def consulted(self) -> bool:
        return self.side == CONSULTED

    @property
    def running(self) -> bool:
        return self.stands == State.OPEN


def offers(thread: Consultation, by: Principal, now: datetime) -> frozenset[str]:
    """Return the acts open to a principal: what the role, the side and the state of the thread allow together."""
    seen = Seen(thread, by, thread.side_of(by.authority_id), thread.stands_as(now))
    checks: dict[str, bool] = {}
    if by.may("consultation.answer"):
        checks |= _said(seen) | _elsewhere(seen)
        checks |= {"note": by.kind == "user", "take": by.kind == "user"}
    if by.may("consultation.extend"):
        checks |= _time(seen)
    if by.may("consultation.withdraw") and seen.side == CONSULTING:
        checks |= _ended(seen)
    return frozenset(code for code, holds in checks.items() if holds)


def _said(seen: Seen) -> dict[str, bool]:
    thread = seen.thread
    asked = thread.awaits_information_from() == seen.side
    ends = CONCLUSIONS.get(thread.rule) if thread.application_id is None else None
    closes = seen.can(Event.NOTIFY_OUTCOME) and seen.stands != State.CLOSED
    return {
        "answer": seen.consulted and seen.can(Event.ANSWER),
        "late-answer": seen.consulted and seen.can(Event.ANSWER_LATE) and not thread.answers.all(),
        "request-information": seen.can(Event.ASK_INFORMATION),
        "give-information": seen.can(Event.GIVE_INFORMATION) and asked,
        "acknowledge": seen.consulted and seen.running and thread.acknowledged_at is None,
        "conclude": ends is not None and ends.side == seen.side and closes,
    }


def _elsewhere(seen: Seen) -> dict[str, bool]:
    thread = seen.thread
    waiting = [one for one in thread.answers_elsewhere.all() if one.status == "registered"]
    theirs = [thread.speaker(one.registered_by_authority_id) != seen.side for one in waiting]
    none_in_time = all(one.is_late for one in thread.answers.all())
    return {
        "register-answer": seen.can(Event.WRITE) and not waiting and none_in_time,
        "confirm-answer": theirs == [True],
    }


def _time(seen: Seen) -> dict[str, bool]:
    thread, proposal = seen.thread, seen.thread.proposal()
    theirs = proposal is not None and thread.side_of(proposal.proposed_by_authority_id) != seen.side
    extensible = seen.running and extension_left(thread.terms(), thread.extended_by()) > 0
    may_ask = seen.consulted or thread.extended_by_agreement()
    corrected = any(one.status == "proposed" for one in thread.corrections.all())
    return {
        "propose-extension": extensible and proposal is None and may_ask,
        "agree-extension": seen.running and theirs,
        "refuse-extension": seen.running and theirs,
        "correct": seen.running and seen.consulted and corrected,
    }


def _ended(seen: Seen) -> dict[str, bool]:
    reminded = any(one.kind == "reminded" for one in seen.thread.events.all())
    return {
        "withdraw": seen.can(Event.WITHDRAW),
        "remind": seen.can(Event.REMIND),
        "close": seen.can(Event.CLOSE_UNANSWERED) and not seen.thread.lapses and reminded,
    }


def about(thread: Consultation) -> str:
    """Say in a few words what was shared: the first item and the destinations."""
    items: list[dict[str, Any]] = thread.shared.get("items", [])
    first = (items[0].get("code") or items[0].get("description") or "") if items else ""
    if items and items[0].get("code") and items[0].get("description"):
        first = f"{items[0]['code']} {items[0]['description']}"
    places = ", ".join(one.get("code") or one.get("printed") or "" for one in thread.shared.get("destinations", []))
    subject = str(thread.shared.get("subject", ""))[:120]
    return subject or " → ".join(part for part in (first[:80], places) if part)

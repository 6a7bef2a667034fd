"""What a party may do in a thread now, and what it is about in a few words."""

from datetime import datetime
from typing import Any

from accounts.roles import Principal
from consultations.law.lifecycle import Event, State, events_from
from consultations.law.terms import CONCLUSIONS, extension_left
from consultations.models import CONSULTED, CONSULTING, Consultation


def offers(thread: Consultation, by: Principal, now: datetime) -> frozenset[str]:
    """Return the acts open to a principal: what the role, the side and the state of the thread allow together."""
    side, stands = thread.side_of(by.authority_id), thread.stands_as(now)
    possible = frozenset(events_from(stands))
    running = stands == State.OPEN
    proposal = thread.proposal()
    theirs = proposal is not None and thread.side_of(proposal.proposed_by_authority_id) != side
    extensible = running and extension_left(thread.terms(), thread.extended_by()) > 0
    other = CONSULTING if side == CONSULTED else CONSULTED
    waiting = [one for one in thread.answers_elsewhere.all() if one.status == "registered"]
    claims = [thread.speaker(one.registered_by_authority_id) for one in waiting]
    may_ask = side == CONSULTED or thread.extended_by_agreement()
    ends = CONCLUSIONS.get(thread.rule) if thread.application_id is None else None
    closes = Event.NOTIFY_OUTCOME in possible and stands != State.CLOSED
    checks = {
        "answer": by.may("consultation.answer") and side == CONSULTED and Event.ANSWER in possible,
        "late-answer": by.may("consultation.answer")
        and side == CONSULTED
        and Event.ANSWER_LATE in possible
        and not thread.answers.all(),
        "request-information": by.may("consultation.answer") and Event.ASK_INFORMATION in possible,
        "give-information": by.may("consultation.answer")
        and Event.GIVE_INFORMATION in possible
        and thread.awaits_information_from() == side,
        "propose-extension": by.may("consultation.extend") and extensible and proposal is None and may_ask,
        "conclude": by.may("consultation.answer") and ends is not None and ends.side == side and closes,
        "agree-extension": by.may("consultation.extend") and running and theirs,
        "refuse-extension": by.may("consultation.extend") and running and theirs,
        "withdraw": by.may("consultation.withdraw") and side == CONSULTING and Event.WITHDRAW in possible,
        "register-answer": by.may("consultation.answer")
        and Event.WRITE in possible
        and not claims
        and all(one.is_late for one in thread.answers.all()),
        "confirm-answer": by.may("consultation.answer") and claims == [other],
        "correct": by.may("consultation.extend")
        and running
        and side == CONSULTED
        and any(one.status == "proposed" for one in thread.corrections.all()),
        "remind": by.may("consultation.withdraw") and side == CONSULTING and Event.REMIND in possible,
        "close": by.may("consultation.withdraw")
        and side == CONSULTING
        and Event.CLOSE_UNANSWERED in possible
        and not thread.lapses
        and any(one.kind == "reminded" for one in thread.events.all()),
        "acknowledge": by.may("consultation.answer")
        and side == CONSULTED
        and running
        and thread.acknowledged_at is None,
        "note": by.kind == "user" and by.may("consultation.answer"),
        "take": by.kind == "user" and by.may("consultation.answer"),
    }
    return frozenset(code for code, holds in checks.items() if holds)


def about(thread: Consultation) -> str:
    """Say in a few words what was shared: the first item and the destinations."""
    items: list[dict[str, Any]] = thread.shared.get("items", [])
    first = (items[0].get("code") or items[0].get("description") or "") if items else ""
    if items and items[0].get("code") and items[0].get("description"):
        first = f"{items[0]['code']} {items[0]['description']}"
    places = ", ".join(one.get("code") or one.get("printed") or "" for one in thread.shared.get("destinations", []))
    subject = str(thread.shared.get("subject", ""))[:120]
    return subject or " → ".join(part for part in (first[:80], places) if part)

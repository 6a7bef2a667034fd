"""Four eyes before sending, where an authority asks for it: one person prepares an act, another one sends it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, outbox
from accounts.law.errors import NotCompetent, NotForeseen, SamePerson, TransitionRefused
from accounts.law.settings import FOUR_EYES_CONSULTATIONS
from accounts.models import AuthoritySetting
from accounts.principals import today_of, user_of
from accounts.roles import Principal
from consultations.actions.answering import answer_consultation, answer_late, give_information, request_information
from consultations.actions.asking import conclude_query
from consultations.actions.record import locked, side_of
from consultations.actions.timing import (
    agree_extension,
    propose_extension,
    refuse_extension,
    withdraw_consultation,
)
from consultations.models import PreparedAct
from denials.law.lifecycle import SecondOfficerNeeded

#: The acts that reach the other side, by name.
ACTS: Mapping[str, Callable[..., Any]] = {
    "answered": answer_consultation,
    "late_answer": answer_late,
    "information_requested": request_information,
    "information_given": give_information,
    "extension_proposed": propose_extension,
    "extension_agreed": agree_extension,
    "extension_refused": refuse_extension,
    "withdrawn": withdraw_consultation,
    "concluded": conclude_query,
}
Standing = PreparedAct.State


def needs_four_eyes(by: Principal, act: str, now: datetime) -> bool:
    """Tell whether an authority has chosen that a second person sends this act of one of its people."""
    return act in ACTS and asks_for_two(by, now)


def asks_for_two(by: Principal, now: datetime) -> bool:
    """Tell whether a person's authority has chosen four eyes for today, its own; a system keeps its own."""
    if by.kind != "user" or by.authority_id is None:
        return False
    on = today_of(by, now)
    return AuthoritySetting.objects.in_force(by.authority_id, FOUR_EYES_CONSULTATIONS, on) == "on"


def check_alone(verb: Callable[..., Any], *, by: Principal, now: datetime) -> None:
    """
    Refuse an act done at once by a person whose authority asks for two.

    :raises SecondOfficerNeeded:   Source: docs/adr/0097.
    """
    if verb in ACTS.values() and asks_for_two(by, now):
        raise SecondOfficerNeeded(article="docs/adr/0097")


@transaction.atomic
def prepare_act(
    *, consultation_id: UUID, act: str, given: Mapping[str, Any], by: Principal, now: datetime
) -> PreparedAct:
    """
    Keep an act for a colleague to send; nothing reaches the other side and no clock stops.

    :raises NotForeseen: for an act that is not among them.   :raises NotCompetent: for a stranger or a system.
    """
    consultation = locked(consultation_id)
    side_of(consultation, by)
    person = user_of(by)
    if person is None:
        raise NotCompetent(authority=by.authority_code)
    if act not in ACTS:
        raise NotForeseen(field="act", value=act)
    body = consultation.body_of(by.authority_id)
    prepared = PreparedAct(
        consultation=consultation, authority=body, act=act, given=dict(given), prepared_at=now, prepared_by=person
    )
    prepared.save(force_insert=True)
    audit.record("act.prepared", subject=prepared, by=by, at=now, after={"act": act, "given": dict(given)})
    reference = consultation.reference
    outbox.post("consultation.act_prepared", to=[body], subject=consultation, reference=reference, now=now)
    return prepared


@transaction.atomic
def send_prepared(*, prepared_id: UUID, by: Principal, now: datetime) -> PreparedAct:
    """
    Send what a colleague prepared, as one's own act at this moment.

    :raises SamePerson: for who prepared it.   :raises TransitionRefused: if it was sent or returned.
    :raises: what the act itself is refused with, such as an answer that now comes too late.
    """
    prepared = _waiting(prepared_id, by)
    if prepared.prepared_by_id == by.id:
        raise SamePerson
    ACTS[prepared.act](consultation_id=prepared.consultation_id, **prepared.given, by=by, now=now)
    return _settle(prepared, Standing.SENT, by, now)


@transaction.atomic
def return_prepared(*, prepared_id: UUID, by: Principal, now: datetime) -> PreparedAct:
    """Give back what was prepared, unsent; also by who prepared it."""
    return _settle(_waiting(prepared_id, by), Standing.RETURNED, by, now)


def _waiting(prepared_id: UUID, by: Principal) -> PreparedAct:
    prepared = PreparedAct.objects.select_for_update(of=("self",)).get(pk=prepared_id)
    if prepared.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    if prepared.status != Standing.WAITING:
        raise TransitionRefused(prepared.status, "send_prepared")
    return prepared


def _settle(prepared: PreparedAct, status: str, by: Principal, now: datetime) -> PreparedAct:
    prepared.status, prepared.settled_at, prepared.settled_by = status, now, user_of(by)
    prepared.save(update_fields=["status", "settled_at", "settled_by"])
    audit.record(f"act.{status}", subject=prepared, by=by, at=now)
    return prepared

"""Four eyes before sending, where an authority asks for it: one prepares an act, another person sends it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts import audit, outbox
from accounts.law.errors import NotCompetent, NotForeseen, SamePerson, TransitionRefused
from accounts.law.settings import FOUR_EYES_CONSULTATIONS
from accounts.models import AuthoritySetting
from accounts.principals import authority_of, today_of, user_of
from accounts.roles import Principal
from consultations.actions.answering import answer_consultation, answer_late, give_information, request_information
from consultations.actions.asking import conclude_query, open_queries, plan_queries
from consultations.actions.calendars import apply_correction, decline_correction
from consultations.actions.closing import close_unanswered, remind_consulted
from consultations.actions.elsewhere import (
    confirm_answer_elsewhere,
    dispute_answer_elsewhere,
    register_answer_elsewhere,
)
from consultations.actions.opening import Thread, open_consultations, plan_consultations
from consultations.actions.record import locked, side_of
from consultations.actions.timing import (
    agree_extension,
    propose_extension,
    refuse_extension,
    withdraw_consultation,
)
from consultations.models import OPENED, QUERIED, PreparedAct
from denials.law.lifecycle import SecondOfficerNeeded
from screening.models import Application

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
    "reminded": remind_consulted,
    "closed_unanswered": close_unanswered,
    "answer_registered": register_answer_elsewhere,
    "answer_confirmed": confirm_answer_elsewhere,
    "answer_disputed": dispute_answer_elsewhere,
    "deadline_moved": apply_correction,
    "correction_declined": decline_correction,
}
#: The acts that open consultations, and with that reach the other sides.
OPENING: Mapping[str, Callable[..., Any]] = {OPENED: open_consultations, QUERIED: open_queries}
Standing = PreparedAct.State


def needs_four_eyes(by: Principal, act: str, now: datetime) -> bool:
    """Tell whether an authority has chosen that a second person sends this act of one of its people."""
    return (act in ACTS or act in OPENING) and asks_for_two(by, now)


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
    if verb in (*ACTS.values(), *OPENING.values()) and asks_for_two(by, now):
        raise SecondOfficerNeeded(article="docs/adr/0097")


@transaction.atomic
def prepare_act(
    *, consultation_id: UUID, act: str, given: Mapping[str, Any], by: Principal, now: datetime
) -> PreparedAct:
    """
    Keep an act for a colleague to send; nothing reaches the other side and no clock stops.

    A national system may prepare what a person then sends.
    :raises NotForeseen: for an act that is not among them.   :raises NotCompetent: for a stranger.
    """
    consultation = locked(consultation_id)
    side_of(consultation, by)
    if act not in ACTS:
        raise NotForeseen(field="act", value=act)
    body = consultation.body_of(by.authority_id)
    prepared = PreparedAct(consultation=consultation, authority=body, act=act, given=_plain(given))
    return _kept(prepared, consultation.reference, by, now)


@transaction.atomic
def prepare_opening(
    *, act: str, given: Mapping[str, Any], by: Principal, now: datetime, application_id: UUID | None = None
) -> PreparedAct:
    """
    Keep consultations for a colleague to open; they are planned once to see that they could be opened now.

    :param given: the arguments of `open_consultations` or `open_queries` beside the application.
    :raises NotForeseen: for an act that opens none.   :raises: as that act.
    """
    if act not in OPENING:
        raise NotForeseen(field="act", value=act)
    body = authority_of(by)
    application = Application.objects.get(pk=application_id, authority=body) if application_id else None
    prepared = PreparedAct(application=application, authority=body, act=act, given=_plain(given))
    plan_prepared(prepared, by=by, now=now)
    return _kept(prepared, application.reference if application else "", by, now)


def plan_prepared(prepared: PreparedAct, *, by: Principal, now: datetime) -> list[Thread]:
    """Return the consultations a prepared opening would open now; changes nothing.   :raises: as the act."""
    given = _arguments(prepared)
    for words in ("question", "summary"):
        given.pop(words, None)
    plan: Callable[..., list[Thread]] = plan_consultations if prepared.act == OPENED else plan_queries
    return plan(application=prepared.application, by=by, now=now, **given)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said as it is kept: ids and moments as text."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(given), cls=DjangoJSONEncoder))
    return kept


def _kept(prepared: PreparedAct, reference: str, by: Principal, now: datetime) -> PreparedAct:
    prepared.prepared_at, prepared.prepared_by = now, user_of(by)
    prepared.save(force_insert=True)
    after = {"act": prepared.act, "given": prepared.given}
    audit.record("act.prepared", subject=prepared, by=by, at=now, after=after)
    about = prepared.consultation or prepared
    outbox.post("consultation.act_prepared", to=[prepared.authority], subject=about, reference=reference, now=now)
    return prepared


def _arguments(prepared: PreparedAct) -> dict[str, Any]:
    """Return the arguments of the act prepared, ids as ids and moments as moments."""
    given = dict(prepared.given)
    if "given_at" in given:
        given["given_at"] = datetime.fromisoformat(given["given_at"])
    if prepared.act in OPENING:
        given |= {name: [UUID(one) for one in given[name]] for name in ("hits", "denials") if name in given}
    return given


@transaction.atomic
def send_prepared(*, prepared_id: UUID, by: Principal, now: datetime) -> PreparedAct:
    """
    Send what a colleague prepared, as one's own act at this moment.

    :raises SamePerson: for who prepared it.   :raises NotCompetent: for a national system: a person looks at it.
    :raises TransitionRefused: if it was sent or returned.
    :raises: what the act itself is refused with, such as an answer that now comes too late.
    """
    prepared = _waiting(prepared_id, by)
    if user_of(by) is None:
        raise NotCompetent(authority=by.authority_code)
    if prepared.prepared_by_id == by.id:
        raise SamePerson
    if prepared.act in OPENING:
        OPENING[prepared.act](application_id=prepared.application_id, **_arguments(prepared), by=by, now=now)
    else:
        ACTS[prepared.act](consultation_id=prepared.consultation_id, **_arguments(prepared), by=by, now=now)
    return _settle(prepared, Standing.SENT, by, now)


@transaction.atomic
def return_prepared(*, prepared_id: UUID, by: Principal, now: datetime) -> PreparedAct:
    """Give back what was prepared, unsent; also by who prepared it.   :raises NotCompetent: for a national system."""
    if user_of(by) is None:
        raise NotCompetent(authority=by.authority_code)
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

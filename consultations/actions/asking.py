"""Consultations the officer opens by hand: on location, security, a customs stop, a review, or an informal question."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts import clock, outbox
from accounts.law.errors import FieldMissing, NotCompetent, NotForeseen, TransitionRefused
from accounts.models import Authority, State
from accounts.roles import Principal
from consultations import notices
from consultations.actions.opening import Thread, announce, open_thread, plan_thread
from consultations.actions.record import locked, only, other, said, write
from consultations.actions.timing import lapse_if_ended
from consultations.law.lifecycle import Event
from consultations.law.sharing import USUAL, shared_content, stated_content
from consultations.law.terms import CONCLUSIONS, Terms, check_rule_opens, terms_for
from consultations.models import Consultation
from denials.models import Denial
from screening.law.lifecycle import PENDING
from screening.models import Application


@transaction.atomic
def open_queries(
    *,
    rule: str,
    by: Principal,
    now: datetime,
    states: Collection[str] = (),
    application_id: UUID | None = None,
    denials: Collection[UUID] = (),
    statement: Mapping[str, Any] | None = None,
    question: str = "",
    summary: str = "",
    shared: Collection[str] = USUAL,
) -> list[Consultation]:
    """
    Open one consultation with each state asked, under a rule other than that on denials, each with its own clock.

    :param states: who is asked; for a review under Art. 5(5) all other members if none is named.
    :param application_id: of one's own, where the rule is about one.   :param statement: else the facts stated, see
        `law/sharing.py: stated_content`.   :param denials: an informal question may name them.
    :param summary: of the question, in English, beside the original words.
    :raises NotCompetent: :raises NotForeseen: naming the field.   :raises FieldMissing: :raises RuleUnknown:
    :raises NoContactPoint: :raises TransitionRefused: if the application is decided.
    Source: Reg. (EU) 2021/821 Art. 5(5), 14(1), 14(2), 21(3), 21(4); informal questions: practice, docs/adr/0094.
    """
    application = None
    if application_id is not None:
        application = Application.objects.select_for_update().get(pk=application_id)
    threads = plan_queries(
        rule=rule,
        by=by,
        now=now,
        states=states,
        application=application,
        denials=denials,
        statement=statement,
        shared=shared,
    )
    opened = [open_thread(application, thread, question, by=by, now=now) for thread in threads]
    for consultation in opened:
        announce(consultation, by=by, now=now, summary=summary)
    return opened


def plan_queries(
    *,
    rule: str,
    by: Principal,
    now: datetime,
    states: Collection[str] = (),
    application: Application | None = None,
    denials: Collection[UUID] = (),
    statement: Mapping[str, Any] | None = None,
    shared: Collection[str] = USUAL,
) -> list[Thread]:
    """
    Return the consultations `open_queries` would open at a moment; changes nothing.

    :raises: as `open_queries`.
    """
    terms = terms_for(rule, now.date(), getattr(settings, "EXCHANGE_TERMS", None))
    check_rule_opens(terms, with_application=application is not None)
    if by.body != Authority.Kind.AUTHORITY or terms.regime not in by.regimes:
        raise NotCompetent(authority=by.authority_code, regime=terms.regime)
    if application is not None:
        _check_own(application, terms, by)
        content = shared_content(application.facts(), shared)
    else:
        content = stated_content(**dict(statement or {"subject": ""}))
    named = _denials(denials, terms, by)
    threads = []
    for state in _asked(terms, states, by, now):
        theirs = tuple(denial for denial in named if denial.state_of_issue_id == state.code)
        threads.append(plan_thread(terms.rule, state, theirs, {}, content, now))
    return threads


def _check_own(application: Application, terms: Terms, by: Principal) -> None:
    if application.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code, regime=application.regime)
    if application.regime != terms.regime:
        raise NotForeseen(field="rule", value=terms.rule)
    if application.status not in PENDING:
        raise TransitionRefused(application.status, "open_consultation")


def _denials(wanted: Collection[UUID], terms: Terms, by: Principal) -> list[Denial]:
    rows = Denial.objects.visible_to(by).notified().filter(pk__in=list(wanted), regime=terms.regime)
    found = list(rows.select_related("authority", "state_of_issue", "current"))
    if len(found) != len(set(wanted)):
        raise NotForeseen(field="denials", value=str(len(set(wanted)) - len(found)))
    return found


def _asked(terms: Terms, states: Collection[str], by: Principal, now: datetime) -> list[State]:
    """Return the states asked, each a member other than the own."""
    members = State.objects.filter(memberships__regime=terms.regime).exclude(code=by.state).distinct().order_by("code")
    here = [one for one in members if one.takes_part(terms.regime, now)]
    if not states and terms.to_all:
        return here
    if not states:
        raise FieldMissing(field="states", article=terms.article)
    known = {one.code: one for one in here}
    for code in states:
        if code not in known:
            raise NotForeseen(field="states", value=code, article=terms.article)
    return [known[code] for code in sorted(set(states))]


@transaction.atomic
def conclude_query(
    *,
    consultation_id: UUID,
    outcome: str,
    by: Principal,
    now: datetime,
    text: str = "",
    summary: str = "",
    explanation: str = "",
) -> Consultation:
    """
    Make known how a consultation that hangs on no application of the consulting side was concluded.

    :param outcome: one that the rule knows.   :param text: to the other side alone; `summary` in English, beside it.
    :param explanation: to everybody who is told: the other side and, where the text says so, members and Commission.
    :raises NotForeseen: another outcome, or where the decision tells the outcome.
    :raises NotCompetent: for the side that does not decide.   :raises TransitionRefused: while it is open, or twice.
    Source: Reg. (EU) 2021/821 Art. 14(2), 21(3), 21(4), 5(5); docs/adr/0094.
    """
    consultation = locked(consultation_id)
    ends = CONCLUSIONS.get(consultation.rule)
    if ends is None or consultation.application_id is not None:
        raise NotForeseen(field="rule", value=consultation.rule)
    only(ends.side, consultation, by)
    if outcome not in ends.outcomes:
        raise NotForeseen(field="outcome", value=outcome, article=consultation.terms().article)
    at = clock.now()
    lapse_if_ended(consultation, now=at)
    if consultation.events.filter(kind="concluded").exists():
        raise TransitionRefused(consultation.status, Event.NOTIFY_OUTCOME)
    consultation.advance(Event.NOTIFY_OUTCOME)
    consultation.save(update_fields=["status"])
    data: dict[str, object] = {"outcome": outcome, "explanation": explanation, **said(summary)}
    event = write(consultation, "concluded", by=by, at=at, now=at, key="concluded", text=text, data=data)
    notices.tell("concluded", consultation, side=other(ends.side), now=at)
    if outcome in ends.told:
        parties = {body.pk for body in [consultation.consulting_authority, *notices.consulted_bodies(consultation)]}
        others = [body for body in notices.members_and_commission(consultation, at) if body.pk not in parties]
        outbox.post("query.concluded", to=others, subject=event, reference=consultation.reference, now=at)
    return consultation

"""The decision on an application, the explanation owed with a grant, and what the consulted are told."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from accounts.law.errors import NotCompetent, NotForeseen, ReasonMissing
from accounts.principals import user_of
from accounts.roles import Principal
from consultations.actions.outcome import notify_grant, tell_outcome, tell_own_side
from consultations.actions.owndenial import draft_own_denial
from consultations.actions.timing import lapse_if_ended
from consultations.law.lifecycle import State as Standing
from consultations.law.terms import CLOSED_UNANSWERED, WITHDRAWN, Kind, is_grant_after_consultation, is_undercut
from consultations.models import Consultation, Decision, gate_of, withdrawn_on
from denials.law.regimes import last_rules
from denials.models import Denial
from screening.law import lifecycle
from screening.models import Application

Outcome = Decision.Outcome


@transaction.atomic
def record_decision(
    *,
    application_id: UUID,
    outcome: str,
    by: Principal,
    now: datetime,
    reasons: str = "",
    decided_on: date | None = None,
    explanation: str = "",
    quantity: str = "",
    conditions: str = "",
    draft_denial: bool = False,
    nationally: bool = False,
) -> Decision:
    """
    Record what the authority decided; a grant after consultation and its explanation are one act.

    A grant passes the gate: no consultation open, no hit left, screened against the register as it stands. A refusal
    and a withdrawal may always be recorded; what stood against a refusal is kept as its flags. Threads still open
    are withdrawn, the others learn the outcome, whatever it is. A grant taken nationally is recorded although the gate
    is closed, with what stood against it as its flags; its explanation may follow by `explain_grant`.

    :param decided_on: the day of the decision, not later than today; today if not given.
    :param explanation: owed with a grant after consultation.   :param quantity: what was granted, for that notice.
    :param draft_denial: for a refusal: prepare the own denial, prefilled.
    :param nationally: a grant already taken outside the exchange; the threads still open are closed by it.
    :raises NotCompetent: for another authority's application.   :raises ScreeningStale: :raises HitsOpen:
    :raises Unwitnessed: a grant upon silence, while the audit chain is; one taken nationally is flagged instead.
    :raises ConsultationsOpen: :raises ObjectionBinds: :raises ReasonMissing: :raises TransitionRefused: once decided.
    Source: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1), (2); Reg. (EU) 2019/125 Art. 23(2), (3).
    """
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("authority__state").get(pk=application_id)
    )
    if application.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code, regime=application.regime)
    at = clock.now()
    threads = _locked_threads(application, outcome, at, nationally=nationally)
    flags = _advance(application, outcome, at, nationally=nationally)
    granted = outcome == Outcome.GRANTED
    still_open = CLOSED_UNANSWERED if granted else WITHDRAWN  # what becomes of it below
    outcomes = [thread.outcome(at) or still_open for thread in threads if thread.kind == Kind.DENIALS]
    rules = last_rules(application.regime, application.authority.day_of(at))
    granted_after = granted and is_grant_after_consultation(outcomes)
    if granted_after and not explanation.strip() and not nationally:
        raise ReasonMissing(field="explanation", article=rules.source)
    if outcome == Outcome.REFUSED and not reasons.strip():
        raise ReasonMissing(field="reasons")
    day = _day(application, decided_on, at)
    decision = Decision(
        application=application,
        authority=application.authority,
        regime=application.regime,
        outcome=outcome,
        reasons=reasons,
        decided_on=day,
        recorded_at=at,
        by=user_of(by),
        screening=application.latest_screening(),
        own_denial=_own_denial(application, outcome, reasons, draft_denial, day, by=by, now=at),
        after_consultation=is_grant_after_consultation(outcomes),
        is_undercut=granted_after and is_undercut(rules, outcomes),
        flags=[str(flag) for flag in _flags(application, flags, threads, day, at, granted=granted)],
    )
    decision.save(force_insert=True)
    audit.record("decision.recorded", subject=decision, by=by, at=at, after=_content(decision))
    if granted_after and explanation.strip():
        notify_grant(decision, explanation, quantity, conditions, by=by, now=at)
    tell_outcome(threads, decision, by=by, now=at)
    tell_own_side(decision, now=at)
    return decision


def _locked_threads(application: Application, outcome: str, at: datetime, *, nationally: bool) -> list[Consultation]:
    """Return the application's threads, locked, with lapses written that no sweep has written yet."""
    rows = application.consultations.select_for_update(of=("self",)).select_related("consulted_state").order_by("pk")
    threads = list(rows)
    for thread in threads:
        lapse_if_ended(thread, now=at)
    if not nationally:
        _check_silence(threads, outcome, at)
    return threads


def _check_silence(threads: list[Consultation], outcome: str, at: datetime) -> None:
    """Refuse a grant upon silence while nobody witnesses the chain.   :raises Unwitnessed:"""
    if outcome == Outcome.GRANTED and any(thread.stands_as(at) == Standing.LAPSED for thread in threads):
        audit.check_witnessed(at)


def _advance(application: Application, outcome: str, at: datetime, *, nationally: bool) -> tuple[lifecycle.Flag, ...]:
    """Lead the application to its end: a grant through the gate, anything else with what stood against it as flags."""
    if outcome not in Outcome.values:
        raise NotForeseen(field="outcome", value=outcome)
    if outcome == Outcome.WITHDRAWN:
        application.advance(lifecycle.Event.WITHDRAW)
        application.save(update_fields=["status"])
        return ()
    granting = outcome == Outcome.GRANTED
    if lifecycle.State(application.status) not in lifecycle.PENDING:
        application.advance(lifecycle.Event.GRANT if granting else lifecycle.Event.REFUSE)
    if granting:
        audit.lock_ledger()  # no denial is notified between the look at the register and the grant
    gate = gate_of(application, at)
    flags = gate.flags(granting=granting)
    if granting and not nationally:
        gate.check(granting=True)
    if flags:
        application.advance(lifecycle.Event.RECORD_GRANT if granting else lifecycle.Event.RECORD_REFUSAL)
    else:
        _make_decidable(application)
        application.advance(lifecycle.Event.GRANT if granting else lifecycle.Event.REFUSE)
    application.save(update_fields=["status"])
    if granting and withdrawn_on(application):
        return *flags, lifecycle.Flag.CONSULTATION_WITHDRAWN
    return flags


def _flags(
    application: Application,
    flags: tuple[lifecycle.Flag, ...],
    threads: list[Consultation],
    day: date,
    at: datetime,
    *,
    granted: bool,
) -> tuple[lifecycle.Flag, ...]:
    """Return the flags of the gate, and for a grant recorded late whether a consultation ran on its day."""
    if not granted or lifecycle.Flag.CONSULTATION_OPEN in flags:
        return flags
    body = application.authority
    for thread in threads:
        if thread.kind == Kind.INFORMAL or body.day_of(thread.sent_at) > day:
            continue
        concluded = None if thread.status == Standing.OPEN else thread.concluded_on(at)  # silence unwitnessed is open
        if concluded is None or body.day_of(concluded) > day:
            return lifecycle.Flag.CONSULTATION_OPEN, *flags
    return flags


def _make_decidable(application: Application) -> None:
    """Catch up with what silence and answers have concluded; nothing is written when the other side acts."""
    if application.status == lifecycle.State.CONSULTING:
        application.advance(lifecycle.Event.CONSULTATIONS_CONCLUDED)
    elif application.status == lifecycle.State.SCREENED:
        application.advance(lifecycle.Event.HITS_DISMISSED)


def _day(application: Application, decided_on: date | None, at: datetime) -> date:
    today = application.authority.day_of(at)
    if decided_on is None:
        return today
    if not application.received_on <= decided_on <= today:
        raise NotForeseen(field="decided_on", value=decided_on.isoformat())
    return decided_on


def _own_denial(
    application: Application, outcome: str, reasons: str, wanted: bool, day: date, *, by: Principal, now: datetime
) -> Denial | None:
    if not wanted:
        return None
    if outcome != Outcome.REFUSED:
        raise NotForeseen(field="draft_denial", value=outcome)
    return draft_own_denial(application=application, reasons=reasons, decided_on=day, by=by, now=now)


def _content(decision: Decision) -> dict[str, object]:
    return {
        "application": str(decision.application_id),
        "outcome": decision.outcome,
        "decided_on": decision.decided_on,
        "reasons": decision.reasons,
        "after_consultation": decision.after_consultation,
        "is_undercut": decision.is_undercut,
        "own_denial": str(decision.own_denial_id or ""),
        "flags": decision.flags,
    }

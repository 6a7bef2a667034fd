"""After a decision: the explanation a grant owes, what the consulted are told, and who is shown its flags."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, clock, outbox
from accounts.law.errors import NotCompetent, ReasonMissing, TransitionRefused
from accounts.models import Authority
from accounts.principals import user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.record import write
from consultations.law.lifecycle import Event, State
from consultations.models import CONSULTED, Consultation, Decision, GrantNotice, grants_against_own
from screening.models import Application


@transaction.atomic
def explain_grant(
    *, decision_id: UUID, explanation: str, by: Principal, now: datetime, quantity: str = "", conditions: str = ""
) -> GrantNotice:
    """
    Give the explanation a grant after consultation still owes: it was recorded as taken nationally, without one.

    :raises TransitionRefused: where none is owed, or it was given.   :raises ReasonMissing: :raises NotCompetent:
    Source: CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2021/821 Art. 16(5), fourth subparagraph;
    Reg. (EU) 2019/125 Art. 23(3).
    """
    Application.objects.select_for_update(of=("self",)).get(
        decision=decision_id
    )  # decisions are written once: no lock of theirs
    decision = Decision.objects.select_related("application", "authority__state").get(pk=decision_id)
    if decision.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code, regime=decision.regime)
    if not decision.owes_explanation:
        raise TransitionRefused(decision.outcome, "explain")
    if not explanation.strip():
        raise ReasonMissing(field="explanation")
    return notify_grant(decision, explanation, quantity, conditions, by=by, now=clock.now())


def notify_grant(
    decision: Decision, explanation: str, quantity: str, conditions: str, *, by: Principal, now: datetime
) -> GrantNotice:
    """
    Write the explanation and tell those the regime prescribes.

    Source: CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2021/821 Art. 16(5), fourth subparagraph;
    Reg. (EU) 2019/125 Art. 23(3).
    """
    application = decision.application
    recipients = notices.grant_recipients(application, decision.authority.day_of(now))
    notice = GrantNotice(
        reference=f"{by.state}-G-{notices.random_suffix()}",
        decision=decision,
        authority=decision.authority,
        regime=decision.regime,
        decided_on=decision.decided_on,
        is_undercut=decision.is_undercut,
        content=notices.grant_content(application),
        explanation=explanation,
        quantity=quantity,
        conditions=conditions,
        notified_at=now,
        by=user_of(by),
    )
    notice.save(force_insert=True)
    notice.recipients.set(recipients)
    after = {
        "decision": str(decision.pk),
        "recipients": sorted(body.code for body in recipients),
        "content": notice.content,
        "explanation": explanation,
        "quantity": quantity,
        "conditions": conditions,
    }
    audit.record("grant.notified", subject=notice, by=by, at=now, after=after)
    notices.tell_grant(notice, recipients, now=now)
    return notice


def tell_outcome(threads: Iterable[Consultation], decision: Decision, *, by: Principal, now: datetime) -> None:
    """
    Make the outcome known, whatever it is; a withdrawn thread has nothing more to learn.

    What is open is withdrawn, or closed where a grant was taken nationally while it ran.
    """
    for thread in threads:
        if thread.status == State.WITHDRAWN:
            continue
        if thread.status == State.OPEN:
            _end_open(thread, decision, by=by, now=now)
        else:
            thread.advance(Event.NOTIFY_OUTCOME)
            thread.save(update_fields=["status"])
        data: dict[str, object] = {"outcome": decision.outcome, "decided_on": decision.decided_on.isoformat()}
        write(thread, "outcome", by=by, at=now, now=now, key="outcome", data=data)
        notices.tell("outcome", thread, side=CONSULTED, now=now)


def _end_open(thread: Consultation, decision: Decision, *, by: Principal, now: datetime) -> None:
    granted = decision.outcome == Decision.Outcome.GRANTED
    thread.advance(Event.DECIDED_NATIONALLY if granted else Event.WITHDRAW)
    thread.concluded_at = now
    thread.save(update_fields=["status", "concluded_at"])
    if not granted:
        write(thread, "withdrawn", by=by, at=now, now=now, key="withdrawn")


def tell_own_side(decision: Decision, *, now: datetime) -> None:
    """Tell the own authority and the auditors with what it was flagged, and issuers which denial to review."""
    show_flags(decision, now=now)
    prompt_own_review(decision, now=now)


def prompt_own_review(decision: Decision, *, now: datetime) -> None:
    """
    Tell the issuers of own denials that a similar transaction was granted since: they decide whether to keep them.

    Source: Reg. (EU) 2021/821 Art. 16(2); docs/adr/0151.
    """
    if decision.outcome != Decision.Outcome.GRANTED:
        return
    hits = grants_against_own().filter(screening=decision.screening_id).select_related("denial__authority")
    for hit in hits.order_by("denial__reference"):
        denial = hit.denial
        outbox.post(
            "denial.own_grant", to=[denial.authority], subject=denial, reference=denial.reference or "", now=now
        )


def show_flags(decision: Decision, *, now: datetime) -> None:
    """
    Tell the own authority, whose supervisor sees it, and the auditors that a decision was recorded with flags.

    Source: docs/adr/0028, 0062, 0090.
    """
    if decision.flags:
        to = [decision.authority, *Authority.objects.filter(kind=Authority.Kind.AUDIT)]
        reference = decision.application.reference
        outbox.post("decision.flagged", to=to, subject=decision, reference=reference, now=now)

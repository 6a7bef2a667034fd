"""Acts upon a denial in force past two officers: one submits the act in full, another releases or returns it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, principals
from accounts.law.errors import NotForeseen, ReasonMissing
from accounts.roles import Principal
from denials.actions.changes import amended, ended
from denials.actions.courses import confirmed, lifted
from denials.actions.register import current_version, own_denial
from denials.actions.second import note_step
from denials.law.lifecycle import Event, check_release
from denials.law.proposals import RELEASED_BY_A_SECOND, Proposal, ProposalOvertaken, ProposalWaits
from denials.models import Denial, ProposedAct, ReleaseStep


@transaction.atomic
def propose_act(*, denial_id: UUID, proposal: Proposal, by: Principal, now: datetime) -> ProposedAct:
    """
    Lay an act upon a denial in force before a second officer; nobody outside the authority sees it.

    :raises ProposalWaits: if one waits already.   :raises NotForeseen: an act that one officer does.
    :raises: as the act itself, whatever it would refuse now.
    """
    denial = own_denial(denial_id, by)
    if proposal.event not in RELEASED_BY_A_SECOND:
        raise NotForeseen("event", proposal.event)
    if ProposedAct.objects.filter(denial=denial).exists():
        raise ProposalWaits()
    if proposal.event == Event.CONFIRM and proposal.decided_on is None:  # what is seen is what is released, any day
        proposal = replace(proposal, decided_on=denial.authority.day_of(now))
    based_on = current_version(denial).number
    _rehearse(denial_id, proposal, by, now)
    kept = ProposedAct(
        denial=denial,
        event=proposal.event,
        based_on=based_on,
        given=proposal.as_data(),
        proposed_at=now,
        proposed_by=principals.user_of(by),
        principal=by.key,
    )
    kept.save(force_insert=True)
    note_step(denial, ReleaseStep.Kind.SUBMITTED, by, now, event=proposal.event)
    audit.record("denial.act_submitted", subject=denial, by=by, at=now, after=kept.given)
    return kept


@transaction.atomic
def release_act(*, denial_id: UUID, proposed: UUID, by: Principal, now: datetime) -> Denial:
    """
    Do what another officer submitted, exactly as it was submitted.

    :param proposed: the proposal that was seen.
    :raises ProposalOvertaken: if it waits no more, or the denial has changed since.
    :raises OwnSubmission: to whoever submitted it.   :raises: as the act itself.
    """
    denial = own_denial(denial_id, by)
    waiting = ProposedAct.objects.filter(pk=proposed, denial=denial).first()
    if waiting is None or waiting.based_on != current_version(denial).number:
        raise ProposalOvertaken()
    check_release(True, waiting.principal, by.key)
    proposal = waiting.proposal()
    note_step(denial, ReleaseStep.Kind.RELEASED, by, now, event=waiting.event)
    waiting.delete()
    return _done(denial, proposal, by, now)


@transaction.atomic
def return_act(*, denial_id: UUID, reason: str, by: Principal, now: datetime) -> Denial:
    """
    Give a submitted act back, with the reason; whoever submitted it may take it back too.

    What was written of an amendment stays in preparation.
    :raises ReasonMissing: without a reason.   :raises ProposalOvertaken: if none waits.
    """
    denial = own_denial(denial_id, by)
    waiting = ProposedAct.objects.filter(denial=denial).first()
    if waiting is None:
        raise ProposalOvertaken()
    if not reason.strip():
        raise ReasonMissing()
    give_back(waiting, denial, reason, by, now)
    return denial


def give_back(waiting: ProposedAct, denial: Denial, reason: str, by: Principal, now: datetime) -> None:
    """Return a proposal; nothing of it is kept but that it was."""
    note_step(denial, ReleaseStep.Kind.RETURNED, by, now, reason=reason, event=waiting.event)
    audit.record("denial.act_returned", subject=denial, by=by, at=now, before=waiting.given, after={"reason": reason})
    waiting.delete()


def _rehearse(denial_id: UUID, proposal: Proposal, by: Principal, now: datetime) -> None:
    """Do the act and take it back: whatever it would refuse is refused at its submission."""
    with transaction.atomic():
        _done(own_denial(denial_id, by), proposal, by, now)
        transaction.set_rollback(True)


def _done(denial: Denial, proposal: Proposal, by: Principal, now: datetime) -> Denial:
    reason, event = proposal.reason, Event(proposal.event)
    if event is Event.AMEND and proposal.content is not None:
        return amended(
            denial,
            proposal.content,
            by=by,
            now=now,
            reason=reason,
            as_review=proposal.as_review,
            valid_from=proposal.valid_from,
        )
    if event is Event.CONFIRM:
        return confirmed(denial, proposal.act, reason=reason, by=by, now=now, decided_on=proposal.decided_on)
    if event is Event.LIFT:
        return lifted(denial, reason=reason, by=by, now=now)
    if event in (Event.REVOKE, Event.WITHDRAW):
        return ended(denial, event, reason=reason, by=by, now=now)
    raise NotForeseen("event", proposal.event)

"""Notify a denial: by one officer, or submitted by one and released by another where the authority has chosen so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.law.errors import ReasonMissing
from accounts.models import Authority
from accounts.roles import Principal
from denials import notices
from denials.actions.drafts import save_draft
from denials.actions.register import (
    check_competent,
    check_notifiable_content,
    current_version,
    next_references,
    own_denial,
    record,
    review_due,
)
from denials.actions.second import needs_release, note_step
from denials.law.content import DenialContent
from denials.law.lifecycle import Event, State, check_release
from denials.models import Denial, ReleaseStep
from denials.models import content as rows


@transaction.atomic
def notify_denial(*, denial_id: UUID, by: Principal, now: datetime) -> Denial:
    """
    Notify a draft: it is given its reference, enters the register, and all who must be told are told.

    :raises SecondOfficerNeeded: where the authority has chosen that another officer releases it.
    :raises StillIncomplete: naming the fields the regime requires.   :raises ContentRefused, NotForeseen, NotNotifiable
    :raises NotCompetent: if the authority is not competent for the regime today.
    Source: Reg. (EU) 2021/821 Art. 16(1); Reg. (EU) 2019/125 Art. 23(1); CP 2008/944/CFSP Art. 4(1).
    """
    denial = own_denial(denial_id, by)
    check_release(needs_release(denial.authority, now) or denial.status == State.READY, None, by.key)
    return _notify(denial, by, now)


@transaction.atomic
def submit_denial(*, denial_id: UUID, by: Principal, now: datetime) -> Denial:
    """
    Lay a complete draft before a second officer; it cannot be edited until it is returned.

    :raises TransitionRefused: if it is no draft.   :raises: as `notify_denial`, whatever it would refuse.
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.SUBMIT)
    content, today = rows.read(current_version(denial)), denial.authority.day_of(now)
    check_competent(denial.authority, denial.regime, today)
    check_notifiable_content(content, today)
    _wait(denial)
    note_step(denial, ReleaseStep.Kind.SUBMITTED, by, now)
    audit.record("denial.submitted", subject=denial, by=by, at=now, after=content.as_data())
    return denial


@transaction.atomic
def release_denial(*, denial_id: UUID, by: Principal, now: datetime) -> Denial:
    """
    Notify what another officer submitted.

    :raises OwnSubmission: to whoever submitted it.   :raises TransitionRefused: if it was not submitted.
    :raises: as `notify_denial`.
    """
    denial = own_denial(denial_id, by)
    steps = denial.release_steps.filter(kind=ReleaseStep.Kind.SUBMITTED, event=Event.NOTIFY)
    submitted = steps.order_by("-pk").first()
    waiting = submitted if denial.status == State.READY else None
    check_release(True, waiting.principal if waiting else None, by.key)
    note_step(denial, ReleaseStep.Kind.RELEASED, by, now)
    return _notify(denial, by, now)


@transaction.atomic
def return_denial(*, denial_id: UUID, reason: str, by: Principal, now: datetime) -> Denial:
    """
    Give a submitted draft back, with the reason; whoever submitted it may take it back too.

    :raises ReasonMissing: without a reason.   :raises TransitionRefused: if it was not submitted.
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.RETURN)
    if not reason.strip():
        raise ReasonMissing()
    _wait(denial)
    note_step(denial, ReleaseStep.Kind.RETURNED, by, now, reason=reason)
    audit.record("denial.returned", subject=denial, by=by, at=now, after={"reason": reason})
    return denial


@transaction.atomic
def notify_content(*, content: DenialContent, authority: Authority, by: Principal, now: datetime) -> Denial:
    """Draft and notify in one act, for a national system.   :raises: as `save_draft` and `notify_denial`."""
    draft = save_draft(content=content, authority=authority, by=by, now=now)
    return notify_denial(denial_id=draft.pk, by=by, now=now)


def _notify(denial: Denial, by: Principal, now: datetime) -> Denial:
    denial.advance(Event.NOTIFY)
    version = current_version(denial)
    content, today = rows.read(version), denial.authority.day_of(now)
    check_competent(denial.authority, denial.regime, today)
    if denial.audience:
        check_competent(denial.authority, denial.audience, today)
    rules = check_notifiable_content(content, today)
    next_references([denial], [rules], [today.year])
    version.notified_on = today
    version.review_due_on = review_due(rules, denial, today)
    denial.save(update_fields=["reference", "status"])  # the ledger of recipients holds no draft
    told = notices.note(denial, rules=rules, on=today, now=now)
    record(denial, version, Event.NOTIFY, since=today, by=by, now=now)
    audit.record("denial.notified", subject=denial, by=by, at=now, after=content.as_data())
    notices.tell(Event.NOTIFY, denial, to=told, now=now)
    return denial


def _wait(denial: Denial) -> None:
    """Keep the state of a draft, with its version."""
    denial.save(update_fields=["status"])
    version = current_version(denial)
    version.status = denial.status
    version.save(update_fields=["status"])

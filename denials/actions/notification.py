"""Notify a denial, or bring one of the past into the register."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import Authority
from accounts.roles import Principal
from denials import notices
from denials.actions.drafts import save_draft
from denials.actions.register import (
    check_competent,
    check_content,
    check_notifiable_content,
    check_regime,
    current_version,
    new_denial,
    next_reference,
    own_denial,
    record,
    review_due,
    rules_then,
    today_at,
)
from denials.law.content import DenialContent
from denials.law.lifecycle import Event
from denials.models import Denial, DenialVersion
from denials.models import content as rows


@transaction.atomic
def notify_denial(*, denial_id: UUID, by: Principal, now: datetime) -> Denial:
    """
    Notify a draft: it is given its reference, enters the register, and all who must be told are told.

    :raises StillIncomplete: naming the fields the regime requires.   :raises ContentRefused, NotForeseen, NotNotifiable
    :raises NotCompetent: if the authority is not competent for the regime today.
    Source: Reg. (EU) 2021/821 Art. 16(1); Reg. (EU) 2019/125 Art. 23(1); CP 2008/944/CFSP Art. 4(1).
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.NOTIFY)
    version = current_version(denial)
    content, today = rows.read(version), today_at(denial.authority, now)
    check_competent(denial.authority, denial.regime, today)
    rules = check_notifiable_content(content, today)
    denial.reference = next_reference(denial, rules, today.year)
    version.notified_on = today
    version.review_due_on = review_due(rules, denial, today)
    record(denial, version, Event.NOTIFY, since=today, by=by, now=now)
    audit.record("denial.notified", subject=denial, by=by, at=now, after=content.as_data())
    notices.tell("denial.notified", denial, rules=rules, on=today, now=now)
    return denial


@transaction.atomic
def notify_content(*, content: DenialContent, authority: Authority, by: Principal, now: datetime) -> Denial:
    """Draft and notify in one act, for a national system.   :raises: as `save_draft` and `notify_denial`."""
    draft = save_draft(content=content, authority=authority, by=by, now=now)
    return notify_denial(denial_id=draft.pk, by=by, now=now)


@transaction.atomic
def register_historic_denial(
    *,
    content: DenialContent,
    authority: Authority,
    by: Principal,
    now: datetime,
    siblings_key: UUID | None = None,
) -> Denial:
    """
    Bring a denial of the past into the register: in force, its day of notification unknown, nobody is told.

    What the source leaves open stays open; only values no denial can have are refused.

    :raises ContentRefused: naming them.   :raises NotCompetent: if the authority was not competent on that day.
    """
    today = today_at(authority, now)
    check_regime(content.regime)
    check_content(content, today)
    check_competent(authority, content.regime, content.decided_on or today)
    denial = new_denial(content, authority, by, now, siblings_key)
    denial.is_historic = True
    denial.save(force_insert=True)
    version = DenialVersion(denial=denial)
    rows.write(version, content)
    denial.advance(Event.REGISTER)
    decided = content.decided_on or today
    denial.reference = next_reference(denial, rules_then(content.regime, decided, today), decided.year)
    record(denial, version, Event.REGISTER, since=decided, by=by, now=now)
    audit.record("denial.registered", subject=denial, by=by, at=now, after=content.as_data())
    return denial

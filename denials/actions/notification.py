"""Notify a denial."""

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
    check_notifiable_content,
    current_version,
    next_references,
    own_denial,
    record,
    review_due,
    today_at,
)
from denials.law.content import DenialContent
from denials.law.lifecycle import Event
from denials.models import Denial
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
    if denial.audience:
        check_competent(denial.authority, denial.audience, today)
    rules = check_notifiable_content(content, today)
    next_references([denial], [rules], [today.year])
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

"""Drafts: kept at every step, seen by nobody else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import Authority
from accounts.roles import Principal
from denials import search
from denials.actions.register import (
    check_content,
    check_no_mirror,
    check_regime,
    current_version,
    new_denial,
    own_denial,
)
from denials.law.content import DenialContent
from denials.law.lifecycle import Event
from denials.models import Denial, DenialVersion
from denials.models import content as rows


@transaction.atomic
def save_draft(
    *,
    content: DenialContent,
    authority: Authority,
    by: Principal,
    now: datetime,
    denial_id: UUID | None = None,
    siblings_key: UUID | None = None,
    predecessor: Denial | None = None,
) -> Denial:
    """
    Keep a draft as it stands, complete or not; nobody outside the authority sees it.

    :param denial_id: the draft to write again; a new one is made without it. The regime of a draft may change.
    :raises ContentRefused: values no denial can have.   :raises TransitionRefused: if it is a draft no more.
    :raises NotCompetent: if the draft is another authority's.   :raises NotForeseen: a regime not known.
    """
    check_no_mirror()
    check_regime(content.regime)
    check_content(content, authority.day_of(now))
    if denial_id is None:
        denial = new_denial(content, authority, by, now, siblings_key)
        denial.predecessor = predecessor
        denial.save(force_insert=True)
        version = DenialVersion(denial=denial)
        before = None
    else:
        denial = own_denial(denial_id, by)
        denial.advance(Event.EDIT)
        version = current_version(denial)
        before = rows.read(version).as_data()
        denial.regime, denial.source_reference = content.regime, content.source_reference
    rows.write(version, content)
    denial.current = version
    denial.save()
    audit.record("denial.drafted", subject=denial, by=by, at=now, before=before, after=content.as_data())
    search.index([denial], [(version, content)])
    return denial


@transaction.atomic
def discard_draft(*, denial_id: UUID, by: Principal, now: datetime) -> Denial:
    """
    Give up a draft; it stays with its authority, marked as discarded.

    :raises TransitionRefused: if it was notified or discarded before.
    """
    denial = own_denial(denial_id, by)
    denial.advance(Event.DISCARD)
    denial.save(update_fields=["status"])
    version = current_version(denial)
    version.status = denial.status
    version.save(update_fields=["status"])
    audit.record("denial.discarded", subject=denial, by=by, at=now, before=rows.read(version).as_data())
    search.index([denial])
    return denial

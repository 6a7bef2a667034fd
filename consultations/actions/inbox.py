"""What a person keeps for their inbox; nobody else sees it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.law.errors import FieldMissing, NotCompetent, NotForeseen
from accounts.principals import user_of
from accounts.roles import Principal
from consultations.models import InboxFilter

MOST = 20


@transaction.atomic
def keep_filter(*, name: str, chosen: Mapping[str, str], by: Principal, now: datetime) -> InboxFilter:
    """
    Keep a choice of filters under a name; one of the same name is replaced.

    :raises NotCompetent: for a national system.   :raises FieldMissing: without a name.
    :raises NotForeseen: for more than twenty.
    """
    person = user_of(by)
    if person is None:
        raise NotCompetent(authority=by.authority_code)
    if not name.strip():
        raise FieldMissing(field="name")
    held = InboxFilter.objects.filter(user=person)
    if held.exclude(name=name.strip()).count() >= MOST:
        raise NotForeseen(field="name", value=str(MOST))
    held.filter(name=name.strip()).delete()
    kept = InboxFilter(user=person, name=name.strip(), chosen=dict(chosen))
    kept.save(force_insert=True)
    audit.record("inbox_filter.kept", subject=person, by=by, at=now)
    return kept


@transaction.atomic
def drop_filter(*, filter_id: int, by: Principal, now: datetime) -> None:
    """Forget one of one's own filters; another's is not touched."""
    person = user_of(by)
    if person is not None and InboxFilter.objects.filter(user=person, pk=filter_id).delete()[0]:
        audit.record("inbox_filter.dropped", subject=person, by=by, at=now)

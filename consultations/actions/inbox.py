"""What a person keeps for their inbox; nobody else sees it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.law.errors import FieldMissing, NotCompetent, NotForeseen
from accounts.models import User
from accounts.roles import Principal

MOST = 20


@transaction.atomic
def keep_filter(*, name: str, chosen: Mapping[str, str], by: Principal, now: datetime) -> None:
    """
    Keep a choice of filters under a name; one of the same name is replaced.

    :raises NotCompetent: for a national system.   :raises FieldMissing: without a name.
    :raises NotForeseen: for more than twenty.
    """
    person, wanted = _locked(by), name.strip()
    if not wanted:
        raise FieldMissing(field="name")
    others = [one for one in person.inbox_filters if one["name"] != wanted]
    if len(others) >= MOST:
        raise NotForeseen(field="name", value=str(MOST))
    kept = [*others, {"name": wanted, "chosen": dict(chosen)}]
    person.inbox_filters = sorted(kept, key=lambda one: one["name"])
    person.save(update_fields=["inbox_filters"])
    audit.record("inbox_filter.kept", subject=person, by=by, at=now)


@transaction.atomic
def drop_filter(*, name: str, by: Principal, now: datetime) -> None:
    """Forget one of one's own filters.   :raises NotCompetent: for a national system."""
    person = _locked(by)
    kept = [one for one in person.inbox_filters if one["name"] != name]
    if len(kept) == len(person.inbox_filters):
        return
    person.inbox_filters = kept
    person.save(update_fields=["inbox_filters"])
    audit.record("inbox_filter.dropped", subject=person, by=by, at=now)


def _locked(by: Principal) -> User:
    person = User.objects.select_for_update().filter(pk=by.id or "").first() if by.kind == "user" else None
    if person is None:
        raise NotCompetent(authority=by.authority_code)
    return person

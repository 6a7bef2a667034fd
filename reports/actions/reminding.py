"""An authority is reminded of a return it owes: through the post, each reminder once."""

from datetime import datetime

from django.db import transaction

from accounts import audit, outbox
from accounts.models import Authority
from accounts.roles import Principal
from reports.law.due import Due
from reports.models import ReturnReminder


@transaction.atomic
def remind_of_return(
    *, authority: Authority, regime: str, year: int, due: Due, by: Principal, now: datetime
) -> ReturnReminder | None:
    """
    Post a reminder, once; None if it was posted already.

    A reminder moves no date and has no effect in law.   :param due: which one, from `reports.law.due.reminder`.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    of = {"authority": authority, "regime": regime, "year": year, "kind": due.kind}
    if ReturnReminder.objects.filter(**of).exists():
        return None
    kept = ReturnReminder(**of, sent_at=now)
    kept.save(force_insert=True)
    reference = f"{authority.code} {regime} {year}"
    audit.record("return.reminded", subject=kept, by=by, at=now, after={"kind": due.kind})
    outbox.post(due.notice, to=[authority], subject=kept, reference=reference, now=now)
    return kept

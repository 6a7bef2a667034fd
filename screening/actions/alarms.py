"""An alarm when screening without filing is used unusually often; whoever screens is not hindered and not told."""

import logging
from datetime import datetime

from django.db.models import Q

from accounts import audit, outbox
from accounts.models import Authority, User
from accounts.roles import Principal
from screening.law.enumeration import WINDOW, is_unusual
from screening.models import EnumerationAlarm, Screening

log = logging.getLogger(__name__)


def watch_enumeration(*, authority: Authority, by: Principal, now: datetime) -> EnumerationAlarm | None:
    """
    Raise one alarm an hour where a principal screened without filing, or filed facts anew, more often than is usual.

    The authority's other supervisors and the auditors of the exchange are told, and the operator by the log; ids only.
    """
    since = now - WINDOW
    own = Screening.objects.filter(screened_by_id=by.id, screened_at__gt=since)
    count = own.filter(Q(application__isnull=True) | Q(trigger=Screening.Trigger.REQUESTED)).count()
    if not is_unusual(by.kind, count):
        return None
    if EnumerationAlarm.objects.filter(principal=by.key, raised_at__gt=since).exists():
        return None
    alarm = EnumerationAlarm(
        authority=authority, principal=by.key, name=by.name[:200], since=since, count=count, raised_at=now
    )
    alarm.save(force_insert=True)
    audit.record("screening.enumeration", subject=alarm, by=by, at=now, after={"count": count})
    supervisors = User.people.holding("supervisor", authority.pk).select_related("authority")
    outbox.post(
        "screening.enumeration",
        to=Authority.objects.filter(kind="audit"),
        people=[one for one in supervisors if one.pk != by.id],
        subject=alarm,
        reference=authority.code,
        now=now,
    )
    log.warning("screening without filing is unusually frequent", extra={"alarm": str(alarm.pk), "count": count})
    return alarm

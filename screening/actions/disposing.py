"""What an officer does about a hit: dismiss it with a reason, take that back, take it into a consultation."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.law.errors import NotForeseen, ReasonMissing, TransitionRefused
from accounts.principals import user_of
from accounts.roles import Principal
from screening.actions.screening import locked
from screening.law import dispositions
from screening.law.dispositions import EarlierScreening, Standing
from screening.law.lifecycle import Event, State
from screening.models import Application, Disposition, Hit

_MAY_BE_CONSULTED = (Standing.OPEN, Standing.DISMISSED, Standing.INFORMATION)


@transaction.atomic
def dismiss_hit(
    *, application: Application, hit: Hit, reason_code: str, reason: str = "", by: Principal, now: datetime
) -> Disposition:
    """
    Settle an open hit as no essentially identical transaction, with the reason.

    It is remembered until the denial, the application or the rules change.

    :raises NotForeseen: if the reason code is not listed.   :raises ReasonMissing: if "other" comes without words.
    :raises TransitionRefused: if the hit is not open, or of an earlier screening, or the application not pending.
    """
    application = locked(application)
    if reason_code not in set(dispositions.Reason):
        raise NotForeseen("reason_code", reason_code)
    if reason_code == dispositions.Reason.OTHER and not reason.strip():
        raise ReasonMissing("reason")
    hit = _must_be(application, hit, Standing.OPEN, act="dismiss")
    disposition = _dispose(
        application, hit, Disposition.Kind.DISMISSED, by=by, now=now, reason_code=reason_code, reason=reason.strip()
    )
    if not application.open_hits():
        application.advance(Event.HITS_DISMISSED)
        application.save(update_fields=["status"])
    after = {"denial": str(hit.denial_id), "reason_code": reason_code, "reason": disposition.reason}
    audit.record("hit.dismissed", subject=application, by=by, at=now, after=after)
    return disposition


@transaction.atomic
def reopen_hit(*, application: Application, hit: Hit, reason: str = "", by: Principal, now: datetime) -> Disposition:
    """
    Take back a dismissal: the hit is open again.

    :raises TransitionRefused: if the hit is not dismissed, or the application no longer pending.
    """
    application = locked(application)
    hit = _must_be(application, hit, Standing.DISMISSED, act="reopen")
    disposition = _dispose(application, hit, Disposition.Kind.REOPENED, by=by, now=now, reason=reason.strip())
    application.advance(Event.SCREENED_HITS)
    application.save(update_fields=["status"])
    audit.record("hit.reopened", subject=application, by=by, at=now, after={"denial": str(hit.denial_id)})
    return disposition


@transaction.atomic
def consult_on_hits(
    *, application: Application, hits: Iterable[Hit], by: Principal, now: datetime
) -> list[Disposition]:
    """
    Settle hits as taken into a consultation, and move the application into consultation.

    Called by the act that opens the consultation, in its transaction; that act keeps the record of it.

    :raises EarlierScreening: if the last screening does not know the denial.
    :raises TransitionRefused: if it is consulted on already or the state's own, or the application not pending.
    """
    application = locked(application)
    written = []
    for hit in hits:
        hit = _must_be(application, hit, *_MAY_BE_CONSULTED, act="consult")
        written.append(_dispose(application, hit, Disposition.Kind.CONSULTED, by=by, now=now))
    application.advance(Event.OPEN_CONSULTATION)
    application.save(update_fields=["status"])
    return written


def _dispose(
    application: Application,
    hit: Hit,
    kind: str,
    *,
    by: Principal,
    now: datetime,
    reason_code: str = "",
    reason: str = "",
) -> Disposition:
    disposition = Disposition(
        application=application,
        denial_id=hit.denial_id,
        version_id=hit.version_id,
        hit=hit,
        kind=kind,
        reason_code=reason_code,
        reason=reason,
        at=now,
        by=user_of(by),
    )
    disposition.save(force_insert=True)
    return disposition


def _must_be(application: Application, hit: Hit, *standings: Standing, act: str) -> Hit:
    """Return the last screening's hit on the same version of the denial, if it stands as it must."""
    if application.status not in {State.SCREENED, State.CONSULTING, State.DECIDABLE}:
        raise TransitionRefused(application.status, act)
    latest = {(one.hit.denial_id, one.hit.version_id): one for one in application.standing_hits()}
    known = latest.get((hit.denial_id, hit.version_id))
    if known is None or hit.screening.application_id != application.pk:
        raise EarlierScreening(screening=str(hit.screening_id))
    if known.standing not in standings:
        raise TransitionRefused(known.standing, act)
    return known.hit

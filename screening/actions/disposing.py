"""What an officer does about a hit: dismiss it with a reason, take that back, take it into a consultation."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.law.errors import NotForeseen, ReasonMissing, TransitionRefused
from accounts.law.settings import FOUR_EYES_DISPOSITIONS
from accounts.models import AuthoritySetting
from accounts.principals import user_of
from accounts.roles import Principal
from screening.actions.screening import locked
from screening.law import dispositions
from screening.law.dispositions import EarlierScreening, OwnProposal, Standing
from screening.law.lifecycle import Event, State
from screening.models import Application, Disposition, Hit, StandingHit

_MAY_BE_CONSULTED = (Standing.OPEN, Standing.PROPOSED, Standing.DISMISSED, Standing.INFORMATION)
_MAY_BE_TAKEN_BACK = (Standing.DISMISSED, Standing.PROPOSED)


def needs_second_officer(application: Application, now: datetime) -> bool:
    """Tell whether the authority has chosen that a second officer confirms a dismissal."""
    on = application.authority.day_of(now)
    return AuthoritySetting.objects.in_force(application.authority_id, FOUR_EYES_DISPOSITIONS, on) == "on"


@transaction.atomic
def dismiss_hit(
    *, application: Application, hit: Hit, reason_code: str, reason: str = "", by: Principal, now: datetime
) -> Disposition:
    """
    Settle an open hit as no essentially identical transaction, with the reason.

    It is remembered until the denial, the application or the rules change. Where the authority has chosen a second
    officer it is a proposal, and the hit stands in the way until another confirms it.

    :raises NotForeseen: if the reason code is not listed.   :raises ReasonMissing: if "other" comes without words.
    :raises TransitionRefused: if the hit is not open, or of an earlier screening, or the application not pending.
    """
    application = locked(application)
    if reason_code not in set(dispositions.Reason):
        raise NotForeseen("reason_code", reason_code)
    if reason_code == dispositions.Reason.OTHER and not reason.strip():
        raise ReasonMissing("reason")
    hit = _must_be(application, hit, Standing.OPEN, act="dismiss").hit
    proposed = needs_second_officer(application, now)
    kind = Disposition.Kind.PROPOSED if proposed else Disposition.Kind.DISMISSED
    disposition = _dispose(application, hit, kind, by=by, now=now, reason_code=reason_code, reason=reason.strip())
    if not proposed:
        _settle(application)
    after = {"denial": str(hit.denial_id), "reason_code": reason_code, "reason": disposition.reason}
    audit.record(
        "hit.dismissal_proposed" if proposed else "hit.dismissed", subject=application, by=by, at=now, after=after
    )
    return disposition


@transaction.atomic
def confirm_dismissal(
    *, application: Application, hit: Hit, proposal: int | None = None, by: Principal, now: datetime
) -> Disposition:
    """
    Confirm, as a second officer, that a hit is no essentially identical transaction; the reason stays the first's.

    What was proposed while the authority's choice held still needs its second officer when it has ended.

    :param proposal: the number of the proposal that was read; None: the one that stands.
    :raises OwnProposal: for whoever proposed it, and for a national system.
    :raises TransitionRefused: if another or no proposal stands, or the application is no longer pending.
    """
    application = locked(application)
    hit, proposed = _anothers_proposal(application, hit, proposal, by=by, act="confirm_dismissal")
    disposition = _dispose(
        application,
        hit,
        Disposition.Kind.DISMISSED,
        by=by,
        now=now,
        reason_code=proposed.reason_code,
        reason=proposed.reason,
        confirms=proposed,
    )
    _settle(application)
    after = {"denial": str(hit.denial_id), "reason_code": proposed.reason_code, "proposal": str(proposed.pk)}
    audit.record("hit.dismissed", subject=application, by=by, at=now, after=after)
    return disposition


@transaction.atomic
def return_dismissal(
    *, application: Application, hit: Hit, reason: str, proposal: int | None = None, by: Principal, now: datetime
) -> Disposition:
    """
    Return a proposed dismissal with the reason: the hit is open again.

    :param proposal: as in `confirm_dismissal`.
    :raises ReasonMissing: :raises OwnProposal: for whoever proposed it: they take it back instead.
    :raises TransitionRefused: if another or no proposal stands, or the application is no longer pending.
    """
    application = locked(application)
    if not reason.strip():
        raise ReasonMissing("reason")
    hit, _proposed = _anothers_proposal(application, hit, proposal, by=by, act="return_dismissal")
    disposition = _dispose(application, hit, Disposition.Kind.REOPENED, by=by, now=now, reason=reason.strip())
    after = {"denial": str(hit.denial_id), "reason": disposition.reason}
    audit.record("hit.dismissal_returned", subject=application, by=by, at=now, after=after)
    return disposition


@transaction.atomic
def reopen_hit(*, application: Application, hit: Hit, reason: str = "", by: Principal, now: datetime) -> Disposition:
    """
    Take back a dismissal, or the proposal of one: the hit is open again.

    A dismissal that a consultation or the decision has used is not taken back.

    :raises TransitionRefused: if the hit is not dismissed, or the application no longer pending.
    """
    application = locked(application)
    hit = _must_be(application, hit, *_MAY_BE_TAKEN_BACK, act="reopen").hit
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
        hit = _must_be(application, hit, *_MAY_BE_CONSULTED, act="consult").hit
        written.append(_dispose(application, hit, Disposition.Kind.CONSULTED, by=by, now=now))
    application.advance(Event.OPEN_CONSULTATION)
    application.save(update_fields=["status"])
    return written


@transaction.atomic
def release_hits(
    *, application: Application, denials: Collection[UUID], by: Principal, now: datetime
) -> list[Disposition]:
    """
    Take back that hits were taken into a consultation that was withdrawn: they are open again.

    Called by the act that withdraws it, in its transaction and with the application locked; that act keeps the record.
    """
    held = [one.hit for one in application.standing_hits() if one.standing is Standing.CONSULTED]
    kind = Disposition.Kind.REOPENED
    return [_dispose(application, hit, kind, by=by, now=now) for hit in held if hit.denial_id in denials]


def _settle(application: Application) -> None:
    """Move on an application whose last hit was dismissed."""
    if not application.open_hits():
        application.advance(Event.HITS_DISMISSED)
        application.save(update_fields=["status"])


def _anothers_proposal(
    application: Application, hit: Hit, number: int | None, *, by: Principal, act: str
) -> tuple[Hit, Disposition]:
    """
    Return the hit, and the proposal that stands, if it is a second officer who acts on it.

    :raises TransitionRefused: if none stands, or another one was read.   :raises OwnProposal:
    """
    standing = _must_be(application, hit, Standing.PROPOSED, act=act)
    last = standing.last
    assert last is not None
    assert last.kind == Disposition.Kind.PROPOSED
    if number is not None and number != last.number:
        raise TransitionRefused(standing.standing, act)
    if by.kind != "user" or last.principal == by.key:
        raise OwnProposal
    return standing.hit, last


def _dispose(
    application: Application,
    hit: Hit,
    kind: str,
    *,
    by: Principal,
    now: datetime,
    reason_code: str = "",
    reason: str = "",
    confirms: Disposition | None = None,
) -> Disposition:
    """Write what was done, as the last of the acts on an application whose row is locked."""
    before = application.dispositions.aggregate(last=Max("number"))["last"] or 0
    disposition = Disposition(
        application=application,
        denial_id=hit.denial_id,
        version_id=hit.version_id,
        hit=hit,
        kind=kind,
        reason_code=reason_code,
        reason=reason,
        number=before + 1,
        principal=by.key,
        confirms=confirms,
        at=now,
        by=user_of(by),
    )
    disposition.save(force_insert=True)
    return disposition


def _must_be(application: Application, hit: Hit, *standings: Standing, act: str) -> StandingHit:
    """Return the last screening's hit on the same version of the denial and the same facts, if it stands as it must."""
    if application.status not in {State.SCREENED, State.CONSULTING, State.DECIDABLE}:
        raise TransitionRefused(application.status, act)
    latest = {(one.hit.denial_id, one.hit.version_id): one for one in application.standing_hits()}
    known = latest.get((hit.denial_id, hit.version_id))
    if known is None or hit.screening.application_id != application.pk or _basis(hit) != _basis(known.hit):
        raise EarlierScreening(screening=str(hit.screening_id))
    if known.standing not in standings:
        raise TransitionRefused(known.standing, act)
    return known


def _basis(hit: Hit) -> tuple[str, str]:
    """What was compared and by which rules: what an officer had before them."""
    return hit.screening.content_digest, hit.screening.ruleset_version

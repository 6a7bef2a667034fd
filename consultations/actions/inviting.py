"""Third bodies invited to read sections of a thread, and the end of an invitation."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import audit, outbox
from accounts.law.errors import NotCompetent, NotForeseen, ReasonMissing, RuleBroken
from accounts.models import Authority
from accounts.principals import user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.record import locked, side_of, write
from consultations.law.inviting import ARTICLE, LONGEST_DAYS, check_sections
from consultations.models import Consultation, Invitation

GUESTS = (Authority.Kind.AUTHORITY, Authority.Kind.EEAS, Authority.Kind.COMMISSION)


class AlreadyInvited(RuleBroken):
    """The body is invited to the thread already."""

    code = "already_invited"
    article = ARTICLE


def guests_of(thread: Consultation, now: datetime) -> list[Authority]:
    """Return the bodies that may be invited: those that see the thread's regime and are no party to it."""
    parties = {thread.consulting_authority_id, *(body.pk for body in notices.consulted_bodies(thread))}
    bodies = Authority.objects.acting_on(now.date()).filter(kind__in=GUESTS).exclude(pk__in=parties).order_by("code")
    return [body for body in bodies if thread.regime in body.regimes(now.date())]


@transaction.atomic
def invite_reader(
    *,
    consultation_id: UUID,
    authority: str,
    sections: Collection[str],
    until: datetime,
    reason: str,
    by: Principal,
    now: datetime,
) -> Invitation:
    """
    Let a third body read sections of a thread until a moment; both sides are told who reads what.

    :param authority: code of the body.   :param sections: of `consultations/law/inviting.py`, of one's own side.
    :param until: first instant after it, at most `LONGEST_DAYS` ahead.
    :raises NotForeseen: for a body that does not see the regime or is a party; for a section or end that cannot be.
    :raises AlreadyInvited: :raises ReasonMissing: :raises NotCompetent: for a stranger.   Source: docs/adr/0212.
    """
    thread = locked(consultation_id)
    side = side_of(thread, by)
    chosen = check_sections(sections, side)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if not now < until <= now + timedelta(days=LONGEST_DAYS):
        raise NotForeseen(field="until", value=until.isoformat(), article=ARTICLE)
    guest = next((body for body in guests_of(thread, now) if body.code == authority), None)
    if guest is None:
        raise NotForeseen(field="authority", value=authority, article=ARTICLE)
    host = thread.body_of(by.authority_id)
    held = Invitation.objects.running(now).filter(consultation=thread, authority=guest, invited_by_authority=host)
    if (earlier := held.first()) is not None:
        raise AlreadyInvited(field="authority", until=earlier.until.isoformat(timespec="minutes"))
    invitation = Invitation(
        consultation=thread,
        authority=guest,
        sections=list(chosen),
        reason=reason.strip(),
        invited_at=now,
        invited_by_authority=host,
        invited_by=user_of(by),
        until=until,
    )
    invitation.save(force_insert=True)
    data: dict[str, object] = {"authority": guest.code, "sections": list(chosen), "until": until.isoformat()}
    write(thread, "reader_invited", by=by, at=now, now=now, text=reason.strip(), data=data)
    notices.tell_both("reader_invited", thread, now=now)
    outbox.post("consultation.invited", to=[guest], subject=invitation, reference=thread.reference, now=now)
    return invitation


@transaction.atomic
def end_invitation(*, invitation_id: UUID, by: Principal, now: datetime) -> Invitation:
    """
    End an invitation at once; both sides and the guest are told.

    :raises NotCompetent: for anyone but the side that invited.   :raises NotForeseen: where it has ended.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("authority").get(pk=invitation_id)
    if invitation.invited_by_authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    if not invitation.runs(now):
        raise NotForeseen(field="invitation", value="ended", article=ARTICLE)
    thread = locked(invitation.consultation_id)
    invitation.ended_at, invitation.ended_by_authority_id = now, by.authority_id
    invitation.save(update_fields=["ended_at", "ended_by_authority"])
    audit.record("invitation.ended", subject=invitation, by=by, at=now, after={"until": now})
    write(thread, "invitation_ended", by=by, at=now, now=now, data={"authority": invitation.authority.code})
    notices.tell_both("invitation_ended", thread, now=now)
    outbox.post("consultation.invitation_ended", to=[invitation.authority], subject=invitation, reference="", now=now)
    return invitation

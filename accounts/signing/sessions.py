"""Sessions end: one's own, a colleague's, and what is past."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit, sessions
from accounts.law import signing as law
from accounts.law.errors import NotCompetent
from accounts.models import ClientToken, PersonSession, SignInTries, UsedAssertion, User
from accounts.principals import user_of
from accounts.roles import Principal


@transaction.atomic
def end_session(*, handle: UUID, by: Principal, now: datetime) -> int:
    """End one of one's own sessions; return how many there were, none where it had ended."""
    person = user_of(by)
    ended, _rows = PersonSession.objects.visible_to(by).filter(handle=handle).delete()
    if ended and person is not None:
        audit.record("person.session_ended", subject=person, by=by, at=now, after={"session": str(handle)})
    return ended


@transaction.atomic
def end_sessions(*, user: User, by: Principal, now: datetime, but: UUID | None = None) -> int:
    """
    End all sessions of a person: one's own, but for the present one, or a colleague's by their administrator.

    :raises NotCompetent: for anybody else's.
    """
    colleague = by.may("people.manage") and by.authority_id == user.authority_id
    if by.id != user.pk and not colleague:
        raise NotCompetent(authority=by.authority_code)
    past = user.sessions.exclude(handle=but) if but else user.sessions.all()
    ended, _rows = past.delete()
    audit.record("person.sessions_ended", subject=user, by=by, at=now, after={"sessions": ended})
    return ended


@transaction.atomic
def forget_past(*, now: datetime) -> int:
    """Delete what has no use any more: sessions that are over, tries, used assertions and short tokens of the past."""
    limits = sessions.limits()
    past: list[QuerySet[Any]] = [PersonSession.objects.filter(expire_date__lt=now - law.FORGOTTEN_AFTER)]
    if limits.absolute:
        past.append(PersonSession.objects.filter(began_at__lt=now - limits.absolute))
    past.append(SignInTries.objects.filter(last_at__lt=now - law.FORGOTTEN_AFTER))
    past.append(UsedAssertion.objects.filter(expires_at__lt=now - law.FORGOTTEN_AFTER))
    past.append(ClientToken.objects.filter(is_short=True, expires_at__lt=now - law.FORGOTTEN_AFTER))
    return sum(rows.delete()[0] for rows in past)

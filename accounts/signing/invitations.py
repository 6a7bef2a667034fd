"""
Passwords: the first one by an invitation, later ones by who is signed in. There is no other way to one.

The mail holds a link and ids; what makes the link good is derived when it is sent and stored nowhere.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.signing import BadSignature, Signer
from django.db import transaction

from accounts import audit, outbox
from accounts.law.errors import NotCompetent, RuleBroken
from accounts.law.signing import INVITATION
from accounts.models import Invitation, User
from accounts.principals import of_user
from accounts.roles import Principal
from accounts.signing.telling import tell

INVITED: Final = "person.invited"


class InvitationOver(RuleBroken):
    """The link has expired, was used, or was replaced by a later one."""

    code = "invitation_over"


@transaction.atomic
def invite(*, user_id: UUID, by: Principal, now: datetime) -> Invitation:
    """
    Send a person of one's own authority a link to set a password; earlier links are worth nothing from now on.

    A second factor they have stays, and is asked for all the same.   :raises NotCompetent: unless `by` looks after
    the people of their authority, or for a person who is disabled.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    manages = by.kind == "system" or (by.may("people.manage") and by.authority_id == user.authority_id)
    if not manages or not user.is_active or user.authority_id is None:
        raise NotCompetent(authority=by.authority_code)
    withdraw_invitations(user=user, now=now)
    made = Invitation(user=user, invited_at=now, expires_at=now + INVITATION)
    made.save(force_insert=True)
    audit.record("person.invited", subject=user, by=by, at=now, after={"invitation": str(made.pk)})
    outbox.post(INVITED, to=[], people=[user], subject=made, reference=str(user.pk)[:8], now=now)
    return made


def withdraw_invitations(*, user: User, now: datetime) -> None:
    """Make the links a person was sent and has not used worth nothing from now on."""
    user.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)


def invitation_of(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation behind a link while it is good, else None; whether there was one is not told."""
    try:
        key = UUID(Signer(salt=outbox.INVITATION).unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Invitation.objects.select_related("user").filter(pk=key, user__is_active=True).first()
    return found if found is not None and found.is_good(now) else None


@transaction.atomic
def set_first_password(*, invitation_id: UUID, password: str, now: datetime) -> User:
    """
    Set the password of who was invited; whoever was signed in as them is not any more.

    :raises InvitationOver: if the link is not good any more.   :raises ValidationError: for a weak password.
    """
    row = Invitation.objects.select_for_update().get(pk=invitation_id)
    if not row.is_good(now):
        raise InvitationOver
    row.used_at = now
    row.save(update_fields=["used_at"])
    return _set(row.user, password, now)


@transaction.atomic
def set_password(*, user: User, password: str, now: datetime) -> User:
    """Change one's own password; all sessions end.   :raises ValidationError: for a weak password."""
    return _set(user, password, now)


def _set(user: User, password: str, now: datetime) -> User:
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    user.sessions.all().delete()
    audit.record("person.password_set", subject=user, by=of_user(user, at=now), at=now)
    tell("person.password_changed", user, now=now)
    return user

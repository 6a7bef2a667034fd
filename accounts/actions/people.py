"""Who belongs to an authority and what each may do: invited, changed and removed by its administrators, on record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, signing
from accounts.law.errors import FieldMissing, NotCompetent
from accounts.law.people import (
    ADMINISTRATOR,
    LastAdministrator,
    LogInTaken,
    OwnRoles,
    PersonGone,
    check_roles,
)
from accounts.models import Absence, Authority, DutyDesk, User
from accounts.principals import authority_of
from accounts.roles import Principal


@transaction.atomic
def add_person(
    *,
    username: str,
    email: str,
    roles: Iterable[str],
    by: Principal,
    now: datetime,
    first_name: str = "",
    last_name: str = "",
    team: str = "",
) -> User:
    """
    Make a person of the own authority and mail them a link to choose a password; until then nobody signs in.

    :raises RoleUnknown: for a role the body does not know.   :raises LogInTaken:   :raises FieldMissing: without a
        log-in or an address.
    """
    body, chosen = _held_body(by), sorted(set(roles))
    check_roles(chosen, body.kind)
    for field, value in (("username", username), ("email", email)):
        if not value.strip():
            raise FieldMissing(field=field)
    if User.objects.filter(username__iexact=username.strip()).exists():
        raise LogInTaken(field="username")
    person = User(
        username=username.strip(),
        email=email.strip(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        team=team.strip(),
        authority=body,
        roles=chosen,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    audit.record("person.added", subject=person, by=by, at=now, after=_said(person))
    signing.invite(user_id=person.pk, by=by, now=now)
    return person


@transaction.atomic
def send_link(*, person_id: UUID, by: Principal, now: datetime) -> User:
    """Mail a colleague a new link to choose a password.   :raises FieldMissing: without an address to mail it to."""
    person = _colleague(person_id, by)
    if not person.email:
        raise FieldMissing(field="email")
    signing.invite(user_id=person.pk, by=by, now=now)
    return person


@transaction.atomic
def change_roles(*, person_id: UUID, roles: Iterable[str], by: Principal, now: datetime) -> User:
    """
    Give a colleague other roles; they hold from the next request.

    :raises OwnRoles: for oneself.   :raises LastAdministrator:   :raises RoleUnknown:   :raises PersonGone:
    """
    body, chosen = _held_body(by), sorted(set(roles))
    person = _colleague(person_id, by)
    _check_other(person, by)
    check_roles(chosen, body.kind)
    if ADMINISTRATOR not in chosen:
        _check_not_last(person)
    before, person.roles = sorted(person.roles), chosen
    person.save(update_fields=["roles"])
    audit.record(
        "person.roles_changed", subject=person, by=by, at=now, before={"roles": before}, after={"roles": chosen}
    )
    return person


@transaction.atomic
def describe_person(
    *, person_id: UUID, first_name: str, last_name: str, email: str, team: str, by: Principal, now: datetime
) -> User:
    """Correct a colleague's name, address or team.   :raises FieldMissing: without an address.   :raises PersonGone:"""
    person = _colleague(person_id, by)
    if not email.strip():
        raise FieldMissing(field="email")
    before = _said(person)
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    person.email, person.team = email.strip(), team.strip()
    person.save(update_fields=["first_name", "last_name", "email", "team"])
    audit.record("person.described", subject=person, by=by, at=now, before=before, after=_said(person))
    return person


@transaction.atomic
def set_mailbox(*, mailbox: str, by: Principal, now: datetime) -> Authority:
    """Say where the authority's post goes: a functional mailbox, which receives ids only."""
    body = _held_body(by)
    before, body.mailbox = body.mailbox, mailbox.strip()
    body.save(update_fields=["mailbox"])
    after = {"mailbox": body.mailbox}
    audit.record("authority.mailbox_set", subject=body, by=by, at=now, before={"mailbox": before}, after=after)
    return body


def disable(*, person_id: UUID, by: Principal, now: datetime) -> User:
    """
    Let a colleague be no more: no sign-in, every session dead at its next request, no duty, no stand-in.

    Part of `remove_person` of the rooms above, which know what cases there are.
    :raises OwnRoles:   :raises LastAdministrator:   :raises PersonGone:
    """
    _held_body(by)
    person = _colleague(person_id, by)
    _check_other(person, by)
    _check_not_last(person)
    before, person.is_active = _said(person), False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    signing.end_sessions(user=person, by=by, now=now)
    signing.withdraw_invitations(user=person, now=now)
    for absences in (Absence.objects.filter(user=person), Absence.objects.filter(stand_in=person)):
        absences.filter(ended_at__isnull=True).update(ended_at=now)
    DutyDesk.objects.filter(officer=person).delete()
    audit.record("person.removed", subject=person, by=by, at=now, before=before, after=_said(person))
    return person


def _held_body(by: Principal) -> Authority:
    """Return the own authority, locked: who belongs to it changes one act at a time."""
    return Authority.objects.select_for_update(of=("self",)).get(pk=authority_of(by).pk)


def _colleague(person_id: UUID, by: Principal) -> User:
    person = User.objects.select_for_update(of=("self",)).select_related("authority__state").get(pk=person_id)
    if person.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    if not person.is_active:
        raise PersonGone
    return person


def _check_other(person: User, by: Principal) -> None:
    if by.kind == "user" and by.id == person.pk:
        raise OwnRoles


def _check_not_last(person: User) -> None:
    others = User.people.holding(ADMINISTRATOR, person.authority_id).exclude(pk=person.pk)
    if ADMINISTRATOR in person.roles and not others.exists():
        raise LastAdministrator


def _said(person: User) -> dict[str, Any]:
    names = ("username", "first_name", "last_name", "email", "team", "roles", "is_active")
    return {name: getattr(person, name) for name in names}

"""The legal and administrative acts of WHO: signing in, reading post, the authority's settings, a client's token."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import audit, principals
from accounts.law.errors import NotCompetent
from accounts.law.settings import SettingEndsTooSoon, SettingInThePast, check_value, setting_named
from accounts.models import Authority, AuthoritySetting, Client, ClientToken, Notice, NoticeReading, User
from accounts.principals import token_digest
from accounts.roles import Principal

TOKEN_LIFE = timedelta(days=365)


@transaction.atomic
def record_sign_in(*, user: User, by: Principal, now: datetime) -> None:
    """Put a sign-in on the audit trail."""
    audit.record("person.signed_in", subject=user, by=by, at=now)


@transaction.atomic
def read_notices(*, by: Principal, now: datetime) -> int:
    """
    Mark the authority's unread notices as seen by a person.

    :return: how many were new to them; a client or the system reads none.
    """
    if by.kind != "user" or by.id is None:
        return 0
    unread = Notice.objects.visible_to(by).unread_by(by)
    readings = [NoticeReading(notice_id=pk, user_id=by.id, at=now) for pk in unread.values_list("pk", flat=True)]
    NoticeReading.objects.bulk_create(readings, ignore_conflicts=True)
    return len(readings)


@transaction.atomic
def change_setting(
    *, authority: Authority, name: str, value: str, since: date, by: Principal, now: datetime
) -> AuthoritySetting:
    """
    Record a choice of the own authority from a day on.

    :param since: the first day it holds, today at the earliest in UTC.
    :raises NotCompetent: for another authority's.   :raises SettingUnknown: a name or value there is not.
    :raises SettingInThePast: for a day gone by.   :raises SettingEndsTooSoon: for a step that holds today.
    """
    if by.kind != "system" and by.authority_id != authority.pk:
        raise NotCompetent(by.authority_code)
    check_value(name, value)
    if since < now.date():
        raise SettingInThePast(field="since", value=since)
    Authority.objects.select_for_update().get(pk=authority.pk)
    _check_end(authority, name, value, since, now)
    before = AuthoritySetting.objects.in_force(authority.pk, name, since)
    chosen = AuthoritySetting(
        authority=authority, name=name, value=value, since=since, set_at=now, set_by=principals.user_of(by)
    )
    chosen.save(force_insert=True)
    after = {"name": name, "value": value, "since": since.isoformat()}
    audit.record("authority.setting_changed", subject=authority, by=by, at=now, before={"value": before}, after=after)
    return chosen


def _check_end(authority: Authority, name: str, value: str, since: date, now: datetime) -> None:
    """Refuse to end a step of the authority's own on a day, there or in UTC, on which it holds already."""
    days = {now.date()} | ({now.astimezone(authority.state.zone_info()).date()} if authority.state else set())
    usual = setting_named(name).usual
    held = {AuthoritySetting.objects.in_force(authority.pk, name, day) for day in days}
    if value == usual and held != {usual} and since <= max(days):
        raise SettingEndsTooSoon(field="since", value=since)


@transaction.atomic
def connect_client(*, authority: Authority, name: str, scopes: Iterable[str], by: Principal, now: datetime) -> Client:
    """Register a national system of an authority with what it may do; it can do nothing until it has a token."""
    client = Client(authority=authority, name=name, scopes=sorted(scopes))
    client.save(force_insert=True)
    audit.record("client.connected", subject=client, by=by, at=now)
    return client


@transaction.atomic
def issue_token(*, client_id: UUID, by: Principal, now: datetime, life: timedelta = TOKEN_LIFE) -> str:
    """
    Give a client a new token and return it: the only time it can be read; its digest alone is kept.

    :param life: how long it is good, at most a year.   :raises ValueError: if `life` is longer or not positive.
    """
    if not timedelta() < life <= TOKEN_LIFE:
        raise ValueError("a token lives at most a year")
    client = Client.objects.select_for_update().get(pk=client_id)
    secret = f"dx_{secrets.token_urlsafe(32)}"
    ClientToken.objects.create(client=client, digest=token_digest(secret), created_at=now, expires_at=now + life)
    audit.record("client.token_issued", subject=client, by=by, at=now)
    return secret


@transaction.atomic
def withdraw_tokens(*, client_id: UUID, by: Principal, now: datetime) -> int:
    """Make every token of a client worthless at once; return how many there were."""
    client = Client.objects.select_for_update().get(pk=client_id)
    ended = client.tokens.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    audit.record("client.tokens_withdrawn", subject=client, by=by, at=now)
    return ended

"""The legal and administrative acts of WHO: signing in, reading post, the authority's settings, a client's token."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, outbox, principals, webhooks
from accounts.audit import checkpoints, rows
from accounts.law.errors import FieldMissing, NotCompetent, NotForeseen, RuleBroken
from accounts.law.settings import SettingEndsTooSoon, SettingInThePast, check_value, setting_named
from accounts.law.webhooks import ALGORITHMS, HMAC, check_url
from accounts.law.witness import reason_given
from accounts.models import (
    Absence,
    AuditQuestion,
    Authority,
    AuthoritySetting,
    CalendarYear,
    Checkpoint,
    Client,
    ClientToken,
    Delivery,
    DutyDesk,
    Notice,
    NoticeReading,
    PublicHoliday,
    State,
    User,
    Webhook,
)
from accounts.principals import authority_of, new_token, token_digest, user_of
from accounts.roles import SYSTEM, Principal, permissions_of

TOKEN_LIFE = timedelta(days=365)
SECRET_OVERLAP = timedelta(days=1)
DAILY = "checkpoint.daily"
YEARS_KEPT = range(1950, 2101)


class CalendarUnchanged(RuleBroken):
    """The list says what the version held says already."""

    code = "calendar_unchanged"
    article = "Reg. 1182/71 Art. 2(1)"


@transaction.atomic
def record_calendar(
    *, state: State, year: int, holidays: Mapping[date, str], source: str, by: Principal, now: datetime
) -> CalendarYear:
    """
    Record a new version of a year's list of public holidays of one's own state; the earlier versions stay.

    No running deadline moves by it.   :param holidays: day to name; an empty list says there are none.
    :raises NotCompetent: for another state's list.   :raises NotForeseen: for a day outside the year, or a year out
        of range.   :raises FieldMissing: without source or name.   :raises CalendarUnchanged:
    Source: Reg. 1182/71 Art. 2(1); docs/adr/0092.
    """
    if by.kind != "system" and by.state != state.code:
        raise NotCompetent(authority=by.authority_code)
    if year not in YEARS_KEPT:
        raise NotForeseen(field="year", value=str(year))
    for day in holidays:
        if day.year != year:
            raise NotForeseen(field="holidays", value=day.isoformat())
    for field, missing in (("source", not source.strip()), ("holidays", not all(map(str.strip, holidays.values())))):
        if missing:
            raise FieldMissing(field=field)
    State.objects.select_for_update().get(pk=state.pk)  # one recorder at a time numbers the versions
    held = CalendarYear.objects.filter(state=state, year=year).order_by("-version").first()
    if held is not None and {row.date: row.name for row in held.holidays.all()} == dict(holidays):
        raise CalendarUnchanged
    version = held.version + 1 if held else 1
    recorded = CalendarYear(state=state, year=year, version=version, source=source.strip(), recorded_at=now)
    recorded.save(force_insert=True)
    PublicHoliday.objects.bulk_create(
        PublicHoliday(calendar_year=recorded, date=day, name=name.strip()) for day, name in sorted(holidays.items())
    )
    days = {day.isoformat(): name for day, name in sorted(holidays.items())}
    audit.record("calendar.recorded", subject=recorded, by=by, at=now, after={"source": source, "holidays": days})
    return recorded


@transaction.atomic
def record_absence(*, stand_in_id: UUID, since: date, until: date, by: Principal, now: datetime) -> Absence:
    """
    Say that one is away and who stands in; an earlier absence that still ran is ended by it.

    :raises NotForeseen: for a stand-in who is no active colleague, or days reversed or more than a year apart.
    :raises NotCompetent: for a national system.
    """
    person = user_of(by)
    if person is None:
        raise NotCompetent(authority=by.authority_code)
    colleague = User.people.visible_to(by).filter(pk=stand_in_id, is_active=True).exclude(pk=person.pk).first()
    if colleague is None:
        raise NotForeseen(field="stand_in", value=str(stand_in_id))
    if since.year not in YEARS_KEPT:
        raise NotForeseen(field="since", value=since.isoformat())
    if not since <= until <= since + timedelta(days=366):
        raise NotForeseen(field="until", value=until.isoformat())
    end_absence(by=by, now=now)
    absence = Absence(user=person, stand_in=colleague, since=since, until=until, recorded_at=now)
    absence.save(force_insert=True)
    content = {"stand_in": str(colleague.pk), "since": since, "until": until}
    audit.record("person.absent", subject=person, by=by, at=now, after=content)
    return absence


@transaction.atomic
def end_absence(*, by: Principal, now: datetime) -> int:
    """Say that one is back; return how many absences were ended."""
    person = user_of(by)
    ended = Absence.objects.filter(user=person, ended_at__isnull=True).update(ended_at=now)
    if ended and person is not None:
        audit.record("person.back", subject=person, by=by, at=now, after={"absences": ended})
    return ended


@transaction.atomic
def set_duty_officer(*, regime: str, officer_id: UUID | None, by: Principal, now: datetime) -> None:
    """
    Say who looks after what comes in for a regime, None for nobody.

    :raises NotForeseen: for someone who is no active officer of the authority, or a regime it has no part in.
    """
    if regime not in by.regimes:
        raise NotForeseen(field="regime", value=regime)
    body = authority_of(by)
    desk = DutyDesk.objects.filter(authority=body, regime=regime)
    before = [str(one.officer_id) for one in desk]
    desk.delete()
    if officer_id is not None:
        officer = User.people.visible_to(by).filter(pk=officer_id, is_active=True).first()
        if officer is None or "consultation.answer" not in permissions_of(officer.roles):
            raise NotForeseen(field="officer", value=str(officer_id))
        DutyDesk(authority=body, regime=regime, officer=officer).save(force_insert=True)
    after = {"regime": regime, "officer": str(officer_id or "")}
    audit.record("duty_desk.set", subject=body, by=by, at=now, before=before, after=after)


@transaction.atomic
def register_webhook(*, url: str, by: Principal, now: datetime, algorithm: str = HMAC) -> Webhook:
    """
    Register an address of one's own system; nothing is sent there until a secretariat approves it.

    :param algorithm: how it is signed: "hmac" with a secret both sides hold, "ed25519" with one of the exchange alone.
    :raises AddressRefused: unless it is https on port 443 with a public name.
    :raises NotForeseen: if it is registered already, or the algorithm is none of these.
    """
    if algorithm not in ALGORITHMS:
        raise NotForeseen(field="algorithm", value=algorithm)
    url = url.strip()
    if not webhooks.is_here(url):
        check_url(url)
    body = authority_of(by)
    if body.webhooks.filter(url=url, ended_at__isnull=True).exists():
        raise NotForeseen(field="url", value=url)
    webhook = Webhook(authority=body, url=url, algorithm=algorithm, registered_at=now)
    webhook.save(force_insert=True)
    audit.record("webhook.registered", subject=webhook, by=by, at=now, after={"url": url, "algorithm": algorithm})
    return webhook


@transaction.atomic
def approve_webhook(*, webhook_id: UUID, by: Principal, now: datetime) -> Webhook:
    """Put an address on the list of those the exchange may reach.   :raises NotForeseen: if it has ended."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    if webhook.ended_at is not None:
        raise NotForeseen(field="webhook", value="ended")
    webhook.approved_at, webhook.approved_by = now, authority_of(by)
    webhook.save(update_fields=["approved_at", "approved_by"])
    audit.record("webhook.approved", subject=webhook, by=by, at=now, after={"url": webhook.url})
    return webhook


@transaction.atomic
def replace_secret(*, webhook_id: UUID, by: Principal, now: datetime) -> Webhook:
    """Give a webhook a new secret; the one before stays good for a day.   :raises NotCompetent: for another's."""
    webhook = _own_webhook(webhook_id, by)
    webhook.generation, webhook.previous_until = webhook.generation + 1, now + SECRET_OVERLAP
    webhook.save(update_fields=["generation", "previous_until"])
    after = {"generation": webhook.generation}
    audit.record("webhook.secret_replaced", subject=webhook, by=by, at=now, after=after)
    return webhook


@transaction.atomic
def end_webhook(*, webhook_id: UUID, by: Principal, now: datetime) -> Webhook:
    """Send nothing to an address any more; what waits for it is given up.   :raises NotCompetent: for another's."""
    webhook = _own_webhook(webhook_id, by)
    webhook.ended_at = webhook.ended_at or now
    webhook.save(update_fields=["ended_at"])
    audit.record("webhook.ended", subject=webhook, by=by, at=now)
    return webhook


def _own_webhook(webhook_id: UUID, by: Principal) -> Webhook:
    """Return a webhook of the own authority, locked.   :raises NotCompetent: for another authority's."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    if webhook.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    return webhook


@transaction.atomic
def redeliver(*, delivery_id: int, by: Principal, now: datetime) -> Delivery:
    """
    Try again what was given up: ten tries more, under the same id.

    :raises NotForeseen: for what was delivered, or still waits.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery_id)
    if delivery.state != Delivery.State.FAILED:
        raise NotForeseen(field="delivery", value=str(delivery.state))
    delivery.state, delivery.attempts, delivery.next_attempt_at = Delivery.State.WAITING, 0, now
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    audit.record("delivery.again", subject=delivery.notice, by=by, at=now, after={"channel": delivery.channel})
    return delivery


@transaction.atomic
def bind_record(*, now: datetime) -> int:
    """Give readings and the digests of changed rows that wait their place in the chain; return how many there were."""
    return audit.fold() + audit.seal(now=now)


@transaction.atomic
def sign_checkpoint(*, now: datetime) -> Checkpoint | None:
    """
    Sign the head of the chain, and hand it to every authority with the first of a day.

    :return: None where no key is configured or nothing was recorded yet.
    """
    made = checkpoints.make(now=now)
    if made is None:
        return None
    audit.record("checkpoint.signed", subject=made, by=SYSTEM, at=now, after=checkpoints.statement_of(made))
    if not Notice.objects.filter(kind=DAILY, created_at__gte=now.replace(hour=0, minute=0, second=0)).exists():
        reference = f"{made.sequence} {made.head[:44]}"
        outbox.post(DAILY, to=Authority.objects.all(), subject=made, reference=reference, now=now)
    return made


@transaction.atomic
def ask_record(*, kind: str, terms: Mapping[str, Any], reason: str, by: Principal, now: datetime) -> AuditQuestion:
    """
    Put an auditor's question to the record; the question and its reason go on record before the answer is read.

    :raises ReasonMissing: without a reason in words.   :raises NotCompetent: for anyone but an auditor.
    Source: docs/adr/0165.
    """
    person = user_of(by)
    if person is None or not by.may("audit.question"):
        raise NotCompetent(authority=by.authority_code)
    said = reason_given(reason)
    question = AuditQuestion(kind=kind, terms=dict(terms), reason=said, asked_at=now, asked_by=person)
    question.save(force_insert=True)
    audit.record(
        "audit.asked",
        subject=question,
        by=by,
        at=now,
        after={"kind": kind, "terms": dict(terms)},
        reason=said,
    )
    return question


@transaction.atomic
def watch_rows(*, now: datetime, reason: str = "") -> dict[str, int]:
    """
    Have the database note the changes of rows that hold acts, where it does not yet; run as its owner.

    :param reason: accept every row as it stands, for this reason; it goes on record with the numbers.
    :return: by table, how many rows were noted as they stand.   Source: docs/adr/0164.
    """
    models = [model for model in rows.watched() if reason or not rows.is_watched(model)]
    noted = {model._meta.db_table: rows.watch(model) for model in models}
    if reason:
        audit.record("rows.accepted", subject=audit.lock_ledger(), by=SYSTEM, at=now, after=noted, reason=reason)
    return noted


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
    days = {now.date()} | {authority.day_of(now)}
    setting = setting_named(name)
    if not setting.adds_a_step:
        return
    usual = setting.usual
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
    secret = new_token()
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

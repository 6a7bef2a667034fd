"""Filing: an application is put to the register, amended, taken over, withdrawn."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.law.errors import NotCompetent, NotForeseen
from accounts.models import Authority
from accounts.principals import user_of
from accounts.roles import Principal
from denials.law.content import StatedItem, StatedParty
from denials.law.regimes import RegimeRules
from screening.actions.acceptance import accepted, competent
from screening.actions.alarms import watch_enumeration
from screening.actions.screening import locked, record_screening, run_screening
from screening.law.applications import ApplicationContent
from screening.law.dispositions import OthersMustBeTold
from screening.law.facts import to_data
from screening.law.lifecycle import Event
from screening.models import Application, ApplicationDestination, ApplicationItem, ApplicationParty, Screening

_SUFFIX = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # neither 0 and O nor 1, I and L, nor U
_SUFFIX_LENGTH = 8
_ITEM_COLUMNS = (
    "code",
    "code_printed",
    "control_list",
    "category",
    "is_unlisted",
    "description",
    "quantity",
    "quantity_printed",
    "unit",
    "value",
    "currency",
    "manufacturer",
    "model",
    "cas",
    "cn",
)


@transaction.atomic
def submit_application(*, content: ApplicationContent, by: Principal, now: datetime) -> Application:
    """
    File an application and screen it at once, in the same transaction.

    A screening that breaks off does not undo the filing: the application says so and the sweep tries again.

    :raises NotCompetent: if the authority is not competent for the regime today.
    :raises ContentRefused: naming every field that cannot be accepted, and why.
    Source: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
    """
    authority, rules = competent(content.regime, by=by, now=now)
    content = accepted(content, rules, authority=authority, now=now)
    application = Application(
        reference=_reference(authority, rules, now),
        authority=authority,
        created_at=now,
        created_by=user_of(by),
        owner=user_of(by),
    )
    _fill(application, content)
    application.save(force_insert=True)
    _write_rows(application, content)
    screening = run_screening(application, Screening.Trigger.FILED, by=by, now=now)
    audit.record("application.filed", subject=application, by=by, at=now, after=_content_of(application))
    record_screening(application, screening, by=by, now=now)
    return application


@transaction.atomic
def amend_application(
    *, application: Application, content: ApplicationContent, by: Principal, now: datetime
) -> Application:
    """
    Replace what is asked by other facts, and screen them at once.

    :raises TransitionRefused: while a consultation runs on the old facts, or once decided or withdrawn.
    :raises NotForeseen: if the regime would change: that is another application.
    """
    application = locked(application)
    if content.regime != application.regime:
        raise NotForeseen("regime", content.regime)
    authority, rules = competent(content.regime, by=by, now=now)
    content = accepted(content, rules, authority=authority, now=now)
    before = _content_of(application)
    application.advance(Event.AMEND)
    _fill(application, content)
    application.save()
    for rows in (application.items, application.parties, application.destinations):
        rows.all().delete()
    _write_rows(application, content)
    screening = run_screening(application, Screening.Trigger.REQUESTED, by=by, now=now)
    after = _content_of(application)
    audit.record("application.amended", subject=application, by=by, at=now, before=before, after=after)
    record_screening(application, screening, by=by, now=now)
    watch_enumeration(authority=authority, by=by, now=now)
    return application


@transaction.atomic
def take_application(*, application: Application, by: Principal, now: datetime) -> Application:
    """Make the acting officer the one who looks after the application. :raises NotCompetent: for a national system."""
    application = locked(application)
    user = user_of(by)
    if user is None:
        raise NotCompetent(authority=by.authority_code, regime=application.regime)
    before = {"owner": str(application.owner_id or "")}
    application.owner = user
    application.save(update_fields=["owner"])
    audit.record("application.taken", subject=application, by=by, at=now, before=before, after={"owner": str(user.pk)})
    return application


@transaction.atomic
def withdraw_application(*, application: Application, reason: str = "", by: Principal, now: datetime) -> Application:
    """
    Record that the applicant withdrew; nothing is left to decide.

    :raises OthersMustBeTold: once a state was consulted: there the decision records it, for it ends the
        consultations too, and tells the other side.
    :raises TransitionRefused: once decided or withdrawn.
    """
    application = locked(application)
    if application.was_consulted_on():
        raise OthersMustBeTold(application.status, Event.WITHDRAW)
    before = {"status": application.status}
    application.advance(Event.WITHDRAW)
    application.save(update_fields=["status"])
    after = {"status": application.status, "reason": reason.strip()}
    audit.record("application.withdrawn", subject=application, by=by, at=now, before=before, after=after)
    return application


def _reference(authority: Authority, rules: RegimeRules, now: datetime) -> str:
    suffix = "".join(secrets.choice(_SUFFIX) for _ in range(_SUFFIX_LENGTH))
    return f"{authority.code}-{rules.mark}-{authority.day_of(now).year}-{suffix}"


def _fill(application: Application, content: ApplicationContent) -> None:
    for name in ("own_reference", "regime", "activity", "authorisation_type", "received_on", "end_use"):
        setattr(application, name, getattr(content, name))


def _write_rows(application: Application, content: ApplicationContent) -> None:
    ApplicationDestination.objects.bulk_create(
        ApplicationDestination(application=application, position=number, code=one.code, printed=one.printed)
        for number, one in enumerate(content.destinations)
    )
    ApplicationParty.objects.bulk_create(
        _party_row(application, number, party) for number, party in enumerate(content.parties)
    )
    ApplicationItem.objects.bulk_create(
        _item_row(application, number, item) for number, item in enumerate(content.items)
    )


def _party_row(application: Application, number: int, party: StatedParty) -> ApplicationParty:
    return ApplicationParty(
        application=application,
        position=number,
        role=party.role,
        name=party.name,
        is_placeholder=party.is_placeholder,
        is_category=party.is_category,
        country=party.country,
        address=party.address,
        aliases=list(party.aliases),
        identifiers=dict(party.identifiers),
    )


def _item_row(application: Application, number: int, item: StatedItem) -> ApplicationItem:
    return ApplicationItem(
        application=application,
        position=number,
        parameters=[{"name": one.name, "value": one.value, "unit": one.unit} for one in item.parameters],
        **{name: getattr(item, name) for name in _ITEM_COLUMNS},
    )


def _content_of(application: Application) -> dict[str, Any]:
    return {
        **to_data(application.facts()),
        "own_reference": application.own_reference,
        "authorisation_type": application.authorisation_type,
    }

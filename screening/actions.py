"""The legal acts of the screening room: file, screen, dismiss, take back, withdraw."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import audit, outbox
from accounts.law import digests
from accounts.law.errors import NotCompetent, NotForeseen, ReasonMissing, TransitionRefused
from accounts.models import Authority
from accounts.principals import user_of
from accounts.roles import Principal
from denials.law import codes
from denials.law.content import StatedItem, StatedParty
from denials.law.place_names import fold
from denials.law.regimes import RegimeRules, rules_for
from denials.law.transactions import Destination, Transaction
from denials.models import ControlListEntry, Country, PlaceName
from screening import search
from screening.law import applications as law
from screening.law import dispositions, sheet
from screening.law.applications import ApplicationContent
from screening.law.dispositions import EarlierScreening, Standing
from screening.law.facts import to_data
from screening.law.lifecycle import Event, State
from screening.models import (
    Application,
    ApplicationDestination,
    ApplicationItem,
    ApplicationParty,
    Disposition,
    Hit,
    Screening,
)

_SUFFIX = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # neither 0 and O nor 1, I and L, nor U
_SUFFIX_LENGTH = 8
_MAY_BE_CONSULTED = (Standing.OPEN, Standing.DISMISSED, Standing.INFORMATION)
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

    :raises NotCompetent: if the authority is not competent for the regime today.
    :raises ContentRefused: naming every field that cannot be accepted, and why.
    Source: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
    """
    authority, rules = _competent(content.regime, by=by, now=now)
    content = _accepted(content, rules, authority=authority, now=now)
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
    screening = _screen(application, Screening.Trigger.FILED, by=by, now=now)
    audit.record("application.filed", subject=application, by=by, at=now, after=_content_of(application))
    audit.record("application.screened", subject=application, by=by, at=now, after=_proof(screening))
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
    application = _locked(application)
    if content.regime != application.regime:
        raise NotForeseen("regime", content.regime)
    authority, rules = _competent(content.regime, by=by, now=now)
    content = _accepted(content, rules, authority=authority, now=now)
    before = _content_of(application)
    application.advance(Event.AMEND)
    _fill(application, content)
    application.save()
    for rows in (application.items, application.parties, application.destinations):
        rows.all().delete()
    _write_rows(application, content)
    screening = _screen(application, Screening.Trigger.REQUESTED, by=by, now=now)
    after = _content_of(application)
    audit.record("application.amended", subject=application, by=by, at=now, before=before, after=after)
    audit.record("application.screened", subject=application, by=by, at=now, after=_proof(screening))
    return application


@transaction.atomic
def screen_application(*, application: Application, trigger: str, by: Principal, now: datetime) -> Screening:
    """
    Screen a pending application against every denial that counts today; kept without hits too, as proof.

    An act that also writes to the audit trail screens first: the index is locked before the ledger.

    :param trigger: a `Screening.Trigger`.   :raises TransitionRefused: once decided or withdrawn.
    Source: Reg. (EU) 2021/821 Art. 16(5), first subparagraph.
    """
    application = _locked(application)
    screening = _screen(application, trigger, by=by, now=now)
    audit.record("application.screened", subject=application, by=by, at=now, after=_proof(screening))
    return screening


@transaction.atomic
def screen_without_filing(
    *, content: ApplicationContent, by: Principal, now: datetime
) -> tuple[Screening, search.Result]:
    """
    Screen and keep only the proof: a digest of what was asked, the state of the register, the rules, the hits.

    Of the content nothing is kept: stored hits hold the denials' side only. The result in full is returned to be
    shown once.

    :raises NotCompetent: if the authority is not competent for the regime today; else as `submit_application`.
    """
    authority, rules = _competent(content.regime, by=by, now=now)
    content = _accepted(content, rules, authority=authority, now=now)
    facts = content.facts(authority=str(authority.pk), state=authority.state_id or "")
    result = search.screen(facts, on=_today(authority, now))
    screening = _store(result, facts, authority, Screening.Trigger.UNFILED, by=by, now=now, application=None)
    audit.record("screening.unfiled", subject=screening, by=by, at=now, after=_proof(screening))
    return screening, result


@transaction.atomic
def rescreen_after_change(*, application: Application, by: Principal, now: datetime) -> Screening:
    """
    Screen a pending application again because the register changed, and tell its authority of new hits.

    Source: Reg. (EU) 2021/821 Art. 16(5): all valid denials, up to the decision.
    """
    application = _locked(application)
    known = {(one.hit.denial_id, one.hit.version_id) for one in application.standing_hits() if one.carries_duty}
    screening = screen_application(application=application, trigger=Screening.Trigger.REGISTER_CHANGED, by=by, now=now)
    new = [
        one for one in screening.standing_hits() if one.is_open and (one.hit.denial_id, one.hit.version_id) not in known
    ]
    if new:
        outbox.post(
            "screening.new_hits",
            to=[application.authority],
            subject=application,
            reference=application.reference,
            now=now,
        )
    return screening


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
    application = _locked(application)
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
    application = _locked(application)
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
    application = _locked(application)
    written = []
    for hit in hits:
        hit = _must_be(application, hit, *_MAY_BE_CONSULTED, act="consult")
        written.append(_dispose(application, hit, Disposition.Kind.CONSULTED, by=by, now=now))
    application.advance(Event.OPEN_CONSULTATION)
    application.save(update_fields=["status"])
    return written


@transaction.atomic
def take_application(*, application: Application, by: Principal, now: datetime) -> Application:
    """Make the acting officer the one who looks after the application. :raises NotCompetent: for a national system."""
    application = _locked(application)
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

    :raises TransitionRefused: once decided or withdrawn.
    """
    application = _locked(application)
    before = {"status": application.status}
    application.advance(Event.WITHDRAW)
    application.save(update_fields=["status"])
    after = {"status": application.status, "reason": reason.strip()}
    audit.record("application.withdrawn", subject=application, by=by, at=now, before=before, after=after)
    return application


# ---- what is accepted ----------------------------------------------------------------------------------------------


def _competent(regime: str, *, by: Principal, now: datetime) -> tuple[Authority, RegimeRules]:
    authority = Authority.objects.national().filter(pk=by.authority_id).select_related("state").first()
    if authority is None:
        raise NotCompetent(authority=by.authority_code, regime=regime)
    rules = rules_for(regime, _today(authority, now))
    if regime not in by.regimes:
        raise NotCompetent(authority=authority.code, regime=regime)
    return authority, rules


def _accepted(
    content: ApplicationContent, rules: RegimeRules, *, authority: Authority, now: datetime
) -> ApplicationContent:
    content = law.resolved(content, _places_named(content.destinations))
    countries = frozenset(Country.objects.values_list("code", flat=True))
    entries = _heads_held(content.items)
    law.check(content, rules, today=_today(authority, now), countries=countries, entries=entries)
    return content


def _places_named(destinations: Iterable[Destination]) -> dict[str, str]:
    """Return text to code for the texts that name exactly one place."""
    printed = [one.printed for one in destinations if not one.code]
    if not printed:
        return {}
    names = PlaceName.objects.filter(folded__in=[fold(text) for text in printed])
    known = {name.folded: name.codes[0] for name in names if len(name.codes) == 1}
    return {text: known[fold(text)] for text in printed if fold(text) in known}


def _heads_held(items: Iterable[StatedItem]) -> dict[str, frozenset[str]]:
    """Return, per list held, which of the heads asked for are its entries; national lists are each state's own."""
    held: dict[str, frozenset[str]] = {}
    asked = [item for item in items if item.code]
    for control_list in {item.control_list for item in asked} - {"", "national"}:
        entries = ControlListEntry.objects.filter(control_list__code=control_list)
        heads = {codes.head(item.code) for item in asked if item.control_list == control_list}
        found = frozenset(entries.filter(code__in=heads).values_list("code", flat=True))
        if found or entries.exists():
            held[control_list] = found
    return held


def _today(authority: Authority, now: datetime) -> date:
    return now.astimezone(authority.state.zone_info()).date() if authority.state else now.date()


def _reference(authority: Authority, rules: RegimeRules, now: datetime) -> str:
    suffix = "".join(secrets.choice(_SUFFIX) for _ in range(_SUFFIX_LENGTH))
    return f"{authority.code}-{rules.mark}-{_today(authority, now).year}-{suffix}"


def _screen(application: Application, trigger: str, *, by: Principal, now: datetime) -> Screening:
    facts = application.facts()
    result = search.screen(facts, on=_today(application.authority, now))
    screening = _store(result, facts, application.authority, trigger, by=by, now=now, application=application)
    is_open = any(one.is_open for one in screening.standing_hits())
    application.advance(Event.SCREENED_HITS if is_open else Event.SCREENED_CLEAR)
    application.save(update_fields=["status"])
    return screening


# ---- what is written -----------------------------------------------------------------------------------------------


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("authority__state")
    return rows.get(pk=application.pk)


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


def _store(
    result: search.Result,
    facts: Transaction,
    authority: Authority,
    trigger: str,
    *,
    by: Principal,
    now: datetime,
    application: Application | None,
) -> Screening:
    screening = Screening(
        application=application,
        authority=authority,
        regime=facts.regime,
        trigger=trigger,
        content_digest=digests.digest(to_data(facts)),
        ruleset_version=result.ruleset_version,
        register_sequence=result.register_sequence,
        compared=result.compared,
        screenable_by_party=result.screenable_by_party,
        screened_at=now,
        judged_on=result.judged_on,
        duration_ms=result.duration_ms,
        screened_by_kind=by.kind,
        screened_by_id=by.id,
    )
    screening.save(force_insert=True)
    Hit.objects.bulk_create(
        Hit(
            screening=screening,
            denial_id=found.denial_id,
            version_id=found.version_id,
            rank=rank,
            level=found.level,
            rule=found.judgement.rule,
            is_own=found.is_own,
            elements=_sheet(found, filed=application is not None),
        )
        for rank, found in enumerate(result.hits, start=1)
    )
    return screening


def _sheet(found: search.Found, *, filed: bool) -> list[dict[str, Any]]:
    """Return the verdict sheet to keep: without filing nothing of what was asked is kept."""
    rows = sheet.as_data(found.judgement.elements)
    return rows if filed else sheet.denial_side(rows)


def _proof(screening: Screening) -> dict[str, Any]:
    """Return what a screening proves, as data: ids and digests, no content."""
    hits = screening.hits.order_by("rank").values_list("denial_id", "version_id", "level")
    return {
        "screening": str(screening.pk),
        "content": screening.content_digest,
        "register": screening.register_sequence,
        "ruleset": screening.ruleset_version,
        "compared": screening.compared,
        "hits": [[str(denial), str(version), level] for denial, version, level in hits],
    }


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

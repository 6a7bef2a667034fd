"""Screening: of a filed application, of a pending one again, and without filing."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts import audit, outbox
from accounts.law import digests
from accounts.models import Authority
from accounts.roles import Principal
from denials.law.transactions import Transaction
from screening import search
from screening.actions.acceptance import accepted, competent, today
from screening.law import sheet
from screening.law.applications import ApplicationContent
from screening.law.facts import to_data
from screening.law.lifecycle import Event
from screening.models import Application, Hit, Screening


@transaction.atomic
def screen_application(*, application: Application, trigger: str, by: Principal, now: datetime) -> Screening:
    """
    Screen a pending application against every denial that counts today; kept without hits too, as proof.

    An act that also writes to the audit trail screens first: the index is locked before the ledger.

    :param trigger: a `Screening.Trigger`.   :raises TransitionRefused: once decided or withdrawn.
    Source: Reg. (EU) 2021/821 Art. 16(5), first subparagraph.
    """
    application = locked(application)
    screening = run_screening(application, trigger, by=by, now=now)
    audit.record("application.screened", subject=application, by=by, at=now, after=proof_of(screening))
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
    authority, rules = competent(content.regime, by=by, now=now)
    content = accepted(content, rules, authority=authority, now=now)
    facts = content.facts(authority=str(authority.pk), state=authority.state_id or "")
    result = search.screen(facts, on=today(authority, now))
    screening = _store(result, facts, authority, Screening.Trigger.UNFILED, by=by, now=now, application=None)
    audit.record("screening.unfiled", subject=screening, by=by, at=now, after=proof_of(screening))
    return screening, result


@transaction.atomic
def rescreen_after_change(*, application: Application, by: Principal, now: datetime) -> Screening:
    """
    Screen a pending application again because the register changed, and tell its authority of new hits.

    Source: Reg. (EU) 2021/821 Art. 16(5): all valid denials, up to the decision.
    """
    application = locked(application)
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


def locked(application: Application) -> Application:
    """Return the application, its row locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("authority__state")
    return rows.get(pk=application.pk)


def run_screening(application: Application, trigger: str, *, by: Principal, now: datetime) -> Screening:
    """Screen a locked application, store the result and move it on; the caller writes the audit record after."""
    facts = application.facts()
    result = search.screen(facts, on=today(application.authority, now))
    at = _after_the_last(application, now)
    screening = _store(result, facts, application.authority, trigger, by=by, now=at, application=application)
    is_open = any(one.is_open for one in screening.standing_hits())
    application.advance(Event.SCREENED_HITS if is_open else Event.SCREENED_CLEAR)
    application.save(update_fields=["status"])
    return screening


def _after_the_last(application: Application, now: datetime) -> datetime:
    """Return when it was screened: later than the last time, also for who read the clock first and then waited."""
    last = application.latest_screening()
    return max(now, last.screened_at + timedelta.resolution) if last else now


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
            rule_version=found.judgement.rule_version,
            ground=found.judgement.ground,
            changes=list(found.judgement.changes),
            is_own=found.judgement.is_own,
            elements=_sheet(found, filed=application is not None),
        )
        for rank, found in enumerate(result.hits, start=1)
    )
    return screening


def _sheet(found: search.Found, *, filed: bool) -> list[dict[str, Any]]:
    """Return the verdict sheet to keep: without filing nothing of what was asked is kept."""
    rows = sheet.as_data(found.judgement.elements)
    return rows if filed else sheet.denial_side(rows)


def proof_of(screening: Screening) -> dict[str, Any]:
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

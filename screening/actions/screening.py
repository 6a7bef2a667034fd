"""Screening: of a filed application, of a pending one again, and without filing."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction

from accounts import audit
from accounts.law import digests
from accounts.law.errors import RuleBroken
from accounts.models import Authority
from accounts.roles import Principal
from denials.law.transactions import Transaction
from screening import search
from screening.actions.acceptance import accepted, competent
from screening.actions.alarms import watch_enumeration
from screening.law import sheet
from screening.law.applications import ApplicationContent
from screening.law.completeness import Shortfall, shortfalls
from screening.law.facts import to_data
from screening.law.lifecycle import Event
from screening.law.profiles import Profile
from screening.models import Application, Hit, RuleChange, Screening
from screening.search.run import kept

log = logging.getLogger(__name__)


@transaction.atomic
def screen_application(*, application: Application, trigger: str, by: Principal, now: datetime) -> Screening | None:
    """
    Screen a pending application against every denial that counts today; kept without hits too, as proof.

    An act that also writes to the audit trail screens first: the index is locked before the ledger. None: it broke off,
    which is on record, stands in the way of a decision and is tried again by the sweep.

    :param trigger: a `Screening.Trigger`.   :raises TransitionRefused: once decided or withdrawn.
    Source: Reg. (EU) 2021/821 Art. 16(5), first subparagraph.
    """
    application = locked(application)
    screening = run_screening(application, trigger, by=by, now=now)
    record_screening(application, screening, by=by, now=now)
    return screening


@transaction.atomic
def screen_without_filing(
    *, content: ApplicationContent, by: Principal, now: datetime
) -> tuple[Screening, search.Result]:
    """
    Screen and keep only the proof: a digest of what was asked, the state of the register, the rules, the hits.

    Of the content nothing is kept: stored hits hold the denials' side only. The result in full is returned to be
    shown once. Unusual amounts raise an alarm and hinder nothing.

    :raises NotCompetent: if the authority is not competent for the regime today; else as `submit_application`.
    """
    authority, rules = competent(content.regime, by=by, now=now)
    content = accepted(content, rules, authority=authority, now=now)
    facts, on = content.facts(authority=str(authority.pk), state=authority.state_id or ""), authority.day_of(now)
    profile = RuleChange.in_force(authority.pk, facts.regime)
    result = by_profile(search.screen(facts, on=on, informs=RuleChange.informs(authority.pk, on)), profile)
    screening = _store(result, facts, authority, Screening.Trigger.UNFILED, by=by, now=now, application=None)
    audit.record("screening.unfiled", subject=screening, by=by, at=now, after=screening.proof())
    watch_enumeration(authority=authority, by=by, now=now)
    return screening, result


def locked(application: Application) -> Application:
    """Return the application, its row locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("authority__state")
    return rows.get(pk=application.pk)


def run_screening(application: Application, trigger: str, *, by: Principal, now: datetime) -> Screening | None:
    """
    Screen a locked application, store the result and move it on; the caller calls `record_screening` after.

    What breaks off inside leaves nothing of itself but the state that says so: there is no silent zero.
    """
    try:
        with transaction.atomic():
            return _screened(application, trigger, by=by, now=now)
    except (RuleBroken, OperationalError):  # a refusal is no failure; without a database there is nothing to record in
        raise
    except Exception as failure:
        log.exception("a screening broke off", extra={"application": str(application.pk)})
        application.refresh_from_db(fields=["status"])
        application.screening_failed_at, application.screening_failure = now, type(failure).__name__[:60]
        application.advance(Event.SCREENING_FAILED)
        application.save(update_fields=["status", "screening_failed_at", "screening_failure"])
        return None


def record_screening(application: Application, screening: Screening | None, *, by: Principal, now: datetime) -> None:
    """Write the audit record of a screening, or of its breaking off."""
    if screening is None:
        after = {"failure": application.screening_failure}
        audit.record("application.screening_failed", subject=application, by=by, at=now, after=after)
    else:
        audit.record("application.screened", subject=application, by=by, at=now, after=screening.proof())


def stored_screening(application: Application, trigger: str, *, by: Principal, now: datetime) -> Screening:
    """Compare a locked application with the register by its authority's rules and keep the result; nothing else."""
    facts = application.facts()
    profile = RuleChange.in_force(application.authority_id, application.regime)
    on = application.authority.day_of(now)
    informs = RuleChange.informs(application.authority_id, on)
    result = by_profile(search.screen(facts, on=on, informs=informs), profile)
    at = _after_the_last(application, now)
    return _store(result, facts, application.authority, trigger, by=by, now=at, application=application)


def by_profile(result: search.Result, profile: Profile) -> search.Result:
    """Return a result with its hits at the levels of the authority's rules, in their order, those `kept`."""
    version = profile.version(result.ruleset_version)
    return replace(result, hits=kept(result.hits, profile), ruleset_version=version)


def _screened(application: Application, trigger: str, *, by: Principal, now: datetime) -> Screening:
    screening = stored_screening(application, trigger, by=by, now=now)
    is_open = any(one.blocks for one in screening.standing_hits())
    application.advance(Event.SCREENED_HITS if is_open else Event.SCREENED_CLEAR)
    application.save(update_fields=["status", *forget_tries(application)])
    return screening


def forget_tries(application: Application) -> list[str]:
    """Forget the tries that came before a screening; return the columns to write."""
    application.screening_failed_at, application.screening_failure = None, ""
    application.screening_tries, application.screen_after = 0, None
    return ["screening_failed_at", "screening_failure", "screening_tries", "screen_after"]


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
        left_out=" ".join((*shortfalls(facts), *([Shortfall.DENIALS] if result.is_cut else []))),
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

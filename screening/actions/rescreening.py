"""Screening again what the register, or the rules, have left behind: who is next, pending cases, licences in use."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts import audit, outbox
from accounts.law.errors import TransitionRefused
from accounts.roles import Principal
from denials.models import RegisterChange
from screening.actions.screening import forget_tries, locked, screen_application, stored_screening
from screening.law.completeness import wait_after
from screening.law.identity import RULESET_VERSION
from screening.law.lifecycle import State
from screening.models import Application, RuleChange, Screening
from screening.querysets import ApplicationQuerySet


@transaction.atomic
def claim_stale(*, now: datetime, most: int) -> list[UUID]:
    """
    Name the applications to screen again and set them aside for a while; pending ones before licences in use.

    What was never tried comes first, then what has waited longest; one that fails again and again waits longer each
    time, so it holds up no other. A claim whose worker was lost ends by itself.

    :param most: how many at once.
    """
    due = Q(screen_after__isnull=True) | Q(screen_after__lte=now)
    claimed: list[UUID] = []
    on = now.date()
    for rows in (stale(Application.objects.pending(), on), stale(Application.objects.watched(on), on)):
        free = Application.objects.select_for_update(skip_locked=True, of=("self",))
        ids = rows.filter(due).order_by(F("screen_after").asc(nulls_first=True), "created_at").values("pk")
        held = list(free.filter(pk__in=list(ids[: most - len(claimed)].values_list("pk", flat=True))))
        for row in held:
            row.screening_tries = min(row.screening_tries + 1, 1000)
            row.screen_after = now + wait_after(row.screening_tries)
        Application.objects.bulk_update(held, ["screening_tries", "screen_after"])
        claimed += [row.pk for row in held]
    return claimed


def stale(rows: ApplicationQuerySet, on: date) -> "QuerySet[Application]":
    """
    Return those last screened before the last change of their regime's denials, by other rules, or never.

    An application whose last try broke off is among them, and one judged by a day before something began to count that
    counts on this day: rules of the regime, or the denials of a state that has joined since.
    """
    latest = Screening.objects.filter(application=OuterRef("pk")).order_by("-screened_at", "-register_sequence")
    seen = rows.annotate(
        seen=Subquery(latest.values("register_sequence")[:1]),
        rules=Subquery(latest.values("ruleset_version")[:1]),
        judged=Subquery(latest.values("judged_on")[:1]),
    )
    behind = Q(seen__isnull=True) | Q(screening_failed_at__isnull=False) | _by_other_rules()
    for regime in rows.order_by().values_list("regime", flat=True).distinct():
        behind |= Q(regime=regime, seen__lt=_last_change(regime))
        behind |= Q(regime=regime, judged__lt=Screening.last_begun(regime, on))
    return seen.filter(behind)


def _last_change(regime: str) -> Subquery:
    """The number of a regime's last change, looked for from the end of the feed; nothing where there is none."""
    return Subquery(RegisterChange.objects.filter(regime=regime).order_by("-sequence").values("sequence")[:1])


def _by_other_rules() -> Q:
    """What was screened by rules that are no longer those of its authority."""
    own = Q(pk__in=[])
    placed = Q(pk__in=[])
    for change in RuleChange.objects.in_force():
        held = Q(authority_id=change.authority_id, regime=change.regime)
        placed |= held
        own |= held & ~Q(rules=change.profile().version(RULESET_VERSION))
    return own | (~placed & ~Q(rules=RULESET_VERSION))


@transaction.atomic
def rescreen_after_change(*, application: Application, by: Principal, now: datetime) -> Screening | None:
    """
    Screen a pending application again because the register changed, and tell its authority of new hits.

    None: it broke off; see `screen_application`. Source: Reg. (EU) 2021/821 Art. 16(5): all valid denials, up to the
    decision.
    """
    application = locked(application)
    known = _known(application)
    screening = screen_application(application=application, trigger=Screening.Trigger.REGISTER_CHANGED, by=by, now=now)
    _tell("screening.new_hits", application, screening, known, now)
    return screening


@transaction.atomic
def watch_licence(*, application: Application, by: Principal, now: datetime) -> Screening:
    """
    Screen a licence in use again and tell its authority of new hits: an alert, from which no duty follows.

    Nothing of the application moves. Source: CP 2008/944/CFSP Art. 1(1a): states are "encouraged to reassess".
    """
    application = locked(application)
    known = _known(application)
    screening = stored_screening(application, Screening.Trigger.LICENCE, by=by, now=now)
    application.save(update_fields=forget_tries(application))
    audit.record("licence.screened", subject=application, by=by, at=now, after=screening.proof())
    _tell("screening.licence_alert", application, screening, known, now)
    return screening


@transaction.atomic
def record_used_up(*, application: Application, on: date, by: Principal, now: datetime) -> Application:
    """
    Record that a licence granted is used up or has run out: it is watched no longer.

    :raises TransitionRefused: if nothing was granted.
    """
    application = locked(application)
    if application.status != State.GRANTED:
        raise TransitionRefused(application.status, "use_up")
    before = {"used_up_on": application.used_up_on}
    application.used_up_on = on
    application.save(update_fields=["used_up_on"])
    after = {"used_up_on": on.isoformat()}
    audit.record("licence.used_up", subject=application, by=by, at=now, before=before, after=after)
    return application


def _known(application: Application) -> set[tuple[UUID, UUID]]:
    return {(one.hit.denial_id, one.hit.version_id) for one in application.standing_hits() if one.carries_duty}


def _tell(
    kind: str,
    application: Application,
    screening: Screening | None,
    known: set[tuple[UUID, UUID]],
    now: datetime,
) -> None:
    found = screening.standing_hits() if screening else []
    if any(one.is_open and (one.hit.denial_id, one.hit.version_id) not in known for one in found):
        outbox.post(kind, to=[application.authority], subject=application, reference=application.reference, now=now)

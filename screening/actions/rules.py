"""Changing an authority's rules of level: one proposes, a run over past applications shows it, another switches on."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from accounts import audit
from accounts.law.errors import NotCompetent, ReasonMissing, RuleBroken, TransitionRefused
from accounts.models import Authority, User
from accounts.principals import authority_of, user_of
from accounts.roles import Principal
from screening import search
from screening.actions.screening import by_profile
from screening.law.profiles import Profile, check_levels
from screening.models import Application, RuleChange

State = RuleChange.State
MONTH = timedelta(days=30)
MOST_MONTHS = 36
MOST_APPLICATIONS = 2000
MOST_EXAMPLES = 25  # of hits gained, and of hits lost
LONGEST_SHADOW = timedelta(minutes=10)


class ShadowMissing(RuleBroken):
    """What the change would have done to past applications has not been looked at yet."""

    code = "shadow_missing"


class OwnChange(RuleBroken):
    """Whoever proposed a change of rules does not switch it on."""

    code = "own_change"


@transaction.atomic
def propose_rules(
    *, regime: str, levels: Mapping[str, str], reason: str, months: int = 12, by: Principal, now: datetime
) -> RuleChange:
    """
    Propose at which level hits on some grounds are shown; nothing changes yet.

    :param levels: ground to level; what is left out is as usual.   :param months: how far back the shadow run looks.
    :raises ReasonMissing: :raises ProfileRefused: :raises TransitionRefused: while another proposal waits.
    :raises NotCompetent: for a national system, or a regime the authority does not work in.
    """
    user = _person(by, regime)
    if not reason.strip():
        raise ReasonMissing("reason")
    authority = authority_of(by)
    Authority.objects.select_for_update().get(pk=authority.pk)
    check_levels(levels, RuleChange.in_force(authority.pk, regime).levels)
    own = RuleChange.objects.filter(authority=authority)
    if own.filter(regime=regime, state=State.PROPOSED).exists():
        raise TransitionRefused("proposed", "propose")
    change = RuleChange(
        authority=authority,
        regime=regime,
        number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
        levels=dict(levels),
        reason=reason.strip(),
        months=min(max(months, 1), MOST_MONTHS),
        proposed_at=now,
        proposed_by=user,
    )
    change.save(force_insert=True)
    audit.record("rules.proposed", subject=change, by=by, at=now, after={"regime": regime, "levels": change.levels})
    return change


@transaction.atomic
def claim_shadows(*, now: datetime, most: int) -> list[UUID]:
    """
    Name proposed changes to run over past applications, each for one worker; a claim whose worker was lost ends.

    The index is brought up to date here: a run itself takes none of its locks, however long it lasts.
    """
    search.bring_up_to_date()
    rows = RuleChange.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.filter(state=State.PROPOSED, shadow_at__isnull=True)
    free = rows.filter(Q(shadow_begun_at__isnull=True) | Q(shadow_begun_at__lte=now - LONGEST_SHADOW))
    ids = list(free.order_by("proposed_at").values_list("pk", flat=True)[:most])
    RuleChange.objects.filter(pk__in=ids).update(shadow_begun_at=now)
    return ids


@transaction.atomic
def run_shadow(*, change_id: UUID, by: Principal, now: datetime) -> RuleChange:
    """
    Compare past applications with the register as it is indexed, by the rules as they are and as proposed.

    What differs is kept, if the change is still proposed. Nothing of the applications moves, and no screening of theirs
    is written. The change is locked only at the end: it can be dropped while the run lasts.
    """
    change = RuleChange.objects.select_related("authority__state").get(pk=change_id)
    held, proposed = RuleChange.in_force(change.authority_id, change.regime), change.profile()
    rows = Application.objects.filter(authority=change.authority, regime=change.regime)
    past = rows.filter(created_at__gte=now - change.months * MONTH).with_content().order_by("-created_at")
    found = list(_differences(past[:MOST_APPLICATIONS], held, proposed, change.authority, now))
    by_kind = {kind: [one for one in found if one["kind"] == kind] for kind in ("gained", "lost")}
    of = past.count()
    shadow = {
        "applications": min(of, MOST_APPLICATIONS),
        "of": of,
        **{kind: len(ones) for kind, ones in by_kind.items()},
        "examples": [one for ones in by_kind.values() for one in ones[:MOST_EXAMPLES]],
    }
    change = _locked(change)
    if change.state != State.PROPOSED or change.shadow_at is not None:
        return change
    change.shadow, change.shadow_at = shadow, now
    change.save(update_fields=["shadow", "shadow_at"])
    counts = {name: shadow[name] for name in ("applications", "gained", "lost")}
    audit.record("rules.shadowed", subject=change, by=by, at=now, after=counts)
    return change


@transaction.atomic
def switch_rules_on(*, change: RuleChange, by: Principal, now: datetime) -> RuleChange:
    """
    Let a proposed change hold, as the second of two persons; pending applications are screened again by it.

    :raises OwnChange: for whoever proposed it.   :raises ShadowMissing: before its run over past applications.
    :raises TransitionRefused: if it is no longer proposed.   :raises NotCompetent: for a national system.
    """
    change = _locked(change)
    user = _person(by, change.regime)
    if change.state != State.PROPOSED:
        raise TransitionRefused(change.state, "switch_on")
    if change.proposed_by_id == user.pk:
        raise OwnChange
    if change.shadow_at is None:
        raise ShadowMissing
    return _close(change, State.ON, "rules.switched_on", user, by=by, now=now)


@transaction.atomic
def decline_rules(*, change: RuleChange, by: Principal, now: datetime) -> RuleChange:
    """Drop a proposed change, whoever made it. :raises TransitionRefused: if it is no longer proposed."""
    change = _locked(change)
    user = _person(by, change.regime)
    if change.state != State.PROPOSED:
        raise TransitionRefused(change.state, "decline")
    return _close(change, State.DECLINED, "rules.declined", user, by=by, now=now)


def _differences(
    rows: Iterable[Application], held: Profile, proposed: Profile, authority: Authority, now: datetime
) -> Iterable[dict[str, Any]]:
    """Yield each denial that would begin, or cease, to ask something of an application."""
    for application in rows:
        result = search.screen(application.facts(), on=authority.day_of(now), extends=False)
        before, after = (_duties(by_profile(result, profile)) for profile in (held, proposed))
        for denial_id in before.keys() ^ after.keys():
            one = after.get(denial_id) or before[denial_id]
            yield {
                "kind": "gained" if denial_id in after else "lost",
                "application": str(application.pk),
                "reference": application.reference,
                "denial": str(denial_id),
                "ground": one.judgement.ground,
            }


def _duties(result: search.Result) -> dict[Any, search.Found]:
    return {one.denial_id: one for one in result.hits if one.level != "information" and not one.judgement.is_own}


def _locked(change: RuleChange) -> RuleChange:
    return RuleChange.objects.select_for_update(of=("self",)).get(pk=change.pk)


def _person(by: Principal, regime: str) -> User:
    user = user_of(by)
    if user is None or regime not in by.regimes:
        raise NotCompetent(authority=by.authority_code, regime=regime)
    return user


def _close(change: RuleChange, state: str, act: str, user: User, *, by: Principal, now: datetime) -> RuleChange:
    change.state, change.closed_at, change.closed_by = state, now, user
    change.save(update_fields=["state", "closed_at", "closed_by"])
    audit.record(act, subject=change, by=by, at=now, after={"regime": change.regime, "levels": change.levels})
    return change

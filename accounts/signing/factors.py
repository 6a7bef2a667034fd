"""Second factors come and go: each change is on record, and the person is told by mail, in ids only."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import audit, factors
from accounts.law.errors import NotCompetent, RuleBroken
from accounts.models import User
from accounts.principals import of_user
from accounts.roles import Principal
from accounts.signing.people import CHANGED
from accounts.signing.telling import tell


class LastFactor(RuleBroken):
    """Nobody is without a second factor: the last one is replaced, not removed."""

    code = "last_factor"
    article = "OWASP ASVS 5.0 6.3.3"


class FactorRefused(RuleBroken):
    """What was given to register a factor is not right."""

    code = "factor_refused"
    conflict = False


@transaction.atomic
def add_app(*, user: User, secret: str, code: str, now: datetime) -> list[str]:
    """
    Keep an authenticator app, in place of the one before.

    :param code: the first one it shows.   :return: recovery codes, where there were none before.
    :raises FactorRefused: for a wrong code.
    """
    counter = factors.counter_of(secret, code) if secret else None
    if counter is None:
        raise FactorRefused(field="code")
    factors.keep_app(user, secret, counter)
    return _added(user, "app", now)


@transaction.atomic
def add_key(*, user: User, name: str, answer: str, now: datetime) -> list[str]:
    """
    Keep a security key.

    :param answer: of the browser, to the registration asked for in this session.
    :return: recovery codes, where there were none before.   :raises FactorRefused: for a wrong answer.
    """
    if factors.keep_key(user, name[:60], answer) is None:
        raise FactorRefused(field="name")
    return _added(user, "key", now)


@transaction.atomic
def remove_factor(*, user: User, factor_id: int, now: datetime) -> None:
    """Remove one of several factors of one's own.   :raises LastFactor: if it is the only one."""
    User.objects.select_for_update().get(pk=user.pk)  # of two removals at once, the second sees the first
    held = factors.of_person(user)
    found = [one for one in held if one.pk == factor_id]
    if not found:
        raise FactorRefused(field="factor")
    if len(held) == 1:
        raise LastFactor
    found[0].delete()
    _changed(user, "person.factor_removed", str(found[0].type), of_user(user, at=now), now)


@transaction.atomic
def renew_recovery_codes(*, user: User, now: datetime) -> list[str]:
    """Make new recovery codes; those before are worth nothing from now on."""
    codes = factors.new_recovery_codes(user)
    _changed(user, "person.recovery_codes_made", "codes", of_user(user, at=now), now)
    return codes


@transaction.atomic
def reset_factors(*, user: User, by: Principal, now: datetime) -> int:
    """
    Take all factors from a colleague who has lost them: they enrol anew at the next sign-in, which ends all others.

    :raises NotCompetent: for a person of another authority, or for oneself.
    """
    if not by.may("people.manage") or by.authority_id != user.authority_id or by.id == user.pk:
        raise NotCompetent(authority=by.authority_code)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    user.sessions.all().delete()
    _changed(user, "person.factors_reset", "all", by, now)
    return removed


def _added(user: User, kind: str, now: datetime) -> list[str]:
    _changed(user, "person.factor_added", kind, of_user(user, at=now), now)
    return [] if factors.recovery_codes_left(user) else factors.new_recovery_codes(user)


def _changed(user: User, act: str, kind: str, by: Principal, now: datetime) -> None:
    audit.record(act, subject=user, by=by, at=now, after={"kind": kind})
    tell(CHANGED, user, now=now)

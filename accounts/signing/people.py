"""
Signing in: a password or an identity provider, then a second factor; and proving it again before legal acts.

A failed try is an act on record, not an exception: what was counted has to stay.   Source: docs/adr/0200, 0201.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import models, transaction

from accounts import audit, factors
from accounts.models import User
from accounts.principals import of_user
from accounts.roles import VISITOR
from accounts.signing import tries
from accounts.signing.telling import tell
from accounts.signing.tries import Source

CHANGED = "person.factor_changed"


@dataclass(frozen=True)
class Try:
    """What came of a password: the person, or nobody and perhaps a time to wait."""

    user: User | None = None
    wait: timedelta = timedelta()


@dataclass(frozen=True)
class Given:
    """What a person gives to prove who they are: a code of the app or a recovery code, a key's answer, a password."""

    code: str = ""
    answer: str = ""
    password: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.answer or self.password)


@dataclass(frozen=True)
class Proof:
    """What came of it: by which means it was proven, "" for not, and perhaps a time to wait."""

    means: str = ""
    wait: timedelta = timedelta()


@transaction.atomic
def try_password(*, username: str, password: str, source: Source, now: datetime) -> Try:
    """
    Check a password; a failure is counted and on record, whether or not there is such an account.

    Both take the same time and say the same.   Source: OWASP ASVS 5.0 6.3.8.
    """
    if wait := tries.wait_of(source, now=now):
        return Try(wait=wait)
    user = authenticate(None, username=username, password=password)
    if isinstance(user, User) and user.authority_id is not None:
        return Try(user=user)
    row = tries.count_failure(source, now=now)
    _failed("password", User.objects.filter(username=username).first() or row, now)
    return Try()


@transaction.atomic
def try_factor(*, user: User, given: Given, source: Source, now: datetime) -> Proof:
    """Check a second factor of somebody whose password was right; a password is none."""
    return _checked(user, Given(code=given.code, answer=given.answer), source, now)


@transaction.atomic
def prove(*, user: User, given: Given, source: Source, now: datetime) -> Proof:
    """Check a second factor or the password of somebody signed in, before an act with legal effect."""
    proof = _checked(user, given, source, now)
    if proof.means:
        tries.forget(source)
        audit.record("person.proven", subject=user, by=of_user(user, at=now), at=now, after={"means": proof.means})
    return proof


@transaction.atomic
def record_sign_in(*, user: User, means: str, source: Source, now: datetime) -> None:
    """Put a complete sign-in on record, and begin to count its failures anew.   :param means: password+app, …"""
    tries.forget(source)
    audit.record("person.signed_in", subject=user, by=of_user(user, at=now), at=now, after={"means": means})


def _checked(user: User, given: Given, source: Source, now: datetime) -> Proof:
    if wait := tries.wait_of(source, now=now, step="factor"):
        return Proof(wait=wait)
    if means := _means(user, given, now):
        return Proof(means=means)
    tries.count_failure(source, now=now, step="factor")
    _failed("factor", user, now)
    return Proof()


def _means(user: User, given: Given, now: datetime) -> str:
    if given.answer and (key := factors.takes_key_answer(user, given.answer)):
        key.record_usage()
        return "key"
    if given.code and (app := factors.takes_app_code(user, given.code)):
        app.record_usage()
        return "app"
    if given.code and factors.takes_recovery_code(user, given.code):
        left = {"left": factors.recovery_codes_left(user)}
        audit.record("person.recovery_code_used", subject=user, by=of_user(user, at=now), at=now, after=left)
        tell(CHANGED, user, now=now)
        return "recovery code"
    return "password" if given.password and user.check_password(given.password) else ""


def _failed(step: str, subject: models.Model, now: datetime) -> None:
    audit.record("person.sign_in_failed", subject=subject, by=VISITOR, at=now, after={"step": step})

"""The session engine: a row a person can see and end, with when it began, was used, and was last proven."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowsOfSessions
from django.http import HttpRequest

from accounts import clock
from accounts.law.signing import Limits
from accounts.models import PersonSession

MINUTE = timedelta(minutes=1)
DEVICE = "device"


class SessionStore(RowsOfSessions):
    """Sessions as rows of `PersonSession`; a new id is a new row, which begins when it is made."""

    row: PersonSession | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        return PersonSession

    def _get_session_from_db(self) -> Any:
        rows: Any = super()
        self.row = rows._get_session_from_db()
        return self.row

    def create_model_instance(self, data: Any) -> Any:
        """Return the row to write: the times of one that is known are kept."""
        made: Any = super().create_model_instance(data)
        known = self.row
        made.user_id, made.device = data.get(SESSION_KEY), data.get(DEVICE, "")
        if known is not None and known.pk == made.pk:
            made.handle, made.began_at = known.handle, known.began_at
            made.used_at, made.proven_at = known.used_at, known.proven_at
        else:
            made.began_at = made.used_at = made.proven_at = clock.now()
        self.row = made
        return made


def limits() -> Limits:
    """Return how long sessions and proofs hold, by the settings."""
    return Limits(
        idle=timedelta(minutes=settings.EXCHANGE_SESSION_IDLE_MINUTES),
        absolute=timedelta(hours=settings.EXCHANGE_SESSION_HOURS),
        proof=timedelta(minutes=settings.EXCHANGE_REAUTH_MINUTES),
    )


def row_of(request: HttpRequest) -> PersonSession | None:
    """Return the row behind a request whose session was read; None where there is none."""
    return getattr(getattr(request, "session", None), "row", None)


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Say whether the session of a request was idle too long, or is too old."""
    row = row_of(request)
    return row is not None and limits().is_over(began=row.began_at, used=row.used_at, at=at)


def is_proven(request: HttpRequest, at: datetime) -> bool:
    """Say whether who is signed in has proved it recently enough for an act with legal effect."""
    row = row_of(request)
    return row is None or limits().is_proven(proven=row.proven_at, at=at)


def touch(request: HttpRequest, at: datetime) -> None:
    """Note that a session is in use, to the minute, where sessions end for want of use."""
    row = row_of(request)
    if row is not None and limits().idle and at - row.used_at >= MINUTE:
        row.used_at = at
        PersonSession.objects.filter(pk=row.pk).update(used_at=at)


def renew(request: HttpRequest, at: datetime) -> None:
    """Give a session a new id after its person has proved who they are; it began when it began."""
    before = row_of(request)
    request.session.cycle_key()
    after = row_of(request)
    if after is not None:
        after.proven_at = after.used_at = at
        after.began_at = before.began_at if before is not None else at
        after.save(update_fields=["began_at", "used_at", "proven_at"])

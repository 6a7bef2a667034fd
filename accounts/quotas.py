"""How much a national system may call: counted by row, before the call and whatever becomes of it."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection

from accounts import clock
from accounts.models import ClientToken, ClientUse
from accounts.principals import token_digest

DAY: Final = 86_400  # seconds


@dataclass(frozen=True)
class Use:
    """What a client has used of its quotas with the present call, and when the minute and the day are over."""

    in_minute: int
    in_day: int
    left_of_minute: int
    left_of_day: int

    @property
    def wait(self) -> int:
        """Seconds until the client may call again, 0 if it may now."""
        if settings.EXCHANGE_QUOTA_DAY and self.in_day > settings.EXCHANGE_QUOTA_DAY:
            return self.left_of_day
        over = settings.EXCHANGE_QUOTA_MINUTE and self.in_minute > settings.EXCHANGE_QUOTA_MINUTE
        return self.left_of_minute if over else 0

    def headers(self) -> dict[str, str]:
        """Return what the client is told: of its minute, or of the day where only that is limited."""
        minutely = bool(settings.EXCHANGE_QUOTA_MINUTE)
        limit = settings.EXCHANGE_QUOTA_MINUTE if minutely else settings.EXCHANGE_QUOTA_DAY
        used, reset = (self.in_minute, self.left_of_minute) if minutely else (self.in_day, self.left_of_day)
        told = {"RateLimit-Limit": limit, "RateLimit-Remaining": max(0, limit - used), "RateLimit-Reset": reset}
        waiting = {"Retry-After": self.wait} if self.wait else {}
        return {name: str(value) for name, value in {**told, **waiting}.items()}


def count(secret: str) -> Use | None:
    """
    Count a call with a token in one statement of its own, so that calls of a client do not wait for each other.

    :return: None for a token nobody has, or where there are no quotas. Nothing is lost if the last of these counts is.
    """
    if not (settings.EXCHANGE_QUOTA_MINUTE or settings.EXCHANGE_QUOTA_DAY):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH quick AS (SELECT set_config('synchronous_commit', 'off', true)), "  # noqa: S608  # nosec B608 - our own table's name
            "present AS (SELECT clock_timestamp() + %s * interval '1 second' AS at FROM quick) "
            f"INSERT INTO {ClientUse._meta.db_table} AS use (client_id, minute, in_minute, day, in_day) "
            "SELECT client_id, date_trunc('minute', at), 1, (at AT TIME ZONE 'UTC')::date, 1 "
            f"FROM {ClientToken._meta.db_table}, present WHERE digest = %s ON CONFLICT (client_id) DO UPDATE SET "
            "in_minute = CASE WHEN use.minute = EXCLUDED.minute THEN use.in_minute + 1 ELSE 1 END, "
            "in_day = CASE WHEN use.day = EXCLUDED.day THEN use.in_day + 1 ELSE 1 END, "
            "minute = EXCLUDED.minute, day = EXCLUDED.day RETURNING in_minute, in_day, "
            "(SELECT ceil(60 - extract(second FROM at))::int FROM present), "
            "(SELECT (%s - extract(epoch FROM at)::bigint %% %s)::int FROM present)",
            [clock.offset().total_seconds(), token_digest(secret), DAY, DAY],
        )
        row = cursor.fetchone()
    return Use(*row) if row else None

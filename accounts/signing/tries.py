"""
How often somebody failed, and how long they wait for it.

Counted by account and source network, so that a stranger elsewhere slows nobody but themselves; a device its person
has signed in with before is counted by itself. Nothing is ever locked.   Source: OWASP ASVS 5.0 6.3.1; docs/adr/0201.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.law import signing as law
from accounts.models import SignInTries


@dataclass(frozen=True)
class Source:
    """Where a try comes from: the log-in as typed, the network, and the device if it is known for that log-in."""

    account: str
    network: str
    device: str = ""


def wait_of(source: Source, *, now: datetime, step: str = "password") -> timedelta:
    """Return how long to wait before the next try; the count is held until the request ends, so tries queue up."""
    waits = [timedelta()]
    for key, free in _keys(source, step):
        row, _made = SignInTries.objects.get_or_create(key=key, defaults={"last_at": now})
        if free == law.FREE_OF_ACCOUNT:
            row = SignInTries.objects.select_for_update().get(pk=row.pk)
        failures = law.failures_still(row.failures, last=row.last_at, at=now)
        waits.append(row.last_at + law.wait_after(failures, free=free) - now)
    return max(waits)


def count_failure(source: Source, *, now: datetime, step: str = "password") -> SignInTries:
    """Count one more failure; return the row of the account or device."""
    counted = []
    for key, _free in _keys(source, step):
        row = SignInTries.objects.select_for_update().get(key=key)
        row.failures, row.last_at = law.failures_still(row.failures, last=row.last_at, at=now) + 1, now
        row.save(update_fields=["failures", "last_at"])
        counted.append(row)
    return counted[0]


def forget(source: Source) -> None:
    """Begin to count anew after a sign-in; failures of the network as a whole stay."""
    mine = [key for step in ("password", "factor") for key, free in _keys(source, step) if free == law.FREE_OF_ACCOUNT]
    SignInTries.objects.filter(key__in=mine).update(failures=0)


def _keys(source: Source, step: str) -> Iterator[tuple[str, int]]:
    """Yield what a try is counted under, and how many are free; factors and tokens by account alone."""
    account = source.account.strip().casefold()
    if source.device:
        yield law.key_of("device", account, source.device), law.FREE_OF_ACCOUNT
    elif step in ("factor", "token"):
        yield law.key_of(step, account), law.FREE_OF_ACCOUNT
    else:
        yield law.key_of("account", account, source.network), law.FREE_OF_ACCOUNT
        yield law.key_of("network", source.network), law.FREE_OF_NETWORK

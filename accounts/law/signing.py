"""
How long a sign-in holds, and how long somebody waits after failing.

Plain functions of given moments: no Django, no clock. Source: OWASP ASVS 5.0 6.3.1, 7.3.1, 7.3.2, 7.5.3;
docs/adr/0200, 0201, 0202.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any, Final

from accounts.law.errors import RuleBroken
from accounts.law.oauth import instant

#: Tries without waiting: of one account from one network or known device, and of a whole network.
FREE_OF_ACCOUNT: Final = 5
FREE_OF_NETWORK: Final = 50
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=15)
#: After this long without a failure the count begins anew.
FORGOTTEN_AFTER: Final = timedelta(days=1)
#: How long somebody may take between the password and the second factor.
HALFWAY: Final = timedelta(minutes=10)
INVITATION: Final = timedelta(days=7)
DEVICE: Final = timedelta(days=180)
#: How far the clock of an identity provider may be off, and how lately it must have asked for a proof.
SKEW: Final = timedelta(minutes=1)
JUST_NOW: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Limits:
    """How long a session may be idle, how long it lives at most, how long a proof counts; zero: without end."""

    idle: timedelta
    absolute: timedelta
    proof: timedelta

    def is_over(self, *, began: datetime, used: datetime, at: datetime) -> bool:
        """Say whether a session that began and was last used at these moments has ended at `at`."""
        idle = bool(self.idle) and at >= used + self.idle
        return idle or (bool(self.absolute) and at >= began + self.absolute)

    def is_proven(self, *, proven: datetime, at: datetime) -> bool:
        """Say whether a proof given at `proven` still counts at `at`."""
        return not self.proof or at < proven + self.proof


def wait_after(failures: int, *, free: int) -> timedelta:
    """Return how long to wait after so many failures: nothing up to `free`, then twice as long each time."""
    if failures < free:
        return timedelta()
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - free, 20))


def failures_still(failures: int, *, last: datetime, at: datetime) -> int:
    """Return how many failures still count at `at`."""
    return 0 if at >= last + FORGOTTEN_AFTER else failures


def network_of(address: str) -> str:
    """Return the network an address belongs to: /24 of IPv4, /56 of IPv6; "" for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))


def key_of(*parts: str) -> str:
    """Return the key under which tries are counted: a digest, so that neither name nor network is kept."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class ProviderFailed(RuleBroken):
    """An identity provider could not be reached, or what it said is not right: `reason` says what."""

    code = "provider_failed"
    article = "OpenID Connect Core 1.0"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


def check_identity(said: Mapping[str, Any], *, issuer: str, client: str, nonce: str, at: datetime) -> None:
    """
    Check what an ID token says, its signature being right.

    :param nonce: sent with the question.   :param at: aware; a minute of skew is let pass.
    :raises ProviderFailed: naming the claim.   Source: OpenID Connect Core 1.0, 3.1.3.7.
    """
    audience = said.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    expires, issued = instant(said, "exp"), instant(said, "iat")
    wrong = (
        ("iss", said.get("iss") != issuer),
        ("aud", client not in named),
        ("azp", said.get("azp", client) != client or (len(named) > 1 and "azp" not in said)),
        ("nonce", said.get("nonce") != nonce),
        ("exp", not expires or expires + SKEW.total_seconds() <= at.timestamp()),
        ("iat", not issued or issued - SKEW.total_seconds() > at.timestamp()),
        ("sub", not isinstance(said.get("sub"), str) or not 0 < len(said["sub"]) <= 255),
    )
    for claim, is_wrong in wrong:
        if is_wrong:
            raise ProviderFailed(claim)


def was_asked_anew(said: Mapping[str, Any], *, at: datetime) -> bool:
    """Say whether the provider asked the person itself just now: what proves them before a legal act."""
    return (instant(said, "auth_time") or 0) > (at - JUST_NOW).timestamp()


def address_belongs(address: str, domains: list[str]) -> bool:
    """Say whether an e-mail address lies in one of the domains a provider may vouch for."""
    local, at, domain = address.rpartition("@")
    return bool(local and at) and domain.lower() in {one.lower() for one in domains}

"""
Standard Webhooks: what is signed and how, and which addresses the exchange may reach at all.

Plain functions: no socket, no clock. https://www.standardwebhooks.com; docs/adr/0096.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from accounts.law.errors import RuleBroken

PREFIX = "whsec_"
PUBLIC_PREFIX = "whpk_"
HMAC, ED25519 = "hmac", "ed25519"
ALGORITHMS = (HMAC, ED25519)
HTTPS = 443
#: Ways into private networks that look global: IPv4 inside IPv6, and shared address space.
DISGUISED = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "100.64.0.0/10", "fec0::/10"))
)
INSIDE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp")


class AddressRefused(RuleBroken):
    """The address of a webhook is not one the exchange may reach: `reason` says why."""

    code = "address_refused"
    conflict = False

    def __init__(self, reason: str, field: str = "url") -> None:
        super().__init__(field=field, reason=reason)


def secret_of(seed: bytes) -> str:
    """Return the secret of an endpoint as both sides write it."""
    return PREFIX + base64.b64encode(seed).decode("ascii")


def seed_of(master: bytes, endpoint: str, generation: int) -> bytes:
    """
    Return the 32 bytes behind an endpoint's key: derived, so that none is stored; a new generation has new ones.

    With HMAC they are the secret, with Ed25519 the private key (RFC 8032).

    :param master: a key of the exchange that no other use shares.
    """
    return hmac.new(master, f"{endpoint}:{generation}".encode(), hashlib.sha256).digest()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return one signature, version included: HMAC-SHA256 over `id.timestamp.body`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = what_is_signed(message_id, timestamp, body)
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")


def what_is_signed(message_id: str, timestamp: int, body: bytes) -> bytes:
    """Return the bytes every signature covers: `id.timestamp.body`."""
    return f"{message_id}.{timestamp}.".encode() + body


def asymmetric(raw: bytes) -> str:
    """Return an Ed25519 signature as the header writes it, version included."""
    return "v1a," + base64.b64encode(raw).decode("ascii")


def public_key(raw: bytes) -> str:
    """Return the key with which a receiver checks Ed25519 signatures."""
    return PUBLIC_PREFIX + base64.b64encode(raw).decode("ascii")


def headers(signatures: Iterable[str], message_id: str, timestamp: int) -> dict[str, str]:
    """Return the headers of a message, with a signature by every key that is good now (two while one is replaced)."""
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def check_url(url: str) -> str:
    """
    Return the host of an address that may be registered: https on port 443, a public name, nothing else in it.

    :raises AddressRefused: naming the reason.   What the name resolves to is checked whenever something is sent.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("not_a_url") from None
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme != "https":
        raise AddressRefused("not_https")
    if port not in (None, HTTPS):
        raise AddressRefused("other_port")
    if parts.username or parts.password or parts.fragment or "@" in parts.netloc:
        raise AddressRefused("more_than_an_address")
    if not host or "." not in host or host.endswith(INSIDE) or _is_number(host) or not host.isascii():
        raise AddressRefused("not_a_public_name")
    return host


def _is_number(host: str) -> bool:
    """Tell whether a host is an address in any notation a resolver may take: dotted, decimal, octal, hexadecimal."""
    last = host.rsplit(".", 1)[-1]
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return last.isdigit() or last.startswith("0x")
    return True


def check_reachable(addresses: Iterable[str]) -> str:
    """
    Return the first of the addresses a name resolves to, if every one of them is a public one.

    :raises AddressRefused: if there is none, or one that is private, reserved, or leads into a private network.
    """
    found = list(addresses)
    if not found:
        raise AddressRefused("not_resolved")
    for text in found:
        if not is_public(ip_address(text)):
            raise AddressRefused("not_public")
    return found[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the open internet, also where IPv4 hides inside IPv6."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    same_kind = (network for network in DISGUISED if network.version == address.version)
    if any(address in network for network in same_kind):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved

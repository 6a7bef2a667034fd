"""Who may read which part of a denial: the exporter's name never leaves the issuing authority."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar
from uuid import UUID

from django.conf import settings

from accounts.roles import Principal
from denials.law.content import DenialContent
from denials.law.recipients import Recipient
from denials.law.regimes import partners
from denials.law.release import released
from denials.law.transactions import Role

NATIONAL = "authority"


class HasRole(Protocol):
    """A party, as row or as fact."""

    @property
    def role(self) -> str: ...


Party = TypeVar("Party", bound=HasRole)


def marking_ceiling() -> str:
    """Return the highest marking this system may hold."""
    return str(settings.EXCHANGE_MARKING_CEILING)


def reads_exporter(principal: Principal, issuer_id: UUID | None) -> bool:
    """Say whether the exporter may be shown."""
    return issuer_id is not None and principal.authority_id == issuer_id


def recipient_class(principal: Principal, regime: str) -> Recipient:
    """Return the class of readers a principal belongs to; whoever is no state's authority reads as a secretariat."""
    return class_of(principal.body, principal.state, regime)


def class_of(body: str, state: str, regime: str) -> Recipient:
    """Return the class of readers a body belongs to."""
    if body != NATIONAL:
        return Recipient.SECRETARIAT
    return Recipient.PARTNER if state in partners(regime) else Recipient.MEMBER


def content_shown(
    content: DenialContent, principal: Principal, issuer_id: UUID | None, *, withheld_now: Iterable[str] = ()
) -> DenialContent:
    """
    Return the content as a principal may read it; with no issuer, as another authority of its class reads it.

    The issuer reads all of it; everybody else neither the exporter nor what is withheld from their class.

    :param withheld_now: of an earlier version, what the current one withholds: it is withheld from that one too.
    """
    if reads_exporter(principal, issuer_id):
        return content
    hidden = [one for one in withheld_now if one not in content.withheld]
    content = replace(content, withheld=(*content.withheld, *hidden))
    return content_released(content, recipient_class(principal, content.regime))


def content_released(content: DenialContent, recipient: Recipient) -> DenialContent:
    """Return the content as a class of readers may read it."""
    told = tuple(party for party in content.parties if party.role != Role.EXPORTER)
    return released(replace(content, parties=told), recipient)

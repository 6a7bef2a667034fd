"""Who may read which part of a denial: the exporter's name never leaves the issuing authority."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar
from uuid import UUID

from accounts.roles import Principal
from denials.law.content import DenialContent
from denials.law.transactions import Role


class HasRole(Protocol):
    """A party, as row or as fact."""

    @property
    def role(self) -> str: ...


Party = TypeVar("Party", bound=HasRole)


def reads_exporter(principal: Principal, issuer_id: UUID | None) -> bool:
    """Say whether the exporter may be shown."""
    return issuer_id is not None and principal.authority_id == issuer_id


def parties_shown(parties: Iterable[Party], principal: Principal, issuer_id: UUID | None) -> list[Party]:
    """Return the parties a principal may read."""
    whole = reads_exporter(principal, issuer_id)
    return [party for party in parties if whole or party.role != Role.EXPORTER]


def content_shown(content: DenialContent, principal: Principal, issuer_id: UUID | None) -> DenialContent:
    """Return the content as a principal may read it; with no issuer, as every other authority reads it."""
    return replace(content, parties=tuple(parties_shown(content.parties, principal, issuer_id)))

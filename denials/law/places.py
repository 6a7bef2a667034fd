"""
Destinations: one country, a special destination that names a group or nobody knows, or text that resolves to none.

Groups printed in a report ("Aruba, BES islands, Curaçao") and names that do not say which country is meant
("Congo") keep their text; they are never split or completed by guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from denials.law.transactions import Destination

UNRESOLVED = "XX"  # ISO 3166 user-assigned: the text is known, the country is not


class Special(StrEnum):
    """Destinations that are no single country."""

    VARIOUS = "VARIOUS"
    EU = "EU"
    EU_NATO_PLUS = "EU_NATO_PLUS"
    UNKNOWN = "UNKNOWN"


SPECIAL = frozenset(str(one) for one in Special)


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included; None means open."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the day lies in the span."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Attribute:
    """A dated fact about a place: member of the Union or its customs territory, under an embargo, and by whom."""

    name: str
    span: Span
    source: str = ""


@dataclass(frozen=True)
class Place:
    """A country or territory by ISO 3166 alpha-2 with its dated attributes."""

    code: str
    name: str
    attributes: tuple[Attribute, ...] = ()

    def has(self, attribute: str, on: date) -> bool:
        """Tell whether an attribute holds on a day."""
        return any(one.name == attribute and one.span.holds(on) for one in self.attributes)


def is_one_country(destination: Destination) -> bool:
    """Tell whether the destination names a single country, and so can equal another."""
    return bool(destination.code) and destination.code not in SPECIAL and destination.code != UNRESOLVED


def same_place(left: Destination, right: Destination) -> bool | None:
    """
    Tell whether two destinations are the same country; None where either names no single one.

    Unknown never equals unknown, and VARIOUS is not the same as VARIOUS.
    """
    if is_one_country(left) and is_one_country(right):
        return left.code == right.code
    return None


def statistical_key(destination: Destination) -> str:
    """Return the key under which the year's tables count a destination: its code, or XX with the printed text."""
    if destination.code and destination.code != UNRESOLVED:
        return destination.code
    return f"{UNRESOLVED}:{destination.printed}" if destination.printed else str(Special.UNKNOWN)


def statistical_keys(destinations: Iterable[Destination]) -> tuple[str, ...]:
    """Return each key once, in the order stated; a denial without any destination counts as UNKNOWN."""
    return tuple(dict.fromkeys(map(statistical_key, destinations))) or (str(Special.UNKNOWN),)

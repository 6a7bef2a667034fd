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

EU_MEMBER = "eu_member"
EU_CUSTOMS_TERRITORY = "eu_customs_territory"
INTRA_EU_TRANSFER = "intra_eu_transfer"
TERRITORY_OF = "territory_of"
ARMS_EMBARGO = "arms_embargo"

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
    """
    A dated fact about a place: member of the Union or its customs territory, under an embargo.

    `by` is who decided it, or the state a territory belongs to. `verified`: the text was read.
    """

    name: str
    span: Span
    source: str = ""
    by: str = ""
    note: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Place:
    """A country or territory by ISO 3166 alpha-2 with its dated attributes."""

    code: str
    name: str
    attributes: tuple[Attribute, ...] = ()

    def has(self, attribute: str, on: date) -> bool:
        """Tell whether an attribute holds on a day."""
        return any(one.name == attribute and one.span.holds(on) for one in self.attributes)

    def holding(self, on: date) -> tuple[Attribute, ...]:
        """Return the attributes that hold on a day."""
        return tuple(one for one in self.attributes if one.span.holds(on))


class Remark(StrEnum):
    """What an officer should know of a destination."""

    ARMS_EMBARGO = "arms_embargo"
    OUTSIDE_CUSTOMS_TERRITORY = "outside_customs_territory"  # although a territory of a Member State
    INTRA_EU_TRANSFER = "intra_eu_transfer"  # a movement there from another Member State is no export


@dataclass(frozen=True)
class PlaceRemark:
    """A remark, with the fact it rests on."""

    remark: Remark
    attribute: Attribute


def remarks(place: Place, on: date, members: Iterable[str]) -> tuple[PlaceRemark, ...]:
    """
    Return what an officer should know of a destination on a day; nothing of most places.

    :param members: codes of the Member States of the Union on that day.
    Source: Reg. (EU) No 952/2013 Art. 4; Reg. (EU) 2021/821 Art. 11; the instrument of each embargo.
    """
    union, held = frozenset(members), place.holding(on)
    found = [PlaceRemark(Remark.ARMS_EMBARGO, one) for one in held if one.name == ARMS_EMBARGO]
    found += [PlaceRemark(Remark.INTRA_EU_TRANSFER, one) for one in held if one.name == INTRA_EU_TRANSFER]
    if not place.has(EU_CUSTOMS_TERRITORY, on):
        theirs = (one for one in held if one.name == TERRITORY_OF and one.by in union)
        found += [PlaceRemark(Remark.OUTSIDE_CUSTOMS_TERRITORY, one) for one in theirs]
    return tuple(found)


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

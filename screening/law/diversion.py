"""
The same persons and places behind another country, consignee or end-user: signs of a diversion, for the eye only.

Nothing here decides: a denial found so obliges nobody by itself. Sources: CP 2008/944/CFSP Art. 2(7), criterion seven;
Reg. (EU) 2021/821 Art. 15(1). Reading: docs/adr/0144.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from denials.law import codes
from denials.law.places import SPECIAL
from denials.law.transactions import Item, Party, Role, Transaction
from screening.engine.addresses import compare_addresses
from screening.engine.comparison import Comparison, Span, Verdict, differing_spans
from screening.engine.identifiers import normal_set
from screening.engine.names import compare_names
from screening.engine.parties import MOST_PARTIES, all_names_of, is_named, names_of


class Kind(StrEnum):
    """What two transactions share."""

    PARTY = "party"
    BENEFICIAL = "beneficial"  # a name that stands behind a party in one of them
    ADDRESS = "address"
    PHONE = "phone"
    IDENTIFIER = "identifier"


class Behind(StrEnum):
    """What it stands behind in the other one."""

    COUNTRY = "country"
    CONSIGNEE = "consignee"
    END_USER = "end_user"


@dataclass(frozen=True)
class Link:
    """Something shared: what, as written on both sides, in which roles, with the stretches that differ."""

    kind: Kind
    left: str
    right: str
    left_role: str
    right_role: str
    left_spans: tuple[Span, ...] = ()
    right_spans: tuple[Span, ...] = ()


_OTHERS: Final = frozenset((Role.INTERMEDIARY, Role.BROKER, Role.OTHER))


def links(asked: Transaction, other: Transaction) -> tuple[Link, ...]:
    """Return what two transactions share: each thing once, names first."""
    found = [
        link
        for left in _parties(asked)[:MOST_PARTIES]
        for right in _parties(other)
        for link in _between(left, right)
        if link is not None
    ]
    once = {(link.kind, link.left, link.right): link for link in found}
    return tuple(sorted(once.values(), key=lambda link: list(Kind).index(link.kind)))


def behind(asked: Transaction, other: Transaction) -> tuple[Behind, ...]:
    """Return what differs although something is shared: the country, the consignee, the end-user."""
    found = {
        Behind.COUNTRY: _disjoint(_countries(asked), _countries(other)),
        Behind.CONSIGNEE: _other_in(Role.CONSIGNEE, asked, other),
        Behind.END_USER: _other_in(Role.END_USER, asked, other),
    }
    return tuple(name for name, holds in found.items() if holds)


def is_split(asked: Transaction, other: Transaction) -> bool:
    """Tell whether two transactions of one authority could be one in parts: a party and goods in common."""
    if not like_items(asked, other):
        return False
    return any(link.kind in {Kind.PARTY, Kind.BENEFICIAL} for link in links(asked, other))


def together(items: Iterable[Item]) -> dict[str, Decimal]:
    """Return the quantities of items added up, by unit."""
    sums: dict[str, Decimal] = {}
    for item in items:
        if item.quantity is not None:
            sums[item.unit] = sums.get(item.unit, Decimal(0)) + item.quantity
    return sums


def like_items(asked: Transaction, other: Transaction) -> tuple[Item, ...]:
    """Return the items of the other transaction that are like one asked for."""
    return tuple(two for two in other.items if any(_like(one, two) for one in asked.items))


def _between(left: Party, right: Party) -> Iterable[Link]:
    name = _same_name(left, right)
    if name is not None:
        behind_it = left.role in _OTHERS or right.role in _OTHERS
        yield _link(Kind.BENEFICIAL if behind_it else Kind.PARTY, name.left, name.right, left, right)
    if compare_addresses(left.address, right.address).verdict is Verdict.SAME:
        yield _link(Kind.ADDRESS, left.address, right.address, left, right)
    for kind, value in sorted(normal_set(left.identifiers) & normal_set(right.identifiers)):
        yield _link(Kind.PHONE if kind == "phone" else Kind.IDENTIFIER, value, value, left, right)


def _same_name(left: Party, right: Party) -> Comparison | None:
    """Return the first two names of two parties that are one; a number they share is a link of its own."""
    if not is_named(left) or not is_named(right):
        return None
    found = (compare_names(one, other) for one in names_of(left) for other in all_names_of(right))
    return next((one for one in found if one.verdict is Verdict.SAME), None)


def _link(kind: Kind, left: str, right: str, one: Party, other: Party) -> Link:
    spans = differing_spans(left, right) if left != right else ((), ())
    return Link(kind, left, right, one.role, other.role, *spans)


def _parties(transaction: Transaction) -> list[Party]:
    return [party for party in transaction.parties if party.role != Role.EXPORTER]


def _countries(transaction: Transaction) -> set[str]:
    return {place.code for place in transaction.destinations} - {"", *SPECIAL}


def _disjoint(left: set[str], right: set[str]) -> bool:
    return bool(left and right) and not left & right


def _other_in(role: Role, asked: Transaction, other: Transaction) -> bool:
    """Both name somebody in the role, and nobody is the same."""
    lefts, rights = ([one for one in _parties(each) if one.role == role and is_named(one)] for each in (asked, other))
    if not lefts or not rights:
        return False
    return not any(compare_names(one.name, two.name).verdict is Verdict.SAME for one in lefts for two in rights)


def _like(one: Item, other: Item) -> bool:
    if one.code and other.code:
        return codes.head(one.code) == codes.head(other.code)
    words = [set(item.description.casefold().split()) for item in (one, other)]
    return bool(words[0] and words[1]) and len(words[0] & words[1]) * 2 >= min(map(len, words))

"""Where the persons and places of an application stand in other denials, and in the authority's own applications."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from accounts.roles import Principal
from denials.law import codes
from denials.law.transactions import Role, Transaction
from denials.models import Denial, DenialParty
from screening.engine.retrieval import party_keys
from screening.law.diversion import Behind, Link, behind, is_split, like_items, links, together
from screening.law.facts import from_data
from screening.models import Application, DenialIndex
from screening.search import index
from screening.search.candidates import NEAR_FROM, all_near
from screening.search.names import REGISTER_NAMES
from screening.search.renewal import OTHERS
from screening.search.run import asked_names

MOST_SHOWN: Final = 50
MOST_BY_ADDRESS: Final = 200
MOST_APPLICATIONS: Final = 1000
SPLIT_WITHIN: Final = timedelta(days=365)
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Diverted:
    """A denial that shares somebody or some place, behind another country, consignee or end-user."""

    denial: Denial
    links: tuple[Link, ...]
    behind: tuple[Behind, ...]


@dataclass(frozen=True)
class Split:
    """Another application of the authority that could be a part of the same, with what both come to by unit."""

    application: Application
    links: tuple[Link, ...]
    together: dict[str, Decimal]


def diverted(asked: Transaction, *, reader: Principal) -> tuple[list[Diverted], bool]:
    """
    Return other denials with an end-user, address, phone or beneficial name asked for behind somebody else.

    Denials of every regime the reader sees, whatever the country, in force or not: a pattern has no window. Those with
    most in common come first; beside them stands whether all there are were looked at and are returned.
    """
    sought = (_by_name(asked), _by_key(asked), _by_address(asked))
    ids = {pk for ones, _ in sought for pk in ones}
    visible = Denial.objects.visible_to(reader).filter(pk__in=ids).exclude(status="withdrawn")
    rows = {row.pk: row for row in visible.select_related("authority", "state_of_issue", "current")}
    found = []
    for pk, facts in DenialIndex.objects.filter(pk__in=rows).order_by("pk").values_list("pk", "facts"):
        other = from_data(facts)
        shared, elsewhere = links(asked, other), behind(asked, other)
        if shared and elsewhere:
            found.append(Diverted(rows[pk], shared, elsewhere))
    found.sort(key=lambda one: (-len(one.links), -len(one.behind), str(one.denial.reference)))
    is_whole = all(whole for _, whole in sought) and len(found) <= MOST_SHOWN
    return found[:MOST_SHOWN], is_whole


def splits(application: Application, *, reader: Principal) -> list[Split]:
    """Return the authority's other applications, a year before and after, with a party and goods in common."""
    asked = application.facts()
    near = (application.received_on - SPLIT_WITHIN, application.received_on + SPLIT_WITHIN)
    rows = Application.objects.visible_to(reader).filter(regime=application.regime, received_on__range=near)
    found = []
    for row in _with_like_goods(rows.exclude(pk=application.pk), asked):
        other = row.facts()
        if is_split(asked, other):
            found.append(
                Split(row, links(asked, other), together((*like_items(other, asked), *like_items(asked, other))))
            )
    return found[:MOST_SHOWN]


def _with_like_goods(rows: Any, asked: Transaction) -> Iterable[Application]:
    if asked.items and all(item.code for item in asked.items):  # goods without a code may be like any
        heads = (codes.head(item.code) for item in asked.items)
        rows = rows.filter(reduce(or_, (Q(items__code__startswith=head) for head in heads), Q(items__code="")))
    chosen = rows.distinct().with_content().order_by("-received_on", "pk")
    return list(chosen[:MOST_APPLICATIONS])


def _by_name(asked: Transaction) -> tuple[list[UUID], bool]:
    """By the index of names: all of nearly one name; and whether these are all."""
    reached = index.reached().sequence
    if not reached:
        return [], True
    live, found, is_whole = REGISTER_NAMES.up_to(reached), [], True
    for name in asked_names(asked):
        near, is_cut = all_near(live, name, None)
        found += [pk for pk, one in near if one.evidence >= NEAR_FROM]
        is_whole &= not is_cut
    return found, is_whole


def _by_key(asked: Transaction) -> tuple[list[UUID], bool]:
    """By the numbers of the parties; and whether these are all."""
    keys = sorted(party_keys(asked))
    if not keys:
        return [], True
    stored = DenialIndex.objects.filter(keys__overlap=keys).order_by().values_list("pk", flat=True)
    found = [*stored[: MOST_BY_ADDRESS + 1], *OTHERS.holding(keys)]
    return found[:MOST_BY_ADDRESS], len(found) <= MOST_BY_ADDRESS


def _by_address(asked: Transaction) -> tuple[list[UUID], bool]:
    """By the longest word and a number of an address, as written: what the same place is mostly written with."""
    found: list[UUID] = []
    is_whole = True
    for party in asked.parties:
        words = _WORDS.findall(party.address)
        numbers = [word for word in words if any(map(str.isdigit, word))]
        plain = sorted((word for word in words if word.isalpha() and len(word) > 3), key=len, reverse=True)
        if party.role == Role.EXPORTER or not numbers or not plain:
            continue
        rows = DenialParty.objects.filter(version__current_of__isnull=False)
        rows = rows.filter(address__icontains=plain[0]).filter(
            reduce(or_, (Q(address__icontains=number) for number in numbers[:4]))
        )
        ids = list(rows.values_list("version__denial_id", flat=True)[: MOST_BY_ADDRESS + 1])
        found += ids[:MOST_BY_ADDRESS]
        is_whole &= len(ids) <= MOST_BY_ADDRESS
    return found, is_whole

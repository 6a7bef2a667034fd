"""
What is put to the register: the content of an application, and what is refused of it before it is screened.

The applicant stays national: its name is neither accepted nor kept, so a party in the role of exporter is refused
by name of field. Everything else that no denial can say, no application can say either.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from denials.law import codes, places
from denials.law.content import (
    ContentRefused,
    DenialContent,
    Problem,
    StatedItem,
    StatedParty,
    plain,
    problems_of,
)
from denials.law.regimes import RegimeRules, check_foreseen
from denials.law.transactions import Destination, Item, Party, Role, Transaction

EARLIEST: Final = date(1998, 6, 8)  # the first day any regime of the exchange knew a denial
LONGEST_REFERENCE: Final = 80
ROLES: Final = tuple(role for role in Role if role is not Role.EXPORTER)
#: The applicant is not told to others (commercial advantage, CP 2008/944/CFSP Art. 4(3)), so it is not even asked for.
APPLICANT_REFUSED: Final = "applicant_not_accepted"
_RENAMED: Final = {"decided_on": "received_on", "source_reference": "own_reference"}


@dataclass(frozen=True)
class ApplicationContent:
    """
    What is asked: the transaction as stated, and the authority's own file number.

    `received_on`: the day the national authority received it. Empty fields mean "not stated".
    """

    regime: str
    received_on: date
    destinations: tuple[Destination, ...]
    parties: tuple[StatedParty, ...]
    items: tuple[StatedItem, ...]
    end_use: str = ""
    activity: str = "export"
    authorisation_type: str = "individual"
    own_reference: str = ""

    def facts(self, *, authority: str, state: str) -> Transaction:
        """Return the transaction to compare; the file number is no fact of it."""
        return Transaction(
            regime=self.regime,
            authority=authority,
            state=state,
            destinations=self.destinations,
            parties=tuple(_party_facts(one) for one in self.parties),
            items=tuple(_item_facts(one) for one in self.items),
            end_use=self.end_use,
            activity=self.activity,
            dated=self.received_on,
        )

    def as_data(self) -> dict[str, object]:
        """Return the content as JSON-ready values, for digests and answers."""
        data: dict[str, object] = plain(self)
        return data


def resolved(content: ApplicationContent, known: Mapping[str, str]) -> ApplicationContent:
    """
    Return the content with destinations resolved to codes where their text names exactly one place.

    :param known: text as written to code.
    """
    found = (one if one.code else replace(one, code=known.get(one.printed, "")) for one in content.destinations)
    return replace(content, destinations=tuple(found))


def check(
    content: ApplicationContent,
    rules: RegimeRules,
    *,
    today: date,
    countries: Collection[str],
    entries: Mapping[str, Collection[str]],
) -> None:
    """
    Refuse what cannot be put to the register; every problem is named with its field and rule.

    :param today: the day of filing, where the authority is.   :param countries: the ISO codes known.
    :param entries: list to the heads of its entries among those asked for; a list not held refuses nothing.
    :raises ContentRefused: naming each problem.   :raises NotForeseen: an activity or type the regime does not know.
    """
    problems = (*_implausible(content, today), *_required(content), *_places(content, rules, countries))
    problems = (*problems, *_roles(content.parties), *_unknown_entries(content.items, entries))
    if problems:
        raise ContentRefused(problems)
    check_foreseen(rules, activity=content.activity, authorisation_type=content.authorisation_type)


def _party_facts(stated: StatedParty) -> Party:
    return Party(
        role=stated.role,
        name=stated.name,
        country=stated.country,
        address=stated.address,
        aliases=stated.aliases,
        identifiers=tuple(sorted(stated.identifiers)),
        is_placeholder=stated.is_placeholder or stated.is_category,
    )


def _item_facts(stated: StatedItem) -> Item:
    return Item(
        code=stated.code,
        control_list=stated.control_list,
        description=stated.description,
        parameters=stated.parameters,
        quantity=stated.quantity,
        unit=stated.unit,
        manufacturer=stated.manufacturer,
        model=stated.model,
        cas=stated.cas,
        cn=stated.cn,
    )


def _implausible(content: ApplicationContent, today: date) -> Iterator[Problem]:
    """What no denial can say, no application can: dates, numbers, roles, codes of places, lengths."""
    alike = DenialContent(
        regime=content.regime,
        decided_on=content.received_on,
        destinations=content.destinations,
        parties=content.parties,
        items=content.items,
        end_use=content.end_use,
        source_reference=content.own_reference,
    )
    for problem in problems_of(alike, today):
        yield replace(problem, field=_RENAMED.get(problem.field, problem.field))
    if content.received_on < EARLIEST:
        yield Problem("received_on", "too_early", {"value": content.received_on})


def _required(content: ApplicationContent) -> Iterator[Problem]:
    for name in ("destinations", "items"):
        if not getattr(content, name):
            yield Problem(name, "required")


def _places(content: ApplicationContent, rules: RegimeRules, countries: Collection[str]) -> Iterator[Problem]:
    special = frozenset(str(one) for one in rules.special_destinations)
    for at, one in enumerate(content.destinations):
        if one.code in special or (one.code in countries and one.code != places.UNRESOLVED):
            continue
        yield Problem(f"destinations[{at}]", "country_unknown", {"value": one.code or one.printed})
    for at, party in enumerate(content.parties):
        if party.country and party.country not in countries:
            yield Problem(f"parties[{at}].country", "country_unknown", {"value": party.country})


def _roles(parties: Iterable[StatedParty]) -> Iterator[Problem]:
    for at, party in enumerate(parties):
        if party.role == Role.EXPORTER:
            yield Problem(f"parties[{at}].role", APPLICANT_REFUSED, {"value": party.role})


def _unknown_entries(items: Iterable[StatedItem], entries: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """
    Name the codes that are no entry of a list held.

    Only the head is looked up (`3A001` of `3A001.a.2`): what stands below it comes and goes with each year's list.
    """
    for at, item in enumerate(items):
        if not item.code or item.code in codes.END_USE_TAGS:
            continue
        heads = entries.get(item.control_list)
        if not item.control_list or (heads is not None and codes.head(item.code) not in heads):
            yield Problem(f"items[{at}].code", "entry_unknown", {"value": item.code_printed})

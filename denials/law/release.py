"""
A denial as a class of readers may read it: without the sections its issuer withholds from that class.

What may be withheld at all is said in `recipients` and in the rules of each regime.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from denials.law.content import DenialContent, StatedItem, StatedParty
from denials.law.recipients import Recipient, Section, withheld_from


def released(content: DenialContent, recipient: Recipient) -> DenialContent:
    """Return the content as a class of readers reads it; `withheld` then names only what is withheld from them."""
    hidden = withheld_from(content.withheld, recipient)
    own = tuple(one for one in content.withheld if one.endswith(f":{recipient}"))
    return replace(_without(content, hidden), withheld=own)


def released_to_all(content: DenialContent) -> DenialContent:
    """Return what every class of readers reads: the words under which a denial may be found."""
    return _without(content, withheld_from(content.withheld, None))


def _without(content: DenialContent, hidden: frozenset[Section]) -> DenialContent:
    for section in Section:
        if section in hidden:
            content = _BLANKED[section](content)
    return content


def _items(content: DenialContent, **blank: Any) -> DenialContent:
    return replace(content, items=tuple(replace(item, **blank) for item in content.items))


def _without_item_details(content: DenialContent) -> DenialContent:
    bare = StatedItem()
    names = ("parameters", "quantity", "quantity_printed", "unit", "manufacturer", "model", "cas", "cn")
    return _items(content, **{name: getattr(bare, name) for name in names})


def _without_party_details(content: DenialContent) -> DenialContent:
    bare = StatedParty("", "")
    blank = {name: getattr(bare, name) for name in ("address", "aliases", "identifiers")}
    return replace(content, parties=tuple(replace(party, **blank) for party in content.parties))


_BLANKED: Final[Mapping[Section, Callable[[DenialContent], DenialContent]]] = {
    Section.EXPLANATION: lambda content: replace(content, explanation=""),
    Section.REMARKS: lambda content: replace(content, remarks=""),
    Section.END_USE: lambda content: replace(content, end_use=""),
    Section.PARTY_DETAILS: _without_party_details,
    Section.ITEM_DETAILS: _without_item_details,
    Section.VALUES: lambda content: _items(content, value=None, currency=""),
    Section.AUTHORISATION: lambda content: replace(content, authorisation_reference=""),
    Section.SOURCE_REFERENCE: lambda content: replace(content, source_reference=""),
}

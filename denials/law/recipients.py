"""
Who reads a denial, by class, and which sections its issuer may withhold from whom.

What the law obliges to share with a class may not be withheld from it; each regime lists that in its rules, with
the article. Everything else is the issuer's to release. Reading: docs/adr/0064.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Recipient(StrEnum):
    """A class of readers."""

    MEMBER = "member"  # another Member State of the Union
    PARTNER = "partner"  # a state outside the Union that takes part in the regime
    SECRETARIAT = "secretariat"  # the institution that sees the regime's denials, and the auditors of the exchange


class Section(StrEnum):
    """
    A part of a denial that can be withheld by itself.

    Never to be withheld: what identifies the denial (authority, act, basis, dates, state), its destinations, the names
    of its parties, its items by entry and description, its criteria and grounds. They are what others examine, list
    and count by.
    """

    EXPLANATION = "explanation"
    REMARKS = "remarks"
    END_USE = "end_use"
    PARTY_DETAILS = "party_details"  # addresses, other names, identifiers
    ITEM_DETAILS = "item_details"  # parameters, quantity, manufacturer, model, CAS, CN
    VALUES = "values"
    AUTHORISATION = "authorisation"  # its number
    SOURCE_REFERENCE = "source_reference"


@dataclass(frozen=True)
class Shared:
    """Sections that the law obliges to share with classes of readers, and the article."""

    sections: tuple[Section, ...]
    recipients: tuple[Recipient, ...]
    article: str


#: What another state needs to examine whether a transaction is essentially identical.
EXAMINED = (Section.END_USE, Section.PARTY_DETAILS, Section.ITEM_DETAILS)


def entry(section: str, recipient: str) -> str:
    """Return "remarks:secretariat", as a content states it."""
    return f"{section}:{recipient}"


def parse(stated: str) -> tuple[Section, Recipient] | None:
    """Return section and class of an entry; None where it names none known."""
    section, _, recipient = stated.partition(":")
    if section in tuple(Section) and recipient in tuple(Recipient):
        return Section(section), Recipient(recipient)
    return None


def withheld_from(withheld: Iterable[str], recipient: Recipient | None) -> frozenset[Section]:
    """Return the sections withheld from a class of readers; from any class, where none is named."""
    read = filter(None, map(parse, withheld))
    return frozenset(section for section, reader in read if recipient is None or reader is recipient)


def article_obliging(shared: Iterable[Shared], section: Section, recipient: Recipient) -> str:
    """Return the article that obliges to share a section with a class, "" where none does."""
    for one in shared:
        if section in one.sections and recipient in one.recipients:
            return one.article
    return ""


def refusals(withheld: Iterable[str], shared: Iterable[Shared]) -> Iterator[tuple[str, str, str]]:
    """Yield each entry that cannot be: the entry, the rule, and the article where one obliges to share."""
    held = tuple(shared)
    for stated in withheld:
        read = parse(stated)
        if read is None:
            yield stated, "section_unknown", ""
        elif article := article_obliging(held, *read):
            yield stated, "must_be_shared", article

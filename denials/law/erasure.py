"""
What is blanked where a person is erased, and how it can be proven afterwards what stood there.

Blanked are the personal fields of the party in every version, and the person's names where they occur in running
text. Of each value blanked a salted SHA-256 is kept, so that an extract in somebody's hands can be compared with it.
Source: Reg. (EU) 2016/679 Art. 17; Reg. (EC) No 515/97 Art. 45(4). Reading: docs/adr/0083.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from accounts.law import digests
from accounts.law.errors import RuleBroken
from denials.law.content import DenialContent, StatedItem, StatedParty, plain

ERASE: Final = "erase"  # the kind of the version, and of the change, that an erasure leaves
ERASED: Final = "[erased]"
PERSONAL: Final = ("name", "aliases", "address", "identifiers")
BLANK: Final[Mapping[str, Any]] = {"name": ERASED, "aliases": (), "address": "", "identifiers": ()}
TEXTS: Final = ("end_use", "explanation", "remarks", "scope_note")
ITEM_TEXTS: Final = ("description", "description_en")
SHORTEST: Final = 4  # a name shorter than this is not looked for in running text: it would be found in other words


class PersonNotFound(RuleBroken):
    """No party of any version bears one of the names."""

    code = "person_not_found"
    conflict = False


class NotAnErasure(RuleBroken):
    """Two readings of a version differ in more than what an erasure blanks."""

    code = "not_an_erasure"

    def __init__(self, field: str, **params: object) -> None:
        super().__init__(field=field, **params)


@dataclass(frozen=True)
class Blanked:
    """A value that was blanked: where it stood, what stood there, what stands there now."""

    path: str
    before: Any
    after: Any


def concerns(party: StatedParty, names: Collection[str]) -> bool:
    """Say whether a party bears one of the names, as its own or as an alias."""
    return party.name in names or not set(party.aliases).isdisjoint(names)


def all_names(contents: Collection[DenialContent], names: Collection[str]) -> frozenset[str]:
    """Return the names given and all others that parties bearing one of them go by in any version."""
    found = frozenset(names) - {ERASED}
    while True:
        bearing = [party for one in contents for party in one.parties if concerns(party, found)]
        grown = found | {name for party in bearing for name in (party.name, *party.aliases)} - {ERASED}
        if grown == found:
            return found
        found = grown


def erased(content: DenialContent, names: Collection[str], chosen: Collection[str] = PERSONAL) -> DenialContent:
    """
    Return a content with a person blanked: the chosen fields of the parties bearing a name, the names in all texts.

    :param names: as stated in some version, all of them (see `all_names`).   :param chosen: of PERSONAL.
    """
    blank: dict[str, Any] = {name: BLANK[name] for name in chosen}
    parties = tuple(replace(one, **blank) if concerns(one, names) else one for one in content.parties)
    if "name" not in chosen:
        return replace(content, parties=parties)
    texts: dict[str, Any] = {name: without(getattr(content, name), names) for name in TEXTS}
    return replace(content, parties=parties, items=tuple(_item(one, names) for one in content.items), **texts)


def _item(item: StatedItem, names: Collection[str]) -> StatedItem:
    texts: dict[str, Any] = {name: without(getattr(item, name), names) for name in ITEM_TEXTS}
    return replace(item, **texts)


def without(text: str, names: Collection[str]) -> str:
    """Return a text with every occurrence of the names, whatever their case, put out of sight."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= SHORTEST:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: ERASED, text, flags=re.IGNORECASE)
    return text


def blanked(before: DenialContent, after: DenialContent) -> tuple[Blanked, ...]:
    """
    Return what was blanked between two readings of one version.

    :raises NotAnErasure: if they differ in anything else, or a value is not blank but another.
    """
    found = tuple(_blanked(before, after))
    rebuilt = replace(
        before,
        **{name: getattr(after, name) for name in TEXTS},
        parties=_with(before.parties, after.parties, PERSONAL),
        items=_with(before.items, after.items, ITEM_TEXTS),
    )
    if rebuilt != after:
        raise NotAnErasure("content")
    for one in found:
        if not _is_blank(one):
            raise NotAnErasure(one.path)
    return found


def _with(before: Sequence[Any], after: Sequence[Any], names: Sequence[str]) -> tuple[Any, ...]:
    if len(before) != len(after):
        return tuple(before)
    pairs = zip(before, after, strict=True)
    return tuple(replace(old, **{name: getattr(new, name) for name in names}) for old, new in pairs)


def _blanked(before: DenialContent, after: DenialContent) -> Iterator[Blanked]:
    for field, names in (("parties", PERSONAL), ("items", ITEM_TEXTS)):
        for at, (old, new) in enumerate(zip(getattr(before, field), getattr(after, field), strict=False)):
            yield from _differing(f"{field}[{at}].", old, new, names)
    yield from _differing("", before, after, TEXTS)


def _differing(prefix: str, old: Any, new: Any, names: Sequence[str]) -> Iterator[Blanked]:
    for name in names:
        if getattr(old, name) != getattr(new, name):
            yield Blanked(f"{prefix}{name}", getattr(old, name), getattr(new, name))


def _is_blank(one: Blanked) -> bool:
    name = one.path.rpartition(".")[2]
    return one.after == BLANK[name] if name in BLANK else is_text_blanked(one.before, one.after)


def is_text_blanked(before: str, after: str) -> bool:
    """Say whether a text is another with stretches of it put out of sight, and nothing else changed."""
    first, *middle = after.split(ERASED)
    if not middle or not before.startswith(first):
        return False
    *middle, last = middle
    at = len(first)
    for piece in middle:  # the earliest place each may stand leaves the most room for the rest
        found = before.find(piece, at + 1)
        if found < 0:
            return False
        at = found + len(piece)
    return before.endswith(last) and len(before) - len(last) > at


def digest(value: Any, salt: str) -> str:
    """Return the digest that is kept of a value: as `plain` writes it, salted."""
    return digests.salted(plain(value), salt)


def proves(kept: str, salt: str, value: Any) -> bool:
    """Say whether a value, as an extract has it, is the one that was blanked."""
    return digest(value, salt) == kept

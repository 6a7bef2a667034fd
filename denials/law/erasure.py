"""
What is blanked where a person is erased, and how it can be proven afterwards what stood there.

Blanked are the personal fields of the party in every version, and the person's names and numbers wherever else they
stand: in running text, in what describes goods, in what is said of other parties, in references, in what courts did.
Of each value blanked a salted SHA-256 is kept, so that an extract in somebody's hands can be compared with it.
Source: Reg. (EU) 2016/679 Art. 17; Reg. (EC) No 515/97 Art. 45(4). Reading: docs/adr/0083, docs/adr/0105.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from accounts.law import digests
from accounts.law.errors import RuleBroken
from denials.law.content import LONGEST, DenialContent, StatedItem, StatedParty, plain
from denials.law.transactions import Destination, Parameter

ERASE: Final = "erase"  # the kind of the version, and of the change, that an erasure leaves
ERASED: Final = "[erased]"
PERSONAL: Final = ("name", "aliases", "address", "identifiers")
BLANK: Final[Mapping[str, Any]] = {"name": ERASED, "aliases": (), "address": "", "identifiers": ()}
TEXTS: Final = (
    "end_use",
    "explanation",
    "remarks",
    "scope_note",
    "source_reference",
    "origin_reference",
    "authorisation_reference",
)
ITEM_TEXTS: Final = (
    "code",
    "code_printed",
    "description",
    "description_en",
    "parameters",
    "quantity_printed",
    "unit",
    "manufacturer",
    "model",
    "cas",
    "cn",
)
#: The parts of a content, and what may be blanked of each.
PARTS: Final = (("parties", PERSONAL), ("items", ITEM_TEXTS), ("destinations", ("printed",)))
COURT_TEXTS: Final = ("court", "reference")
SHORTEST: Final = 4  # a name shorter than this is not looked for in running text: it would be found in other words
SHORTEST_NUMBER: Final = 6  # so for the number of a passport: shorter ones are found in quantities and entries
#: Longest text of the columns that hold no free prose, in characters: `[erased]` may be longer than the name.
LONGEST_OF: Final[Mapping[str, int]] = {**LONGEST, "code": 40, "parameters": LONGEST["parameter"]}


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


def words_of(
    contents: Collection[DenialContent], names: Collection[str], chosen: Collection[str] = PERSONAL
) -> frozenset[str]:
    """
    Return what is looked for in all other texts: the names, and the numbers that the parties bearing them have.

    :param names: all of them, see `all_names`.   :param chosen: of PERSONAL; what is not chosen stays where it is.
    """
    found = frozenset(names) - {ERASED} if "name" in chosen else frozenset()
    if "identifiers" not in chosen:
        return found
    bearing = [party for one in contents for party in one.parties if concerns(party, names)]
    return found | {text for party in bearing for _, text in party.identifiers if len(text) >= SHORTEST_NUMBER}


def words_lost(pairs: Collection[tuple[DenialContent, DenialContent]]) -> frozenset[str]:
    """Return the names and numbers that went between readings of versions, as a mirror is sent them."""
    gone = [
        (old, new)
        for before, after in pairs
        for old, new in zip(before.parties, after.parties, strict=False)
        if new.name == ERASED != old.name
    ]
    names = {name for old, new in gone for name in (old.name, *old.aliases)}
    numbers = {text for old, new in gone if not new.identifiers for _, text in old.identifiers}
    return frozenset(names | {one for one in numbers if len(one) >= SHORTEST_NUMBER}) - {ERASED}


def erased(
    content: DenialContent,
    names: Collection[str],
    chosen: Collection[str] = PERSONAL,
    words: Collection[str] | None = None,
) -> DenialContent:
    """
    Return a content with a person blanked: the chosen fields of the parties bearing a name, and words in all texts.

    Another party's name, address or number that repeats a name loses the name and keeps the rest.

    :param names: as stated in some version, all of them (see `all_names`).   :param chosen: of PERSONAL.
    :param words: what is looked for in texts (see `words_of`); the names where left out.
    """
    if words is None:
        words = names if "name" in chosen else ()
    blank: dict[str, Any] = {name: BLANK[name] for name in chosen}
    texts: dict[str, Any] = {name: _left(getattr(content, name), words, LONGEST[name]) for name in TEXTS}
    return replace(
        content,
        parties=tuple(
            replace(_party(one, words, names), **blank) if concerns(one, names) else _party(one, words)
            for one in content.parties
        ),
        items=tuple(_item(one, words) for one in content.items),
        destinations=tuple(_destination(one, words) for one in content.destinations),
        **texts,
    )


def _party(party: StatedParty, words: Collection[str], own: Collection[str] = ()) -> StatedParty:
    """Take words out of what a party is said with; a party that bears names of its own keeps those where not chosen."""
    if own:
        return replace(party, address=without(party.address, words), identifiers=_numbers(party, words))
    return replace(
        party,
        name=_left(party.name, words, LONGEST["name"]),
        aliases=tuple(_left(one, words, LONGEST["alias"]) for one in party.aliases),
        address=_left(party.address, words, LONGEST["address"]),
        identifiers=_numbers(party, words),
    )


def _numbers(party: StatedParty, words: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What a number is a number of may name the person too: then none of them is kept."""
    if any(occurs(kind, words) for kind, _ in party.identifiers):
        return ()
    return tuple((kind, _left(value, words, LONGEST["identifier"])) for kind, value in party.identifiers)


def _item(item: StatedItem, words: Collection[str]) -> StatedItem:
    texts: dict[str, Any] = {
        name: _left(getattr(item, name), words, LONGEST_OF.get(name)) for name in ITEM_TEXTS if name != "parameters"
    }
    most = LONGEST_OF["parameters"]
    parameters = tuple(
        Parameter(_left(one.name, words, most), _left(one.value, words, most), _left(one.unit, words, most))
        for one in item.parameters
    )
    return replace(item, parameters=parameters, **texts)


def _destination(destination: Destination, words: Collection[str]) -> Destination:
    return replace(destination, printed=_left(destination.printed, words, LONGEST["printed"]))


def court_left(court: Sequence[Mapping[str, str]], words: Collection[str]) -> list[dict[str, str]]:
    """Return what courts did, with words taken out of the names of courts and their numbers."""
    return [
        {name: without(text, words) if name in COURT_TEXTS else text for name, text in fact.items()} for fact in court
    ]


def _left(text: str, words: Collection[str], longest: int | None) -> str:
    """Return a text without words; where `[erased]` made it longer than it may be, nothing of it is left."""
    left = without(text, words)
    return ERASED if longest is not None and len(left) > longest and left != text else left


def without(text: str, names: Collection[str]) -> str:
    """
    Return a text with every occurrence of the names as whole words put out of sight.

    Neither case nor the kind of the space between the words of a name matters.
    """
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= SHORTEST and text:
            text = _pattern(name).sub(lambda _: ERASED, text)
    return text


def occurs(text: str, names: Collection[str]) -> bool:
    """Say whether any of the names stands in a text as whole words."""
    return any(len(name) >= SHORTEST and _pattern(name).search(text) is not None for name in names)


def data_without(data: Any, names: Collection[str]) -> Any:
    """Return JSON-like data with the names put out of sight in every text of it, keys included."""
    if isinstance(data, str):
        return without(data, names)
    if isinstance(data, Mapping):
        return {without(str(key), names): data_without(value, names) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [data_without(one, names) for one in data]
    return data


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    spelt = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<![^\W_]){spelt}(?![^\W_])", re.IGNORECASE)


def blanked(before: DenialContent, after: DenialContent) -> tuple[Blanked, ...]:
    """
    Return what was blanked between two readings of one version.

    :raises NotAnErasure: if they differ in anything else, or a value is not blank but another.
    """
    found = tuple(_blanked(before, after))
    as_after: dict[str, Any] = {name: getattr(after, name) for name in TEXTS}
    as_after |= {field: _with(getattr(before, field), getattr(after, field), names) for field, names in PARTS}
    if replace(before, **as_after) != after:
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
    for field, names in PARTS:
        for at, (old, new) in enumerate(zip(getattr(before, field), getattr(after, field), strict=False)):
            yield from _differing(f"{field}[{at}].", old, new, names)
    yield from _differing("", before, after, TEXTS)


def _differing(prefix: str, old: Any, new: Any, names: Sequence[str]) -> Iterator[Blanked]:
    for name in names:
        if getattr(old, name) != getattr(new, name):
            yield Blanked(f"{prefix}{name}", getattr(old, name), getattr(new, name))


def court_blanked(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]) -> tuple[Blanked, ...]:
    """
    Return what was blanked between two readings of what courts did.

    :raises NotAnErasure: if they differ in anything else.
    """
    if [{**one, **dict.fromkeys(COURT_TEXTS)} for one in before] != [
        {**one, **dict.fromkeys(COURT_TEXTS)} for one in after
    ]:
        raise NotAnErasure("court")
    found = tuple(
        Blanked(f"court[{at}].{name}", old.get(name, ""), new.get(name, ""))
        for at, (old, new) in enumerate(zip(before, after, strict=True))
        for name in COURT_TEXTS
        if old.get(name, "") != new.get(name, "")
    )
    for one in found:
        if not is_text_blanked(one.before, one.after):
            raise NotAnErasure(one.path)
    return found


def _is_blank(one: Blanked) -> bool:
    name = one.path.rpartition(".")[2]
    if name in BLANK and one.after == BLANK[name]:
        return True
    return _is_left(one.before, one.after)


def _is_left(before: Any, after: Any) -> bool:
    """Say whether a value is another with stretches of its texts put out of sight, and as many texts as it had."""
    if isinstance(before, Parameter) and isinstance(after, Parameter):
        before, after = (before.name, before.value, before.unit), (after.name, after.value, after.unit)
    if isinstance(before, tuple) and isinstance(after, tuple):
        same = len(before) == len(after)
        return same and all(old == new or _is_left(old, new) for old, new in zip(before, after, strict=True))
    return isinstance(before, str) and isinstance(after, str) and is_text_blanked(before, after)


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

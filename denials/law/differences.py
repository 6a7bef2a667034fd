"""
What two versions of a denial state otherwise, part by part: a party added, the quantity of an item changed.

Parts have no number of their own, so those of the earlier version are laid beside those of the later: equal ones
first, then those that share what names them, then those that share their place, in the order they stand in.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from denials.law.content import DenialContent, StatedItem, StatedParty
from denials.law.transactions import Parameter

LONG: Final = 2000  # characters from which texts are compared by words
MOST_WORDS: Final = 4000  # words up to which differing places are marked
_TOKENS: Final = re.compile(r"\w+|\s+|.", re.DOTALL)

Span = tuple[int, int]


class Kind(StrEnum):
    """What became of a value or a part."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class PartDifference:
    """
    One value stated otherwise, or a part added or removed.

    `part` is its number in the later version, counted from 1 (in the earlier one where it was removed), 0 for a
    value of the record itself; `label` names the part; `name` is the value within the part, "" for all of it.
    """

    field: str
    kind: Kind
    before: Any
    after: Any
    part: int = 0
    label: str = ""
    name: str = ""

    @property
    def path(self) -> str:
        """Where the value stands, as REST names it: `parties[0].name`."""
        part = f"[{self.part - 1}]" if self.part else ""
        return f"{self.field}{part}" + (f".{self.name}" if self.name else "")


def part_differences(before: DenialContent, after: DenialContent) -> tuple[PartDifference, ...]:
    """Return what is stated otherwise, in the order of the record."""
    return tuple(one for stated in fields(DenialContent) for one in _of_field(stated.name, before, after))


def _of_field(field: str, before: DenialContent, after: DenialContent) -> Iterator[PartDifference]:
    old, new = getattr(before, field), getattr(after, field)
    if old == new:
        return
    if field == "parties":
        yield from _of_parts(field, old, new, PARTY_KEYS, lambda party: str(party.name))
    elif field == "items":
        yield from _of_parts(field, old, new, ITEM_KEYS, _item_label)
    elif isinstance(old, tuple):
        yield from _of_set(field, old, new)
    else:
        yield PartDifference(field, _kind(old, new), old, new)


def _kind(old: Any, new: Any) -> Kind:
    if old in ("", None):
        return Kind.ADDED
    return Kind.REMOVED if new in ("", None) else Kind.CHANGED


def _of_set(field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[PartDifference]:
    """Lists whose members are either named or not: destinations, criteria, grounds."""
    for at, one in enumerate(old, start=1):
        if one not in new:
            yield PartDifference(field, Kind.REMOVED, one, None, part=at)
    for at, one in enumerate(new, start=1):
        if one not in old:
            yield PartDifference(field, Kind.ADDED, None, one, part=at)


# ---- parties and items -------------------------------------------------------------------------------------------

Key = Callable[[Any], Hashable]

#: By what two parts are taken for the same one, the surest first; a part without the value of a key is passed over.
PARTY_KEYS: Final[tuple[Key, ...]] = (
    lambda party: party,
    lambda party: (party.role, party.name.casefold()),
    lambda party: party.name.casefold(),
    lambda party: party.role,
)
ITEM_KEYS: Final[tuple[Key, ...]] = (
    lambda item: item,
    lambda item: (item.code, item.description.casefold()) if item.code and item.description else None,
    lambda item: item.description.casefold() or None,
    lambda item: item.code or None,
    lambda item: item.category or None,
)


def _item_label(item: StatedItem) -> str:
    return item.code or item.code_printed or item.description_en or item.description


def _of_parts(
    field: str, old: Sequence[Any], new: Sequence[Any], keys: Sequence[Key], label: Callable[[Any], str]
) -> Iterator[PartDifference]:
    pairs = aligned(old, new, keys)
    for at, one in enumerate(old):
        if at not in pairs:
            yield PartDifference(field, Kind.REMOVED, one, None, part=at + 1, label=label(one))
    came_from = {later: earlier for earlier, later in pairs.items()}
    for at, one in enumerate(new):
        if at not in came_from:
            yield PartDifference(field, Kind.ADDED, None, one, part=at + 1, label=label(one))
        else:
            yield from _within(field, at + 1, old[came_from[at]], one, label(one))


def aligned(old: Sequence[Any], new: Sequence[Any], keys: Sequence[Key]) -> dict[int, int]:
    """Return which place of the earlier list became which of the later; places without a counterpart are left out."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for at, one in enumerate(new):
            if at not in taken and (found := key(one)) is not None:
                waiting.setdefault(found, []).append(at)
        for at, one in enumerate(old):
            counterparts = waiting.get(key(one)) if at not in pairs else None
            if counterparts:
                pairs[at] = counterparts.pop(0)
                taken.add(pairs[at])
    return pairs


def _within(field: str, part: int, old: Any, new: Any, label: str) -> Iterator[PartDifference]:
    assert isinstance(new, StatedParty | StatedItem)
    for stated in fields(new):
        before, after = getattr(old, stated.name), getattr(new, stated.name)
        if before == after:
            continue
        if isinstance(before, tuple):
            yield from _of_values(field, part, stated.name, before, after, label)
        else:
            yield PartDifference(field, _kind(before, after), before, after, part, label, stated.name)


def _of_values(
    field: str, part: int, name: str, old: Sequence[Any], new: Sequence[Any], label: str
) -> Iterator[PartDifference]:
    """Aliases, identifiers and parameters; a parameter of the same name is one whose value changed."""
    removed, added = [one for one in old if one not in new], [one for one in new if one not in old]
    for one in removed:
        same = next((other for other in added if _named(one) and _named(one) == _named(other)), None)
        if same is not None:
            added.remove(same)
        kind = Kind.REMOVED if same is None else Kind.CHANGED
        yield PartDifference(field, kind, one, same, part, label, name)
    for one in added:
        yield PartDifference(field, Kind.ADDED, None, one, part, label, name)


def _named(value: Any) -> str:
    if isinstance(value, Parameter):
        return value.name.casefold()
    return str(value[0]) if isinstance(value, tuple) else ""


# ---- characters --------------------------------------------------------------------------------------------------


def differing(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """
    Return the stretches of each text, from and to in characters, that the other does not have.

    Short texts are compared by characters, long ones by words; of texts too long for that all is marked.
    """
    by_words = max(len(before), len(after)) > LONG
    old = _TOKENS.findall(before) if by_words else list(before)
    new = _TOKENS.findall(after) if by_words else list(after)
    if by_words and max(len(old), len(new)) > MOST_WORDS:
        return ((0, len(before)),), ((0, len(after)),)
    left: list[Span] = []
    right: list[Span] = []
    starts = _starts(old), _starts(new)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            left.append((starts[0][a], starts[0][b]))
            right.append((starts[1][c], starts[1][d]))
    return _told(left), _told(right)


def _starts(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def _told(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Drop empty stretches and join those with at most two characters between them: a word is read as a whole."""
    joined: list[Span] = []
    for start, end in spans:
        if start == end:
            continue
        if joined and start - joined[-1][1] <= 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)

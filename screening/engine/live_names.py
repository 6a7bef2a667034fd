"""The names of a register that changes: an index of nearly all, and a small one beside it for what came since."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from screening.engine.evidence import NameFound, nearest
from screening.engine.name_index import Entry, NameIndex
from screening.engine.name_rows import line_of

Key = TypeVar("Key", bound=Hashable)
Mask = NDArray[np.bool_]
# So many changed owners, or this part of all, and the whole index is made anew.
_MOST_BESIDE: Final = 200
_PART_BESIDE: Final = 0.02


class LiveNames(Generic[Key]):
    """
    The names each owner goes by, with a country, and the owners nearest to a name.

    Owners keep their number for good, so a mask made from keys (`mask`) stays true while owners only come to it.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._numbers: dict[Key, int] = {}
        self._keys: list[Key] = []
        self._index = NameIndex(())
        self._beside: NameIndex | None = None
        self._changed: set[int] = set()

    def __len__(self) -> int:
        return sum(map(bool, self._lines))

    def copied(self) -> "LiveNames[Key]":
        """Return names that take in changes without those being asked here noticing; the indexes are shared."""
        copy = LiveNames[Key]()
        copy._lines, copy._numbers, copy._keys = list(self._lines), dict(self._numbers), list(self._keys)
        copy._index, copy._beside, copy._changed = self._index, self._beside, set(self._changed)
        return copy

    def replace(self, changes: Mapping[Key, Sequence[tuple[str, str]]]) -> None:
        """Take in owners with all their names and countries; an owner without a name is gone."""
        self.take_in((key, [line_of(name, country) for name, country in names]) for key, names in changes.items())

    def take_in(self, changes: Iterable[tuple[Key, Sequence[str]]]) -> None:
        """Take in owners with all their names, taken apart as lines; an owner without a line is gone."""
        for key, lines in changes:
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._keys)
                self._keys.append(key)
                self._lines.append("")
            self._lines[number] = "\n".join(lines)
            self._changed.add(number)
        if len(self._changed) > max(_MOST_BESIDE, _PART_BESIDE * len(self._lines)):
            self._index, self._beside = NameIndex(self._entries(range(len(self._lines)))), None
            self._changed.clear()
        elif self._changed:
            self._beside = NameIndex(self._entries(sorted(self._changed)), self._index)

    def _entries(self, numbers: Iterable[int]) -> Iterable[Entry]:
        return (Entry(number, line) for number in numbers for line in self._lines[number].split("\n") if line)

    def mask(self, keys: Collection[Key]) -> Mask:
        """Return which owners, by number, are among these."""
        mask = np.zeros(len(self._keys), np.bool_)
        mask[[self._numbers[key] for key in keys if key in self._numbers]] = True
        return mask

    def without(self, mask: Mask | None, owners: Sequence[int]) -> Mask:
        """Return a mask (all where absent) without some owners, by number."""
        left = np.ones(len(self._keys), np.bool_) if mask is None else mask.copy()
        left[owners] = False
        return left

    def nearest(
        self, name: str, country: str = "", *, limit: int = 20, allowed: Mask | None = None
    ) -> list[tuple[Key, NameFound]]:
        """Return the owners nearest to a name, best first, each once; `allowed` is a `mask`."""
        standing = allowed
        if allowed is not None and len(allowed) < len(self._keys):
            standing = np.zeros(len(self._keys), np.bool_)
            standing[: len(allowed)] = allowed
        unchanged = self.without(standing, list(self._changed)) if self._changed else standing
        found = nearest(self._index, name, country, limit=limit, allowed=unchanged)
        if self._beside is not None:
            found += nearest(self._beside, name, country, limit=limit, allowed=standing)
        found.sort(key=lambda one: (-one.evidence, one.owner))
        return [(self._keys[one.owner], one) for one in found[:limit]]

"""Numbers for texts, the same in every process, reckoned for many texts at once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LONGEST: Final = 64
_NONE: Final = np.empty(0, np.int64)
_BATCH: Final = 20_000


def _factors() -> NDArray[np.uint64]:
    """One odd factor a place: the counter of splitmix64, mixed."""
    mixed = np.arange(1, LONGEST + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)


_FACTORS: Final = _factors()


def hashed(texts: Sequence[str]) -> Ints:
    """Return a number for each text of plain ASCII; what follows after 64 characters does not count."""
    parts = [_hashed(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.empty(0, np.int64)


def _hashed(texts: Sequence[str]) -> Ints:
    held = np.array(texts, f"S{LONGEST}")
    width = max(int(held.dtype.itemsize), 1)
    letters = held.view(np.uint8).reshape(len(texts), width)
    used = max(map(len, texts))
    factors = _FACTORS[: min(used, width)]
    return (letters[:, : len(factors)].astype(np.uint64) * factors).sum(1, dtype=np.uint64).view(np.int64)


class Held:
    """Numbers held under keys: columns, each key once, ascending."""

    def __init__(self, keys_of_each: Iterable[Collection[str]]) -> None:
        """Hold the numbers from 0 on, each under its keys."""
        parts = [(_NONE, _NONE.astype(np.int32)), *_columns(keys_of_each)]
        keys = np.concatenate([hashes for hashes, _ in parts])
        order = np.argsort(keys, kind="stable")
        self.values = np.concatenate([values for _, values in parts])[order]
        keys = keys[order]
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else _NONE
        self._keys = keys[starts]
        self._ends = np.append(starts, len(keys))

    def ranges(self, asked: Ints) -> tuple[Ints, Ints]:
        """Return where in `values` what is held under each key begins, and how much it is."""
        if not len(self._keys):
            return np.zeros_like(asked), np.zeros_like(asked)
        place = np.searchsorted(self._keys, asked)
        np.minimum(place, len(self._keys) - 1, out=place)
        start = self._ends[place]
        return start, np.where(self._keys[place] == asked, self._ends[place + 1] - start, 0)


def _columns(keys_of_each: Iterable[Collection[str]]) -> Iterator[tuple[Ints, NDArray[np.int32]]]:
    """Yield keys beside the numbers they are of, in parts: only the keys of one part are there as text at a time."""
    waiting, first = iter(keys_of_each), 0
    while True:
        keys: list[str] = []
        counts: list[int] = []
        for own in islice(waiting, _BATCH):
            keys += own
            counts.append(len(own))
        if not counts:
            return
        yield hashed(keys), np.repeat(np.arange(first, first + len(counts), dtype=np.int32), counts)
        first += len(counts)


def spread(start: Ints, sizes: Ints) -> Ints:
    """Return the places of all ranges, one after the other."""
    return np.repeat(start - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))

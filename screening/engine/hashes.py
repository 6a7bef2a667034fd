"""Numbers for texts, the same in every process, reckoned for many texts at once."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LONGEST: Final = 64
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


def sorted_together(hashes: Sequence[Ints], values: Sequence[NDArray[np.int32]]) -> tuple[Ints, NDArray[np.int32]]:
    """Return parts of two columns as whole columns, by ascending hash."""
    if not hashes:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    keys, held = np.concatenate(hashes), np.concatenate(values)
    order = np.argsort(keys, kind="stable")
    return keys[order], held[order]

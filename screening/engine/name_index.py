"""
All names of a register in memory, asked for those nearest to a name.

Rows are readings of names; postings lead from each word of the register to the rows that hold it. A name asked for is
looked up word by word among the spellings the register knows, the rarest first; the rows that gather most weight are
aligned in full. Nothing is read from anywhere, and nothing is kept of what is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.engine import folding
from screening.engine.name_forms import AnalysedName, Word, analyse
from screening.engine.name_words import LINKING_WORDS
from screening.engine.vocabulary import Floats, Ints, Near, Vocabulary

MOST_ROWS: Final = 36
_MOST_POSTINGS: Final = 30_000
_SHORTEST_ACRONYM: Final = 2
_LONGEST_ACRONYM: Final = 10


@dataclass(frozen=True)
class Entry:
    """A name somebody in the register goes by, and where that one is; the owner is a number the caller knows."""

    owner: int
    name: str
    country: str = ""


@dataclass(frozen=True)
class Asked:
    """One reading of the name asked for, with what the register knows of its words."""

    form: AnalysedName
    words: tuple[Word, ...]
    weights: Floats
    near: tuple[Near, ...]
    kind: str = ""


@dataclass(frozen=True)
class Candidates:
    """Rows worth comparing: their numbers, and for rows found by words written together where these stand."""

    rows: Ints
    gathered: Floats


class NameIndex:
    """An index over entries; made once, then only asked. A changed register is a new index, or one beside it."""

    def __init__(self, entries: Iterable[Entry], beside: "NameIndex | None" = None) -> None:
        """
        Make the index.

        :param beside: the index of the whole register, if these entries only came to it since: what a word tells and
            what chance brings is reckoned by the whole.
        """
        self.vocabulary: Vocabulary = Vocabulary(beside.vocabulary if beside else None)
        self._beside = beside
        self._fill(entries)
        self._post()

    def __len__(self) -> int:
        return len(self.owners)

    def _fill(self, entries: Iterable[Entry]) -> None:
        words: list[int] = []
        ends: list[int] = [0]
        owners: list[int] = []
        names: list[str] = []
        row_names: list[int] = []
        countries: list[int] = []
        other: list[bool] = []
        non_latin: list[bool] = []
        keys: list[int] = []
        key_rows: list[int] = []
        self._country_numbers: dict[str, int] = {"": 0}
        for entry in entries:
            country = self._country_numbers.setdefault(entry.country.upper(), len(self._country_numbers))
            names.append(entry.name)
            for kind, form in readings(analyse(entry.name)):
                row = len(owners)
                own = row_keys(form)
                keys += own
                key_rows += [row] * len(own)
                words += [self.vocabulary.number_of(word) for word in form.words]
                ends.append(len(words))
                owners.append(entry.owner)
                row_names.append(len(names) - 1)
                countries.append(country)
                other.append(bool(kind))
                non_latin.append(not is_latin(form.raw))
        self.row_words = np.array(words, np.int32)
        self.row_ends = np.array(ends, np.int64)
        self.owners = np.array(owners, np.int64)
        self.names = names
        self.row_names = np.array(row_names, np.int64)
        self.countries = np.array(countries, np.int16)
        self.is_other = np.array(other, bool)
        self.non_latin = np.array(non_latin, bool)
        order = np.argsort(np.array(keys, np.int64), kind="stable")
        self._keys = np.array(keys, np.int64)[order]
        self._key_rows = np.array(key_rows, np.int32)[order]

    def _post(self) -> None:
        sizes = np.diff(self.row_ends)
        rows = np.repeat(np.arange(len(self.owners), dtype=np.int32), sizes)
        order = np.argsort(self.row_words, kind="stable")
        self._postings = rows[order]
        occurrences = np.bincount(self.row_words, minlength=len(self.vocabulary)).astype(np.int64)
        self._posting_ends = np.concatenate([[0], np.cumsum(occurrences)]).astype(np.int64)
        self.vocabulary.freeze(len(self.owners), occurrences)
        token_weights = self.vocabulary.weights[self.row_words] if len(self.row_words) else np.empty(0, np.float32)
        totals = np.concatenate([[0.0], np.cumsum(token_weights, dtype=np.float64)])
        self.row_weights = (totals[self.row_ends[1:]] - totals[self.row_ends[:-1]]).astype(np.float32)
        self.row_sizes = sizes.astype(np.int64)

    @property
    def size(self) -> int:
        """How many readings of names it holds, at least two: what chance is reckoned by."""
        return max(self._beside.size if self._beside else len(self.owners), 2)

    def places_written_apart(self, word: Word, rows: Ints) -> Ints:
        """Return the places in `rows` of those where two neighbours written together may be this word."""
        key = hash(f"2{folding.romanised(word.written)}")
        low, high = np.searchsorted(self._keys, key, "left"), np.searchsorted(self._keys, key, "right")
        return np.nonzero(np.isin(rows, self._key_rows[low:high]))[0] if high > low else np.empty(0, np.int64)

    def country_number(self, country: str) -> int:
        """Return the number of a country, 0 if none is said, -1 if no entry is there."""
        return self._country_numbers.get(country.upper(), -1) if country else 0

    def asked(self, form: AnalysedName, kind: str = "") -> Asked:
        """Prepare a reading of a name to be asked for."""
        weights = np.array([self.vocabulary.weight_of(word) for word in form.words], np.float32)
        return Asked(form, form.words, weights, tuple(self.vocabulary.near(word) for word in form.words), kind)

    def candidates(self, asked: Asked, allowed: NDArray[np.bool_] | None = None, most: int = MOST_ROWS) -> Candidates:
        """Return the rows that share most with what is asked, at most so many; `allowed` tells which owners count."""
        rows, gains = self._gathered(asked)
        if not len(rows):
            return Candidates(np.empty(0, np.int64), np.empty(0, np.float32))
        total = np.zeros(len(self.owners), np.float32)
        np.add.at(total, rows, gains)
        if allowed is not None:
            rows = rows[allowed[self.owners[rows]]]
        asked_weight = float(asked.weights.sum())
        ranks = total[rows] / (asked_weight + 0.6 * self.row_weights[rows] + 4.0)
        if len(rows) > 4 * most:
            best = np.argpartition(-ranks, 4 * most)[: 4 * most]
            rows, ranks = rows[best], ranks[best]
        rows, first = np.unique(rows, return_index=True)
        ranks = ranks[first]
        if len(rows) > most:
            best = np.argpartition(-ranks, most)[:most]
            rows, ranks = rows[best], ranks[best]
        return Candidates(rows.astype(np.int64), ranks)

    def _gathered(self, asked: Asked) -> tuple[Ints, Floats]:
        """Rows and what each gains, word by word, the rarest words first, to a bound."""
        numbers = [near.words for near in asked.near]
        gains = [near.likeness**2 * weight for near, weight in zip(asked.near, asked.weights, strict=True)]
        for number, gained_by in self._joined_words(asked):
            numbers.append(np.array([number], np.int64))
            gains.append(np.array([gained_by], np.float32))
        flat = np.concatenate(numbers) if numbers else np.empty(0, np.int64)
        gain = np.concatenate(gains) if gains else np.empty(0, np.float32)
        start, end = self._posting_ends[flat], self._posting_ends[flat + 1]
        sizes = end - start
        order = np.argsort(sizes, kind="stable")
        within = np.cumsum(sizes[order]) <= _MOST_POSTINGS
        if len(within) and not within[0]:
            within[0] = True
        order = order[within]
        start, sizes, gain = start[order], sizes[order], gain[order]
        shifts = np.repeat(start - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) if len(sizes) else sizes
        rows = self._postings[shifts + np.arange(len(shifts))] if len(shifts) else np.empty(0, np.int32)
        gained = np.repeat(gain, sizes)
        key_rows, key_gains = self._by_keys(asked)
        return np.concatenate([rows, key_rows]).astype(np.int64), np.concatenate([gained, key_gains])

    def _joined_words(self, asked: Asked) -> list[tuple[int, float]]:
        """Words of the register that are two neighbours of the name asked for, written together."""
        found = []
        for at, (one, other) in enumerate(pairwise(asked.words)):
            gain = float(asked.weights[at] + asked.weights[at + 1])
            same = self.vocabulary.spelt(one.written + other.written)
            found += [(number, gain) for number in same.tolist()]
        return found

    def _by_keys(self, asked: Asked) -> tuple[Ints, Floats]:
        weight = float(asked.weights.sum())
        keys = np.array(asking_keys(asked.form), np.int64)
        low, high = np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")
        held = [self._key_rows[start:end][:2000] for start, end in zip(low, high, strict=True) if end > start]
        rows = np.concatenate(held) if held else np.empty(0, np.int32)
        return rows.astype(np.int64), np.full(len(rows), weight, np.float32)


def readings(name: AnalysedName) -> Sequence[tuple[str, AnalysedName]]:
    """The readings of a name worth a row: the whole, and each other with its kind."""
    return [("", name), *((kind, other) for kind, other in name.others if len(other.joined) > 1)]


def row_keys(form: AnalysedName) -> list[int]:
    """Hashes a row is found by other than its words: neighbours written together, the whole, its initials."""
    words = form.words
    keys = {f"2{folding.romanised(one.written + other.written)}" for one, other in pairwise(words)}
    keys |= {f"j{folding.romanised(form.joined)}"} if len(form.joined) > 3 else set()
    keys |= {f"i{letters}" for letters in acronyms(form)}
    if len(words) == 1:
        keys.add(f"a{words[0].written}")
    return [hash(key) for key in keys]


def asking_keys(form: AnalysedName) -> list[int]:
    """The hashes under which a name asked for may be held."""
    words = form.words
    keys = {f"2{folding.romanised(word.written)}" for word in words if len(word.written) > 5}
    keys |= {f"j{folding.romanised(form.joined)}"} if len(form.joined) > 3 else set()
    told = [word for word in words if word.written not in LINKING_WORDS]
    if len(told) == 1 and _SHORTEST_ACRONYM <= len(told[0].written) <= _LONGEST_ACRONYM:
        keys.add(f"i{told[0].written}")
    keys |= {f"a{letters}" for letters in acronyms(form)}
    return [hash(key) for key in keys]


def acronyms(form: AnalysedName) -> frozenset[str]:
    """The initials a name may go by, of two letters at least."""
    return frozenset(letters for letters in form.initials if _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM)


def is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters for the most part."""
    letters = sum(char.isalpha() for char in text)
    return text.isascii() or 2 * sum(char.isalpha() and char < "\u0250" for char in text) >= letters

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
from screening.engine.hashes import hashed, sorted_together
from screening.engine.name_forms import AnalysedName, Word
from screening.engine.name_rows import LONGEST_ACRONYM, SHORTEST_ACRONYM, acronyms, line_of, read_line
from screening.engine.name_words import LINKING_WORDS
from screening.engine.vocabulary import Floats, Ints, Near, Vocabulary

MOST_ROWS: Final = 32
_MOST_POSTINGS: Final = 12_000
_MOST_BY_KEY: Final = 2_000
_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A name somebody in the register goes by, taken apart (`name_rows`); the owner is a number the caller knows."""

    owner: int
    line: str

    @classmethod
    def of(cls, owner: int, name: str, country: str = "") -> "Entry":
        """Take a name apart."""
        return cls(owner, line_of(name, country))


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
        rows = _Rows()
        number_of = self.vocabulary.number_of
        for entry in entries:
            country, name, readings = read_line(entry.line)
            rows.take_name(name)
            for reading in readings:
                rows.take(entry.owner, country, reading.kind, reading.latin, reading.initials)
                rows.words.extend(map(number_of, reading.words))
                rows.ends.append(len(rows.words))
        self.vocabulary.describe()
        self._country_numbers = rows.countries
        self.row_words = np.array(rows.words, np.int32)
        self.row_ends = np.array(rows.ends, np.int64)
        self.owners = np.array(rows.owners, np.int32)
        self._names, self._name_ends = b"".join(rows.names), np.array(rows.name_ends, np.int64)
        self._row_names = np.array(rows.row_names, np.int32)
        self.row_countries = np.array(rows.row_countries, np.int16)
        self.is_other = np.array(rows.other, bool)
        self.non_latin = np.array(rows.non_latin, bool)
        self._keys, self._key_rows = self._keyed(rows)

    def _keyed(self, rows: "_Rows") -> tuple[Ints, NDArray[np.int32]]:
        """What rows are found by other than by their words."""
        hashes: list[Ints] = []
        owners: list[NDArray[np.int32]] = []
        for start in range(0, len(rows.owners), _BATCH):
            keys: list[str] = []
            counts: list[int] = []
            for row in range(start, min(start + _BATCH, len(rows.owners))):
                words = rows.words[rows.ends[row] : rows.ends[row + 1]]
                own = self._row_keys(words, rows.initials[row])
                keys += own
                counts.append(len(own))
            hashes.append(hashed(keys))
            owners.append(np.repeat(np.arange(start, start + len(counts), dtype=np.int32), counts))
        return sorted_together(hashes, owners)

    def _row_keys(self, words: Sequence[int], initials: Sequence[str]) -> set[str]:
        romanised, written = self.vocabulary.romanised, self.vocabulary.written
        spelt = [romanised[number] for number in words]
        keys = {f"2{_together(one, other)}" for one, other in pairwise(spelt)}
        keys.update(f"i{letters}" for letters in initials)
        if len(words) == 1:
            keys.add(f"a{written[words[0]]}")
        told = [number for number in words if written[number] not in LINKING_WORDS] or words
        foreign = self.vocabulary.foreign
        return keys | whole_keys([romanised[number] for number in told], [foreign[number] for number in told])

    def name_of(self, row: int) -> str:
        """Return the name a row is a reading of."""
        at = self._row_names[row]
        return self._names[self._name_ends[at] : self._name_ends[at + 1]].decode("utf-8", "surrogatepass")

    def _post(self) -> None:
        sizes = np.diff(self.row_ends)
        rows = np.repeat(np.arange(len(self.owners), dtype=np.int32), sizes)
        self._postings = rows[np.argsort(self.row_words, kind="stable")]
        occurrences = np.bincount(self.row_words, minlength=len(self.vocabulary)).astype(np.int64)
        self._posting_ends = np.concatenate([[0], np.cumsum(occurrences)]).astype(np.int64)
        self.vocabulary.freeze(len(self.owners), occurrences)
        token_weights = self.vocabulary.weights[self.row_words] if len(self.row_words) else np.empty(0, np.float32)
        totals = np.concatenate([[0.0], np.cumsum(token_weights, dtype=np.float64)])
        self.row_weights = (totals[self.row_ends[1:]] - totals[self.row_ends[:-1]]).astype(np.float32)

    @property
    def size(self) -> int:
        """How many readings of names it holds, at least two: what chance is reckoned by."""
        return max(self._beside.size if self._beside else len(self.owners), 2)

    def places_written_apart(self, word: Word, rows: Ints) -> Ints:
        """Return the places in `rows` of those where two neighbours written together may be this word."""
        held = self._held_under(hashed([f"2{folding.romanised(word.written)}"]))
        return np.nonzero(np.isin(rows, held[0]))[0] if held else np.empty(0, np.int64)

    def places_of_one_sound(self, form: AnalysedName, rows: Ints) -> Ints:
        """Return the places in `rows` of those that sound as a whole like a name."""
        keys = whole_keys((), foreign_sounds(told_words(form)))
        held = self._held_under(hashed(list(keys)))
        return np.nonzero(np.isin(rows, held[0]))[0] if held else np.empty(0, np.int64)

    def _held_under(self, keys: Ints) -> list[NDArray[np.int32]]:
        low, high = np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")
        return [
            self._key_rows[start:end] for start, end in zip(low.tolist(), high.tolist(), strict=True) if end > start
        ]

    def country_number(self, country: str) -> int:
        """Return the number of a country, 0 if none is said, -1 if no entry is there."""
        return self._country_numbers.get(country.upper(), -1) if country else 0

    def asked(self, form: AnalysedName, kind: str = "") -> Asked:
        """Prepare a reading of a name to be asked for."""
        weights = np.array([self.vocabulary.weight_of(word.written) for word in form.words], np.float32)
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
        ranks = total[rows]
        ranks /= self.row_weights[rows] * np.float32(0.6) + np.float32(asked.weights.sum() + 4.0)
        if len(rows) > 6 * most:
            best = np.argpartition(ranks, -6 * most)[-6 * most :]
            rows, ranks = rows[best], ranks[best]
        rows, first = np.unique(rows, return_index=True)
        ranks = ranks[first]
        if len(rows) > most:
            best = np.argpartition(ranks, -most)[-most:]
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
        return np.concatenate([rows, key_rows]), np.concatenate([gained, key_gains])

    def _joined_words(self, asked: Asked) -> list[tuple[int, float]]:
        """Words of the register that are two neighbours of the name asked for, written together."""
        found = []
        for at, (one, other) in enumerate(pairwise(asked.words)):
            gain = float(asked.weights[at] + asked.weights[at + 1])
            same = self.vocabulary.spelt(one.written + other.written)
            found += [(number, gain) for number in same.tolist()]
        return found

    def _by_keys(self, asked: Asked) -> tuple[NDArray[np.int32], Floats]:
        held = [rows[:_MOST_BY_KEY] for rows in self._held_under(hashed(asking_keys(asked.form)))]
        rows = np.concatenate(held) if held else np.empty(0, np.int32)
        return rows, np.full(len(rows), asked.weights.sum(), np.float32)


class _Rows:
    """The columns of an index while it is filled."""

    def __init__(self) -> None:
        self.words: list[int] = []
        self.ends: list[int] = [0]
        self.owners: list[int] = []
        self.names: list[bytes] = []
        self.name_ends: list[int] = [0]
        self.row_names: list[int] = []
        self.row_countries: list[int] = []
        self.other: list[bool] = []
        self.non_latin: list[bool] = []
        self.initials: list[Sequence[str]] = []
        self.countries: dict[str, int] = {"": 0}

    def take_name(self, name: str) -> None:
        self.names.append(name.encode("utf-8", "surrogatepass"))
        self.name_ends.append(self.name_ends[-1] + len(self.names[-1]))

    def take(self, owner: int, country: str, kind: str, latin: bool, initials: Sequence[str]) -> None:
        self.owners.append(owner)
        self.row_names.append(len(self.names) - 1)
        self.row_countries.append(self.countries.setdefault(country, len(self.countries)))
        self.other.append(bool(kind))
        self.non_latin.append(not latin)
        self.initials.append(initials)


def _together(one: str, other: str) -> str:
    """Two words in one romanisation written together; letters doubled where they meet are single, as within a word."""
    return one + (other[1:] if one[-1:] == other[:1] else other)


def _all_together(words: Iterable[str]) -> str:
    whole = ""
    for word in words:
        whole = _together(whole, word) if whole else word
    return whole


def whole_keys(spelt: Sequence[str], sounds: Sequence[str]) -> set[str]:
    """What a whole name is found by however its words are parted: its letters, and its sound."""
    whole, sound = _all_together(spelt), _all_together(sounds)
    keys = {f"j{whole}"} if len(whole) > 3 else set()
    return keys | {f"k{sound}"} if len(sound) >= _SHORTEST_SOUND else keys


_SHORTEST_SOUND: Final = 5


def told_words(form: AnalysedName) -> list[str]:
    """The words of a name as written, those that link left out unless there are no others."""
    written = [word.written for word in form.words]
    return [word for word in written if word not in LINKING_WORDS] or written


def foreign_sounds(words: Sequence[str]) -> list[str]:
    """The sounds of words as another language may write them."""
    return [folding.foreign(folding.skeleton(word)) for word in words]


def asking_keys(form: AnalysedName) -> list[str]:
    """What a name asked for may be held under."""
    words = form.words
    keys = {f"2{folding.romanised(word.written)}" for word in words if len(word.written) > 5}
    told = told_words(form)
    keys |= whole_keys(list(map(folding.romanised, told)), foreign_sounds(told))
    if len(told) == 1 and SHORTEST_ACRONYM <= len(told[0]) <= LONGEST_ACRONYM:
        keys.add(f"i{told[0]}")
    return list(keys | {f"a{letters}" for letters in acronyms(form)})

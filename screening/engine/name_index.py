"""
All names of a register in memory, asked for those nearest to a name.

Rows are readings of names; postings lead from each word of the register to the rows that hold it. A name asked for is
looked up word by word among the spellings the register knows, the rarest first; the rows that gather most weight are
aligned in full. Nothing is read from anywhere, and nothing is kept of what is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.engine import folding
from screening.engine.hashes import Held, hashed, spread
from screening.engine.name_forms import AnalysedName, Word
from screening.engine.name_rows import LONGEST_ACRONYM, SHORTEST_ACRONYM, acronyms, is_latin, line_of, read_line
from screening.engine.name_words import LINKING_WORDS
from screening.engine.vocabulary import Floats, Ints, Near, Vocabulary

MOST_ROWS: Final = 32
# The rarest words are followed to this part of the rows; no further in a great register, a little in any.
_PART_OF_ROWS: Final = 0.12
_FEWEST_POSTINGS: Final = 4_000
_MOST_BY_KEY: Final = 2_000
SOUND_KEY: Final = "k"
_SHORTEST_SOUND: Final = 5
_LONG: Final = 5  # letters beyond which a word may be two written together
_NONE: Final = np.empty(0, np.int64)
_NO_GAIN: Final = np.empty(0, np.float32)


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
    """
    One reading of the name asked for, with what the register knows of its words.

    `spelt`: the words in one romanisation; `together`: for each two neighbours the words of the register that are both
    written together; `under`: the rows held under keys other than words, ascending.
    """

    form: AnalysedName
    words: tuple[Word, ...]
    spelt: tuple[str, ...]
    weights: Floats
    near: tuple[Near, ...]
    together: tuple[Ints, ...]
    under: Mapping[str, NDArray[np.int32]]
    is_latin: bool
    kind: str = ""


@dataclass(frozen=True)
class Candidates:
    """Rows worth comparing, by number, ascending."""

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
        self._held = self._keyed(rows)

    def _keyed(self, rows: "_Rows") -> Held:
        """What rows are found by other than by their words."""
        each = zip(pairwise(rows.ends), rows.initials, strict=True)
        return Held(self._row_keys(rows.words[start:end], initials) for (start, end), initials in each)

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

    def names_of(self, rows: Sequence[int]) -> list[str]:
        """Return the names that rows are readings of."""
        at = self._row_names[rows]
        parts = zip(self._name_ends[at].tolist(), self._name_ends[at + 1].tolist(), strict=True)
        return [self._names[start:end].decode("utf-8", "surrogatepass") for start, end in parts]

    def _post(self) -> None:
        sizes = np.diff(self.row_ends)
        rows = np.repeat(np.arange(len(self.owners), dtype=np.int32), sizes)
        self._postings = rows[np.argsort(self.row_words, kind="stable")]
        occurrences = np.bincount(self.row_words, minlength=len(self.vocabulary)).astype(np.int64)
        self._posting_ends = np.concatenate([[0], np.cumsum(occurrences)]).astype(np.int64)
        self._posting_sizes = occurrences
        self._most_postings = max(_FEWEST_POSTINGS, int(_PART_OF_ROWS * len(self.owners)))
        self._total, self._adding = np.zeros(len(self.owners), np.float32), Lock()
        self.vocabulary.freeze(len(self.owners), occurrences)
        token_weights = self.vocabulary.weights[self.row_words] if len(self.row_words) else np.empty(0, np.float32)
        totals = np.concatenate([[0.0], np.cumsum(token_weights, dtype=np.float64)])
        self.row_weights = (totals[self.row_ends[1:]] - totals[self.row_ends[:-1]]).astype(np.float32)

    @property
    def size(self) -> int:
        """How many readings of names it holds, at least two: what chance is reckoned by."""
        return max(self._beside.size if self._beside else len(self.owners), 2)

    def _held_under(self, keys: Sequence[str]) -> dict[str, NDArray[np.int32]]:
        start, sizes = self._held.ranges(hashed(keys))
        ranges = zip(keys, start.tolist(), sizes.tolist(), strict=True)
        return {key: self._held.values[begin : begin + size] for key, begin, size in ranges if size}

    def country_number(self, country: str) -> int:
        """Return the number of a country, 0 if none is said, -1 if no entry is there."""
        return self._country_numbers.get(country.upper(), -1) if country else 0

    def asked(self, form: AnalysedName, kind: str = "") -> Asked:
        """Prepare a reading of a name to be asked for."""
        words = form.words
        written = [word.written for word in words]
        spelt = folding.romanised_all([*written, *(one + other for one, other in pairwise(written))])
        single, paired = spelt[: len(words)], spelt[len(words) :]
        vocabulary = self.vocabulary
        weights = [vocabulary.weight_of(word, text) for word, text in zip(written, single, strict=True)]
        return Asked(
            form,
            words,
            tuple(single),
            np.array(weights, np.float32),
            tuple(vocabulary.near(words, single)),
            tuple(map(vocabulary.spelt_as, paired)),
            self._held_under(asking_keys(form, single)),
            is_latin(form.raw),
            kind,
        )

    def candidates(self, asked: Asked, allowed: NDArray[np.bool_] | None = None, most: int = MOST_ROWS) -> Candidates:
        """Return the rows that share most with what is asked, at most so many; `allowed` tells which owners count."""
        rows, gains = self._gathered(asked)
        total = self._total
        with self._adding:
            np.add.at(total, rows, gains)
            if allowed is not None:
                untold, rows = rows, rows[allowed[self.owners[rows]]]
            else:
                untold = rows
            ranks = total[rows]
            total[untold] = 0.0
        if not len(rows):
            return Candidates(np.empty(0, np.int64), np.empty(0, np.float32))
        ranks /= self.row_weights[rows] * np.float32(0.6) + np.float32(asked.weights.sum() + 4.0)
        if len(rows) > 6 * most:
            best = np.argpartition(ranks, -6 * most)[-6 * most :]
            rows, ranks = rows[best], ranks[best]
        rows, first = np.unique(rows, return_index=True)
        ranks = ranks[first]
        if len(rows) > most:
            best = np.sort(np.argpartition(ranks, -most)[-most:])
            rows, ranks = rows[best], ranks[best]
        return Candidates(rows, ranks)

    def _gathered(self, asked: Asked) -> tuple[Ints, Floats]:
        """Rows and what each gains, word by word, the rarest words first, to a bound."""
        pairs = zip(asked.together, pairwise(asked.weights.tolist()), strict=True)
        joined = [(words, one + other) for words, (one, other) in pairs if len(words)]
        numbers = np.concatenate([_NONE, *(near.words for near in asked.near), *(words for words, _ in joined)])
        gains = [near.likeness**2 * weight for near, weight in zip(asked.near, asked.weights, strict=True)]
        gains += [np.full(len(words), gain, np.float32) for words, gain in joined]
        start, sizes = self._posting_ends[numbers], self._posting_sizes[numbers]
        order = np.argsort(sizes, kind="stable")
        within = np.cumsum(sizes[order]) <= self._most_postings
        within[:1] = True
        order = order[within]
        start, sizes = start[order], sizes[order]
        rows = self._postings[spread(start, sizes)]
        gained = np.repeat(np.concatenate([_NO_GAIN, *gains])[order], sizes)
        held = [found[:_MOST_BY_KEY] for found in asked.under.values()]
        by_key = np.full(sum(map(len, held)), asked.weights.sum(), np.float32)
        return np.concatenate([rows, *held]).astype(np.int64), np.concatenate([gained, by_key])


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
    return keys | {f"{SOUND_KEY}{sound}"} if len(sound) >= _SHORTEST_SOUND else keys


def told_places(words: Sequence[Word]) -> list[int]:
    """Return the places of the words of a name that do not link, of all if there are no others."""
    told = [at for at, word in enumerate(words) if word.written not in LINKING_WORDS]
    return told or list(range(len(words)))


def asking_keys(form: AnalysedName, spelt: Sequence[str]) -> list[str]:
    """What a name asked for may be held under; `spelt`: its words in one romanisation."""
    words = form.words
    keys = [f"2{text}" for word, text in zip(words, spelt, strict=True) if len(word.written) > _LONG]
    told = told_places(words)
    keys += whole_keys([spelt[at] for at in told], [folding.foreign(words[at].sound) for at in told])
    if len(told) == 1 and SHORTEST_ACRONYM <= len(words[told[0]].written) <= LONGEST_ACRONYM:
        keys.append(f"i{words[told[0]].written}")
    return list(dict.fromkeys((*keys, *(f"a{letters}" for letters in sorted(acronyms(form))))))

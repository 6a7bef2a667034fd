"""The words of a register's names: how frequent each is, and which others it may be a spelling of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from screening.engine import folding
from screening.engine.name_forms import Word
from screening.engine.name_words import LINKING_WORDS, PLACES, SUBJECTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# What is known before a register is seen, as if from a register of this many names.
PRIOR_NAMES: Final = 2000.0
_PRIOR_TIMES: Final = {"telling": 0.5, "subject": 4.0, "place": 8.0, "common": 20.0, "linking": 600.0}
_LINKING: Final = 0.1
_ONE_LETTER: Final = 0.4
NEAR_FROM: Final = 0.7
_MOST_NEAR: Final = 400
KINDS: Final = {"place": 1, "contrary": 2, "number": 3}
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True)
class Near:
    """The words of the register that a word may be a spelling of, by number, ascending, with their likeness."""

    words: Ints
    likeness: Floats
    known: bool


NOTHING_NEAR: Final = Near(np.empty(0, np.int64), np.empty(0, np.float32), False)


@lru_cache(maxsize=262144)
def class_of(word: Word) -> str:
    """What words count as one by: their reading if common or a place, else their romanisation."""
    return f"={word.read}" if word.is_common else folding.romanised(word.written)


@lru_cache(maxsize=262144)
def spelling_keys(word: Word) -> tuple[int, ...]:
    """Hashes two spellings of one word share: its class, its sound, and its sound or letters with one left out."""
    written, sound = word.written, word.sound
    keys = {f"c{class_of(word)}", f"w{written}"}
    if len(sound) >= 2:
        keys |= {f"s{sound}", f"s{sound.lstrip('a')}"}
    if len(sound) >= 4:
        keys |= {f"d{sound[:at]}{sound[at + 1 :]}" for at in range(len(sound))} | {f"d{sound}"}
    if 4 <= len(written) <= 8 and len(sound) < 5:
        keys |= {f"e{written[:at]}{written[at + 1 :]}" for at in range(len(written))} | {f"e{written}"}
    return tuple(hash(key) for key in keys)


class Vocabulary:
    """Words by number; frozen after it is filled, then asked."""

    def __init__(self, beside: "Vocabulary | None" = None) -> None:
        """Start empty. :param beside: the words of the whole register, by which frequencies are reckoned instead."""
        self._beside = beside
        self.words: list[Word] = []
        self._number: dict[str, int] = {}
        self._class_number: dict[str, int] = {}
        self._classes: list[int] = []
        self._near: dict[str, Near] = {}

    def __len__(self) -> int:
        return len(self.words)

    def number_of(self, word: Word) -> int:
        """Return the number of a word, taking it in if it is new."""
        number = self._number.get(word.written)
        if number is None:
            number = self._number[word.written] = len(self.words)
            self.words.append(word)
            self._classes.append(self._class_number.setdefault(class_of(word), len(self._class_number)))
        return number

    def freeze(self, names: int, occurrences: Ints) -> None:
        """Learn from the register: how many of its names hold each class of words, and the keys of its spellings."""
        self.names = names
        self.classes = np.array(self._classes, np.int64)
        per_class = np.bincount(self.classes, weights=occurrences, minlength=len(self._class_number))
        self._times = per_class
        weigh = self._beside.weight_of if self._beside else self.weight_of
        self.weights: Floats = np.array([weigh(word) for word in self.words], np.float32)
        self._describe_words()
        self._index_spellings()
        self._near.clear()

    def _describe_words(self) -> None:
        words = self.words
        self.written = [word.written for word in words]
        self.romanised = [folding.romanised(word.written) for word in words]
        self.first_letters = np.array([ord(word.written[0]) for word in words], np.int64)
        self.lengths = np.array([len(word.written) for word in words], np.int16)
        self.is_letter = self.lengths == 1
        self.is_common = np.array([word.is_common for word in words], bool)
        self.kinds = np.array([KINDS.get(word.sets_apart, 0) for word in words], np.int8)
        self._vowelless = np.array([not _VOWELS & set(word.written) for word in words], bool)
        self._sounds = np.array([hash(word.sound) for word in words], np.int64)
        self._bare_sounds = np.array([hash(word.sound.lstrip("a")) for word in words], np.int64)
        self._by_class = np.argsort(self.classes, kind="stable")
        self._class_ends = np.concatenate(
            [[0], np.cumsum(np.bincount(self.classes, minlength=len(self._class_number)))]
        )

    def spelt(self, written: str) -> Ints:
        """Return the words whose romanisation is that of a text, by number."""
        number = self._class_number.get(folding.romanised(written))
        if number is None:
            return np.empty(0, np.int64)
        return self._by_class[self._class_ends[number] : self._class_ends[number + 1]]

    def _index_spellings(self) -> None:
        keys: list[int] = []
        owners: list[int] = []
        for number, word in enumerate(self.words):
            own = spelling_keys(word)
            keys += own
            owners += [number] * len(own)
        self._keys = np.array(keys, np.int64)
        order = np.argsort(self._keys, kind="stable")
        self._keys = self._keys[order]
        self._key_owners = np.array(owners, np.int32)[order]

    def weight_of(self, word: Word) -> float:
        """Return what a word tells, in nats: how surprising it is to meet it in a name of this register."""
        if self._beside:
            return self._beside.weight_of(word)
        number = self._class_number.get(class_of(word))
        times = float(self._times[number]) if number is not None and number < len(self._times) else 0.0
        share = (times + _prior(word)) / (self.names + PRIOR_NAMES)
        return -log(min(share, 0.99)) * _factor(word)

    def near(self, word: Word) -> Near:
        """Return the words of the register that may be spellings of this one."""
        found = self._near.get(word.written)
        if found is None:
            if len(self._near) > 100_000:
                self._near.clear()
            found = self._near[word.written] = self._look_up(word)
        return found

    def _look_up(self, word: Word) -> Near:
        keys = np.array(spelling_keys(word), np.int64)
        low, high = np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")
        held = [self._key_owners[start:end] for start, end in zip(low, high, strict=True) if end > start]
        if not held:
            return NOTHING_NEAR
        numbers = np.unique(np.concatenate(held)).astype(np.int64)
        likeness = self._likeness(word, numbers)
        kept = likeness >= NEAR_FROM
        numbers, likeness = numbers[kept], likeness[kept]
        if len(numbers) > _MOST_NEAR:
            best = np.sort(np.argpartition(-likeness, _MOST_NEAR)[:_MOST_NEAR])
            numbers, likeness = numbers[best], likeness[best]
        return Near(numbers, likeness, word.written in self._number)

    def _likeness(self, word: Word, numbers: Ints) -> Floats:
        """How near a word is to words of the register, 0 to 1: typing errors by length, romanisations by sound."""
        listed = numbers.tolist()
        letters = _by_scorer(OSA.normalized_similarity, word.written, [self.written[number] for number in listed])
        spelt = folding.romanised(word.written)
        spoken = _by_scorer(JaroWinkler.normalized_similarity, spelt, [self.romanised[number] for number in listed])
        shortest = np.minimum(self.lengths[numbers], len(word.written))
        written = np.where(shortest >= 4, letters + 0.05 * (shortest >= 8), letters - 0.1)
        best = np.where(letters >= 0.65, written, 0.0)
        best = np.maximum(best, np.where((spoken >= 0.86) & (shortest >= 4), spoken - 0.06, 0.0))
        best = np.maximum(best, self._by_sound(word, numbers, listed, letters))
        apart = (shortest < 3) | (self.is_common[numbers] & word.is_common)
        apart |= (self.kinds[numbers] == KINDS["number"]) & (word.sets_apart == "number")
        best = np.where(apart, 0.0, np.minimum(best, 0.97))
        own_class = self._class_number.get(class_of(word), -1)
        best = np.where(self.classes[numbers] == own_class, 0.97, best)
        own = self._number.get(word.written, -1)
        return np.where(numbers == own, 1.0, best).astype(np.float32)

    def _by_sound(self, word: Word, numbers: Ints, listed: list[int], letters: Floats) -> Floats:
        """Words of one sound; where a side writes no vowels the sound is all there is."""
        sound, bare = word.sound, word.sound.lstrip("a")
        vowelless = self._vowelless[numbers] | (not _VOWELS & set(word.written))
        same = np.where(vowelless, self._bare_sounds[numbers] == hash(bare), self._sounds[numbers] == hash(sound))
        same &= (vowelless | (letters >= 0.5)) & (len(bare) >= 2)
        found = np.where(same, 0.92 if len(bare) >= 3 else 0.8, 0.0)
        if len(bare) >= 4:
            for at in np.nonzero(vowelless & ~same)[0].tolist():
                other = self.words[listed[at]].sound.lstrip("a")
                if len(other) >= 4 and OSA.distance(bare, other, score_cutoff=1) <= 1:
                    found[at] = 0.78
        return found.astype(np.float32)


def _by_scorer(scorer: Callable[..., float], text: str, others: list[str]) -> Floats:
    return process.cdist([text], others, scorer=scorer, dtype=np.float32)[0]


def _prior(word: Word) -> float:
    if word.written in LINKING_WORDS:
        return _PRIOR_TIMES["linking"]
    if word.written in PLACES:
        return _PRIOR_TIMES["place"]
    if word.written in SUBJECTS:
        return _PRIOR_TIMES["subject"]
    return _PRIOR_TIMES["common"] if word.is_common else _PRIOR_TIMES["telling"]


def _factor(word: Word) -> float:
    if word.written in LINKING_WORDS:
        return _LINKING
    return _ONE_LETTER if len(word.written) == 1 else 1.0

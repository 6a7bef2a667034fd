"""The words of a register's names: how frequent each is, and which others it may be a spelling of."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from screening.engine import folding
from screening.engine.hashes import hashed, sorted_together
from screening.engine.name_forms import Word, sets_apart
from screening.engine.name_words import LINKING_WORDS, PLACES, READINGS, SUBJECTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# What is known before a register is seen, as if from a register of this many names.
PRIOR_NAMES: Final = 2000.0
_PRIOR_TIMES: Final = {"telling": 0.5, "subject": 4.0, "place": 8.0, "common": 20.0, "linking": 600.0}
_LINKING: Final = 0.1
_ONE_LETTER: Final = 0.4
NEAR_FROM: Final = 0.7
_MOST_NEAR: Final = 400
_MOST_REMEMBERED: Final = 20_000
_BATCH: Final = 20_000
# What an adjective tells of the name it is made of, by the sounds that name has.
_OF_A_ROOT: Final = 0.9
_OF_A_SHORT_ROOT: Final = 0.76
KINDS: Final = {"place": 1, "contrary": 2, "number": 3}
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True)
class Near:
    """The words of the register that a word may be a spelling of, by number, ascending, with their likeness."""

    words: Ints
    likeness: Floats
    known: bool


NOTHING_NEAR: Final = Near(np.empty(0, np.int64), np.empty(0, np.float32), False)


def class_of(written: str, spelt: str = "") -> str:
    """What words count as one by: their reading if common or a place, else their romanisation."""
    return f"={READINGS[written]}" if written in READINGS else spelt or folding.romanised(written)


def spelling_keys(written: str, sound: str, own_class: str) -> set[str]:
    """What spellings of one word share: class, sound, sound or letters less one, the root of an adjective."""
    keys = {f"c{own_class}", f"w{written}"}
    if len(sound) >= 2:
        keys |= {f"s{sound}", f"s{sound.lstrip('a')}"}
    if len(sound) >= 4:
        keys |= {f"d{sound[:at]}{sound[at + 1 :]}" for at in range(len(sound))} | {f"d{sound}"}
    if 4 <= len(written) <= 8 and len(sound) < 5:
        keys |= {f"e{written[:at]}{written[at + 1 :]}" for at in range(len(written))} | {f"e{written}"}
    return keys | {f"s{root}" for root in root_sounds(written)}


def root_sounds(written: str) -> list[str]:
    """The sounds of what an adjective may be made of; none for common words and what is no adjective."""
    roots = folding.named_after(written) if written not in READINGS else ()
    return [sound for sound in map(folding.skeleton, roots) if len(sound) >= 2]


class Vocabulary:
    """Words by number; frozen after it is filled, then asked."""

    def __init__(self, beside: "Vocabulary | None" = None) -> None:
        """Start empty. :param beside: the words of the whole register, by which frequencies are reckoned instead."""
        self._beside = beside
        self.written: list[str] = []
        self._number: dict[str, int] = {}
        self._near: dict[str, Near] = {}

    def __len__(self) -> int:
        return len(self.written)

    def number_of(self, written: str) -> int:
        """Return the number of a word, taking it in if it is new."""
        number = self._number.get(written)
        if number is None:
            number = self._number[written] = len(self.written)
            self.written.append(written)
        return number

    def describe(self) -> None:
        """Reckon what holds for the words themselves, all at once; to be done when no further word comes."""
        written = self.written
        self.romanised = folding.romanised_all(written)
        self.sounds = folding.skeletons(written)
        self.foreign = list(map(folding.foreign, self.sounds))
        self._number_classes()
        self.first_letters = np.array([ord(word[0]) for word in written], np.int32)
        self.lengths = np.array([len(word) for word in written], np.int16)
        self.is_letter = self.lengths == 1
        self.is_common = np.array([word in READINGS for word in written], bool)
        self.is_linking = np.array([word in LINKING_WORDS for word in written], bool)
        self.kinds = np.array([KINDS.get(sets_apart(word), 0) for word in written], np.int8)
        self._vowelless = np.array([_VOWELS.isdisjoint(word) for word in written], bool)
        self._sounds = hashed(self.sounds)
        self._bare_sounds = hashed([sound.lstrip("a") for sound in self.sounds])
        self._index_spellings()

    def _number_classes(self) -> None:
        numbers: dict[str, int] = {}
        classes = [
            numbers.setdefault(class_of(word, spelt), len(numbers))
            for word, spelt in zip(self.written, self.romanised, strict=True)
        ]
        self._class_number = numbers
        self.classes = np.array(classes, np.int32)
        self._by_class = np.argsort(self.classes, kind="stable")
        self._class_ends = np.concatenate([[0], np.cumsum(np.bincount(self.classes, minlength=len(numbers)))])

    def _index_spellings(self) -> None:
        hashes: list[Ints] = []
        owners: list[NDArray[np.int32]] = []
        roots: list[tuple[int, str]] = []
        for start in range(0, len(self.written), _BATCH):
            keys: list[str] = []
            counts: list[int] = []
            for number in range(start, min(start + _BATCH, len(self.written))):
                word, spelt = self.written[number], self.romanised[number]
                own = spelling_keys(word, self.sounds[number], class_of(word, spelt))
                roots += [(number, sound) for sound in root_sounds(word)]
                keys += own
                counts.append(len(own))
            hashes.append(hashed(keys))
            owners.append(np.repeat(np.arange(start, start + len(counts), dtype=np.int32), counts))
        self._keys, self._key_owners = sorted_together(hashes, owners)
        self._root_of = np.array([number for number, _ in roots], np.int64)
        self._root_sounds = hashed([sound for _, sound in roots])

    def freeze(self, names: int, occurrences: Ints) -> None:
        """Learn from the register how many of its names hold each class of words."""
        self.names = names
        self._times = np.bincount(self.classes, weights=occurrences, minlength=len(self._class_number))
        weigh = self._beside.weight_of if self._beside else self.weight_of
        self.weights: Floats = np.array([weigh(word) for word in self.written], np.float32)
        self._near.clear()

    def spelt(self, written: str) -> Ints:
        """Return the words whose romanisation is that of a text, by number."""
        number = self._class_number.get(folding.romanised(written))
        if number is None:
            return np.empty(0, np.int64)
        return self._by_class[self._class_ends[number] : self._class_ends[number + 1]]

    def weight_of(self, written: str) -> float:
        """Return what a word tells, in nats: how surprising it is to meet it in a name of this register."""
        if self._beside:
            return self._beside.weight_of(written)
        at = self._number.get(written)
        number = int(self.classes[at]) if at is not None else self._class_number.get(class_of(written))
        times = float(self._times[number]) if number is not None else 0.0
        share = (times + _prior(written)) / (self.names + PRIOR_NAMES)
        return -log(min(share, 0.99)) * _factor(written)

    def near(self, word: Word) -> Near:
        """Return the words of the register that may be spellings of this one."""
        found = self._near.get(word.written)
        if found is None:
            if len(self._near) > _MOST_REMEMBERED:
                self._near.clear()
            found = self._near[word.written] = self._look_up(word)
        return found

    def _look_up(self, word: Word) -> Near:
        if not self.written:
            return NOTHING_NEAR
        own_class = class_of(word.written)
        keys = hashed(list(spelling_keys(word.written, word.sound, own_class)))
        low, high = np.searchsorted(self._keys, keys, "left"), np.searchsorted(self._keys, keys, "right")
        held = [
            self._key_owners[start:end] for start, end in zip(low.tolist(), high.tolist(), strict=True) if end > start
        ]
        if not held:
            return NOTHING_NEAR
        numbers = np.unique(np.concatenate(held)).astype(np.int64)
        likeness = self._likeness(word, own_class, numbers)
        kept = likeness >= NEAR_FROM
        numbers, likeness = numbers[kept], likeness[kept]
        if len(numbers) > _MOST_NEAR:
            best = np.sort(np.argpartition(-likeness, _MOST_NEAR)[:_MOST_NEAR])
            numbers, likeness = numbers[best], likeness[best]
        return Near(numbers, likeness, word.written in self._number)

    def _likeness(self, word: Word, own_class: str, numbers: Ints) -> Floats:
        """How near a word is to words of the register, 0 to 1: typing errors by length, romanisations by sound."""
        listed = numbers.tolist()
        letters = _by_scorer(OSA.normalized_similarity, word.written, [self.written[number] for number in listed])
        spelt = folding.romanised(word.written)
        spoken = _by_scorer(JaroWinkler.normalized_similarity, spelt, [self.romanised[number] for number in listed])
        shortest = np.minimum(self.lengths[numbers], len(word.written))
        written = np.where(shortest >= 4, letters + 0.05 * (shortest >= 8), letters - 0.1)
        best = np.where(letters >= 0.65, written, 0.0)
        best = np.maximum(best, np.where((spoken >= 0.86) & (shortest >= 4), spoken - 0.06, 0.0))
        own, own_bare = hashed([word.sound, word.sound.lstrip("a")])
        best = np.maximum(best, self._by_sound(word, (own, own_bare), numbers, listed, letters))
        best = np.maximum(best, self._by_root(word, own, numbers))
        apart = (shortest < 3) | (self.is_common[numbers] & word.is_common)
        apart |= (self.kinds[numbers] == KINDS["number"]) & (word.sets_apart == "number")
        best = np.where(apart, 0.0, np.minimum(best, 0.97))
        best = np.where(self.classes[numbers] == self._class_number.get(own_class, -1), 0.97, best)
        own = self._number.get(word.written, -1)
        return np.where(numbers == own, 1.0, best).astype(np.float32)

    def _by_sound(
        self, word: Word, hashes: tuple[np.int64, np.int64], numbers: Ints, listed: list[int], letters: Floats
    ) -> Floats:
        """Words of one sound; where a side writes no vowels the sound is all there is."""
        bare = word.sound.lstrip("a")
        vowelless = self._vowelless[numbers] | _VOWELS.isdisjoint(word.written)
        own, own_bare = hashes
        same = np.where(vowelless, self._bare_sounds[numbers] == own_bare, self._sounds[numbers] == own)
        same &= (vowelless | (letters >= 0.5)) & (len(bare) >= 2)
        alike = np.where(vowelless | (letters >= 0.7), 0.92, 0.85) if len(bare) >= 3 else np.full(len(numbers), 0.8)
        found = np.where(same, alike, 0.0)
        if len(bare) >= 4:
            for at in np.nonzero(vowelless & ~same)[0].tolist():
                other = self.sounds[listed[at]].lstrip("a")
                if len(other) >= 4 and OSA.distance(bare, other, score_cutoff=1) <= 1:
                    found[at] = 0.78
        return found.astype(np.float32)

    def _by_root(self, word: Word, own: np.int64, numbers: Ints) -> Floats:
        """Words one of which is an adjective made of the other: "Surgut", "Surgutskiy"."""
        found = np.zeros(len(numbers), np.float32)
        if len(word.sound) < 2:
            return found
        worth = _OF_A_ROOT if len(word.sound.lstrip("a")) >= 3 else _OF_A_SHORT_ROOT
        adjectives = self._root_of[self._root_sounds == own]
        if len(adjectives):
            found[np.isin(numbers, adjectives)] = worth
        roots = root_sounds(word.written)
        if not roots and not len(adjectives):
            return found
        if roots:
            made_of = np.isin(self._sounds[numbers], hashed(roots))
            found[made_of] = _OF_A_ROOT if max(map(len, roots)) >= 3 else _OF_A_SHORT_ROOT
        return np.where(self.first_letters[numbers] == ord(word.written[0]), found, 0.0).astype(np.float32)


def _by_scorer(scorer: Callable[..., float], text: str, others: list[str]) -> Floats:
    return process.cdist([text], others, scorer=scorer, dtype=np.float32)[0]


def _prior(written: str) -> float:
    if written in LINKING_WORDS:
        return _PRIOR_TIMES["linking"]
    if written in PLACES:
        return _PRIOR_TIMES["place"]
    if written in SUBJECTS:
        return _PRIOR_TIMES["subject"]
    return _PRIOR_TIMES["common"] if written in READINGS else _PRIOR_TIMES["telling"]


def _factor(written: str) -> float:
    if written in LINKING_WORDS:
        return _LINKING
    return _ONE_LETTER if len(written) == 1 else 1.0

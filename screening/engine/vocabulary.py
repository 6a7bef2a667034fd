"""The words of a register's names: how frequent each is, and which others it may be a spelling of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from screening.engine import folding
from screening.engine.hashes import Held, hashed, spread
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
# What an adjective tells of the name it is made of, by the sounds that name has.
_OF_A_ROOT: Final = 0.9
_OF_A_SHORT_ROOT: Final = 0.76
_MIXED: Final = np.int64(0x9E3779B1)  # an odd factor: a sound and a word are one number
KINDS: Final = {"place": 1, "contrary": 2, "number": 3}
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True)
class Near:
    """The words of the register that a word may be a spelling of, by number, ascending, with their likeness."""

    words: Ints
    likeness: Floats
    known: bool


_NONE: Final = np.empty(0, np.int64)
NOTHING_NEAR: Final = Near(_NONE, np.empty(0, np.float32), False)


def class_of(written: str, spelt: str = "") -> str:
    """What words count as one by: their reading if common or a place, else their romanisation."""
    return f"={READINGS[written]}" if written in READINGS else spelt or folding.romanised(written)


def spelling_keys(written: str, sound: str, own_class: str, roots: Iterable[str]) -> set[str]:
    """
    What spellings of one word share: class, sound, sound or letters less one, the root of an adjective.

    :param roots: `root_sounds` of the word.
    """
    keys = {f"c{own_class}", f"w{written}"}
    if len(sound) >= 2:
        keys |= {f"s{sound}", f"s{sound.lstrip('a')}"}
    if len(sound) >= 4:
        keys |= {f"d{sound[:at]}{sound[at + 1 :]}" for at in range(len(sound))} | {f"d{sound}"}
    if 4 <= len(written) <= 8 and len(sound) < 5:
        keys |= {f"e{written[:at]}{written[at + 1 :]}" for at in range(len(written))} | {f"e{written}"}
    return keys.union(f"s{root}" for root in roots)


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
        roots: list[tuple[int, str]] = []

        def keys() -> Iterator[set[str]]:
            for number, (word, sound, spelt) in enumerate(zip(self.written, self.sounds, self.romanised, strict=True)):
                made_of = root_sounds(word)
                roots.extend((number, root) for root in made_of)
                yield spelling_keys(word, sound, class_of(word, spelt), made_of)

        self._held = Held(keys())
        sounds = hashed([sound for _, sound in roots])
        self._made_of = np.sort(sounds * _MIXED + np.array([number for number, _ in roots], np.int64))

    def known(self, written: str) -> int:
        """Return the number of a word, -1 if the register does not have it."""
        return self._number.get(written, -1)

    def class_number(self, own_class: str) -> int:
        """Return the number of a class of words, -1 if the register has none of it."""
        return self._class_number.get(own_class, -1)

    def freeze(self, names: int, occurrences: Ints) -> None:
        """Learn from the register how many of its names hold each class of words."""
        self.names = names
        self._times = np.bincount(self.classes, weights=occurrences, minlength=len(self._class_number))
        weigh = self._beside.weight_of if self._beside else self.weight_of
        self.weights: Floats = np.array([weigh(word) for word in self.written], np.float32)
        self._near = {}

    def spelt_as(self, romanised: str) -> Ints:
        """Return the words that have a romanisation, by number."""
        number = self._class_number.get(romanised)
        if number is None:
            return _NONE
        return self._by_class[self._class_ends[number] : self._class_ends[number + 1]]

    def weight_of(self, written: str, spelt: str = "") -> float:
        """
        Return what a word tells, in nats: how surprising it is to meet it in a name of this register.

        :param spelt: its romanisation, if that is known.
        """
        if self._beside:
            return self._beside.weight_of(written, spelt)
        at = self._number.get(written)
        number = int(self.classes[at]) if at is not None else self._class_number.get(class_of(written, spelt))
        times = float(self._times[number]) if number is not None else 0.0
        share = (times + _prior(written)) / (self.names + PRIOR_NAMES)
        return -log(min(share, 0.99)) * _factor(written)

    def near(self, words: Sequence[Word], spelt: Sequence[str]) -> list[Near]:
        """Return for each word the words of the register that may be spellings of it; `spelt`: their romanisations."""
        if len(self._near) > _MOST_REMEMBERED:
            self._near = {}
        remembered = self._near
        found = {word.written: remembered.get(word.written) for word in words}
        new = {word: text for word, text in zip(words, spelt, strict=True) if found[word.written] is None}
        if new:
            fresh = self._look_up(list(new), list(new.values()))
            found |= fresh
            remembered |= fresh
        return [found[word.written] or NOTHING_NEAR for word in words]

    def _look_up(self, words: list[Word], spelt: list[str]) -> dict[str, Near]:
        """All words at once: cells of (word asked, word of the register) in one column."""
        asked = _AskedWords(words, spelt, self)
        at, numbers = self._sharing_keys(asked)
        likeness = self._likeness(asked, at, numbers)
        kept = likeness >= NEAR_FROM
        at, numbers, likeness = at[kept], numbers[kept], likeness[kept]
        ends = np.searchsorted(at, np.arange(len(words) + 1)).tolist()
        return {
            word.written: _nearest(numbers[start:end], likeness[start:end], word.written in self._number)
            for word, start, end in zip(words, ends, ends[1:], strict=False)
        }

    def _sharing_keys(self, asked: "_AskedWords") -> tuple[Ints, Ints]:
        """Which word asked shares a key with which word of the register: two columns, ascending."""
        start, sizes = self._held.ranges(hashed(asked.keys))
        size = max(len(self.written), 1)
        cells = np.unique(np.repeat(asked.of_key, sizes) * size + self._held.values[spread(start, sizes)])
        return cells // size, cells % size

    def _likeness(self, asked: "_AskedWords", at: Ints, numbers: Ints) -> Floats:
        """How near words are, 0 to 1: typing errors by length, romanisations by sound."""
        listed, by = numbers.tolist(), at.tolist()
        letters = _by_scorer(OSA.normalized_similarity, asked.written, by, self.written, listed)
        spoken = _by_scorer(JaroWinkler.normalized_similarity, asked.spelt, by, self.romanised, listed)
        shortest = np.minimum(self.lengths[numbers], asked.lengths[at])
        written = np.where(shortest >= 4, letters + 0.05 * (shortest >= 8), letters - 0.1)
        best = np.where(letters >= 0.65, written, 0.0)
        best = np.maximum(best, np.where((spoken >= 0.86) & (shortest >= 4), spoken - 0.06, 0.0))
        best = np.maximum(best, self._by_sound(asked, at, numbers, letters))
        best = np.maximum(best, self._by_root(asked, at, numbers))
        apart = (shortest < 3) | (self.is_common[numbers] & asked.is_common[at])
        apart |= (self.kinds[numbers] == KINDS["number"]) & asked.is_number[at]
        best = np.where(apart, 0.0, np.minimum(best, 0.97))
        best = np.where(self.classes[numbers] == asked.classes[at], 0.97, best)
        return np.where(numbers == asked.numbers[at], 1.0, best).astype(np.float32)

    def _by_sound(self, asked: "_AskedWords", at: Ints, numbers: Ints, letters: Floats) -> Floats:
        """Words of one sound; where a side writes no vowels the sound is all there is."""
        bare = asked.bare_lengths[at]
        vowelless = self._vowelless[numbers] | asked.vowelless[at]
        same = np.where(
            vowelless,
            self._bare_sounds[numbers] == asked.bare_sounds[at],
            self._sounds[numbers] == asked.sounds[at],
        )
        same &= (vowelless | (letters >= 0.5)) & (bare >= 2)
        alike = np.where(bare >= 3, np.where(vowelless | (letters >= 0.7), 0.92, 0.85), 0.8)
        found = np.where(same, alike, 0.0)
        for place in np.nonzero(vowelless & ~same & (bare >= 4))[0].tolist():
            one, other = asked.bare[at[place]], self.sounds[numbers[place]].lstrip("a")
            if len(other) >= 4 and OSA.distance(one, other, score_cutoff=1) <= 1:
                found[place] = 0.78
        return found.astype(np.float32)

    def _by_root(self, asked: "_AskedWords", at: Ints, numbers: Ints) -> Floats:
        """Words one of which is an adjective made of the other: "Surgut", "Surgutskiy"."""
        made = among(self._made_of, asked.sounds[at] * _MIXED + numbers) & (asked.sound_lengths[at] >= 2)
        found = np.where(made, np.where(asked.bare_lengths[at] >= 3, _OF_A_ROOT, _OF_A_SHORT_ROOT), 0.0)
        for word, roots in asked.roots.items():
            mine = (at == word) & np.isin(self._sounds[numbers], hashed(roots))
            found[mine] = _OF_A_ROOT if max(map(len, roots)) >= 3 else _OF_A_SHORT_ROOT
        return np.where(self.first_letters[numbers] == asked.first_letters[at], found, 0.0).astype(np.float32)


class _AskedWords:
    """Words asked for, as columns beside those of a vocabulary."""

    def __init__(self, words: list[Word], spelt: list[str], vocabulary: Vocabulary) -> None:
        self.written, self.spelt = [word.written for word in words], spelt
        own = [class_of(word.written, text) for word, text in zip(words, spelt, strict=True)]
        roots = [root_sounds(word.written) for word in words]
        keys = [
            list(spelling_keys(word.written, word.sound, one, made_of))
            for word, one, made_of in zip(words, own, roots, strict=True)
        ]
        self.keys = [key for of_one in keys for key in of_one]
        self.of_key = np.repeat(np.arange(len(words)), list(map(len, keys)))
        self.bare = [word.sound.lstrip("a") for word in words]
        sounds = hashed([word.sound for word in words] + self.bare)
        self.sounds, self.bare_sounds = sounds[: len(words)], sounds[len(words) :]
        self.lengths = np.array(list(map(len, self.written)))
        self.sound_lengths = np.array([len(word.sound) for word in words])
        self.bare_lengths = np.array(list(map(len, self.bare)))
        self.first_letters = np.array([ord(word[0]) for word in self.written])
        self.is_common = np.array([word.is_common for word in words])
        self.is_number = np.array([word.sets_apart == "number" for word in words])
        self.vowelless = np.array([_VOWELS.isdisjoint(word) for word in self.written])
        self.numbers = np.array([vocabulary.known(word) for word in self.written])
        self.classes = np.array([vocabulary.class_number(one) for one in own])
        self.roots = {at: made_of for at, made_of in enumerate(roots) if made_of and len(words[at].sound) >= 2}


def _nearest(numbers: Ints, likeness: Floats, known: bool) -> Near:
    if len(numbers) > _MOST_NEAR:
        best = np.sort(np.argpartition(-likeness, _MOST_NEAR)[:_MOST_NEAR])
        numbers, likeness = numbers[best], likeness[best]
    return Near(numbers, likeness, known)


def among(ascending: NDArray[np.integer], asked: Ints) -> NDArray[np.bool_]:
    """Return which of some numbers are among others, which ascend."""
    if not len(ascending):
        return np.zeros(len(asked), np.bool_)
    found: NDArray[np.bool_] = ascending[np.searchsorted(ascending, asked).clip(max=len(ascending) - 1)] == asked
    return found


def _by_scorer(
    scorer: Callable[..., float], texts: list[str], at: list[int], others: list[str], numbers: list[int]
) -> Floats:
    """How near texts are to others, pair by pair."""
    pairs = [texts[place] for place in at], [others[number] for number in numbers]
    found: Floats = process.cpdist(*pairs, scorer=scorer, dtype=np.float32)
    return found


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

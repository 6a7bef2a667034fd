"""How near two words of names are: typing errors, romanisations, initials, abbreviations."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from screening.engine.name_forms import Word, word_of
from screening.engine.name_words import LINKING_WORDS

_VOWELS: Final = frozenset("aeiou")


@lru_cache(maxsize=262144)
def alike(left: str, right: str) -> float:
    """How near two words are, 0 to 1: typing errors by length, romanisations by sound, initials, abbreviations."""
    one, other = word_of(left), word_of(right)
    shorter, longer = sorted((left, right), key=len)
    if one.is_common and other.is_common:
        return 0.0
    if len(shorter) == 1:
        return 0.5 if longer.startswith(shorter) and longer not in LINKING_WORDS else 0.0
    if len(shorter) < 3 or _digits_forbid(shorter, longer):
        return 0.0
    if len(longer) <= 4 and (one.is_common or other.is_common):
        return 0.0
    return max(_by_sound(one, other), _by_letters(shorter, longer), _by_abbreviation(shorter, longer))


def _digits_forbid(shorter: str, longer: str) -> bool:
    """Numbers differ or they do not; a digit typed for a letter is let pass in a long word."""
    shorter_digit, longer_digit = any(map(str.isdigit, shorter)), any(map(str.isdigit, longer))
    return (shorter_digit and longer_digit) or ((shorter_digit or longer_digit) and len(shorter) < 5)


def _by_letters(shorter: str, longer: str) -> float:
    size = len(longer)
    allowed = 0 if size < 4 else 1 if size < 7 else 2 if size < 11 else 3
    if size - len(shorter) > allowed:
        return 0.0
    distance = OSA.distance(shorter, longer, score_cutoff=allowed)
    if distance > allowed:
        return 0.0
    return 1.0 - distance / size * (0.9 if size <= 5 else 0.7 if size <= 7 else 0.55)


def _by_sound(one: Word, other: Word) -> float:
    """Romanisations of one word sound alike; scripts without vowels need the sound alone."""
    if len(one.sound) < 2 or len(other.sound) < 2:
        return 0.0
    vowelless = not (_VOWELS & set(one.written) and _VOWELS & set(other.written))
    first, second = (one.sound.lstrip("a"), other.sound.lstrip("a")) if vowelless else (one.sound, other.sound)
    if first == second:
        if vowelless or OSA.normalized_similarity(one.written, other.written) >= 0.55:
            return 0.93 if len(one.sound) >= 3 else 0.87
        return 0.0
    least = 3 if vowelless else 4
    if min(len(first), len(second)) >= least and OSA.distance(first, second, score_cutoff=1) <= 1:
        return 0.8 if vowelless or OSA.normalized_similarity(one.written, other.written) >= 0.6 else 0.0
    return 0.0


def _by_abbreviation(shorter: str, longer: str) -> float:
    return 0.75 if len(shorter) >= 4 and len(longer) >= len(shorter) + 2 and longer.startswith(shorter) else 0.0

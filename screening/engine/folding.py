"""Bring any script to plain lower-case Latin, and words to what two spellings of them have in common."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from anyascii import anyascii

LONGEST_TEXT: Final = 1000

# Letters of one script that look like letters of another; read so when a word mixes the scripts.
_LATIN_FOR_LOOKALIKE: Final = dict(
    zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ", "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXovp", strict=True)
)
_CYRILLIC_FOR_LOOKALIKE: Final = dict(zip("ABEIKMHOPCTYXaeiopcyx", "АВЕІКМНОРСТУХаеіорсух", strict=True))
_WORD = re.compile(r"\w+")
_DOTTED_LETTERS = re.compile(r"\b(?:[a-z]\.\s?){2,}(?:[a-z]\b)?")
_SLASHED_LETTERS = re.compile(r"\b([a-z])/([a-z])\b")
_APOSTROPHES = re.compile(r"['`´’‘ʼʻʹ\u02bf\u02be]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

_SOUNDS: Final = (
    ("shch", "S"),
    ("stsch", "S"),
    ("tsch", "S"),
    ("sch", "S"),
    ("dzh", "S"),
    ("tch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("cz", "S"),
    ("zh", "S"),
    ("dj", "S"),
    ("j", "S"),
    ("kh", "h"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("gh", "g"),
    ("bh", "b"),
    ("ts", "s"),
    ("tz", "s"),
    ("ks", "x"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("w", "v"),
)
_SOUND = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_SOUND_OF: Final = dict(_SOUNDS)
_VOWELS = re.compile(r"[aeiouy]+")
_VOWEL = re.compile(r"[aeiou]")
# Belarusian and Ukrainian endings: -au, -ou for -ov; -euski for -evski; dz before i for d.
_FINAL_U = re.compile(r"(?<=[aeo])u(?=$|sk)", re.MULTILINE)
_LEADING_VOWEL = re.compile(r"^[aeiouy]+", re.MULTILINE)
# Endings of Slavic adjectives made of the names of places, and what stands between.
_ADJECTIVE = re.compile(
    r"(?:s|c)k(?:i?yy?|iyi|ii|ij|i|yi|yj|aya|aia|aja|a|oye|oe|oje|e|oho|ogo|oy|oi|oj|om|omu|im|ym|ih|ikh|ykh)$"
)
_INFIX = re.compile(r"(?:in|en|an|on|ov|ev|iv|yn|ian)$")
_DZ = re.compile(r"dz(?=[iy])")
# A script that writes no vowels joins letters that are no digraph: only sh, ch, zh and kh are read as one.
_SINGLE_SOUNDS: Final = str.maketrans({"j": "S", "c": "k", "q": "k", "z": "s", "w": "v"})
_DOUBLED = re.compile(r"(.)\1+")

# One spelling for what romanisations write in several ways, vowels kept; applied in this order.
_ROMANISATIONS: Final = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        ("shch|sch|sh", "s"),
        ("kh|gh", "h"),
        ("zh|dzh", "j"),
        ("tch|tsch|ch", "c"),
        ("ts|tz|cz", "c"),
        ("ph", "f"),
        ("th", "t"),
        ("ck|q|k", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("(?<=[^aeiou\\n])h", ""),
        ("iya|ija|yia|ia|ya|ja", "a"),
        ("yu|iu|ju", "u"),
        ("ye|ie|je|yo|io|jo", "e"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("iy|ij|yi|ii|yy|ey|ei|y|j", "i"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("z", "s"),
        (r"(.)\1+", r"\1"),
    )
)


def visible(text: str) -> str:
    """The text without format characters, controls and lone surrogates; blanks of every kind single."""
    text = text[:LONGEST_TEXT]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    compatible = unicodedata.normalize("NFKC", text)
    kept = "".join(
        " " if char.isspace() else char for char in compatible if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(kept.split())


@lru_cache(maxsize=65536)
def scripts(word: str) -> frozenset[str]:
    """The scripts among Latin, Cyrillic and Greek that the letters of a word belong to, others as "OTHER"."""
    found = set()
    for char in word:
        if char.isalpha():
            first = unicodedata.name(char, "OTHER").split(" ", 1)[0]
            found.add(first if first in {"LATIN", "CYRILLIC", "GREEK"} else "OTHER")
    return frozenset(found)


def unmix(text: str) -> tuple[str, bool]:
    """Read lookalike letters in words that mix scripts in the script of their majority; tell whether any did."""
    if text.isascii():
        return text, False
    mixed = False

    def read(found: re.Match[str]) -> str:
        nonlocal mixed
        word = found.group()
        if "LATIN" not in (held := scripts(word)) or not held & {"CYRILLIC", "GREEK"}:
            return word
        mixed = True
        latin = sum("LATIN" in unicodedata.name(char, "") for char in word)
        table = _LATIN_FOR_LOOKALIKE if latin * 2 >= len(word) else _CYRILLIC_FOR_LOOKALIKE
        return "".join(table.get(char, char) for char in word)

    return _WORD.sub(read, text), mixed


def plain(text: str) -> str:
    """The text in lower-case Latin letters, punctuation kept."""
    read, _ = unmix(visible(text))
    return (read if read.isascii() else anyascii(read)).lower()


@lru_cache(maxsize=32768)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower-case Latin letters and digits; dotted letters ("S.A.", "L.L.C.") are one word."""
    lowered = _APOSTROPHES.sub("", plain(text)).replace("&", " and ")
    lowered = _SLASHED_LETTERS.sub(r"\1\2", lowered)
    lowered = _DOTTED_LETTERS.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", lowered)
    return tuple(word for word in _NOT_WORD.split(lowered) if word)


@lru_cache(maxsize=32768)
def skeleton(word: str) -> str:
    """
    What the romanisations of a word have in common: its consonants by sound, with a mark for a leading vowel.

    "Dmitrievich" and "Dzmitryevich", "Mohammad" and Arabic "mhmd" do not differ in it.
    """
    return skeletons((word,))[0]


def skeletons(words_: Sequence[str]) -> list[str]:
    """The skeletons of many words, read in one go: each is a line of one text."""
    found = [""] * len(words_)
    spoken = [at for at, word in enumerate(words_) if _VOWEL.search(word)]
    vowelless = [at for at, word in enumerate(words_) if not _VOWEL.search(word)]
    _set_lines(found, vowelless, _without_vowels("\n".join(words_[at] for at in vowelless)))
    _set_lines(found, spoken, _by_consonants("\n".join(words_[at] for at in spoken)))
    return found


def _set_lines(found: list[str], places: Sequence[int], text: str) -> None:
    for at, line in zip(places, text.split("\n"), strict=False):
        found[at] = line


def _without_vowels(text: str) -> str:
    sounds = text.replace("sh", "S").replace("ch", "S").replace("zh", "S").replace("kh", "h").translate(_SINGLE_SOUNDS)
    return _DOUBLED.sub(r"\1", sounds.replace("y", ""))


def _by_consonants(text: str) -> str:
    voiced = _DZ.sub("d", _FINAL_U.sub("v", text))
    sounds = _SOUND.sub(lambda found: _SOUND_OF[found.group()], voiced)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _LEADING_VOWEL.sub("A", sounds)).replace("A", "a"))


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """A word in one romanisation of the several in use, its vowels kept: "Sergei", "Sergey", "Sergej" are one."""
    return romanised_all((word,))[0]


def romanised_all(words_: Sequence[str]) -> list[str]:
    """Many words in one romanisation, read in one go: each is a line of one text."""
    if not words_:
        return []
    read = "\n".join(words_)
    for pattern, written in _ROMANISATIONS:
        read = pattern.sub(written, read)
    return [line or word for line, word in zip(read.split("\n"), words_, strict=True)]


def foreign(sound: str) -> str:
    """The sound of a word as a language that lacks some of its sounds writes it: l as r, f as p, v as b, m as n."""
    return sound.lstrip("a").translate(_FOREIGN)


_FOREIGN: Final = str.maketrans({"l": "r", "f": "p", "v": "b", "m": "n", "g": "k"})


def named_after(word: str) -> tuple[str, ...]:
    """What a Slavic adjective may be made of: "surgutskiy" of "surgut", "kyzylordinskiy" of "kyzylord"."""
    found = _ADJECTIVE.search(word)
    if not found or found.start() < 3:
        return ()
    root = word[: found.start()]
    shorter = _INFIX.sub("", root)
    return tuple(dict.fromkeys((root, shorter if len(shorter) > 2 else root, f"{root}sk")))

"""Words of any script brought to plain lower-case letters, so that a search finds them however they are typed."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from anyascii import anyascii

_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHES: Final = re.compile(r"['`´’‘ʼ]")
#: Chinese and Japanese are written without blanks between words, Korean often so.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}")
_LONGEST_RUN: Final = 24
LONGEST_WORD: Final = 60
_TOKEN: Final = re.compile(r"\w+(?:['’‘ʼ`´]\w+)*")

#: Letters that romanisations write differently, brought to one; then what scripts leave unwritten is left out.
_ALIKE: Final = (
    (re.compile(r"t?sch|shch"), "s"),
    (re.compile(r"kh|ch"), "h"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q|c"), "k"),
    (re.compile(r"dzh|dj|g"), "j"),
    (re.compile(r"zh|sh|ts|tz|z"), "s"),
    (re.compile(r"^w"), "v"),
    (re.compile(r"[aeiouyw]"), ""),
)
_DOUBLED: Final = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """Return the words of a text in lower-case Latin letters and digits, single blanks between them."""
    return " ".join(_NOT_WORD.sub(" ", anyascii(_APOSTROPHES.sub("", text)).casefold()).split())


def compact(text: str) -> str:
    """Return the letters and digits of a text run together: `3A001.a.2` and `3A001a2` meet in `3a001a2`."""
    return fold(text).replace(" ", "")


def lexemes(text: str) -> Iterator[str]:
    """
    Yield the folded words a text is found by when one of them begins as asked.

    A run of an unspaced script is found from each of its characters on: 北京科技 by `beijing` and by `keji`.
    """
    for word in fold(text).split():
        yield word[:LONGEST_WORD]
    for run in _UNSPACED.findall(text):
        for at in range(1, min(len(run), _LONGEST_RUN)):
            yield compact(run[at:])[:LONGEST_WORD]


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """
    Return what ways of romanising a folded word have in common; "" where too little remains.

    `tekhnologii`, `technology` and Arabic تكنولوجيا, written without its vowels, differ in letters and meet here
    or nearly so. It finds candidates; nothing is the same because its skeleton is.
    """
    if word.isdigit():
        return ""
    for pattern, letters in _ALIKE:
        word = pattern.sub(letters, word)
    found = _DOUBLED.sub(r"\1", word)
    return found if len(found) > 1 else ""


def tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of a text begins and ends, as it is written."""
    for found in _TOKEN.finditer(text):
        yield found.span()

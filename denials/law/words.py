"""Words of any script brought to plain lower-case letters, so that a search finds them however they are typed."""

import re
from typing import Final

from anyascii import anyascii

_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHES: Final = re.compile(r"['`´’‘ʼ]")


def fold(text: str) -> str:
    """Return the words of a text in lower-case Latin letters and digits, single blanks between them."""
    return " ".join(_NOT_WORD.sub(" ", anyascii(_APOSTROPHES.sub("", text)).casefold()).split())


def compact(text: str) -> str:
    """Return the letters and digits of a text run together: `3A001.a.2` and `3A001a2` meet in `3a001a2`."""
    return fold(text).replace(" ", "")

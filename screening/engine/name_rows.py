"""
A name taken apart, as one line of text: what is stored beside a denial so that the index of names need not do it again.

A line holds country and name, and of each reading its kind, whether it is in Latin letters, its words and its
initials. `ROWS_VERSION` is stored with the lines; a change of the analysis is a new version, and they are made anew.
"""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from screening.engine.name_forms import AnalysedName, analyse

ROWS_VERSION: Final = 2
SHORTEST_ACRONYM: Final = 2
LONGEST_ACRONYM: Final = 10


class Reading(NamedTuple):
    """One reading of a name: "" for the whole, or the kind of reading it is."""

    kind: str
    latin: bool
    words: tuple[str, ...]
    initials: tuple[str, ...]


def line_of(name: str, country: str = "") -> str:
    """Return a name with a country, taken apart, as one line."""
    rows = [
        [kind, is_latin(form.raw), " ".join(word.written for word in form.words), " ".join(sorted(acronyms(form)))]
        for kind, form in readings(analyse(name))
    ]
    return json.dumps([country.upper(), name, rows], ensure_ascii=False, separators=(",", ":"))


def read_line(line: str) -> tuple[str, str, list[Reading]]:
    """Return country, name and readings of a line."""
    country, name, rows = json.loads(line)
    return (
        country,
        name,
        [Reading(kind, latin, tuple(words.split()), tuple(initials.split())) for kind, latin, words, initials in rows],
    )


def readings(name: AnalysedName) -> Sequence[tuple[str, AnalysedName]]:
    """The readings of a name worth a row: the whole, and each other with its kind."""
    return [("", name), *((kind, other) for kind, other in name.others if len(other.joined) > 1)]


def acronyms(form: AnalysedName) -> frozenset[str]:
    """The initials a name may go by, of two letters at least."""
    return frozenset(letters for letters in form.initials if SHORTEST_ACRONYM <= len(letters) <= LONGEST_ACRONYM)


def is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters for the most part."""
    if text.isascii():
        return True
    letters = sum(char.isalpha() for char in text)
    return 2 * sum(char.isalpha() and char < "\u0250" for char in text) >= letters

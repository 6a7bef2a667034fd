"""
What speaks for and against rows of an index being the name asked for: one line of figures ("features") a row.

Every word of one side is laid against every word of the other by their likeness; a word weighs what it tells in this
register, in nats. The figures are what the evidence is made of, and what the explanation shows.
"""

from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from screening.engine import folding
from screening.engine.name_index import Asked, Candidates, NameIndex, told_words
from screening.engine.name_rows import acronyms, is_latin
from screening.engine.name_words import LINKING_WORDS
from screening.engine.vocabulary import KINDS, Floats, Ints

FEATURES: Final = (
    "asked_covered",
    "held_covered",
    "matched",
    "margin",
    "asked_left",
    "held_left",
    "both_left",
    "spelling",
    "known_otherwise",
    "joined",
    "sounds",
    "same_country",
    "other_country",
    "other_script",
    "acronym",
    "sets_apart",
    "kinds_apart",
    "behind",
    "crowd",
    "other_reading",
    "words_asked",
)
FEATURE_AT: Final = {name: at for at, name in enumerate(FEATURES)}
_WRITTEN_TOGETHER: Final = 0.95
_SOUNDS_ONE: Final = 0.88
_INITIAL: Final = 0.6
_LETTER_TELLS: Final = 2.3  # nats an initial tells: one of about ten in use


def features(index: NameIndex, asked: Asked, found: Candidates, country: str) -> Floats:
    """Return one line a row of `found`, in the order of FEATURES."""
    rows = found.rows
    table = np.zeros((len(rows), len(FEATURES)), np.float32)
    if not len(rows) or not asked.words:
        return table
    words, held = _words_of(index, rows)
    likeness = _likenesses(index, asked, rows, words, held)
    _lay_out(table, index, asked, words, held, likeness)
    _whole_names(table, index, asked, rows, words, held)
    number = index.country_number(country)
    countries = index.row_countries[rows]
    put(table, "same_country", (countries == number) & (number > 0))
    put(table, "other_country", (countries != number) & (countries > 0) & (number != 0))
    put(table, "other_script", index.non_latin[rows] == is_latin(asked.form.raw))
    put(table, "other_reading", index.is_other[rows] | bool(asked.kind))
    put(table, "words_asked", np.minimum(len(asked.words), 8) / 8)
    return table


def put(table: Floats, name: str, values: NDArray[np.generic] | float) -> None:
    """Set a column by its name."""
    table[:, FEATURE_AT[name]] = values


def _words_of(index: NameIndex, rows: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The words of rows as a table, padded; which cells hold a word."""
    start = index.row_ends[rows]
    sizes = index.row_ends[rows + 1] - start
    width = max(int(sizes.max()), 1)
    columns = np.arange(width)
    held = columns[None, :] < sizes[:, None]
    places = np.where(held, start[:, None] + columns[None, :], 0)
    return index.row_words[places].astype(np.int64), held


def _likenesses(index: NameIndex, asked: Asked, rows: Ints, words: Ints, held: NDArray[np.bool_]) -> Floats:
    """Likeness of each word asked for to each word of each row."""
    likeness = np.zeros((len(asked.words), *words.shape), np.float32)
    first, letter = index.vocabulary.first_letters[words], index.vocabulary.is_letter[words]
    for at, (word, near) in enumerate(zip(asked.words, asked.near, strict=True)):
        if len(near.words):
            likeness[at] = _looked_up(near.words, near.likeness, words)
        initial = (first == ord(word.written[0])) & (letter | (len(word.written) == 1))
        np.maximum(likeness[at], np.where(initial, _INITIAL, 0.0), out=likeness[at])
    _write_together(index, asked, rows, words, likeness)
    _sound_together(index, asked, rows, likeness)
    return likeness * held[None, :, :]


def _looked_up(known: Ints, values: Floats, words: Ints) -> Floats:
    place = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.where(known[place] == words, values[place], np.float32(0.0))


def _write_together(index: NameIndex, asked: Asked, rows: Ints, words: Ints, likeness: Floats) -> None:
    """Two neighbours on one side that are one word on the other."""
    for at, (one, other) in enumerate(pairwise(asked.words)):
        same = index.vocabulary.spelt(one.written + other.written)
        if len(same):
            together = np.where(np.isin(words, same), _WRITTEN_TOGETHER, 0.0)
            np.maximum(likeness[at], together, out=likeness[at])
            np.maximum(likeness[at + 1], together, out=likeness[at + 1])
    for at, word in enumerate(asked.words):
        if len(word.written) > 5 and not likeness[at].max() >= 1.0:
            for place in index.places_written_apart(word, rows):
                _mark_apart(index, folding.romanised(word.written), words[place], likeness[at, place])


def _sound_together(index: NameIndex, asked: Asked, rows: Ints, likeness: Floats) -> None:
    """Whole names of one sound in two scripts, however their words are parted: "Hosokawa Micron" in Kana."""
    other = index.non_latin[rows] == is_latin(asked.form.raw)
    if not other.any():
        return
    places = index.places_of_one_sound(asked.form, rows)
    places = places[other[places]]
    if len(places):
        likeness[:, places, :] = np.maximum(likeness[:, places, :], _SOUNDS_ONE)


def _mark_apart(index: NameIndex, joined: str, words: Ints, likeness: Floats) -> None:
    written = [index.vocabulary.written[number] for number in words.tolist()]
    for at, (one, other) in enumerate(pairwise(written)):
        if folding.romanised(one + other) == joined:
            likeness[at : at + 2] = np.maximum(likeness[at : at + 2], _WRITTEN_TOGETHER)


def _lay_out(
    table: Floats, index: NameIndex, asked: Asked, words: Ints, held: NDArray[np.bool_], likeness: Floats
) -> None:
    """Coverage of both sides, what is left over, what is alike only, what sets apart."""
    theirs = index.vocabulary.weights[words] * held
    ours = asked.weights[:, None]
    partner = likeness.argmax(axis=2)
    best_ours = np.take_along_axis(likeness, partner[:, :, None], 2)[:, :, 0]
    partner_weight = np.take_along_axis(theirs[None, :, :], partner[:, :, None], 2)[:, :, 0]
    asked_by = likeness.argmax(axis=0)
    best_theirs = np.take_along_axis(likeness, asked_by[None], 0)[0]
    ours_now = np.where(best_ours > 0, np.minimum(ours, partner_weight), ours)
    theirs_now = np.where(best_theirs > 0, np.minimum(theirs, asked.weights[asked_by]), theirs)
    worth_ours, worth_theirs = best_ours**2, best_theirs**2
    matched_ours, matched_theirs = (ours_now * worth_ours).sum(0), (theirs_now * worth_theirs).sum(1)
    covered_ours = matched_ours / np.maximum(ours_now.sum(0), 1e-6)
    covered_theirs = matched_theirs / np.maximum(theirs_now.sum(1), 1e-6)
    left_ours = (ours_now * (best_ours < 0.5)).max(0)
    left_theirs = (theirs_now * (best_theirs < 0.5)).max(1)
    matched = np.minimum(matched_ours, matched_theirs)
    close = (best_ours >= 0.5) & (best_ours < 0.96)
    known = np.array([near.known for near in asked.near])[:, None]
    put(table, "asked_covered", covered_ours)
    put(table, "held_covered", covered_theirs)
    put(table, "matched", matched / 10)
    put(table, "margin", (matched - log(index.size)) / 10)
    put(table, "asked_left", left_ours / 10)
    put(table, "held_left", left_theirs / 10)
    put(table, "both_left", np.minimum(left_ours, left_theirs) / 10)
    put(table, "spelling", (ours_now * close * (1 - worth_ours)).sum(0) / 10)
    put(table, "known_otherwise", (ours_now * close * known).max(0) / 10)
    put(table, "sets_apart", _set_apart(index, asked, words, held, best_ours, best_theirs))
    ours_common = np.array([word.is_common for word in asked.words])[:, None] & (best_ours < 0.5)
    theirs_common = (index.vocabulary.is_common[words] & held & (theirs > 1.0)) & (best_theirs < 0.5)
    ours_common &= asked.weights[:, None] > 1.0
    put(table, "kinds_apart", np.minimum(ours_common.sum(0), theirs_common.sum(1)).clip(0, 2) / 2)
    base = np.minimum(covered_ours, covered_theirs)
    put(table, "behind", base.max() - base)
    put(table, "crowd", np.log(np.maximum((base[None, :] >= base[:, None] - 0.05).sum(1), 1)) / 4)


def _set_apart(
    index: NameIndex, asked: Asked, words: Ints, held: NDArray[np.bool_], ours: Floats, theirs: Floats
) -> Floats:
    """Whether each side keeps another place, direction or number; a number on one side only counts half."""
    kinds = np.array([KINDS.get(word.sets_apart, 0) for word in asked.words])
    held_kinds = np.where(held, index.vocabulary.kinds[words], 0)
    apart = np.zeros(len(words), np.float32)
    if not kinds.any() and not (held_kinds == KINDS["number"]).any():
        return apart
    for kind in (1, 2, 3):
        left = ((kinds[:, None] == kind) & (ours < 0.6)).any(0)
        right = ((held_kinds == kind) & (theirs < 0.6)).any(1)
        apart = np.maximum(apart, np.where(left & right, 1.0, np.where(left ^ right, 0.5 * (kind == 3), 0.0)))
    return apart.astype(np.float32)


def _whole_names(
    table: Floats, index: NameIndex, asked: Asked, rows: Ints, words: Ints, held: NDArray[np.bool_]
) -> None:
    """The names without blanks, by letters and by sound; and whether one is the acronym of the other."""
    texts, spellings, links = index.vocabulary.written, index.vocabulary.romanised, index.vocabulary.is_linking[words]
    told = held & ~links
    told = np.where(told.any(1)[:, None], told, held)
    numbers = [row[kept].tolist() for row, kept in zip(words, told, strict=True)]
    joined = ["".join([texts[number] for number in row]) for row in numbers]
    put(table, "joined", _nearness(asked.form.joined, joined, Levenshtein.normalized_similarity))
    sounds = ["".join([spellings[number] for number in row]) for row in numbers]
    put(
        table,
        "sounds",
        _nearness("".join(map(folding.romanised, told_words(asked.form))), sounds, JaroWinkler.normalized_similarity),
    )
    written = [[texts[number] for number in row[kept].tolist()] for row, kept in zip(words, held, strict=True)]
    put(table, "acronym", _acronyms(asked, written, index.size))


def _nearness(text: str, others: list[str], scorer: Callable[..., float]) -> Floats:
    return process.cdist([text], others, scorer=scorer, dtype=np.float32)[0]


def _acronyms(asked: Asked, written: list[list[str]], size: int) -> Floats:
    """What an acronym tells beyond chance in a register of this size, 1 for as much as chance; 0 for no acronym."""
    own = [word.written for word in asked.words if word.written not in LINKING_WORDS]
    found = np.zeros(len(written), np.float32)
    if len(own) == 1 and 2 <= len(own[0]) <= 10:
        short = own[0]
        held = [
            len(short) if len(row) > 1 and row[0][0] == short[0] and short in _initials(row) else 0 for row in written
        ]
    else:
        initials = acronyms(asked.form)
        held = [len(row[0]) if len(row) == 1 and row[0] in initials else 0 for row in written]
    for at, letters in enumerate(held):
        if letters:
            found[at] = max(0.1, 1.0 + (letters * _LETTER_TELLS - log(size)) / 10)
    return found


def _initials(row: list[str]) -> tuple[str, str]:
    return "".join(word[0] for word in row), "".join(word[0] for word in row if word not in LINKING_WORDS)

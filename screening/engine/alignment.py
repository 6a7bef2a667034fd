"""
What speaks for and against rows of an index being the name asked for: one line of figures ("features") a row.

Every word of one side is laid against every word of the other by their likeness; a word weighs what it tells in this
register, in nats. The figures are what the evidence is made of, and what the explanation shows.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from screening.engine import folding
from screening.engine.name_index import SOUND_KEY, Asked, Candidates, NameIndex, told_places
from screening.engine.name_rows import LONGEST_ACRONYM, SHORTEST_ACRONYM, acronyms
from screening.engine.name_words import LINKING_WORDS
from screening.engine.vocabulary import KINDS, Floats, Ints, among

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
    _whole_names(table, index, asked, words, held)
    number = index.country_number(country)
    countries = index.row_countries[rows]
    put(table, "same_country", (countries == number) & (number > 0))
    put(table, "other_country", (countries != number) & (countries > 0) & (number != 0))
    put(table, "other_script", index.non_latin[rows] == asked.is_latin)
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
    likeness = _looked_up(asked, words, len(index.vocabulary))
    letter = index.vocabulary.is_letter[words]
    single = np.array([len(word.written) == 1 for word in asked.words])
    if single.any() or letter.any():
        first = np.array([ord(word.written[0]) for word in asked.words])[:, None, None]
        initial = (index.vocabulary.first_letters[words] == first) & (letter | single[:, None, None])
        np.maximum(likeness, np.where(initial, np.float32(_INITIAL), np.float32(0.0)), out=likeness)
    _write_together(index, asked, rows, words, likeness)
    _sound_together(index, asked, rows, likeness)
    likeness *= held
    return likeness


def _looked_up(asked: Asked, words: Ints, size: int) -> Floats:
    """What the register knows of each word asked for, found for all words at once."""
    count = len(asked.words)
    known = np.concatenate([near.words + at * size for at, near in enumerate(asked.near)])
    if not len(known):
        return np.zeros((count, *words.shape), np.float32)
    values = np.concatenate([near.likeness for near in asked.near])
    cells = words + (np.arange(count) * size)[:, None, None]
    place = np.searchsorted(known, cells)
    np.minimum(place, len(known) - 1, out=place)
    return np.where(known[place] == cells, values[place], np.float32(0.0))


def _write_together(index: NameIndex, asked: Asked, rows: Ints, words: Ints, likeness: Floats) -> None:
    """Two neighbours on one side that are one word on the other."""
    for at, same in enumerate(asked.together):
        if len(same):
            together = np.where(np.isin(words, same), _WRITTEN_TOGETHER, 0.0)
            np.maximum(likeness[at], together, out=likeness[at])
            np.maximum(likeness[at + 1], together, out=likeness[at + 1])
    for at, spelt in enumerate(asked.spelt):
        under = asked.under.get(f"2{spelt}")
        if under is not None and not likeness[at].max() >= 1.0:
            for place in np.nonzero(among(under, rows))[0]:
                _mark_apart(index, spelt, words[place], likeness[at, place])


def _sound_together(index: NameIndex, asked: Asked, rows: Ints, likeness: Floats) -> None:
    """Whole names of one sound in two scripts, however their words are parted: "Hosokawa Micron" in Kana."""
    for key, under in asked.under.items():
        if key[0] == SOUND_KEY:
            other = index.non_latin[rows] == asked.is_latin
            places = np.nonzero(other & among(under, rows))[0]
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
    best_ours, best_theirs = likeness.max(axis=2), likeness.max(axis=0)
    partner_weight = theirs[np.arange(len(words)), likeness.argmax(axis=2)]
    ours_now = np.where(best_ours > 0, np.minimum(ours, partner_weight), ours)
    theirs_now = np.where(best_theirs > 0, np.minimum(theirs, asked.weights[likeness.argmax(axis=0)]), theirs)
    worth_ours, worth_theirs = best_ours**2, best_theirs**2
    matched_ours, matched_theirs = (ours_now * worth_ours).sum(0), (theirs_now * worth_theirs).sum(1)
    covered_ours = matched_ours / np.maximum(ours_now.sum(0), 1e-6)
    covered_theirs = matched_theirs / np.maximum(theirs_now.sum(1), 1e-6)
    ours_unlike, theirs_unlike = best_ours < 0.5, best_theirs < 0.5
    left_ours, left_theirs = (ours_now * ours_unlike).max(0), (theirs_now * theirs_unlike).max(1)
    matched = np.minimum(matched_ours, matched_theirs)
    put(table, "asked_covered", covered_ours)
    put(table, "held_covered", covered_theirs)
    put(table, "matched", matched / 10)
    put(table, "margin", (matched - log(index.size)) / 10)
    put(table, "asked_left", left_ours / 10)
    put(table, "held_left", left_theirs / 10)
    put(table, "both_left", np.minimum(left_ours, left_theirs) / 10)
    close = ~ours_unlike & (best_ours < 0.96)
    if close.any():
        known = np.array([near.known for near in asked.near])[:, None]
        ours_close = ours_now * close
        put(table, "spelling", (ours_close * (1 - worth_ours)).sum(0) / 10)
        put(table, "known_otherwise", (ours_close * known).max(0) / 10)
    put(table, "sets_apart", _set_apart(index, asked, words, held, best_ours, best_theirs))
    ours_common = np.array([word.is_common for word in asked.words]) & (asked.weights > 1.0)
    if ours_common.any():
        theirs_common = index.vocabulary.is_common[words] & (theirs > 1.0) & theirs_unlike
        apart = np.minimum((ours_common[:, None] & ours_unlike).sum(0), theirs_common.sum(1))
        put(table, "kinds_apart", np.minimum(apart, 2) / 2)
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


def _whole_names(table: Floats, index: NameIndex, asked: Asked, words: Ints, held: NDArray[np.bool_]) -> None:
    """The names without blanks, by letters and by sound; and whether one is the acronym of the other."""
    told = held & ~index.vocabulary.is_linking[words]
    told |= held & ~told.any(1)[:, None]
    numbers = words[told].tolist()
    ends = np.cumsum(told.sum(1)).tolist()
    joined = _joined(index.vocabulary.written, numbers, ends)
    put(table, "joined", _nearness(asked.form.joined, joined, Levenshtein.normalized_similarity))
    sound = "".join(asked.spelt[at] for at in told_places(asked.words))
    sounds = _joined(index.vocabulary.romanised, numbers, ends)
    put(table, "sounds", _nearness(sound, sounds, JaroWinkler.normalized_similarity))
    put(table, "acronym", _acronyms(asked, index, words, held))


def _joined(texts: Sequence[str], numbers: Sequence[int], ends: Sequence[int]) -> list[str]:
    """Words by number, written together up to each end."""
    words = [texts[number] for number in numbers]
    return ["".join(words[start:end]) for start, end in pairwise((0, *ends))]


def _nearness(text: str, others: list[str], scorer: Callable[..., float]) -> Floats:
    return process.cdist([text], others, scorer=scorer, dtype=np.float32)[0]


def _acronyms(asked: Asked, index: NameIndex, words: Ints, held: NDArray[np.bool_]) -> Floats:
    """What an acronym tells beyond chance in a register of this size, 1 for as much as chance; 0 for no acronym."""
    own = [word.written for word in asked.words if word.written not in LINKING_WORDS]
    found = np.zeros(len(words), np.float32)
    sizes, texts = held.sum(1), index.vocabulary.written
    if len(own) == 1 and SHORTEST_ACRONYM <= len(own[0]) <= LONGEST_ACRONYM:
        of = (sizes > 1) & (index.vocabulary.first_letters[words[:, 0]] == ord(own[0][0]))
        shorts = {at: own[0] for at in np.nonzero(of)[0].tolist() if own[0] in _initials(_row(texts, words, held, at))}
    else:
        initials = acronyms(asked.form)
        singles = np.nonzero(sizes == 1)[0].tolist() if initials else ()
        shorts = {at: text for at in singles if (text := texts[words[at, 0]]) in initials}
    for at, short in shorts.items():
        found[at] = max(0.1, 1.0 + (len(short) * _LETTER_TELLS - log(index.size)) / 10)
    return found


def _row(texts: Sequence[str], words: Ints, held: NDArray[np.bool_], at: int) -> list[str]:
    return [texts[number] for number in words[at, held[at]].tolist()]


def _initials(row: list[str]) -> tuple[str, str]:
    return "".join(word[0] for word in row), "".join(word[0] for word in row if word not in LINKING_WORDS)

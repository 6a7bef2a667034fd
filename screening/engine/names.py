"""
Whether two names are one party's, with the reason: spelling, legal form, word order, script, acronym, branch, …

Words are aligned; a word counts by how much it tells (a family or firm name much, "International Trading" little),
then what the alignment leaves over on each side speaks against. Nothing is looked up and nothing learned here:
weights learned from a register may be given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from screening.engine import folding
from screening.engine.comparison import Comparison, Verdict, differing_spans, unknown
from screening.engine.name_forms import AnalysedName, Word, analyse
from screening.engine.name_words import LINKING_WORDS
from screening.engine.word_likeness import alike

SAME_FROM: Final = 0.87
SIMILAR_FROM: Final = 0.76
# What a name wholly contained in the other is worth, by how much of it tells.
_PART_OF: Final = ((1.6, 0.86), (0.95, 0.79))
_CAPS: Final = {"place": 0.6, "contrary": 0.7, "number": 0.6}
_NUMBER_MISSING: Final = 0.93
_JOINED: Final = 0.97
# Below this score nobody asks why two names differ.
_REASONS_FROM: Final = 0.5
# Three or four letters in brackets may stand for anybody.
_SHORT_NAME: Final = 4
_CAP_SHORT: Final = 0.86
_ACRONYM: Final = {3: 0.77, 4: 0.8}
_LONG_ACRONYM: Final = 0.82

Pair = tuple[int, int, float]


@dataclass(frozen=True)
class _Alignment:
    left: tuple[Word, ...]
    right: tuple[Word, ...]
    pairs: tuple[Pair, ...]
    joined: bool = False

    def over(self, side: int) -> list[Word]:
        taken = {pair[side] for pair in self.pairs}
        words = self.right if side else self.left
        return [word for at, word in enumerate(words) if at not in taken]


def compare_names(
    left: str | AnalysedName, right: str | AnalysedName, *, weights: Mapping[str, float] | None = None
) -> Comparison:
    """
    Compare two names, all their readings included ("also known as", brackets, without "branch office of").

    :param weights: weight of a word as read (0 to 1), learned from a register; the built-in weight where absent.
    :returns: unknown if a name has fewer than two letters or is beyond all length.
    """
    one = analyse(left) if isinstance(left, str) else left
    other = analyse(right) if isinstance(right, str) else right
    if not one.is_comparable or not other.is_comparable:
        reason = "too_long" if "too_long" in one.flags | other.flags else "no_name"
        return unknown(reason, one.raw, other.raw)
    best, kinds, forms = _best_reading(one, other, weights or {})
    score, reasons = best
    reasons = [kind for kind in kinds if kind] + reasons
    detail: dict[str, object] = {"reasons": reasons, "flags": sorted(one.flags | other.flags)}
    if score >= _REASONS_FROM:
        detail |= _words_told(_align(forms[0].words, forms[1].words))
    return Comparison(verdict_of(score), score, reasons[0], detail, one.raw, other.raw)


def _words_told(alignment: _Alignment) -> dict[str, object]:
    """Which words agree, which are one in another form or spelling, and which stand on one side only."""
    left, right = alignment.left, alignment.right
    pairs = sorted((left[i].written, right[j].written) for i, j, _ in alignment.pairs)
    return {
        "agreeing": tuple(one for one, other in pairs if one == other),
        "otherwise": tuple((one, other) for one, other in pairs if one != other),
        "left_over": tuple(word.written for word in alignment.over(0) if word.written not in LINKING_WORDS),
        "right_over": tuple(word.written for word in alignment.over(1) if word.written not in LINKING_WORDS),
    }


def marked(comparison: Comparison) -> Comparison:
    """The comparison with the differing stretches of both values in its detail, for the sheet."""
    left, right = differing_spans(comparison.left, comparison.right)
    detail = {**comparison.detail, "left_spans": left, "right_spans": right}
    return Comparison(
        comparison.verdict, comparison.score, comparison.reason, detail, comparison.left, comparison.right
    )


def verdict_of(score: float) -> Verdict:
    """Same, similar or different by the score of two names."""
    return Verdict.SAME if score >= SAME_FROM else Verdict.SIMILAR if score >= SIMILAR_FROM else Verdict.DIFFERENT


def _best_reading(
    one: AnalysedName, other: AnalysedName, weights: Mapping[str, float]
) -> tuple[tuple[float, list[str]], tuple[str, ...], tuple[AnalysedName, AnalysedName]]:
    best, forms = _compare_forms(one, other, weights), (one, other)
    kinds: tuple[str, ...] = ()
    if best[0] >= 0.99:
        return best, kinds, forms
    for left_kind, left in (("", one), *one.others):
        for right_kind, right in (("", other), *other.others):
            if left_kind or right_kind:
                found = _compare_forms(left, right, weights)
                if min(len(left.joined), len(right.joined)) <= _SHORT_NAME:
                    found = min(found[0], _CAP_SHORT), found[1]
                if found[0] > best[0] + 0.01:
                    best, kinds, forms = found, tuple(dict.fromkeys((left_kind, right_kind))), (left, right)
    return best, kinds, forms


def _compare_forms(one: AnalysedName, other: AnalysedName, weights: Mapping[str, float]) -> tuple[float, list[str]]:
    if one.raw == other.raw:
        return 1.0, ["identical"]
    if one.folded == other.folded:
        return 0.995, ["script" if _script_differs(one, other) else "case_or_accents"]
    alignment = _align(one.words, other.words)
    score = _score(alignment, weights)
    reasons = _reasons(one, other, alignment) if score >= _REASONS_FROM else ["other_words"]
    if not alignment.joined and (joined := _joined_score(one, other)) > score:
        score, reasons = joined, ["joined_words"]
    if score < SIMILAR_FROM and (acronym := _acronym_score(one, other)) > score:
        score, reasons = acronym, ["acronym"]
    if one.legal != other.legal and score >= SIMILAR_FROM:
        reasons = [*reasons, "legal_form"] if reasons[0] != "words_same" else ["legal_form"]
    return round(score, 4), reasons


def _align(left: tuple[Word, ...], right: tuple[Word, ...]) -> _Alignment:
    """Pair words: those read alike first, then joined and split ones, then the nearest of the rest."""
    pairs = _equal_pairs(left, right)
    free_left = [at for at in range(len(left)) if at not in {pair[0] for pair in pairs}]
    free_right = [at for at in range(len(right)) if at not in {pair[1] for pair in pairs}]
    joined = _joined_pairs(left, right, free_left, free_right)
    if joined:
        used = {pair[0] for pair in joined}, {pair[1] for pair in joined}
        free_left = [at for at in free_left if at not in used[0]]
        free_right = [at for at in free_right if at not in used[1]]
    near = [
        (-likeness, i, j)
        for i in free_left
        for j in free_right
        if (likeness := alike(left[i].written, right[j].written))
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for negative, i, j in sorted(near):
        if i not in taken_left and j not in taken_right:
            pairs.append((i, j, -negative))
            taken_left.add(i)
            taken_right.add(j)
    return _Alignment(left, right, tuple(pairs + joined), bool(joined))


def _equal_pairs(left: Sequence[Word], right: Sequence[Word]) -> list[Pair]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(right):
        places.setdefault(word.read, []).append(at)
    pairs: list[Pair] = []
    for at, word in enumerate(left):
        held = places.get(word.read)
        if held:
            pairs.append((at, held.pop(0), 1.0))
    return pairs


def _joined_pairs(
    left: Sequence[Word], right: Sequence[Word], free_left: Sequence[int], free_right: Sequence[int]
) -> list[Pair]:
    """A word on one side that is two neighbouring words of the other written together."""
    found: list[Pair] = []
    together = {left[i].written + left[k].written: (i, k) for i, k in pairwise(free_left) if k == i + 1}
    for j in free_right:
        if right[j].written in together:
            found += [(i, j, _JOINED) for i in together[right[j].written]]
    together = {right[j].written + right[k].written: (j, k) for j, k in pairwise(free_right) if k == j + 1}
    for i in free_left:
        if left[i].written in together:
            found += [(i, j, _JOINED) for j in together[left[i].written]]
    return found


def _score(alignment: _Alignment, weights: Mapping[str, float]) -> float:
    if not alignment.pairs:
        return 0.0
    left = [weights.get(word.read, word.weight) for word in alignment.left]
    right = [weights.get(word.read, word.weight) for word in alignment.right]
    shared_left = _shared(left, {i: sim for i, _, sim in alignment.pairs})
    shared_right = _shared(right, {j: sim for _, j, sim in alignment.pairs})
    whole = sum(left) + sum(right)
    dice = (shared_left + shared_right) / whole if whole else 0.0
    return _capped(alignment, max(dice, _part_of(left, right, shared_left, shared_right, alignment)))


def _shared(weights: Sequence[float], similarities: Mapping[int, float]) -> float:
    return sum(weights[at] * similarity for at, similarity in similarities.items())


def _part_of(
    left: Sequence[float], right: Sequence[float], shared_left: float, shared_right: float, alignment: _Alignment
) -> float:
    """The worth of one name being part of the other: a firm's short name, a person without patronymic."""
    contained = max(shared_left / (sum(left) or 1.0), shared_right / (sum(right) or 1.0))
    telling = sum(left[i] for i, _, sim in alignment.pairs if left[i] >= 0.9 and sim >= 0.8)
    for least, worth in _PART_OF:
        if telling >= least and contained >= 0.9:
            return worth * contained
    return 0.0


def _capped(alignment: _Alignment, score: float) -> float:
    """Another state, direction or number on each side sets names apart, however much they share."""
    left, right = ({word.sets_apart for word in alignment.over(side)} - {""} for side in (0, 1))
    for kind in left & right:
        score = min(score, _CAPS[kind])
    return score * _NUMBER_MISSING if "number" in left ^ right else score


def _joined_score(one: AnalysedName, other: AnalysedName) -> float:
    """All or several words written together, or a script without blanks, against the words apart."""
    if len(one.words) == len(other.words) or min(len(one.joined), len(other.joined)) < 7:
        return 0.0
    longest = max(len(one.joined), len(other.joined))
    allowed = min(3, longest // 10)
    distance = OSA.distance(one.joined, other.joined, score_cutoff=allowed)
    if distance <= allowed:
        return 0.96 - 0.03 * distance
    sound = folding.skeleton(one.joined)
    return 0.88 if len(sound) >= 6 and sound == folding.skeleton(other.joined) else 0.0


def _acronym_score(one: AnalysedName, other: AnalysedName) -> float:
    """Initials of one name against the one word of the other, either way."""
    for short, long in ((one, other), (other, one)):
        told = [word for word in short.words if word.written not in LINKING_WORDS]
        if len(told) == 1 and 3 <= len(told[0].written) <= 8 and told[0].written in long.initials:
            return _ACRONYM.get(len(told[0].written), _LONG_ACRONYM)
    return 0.0


def _script_differs(one: AnalysedName, other: AnalysedName) -> bool:
    return one.raw.isascii() != other.raw.isascii() and not (_is_latin(one.raw) and _is_latin(other.raw))


def _is_latin(text: str) -> bool:
    return all(folding.scripts(word) <= {"LATIN"} for word in text.split())


def _reasons(one: AnalysedName, other: AnalysedName, alignment: _Alignment) -> list[str]:
    """What sets the two names apart, in words a reader expects; "words_same" if only the legal form does."""
    left, right = alignment.left, alignment.right
    found: list[str] = []
    if _script_differs(one, other):
        found.append("transliteration")
    if alignment.joined:
        found.append("joined_words")
    if any(sim == 1.0 and left[i].written != right[j].written for i, j, sim in alignment.pairs):
        found.append("word_form")
    if any(sim < 1.0 for _, _, sim in alignment.pairs) and not alignment.joined:
        found.append("spelling")
    order = [j for _, j, _ in sorted(alignment.pairs)]
    if order != sorted(order):
        found.append("word_order")
    over = bool(alignment.over(0)), bool(alignment.over(1))
    if any(over):
        found.append("other_words" if all(over) else "part_of_name")
    return found or ["words_same"]

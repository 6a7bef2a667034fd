"""Whether two descriptions are of the same goods, across languages by the term list, else by their words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from screening.engine import folding, terms
from screening.engine.comparison import Comparison, Verdict, unknown

LONGEST_DESCRIPTION: Final = 10_000  # the longest that is accepted
_LONGEST_COMPOUND: Final = 80  # letters of a word that are searched for terms
_PART = re.compile(r".{1,800}(?:\s|$)|.{1,800}", re.DOTALL)
_CAS = re.compile(r"(?<!\d)(\d{2,7}-\d{2}-\d)(?!\d)")
_MEASURE = re.compile(r"\d+(?:mm|cm|m|kg|g|w|kw|v|hz|ghz|mhz|d|x)")
_SAME_WORDS_FROM: Final = 0.85
_SIMILAR_WORDS_FROM: Final = 0.4


@dataclass(frozen=True)
class AnalysedText:
    """A description made ready: stems in order, goods and guises named, model designations, CAS numbers."""

    raw: str
    folded: str
    stems: frozenset[str]
    concepts: frozenset[str]
    guises: frozenset[str]
    models: frozenset[str]
    cas: frozenset[str]
    grams: frozenset[str]

    @property
    def families(self) -> frozenset[str]:
        return frozenset(terms.FAMILIES[concept] for concept in self.concepts)


@lru_cache(maxsize=32768)
def analyse_text(text: str) -> AnalysedText:
    """Take a description apart once, to its end: in parts, of which none is longer than a text that is folded."""
    clear = text[:LONGEST_DESCRIPTION]
    parts = _PART.findall(clear)
    words = tuple(word for part in parts for word in folding.words(part))
    found = tuple(stem for part in parts for stem in terms.stems(part))
    concepts, guises = _named(found)
    telling = frozenset(stem for stem in found if stem not in terms.GENERAL_STEMS and not stem.isdigit())
    joined = "".join(stem for stem in found if stem in telling)[:300]
    return AnalysedText(
        text,
        " ".join(words),
        telling,
        concepts,
        guises,
        frozenset(filter(_is_model, words)),
        frozenset(_CAS.findall(clear)),
        frozenset(joined[at : at + 3] for at in range(len(joined) - 2)),
    )


def _is_model(word: str) -> bool:
    """Letters and digits in one word: M813, AK74, PVS14."""
    digits = sum(map(str.isdigit, word))
    return 3 <= len(word) <= 14 and 0 < digits < len(word) and not _MEASURE.fullmatch(word)


def _named(found: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The goods and guises a row of stems names, longest phrases first."""
    concepts: set[str] = set()
    guises: set[str] = set()
    at = 0
    while at < len(found):
        for size in range(min(terms.LONGEST_PHRASE, len(found) - at), 0, -1):
            phrase = found[at : at + size]
            if phrase in terms.PHRASES or phrase in terms.GUISES:
                if phrase in terms.PHRASES:
                    concepts.add(terms.PHRASES[phrase])
                if phrase in terms.GUISES:
                    guises.add(terms.GUISES[phrase])
                at += size
                break
        else:
            _name_in_compound(found[at], concepts, guises)
            at += 1
    return frozenset(concepts - _named_within(concepts)), frozenset(guises)


def _named_within(concepts: set[str]) -> set[str]:
    """Goods named only to say what others are for: a rifle scope is no rifle, a trailing antenna no trailer."""
    return {part for whole in concepts for part in terms.NAMED_WITHIN.get(whole, ()) if part in concepts}


def _name_in_compound(word: str, concepts: set[str], guises: set[str]) -> None:
    """A term within a compound word, the longest; what is left may be a guise ("Hubschrauberteile")."""
    word = word[:_LONGEST_COMPOUND]
    size = len(word)
    if size <= terms.SHORTEST_IN_COMPOUND or any(map(str.isdigit, word)):
        return
    for length in range(size - 1, terms.SHORTEST_IN_COMPOUND - 1, -1):
        for start in range(size - length, -1, -1):
            part = word[start : start + length]
            if part in terms.IN_COMPOUNDS:
                concepts.add(terms.IN_COMPOUNDS[part])
                _name_guise(word[start + length :], guises)
                return
    _name_guise(word, guises)


def _name_guise(rest: str, guises: set[str]) -> None:
    for ending, guise in terms.GUISE_ENDINGS.items():
        if rest.endswith(ending):
            guises.add(guise)
            return


@lru_cache(maxsize=65536)
def compare_descriptions(left: str, right: str) -> Comparison:
    """
    Compare two descriptions of goods, in any two of the languages of the term list.

    Different is said only where both name goods of the list, and other ones: words that differ may be another
    language. A text of general words alone ("spare parts", "equipment") is unknown, even against itself.
    """
    one, other = analyse_text(left), analyse_text(right)
    if not one.folded or not other.folded:
        return unknown("not_described", left, right)
    if one.cas and other.cas:
        if one.cas & other.cas:
            return Comparison(Verdict.SAME, 0.98, "same_cas", {"cas": sorted(one.cas & other.cas)}, left, right)
        return Comparison(Verdict.DIFFERENT, 0.0, "other_cas", {}, left, right)
    if not (one.concepts or one.stems - _GUISE_STEMS) or not (other.concepts or other.stems - _GUISE_STEMS):
        return unknown("too_general", left, right)
    detail = {"left_terms": sorted(one.concepts), "right_terms": sorted(other.concepts)}
    if one.folded == other.folded:
        return Comparison(Verdict.SAME, 1.0, "identical" if left == right else "case_or_accents", detail, left, right)
    verdict, score, reason = _by_terms(one, other) if one.concepts and other.concepts else _by_words(one, other)
    return Comparison(verdict, round(score, 3), reason, detail, left, right)


_GUISE_STEMS: Final = frozenset(stem for phrase in terms.GUISES for stem in phrase)


def _by_terms(one: AnalysedText, other: AnalysedText) -> tuple[Verdict, float, str]:
    words = _overlap(one, other)
    if one.concepts == other.concepts:
        if one.guises != other.guises and (one.guises or other.guises):
            return Verdict.SIMILAR, 0.5, "other_guise"
        if one.models and other.models and not one.models & other.models:
            return Verdict.SIMILAR, 0.7, "other_model"
        return Verdict.SAME, 0.9 + 0.09 * words, "same_term"
    if one.concepts & other.concepts:
        return Verdict.SIMILAR, 0.55 + 0.3 * _dice(one.concepts, other.concepts), "shared_term"
    if any((a, b) in terms.WIDER for a in one.concepts for b in other.concepts):
        return Verdict.SIMILAR, 0.6, "wider_term"
    if one.families & other.families:
        return Verdict.SIMILAR, 0.45, "same_family"
    if words >= _SAME_WORDS_FROM or one.models & other.models:
        return Verdict.SIMILAR, 0.5, "same_words"
    return Verdict.DIFFERENT, 0.2 * words, "other_goods"


def _by_words(one: AnalysedText, other: AnalysedText) -> tuple[Verdict, float, str]:
    words = _overlap(one, other)
    other_models = bool(one.models and other.models and not one.models & other.models)
    if words >= _SAME_WORDS_FROM and not other_models and one.guises == other.guises:
        return Verdict.SAME, words, "same_words"
    if words >= _SIMILAR_WORDS_FROM:
        return Verdict.SIMILAR, min(words, 0.8), "other_model" if other_models else "similar_words"
    if one.models & other.models:
        return Verdict.SIMILAR, 0.7, "same_model"
    return Verdict.UNKNOWN, 0.0, "no_common_term"


def _overlap(one: AnalysedText, other: AnalysedText) -> float:
    """How much two texts share, by stems or by runs of three letters, whichever is more."""
    return max(_dice(one.stems, other.stems), 0.95 * _dice(one.grams, other.grams))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0

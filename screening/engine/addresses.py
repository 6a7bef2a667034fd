"""Whether two addresses are one place: street words and order aside, numbers decide."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from screening.engine import folding
from screening.engine.comparison import Comparison, Verdict, unknown

_STREET_TEXT: Final = """\
street str st strasse straat rue road rd avenue ave av boulevard bd blvd lane ln way weg laan plein square sq platz
place pl
plaza via viale piazza calle carrer avenida rua ulitsa ul prospekt pr prospect pereulok shosse naberezhnaya ulica
aleja
al cadde caddesi cad sokak sok mahallesi mah bulvari no nr number num house dom d building bldg bld korpus korp k
stroenie
block blok floor fl etage level suite ste unit apt apartment flat kv room office of ofis po box pob postbus bp p o
cedex
near opp opposite the de la le du des van der den of and industrial estate zone area district dist city town
province
state region oblast county postal code zip"""
_STREET_WORDS: Final = frozenset(_STREET_TEXT.split())
_BOX = re.compile(r"\b(?:p\.?\s?o\.?\s?box|pob|postbus|postfach|b\.?p\.?|a/ya)\s*\.?\s*(\d+)", re.IGNORECASE)
_SAME_FROM: Final = 0.8
_SIMILAR_FROM: Final = 0.55


@lru_cache(maxsize=32768)
def _parts(address: str) -> tuple[frozenset[str], frozenset[str]]:
    """The telling words and the numbers of an address."""
    words = [word for word in folding.words(address) if word not in _STREET_WORDS]
    numbers = frozenset(word for word in words if any(map(str.isdigit, word)))
    return frozenset(word for word in words if word not in numbers and len(word) > 1), numbers


def compare_addresses(left: str, right: str) -> Comparison:
    """Same needs a shared number and most words; words alone are similar; a city alone is nothing."""
    if not left or not right:
        return unknown("no_address", left, right)
    words_left, numbers_left = _parts(left)
    words_right, numbers_right = _parts(right)
    if not (words_left or numbers_left) or not (words_right or numbers_right):
        return unknown("no_address", left, right)
    boxes = [_BOX.search(text) for text in (left, right)]
    share = _share(words_left, words_right)
    numbers = bool(numbers_left & numbers_right)
    conflicting = bool(numbers_left and numbers_right and not numbers)
    if boxes[0] and boxes[1] and boxes[0].group(1) == boxes[1].group(1) and share > 0:
        return Comparison(Verdict.SAME, 0.95, "same_box", {}, left, right)
    if numbers and share >= _SAME_FROM and min(len(words_left), len(words_right)) >= 2:
        return Comparison(Verdict.SAME, round(share, 3), "same_place", {}, left, right)
    if share >= _SIMILAR_FROM and not conflicting and min(len(words_left), len(words_right)) >= 2:
        return Comparison(Verdict.SIMILAR, round(share * 0.9, 3), "same_street", {}, left, right)
    return Comparison(Verdict.DIFFERENT, round(share * 0.5, 3), "other_place", {}, left, right)


def _share(left: frozenset[str], right: frozenset[str]) -> float:
    """How much of the shorter address is in the longer, typing errors forgiven."""
    shorter, longer = sorted((left, right), key=len)
    if not shorter:
        return 0.0
    found = sum(1.0 if word in longer else _near(word, longer) for word in shorter)
    return found / len(shorter)


def _near(word: str, others: frozenset[str]) -> float:
    if len(word) < 5:
        return 0.0
    return 0.85 if any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in others) else 0.0

"""The one box and its facets: rows kept in step with the register, questions put to them, what they find."""

from denials.search.asked import DATES, FACETS, OVERLAYS, SORTS, USUAL_SORT, Asked, Terms, terms_of
from denials.search.counts import Counted
from denials.search.results import Found, all_of, answer, find, nearest_to
from denials.search.rows import BATCH, forget_kinds, forget_words, index, index_again, missing

__all__ = [
    "BATCH",
    "DATES",
    "FACETS",
    "OVERLAYS",
    "SORTS",
    "USUAL_SORT",
    "Asked",
    "Counted",
    "Found",
    "Terms",
    "all_of",
    "answer",
    "find",
    "forget_kinds",
    "forget_words",
    "index",
    "index_again",
    "missing",
    "nearest_to",
    "terms_of",
]

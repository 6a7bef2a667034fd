"""What a question finds: how many, one page in order, and where nothing holds all words, what is nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection
from django.db.models import F, QuerySet
from rapidfuzz.distance import OSA

from accounts.roles import Principal
from denials.models import RegisterRow, RegisterVocabulary
from denials.querysets import DenialQuerySet
from denials.search import counts
from denials.search.asked import USUAL_SORT, Asked, Terms, terms_of
from denials.search.conditions import holding, holding_many, holding_words, narrowed, open_to
from denials.search.rows import SHORTEST_KEPT, quoted

#: The share of parts of three letters that two words must have in common: to be looked at, and to be near whatever
#: the slips between them are.
LOOKED_AT: Final = 0.2
NEAR: Final = 0.45
ONE_SLIP: Final = 5
MOST_LOOKED_AT: Final = 300
MOST_NEAR: Final = 30
MANY: Final = 1000
MOST_COMPARED: Final = 1000
NEAREST: Final = 100
ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "-decided": (F("decided_on").desc(nulls_last=True), "-reference", "denial"),
    "decided": (F("decided_on").asc(nulls_last=True), "-reference", "denial"),
    "-notified": (F("notified_on").desc(nulls_last=True), "-reference", "denial"),
    "notified": (F("notified_on").asc(nulls_last=True), "-reference", "denial"),
    "-recorded": (F("sequence").desc(nulls_last=True), "denial"),
    "recorded": (F("sequence").asc(nulls_last=True), "denial"),
    "-reference": ("-reference", "denial"),
    "reference": ("reference", "denial"),
}


@dataclass(frozen=True)
class Found:
    """The rows a question finds; `nearest` are those that do not hold all words, the nearest first."""

    asked: Asked
    rows: "QuerySet[RegisterRow]"
    counted: counts.Counted
    terms: Terms = field(default_factory=Terms)
    nearest: tuple[UUID, ...] = ()

    @property
    def total(self) -> int:
        """How many."""
        return self.counted.total

    def ids(self, first: int, most: int) -> list[UUID]:
        """Return the denials from a place of the order on; a late page is read from the end."""
        if self.nearest:
            return list(self.nearest[first : first + most])
        last = min(first + most, self.total)
        if first >= last:
            return []
        rows = self.rows.order_by(*ORDERS[self.asked.sort])
        if first <= self.total // 2:
            return list(rows.values_list("pk", flat=True)[first:last])
        backwards = rows.reverse().values_list("pk", flat=True)[self.total - last : self.total - first]
        return list(backwards)[::-1]


def answer(principal: Principal, asked: Asked, *, on: date, near: bool = True) -> Found:
    """
    Put a question to all the principal may see, with the count of every facet's choices.

    :param near: whether what is nearest is found where nothing holds all the words.
    """
    terms = terms_of(asked.q)
    rows = open_to(principal)
    few = holding_words(rows, asked.q)
    counted = counts.count(few, asked, on)
    if counted.total or not terms or not near:
        many = terms and counted.total > MANY
        held = holding_many(rows, terms.exact) if many else few
        return Found(asked, narrowed(held, asked, on), counted, terms)
    closest = nearest_to(narrowed(rows, asked, on), terms)
    if not closest:
        return Found(asked, rows.none(), counted, terms)
    close = rows.filter(pk__in=closest)
    return Found(asked, close, counts.count(close, asked, on), terms, tuple(closest))


def find(denials: DenialQuerySet, q: str) -> DenialQuerySet:
    """Narrow denials to those that hold every word asked for; see `holding_words`."""
    if not q.strip():
        return denials
    terms = terms_of(q)
    return denials.filter(search_row__words_of__words__holds=terms.exact) if terms else denials.none()


def nearest_to(rows: "QuerySet[RegisterRow]", terms: Terms) -> list[UUID]:
    """
    Return the rows nearest to the words: romanised alike, or with words spelt nearly so for each of them, then any.

    The nearest by name first, at most `NEAREST`. Entries are not guessed at: what was asked under one is sought
    under it.
    """
    if terms.entries:
        rows = holding(rows, Terms(entries=terms.entries).exact)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LOOKED_AT)])
    spelt = [_spelt_nearly(word) for word in terms.words]
    found = [one for one in spelt if one]
    if not found:
        return []
    every = " & ".join(found) if len(found) == len(spelt) else ""
    alternatives = [f"({one})" for one in (terms.alike, every) if one]
    whole = " ".join(terms.words)
    return _ranked(rows, " | ".join(alternatives), whole) or _ranked(rows, " | ".join(found), whole)


def _spelt_nearly(word: str) -> str:
    """Return the query for a word as it begins, or for the words of the register nearest to it; "" where none is."""
    if len(word) < SHORTEST_KEPT:
        return Terms((word,)).exact
    similar = RegisterVocabulary.objects.filter(word__trigram_similar=word).annotate(
        near=TrigramSimilarity("word", word)
    )
    looked_at = similar.order_by("-near", "word").values_list("word", "near")[:MOST_LOOKED_AT]
    near = [one for one, share in looked_at if share >= NEAR or is_slip(word, one)][:MOST_NEAR]
    begun = RegisterVocabulary.objects.filter(word__startswith=word).exists()
    queries = [*([Terms((word,)).exact] if begun else []), *map(quoted, near)]
    return f"({' | '.join(queries)})" if queries else ""


def is_slip(typed: str, meant: str) -> bool:
    """Whether a word is another with a letter wrong, missing, too many or exchanged; two in a longer word."""
    allowed = 1 if len(typed) <= ONE_SLIP else 2
    return OSA.distance(typed, meant, score_cutoff=allowed) <= allowed


def _ranked(rows: "QuerySet[RegisterRow]", query: str, whole: str) -> list[UUID]:
    """The latest candidates, those nearest by name first; there may be too many to compare them all."""
    if not query:
        return []
    latest = holding(rows, query).order_by(*ORDERS[USUAL_SORT])
    some = list(latest.values_list("pk", flat=True)[:MOST_COMPARED])
    near = TrigramWordSimilarity(whole, "words_of__names")
    ranked = RegisterRow.objects.filter(pk__in=some).annotate(near=near).order_by("-near", "-reference")
    return list(ranked.values_list("pk", flat=True)[:NEAREST])


def all_of(principal: Principal, asked: Asked, *, on: date) -> "QuerySet[RegisterRow]":
    """Return every row a question finds exactly, in its order: for files, notices and lists over REST."""
    rows = narrowed(holding_words(open_to(principal), asked.q), asked, on)
    return rows.order_by(*ORDERS.get(asked.sort, ORDERS[USUAL_SORT]))


def in_order(ids: Sequence[UUID], found: dict[UUID, Any]) -> list[Any]:
    """Return what was loaded in the order of its ids."""
    return [found[one] for one in ids if one in found]

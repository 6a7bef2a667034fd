"""What a question finds: how many, one page in order, and where nothing holds all words, what is nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from accounts.roles import Principal
from denials.models import RegisterRow
from denials.querysets import DenialQuerySet
from denials.search import counts
from denials.search.asked import USUAL_SORT, Asked, Terms, terms_of
from denials.search.conditions import holding_words, narrowed, open_to

#: Parts of three letters that two words must share to be near; PostgreSQL's own measure, from 0 to 1.
NEAR: Final = 0.5
NEAREST: Final = 100
_TOO_SHORT: Final = 3
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
    holding = holding_words(rows, asked.q)
    counted = counts.count(holding, asked, on)
    if counted.total or not terms or not near:
        return Found(asked, narrowed(holding, asked, on), counted, terms)
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
    Return the rows nearest to the words: romanised alike, or sharing most of the letters of every word, then of any.

    The nearest first, at most `NEAREST`. Entries are not guessed at: what was asked under one is sought under it.
    """
    long = [word for word in terms.words if len(word) >= _TOO_SHORT]
    if not long:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(NEAR)])
    whole = " ".join(long)
    below = Terms(entries=terms.entries)
    if below:
        rows = rows.filter(words_of__words__holds=below.exact)
    every = Q()
    for word in long:
        every &= Q(words_of__text__trigram_word_similar=word)
    if terms.alike:
        every |= Q(words_of__words__holds=terms.alike)
    return _ranked(rows.filter(every), whole) or _ranked(
        rows.filter(words_of__names__trigram_word_similar=whole), whole
    )


def _ranked(rows: "QuerySet[RegisterRow]", whole: str) -> list[UUID]:
    near = Greatest(TrigramWordSimilarity(whole, "words_of__names"), TrigramWordSimilarity(whole, "words_of__text"))
    return list(rows.annotate(near=near).order_by("-near", "-reference").values_list("pk", flat=True)[:NEAREST])


def all_of(principal: Principal, asked: Asked, *, on: date) -> "QuerySet[RegisterRow]":
    """Return every row a question finds exactly, in its order: for files, notices and lists over REST."""
    rows = narrowed(holding_words(open_to(principal), asked.q), asked, on)
    return rows.order_by(*ORDERS.get(asked.sort, ORDERS[USUAL_SORT]))


def in_order(ids: Sequence[UUID], found: dict[UUID, Any]) -> list[Any]:
    """Return what was loaded in the order of its ids."""
    return [found[one] for one in ids if one in found]

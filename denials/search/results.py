"""What a question finds: how many, one page in order, and where nothing holds all words, what is nearest."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from rapidfuzz.distance import OSA

from accounts.roles import Principal
from denials.law import codes
from denials.models import RegisterRow, RegisterVocabulary
from denials.querysets import DenialQuerySet
from denials.search import counts
from denials.search.asked import Asked, Terms, terms_of
from denials.search.conditions import Day, conditions, holding, holding_words, narrowed, open_to
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


def order_of(sort: str, of: str = "") -> tuple[Any, ...]:
    """
    Return the columns a list is ordered by; what has no day or number comes last.

    :param of: where the row lies from what is ordered, such as "search_row__".
    """
    name = sort.lstrip("-")
    column = F(of + {"recorded": "sequence", "reference": "reference"}.get(name, f"{name}_on"))
    first = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    if name == "reference":
        first = column.desc() if sort.startswith("-") else column.asc()
        return first, f"{of}denial"
    return (first, f"{of}denial") if name == "recorded" else (first, F(f"{of}reference").desc(), f"{of}denial")


@dataclass(frozen=True)
class Found:
    """The rows a question finds; `nearest` are those that do not hold all words, the nearest first."""

    asked: Asked
    rows: "QuerySet[RegisterRow]"
    counted: counts.Counted
    terms: Terms = field(default_factory=Terms)
    nearest: tuple[UUID, ...] = ()
    day: Day = field(default_factory=lambda: Day(date.min))

    @property
    def total(self) -> int:
        """How many."""
        return self.counted.total

    def ids(self, first: int, most: int) -> list[UUID]:
        """Return the denials from a place of the order on."""
        if self.nearest:
            return list(self.nearest[first : first + most])
        last = min(first + most, self.total)
        stretch = self.stretch(first, most)
        found = [] if stretch is None else list(stretch)
        return found[::-1] if self._is_late(first) and first < last else found

    def stretch(self, first: int, most: int) -> "QuerySet[RegisterRow, UUID] | None":
        """Return the question for these ids alone, in either order; a late page is read from the end."""
        last = min(first + most, self.total)
        if first >= last:
            return None
        found = self.rows if self.total > MANY else _found_first(self.rows, self.total)
        rows = found.order_by(*order_of(self.asked.sort)).values_list("pk", flat=True)
        if self._is_late(first):
            return rows.reverse()[self.total - last : self.total - first]
        return rows[first:last]

    def _is_late(self, first: int) -> bool:
        return first > self.total // 2


def _found_first(rows: "QuerySet[RegisterRow]", total: int) -> "QuerySet[RegisterRow]":
    """
    Find rows apart from their order: they are few.

    Left to itself the database would rather walk the register in order and look at each, a second for a word that is
    rare.
    """
    return RegisterRow.objects.filter(pk__in=rows.order_by().values("pk")[:total])


def answer(principal: Principal, asked: Asked, *, on: date, near: bool = True) -> Found:
    """
    Put a question to all the principal may see, with the count of every facet's choices.

    :param near: whether what is nearest is found where nothing holds all the words.
    """
    terms, day = terms_of(asked.q), Day(on)
    asks = conditions(asked, day)
    rows = open_to(principal)
    held = holding_words(rows, asked.q)
    counted = counts.count(held, asked, day, asks)
    if counted.total or not terms or not near:
        return Found(asked, narrowed(held, asked, asks), counted, terms, day=day)
    closest = nearest_to(narrowed(rows, asked, asks), terms)
    if not closest:
        return Found(asked, rows.none(), counted, terms, day=day)
    close = rows.filter(pk__in=closest)
    return Found(asked, close, counts.count(close, asked, day, asks), terms, tuple(closest), day)


def find(denials: DenialQuerySet, q: str) -> DenialQuerySet:
    """Narrow denials to those that hold every word asked for; see `holding_words`."""
    if not q.strip():
        return denials
    terms = terms_of(q)
    return denials.filter(search_row__words__holds=terms.exact) if terms else denials.none()


def nearest_to(rows: "QuerySet[RegisterRow]", terms: Terms) -> list[UUID]:
    """
    Return the rows nearest to the words: romanised alike, or with words spelt nearly so for each of them, then any.

    The nearest by name first, at most `NEAREST`. Entries are not guessed at: what was asked under one is sought
    under it, and where nothing is there, under the nearest entry above it.
    """
    if terms.entries:
        under = holding(rows, Terms(entries=terms.entries).exact)
        if not under.exists():
            return _above(rows, terms)
        rows = under
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


def _above(rows: "QuerySet[RegisterRow]", terms: Terms) -> list[UUID]:
    """Return the rows that hold the words under the nearest entries above those asked for."""
    paths = [codes.path(entry) for entry in terms.entries]
    for steps in range(1, max(map(len, paths))):
        entries = tuple(path[: max(1, len(path) - steps)][-1] for path in paths)
        if found := _ranked(rows, Terms(terms.words, entries).exact, " ".join(terms.words)):
            return found
    return []


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
    day = Coalesce("decided_on", Value(date.min))  # not as the index has it, which would be walked for a rare word
    latest = holding(rows, query).order_by(day.desc(), "-reference", "denial")
    some = list(latest.values_list("pk", flat=True)[:MOST_COMPARED])
    near = TrigramWordSimilarity(whole, "names")
    ranked = RegisterRow.objects.filter(pk__in=some).annotate(near=near).order_by("-near", "-reference")
    return list(ranked.values_list("pk", flat=True)[:NEAREST])


def all_of(principal: Principal, asked: Asked, *, on: date) -> "QuerySet[RegisterRow]":
    """Return every row a question finds exactly, in its order: for files, notices and lists over REST."""
    rows = narrowed(holding_words(open_to(principal), asked.q), asked, conditions(asked, Day(on)))
    return rows.order_by(*order_of(asked.sort))

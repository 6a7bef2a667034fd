"""How many denials each choice of a facet stands for, counted in one statement."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from denials.law.lifecycle import State
from denials.law.regimes import Anchor
from denials.models import RegisterKind, RegisterRow
from denials.search.asked import FACETS as _FACETS
from denials.search.asked import Asked
from denials.search.conditions import COLUMNS, Day, Issue, within
from denials.search.rows import Facet

_CRITERIA: Final = frozenset("12345678")
#: Kinds of issue are counted by how far their days are, which decides the overlays; see `Spans`.
_SPANS: Final = ("due", "decided", "notified", "ended")

#: Rows of the same kind are counted together, then what few kinds there are is taken apart into codes.
#: The names are those of this file; what a reader asked for goes beside them as parameters.
_STATEMENT: Final = """
WITH counted AS MATERIALIZED (
    SELECT coalesce({kinds}) AS number, {spans}, {counts} FROM ({rows}) found GROUP BY GROUPING SETS ({sets})
)
SELECT kind.facet, kind.codes, {spans}, {names} FROM counted JOIN {table} kind USING (number) WHERE kind.facet = 'issue'
UNION ALL
SELECT kind.facet, ARRAY[code], {no_spans}, {sums}
FROM counted JOIN {table} kind USING (number), unnest(kind.codes) code
WHERE kind.facet IN ({facets}) GROUP BY kind.facet, code
"""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Counted:
    """How many rows were found, and how many each choice would find with the other facets as they are."""

    total: int
    by_facet: Counts


class Spans:
    """
    The days at which something becomes true of a denial in force, in order, by the column they are compared with.

    A row is counted by the first of them that it lies before; which of them matters is told by its state and regime.
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        opens = day.opens.values()
        self.days: dict[str, list[date]] = {
            "due": sorted({*day.late.values(), day.usual, day.shown}),
            "decided": sorted({opening for anchor, opening in opens if anchor is Anchor.DECISION}),
            "notified": sorted({opening for anchor, opening in opens if anchor is not Anchor.DECISION}),
            "ended": [day.on],
        }

    def columns(self) -> dict[str, Any]:
        """Return for each span the place of the first day that a row lies before."""
        held = {"due": "review_due_on", "decided": "decided_on", "notified": "told_on", "ended": "suspended_until"}
        return {name: _place(held[name], days) for name, days in self.days.items()}

    def overlays(self, issue: Issue, places: Mapping[str, int]) -> Iterator[str]:
        """Say what is true of rows of a kind of issue, by the places of their days."""
        if issue.status != State.IN_FORCE:
            return
        if not self._lies_before("ended", self.day.on, places):
            if self._lies_before("due", self.day.late_in(issue.state), places):
                yield "review_overdue"
            elif self._lies_before("due", self.day.shown, places):
                yield "review_due"
        if issue.regime in self.day.opens:
            anchor, opens = self.day.opens[issue.regime]
            if self._lies_before("decided" if anchor is Anchor.DECISION else "notified", opens, places):
                yield "out_of_window"

    def _lies_before(self, name: str, day: date, places: Mapping[str, int]) -> bool:
        return places[name] <= self.days[name].index(day)


def _place(column: str, days: Sequence[date]) -> Any:
    whens = [When(**{f"{column}__lt": day}, then=Value(at)) for at, day in enumerate(days)]
    return Case(*whens, default=Value(len(days)), output_field=IntegerField())


def count(rows: "QuerySet[RegisterRow]", asked: Asked, day: Day, asks: Mapping[str, Q]) -> Counted:
    """
    Count the rows found and every choice of every facet, in one walk over them.

    :param rows: what is visible and holds the words; the choices are applied here.   :param asks: what each facet
    asks; see `conditions`.
    A facet counts its own choices as if none of them were made, so that others can be added.
    """
    spans = Spans(day)
    found: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    total = 0
    for facet, held, places, numbers in _counted(rows, asked, spans, asks):
        if facet == Facet.ISSUE:
            total += numbers[""]
        for name, code in _choices(facet, held, places, spans):
            if number := numbers.get(name, numbers[""]):
                found[name][code] += number
    return Counted(total, found)


def _counted(
    rows: "QuerySet[RegisterRow]", asked: Asked, spans: Spans, asks: Mapping[str, Q]
) -> Iterator[tuple[str, list[str], dict[str, int], dict[str, int]]]:
    """
    Yield facet, codes, the places of their days, and how many rows answer all that is asked ("") or all but what a
    facet asks.
    """
    marks = {f"is_{name}": Case(When(ask, then=Value(True)), default=Value(False)) for name, ask in asks.items()}
    asked_of = within(rows, asked).annotate(told_on=Coalesce("notified_on", "decided_on"), **spans.columns(), **marks)
    if len(asks) > 1:  # what falls short in two facets is counted nowhere
        short = (Case(When(ask, then=Value(0)), default=Value(1)) for ask in asks.values())
        asked_of = asked_of.annotate(short=reduce(add, short)).filter(short__lte=1)
    columns = {facet: column for facet, column in COLUMNS.items() if _is_of_use(facet, asked)}
    try:
        sql, parameters = asked_of.order_by().values(*columns.values(), *_SPANS, *marks).query.sql_with_params()
    except EmptyResultSet:
        return
    names = ["", *asks]
    statement = _statement(sql, columns, [[f"is_{one}" for one in asks if one != name] for name in names])
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for facet, held, *numbers in cursor.fetchall():
            places, counts = numbers[: len(_SPANS)], numbers[len(_SPANS) :]
            yield facet, held, dict(zip(_SPANS, places, strict=True)), dict(zip(names, counts, strict=True))


def _statement(rows: str, columns: Mapping[str, str], marks: Sequence[Sequence[str]]) -> str:
    names = [f"n{at}" for at in range(len(marks))]
    return _STATEMENT.format(
        kinds=", ".join(columns.values()),
        facets=", ".join(f"'{facet}'" for facet in columns if facet != Facet.ISSUE),
        spans=", ".join(_SPANS),
        no_spans=", ".join("0" for _name in _SPANS),
        counts=", ".join(f"{_count_of(some)} AS {name}" for name, some in zip(names, marks, strict=True)),
        names=", ".join(names),
        sums=", ".join(f"sum({name})::bigint" for name in names),
        sets=", ".join(
            f"({', '.join([column, *(_SPANS if column == 'issue' else ())])})" for column in columns.values()
        ),
        rows=rows,
        table=RegisterKind._meta.db_table,
    )


def _count_of(marks: Sequence[str]) -> str:
    return f"count(*) FILTER (WHERE {' AND '.join(marks)})" if marks else "count(*)"


def _is_of_use(facet: str, asked: Asked) -> bool:
    """Heads are counted below a category only: there are too many to be of use before."""
    return facet != Facet.ENTRIES or "category" in asked.chosen or "code" in asked.chosen


def _choices(facet: str, held: Sequence[str], places: Mapping[str, int], spans: Spans) -> Iterator[tuple[str, str]]:
    """Yield the choices that rows with these codes belong to."""
    if facet == Facet.ISSUE:
        issue = Issue(0, *held)
        yield from zip(("regime", "state", "authority", "status"), held, strict=True)
        yield from (("status", name) for name in spans.overlays(issue, places))
    else:
        for code in held:
            yield (facet if facet != Facet.GROUNDS or code not in _CRITERIA else "criterion"), code

"""How many denials each choice of a facet stands for, counted in one statement."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When

from denials.models import RegisterRow
from denials.search.asked import FACETS as _FACETS
from denials.search.asked import OVERLAYS, Asked
from denials.search.conditions import FLAGS, conditions, flags, within
from denials.search.rows import codes_of

_ISSUE: Final = ("by_issue", "flags")
#: Facets that are counted together: by the columns of one group.
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "issue": _ISSUE,
    "destination": ("by_destination",),
    "category": ("by_category",),
    "head": ("by_head",),
    "ground": ("by_ground",),
}
_COLUMNS: Final = (*_ISSUE, "by_destination", "by_category", "by_head", "by_ground")
_CRITERIA: Final = frozenset("12345678")

#: The names are those of this file; what a reader asked for goes beside them as parameters.
_STATEMENT: Final = "SELECT {columns}, {counts} FROM ({rows}) found GROUP BY GROUPING SETS ({sets})"

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Counted:
    """How many rows were found, and how many each choice would find with the other facets as they are."""

    total: int
    by_facet: Counts


def count(rows: "QuerySet[RegisterRow]", asked: Asked, on: date) -> Counted:
    """
    Count the rows found and every choice of every facet, in one walk over them.

    :param rows: what is visible and holds the words; the choices are applied here.
    A facet counts its own choices as if none of them were made, so that others can be added.
    """
    asks = conditions(asked, on)
    found: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    total = 0
    for values, numbers in _counted(rows, asked, on, asks):
        for facet, code in _choices(values):
            if number := numbers.get(facet, numbers[""]):
                found[facet][code] += number
        if values["by_issue"] is not None:
            total += numbers[""]
    return Counted(total, found)


def _counted(
    rows: "QuerySet[RegisterRow]", asked: Asked, on: date, asks: Mapping[str, Q]
) -> Iterator[tuple[dict[str, Any], dict[str, int]]]:
    """
    Yield groups: the values counted by (None: not of this group), and how many rows answer all that is asked ("") or
    all but what a facet asks.
    """
    marks = {f"is_{name}": Case(When(ask, then=Value(True)), default=Value(False)) for name, ask in asks.items()}
    asked_of = within(rows, asked).annotate(flags=flags(on), **marks).order_by().values(*_COLUMNS, *marks)
    if asked_of.query.is_empty():
        return
    sql, parameters = asked_of.query.sql_with_params()
    names = ["", *asks]
    counts = ", ".join(_count_of([f"is_{one}" for one in asks if one != name]) for name in names)
    sets = ", ".join(f"({', '.join(columns)})" for name, columns in _GROUPS.items() if _is_of_use(name, asked))
    statement = _STATEMENT.format(columns=_columns(asked), counts=counts, rows=sql, sets=sets)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for row in cursor.fetchall():
            values, numbers = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
            yield dict(zip(_COLUMNS, values, strict=True)), dict(zip(names, numbers, strict=True))


def _count_of(marks: Sequence[str]) -> str:
    return f"count(*) FILTER (WHERE {' AND '.join(marks)})" if marks else "count(*)"


def _is_of_use(group: str, asked: Asked) -> bool:
    """Heads are counted below a category only: there are too many to be of use before."""
    return group != "head" or "category" in asked.chosen or "code" in asked.chosen


def _columns(asked: Asked) -> str:
    """The columns counted by; those of a group that is not counted are empty."""
    of_heads = _is_of_use("head", asked)
    return ", ".join("NULL::text" if column == "by_head" and not of_heads else column for column in _COLUMNS)


def _choices(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the choices that rows with these values belong to."""
    if values["by_issue"] is not None:
        yield from zip(("regime", "state", "authority", "status"), values["by_issue"].split("|"), strict=True)
        yield from (("status", name) for name in OVERLAYS if values["flags"] & FLAGS[name])
    for column, facet in (("by_destination", "destination"), ("by_category", "category"), ("by_head", "code")):
        yield from ((facet, code) for code in codes_of(values[column] or ""))
    for code in codes_of(values["by_ground"] or ""):
        yield ("criterion" if code in _CRITERIA else "ground"), code

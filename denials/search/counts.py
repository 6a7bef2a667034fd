"""How many denials each choice of a facet stands for, counted in one statement."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from denials.models import RegisterRow
from denials.search.asked import OVERLAYS, Asked
from denials.search.conditions import FLAGS, drafts, flags, narrowed
from denials.search.rows import codes_of

_ISSUE: Final = ("regime", "state", "issuer", "status", "flags")
#: Facets that are counted together: by the columns of one group.
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "issue": _ISSUE,
    "destination": ("by_destination",),
    "category": ("by_category",),
    "head": ("by_head",),
    "ground": ("by_ground",),
}
_GROUP_OF: Final[Mapping[str, str]] = {
    "status": "issue",
    "regime": "issue",
    "state": "issue",
    "authority": "issue",
    "destination": "destination",
    "category": "category",
    "code": "head",
    "criterion": "ground",
    "ground": "ground",
}
_COLUMNS: Final = (*_ISSUE, "by_destination", "by_category", "by_head", "by_ground")
_DRAFTS: Final = "drafts"  # the pass that counts what was not notified, and is not among what is found
_CRITERIA: Final = frozenset("12345678")

#: The names are those of this file; what a reader asked for goes beside them as parameters.
_STATEMENT: Final = "SELECT {number}, {columns}, count(*) FROM ({rows}) found GROUP BY GROUPING SETS ({sets})"

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Counted:
    """How many rows were found, and how many each choice would find with the other facets as they are."""

    total: int
    by_facet: Counts


def count(rows: "QuerySet[RegisterRow]", asked: Asked, on: date) -> Counted:
    """
    Count the rows found and every choice of every facet.

    :param rows: what is visible and holds the words; the choices are applied here.
    A facet with a choice made counts its own choices as if none were made, so that others can be added.
    """
    passes = [("", _groups_of_all(asked))]
    passes += [(name, (_GROUP_OF[name],)) for name in asked.chosen]
    if "status" not in asked.chosen and not asked.with_drafts:
        passes.append((_DRAFTS, ("issue",)))
    found: dict[str, Counter[str]] = {name: Counter() for name in _GROUP_OF}
    total = 0
    for without, values, number in _counted(rows, asked, on, passes):
        for facet, code in _choices(values):
            if without == (facet if facet in asked.chosen else "") or (without == _DRAFTS and facet == "status"):
                found[facet][code] += number
        if not without and values["status"] is not None:
            total += number
    return Counted(total, found)


def _groups_of_all(asked: Asked) -> tuple[str, ...]:
    """Heads are counted below a category only, or beside one chosen: there are too many to be of use before."""
    below = "category" in asked.chosen
    return tuple(name for name in _GROUPS if below or name != "head")


def _counted(
    rows: "QuerySet[RegisterRow]", asked: Asked, on: date, passes: list[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Yield of each pass and group the values counted by (None: not of this group) and how many rows have them."""
    statements, parameters = [], []
    for number, (without, groups) in enumerate(passes):
        is_drafts = without == _DRAFTS
        chosen = drafts(rows, asked, on) if is_drafts else narrowed(rows, asked, on, without=without)
        found = chosen.annotate(flags=flags(on)).order_by().values(*_COLUMNS)
        if found.query.is_empty():
            continue
        sql, given = found.query.sql_with_params()
        sets = ", ".join(f"({', '.join(_GROUPS[name])})" for name in groups)
        statements.append(_STATEMENT.format(number=number, columns=_columns(groups), rows=sql, sets=sets))
        parameters += given
    if not statements:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), parameters)
        for number, *values, rows_of_it in cursor.fetchall():
            yield passes[number][0], dict(zip(_COLUMNS, values, strict=True)), rows_of_it


def _columns(groups: tuple[str, ...]) -> str:
    """The columns of a pass, alike in all of them; one that it does not count by is empty."""
    counted_by = {column for name in groups for column in _GROUPS[name]}
    empty = {column: f"NULL::{'integer' if column == 'flags' else 'text'}" for column in _COLUMNS}
    return ", ".join(column if column in counted_by else empty[column] for column in _COLUMNS)


def _choices(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the choices that rows with these values belong to."""
    if values["status"] is not None:
        yield "status", values["status"]
        yield from (("status", name) for name in OVERLAYS if values["flags"] & FLAGS[name])
        yield "regime", values["regime"]
        yield "state", values["state"]
        yield "authority", values["issuer"]
    for column, facet in (("by_destination", "destination"), ("by_category", "category"), ("by_head", "code")):
        yield from ((facet, code) for code in codes_of(values[column] or ""))
    for code in codes_of(values["by_ground"] or ""):
        yield ("criterion" if code in _CRITERIA else "ground"), code

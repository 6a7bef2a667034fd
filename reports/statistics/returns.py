"""
What the signed returns add up to, in SQL: each line was weighed when it was taken in, so that every figure is a sum.

What a return adds up to is kept when it is signed. The last signed version of each authority counts; those of a state
are added. docs/adr/0110, 0111, 0190.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from accounts.models import Authority, Competence
from reports.law.figures import Figure, Measure, in_order
from reports.law.returns import METHOD, Section
from reports.models import AnnualReturn, ReturnLine

#: Both values in one pass over the lines.
_VALUES = """
SELECT a.state_id, l.destination, l.category, l.kind, sum(l.value_licensed), sum(l.value_exported)
FROM reports_returnline l
JOIN reports_annualreturn r ON r.id = l.annual_return_id JOIN accounts_authority a ON a.id = r.authority_id
WHERE l.annual_return_id = %s AND l.section = 'licences' AND NOT l.is_total
GROUP BY 1, 2, 3, 4
"""


#: In the order of the states, and of each return's figures.
_KEPT = """
SELECT f.measure, a.state_id, f.destination, f.category, f.entry, f.criterion, f.outcome, f.dimension, f.value
FROM reports_returnfigure f
JOIN reports_annualreturn r ON r.id = f.annual_return_id JOIN accounts_authority a ON a.id = r.authority_id
WHERE f.annual_return_id = ANY(%s) ORDER BY a.state_id, a.code, f.id
"""


def current(regime: str, year: int) -> list[AnnualReturn]:
    """Return the returns that count, with their authorities."""
    return list(AnnualReturn.objects.current(regime, year).select_related("authority"))


def figures(regime: str, year: int) -> Iterator[Figure]:
    """Yield every figure of the signed returns of a year, those of an authority after another's; two statements."""
    returns = current(regime, year)
    yield from _delivered(regime, year, returns)
    measures = {str(one): one for one in Measure}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [[one.pk for one in returns]])
        for measure, state, place, category, entry, criterion, outcome, dimension, value in cursor:
            place, category, entry, dimension = map(sys.intern, (place, category, entry, dimension))
            yield Figure(
                measures[measure], sys.intern(state), place, category, entry, criterion, outcome, dimension, value
            )


def figures_of(found: AnnualReturn) -> tuple[Figure, ...]:
    """Return what the lines of a return add up to, each figure once; a fixed number of queries."""
    lines = ReturnLine.objects.filter(annual_return=found)
    return in_order(
        [
            *_licences(found, lines.filter(section=Section.LICENCES)),
            *_entries(lines.filter(section=Section.LICENCES).exclude(entry=""), found.regime),
            *_brokering(lines.filter(section=Section.BROKERING)),
            *_missions(lines.filter(section=Section.MISSIONS)),
            *_cyber(lines.filter(section=Section.CYBER)),
            *_refusals(lines.filter(section=Section.REFUSALS)),
        ]
    )


def expected(regime: str, year: int) -> dict[str, list[Authority]]:
    """Return the authorities that owe a return, by state: those competent on any day of the year."""
    held = Competence.objects.filter(
        Q(until__isnull=True) | Q(until__year__gte=year),
        regime=regime,
        since__year__lte=year,
        authority__kind=Authority.Kind.AUTHORITY,
    )
    owing: dict[str, list[Authority]] = {}
    for one in held.select_related("authority__state").order_by("authority__code"):
        there = owing.setdefault(str(one.authority.state_id), [])
        if one.authority not in there:
            there.append(one.authority)
    return owing


def _delivered(regime: str, year: int, returns: list[AnnualReturn]) -> Iterator[Figure]:
    """Which states have delivered, of how many authorities, and by which method; nothing before the first of a year."""
    if not returns:
        return
    done: Counter[str] = Counter(str(one.authority.state_id) for one in returns)
    for state, authorities in expected(regime, year).items():
        yield Figure(Measure.RETURNS_EXPECTED, state, value=len(authorities))
        if not done[state]:
            yield Figure(Measure.RETURNS_DELIVERED, state)
    for state, value in done.items():
        yield Figure(Measure.RETURNS_DELIVERED, state, value=value)
    for one in returns:
        for question in METHOD:
            answer = f"{question}={one.method.get(question, '')}"
            yield Figure(Measure.METHOD, str(one.authority.state_id), dimension=answer, value=1)


def _grouped(lines: QuerySet[Any], measure: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    rows = lines.order_by().values("annual_return__authority__state_id", *columns).annotate(value=Sum(measure))
    for row in rows.values_list("annual_return__authority__state_id", *columns, "value"):
        if row[-1]:
            yield row


def _of_kind(kind: str) -> str:
    return f"kind={kind}" if kind else ""


def _licences(found: AnnualReturn, lines: QuerySet[Any]) -> Iterator[Figure]:
    columns = ("counted_destination", "counted_category", "kind")
    for state, place, category, kind, value in _grouped(lines, "once", *columns):
        yield Figure(Measure.LICENCES_ISSUED, state, place, category, dimension=_of_kind(kind), value=value)
    for state, place, value in _grouped(lines, "in_destination", "destination"):
        yield Figure(Measure.LICENCES_BY_DESTINATION, state, place, value=value)
    for state, place, category, value in _grouped(
        lines.filter(is_total=False), "in_category", "counted_destination", "category"
    ):
        yield Figure(Measure.LICENCES_BY_CATEGORY, state, place, category, value=value)
    with connection.cursor() as cursor:
        cursor.execute(_VALUES, [found.pk])
        for state, place, category, kind, licensed, exported in cursor:
            dimension = _of_kind(kind)
            if licensed:
                yield Figure(Measure.VALUE_LICENSED, state, place, category, dimension=dimension, value=int(licensed))
            if exported:
                yield Figure(Measure.VALUE_EXPORTED, state, place, category, dimension=dimension, value=int(exported))
    yield from _totals_alone(lines)


def _totals_alone(lines: QuerySet[Any]) -> Iterator[Figure]:
    """The values of destinations that are stated as a total only, in no category."""
    same = ReturnLine.objects.filter(
        annual_return=OuterRef("annual_return"), section=OuterRef("section"), destination=OuterRef("destination")
    )
    alone = lines.filter(~Exists(same.filter(is_total=False)), is_total=True)
    for measure, column in ((Measure.VALUE_LICENSED, "value_licensed"), (Measure.VALUE_EXPORTED, "value_exported")):
        for state, place, value in _grouped(alone, column, "destination"):
            yield Figure(measure, state, place, value=value)


def _entries(lines: QuerySet[Any], regime: str) -> Iterator[Figure]:
    """By entry or type of item, where the regime's report asks for it."""
    if regime == "arms":
        return
    for state, place, category, entry, value in _grouped(lines, "in_category", "destination", "category", "entry"):
        yield Figure(Measure.LICENCES_BY_ENTRY, state, place, category, entry, value=value)
    for state, place, category, entry, value in _grouped(lines, "value_licensed", "destination", "category", "entry"):
        yield Figure(Measure.VALUE_BY_ENTRY, state, place, category, entry, value=value)


def _brokering(lines: QuerySet[Any]) -> Iterator[Figure]:
    issued, refused = lines.filter(decision="issued"), lines.filter(decision="refused")
    columns = ("counted_destination", "counted_category", "origin")
    for measure, found, weight in (
        (Measure.BROKERING_LICENCES, issued, "once"),
        (Measure.BROKERING_DENIALS_REPORTED, refused, "once"),
        (Measure.BROKERING_VALUE, issued, "value_licensed"),
    ):
        for state, place, category, origin, value in _grouped(found, weight, *columns):
            dimension = f"origin={origin}" if origin else ""
            yield Figure(measure, state, place, category, dimension=dimension, value=value)


def _missions(lines: QuerySet[Any]) -> Iterator[Figure]:
    for measure, weight in ((Measure.MISSION_LICENCES, "once"), (Measure.MISSION_VALUE, "value_licensed")):
        for state, place, mission, value in _grouped(lines, weight, "counted_destination", "mission"):
            yield Figure(measure, state, place, dimension=f"mission={mission}", value=value)


def _cyber(lines: QuerySet[Any]) -> Iterator[Figure]:
    for state, place, category, entry, decision, value in _grouped(
        lines, "in_category", "destination", "category", "entry", "decision"
    ):
        yield Figure(Measure.CYBER_APPLICATIONS, state, place, category, entry, outcome=decision, value=value)


def _refusals(lines: QuerySet[Any]) -> Iterator[Figure]:
    for state, place, category, value in _grouped(lines.filter(criterion=""), "number", "destination", "category"):
        yield Figure(Measure.DENIALS_REPORTED, state, place, category, value=value)
    for state, place, criterion, value in _grouped(lines.exclude(criterion=""), "number", "destination", "criterion"):
        yield Figure(Measure.CRITERION_REPORTED, state, place, criterion=criterion, value=value)


# ---- one return beside another -----------------------------------------------------------------------------------

SUMMED = ("number", "value_licensed", "value_exported")


def sums_of(authority: Authority, regime: str, year: int) -> dict[str, int]:
    """Return what the signed return of a year adds up to, by measure; {} where there is none."""
    found = AnnualReturn.objects.current(regime, year).filter(authority=authority).first()
    if found is None:
        return {}
    lines = found.lines.filter(section=Section.LICENCES, is_total=False)
    sums = lines.aggregate(**{f"sum_{name}": Sum(name) for name in SUMMED})
    return {name: sums[f"sum_{name}"] for name in SUMMED if sums[f"sum_{name}"]}


def _cells(of: AnnualReturn) -> dict[tuple[str, ...], dict[str, int]]:
    rows = of.lines.order_by().values_list("section", "destination", "category", "kind", "decision", "criterion")
    summed = rows.annotate(**{f"sum_{name}": Sum(F(name)) for name in SUMMED})
    return {tuple(row[:6]): dict(zip(SUMMED, (one or 0 for one in row[6:]), strict=True)) for row in summed}


def changes(before: AnnualReturn, after: AnnualReturn) -> list[dict[str, Any]]:
    """Return what differs between two versions, cell by cell, as they stood and stand."""
    old, new = _cells(before), _cells(after)
    none = dict.fromkeys(SUMMED, 0)
    names = ("section", "destination", "category", "kind", "decision", "criterion")
    return [
        {**dict(zip(names, key, strict=True)), "measure": name, "before": was[name], "after": becomes[name]}
        for key in sorted({*old, *new})
        for was, becomes in [(old.get(key, none), new.get(key, none))]
        for name in SUMMED
        if was[name] != becomes[name]
    ]

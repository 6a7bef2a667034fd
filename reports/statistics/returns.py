"""
What the signed returns of a year add up to; what each adds up to was kept when it was signed (`sums`).

The last signed version of each authority counts; those of a state are added. docs/adr/0110, 0190.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum

from accounts.models import Authority, Competence
from reports.law.figures import Figure, Measure
from reports.law.returns import METHOD, Section
from reports.models import AnnualReturn

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

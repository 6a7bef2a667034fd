"""
What does not fit in a return: sums, shares, regions, lists that state their own number, years, names.

Nothing is put right: every finding names the place, what was printed and what follows from the rows. A figure printed
with few decimals is compared as widely as its rounding allows.   Reading: docs/adr/0112.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from reports.law.groups import members_of
from reports.law.returns import Line, Section

ERROR: Final = "error"  # the row is not read; the return cannot be signed off
WARNING: Final = "warning"  # to be explained at sign-off
NOTE: Final = "note"


@dataclass(frozen=True)
class Finding:
    """What was found, where, how grave; `params` are what was printed and what was expected."""

    rule: str
    severity: str
    place: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stated:
    """
    A figure a file prints beside the rows it follows from.

    `table` names the printed table, `by` what its rows stand for (region, category, kind, destination, figure), `key`
    the row ("" for the total), `measure` the column; `unit` is what its last decimal is worth.
    """

    table: str
    by: str
    key: str
    measure: str
    value: Decimal
    place: str
    unit: Decimal = Decimal(1)
    share: Decimal | None = None
    share_unit: Decimal = Decimal("0.01")


@dataclass(frozen=True)
class StatedList:
    """A list that says how many it holds."""

    place: str
    name: str
    count: int
    members: tuple[str, ...]


TOTAL: Final = ""
_MEASURES: Final = ("value_licensed", "value_exported", "number")
_LIST = re.compile(r"\b(\d{1,3})\s+([^:()\d]{3,80}?)\s*[:(]\s*([^)]{10,4000})")
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:and|en|et|und)\s+")
FURTHEST: Final = 5  # times more or less than the year before is worth a word
SMALL: Final = 10


def check(
    lines: Sequence[Line], stated: Sequence[Stated], regions: Mapping[str, str], before: Mapping[str, int]
) -> list[Finding]:
    """
    Return what does not fit in a return.

    :param regions: destination to the region it is summed under.   :param before: measure to the sum of the return
    of the year before, {} where there is none.
    """
    return [
        *_totals(stated),
        *_shares(stated),
        *_against_the_lines(lines, stated, regions),
        *_licences_with_two_sums(lines),
        *_exports_over_licences(lines),
        *_unheard_of(lines),
        *_against_the_year_before(lines, before),
    ]


# ---- what is printed twice ---------------------------------------------------------------------------------------


def _totals(stated: Iterable[Stated]) -> Iterator[Finding]:
    """The rows of a printed table add up to the total it prints."""
    tables: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for one in stated:
        tables[one.table, one.measure].append(one)
    for (_table, measure), rows in sorted(tables.items()):
        parts = [one for one in rows if one.key != TOTAL]
        for total in (one for one in rows if one.key == TOTAL):
            added = sum((one.value for one in parts), Decimal(0))
            if parts and abs(added - total.value) > _rounding([*parts, total]):
                params = {"measure": measure, "printed": _plain(total.value), "added": _plain(added)}
                yield Finding("total_disagrees", WARNING, total.place, params)


def _shares(stated: Iterable[Stated]) -> Iterator[Finding]:
    """A printed share is that of the printed value in the printed total, else of the sum of the rows."""
    rows = list(stated)
    for one in rows:
        if one.share is None or one.key == TOTAL:
            continue
        same = [other for other in rows if (other.table, other.measure) == (one.table, one.measure)]
        totals = [other.value for other in same if other.key == TOTAL]
        whole = totals[0] if totals else sum((other.value for other in same), Decimal(0))
        if whole and abs(100 * one.value / whole - one.share) > _share_tolerance(one, whole):
            follows = (100 * one.value / whole).quantize(Decimal("0.01"))
            params = {"printed": _plain(one.share), "value": _plain(one.value), "follows": _plain(follows)}
            yield Finding("share_disagrees", WARNING, one.place, {**params, "row": one.key})


def _share_tolerance(one: Stated, whole: Decimal) -> Decimal:
    return one.share_unit + 100 * one.unit / whole


def _against_the_lines(
    lines: Sequence[Line], stated: Iterable[Stated], regions: Mapping[str, str]
) -> Iterator[Finding]:
    """A printed sum by region, category, destination or kind is that of the lines."""
    if not any(line.section == Section.LICENCES for line in lines):
        return
    sums = _sums(lines, regions)
    for one in stated:
        key = (one.by if one.key != TOTAL else "total", one.key, one.measure)
        if key not in sums or (one.key == TOTAL and one.by == "figure"):
            continue
        added, count = sums[key]
        if abs(Decimal(added) - one.value) > _tolerance_over(count, one.unit):
            params = {"measure": one.measure, "row": one.key, "printed": _plain(one.value), "added": str(added)}
            yield Finding("sum_of_lines_disagrees", WARNING, one.place, params)


def _sums(lines: Iterable[Line], regions: Mapping[str, str]) -> dict[tuple[str, str, str], tuple[int, int]]:
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        if line.section != Section.LICENCES or line.is_total:
            continue
        keys = [("total", TOTAL), ("category", line.category), ("kind", line.kind), ("destination", line.destination)]
        keys.append(("region", regions.get(line.destination, line.destination)))
        for measure in _MEASURES:
            value = getattr(line, measure)
            for by, key in keys if value is not None else []:
                sums[by, key, measure][0] += value
                sums[by, key, measure][1] += 1
    return {key: (value, count) for key, (value, count) in sums.items()}


def _rounding(rows: Sequence[Stated]) -> Decimal:
    return sum((one.unit for one in rows), Decimal(0)) / 2


def _tolerance_over(count: int, unit: Decimal) -> Decimal:
    return unit * (count + 1) / 2


def _plain(value: Decimal) -> str:
    return format(value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1)), "f")


# ---- within the lines --------------------------------------------------------------------------------------------


def _licences_with_two_sums(lines: Iterable[Line]) -> Iterator[Finding]:
    """The rows of a destination never fall short of the total it states."""
    totals = {(line.section, line.destination): line for line in lines if line.is_total}
    if not totals:
        return
    added: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        if not line.is_total and (line.section, line.destination) in totals:
            for measure in _MEASURES:
                added[line.section, line.destination][measure] += getattr(line, measure) or 0
    for key, total in sorted(totals.items()):
        for measure in _MEASURES:
            printed, rows = getattr(total, measure), added[key][measure]
            wrong = (
                printed is not None and key in added and (rows < printed if measure == "number" else rows != printed)
            )
            if wrong:
                params = {"measure": measure, "row": total.destination, "printed": str(printed), "added": str(rows)}
                yield Finding("sum_of_lines_disagrees", WARNING, f"row {total.row}", params)


def _exports_over_licences(lines: Iterable[Line]) -> Iterator[Finding]:
    """More is exported than was ever licensed only over years; within one it is worth a word."""
    for line in lines:
        if line.value_licensed and line.value_exported and line.value_exported > FURTHEST * line.value_licensed:
            params = {"licensed": str(line.value_licensed), "exported": str(line.value_exported)}
            yield Finding("exports_far_over_licences", NOTE, f"row {line.row}", params)


def _unheard_of(lines: Iterable[Line]) -> Iterator[Finding]:
    """A destination that does not say which country is meant; a value without a licence."""
    unresolved: Counter[str] = Counter(line.destination for line in lines if line.destination.startswith("XX:"))
    for destination, count in sorted(unresolved.items()):
        params = {"value": destination[3:], "count": str(count)}
        yield Finding("destination_not_resolved", WARNING, "", params)
    for line in lines:
        if line.number == 0 and (line.value_licensed or 0) > 0 and line.section == Section.LICENCES:
            yield Finding("value_without_licence", WARNING, f"row {line.row}", {"value": str(line.value_licensed)})


def _against_the_year_before(lines: Iterable[Line], before: Mapping[str, int]) -> Iterator[Finding]:
    now: Counter[str] = Counter()
    for line in lines:
        if line.section == Section.LICENCES and not line.is_total:
            for measure in _MEASURES:
                now[measure] += getattr(line, measure) or 0
    for measure, past in sorted(before.items()):
        here = now[measure]
        if max(past, here) > SMALL and (here > FURTHEST * past or past > FURTHEST * here):
            params = {"measure": measure, "before": str(past), "now": str(here)}
            yield Finding("far_from_the_year_before", WARNING, "", params)


# ---- lists that state their own number ---------------------------------------------------------------------------


def lists_in(text: str, place: str) -> list[StatedList]:
    """Return the lists a text holds that say how many they are: "29 NATO members: Albania, Belgium, …"."""
    found = []
    for one in _LIST.finditer(text):
        members = tuple(filter(None, (name.strip(" .\n") for name in _BETWEEN.split(one[3]))))
        if len(members) > 2:
            found.append(StatedList(place, one[2].strip(), int(one[1]), members))
    return found


def check_list(stated: StatedList, codes: Sequence[str], year: int) -> list[Finding]:
    """
    Return what does not fit in a list: its number against its names, and against the members of the group.

    :param codes: the country each name means, "" where it means none.
    """
    findings = []
    facts = {"name": stated.name, "printed": str(stated.count), "added": str(len(stated.members))}
    if stated.count != len(stated.members):
        findings.append(Finding("list_disagrees", WARNING, stated.place, facts))
    known = members_of(_group_named(stated.name), year)
    listed = {code for code in codes if code}
    if known and listed and (listed != known):
        said = {"missing": ", ".join(sorted(known - listed)) or "–", "beside": ", ".join(sorted(listed - known)) or "–"}
        findings.append(Finding("members_disagree", NOTE, stated.place, {"name": stated.name, **said}))
    return findings


def _group_named(name: str) -> str:
    folded = name.casefold()
    if "nato" in folded or "navo" in folded or "otan" in folded:
        return "" if "+" in folded else "nato"
    return "eu" if re.search(r"\beu\b|european union|europese unie|union européenne", folded) else ""

"""
Which states make up a group in a year, and the share of licensed value that goes where.

Source: treaties of accession to the Union (`union.py`); protocols of accession to the North Atlantic Treaty. NATO+ is
the usual short form of general licences: NATO with Australia, Japan, New Zealand, Switzerland.   docs/adr/0118.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from denials.law.places import Special
from reports.law.figures import Measure, YearCount
from reports.law.returns import NOT_COMPARABLE
from reports.law.union import FIRST_YEAR, counted_with_union

_NATO_SINCE: Final = {
    1949: "BE CA DK FR GB IS IT LU NL NO PT US",
    1952: "GR TR",
    1955: "DE",
    1982: "ES",
    1999: "CZ HU PL",
    2004: "BG EE LT LV RO SI SK",
    2009: "AL HR",
    2017: "ME",
    2020: "MK",
    2023: "FI",
    2024: "SE",
}
NATO_FIRST_YEAR: Final = {state: year for year, states in _NATO_SINCE.items() for state in states.split()}
PLUS: Final = frozenset({"AU", "JP", "NZ", "CH"})
GROUPS: Final = ("eu", "nato", "nato_plus", "any")
#: Members of a group that deliver no return to this exchange.
NEVER_REPORT: Final = frozenset({"US", "GB", "CA", "TR", "IS", "AL", "ME", "MK", "AU", "JP", "NZ", "CH"})
NOT_ALLOCATED: Final = frozenset(str(one) for one in Special)


def members_of(group: str, year: int) -> frozenset[str]:
    """Return the members of a group in a year; a year counts whole as soon as a state was a member on any day of it."""
    nato = frozenset(state for state, first in NATO_FIRST_YEAR.items() if first <= year)
    if group == "eu":
        return frozenset(state for state in FIRST_YEAR if counted_with_union(state, year))
    return {"nato": nato, "nato_plus": nato | PLUS if nato else nato}.get(group, frozenset())


@dataclass(frozen=True)
class Share:
    """
    The value licensed by the reporting states of a group, parted by where it goes; whole euro.

    `missing` have not delivered, `never` do not report here, `not_comparable` count otherwise than the others.
    """

    group: str
    target: str
    year: int
    category: str
    inside: int
    outside: int
    not_allocated: int
    reporting: tuple[str, ...]
    missing: tuple[str, ...]
    never: tuple[str, ...]
    not_comparable: tuple[str, ...]

    @property
    def whole(self) -> int:
        """All that the reporting states licensed."""
        return self.inside + self.outside + self.not_allocated

    @property
    def percent(self) -> float | None:
        """The share that goes inside, of all that was licensed; None where nothing was."""
        return round(100 * self.inside / self.whole, 1) if self.whole else None


#: Value by the groups its exporter is in, where each target says it goes, and category.
Flows = Mapping[tuple[frozenset[str], tuple[str, ...], str], int]
TARGETS: Final = GROUPS[:-1]  # the share of any to any says nothing


def flows(count: YearCount) -> Flows:
    """Return the value licensed in a year, added up as far as no share tells apart."""
    members = {group: members_of(group, count.year) for group in TARGETS}
    exporters: dict[str, frozenset[str]] = {}
    ways: dict[str, tuple[str, ...]] = {}
    sums: dict[tuple[frozenset[str], tuple[str, ...], str], int] = defaultdict(int)
    for one in count.of(Measure.VALUE_LICENSED):
        state, place = one.authority, one.destination
        if state not in exporters:
            exporters[state] = frozenset({"any", *(group for group in TARGETS if state in members[group])})
        if place not in ways:
            ways[place] = tuple(_where(place, target, members[target]) for target in TARGETS)
        sums[exporters[state], ways[place], one.category] += one.value
    return sums


def share(
    count: YearCount,
    group: str,
    target: str,
    *,
    category: str = "",
    expected: Iterable[str] = (),
    within: Flows | None = None,
) -> Share:
    """
    Return the value the members of a group licensed to members of another, and to all others.

    :param group: whose licences (eu, nato, nato_plus, any).   :param target: where to (eu, nato, nato_plus).
    :param expected: the states that owe a return; those that have not delivered it are named.
    :param within: the flows of the count, where they were added up already.
    """
    exporters, at = members_of(group, count.year), TARGETS.index(target)
    sums = {"inside": 0, "outside": 0, "not_allocated": 0}
    for (groups, ways, of), value in (flows(count) if within is None else within).items():
        if group in groups and category in ("", of):
            sums[ways[at]] += value
    delivered = {one.authority for one in count.of(Measure.RETURNS_DELIVERED) if one.value}
    owing = {state for state in expected if group == "any" or state in exporters}
    return Share(
        group=group,
        target=target,
        year=count.year,
        category=category,
        reporting=tuple(sorted(delivered & (owing or delivered))),
        missing=tuple(sorted(owing - delivered)),
        never=tuple(sorted((exporters & NEVER_REPORT) - delivered - owing)),
        not_comparable=tuple(sorted(_not_comparable(count) & (exporters or delivered))),
        **sums,
    )


def _where(place: str, target: str, receivers: frozenset[str]) -> str:
    if place in NOT_ALLOCATED or place.startswith("XX:") or not place:
        return "inside" if (target, place) == ("eu", "EU") else "not_allocated"
    return "inside" if place in receivers else "outside"


def _not_comparable(count: YearCount) -> frozenset[str]:
    marks = {f"{question}={answer}" for question, answer in NOT_COMPARABLE}
    return frozenset(one.authority for one in count.of(Measure.METHOD) if one.dimension in marks)


def shares(count: YearCount, *, category: str = "", expected: Iterable[str] = ()) -> tuple[Share, ...]:
    """Return every group's share to every group but "any", whose share says nothing."""
    states, within = tuple(expected), flows(count)
    return tuple(
        share(count, group, target, category=category, expected=states, within=within)
        for group in GROUPS
        for target in TARGETS
    )

"""What a question means in the rows of the register: words, choices in facets, dates, what is visible."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.law.periods import WorkingCalendar, same_day
from accounts.models import CalendarYear, PublicHoliday
from accounts.roles import Principal
from denials.law import codes, validity
from denials.law.lifecycle import State
from denials.law.overlays import MOST_DAYS_OFF, REVIEW_SHOWN
from denials.law.regimes import Anchor, begun_by
from denials.models import Denial, RegisterKind, RegisterRow
from denials.search.asked import Asked, terms_of
from denials.search.rows import DRAFT, Facet


class Issue(NamedTuple):
    """What a kind of issue holds."""

    number: int
    regime: str
    state: str
    authority: str
    status: str


class Day:
    """The day a question is judged by; what has to be asked for it is asked once."""

    def __init__(self, on: date) -> None:
        self.on = on

    @cached_property
    def usual(self) -> date:
        """Before what day a review had to be due to be overdue now, where no holiday lies before the day."""
        return validity.in_time_since(_off({}), self.on)

    @cached_property
    def late(self) -> Mapping[str, date]:
        """The same for states in which a holiday does: what days off lie just before it is not counted."""
        newest = CalendarYear.objects.filter(
            state=OuterRef("calendar_year__state"), year=OuterRef("calendar_year__year")
        ).order_by("-version")
        close = PublicHoliday.objects.filter(date__range=(self.on - MOST_DAYS_OFF, self.on))
        holidays = close.filter(calendar_year__version=Subquery(newest.values("version")[:1]))
        off: dict[str, dict[int, dict[date, str]]] = {}
        for state, day in holidays.values_list("calendar_year__state_id", "date"):
            off.setdefault(state, {}).setdefault(day.year, {})[day] = "off"
        return {state: validity.in_time_since(_off(days), self.on) for state, days in off.items()}

    def late_in(self, state: str) -> date:
        """Before what day a review had to be due to be overdue now in a state."""
        return self.late.get(state, self.usual)

    @cached_property
    def shown(self) -> date:
        """Before what day a review has to be due to be shown as due."""
        return same_day(self.on, REVIEW_SHOWN.count, REVIEW_SHOWN.unit) + timedelta(days=1)

    @cached_property
    def opens(self) -> Mapping[str, tuple[Anchor, date]]:
        """When the look-back window opens, by regime: the same test as `validity.counts`."""
        found = {}
        for rules in begun_by(self.on):
            opens = validity.window_opens(rules, self.on)
            if opens is not None and rules.window is not None:
                found[rules.regime] = (rules.window.anchor, opens)
        return found


def _off(days: Mapping[int, Mapping[date, str]]) -> WorkingCalendar:
    """A calendar of the days off that lie close; where its midnight lies is not asked."""
    return WorkingCalendar("", ZoneInfo("UTC"), days)


def open_to(principal: Principal) -> "QuerySet[RegisterRow]":
    """Return what a question is put to: all the principal may see, own drafts among it."""
    rows: QuerySet[RegisterRow] = RegisterRow.objects.visible_to(principal)
    return rows


def holding_words(rows: "QuerySet[RegisterRow]", q: str) -> "QuerySet[RegisterRow]":
    """Narrow to what holds every word, in any order and script; what is asked in signs alone is found nowhere."""
    if not q.strip():
        return rows
    terms = terms_of(q)
    return holding(rows, terms.exact) if terms else rows.none()


def holding(rows: "QuerySet[RegisterRow]", query: str) -> "QuerySet[RegisterRow]":
    """Narrow to the rows whose words satisfy a query."""
    return rows.filter(words__holds=query)


def narrowed(rows: "QuerySet[RegisterRow]", asked: Asked, asks: Mapping[str, Q]) -> "QuerySet[RegisterRow]":
    """
    Narrow to one of the choices of each facet and to the dates; drafts are left out unless wanted.

    :param asks: what each facet asks; see `conditions`.
    """
    return within(rows, asked).filter(*asks.values())


def conditions(asked: Asked, day: Day) -> dict[str, Q]:
    """
    Return what each facet asks of a row; where no state is chosen, that it was notified.

    The kinds that are chosen are looked up first, in one statement: a row is then told by its numbers.
    """
    found: dict[str, Q] = {} if asked.with_drafts else {"status": Q(scope__gt=DRAFT)}
    if not asked.chosen:
        return found
    issues, held = _kinds_of(asked)
    for name, values in asked.chosen.items():
        if name in _BY_ISSUE:
            found[name] = reduce(or_, (_BY_ISSUE[name](value, issues, day) for value in values))
        else:
            facet, canonical = _HELD[name]
            wanted = set(map(canonical, values))
            found[name] = Q(**{f"{COLUMNS[facet]}__in": [number for number, holds in held[facet] if wanted & holds]})
    return found


def _kinds_of(asked: Asked) -> tuple[list[Issue], Mapping[str, list[tuple[int, set[str]]]]]:
    """Return all kinds of issue where one is chosen, and of the other facets the kinds that hold a choice."""
    wanted = Q(facet=Facet.ISSUE) if set(asked.chosen) & set(_BY_ISSUE) else Q()
    for name, (facet, canonical) in _HELD.items():
        if name in asked.chosen:
            wanted |= Q(facet=facet, holds__overlap=list(map(canonical, asked.chosen[name])))
    issues: list[Issue] = []
    held: dict[str, list[tuple[int, set[str]]]] = {facet: [] for facet in COLUMNS}
    found = RegisterKind.objects.filter(wanted).values_list("number", "facet", "codes", "holds")
    for number, facet, codes_held, holds in found.order_by("number"):
        if facet == Facet.ISSUE:
            issues.append(Issue(number, *codes_held))
        else:
            held[facet].append((number, set(holds)))
    return issues, held


def within(rows: "QuerySet[RegisterRow]", asked: Asked) -> "QuerySet[RegisterRow]":
    """Narrow to what is asked beside the facets: dates, rows by their ids, a year's count."""
    for name, day in asked.dates.items():
        column, _, end = name.partition("_")
        rows = rows.filter(**{f"{column}_on__{'gte' if end == 'from' else 'lte'}": day})
    if asked.only:
        rows = rows.filter(pk__in=asked.only)
    if asked.counted is not None:
        rows = rows.filter(Exists(Denial.objects.counted_in(asked.counted).filter(pk=OuterRef("pk"))))
    return rows


# ---- choices -----------------------------------------------------------------------------------------------------

#: The column of a row that holds the number of its kind.
COLUMNS: Final[Mapping[str, str]] = {
    Facet.ISSUE: "issue",
    Facet.DESTINATIONS: "destinations",
    Facet.CATEGORIES: "categories",
    Facet.ENTRIES: "entries",
    Facet.GROUNDS: "grounds",
}
#: Choices of what a row holds: where, and how the choice is written there.
_HELD: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "destination": (Facet.DESTINATIONS, str.upper),
    "category": (Facet.CATEGORIES, str),
    "code": (Facet.ENTRIES, lambda value: codes.canonical(value) or value),
    "criterion": (Facet.GROUNDS, str),
    "ground": (Facet.GROUNDS, str),
}


def _of_kinds(issues: Iterable[Issue]) -> Q:
    return Q(issue__in=[one.number for one in issues])


def _status(value: str, issues: Sequence[Issue], day: Day) -> Q:
    if value in OVERLAY_CONDITIONS:
        return OVERLAY_CONDITIONS[value]([one for one in issues if one.status == State.IN_FORCE], day)
    return _of_kinds(one for one in issues if one.status == value)


def _regime(value: str, issues: Sequence[Issue], _day: Day) -> Q:
    return _of_kinds(one for one in issues if one.regime == value)


def _issued_by(value: str, issues: Sequence[Issue], _day: Day) -> Q:
    code = value.upper()
    return _of_kinds(one for one in issues if code in (one.authority.upper(), one.state))


_BY_ISSUE: Final[Mapping[str, Callable[[str, Sequence[Issue], Day], Q]]] = {
    "status": _status,
    "regime": _regime,
    "state": _issued_by,
    "authority": _issued_by,
}


# ---- overlays ----------------------------------------------------------------------------------------------------


def _review_due(issues: Sequence[Issue], day: Day) -> Q:
    shown = Q(review_due_on__lt=day.shown) & ~_ended(day)
    return shown & _by(issues, lambda one: Q(review_due_on__gte=day.late_in(one.state)))


def _ended(day: Day) -> Q:
    """Of a suspension that has ended the final assessment is owed, no review; see `overlays`."""
    return Q(suspended_until__isnull=False, suspended_until__lt=day.on)


def _review_overdue(issues: Sequence[Issue], day: Day) -> Q:
    return ~_ended(day) & _by(issues, lambda one: Q(review_due_on__lt=day.late_in(one.state)))


def _out_of_window(issues: Sequence[Issue], day: Day) -> Q:
    return _by([one for one in issues if one.regime in day.opens], lambda one: _before(*day.opens[one.regime]))


def _before(anchor: Anchor, opens: date) -> Q:
    if anchor is Anchor.DECISION:
        return Q(decided_on__lt=opens)
    return Q(notified_on__lt=opens) | Q(notified_on__isnull=True, decided_on__lt=opens)


def _by(issues: Sequence[Issue], asks: Callable[[Issue], Q]) -> Q:
    """Put to each kind of issue what it is asked; those asked alike are asked together."""
    alike: dict[Q, list[Issue]] = {}
    for one in issues:
        alike.setdefault(asks(one), []).append(one)
    return reduce(or_, (condition & _of_kinds(some) for condition, some in alike.items()), Q(pk__in=()))


OVERLAY_CONDITIONS: Final[Mapping[str, Callable[[Sequence[Issue], Day], Q]]] = {
    "review_due": _review_due,
    "review_overdue": _review_overdue,
    "out_of_window": _out_of_window,
}

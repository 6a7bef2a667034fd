"""What a question means in the rows of the register: words, choices in facets, dates, what is visible."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from accounts.law.periods import same_day
from accounts.models import CalendarYear
from accounts.models import State as StateOfIssue
from accounts.roles import Principal
from denials.law import codes, validity
from denials.law.lifecycle import SUSPENSION, State
from denials.law.overlays import REVIEW_SHOWN
from denials.law.regimes import Anchor, begun_by
from denials.models import Denial, RegisterRow, RegisterWords
from denials.search.asked import OVERLAYS, Asked, terms_of

FLAGS: Final[Mapping[str, int]] = {name: 1 << at for at, name in enumerate(OVERLAYS)}


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


def holding_many(rows: "QuerySet[RegisterRow]", query: str) -> "QuerySet[RegisterRow]":
    """Narrow likewise where many do: walked in order, a page of them is full after a few."""
    return rows.filter(words_of__words__holds=query)


def holding(rows: "QuerySet[RegisterRow]", query: str) -> "QuerySet[RegisterRow]":
    """
    Narrow to the rows whose words satisfy a query.

    The words are looked up first, apart from order and choices (OFFSET 0): left to itself the database would rather
    walk the register in order and look at the words of each, a second for a word that is rare.
    """
    words = RegisterWords._meta.db_table
    found = RawSQL(f"SELECT row_id FROM {words} WHERE words @@ %s::tsquery OFFSET 0", [query])  # noqa: S608, S611  # nosec B608 B611
    return rows.filter(pk__in=found)


def narrowed(rows: "QuerySet[RegisterRow]", asked: Asked, on: date) -> "QuerySet[RegisterRow]":
    """Narrow to one of the choices of each facet and to the dates; drafts are left out unless wanted."""
    return within(rows, asked).filter(*conditions(asked, on).values())


def conditions(asked: Asked, on: date) -> dict[str, Q]:
    """Return what each facet asks of a row; where no state is chosen, that it was notified."""
    found = {name: reduce(or_, (CHOICES[name](value, on) for value in values)) for name, values in asked.chosen.items()}
    return found if asked.with_drafts else {"status": ~Q(scope=""), **found}


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


def _status(value: str, on: date) -> Q:
    if value in OVERLAY_CONDITIONS:
        return Q(status=State.IN_FORCE) & OVERLAY_CONDITIONS[value](on)
    return Q(status=value)


def _issued_by(value: str, _on: date) -> Q:
    return Q(issuer__iexact=value) | Q(state=value.upper())


def _code(value: str, _on: date) -> Q:
    return Q(entries__contains=[codes.canonical(value) or value])


CHOICES: Final[Mapping[str, Callable[[str, date], Q]]] = {
    "status": _status,
    "regime": lambda value, _on: Q(regime=value),
    "state": _issued_by,
    "authority": _issued_by,
    "destination": lambda value, _on: Q(destinations__contains=[value.upper()]),
    "category": lambda value, _on: Q(categories__contains=[value]),
    "code": _code,
    "criterion": lambda value, _on: Q(criteria__contains=[value]),
    "ground": lambda value, _on: Q(grounds__contains=[value]),
}


# ---- overlays ----------------------------------------------------------------------------------------------------


def _review_due(on: date) -> Q:
    shown = Q(review_due_on__lte=same_day(on, REVIEW_SHOWN.count, REVIEW_SHOWN.unit))
    return Q(status=State.IN_FORCE) & shown & ~_late(on) & ~_final_assessment_due(on)


def _late(on: date) -> Q:
    """Tell past what day a review is overdue: the due day, or the working day after it where the issuer sits."""
    late: dict[date, list[str]] = {}
    held = list(StateOfIssue.objects.all())
    calendars = CalendarYear.objects.calendars(held)
    for state in held:
        late.setdefault(validity.in_time_since(calendars.of(state.code), on), []).append(state.code)
    asked = (Q(state__in=codes_of, review_due_on__lt=day) for day, codes_of in late.items())
    return reduce(or_, asked, Q(pk__in=()))


def _final_assessment_due(on: date) -> Q:
    """Of a suspension that has ended the final assessment is owed, no review; see `overlays`."""
    return Q(act=SUSPENSION, suspended_until__isnull=False, suspended_until__lt=on)


def _review_overdue(on: date) -> Q:
    return _late(on) & ~_final_assessment_due(on)


def _out_of_window(on: date) -> Q:
    """The same test as `validity.counts`, put to the database: regimes whose window opens alike are asked together."""
    alike: dict[tuple[Anchor, date], list[str]] = {}
    for rules in begun_by(on):
        opens = validity.window_opens(rules, on)
        if opens is not None and rules.window is not None:
            alike.setdefault((rules.window.anchor, opens), []).append(rules.regime)
    return reduce(or_, (_before(anchor, opens) & Q(regime__in=names) for (anchor, opens), names in alike.items()))


def _before(anchor: Anchor, opens: date) -> Q:
    if anchor is Anchor.DECISION:
        return Q(decided_on__lt=opens)
    return Q(notified_on__lt=opens) | Q(notified_on__isnull=True, decided_on__lt=opens)


OVERLAY_CONDITIONS: Final[Mapping[str, Callable[[date], Q]]] = {
    "review_due": _review_due,
    "review_overdue": _review_overdue,
    "out_of_window": _out_of_window,
}


def flags(on: date) -> Any:
    """Return the overlays of a row on a day as one number, to count by; see `FLAGS`."""
    found: Any = Value(0)
    for name, condition in OVERLAY_CONDITIONS.items():
        found = found + Case(When(condition(on), then=Value(FLAGS[name])), default=Value(0))
    return Case(When(status=State.IN_FORCE, then=found), default=Value(0), output_field=IntegerField())

"""What a question means in the rows of the register: words, choices in facets, dates, what is visible."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from accounts.law.periods import same_day
from accounts.roles import Principal
from denials.law import codes, validity
from denials.law.lifecycle import State
from denials.law.overlays import REVIEW_SHOWN
from denials.law.regimes import Anchor, RegimeRules, known_regimes, rules_for
from denials.models import Denial, RegisterRow
from denials.querysets import UNNOTIFIED
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
    return rows.filter(words_of__words__holds=terms.exact) if terms else rows.none()


def narrowed(rows: "QuerySet[RegisterRow]", asked: Asked, on: date, *, without: str = "") -> "QuerySet[RegisterRow]":
    """
    Narrow to one of the choices of each facet and to the dates; drafts are left out unless wanted or a state is chosen.

    :param without: a facet left out, to count what its other choices would add.
    """
    if "status" not in asked.chosen and not asked.with_drafts:
        rows = rows.exclude(status__in=UNNOTIFIED)
    return _chosen(rows, asked, on, without=without)


def drafts(rows: "QuerySet[RegisterRow]", asked: Asked, on: date) -> "QuerySet[RegisterRow]":
    """Narrow to what was not notified, otherwise as asked."""
    return _chosen(rows.filter(status__in=UNNOTIFIED), asked, on, without="status")


def _chosen(rows: "QuerySet[RegisterRow]", asked: Asked, on: date, *, without: str) -> "QuerySet[RegisterRow]":
    for name, values in asked.chosen.items():
        if name != without:
            rows = rows.filter(reduce(or_, (CHOICES[name](value, on) for value in values)))
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
    return OVERLAY_CONDITIONS[value](on) if value in OVERLAY_CONDITIONS else Q(status=value)


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
    return Q(
        status=State.IN_FORCE,
        review_due_on__gte=on,
        review_due_on__lte=same_day(on, REVIEW_SHOWN.count, REVIEW_SHOWN.unit),
    )


def _review_overdue(on: date) -> Q:
    return Q(status=State.IN_FORCE, review_due_on__lt=on)


def _out_of_window(on: date) -> Q:
    outside = [_before_window(rules_for(regime, on), on) for regime in known_regimes()]
    return Q(status=State.IN_FORCE) & reduce(or_, outside, Q(pk__in=()))


def _before_window(rules: RegimeRules, on: date) -> Q:
    """The same test as `validity.counts`, put to the database."""
    opens = validity.window_opens(rules, on)
    if opens is None or rules.window is None:
        return Q(pk__in=())
    if rules.window.anchor is Anchor.DECISION:
        before = Q(decided_on__lt=opens)
    else:
        before = Q(notified_on__lt=opens) | Q(notified_on__isnull=True, decided_on__lt=opens)
    return Q(regime=rules.regime) & before


OVERLAY_CONDITIONS: Final[Mapping[str, Callable[[date], Q]]] = {
    "review_due": _review_due,
    "review_overdue": _review_overdue,
    "out_of_window": _out_of_window,
}


def flags(on: date) -> Any:
    """Return the overlays of a row on a day as one number, to count by; see `FLAGS`."""
    found: Any = Value(0)
    for name, condition in OVERLAY_CONDITIONS.items():
        flag = Case(When(condition(on), then=Value(FLAGS[name])), default=Value(0), output_field=IntegerField())
        found = found + flag
    return found

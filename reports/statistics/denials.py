"""
Denials of a year: decided in it, notified or historic, not withdrawn as an error, by states (not multilateral regimes).

A denial counts in the year it was decided and stays counted there when it is later revoked or lifted. docs/adr/0030.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, When

from denials.models import Denial, DenialCriterion, DenialDestination
from reports.law.figures import CRITERIA, Figure, Measure
from reports.law.tables import NOT_STATED
from reports.statistics.places import destination_key, one_destination

CRITERION_GROUND = "criterion_"


class Each(Func):
    """One row per member of an array column."""

    function = "unnest"
    output_field = CharField()
    set_returning = True


def of_year(regime: str, year: int) -> QuerySet[Any]:
    """Return the denials counted in a year, each with the one destination it counts under."""
    denials = Denial.objects.filter(regime=regime).counted_in(year)
    return denials.annotate(destination=one_destination(DenialDestination, "version", "current_id"))


def uncounted(regime: str, year: int) -> int:
    """Return how many notified denials of a year rest only on grounds outside the count. docs/adr/0023."""
    return Denial.objects.filter(regime=regime).left_out_of(year).count()


# ---- the figures -------------------------------------------------------------------------------------------------


def figures(regime: str, year: int) -> Iterator[Figure]:
    """Yield every figure of the denials of a year; ten queries whatever their number."""
    denials = of_year(regime, year)
    yield from _total(denials)
    yield from _destinations(denials)
    yield from _categories(denials)
    yield from _entries(denials)
    yield from _acts(denials)
    yield from _criteria(denials)
    yield from _grounds(denials)
    yield from _criteria_by_category(denials)
    yield from _brokering(denials)


def _grouped(denials: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield each group with the number of its denials, each denial once."""
    groups = denials.order_by().values("state_of_issue_id", *columns).annotate(value=Count("pk", distinct=True))
    yield from groups.values_list("state_of_issue_id", *columns, "value")


def _total(denials: QuerySet[Any]) -> Iterator[Figure]:
    for state, place, value in _grouped(denials, "destination"):
        yield Figure(Measure.DENIALS, state, place, value=value)


def _destinations(denials: QuerySet[Any]) -> Iterator[Figure]:
    each = denials.annotate(each=destination_key("current__destinations__code", "current__destinations__printed"))
    for state, place, value in _grouped(each, "each"):
        yield Figure(Measure.DENIALS_BY_DESTINATION, state, place, value=value)


def _categories(denials: QuerySet[Any]) -> Iterator[Figure]:
    """Count a denial once per category; items in none are counted by why: unlisted, another list, not stated."""
    item = "current__items__"
    without = Case(
        When(~Q(**{f"{item}category": ""}) & Q(**{f"{item}category__isnull": False}), then=Value("")),
        When(**{f"{item}is_unlisted": True}, then=Value("unlisted")),
        When(**{f"{item}code__gt": ""}, then=Value("other_list")),
        default=Value(NOT_STATED),
        output_field=CharField(),
    )
    rows = denials.annotate(category=F(f"{item}category"), without=without)
    for state, place, category, reason, value in _grouped(rows, "destination", "category", "without"):
        if reason:
            dimension = f"entry={reason}"
            yield Figure(Measure.DENIALS_WITHOUT_CATEGORY, state, place, dimension=dimension, value=value)
        else:
            yield Figure(Measure.DENIALS_BY_CATEGORY, state, place, category, value=value)


def _entries(denials: QuerySet[Any]) -> Iterator[Figure]:
    rows = denials.filter(current__items__code__gt="").annotate(
        entry=F("current__items__code"), category=F("current__items__category")
    )
    for state, place, category, entry, value in _grouped(rows, "destination", "category", "entry"):
        yield Figure(Measure.DENIALS_BY_ENTRY, state, place, category, entry, value=value)


def _acts(denials: QuerySet[Any]) -> Iterator[Figure]:
    rows = denials.annotate(act=F("current__act"), activity=F("current__activity"))
    for state, place, act, activity, value in _grouped(rows, "destination", "act", "activity"):
        acts, activities = f"act={act or NOT_STATED}", f"activity={activity or NOT_STATED}"
        yield Figure(Measure.DENIALS_BY_ACT, state, place, dimension=acts, value=value)
        yield Figure(Measure.DENIALS_BY_ACTIVITY, state, place, dimension=activities, value=value)


def _criteria(denials: QuerySet[Any]) -> Iterator[Figure]:
    """Count each criterion once per denial, also where a ground of Reg. (EU) 2021/821 names it."""
    stated = denials.annotate(criterion=F("current__criteria__code")).filter(criterion__in=CRITERIA)
    for state, place, criterion, value in _grouped(stated, "destination", "criterion"):
        yield Figure(Measure.CRITERION_CITED, state, place, criterion=criterion, value=value)
    yield from _criteria_named_by_grounds(denials)
    silent = denials.filter(current__criteria__isnull=True, current__grounds=[])
    for state, place, value in _grouped(silent, "destination"):
        yield Figure(Measure.CRITERIA_NOT_STATED, state, place, value=value)


def _criteria_named_by_grounds(denials: QuerySet[Any]) -> Iterator[Figure]:
    grounds = {criterion: f"{CRITERION_GROUND}{criterion}" for criterion in CRITERIA}
    named = denials.filter(current__grounds__overlap=list(grounds.values()))
    counts = {f"c{criterion}": _named_only_by(criterion, ground) for criterion, ground in grounds.items()}
    groups = named.order_by().values("state_of_issue_id", "destination").annotate(**counts)
    for group in groups:
        for criterion in CRITERIA:
            place, value = group["destination"], group[f"c{criterion}"]
            yield Figure(Measure.CRITERION_CITED, group["state_of_issue_id"], place, criterion=criterion, value=value)


def _named_only_by(criterion: str, ground: str) -> Count:
    cited = DenialCriterion.objects.filter(version=OuterRef("current_id"), code=criterion)
    return Count("pk", filter=Q(~Exists(cited), current__grounds__contains=[ground]))


def _grounds(denials: QuerySet[Any]) -> Iterator[Figure]:
    """Count each ground once per denial; a denial states each once."""
    rows = denials.annotate(ground=Each(F("current__grounds")))
    for state, place, ground, value in _grouped(rows, "destination", "ground"):
        yield Figure(Measure.GROUND_CITED, state, place, dimension=f"ground={ground}", value=value)


def _criteria_by_category(denials: QuerySet[Any]) -> Iterator[Figure]:
    """Count each criterion cited once per denial and category its items fall in (columns e of the EU report)."""
    rows = denials.filter(current__items__category__gt="").annotate(
        category=F("current__items__category"), criterion=F("current__criteria__code")
    )
    cited = rows.filter(criterion__in=CRITERIA)
    for state, place, category, criterion, value in _grouped(cited, "destination", "category", "criterion"):
        yield Figure(Measure.CRITERION_BY_CATEGORY, state, place, category, criterion=criterion, value=value)


def _brokering(denials: QuerySet[Any]) -> Iterator[Figure]:
    for state, place, value in _grouped(denials.filter(current__activity="brokering"), "destination"):
        yield Figure(Measure.BROKERING_DENIALS, state, place, value=value)

"""
Denials of a year: decided in it, notified or historic, not withdrawn as an error, by states (not multilateral regimes).

A denial counts in the year it was decided and stays counted there when it is later revoked or lifted. docs/adr/0030.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, When

from denials.law.lifecycle import State
from denials.law.regimes import RULES, RegimeRules
from denials.models import Denial, DenialCriterion, DenialDestination
from reports.law.figures import CRITERIA, Figure, Measure
from reports.law.tables import NOT_STATED
from reports.statistics.places import destination_key, one_destination

#: Whose decision it is; a denial of a multilateral regime that a state passes on is not that state's denial.
NATIONAL_ORIGINS = ("EU_MS", "NO")
CRITERION_GROUND = "criterion_"


class Each(Func):
    """One row per member of an array column."""

    function = "unnest"
    output_field = CharField()
    set_returning = True


def counted() -> QuerySet[Denial]:
    """Return the denials that count in any year, before the grounds outside the count are taken out."""
    denials = Denial.objects.notified().exclude(status=State.WITHDRAWN)
    return denials.filter(current__origin__in=NATIONAL_ORIGINS)


def of_year(regime: str, year: int) -> QuerySet[Any]:
    """Return the denials counted in a year, each with the one destination it counts under."""
    within = Q(current__decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    denials = counted().filter(within, regime=regime).exclude(_outside_the_count(regime, year))
    return denials.annotate(destination=one_destination(DenialDestination, "version", "current_id"))


def uncounted(regime: str, year: int) -> int:
    """Return how many notified denials of a year rest only on grounds outside the count. docs/adr/0023."""
    within = Q(current__decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return counted().filter(within, regime=regime).filter(_outside_the_count(regime, year)).count()


def _outside_the_count(regime: str, year: int) -> Q:
    """The same reading as `denials.law.regimes.is_counted`, for every text of the regime in force in the year."""
    texts = [rules for rules in RULES if rules.regime == regime and _touches(rules, year)]
    cites = Exists(DenialCriterion.objects.filter(version=OuterRef("current_id")))
    return reduce(or_, (_outside(rules) for rules in texts), Q(pk__in=[])) & ~Q(cites)


def _touches(rules: RegimeRules, year: int) -> bool:
    return rules.since.year <= year and (rules.until is None or rules.until.year >= year)


def _outside(rules: RegimeRules) -> Q:
    outside = [ground.code for ground in rules.grounds if not ground.counted]
    inside = [ground.code for ground in rules.grounds if ground.counted]
    in_force = Q(current__decided_on__gte=rules.since) & Q(current__decided_on__lte=rules.until or date.max)
    return in_force & Q(current__grounds__overlap=outside) & ~Q(current__grounds__overlap=inside)


# ---- the figures -------------------------------------------------------------------------------------------------


def figures(regime: str, year: int) -> Iterator[Figure]:
    """Yield every figure of the denials of a year; eight queries whatever their number."""
    denials = of_year(regime, year)
    yield from _total(denials)
    yield from _destinations(denials)
    yield from _categories(denials)
    yield from _entries(denials)
    yield from _acts(denials)
    yield from _criteria(denials)
    yield from _grounds(denials)


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

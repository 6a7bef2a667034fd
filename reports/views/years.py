"""The years side by side, indicators, and group shares: charts with their tables."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.labels import REGIMES
from accounts.views import ExchangeView
from reports import statistics
from reports.labels.charts import GROUPS, INDICATORS, SERIES
from reports.labels.tables import OUTCOMES, place
from reports.law.figures import CRITERIA, Figure, Measure, YearCount
from reports.law.groups import shares
from reports.law.indicators import FEWEST, diverging, indicators
from reports.models import Edition
from reports.statistics.indicators import divergences, tallies
from reports.statistics.returns import expected
from reports.views.charts import bars, lines
from reports.views.pages import OfYear

MOST_YEARS = 8


class Years(ExchangeView, TemplateView):
    """The newest draft of each year beside the others: what grew, what fell."""

    permission_needed = "report.read"
    template_name = "reports/years.html"
    kwargs: dict[str, Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime = self.kwargs["regime"]
        if not statistics.has_tables(self.principal, regime, self.now.year, now=self.now):
            raise Http404
        newest = (
            Edition.objects.visible_to(self.principal)
            .filter(regime=regime)
            .order_by("year", "-drafted_at", "-register_sequence")
        )
        drafts = list(newest.distinct("year"))[-MOST_YEARS:]
        counts = [one.count() for one in drafts]
        years = [one.year for one in counts]
        measures = list(SERIES)
        totals = [(str(SERIES[name]), [count.total(name) for count in counts]) for name in measures]
        cited = [
            (
                str(number),
                [count.total(Measure.CRITERION_CITED, _citing(number)) for count in counts],
            )
            for number in CRITERIA
        ]
        outcomes = _outcomes(counts)
        facts = {
            "regime": regime,
            "regime_words": REGIMES.get(regime, regime),
            "years": years,
            "parts": [
                _part("years", _title("years"), years, [row for row in totals if any(row[1])]),
                _part(
                    "criteria",
                    _title("criteria"),
                    years,
                    [(f"{_title('criterion')} {row[0]}", row[1]) for row in cited if any(row[1])],
                ),
                _part("outcomes", _title("outcomes"), years, outcomes),
            ],
            "index": reverse("reports:index"),
        }
        return super().get_context_data(**kwargs | facts)


def _title(name: str) -> str:
    return {
        "years": _("Denials, consultations and grants by year"),
        "criteria": _("Criteria cited by year"),
        "criterion": _("Criterion"),
        "outcomes": _("How consultations ended, by year"),
    }[name]


def _part(key: str, title: str, years: list[int], rows: list[tuple[str, list[int]]]) -> dict[str, Any]:
    drawn = sorted(rows, key=lambda row: -max(row[1], default=0))[:6]
    shown = [(label, list(zip(years, values, strict=True))) for label, values in rows]
    return {"key": key, "title": title, "rows": shown, "chart": lines(title, years, drawn)}


def _outcomes(counts: list[YearCount]) -> list[tuple[str, list[int]]]:
    found = dict.fromkeys(one.outcome for count in counts for one in count.of(Measure.CONSULTATIONS_BY_OUTCOME))
    return [
        (
            str(OUTCOMES.get(outcome, outcome)),
            [count.total(Measure.CONSULTATIONS_BY_OUTCOME, _ended(outcome)) for count in counts],
        )
        for outcome in found
    ]


class Indicators(OfYear, TemplateView):
    """How the own state answers and reviews, beside the mean of the others; where states diverge, without names."""

    template_name = "reports/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime, year = self.which
        own = self.principal.state
        found = indicators(tallies(regime, year, now=self.now), own)
        facts = {
            "regime": regime,
            "regime_words": REGIMES.get(regime, regime),
            "year": year,
            "own": own,
            "rows": [{"one": one, "words": INDICATORS[one.name]} for one in found],
            "diverging": [
                {"one": one, "place": place(one.destination)} for one in diverging(divergences(regime, year))
            ],
            "fewest": FEWEST,
        }
        return super().get_context_data(**kwargs | facts)


class Shares(OfYear, TemplateView):
    """The share of licensed value of reporting states that goes to members of a group."""

    template_name = "reports/shares.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime, year = self.which
        count = self.count
        category = self.request.GET.get("category", "")[:8]
        categories = sorted({one.category for one in count.of(Measure.VALUE_LICENSED)} - {""}, key=_by_number)
        found = [one for one in shares(count, category=category, expected=expected(regime, year)) if one.whole]
        first = found[0] if found else None
        drawn = [(f"{GROUPS[one.group]} → {GROUPS[one.target]}", one.percent) for one in found]
        facts = {
            "regime": regime,
            "regime_words": REGIMES.get(regime, regime),
            "year": year,
            "category": category,
            "categories": categories,
            "rows": [{"one": one, "group": GROUPS[one.group], "target": GROUPS[one.target]} for one in found],
            "first": first,
            "chart": bars(drawn, _("Share in %")),
            "of_groups": [{"one": one, "group": GROUPS[one.group]} for one in found if one.target == found[0].target],
        }
        return super().get_context_data(**kwargs | facts)


def _by_number(category: str) -> tuple[int, str]:
    figures = "".join(filter(str.isdigit, category))
    return int(figures or 0), category


def _ended(outcome: str) -> Callable[[Figure], bool]:
    return lambda one: one.outcome == outcome


def _citing(number: str) -> Callable[[Figure], bool]:
    return lambda one: one.criterion == number

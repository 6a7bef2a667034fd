"""Which years there are, a year's tables, and the same as files."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.labels import REGIMES
from accounts.templatetags.words import in_language
from accounts.views import ExchangeView
from denials.law.regimes import known_regimes
from denials.models import Region
from reports import statistics
from reports.exports import TYPES, WordedTable, files_of, report_of, worded
from reports.labels import place
from reports.labels.tables import KEYS
from reports.law.comparing import Before, beside
from reports.law.figures import Measure, YearCount
from reports.law.licences import SHARES, UNPLACED
from reports.law.tables import tables
from reports.models import Edition
from reports.views.charts import Tiles, tiles
from reports.views.links import Links
from reports.views.sections import section

DRAFT = "draft"
LONGEST = 120


class Reports(ExchangeView, TemplateView):
    """Regime by year: how many denials were decided, and since when there is a draft."""

    permission_needed = "report.read"
    template_name = "reports/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regimes = [regime for regime in known_regimes() if regime in self.principal.regimes]
        denials = statistics.years_with_records(regimes)
        drafts = {(one.regime, one.year): one for one in Edition.objects.visible_to(self.principal).newest_of_each()}
        current = {(regime, year) for regime in regimes for year in (self.now.year - 1, self.now.year)}
        known = sorted(
            (one for one in {*denials, *drafts, *current} if statistics.has_tables(self.principal, *one, now=self.now)),
            key=lambda one: (regimes.index(one[0]), -one[1]),
        )
        rows = [
            {
                "regime": regime,
                "year": year,
                "denials": denials.get((regime, year), 0),
                "draft": drafts.get((regime, year)),
            }
            for regime, year in known
        ]
        groups = [
            (regime, REGIMES.get(regime, regime), [row for row in rows if row["regime"] == regime])
            for regime in regimes
        ]
        may = {
            "may_read_returns": self.principal.may("return.read"),
            "may_follow": self.principal.may("return.follow"),
        }
        return super().get_context_data(groups=groups, **may, **kwargs)


class OfYear(ExchangeView):
    """What page and files of a regime's year share: the count as it is now, or as it was last drafted."""

    permission_needed = "report.read"
    kwargs: dict[str, Any]

    @cached_property
    def which(self) -> tuple[str, int]:
        """Regime and year; a regime the reader takes no part in is not there."""
        regime, year = self.kwargs["regime"], self.kwargs["year"]
        if not statistics.has_tables(self.principal, regime, year, now=self.now):
            raise Http404
        return regime, year

    @cached_property
    def draft(self) -> Edition | None:
        """The newest draft."""
        edition: Edition | None = Edition.objects.visible_to(self.principal).newest(*self.which)
        return edition

    @cached_property
    def drafted(self) -> YearCount | None:
        """The figures of the newest draft."""
        return self.draft.count() if self.draft else None

    @cached_property
    def counted_now(self) -> YearCount:
        """The figures as the records stand now."""
        return statistics.count_year(*self.which, now=self.now)

    @property
    def shows_draft(self) -> bool:
        """Whether the draft was asked for, rather than what is counted now."""
        return self.request.GET.get("edition") == DRAFT

    @property
    def count(self) -> YearCount:
        """The figures asked for."""
        if not self.shows_draft:
            return self.counted_now
        if self.drafted is None:
            raise Http404
        return self.drafted


class YearTables(OfYear, TemplateView):
    """Every table of a regime's year: chart, numbers, footnotes."""

    template_name = "reports/year.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = self.count
        regime, year = whole.regime, whole.year
        chosen = self._chosen
        count = whole.only(**chosen)
        links = Links.of(count, self.principal, chosen)
        narrowed = any(chosen.values())  # a share of one state's licences alone is none of its group
        shown = [one for one in self._shown(count) if not (narrowed and one[0].table.name == SHARES)]
        sections = [section(one, links, before) for one, before in shown]
        page = reverse("reports:year", args=[regime, year])
        return super().get_context_data(
            regime_words=REGIMES.get(regime, regime),
            count=count,
            draft=self.draft,
            shows_draft=self.shows_draft,
            changed=_changes(self.drafted, self.counted_now) if self.drafted else 0,
            edition_query=f"?edition={DRAFT}" if self.shows_draft else "",
            page=page,
            map=map_of(count, Measure.DENIALS, _("Denials by destination"), regions_by_name()),
            sections=[one for one in sections if not one["is_empty"]],
            empty=[one for one in sections if one["is_empty"]],
            filters=self._filters(whole, chosen),
            is_filtered=narrowed,
            beside=self._beside,
            years=self._years,
            **kwargs,
        )

    @cached_property
    def _chosen(self) -> dict[str, str]:
        return {name: self.request.GET.get(name, "")[:LONGEST] for name in ("authority", "destination")}

    @cached_property
    def _years(self) -> list[int]:
        """The other years there is a draft of, the last first."""
        regime, year = self.which
        drafts = Edition.objects.visible_to(self.principal).newest_of_each().filter(regime=regime)
        return sorted({one.year for one in drafts} - {year}, reverse=True)

    @cached_property
    def _beside(self) -> int | None:
        """The year whose draft the tables stand beside, where one was asked for."""
        asked = self.request.GET.get("beside", "")
        return next((one for one in self._years if str(one) == asked), None)

    def _shown(self, count: YearCount) -> Iterator[tuple[WordedTable, Before | None]]:
        """Every table with its words, and what it was in the year beside."""
        if self._beside is None:
            yield from ((one, None) for one in worded(tables(count)))
            return
        draft = Edition.objects.newest(self.which[0], self._beside)
        others = {one.name: one for one in tables(draft.count().only(**self._chosen))}
        pairs = [beside(one, others[one.name], self._beside) for one in tables(count)]
        yield from zip(worded(one for one, _before in pairs), (before for _one, before in pairs), strict=True)

    def _filters(self, whole: YearCount, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
        """A choice for each column that parts the figures, with what is chosen."""
        found = []
        for name in chosen:
            codes = {code for one in whole.figures if (code := getattr(one, name))} | ({chosen[name]} - {""})
            options = sorted(((place(code), code) for code in codes), key=lambda option: str(option[0]))
            found.append({"name": name, "label": KEYS[name], "value": chosen[name], "options": options})
        return found


class YearFile(OfYear, View):
    """A table, the tidy figures or the whole report as a file."""

    def get(self, request: HttpRequest, regime: str, year: int, name: str, form: str) -> HttpResponse:
        file = f"{name}.{form}"
        files = files_of(report_of(self.count), form)
        if file not in files:
            raise Http404
        response = HttpResponse(files[file], content_type=TYPES[form])
        response["Content-Disposition"] = f'attachment; filename="{regime}_{year}_{file}"'
        return response


def _changes(drafted: YearCount, now: YearCount) -> int:
    """Return how many figures are not the same in both, a changed one counted once."""
    before = {one.key: one.value for one in drafted.figures}
    after = {one.key: one.value for one in now.figures}
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def map_of(count: YearCount, measure: Measure, title: str, regions: dict[str, str]) -> Tiles | None:
    """Return the destinations of a measure as tiles by region."""
    sums: dict[str, int] = {}
    for one in count.of(measure):
        sums[one.destination] = sums.get(one.destination, 0) + one.value
    cells = [
        (regions.get(count.regions.get(code, UNPLACED), regions[UNPLACED]), code, place(code), value)
        for code, value in sorted(sums.items())
    ]
    order = list(regions.values())
    return tiles(title, sorted(cells, key=lambda cell: order.index(cell[0])))


def regions_by_name() -> dict[str, str]:
    """Return the regions of the report in their order, by code, in the reader's language; last what is in none."""
    named = {one.code: in_language(one.names, one.name_en) for one in Region.objects.order_by("order")}
    return named | {UNPLACED: _("In no region")}

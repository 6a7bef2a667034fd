"""From a number to the single cases it counts: those of them the reader may see, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.labels import REGIMES
from consultations.models import Consultation, Decision, GrantNotice
from denials.models import Denial
from reports.labels.tables import KEYS, OUTCOMES, column_words, key_words
from reports.law.cells import Cell, number_of, places_of
from reports.law.table import NOT_STATED
from reports.models import AnnualReturn
from reports.statistics import cases
from reports.statistics.cases import may_follow
from reports.views.pages import OfYear, regions_by_name

PER_PAGE = 50
LONGEST = 120


def cell_of(asked: Mapping[str, str]) -> Cell:
    """Return the cell an address names; a name or a value no cell has is not there."""
    known = {one.name for one in fields(Cell)}
    given = {name: value for name, value in asked.items() if name in known}
    if any(len(value) > LONGEST or "\x00" in value for value in given.values()) or "measure" not in given:
        raise Http404
    return Cell(**given)


class Cases(OfYear, TemplateView):
    """The cases behind one number of the tables."""

    template_name = "reports/cases.html"

    @cached_property
    def cell(self) -> Cell:
        """The number asked for."""
        cell = cell_of(self.request.GET.dict())
        if not may_follow(cell, self.principal):
            raise Http404
        return cell

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regime, year = self.which
        kind, rows, of_all = self._found()
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        said = [
            (str(KEYS[one.name]), self._words(one.name, value))
            for one in fields(Cell)
            if one.name != "measure" and (value := getattr(self.cell, one.name))
        ]
        facts = {
            "regime_words": REGIMES.get(regime, regime),
            "year": year,
            "measure": column_words(self.cell.measure),
            "said": said,
            "rows_template": f"reports/cases/{kind}.html",
            "are_lines": kind == "lines",
            "number": number_of(self.count, self.cell) if kind == "lines" else None,
            "page": page,
            "grants": self._told(list(page.object_list)) if kind == "grants" else (),
            "seen": page.paginator.count,
            "of_all": of_all,
            "back": reverse("reports:year", args=[regime, year]),
            "query": self._query,
        }
        return super().get_context_data(**kwargs | facts)

    @staticmethod
    def _words(kind: str, value: str) -> str:
        if kind == "outcome":
            return str(OUTCOMES.get(value) or column_words(value))
        if kind == "region":
            return regions_by_name().get(value) or key_words(kind, value, {})
        return key_words(kind, value, {}) if value != NOT_STATED else column_words(NOT_STATED)

    @property
    def _query(self) -> str:
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return asked.urlencode()

    def _found(self) -> tuple[str, QuerySet[Any], int]:
        """What the rows are, those of them the reader may see, and how many there are in all."""
        regime, year = self.which
        cell = self.cell
        places = places_of(self.count, cell.region) if cell.region else frozenset[str]()
        if cell.measure in cases.DENIALS:
            denied = cases.denials(cell, regime, year, places)
            shown = Denial.objects.visible_to(self.principal).filter(pk__in=denied.values("pk"))
            rows: QuerySet[Any] = shown.with_content().order_by("-current__decided_on", "reference")
            return "denials", rows, denied.count()
        if cell.measure in cases.CONSULTATIONS:
            counted = cases.consultations(cell, regime, year, self.now)
            seen = Consultation.objects.visible_to(self.principal).filter(pk__in=counted.values("pk"))
            return "consultations", seen.for_list().newest_first(), counted.count()
        if cell.measure in cases.GRANTS:
            granted = cases.grants(cell, regime, year)
            told = GrantNotice.objects.visible_to(self.principal).values("pk")
            decisions = Decision.objects
            known = Q(pk__in=decisions.visible_to(self.principal).values("pk")) | Q(grant_notice__in=told)
            known |= Q(pk__in=decisions.awaited_by(self.principal).values("pk"))
            rows = granted.filter(known).select_related("application", "authority__state", "grant_notice")
            return "grants", rows.order_by("-decided_on", "pk"), granted.count()
        current = AnnualReturn.objects.current(regime, year)
        returns = AnnualReturn.objects.visible_to(self.principal).filter(pk__in=current.values("pk"))
        lines = cases.lines(cell, returns, places).select_related("annual_return__authority__state")
        of_all = cases.lines(cell, current, places).count()
        return "lines", lines.order_by("annual_return__authority__code", "position"), of_all

    def _told(self, page: Sequence[Decision]) -> list[dict[str, Any]]:
        """Return each grant with what this reader may open of it: its own case, the explanation, or the thread."""
        told = set(GrantNotice.objects.visible_to(self.principal).values_list("pk", flat=True))
        threads = Consultation.objects.visible_to(self.principal).on_side("received", self.principal)
        own = set(
            Decision.objects.visible_to(self.principal)
            .filter(pk__in=[one.pk for one in page])
            .values_list("pk", flat=True)
        )
        asked = {
            one.application_id: one for one in threads.filter(application__in=[one.application_id for one in page])
        }
        return [
            {
                "one": one,
                "told": notice if (notice := getattr(one, "grant_notice", None)) and notice.pk in told else None,
                "is_own": one.pk in own,
                "thread": asked.get(one.application_id),
            }
            for one in page
        ]

"""From a number to the single cases it counts: those of them the reader may see, and how many there are in all."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.labels import REGIMES
from consultations.models import Consultation, GrantNotice
from reports.labels.tables import KEYS, column_words, key_words
from reports.models import AnnualReturn
from reports.statistics import cases
from reports.statistics.cases import Cell, may_follow
from reports.views.pages import OfYear

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
        template, rows, of_all = self._found()
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        said = [
            (str(KEYS[one.name]), key_words(one.name, value, {}))
            for one in fields(Cell)
            if one.name != "measure" and (value := getattr(self.cell, one.name))
        ]
        facts = {
            "regime_words": REGIMES.get(regime, regime),
            "year": year,
            "measure": column_words(self.cell.measure),
            "said": said,
            "rows_template": template,
            "page": page,
            "seen": page.paginator.count,
            "of_all": of_all,
            "back": reverse("reports:year", args=[regime, year]),
            "query": self._query,
        }
        return super().get_context_data(**kwargs | facts)

    @property
    def _query(self) -> str:
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return asked.urlencode()

    def _found(self) -> tuple[str, QuerySet[Any], int | None]:
        """The template of the rows, the rows the reader may see, and how many there are in all; None where not told."""
        regime, year = self.which
        cell = self.cell
        if cell.measure in cases.CONSULTATIONS:
            counted = cases.consultations(cell, regime, year, self.now)
            seen = Consultation.objects.visible_to(self.principal).filter(pk__in=counted.values("pk"))
            return "reports/cases/consultations.html", seen.for_list().newest_first(), counted.count()
        if cell.measure in cases.GRANTS:
            explained = cases.grants(cell, regime, year)
            told = GrantNotice.objects.visible_to(self.principal).filter(pk__in=explained.values("pk"))
            rows = told.select_related("authority__state").order_by("-decided_on", "reference")
            return "reports/cases/grants.html", rows, explained.count()
        current = AnnualReturn.objects.current(regime, year)
        returns = AnnualReturn.objects.visible_to(self.principal).filter(pk__in=current.values("pk"))
        lines = cases.lines(cell, returns).select_related("annual_return__authority__state")
        return "reports/cases/lines.html", lines.order_by("annual_return__authority__code", "position"), None

"""Lists: the authority's applications, and its screenings as proof."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.labels import REGIMES
from accounts.templatetags.parts import query_with
from denials.law.transactions import Destination
from screening.labels import STATES
from screening.models import Application, Screening
from screening.views.sheets import RoomPage, listed

PER_PAGE = 50
OWNERS = ("mine", "unassigned")
ORDERS = {"filed": "-created_at", "received": "-received_on", "reference": "reference", "status": "status"}


class ApplicationList(RoomPage, TemplateView):
    """Every application of the own authority, newest first, with what its last screening found."""

    permission_needed = "application.read"
    template_name = "applications/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Application.objects.visible_to(self.principal)
        order = ORDERS.get(self.request.GET.get("sort", ""), ORDERS["filed"])
        chosen = self._chosen(rows).at_a_glance().order_by(order, "pk")
        page = Paginator(chosen, PER_PAGE).get_page(self.request.GET.get("page"))
        seen = Screening.objects.latest_of(page.object_list)
        shown = [
            {
                "application": row,
                "seen": seen.get(row.pk),
                "status": STATES[row.status],
                "places": [Destination(**place) for place in row.glance_destinations],
            }
            for row in page
        ]
        return super().get_context_data(page=page, rows=shown, facets=self._facets(rows), **kwargs)

    def _chosen(self, rows: Any) -> Any:
        asked = self.request.GET
        if asked.get("status") in set(STATES):
            rows = rows.filter(status=asked["status"])
        if asked.get("regime") in REGIMES:
            rows = rows.filter(regime=asked["regime"])
        if asked.get("owner") == "mine":
            rows = rows.filter(owner_id=self.principal.id)
        if asked.get("owner") == "unassigned":
            rows = rows.filter(owner__isnull=True)
        return rows

    def _facets(self, rows: "QuerySet[Application]") -> list[dict[str, Any]]:
        counts: Any = (
            rows.order_by()
            .values("status", "regime")
            .annotate(
                all=Count("pk"),
                mine=Count("pk", filter=Q(owner_id=self.principal.id)),
                unassigned=Count("pk", filter=Q(owner__isnull=True)),
            )
        )
        found = list(counts)
        owners = {"mine": _("mine"), "unassigned": _("unassigned")}
        return [
            self._group(_("Status"), "status", {str(code): str(words) for code, words in STATES.items()}, found, "all"),
            self._group(_("Regime"), "regime", {code: str(words) for code, words in REGIMES.items()}, found, "all"),
            {
                "title": _("Owner"),
                "options": [self._option("owner", code, owners[code], sum(r[code] for r in found)) for code in OWNERS],
            },
        ]

    def _group(
        self, title: str, name: str, words: dict[str, str], found: list[dict[str, Any]], figure: str
    ) -> dict[str, Any]:
        options = [
            self._option(name, code, label, sum(row[figure] for row in found if row[name] == code))
            for code, label in words.items()
        ]
        return {"title": title, "options": options}

    def _option(self, name: str, code: str, label: str, count: int) -> dict[str, Any]:
        selected = self.request.GET.get(name) == code
        href = query_with(self.request.GET, **{name: None if selected else code, "page": None})
        return {"label": label, "count": count, "href": href, "selected": selected}


class ScreeningList(RoomPage, TemplateView):
    """Every screening of the own authority, filed or not: the proof that the register was examined."""

    permission_needed = "application.screen"
    template_name = "applications/screenings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Screening.objects.visible_to(self.principal).select_related("application").newest_first().with_counts()
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, rows=[listed(row) for row in page], **kwargs)

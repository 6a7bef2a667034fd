"""Countries and territories: what holds of them on a day, and how they are written."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.views import ExchangeView
from denials.labels import PLACE_ATTRIBUTES
from denials.law.places import remarks
from denials.models import Country, PlaceName, members_of_the_union, place, places_found, remarks_on

PER_PAGE = 50
LONGEST_NAME = 120
MOST_NAMES = 60


class PlacePage(ExchangeView, TemplateView):
    """A page about places, on the day asked about or today."""

    permission_needed = "denial.read"

    @cached_property
    def on(self) -> date:
        """The day asked about; what is no day asks about today."""
        try:
            return date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            today: date = self.now.date()
            return today

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(on=self.on, asks_another_day=self.on != self.now.date(), **kwargs)


class PlaceList(PlacePage):
    """All places, or those that are meant by a text and of which something holds."""

    template_name = "denials/places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()[:LONGEST_NAME]
        attribute = self.request.GET.get("attribute", "")
        attribute = attribute if attribute in PLACE_ATTRIBUTES else ""
        found = places_found(asked, attribute, self.on).select_related("region")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        known = remarks_on([row.code for row in page], self.on)
        return super().get_context_data(
            asked=asked,
            attribute=attribute,
            attributes=PLACE_ATTRIBUTES.items(),
            page=page,
            rows=[{"place": row, "remarks": known.get(row.code, ())} for row in page],
            **kwargs,
        )


class PlaceDetail(PlacePage):
    """A place with its dated attributes and the ways it is written."""

    template_name = "denials/place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.kwargs["place"].upper()
        row = Country.objects.select_related("region").prefetch_related("attributes").filter(code=code).first()
        if row is None:
            raise Http404
        known = place(row)
        written = PlaceName.objects.filter(codes__contains=[code]).order_by("printed")[:MOST_NAMES]
        return super().get_context_data(
            row=row,
            attributes=[{"fact": one, "holds": one.span.holds(self.on)} for one in known.attributes],
            remarks=remarks(known, self.on, members_of_the_union(self.on)),
            written=[one.printed for one in written if len(one.codes) == 1],
            undecided=[one for one in written if len(one.codes) > 1],
            back=reverse("denials:places"),
            **kwargs,
        )

"""The control lists to read: lists and versions, their trees, an entry; and what a typed code is read as."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView, View

from accounts.views import ExchangeView
from denials.forms.entries import readings_of
from denials.labels import CATEGORIES, CONTROL_LISTS
from denials.law.lists import LIST_ORDER, Entry, Lists, ListVersion, Reading
from denials.models import Denial, held_lists

PER_PAGE = 60
MOST_BELOW = 12  # shown beneath a head of a page; the rest stand on its own page
MOST_ENTRIES = 20
LONGEST_TEXT = 400


class ControlListPage(ExchangeView, TemplateView):
    """A page about the control lists."""

    permission_needed = "denial.read"

    @cached_property
    def lists(self) -> Lists:
        """The lists as loaded."""
        return held_lists()

    @property
    def today(self) -> date:
        """The day whose versions are shown where none is asked for."""
        day: date = self.now.date()
        return day

    @cached_property
    def version(self) -> ListVersion:
        """The version asked for, else that of today; a list or version that is not held is not there."""
        code, asked = self.kwargs["code"], self.request.GET.get("version", "")
        if asked:
            chosen = next((one for one in self.lists.versions_of(code) if one.version == asked and one.is_held), None)
        else:
            chosen, _exact = self.lists.version_on(code, self.today)
        if chosen is None:
            raise Http404
        return chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(today=self.today, **kwargs)


class ControlListIndex(ControlListPage):
    """The lists held, with their versions; a box that reads any notation."""

    template_name = "denials/control_lists.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("text", "").strip()[:LONGEST_TEXT]
        return super().get_context_data(
            lists=[self._list(code) for code in LIST_ORDER if self.lists.versions_of(code)],
            text=text,
            readings=readings_of(text, self.lists, on=self.today, regime="") if text else (),
            **kwargs,
        )

    def _list(self, code: str) -> dict[str, Any]:
        versions = self.lists.versions_of(code)
        chosen, _exact = self.lists.version_on(code, self.today)
        return {
            "code": code,
            "name": CONTROL_LISTS.get(code, code),
            "version": chosen,
            "entries": len(self.lists.index.get((code, chosen.version), {})) if chosen else 0,
            "versions": versions,
        }


class ControlListTree(ControlListPage):
    """A version of a list as a tree: categories, heads with what stands below them, or what a search finds."""

    template_name = "denials/control_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()[:80]
        category = self.request.GET.get("category", "")
        version = self.version
        found = self._found(asked, category)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        readings = readings_of(asked, self.lists, on=self.today, regime="") if asked and not found else ()
        return super().get_context_data(
            version=version,
            name=CONTROL_LISTS.get(version.control_list, version.control_list),
            versions=self.lists.versions_of(version.control_list),
            asked=asked,
            category=category,
            category_name=CATEGORIES.get(category, ""),
            categories=self._categories(asked, category),
            page=page,
            rows=[self._row(entry) for entry in page],
            readings=readings,
            **kwargs,
        )

    def _heads(self) -> Sequence[Entry]:
        return self.lists.below.get((self.version.control_list, self.version.version, ""), ())

    def _found(self, asked: str, category: str) -> Sequence[Entry]:
        if asked:
            return tuple(self.lists.search(self.version.control_list, self.version.version, asked))
        return tuple(one for one in self._heads() if not category or one.category == category)

    def _categories(self, asked: str, category: str) -> list[dict[str, Any]]:
        """The categories of a list that has them, with how many heads each has."""
        if asked or category or self.version.control_list != "annex_i":
            return []
        counts: dict[str, int] = {}
        for head in self._heads():
            counts[head.category] = counts.get(head.category, 0) + 1
        return [{"code": code, "name": CATEGORIES.get(code, code), "count": count} for code, count in counts.items()]

    def _row(self, entry: Entry) -> dict[str, Any]:
        below = self.lists.children(entry)
        return {"entry": entry, "below": below[:MOST_BELOW], "more": max(0, len(below) - MOST_BELOW)}


class ControlListEntryPage(ControlListPage):
    """One entry: where it stands, what stands below it, what it was and became, the denials under it."""

    template_name = "denials/control_list_entry.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reading = self.reading
        if reading.entry is None or reading.entry.code != reading.canonical:
            return self.render_to_response(self.get_context_data(reading=reading, unknown=True), status=404)
        return self.render_to_response(self.get_context_data(reading=reading, **self._about(reading.entry)))

    @cached_property
    def reading(self) -> Reading:
        """What the code in the address is in this list."""
        code, version = self.kwargs["entry"], self.version
        entry = self.lists.index[version.control_list, version.version].get(code)
        if entry is not None:
            return self.lists.reading_of_entry(entry, self.today)
        found = self.lists.read(code[:LONGEST_TEXT], on=self.today)
        if len(found) != 1:
            raise Http404
        return found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = CONTROL_LISTS.get(self.version.control_list, self.version.control_list)
        return super().get_context_data(version=self.version, name=named, code=self.kwargs["entry"], **kwargs)

    def _about(self, entry: Entry) -> dict[str, Any]:
        below = Paginator(self.lists.children(entry), PER_PAGE).get_page(self.request.GET.get("page"))
        in_force = Denial.objects.visible_to(self.principal).in_force().under_entry(entry.code)
        titles = sorted((language, title) for language, title in entry.titles if language != "short")
        return {
            "entry": entry,
            "path": self.lists.path(entry)[:-1],
            "below": below,
            "titles": ([("en", entry.title)] if entry.title and not _is_among(entry.title, titles) else []) + titles,
            "count": in_force.count(),
            "register": f"{reverse('denials:list')}?{urlencode({'code': entry.code, 'status': 'in_force'})}",
        }


def _is_among(title: str, titles: Iterable[tuple[str, str]]) -> bool:
    return any(title == other for _language, other in titles)


class EntrySearch(ExchangeView, View):
    """Entries of the control lists that a typed text leads to, in any notation or by words of the title."""

    permission_needed = "denial.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("q", "").strip()[:80]
        language = (get_language() or "en").split("-")[0]
        found = [{"code": e.code, "title": e.title_in(language), "list": e.control_list} for e in self._found(asked)]
        return JsonResponse({"entries": found[:MOST_ENTRIES]})

    def _found(self, asked: str) -> list[Entry]:
        lists, on = held_lists(), self.now.date()
        found: list[Entry] = []
        for control_list in LIST_ORDER[:-1] if asked else ():
            version, _exact = lists.version_on(control_list, on)
            if version is not None:
                found += [one for one in lists.search(control_list, version.version, asked) if one.is_used]
        if not found and asked:
            found = [entry for reading in lists.read(asked, on=on) for entry in reading.suggestions]
        return found


class ReadEntries(ExchangeView, TemplateView):
    """What a typed field is read as, as a fragment beside the field."""

    permission_needed = "denial.read"
    template_name = "denials/read_as.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        text, regime = given.get("text", "").strip()[:LONGEST_TEXT], given.get("regime", "")[:32]
        readings = readings_of(text, held_lists(), on=_day(given.get("on", "")) or self.now.date(), regime=regime)
        return super().get_context_data(readings=readings, field=given.get("field", "")[:80], **kwargs)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

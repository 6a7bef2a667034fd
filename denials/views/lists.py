"""The register as a list: one box, facets with counts, chips, the page asked for; and the picker of entries."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.models import Authority
from accounts.principals import authority_behind
from accounts.views import ExchangeView
from denials import search
from denials.fields import content_shown
from denials.law import codes, words
from denials.law.content import DenialContent
from denials.law.lifecycle import State
from denials.models import ControlListEntry, Denial, SavedSearch
from denials.models import content as rows
from denials.search.marks import snippet
from denials.search.page import FoundRows
from denials.standing import Standing, today_of
from denials.templatetags.register import criteria_words, item_words, main_party
from denials.views.facets import FacetPanel

PER_PAGE = 50
MOST_ENTRIES = 20
_ANY = UUID(int=0)  # an address is made once, not for every row


class DenialList(ExchangeView, TemplateView):
    """Denials of all, in the regimes of the reader, with drafts of the own authority."""

    permission_needed = "denial.read"
    template_name = "denials/list.html"

    @cached_property
    def asked(self) -> search.Asked:
        """What the address asks for."""
        return search.Asked.read(dict(self.request.GET.lists()))

    @cached_property
    def today(self) -> date:
        """The reader's day, by which the list is judged; an institution's is that of its seat."""
        return self.authority.day_of(self.now)

    @cached_property
    def authority(self) -> Authority:
        """The reader's authority, which the frame of the page shows, too."""
        return authority_behind(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        found = search.answer(self.principal, asked, on=self.today)
        rows_found: Any = FoundRows(found, self.principal)
        page: Page[Denial] = Paginator(rows_found, PER_PAGE).get_page(self.request.GET.get("page"))
        self._say_more(list(page), found)
        facets = FacetPanel(asked, found.counted, self.request.path)
        return super().get_context_data(
            authority=self.authority,
            page=page,
            asked=asked,
            found=found,
            terms=found.terms,
            is_near=bool(found.nearest),
            facets=facets.groups(),
            chips=facets.chips(),
            reset=self.request.path if asked.narrows else "",
            kept=[(name, value) for name, values in asked.as_parameters().items() for value in values if name != "q"],
            dates=facets.dates(),
            sorts=facets.sorts(),
            parameters=urlencode(asked.as_parameters(), doseq=True),
            saved=self._saved(),
            **kwargs,
        )

    def _say_more(self, page: Sequence[Any], found: search.Found) -> None:
        """Add what a row says beside its columns: addresses, overlay, where a word was found that no column shows."""
        standing = Standing(page)
        peek, detail, edit = (reverse(f"denials:{name}", args=[_ANY]) for name in ("peek", "detail", "edit"))
        for denial in page:
            denial.peek = peek.replace(str(_ANY), str(denial.pk))
            denial.address = (edit if denial.status == State.DRAFT else detail).replace(str(_ANY), str(denial.pk))
            denial.overlay = self._overlay(denial, standing)
            if found.terms:
                shown = content_shown(rows.read(denial.current), self.principal, denial.authority_id)
                cells = " ".join(_cells(denial))
                denial.snippet = snippet(_texts(shown), found.terms, cells, near=bool(found.nearest))

    def _overlay(self, denial: Denial, standing: Standing) -> str:
        """Say what matters most beside the state of a denial in force; empty where it simply stands."""
        shown = standing.overlays(denial, today_of(denial, self.now))
        return str(shown[0]) if shown and denial.status == State.IN_FORCE else ""

    def _saved(self) -> SavedSearch | None:
        """The reader's own saved search that asks just this."""
        if not self.asked.narrows:
            return None
        saved: SavedSearch | None = (
            SavedSearch.objects.own(self.principal).filter(asked=self.asked.as_parameters()).first()
        )
        return saved


def _cells(denial: Any) -> list[str]:
    """What the columns of a row show, as far as it may be searched."""
    version = denial.current
    return [
        denial.reference or "",
        main_party(version.parties.all()),
        *map(item_words, version.items.all()[:3]),
        criteria_words(version.criteria.all()),
    ]


def _texts(content: DenialContent) -> list[str]:
    """What a row does not show and may have been found by."""
    found = [" ".join((one.name, *one.aliases, one.address)) for one in content.parties if one.role != "exporter"]
    for item in content.items:
        found += [item.description, item.description_en, " ".join((item.manufacturer, item.model, item.cas, item.cn))]
    return [*found, content.end_use, content.scope_note, content.explanation, content.remarks, content.source_reference]


class EntrySearch(ExchangeView, View):
    """Entries of the control lists that a typed text leads to, in any notation or by words of the title."""

    permission_needed = "denial.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("q", "").strip()[:80]
        rows = [
            {"code": row.code, "title": row.title_en, "list": row.control_list.code}
            for row in entries(asked)[:MOST_ENTRIES]
        ]
        return JsonResponse({"entries": rows})


def entries(asked: str) -> "QuerySet[ControlListEntry]":
    """Return the entries under a code in any notation, or whose titles hold the words."""
    rows = ControlListEntry.objects.filter(is_used=True).exclude(control_list__code="uk").select_related("control_list")
    if not asked:
        return rows.none()
    read = codes.parse(asked)
    compact = words.compact(read.canonical if read.control_list else asked)
    by_code = rows.filter(compact__istartswith=compact) if compact else rows.none()
    if read.control_list or by_code.exists():
        return by_code.order_by("code")
    for word in asked.split()[:6]:
        rows = rows.filter(Q(title_en__icontains=word) | Q(titles__short__icontains=word))
    return rows.order_by("level", "code")

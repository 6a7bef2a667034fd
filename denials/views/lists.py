"""The register as a list with facets and counts, and the picker of control-list entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.labels import REGIMES
from accounts.templatetags.parts import query_with
from accounts.templatetags.words import destination, state_name
from accounts.views import ExchangeView
from denials import search
from denials.labels import STATUSES
from denials.law import codes, words
from denials.law.lifecycle import State
from denials.models import ControlListEntry, Denial
from denials.querysets import UNRESOLVED, DenialQuerySet
from denials.views.detail import Standing

PER_PAGE = 50
MOST_OPTIONS = 12
MOST_ENTRIES = 20
SORTS = {
    "decided": "current__decided_on",
    "reference": "reference",
    "recorded": "current__recorded_at",
}
NARROWED = {
    "state": DenialQuerySet.issued_by,
    "destination": DenialQuerySet.bound_for,
    "category": DenialQuerySet.of_category,
    "criterion": DenialQuerySet.citing,
}


class DenialList(ExchangeView, TemplateView):
    """Denials of all, in the regimes of the reader, with drafts of the own authority."""

    permission_needed = "denial.read"
    template_name = "denials/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET
        found = self._found(chosen)
        page = Paginator(self._ordered(found, chosen).with_content(), PER_PAGE).get_page(chosen.get("page"))
        standing = Standing()
        for denial in page:
            denial.overlay = self._overlay(denial, standing)
        return super().get_context_data(
            page=page,
            facets=self._facets(found),
            asked=chosen.get("q", ""),
            reset=self.request.path if set(chosen) - {"sort", "page"} else "",
            sort=chosen.get("sort", "-decided"),
            drafts=chosen.get("status") == "draft",
            **kwargs,
        )

    def _found(self, chosen: Mapping[str, str]) -> DenialQuerySet:
        rows = Denial.objects.visible_to(self.principal)
        if chosen.get("status") not in ("draft", "discarded"):
            rows = rows.notified()
        for name in ("regime", "status"):
            if chosen.get(name):
                rows = rows.filter(**{name: chosen[name]})
        for name, narrowed in NARROWED.items():
            if chosen.get(name):
                rows = narrowed(rows, chosen[name])
        if chosen.get("counted", "").isdecimal():
            rows = rows.counted_in(int(chosen["counted"][:5]))
        if chosen.get("code"):
            rows = rows.under_entry(codes.canonical(chosen["code"]) or chosen["code"])
        return search.find(rows, chosen.get("q", ""))

    def _overlay(self, denial: Denial, standing: Standing) -> str:
        """Say why a denial in force obliges nobody today, or that its review is due; empty where it simply stands."""
        if denial.status != State.IN_FORCE:
            return ""
        today = self.now.astimezone(denial.state_of_issue.zone_info()).date()
        counts = standing.of(denial, today)
        if not counts.counts:
            return str(counts.reason)
        due = denial.current.review_due_on if denial.current else None
        return "review_due" if due is not None and due <= today else ""

    def _ordered(self, rows: DenialQuerySet, chosen: Mapping[str, str]) -> DenialQuerySet:
        asked = chosen.get("sort", "-decided")
        column = F(SORTS.get(asked.lstrip("-"), "current__decided_on"))
        order = column.asc(nulls_last=True) if not asked.startswith("-") else column.desc(nulls_last=True)
        return rows.order_by(order, "-reference", "pk")

    # ---- facets --------------------------------------------------------------------------------------------------

    def _facets(self, found: DenialQuerySet) -> list[dict[str, Any]]:
        counts = _counts(found)
        drafts = Denial.objects.visible_to(self.principal).filter(status="draft").count()
        counts["status"]["draft"] = drafts
        groups = [
            self._group(_("State of the denial"), "status", counts, {code: str(STATUSES[code]) for code in STATUSES}),
            self._group(_("Regime"), "regime", counts, {code: str(label) for code, label in REGIMES.items()}),
            self._group(_("From"), "state", counts),
            self._group(_("Destination"), "destination", counts),
            self._group(_("Category"), "category", counts),
            self._group(_("Criterion"), "criterion", counts),
        ]
        return [group for group in groups if group["options"]]

    def _group(
        self, title: str, name: str, counts: Mapping[str, Mapping[str, int]], known: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        chosen, held = self.request.GET.get(name, ""), counts.get(name, {})
        order = [code for code in known if held.get(code)] if known else _ranked(held)
        shown = order[:MOST_OPTIONS] + ([chosen] if chosen and chosen not in order[:MOST_OPTIONS] else [])
        options = [
            {
                "label": known[code] if known and code in known else _label(name, code),
                "count": held.get(code, 0),
                "href": query_with(self.request.GET, **{name: None if code == chosen else code, "page": None}),
                "selected": code == chosen,
            }
            for code in shown
        ]
        return {"title": title, "options": options}


def _ranked(held: Mapping[str, int]) -> list[str]:
    return [code for code, _count in sorted(held.items(), key=lambda pair: (-pair[1], pair[0])) if code]


def _label(name: str, code: str) -> str:
    if name == "state":
        return state_name(code)
    if name == "destination":
        return _("not resolved") if code == UNRESOLVED else destination(code)
    if name == "criterion":
        return _("Criterion %(number)s") % {"number": code}
    return code


def _counts(found: DenialQuerySet) -> dict[str, dict[str, int]]:
    """Count denials by each facet in two queries: what a denial has once, and what it may have several of."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Denial.objects.filter(pk__in=found.values("pk"))
    single = rows.values_list("status", "regime", "state_of_issue_id").annotate(n=Count("pk")).order_by()
    for status, regime, state, number in single:
        for name, code in (("status", status), ("regime", regime), ("state", state)):
            counts[name][code] += number
    for name, code, number in _of_several(rows):
        counts[name][UNRESOLVED if name == "destination" and not code else code] += number
    return counts


def _of_several(rows: "QuerySet[Denial]") -> "Iterable[tuple[str, str, int]]":
    parts = {
        "destination": "current__destinations__code",
        "category": "current__items__category",
        "criterion": "current__criteria__code",
    }
    queries = [
        rows.exclude(Q(**{f"{column}__isnull": True}))
        .values_list(Value(name), Coalesce(column, Value("")))
        .annotate(n=Count("pk", distinct=True))
        .order_by()
        for name, column in parts.items()
    ]
    return queries[0].union(*queries[1:], all=True)


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

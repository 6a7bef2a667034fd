"""Addresses that show every component with full and awkward data; served in place of the exchange's own."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.i18n import set_language

from accounts.roles import CASEWORK, Principal

NOW = datetime(2026, 3, 2, 8, 14, tzinfo=UTC)
HAGUE = ZoneInfo("Europe/Amsterdam")
LONG = "Rüstungsgüterausfuhrgenehmigungsbehördenverzeichnisnummer 77"
PERSON = Principal(kind="user", name="Anneleen Vandenbroucke", permissions=CASEWORK | {"audit.read", "client.read"})
AUTHORITY = SimpleNamespace(
    code="BE-VL", state_id="BE", name="Strategic Goods Control Unit", state=SimpleNamespace(zone="Europe/Brussels")
)


class ItemForm(forms.Form):
    code = forms.CharField(label="Control-list entry", help_text="Any notation: 3A001.a.2, ML 10 c 2.", required=False)
    description = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 2}))
    quantity = forms.DecimalField(label="Quantity", required=False)


class DenialForm(forms.Form):
    decided = forms.DateField(label="Date of the decision", help_text="As on the decision, not of its dispatch.")
    activity = forms.ChoiceField(label="Activity", choices=[("export", "Export"), ("transit", "Transit")])
    criteria = forms.MultipleChoiceField(
        label="Criteria",
        help_text="Several may apply.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "1 International obligations and commitments"), ("7", f"7 {LONG}")],
    )
    regime = forms.ChoiceField(widget=forms.RadioSelect, choices=[("arms", "Arms"), ("dual_use", "Dual-use")])
    end_use = forms.CharField(label="Stated end use", widget=forms.Textarea, required=False)
    lasting = forms.BooleanField(label="A lasting relation", required=False, help_text="Keeps it on the review list.")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("An arms denial cites at least one criterion (Art. 4(1)).")


class PasswordForm(forms.Form):
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def gallery(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of components to a person who may do everything."""
    request.principal = PERSON  # type: ignore[attr-defined]  # as the middleware does
    context = {"authority": AUTHORITY, "now": NOW, "inbox_count": 7, **PAGES[name]()}
    return render(request, f"gallery/{name}.html", context)


def peek(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<h2>BE-2026-7QK2M</h2><p class="x-buttons"><a class="btn" href="/gallery/case/">Open</a></p>')


def list_page() -> dict[str, Any]:
    end = datetime(2026, 3, 3, tzinfo=ZoneInfo("Europe/Brussels"))
    kinds = [
        (end - timedelta(days=2), 0, "Answer consultation NL-2026-7QK2M", "BE", "Beeldversterkerbuizen → IL", "me"),
        (end, 0, "Agree extension (5 working days)", "FR", "3A001.b.4 → AE", "–"),
        (end + timedelta(days=2), 2, "2 new hits on application BE-2026-X1", "DE", LONG, "Jean-Baptiste de la Motte"),
        (end + timedelta(days=11), 8, "Explain grant after consultation", "NL", "ML10.c.2 → SA", "me"),
        (None, None, "Review denial BE-2023-14", "GR", "ML6 → CD", "–"),
    ]
    names = ("due", "left", "what", "frm", "about", "owner")
    rows = [
        SimpleNamespace(**dict(zip(names, kind, strict=True)), id=at, new=at % 4 == 0)
        for at, kind in enumerate(kinds * 3)
    ]
    options = [
        {"label": "Mine", "count": 3, "href": "?mine=1", "selected": True},
        {"label": LONG, "count": 0, "href": "?"},
    ]
    return {
        "rows": rows,
        "groups": [{"title": "Whose", "options": options}],
        "page": Paginator(range(1284), 25).page(4),
    }


def sheet_page() -> dict[str, Any]:
    rows = [
        {"label": "End-user", "left": "Israel Prison Service", "right": "Israeli Prison Service", "verdict": "same",
         "reason": "same (0.97): word form", "right_spans": [[6, 7]]},
        {"label": "Item", "left": "ML15.c image intensifiers", "right": "Beeldversterkers", "verdict": "similar",
         "reason": "similar (NL-EN); entry unknown"},
        {"label": "Control-list entry", "left": "ML15.c", "right": "", "verdict": "unknown", "reason": "none named"},
        {"label": LONG, "left": LONG, "right": "ML10", "verdict": "different", "reason": "different"},
        {"label": "Window", "left": "grant intended 2 Mar 2026", "right": "counts to 9 Oct 2027", "verdict": "covered",
         "reason": "counts"},
    ]  # fmt: skip
    return {"vr": rows}


def strip() -> list[dict[str, Any]]:
    """Ten working days of the Netherlands from Monday 30 March 2026, Easter between."""
    days, number, holidays = [], 0, {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
    for on in (date(2026, 3, 30) + timedelta(days=step) for step in range(17)):
        kind = "event" if on == date(2026, 3, 30) else "holiday" if on in holidays else "weekend"
        if on.weekday() < 5 and on not in holidays and kind != "event":
            number += 1
            kind = "due" if number == 10 else "working"
        counted = number if kind in ("working", "due") else None
        name = holidays.get(on, "")
        days.append({"date": on, "kind": kind, "number": counted, "name": name, "today": on == date(2026, 4, 8)})
    return days


def clock_of(tone: str, left: int) -> dict[str, Any]:
    return {
        "day": "Wed 15 Apr 2026",
        "due_before": datetime(2026, 4, 16, tzinfo=HAGUE),
        "zone": "Europe/Amsterdam",
        "left": left,
        "tone": tone,
        "status": "open",
        "days": strip(),
        "silence": "Silence means: regarded as not considering the transaction essentially identical.",
        "working": ["The day of receipt is not counted.", "10 working days of NL Netherlands, calendar 2026 v1."],
        "source": "Regulation (EEC, Euratom) No 1182/71, Art. 3",
    }


def case_page() -> dict[str, Any]:
    return {"clock": clock_of("plain", 8), "clock2": clock_of("short", 1)}


def form_page() -> dict[str, Any]:
    item_set = forms.formset_factory(ItemForm, extra=1, can_delete=True)
    sent = {"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "1", "items-0-code": "ML15.c", "items-0-quantity": "many"}
    items = item_set(sent, prefix="items")
    sections = [
        {"id": "s1", "label": "Decision", "done": True},
        {"id": "s2", "label": "Items", "missing": 2},
        {"id": "s2", "label": "Endverbleibserklärungspflichtigkeit"},
    ]
    missing = [{"label": "A description of the item", "href": "#id_items-0-description", "article": "Art. 4(1)"}]
    form = DenialForm({"decided": "32.13.2026", "activity": "export"})
    return {"form": form, "items": items, "fsets": [items], "sections": sections, "missing": missing}


def act_page() -> dict[str, Any]:
    readers = ["NL Netherlands – Customs, Central Import and Export Office (CDIU)"]
    steps = [{"what": "NL Netherlands answers", "by": "by Mon 23 Mar 2026, 24:00 (The Hague)"}]
    return {"form": PasswordForm(), "readers": readers, "at": NOW, "steps": steps}


def report_page() -> dict[str, Any]:
    labels = [{"label": "Israel", "href": "/gallery/list/"}, "United Arab Emirates", "“Congo”, not resolved", LONG]
    years = [{"label": str(2021 + at), "values": [at + 1, 4, 12, None]} for at in range(4)]
    return {"labels": labels, "s1": [{"label": "denials", "values": [9, 4, 1, 0]}], "s2": years}


PAGES = {
    "list": list_page,
    "sheet": sheet_page,
    "case": case_page,
    "form": form_page,
    "act": act_page,
    "report": report_page,
}


def room(name: str, route: str) -> Any:
    """Stand in for a room's list, so that the doors lead somewhere."""
    return include(([path("", gallery, {"name": "list"}, name=route)], name))


urlpatterns = [
    path("gallery/peek/", peek),
    path("gallery/<str:name>/", gallery, name="gallery"),
    path("", gallery, {"name": "list"}, name="inbox"),
    path("denials/", room("denials", "list")),
    path("applications/", room("applications", "list")),
    path("consultations/", room("consultations", "list")),
    path("reports/", room("reports", "index")),
    path("language/", set_language, name="set-language"),
    path("out/", gallery, {"name": "list"}, name="sign-out"),
    path("settings/people/", gallery, {"name": "list"}, name="people"),
    path("settings/calendars/", gallery, {"name": "list"}, name="calendars"),
    path("settings/clients/", gallery, {"name": "list"}, name="clients"),
    path("settings/audit/", gallery, {"name": "list"}, name="audit"),
]

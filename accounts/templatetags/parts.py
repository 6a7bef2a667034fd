"""Components of a page: icons, badges, headers, panels, form fields, paging."""

from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Receipt

register = template.Library()

LATEST_RECEIPTS = 3

# status code: (label, tone, icon). Amber and red: clocks and obstacles; green: done; blue: new to the reader.
STATUSES = {
    "draft": (_("draft"), "quiet", "pencil"),
    "new": (_("new"), "new", "circle-dot"),
    "in_force": (_("in force"), "plain", "file-x"),
    "outside_window": (_("outside the window"), "quiet", "history"),
    "former_member": (_("former member"), "quiet", "info-circle"),
    "not_yet_decided": (_("decided later"), "quiet", "clock"),
    "notified": (_("notified"), "plain", "send"),
    "amended": (_("amended"), "plain", "history"),
    "renewed": (_("renewed"), "plain", "refresh"),
    "revoked": (_("revoked"), "quiet", "ban"),
    "superseded": (_("superseded"), "quiet", "history"),
    "review_due": (_("review due"), "short", "clock"),
    "review_overdue": (_("review overdue"), "overdue", "alert-circle"),
    "final_assessment_due": (_("final assessment owed"), "overdue", "gavel"),
    "annulled_by_court": (_("annulled by a court"), "quiet", "gavel"),
    "under_appeal": (_("under appeal"), "plain", "gavel"),
    "out_of_window": (_("outside the window"), "quiet", "history"),
    "notified_late": (_("notified late"), "short", "alert-triangle"),
    "notice": (_("notice"), "quiet", "info-circle"),
    "aggregate": (_("aggregate"), "quiet", "table"),
    "ready": (_("awaits release"), "short", "user-check"),
    "lifted": (_("lifted"), "done", "circle-check"),
    "discarded": (_("discarded"), "quiet", "trash"),
    "recall_open": (_("recall to acknowledge"), "overdue", "arrow-back-up"),
    "pending": (_("pending"), "plain", "clock"),
    "open": (_("open"), "plain", "clock"),
    "awaiting_answer": (_("awaiting answer"), "plain", "clock"),
    "information_requested": (_("information requested"), "plain", "message-reply"),
    "extension_proposed": (_("extension proposed"), "plain", "hourglass"),
    "extended": (_("extended"), "plain", "hourglass"),
    "answered": (_("answered"), "done", "circle-check"),
    "lapsed": (_("lapsed"), "quiet", "hourglass"),
    "withdrawn": (_("withdrawn"), "quiet", "arrow-back-up"),
    "concluded": (_("concluded"), "done", "circle-check"),
    "decided": (_("decided"), "done", "gavel"),
    "granted": (_("granted"), "done", "circle-check"),
    "refused": (_("refused"), "plain", "ban"),
    "consulting": (_("in consultation"), "plain", "messages"),
    "blocked": (_("blocked"), "overdue", "lock"),
    "overdue": (_("overdue"), "overdue", "alert-circle"),
    "strong": (_("strong hit"), "short", "alert-triangle"),
    "possible": (_("possible hit"), "plain", "git-compare"),
    "information": (_("for information"), "quiet", "info-circle"),
    "identical": (_("essentially identical"), "plain", "scale"),
    "not_identical": (_("not essentially identical"), "plain", "scale"),
    "partly": (_("partly identical"), "plain", "scale"),
    "no_objection": (_("no objection"), "plain", "scale"),
    "objection": (_("objection"), "plain", "scale"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is decoration beside a word."""
    sprite = f"{static('exchange/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="x-icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, sprite)
    return format_html('<svg class="x-icon" aria-hidden="true"><use href="{}"></use></svg>', sprite)


@register.simple_tag
def badge(text: Any, tone: str = "plain", symbol: str = "") -> SafeString:
    """Print a small label; tones: plain quiet new short overdue done."""
    return _drawn(conditional_escape(text), tone, symbol)


@register.simple_tag
def status(code: Any, label: str = "", tone: str = "") -> SafeString:
    """Print the state of a case as word, icon and colour; `label` and `tone` replace the usual ones."""
    text, usual, symbol = STATUSES.get(str(code), (str(code).replace("_", " "), "plain", ""))
    return _drawn(conditional_escape(label or text), tone or usual, symbol)


@lru_cache(maxsize=512)
def _drawn(text: SafeString, tone: str, symbol: str) -> SafeString:
    """A list draws the same few labels in every row."""
    return render_to_string("components/badge.html", {"text": text, "tone": tone, "symbol": symbol})


@register.simple_block_tag
def page_header(
    content: str, title: str, pretitle: str = "", meta: str = "", back: str = "", back_label: str = ""
) -> str:
    """Open a page with its one h1; the block's content are its actions."""
    facts = {"title": title, "pretitle": pretitle, "meta": meta, "back": back, "back_label": back_label}
    return render_to_string("components/page_header.html", {**facts, "actions": content})


@register.simple_block_tag
def panel(content: str, title: str = "", symbol: str = "", id: str = "", note: str = "", flush: bool = False) -> str:  # noqa: A002
    """Frame a part of a page under an h2; `flush` lets a table reach the frame."""
    facts = {"title": title, "symbol": symbol, "id": id, "note": note, "flush": flush}
    return render_to_string("components/panel.html", {**facts, "content": content})


@register.simple_block_tag
def entry(content: str, side: str, who: str, what: str, at: str = "", symbol: str = "", id: str = "") -> str:  # noqa: A002
    """
    Show one act of a timeline. `side`: ours, theirs (both seen by the other side), inside (never leaves), clock,
    told (to all members), record (told to nobody).

    `at` is text made with `{% moment ... as at %}`.
    """
    facts = {"side": side, "who": who, "what": what, "at": at, "symbol": symbol, "id": id}
    return render_to_string("components/timeline_entry.html", {**facts, "content": content})


@register.simple_block_tag
def surface(content: str, side: str, title: str, readers: str = "") -> str:
    """Frame an input by where its text goes: `side` is shared (with whom: `readers`) or inside."""
    return render_to_string(
        "components/surface.html", {"side": side, "title": title, "readers": readers, "content": content}
    )


@register.simple_block_tag
def legal_preview(content: str, title: str, readers: Any, article: str = "", effect: str = "") -> str:
    """Show exactly what others will see (the content), who they are (`readers`) and what the act brings about."""
    facts = {"title": title, "readers": readers, "article": article, "effect": effect, "content": content}
    return render_to_string("components/legal_preview.html", facts)


SHEET_FIELDS = ("label", "left", "right", "verdict", "reason", "left_spans", "right_spans")


def _sheet_row(row: Any) -> dict[str, Any]:
    """Read one legal element from a mapping or an object; what it does not say is empty."""
    if isinstance(row, dict):
        return {name: row.get(name) or "" for name in SHEET_FIELDS}
    return {name: getattr(row, name, "") or "" for name in SHEET_FIELDS}


@register.simple_block_tag
def verdict_sheet(
    content: str,
    left_title: str,
    right_title: str,
    rows: Any,
    rule: str = "",
    conclusion: str = "",
    level: str = "",
    id: str = "",  # noqa: A002
) -> str:
    """Lay two transactions side by side, one row per legal element; the content are the acts offered."""
    facts: dict[str, Any] = {"left_title": left_title, "right_title": right_title, "rule": rule}
    facts["rows"] = [_sheet_row(row) for row in rows]
    facts |= {"conclusion": conclusion, "level": level, "id": id, "actions": content}
    return render_to_string("components/verdict_sheet.html", facts)


@register.filter
def control(field: forms.BoundField) -> SafeString:
    """Render a form field's control with the classes of its kind."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select):
        kind = "form-select"
    else:
        kind = "form-control"
    attrs: dict[str, str | bool] = {"class": f"{kind} is-invalid" if field.errors else kind}
    if getattr(field.field, "needed", False) or field.field.required:  # a draft is kept without it all the same
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def is_check(field: forms.BoundField) -> bool:
    """Say whether a field is a single check box, whose label follows it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def query_with(query: QueryDict, **changes: Any) -> str:
    """Return a query string with some parameters replaced; None removes one."""
    changed = query.copy()
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        else:
            changed[key] = value
    return f"?{changed.urlencode()}"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the current query string with some parameters replaced: `{% query page=2 sort=None %}`."""
    request = context.get("request")
    return query_with(request.GET if request else QueryDict(), **changes)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Offer the pages of a list, and say which rows are shown of how many."""
    request = context.get("request")
    current = request.GET if request else QueryDict()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    pages = [
        {"number": number, "href": query_with(current, **{parameter: number}) if isinstance(number, int) else ""}
        for number in numbers
    ]
    previous = query_with(current, **{parameter: page.number - 1}) if page.has_previous() else ""
    following = query_with(current, **{parameter: page.number + 1}) if page.has_next() else ""
    return {"page": page, "pages": pages, "previous": previous, "following": following}


@register.inclusion_tag("components/signed_receipts.html", takes_context=True)
def signed_receipts(context: template.Context, subject: Any) -> dict[str, Any]:
    """Offer the signed receipts of one's authority's last acts upon a record."""
    request = context.get("request")
    principal = getattr(request, "principal", None)
    rows = Receipt.objects.visible_to(principal) if principal is not None else Receipt.objects.none()
    return {"receipts": rows.filter(subject_id=str(subject.pk)).order_by("-issued_at", "pk")[:LATEST_RECEIPTS]}

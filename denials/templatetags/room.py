"""The register's rooms side by side: what a reader's role lacks, or this server does not have, is absent."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.templatetags.parts import icon
from accounts.templatetags.words import marked
from denials.search.asked import Terms
from denials.search.marks import spans

register = template.Library()
_CURRENT = SafeString(' aria-current="true"')

# route, label, permission ("" = whoever may read the register), further routes that belong to the tab
TABS = (
    ("denials:list", _("Register"), "", ("denials:detail", "denials:peek")),
    ("denials:docket", _("Review docket"), "denial.amend", ()),
    ("denials:as-it-stood", _("As it stood"), "", ()),
    ("denials:import", _("Files"), "denial.import", ("denials:import-confirm", "denials:imported")),
    ("denials:control-lists", _("Control lists"), "", ()),
    ("denials:places", _("Places"), "", ()),
    ("denials:searches", _("Saved searches"), "", ()),
)


@register.simple_tag(takes_context=True)
def room_tabs(context: template.Context) -> list[dict[str, Any]]:
    """Return the tabs open to the reader, the one being shown marked."""
    request = context.get("request")
    principal = getattr(request, "principal", None)
    if principal is None or not principal.may("denial.read"):
        return []
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return [
        {"href": address, "label": label, "current": _belongs(here, route, more), "exact": here == route}
        for route, label, permission, more in TABS
        if (not permission or principal.may(permission)) and (address := _address(route))
    ]


def _belongs(here: str, route: str, more: tuple[str, ...]) -> bool:
    return here == route or here in more or here.startswith(f"{route}-")


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@register.simple_tag
def mark_hits(text: Any, terms: Terms, near: bool = False) -> SafeString:
    """Mark the words asked for in a text, with `near` those like one of them: `{% mark_hits text terms is_near %}`."""
    return marked(text, spans(str(text or ""), terms, near=near)) if terms else conditional_escape(str(text or ""))


@register.simple_tag
def facet_option(option: dict[str, Any]) -> SafeString:
    """Draw a choice of a facet, of which a list has a hundred: its address, what it is, how many denials it leaves."""
    current, sign = (_CURRENT, icon("check")) if option["selected"] else ("", "")
    return format_html(
        '<li><a href="{}"{}><span>{}{}</span><span class="x-count">{}</span></a></li>',
        option["href"],
        current,
        sign,
        option["label"],
        localize(option["count"]),
    )

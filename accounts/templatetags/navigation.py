"""The top bar: five doors, the person's menu, languages, and what is out of the ordinary about this server."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import audit, clock

register = template.Library()

# route, label, icon, key after g, permission ("" = everyone)
DOORS = (
    ("inbox", _("Inbox"), "inbox", "i", ""),
    ("denials:list", _("Denials"), "file-x", "d", "denial.read"),
    ("applications:list", _("Applications"), "file-text", "a", "application.read"),
    ("consultations:list", _("Consultations"), "messages", "c", "consultation.read"),
    ("reports:index", _("Reports"), "chart-bar", "r", "report.read"),
)
SETTINGS = (
    ("people", _("People"), "users", "", "people.read"),
    ("calendars", _("Working calendars"), "calendar", "", "calendar.read"),
    ("settings", _("Settings of the authority"), "settings", "", "setting.read"),
    ("consultations:unavailability", _("Unavailability"), "alert-triangle", "", "unavailability.record"),
    ("consultations:invitations", _("Invitations to read"), "eye", "", "invitation.read"),
    ("clients", _("National systems"), "api", "", "client.read"),
    ("webhooks", _("Webhooks"), "link", "", "client.manage"),
    ("webhooks", _("Webhooks"), "link", "", "webhook.approve"),
    ("operation", _("Operation"), "refresh", "", "operation.read"),
    ("undelivered", _("Undelivered notices"), "mail", "", "people.read"),
    ("audit", _("Audit trail"), "shield-check", "", "audit.read"),
    ("applications:alarms", _("Unusual screening"), "alert-triangle", "", "audit.read"),
    ("reports:desk", _("Auditor’s desk"), "shield-check", "", "audit.question"),
    ("reports:retention", _("Retention"), "history", "", "audit.read"),
    ("consultations:exonerate", _("Remove a person"), "ban", "", "denial.erase"),
    ("receipts", _("Receipts"), "circle-check", "", "people.read"),
    ("consultations:flagged", _("Flagged decisions"), "flag", "", "audit.read"),
)


def _reader(context: template.Context) -> Any:
    """Return who is signed in, or None for a visitor and on pages without a request."""
    principal = getattr(context.get("request"), "principal", None)
    return principal if principal is not None and principal.is_known else None


def _address(route: str) -> str:
    """Return a route's address, or nothing where this server does not have it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _allowed(context: template.Context, entries: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    """Return the entries the reader may open; what a role lacks is absent."""
    request = context.get("request")
    principal = _reader(context)
    if principal is None:
        return []
    match = getattr(request, "resolver_match", None)
    here = (match.namespace or match.url_name) if match else ""
    shown = []
    for route, label, symbol, key, permission in entries:
        address = _address(route)
        if address and (not permission or principal.may(permission)):
            current = here == route.split(":")[0]
            shown.append({"href": address, "label": label, "icon": symbol, "key": key, "current": current})
    return shown


@register.inclusion_tag("components/doors.html", takes_context=True)
def doors(context: template.Context) -> dict[str, Any]:
    """Show the doors open to the reader."""
    return {"doors": _allowed(context, DOORS), "waiting": context.get("inbox_count")}


@register.inclusion_tag("components/person_menu.html", takes_context=True)
def person_menu(context: template.Context) -> dict[str, Any]:
    """Show who is signed in, for which authority, and the settings open to them."""
    return {
        "principal": _reader(context),
        "authority": context.get("authority"),
        "entries": _allowed(context, SETTINGS),
        "first_day": _address("first-day"),
        "second_factor": _address("second-factor"),
        "sign_out": _address("sign-out"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """Offer the languages, each in its own words."""
    request = context.get("request")
    return {
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES],
        "current": get_language(),
        "action": _address("set-language"),
        "next": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def search_address(context: template.Context) -> str:
    """Return where the search box leads: the register's list for those who may read it."""
    principal = _reader(context)
    return _address("denials:list") if principal is not None and principal.may("denial.read") else ""


def _unwitnessed(context: template.Context) -> Any:
    """Return since when the audit chain waits for a checkpoint too long, None while it is witnessed."""
    if _reader(context) is None or not settings.EXCHANGE_WITNESS_HOURS:
        return None
    return audit.unwitnessed_since(clock.now())


@register.inclusion_tag("components/banners.html", takes_context=True)
def banners(context: template.Context) -> dict[str, Any]:
    """Say above everything else that the clock is moved or that the people are invented."""
    return {
        "demo": getattr(settings, "EXCHANGE_DEMO", False),
        "test_clock": getattr(settings, "EXCHANGE_TEST_CLOCK_FILE", ""),
        "unwitnessed_since": _unwitnessed(context),
        "now": context.get("now"),
        "authority": context.get("authority"),
    }

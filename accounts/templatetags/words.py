"""Filters and tags that put facts into words: instants, states, verdicts, differing characters."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import get_timezone_location
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

register = template.Library()

SHORT_NOTICE = 2  # working days; from here on a running clock is amber
VERDICTS = {
    "same": ("=", gettext_lazy("same")),
    "covered": ("⊂", gettext_lazy("falls under it")),
    "covers": ("⊃", gettext_lazy("includes it")),
    "similar": ("≈", gettext_lazy("similar")),
    "different": ("≠", gettext_lazy("different")),
    "unknown": ("?", gettext_lazy("unknown")),
}
DESTINATIONS = {
    "VARIOUS": gettext_lazy("various destinations"),
    "EU": gettext_lazy("European Union"),
    "EU_NATO_PLUS": gettext_lazy("EU and NATO+"),
    "UNKNOWN": gettext_lazy("destination unknown"),
}
SEATS = {"Europe/Amsterdam": gettext_lazy("The Hague")}  # elsewhere the zone's own city names the legal time


def zone_of(zone: str | ZoneInfo | None) -> ZoneInfo:
    """Return a zone from its name, itself, or UTC where none is said."""
    if isinstance(zone, ZoneInfo):
        return zone
    return ZoneInfo(zone or "UTC")


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def place_of(zone: ZoneInfo) -> str:
    """Name the place whose clocks are meant, in the reader's language."""
    if zone.key == "UTC":
        return "UTC"
    if zone.key in SEATS:
        return str(SEATS[zone.key])
    return get_timezone_location(zone.key, locale=_locale(), return_city=True)


@register.filter
def long_day(value: Any) -> str:
    """Write a day with its weekday: Fri 4 Dec 2026."""
    return date_format(value, pgettext("day with weekday", "D j M Y")) if value else ""


@register.filter
def short_day(value: Any) -> str:
    """Write a day without its weekday: 4 Dec 2026."""
    return date_format(value, pgettext("day", "j M Y")) if value else ""


def last_moment(due_before: datetime, zone: ZoneInfo) -> str:
    """Write the end of a period as the law does: local midnight is 24:00 of the day that ends."""
    local = due_before.astimezone(zone)
    if local.time() == time.min:
        return _("%(day)s, %(hour)s") % {"day": long_day(local.date() - timedelta(days=1)), "hour": "24:00"}
    return _("%(day)s, %(hour)s") % {"day": long_day(local.date()), "hour": local.strftime("%H:%M")}


def days_left(count: int) -> str:
    """Say how many working days remain."""
    return ngettext("%(count)s working day left", "%(count)s working days left", count) % {"count": count}


#: Why nothing lapses at an end although it is stated.
DOUBTS = {"provisional": gettext_lazy("provisional"), "held": gettext_lazy("held")}


@register.filter
def doubt_words(doubt: str) -> str:
    """Say why nothing lapses at an end: it is provisional, or held."""
    return str(DOUBTS[doubt]) if doubt else ""


def deadline_facts(
    due_before: datetime | None,
    zone: Any,
    place: str,
    left: int | None,
    now: datetime | None,
    settled: bool,
    doubt: str = "",
) -> dict[str, Any]:
    """Collect what a deadline's templates print; a settled clock has no tone and no days left, one in doubt no tone."""
    if due_before is None:
        return {"none": True}
    where = zone_of(zone)
    over = not settled and now is not None and not now < due_before  # a lazy `now` knows no >=
    if doubt and not settled:
        words = doubt_words(doubt)
        tone, remaining = "plain", words if over or left is None else f"{words} · {days_left(left)}"
    elif over:
        tone, remaining = "overdue", _("period ended")
    elif settled or left is None:
        tone, remaining = "plain", ""
    else:
        tone, remaining = ("short" if left <= SHORT_NOTICE else "plain"), days_left(left)
    return {
        "iso": due_before.isoformat(),
        "moment": last_moment(due_before, where),
        "place": place or place_of(where),
        "remaining": remaining,
        "tone": tone,
    }


@register.inclusion_tag("components/due.html", takes_context=True)
def due(
    context: template.Context,
    due_before: datetime | None,
    zone: Any = None,
    left: int | None = None,
    place: str = "",
    settled: bool = False,
    stacked: bool = False,
    doubt: str = "",
) -> dict[str, Any]:
    """
    Say a deadline twice: "due Fri 4 Dec 2026, 24:00 (The Hague) · 3 working days left".

    `due_before` is the first instant after the period; `left` counts working days; `stacked` suits a table cell.
    `doubt`: "provisional" or "held" where nothing lapses at this end.
    """
    facts = deadline_facts(due_before, zone, place, left, context.get("now"), settled, doubt)
    return {**facts, "stacked": stacked}


@register.simple_tag
def moment(at: datetime | None, zone: Any = None, place: str = "") -> SafeString | str:
    """Write an instant with date, hour and place: Mon 2 Mar 2026, 09:14 (Brussels)."""
    if at is None:
        return "–"
    where = zone_of(zone)
    local = at.astimezone(where)
    words = _("%(day)s, %(hour)s") % {"day": long_day(local.date()), "hour": local.strftime("%H:%M")}
    return format_html('<time datetime="{}">{} ({})</time>', at.isoformat(), words, place or place_of(where))


def in_language(names: Any, fallback: str = "") -> str:
    """Pick the reader's language from a mapping of language code to name, else English, else the fallback."""
    if not isinstance(names, dict):
        return fallback
    language = (get_language() or "en").split("-")[0]
    return names.get(language) or names.get("en") or fallback


@register.filter
def localname(value: Any) -> str:
    """Name a record in the reader's language: a mapping, or anything with `names` and `name_en`."""
    if isinstance(value, dict):
        return in_language(value)
    return in_language(getattr(value, "names", None), getattr(value, "name_en", "") or getattr(value, "name", ""))


@register.filter
def state_name(value: Any) -> str:
    """Write a state or country with its code: NL Netherlands."""
    if not value:
        return ""
    if not isinstance(value, str):
        return f"{value.code} {localname(value)}".strip()
    code = value.upper()
    name = _locale().territories.get(code)
    return f"{code} {name}" if name else value


@register.filter
def destination(value: Any) -> str:
    """Write a destination: a country, a group, or the words printed in the denial where they name none."""
    code, printed = getattr(value, "code", value) or "", getattr(value, "printed", "") or ""
    words = str(DESTINATIONS.get(code) or state_name(code))
    if printed and words and code in DESTINATIONS:
        return _("%(group)s (“%(printed)s”)") % {"group": words, "printed": printed}
    return words or (_("“%(printed)s”, not resolved") % {"printed": printed} if printed else _("not stated"))


@register.simple_tag
def verdict(value: str) -> SafeString:
    """Show a verdict as sign and word; the sign alone is for those who see it."""
    sign, words = VERDICTS.get(str(value), ("?", gettext_lazy("unknown")))
    return format_html(
        '<span class="x-verdict x-verdict-{}"><span class="x-sign" aria-hidden="true">{}</span> <span>{}</span></span>',
        value,
        sign,
        words,
    )


def _pieces(text: str, spans: Iterable[Iterable[int]]) -> list[tuple[bool, str]]:
    """Cut a text into plain and marked pieces; overlapping or foreign spans are put right."""
    pieces, at = [], 0
    for start, end in sorted(tuple(span)[:2] for span in spans):
        start, end = max(at, start), min(len(text), end)
        if start >= end:
            continue
        pieces += [(False, text[at:start]), (True, text[start:end])]
        at = end
    return [piece for piece in [*pieces, (False, text[at:])] if piece[1]]


@register.filter
def marked(text: Any, spans: Any = None) -> SafeString:
    """Mark the characters inside the given [start, end) spans as differing from the other side."""
    pieces = _pieces(str(text or ""), spans or ())
    parts = ((format_html("<mark>{}</mark>", piece) if is_marked else piece,) for is_marked, piece in pieces)
    return format_html_join("", "{}", parts)

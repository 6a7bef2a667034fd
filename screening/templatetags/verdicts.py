"""What a screening and its hits say, in the reader's language: for pages and for paper."""

from collections.abc import Callable
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.templatetags.words import short_day, state_name
from screening.labels import ACTIVITIES, ELEMENTS, SHORTFALLS, reason_text
from screening.law.completeness import Shortfall
from screening.models import Screening, StandingHit


def headline(screening: Screening, standing: list[StandingHit]) -> str:
    """Say what a screening found among how many; a case without a named party is never "0 hits"."""
    hits = sum(one.hit.level != "information" for one in standing)
    facts: dict[str, Any] = {"hits": hits, "compared": screening.compared, "state": screening.register_sequence}
    facts |= {"rules": screening.ruleset_version, "ms": round(screening.duration_ms)}
    if screening.screenable_by_party:
        words = ngettext(
            "%(hits)s hit among %(compared)s denials in force, register state %(state)s, rules v%(rules)s, %(ms)s ms",
            "%(hits)s hits among %(compared)s denials in force, register state %(state)s, rules v%(rules)s, %(ms)s ms",
            hits,
        )
    else:
        words = _(
            "Not screenable by party: nobody is named. Compared by goods with %(compared)s denials in force, "
            "register state %(state)s, rules v%(rules)s, %(ms)s ms"
        )
    said = words % facts
    if not screening.left_out:
        return said
    return f"{said}. {left_out(screening)}"


def left_out(screening: Screening) -> str:
    """Say what of what was asked was not compared, "" where all was."""
    return " ".join(str(SHORTFALLS[Shortfall(one)]) for one in screening.shortfalls)


def laid_out(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a stored verdict sheet as it is shown: codes in words, days in full."""
    params, score = row["params"], row["params"].get("score")
    if until := params.get("until"):
        params = {**params, "until": short_day(parse_date(until))}
    words = reason_text(row["reason"], params)
    if isinstance(score, float) and row["verdict"] in {"same", "similar"} and 0 < score < 1:
        words = f"{words} ({score:.2f})"
    shown = {**row, "label": ELEMENTS.get(row["element"], row["element"]), "reason": words}
    if row["verdict"] == "different":  # where all differs, marks would say nothing
        shown |= {"left_spans": [], "right_spans": []}
    say = _SAYS.get(row["element"])
    if say is None:
        return shown
    return shown | {side: say(row[side], side) for side in ("left", "right")} | {"left_spans": [], "right_spans": []}


def _place(text: str, side: str) -> str:
    return ", ".join(state_name(code) for code in text.split(", ")) if text else ""


def _activity(text: str, side: str) -> str:
    return str(ACTIVITIES.get(text, text))


def _day(text: str, side: str) -> str:
    day = short_day(parse_date(text)) if text else ""
    if not day:
        return ""
    return (_("decision intended %(day)s") if side == "left" else _("denied %(day)s")) % {"day": day}


_SAYS: dict[str, Callable[[str, str], str]] = {"destination": _place, "activity": _activity, "window": _day}

"""What pages show of a screening: its header in one line, its hits as verdict sheets in words."""

from collections.abc import Callable
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.labels import REGIMES
from accounts.templatetags.words import short_day, state_name
from accounts.views import ExchangeView
from screening.labels import (
    ACTIVITIES,
    AUTHORISATION_TYPES,
    DISMISSALS,
    ELEMENTS,
    LEVELS,
    RETURNED,
    ROLES,
    STANDINGS,
    TRIGGERS,
    change_texts,
    reason_text,
    rule_words,
)
from screening.models import Application, Screening, StandingHit

Sheet = list[dict[str, Any]]
# What the pages of the room offer only to those who may.
ACTS = {
    "file": "application.file",
    "screen": "application.screen",
    "dispose": "application.dispose",
    "consult": "consultation.open",
    "denials": "denial.read",
}


class RoomPage(ExchangeView):
    """A page of the screening room: it knows which acts its reader may be offered."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = {act: self.principal.may(permission) for act, permission in ACTS.items()}
        return super().get_context_data(**{"may": may, "now": self.now, **kwargs})


def asked_in_words(application: Application) -> dict[str, Any]:
    """Return the codes of an application in words, for the list of its facts."""
    parties = sorted(application.parties.all(), key=lambda row: row.position)
    return {
        "regime_words": REGIMES.get(application.regime, application.regime),
        "activity_words": ACTIVITIES.get(application.activity, application.activity),
        "type_words": AUTHORISATION_TYPES.get(application.authorisation_type, application.authorisation_type),
        "parties": [{"row": row, "words": ROLES.get(row.role, row.role)} for row in parties],
    }


def listed(screening: Screening) -> dict[str, Any]:
    """Return a screening, read with its counts, as a row of a list."""
    return {
        "screening": screening,
        "why": TRIGGERS.get(screening.trigger, screening.trigger),
        "regime_words": REGIMES.get(screening.regime, screening.regime),
        "duties": screening.strong + screening.possible,  # type: ignore[attr-defined]
    }


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
    return words % facts


def shown(one: StandingHit, sheet: Sheet | None = None) -> dict[str, Any]:
    """
    Return a hit as its sheet is laid out.

    :param sheet: the rows in full, where the record keeps the denial's side only.
    """
    hit = one.hit
    decided = hit.version.decided_on
    title = _("Denial %(reference)s") % {"reference": hit.denial.reference}
    return {
        "one": one,
        "hit": hit,
        "id": f"hit-{hit.rank}",
        "title": f"{title} ({short_day(decided)})" if decided else title,
        "rows": [_row(row) for row in (hit.elements if sheet is None else sheet)],
        "rule": rule_words(hit.rule, hit.ground),
        "conclusion": LEVELS[hit.level],
        "changes": change_texts(hit.changes),
        "standing": STANDINGS[one.standing],
        "returned": RETURNED[one.returned] if one.returned else "",
        "reason": DISMISSALS.get(one.last.reason_code, "") if one.last else "",  # type: ignore[call-overload]
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    params, score = row["params"], row["params"].get("score")
    if until := params.get("until"):
        params = {**params, "until": short_day(parse_date(until))}
    words = reason_text(row["reason"], params)
    if isinstance(score, float) and row["verdict"] in {"same", "similar"} and 0 < score < 1:
        words = f"{words} ({score:.2f})"
    laid_out = {**row, "label": ELEMENTS.get(row["element"], row["element"]), "reason": words}
    if row["verdict"] == "different":  # where all differs, marks would say nothing
        laid_out |= {"left_spans": [], "right_spans": []}
    say = _SAYS.get(row["element"])
    if say is None:
        return laid_out
    return laid_out | {side: say(row[side], side) for side in ("left", "right")} | {"left_spans": [], "right_spans": []}


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

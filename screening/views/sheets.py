"""What pages show of a screening: its header in one line, its hits as verdict sheets in words."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.labels import REGIMES
from accounts.templatetags.words import short_day
from accounts.views import ExchangeView
from screening.labels import (
    ACTIVITIES,
    AUTHORISATION_TYPES,
    DISMISSALS,
    LEVELS,
    RETURNED,
    ROLES,
    STANDINGS,
    TRIGGERS,
    change_texts,
    rule_words,
    sentence,
)
from screening.law.dispositions import SETTLED, Kind
from screening.models import Application, Screening, StandingHit
from screening.templatetags.verdicts import headline, laid_out

__all__ = ["ACTS", "RoomPage", "Sheet", "asked_in_words", "headline", "listed", "shown"]

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
        "duties": screening.strong + screening.possible,  # type: ignore[attr-defined]  # annotated
    }


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
        "rows": [laid_out(row) for row in (hit.elements if sheet is None else sheet)],
        "rule": rule_words(hit.rule, hit.ground),
        "sentence": sentence(hit.level, hit.rule, hit.ground),
        "conclusion": LEVELS[hit.level],
        "changes": change_texts(hit.changes),
        "standing": STANDINGS[one.standing],
        "returned": returned_words(one),
        "reason": DISMISSALS.get(one.last.reason_code, "") if one.last else "",  # type: ignore[call-overload]  # codes are text
    }


def returned_words(one: StandingHit) -> str:
    """Say why a hit once settled is open again, and what was done about it before."""
    if not one.returned or one.last is None:
        return ""
    if one.last.kind not in SETTLED:
        return str(RETURNED[one.returned])
    done = {
        "what": STANDINGS[SETTLED[Kind(one.last.kind)]],
        "day": short_day(one.last.at.date()),
        "who": one.last.by or _("a national system"),
    }
    before = _("Before: %(what)s, %(day)s, %(who)s.") % done
    return f"{RETURNED[one.returned]} {before}"

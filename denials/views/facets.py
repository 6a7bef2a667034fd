"""The facets of the register as the page shows them: choices with counts, chips, dates, orders, and their addresses."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.labels import REGIMES
from accounts.templatetags.words import destination, state_name
from denials import search
from denials.labels import GROUNDS, STATUSES
from denials.law.places import UNRESOLVED

MOST_OPTIONS: Final = 8
MOST_OPTIONS_AT_ALL: Final = 60
FACETS: Final[Mapping[str, Any]] = {
    "status": gettext_lazy("State of the denial"),
    "regime": gettext_lazy("Regime"),
    "state": gettext_lazy("From"),
    "authority": gettext_lazy("Authority"),
    "destination": gettext_lazy("Destination"),
    "category": gettext_lazy("Category"),
    "code": gettext_lazy("Entry"),
    "criterion": gettext_lazy("Criterion"),
    "ground": gettext_lazy("Ground"),
}
DATE_FILTERS: Final[Mapping[str, Any]] = {
    "decided_from": gettext_lazy("decided from"),
    "decided_to": gettext_lazy("decided until"),
    "notified_from": gettext_lazy("notified from"),
    "notified_to": gettext_lazy("notified until"),
}
#: Columns that order the list, with the way they are ordered first.
SORTS: Final[Mapping[str, str]] = {"reference": "reference", "decided": "-decided", "notified": "-notified"}
OVERLAYS: Final[Mapping[str, Any]] = {
    "review_due": gettext_lazy("review due within three months"),
    "review_overdue": gettext_lazy("review overdue, still valid"),
    "out_of_window": gettext_lazy("outside the look-back window"),
}
ARROWS: Final = {"↓": "descending", "↑": "ascending", "": "none"}


def choice_text(name: str, code: str) -> str:
    """Return a choice of a facet in the reader's words."""
    if name == "status":
        return str(STATUSES.get(code) or OVERLAYS.get(code) or code)
    if name == "regime":
        return str(REGIMES.get(code, code))
    if name == "state":
        return state_name(code)
    if name == "destination":
        return _("not resolved") if code == UNRESOLVED else destination(code)
    if name == "criterion":
        return _("Criterion %(number)s") % {"number": code}
    return str(GROUNDS.get(code, code)) if name == "ground" else code


class FacetPanel:
    """The facets of a question with their counts, each choice an address; the choices made as chips to take away."""

    def __init__(self, asked: search.Asked, counted: search.Counted, path: str) -> None:
        self.asked, self.counted, self.path = asked, counted, path

    def groups(self) -> list[dict[str, Any]]:
        """Return the facets that offer a choice."""
        groups = [self._group(name, str(title)) for name, title in FACETS.items()]
        return [group for group in groups if group["options"]]

    def _group(self, name: str, title: str) -> dict[str, Any]:
        held, chosen = self.counted.by_facet.get(name, {}), self.asked.chosen.get(name, ())
        if name == "authority" and not chosen:
            held = self._of_states_with_several(held)
        ranked = [code for code, _count in sorted(held.items(), key=lambda pair: (-pair[1], pair[0])) if code]
        first = list(dict.fromkeys((*chosen, *ranked[:MOST_OPTIONS])))
        rest = [code for code in ranked[:MOST_OPTIONS_AT_ALL] if code not in first]
        return {
            "name": name,
            "title": title,
            "options": [self._option(name, code, held.get(code, 0)) for code in first],
            "rest": [self._option(name, code, held.get(code, 0)) for code in rest],
            "open": bool(chosen),
        }

    def _of_states_with_several(self, held: Mapping[str, int]) -> dict[str, int]:
        """An authority that is the only one of its state is chosen by its state."""
        several = {code.split("-", 1)[0] for code in held if "-" in code}
        return {code: number for code, number in held.items() if code.split("-", 1)[0] in several}

    def _option(self, name: str, code: str, number: int) -> dict[str, Any]:
        chosen = self.asked.chosen.get(name, ())
        others = [value for value in chosen if value != code] if code in chosen else [*chosen, code]
        return {
            "label": choice_text(name, code),
            "count": number,
            "href": self._address(**{name: others}),
            "selected": code in chosen,
        }

    def chips(self) -> list[dict[str, str]]:
        """Return the choices made, each with the address without it."""
        chips = []
        for name, values in self.asked.chosen.items():
            for value in values:
                rest = [one for one in values if one != value]
                chips.append(self._chip(f"{FACETS.get(name, name)}: {choice_text(name, value)}", **{name: rest}))
        for name, day in self.asked.dates.items():
            chips.append(self._chip(f"{DATE_FILTERS[name]} {day.isoformat()}", **{name: []}))
        if self.asked.only:
            words = _("%(number)s chosen rows") % {"number": len(self.asked.only)}
            chips.append(self._chip(words, only=[]))
        if self.asked.counted is not None:
            words = _("counted in %(year)s") % {"year": self.asked.counted}
            chips.append(self._chip(words, counted=[]))
        return chips

    def _chip(self, label: str, **changes: Sequence[str]) -> dict[str, str]:
        return {"label": label, "href": self._address(**changes)}

    def dates(self) -> list[dict[str, str]]:
        """Return the ends of the spans of days, with what is chosen."""
        given = {name: day.isoformat() for name, day in self.asked.dates.items()}
        return [
            {"name": name, "label": str(label), "value": given.get(name, "")} for name, label in DATE_FILTERS.items()
        ]

    def sorts(self) -> dict[str, dict[str, str]]:
        """Return for each column that orders the list where its head leads, and the arrow it shows."""
        found = {}
        now = self.asked.sort
        for column, first in SORTS.items():
            other = column if first.startswith("-") else f"-{column}"
            turned = other if now == first else first
            arrow = {f"-{column}": "↓", column: "↑"}.get(now, "")
            found[column] = {"href": self._address(sort=[turned]), "arrow": arrow, "direction": ARROWS[arrow]}
        return found

    def _address(self, **changes: Sequence[str]) -> str:
        wanted = self.asked.as_parameters() | {name: list(values) for name, values in changes.items()}
        return f"{self.path}?{urlencode(wanted, doseq=True)}" if any(wanted.values()) else self.path

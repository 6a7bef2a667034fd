"""The entry of an item as it is typed: what it is read as, and the entry taken in its place."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict

from denials.labels import problem_text
from denials.law.content import DenialContent
from denials.law.listed import problem_of, unknown_entries
from denials.law.lists import Lists, Notice, Reading
from denials.law.regimes import RegimeRules
from denials.models import held_lists

TAKE = "take"
_TAKEN = re.compile(r"(?P<field>items-\d{1,3}-code)=(?P<code>[^\x00-\x1f]{1,80})")


def readings_of(text: str, lists: Lists, *, on: date, regime: str) -> list[dict[str, Any]]:
    """Return what a field is read as, each code with what is wrong with it, for the page."""
    return [_shown(one, regime) for one in lists.read(text, on=on, regime=regime)]


def _shown(reading: Reading, regime: str) -> dict[str, Any]:
    return {
        "reading": reading,
        "problem": problem_of(reading, "code", regime),
        "notices": [one for one in reading.notices if one is not Notice.BELOW_UNKNOWN],
    }


def read_rows(forms: Iterable[Any], *, on: date, regime: str) -> None:
    """Say beside each row of items what its entry is read as."""
    lists = held_lists()
    for form in forms:
        form.readings = readings_of(str(form["code"].value() or "")[:400], lists, on=on, regime=regime)


def taken(data: QueryDict) -> QueryDict:
    """Return what a form sent with the entry in it that was chosen among those proposed, if one was."""
    found = _TAKEN.fullmatch(data.get(TAKE, ""))
    if found is None:
        return data
    changed = data.copy()
    changed[found["field"]] = found["code"]
    return changed


def unknown_items(content: DenialContent, *, on: date, rules: RegimeRules) -> list[dict[str, str]]:
    """Return what is no entry of a list on the day of decision, for the list of what is still missing to notify."""
    found = unknown_entries(
        content.items,
        held_lists(),
        on=content.decided_on or on,
        regime=content.regime,
        other_lists=rules.keeps_other_entries,
    )
    return [{"label": problem_text(one.rule, one.params), "href": "#items", "article": ""} for one in found]

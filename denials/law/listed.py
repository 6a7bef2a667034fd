"""
Whether the entries of a denial's items stand in the control lists of the day of decision.

An entry that is none is refused and the nearest ones are proposed; what the data do not hold is never refused.
Reading: ADR 0072.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from denials.law import codes
from denials.law.codes import Code
from denials.law.content import Problem, StatedItem
from denials.law.lists import Answer, Entry, Lists, Reading

RULES: Final = ("entry_unknown", "subitem_unknown", "entry_former", "entries_several")


def unknown_entries(
    items: Iterable[StatedItem], lists: Lists, *, on: date, regime: str = "", other_lists: bool = False
) -> Iterator[Problem]:
    """
    Yield a problem for each item whose entry no list in force on a day has, with what may have been meant.

    :param on: the day of decision.
    :param other_lists: whether the regime keeps entries of lists that are not held here at all.
    """
    for at, item in enumerate(items):
        if not item.code or (other_lists and not item.control_list):
            continue
        if problem := problem_of(reading_of(item, lists, on=on, regime=regime), f"items[{at}].code", regime):
            yield problem


def reading_of(item: StatedItem, lists: Lists, *, on: date, regime: str = "") -> Reading:
    """Say what the entry of an item is on a day."""
    printed = item.code_printed or item.code
    return lists.reading(Code(item.code, item.control_list, item.category, printed), on=on, regime=regime)


def problem_of(reading: Reading, field: str, regime: str = "") -> Problem | None:
    """Return the problem of a code that is no entry, None where it is one or is stated to be on no list."""
    if reading.answer in (Answer.ENTRY, Answer.UNLISTED) or reading.canonical in codes.END_USE_TAGS:
        return None
    several = [one.canonical for one in codes.split_codes(reading.printed, regime) if one.control_list]
    if not reading.control_list and len(several) > 1:
        return Problem(field, "entries_several", {"value": ", ".join(several)})
    suggestions = tuple(proposal(one) for one in reading.suggestions)
    facts: dict[str, object] = {"value": reading.canonical if reading.control_list else reading.printed}
    if reading.answer is Answer.FORMER:
        return Problem(field, "entry_former", facts | {"suggestions": suggestions})
    if reading.entry is None:
        return Problem(field, "entry_unknown", facts | {"suggestions": suggestions})
    return Problem(field, "subitem_unknown", facts | {"head": reading.entry.code, "suggestions": suggestions})


def proposal(entry: Entry) -> dict[str, str]:
    """Return an entry as what may have been meant."""
    return {"code": entry.code, "title": entry.title, "control_list": entry.control_list}

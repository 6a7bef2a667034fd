"""
"Did you mean": the entries nearest to a code that is none, by tree and by distance of spelling.

At most five, always the same for the same question. A proposal is a proposal: nothing is ever corrected by it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from denials.law import codes
from denials.law.codes import Code
from denials.law.entries import Entry

if TYPE_CHECKING:
    from denials.law.lists import Lists

MOST: Final = 5
_FURTHEST: Final = 2  # letters and figures wrong, missing, too many or exchanged
_LISTS_OF: Final = {"arms": ("ml",), "dual_use": ("annex_i", "national"), "torture": ("torture",)}
_ALL: Final = ("ml", "annex_i", "torture", "national")
# Figures for the letters that are typed in their place, where a figure must stand.
_FIGURES_MEANT: Final = str.maketrans("OoQIlSsZz", "000115522")
_MISTYPED = re.compile(r"(?:[MP][L1I]|LU|00)\s?\S*|\S\s?[A-Ea-e]\s?\S*")
_SHORT = re.compile(r"([0-9])\.?([A-E])\.?0?([0-9]{1,2})(?![0-9])(.*)", re.IGNORECASE)
_BARE = re.compile(r"0?(\d{1,2})[\s.\-]?(?!\d)(.*)")
_CATEGORY = re.compile(r"[ck]at\S*\s*(\d{1,2})\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:–|-|—|\bto\b|\bbis\b|\bt/m\b|\bà\b)\s*")


def nearest(lists: "Lists", code: Code, above: Entry | None, *, regime: str, on: date) -> tuple[Entry, ...]:
    """Return the entries that may have been meant, the nearest first."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in _proposals(lists, code, above, regime, on):
        if entry.is_used:
            found.setdefault((entry.control_list, entry.code), entry)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _proposals(lists: "Lists", code: Code, above: Entry | None, regime: str, on: date) -> Iterator[Entry]:
    if above is not None:
        yield from _around(lists, code, above)
        return
    yield from _read_otherwise(lists, code.printed, regime, on)
    if code.control_list:
        yield from _heads(lists, code, on)
    else:
        yield from _by_title(lists, code.printed, regime, on)
        yield from _by_spelling(lists, code.printed, regime, on)


def _around(lists: "Lists", code: Code, above: Entry) -> Iterator[Entry]:
    """What stands below the nearest entry held, then elsewhere under its head, nearest in spelling first."""
    asked = _compact(code.canonical)
    yield from _ranked(asked, lists.children(above))
    held = lists.index[above.control_list, above.version]
    head = lists.path(above)[0].code
    others = [one for one in held.values() if one.code.startswith(f"{head}.") and one.parent != above.code]
    yield from _ranked(asked, others, furthest=_FURTHEST)
    yield above


def _heads(lists: "Lists", code: Code, on: date) -> Iterator[Entry]:
    """Heads of the list nearest in spelling, with the sub-item asked for where they have it."""
    head, _dot, rest = code.canonical.partition(".")
    held = _held(lists, "annex_i" if code.control_list in {"annex_iv", "national"} else code.control_list, on)
    if code.control_list == "torture":
        head, rest = codes.head(code.canonical), code.canonical.removeprefix(codes.head(code.canonical)).strip(".")
    for one in _ranked(_compact(head), (e for e in held.values() if e.level == 1), furthest=_FURTHEST):
        yield held.get(f"{one.code}.{rest}", one) if rest else one


def _read_otherwise(lists: "Lists", printed: str, regime: str, on: date) -> Iterator[Entry]:
    """Entries that other ways of writing lead to: a letter typed for a figure, a bare number, a category, a range."""
    for text in _other_texts(printed, regime):
        read = codes.parse(text)
        for control_list in (read.control_list, "national") if read.control_list else ():
            entry = _held(lists, control_list, on).get(read.canonical)
            if entry is not None:
                yield entry
    if found := _CATEGORY.match(printed):
        number = str(int(found.group(1)))
        heads = _held(lists, "annex_i", on).values() if regime != "arms" else ()
        yield from (one for one in heads if one.level == 1 and one.category == number)


def _other_texts(printed: str, regime: str) -> Iterator[str]:
    if _MISTYPED.fullmatch(printed):
        yield _figures_meant(printed)
    if found := _SHORT.fullmatch(printed):
        yield f"{found[1]}{found[2].upper()}{int(found[3]):03d}{found[4]}"
    bare = _BARE.fullmatch(printed) or (_CATEGORY.match(printed) if regime != "dual_use" else None)
    if bare and regime in ("", "arms"):
        yield f"ML{bare[1]}{bare[2] if bare.re is _BARE else ''}"
    ends = _RANGE.split(printed)
    if len(ends) == 2:
        yield from _between(*ends)


def _figures_meant(printed: str) -> str:
    if printed[:1].upper() == "M":
        return "ML" + printed[2:].translate(_FIGURES_MEANT)
    text = printed.replace(" ", "")
    return text[:1].translate(_FIGURES_MEANT) + text[1:2] + text[2:5].translate(_FIGURES_MEANT) + text[5:]


def _between(first: str, last: str) -> Iterator[str]:
    one, other = codes.parse(first), codes.parse(last)
    low, high = re.search(r"\d+$", one.canonical), re.search(r"\d+$", other.canonical or last)
    if one.control_list and low and high and int(low[0]) < int(high[0]):
        stem = one.canonical[: low.start()]
        yield from (f"{stem}{number:0{len(low[0])}d}" for number in range(int(low[0]), int(high[0]) + 1))
    else:
        yield from (first, last)


def _by_title(lists: "Lists", printed: str, regime: str, on: date) -> Iterator[Entry]:
    """Entries whose title holds every word, the widest first."""
    words = [word for word in re.findall(r"\w+", printed.casefold()) if len(word) > 2 or word.isdecimal()]
    if not any(len(word) > 3 and word.isalpha() for word in words):
        return
    for control_list in _LISTS_OF.get(regime, _ALL):
        held = _held(lists, control_list, on).values()
        fit = [one for one in held if all(word in _words_of(one) for word in words)]
        yield from sorted(fit, key=lambda one: one.level)[:MOST]


def _by_spelling(lists: "Lists", printed: str, regime: str, on: date) -> Iterator[Entry]:
    asked = _compact(printed)
    if not 2 <= len(asked) <= 16 or not any(char.isdigit() for char in asked):
        return
    chosen = _LISTS_OF.get(regime, _ALL)
    yield from _ranked(asked, (e for one in chosen for e in _held(lists, one, on).values()), furthest=_FURTHEST)


def _ranked(asked: str, entries: Iterable[Entry], furthest: int = 99) -> list[Entry]:
    """Order by distance of spelling, then level, then as the list prints them."""
    near = []
    for at, entry in enumerate(entries):
        distance = OSA.distance(asked, _compact(entry.code), score_cutoff=furthest)
        if distance <= furthest:
            near.append((distance, entry.level, at, entry))
    return [entry for *_rank, entry in sorted(near, key=lambda one: one[:3])]


def _held(lists: "Lists", control_list: str, on: date) -> dict[str, Entry]:
    version, _exact = lists.version_on(control_list, on)
    return lists.index.get((control_list, version.version), {}) if version else {}


def _words_of(entry: Entry) -> str:
    return " ".join((entry.title, *(title for _language, title in entry.titles))).casefold()


def _compact(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", code.casefold())

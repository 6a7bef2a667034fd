"""
The control lists as versioned trees, and what a code written by an authority means in them on a day.

A list changes by versions; an entry of an earlier version stays what it was and shows its successors. What the lists
held here do not hold is said, never guessed: sub-items of many entries of Annex I are missing from the data, national
lists are held in part, and of most earlier versions only the dates are known. Reading: ADRs 0071 and 0072.
Source: EU Common Military List (CP 2008/944/CFSP Art. 12); Reg. (EU) 2021/821 Annexes I and IV, Arts 9 and 10;
Reg. (EU) 2019/125 Annexes II to IV.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from denials.law import codes
from denials.law.codes import Code
from denials.law.entries import (
    Answer,
    Completeness,
    Entry,
    Kind,
    ListVersion,
    Notice,
    Reading,
    Succession,
    natural,
)
from denials.law.nearest import nearest

__all__ = [
    "Answer",
    "Completeness",
    "Entry",
    "Kind",
    "ListVersion",
    "Lists",
    "Notice",
    "Reading",
    "Succession",
    "natural",
]

#: Where a code of a list as written is looked for, in order: an entry of a Member State may look like one of Annex I.
_LOOKED_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "ml": ("ml", "uk"),
    "annex_i": ("annex_i", "national", "uk"),
    "annex_iv": ("annex_iv", "annex_i"),
    "national": ("national", "uk"),
    "torture": ("torture",),
    "": ("uk",),
}
_RATINGS: Final = "uk"  # heads only, of historic records: what the lists in force and their past say comes first
LIST_ORDER: Final = ("ml", "annex_i", "annex_iv", "torture", "national", "uk")
_NOT_USED_SINCE = re.compile(r"not used since (\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Lists:
    """All versions of all lists with their entries and what became of them."""

    versions: tuple[ListVersion, ...] = ()
    entries: tuple[Entry, ...] = ()
    successions: tuple[Succession, ...] = ()
    _kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    # ---- the trees -----------------------------------------------------------------------------------------------

    @cached_property
    def index(self) -> dict[tuple[str, str], dict[str, Entry]]:
        """Return the entries of each version by code, in the order of the list."""
        found: dict[tuple[str, str], dict[str, Entry]] = {}
        for entry in sorted(self.entries, key=lambda one: natural(one.code)):
            found.setdefault((entry.control_list, entry.version), {}).setdefault(entry.code, entry)
        return found

    @cached_property
    def below(self) -> dict[tuple[str, str, str], tuple[Entry, ...]]:
        """Return the entries directly below each entry; below "" stand the heads."""
        found: dict[tuple[str, str, str], list[Entry]] = {}
        for (control_list, version), held in self.index.items():
            for entry in held.values():
                parent = entry.parent if entry.parent in held else ""
                found.setdefault((control_list, version, parent), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def children(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries directly below an entry."""
        return self.below.get((entry.control_list, entry.version, entry.code), ())

    def path(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entry and all above it, widest first."""
        held, found = self.index[entry.control_list, entry.version], [entry]
        while (above := held.get(found[0].parent)) is not None and above not in found:
            found.insert(0, above)
        return tuple(found)

    def versions_of(self, control_list: str) -> tuple[ListVersion, ...]:
        """Return the versions of a list, the newest first."""
        found = (one for one in self.versions if one.control_list == control_list)
        return tuple(sorted(found, key=lambda one: (one.until or date.max, one.since or date.min), reverse=True))

    def version_on(self, control_list: str, on: date) -> tuple[ListVersion | None, bool]:
        """
        Return the version to read a code in on a day, and whether it was the one in force.

        Where that one is not held, the next later one held answers, else the last one held before.
        """
        versions = self.versions_of(control_list)
        held = [one for one in versions if one.is_held]
        in_force = next((one for one in versions if one.in_force(on)), None)
        if in_force is not None and in_force.is_held:
            return in_force, True
        later = [one for one in held if one.since is None or one.since > on]
        return (later[-1] if later else held[0] if held else None), False

    def entry(self, control_list: str, code: str, version: str = "", on: date = date.max) -> Entry | None:
        """Return an entry by its canonical code, in a version or in that of a day."""
        chosen = version or getattr(self.version_on(control_list, on)[0], "version", "")
        return self.index.get((control_list, chosen), {}).get(code)

    # ---- succession ----------------------------------------------------------------------------------------------

    def successors(self, control_list: str, code: str, version: str = "") -> tuple[Succession, ...]:
        """Return what became of an entry, of one version or of any."""
        return tuple(
            one
            for one in self.successions
            if (one.control_list, one.from_code) == (control_list, code) and version in ("", one.from_version)
        )

    def predecessors(self, control_list: str, code: str) -> tuple[Succession, ...]:
        """Return the entries whose goods an entry holds today."""
        return tuple(one for one in self.successions if one.to_list == control_list and code in one.to_codes)

    # ---- reading -------------------------------------------------------------------------------------------------

    def read(self, text: str, *, on: date, regime: str = "") -> tuple[Reading, ...]:
        """
        Say what each code of a field is on a day; a field may hold several.

        :param regime: decides what can be read in two ways, and whose entries are proposed first.
        """
        return tuple(self.reading(code, on=on, regime=regime) for code in codes.split_codes(text, regime))

    def reading_of_entry(self, entry: Entry, on: date) -> Reading:
        """Say of an entry of any version what it is on a day."""
        read = codes.parse(entry.code)
        code = Code(entry.code, read.control_list or entry.control_list, entry.category, entry.code)
        return self._held(code, entry, on, ())

    def reading(self, code: Code, *, on: date, regime: str = "") -> Reading:
        """Say what a code is on a day."""
        key = (code, on, regime)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._reading(code, on, regime)
        kept = self._kept[key]
        assert isinstance(kept, Reading)
        return kept

    def _reading(self, code: Code, on: date, regime: str) -> Reading:
        if not code.canonical:
            return Reading(code.printed, "", Answer.UNLISTED)
        lists = _LOOKED_IN[code.control_list]
        own = [one for one in lists if one != _RATINGS] or lists
        return (
            self._exact(code, own, on)
            or self._former(code, on)
            or self._exact(code, [_RATINGS], on)
            or self._below(code, on)
            or self._unknown(code, regime, on)
        )

    def _exact(self, code: Code, lists: Iterable[str], on: date) -> Reading | None:
        for control_list in lists:
            version, exact = self.version_on(control_list, on)
            entry = self.index.get((control_list, version.version), {}).get(code.canonical) if version else None
            if entry is not None and self._stands(code, entry):
                return self._held(code, entry, on, () if exact else (Notice.VERSION_NOT_HELD,))
        return None

    def _stands(self, code: Code, entry: Entry) -> bool:
        """Tell whether an entry found answers: in Annex IV only what stands there or below what stands there."""
        if code.control_list != "annex_iv" or entry.control_list == "annex_iv":
            return True
        return any(self.entry("annex_iv", above) for above in codes.path(code.canonical))

    def _held(self, code: Code, entry: Entry, on: date, notices: tuple[Notice, ...]) -> Reading:
        since = _NOT_USED_SINCE.search(entry.title)
        was_used = since is not None and on.year < int(since.group(1))
        if not entry.is_used and not was_used:
            notices += (Notice.NOT_USED,)
        if code.canonical in codes.END_USE_TAGS:
            notices += (Notice.TAG,)
        replaced = tuple(
            one
            for one in self.successors(entry.control_list, entry.code)
            if one.from_version == entry.version or self._was_in_force(one, on)
        )
        return Reading(
            code.printed,
            code.canonical,
            Answer.ENTRY if entry.is_used or was_used else Answer.FORMER,
            "annex_iv" if code.control_list == "annex_iv" else entry.control_list,
            entry.version,
            entry,
            self.path(entry),
            notices,
            successors=replaced or (() if entry.is_used else self.successors(entry.control_list, entry.code)),
            predecessors=self.predecessors(entry.control_list, entry.code),
            regime=code.regime,
        )

    def _was_in_force(self, one: Succession, on: date) -> bool:
        versions = self.versions_of(one.control_list)
        return any(v.version == one.from_version and not v.is_held and v.in_force(on) for v in versions)

    def _former(self, code: Code, on: date) -> Reading | None:
        """Read an entry that only an earlier version had; in the days of that version it is an entry."""
        for control_list in _LOOKED_IN[code.control_list]:
            if replaced := self.successors(control_list, code.canonical):
                return Reading(
                    code.printed,
                    code.canonical,
                    Answer.ENTRY if self._ended_after(replaced, on) else Answer.FORMER,
                    control_list,
                    replaced[0].from_version,
                    notices=(Notice.VERSION_NOT_HELD,),
                    suggestions=self._entries_of(replaced),
                    successors=replaced,
                    regime=code.regime,
                )
        return None

    def _ended_after(self, successions: Iterable[Succession], on: date) -> bool:
        left = {(one.control_list, one.from_version) for one in successions}
        ends = [v.until for v in self.versions if (v.control_list, v.version) in left]
        return any(until is not None and on <= until for until in ends)

    def _entries_of(self, successions: Iterable[Succession]) -> tuple[Entry, ...]:
        named = ((one.to_list, code) for one in successions for code in one.to_codes)
        return tuple(filter(None, (self.entry(*one) for one in dict.fromkeys(named))))

    def _below(self, code: Code, on: date) -> Reading | None:
        """Read a sub-item that is not held, where sub-items or versions are missing from what is held."""
        version, exact = self._first_version(code, on)
        above = self._nearest_above(code, on)
        if version is None or (code.control_list == "annex_iv" and not self._may_stand(code, on)):
            return None
        notices: tuple[Notice, ...] = () if exact else (Notice.VERSION_NOT_HELD,)
        if above is not None and above.is_open:
            notices += (Notice.SUBITEMS_NOT_HELD,)
        elif version.completeness is Completeness.PART or (above and version.completeness is not Completeness.FULL):
            notices += (Notice.HELD_IN_PART,)
        elif exact or above is None:
            return None
        return Reading(
            code.printed,
            code.canonical,
            Answer.ENTRY,
            above.control_list if above else code.control_list,
            above.version if above else version.version,
            above,
            self.path(above) if above else (),
            notices,
            regime=code.regime,
        )

    def _may_stand(self, code: Code, on: date) -> bool:
        """Tell whether Annex I may have an entry that is looked for in Annex IV."""
        in_annex_i = Code(code.canonical, "annex_i", code.category, code.printed)
        return self.reading(in_annex_i, on=on).answer is Answer.ENTRY

    def _first_version(self, code: Code, on: date) -> tuple[ListVersion | None, bool]:
        return self.version_on(code.control_list, on) if code.control_list else (None, False)

    def _nearest_above(self, code: Code, on: date) -> Entry | None:
        """Return the nearest entry held above a code, in the first list that holds one."""
        for control_list in _LOOKED_IN[code.control_list]:
            version, _exact = self.version_on(control_list, on)
            held = self.index.get((control_list, version.version), {}) if version else {}
            for above in reversed(codes.path(code.canonical)[:-1]):
                if above in held:
                    return held[above] if control_list == "annex_iv" or code.control_list != "annex_iv" else None
        return None

    def _unknown(self, code: Code, regime: str, on: date) -> Reading:
        above = self._nearest_above(code, on)
        return Reading(
            code.printed,
            code.canonical,
            Answer.UNKNOWN,
            code.control_list,
            getattr(self._first_version(code, on)[0], "version", ""),
            above,
            self.path(above) if above else (),
            (Notice.BELOW_UNKNOWN,) if above else (),
            suggestions=nearest(self, code, above, regime=regime, on=on),
            regime=code.regime,
        )

    def search(self, control_list: str, version: str, asked: str) -> Iterator[Entry]:
        """Yield the entries of a version under a code in any notation, or whose titles hold every word asked for."""
        held = self.index.get((control_list, version), {})
        read = codes.parse(asked)
        compact = _compact(read.canonical if read.control_list else asked)
        by_code = [one for one in held.values() if compact and _compact(one.code).startswith(compact)]
        if by_code:
            yield from by_code
            return
        wanted = asked.casefold().split()
        for entry in held.values() if wanted else ():
            text = " ".join((entry.title, *(title for _language, title in entry.titles))).casefold()
            if all(word in text for word in wanted):
                yield entry


_MOST_KEPT: Final = 4096


def _compact(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", code.casefold())

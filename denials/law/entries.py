"""
What a control list consists of: versions, entries, what became of an entry, and what a code as written was read as.

Source: EU Common Military List (CP 2008/944/CFSP Art. 12); Reg. (EU) 2021/821 Annexes I and IV; Reg. (EU) 2019/125
Annexes II to IV.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_FIGURES: Final = re.compile(r"(\d+)")


class Completeness(StrEnum):
    """How much of a version is held: every entry; every head but not all below it; a part."""

    FULL = "full"
    HEADS = "heads"
    PART = "part"


class Kind(StrEnum):
    """What became of an entry in a later version or another list."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    DELETED = "deleted"
    MOVED = "moved"


class Answer(StrEnum):
    """What a code is: an entry, one of an earlier version, an entry of no list held, stated to be on no list."""

    ENTRY = "entry"
    FORMER = "former"
    UNKNOWN = "unknown"
    UNLISTED = "unlisted"


class Notice(StrEnum):
    """What a reader should know about an answer."""

    SUBITEMS_NOT_HELD = "subitems_not_held"  # of the nearest entry above
    HELD_IN_PART = "list_held_in_part"  # so that an entry not found may exist
    VERSION_NOT_HELD = "version_not_held"  # of the day asked about; answered from another version
    NOT_USED = "not_used"  # the list keeps the number, without goods
    TAG = "end_use_tag"  # names a ground of control, not goods
    BELOW_UNKNOWN = "subitem_unknown"  # the head is held, the sub-item is not


@dataclass(frozen=True)
class ListVersion:
    """A version of a list, in force from `since` to `until`, both days included; None where not known or still open."""

    control_list: str
    version: str
    title: str
    source: str = ""
    since: date | None = None
    until: date | None = None
    completeness: Completeness = Completeness.FULL
    is_held: bool = True

    def in_force(self, on: date) -> bool:
        """Tell whether it was in force on a day, as far as its dates are known."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Entry:
    """An entry of a version; `is_open` where sub-items exist that are not held."""

    control_list: str
    version: str
    code: str
    parent: str = ""
    title: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    level: int = 1
    category: str = ""
    regime_note: str = ""
    annex_iv: bool = False
    country: str = ""
    is_used: bool = True
    is_open: bool = False

    def title_in(self, language: str) -> str:
        """Return the title in a language, in English where it is not held."""
        return dict(self.titles).get(language) or self.title


@dataclass(frozen=True)
class Succession:
    """What became of an entry: the codes that hold its goods later. `verified` where a source said so."""

    control_list: str
    from_version: str
    from_code: str
    to_list: str
    to_version: str
    to_codes: tuple[str, ...]
    kind: Kind
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Reading:
    """
    What a code as written is on a day.

    `entry` is the entry itself or, where sub-items are not held, the nearest one above; `canonical` is what was asked.
    """

    printed: str
    canonical: str
    answer: Answer
    control_list: str = ""
    version: str = ""
    entry: Entry | None = None
    path: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    suggestions: tuple[Entry, ...] = ()
    successors: tuple[Succession, ...] = ()
    predecessors: tuple[Succession, ...] = ()
    regime: str = ""

    @property
    def annex_iv(self) -> bool:
        """Whether the goods stand in Annex IV of Reg. (EU) 2021/821, as far as the entry tells."""
        return self.entry is not None and (self.entry.annex_iv or self.control_list == "annex_iv")


def natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts codes as the lists print them: ML2 before ML10, 1C350.9 before 1C350.10."""
    parts = (part for part in _FIGURES.split(code) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)

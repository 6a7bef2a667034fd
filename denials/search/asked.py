"""What a reader asks of the register: words, choices in facets, dates, an order. One reading for pages and REST."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from denials.law import codes, words
from denials.search.rows import ALIKE, ENTRY, quoted

#: The choices that combine: one of those in a facet, and all facets together.
FACETS: Final = (
    "status",
    "regime",
    "state",
    "authority",
    "destination",
    "category",
    "code",
    "criterion",
    "ground",
)
DATES: Final = ("decided_from", "decided_to", "notified_from", "notified_to")
SORTS: Final = ("-decided", "decided", "reference", "-reference", "-recorded", "recorded", "-notified", "notified")
USUAL_SORT: Final = "-decided"
OVERLAYS: Final = ("review_due", "review_overdue", "out_of_window")
MOST_CHOICES: Final = 40
MOST_ONLY: Final = 200
MOST_WORDS: Final = 16
LONGEST: Final = 200
WHOLE_WORD: Final = 2  # a word this short must stand alone: "il" is Israel, not the beginning of "illumination"
_REFERENCE: Final = re.compile(r"([a-z]{2})-([a-z]{2,5})-(\d{4})-(\d{1,6})", re.IGNORECASE)
_SERIAL_DIGITS: Final = 4
_LONGEST_ENTRY: Final = 4  # words that an entry may be written in: ML 10 c 2


@dataclass(frozen=True)
class Asked:
    """A question put to the register."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    counted: int | None = None
    sort: str = USUAL_SORT
    with_drafts: bool = False
    only: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Sequence[str]]) -> "Asked":
        """Read parameters as they come from an address, passing over what is no value."""
        chosen = {name: _values(given.get(name, ())) for name in FACETS}
        dates = {name: day for name in DATES if (day := _day(given.get(name, ())))}
        counted = next(iter(given.get("counted", ())), "")
        sort = next(iter(given.get("sort", ())), USUAL_SORT)
        return cls(
            q=" ".join(next(iter(given.get("q", ())), "")[:LONGEST].split()),
            chosen={name: values for name, values in chosen.items() if values},
            dates=dates,
            only=tuple(_ids(given.get("only", ()))),
            counted=int(counted[:5]) if counted.isdecimal() and counted.isascii() else None,
            sort=sort if sort in SORTS else USUAL_SORT,
        )

    def as_parameters(self) -> dict[str, list[str]]:
        """Return the question as parameters of an address, in one order."""
        found = {"q": [self.q] if self.q else []}
        found |= {name: list(self.chosen.get(name, ())) for name in FACETS}
        found |= {name: [self.dates[name].isoformat()] if name in self.dates else [] for name in DATES}
        found["only"] = [str(one) for one in self.only]
        found["counted"] = [] if self.counted is None else [str(self.counted)]
        found["sort"] = [] if self.sort == USUAL_SORT else [self.sort]
        return {name: values for name, values in found.items() if values}

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for beyond the whole list."""
        return bool(self.q or self.chosen or self.dates or self.only or self.counted is not None)


def _values(given: Iterable[str]) -> tuple[str, ...]:
    kept = (value.strip()[:80] for value in given if value.strip())
    return tuple(dict.fromkeys(value for value in kept if "\x00" not in value))[:MOST_CHOICES]


def _ids(given: Iterable[str]) -> Iterator[UUID]:
    for value in list(given)[:MOST_ONLY]:
        with suppress(ValueError):
            yield UUID(value)


def _day(given: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(next(iter(given), ""))
    except ValueError:
        return None


# ---- words -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """What the words asked for must be: beginnings of words (or whole ones), and entries with all below them."""

    words: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.entries)

    @property
    def exact(self) -> str:
        """The query all of whose terms a record must hold."""
        return " & ".join((*map(_beginning, self.words), *map(_entry, self.entries)))

    @property
    def alike(self) -> str:
        """The query for words romanised otherwise; "" where a word has too little to go by."""
        bones = [bone for word in self.words if (bone := words.skeleton(word))]
        if not bones:
            return ""
        return " & ".join((*(quoted(ALIKE + bone) for bone in bones), *map(_entry, self.entries)))


def terms_of(asked: str) -> Terms:
    """Read what was typed: entries in any notation first, everything else as words in Latin letters."""
    typed = asked.split()[: MOST_WORDS * 2]
    found: list[str] = []
    entries: list[str] = []
    at = 0
    while at < len(typed):
        entry, length = _entry_at(typed, at)
        if entry:
            entries.append(entry)
        elif reference := _REFERENCE.fullmatch(typed[at]):
            state, mark, year, serial = reference.groups()
            found.append(words.compact(f"{state}{mark}{year}{serial.lstrip('0').zfill(_SERIAL_DIGITS)}"))
        else:
            found.extend(words.fold(typed[at]).split())
        at += length
    return Terms(tuple(dict.fromkeys(found))[:MOST_WORDS], tuple(dict.fromkeys(entries))[:MOST_WORDS])


def _entry_at(typed: Sequence[str], at: int) -> tuple[str, int]:
    """Return the entry that begins at a word and how many words it takes; the longest reading is taken."""
    for length in range(min(_LONGEST_ENTRY, len(typed) - at), 0, -1):
        read = codes.parse(" ".join(typed[at : at + length]))
        last = typed[at + length - 1]
        if read.control_list and (length == 1 or len(last) == 1 or any(letter.isdigit() for letter in last)):
            return read.canonical, length
    return "", 1


def _beginning(word: str) -> str:
    return quoted(word) if len(word) <= WHOLE_WORD else f"{quoted(word[: words.LONGEST_WORD])}:*"


def _entry(canonical: str) -> str:
    """An entry with everything below it, or the same letters and figures as they were printed."""
    return f"({quoted(ENTRY + canonical.casefold())} | {quoted(words.compact(canonical))})"

"""
Rows of the index made by another analysis than this program's: made anew in batches, and right until then.

A new analysis (other keys, names read otherwise) does not stop screening: `renew` makes the rows anew, some hundred at
a time, from `manage.py prepare` and from a sweep. A screening that meets rows of another analysis takes their facts,
which hold in any, apart in memory; each process does that once.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from uuid import UUID

from screening.engine.retrieval import retrieval_keys
from screening.law.facts import from_data
from screening.models import DenialIndex, IndexedUpTo
from screening.search import index


def work_off(most: int) -> int:
    """
    Take in so many changes of the register or, if none waits, make so many rows anew, in the caller's transaction.

    :returns: how many at most were handled, 0 if nothing is left to do.
    """
    since = index.reached().sequence
    if since < index.head():
        return index.bring_up_to_date(most) - since
    return renew(most)


def renew(most: int) -> int:
    """
    Make some rows of an earlier analysis anew, in the caller's transaction; return how many, 0 if none is left.

    Rows of a later analysis, of a newer program that works beside this one, stay.
    """
    if _all_of_this():
        return 0
    reached = IndexedUpTo.objects.select_for_update().get(id=1)
    others = DenialIndex.objects.exclude(analysis=index.ANALYSIS).order_by()
    held = list(others.values_list("analysis", flat=True).distinct())
    older = [analysis for analysis in held if _version(analysis) < _version(index.ANALYSIS)]
    ids = list(others.filter(analysis__in=older).order_by("pk").values_list("pk", flat=True)[:most])
    index.index_rows(ids)
    if ids or not held:
        reached.analysis = index.SEVERAL if others.exists() else index.ANALYSIS
        reached.save(update_fields=["analysis"])
    return len(ids)


def _version(analysis: str) -> tuple[int, ...]:
    return tuple(int(part) for part in analysis.split(".") if part.isdigit())


def _all_of_this() -> bool:
    return IndexedUpTo.objects.filter(id=1, analysis=index.ANALYSIS).exists()


@dataclass(frozen=True, slots=True)
class Apart:
    """The facts of a version taken apart by this program's analysis."""

    version: UUID
    keys: frozenset[str]
    names: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, version: UUID, data: Any) -> "Apart":
        facts = from_data(data)
        return cls(version, retrieval_keys(facts), tuple(index.folded_names(facts)), tuple(index.lines_of(facts)))


class Others:
    """The rows of another analysis, taken apart by this one and kept in this process as long as they are such."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[UUID, Apart] = {}

    def rows(self) -> Mapping[UUID, Apart]:
        """Return them as they now are; none where all rows are of this program's analysis."""
        if _all_of_this():
            self._held = {}
            return {}
        others = DenialIndex.objects.exclude(analysis=index.ANALYSIS).order_by()
        with self._lock:
            now = dict(others.values_list("pk", "version_id"))
            held = {pk: one for pk, one in self._held.items() if now.get(pk) == one.version}
            for batch in index.batches([pk for pk in now if pk not in held]):
                rows = DenialIndex.objects.filter(pk__in=batch).values_list("pk", "version_id", "facts")
                held |= {pk: Apart.of(version, facts) for pk, version, facts in rows}
            self._held = held
            return held

    def holding(self, keys: Collection[str]) -> list[UUID]:
        """Return those that share keys, those sharing most first."""
        asked = frozenset(keys)
        shared = Counter({pk: len(asked & one.keys) for pk, one in self.rows().items()})
        return [pk for pk, count in shared.most_common() if count]


OTHERS: Final = Others()

"""The names of the register in this process's memory, never older than the change a screening has seen."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from denials.models import RegisterChange
from screening.engine.live_names import LiveNames, Mask
from screening.models import DenialIndex
from screening.search.renewal import OTHERS

_BATCH: Final = 2000
_MOST_KEPT: Final = 16
T = TypeVar("T")


@dataclass(frozen=True)
class Standing:
    """Which owners of names are among some denials, by number, and how many denials these are, named ones or not."""

    mask: Mask
    count: int

    @classmethod
    def of(cls, live: LiveNames[UUID], ids: Collection[UUID]) -> "Standing":
        return cls(live.mask(ids), len(ids))


class RegisterNames:
    """
    Names of all denials, those that no longer count included, kept up by the numbers of the register's changes.

    A number alone does not say which change it is: where the change last seen is not the one that now bears its
    number (it was taken back), everything is read anew.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._reset()

    def _reset(self) -> None:
        self.live: LiveNames[UUID] = LiveNames()
        self._reached = 0
        self._last: Any = None
        self._kept: dict[Hashable, Any] = {}

    def up_to(self, sequence: int) -> LiveNames[UUID]:
        """Return the names as of a change that the index has taken in and this transaction sees."""
        with self._lock:
            if _mark(self._reached) != self._last:
                self._reset()
            if self._reached < sequence:
                self._take_in(sequence)
            return self.live

    def kept(self, live: LiveNames[UUID], sequence: int, question: Hashable, made: Callable[[], T]) -> T:
        """
        Return what is made for a question once for a state of the register; kept only for who sees it as it is here.

        :param sequence: the change that whoever asks has seen.   :param question: all that the answer depends on else.
        """
        with self._lock:
            if live is self.live and sequence == self._reached and question in self._kept:
                return cast("T", self._kept[question])
        found = made()
        with self._lock:
            if live is self.live and sequence == self._reached:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[question] = found
        return found

    def _take_in(self, sequence: int) -> None:
        rows = DenialIndex.objects.order_by()
        if self._reached:
            changes = RegisterChange.objects.filter(sequence__gt=self._reached, sequence__lte=sequence).order_by()
            rows = rows.filter(pk__in=changes.values("denial_id"))
        live = self.live.copied()  # whoever asks the other one asks it to the end
        others = OTHERS.rows()
        held = rows.values_list("pk", "lines").iterator(chunk_size=_BATCH)
        live.take_in((pk, others[pk].lines if pk in others else lines) for pk, lines in held)
        self.live = live
        self._reached, self._last = sequence, _mark(sequence)
        self._kept.clear()


def _mark(sequence: int) -> Any:
    """What tells a change from another that once bore its number."""
    return RegisterChange.objects.filter(sequence=sequence).values_list("version_id", "recorded_at").first()


REGISTER_NAMES: Final = RegisterNames()

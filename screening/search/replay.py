"""A screening of the past, done again on the register as it stood at a change and by the rules of that day."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from denials.law.lifecycle import State
from denials.law.origins import multilateral, told_since
from denials.law.regimes import rules_for
from denials.law.transactions import Transaction
from denials.law.validity import Reason, window_opens
from denials.models import Denial, RegisterChange
from screening.engine.live_names import LiveNames
from screening.engine.retrieval import nearest
from screening.law.facts import from_data
from screening.law.profiles import USUAL, Profile
from screening.models import DenialIndex
from screening.search import index
from screening.search.candidates import (
    MOST_CANDIDATES,
    MOST_OF_A_NAME,
    Candidate,
    Day,
    Named,
    anchor_of,
    day_of,
    near_names,
    other_days,
)
from screening.search.run import Found, find_all, kept


def replay(
    asked: Transaction, *, sequence: int, on: date, profile: Profile = USUAL, informs: bool = False
) -> tuple[int, tuple[Found, ...]]:
    """
    Compare what was asked with every denial that counted on a day, as the register stood at a change.

    Goes through the whole register of that moment in memory: for an auditor, not for a case.
    :param profile: the authority's rules of level then in force.   :param informs: whether it was shown what is for
        information alone.
    :return: how many denials counted, and the hits in their order.
    """
    day = day_of(rules_for(asked.regime, on), on, asked.authority)
    others = other_days(day, asked.authority) if informs else ()
    register = PastRegister(day, rows_at(sequence), others)
    found = find_all(asked, register, on=on, informs=informs)
    return len(register), kept(found, profile)


def rows_at(sequence: int) -> list[DenialIndex]:
    """Return the index as it was at a change of the register: what changed since is made anew from its version then."""
    index.bring_up_to_date()
    later = RegisterChange.objects.filter(sequence__gt=sequence).order_by()
    changed = set(later.values_list("denial_id", flat=True))
    rows = list(DenialIndex.objects.exclude(pk__in=changed).order_by("pk"))
    known = RegisterChange.objects.filter(sequence__lte=sequence, denial__in=changed)
    then = known.order_by("denial_id", "-sequence").distinct("denial_id").values_list("denial_id", "version_id")
    versions = dict(then)
    for denial in Denial.objects.filter(pk__in=versions).with_content().order_by("pk"):
        version = denial.versions.get(pk=versions[denial.pk])
        version.denial, denial.current, denial.status = denial, version, version.status
        rows.append(index.row_of(denial))
    return sorted(rows, key=lambda row: str(row.denial_id))


class PastRegister:
    """The register of a moment, asked as the present one is."""

    def __init__(self, day: Day, rows: Iterable[DenialIndex], others: Iterable[Day] = ()) -> None:
        self.day = day
        self._days = {one.rules.regime: one for one in (*others, day)}
        self._rows: dict[UUID, DenialIndex] = {row.denial_id: row for row in rows}
        open_to = [row for row in self._rows.values() if self._is_open(row)]
        self._counting = {row.denial_id for row in open_to if day.validity(row).counts}
        self._alerting = {row.denial_id for row in open_to if self._alerts(row)}
        self._apart = {row.denial_id for row in self._rows.values() if self._is_beside(row)}
        self._live: LiveNames[UUID] = LiveNames()
        self._live.take_in((pk, row.lines) for pk, row in self._rows.items())

    def __len__(self) -> int:
        return len(self._counting)

    def named_like(self, names: Iterable[str]) -> Named:
        return near_names(self._live, names, self._live.mask(self._counting), self._candidates)

    def alerts_named_like(self, names: Iterable[str]) -> Named:
        """Return what had a name near to one asked for and obliged nobody."""
        return near_names(self._live, names, self._live.mask(self._alerting), self._candidates)

    def found_by(self, keys: Collection[str]) -> list[Candidate]:
        return self._found_by(keys, self._counting)

    def numbered(self, keys: Collection[str]) -> list[Candidate]:
        return self._found_by(keys, self._counting, MOST_OF_A_NAME)

    def alerts_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shared keys with what was asked for and obliged nobody."""
        return self._found_by(keys, self._alerting)

    def beside_named_like(self, names: Iterable[str]) -> Named:
        """Return what had a name near to one asked for in another regime, or counted no longer."""
        return near_names(self._live, names, self._live.mask(self._apart), self._candidates)

    def beside_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shared keys with what was asked for in another regime, or counted no longer."""
        return self._found_by(keys, self._apart)

    def nearest_to(self, names: Iterable[str]) -> list[Candidate]:
        held = [(pk, name) for pk in sorted(self._counting, key=str) for name in self._rows[pk].names]
        folded = [name for _pk, name in held]
        near = {held[place][0] for name in names for place, _ in nearest(name, folded, limit=MOST_CANDIDATES)}
        return self._candidates(sorted(near, key=str))

    def _found_by(self, keys: Collection[str], among: set[UUID], most: int = MOST_CANDIDATES) -> list[Candidate]:
        asked, shared = set(keys), Counter[UUID]()
        for pk in among:
            if common := len(asked & set(self._rows[pk].keys)):
                shared[pk] = common
        ordered = sorted(shared, key=lambda pk: (-shared[pk], str(pk)))
        return self._candidates(ordered[:most])

    def _is_open(self, row: DenialIndex) -> bool:
        day = self.day
        return (
            row.regime == day.rules.regime
            and row.status == State.IN_FORCE
            and row.state in day.members
            and row.audience in ("", *day.audiences)
        )

    def _alerts(self, row: DenialIndex) -> bool:
        if row.without_duty in (Reason.AGGREGATE, Reason.NOTICE):
            return True
        if row.without_duty != Reason.PASSED_ON or row.audience not in multilateral():
            return False
        opens = told_since(row.audience, self.day.on)
        return opens is None or row.decided_on is None or row.decided_on >= opens

    def _is_beside(self, row: DenialIndex) -> bool:
        """As `candidates.beside` asks the present register."""
        day = self.day
        if row.status != State.IN_FORCE or row.without_duty or row.audience not in ("", *day.audiences):
            return False
        if row.regime != day.rules.regime:
            return row.regime in self._days
        anchor, opens = anchor_of(day.rules, row), window_opens(day.rules, day.on)
        return row.state not in day.members or (opens is not None and anchor is not None and anchor < opens)

    def _candidates(self, ids: Iterable[Any]) -> list[Candidate]:
        rows = [self._rows[pk] for pk in ids]
        return [
            Candidate(row.denial_id, row.version_id, from_data(row.facts), self._days[row.regime].validity(row))
            for row in rows
        ]

"""Which denials count on a day, and which of them are worth comparing: cheap questions put to the index."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.law.periods import ONE_DAY
from accounts.models import Competence, Membership
from denials.law import validity
from denials.law.lifecycle import State
from denials.law.origins import multilateral, told_since
from denials.law.regimes import Anchor, RegimeRules, rules_for
from denials.law.transactions import Transaction
from denials.law.validity import Reason, Validity
from screening.engine.evidence import NameFound
from screening.engine.live_names import LiveNames, Mask
from screening.engine.parties import MAY_BE_FROM
from screening.engine.retrieval import nearest
from screening.law.facts import from_data
from screening.models import DenialIndex, IndexedUpTo
from screening.search import index
from screening.search.names import REGISTER_NAMES, Standing
from screening.search.renewal import OTHERS

MOST_CANDIDATES = 300
MOST_NEAR = 25  # denials looked at for each name asked for at a time: as long as most of them may be it, more
MOST_OF_A_NAME = 4000  # and no more than so many; beyond, the screening is partial
NEAR_FROM = -5.0  # evidence below which a name is not looked at
_AS_NEAR = 0.5  # in evidence: where many go by one name, it tells little, and yet none may be left out
_BATCH = 1000
_JUDGED = ("version", "regime", "state", "status", "without_duty", "decided_on", "notified_on", "facts")
T = TypeVar("T")


@dataclass(frozen=True)
class Day:
    """
    A regime's rules on a day, and the states that take part in it then.

    A denial in the register has been decided: where a state further east has begun the next day, that day counts too.
    `audiences`: the multilateral regimes the asking authority takes part in; it is compared with what they pass on.
    """

    rules: RegimeRules
    on: date
    members: frozenset[str]
    audiences: frozenset[str] = frozenset()

    @property
    def furthest_east(self) -> date:
        """The day it may already be in another state."""
        return self.on + ONE_DAY

    def validity(self, row: DenialIndex) -> Validity:
        """Return whether the row's denial counts on the day, and why."""
        on = self.furthest_east if row.decided_on == self.furthest_east else self.on
        without_duty = Reason(row.without_duty) if row.without_duty else None
        return validity.counts(
            self.rules, row.decided_on, row.status, on, row.state in self.members, row.notified_on, without_duty
        )


def day_of(rules: RegimeRules, on: date, authority: str = "") -> Day:
    """
    Return the day with the states that are members of the regime on it.

    :param authority: the id of the authority that asks; without it, what a multilateral regime passed on is left out.
    """
    members = Membership.objects.holding(on).filter(regime=rules.regime).values_list("state_id", flat=True)
    insiders = Competence.objects.holding(on).filter(regime__in=multilateral())
    audiences = [
        regime for held_by, regime in insiders.values_list("authority_id", "regime") if str(held_by) == authority
    ]
    return Day(rules=rules, on=on, members=frozenset(members), audiences=frozenset(audiences))


def _open_to(day: Day) -> QuerySet[DenialIndex]:
    return DenialIndex.objects.filter(
        regime=day.rules.regime, status=State.IN_FORCE, state__in=day.members, audience__in=("", *day.audiences)
    )


def alerting(day: Day) -> QuerySet[DenialIndex]:
    """
    Return the rows that oblige nobody and yet may be worth knowing: aggregates, notices, and what was passed on.

    What a multilateral regime passed on is left out once it is older than that regime looks back. docs/adr/0101.
    """
    rows = _open_to(day)
    told = reduce(or_, (_told(origin, day.on) for origin in multilateral()))
    return rows.filter(Q(without_duty__in=(Reason.AGGREGATE, Reason.NOTICE)) | Q(without_duty=Reason.PASSED_ON) & told)


def beside(day: Day, others: Collection[str]) -> QuerySet[DenialIndex]:
    """
    Return the rows of the asking authority's other regimes, and those of this one that no longer count.

    They oblige nobody here: decided before the look-back window, or by a state that takes no part any more.
    """
    rows = DenialIndex.objects.filter(status=State.IN_FORCE, audience__in=("", *day.audiences), without_duty="")
    past = ~Q(state__in=day.members)
    opens = validity.window_opens(day.rules, day.on)
    if opens is not None:
        rows, past = rows.annotate(anchor=_anchor(day.rules)), past | Q(anchor__lt=opens)
    return rows.filter(Q(regime__in=others) | Q(regime=day.rules.regime) & past)


def anchor_of(rules: RegimeRules, row: DenialIndex) -> date | None:
    """Return the day by which a row's denial leaves the look-back window, as `_anchor` asks the database."""
    decision = rules.window is None or rules.window.anchor is Anchor.DECISION
    return row.decided_on if decision else row.notified_on or row.decided_on


def _anchor(rules: RegimeRules) -> Coalesce | F:
    decision = rules.window is None or rules.window.anchor is Anchor.DECISION
    return F("decided_on") if decision else Coalesce("notified_on", "decided_on")


def _told(audience: str, on: date) -> Q:
    opens = told_since(audience, on)
    asked = Q(audience=audience)
    return asked & (Q(decided_on__isnull=True) | Q(decided_on__gte=opens)) if opens else asked


def counting(day: Day) -> QuerySet[DenialIndex]:
    """Return the rows whose denials count on the day: the same test as `validity.counts`, put to the database."""
    rows = _open_to(day).filter(Q(decided_on__isnull=True) | Q(decided_on__lte=day.furthest_east), without_duty="")
    opens = validity.window_opens(day.rules, day.on)
    if opens is None:
        return rows
    rows = rows.annotate(anchor=_anchor(day.rules))
    return rows.filter(Q(anchor__isnull=True) | Q(anchor__gte=opens))


def other_days(day: Day, authority: str) -> tuple[Day, ...]:
    """Return the same day under the other regimes the asking authority works in."""
    held = Competence.objects.holding(day.on).filter(authority_id=authority) if authority else Competence.objects.none()
    regimes = set(held.values_list("regime", flat=True)) - {day.rules.regime, *multilateral()}
    return tuple(day_of(rules_for(regime, day.on), day.on, authority) for regime in sorted(regimes))


@dataclass(frozen=True)
class Candidate:
    """A denial worth comparing: its facts, and whether it counts on the day."""

    denial_id: Any
    version_id: Any
    facts: Transaction
    validity: Validity


@dataclass(frozen=True)
class Named:
    """Denials with names near to those asked for, the evidence for each pair of names, and whether some were left."""

    candidates: list[Candidate]
    evidence: dict[tuple[str, str], float]
    is_cut: bool = False


class Register(Protocol):
    """The denials that count, asked for candidates."""

    def named_like(self, names: Iterable[str]) -> Named:
        """Return the denials whose names are nearest to the names asked for, by the index of names."""

    def found_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return the denials that share keys with what is asked for, those sharing most first."""

    def numbered(self, keys: Collection[str]) -> list[Candidate]:
        """Return the denials whose parties have a number asked for: all of them, or the register says it is cut."""

    def nearest_to(self, names: Iterable[str]) -> list[Candidate]:
        """Return the denials whose names are nearest to the names asked for, going through all names there are."""


class AlertingRegister(Register, Protocol):
    """A register asked also for what obliges nobody."""

    def alerts_named_like(self, names: Iterable[str]) -> Named:
        """Return what has a name near to one asked for and obliges nobody."""

    def alerts_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shares keys with what is asked for and obliges nobody."""

    def beside_named_like(self, names: Iterable[str]) -> Named:
        """Return what has a name near to one asked for in another regime, or counts no longer."""

    def beside_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shares keys with what is asked for in another regime, or counts no longer."""


def near_names(
    live: LiveNames[Any], names: Iterable[str], mask: Mask | None, fetch: Callable[[list[Any]], list[Candidate]]
) -> Named:
    """Return the denials nearest to each name, and the evidence; the country is no part of it."""
    found: dict[Any, None] = {}
    evidence: dict[tuple[str, str], float] = {}
    is_cut = False
    for name in names:
        near, cut = all_near(live, name, mask)
        is_cut |= cut
        for key, one in near:
            if one.evidence >= NEAR_FROM:
                found[key] = None
                evidence.setdefault((name, one.name), one.evidence)
    return Named(fetch(list(found)) if found else [], evidence, is_cut)


def all_near(live: LiveNames[Any], name: str, mask: Mask | None) -> tuple[list[tuple[Any, NameFound]], bool]:
    """Return the nearest to a name, and further ones while most of those found may be it; and whether it broke off."""
    near: list[tuple[Any, NameFound]] = []
    left = mask
    while len(near) < MOST_OF_A_NAME:
        found = live.nearest(name, limit=MOST_NEAR, allowed=left)
        near += found
        as_near = min(MAY_BE_FROM, max(near[0][1].evidence - _AS_NEAR, NEAR_FROM)) if near else MAY_BE_FROM
        if 2 * sum(one.evidence >= as_near for _, one in found) <= len(found):
            return near, False
        left = live.without(left, [one.owner for _, one in found])
    return near, True


class CountingDenials:
    """The register's own answer, from the index in the database."""

    def __init__(self, day: Day, reached: IndexedUpTo, others: Sequence[Day] = ()) -> None:
        """Ask under a day's rules; `others`: the same day under other regimes, whose denials are only information."""
        self.day = day
        self._days = {one.rules.regime: one for one in (*others, day)}
        self.sequence = reached.sequence
        self.has_others = reached.analysis != index.ANALYSIS  # rows of another analysis than this program's
        self.is_cut = False

    def __len__(self) -> int:
        return self._standing("counting").count

    def named_like(self, names: Iterable[str]) -> Named:
        return self._named_like(names, "counting")

    def alerts_named_like(self, names: Iterable[str]) -> Named:
        """Return what has a name near to one asked for and obliges nobody."""
        return self._named_like(names, "alerting")

    def beside_named_like(self, names: Iterable[str]) -> Named:
        """Return what has a name near to one asked for in another regime, or counts no longer."""
        return self._named_like(names, "beside")

    def found_by(self, keys: Collection[str]) -> list[Candidate]:
        return self._found_by(keys, "counting")

    def numbered(self, keys: Collection[str]) -> list[Candidate]:
        """Return the denials whose parties have a number asked for; more than can be compared make a part of all."""
        ids = self._ids_by(keys, "counting", MOST_OF_A_NAME + 1)
        self.is_cut |= len(ids) > MOST_OF_A_NAME
        return self._candidates(ids[:MOST_OF_A_NAME])

    def alerts_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shares keys with what is asked for and obliges nobody."""
        return self._found_by(keys, "alerting")

    def beside_by(self, keys: Collection[str]) -> list[Candidate]:
        """Return what shares keys with what is asked for in another regime, or counts no longer."""
        return self._found_by(keys, "beside")

    def nearest_to(self, names: Iterable[str]) -> list[Candidate]:
        owners, held = self._kept("folded", "counting", self._folded)
        near = {owners[place] for name in names for place, _ in nearest(name, held, limit=MOST_CANDIDATES)}
        return self._candidates(near)

    def _rows(self, which: str) -> "QuerySet[DenialIndex]":
        if which == "counting":
            return counting(self.day)
        if which == "alerting":
            return alerting(self.day)
        return beside(self.day, self._days.keys() - {self.day.rules.regime})

    @cached_property
    def _live(self) -> LiveNames[UUID]:
        return REGISTER_NAMES.up_to(self.sequence)

    def _kept(self, what: str, which: str, made: Callable[[], T]) -> T:
        question = (what, which, *self._days, self.day.on, self.day.members, self.day.audiences)
        return REGISTER_NAMES.kept(self._live, self.sequence, question, made)

    def _standing(self, which: str) -> Standing:
        def made() -> Standing:
            return Standing.of(self._live, list(self._rows(which).order_by().values_list("pk", flat=True)))

        return self._kept("standing", which, made)

    def _folded(self) -> tuple[list[UUID], list[str]]:
        """The folded names of all denials that count, each beside its owner."""
        owners: list[UUID] = []
        held: list[str] = []
        others = OTHERS.rows() if self.has_others else {}
        for pk, stored in counting(self.day).order_by().values_list("pk", "names").iterator(chunk_size=_BATCH):
            folded = others[pk].names if pk in others else stored
            owners += [pk] * len(folded)
            held += folded
        return owners, held

    def _named_like(self, names: Iterable[str], which: str) -> Named:
        standing = self._standing(which)
        if not standing.count:
            return Named([], {})
        named = near_names(self._live, names, standing.mask, self._candidates)
        self.is_cut |= named.is_cut and which != "beside"  # information may be incomplete
        return named

    def _found_by(self, keys: Collection[str], which: str) -> list[Candidate]:
        return self._candidates(self._ids_by(keys, which, MOST_CANDIDATES))

    def _ids_by(self, keys: Collection[str], which: str, most: int) -> list[UUID]:
        if not keys or not self._standing(which).count:
            return []
        asked, rows = sorted(keys), self._rows(which)
        shared = RawSQL("(SELECT count(*) FROM unnest(keys) AS key WHERE key = ANY(%s))", [asked])
        found = rows.filter(keys__overlap=asked).annotate(shared=shared).order_by("-shared", "pk")
        ids = list(found.values_list("pk", flat=True)[:most])
        if self.has_others:
            others = set(OTHERS.holding(keys)[:most]) - set(ids)
            ids += list(rows.filter(pk__in=others).values_list("pk", flat=True))
        return ids

    def _candidates(self, ids: Collection[UUID]) -> list[Candidate]:
        """The denials by id, in no order; what has become of one since is told by its validity."""
        rows = DenialIndex.objects.filter(pk__in=ids).only(*_JUDGED) if ids else ()
        return [
            Candidate(row.denial_id, row.version_id, from_data(row.facts), self._days[row.regime].validity(row))
            for row in rows
        ]

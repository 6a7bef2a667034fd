"""Which denials count on a day, and which of them are worth comparing: cheap questions put to the index."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.models import Membership
from denials.law import validity
from denials.law.lifecycle import State
from denials.law.regimes import Anchor, RegimeRules
from denials.law.validity import Validity
from screening.engine.retrieval import nearest
from screening.models import DenialIndex

MOST_CANDIDATES = 300
_BATCH = 1000


@dataclass(frozen=True)
class Day:
    """A regime's rules on a day, and the states that take part in it then."""

    rules: RegimeRules
    on: date
    members: frozenset[str]

    def validity(self, row: DenialIndex) -> Validity:
        """Return whether the row's denial counts on the day, and why."""
        return validity.counts(
            self.rules, row.decided_on, row.status, self.on, row.state in self.members, row.notified_on
        )


def day_of(rules: RegimeRules, on: date) -> Day:
    """Return the day with the states that are members of the regime on it."""
    members = Membership.objects.holding(on).filter(regime=rules.regime).values_list("state_id", flat=True)
    return Day(rules=rules, on=on, members=frozenset(members))


def counting(day: Day) -> QuerySet[DenialIndex]:
    """Return the rows whose denials count on the day: the same test as `validity.counts`, put to the database."""
    rows = DenialIndex.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__lte=day.on),
        regime=day.rules.regime,
        status=State.IN_FORCE,
        state__in=day.members,
    )
    opens = validity.window_opens(day.rules, day.on)
    if opens is None or day.rules.window is None:
        return rows
    decision = day.rules.window.anchor is Anchor.DECISION
    rows = rows.annotate(anchor=F("decided_on") if decision else Coalesce("notified_on", "decided_on"))
    return rows.filter(Q(anchor__isnull=True) | Q(anchor__gte=opens))


def found_by(rows: QuerySet[DenialIndex], keys: Collection[str]) -> list[DenialIndex]:
    """Return the rows that share keys with what is asked for, those sharing most first; at most 300."""
    if not keys:
        return []
    asked = sorted(keys)
    shared = RawSQL("(SELECT count(*) FROM unnest(keys) AS key WHERE key = ANY(%s))", [asked])
    found = rows.filter(keys__overlap=asked).annotate(shared=shared).order_by("-shared", "pk")
    return list(found.defer("keys", "names")[:MOST_CANDIDATES])


def nearest_to(rows: QuerySet[DenialIndex], names: Iterable[str]) -> list[DenialIndex]:
    """Return the rows whose names are nearest to the names asked for, of all names there are: the full scan."""
    asked = list(names)
    if not asked:
        return []
    owners: list[UUID] = []
    held: list[str] = []
    for pk, folded in rows.values_list("pk", "names").iterator(chunk_size=_BATCH):
        owners += [pk] * len(folded)
        held += folded
    near = {owners[place]: nearness for name in asked for place, nearness in nearest(name, held)}
    return list(rows.filter(pk__in=sorted(near, key=lambda pk: -near[pk])[:MOST_CANDIDATES]).defer("keys", "names"))

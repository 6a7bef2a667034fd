"""Which denials count on a day, and which of them are worth comparing: cheap questions put to the index."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.models import Membership
from denials.law import validity
from denials.law.lifecycle import State
from denials.law.regimes import Anchor, RegimeRules
from denials.law.validity import Validity
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
    """Return the rows that share keys with the names asked for, those sharing most first; at most 300."""
    if not keys:
        return []
    asked = sorted(keys)
    shared = RawSQL("(SELECT count(*) FROM unnest(keys) AS key WHERE key = ANY(%s))", [asked])
    return list(rows.filter(keys__overlap=asked).annotate(shared=shared).order_by("-shared", "pk")[:MOST_CANDIDATES])


def all_of(rows: QuerySet[DenialIndex]) -> Iterator[DenialIndex]:
    """Return every row, a thousand at a time."""
    return rows.defer("keys").order_by("pk").iterator(chunk_size=_BATCH)

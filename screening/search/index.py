"""The index of the register: brought up to its last change before anything is screened, in the same transaction."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from uuid import UUID

from django.db.models import Max

from denials.law.transactions import Party, Role, Transaction
from denials.models import Denial, RegisterChange
from screening.engine.name_forms import analyse
from screening.law.facts import to_data
from screening.models import DenialIndex, IndexedUpTo

# Raise when the keys of a name are made differently: the whole index is then made anew.
ANALYSIS = "1"
_BATCH = 500
_COLUMNS = [
    "version",
    "regime",
    "authority",
    "state",
    "status",
    "decided_on",
    "notified_on",
    "facts",
    "keys",
]


def head() -> int:
    """Return the number of the register's last committed change, 0 for an empty register."""
    return RegisterChange.objects.aggregate(last=Max("sequence"))["last"] or 0


def bring_up_to_date() -> int:
    """
    Take in what the register recorded since; return the number of its last change, now indexed.

    Changes are numbered without gaps in commit order, so whoever sees number n sees all before it. Only one
    transaction at a time extends the index; the others wait and find the work done.
    """
    reached = IndexedUpTo.objects.get(id=1)
    last = head()
    if reached.sequence >= last and reached.analysis == ANALYSIS:
        return reached.sequence
    reached = IndexedUpTo.objects.select_for_update().get(id=1)
    since = reached.sequence if reached.analysis == ANALYSIS else 0
    last = head()
    changed = RegisterChange.objects.filter(sequence__gt=since, sequence__lte=last)
    ids = list(changed.order_by().values_list("denial_id", flat=True).distinct())
    for batch in _batches(ids):
        _index(batch)
    reached.sequence, reached.analysis = last, ANALYSIS
    reached.save(update_fields=["sequence", "analysis"])
    return last


def _index(denial_ids: Collection[UUID]) -> None:
    denials = Denial.objects.filter(pk__in=denial_ids).with_content()
    DenialIndex.objects.bulk_create(
        [row_of(denial) for denial in denials],
        update_conflicts=True,
        unique_fields=["denial"],
        update_fields=_COLUMNS,
    )


def row_of(denial: Denial) -> DenialIndex:
    """Return the index row of a denial's current version."""
    assert denial.current is not None
    facts = without_exporter(denial.current.facts())
    return DenialIndex(
        denial=denial,
        version=denial.current,
        regime=denial.regime,
        authority_id=denial.authority_id,
        state=denial.state_of_issue_id,
        status=denial.status,
        decided_on=denial.current.decided_on,
        notified_on=denial.current.notified_on,
        facts=to_data(facts),
        keys=sorted(keys_of(facts)),
    )


def without_exporter(facts: Transaction) -> Transaction:
    """Return the facts others may compare with: an exporter's name never leaves the issuing authority."""
    return replace(facts, parties=tuple(party for party in facts.parties if party.role != Role.EXPORTER))


def keys_of(facts: Transaction) -> frozenset[str]:
    """Return what the named parties are found by: forms of their names and aliases, and their identifiers."""
    return frozenset().union(*(_party_keys(party) for party in facts.parties if not party.is_placeholder))


def _party_keys(party: Party) -> frozenset[str]:
    names = frozenset().union(*(analyse(name).keys for name in (party.name, *party.aliases)))
    return names | {f"#{kind}:{_compact(value)}" for kind, value in party.identifiers if _compact(value)}


def _compact(value: str) -> str:
    return "".join(char for char in value.casefold() if char.isalnum())


def _batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]

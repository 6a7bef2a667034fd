"""The index of the register: brought up to its last change before anything is screened, in the same transaction."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Max

from denials.law.transactions import Role, Transaction
from denials.models import Denial, RegisterChange
from denials.standing import record_of
from screening.engine.name_forms import analyse
from screening.engine.name_rows import ROWS_VERSION, line_of
from screening.engine.parties import all_names_of, is_named
from screening.engine.retrieval import KEYS_VERSION, retrieval_keys
from screening.law.facts import to_data
from screening.models import DenialIndex, IndexedUpTo

# Keys or names made otherwise are a new analysis: rows of an earlier one are made anew, see `renewal`.
ANALYSIS = f"6.{KEYS_VERSION}.{ROWS_VERSION}"
SEVERAL = ""
_BATCH = 500
_COLUMNS = [
    "version",
    "regime",
    "authority",
    "state",
    "status",
    "audience",
    "without_duty",
    "decided_on",
    "notified_on",
    "facts",
    "keys",
    "names",
    "lines",
    "analysis",
]


def head() -> int:
    """Return the number of the register's last committed change, 0 for an empty register."""
    return RegisterChange.objects.aggregate(last=Max("sequence"))["last"] or 0


def reached() -> IndexedUpTo:
    """Return how far the index has come."""
    return IndexedUpTo.objects.get(id=1)


def bring_up_to_date(most: int = 0) -> int:
    """
    Take in what the register recorded since; return the number of its last change, now indexed. See `taken_in`.

    :param most: so many changes at most, 0: all.
    """
    return taken_in(most).sequence


def taken_in(most: int = 0) -> IndexedUpTo:
    """
    Take in what the register recorded since; return how far the index has come.

    Changes are numbered without gaps in commit order, so whoever sees number n sees all before it. Only one
    transaction at a time extends the index; the others wait and find the work done. Who also writes to the audit trail
    comes here first: the index is locked before the ledger.

    :param most: so many changes at most, 0: all.
    """
    if (seen := reached()).sequence >= head():
        return seen
    to = IndexedUpTo.objects.select_for_update().get(id=1)
    last = min(head(), to.sequence + most) if most else head()
    changed = RegisterChange.objects.filter(sequence__gt=to.sequence, sequence__lte=last)
    ids = list(changed.order_by().values_list("denial_id", flat=True).distinct())
    for batch in batches(ids):
        index_rows(batch)
    if to.analysis != ANALYSIS:
        to.analysis = SEVERAL if to.sequence else ANALYSIS
    to.sequence = last
    to.save(update_fields=["sequence", "analysis"])
    return to


def index_rows(denial_ids: Collection[UUID]) -> None:
    """Make the rows of some denials anew; the row of `IndexedUpTo` is locked."""
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
        audience=denial.audience,
        without_duty=_without_duty(denial),
        decided_on=denial.current.decided_on,
        notified_on=denial.current.notified_on,
        facts=to_data(facts),
        keys=sorted(retrieval_keys(facts)),
        names=folded_names(facts),
        lines=lines_of(facts),
        analysis=ANALYSIS,
    )


def _without_duty(denial: Denial) -> str:
    recorded = denial.current.recorded_at if denial.current else None
    record = record_of(denial, (recorded or denial.created_at).date())
    return str(record.without_duty(date.max) or "")  # nothing recorded lies ahead


def without_exporter(facts: Transaction) -> Transaction:
    """Return the facts others may compare with: an exporter's name never leaves the issuing authority."""
    return replace(facts, parties=tuple(party for party in facts.parties if party.role != Role.EXPORTER))


def folded_names(facts: Transaction) -> list[str]:
    """Return the names of all named parties as the full scan compares them."""
    names = (name for party in facts.parties if is_named(party) for name in all_names_of(party))
    return sorted({analyse(name).folded for name in names} - {""})


def lines_of(facts: Transaction) -> list[str]:
    """Return the names of all named parties taken apart, each with the party's country."""
    named = (party for party in facts.parties if is_named(party))
    return list(dict.fromkeys(line_of(name, party.country) for party in named for name in all_names_of(party)))


def batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Yield so many as are made or read at a time."""
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]

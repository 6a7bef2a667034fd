"""
Note who received a denial: told, read, exported, mirrored; one row for each denial and other authority.

The issuer's own reading is none, nor is the auditors' or the system's. Rows are written in one order (denial, then
authority), so that readers and acts never wait for each other in a circle.
Source: Reg. (EU) 2021/821 Art. 23(5) with Reg. (EC) No 515/97 Art. 45(4).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from accounts.models import Authority
from accounts.roles import Principal
from denials.models import Denial, DenialRecipient

#: A reading within this time of the last is not written again.
SAME_READING = timedelta(hours=1)
NO_RECIPIENT = frozenset({"", "audit"})

_INSERT = (
    "INSERT INTO {table} (denial_id, authority_id, {columns}) "
    "SELECT denial.id, recipient.id, {moments} "
    "FROM unnest(%s::uuid[]) AS denial_ids(id) JOIN {denials} AS denial USING (id) "
    "CROSS JOIN unnest(%s::uuid[]) AS recipient(id) "
    "WHERE denial.authority_id <> recipient.id AND denial.reference IS NOT NULL "
    "ORDER BY denial.id, recipient.id "
    "ON CONFLICT (denial_id, authority_id) DO UPDATE SET {kept}"
)
_FIRST = "{0} = COALESCE({table}.{0}, EXCLUDED.{0})"
_LAST = "{0} = GREATEST({table}.{0}, EXCLUDED.{0})"


def note_told(denial: Denial | UUID, authorities: Iterable[Authority], *, at: datetime) -> None:
    """Note that authorities were told of a denial; the first notice is kept."""
    _note([denial], [one.pk for one in authorities], first=("told_at",), at=at)


def hold(denials: Iterable[Denial | UUID]) -> None:
    """Lock the rows held of denials, in their order: for an act upon several, before it numbers the first."""
    rows = DenialRecipient.objects.select_for_update(of=("self",), no_key=True).filter(denial__in=_ids(denials))
    list(rows.order_by("denial_id", "authority_id").values_list("pk", flat=True))


def note_read(denials: Iterable[Denial | UUID], principal: Principal, *, at: datetime) -> None:
    """Note that a principal read denials, on a page or over REST; drafts and own denials are passed over."""
    if not (reader := _recipient(principal)):
        return
    ids = _ids(denials)
    if len(ids) > 1:  # a list: what was read within the hour stays as it is, in whatever order
        since = at - SAME_READING
        fresh = DenialRecipient.objects.filter(denial__in=ids, authority=reader[0], last_read_at__gt=since)
        known = set(fresh.values_list("denial_id", flat=True))
        ids = [one for one in ids if one not in known]
    _note(ids, reader, first=("first_read_at",), last=("last_read_at",), at=at)


def note_exported(denials: Iterable[Denial | UUID], principal: Principal, *, at: datetime) -> None:
    """Note that a principal took denials out in a file."""
    _note(denials, _recipient(principal), last=("exported_at",), at=at)


def note_mirrored(denials: Iterable[Denial | UUID], principal: Principal, *, at: datetime) -> None:
    """Note that a national system took denials over from the change feed."""
    _note(denials, _recipient(principal), last=("mirrored_at",), at=at)


def _recipient(principal: Principal) -> list[UUID]:
    """The authority that receives through a principal; none for the auditors and the system."""
    if principal.authority_id is None or principal.body in NO_RECIPIENT:
        return []
    return [principal.authority_id]


def _ids(denials: Iterable[Denial | UUID]) -> list[UUID]:
    return list(dict.fromkeys(one.pk if isinstance(one, Denial) else one for one in denials))


def _note(
    denials: Iterable[Denial | UUID],
    authorities: Sequence[UUID],
    *,
    first: Sequence[str] = (),
    last: Sequence[str] = (),
    at: datetime,
) -> None:
    """Write one row per denial and authority: `first` columns keep what they hold, `last` columns move on."""
    ids = _ids(denials) if authorities else []
    if not ids:
        return
    table, columns = DenialRecipient._meta.db_table, (*first, *last)
    kept = [_FIRST.format(name, table=table) for name in first] + [_LAST.format(name, table=table) for name in last]
    sql = _INSERT.format(
        table=table,
        denials=Denial._meta.db_table,
        columns=", ".join(columns),
        moments=", ".join("%s" for _ in columns),
        kept=", ".join(kept),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(at for _ in columns), ids, list(authorities)])

"""Who was shown what: one row per request, written without a lock, given its place in the chain by a sweep."""

import json
import secrets
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from accounts import clock
from accounts.audit import chain, keys
from accounts.law import digests
from accounts.models import AuditRecord, AuditSalt, Ledger, Reading
from accounts.roles import Principal

MOST = 1000  # readings of one turn


def note(route: str, subjects: Iterable[UUID | str], *, by: Principal, query: Mapping[str, list[str]]) -> None:
    """
    Note that a principal was shown records: one statement, no lock, the moment is the clock's.

    :param route: the page or call.   :param subjects: ids of what was shown.   :param query: what was asked for; the
        names of its parameters are kept, and a keyed digest of the whole.
    """
    asked = {name: values for name, values in sorted(query.items()) if any(values)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Reading._meta.db_table} "  # noqa: S608  # nosec B608 - our own table's name
            "(id, at, actor_kind, actor_id, authority_id, route, subjects, terms, query) "
            "VALUES (gen_random_uuid(), clock_timestamp() + %s * interval '1 second', %s, %s, %s, %s, %s, %s, %s)",
            [
                clock.offset().total_seconds(),
                by.kind,
                str(by.id or ""),
                by.authority_id,
                route[:80],
                json.dumps(list(dict.fromkeys(map(str, subjects)))),
                json.dumps(sorted(asked)),
                digest_of(asked),
            ],
        )


def digest_of(asked: Mapping[str, list[str]]) -> str:
    """Return the keyed digest of a query: who holds the key can say whether it was this one, nobody can find it."""
    key = keys.present()
    return key.sealed(digests.digest(dict(asked))) if asked and key else ""


def fold() -> int:
    """Give waiting readings their records in the chain, in their order; return how many."""
    if not Reading.objects.filter(sequence__isnull=True).exists():
        return 0
    ledger = chain.lock_ledger()  # one folder at a time
    waiting = list(Reading.objects.filter(sequence__isnull=True).order_by("at", "pk")[:MOST])
    records, salts = [], []
    for reading in waiting:
        entry, salt = _entry(ledger, reading)
        records.append(entry)
        salts.append(salt)
    chain.append(ledger, records, salts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Reading._meta.db_table} AS reading SET sequence = given.sequence "  # noqa: S608  # nosec B608 - our own table's name
            "FROM unnest(%s::uuid[], %s::bigint[]) AS given(id, sequence) WHERE reading.id = given.id",
            [[one.pk for one in waiting], [one.sequence for one in records]],
        )
    return len(waiting)


def _entry(ledger: Ledger, reading: Reading) -> tuple[AuditRecord, AuditSalt]:
    salt = secrets.token_hex(16)
    entry = chain.linked(
        ledger,
        {
            "recorded_at": reading.at,
            "actor_kind": reading.actor_kind,
            "actor_id": reading.actor_id,
            "authority_id": reading.authority_id,
            "act": f"read.{reading.route}"[:48],
            "subject_type": Reading._meta.label_lower,
            "subject_id": str(reading.pk),
            "digest_after": digests.salted(reading.content(), salt),
            "digest_salt": digests.digest(salt),
        },
    )
    return entry, AuditSalt(record=entry, value=salt)

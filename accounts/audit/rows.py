"""The digests of watched rows: which tables are watched, how their proofs are sealed, what no longer fits."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from accounts.audit import chain
from accounts.law import digests
from accounts.models import AuditSalt, RowProof, RowSeal

MOST = 5000  # proofs of one seal
CASE_ROOMS = ("denials", "screening", "consultations", "reports")
#: Of the case rooms, what holds no act: reference data, what can be computed anew, jobs, marks of one's own.
UNWATCHED = frozenset(
    {
        *("controllist", "controllistentry", "entrysuccession", "region", "country", "placename", "placeattribute"),
        *("criterion", "ground", "registerrow", "registervocabulary", "denialindex", "indexedupto"),
        *("importjob", "importline", "columnmapping", "referencecounter", "reminder", "threadreminder"),
        *("savedsearch", "denialrecipient", "mirrorstate", "outofsight", "registerkind", "mirroredchange"),
        *("bulkjob", "bulkrow", "erasuresalt", "returnline", "returnfigure", "returnreminder"),
    }
)
#: Of the house: who may do what.
HOUSE = (
    "user",
    "client",
    "clienttoken",
    "authoritysetting",
    "webhook",
    "receipt",
    "receiptcontent",
    "auditquestion",
    "invitation",
    "identityprovider",
    "externalidentity",
    "clientkey",
    "restriction",
    "restrictedrecord",
    "restrictionuserpermission",
    "absence",
    "dutydesk",
    "retention",
    "retentionhold",
    "forgetting",
    "blanking",
)
#: Of the house, what is proven otherwise (the chain and what it numbers), reference data, the post and its marks.
UNWATCHED_HOUSE = frozenset(
    {
        *("auditrecord", "auditsalt", "ledger", "checkpoint", "auditkey", "reading", "rowproof", "rowseal"),
        *("state", "authority", "membership", "competence", "calendaryear", "publicholiday"),
        *("notice", "delivery", "noticereading", "idempotentrequest", "sweepheartbeat"),
        *("user_groups", "user_user_permissions", "clientuse", "personsession", "signintries", "usedassertion"),
    }
)


def watched() -> list[type[models.Model]]:
    """Return the models whose rows are watched."""
    rooms = [model for room in CASE_ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    cases = [model for model in rooms if model._meta.model_name not in UNWATCHED]
    return [*cases, *(apps.get_model("accounts", name) for name in HOUSE), apps.get_model("mfa", "authenticator")]


def seal(*, now: Any) -> int:
    """Bind waiting proofs into the chain, in one record that holds the digest of each; return how many."""
    if not RowProof.objects.filter(sequence__isnull=True).exists():
        return 0
    ledger = chain.lock_ledger()  # one sealer at a time
    waiting = list(RowProof.objects.filter(sequence__isnull=True).order_by("pk")[:MOST])
    if not waiting:
        return 0
    proofs = {str(one.pk): digest_of(one) for one in waiting}
    salt = secrets.token_hex(16)
    entry = chain.linked(
        ledger,
        {
            "recorded_at": now,
            "actor_kind": "system",
            "act": "rows.sealed",
            "subject_type": RowSeal._meta.label_lower,
            "subject_id": str(ledger.audit_sequence + 1),
            "digest_after": digests.salted(proofs, salt),
            "digest_salt": digests.digest(salt),
        },
    )
    chain.append(ledger, [entry], [AuditSalt(record=entry, value=salt)])
    RowSeal(sequence=entry.sequence, proofs=proofs).save(force_insert=True)
    RowProof.objects.filter(pk__in=[one.pk for one in waiting]).update(sequence=entry.sequence)
    return len(waiting)


def digest_of(proof: RowProof) -> str:
    """Return the digest under which a seal holds a proof."""
    return digests.digest([proof.table_name, proof.row_key, proof.operation, proof.digest, proof.role])[:32]


def is_watched(model: type[models.Model]) -> bool:
    """Say whether the database notes the changes of a table, with the columns it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(%s::regclass, 'pg_class') = %s AND 3 = (SELECT count(*) FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND tgname LIKE 'watch\\_%%' AND tgenabled <> 'D')",
            [model._meta.db_table, _shape(model), model._meta.db_table],
        )
        return bool(cursor.fetchone()[0])


def watch(model: type[models.Model]) -> int:
    """
    Have the database note each change of a table's rows; run as its owner.

    What the table holds is noted as it stands: where the watching begins, where its columns have changed, or where an
    operator accepts it.   :return: how many rows were noted.
    """
    table, key, shape = model._meta.db_table, _key(model), _shape(model)  # constants of the code, in all SQL below
    with connection.cursor() as cursor:
        for operation, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER watch_{operation.lower()} AFTER {operation} ON {table} "
                f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_rows('{key}')"
            )
        cursor.execute("SET LOCAL timezone TO 'UTC'")
        cursor.execute(
            f"INSERT INTO accounts_rowproof (table_name, row_key, operation, digest, role) "  # noqa: S608  # nosec B608 - as said
            f"SELECT %s, {key}::text, 'B', exchange_row_digest(to_jsonb(one)), session_user FROM {table} AS one",
            [table],
        )
        noted = cursor.rowcount
        cursor.execute(f"COMMENT ON TABLE {table} IS '{shape}'")
    return noted


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _shape(model: type[models.Model]) -> str:
    return f"watched {digests.digest(sorted(str(field.column) for field in model._meta.concrete_fields))[:16]}"


def unfit(tables: Iterable[type[models.Model]]) -> Iterator[tuple[str, str, str]]:
    """Yield table, key and finding of each row that is not what its last change left, or was changed by a stranger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone TO 'UTC'")
        for model in tables:
            table, key = model._meta.db_table, _key(model)
            if not is_watched(model):
                yield table, "*", "not watched"
                continue
            cursor.execute(
                # Table and key are constants of the code.
                f"SELECT COALESCE(proof.row_key, one.key), CASE WHEN proof.row_key IS NULL THEN 'forged' "  # noqa: S608
                f"WHEN one.key IS NULL THEN 'deleted' WHEN proof.operation = 'D' THEN 'forged' ELSE 'altered' END "
                f"FROM (SELECT DISTINCT ON (row_key) row_key, operation, digest FROM accounts_rowproof "  # nosec B608
                f"WHERE table_name = %s ORDER BY row_key, id DESC) AS proof FULL JOIN "
                f"(SELECT {key}::text AS key, exchange_row_digest(to_jsonb(row)) AS digest FROM {table} AS row) AS one "
                f"ON one.key = proof.row_key WHERE (one.key IS NULL AND proof.operation <> 'D') "
                f"OR (one.key IS NOT NULL AND one.digest IS DISTINCT FROM proof.digest)",
                [table],
            )
            for found, finding in cursor.fetchall():
                yield table, found, finding
        cursor.execute(
            "SELECT DISTINCT table_name, row_key, role FROM accounts_rowproof "
            "AS one WHERE operation <> 'B' AND role NOT IN ('exchange_web', 'exchange_worker') AND NOT EXISTS "
            "(SELECT 1 FROM accounts_rowproof AS later WHERE later.table_name = one.table_name "
            "AND later.row_key = one.row_key AND later.operation = 'B' AND later.id > one.id)"
        )
        for table, found, role in cursor.fetchall():
            yield table, found, f"changed by {role}"

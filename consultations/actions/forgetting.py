"""Words about people let go, with their proof: all of a case whose time has passed, or those of one person."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from accounts import audit
from accounts.audit import keys
from accounts.law import digests
from accounts.law.errors import NotCompetent, ReasonMissing
from accounts.law.retention import APPLICATION, CONSULTATION
from accounts.models import AuditSalt, Blanking, Forgetting, IdempotentRequest, ReceiptContent
from accounts.roles import Principal
from consultations.law.personal import TABLES, Table, left_of
from consultations.models import (
    Consultation,
    Decision,
    Document,
    DocumentContent,
    GrantNotice,
    InternalNote,
    Invitation,
    PreparedAct,
)
from denials.actions import erase_person
from denials.actions.forgetting import file_holds, forget_in_searches
from denials.law.erasure import ERASED, PersonNotFound, data_without, occurs, without
from denials.models import Denial
from denials.querysets import UNNOTIFIED
from screening.models import Application, Screening

Left = Callable[[Table, str, Any], Any]
#: What acts are recorded under beside the case itself, each with the path to it; their records and receipts hold words.
BESIDE: Mapping[str, Sequence[tuple[type[models.Model], str]]] = {
    APPLICATION: (
        (Screening, "application"),
        (Decision, "application"),
        (GrantNotice, "decision__application"),
        (PreparedAct, "application"),
    ),
    CONSULTATION: (
        (PreparedAct, "consultation"),
        (InternalNote, "consultation"),
        (Document, "consultation"),
        (Invitation, "consultation"),
    ),
}


class Forgotten:
    """What a forgetting has blanked so far: digests by value, counts by table."""

    def __init__(self, *, basis: str, now: datetime) -> None:
        self.row = Forgetting(basis=basis, at=now, proof={})
        self.values: list[Blanking] = []
        self.changes: list[tuple[models.Model, dict[str, Any]]] = []
        self.cases: dict[str, set[UUID]] = {APPLICATION: set(), CONSULTATION: set()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            self.transaction = int(cursor.fetchone()[0])

    def look_into(self, table: Table, ids: Collection[UUID], left: Left) -> None:
        """Note what is to go of the rows of a table that belong to some cases."""
        model = apps.get_model(table.model)
        names = list(table.columns)
        rows = model._base_manager.filter(**{f"{table.path}__in": ids}).order_by("pk")
        for row in rows.annotate(case_id=models.F(table.path)).iterator(chunk_size=500):
            change = {name: left(table, name, row) for name in names}
            change = {name: value for name, value in change.items() if value != getattr(row, name)}
            if change:
                self.changes.append((row, change))
                self.values += [self._value(row, name) for name in change]
                self.cases[table.of].add(row.case_id)

    def write(self, *, of_cases: Iterable[UUID], by: Principal, now: datetime) -> Forgetting:
        """Blank what was noted: the digests first, for the database lets nothing go without; then what goes with it."""
        subjects = sorted(map(str, of_cases))
        salts = AuditSalt.objects.filter(record__subject_id__in=subjects)
        contents = ReceiptContent.objects.filter(receipt__subject_id__in=subjects)
        counts: dict[str, int] = {}
        for row, _change in self.changes:
            counts[row._meta.db_table] = counts.get(row._meta.db_table, 0) + 1
        self.row.proof = {
            "subjects": subjects,
            "rows": counts,
            "values": digests.digest([one.digest for one in self.values]),
            "salts": sorted(salts.values_list("pk", flat=True)),
            "receipts": sorted(str(pk) for pk in contents.values_list("pk", flat=True)),
        }
        self.row.save(force_insert=True)
        Blanking.objects.bulk_create(self.values, batch_size=500)
        for row, change in self.changes:
            type(row)._base_manager.filter(pk=row.pk).update(**change)
        contents.delete()
        salts.delete()
        answers_about(subjects).delete()
        audit.record("record.forgotten", subject=self.row, by=by, at=now, after=self.row.proof, reason=self.row.basis)
        return self.row

    def _value(self, row: models.Model, name: str) -> Blanking:
        key, content = keys.present(), digests.digest(digests.plain(getattr(row, name)))
        return Blanking(
            forgetting=self.row,
            table_name=row._meta.db_table,
            row_key=str(row.pk),
            column_name=name,
            digest=key.sealed(content) if key else "",
            transaction_number=self.transaction,
        )


def forget_case(*, kind: str, subject_id: UUID, basis: str, by: Principal, now: datetime) -> Forgetting:
    """Let go all words of one case whose time has passed; states, codes, counts and dates stay."""
    found = Forgotten(basis=basis, now=now)
    for table in TABLES:
        if table.of == kind:
            found.look_into(table, [subject_id], lambda table, name, row: left_of(name, getattr(row, name), table))
    if kind == CONSULTATION:
        DocumentContent.objects.filter(document__consultation=subject_id).delete()
    return found.write(of_cases=beside(kind, [subject_id]), by=by, now=now)


def beside(kind: str, ids: Collection[UUID]) -> set[UUID]:
    """Return what acts upon some cases were recorded under: the cases, and what was done and kept in them."""
    parts = (model._base_manager.filter(**{f"{path}__in": ids}) for model, path in BESIDE[kind])
    return set(ids).union(*(rows.values_list("pk", flat=True) for rows in parts))


@transaction.atomic
def exonerate(*, names: Sequence[str], basis: str, by: Principal, now: datetime) -> dict[str, int]:
    """
    Remove a person from all that the own authority holds: its denials, applications, screenings, threads and documents.

    Denials are erased as one by one, which tells all who were told of them; of threads, what either side wrote goes
    where the authority is a party. Contents of receipts, stored answers and the salts of audit records go with it.

    :param names: names and numbers as written; found as whole words, whatever their case.
    :return: how many denials, applications and threads lost something.
    :raises PersonNotFound: if nothing holds them.   :raises ReasonMissing: without a basis.
    :raises NotCompetent: for a national system, and for who may not erase.
    Source: Reg. (EC) No 515/97 Art. 45(4); Reg. (EU) 2016/679 Art. 17. Reading: docs/adr/0223.
    """
    if by.kind != "user" or not by.may("denial.erase"):
        raise NotCompetent(authority=by.authority_code)
    if not basis.strip():
        raise ReasonMissing("basis", article="Reg. (EU) 2016/679 Art. 5(2)")
    words = frozenset(name.strip() for name in names if name.strip())
    basis = without(basis, words)
    denials = _erase_from_denials(words, basis, by, now)
    found = Forgotten(basis=basis, now=now)
    mine = {APPLICATION: _own_applications(by), CONSULTATION: _own_threads(by)}
    for table in TABLES:
        found.look_into(table, mine[table.of], lambda table, name, row: _without(table, name, row, words))
    found.cases[CONSULTATION] |= _forget_documents(mine[CONSULTATION], words)
    forget_in_searches(words, by=by, now=now)
    if not (denials or any(found.cases.values())):
        raise PersonNotFound(names=len(words))
    subjects = {one for kind, ids in found.cases.items() for one in beside(kind, ids)}
    found.write(of_cases=subjects, by=by, now=now)
    cases = {"applications": len(found.cases[APPLICATION]), "threads": len(found.cases[CONSULTATION])}
    return {"denials": denials, **cases}


def _erase_from_denials(words: Collection[str], basis: str, by: Principal, now: datetime) -> int:
    erased = 0
    for pk in _naming(Denial.objects.own(by).exclude(status__in=UNNOTIFIED), words):
        try:
            with transaction.atomic():
                erase_person(denial_id=pk, names=words, basis=basis, by=by, now=now)
            erased += 1
        except PersonNotFound:
            continue
    return erased


def _naming(rows: "models.QuerySet[Denial]", words: Collection[str]) -> list[UUID]:
    """Return the denials some version of which may name the person; each is then read as a whole."""
    texts = ("parties__name", "explanation", "remarks", "end_use", "scope_note", "change_reason", "items__description")
    may = Q()
    for word in words:
        for text in texts:
            may |= Q(**{f"versions__{text}__icontains": word})
        may |= Q(versions__parties__aliases__contains=[word])
    return list(rows.filter(may).distinct().order_by("pk").values_list("pk", flat=True)) if words else []


def _own_applications(by: Principal) -> list[UUID]:
    return list(Application.objects.filter(authority_id=by.authority_id or "").values_list("pk", flat=True))


def _own_threads(by: Principal) -> list[UUID]:
    here = by.authority_id
    party = Q(consulting_authority_id=here) | Q(consulted_authority_id=here) | Q(denials__denial__authority_id=here)
    return list(Consultation.objects.filter(party).distinct().values_list("pk", flat=True))


def _without(table: Table, name: str, row: Any, words: Collection[str]) -> Any:
    """Return what is left of a column without a person; a party that bears a name loses all said of it."""
    value = getattr(row, name)
    if table.model == "screening.ApplicationParty" and occurs("\n".join([row.name, *row.aliases]), words):
        return table.columns[name]
    if isinstance(value, dict | list):
        return data_without(_parties_without(value, words), words)
    return without(value, words)


def _parties_without(data: Any, words: Collection[str]) -> Any:
    """Put out of sight what JSON-like data say of a party that bears a name; its country and role stay."""
    if isinstance(data, list):
        return [_parties_without(one, words) for one in data]
    if not isinstance(data, dict):
        return data
    if not occurs(str(data.get("name", "")), words):
        return {name: _parties_without(value, words) for name, value in data.items()}
    return {name: value if name in ("role", "country") else _out_of_sight(value) for name, value in data.items()}


def _out_of_sight(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _out_of_sight(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_out_of_sight(one) for one in data]
    return ERASED if isinstance(data, str) and data else data


def _forget_documents(threads: Collection[UUID], words: Collection[str]) -> set[UUID]:
    """Delete documents that hold the person, or cannot be looked into; their digest and name's rest stay."""
    gone = set()
    kept = DocumentContent.objects.filter(document__consultation__in=threads).select_related("document")
    for one in kept.iterator(chunk_size=10):  # each may be large
        if occurs(one.document.name, words) or file_holds(bytes(one.bytes), words):
            gone.add(one.document.consultation_id)
            one.delete()
    return gone


def answers_about(subjects: Iterable[str]) -> "models.QuerySet[IdempotentRequest]":
    """Return the stored answers to repeated requests that speak of a case: told again they would tell what is gone."""
    about = RawSQL(
        "EXISTS (SELECT 1 FROM unnest(%s::bytea[]) AS subject WHERE position(subject in body) > 0)",
        [[one.encode("ascii") for one in subjects]],
        output_field=models.BooleanField(),
    )
    return IdempotentRequest.objects.filter(about)

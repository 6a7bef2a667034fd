"""Is the record what it was? Each row altered, deleted, forged, re-ordered or re-hashed is named by table and key."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

from django.db.models import Max, Min
from django.db.models.fields import BigIntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.audit import checkpoints, keys, rows
from accounts.audit.chain import hash_of
from accounts.law import digests, witness
from accounts.models import (
    AuditKey,
    AuditRecord,
    AuditSalt,
    Checkpoint,
    Forgetting,
    Ledger,
    Reading,
    Receipt,
    ReceiptContent,
    RowProof,
    RowSeal,
)

CHUNK = 2000
SIGNATURES = 2000  # of receipts, the newest; all of them where it is asked for
GAP = 1000  # missing numbers that are named one by one


@dataclass(frozen=True)
class Finding:
    """A row that is not what it was."""

    table: str
    key: str
    what: str


@dataclass
class Result:
    """What a verification looked at, and what it found."""

    findings: list[Finding] = field(default_factory=list)
    records: int = 0
    head: str = digests.GENESIS
    signatures: int = 0
    waiting: int = 0

    def bad(self, model: Any, key: object, what: str) -> None:
        """Note a bad row; one row is named once for one reason."""
        table = model if isinstance(model, str) else model._meta.db_table
        self.findings.append(Finding(table, str(key), what))


def verify(*, all_signatures: bool = False) -> Result:
    """Verify the chain, what it holds the digests of, and what was signed."""
    result = Result()
    hashes = _verify_chain(result)
    publics = _verify_keys(result)
    _verify_checkpoints(result, hashes, publics)
    _verify_receipts(result, hashes, publics, None if all_signatures else SIGNATURES)
    _verify_contents(result)
    _verify_seals(result)
    for table, key, what in rows.unfit(rows.watched()):
        result.bad(table, key, what)
    waiting = (Reading, RowProof)
    result.waiting = sum(model.objects.filter(sequence__isnull=True).count() for model in waiting)
    return result


class _Readings:
    """The numbered readings in the order of the chain, compared with their records as these are passed."""

    of = Reading._meta.label_lower

    def __init__(self) -> None:
        names = [field.attname for field in Reading._meta.concrete_fields]
        numbered = Reading.objects.filter(sequence__isnull=False).order_by("sequence").values_list(*names, named=True)
        self._rows = numbered.iterator(chunk_size=CHUNK)
        self._next = next(self._rows, None)
        self._altered: list[Any] = []
        self._strays: set[str] = set()
        self._missing: set[str] = set()

    def compare(self, entry: Any) -> None:
        """Compare the record of a reading with the reading that bears its number."""
        one = self._upto(entry.sequence)
        if one is None or str(one.id) != entry.subject_id:
            self._missing.add(entry.subject_id)
            if one is not None:
                self._strays.add(str(one.id))
        elif entry.recorded_at != one.at or entry.digest_after != digests.salted(
            Reading.content(one), entry.salt__value or ""
        ):
            self._altered.append(one.id)

    def _upto(self, number: int) -> Any:
        while self._next is not None and self._next.sequence < number:
            self._strays.add(str(self._next.id))
            self._next = next(self._rows, None)
        if self._next is None or self._next.sequence > number:
            return None
        found, self._next = self._next, next(self._rows, None)
        return found

    def report(self, result: "Result") -> None:
        """Name what does not fit, once the chain is passed."""
        self._strays.update(str(one.id) for one in ([self._next] if self._next else []))
        self._strays.update(str(one.id) for one in self._rows)
        for found, what in ((self._altered, "altered"), (sorted(self._strays), "forged")):
            for key in found:
                result.bad(Reading, key, what)
        for key in sorted(self._missing - self._strays):
            result.bad(Reading, key, "deleted")


@dataclass
class _Before:
    """The record before the one being looked at."""

    number: int = 0
    hash: str = digests.GENESIS
    form: int = 1
    bad: bool = False


def _verify_chain(result: Result) -> dict[int, str]:
    """Check each record by itself and against the one before; return the hashes that signatures speak of."""
    wanted = set(Checkpoint.objects.values_list("sequence", flat=True))
    wanted.update(Receipt.objects.values_list(_number_of_receipt(), flat=True))
    wanted.update(RowSeal.objects.values_list("sequence", flat=True))
    hashes, before, held = {}, _Before(), keys.held()
    forgotten, readings = _forgotten(result), _Readings()
    names = [field.attname for field in AuditRecord._meta.concrete_fields]
    entries = AuditRecord.objects.order_by("sequence").values_list(*names, "salt__value", "salt__reason", named=True)
    for entry in entries.iterator(chunk_size=CHUNK):
        what = _wrong(entry, before, held)
        _name_missing(result, before.number + 1, entry.sequence)
        if what:
            result.bad(AuditRecord, entry.sequence, what)
        _verify_salt(result, entry, forgotten)
        if entry.subject_type == readings.of:
            readings.compare(entry)
        before = _Before(entry.sequence, entry.hash, max(entry.form, before.form), bool(what))
        if entry.sequence in wanted:
            hashes[entry.sequence] = entry.hash
        result.records += 1
    readings.report(result)
    _verify_head(result, before, max(wanted, default=0))
    result.head = before.hash
    return hashes


def _wrong(entry: Any, before: _Before, held: list[witness.Key]) -> str:
    if entry.hash != hash_of(entry):
        return "altered"
    if entry.form < before.form:
        return "forged"
    if entry.form > 1 and held and not any(key.sealed(entry.hash) == entry.seal for key in held):
        return "forged or re-hashed"
    if entry.previous_hash != before.hash and entry.sequence == before.number + 1 and not before.bad:
        return "does not follow from the one before"
    return ""


def _name_missing(result: Result, first: int, end: int) -> None:
    for missing in range(first, min(end, first + GAP)):
        result.bad(AuditRecord, missing, "deleted")
    if end > first + GAP:
        result.bad(AuditRecord, f"{first + GAP}-{end - 1}", "deleted")


def _verify_salt(result: Result, entry: Any, forgotten: Collection[int]) -> None:
    if entry.form == 1:
        return
    salt, reason = entry.salt__value, entry.salt__reason
    if salt is None:
        if entry.sequence not in forgotten:
            result.bad(AuditSalt, entry.sequence, "deleted")
        return
    says_why = not reason or digests.salted(reason, salt) == entry.digest_reason
    if digests.digest(salt) != entry.digest_salt or not says_why:
        result.bad(AuditSalt, entry.sequence, "altered")


def _forgotten(result: Result) -> set[int]:
    """Return the records whose salts were deleted with personal data, as the chain itself says."""
    numbers, records = set(), _records_of(Forgetting)
    for one in Forgetting.objects.iterator(chunk_size=500):
        record = records.pop(str(one.pk), None)
        if record is None or record[0] != digests.salted(one.proof, record[1]):
            result.bad(Forgetting, one.pk, "altered" if record else "forged")
        else:
            numbers.update(one.proof["salts"])
    for lost in records:
        result.bad(Forgetting, lost, "deleted")
    return numbers


def _verify_head(result: Result, last: _Before, signed_to: int) -> None:
    """The ledger, what was signed and what was numbered all know how far the chain went."""
    ledger = Ledger.objects.get(id=1)
    numbered = [model.objects.aggregate(last=Max("sequence"))["last"] or 0 for model in (Reading, RowProof)]
    known_to = max(ledger.audit_sequence, signed_to, *numbered)
    _name_missing(result, last.number + 1, known_to + 1)
    if known_to > ledger.audit_sequence or (known_to == last.number and last.hash != ledger.audit_hash):
        result.bad(Ledger, ledger.pk, "altered")


def _verify_keys(result: Result) -> dict[str, bytes]:
    """Return the public keys that count: those whose secrets are held, else those on record."""
    known = {}
    for row in AuditKey.objects.all():
        public = bytes.fromhex(row.public)
        if witness.key_id(public) != row.key:
            result.bad(AuditKey, row.key, "altered")
        known[row.key] = public
    held = {key.id: key.public for key in keys.held()}
    for stranger in sorted(set(known) - set(held)) if held else []:
        result.bad(AuditKey, stranger, "a key whose secret is not held")
    return held or known


def _verify_checkpoints(result: Result, hashes: dict[int, str], publics: dict[str, bytes]) -> None:
    known = set(AuditKey.objects.values_list("key", flat=True))
    for one in Checkpoint.objects.iterator(chunk_size=CHUNK):
        result.signatures += 1
        if one.key not in known:
            result.bad(AuditKey, one.key, "deleted")
        if not _is_signed(checkpoints.statement_of(one), one.signature, publics):
            result.bad(Checkpoint, one.pk, "the signature does not fit")
        elif hashes.get(one.sequence) != one.head:
            result.bad(AuditRecord, one.sequence, f"not the record that checkpoint {one.pk} was signed for")
    for lost in _lost(Checkpoint):
        result.bad(Checkpoint, lost, "deleted")


def _verify_receipts(result: Result, hashes: dict[int, str], publics: dict[str, bytes], most: int | None) -> None:
    """Each receipt says what its record says; the newest signatures are checked, or all."""
    acts = {entry.sequence: entry for entry in AuditRecord.objects.filter(act__in=witness.RECEIPTED, form__gt=1)}
    for place, one in enumerate(Receipt.objects.order_by("-issued_at", "pk").iterator(chunk_size=CHUNK)):
        entry = acts.pop(int(one.statement["audit_sequence"]), None)
        if entry is None or not _agrees(one, entry):
            result.bad(Receipt, one.pk, "altered" if entry else "forged")
        elif (most is None or place < most) and one.statement["key"]:
            result.signatures += 1
            if not _is_signed(one.statement, one.signature, publics):
                result.bad(Receipt, one.pk, "the signature does not fit")
    began = _receipts_began()
    for entry in acts.values():
        if entry.authority_id is not None and entry.sequence > began.get(entry.act, 0):
            result.bad(Receipt, _receipt_key(entry), "deleted")


def _receipts_began() -> dict[str, float]:
    """Return from which record on an act that had no receipts at first has them: never, where none has one yet."""
    rows = Receipt.objects.filter(act__in=witness.RECEIPTED_LATER).values_list("act")
    first = dict(rows.annotate(first=Min(_number_of_receipt())))
    return {act: first.get(act, inf) for act in witness.RECEIPTED_LATER}


def _agrees(one: Receipt, entry: AuditRecord) -> bool:
    said, rows_say = one.statement, (one.subject_id, one.act, one.kind, one.authority_id, str(one.issued_at))
    means = (entry.subject_id, entry.act, said["kind"], entry.authority_id, str(entry.recorded_at))
    return (
        rows_say == means
        and said["audit_head"] == entry.hash
        and (said["subject"], said["act"]) == (entry.subject_id, entry.act)
        and said["at"] == witness.written(entry.recorded_at)
        and str(one.pk) == said["id"] == _receipt_key(entry)
    )


def _receipt_key(entry: AuditRecord) -> str:
    found = entry.hash[:32]
    return "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))


def _verify_contents(result: Result) -> None:
    """What is handed out with a receipt is what was accepted."""
    for one in ReceiptContent.objects.select_related("receipt").iterator(chunk_size=CHUNK):
        if witness.content_digest(one.content, one.nonce) != one.receipt.statement["content_sha256"]:
            result.bad(ReceiptContent, one.pk, "altered")


def _records_of(model: Any) -> dict[str, tuple[str, str]]:
    """Return the records of the chain about a model's rows by key: digest and salt."""
    found = AuditRecord.objects.filter(subject_type=model._meta.label_lower).values_list(
        "subject_id", "digest_after", "salt__value"
    )
    return {key: (digest, salt or "") for key, digest, salt in found.iterator(chunk_size=CHUNK)}


def _verify_seals(result: Result) -> None:
    records = _records_of(RowSeal)
    for seal in RowSeal.objects.order_by("sequence").iterator(chunk_size=50):
        record = records.pop(str(seal.sequence), None)
        if record is None:
            result.bad(RowSeal, seal.sequence, "forged")
        elif record[0] != digests.salted(seal.proofs, record[1]):
            result.bad(RowSeal, seal.sequence, "altered")
        proofs = dict(seal.proofs)
        for proof in RowProof.objects.filter(sequence=seal.sequence):
            said = proofs.pop(str(proof.pk), None)
            if said != rows.digest_of(proof):
                result.bad(RowProof, proof.pk, "forged" if said is None else "altered")
        for lost in proofs:
            result.bad(RowProof, lost, "deleted")
    for lost in records:
        result.bad(RowSeal, lost, "deleted")


def _lost(model: Any) -> Iterator[str]:
    """Yield the keys of rows the chain knows that are no more."""
    known = AuditRecord.objects.filter(subject_type=model._meta.label_lower).values_list("subject_id", flat=True)
    held = {str(pk) for pk in model.objects.values_list("pk", flat=True)}
    yield from (one for one in known.iterator(chunk_size=CHUNK) if one not in held)


def _is_signed(statement: dict[str, Any], signature: str, publics: dict[str, bytes]) -> bool:
    public = publics.get(str(statement["key"]))
    return public is not None and witness.is_signed(statement, signature, public)


def _number_of_receipt() -> Any:
    return Cast(KT("statement__audit_sequence"), BigIntegerField())

"""
The check of an export of the audit chain, and of receipts, by whoever holds them: no database, no exchange.

An export is lines of JSON: a header, then records, checkpoints and receipts in any order after it. This module and
`ed25519` are all the single-file program is made of. Source: docs/adr/0163.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.law.ed25519 import verify

RECORD = (
    *("sequence", "recorded_at", "actor_kind", "actor_id", "authority_id", "act", "subject_type", "subject_id"),
    *("digest_before", "digest_after", "digest_reason", "digest_salt", "form"),
)
FIRST_FORM = RECORD[:10]
FIRST_HASH = "0" * 64


@dataclass
class Outcome:
    """What a check found: bad rows by table and key, and how much was looked at."""

    findings: list[tuple[str, str, str]] = field(default_factory=list)
    records: int = 0
    checkpoints: int = 0
    receipts: int = 0
    head: str = FIRST_HASH

    def bad(self, table: str, key: object, what: str) -> None:
        """Note a bad row."""
        self.findings.append((table, str(key), what))

    @property
    def sound(self) -> bool:
        """Whether nothing bad was found."""
        return not self.findings


def canonical_bytes(content: Any) -> bytes:
    """Return the one byte form of JSON content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def hash_of(record: dict[str, Any], previous: str) -> str:
    """Return the hash a record must have after another."""
    names = FIRST_FORM if record["form"] == 1 else RECORD
    return hashlib.sha256(
        previous.encode("ascii") + canonical_bytes({name: record[name] for name in names})
    ).hexdigest()


def check_export(lines: Iterable[str], trusted: Iterable[str] = ()) -> tuple[Outcome, dict[int, str], dict[str, str]]:
    """
    Check an export.

    :param trusted: public keys in hex that the reader knows from elsewhere; without any, those of the export count.
    :return: what was found, the hash of each record by its number, and the public keys by their names.
    """
    outcome, waiting = Outcome(), []
    hashes: dict[int, str] = {}
    keys = {key_name(one): one for one in trusted}
    given = bool(keys)
    previous, known_to = FIRST_HASH, 0
    for line in lines:
        kind, row = _parsed(line)
        if kind == "header":
            known_to = int(row["sequence"])
            keys = keys if given else {key_name(one): one for one in row["keys"]}
        elif kind == "record":
            previous = _check_record(outcome, row, previous, hashes)
        elif kind in ("checkpoint", "receipt"):
            waiting.append((kind, row))
        else:
            outcome.bad("export", outcome.records, "a line that is none of the export's")
    outcome.head = previous
    for missing in range(max(hashes, default=0) + 1, known_to + 1):
        outcome.bad("accounts_auditrecord", missing, "deleted")
    for kind, row in waiting:
        check_statement(outcome, kind, row, hashes, keys)
    return outcome, hashes, keys


def _parsed(line: str) -> tuple[str, dict[str, Any]]:
    try:
        content = json.loads(line)
        return (str(content[0]), dict(content[1])) if isinstance(content, list) and len(content) == 2 else ("", {})
    except (ValueError, TypeError):
        return "", {}


def _check_record(outcome: Outcome, row: dict[str, Any], previous: str, hashes: dict[int, str]) -> str:
    """Check a record against the one before it; return its hash."""
    outcome.records += 1
    number = int(row["sequence"])
    last = max(hashes, default=0) if outcome.records == 1 else next(reversed(hashes))
    for missing in range(last + 1, min(number, last + 1001)):
        outcome.bad("accounts_auditrecord", missing, "deleted")
    if number <= last:
        outcome.bad("accounts_auditrecord", number, "out of order")
    elif row["hash"] != hash_of(row, row["previous_hash"]):
        outcome.bad("accounts_auditrecord", number, "altered")
    elif row["previous_hash"] != previous and number == last + 1:
        outcome.bad("accounts_auditrecord", number, "does not follow from the one before")
    hashes[number] = row["hash"]
    return str(row["hash"])


def check_statement(
    outcome: Outcome, kind: str, row: dict[str, Any], hashes: dict[int, str], keys: dict[str, str]
) -> None:
    """Check what was signed: the signature, and that the chain is what the statement says it was."""
    table, statement = f"accounts_{kind}", row["statement"]
    receipted = kind == "receipt"
    key = statement["id"] if receipted else row.get("id") or statement["sequence"]
    number, head = (
        (statement["audit_sequence"], statement["audit_head"])
        if receipted
        else (statement["sequence"], statement["head"])
    )
    if receipted:
        outcome.receipts += 1
    else:
        outcome.checkpoints += 1
    public = keys.get(statement["key"])
    if statement["what"] != kind or public is None:
        outcome.bad(table, key, "signed with a key that is not known")
    elif not _is_signed(statement, row["signature"], public):
        outcome.bad(table, key, "the signature does not fit")
    if hashes and hashes.get(number) != head:
        outcome.bad(table, key, f"the chain has another record {number} than was signed")
    if row.get("content") is not None and statement.get("content_sha256") != content_hash(row["content"], row["nonce"]):
        outcome.bad(table, key, "the content is not what was accepted")


def content_hash(content: Any, nonce: str) -> str:
    """Return the digest a receipt holds of a content."""
    return hashlib.sha256(canonical_bytes({"content": content, "nonce": nonce})).hexdigest()


def key_name(public: str) -> str:
    """Return the name of a public key given in hex."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def _is_signed(statement: dict[str, Any], signature: str, public: str) -> bool:
    try:
        return verify(bytes.fromhex(public), canonical_bytes(statement), bytes.fromhex(signature))
    except ValueError:
        return False


def reported(outcome: Outcome) -> Iterator[str]:
    """Yield the lines a person reads."""
    for table, key, what in outcome.findings:
        yield f"{table} {key}: {what}"
    counts = f"{outcome.records} records, {outcome.checkpoints} checkpoints, {outcome.receipts} receipts"
    yield f"{counts}: {'all sound' if outcome.sound else 'NOT SOUND'}; head {outcome.head}"

"""The chain as a file, and the single-file program that checks it at home."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

from accounts.audit import checkpoints
from accounts.audit.chain import columns_of
from accounts.law import ed25519, offline
from accounts.models import AuditKey, AuditRecord, Checkpoint, Ledger, Receipt

MAIN = """

def main():
    import argparse
    import sys

    parser = argparse.ArgumentParser(description="Check an export of the audit chain of a Denial Exchange.")
    parser.add_argument("export", nargs="?", help="the export; without one, receipts are checked by themselves")
    parser.add_argument("--receipt", action="append", default=[], help="a receipt as downloaded; may be repeated")
    parser.add_argument("--key", action="append", default=[], help="a public key known from elsewhere, in hex")
    given = parser.parse_args()
    lines = open(given.export, encoding="utf-8") if given.export else []
    outcome, hashes, keys = check_export(lines, given.key)
    if not given.key:
        print("No --key given: the keys are those the files name themselves.", file=sys.stderr)
    for name in given.receipt:
        with open(name, encoding="utf-8") as file:
            receipt = json.load(file)
        if not given.key and receipt.get("public_key"):
            keys.setdefault(key_name(receipt["public_key"]), receipt["public_key"])
        check_statement(outcome, "receipt", receipt, hashes, keys)
        if receipt.get("checkpoint"):
            check_statement(outcome, "checkpoint", receipt["checkpoint"], hashes, keys)
    for line in reported(outcome):
        print(line)
    sys.exit(0 if outcome.sound else 1)


if __name__ == "__main__":
    main()
"""


def program() -> str:
    """Return the program that checks an export: one file, the standard library alone."""
    checker = inspect.getsource(offline).replace("from accounts.law.ed25519 import verify\n", "")
    signatures = inspect.getsource(ed25519)
    return f"#!/usr/bin/env python3\n{signatures}\n\n{checker.replace(offline.__doc__ or '', 'The check.', 1)}{MAIN}"


def lines() -> Iterator[str]:
    """Yield the lines of an export of the whole chain."""
    ledger = Ledger.objects.get(id=1)
    keys = list(AuditKey.objects.order_by("since").values_list("public", flat=True))
    yield _line("header", {"form": "denial-exchange/1", "sequence": ledger.audit_sequence, "keys": keys})
    for entry in AuditRecord.objects.order_by("sequence").iterator(chunk_size=2000):
        columns = columns_of(entry)
        yield _line("record", {"form": 1, **columns, "previous_hash": entry.previous_hash, "hash": entry.hash})
    for one in Checkpoint.objects.order_by("sequence", "at").iterator(chunk_size=2000):
        yield _line("checkpoint", {"id": str(one.pk), **checkpoints.as_data(one)})
    for receipt in Receipt.objects.exclude(signature="").order_by("issued_at", "pk").iterator(chunk_size=2000):
        yield _line("receipt", {"statement": receipt.statement, "signature": receipt.signature})


def _line(kind: str, content: dict[str, Any]) -> str:
    return json.dumps([kind, content], sort_keys=True, ensure_ascii=False) + "\n"

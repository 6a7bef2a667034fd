"""`manage.py verify_audit [--json]`: is the record what it was?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts import tenant
from accounts.audit import verification
from accounts.roles import SYSTEM


class Command(BaseCommand):
    """Verify the whole record; exit 1 and name table and key of each row that is not what it was."""

    help = "Verify the audit chain, what it holds the digests of, and what was signed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")
        parser.add_argument("--all-signatures", action="store_true", help="Check the signature of every receipt.")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            tenant.enter(SYSTEM)
            result = verification.verify(all_signatures=options["all_signatures"])
        sound = not result.findings
        if options["json"]:
            self.stdout.write(json.dumps(_data(result)))
        else:
            for one in result.findings:
                self.stdout.write(f"{one.table} {one.key}: {one.what}")
            verdict = "all sound" if sound else f"NOT SOUND, {len(result.findings)} findings"
            self.stdout.write(
                f"{result.records} records, {result.signatures} signatures, {result.waiting} not bound yet: {verdict}; "
                f"head {result.head}"
            )
        if not sound:
            sys.exit(1)


def _data(result: verification.Result) -> dict[str, Any]:
    first = result.findings[0] if result.findings else None
    return {
        "sound": not result.findings,
        "records": result.records,
        "signatures": result.signatures,
        "waiting": result.waiting,
        "head": result.head,
        "table": first.table if first else "",
        "key": first.key if first else None,
        "findings": [{"table": one.table, "key": one.key, "what": one.what} for one in result.findings],
    }

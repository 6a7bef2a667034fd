"""`manage.py verify_audit [--json]`: does every audit record follow from the one before it?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import audit
from accounts.law import digests
from accounts.models import AuditRecord, Ledger


class Command(BaseCommand):
    """Recompute the chain; exit 1 and name table and key of the first record that does not hold."""

    help = "Verify the audit chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = audit.first_broken()
        ledger = Ledger.objects.get(id=1)
        count = AuditRecord.objects.count()
        last = AuditRecord.objects.order_by("-sequence").values_list("sequence", "hash").first()
        missing = broken is None and (last or (0, digests.GENESIS)) != (ledger.audit_sequence, ledger.audit_hash)
        result = {
            "sound": broken is None and not missing,
            "records": count,
            "head": ledger.audit_hash,
            "table": AuditRecord._meta.db_table if broken else Ledger._meta.db_table if missing else "",
            "key": broken.sequence if broken else ledger.audit_sequence if missing else None,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        elif result["sound"]:
            self.stdout.write(f"{count} records, all sound; head {ledger.audit_hash}")
        else:
            self.stdout.write(f"not sound from {result['table']} {result['key']}")
        if not result["sound"]:
            sys.exit(1)

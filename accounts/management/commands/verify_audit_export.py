"""`manage.py verify_audit_export FILE`: check an export as the single-file program does."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.law import offline


class Command(BaseCommand):
    """Check an export of the chain without looking at the database; exit 1 where a row is not sound."""

    help = "Check an export of the audit chain."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", action="append", default=[], help="A public key known from elsewhere, in hex.")

    def handle(self, *args: Any, **options: Any) -> None:
        with options["file"].open(encoding="utf-8") as lines:
            outcome, _hashes, _keys = offline.check_export(lines, options["key"])
        for line in offline.reported(outcome):
            self.stdout.write(line)
        if not outcome.sound:
            sys.exit(1)

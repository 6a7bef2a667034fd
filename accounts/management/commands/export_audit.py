"""`manage.py export_audit FILE`: the chain as a file, and beside it the program that checks it anywhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from accounts import tenant
from accounts.audit import export
from accounts.roles import SYSTEM

PROGRAM = "verify_audit_export.py"


class Command(BaseCommand):
    """Write records, checkpoints and receipts as one moment saw them: ids and digests, no content."""

    help = "Export the audit chain together with the program that checks it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        with transaction.atomic(), file.open("w", encoding="utf-8") as written:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            tenant.enter(SYSTEM)
            written.writelines(export.lines())
        program = file.with_name(PROGRAM)
        program.write_text(export.program(), encoding="utf-8")
        self.stdout.write(f"{file} and {program}")

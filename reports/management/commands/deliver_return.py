"""`manage.py deliver_return --authority NL --regime arms --year 2024 FILE …`: read and check an annual return."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, tenant
from accounts.law.errors import RuleBroken
from accounts.models import Authority
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import imports
from reports.labels import finding_words


class Command(BaseCommand):
    """Kept as a dry run; a supervisor of the authority signs it off on its page or by REST."""

    help = "Read the files of an annual return, say what the checks find, and keep it for sign-off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV or XLSX.")
        parser.add_argument("--authority", required=True, help="Code of the authority, e.g. NL.")
        parser.add_argument("--regime", required=True, choices=known_regimes())
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--method", default="{}", help='The method card as JSON, {"renewals": "excluded"}.')
        parser.add_argument("--json", action="store_true", dest="as_json", help="Findings as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"--authority: {options['authority']!r} is none", returncode=2)
        try:
            files = [(file.name, file.read_bytes()) for file in options["files"]]
            method = json.loads(options["method"])
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        with transaction.atomic():
            tenant.enter(SYSTEM)
            try:
                kept = imports.deliver(
                    authority=authority,
                    regime=options["regime"],
                    year=options["year"],
                    files=files,
                    method=method,
                    by=SYSTEM,
                    now=clock.now(),
                    apart=True,
                )
            except (imports.FileRefused, RuleBroken) as refused:
                raise CommandError(str(refused), returncode=2) from refused
        if options["as_json"]:
            self.stdout.write(json.dumps({"id": str(kept.pk), "findings": kept.findings}, ensure_ascii=False, indent=2))
        else:
            self._say(kept)

    def _say(self, kept: Any) -> None:
        for one in kept.findings:
            self.stdout.write(f"{one['severity']}: {one['place']}: {finding_words(one)}")
        counts = f"{kept.line_count} lines, {kept.errors} errors, {kept.warnings} warnings"
        self.stdout.write(f"{kept.pk}: {counts}; it waits for the sign-off of a supervisor")

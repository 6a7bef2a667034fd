"""`manage.py public_page --regime arms --year 2024 --out DIR`: the public edition as pages that stand alone."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts import tenant
from accounts.law.errors import RuleBroken
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import actions
from reports.management.commands.annual_report import frozen_edition, refused, write
from reports.views.public import public_page


class Command(BaseCommand):
    """No log-in, no script, nothing fetched from anywhere: copy the directory to any web server."""

    help = "Write the frozen public edition of a regime and year as a static page with its files beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regime", required=True, choices=known_regimes())
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--number", type=int, default=0, help="Of the frozen edition; the last where left out.")
        parser.add_argument("--out", required=True, type=Path, help="Directory to write to; made where missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            tenant.enter(SYSTEM)
            frozen = frozen_edition(options["regime"], options["year"], options["number"])
            report = actions.edition_report(frozen, "public")
            try:
                files = actions.edition_files(frozen, "public")
            except RuleBroken as altered:
                raise refused("--number", f"{altered.params['file']} does not come out as it was signed") from altered
        write(files | public_page(frozen, report), options["out"])
        if options["verbosity"]:
            self.stdout.write(f"{options['out']}/index.html and {len(files)} files")

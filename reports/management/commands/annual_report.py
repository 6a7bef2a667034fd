"""`manage.py annual_report --regime arms --year 2024 --format csv --out DIR`: the year's tables as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, tenant
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import statistics
from reports.exports import FORMATS, year_files


class Command(BaseCommand):
    """All files or none; the same records give the same bytes."""

    help = "Count the tables of a regime and year from the records and write one file per table, and tidy.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regime", required=True, help=f"One of {', '.join(known_regimes())}.")
        parser.add_argument("--year", required=True, type=int, help="Year of decision, of sending, of grant.")
        parser.add_argument("--format", default="csv", choices=FORMATS, help="Of the tables; tidy.csv is always CSV.")
        parser.add_argument("--out", required=True, type=Path, help="Directory to write to; made where missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        regime, year, directory = options["regime"], options["year"], options["out"]
        if regime not in known_regimes():
            raise refused("--regime", f"{regime!r} is no regime; regimes are {', '.join(known_regimes())}")
        with transaction.atomic():
            tenant.enter(SYSTEM)
            now = clock.now()
            first = statistics.earliest_year(regime)
            if not first <= year <= now.year:
                raise refused("--year", f"{year} is out of range; {regime} has tables from {first} to {now.year}")
            files = year_files(statistics.count_year(regime, year, now=now), options["format"])
        write(files, directory)
        if options["verbosity"]:
            self.stdout.write(f"{regime} {year}: {len(files)} files in {directory}")


def write(files: dict[str, str], directory: Path) -> None:
    """Write every file, or name the place that cannot be written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (directory / name).write_text(text, encoding="utf-8", newline="")
    except OSError as cause:
        raise refused("--out", f"{cause.filename or directory}: {cause.strerror}") from None


def refused(option: str, words: str) -> CommandError:
    """Return an error that names the option, with the exit status of wrong usage."""
    return CommandError(f"{option}: {words}", returncode=2)

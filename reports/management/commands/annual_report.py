"""`manage.py annual_report --regime arms --year 2024 [--edition full] --format csv --out DIR`: the tables as files."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, tenant
from accounts.law.errors import RuleBroken
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import actions, statistics
from reports.exports import FORMATS, files_of, report_of
from reports.models import Edition, FrozenEdition

EDITIONS = ("now", "draft", "full", "public")


class Command(BaseCommand):
    """All files or none; the same records, or the same edition, give the same bytes."""

    help = "Write the tables of a regime and year, one file per table, and tidy.csv: as counted now, or an edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regime", required=True, help=f"One of {', '.join(known_regimes())}.")
        parser.add_argument("--year", required=True, type=int, help="Year of decision, of sending, of grant.")
        parser.add_argument("--edition", default="now", choices=EDITIONS, help="Counted now, drafted, or frozen.")
        parser.add_argument("--number", type=int, default=0, help="Of the frozen edition; the last where left out.")
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
            files = self._files(options, now)
        write(files, directory)
        if options["verbosity"]:
            self.stdout.write(f"{regime} {year}: {len(files)} files in {directory}")

    def _files(self, options: dict[str, Any], now: Any) -> dict[str, bytes]:
        regime, year, edition, form = (options[name] for name in ("regime", "year", "edition", "format"))
        if edition == "now":
            return files_of(report_of(statistics.count_year(regime, year, now=now)), form)
        if edition == "draft":
            draft = Edition.objects.newest(regime, year)
            if draft is None:
                raise refused("--edition", f"there is no draft of {regime} {year}")
            return files_of(report_of(draft.count(), edition="draft"), form)
        return self._frozen(frozen_edition(regime, year, options["number"]), edition, form)

    @staticmethod
    def _frozen(frozen: FrozenEdition, edition: str, form: str) -> dict[str, bytes]:
        """The files of a frozen edition, each held against the digest it was signed with."""
        try:
            files = actions.edition_files(frozen, edition, form)
        except RuleBroken as altered:
            raise refused("--edition", f"{altered.params['file']} does not come out as it was signed") from altered
        signed = frozen.manifest["files"][edition]
        manifest = {**frozen.manifest, "digest": frozen.digest, "corrections": len(frozen.corrections)}
        if edition == "public":
            manifest = {name: manifest[name] for name in ("regime", "year", "number", "signed_at", "rules", "digest")}
            manifest["files"] = signed
        return files | {"manifest.json": (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode()}


def frozen_edition(regime: str, year: int, number: int = 0) -> FrozenEdition:
    """Return a frozen edition, the last where no number is asked for."""
    found = FrozenEdition.objects.frozen_of(regime, year).select_related("draft")
    frozen: FrozenEdition | None = (found.filter(number=number) if number else found).first()
    if frozen is None:
        raise refused("--edition", f"no edition of {regime} {year} is signed off")
    return frozen


def write(files: dict[str, bytes], directory: Path) -> None:
    """Write every file, or name the place that cannot be written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (directory / name).write_bytes(content)
    except OSError as cause:
        raise refused("--out", f"{cause.filename or directory}: {cause.strerror}") from None


def refused(option: str, words: str) -> CommandError:
    """Return an error that names the option, with the exit status of wrong usage."""
    return CommandError(f"{option}: {words}", returncode=2)

"""Take in a file of denials decided in the past."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock
from accounts.models import Authority
from accounts.roles import SYSTEM
from denials import imports
from denials.law.regimes import known_regimes


class Command(BaseCommand):
    """All or nothing; the same file again changes nothing."""

    help = "Import denials decided in the past from CSV or XLSX; in force, day of notification unknown, no notices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--authority", required=True, help="Code of the issuing authority or its state, e.g. NL.")
        parser.add_argument("--regime", choices=known_regimes(), default="", help="Where the file does not tell.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen; write nothing.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="Report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self._imported(options)
        if options["as_json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            for line in _lines(report):
                self.stdout.write(line)
        if report["errors"]:
            raise CommandError("Nothing was imported: errors in the file.", returncode=1)

    def _imported(self, options: Mapping[str, Any]) -> dict[str, Any]:
        authority = _authority(options["authority"])
        try:
            content = options["file"].read_bytes()
        except OSError as cause:
            raise CommandError(f"{options['file']}: {cause.strerror}") from cause
        with transaction.atomic():
            now = clock.now()
            try:
                plan = imports.make_plan(
                    content,
                    name=options["file"].name,
                    authority=authority,
                    regime=options["regime"],
                    now=now,
                    apart=True,
                )
            except imports.FileRefused as refused:
                return _refused(options, refused)
            return imports.take_in(plan, by=SYSTEM, now=now, dry_run=options["dry_run"])


def _authority(code: str) -> Authority:
    found = Authority.objects.national().filter(code__iexact=code).select_related("state").first()
    if found is None:
        found = Authority.objects.named(code).national().select_related("state").order_by("code").first()
    if found is None:
        raise CommandError(f"No authority goes by {code}.")
    return found


def _refused(options: Mapping[str, Any], refused: imports.FileRefused) -> dict[str, Any]:
    finding = {"row": 0, "column": refused.place, "rule": refused.rule, "value": refused.value}
    return {
        "file": options["file"].name,
        "dry_run": options["dry_run"],
        "rows": 0,
        "denials": 0,
        "new": 0,
        "unchanged": 0,
        "imported": 0,
        "notes": [],
        "errors": [finding],
        "warnings": [],
    }


def _lines(report: Mapping[str, Any]) -> list[str]:
    lines = [f"{report['file']}: {report['rows']} rows, {report['denials']} denials"]
    for kind, name in (("note", "notes"), ("error", "errors"), ("note", "warnings")):
        for one in report[name]:
            place = f"row {one['row']}, column {one['column'] or '-'}"
            lines.append(f"{kind}: {place}: {one['rule']} {one['value']}".rstrip())
    if report["errors"]:
        return [*lines, "Nothing was imported."]
    if not report["new"]:
        return [*lines, f"Nothing changed: all {report['unchanged']} denials are already in the register."]
    verb = "would be imported" if report["dry_run"] else "imported"
    return [*lines, f"{report['new']} {verb}, {report['unchanged']} unchanged."]

"""`manage.py register_at --on DAY --known DAY`: the register as it stood on a day, as known on a day."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock, principals
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.models import Authority
from accounts.roles import Principal, permissions_of
from denials import history
from denials.imports.tables import FORMULA_SIGNS
from denials.law.feed import as_sent
from denials.law.history import check_days, today
from denials.law.regimes import known_regimes
from denials.models import DenialVersion

COLUMNS: tuple[str, ...] = (
    "reference",
    "regime",
    "authority",
    "state",
    "status",
    "version",
    "valid_from",
    "recorded_at",
)
COLUMNS += ("act", "decided_on", "notified_on", "destinations", "parties", "items", "criteria", "grounds")
BATCH = 500


class Command(BaseCommand):
    """Write the denials one authority may see today, in the versions that held then; no exporter of another's."""

    help = "Write the register as it stood on a day, as known at the end of a day in Brussels."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="Today where left out.")
        parser.add_argument("--known", type=date.fromisoformat, metavar="YYYY-MM-DD", help="Today where left out.")
        parser.add_argument("--reader", default="", help="Code of the authority whose sight is shown; the auditors'.")
        parser.add_argument("--regime", choices=known_regimes(), default="")
        parser.add_argument("--authority", default="", help="Issued by this authority, or any of this state.")
        parser.add_argument("--format", choices=("csv", "json"), default="csv")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        on, known = options["on"] or today(now), options["known"] or today(now)
        try:
            check_days(on, known, now)
        except RuleBroken as refused:
            raise CommandError(f"--{refused.params['field']}: {rule_text(refused)}") from None
        reader = _reader(options["reader"], now)
        held = history.as_it_stood(reader, on=on, known=known)
        chosen = history.narrowed(held, regime=options["regime"], authority=options["authority"])
        versions = history.with_parts(chosen).iterator(chunk_size=BATCH)
        rows = (_row(version, reader) for version in versions)
        if options["format"] == "csv":
            self._csv(rows)
        else:
            self._json(rows, on, known)

    def _csv(self, rows: Iterable[dict[str, Any]]) -> None:
        writer = csv.writer(self.stdout)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([_neutral(_cell(name, row[name])) for name in COLUMNS])

    def _json(self, rows: Iterator[dict[str, Any]], on: date, known: date) -> None:
        head = json.dumps({"on": on.isoformat(), "known": known.isoformat()})
        self.stdout.write(f'{head[:-1]}, "denials": [', ending="")
        for at, row in enumerate(rows):
            self.stdout.write(("," if at else "") + "\n" + json.dumps(row, ensure_ascii=False), ending="")
        self.stdout.write("\n]}")


def _reader(code: str, now: datetime) -> Principal:
    asked = {"code__iexact": code} if code else {"kind": Authority.Kind.AUDIT}
    authority = Authority.objects.filter(**asked).first()
    if authority is None:
        raise CommandError(f"--reader: no authority has the code {code!r}.")
    return principals.of_authority(authority, permissions_of(["read_only"]), at=now)


def _row(version: DenialVersion, reader: Principal) -> dict[str, Any]:
    denial = version.denial
    assert version.valid_from is not None
    assert version.recorded_at is not None
    return {
        **as_sent(history.shown(version, reader)),
        "id": str(denial.pk),
        "reference": denial.reference,
        "authority": denial.authority.code,
        "state": denial.state_of_issue_id,
        "status": version.status,
        "version": version.number,
        "valid_from": version.valid_from.isoformat(),
        "recorded_at": version.recorded_at.isoformat(),
        "notified_on": version.notified_on.isoformat() if version.notified_on else None,
    }


def _neutral(text: str) -> str:
    """Put what a spreadsheet would take for a formula behind an apostrophe."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) else text


def _cell(name: str, value: Any) -> str:
    if name == "destinations":
        return "; ".join(one["code"] or one["printed"] for one in value)
    if name == "parties":
        return "; ".join(f"{one['role']}: {one['name']}" for one in value)
    if name == "items":
        return "; ".join(" ".join(filter(None, (one["code"], one["description"]))) for one in value)
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)

"""`manage.py prove_erased NL-ARM-2026-0001 --at-version 1 --path parties[0].name --value TEXT`."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from denials.law import erasure
from denials.models import Erasure


class Command(BaseCommand):
    """Say whether an extract in somebody's hands holds what stood in a version before a person was erased."""

    help = "Compare a value of an extract with the digest kept of what was erased; exit 1 where it is another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="Of the denial, e.g. NL-ARM-2026-0001.")
        parser.add_argument("--at-version", type=int, required=True)
        parser.add_argument("--path", required=True, help="Such as parties[0].name.")
        parser.add_argument("--value", required=True, help="As the extract has it.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="The value is JSON, as REST writes it.")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = Erasure.objects.filter(
            version__denial__reference=options["reference"],
            version__number=options["at_version"],
            path=options["path"],
        )
        salted = [one for one in kept.select_related("salt") if hasattr(one, "salt")]
        if not salted:
            raise CommandError("Nothing was erased there, or its salt is gone: nothing can be proven.", returncode=2)
        value = _value(options)
        for one in salted:
            if erasure.proves(one.digest, one.salt.value, value):
                self.stdout.write(f"the same: erased on {one.at.isoformat()}, {one.basis}")
                return
        self.stderr.write("another value stood there")
        sys.exit(1)


def _value(options: dict[str, Any]) -> Any:
    if not options["as_json"]:
        return options["value"]
    try:
        value = json.loads(options["value"])
    except ValueError:
        raise CommandError("--value: no JSON.") from None
    if isinstance(value, dict):  # identifiers
        return sorted([key, str(one)] for key, one in value.items())
    return value

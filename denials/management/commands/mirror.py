"""`manage.py mirror --from https://exchange.example --token-file FILE`: keep this exchange in step with another."""

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from accounts import clock
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from denials import actions
from denials.actions import ReferenceDataMissing
from denials.law.feed import ChangeUnreadable
from denials.management.following import PAGE, Comparison, SourceBehind, compare, follow
from denials.management.source import Source, SourceFailed

DIFFERENT, FAILED, REFUSED = 1, 2, 3
ROUNDS = 3  # a person erased at the source meanwhile changes what was sent before: catch up, compare again


class Command(BaseCommand):
    """
    Take in what the source has more than this exchange, and go on from where the last run ended, however it ended.

    Exit codes: 1 the digests differ; 2 the source or the database cannot be reached; 3 a change cannot be taken in.
    With --follow, what may pass is said and tried again: the source or the database away, a change that cannot be read,
    reference data that are missing. Digests that differ, a source set back and a change out of step end it.
    """

    help = "Keep this exchange, which then notifies nothing itself, as a mirror of another; prove it by digest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, dest="source", metavar="URL", help="https://exchange.example")
        token = parser.add_mutually_exclusive_group()
        token.add_argument("--token", help="Seen among the processes: rather --token-file or EXCHANGE_MIRROR_TOKEN.")
        token.add_argument("--token-file", type=Path, help="A file that holds the token.")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--once", action="store_true", help="Catch up and end (what is done without any option).")
        way.add_argument("--follow", type=int, metavar="SECONDS", help="Catch up again and again, this long apart.")
        parser.add_argument("--verify", action="store_true", help="Compare the digests of both after catching up.")
        parser.add_argument("--page", type=int, default=PAGE, help="Changes a transaction, 1 to 1000.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="One JSON object a line.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["page"] <= 1000:
            raise CommandError("--page: between 1 and 1000.")
        if options["follow"] is not None and options["follow"] < 1:
            raise CommandError("--follow: at least 1 second.")
        try:
            source = Source(options["source"], _token(options))
            actions.begin_mirror(source=source.address, now=clock.now())
            self._run(source, options)
        except SourceFailed as failed:
            raise CommandError(f"mirror: {failed}.", returncode=FAILED) from None
        except RuleBroken as refused:
            raise CommandError(f"mirror: {_why(refused)}", returncode=REFUSED) from None
        except (OperationalError, InterfaceError) as lost:
            raise CommandError(f"mirror: {_why(lost)}.", returncode=FAILED) from None

    def _run(self, source: Source, options: dict[str, Any]) -> None:
        while True:
            try:
                self._round(source, options)
            except SourceBehind:
                raise
            except (SourceFailed, ChangeUnreadable, ReferenceDataMissing, OperationalError, InterfaceError) as failed:
                if options["follow"] is None:
                    raise
                self.stderr.write(f"mirror: {_why(failed)}; trying again in {options['follow']} s")
                self.stderr.flush()
                connection.close()  # a connection that broke is made anew
            if options["follow"] is None:
                return
            time.sleep(options["follow"])

    def _round(self, source: Source, options: dict[str, Any]) -> None:
        self._catch_up(source, options)
        if not options["verify"]:
            return
        for _ in range(ROUNDS):
            found = compare(source)
            if found.is_equal:
                break
            self._catch_up(source, options)
        self._tell(options, _words(found), _facts(found))
        if not found.is_equal:
            raise CommandError("mirror: the digests differ.", returncode=DIFFERENT)
        actions.note_proven(upto=found.upto, digest=found.mirror, now=clock.now())

    def _catch_up(self, source: Source, options: dict[str, Any]) -> None:
        for new, cursor, head in follow(source, page=options["page"]):
            words = f"{new} changes taken in, up to {cursor} of {head}"
            self._tell(options, words, {"new": new, "cursor": cursor, "head": head})

    def _tell(self, options: dict[str, Any], words: str, facts: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(facts) if options["as_json"] else words)
        self.stdout.flush()


def _why(failed: Exception) -> str:
    """Say why a round came to nothing, in one line; what is taken in by then stays in."""
    if isinstance(failed, RuleBroken):
        return f"{rule_text(failed)} [{failed}]"
    if isinstance(failed, DatabaseError | InterfaceError):
        return f"the database of this mirror cannot be reached ({type(failed).__name__})"
    return str(failed)


def _token(options: dict[str, Any]) -> str:
    token = options["token"] or settings.EXCHANGE_MIRROR_TOKEN
    if options["token_file"] is not None:
        try:
            token = options["token_file"].read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as cause:
            raise CommandError(f"--token-file: {options['token_file']} cannot be read.", returncode=FAILED) from cause
    if not token.strip().isprintable() or not token.strip():
        raise CommandError("--token-file: a token is needed.", returncode=FAILED)
    return str(token.strip())


def _facts(found: Comparison) -> dict[str, Any]:
    return {**vars(found), "equal": found.is_equal}


def _words(found: Comparison) -> str:
    lines = [
        f"{found.count} changes up to {found.upto}",
        f"source {found.source}",
        f"mirror {found.mirror}",
        "equal" if found.is_equal else f"different, first in change {found.first_differing}",
    ]
    return "\n".join(lines)

"""
Verify a long chain (`make bench-audit`): how long the verification of a long chain takes; goal: one million events within 120 seconds.

Run as `.venv/bin/python tools/bench/audit.py [events]`, on the embedded services alone. Events are written as the product writes
them, half of them readings that were folded in, with a checkpoint each twentieth; what stands in the database is
verified by the command's own code, exported, and checked by the single-file program.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

BASE = Path(__file__).resolve().parent.parent.parent
GOAL = 1_000_000 / 120  # events a second


def main() -> int:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    sys.path.insert(0, str(BASE))
    from config import services

    with tempfile.TemporaryDirectory(prefix="bench-audit-") as place:
        Path(place).chmod(0o755)  # the embedded server runs as a user of its own
        embedded = services.Services(Path(place), fast=True)
        embedded.join()
        services.prepare(embedded)
        os.environ.update(
            embedded.environment()
            | {"PGOPTIONS": "-c exchange.principal=system", "EXCHANGE_TEST_MODE": "1", "EXCHANGE_HOSTS": "localhost"}
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        try:
            return measure(events, Path(place))
        finally:
            embedded.stop(cleanly=False)


def measure(events: int, place: Path) -> int:
    import django

    django.setup()
    from django.db import connection

    from accounts.audit import export, verification

    started = perf_counter()
    fill(events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{events} events written in {perf_counter() - started:.1f} s", flush=True)
    started, worked = perf_counter(), process_time()
    result = verification.verify()
    seconds, own = perf_counter() - started, process_time() - worked
    rate = result.records / seconds
    print(
        f"verify_audit: {result.records} records in {seconds:.1f} s ({own:.1f} of its own), {rate:.0f} a second, ",
        end="",
    )
    print(f"{len(result.findings)} findings; a million in {1_000_000 / rate:.0f} s", flush=True)
    file, program = place / "chain.jsonl", place / "verify_audit_export.py"
    started = perf_counter()
    with file.open("w", encoding="utf-8") as written:
        written.writelines(export.lines())
    program.write_text(export.program(), encoding="utf-8")
    print(f"exported in {perf_counter() - started:.1f} s, {file.stat().st_size >> 20} MiB", flush=True)
    started = perf_counter()
    checked = subprocess.run([sys.executable, "-I", str(program), str(file)], capture_output=True, text=True)
    print(f"verify_audit_export: {perf_counter() - started:.1f} s; {checked.stdout.strip()}", flush=True)
    return int(bool(result.findings) or checked.returncode != 0 or rate < GOAL)


def fill(events: int) -> None:
    """Write acts and readings in equal parts, and checkpoints between them."""
    from django.db import transaction

    from accounts import actions, audit, clock
    from accounts.models import Authority, Reading
    from accounts.roles import SYSTEM

    subject, turn = Authority.objects.first(), max(events // 20, 1000)
    while (missing := events - written()) > 0:
        half = min(turn, missing) // 2 + 1
        with transaction.atomic():
            acts = ((subject, {"n": n}, {"n": n + 1, "reason": "bench"}) for n in range(half))
            audit.record_many("bench.act", acts, by=SYSTEM, at=clock.now())
            Reading.objects.bulk_create(
                (
                    Reading(at=clock.now(), actor_kind="system", route="bench", subjects=[str(subject.pk)])
                    for _ in range(half)
                ),
                batch_size=1000,
            )
        while actions.bind_record(now=clock.now()):
            pass
        actions.sign_checkpoint(now=clock.now())


def written() -> int:
    """How many records the chain has."""
    from accounts.models import Ledger

    return Ledger.objects.get(id=1).audit_sequence


if __name__ == "__main__":
    sys.exit(main())

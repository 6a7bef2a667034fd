"""
Measure whole screenings on an invented register: index, candidates, judgement, sheets, the rows stored.

    .venv/bin/python tools/bench/screenings.py                       100,000 denials
    .venv/bin/python tools/bench/screenings.py --denials 20000 --home DIR     a cluster kept for the next time

Each screening asks for the parties and goods of some denial, a name misspelt and the issuer another; it is stored and
taken back. Printed beside: how long the index takes to be made, and how long a process takes to read it at its start.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

BASE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(BASE), str(Path(__file__).resolve().parent)]
ASKED = 200
GOAL_MS = 50


def main() -> int:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--denials", type=int, default=100_000)
    options.add_argument("--home", type=Path, help="keep the cluster here; a register that is in it is used again")
    chosen = options.parse_args()
    if chosen.home:
        return measure(chosen.home, chosen.denials)
    with tempfile.TemporaryDirectory(prefix="bench-screenings-", ignore_cleanup_errors=True) as home:
        return measure(Path(home), chosen.denials)


def measure(home: Path, denials: int) -> int:
    """Measure in a cluster under a directory."""
    from config.services import Services, prepare

    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)  # the cluster may run as another user
    services = Services(home)
    services.join()
    prepare(services)
    os.environ |= {
        "EXCHANGE_HOSTS": "testserver",
        "EXCHANGE_LOG_LEVEL": "ERROR",
        **services.environment(),
        "PGOPTIONS": "-c exchange.principal=system",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    import register
    from django.db import connections

    try:
        print(f"Load of the machine before the measurement: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        register.build(denials)
        register.settle(services)
        return run()
    finally:
        connections.close_all()
        services.leave()


def run() -> int:
    """Index, start, screen."""
    from django.db import transaction

    from screening import search
    from screening.search.names import REGISTER_NAMES

    begun = perf_counter()
    with transaction.atomic():
        sequence = search.bring_up_to_date()
    print(f"index brought up to date in {perf_counter() - begun:.1f} s", flush=True)
    begun = perf_counter()
    with transaction.atomic():
        REGISTER_NAMES.up_to(sequence)
    print(f"names read at the start of a process in {perf_counter() - begun:.1f} s", flush=True)
    times, compared, levels = [], 0, Counter[str]()
    for asked in _asked():
        took, result = _screened(asked)
        times.append(took)
        compared = result.compared
        levels.update(str(hit.level) for hit in result.hits)
    times = sorted(times[10:])  # the first ones fill what every process fills once
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{len(times)} screenings against {compared:,} denials that count: p50 {middle:.1f} ms, p95 {late:.1f} ms")
    print(f"hits in all: {dict(levels)}")
    return 0 if late <= GOAL_MS else 1


def _asked() -> list[Any]:
    import register

    from screening.law.facts import from_data
    from screening.models import DenialIndex

    rows = DenialIndex.objects.filter(regime="dual_use").order_by("pk").values_list("facts", flat=True)
    return [_another(from_data(facts), register.misspelt) for facts in rows[: ASKED + 10]]


def _another(facts: Any, misspelt: Any) -> Any:
    parties = tuple(
        replace(party, name=misspelt(party.name, 1)) if at % 2 else party for at, party in enumerate(facts.parties)
    )
    return replace(facts, parties=parties, state="SE", authority="")


def _screened(asked: Any) -> tuple[float, Any]:
    from django.db import transaction

    from accounts import clock
    from accounts.models import Authority
    from screening import search
    from screening.actions.screening import _store
    from screening.models import Screening

    authority, now = Authority.objects.filter(kind="authority").order_by("code").first(), clock.now()
    assert authority is not None
    begun = perf_counter()
    with transaction.atomic():
        result = search.screen(asked, on=now.date())
        _store(result, asked, authority, Screening.Trigger.UNFILED, by=_reader(), now=now, application=None)
        took = (perf_counter() - begun) * 1000
        transaction.set_rollback(True)
    return took, result


def _reader() -> Any:
    import register

    return register.officer()


if __name__ == "__main__":
    sys.exit(main())

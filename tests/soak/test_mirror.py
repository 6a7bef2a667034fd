"""10,000 mixed changes taken in by a mirror that is killed -9 three times on its way, and proven equal."""

import json
import os
import random
import time
from datetime import UTC, datetime

import pytest

from tests.cast import person, system
from tests.mirrors import Mirror, Register

pytestmark = pytest.mark.committed
CHANGES = int(os.environ.get("EXCHANGE_SOAK_CHANGES", "10000"))
KILLS = 3
STATES = ("NL", "SE", "BE-VLG", "DE", "FR")


def test_a_mirror_killed_three_times_is_proven_equal(server, committed_db, clock, capsys):
    clock.set(datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
    seed = int(os.environ.get("EXCHANGE_SOAK_SEED", str(time.time_ns() % 10**6)))
    chance = random.Random(seed)  # noqa: S311 - when to kill
    source = Register([person(code, "supervisor") for code in STATES], seed=seed)
    mirror = Mirror(committed_db, server, system("BE-WAL").token)
    figures = {"seed": seed, "changes": CHANGES}

    started = time.monotonic()
    source.change(CHANGES // 2)
    figures["made_a_second"] = round(source.made / (time.monotonic() - started), 1)

    killed = []
    for _ in range(KILLS):
        reached = mirror.kill_after(
            chance.randrange(mirror.cursor() + 1, mirror.cursor() + CHANGES // 5), patience=3600
        )
        killed.append(reached)
        source.change(CHANGES // 2 // KILLS)
    source.change(CHANGES - source.made)

    begun = time.monotonic()
    lines = mirror.follow("--verify", "--json").splitlines()
    figures |= {"killed_at": killed, "by_kind": source.counts}
    taken_in = sum(json.loads(line).get("new", 0) for line in lines)
    figures["last_run_seconds"] = round(time.monotonic() - begun)
    figures["taken_in_a_second"] = round(taken_in / max(time.monotonic() - begun, 1), 1)
    proof = json.loads(lines[-1])
    with capsys.disabled():
        print(json.dumps(figures | proof, indent=1))
    assert len(killed) == KILLS
    assert proof["equal"]
    assert proof["source"] == proof["mirror"]
    assert proof["count"] >= CHANGES

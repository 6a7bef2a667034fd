"""A backup put back on an empty server: every row is there, the chain is sound, nothing is sent a second time."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from config import binaries
from config.services import DATABASE

pytestmark = pytest.mark.committed
RESTORED = "exchange_restored"
MINUTES = 15  # until the exchange works again


def program(name: str) -> str:
    return str(Path(binaries.postgres(binaries.data_dir())) / name)


def run(name: str, *arguments: str) -> None:
    subprocess.run([program(name), *arguments], check=True, capture_output=True)


def rows(url: str) -> dict[str, int]:
    """Every table with how many rows it holds, read as the server's superuser."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]
            for (name,) in tables
        }


def test_what_is_put_back_is_whole_and_sends_nothing_again(committed_db: Any, tmp_path: Path, clock: Any) -> None:
    from accounts import clock as legal
    from accounts import outbox
    from accounts.models import Delivery
    from config.services import SUPERUSER
    from tests.factories import MARCH
    from tests.walls.world import World

    clock.set(MARCH + timedelta(hours=1))
    World()
    while outbox.deliver_next(now=legal.now()):
        pass
    sent = Delivery.objects.filter(state="delivered", channel="email").count()
    assert sent > 10
    source, target = (committed_db.cluster.url(SUPERUSER, name) for name in (DATABASE, RESTORED))
    begun, file = time.monotonic(), str(tmp_path / "exchange.dump")
    run("pg_dump", "--format=custom", f"--file={file}", source)
    with committed_db.cluster.superuser("postgres") as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER exchange_owner").format(sql.Identifier(RESTORED)))
    try:
        run("pg_restore", "--exit-on-error", f"--dbname={target}", file)
        assert time.monotonic() - begun < MINUTES * 60
        assert rows(target) == rows(source)
        with psycopg.connect(committed_db.cluster.url("exchange_web", RESTORED)) as web:
            counted = web.execute("SELECT count(*) FROM consultations_consultation").fetchone()
            web.execute("SELECT set_config('exchange.principal', '', false)")
            walled = web.execute("SELECT count(*) FROM consultations_consultation").fetchone()
        assert (counted[0] > 0, walled) == (True, (0,)), "the wall is put back with the rows"
        environment = {**os.environ, "DATABASE_URL": committed_db.cluster.url("exchange_worker", RESTORED)}
        for command in (["verify_audit"], ["shell", "-c", AGAIN]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=Path(__file__).resolve().parents[2],
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.strip().splitlines()[-1] == "0"
    finally:
        with committed_db.cluster.superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(RESTORED)))


AGAIN = """
from accounts import clock, outbox
sent = 0
while outbox.deliver_next(now=clock.now()):
    sent += 1
print(sent)
"""

"""
The database of the tests: a cluster of its own, started when the first test asks for it, gone when the run ends.

An empty database with migrations and reference data is made once per state of these files and copied for each run.
Tests connect as `exchange_web`, the role that serves requests and owns nothing.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config import keeper, services
from config.binaries import data_dir

PRISTINE = "exchange_pristine"


class TestServices:
    """One run's cluster: addresses are known at once, the server starts on demand."""

    __test__ = False

    def __init__(self) -> None:
        self.shelf = data_dir() / "tests"
        self.shelf.mkdir(exist_ok=True)
        _remove_abandoned(self.shelf)
        self.home = Path(tempfile.mkdtemp(prefix="run-", dir=self.shelf))
        self.home.chmod(0o755)
        self.cluster = services.Services(self.home, fast=True)
        self.clock_file = self.home / "clock"
        self.started = False
        _share_secrets(self.shelf, self.home)
        self.cluster.reserve_port()
        self.cluster.hold()

    def environment(self) -> dict[str, str]:
        return self.cluster.environment() | {
            "EXCHANGE_TEST_MODE": "1",
            "EXCHANGE_TEST_CLOCK_FILE": str(self.clock_file),
            "EXCHANGE_TASKS_EAGER": "1",
            # Clocks are moved by weeks here; where it matters a test sets it.
            "EXCHANGE_WITNESS_HOURS": "0",
            "EXCHANGE_SESSION_IDLE_MINUTES": "0",
            "EXCHANGE_SESSION_HOURS": "0",
            "EXCHANGE_REAUTH_MINUTES": "0",
        }

    def start(self) -> None:
        if self.started:
            return
        _copy_template(self.shelf, self.home)
        self.cluster.join()
        self.started = True

    def renew(self) -> None:
        """Throw the database away and copy it anew: what a test committed is gone."""
        with self.cluster.superuser("postgres") as connection:
            _copy_database(connection, PRISTINE, services.DATABASE)

    def remove(self) -> None:
        if self.started:
            self.cluster.stop(cleanly=False)
        shutil.rmtree(self.home, ignore_errors=True)
        self.cluster.leave()


def _copy_template(shelf: Path, home: Path) -> None:
    """Copy the stopped cluster made for the migrations and reference data as they are now; make it if need be."""
    place = shelf / f"template-{services.prepared_with()[:16]}"
    with keeper.locked(shelf / "template.lock"):
        if not place.exists():
            for outdated in shelf.glob("template-*"):
                if outdated.is_dir():
                    shutil.rmtree(outdated)
            _build(shelf).rename(place)
        subprocess.run(["cp", "-a", f"{place}/postgres", f"{home}/postgres"], check=True)


def _build(shelf: Path) -> Path:
    home = Path(tempfile.mkdtemp(prefix="run-", dir=shelf))
    home.chmod(0o755)
    _share_secrets(shelf, home)
    cluster = services.Services(home, fast=True)
    cluster.join()
    services.prepare(cluster)
    with cluster.superuser("postgres") as connection:
        _copy_database(connection, services.DATABASE, PRISTINE)
    cluster.stop()
    cluster.leave()
    return home


def _copy_database(connection: psycopg.Connection, source: str, target: str) -> None:
    names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**names))
    copy = "CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy OWNER exchange_owner"
    connection.execute(sql.SQL(copy).format(**names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {target} FROM PUBLIC").format(**names))
    rights = "GRANT CONNECT, TEMPORARY ON DATABASE {target} TO exchange_web, exchange_worker"
    connection.execute(sql.SQL(rights).format(**names))


def _share_secrets(shelf: Path, home: Path) -> None:
    """The passwords live in the copied cluster, so every run uses those of the shelf."""
    keys = services.Services(shelf)
    for name in (*services.ROLES, services.SUPERUSER, "secret_key", "audit_key"):
        keys.secret(name)
    shutil.copy(shelf / "secrets.json", home / "secrets.json")


def _remove_abandoned(shelf: Path) -> None:
    """Remove what a killed run left: its lock is free, and its keeper has stopped the server."""
    for lock in shelf.glob("run-*/services.lock"):
        home = lock.parent
        with keeper.tried(lock) as free:
            if free is not None:
                keeper.stop(home, cleanly=False)
                shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before Django reads its settings."""
    for name in ("EXCHANGE_DEMO", "EXCHANGE_ROLE", "EXCHANGE_BEHIND_PROXY", "EXCHANGE_HOSTS", "EXCHANGE_STATIC_ROOT"):
        os.environ.pop(name, None)
    run = TestServices()
    early_config.stash[RUN] = run
    os.environ.update(run.environment())
    early_config.add_cleanup(run.remove)


RUN = pytest.StashKey[TestServices]()

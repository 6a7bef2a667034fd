"""
Stops the embedded services when nobody holds them any more.

Runs as a script of its own, so it needs the standard library only. It waits for the exclusive lock on a file on which
every user of the services holds a shared one; the kernel drops a lock however its holder ended.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

STOP_SECONDS = 60
POSTGRES_FAST, POSTGRES_IMMEDIATE = signal.SIGINT, signal.SIGQUIT

Identity = list[str]


# Locks and files ------------------------------------------------------------------------------------------------------


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def tried(path: Path) -> Iterator[int | None]:
    """The descriptor of a lock that was free, or None."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock.fileno()


def write_private(path: Path, content: str) -> None:
    """Replace a file by one that only its owner reads."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(content)  # made with mode 0600
    Path(file.name).replace(path)


def state_of(home: Path) -> dict[str, Any]:
    """Ports and processes of the services under one directory, as last noted."""
    try:
        return dict(json.loads((home / "services.json").read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def remember(home: Path, **changes: Any) -> None:
    write_private(home / "services.json", json.dumps(state_of(home) | changes))


# Processes ------------------------------------------------------------------------------------------------------------


def identity(pid: int) -> Identity | None:
    """A process told apart from a later one with the same number: its number and when it started."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self").exists():
        with suppress(OSError):
            state, *fields = stat.read_text().rpartition(")")[2].split()
            return None if state == "Z" else [str(pid), fields[18]]
        return None
    done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603, S607
    return [str(pid), done.stdout.strip()] if done.stdout.strip() else None


def is_same(recorded: Identity | None) -> bool:
    """Whether a recorded process still is that process."""
    return recorded is not None and identity(int(recorded[0])) == list(recorded)


def end(recorded: Identity | None, number: signal.Signals = signal.SIGTERM) -> None:
    """End a recorded process, if it still is that process, and wait until it is gone."""
    if recorded is None or not is_same(recorded):
        return
    pid = int(recorded[0])
    with suppress(ProcessLookupError):
        os.kill(pid, number)
        if not happens(lambda: not is_same(recorded), STOP_SECONDS):
            os.kill(pid, signal.SIGKILL)


def happens(event: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not event():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def postmaster(cluster: Path) -> Identity | None:
    """The server of a cluster, if it runs: the file it leaves when it is killed names no server of this cluster."""
    try:
        pid, directory, *_ = (cluster / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, ValueError):
        return None
    command = Path(f"/proc/{pid}/comm")
    is_server = not Path("/proc/self").exists() or (command.exists() and "postgres" in command.read_text())
    return identity(int(pid)) if is_server and directory == str(cluster) else None


# The keeper -----------------------------------------------------------------------------------------------------------


def stop(home: Path, *, cleanly: bool = True) -> None:
    """Stop both services; not cleanly where the data is thrown away."""
    if not home.exists():
        return
    end(postmaster(home / "postgres"), POSTGRES_FAST if cleanly else POSTGRES_IMMEDIATE)
    end(state_of(home).get("valkey_process"))
    remember(home, valkey_process=None)


def keep(home: Path) -> None:
    with tried(home / "keeper.lock") as only:
        if only is None:
            return
        with locked(home / "services.lock"):
            stop(home)
            fcntl.flock(only, fcntl.LOCK_UN)  # before anyone can join again and look for a keeper


def is_kept(home: Path) -> bool:
    with tried(home / "keeper.lock") as free:
        return free is None


if __name__ == "__main__":
    keep(Path(sys.argv[1]))

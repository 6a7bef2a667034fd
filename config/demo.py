"""The demo: services, demo federation, then web, worker and beat in the foreground of one terminal, on loopback."""

import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from config import keeper, services
from config.binaries import ServiceFailed

HERE = Path(__file__).resolve().parent.parent
STOP_SECONDS = 15
START_SECONDS = 60
RESTARTS, RESTARTS_WITHIN = 20, 120  # seconds
FEDERATION = (
    "config/annual.py",
    "config/cases.py",
    "config/cast.py",
    "config/demonstration/*",
    "config/management/commands/seed_demo.py",
)
LAST_PORT = 65_536
PR_SET_PDEATHSIG = 1
ROOT_IS_NO_NEWS = "ignore:You're running the worker with superuser privileges"


def main() -> None:
    signal.signal(signal.SIGTERM, _interrupt)
    embedded = services.Services()
    end_leftovers(embedded.home)
    environment = prepare(embedded)
    port = choose_port(wanted_port(os.environ.get("PORT") or "8000"))
    environment["EXCHANGE_ADDRESS"] = f"http://localhost:{port}"
    people = seed(embedded, environment)
    family = Family(embedded.home)

    def keep() -> None:
        with suppress(ServiceFailed):  # what a killed server left is still about to end: it is tried again
            embedded.join(postgres="DATABASE_URL" not in os.environ, valkey="REDIS_URL" not in os.environ)

    try:
        web, *sweeps = commands(port, embedded.home).items()
        family.start(*web, environment)
        wait_until_served(port, family)
        for name, command in sweeps:
            family.start(name, command, environment_of_sweeps(environment))
        print(
            f"\n{people}\nThe exchange is served at {environment['EXCHANGE_ADDRESS']}  (Ctrl-C stops it)\n", flush=True
        )
        family.watch(keep)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        family.stop()
        embedded.leave()


def prepare(embedded: services.Services) -> dict[str, str]:
    """Services that run, migrated and with reference data: those named in the environment, else embedded ones."""
    own_database, own_broker = "DATABASE_URL" in os.environ, "REDIS_URL" in os.environ
    print("Starting the services …", flush=True)
    embedded.join(postgres=not own_database, valkey=not own_broker)
    environment = {
        "EXCHANGE_EMAIL_URL": f"file://{embedded.home / 'mail'}",
        **embedded.environment(),
        **os.environ,
        "EXCHANGE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if own_database:
        services.make_ready(environment)
    else:
        services.prepare(embedded)
    return environment


def seed(embedded: services.Services, environment: dict[str, str]) -> str:
    """Make the demo federation where it is missing; return what it says about the log-ins."""
    made = embedded.cluster / "exchange.demo"  # goes with the database
    recipe = services.digest_of(FEDERATION)
    if "DATABASE_URL" not in os.environ and made.exists() and made.read_text().startswith(recipe):
        return made.read_text().removeprefix(recipe)
    print("Preparing the demo federation …", flush=True)
    command = [sys.executable, str(HERE / "manage.py"), "seed_demo"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our manage.py
    if done.returncode:
        raise ServiceFailed("manage.py seed_demo failed.")
    if "DATABASE_URL" not in os.environ:
        keeper.write_private(made, recipe + done.stdout)
    return done.stdout


def commands(port: int, home: Path) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app", "config", "--quiet"]
    web = [
        *python,
        "gunicorn",
        "config.wsgi",
        "--preload",
        "--workers",
        "2",
        "--threads",
        "4",
        "--log-level",
        "warning",
    ]
    for host in loopback_hosts(port):
        web += ["--bind", f"{host}:{port}"]
    schedule = str(home / f"beat-{os.getpid()}")
    return {
        "web": web,
        "worker": [
            *celery,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "WARNING",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile="],
    }


def environment_of_sweeps(environment: dict[str, str]) -> dict[str, str]:
    """Worker and beat use their own database role; that a demo may run as root is no news to them."""
    database = environment.get("DATABASE_WORKER_URL") or environment["DATABASE_URL"]
    return environment | {"DATABASE_URL": database, "PYTHONWARNINGS": ROOT_IS_NO_NEWS}


class Family:
    """The processes of this demo, recorded so that a later one can end what a killed one left."""

    def __init__(self, home: Path) -> None:
        self.record = home / f"demo-{os.getpid()}.json"
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.recipes: dict[str, tuple[list[str], dict[str, str]]] = {}

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.recipes[name] = (command, environment)
        self.members[name] = subprocess.Popen(  # noqa: S603 - our own processes
            command,
            env=environment,
            cwd=HERE,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_parent,
        )
        people = [keeper.identity(member.pid) for member in self.members.values()]
        self.record.write_text(json.dumps({"parent": keeper.identity(os.getpid()), "members": people}))

    def ended(self) -> list[str]:
        return [name for name, member in self.members.items() if member.poll() is not None]

    def watch(self, keep: Callable[[], None]) -> None:
        """
        Start again what ends by itself: any process may be killed at any point.

        :param keep: starts the services again, should one have ended.
        """
        restarts: list[float] = []
        while len(restarts) < RESTARTS:
            keep()
            for name in self.ended():
                print(f"{name} ended ({self.members[name].returncode}); starting it again", flush=True)
                self.start(name, *self.recipes[name])
                restarts.append(time.monotonic())
            restarts = [at for at in restarts if time.monotonic() - at < RESTARTS_WITHIN]
            time.sleep(0.5)
        raise ServiceFailed("Processes of the demo keep ending.")

    def stop(self) -> None:
        for member in self.members.values():
            member.terminate()  # it stops its own children in order
        until = time.monotonic() + STOP_SECONDS
        for member in self.members.values():
            with suppress(subprocess.TimeoutExpired):
                member.wait(max(0.1, until - time.monotonic()))
            if member.poll() is None:
                _signal_group(member.pid, signal.SIGKILL)
                member.wait()
        self.record.unlink(missing_ok=True)


def end_leftovers(home: Path) -> None:
    """End processes of demos that were killed: only those recorded, and only if they are still the same processes."""
    for record in home.glob("demo-*.json"):
        with suppress(ValueError):
            known: dict[str, Any] = json.loads(record.read_text())
            if keeper.is_same(known["parent"]):
                continue
            for member in known["members"]:
                if keeper.is_same(member):
                    _signal_group(int(member[0]), signal.SIGKILL)
        record.unlink(missing_ok=True)
        for schedule in home.glob(f"beat-{record.stem.removeprefix('demo-')}*"):
            schedule.unlink()


def wanted_port(said: str) -> int:
    if said.isascii() and said.isdecimal() and 0 < int(said) < LAST_PORT:
        return int(said)
    raise ServiceFailed(f"PORT is a number from 1 to {LAST_PORT - 1}, not {said!r}.")


def choose_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 100, LAST_PORT)):
        if not services.answers(port) and loopback_hosts(port):
            return port
    raise ServiceFailed(f"No free port from {wanted} on; give another with PORT=.")


def loopback_hosts(port: int) -> list[str]:
    """Where `localhost` may lead: IPv4, and IPv6 where this machine has it."""
    found = []
    for family, host, written in ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")):
        with suppress(OSError), socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            found.append(written)
    return found if "127.0.0.1" in found else []


def wait_until_served(port: int, family: Family) -> None:
    until = time.monotonic() + START_SECONDS
    while not alive(port):
        if "web" in family.ended() or time.monotonic() > until:
            raise ServiceFailed("The web server did not start.")
        time.sleep(0.1)


def alive(port: int) -> bool:
    """Whether the exchange itself answers, not only something at its port."""
    with suppress(OSError, http.client.HTTPException):
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with closing(asked):
            asked.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            with asked.getresponse() as answer:
                return answer.status == http.HTTPStatus.OK
    return False


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    """On Linux a member is told to stop if the demo itself is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


if __name__ == "__main__":
    main()

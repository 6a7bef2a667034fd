"""
Every process of the exchange killed with -9 while consultations reach their deadline: lost, double, early 0.

Web, worker, beat, Valkey and PostgreSQL run as in `make demo`; a national system answers over REST meanwhile. In full
5,000 consultations and 100 kills: of beat and Valkey whole, of the others one in five, else one of its processes.
"""

import http.client
import io
import json
import os
import signal
import threading
import time
import uuid
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.models import Notice
from config import demo, keeper
from config import services as house
from consultations.models import Consultation, ConsultationEvent
from tests.cast import person, system
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.factories import MARCH, a_consultation
from tests.soak.size import FULL, sized

pytestmark = pytest.mark.committed
THREADS = sized(80, int(os.environ.get("EXCHANGE_SOAK_THREADS", "5000")))
KILLS = sized(5, int(os.environ.get("EXCHANGE_SOAK_KILLS", "100")))
ANSWERED = sized(8, THREADS // 20)
#: Seconds between two kills; more where the machine is busy.
EVERY = sized(1.2, float(os.environ.get("EXCHANGE_SOAK_EVERY", "4")))
WHOLE = sized(0, 0.2)  # the share of kills that take a program whole; else one of its processes, which it replaces
CALM = sized(1, 30)  # seconds at the end in which nothing is killed
RECOVERED_IN = sized(150, 30)  # seconds after the last kill; in the short form this machine may do other things
PATIENCE = sized(150, 600)  # seconds
LAG = 5  # seconds, the 99th of a hundred, in calm
WHAT = ("beat", "worker", "web", "valkey", "postgres")  # what takes longest to start is killed first
LATE, DONE = 409, 200


class Exchange:
    """The processes of one exchange upon the run's services."""

    def __init__(self, services: Any, home: Path) -> None:
        self.cluster, self.home = services.cluster, home
        self.cluster.join(valkey=True)
        with services.cluster.superuser() as database:  # what was accepted is on its way to the disk, as in operation
            database.execute("ALTER DATABASE exchange SET synchronous_commit = on")
        connection.close()
        self.port = house.free_port()
        self.environment = {
            **os.environ,
            **self.cluster.environment(),
            "EXCHANGE_TASKS_EAGER": "0",
            "EXCHANGE_EMAIL_URL": f"file://{home}",
            "EXCHANGE_LOG_LEVEL": "CRITICAL",
            "PYTHONWARNINGS": "ignore",
        }
        self.family = demo.Family(home)
        for name, command in demo.commands(self.port, home).items():
            if not FULL:
                command = ["1" if part == "2" else part for part in command]  # one process each
            sweeps = {} if name == "web" else {"DATABASE_URL": self.environment["DATABASE_WORKER_URL"]}
            self.family.start(name, command, self.environment | sweeps)

    def wait_until_served(self) -> None:
        assert keeper.happens(lambda: demo.alive(self.port), PATIENCE), "the web server did not start"

    def start_what_ended(self) -> None:
        """What ends by itself, because what it needs was killed, is started again as by any supervisor."""
        for name in self.family.ended():
            self.family.start(name, *self.family.recipes[name])

    def kill(self, what: str, chance: Random) -> str:
        """Kill one with -9 and start it again, or one of the processes it keeps; say what was killed."""
        whole = chance.random() < WHOLE
        if what == "postgres":
            return self._kill_postgres() if whole else self._kill_a_server_process(chance)
        if what == "valkey":
            _kill(keeper.state_of(self.cluster.home)["valkey_process"])
            self.cluster.join(valkey=True)
            return what
        member = self.family.members[what]
        if what != "beat" and not whole:
            children = Path(f"/proc/{member.pid}/task/{member.pid}/children").read_text().split()
            if children:
                os.kill(int(chance.choice(children)), signal.SIGKILL)
                return f"{what}, one process"
        os.killpg(member.pid, signal.SIGKILL)
        member.wait()
        self.family.start(what, *self.family.recipes[what])
        return what

    def _kill_postgres(self) -> str:
        _kill(keeper.postmaster(self.cluster.cluster))
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.cluster.join(valkey=True)
            except house.ServiceFailed:  # processes that it left are still about to end
                assert time.monotonic() < until
                time.sleep(0.1)
            else:
                return "postgres"

    def _kill_a_server_process(self, chance: Random) -> str:
        """PostgreSQL then ends all connections and recovers as from a crash."""
        with suppress(psycopg.Error), self.cluster.superuser() as database:
            mine = "SELECT pid FROM pg_stat_activity WHERE datname = 'exchange' AND pid <> pg_backend_pid()"
            serving = [row[0] for row in database.execute(mine).fetchall()]
            if serving:
                os.kill(chance.choice(serving), signal.SIGKILL)
        return "postgres, one process"

    def post(self, path: str, body: dict[str, Any], token: str, key: str) -> int:
        """Send one request until something answers it for good, with one idempotency key; return the status."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        until, seen = time.monotonic() + PATIENCE, ""
        while time.monotonic() < until:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                asked.request("POST", path, json.dumps(body), {**headers, "Host": f"localhost:{self.port}"})
                with asked.getresponse() as answer:
                    seen = f"{answer.status} {answer.read()[:300]!r}"
                if answer.status < 500:
                    return answer.status
            except (OSError, http.client.HTTPException) as failure:
                seen = repr(failure)
            finally:
                asked.close()
            time.sleep(0.05)
        raise AssertionError(f"nobody serves: {seen}")

    def stop(self) -> None:
        for member in self.family.members.values():
            with suppress(ProcessLookupError):
                os.killpg(member.pid, signal.SIGKILL)
            member.wait()
        self.family.stop()
        _kill(keeper.state_of(self.cluster.home)["valkey_process"])


def _kill(process: Any) -> None:
    assert keeper.is_same(process)
    os.kill(int(process[0]), signal.SIGKILL)
    assert keeper.happens(lambda: not keeper.is_same(process), 10)


def many(cast: tuple[Any, Any], span: float) -> list[uuid.UUID]:
    """One real consultation and its copies, due one after the other within a span of seconds."""
    with transaction.atomic():
        first = a_consultation(*cast, "dual_use")
        copies = []
        for number in range(1, THREADS):
            copy = Consultation.objects.get(pk=first.pk)
            copy.pk, copy._state.adding = uuid.uuid4(), True
            copy.reference = f"BE-NL-{number:08d}"
            copy.due_before = DUAL_USE_DUE + timedelta(seconds=span * number / THREADS)
            copies.append(copy)
        Consultation.objects.bulk_create(copies, batch_size=500)
    return [first.pk, *(copy.pk for copy in copies)]


class Answering(threading.Thread):
    """A national system that answers some threads about when they are due: some in time, some too late."""

    def __init__(self, exchange: Exchange, token: str, chosen: list[tuple[uuid.UUID, float]], start: float) -> None:
        super().__init__(daemon=True)
        self.exchange, self.token, self.chosen, self.begun = exchange, token, chosen, start
        self.answers: dict[uuid.UUID, int] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            for pk, at in self.chosen:
                time.sleep(max(0.0, self.begun + at - time.monotonic()))
                path = f"/api/v1/consultations/{pk}/answer/"
                self.answers[pk] = self.exchange.post(path, {"outcome": "not_identical"}, self.token, str(pk))
        except BaseException as failure:
            self.failure = failure


def waiting(before: datetime | None = None) -> int:
    """Count what has not been concluded, of what was due before a moment."""
    try:
        rows = Consultation.objects.filter(status="open")
        return rows.filter(due_before__lt=before).count() if before else rows.count()
    except DatabaseError:  # the server may just be recovering
        connection.close()
        return -1


def test_lost_none_double_none_early_none(committed_db: Any, clock: Any, tmp_path: Path, capsys: Any) -> None:
    chance, span = Random(9), KILLS * EVERY + CALM  # noqa: S311 - repeatable
    clock.set(MARCH)
    exchange = Exchange(committed_db, tmp_path)
    killed: Counter[str] = Counter()
    try:
        threads = many((person("BE-VLG", "officer"), person("NL", "officer")), span)
        token = system("NL").token
        exchange.wait_until_served()
        clock.set(DUAL_USE_DUE - timedelta(seconds=5))
        begun = time.monotonic() + 5
        chosen = [(threads[n], span * n / THREADS + chance.uniform(-4, 0.4)) for n in _spread(ANSWERED)]
        system_of_nl = Answering(exchange, token, chosen, begun)
        system_of_nl.start()
        connection.close()
        for turn in range(KILLS):
            time.sleep(max(0.0, begun + (turn + 0.5) * EVERY - time.monotonic()))
            exchange.start_what_ended()
            killed[exchange.kill(WHAT[turn % len(WHAT)], chance)] += 1
        last_kill = time.monotonic()
        while waiting(DUAL_USE_DUE + timedelta(seconds=KILLS * EVERY)) and time.monotonic() < last_kill + PATIENCE:
            exchange.start_what_ended()
            time.sleep(0.2)
        recovered_in = time.monotonic() - last_kill
        time.sleep(max(0.0, begun + span - time.monotonic()))
        system_of_nl.join(PATIENCE)
        while waiting() and time.monotonic() < begun + span + PATIENCE:
            exchange.start_what_ended()
            time.sleep(0.2)
    finally:
        exchange.stop()
        connection.close()
    assert system_of_nl.failure is None
    load = round(os.getloadavg()[1], 1)
    figures = {"threads": THREADS, "killed": dict(killed), "recovered_in": round(recovered_in, 1), "load": load}
    figures |= judged(system_of_nl.answers, span)
    with capsys.disabled():
        print(f"\n{json.dumps(figures)}" if FULL else "", end="")
    assert recovered_in <= RECOVERED_IN
    assert figures["lag_p99_in_calm"] <= (LAG if FULL else PATIENCE)


def _spread(count: int) -> list[int]:
    return [(n + 1) * THREADS // (count + 1) for n in range(count)]


def judged(answers: dict[uuid.UUID, int], span: float) -> dict[str, Any]:
    """Look at every record that is left; return the figures."""
    lapses, answered = (ConsultationEvent.objects.filter(kind=kind) for kind in ("lapsed", "answered"))
    accepted = {pk for pk, status in answers.items() if status == DONE}
    assert set(answers.values()) <= {DONE, LATE}, Counter(answers.values())
    assert len(answers) == ANSWERED
    assert accepted
    assert not Consultation.objects.filter(status="open").exists(), "lost"
    assert set(answered.values_list("consultation_id", flat=True)) == accepted, "acknowledged, but gone"
    assert answered.count() == len(accepted), "answered twice"
    assert Consultation.objects.filter(status="answered").count() == len(accepted)
    assert Consultation.objects.filter(status="lapsed").count() == THREADS - len(accepted)
    assert lapses.count() == lapses.values("consultation").distinct().count() == THREADS - len(accepted), "double"
    assert not lapses.exclude(effective_at=F("consultation__due_before")).exists(), "dated to the end of the period"
    assert not lapses.filter(recorded_at__lt=F("effective_at")).exists(), "early"
    assert not answered.filter(effective_at__gte=F("consultation__due_before")).exists(), "late, but taken"
    assert Notice.objects.filter(kind="consultation.lapsed").count() == 2 * lapses.count(), "both sides, once each"
    assert Notice.objects.filter(kind="consultation.answered").count() == len(accepted)
    call_command("verify_audit", verbosity=0, stdout=io.StringIO())
    calm = DUAL_USE_DUE + timedelta(seconds=span - CALM / 2)
    late = sorted((row.recorded_at - row.effective_at).total_seconds() for row in lapses.filter(effective_at__gte=calm))
    lag = late[len(late) * 99 // 100] if late else 0.0
    return {"answered": len(accepted), "too_late": len(answers) - len(accepted), "lag_p99_in_calm": round(lag, 2)}

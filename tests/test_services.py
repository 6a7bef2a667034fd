"""The role that serves requests, the clock, and real commits, as every test gets them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import redis
from django.db import connection, transaction

from accounts.clock import now
from config import demo
from config import services as embedded
from config.binaries import ServiceFailed
from tests.services import RUN


def role() -> tuple[str, bool, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, mighty = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        return name, mighty, cursor.fetchone()[0]


class TestDatabaseRoles:
    def test_tests_connect_as_the_web_role_which_owns_nothing(self, db):
        assert role() == ("exchange_web", False, 0)

    @pytest.mark.parametrize("right", ["CREATE"])
    def test_web_and_worker_create_nothing(self, db, right):
        with connection.cursor() as cursor:
            for name in ("exchange_web", "exchange_worker"):
                cursor.execute("SELECT has_schema_privilege(%s, 'public', %s)", [name, right])
                assert cursor.fetchone() == (False,)

    def test_the_owner_is_no_superuser(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname='exchange_owner'")
            assert cursor.fetchone() == (False, False, False)


class TestClock:
    def test_the_test_clock_moves_legal_time(self, db, clock):
        moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
        clock.set(moment)
        assert timedelta() <= now() - moment < timedelta(seconds=30)

    def test_it_goes_on_from_there(self, db, clock):
        clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
        clock.forward(timedelta(days=3))
        assert now().date().isoformat() == "2026-03-05"


class TestRealCommits:
    """Two tests that each find the database untouched by the other."""

    @pytest.mark.parametrize("turn", [1, 2])
    def test_what_a_test_commits_is_gone_for_the_next(self, committed_db, turn):
        from accounts.models import Authority

        before = Authority.objects.count()
        with transaction.atomic():
            Authority.objects.filter(code="NL").update(name="Renamed")
        assert before
        assert Authority.objects.get(code="NL").name == "Renamed"

    def test_and_reference_data_is_as_loaded(self, db):
        from accounts.models import Authority

        assert Authority.objects.get(code="NL").name != "Renamed"


PATIENCE = 20  # seconds


def eventually(happened) -> bool:
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def server_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def port(home: Path) -> int:
    return int(embedded.Services(home).url("exchange_web").rpartition(":")[2].partition("/")[0])


@pytest.fixture(scope="session")
def kept(request):
    shelf = request.config.stash[RUN].shelf
    with tempfile.TemporaryDirectory(prefix="embedded-", dir=shelf, ignore_cleanup_errors=True) as made:
        home = Path(made)
        home.chmod(0o755)
        yield home
        embedded.Services(home).stop(cleanly=False)


@pytest.fixture
def home(kept):
    """Nobody holds the services when a test begins, or when it ends."""
    yield kept
    assert eventually(lambda: not (kept / "postgres" / "postmaster.pid").exists())


@pytest.fixture
def user(home):
    """A process that uses the services until it is told to end, or is killed."""
    started = []

    def start() -> subprocess.Popen[str]:
        program = "import sys; from pathlib import Path; from config.services import Services\n"
        program += "Services(Path(sys.argv[1])).join(valkey=True); print('joined', flush=True); sys.stdin.read()"
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(home)],
            cwd=embedded.BASE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "joined\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


class TestEmbeddedServices:
    """The cluster of demo and shell: shared while used, stopped when left, restored after a kill."""

    def test_two_share_one_server_and_the_last_one_stops_it(self, home, user):
        first, second = user(), user()
        pid = server_pid(home)
        first.kill()
        first.wait()
        time.sleep(0.3)
        assert server_pid(home) == pid
        second.kill()
        assert eventually(lambda: not embedded.answers(port(home)))

    def test_a_killed_server_is_started_again(self, home, user):
        user()
        os.kill(server_pid(home), signal.SIGKILL)
        assert eventually(lambda: not embedded.answers(port(home)))
        user()
        with psycopg.connect(embedded.Services(home).url("exchange_worker")) as worker:
            assert worker.execute("SELECT current_user").fetchone() == ("exchange_worker",)

    def test_a_port_taken_meanwhile_is_given_up(self, home, user):
        user().kill()
        assert eventually(lambda: not embedded.answers(port(home)))
        taken = port(home)
        with socket.create_server((embedded.LOOPBACK, taken)):
            user()
            assert port(home) != taken

    def test_a_port_that_answers_for_a_moment_yet_is_kept(self, tmp_path):
        services = embedded.Services(tmp_path)
        kept = services.reserve_port()
        dying = socket.create_server((embedded.LOOPBACK, kept))
        threading.Timer(1, dying.close).start()
        assert services.reserve_port() == kept

    def test_neither_service_lets_in_who_has_no_password(self, home, user):
        user()
        address = embedded.Services(home).environment()
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(address["DATABASE_URL"].replace(embedded.Services(home).secret("exchange_web"), "wrong"))
        broker = redis.from_url(address["REDIS_URL"])
        assert broker.ping()
        broker.close()
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=int(address["REDIS_URL"].rpartition(":")[2].partition("/")[0])).ping()

    def test_the_passwords_are_for_their_owner_only(self, home, user):
        user()
        for file in ("secrets.json", "services.json", "valkey/valkey.conf"):
            assert (home / file).stat().st_mode & 0o077 == 0, file


class TestDemo:
    ASLEEP = (sys.executable, "-c", "import time; time.sleep(60)")

    @pytest.fixture
    def family(self, tmp_path):
        family = demo.Family(tmp_path)
        yield family
        family.stop()

    def test_what_was_killed_is_started_again_and_the_services_are_kept(self, family):
        class Seen(Exception):
            pass

        family.start("web", list(self.ASLEEP), dict(os.environ))
        first = family.members["web"]
        turns = []

        def keep():
            turns.append(family.members["web"].pid)
            if len(turns) == 1:
                first.kill()
                first.wait()
            if len(turns) == 3:
                raise Seen

        with pytest.raises(Seen):
            family.watch(keep)
        assert turns[0] == first.pid != turns[2]
        assert not family.ended()

    def test_what_keeps_ending_ends_the_demo(self, family, monkeypatch):
        monkeypatch.setattr(demo, "RESTARTS", 2)
        family.start("web", [sys.executable, "-c", "pass"], dict(os.environ))
        with pytest.raises(ServiceFailed, match="keep ending"):
            family.watch(lambda: None)

    def test_a_port_is_read(self):
        assert demo.wanted_port("8123") == 8123

    @pytest.mark.parametrize("said", ["0", "65536", "-1", "http", "８０００", "1e3"])
    def test_a_port_that_is_none_is_said(self, said):
        with pytest.raises(ServiceFailed, match="PORT is a number from 1 to 65535"):
            demo.wanted_port(said)

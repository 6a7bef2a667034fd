"""A second exchange beside the one under test, in a database of its own, and a register that keeps changing."""

import io
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections

from tests import factories
from tests.factories import MARCH, StatedParty
from tests.services import PRISTINE, TestServices, _copy_database

DATABASE = "exchange_mirror"
BASE = Path(__file__).resolve().parent.parent


class Mirror:
    """An empty exchange that follows `source` with a client's token."""

    def __init__(self, services: TestServices, source: str, token: str) -> None:
        self.services, self.source, self.token = services, source, token
        with services.cluster.superuser("postgres") as connection:
            _copy_database(connection, PRISTINE, DATABASE)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Within, this thread works upon the mirror's database; the served source keeps to its own."""
        source = connections["default"]
        mirror: Any = connections.create_connection("default")
        mirror.settings_dict = {**source.settings_dict, "NAME": DATABASE, "CONN_MAX_AGE": None}
        connections["default"] = mirror
        try:
            yield
        finally:
            mirror.close()
            connections["default"] = source

    def follow(self, *options: str) -> str:
        """Run the command in this process; return what it says."""
        out = io.StringIO()
        with self.entered():
            call_command("mirror", "--from", self.source, "--token", self.token, *options, stdout=out, stderr=out)
        return out.getvalue()

    def start(self, *options: str) -> "subprocess.Popen[bytes]":
        """Run the command in a process of its own."""
        url = self.services.cluster.url("exchange_web", DATABASE)
        environment = os.environ | {"DATABASE_URL": url, "EXCHANGE_MIRROR_TOKEN": self.token}
        command = [sys.executable, str(BASE / "manage.py"), "mirror", "--from", self.source, *options]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_after(self, cursor: int, *options: str, patience: float = 120) -> int:
        """Start it, kill -9 it once it has reached a change; return how far it came."""
        process = self.start(*options)
        until = time.monotonic() + patience
        while self.cursor() < cursor and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.kill()
        process.wait()
        return self.cursor()

    def cursor(self) -> int:
        """The last change taken in, as a stranger to the process sees it."""
        found = self.ask("SELECT cursor FROM denials_mirrorstate")
        return int(found[0][0]) if found else 0

    def ask(self, statement: str) -> list[Any]:
        with psycopg.connect(self.services.cluster.url("exchange_web", DATABASE)) as connection:
            return connection.execute(statement).fetchall()


@dataclass
class Register:
    """A register that officers of several states keep changing, by a seed; every change goes through the verbs."""

    officers: list[Any]
    seed: int = 7
    now: datetime = MARCH
    open: list[tuple[Any, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - a test
        self.principals = [officer.principal for officer in self.officers]

    def change(self, times: int) -> None:
        """Make some changes, each a random verb upon a random denial."""
        verbs: list[tuple[Callable[[], None], int]] = [
            (self.notify, 30),
            (self.amend, 28),
            (self.renew, 12),
            (self.revoke, 8),
            (self.withdraw, 8),
            (self.erase, 8),
            (self.register, 4),
        ]
        for _ in range(times):
            self.now += timedelta(minutes=1)
            verb = self.random.choices([one for one, _ in verbs], [weight for _, weight in verbs])[0]
            if not self.open:
                verb = self.notify
            verb()
            self.made += 1
            self.counts[verb.__name__] = self.counts.get(verb.__name__, 0) + 1

    def notify(self) -> None:
        from denials import actions

        at = self.random.randrange(len(self.officers))
        competent = self.officers[at].authority.regimes(self.now.date())
        regime = self.random.choice([one for one in ("arms", "dual_use", "dual_use", "torture") if one in competent])
        denial = actions.notify_content(
            content=self._content(regime),
            authority=self.officers[at].authority,
            by=self.principals[at],
            now=self.now,
        )
        self.open.append((denial, self.principals[at]))

    def register(self) -> None:
        factories.a_historic_denial("NL", now=self.now, source_reference=f"oud {self.made}")

    def amend(self) -> None:
        from denials import actions

        denial, by = self.random.choice(self.open)
        back = self.random.choice([None, MARCH.date()])
        changes = {"denial_id": denial.pk, "by": by, "now": self.now, "reason": "Completed.", "valid_from": back}
        actions.amend_denial(content=self._content(denial.regime), **changes)

    def renew(self) -> None:
        from denials import actions

        reviewed = [one for one in self.open if one[0].regime == "dual_use"]
        if not reviewed:
            return self.notify()
        denial, by = self.random.choice(reviewed)
        actions.renew_denial(denial_id=denial.pk, by=by, now=self.now, reason="Maintained: the risk is the same.")
        return None

    def revoke(self) -> None:
        from denials import actions

        denial, by = self._ended()
        actions.revoke_denial(denial_id=denial.pk, reason="The risk is gone.", by=by, now=self.now)

    def withdraw(self) -> None:
        from denials import actions

        denial, by = self._ended()
        actions.withdraw_denial(denial_id=denial.pk, reason="Notified in error.", by=by, now=self.now)

    def erase(self) -> None:
        from denials import actions
        from denials.law.erasure import PersonNotFound

        denial, by = self.random.choice(self.open)
        names = {party.name for version in denial.versions.all() for party in version.parties.filter(role="other")}
        try:
            actions.erase_person(denial_id=denial.pk, names=names, basis="A court's order", by=by, now=self.now)
        except PersonNotFound:
            self.notify()

    def _ended(self) -> tuple[Any, Any]:
        return self.open.pop(self.random.randrange(len(self.open)))

    def _content(self, regime: str) -> Any:
        whole = factories.a_content(regime)
        number = f"{self.made} {self.random.randrange(10**6)}"
        person = StatedParty.stated(
            "other",
            f"Person {number}",
            country="TR",
            address=f"{number} Harbour «Road» 東京",
            aliases=(f"Alias {number}",),
            identifiers=(("passport", number),),
        )
        made_by = f"Person {number} & Sons"
        item = replace(whole.items[0], quantity=Decimal(self.random.randrange(1, 9999)) / 4, manufacturer=made_by)
        return replace(
            whole,
            parties=(*whole.parties, person),
            items=(item, *whole.items[1:]),
            end_use=self.random.choice(["", "Prisons", f"For Person {number}, 100% = \\ _ 'quoted'"]),
        )

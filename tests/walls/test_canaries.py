"""What only one side may know leaves by no way: mails, webhooks, addresses, logs, the broker; and what is shipped."""

import inspect
import json
import logging
import os
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import psycopg
import pytest

from accounts import outbox, webhooks
from accounts.models import Notice
from config.celery import app
from tests.walls.test_urls import ROWS, address
from tests.walls.world import SECRETS, World

BASE = Path(__file__).resolve().parents[2]


def leaks(text: str) -> list[str]:
    return [name for name, secret in SECRETS.items() if secret in text]


def test_no_secret_leaves_by_mail_or_webhook(world: World) -> None:
    notices = list(Notice.objects.select_related("recipient__state"))
    assert len(notices) > 20
    for notice in notices:
        mail = outbox.message_for(notice, "desk@authority.example")
        assert leaks(mail.message().as_string()) == [], notice.kind
        assert "\n" not in mail.subject
        assert leaks(webhooks.body_of(notice).decode()) == [], notice.kind


def test_no_name_stands_in_an_address(world: World) -> None:
    assert all(leaks(address(world, name, target)) == [] for name, target, *_ in ROWS)


def test_no_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    browser = world.browser("asker")
    with caplog.at_level(logging.DEBUG):
        for secret in SECRETS.values():
            browser.get("/denials/", {"q": secret})
            browser.get("/nowhere/", {"q": secret})
        body = json.dumps({"regime": "arms", "parties": [{"role": "end_user", "name": SECRETS["kept"]}], "x": 1})
        assert browser.post("/api/v1/applications/", body, content_type="application/json").status_code == 400
        wrong = {"outcome": "no such", "reasoning": SECRETS["answer"]}
        browser.post(f"/consultations/{world.ids['thread']}/answer/", wrong)
    kept = [one for one in caplog.records if not one.name.startswith("django.db")]  # debug of SQL is off where it runs
    assert leaks("\n".join(one.getMessage() for one in kept)) == []


def test_the_broker_is_told_ids_and_nothing_else() -> None:
    """What a task is given goes through the broker: ids, days and numbers; never a text of a case."""
    rooms = ("accounts.", "denials.", "screening.", "consultations.", "reports.")
    app.loader.import_default_modules()
    tasks = [task for name, task in app.tasks.items() if name.startswith(rooms)]
    assert len(tasks) > 5
    for task in tasks:
        given = [name for name in inspect.signature(task.run).parameters if name != "self"]
        assert all(name.endswith("_id") or name in ("year", "regime") for name in given), (task.name, given)
        assert app.conf.task_serializer == "json"


def test_a_stranger_learns_nothing_by_ordering_or_filtering(world: World) -> None:
    """A hidden value cannot be halved out: orders and filters are a list of names."""
    browser = world.browser("stranger")
    plain = browser.get("/api/v1/denials/").json()["results"]
    for asked in ("ordering=current__parties__name", "ordering=-explanation", "own_reference=x", "parties__name=Z"):
        answer = browser.get(f"/api/v1/denials/?{asked}")
        assert answer.status_code == 400 or answer.json()["results"] == plain, asked


def test_answers_carry_no_tag_that_tells_hidden_from_absent(world: World) -> None:
    browser = world.browser("stranger")
    hidden = browser.get(f"/api/v1/denials/{world.ids['draft']}/")
    absent = browser.get(f"/api/v1/denials/{world.ids['absent']}/")
    assert "ETag" not in hidden.headers
    assert "Last-Modified" not in hidden.headers
    assert len(hidden.content) == len(absent.content)


def test_markup_and_formulas_in_names_are_inert(world: World) -> None:
    from tests import factories
    from tests.factories import StatedParty

    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    denier = world.people["denier"]
    named = (StatedParty.stated("end_user", evil, country="IL"), StatedParty.stated("consignee", "=1+1", country="IL"))
    denial = factories.a_denial(denier, parties=named)
    browser = world.browser("stranger")
    for where in (f"/denials/{denial.pk}/", "/denials/", f"/denials/{denial.pk}/peek/"):
        page = browser.get(where).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    told = b"".join(browser.get("/denials/export/denials.csv")).decode()
    assert ',"=1+1"' not in told
    assert "'=1+1" in told


def test_a_fresh_installation_has_no_account(services: Any) -> None:
    """Asked on a connection of its own, which sees nothing of what a test has not committed."""
    with psycopg.connect(services.cluster.url("exchange_web")) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)


def test_nothing_but_webhooks_and_the_mirror_opens_a_connection() -> None:
    """Every way out of the process that is written in the product."""
    reaching = re.compile(r"http\.client|urllib\.request|urlopen|import (requests|httpx|aiohttp)|create_connection\(")
    rooms = ("accounts", "denials", "screening", "consultations", "reports")
    files = [file for room in rooms for file in (BASE / room).rglob("*.py")]
    found = {str(file.relative_to(BASE)) for file in files if reaching.search(file.read_text(encoding="utf-8"))}
    assert found == {
        "accounts/providers.py",  # identity providers: by `webhooks.pinned`, checked and pinned alike
        "accounts/webhooks.py",
        "denials/management/source.py",  # the mirror's source: named by an operator in the shell
    }
    assert "webhooks.pinned(" in (BASE / "accounts" / "providers.py").read_text(encoding="utf-8")


SHIPPED = """
from django.conf import settings as s
print([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME])
print([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.DEBUG])
print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.PASSWORD_HASHERS[0].rsplit(".", 1)[1])
"""


def test_shipped_cookies_are_bound_to_their_host() -> None:
    """The settings as they are read where the exchange is installed under a name of its own."""
    secrets = {"EXCHANGE_SECRET_KEY": "s" * 60, "EXCHANGE_AUDIT_KEY": "a" * 60, "EXCHANGE_HOSTS": "exchange.example"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    environment = {**kept, **secrets, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SHIPPED], cwd=BASE, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "['__Host-session', '__Host-csrf', '__Host-language']",
        "[True, True, True, True, False]",
        "63072000 True Argon2PasswordHasher",
    ]


def test_the_proxy_speaks_modern_tls_and_logs_no_query() -> None:
    proxy = (BASE / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in proxy
    logged = next(line for line in proxy.splitlines() if "log_format" in line)
    assert "$uri" in logged
    assert not re.search(r"\$(request|args|query_string|request_uri|http_referer)\b", logged)


def plain(name: str) -> str:
    """The name of a project as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_installed_is_what_is_locked() -> None:
    """An audit that looked at nothing looks clean: the packages are counted."""
    lock = (BASE / "requirements.txt").read_text(encoding="utf-8")
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock):
        pinned.setdefault(plain(name), set()).add(version)  # one for each Python, where they differ
    present = {plain(one.metadata["Name"]): one.version for one in distributions()}
    assert len(pinned) > 30
    assert lock.count("--hash=sha256:") >= len(pinned)
    differing = {name for name, versions in pinned.items() if name in present and present[name] not in versions}
    assert differing == set()


def test_every_test_named_in_the_statement_exists() -> None:
    text = (BASE / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text))
    assert len(named) > 35
    for file, test in named:
        source = (BASE / file).read_text(encoding="utf-8")
        assert not test or re.search(rf"(?:def|class) {test}\b", source), f"{file}::{test}"


def test_the_statement_leaves_no_requirement_out() -> None:
    """Every requirement of levels 1 and 2 of OWASP ASVS 5.0.0 has its row, with its level."""
    text = (BASE / "docs" / "security.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| (\d+\.\d+\.\d+) \| (\d) \|", text)
    lines = (BASE / "tests" / "data" / "asvs_5_0_0.csv").read_text(encoding="utf-8").split()
    required = {tuple(line.split(",")) for line in lines[1:]}
    assert len(required) == 253
    assert len(listed) == len(set(listed))
    assert required == {row for row in listed if row[1] != "3"}

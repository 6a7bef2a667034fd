"""What every test may ask for: the database, real commits, the clock, a served address, a browser."""

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import connection, connections
from django.test import override_settings

from tests.services import RUN, TestServices

LOOPBACK = ("127.", "::1", "localhost")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def services(request: pytest.FixtureRequest) -> TestServices:
    """The run's cluster, started."""
    run = request.config.stash[RUN]
    run.start()
    return run


@pytest.fixture(scope="session")
def django_db_setup(services: TestServices) -> None:
    """The database is migrated by its owner before it is copied; nothing is created by the role under test."""


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def tenant_leaves_with_its_request() -> Iterator[None]:
    """A test's transaction goes on after a request in it; what the request said of its tenant does not."""

    def leave(**_kwargs: Any) -> None:
        if connection.in_atomic_block and not connection.needs_rollback:
            connection.connection.execute(LEAVE)  # past Django, which counts the statements of a page

    request_finished.connect(leave)
    yield
    request_finished.disconnect(leave)


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """Nothing in a test reaches beyond this machine."""
    connect = socket.socket.connect

    def connect_on_loopback(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_on_loopback)
        yield


LEAVE = "SELECT set_config('exchange.authority', '', true), set_config('exchange.principal', 'system', true)"


class Clock:
    """The test clock. It runs on from the moment it was set to."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, moment: datetime) -> None:
        """Set the exchange's clock, in this and every other process of the run, to an aware moment."""
        assert moment.tzinfo is not None, "a moment has a time zone"
        self.file.write_text(repr((moment - datetime.now(UTC)).total_seconds()))  # noqa: TID251 - the real clock

    def forward(self, period: timedelta) -> None:
        self.file.write_text(repr(float(self.file.read_text() or 0) + period.total_seconds()))

    def reset(self) -> None:
        self.file.write_text("0")


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Iterator[Clock]:
    clock = Clock(request.config.stash[RUN].clock_file)
    clock.reset()
    yield clock
    clock.reset()


@pytest.fixture
def committed_db(services: TestServices, django_db_blocker: Any) -> Iterator[TestServices]:
    """Real commits, for races and served pages; the database is copied anew afterwards."""
    with django_db_blocker.unblock():
        yield services
        connections.close_all()
    services.renew()


@pytest.fixture
def server(committed_db: TestServices) -> Iterator[str]:
    """The address of the exchange, served over HTTP from this process."""
    from pytest_django.live_server_helper import LiveServer

    running = LiveServer("localhost")
    yield running.url
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium of the system. Where it is required its absence fails; elsewhere it is a counted skip."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        reason = "NO BROWSER: install Debian's chromium to run the browser tests"
        if os.environ.get("EXCHANGE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium: Any, server: str) -> Iterator[Any]:
    """A fresh browser page; relative addresses are the served exchange's."""
    context = chromium.new_context(base_url=server)
    yield context.new_page()
    context.close()

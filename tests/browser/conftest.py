"""The gallery in place of the exchange's pages, under the same policy and the same middleware."""

import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Page

from tests.services import TestServices

HERE = Path(__file__).parent


@pytest.fixture
def pictures() -> Path | None:
    """Where screenshots go: the folder named in EXCHANGE_PICTURES, else nowhere."""
    folder = os.environ.get("EXCHANGE_PICTURES")
    return Path(folder) if folder else None


@pytest.fixture(scope="module")
def gallery_server(services: TestServices, django_db_blocker: Any) -> Iterator[str]:
    """The address of the gallery; it writes nothing, so one database serves all its tests."""
    from pytest_django.live_server_helper import LiveServer

    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], HERE / "templates"]
    with override_settings(TEMPLATES=templates, ROOT_URLCONF="tests.browser.gallery"), django_db_blocker.unblock():
        running = LiveServer("localhost")
        yield running.url
        running.stop()
        connections.close_all()


@pytest.fixture
def gallery(chromium: Any, gallery_server: str) -> Iterator[Page]:
    """A fresh browser page before the gallery of components."""
    context = chromium.new_context(base_url=gallery_server)
    yield context.new_page()
    context.close()

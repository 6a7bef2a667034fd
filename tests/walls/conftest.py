"""A small world with something of every kind in it, made once for a module; what a test does in it is undone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import Clock
from tests.factories import MARCH
from tests.services import RUN
from tests.walls.world import World


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    clock = Clock(request.config.stash[RUN].clock_file)
    clock.set(MARCH + timedelta(hours=1))
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    clock.reset()


@pytest.fixture(autouse=True)
def undone(world: World) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

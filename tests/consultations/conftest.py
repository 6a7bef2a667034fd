"""The cast of a consultation: Flanders asks, the Netherlands denied. The clock stands at 2 March 2026."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import standing as states
from tests.cast import CAST, Member, person
from tests.conftest import Clock
from tests.factories import MARCH, a_consultation
from tests.services import RUN


def member(name: str) -> Member:
    return person(*CAST[name], username=name)


def thread(regime: str) -> Any:
    def make(consulting_officer: Member, consulted_officer: Member) -> Any:
        return a_consultation(consulting_officer, consulted_officer, regime)

    return make


MAKERS = {
    "consulting_officer": lambda: member("consulting_officer"),
    "consulted_officer": lambda: member("consulted_officer"),
    "arms": thread("arms"),
    "dual_use": thread("dual_use"),
    "torture": thread("torture"),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    states.wanted(metafunc, MAKERS)


@pytest.fixture(scope="module")
def standing(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    clock = Clock(request.config.stash[RUN].clock_file)
    clock.set(MARCH)
    with django_db_blocker.unblock():
        yield from states.made(request.param, MAKERS)
    clock.reset()


@pytest.fixture(autouse=True)
def march(clock: Any) -> Any:
    """Monday 2 March 2026, 10:00 in Brussels and The Hague."""
    clock.set(MARCH)
    return clock


consulting_officer = states.copied("consulting_officer")
consulted_officer = states.copied("consulted_officer")
arms = states.copied("arms")
dual_use = states.copied("dual_use")
torture = states.copied("torture")

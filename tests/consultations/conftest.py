"""The cast of a consultation: Flanders asks, the Netherlands denied. The clock stands at 2 March 2026."""

from typing import Any

import pytest

from tests.factories import MARCH, a_consultation


@pytest.fixture(autouse=True)
def march(clock: Any) -> Any:
    """Monday 2 March 2026, 10:00 in Brussels and The Hague."""
    clock.set(MARCH)
    return clock


@pytest.fixture
def arms(consulting_officer: Any, consulted_officer: Any) -> Any:
    return a_consultation(consulting_officer, consulted_officer, "arms")


@pytest.fixture
def dual_use(consulting_officer: Any, consulted_officer: Any) -> Any:
    return a_consultation(consulting_officer, consulted_officer, "dual_use")


@pytest.fixture
def torture(consulting_officer: Any, consulted_officer: Any) -> Any:
    return a_consultation(consulting_officer, consulted_officer, "torture")

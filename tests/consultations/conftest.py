"""The cast of a consultation: Flanders asks, the Netherlands denied. The clock stands at 2 March 2026."""

from typing import Any

import pytest

from tests import standing as states
from tests.factories import MARCH

pytest_generate_tests, standing = states.kept(states.CONSULTED)
consulting_officer, consulted_officer, arms, dual_use, torture = map(states.copied, states.CONSULTED)


@pytest.fixture(autouse=True)
def march(clock: Any) -> Any:
    """Monday 2 March 2026, 10:00 in Brussels and The Hague."""
    clock.set(MARCH)
    return clock

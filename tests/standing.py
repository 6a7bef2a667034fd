"""
Starting states that many tests share: made once, kept in an open transaction, undone when another one is wanted.

Tests of a module that begin alike follow one another; what each of them does is undone as ever, to a savepoint.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.cast import CAST, Member, person
from tests.conftest import Clock
from tests.factories import MARCH, a_consultation
from tests.services import RUN

#: Each by its name, after what it is made of.
Makers = dict[str, Callable[..., Any]]


def kept(makers: Makers) -> tuple[Callable[..., None], Any]:
    """
    `pytest_generate_tests` and the fixture `standing` of tests that begin, on 2 March 2026, with what these make.

    Every test has one, so that what asks for none of it begins with nothing of it.
    """

    def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
        names = _whole(metafunc.fixturenames, makers)
        metafunc.parametrize("standing", [names], indirect=True, scope="module", ids=[pytest.HIDDEN_PARAM])

    @pytest.fixture(scope="module", autouse=True)
    def standing(
        request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
    ) -> Iterator[dict[str, Any]]:
        clock = Clock(request.config.stash[RUN].clock_file)
        clock.set(MARCH)
        with django_db_blocker.unblock():
            yield from _made(request.param, makers)
        clock.reset()

    return pytest_generate_tests, standing


def _whole(asked: Iterable[str], makers: Makers) -> tuple[str, ...]:
    """What is asked for and all that it is made of, in one order, so that what begins alike is called alike."""
    names = set(asked) & set(makers)
    for name in reversed(makers):  # each is made of what stands before it
        if name in names:
            names |= set(_parts(makers[name]))
    return tuple(name for name in makers if name in names)


def _made(names: tuple[str, ...], makers: Makers) -> Iterator[dict[str, Any]]:
    """Make what is named, each by its maker; undo all of it in the end."""
    held: dict[str, Any] = {}
    if not names:
        yield held
        return
    with transaction.atomic():
        for name in names:
            held[name] = makers[name](**{one: held[one] for one in _parts(makers[name])})
        yield held
        transaction.set_rollback(True)


def _parts(maker: Callable[..., Any]) -> Iterable[str]:
    return inspect.signature(maker).parameters


def copied(name: str) -> Callable[..., Any]:
    """A fixture that gives each test a copy of its own."""

    @pytest.fixture(name=name)
    def fixture(standing: dict[str, Any], db: None) -> Any:
        return deepcopy(standing[name])

    return fixture


# ---- who asks and who is asked -----------------------------------------------------------------------------------


def member(name: str) -> Callable[[], Member]:
    """A maker of one of the cast."""
    return lambda: person(*CAST[name], username=name)


def _thread(regime: str) -> Callable[..., Any]:
    def make(consulting_officer: Member, consulted_officer: Member) -> Any:
        return a_consultation(consulting_officer, consulted_officer, regime)

    return make


#: Flanders asks, the Netherlands denied: a consultation under each regime.
CONSULTED: Makers = {
    "consulting_officer": member("consulting_officer"),
    "consulted_officer": member("consulted_officer"),
    "arms": _thread("arms"),
    "dual_use": _thread("dual_use"),
    "torture": _thread("torture"),
}

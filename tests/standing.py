"""
Starting states that many tests share: made once, kept in an open transaction, undone when another one is wanted.

Tests of a module that begin alike follow one another; what each of them does is undone as ever, to a savepoint.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

Makers = Mapping[str, Callable[..., Any]]


def wanted(metafunc: pytest.Metafunc, makers: Makers) -> None:
    """In `pytest_generate_tests`: give the fixture `standing` the names of what a test begins with."""
    if "standing" in metafunc.fixturenames:
        names = tuple(name for name in makers if name in metafunc.fixturenames)
        metafunc.parametrize("standing", [names], indirect=True, scope="module", ids=[pytest.HIDDEN_PARAM])


def made(names: tuple[str, ...], makers: Makers) -> Iterator[dict[str, Any]]:
    """Make what is named and what that is made of, each by its maker; undo all of it in the end."""
    held: dict[str, Any] = {}

    def make(name: str) -> Any:
        if name not in held:
            needed = inspect.signature(makers[name]).parameters
            held[name] = makers[name](**{one: make(one) for one in needed})
        return held[name]

    if not names:
        yield held
        return
    with transaction.atomic():
        for name in names:
            make(name)
        yield held
        transaction.set_rollback(True)


def copied(name: str) -> Callable[..., Any]:
    """A fixture that gives each test a copy of its own."""

    @pytest.fixture(name=name)
    def fixture(standing: dict[str, Any], db: None) -> Any:
        return deepcopy(standing[name])

    return fixture

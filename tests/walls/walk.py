"""Every address of the exchange, as the URLconf has it, and how much is tried at each."""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

Named = tuple[str, tuple[str, ...], dict[str, str]]


def named(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Named]:
    """Yield name, parameters and, for REST, the actions by method."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            assert isinstance(pattern, URLPattern)
            parameters = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield prefix + (pattern.name or "?"), parameters, getattr(pattern.callback, "actions", None) or {}


@cache
def parameters() -> dict[str, tuple[str, ...]]:
    """The parameters of each name's first address."""
    return {name: found for name, found, _actions in reversed(list(named()))}


#: Set by `make soak`: everything is tried everywhere, not every third thing in turn.
IN_FULL = bool(os.environ.get("EXCHANGE_FULL"))
SHARE = 3


def in_turn(cases: Sequence[Any], turn: int) -> Sequence[Any]:
    """Return every third case, another third at each turn, so that three addresses see them all; in full, all."""
    return cases if IN_FULL else cases[turn % SHARE :: SHARE]

"""A denial's content back from the JSON-ready values it was kept as, whatever fields it has."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from denials.law.content import DenialContent


def content_of(data: Mapping[str, Any]) -> DenialContent:
    """
    Return the content that `DenialContent.as_data` was made from.

    A field that was not known yet when it was kept has its usual value; one no longer known is passed over.
    """
    content: DenialContent = value_of(DenialContent, data)
    return content


def value_of(kind: Any, data: Any) -> Any:
    """Return the value of a kind of dataclass from what `plain` wrote of it; unknown members are passed over."""
    return _value(kind, data)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, data: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return None if data is None else _value(next(one for one in get_args(kind) if one is not type(None)), data)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_value(inner[0], one) for one in data)
        return tuple(_value(one, part) for one, part in zip(inner, data, strict=True))
    if isinstance(kind, type):
        if is_dataclass(kind):
            hints = _hints(kind)
            return kind(
                **{one.name: _value(hints[one.name], data[one.name]) for one in fields(kind) if one.name in data}
            )
        if kind in (date, Decimal) and data is not None:
            return date.fromisoformat(data) if kind is date else Decimal(data)
    return data

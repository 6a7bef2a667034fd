"""
What proves that two registers hold the same: a digest of each change as sent, and a chain over all of them.

Both sides compute it from the change as JSON: sorted keys, no spaces, UTF-8, without the member `digest`. The chain
begins with 64 zeros and takes in one digest after the other. Reading: docs/adr/0082.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from accounts.law import digests
from accounts.law.errors import RuleBroken
from denials.law.content import Citation, DenialContent

GENESIS: Final = digests.GENESIS
TOMBSTONE: Final = "tombstone"  # the kind of a change whose denial the reader may no longer see
_CITATION: Final = re.compile(r"(?P<code>[^()]*)(?:\((?P<point>[^()]*)\))?")


class ChangeUnreadable(RuleBroken):
    """A change of the feed is not what a change is: a member is missing or of the wrong kind."""

    code = "change_unreadable"
    conflict = False

    def __init__(self, field: str, **params: object) -> None:
        super().__init__(field=field, **params)


class MirrorOnly(RuleBroken):
    """This exchange mirrors another: what it holds is changed there and nowhere else."""

    code = "mirror_only"

    def __init__(self, source: str) -> None:
        super().__init__(source=source)


class ScopeChanged(RuleBroken):
    """What the reader may see has changed since: earlier changes come into sight or out of it, so begin again at 0."""

    code = "scope_changed"

    def __init__(self, scope: str) -> None:
        super().__init__(scope=scope)


def digest_of(change: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a change as sent, without the member that holds it."""
    return digests.digest({name: value for name, value in change.items() if name != "digest"})


def chained(previous: str, digest: str) -> str:
    """Return the chain after one more change."""
    return hashlib.sha256(f"{previous}{digest}".encode("ascii")).hexdigest()


def chain(changes: Iterable[str], previous: str = GENESIS) -> str:
    """Return the chain over digests of changes, in their order."""
    for digest in changes:
        previous = chained(previous, digest)
    return previous


# ---- content as sent ---------------------------------------------------------------------------------------------


def as_sent(content: DenialContent) -> dict[str, Any]:
    """Return a content as REST sends it: criteria as "2(b)", identifiers by their kind."""
    data: dict[str, Any] = content.as_data()
    data["criteria"] = [str(one) for one in content.criteria]
    for party, stated in zip(data["parties"], content.parties, strict=True):
        party["identifiers"] = dict(stated.identifiers)
    return data


def as_content(data: Mapping[str, Any]) -> DenialContent:
    """
    Return what `as_sent` wrote; members not known here are not taken in silence.

    :raises ChangeUnreadable: naming what is missing, unknown or of the wrong kind.
    """
    content = _built(DenialContent, data, "content")
    assert isinstance(content, DenialContent)
    return content


def _built(kind: type[Any], data: Any, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise ChangeUnreadable(where)
    hints = get_type_hints(kind)
    names = {one.name for one in fields(kind)}
    if unknown := sorted(set(data) - names):
        raise ChangeUnreadable(f"{where}.{unknown[0]}")
    return kind(**{name: _value(hints[name], data[name], f"{where}.{name}") for name in names if name in data})


def _value(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is tuple:
        return _values(get_args(hint)[0], value, where)
    if isinstance(hint, UnionType):
        return None if value is None else _value(get_args(hint)[0], value, where)
    if hint is Citation and isinstance(value, str):
        return _citation(value, where)
    if is_dataclass(hint) and isinstance(hint, type):
        return _built(hint, value, where)
    return _plain(hint, value, where)


def _values(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if isinstance(value, Mapping):  # identifiers, by their kind
        return tuple(sorted((_plain(str, key, where), _plain(str, one, where)) for key, one in value.items()))
    if not isinstance(value, list):
        raise ChangeUnreadable(where)
    return tuple(_value(kind, one, f"{where}[{at}]") for at, one in enumerate(value))


def _citation(text: str, where: str) -> Citation:
    read = _CITATION.fullmatch(text)
    if read is None:
        raise ChangeUnreadable(where)
    return Citation(read["code"], read["point"] or "")


def _plain(hint: Any, value: Any, where: str) -> Any:
    try:
        if hint is Decimal and isinstance(value, str):
            return Decimal(value)
        if hint is date and isinstance(value, str):
            return date.fromisoformat(value)
    except (InvalidOperation, ValueError):
        raise ChangeUnreadable(where) from None
    if hint is int and type(value) is int:
        return value
    if hint in (str, bool) and isinstance(value, hint):
        return value
    raise ChangeUnreadable(where)

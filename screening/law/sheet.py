"""The verdict sheet as data: what of a judgement is kept with a hit."""

from collections.abc import Iterable, Mapping
from typing import Any

from screening.law.elements import Element


def as_data(elements: Iterable[Element]) -> list[dict[str, Any]]:
    """Return one JSON-ready row per legal element: both values, the verdict, the reason, the differing stretches."""
    return [_row(element) for element in elements]


def denial_side(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without anything that was asked: the denial's values, the verdicts and the reasons."""
    return [{**row, "left": "", "left_spans": [], "right_spans": [], "params": _figures(row["params"])} for row in rows]


def _figures(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if isinstance(value, int | float)}


def _row(element: Element) -> dict[str, Any]:
    return {
        "element": str(element.element),
        "verdict": str(element.verdict),
        "left": element.left,
        "right": element.right,
        "reason": str(element.reason),
        "params": {name: _plain(value) for name, value in element.params.items()},
        "left_spans": [list(span) for span in element.left_spans],
        "right_spans": [list(span) for span in element.right_spans],
        "left_index": element.left_index,
        "right_index": element.right_index,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)

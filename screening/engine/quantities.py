"""Whether two quantities are alike: context for the officer, never a legal test by itself."""

from decimal import Decimal
from typing import Final

from screening.engine.comparison import Comparison, Verdict, unknown
from screening.engine.units import to_base

_PIECES: Final = frozenset(
    (
        *(
            "",
            "pcs",
            "pc",
            "piece",
            "pieces",
            "unit",
            "units",
            "no",
            "nos",
            "each",
            "ea",
            "item",
            "items",
            "1",
            "number",
        ),
        *(
            "stuks",
            "stuk",
            "st",
            "stk",
            "stuck",
            "stück",
            "unites",
            "unités",
            "pieces",
            "pièces",
            "piezas",
            "pezzi",
            "sztuk",
        ),
        *("szt", "шт", "u", "qty", "aantal"),
    )
)
_SAME_WITHIN: Final = 0.001
_SIMILAR_WITHIN: Final = 0.25


def compare_quantities(left: Decimal | None, left_unit: str, right: Decimal | None, right_unit: str) -> Comparison:
    """Same, similar (within a quarter), different; unknown if one is missing, not positive, or in other units."""
    shown = tuple(f"{value:f} {unit}".strip() if value is not None else "" for value, unit in
                  ((left, left_unit), (right, right_unit)))  # fmt: skip
    if left is None or right is None:
        return unknown("not_stated", *shown)
    if not (left.is_finite() and right.is_finite()) or left <= 0 or right <= 0:
        return unknown("not_positive", *shown)
    one, other = _in_base(left, left_unit), _in_base(right, right_unit)
    if one is None or other is None or one[1] != other[1]:
        return unknown("other_units", *shown)
    apart = abs(one[0] - other[0]) / max(one[0], other[0])
    if apart <= _SAME_WITHIN:
        return Comparison(Verdict.SAME, 1.0, "same_quantity", {}, *shown)
    score = round(1 - apart, 3)
    if apart <= _SIMILAR_WITHIN:
        return Comparison(Verdict.SIMILAR, score, "near_quantity", {}, *shown)
    return Comparison(Verdict.DIFFERENT, score, "other_quantity", {}, *shown)


def _in_base(value: Decimal, unit: str) -> tuple[float, str] | None:
    name = unit.strip()
    if name.casefold() in _PIECES:
        return float(value), "pieces"
    found = to_base(float(value), name)
    return found or (float(value), name.casefold())

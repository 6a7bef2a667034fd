"""One item against another: entry, description, parameters, quantity, with identifiers of the goods themselves."""

from dataclasses import dataclass
from typing import Final

from denials.law.transactions import Item, Parameter
from screening.engine import folding
from screening.engine.codes import compare_codes
from screening.engine.comparison import Comparison, Verdict
from screening.engine.parameters import compare_parameters, name_of, stated_in
from screening.engine.quantities import compare_quantities
from screening.engine.text import compare_descriptions
from screening.engine.units import to_base

# Digits of a heading and of a subheading of the Combined Nomenclature (Reg. (EEC) No 2658/87).
_HEADING: Final = 4
_SUBHEADING: Final = 6


@dataclass(frozen=True)
class ItemComparison:
    """The comparisons of one pair of items, and the places of the two in their transactions."""

    entry: Comparison
    description: Comparison
    parameters: Comparison
    quantity: Comparison
    left_index: int = 0
    right_index: int = 0


def compare_items(left: Item, right: Item, left_index: int = 0, right_index: int = 0) -> ItemComparison:
    """Compare two items; CAS numbers and model designations speak with the description."""
    return ItemComparison(
        compare_codes(left.code, right.code),
        _compare_goods(left, right),
        _compare_parameters(left, right),
        compare_quantities(left.quantity, left.unit, right.quantity, right.unit),
        left_index,
        right_index,
    )


def _compare_goods(left: Item, right: Item) -> Comparison:
    described = _by_nomenclature(left, right, compare_descriptions(_with_cas(left), _with_cas(right)))
    one, other = (folding.words(item.model) for item in (left, right))
    if not one or not other or described.verdict is Verdict.DIFFERENT:
        return described
    if "".join(one) == "".join(other):
        if described.verdict is Verdict.SAME or not _makers_differ(left, right):
            return Comparison(Verdict.SAME, max(described.score, 0.95), "same_model", {}, left.model, right.model)
        return described
    if described.verdict is Verdict.SAME:
        return Comparison(Verdict.SIMILAR, 0.75, "other_model", described.detail, described.left, described.right)
    return described


def _by_nomenclature(left: Item, right: Item, described: Comparison) -> Comparison:
    """Codes of the Combined Nomenclature speak where descriptions do not: one subheading is like goods."""
    one, other = ("".join(filter(str.isdigit, item.cn)) for item in (left, right))
    size = min(len(one), len(other), _SUBHEADING + 2)
    if size < _SUBHEADING or described.verdict is not Verdict.UNKNOWN:
        return described
    if one[:size] == other[:size]:
        return Comparison(Verdict.SIMILAR, 0.5, "same_cn", described.detail, left.cn, right.cn)
    if one[:_HEADING] != other[:_HEADING]:
        return Comparison(Verdict.DIFFERENT, 0.1, "other_cn", described.detail, left.cn, right.cn)
    return described


def _with_cas(item: Item) -> str:
    return (
        f"{item.description} {item.cas}".strip() if item.cas and item.cas not in item.description else item.description
    )


def _makers_differ(left: Item, right: Item) -> bool:
    one, other = set(folding.words(left.manufacturer)), set(folding.words(right.manufacturer))
    return bool(one and other and not one & other)


def _compare_parameters(left: Item, right: Item) -> Comparison:
    """Parameters as stated; where no name is shared, values found in a description stand in for them."""
    stated = compare_parameters(left.parameters, right.parameters)
    if stated.verdict is not Verdict.UNKNOWN or stated.reason in {"contradictory", "only_amounts"}:
        return stated
    one, other = _by_dimension(left), _by_dimension(right)
    shared = tuple(dimension for dimension in one if dimension in other)
    if not shared:
        return stated
    found = compare_parameters([one[name] for name in shared], [other[name] for name in shared])
    if found.verdict is Verdict.UNKNOWN:
        return stated
    return Comparison(found.verdict, found.score, "stated_in_description", found.detail, found.left, found.right)


def _by_dimension(item: Item) -> dict[str, Parameter]:
    """The one value of each dimension an item states, in its parameters and else in its description."""
    held: dict[str, list[Parameter]] = {}
    for parameter in item.parameters or stated_in(item.description):
        in_base = to_base(1.0, parameter.unit)
        dimension = in_base[1] if in_base and in_base[1] != "none" else name_of(parameter.name)
        held.setdefault(dimension, []).append(Parameter(dimension, parameter.value, parameter.unit))
    return {dimension: values[0] for dimension, values in held.items() if len(values) == 1}

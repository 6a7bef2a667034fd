"""What a row says against what the register holds of the same denial: only what the file has columns for counts."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from denials.law.content import DenialContent, StatedItem, StatedParty

#: Field of the content to the columns that state it.
STATED_BY: Final[Mapping[str, frozenset[str]]] = {
    "act": frozenset({"act"}),
    "legal_basis": frozenset({"legal_basis"}),
    "decided_on": frozenset({"decided_on"}),
    "activity": frozenset({"activity"}),
    "authorisation_type": frozenset({"authorisation_type"}),
    "destinations": frozenset({"destination", "destination_code", "country"}),
    "criteria": frozenset({"criteria"}),
    "criteria_stated": frozenset({"criteria"}),
    "end_use": frozenset({"end_use"}),
    "explanation": frozenset({"explanation"}),
    "remarks": frozenset({"remarks"}),
    "source_reference": frozenset({"reference", "regime_reference"}),
}
_ITEM_STATED_BY: Final[Mapping[str, frozenset[str]]] = {
    "code": frozenset({"code"}),
    "code_printed": frozenset({"code"}),
    "control_list": frozenset({"code"}),
    "category": frozenset({"code"}),
    "is_unlisted": frozenset({"code"}),
    "description": frozenset({"description"}),
    "description_en": frozenset({"description"}),
    "quantity": frozenset({"quantity"}),
    "quantity_printed": frozenset({"quantity"}),
    "unit": frozenset({"quantity", "unit"}),
    "value": frozenset({"value"}),
    "currency": frozenset({"currency"}),
    "manufacturer": frozenset({"manufacturer"}),
    "model": frozenset({"model"}),
    "cas": frozenset({"cas"}),
    "cn": frozenset({"cn"}),
}
_ITEM_COLUMNS: Final = frozenset[str]().union(*_ITEM_STATED_BY.values()) - {"unit", "currency"}
_QUANTITY: Final = Decimal("0.0001")  # what the columns of the register hold
_VALUE: Final = Decimal("0.01")


def as_amended(held: DenialContent, stated: DenialContent, columns: Collection[str]) -> DenialContent:
    """
    Return the content the register would hold if a row were taken in as an amendment.

    :param columns: the fields the file has columns for; all else stays as it is held.
    """
    has = frozenset(columns)
    changed = {name: getattr(stated, name) for name, by in STATED_BY.items() if by & has}
    changed["items"] = _items(held.items, stated.items, has)
    changed["parties"] = _parties(held.parties, stated.parties, has)
    return as_stored(replace(held, **changed))


def as_stored(content: DenialContent) -> DenialContent:
    """Return a content as the register gives it back: criteria in order, numbers to the places of their columns."""
    return replace(
        content,
        criteria=tuple(sorted(set(content.criteria), key=lambda one: (one.code, one.sub_point))),
        items=tuple(
            replace(item, quantity=_places(item.quantity, _QUANTITY), value=_places(item.value, _VALUE))
            for item in content.items
        ),
    )


def _places(number: Decimal | None, places: Decimal) -> Decimal | None:
    return None if number is None else number.quantize(places)


def _items(held: tuple[StatedItem, ...], stated: tuple[StatedItem, ...], has: frozenset[str]) -> tuple[StatedItem, ...]:
    """Item by item where there are as many, with what the file has no columns for; else as the file says."""
    if not _ITEM_COLUMNS & has:
        return held
    if len(held) != len(stated):
        return stated
    kept = frozenset(name for name, by in _ITEM_STATED_BY.items() if not by & has) | {"parameters"}
    return tuple(_item(old, new, kept) for old, new in zip(held, stated, strict=True))


def _item(old: StatedItem, new: StatedItem, kept: frozenset[str]) -> StatedItem:
    """An item of the file with what is kept of the one held; the same number written otherwise is no change."""
    if new.quantity is not None and (old.quantity, old.unit) == (new.quantity, new.unit):
        kept |= {"quantity_printed"}
    return replace(new, **{name: getattr(old, name) for name in kept})


def _parties(
    held: tuple[StatedParty, ...], stated: tuple[StatedParty, ...], has: frozenset[str]
) -> tuple[StatedParty, ...]:
    """The parties of the file, and those held in a role the file has no column for."""
    if "name" in has:
        return tuple(_with_held(held, one, has) for one in stated)
    named = {role for role in ("end_user", "consignee", "intermediary", "broker", "exporter") if role in has}
    if not named:
        return held
    others = tuple(one for one in held if one.role not in named)
    return (*(_with_held(held, one, has) for one in stated if one.role in named), *others)


def _with_held(held: tuple[StatedParty, ...], party: StatedParty, has: frozenset[str]) -> StatedParty:
    """The same party with the details the file has no columns for."""
    old = next((one for one in held if (one.role, one.name) == (party.role, party.name)), None)
    if old is None:
        return party
    kept: dict[str, Any] = {
        "identifiers": old.identifiers,
        "is_category": old.is_category,
        "aliases": party.aliases or old.aliases,
    }
    for name in ("address", "country"):
        if not {name, f"{party.role}_{name}"} & has:
            kept[name] = getattr(old, name)
    return replace(party, **kept)

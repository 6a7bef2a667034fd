"""Transactions as plain data and back, unchanged: the form the index keeps and a digest is made of."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from denials.law.transactions import Destination, Item, Parameter, Party, Transaction


def to_data(facts: Transaction) -> dict[str, Any]:
    """Return the transaction as JSON-ready data; dates in ISO form, quantities as text."""
    data = asdict(facts)
    data["dated"] = facts.dated.isoformat() if facts.dated else None
    for item in data["items"]:
        item["quantity"] = None if item["quantity"] is None else _plain_number(item["quantity"])
    return data


def from_data(data: dict[str, Any]) -> Transaction:
    """Return the transaction `to_data` was given."""
    return Transaction(
        **{
            **data,
            "destinations": tuple(Destination(**row) for row in data["destinations"]),
            "parties": tuple(_party(row) for row in data["parties"]),
            "items": tuple(_item(row) for row in data["items"]),
            "dated": date.fromisoformat(data["dated"]) if data["dated"] else None,
        }
    )


def _party(row: dict[str, Any]) -> Party:
    identifiers = tuple((kind, value) for kind, value in row["identifiers"])
    return Party(**{**row, "aliases": tuple(row["aliases"]), "identifiers": identifiers})


def _item(row: dict[str, Any]) -> Item:
    quantity = None if row["quantity"] is None else Decimal(row["quantity"])
    return Item(**{**row, "quantity": quantity, "parameters": tuple(Parameter(**one) for one in row["parameters"])})


def _plain_number(value: Decimal) -> str:
    return format(value.normalize(), "f")

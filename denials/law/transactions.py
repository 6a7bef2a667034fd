"""
The facts of a transaction, the same for a denial and for an application, so that the two can be compared.

Facts are kept as stated: an empty field means "not stated", and not stated never equals anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """The part a party takes in a transaction (Reg. (EU) 2021/821 Annex III boxes 1, 5, 7 and 9)."""

    END_USER = "end_user"
    CONSIGNEE = "consignee"
    INTERMEDIARY = "intermediary"
    BROKER = "broker"
    EXPORTER = "exporter"
    OTHER = "other"


@dataclass(frozen=True)
class Parameter:
    """A technical parameter; the value is kept as written, such as "5", "0.003" or ">= 40"."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class Party:
    """
    A party by its role. `identifiers` are pairs of kind and value, such as ("lei", "…").

    `is_placeholder`: the name stands for nobody in particular ("private end-user"), and equals no other.
    """

    role: str
    name: str
    country: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    is_placeholder: bool = False


@dataclass(frozen=True)
class Item:
    """
    Goods, software or technology. `code` is the canonical dotted control-list entry, "" if none or unlisted.

    `control_list`: "ml", "annex_i", "annex_iv", "national", "torture" or "".
    """

    code: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    quantity: Decimal | None = None
    unit: str = ""
    control_list: str = ""
    manufacturer: str = ""
    model: str = ""
    cas: str = ""
    cn: str = ""


@dataclass(frozen=True)
class Destination:
    """A country by ISO 3166 alpha-2, a special destination (`places.Special`), or "" with the text as printed."""

    code: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Transaction:
    """
    What was refused, or what is asked now. `authority` and `state` name whose case it is.

    `dated`: the day of decision of a denial, the day of receipt of an application.
    Source: Reg. (EU) 2021/821 Art. 2(22), Art. 16(3).
    """

    regime: str
    authority: str
    state: str
    destinations: tuple[Destination, ...]
    parties: tuple[Party, ...]
    items: tuple[Item, ...]
    end_use: str = ""
    activity: str = "export"
    dated: date | None = None

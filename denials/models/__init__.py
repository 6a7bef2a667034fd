"""WHAT WAS REFUSED: the register, and the reference data it speaks in."""

from denials.models.imports import ImportedFile, ImportedRow, PendingImport
from denials.models.ledger import DenialRecipient
from denials.models.reference import (
    ControlList,
    ControlListEntry,
    Country,
    Criterion,
    Ground,
    PlaceAttribute,
    PlaceName,
    Region,
)
from denials.models.register import (
    Denial,
    DenialCriterion,
    DenialDestination,
    DenialItem,
    DenialParty,
    DenialVersion,
    ReferenceCounter,
    RegisterChange,
)
from denials.models.transaction import DestinationRow, ItemRow, PartyRow

__all__ = [
    "ControlList",
    "ControlListEntry",
    "Country",
    "Criterion",
    "Denial",
    "DenialCriterion",
    "DenialDestination",
    "DenialItem",
    "DenialParty",
    "DenialRecipient",
    "DenialVersion",
    "DestinationRow",
    "Ground",
    "ImportedFile",
    "ImportedRow",
    "ItemRow",
    "PartyRow",
    "PendingImport",
    "PlaceAttribute",
    "PlaceName",
    "ReferenceCounter",
    "Region",
    "RegisterChange",
]

"""WHAT WAS REFUSED: the register, and the reference data it speaks in."""

from denials.models.control_lists import ControlList, ControlListEntry, EntrySuccession, held_lists
from denials.models.erasure import Erasure, ErasureSalt
from denials.models.imports import ColumnMapping, ImportedFile, ImportedRow, ImportJob, ImportLine
from denials.models.ledger import DenialRecipient, ProposedAct, Recall, RecallRequest, ReleaseStep, Reminder
from denials.models.mirror import MirroredChange, MirrorState, OutOfSight
from denials.models.places import members_of_the_union, place, places_found, remarks_on
from denials.models.reference import (
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
from denials.models.search import RegisterKind, RegisterRow, RegisterVocabulary, SavedSearch
from denials.models.transaction import DestinationRow, ItemRow, PartyRow

__all__ = [
    "ColumnMapping",
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
    "EntrySuccession",
    "Erasure",
    "ErasureSalt",
    "Ground",
    "ImportJob",
    "ImportLine",
    "ImportedFile",
    "ImportedRow",
    "ItemRow",
    "MirrorState",
    "MirroredChange",
    "OutOfSight",
    "PartyRow",
    "PlaceAttribute",
    "PlaceName",
    "ProposedAct",
    "Recall",
    "RecallRequest",
    "ReferenceCounter",
    "Region",
    "RegisterChange",
    "RegisterKind",
    "RegisterRow",
    "RegisterVocabulary",
    "ReleaseStep",
    "Reminder",
    "SavedSearch",
    "held_lists",
    "members_of_the_union",
    "place",
    "places_found",
    "remarks_on",
]

"""The pages of the register."""

from denials.views import acts, beginning, detail, docket, recalls, release
from denials.views.acts import AmendDenial, EndDenial, PreviewAmendment, RenewDenial
from denials.views.control_lists import (
    ControlListEntryPage,
    ControlListIndex,
    ControlListTree,
    EntrySearch,
    ReadEntries,
)
from denials.views.detail import DenialDetail, DenialPeek, DenialReceipt
from denials.views.erasure import ErasePerson
from denials.views.exports import DenialDossier, ExportPage, ExportRegister
from denials.views.files import CancelImport, ConfirmImport, ImportErrors, ImportReceipt, MapColumns, UploadFile
from denials.views.history import AsItStood, DenialAsItStood, VersionsSideBySide
from denials.views.lists import DenialList
from denials.views.notify import CheckDraft, DiscardDraft, EditDraft, NewDenial, PreviewDenial
from denials.views.places import PlaceDetail, PlaceList
from denials.views.searches import ChangeSearch, OpenSearch, SavedSearches, SaveSearch

__all__ = [
    "AmendDenial",
    "AsItStood",
    "CancelImport",
    "ChangeSearch",
    "CheckDraft",
    "ConfirmImport",
    "ControlListEntryPage",
    "ControlListIndex",
    "ControlListTree",
    "DenialAsItStood",
    "DenialDetail",
    "DenialDossier",
    "DenialList",
    "DenialPeek",
    "DenialReceipt",
    "DiscardDraft",
    "EditDraft",
    "EndDenial",
    "EntrySearch",
    "ErasePerson",
    "ExportPage",
    "ExportRegister",
    "ImportErrors",
    "ImportReceipt",
    "MapColumns",
    "NewDenial",
    "OpenSearch",
    "PlaceDetail",
    "PlaceList",
    "PreviewAmendment",
    "PreviewDenial",
    "ReadEntries",
    "RenewDenial",
    "SaveSearch",
    "SavedSearches",
    "UploadFile",
    "VersionsSideBySide",
    "acts",
    "beginning",
    "detail",
    "docket",
    "recalls",
    "release",
]

"""The pages of the register."""

from denials.views.acts import AmendDenial, EndDenial, PreviewAmendment, RenewDenial
from denials.views.control_lists import (
    ControlListEntryPage,
    ControlListIndex,
    ControlListTree,
    EntrySearch,
    ReadEntries,
)
from denials.views.detail import DenialDetail, DenialPeek, DenialReceipt
from denials.views.files import CancelImport, ConfirmImport, ImportErrors, ImportReceipt, MapColumns, UploadFile
from denials.views.lists import DenialList
from denials.views.notify import CheckDraft, DiscardDraft, EditDraft, NewDenial, PreviewDenial

__all__ = [
    "AmendDenial",
    "CancelImport",
    "CheckDraft",
    "ConfirmImport",
    "ControlListEntryPage",
    "ControlListIndex",
    "ControlListTree",
    "DenialDetail",
    "DenialList",
    "DenialPeek",
    "DenialReceipt",
    "DiscardDraft",
    "EditDraft",
    "EndDenial",
    "EntrySearch",
    "ImportErrors",
    "ImportReceipt",
    "MapColumns",
    "NewDenial",
    "PreviewAmendment",
    "PreviewDenial",
    "ReadEntries",
    "RenewDenial",
    "UploadFile",
]

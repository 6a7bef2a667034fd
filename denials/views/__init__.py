"""The pages of the register."""

from denials.views.acts import AmendDenial, EndDenial, PreviewAmendment, RenewDenial
from denials.views.detail import DenialDetail, DenialPeek, DenialReceipt
from denials.views.files import CancelImport, ConfirmImport, ImportErrors, ImportReceipt, MapColumns, UploadFile
from denials.views.lists import DenialList, EntrySearch
from denials.views.notify import CheckDraft, DiscardDraft, EditDraft, NewDenial, PreviewDenial
from denials.views.searches import ChangeSearch, OpenSearch, SavedSearches, SaveSearch

__all__ = [
    "AmendDenial",
    "CancelImport",
    "ChangeSearch",
    "CheckDraft",
    "ConfirmImport",
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
    "OpenSearch",
    "PreviewAmendment",
    "PreviewDenial",
    "RenewDenial",
    "SaveSearch",
    "SavedSearches",
    "UploadFile",
]

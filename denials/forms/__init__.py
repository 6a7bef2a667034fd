"""What an officer types: a denial in sections with its rows, the reason of an act, a file."""

from denials.forms.acts import ColumnsForm, ReasonForm, ReasonNeededForm, UploadForm
from denials.forms.denial import DenialForm, WholeDenial
from denials.forms.searches import SavedSearchForm

__all__ = [
    "ColumnsForm",
    "DenialForm",
    "ReasonForm",
    "ReasonNeededForm",
    "SavedSearchForm",
    "UploadForm",
    "WholeDenial",
]

"""What an officer types: a denial in sections with its rows, the reason of an act, a file."""

from denials.forms.acts import ReasonForm, UploadForm
from denials.forms.denial import DenialForm, WholeDenial

__all__ = ["DenialForm", "ReasonForm", "UploadForm", "WholeDenial"]

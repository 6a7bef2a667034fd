"""A search kept under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text
from accounts.law.text import UnfitText, clean
from denials.law.searches import LONGEST_NAME


class SavedSearchForm(forms.Form):
    """The name, who may use it, and whether the authority is told of what is new."""

    name = Text(label=_("Name"), max_length=LONGEST_NAME)
    is_shared = forms.BooleanField(label=_("Share it with colleagues of the own authority"), required=False)
    gives_notice = forms.BooleanField(
        label=_("Send a notice when denials it finds are new or have changed"),
        required=False,
        help_text=_("To the authority's mailbox and inbox, with the number of denials and no names."),
    )

    def clean_name(self) -> Any:
        """Refuse characters that no text may hold."""
        try:
            return clean(self.cleaned_data["name"], multiline=False)
        except UnfitText as refused:
            message = _("The character %(character)s is not accepted in text.")
            raise forms.ValidationError(message, code=refused.code, params=refused.params) from refused

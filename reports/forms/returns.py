"""An annual return as it is delivered, and its sign-off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, offer, optional
from accounts.labels import REGIMES
from denials.imports.tables import LARGEST_FILE
from denials.labels import problem_text
from reports.imports import MOST_FILES
from reports.labels import ANSWERS, QUESTIONS
from reports.law.returns import METHOD

YEARS_OFFERED = 30


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files of a return; each is read as it is."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)s files."), code="too_many", params={"most": MOST_FILES})
        if sum(one.size for one in files) > LARGEST_FILE:
            raise ValidationError(problem_text("file_too_large"), code="file_too_large")
        return files


class ReturnForm(forms.Form):
    """The files of a return, what they are about, and the method card."""

    regime = forms.ChoiceField(label=_("Regime"))
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    documents = FilesField(label=_("Files"), help_text=_("CSV or XLSX, several at once, together at most 20 MB."))
    method_note = optional(4000, _("What else is to know of the method"), rows=3)
    correction = optional(2000, _("Why an earlier version is corrected"), rows=2)

    def __init__(self, *args: Any, regimes: Iterable[str], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = frozenset(regimes)
        last = now.year - 1
        offer(self, "regime", [row for row in REGIMES.items() if row[0] in held])
        offer(self, "year", [(str(year), year) for year in range(last, last - YEARS_OFFERED, -1)])
        for question, answers in METHOD.items():
            self.fields[f"method_{question}"] = forms.ChoiceField(
                label=QUESTIONS[question], choices=[(one, ANSWERS[one]) for one in answers], required=False
            )

    @property
    def card(self) -> list[Any]:
        """The fields of the method card."""
        return [self[f"method_{question}"] for question in METHOD]

    def method(self) -> dict[str, str]:
        """Return the method card of a form without errors."""
        return {question: self.cleaned_data.get(f"method_{question}", "") for question in METHOD}


class FreezeForm(forms.Form):
    """What is said at the sign-off of an edition."""

    remark = Text(label=_("What this edition corrects"), rows=2, max_length=2000, required=False)


class SignForm(forms.Form):
    """What is said at sign-off."""

    explanation = Text(label=_("What is said to the findings"), rows=3, max_length=4000, required=False)

    def __init__(self, *args: Any, owed: bool = False, **kwargs: Any) -> None:
        """Take whether the checks found what needs a word."""
        super().__init__(*args, **kwargs)
        self.fields["explanation"].required = owed

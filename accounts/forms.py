"""Fields every room's forms are made of."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.law.text import UnfitText, clean


class Text(forms.CharField):
    """Text without hidden or controlling characters; of several lines where `rows` are given."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        self.multiline = bool(rows)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        try:
            return clean(super().to_python(value) or "", multiline=self.multiline)
        except UnfitText as refused:
            raise ValidationError(
                _("The character %(character)s is not accepted in text."), code=refused.code, params=refused.params
            ) from refused


def optional(limit: int, label: Any, **options: Any) -> Text:
    """Return an optional text of at most `limit` characters."""
    return Text(max_length=limit, label=label, required=False, **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """Return an optional day, picked or typed."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )

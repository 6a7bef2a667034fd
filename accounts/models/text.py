"""The text columns every model uses: cleaned on the way in, never null."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.law.text import UnfitText, clean


def _cleaned(value: Any, *, multiline: bool) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return clean(value, multiline=multiline)
    except UnfitText as refused:
        raise ValidationError(
            _("The character %(character)s is not accepted in text."), code=refused.code, params=refused.params
        ) from refused


class LineField(models.CharField):
    """One line of text without control characters, in Unicode normal form C."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), multiline=False)


class ProseField(models.TextField):
    """Text of several lines without control characters, in Unicode normal form C."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value), multiline=True)

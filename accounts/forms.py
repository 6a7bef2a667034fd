"""Fields every room's forms are made of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.labels import SETTING_VALUES
from accounts.law.settings import Setting
from accounts.law.text import UnfitText, clean

MOST_ROWS = 200  # of a kind in one form


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


class MailAddress(Text):
    """An address of mail; without what a quoted part of one may hide."""

    default_validators = [validate_email]
    widget = forms.EmailInput


class SettingForm(forms.Form):
    """A choice of the authority and the day from which it holds."""

    name = forms.ChoiceField(choices=(), widget=forms.HiddenInput)
    value = forms.ChoiceField(label=_("Choice"))
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, setting: Setting, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "name", [(setting.name, setting.name)])
        offer(self, "value", [(one, SETTING_VALUES[one]) for one in setting.values])


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Let the field of that name be answered by these choices, which are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = list(choices)


def optional(limit: int, label: Any, **options: Any) -> Text:
    """Return an optional text of at most `limit` characters."""
    return Text(max_length=limit, label=label, required=False, **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """Return an optional day, picked or typed."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class RowsAsSent(forms.BaseFormSet):
    """Rows of a form: as many as were sent, whatever number the browser claims there are."""

    def total_form_count(self) -> int:
        claimed = super().total_form_count()
        if not self.is_bound:
            return claimed
        sent = (name.removeprefix(f"{self.prefix}-").partition("-")[0] for name in self.data)
        return min(
            claimed, max((int(number) + 1 for number in sent if number.isdecimal() and len(number) < 5), default=0)
        )


def rows_of(form: type[forms.Form], *, most: int = MOST_ROWS) -> Any:
    """Return the set of rows of a form, with one more to fill and one to remove each."""
    return forms.formset_factory(form, formset=RowsAsSent, extra=1, can_delete=True, max_num=most, absolute_max=most)

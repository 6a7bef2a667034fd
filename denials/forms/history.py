"""Which days the register is asked about; which person is erased from a denial."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, offer
from accounts.labels import REGIMES, rule_text
from denials.law.erasure import PERSONAL, SHORTEST
from denials.law.history import DayNotHeld, check_days, today


class DaysForm(forms.Form):
    """The day asked about, the day of knowledge, and which denials; both days are today where left out."""

    on = forms.DateField(
        label=_("As it stood on"),
        help_text=_("As things were on this day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    known = forms.DateField(
        label=_("As known on"),
        help_text=_("At the end of this day in Brussels."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    regime = forms.ChoiceField(label=_("Regime"), required=False)
    authority = Text(label=_("Issued by"), required=False, max_length=20, help_text=_("A state or an authority."))

    def __init__(self, *args: Any, regimes: Iterable[str], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        held = frozenset(regimes)
        offered = [row for row in REGIMES.items() if row[0] in held]
        offer(self, "regime", [("", _("all")), *offered])

    def clean(self) -> dict[str, Any]:
        """Refuse days that lie ahead."""
        given = super().clean() or {}
        for name in ("on", "known"):
            if not self.errors.get(name):
                given[name] = given.get(name) or today(self.now)
        if not self.errors:
            try:
                check_days(given["on"], given["known"], self.now)
            except DayNotHeld as refused:
                self.add_error(str(refused.params["field"]), rule_text(refused))
        return given

    def days(self) -> tuple[date, date]:
        """Return both days of a form without errors."""
        return self.cleaned_data["on"], self.cleaned_data["known"]


FIELDS = {
    "name": _("Name, also where it stands in other texts"),
    "aliases": _("Other names"),
    "address": _("Address"),
    "identifiers": _("Numbers of documents and registers"),
}


class EraseForm(forms.Form):
    """Who is erased, which fields, and what it rests on."""

    names = forms.MultipleChoiceField(
        label=_("Who"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick at least one, or write a spelling below."),
    )
    also = Text(
        label=_("Other spellings"),
        rows=3,
        max_length=5000,
        required=False,
        help_text=_("One a line, as they may stand in texts. They are blanked as whole words, from four letters on."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("What is blanked"),
        choices=[(name, FIELDS[name]) for name in PERSONAL],
        initial=list(PERSONAL),
        widget=forms.CheckboxSelectMultiple,
    )
    basis = Text(
        label=_("What it rests on"),
        rows=3,
        max_length=2000,
        help_text=_("The article, the decision, the file number. It stays in the history: no personal data."),
    )

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "names", [(name, name) for name in names])

    def clean(self) -> dict[str, Any]:
        """Ask for a name where none was given, and read the other spellings line by line."""
        given = super().clean() or {}
        spelt = [" ".join(line.split()) for line in given.get("also", "").splitlines() if line.strip()]
        short = [line for line in spelt if len(line) < SHORTEST]
        if short:
            self.add_error("also", _("Too short to be looked for in texts: %(names)s.") % {"names": ", ".join(short)})
        if not (given.get("names") or spelt or self.errors):
            self.add_error("names", _("Choose who is erased, or say how they are spelt."))
        given["ticked"] = given.get("names", [])
        given["names"] = [*given["ticked"], *spelt]
        return given

"""The rows of a denial's form: destinations, items, parties."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import offer, optional, rows_of
from denials import labels
from denials.law.codes import split_codes
from denials.law.content import LONGEST, StatedItem, StatedParty, says_unlisted
from denials.law.places import SPECIAL
from denials.law.transactions import Destination, Parameter
from denials.models import Country

LONGEST_LIST = 20_000
_PARAMETER = re.compile(r"(?P<name>[^:=]+)[:=]\s*(?P<value>\S.*)")
_VALUE_AND_UNIT = re.compile(r"(?P<value>(?:[<>≤≥=~±]+\s*)?[\d.,/×x -]*\d)\s*(?P<unit>\D.*)?")


class DestinationForm(forms.Form):
    """One destination: a place of the list, or what the file says where that names none."""

    code = forms.ChoiceField(label=_("Country or group"), required=False)
    printed = optional(LONGEST["printed"], _("As printed"), help_text=_("Where no country of the list is meant."))

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", places)

    def stated(self) -> Destination:
        """Return the destination."""
        return Destination(self.cleaned_data["code"], self.cleaned_data["printed"].strip())


class PartyForm(forms.Form):
    """One party."""

    role = forms.ChoiceField(label=_("Role"), choices=list(labels.ROLES.items()))
    name = optional(LONGEST["name"], _("Name"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    address = optional(LONGEST["address"], _("Address"), rows=2)
    aliases = optional(LONGEST_LIST, _("Other names, one a line"), rows=2)
    identifiers = optional(LONGEST_LIST, _("Numbers, one a line, such as lei: …"), rows=2)
    is_category = forms.BooleanField(label=_("A category of consignees, not one of them"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", [row for row in places if len(row[0]) in (0, 2)])

    def clean_identifiers(self) -> str:
        text: str = self.cleaned_data["identifiers"]
        for pair in (line.partition(":") for line in _lines(text)):
            if not pair[0].strip() or not pair[2].strip():
                raise ValidationError(_("Write each number as kind: value, such as lei: …"), code="identifier")
        return text

    def stated(self) -> StatedParty:
        """Return the party."""
        given = self.cleaned_data
        pairs = (line.partition(":") for line in _lines(given["identifiers"]))
        return StatedParty.stated(
            given["role"],
            given["name"].strip(),
            country=given["country"],
            address=given["address"].strip(),
            aliases=tuple(_lines(given["aliases"])),
            identifiers=tuple(sorted((kind.strip().lower(), value.strip()) for kind, _colon, value in pairs)),
            is_category=given.get("is_category", False),
        )


class ItemForm(forms.Form):
    """One item."""

    code = optional(
        LONGEST["code_printed"],
        _("Control-list entry"),
        help_text=_(
            "Any notation, such as ML15c or 3A001.a.2; “End Use” where it is on no list. Several become an item each."
        ),
        widget=forms.TextInput(attrs={"data-entries": "", "autocomplete": "off", "spellcheck": "false"}),
    )
    description = optional(LONGEST["description"], _("Description"), rows=2)
    description_en = optional(LONGEST["description"], _("Description in English"), rows=2)
    quantity = forms.DecimalField(label=_("Quantity"), required=False, max_digits=20, decimal_places=4, localize=False)
    unit = optional(LONGEST["unit"], _("Unit"))
    value = forms.DecimalField(
        label=_("Value"), required=False, min_value=0, max_digits=20, decimal_places=2, localize=False
    )
    currency = optional(3, _("Currency"), help_text=_("Three letters, such as EUR."))
    parameters = optional(LONGEST_LIST, _("Parameters, one a line"), rows=3, help_text=_("Such as frequency: 40 GHz."))
    manufacturer = optional(LONGEST["manufacturer"], _("Manufacturer"))
    model = optional(LONGEST["model"], _("Model"))
    cas = optional(LONGEST["cas"], _("CAS number"))
    cn = optional(LONGEST["cn"], _("CN code"))

    def clean_parameters(self) -> str:
        text: str = self.cleaned_data["parameters"]
        if any(_PARAMETER.match(line) is None for line in _lines(text)):
            raise ValidationError(_("Write each parameter as name: value unit."), code="parameter")
        return text

    def several(self, regime: str = "") -> tuple[str, ...]:
        """
        Return the entries a field holds as they are written, where it holds several and each is read; else nothing.

        What is read only in part is not taken apart: the field stays whole, and says what is wrong with it.
        """
        found = split_codes(self.cleaned_data["code"], regime)
        read = [one for one in found if one.control_list or (not one.canonical and says_unlisted(one.printed))]
        return tuple(one.printed for one in read) if len(read) == len(found) > 1 else ()

    def items(self, regime: str = "") -> list[StatedItem]:
        """
        Return the item, or an item for each of several entries, as a row of a file with several is read.

        One quantity and value for several entries is nobody's in particular: it stays with the first.
        """
        entries = self.several(regime)
        if not entries:
            return [self.stated(regime)]
        first, *others = (self.stated(regime, code) for code in entries)
        return [first, *(replace(one, quantity=None, value=None, currency="") for one in others)]

    def stated(self, regime: str = "", code: str = "") -> StatedItem:
        """Return the item; the regime decides what can be read in two ways.   :param code: one of several."""
        given = self.cleaned_data
        texts = ("description", "description_en", "unit", "manufacturer", "model", "cas", "cn")
        return StatedItem.stated(
            code or given["code"],
            regime=regime,
            quantity=given["quantity"],
            value=given["value"],
            currency=given["currency"].strip().upper(),
            parameters=tuple(parameter(line) for line in _lines(given["parameters"])),
            **{name: given[name].strip() for name in texts if name in given},
        )


def parameter(line: str) -> Parameter:
    """Read "frequency: 40 GHz" as name, value and unit; a value that is no number keeps its words."""
    found = _PARAMETER.match(line)
    if found is None:
        return Parameter(line, "")
    value = found["value"].strip()
    number = _VALUE_AND_UNIT.fullmatch(value)
    if number is None:
        return Parameter(found["name"].strip(), value)
    return Parameter(found["name"].strip(), number["value"].strip(), (number["unit"] or "").strip())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def destination_choices() -> list[tuple[str, Any]]:
    """Return the places of the list in the reader's language, the groups first."""
    language = (get_language() or "en").split("-")[0]
    places = [(row.code, f"{row.names.get(language, row.name_en)} ({row.code})") for row in Country.objects.all()]
    return [("", "–"), *((code, labels.SPECIAL[code]) for code in sorted(SPECIAL)), *sorted(places, key=lambda p: p[1])]


Destinations = rows_of(DestinationForm)
Parties = rows_of(PartyForm)
Items = rows_of(ItemForm)

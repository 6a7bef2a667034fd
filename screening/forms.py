"""What an officer types: an application with its rows, the reason of a dismissal."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.labels import REGIMES
from accounts.law.text import UnfitText, clean
from denials.law.content import LONGEST, ContentRefused, Problem, StatedItem, StatedParty
from denials.law.transactions import Destination, Parameter
from denials.models import Country
from screening.labels import ACTIVITIES, AUTHORISATION_TYPES, DISMISSALS, ROLES, problem_text
from screening.law.applications import LONGEST_REFERENCE, ApplicationContent
from screening.models import Application

_WHERE = re.compile(r"(?P<rows>\w+)\[(?P<at>\d+)\](?:\.(?P<field>\w+))?")
_PARAMETER = re.compile(r"(?P<name>[^:=]+)[:=]\s*(?P<value>\S.*)")
_VALUE_AND_UNIT = re.compile(r"(?P<value>(?:[<>≤≥=~±]+\s*)?[\d.,/×x -]*\d)\s*(?P<unit>\D.*)?")
_LONGEST_LIST = 20_000


class Text(forms.CharField):
    """Text without hidden or controlling characters."""

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
    return Text(max_length=limit, label=label, required=False, **options)


class ApplicationForm(forms.Form):
    """The facts of an application that stand once."""

    regime = forms.ChoiceField(label=_("Regime"), choices=list(REGIMES.items()))
    own_reference = optional(LONGEST_REFERENCE, _("Own file number"))
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}))
    activity = forms.ChoiceField(label=_("Activity"), choices=list(ACTIVITIES.items()), initial="export")
    authorisation_type = forms.ChoiceField(
        label=_("Type of authorisation"), choices=list(AUTHORISATION_TYPES.items()), initial="individual"
    )
    end_use = optional(LONGEST["end_use"], _("Stated end use"), rows=3)

    def __init__(self, *args: Any, regimes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = frozenset(regimes)
        self.fields["regime"].choices = [row for row in REGIMES.items() if row[0] in held]  # type: ignore[attr-defined]


class DestinationForm(forms.Form):
    """One destination."""

    code = forms.ChoiceField(label=_("Destination"))

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = places  # type: ignore[attr-defined]


class PartyForm(forms.Form):
    """One party; the applicant is not among the roles."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()))
    name = optional(LONGEST["name"], _("Name"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    address = optional(LONGEST["address"], _("Address"), rows=2)
    aliases = optional(_LONGEST_LIST, _("Other names, one a line"), rows=2)
    identifiers = optional(_LONGEST_LIST, _("Numbers, one a line, such as lei: …"), rows=2)

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [row for row in places if len(row[0]) in (0, 2)]  # type: ignore[attr-defined]

    def stated(self) -> StatedParty:
        given = self.cleaned_data
        pairs = (line.partition(":") for line in _lines(given["identifiers"]))
        return StatedParty.stated(
            given["role"],
            given["name"].strip(),
            country=given["country"],
            address=given["address"].strip(),
            aliases=tuple(_lines(given["aliases"])),
            identifiers=tuple(sorted((kind.strip().lower(), value.strip()) for kind, _colon, value in pairs)),
        )

    def clean_identifiers(self) -> str:
        text: str = self.cleaned_data["identifiers"]
        if any(not kind.strip() or not value.strip() for kind, _c, value in (x.partition(":") for x in _lines(text))):
            raise ValidationError(_("Write each number as kind: value, such as lei: …"), code="identifier")
        return text


class ItemForm(forms.Form):
    """One item."""

    code = optional(
        LONGEST["code_printed"], _("Control-list entry"), help_text=_("Any notation, such as ML15c or 3A001.a.2.")
    )
    description = optional(LONGEST["description"], _("Description"), rows=2)
    quantity = forms.DecimalField(label=_("Quantity"), required=False, max_digits=20, decimal_places=4)
    unit = optional(LONGEST["unit"], _("Unit"))
    parameters = optional(_LONGEST_LIST, _("Parameters, one a line"), rows=3, help_text=_("Such as frequency: 40 GHz."))
    manufacturer = optional(LONGEST["manufacturer"], _("Manufacturer"))
    model = optional(LONGEST["model"], _("Model"))
    cas = optional(LONGEST["cas"], _("CAS number"))
    cn = optional(LONGEST["cn"], _("CN code"))

    def stated(self) -> StatedItem:
        given = self.cleaned_data
        facts = {name: given[name].strip() for name in ("description", "unit", "manufacturer", "model", "cas", "cn")}
        parameters = tuple(parameter(line) for line in _lines(given["parameters"]))
        return StatedItem.stated(given["code"], quantity=given["quantity"], parameters=parameters, **facts)

    def clean_parameters(self) -> str:
        text: str = self.cleaned_data["parameters"]
        if any(_PARAMETER.match(line) is None for line in _lines(text)):
            raise ValidationError(_("Write each parameter as name: value unit."), code="parameter")
        return text


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


Destinations = forms.formset_factory(DestinationForm, extra=1, can_delete=True, max_num=200)
Parties = forms.formset_factory(PartyForm, extra=1, can_delete=True, max_num=200)
Items = forms.formset_factory(ItemForm, extra=1, can_delete=True, max_num=200)
# The field of a row that a problem of the whole row stands beside.
_FIRST = {"destinations": "code", "parties": "name", "items": "description"}
_NO_CONTENT = ("role", "DELETE")


class WholeApplication:
    """The form and its rows as one: valid together, read together, refused row by row."""

    def __init__(self, *, regimes: Iterable[str], data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        begun = dict(initial or {})
        rows = {name: begun.pop(name, None) for name in _FIRST}
        places = destination_choices()
        self.form = ApplicationForm(data, initial=begun, regimes=regimes)
        given: dict[str, Any] = {"form_kwargs": {"places": places}}
        self.rows: dict[str, Any] = {
            "destinations": Destinations(data, prefix="destinations", initial=rows["destinations"], **given),
            "parties": Parties(data, prefix="parties", initial=rows["parties"], **given),
            "items": Items(data, prefix="items", initial=rows["items"]),
        }
        for name, initial in rows.items():
            if initial:
                self.rows[name].extra = 0

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.rows.values())])

    @property
    def has_row_errors(self) -> bool:
        return any(formset.total_error_count() for formset in self.rows.values())

    def used(self, name: str) -> list[Any]:
        """Return the rows of a kind that say something and are not removed, in order."""
        rows = (form for form in self.rows[name] if not form.cleaned_data.get("DELETE"))
        return [form for form in rows if _says_something(form.cleaned_data)]

    def content(self) -> ApplicationContent:
        """Return what is asked."""
        given = self.form.cleaned_data
        return ApplicationContent(
            regime=given["regime"],
            received_on=given["received_on"],
            destinations=tuple(Destination(code=form.cleaned_data["code"]) for form in self.used("destinations")),
            parties=tuple(form.stated() for form in self.used("parties")),
            items=tuple(form.stated() for form in self.used("items")),
            end_use=given["end_use"],
            activity=given["activity"],
            authorisation_type=given["authorisation_type"],
            own_reference=given["own_reference"],
        )

    def add_problems(self, refusal: ContentRefused) -> None:
        """Put every problem beside the field it names."""
        for problem in refusal.problems:
            self._add(problem)

    def _add(self, problem: Problem) -> None:
        words = problem_text(problem.rule, problem.params)
        found = _WHERE.match(problem.field)
        if found is None:
            self.form.add_error(problem.field if problem.field in self.form.fields else None, words)
            if problem.field in self.rows:
                self.form.errors[NON_FIELD_ERRORS][-1] = f"{_PARTS[problem.field]}: {words}"
            return
        row = self.used(found["rows"])[int(found["at"])]
        fallback = _FIRST[found["rows"]]
        row.add_error(found["field"] if found["field"] in row.fields else fallback, words)


def _says_something(given: Mapping[str, Any]) -> bool:
    return any(value not in (None, "") for name, value in given.items() if name not in _NO_CONTENT)


_PARTS = {"destinations": _("Destination"), "items": _("Items"), "parties": _("Parties")}


def destination_choices() -> list[tuple[str, Any]]:
    """Return the destinations to pick from: countries by name, then groups and the unknown."""
    countries = [(country.code, str(country)) for country in Country.objects.order_by("name_en")]
    special = [
        ("VARIOUS", _("various destinations")),
        ("EU", _("European Union")),
        ("EU_NATO_PLUS", _("EU and NATO+")),
        ("UNKNOWN", _("destination unknown")),
    ]
    return [("", "–"), *countries, *special]


def initial_of(application: Application) -> dict[str, Any]:
    """Return what the form begins with to amend an application."""
    names = ("regime", "own_reference", "received_on", "activity", "authorisation_type", "end_use")
    return {
        **{name: getattr(application, name) for name in names},
        "destinations": [{"code": row.code} for row in application.destinations.order_by("position")],
        "parties": [_party_initial(row) for row in application.parties.order_by("position")],
        "items": [_item_initial(row) for row in application.items.order_by("position")],
    }


def _party_initial(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("role", "name", "country", "address")},
        "aliases": "\n".join(row.aliases),
        "identifiers": "\n".join(f"{kind}: {value}" for kind, value in sorted(row.identifiers.items())),
    }


def _item_initial(row: Any) -> dict[str, Any]:
    names = ("description", "quantity", "unit", "manufacturer", "model", "cas", "cn")
    lines = (f"{one['name']}: {one['value']} {one.get('unit', '')}".strip() for one in row.parameters)
    return {
        **{name: getattr(row, name) for name in names},
        "code": row.code_printed or row.code,
        "parameters": "\n".join(lines),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class DismissalForm(forms.Form):
    """Why a denial does not concern an essentially identical transaction."""

    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=[("", "–"), *((str(code), words) for code, words in DISMISSALS.items())]
    )
    reason = optional(20_000, _("In your own words"), rows=4, help_text=_("Stays inside your authority."))


class WhyForm(forms.Form):
    """Why, if said."""

    reason = optional(20_000, _("Reason"), rows=3, help_text=_("Stays inside your authority."))

"""What an officer types: an application with its rows, the reason of a dismissal."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, offer, optional, rows_of
from accounts.labels import REGIMES
from denials.forms import rows
from denials.law.content import LONGEST, ContentRefused, Problem
from denials.law.transactions import Destination
from screening.labels import (
    ACTIVITIES,
    AUTHORISATION_TYPES,
    DISMISSALS,
    LEVELS,
    MODES,
    ROLES,
    ground_text,
    problem_text,
)
from screening.law.applications import LONGEST_REFERENCE, ApplicationContent
from screening.law.profiles import LEVELS as ORDER
from screening.law.profiles import usual_levels
from screening.models import Application

_WHERE = re.compile(r"(?P<rows>\w+)\[(?P<at>\d+)\](?:\.(?P<field>\w+))?")


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
        offer(self, "regime", [row for row in REGIMES.items() if row[0] in held])


class DestinationForm(forms.Form):
    """One destination."""

    code = forms.ChoiceField(label=_("Destination"))

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", places)


class PartyForm(rows.PartyForm):
    """One party; the applicant is not among the roles, and whoever is screened is somebody."""

    is_category = None  # type: ignore[assignment]  # how a form drops an inherited field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", list(ROLES.items()))


class ItemForm(rows.ItemForm):
    """One item, described once."""

    description_en = None  # type: ignore[assignment]  # how a form drops an inherited field


Destinations = rows_of(DestinationForm)
Parties = rows_of(PartyForm)
Items = rows_of(ItemForm)
# The field of a row that a problem of the whole row stands beside.
_FIRST = {"destinations": "code", "parties": "name", "items": "description"}
_NO_CONTENT = ("role", "DELETE")


class WholeApplication:
    """The form and its rows as one: valid together, read together, refused row by row."""

    def __init__(self, *, regimes: Iterable[str], data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        begun = dict(initial or {})
        stated = {name: begun.pop(name, None) for name in _FIRST}
        places = rows.destination_choices()
        self.form = ApplicationForm(data, initial=begun, regimes=regimes)
        given: dict[str, Any] = {"form_kwargs": {"places": places}}
        self.rows: dict[str, Any] = {
            "destinations": Destinations(data, prefix="destinations", initial=stated["destinations"], **given),
            "parties": Parties(data, prefix="parties", initial=stated["parties"], **given),
            "items": Items(data, prefix="items", initial=stated["items"]),
        }
        for name, initial in stated.items():
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
            items=tuple(form.stated(given["regime"]) for form in self.used("items")),
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


class DismissalForm(forms.Form):
    """Why a denial does not concern an essentially identical transaction."""

    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=[("", "–"), *((str(code), words) for code, words in DISMISSALS.items())]
    )
    reason = optional(20_000, _("In your own words"), rows=4, help_text=_("Stays inside your authority."))


class ReturnForm(forms.Form):
    """Why a proposed dismissal is returned, and which one was read."""

    proposal = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = Text(max_length=20_000, label=_("Why"), rows=3, help_text=_("Stays inside your authority."))

    def clean_proposal(self) -> int:
        """Return the number; a page that names none has read none that stands."""
        return self.cleaned_data["proposal"] or 0


class BulkForm(forms.Form):
    """Very many applications in a file, and what is done with each."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Up to 10,000 applications as JSON Lines or a JSON list, up to 20 MB."),
    )
    mode = forms.ChoiceField(label=_("What is done with each"), choices=list(MODES.items()))


class RulesForm(forms.Form):
    """A change of the authority's rules of level."""

    regime = forms.ChoiceField(label=_("Regime"), choices=list(REGIMES.items()))
    months = forms.IntegerField(
        label=_("Past months to look at"), initial=12, min_value=1, max_value=36, help_text=_("For the run in shadow.")
    )
    reason = Text(max_length=20_000, label=_("Reason"), rows=3)

    def __init__(self, *args: Any, regimes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = frozenset(regimes)
        offer(self, "regime", [row for row in REGIMES.items() if row[0] in held])
        choices = [(str(level), LEVELS[level]) for level in ORDER]
        for ground, level in usual_levels().items():
            self.fields[ground] = forms.ChoiceField(label=ground_text(ground), choices=choices, initial=level)

    def grounds(self) -> list[Any]:
        """Return the fields of the levels, for the page."""
        return [self[ground] for ground in usual_levels()]

    def proposal(self) -> dict[str, Any]:
        """Return what is proposed; grounds placed as usual are left out."""
        given = self.cleaned_data
        placed = {ground: given[ground] for ground, level in usual_levels().items() if given[ground] != level}
        return {"levels": placed, **{name: given[name] for name in ("regime", "months", "reason")}}


class WhyForm(forms.Form):
    """Why, if said."""

    reason = optional(20_000, _("Reason"), rows=3, help_text=_("Stays inside your authority."))

"""A denial in sections: what it states once, and its rows, as one form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, day, optional
from denials import labels
from denials.forms.rows import Destinations, Items, Parties, destination_choices
from denials.law.content import (
    CRITERIA,
    LONGEST,
    MARKINGS,
    Citation,
    ContentRefused,
    DenialContent,
    StatedItem,
    StatedParty,
)
from denials.law.regimes import RegimeRules
from denials.models import Criterion

CRITERION_GROUND = "criterion_"
_WHERE = re.compile(r"(?P<rows>\w+)\[(?P<at>\d+)\](?:\.(?P<field>\w+))?")
_POINTS = re.compile(r"[a-z]{1,2}(?:[,;\s]+[a-z]{1,2})*")


class DenialForm(forms.Form):
    """What a denial states once; the lists are those of the regime's rules."""

    act = forms.ChoiceField(label=_("Act"), required=False)
    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    decided_on = day(_("Date of decision"))
    suspended_until = day(_("Suspended until"), help_text=_("Only for a suspension."))
    activity = forms.ChoiceField(label=_("Activity"))
    authorisation_type = forms.ChoiceField(label=_("Type of authorisation"), required=False)
    source_reference = optional(LONGEST["source_reference"], _("Own number"))
    end_use = optional(LONGEST["end_use"], _("Stated end use"), rows=3)
    grounds = forms.MultipleChoiceField(label=_("Grounds"), required=False, widget=forms.CheckboxSelectMultiple)
    explanation = optional(
        LONGEST["explanation"],
        _("Reasons"),
        rows=6,
        help_text=_("The elements on which the assessment is based, as the others will read them."),
    )
    remarks = optional(LONGEST["remarks"], _("Remarks"), rows=3)
    marking = forms.ChoiceField(label=_("Marking"), choices=[(one, labels.MARKINGS[one]) for one in MARKINGS])

    def __init__(self, *args: Any, rules: RegimeRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self._offer("act", rules.acts, labels.ACTS)
        self._offer("activity", rules.activities, labels.ACTIVITIES, blank=False)
        self._offer("authorisation_type", rules.authorisation_types, labels.AUTHORISATION_TYPES)
        bases = {
            basis.code: f"{labels.LEGAL_BASES.get(basis.code, basis.code)} – {basis.article}"
            for basis in rules.legal_bases
        }
        self._offer("legal_basis", bases, bases)
        others = [ground for ground in rules.grounds if ground.code not in CRITERIA and not _is_criterion(ground.code)]
        self.fields["grounds"].choices = [  # type: ignore[attr-defined]
            (ground.code, _ground_label(ground.code, ground.article)) for ground in others
        ]
        self.criteria = _criteria_of(rules)
        for code in self.criteria:
            self.fields[f"criterion_{code}"] = forms.BooleanField(label=code, required=False)
            self.fields[f"points_{code}"] = Text(
                label=_("Sub-points of criterion %(number)s") % {"number": code},
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"placeholder": _("sub-points: b, c")}),
            )

    def _offer(self, name: str, codes: Iterable[str], words: Mapping[str, Any], *, blank: bool = True) -> None:
        choices = [(str(code), words.get(code, code)) for code in codes]
        self.fields[name].choices = [("", "–"), *choices] if blank else choices  # type: ignore[attr-defined]

    def criterion_rows(self) -> list[dict[str, Any]]:
        """Return the criteria with their fields and short titles, for the page."""
        rows = {row.code: row for row in Criterion.objects.filter(code__in=self.criteria)}
        language = (get_language() or "en").split("-")[0]
        return [
            {
                "code": code,
                "box": self[f"criterion_{code}"],
                "points": self[f"points_{code}"],
                "title": rows[code].short_names.get(language) or rows[code].short_names.get("en", ""),
                "text": rows[code].title_en,
            }
            for code in self.criteria
            if code in rows
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.criteria:
            points = str(data.get(f"points_{code}", "")).strip().lower()
            if points and not _POINTS.fullmatch(points):
                self.add_error(f"points_{code}", _("Letters only, such as: b, c."))
        return data

    def citations(self) -> Iterator[Citation]:
        """Yield the criteria cited; each sub-point is a citation of its own."""
        for code in self.criteria:
            points = re.findall("[a-z]+", self.cleaned_data.get(f"points_{code}", "").lower())
            if points:
                yield from (Citation(code, point) for point in points)
            elif self.cleaned_data.get(f"criterion_{code}"):
                yield Citation(code)


def _criteria_of(rules: RegimeRules) -> tuple[str, ...]:
    held = {ground.code.removeprefix(CRITERION_GROUND) for ground in rules.grounds}
    return tuple(code for code in CRITERIA if code in held and (rules.grounds_kind == "criteria" or _has(rules)))


def _has(rules: RegimeRules) -> bool:
    return any(_is_criterion(ground.code) for ground in rules.grounds)


def _is_criterion(ground: str) -> bool:
    return ground.startswith(CRITERION_GROUND)


def _ground_label(code: str, article: str) -> str:
    words = str(labels.GROUNDS.get(code, code))
    return f"{words} – {article}" if article else words


#: Which fields of a row say that the row is used at all.
_USED_BY = {
    "destinations": ("code", "printed"),
    "parties": ("name",),
    "items": ("code", "description", "description_en", "model"),
}


class WholeDenial:
    """The form and its rows as one: valid together, read together, refused row by row."""

    def __init__(self, *, rules: RegimeRules, data: Any = None, content: DenialContent | None = None) -> None:
        begun = initial_of(content) if content else {}
        rows = {name: begun.pop(name, None) for name in _USED_BY}
        given: dict[str, Any] = {"form_kwargs": {"places": destination_choices()}}
        self.rules, self.begun_from = rules, content
        self.form = DenialForm(data, initial=begun, rules=rules)
        self.rows: dict[str, Any] = {
            "destinations": Destinations(data, prefix="destinations", initial=rows["destinations"], **given),
            "items": Items(data, prefix="items", initial=rows["items"]),
            "parties": Parties(data, prefix="parties", initial=rows["parties"], **given),
        }

    def is_valid(self) -> bool:
        """Check form and rows, all of them."""
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.rows.values())])

    @property
    def has_row_errors(self) -> bool:
        """Whether a row holds an error."""
        return any(formset.total_error_count() for formset in self.rows.values())

    def used(self, name: str) -> list[Any]:
        """Return the rows of a kind that say something and are not removed, in order."""
        rows = (form for form in self.rows[name] if not form.cleaned_data.get("DELETE"))
        return [form for form in rows if any(form.cleaned_data.get(field) for field in _USED_BY[name])]

    def content(self) -> DenialContent:
        """Return what the denial states; what the form does not show is carried over."""
        given, before = self.form.cleaned_data, self.begun_from
        cited = tuple(dict.fromkeys(self.form.citations()))
        return DenialContent(
            regime=self.rules.regime,
            **{name: given[name] for name in _PLAIN},
            origin=before.origin if before else "EU_MS",
            destinations=tuple(form.stated() for form in self.used("destinations")),
            parties=tuple(form.stated() for form in self.used("parties")),
            items=tuple(self._kept(form.stated()) for form in self.used("items")),
            criteria=cited,
            criteria_stated=bool(cited) or before is None or before.criteria_stated,
            grounds=tuple(given["grounds"]),
        )

    def _kept(self, item: StatedItem) -> StatedItem:
        """Carry over what was printed of an item's quantity and value, which the form does not show."""
        for old in self.begun_from.items if self.begun_from else ():
            if (old.code_printed, old.description, old.quantity) == (
                item.code_printed,
                item.description,
                item.quantity,
            ):
                return replace(item, quantity_printed=old.quantity_printed, value=old.value, currency=old.currency)
        return item

    def add_problems(self, refusal: ContentRefused) -> None:
        """Put every problem beside the field it names."""
        for problem in refusal.problems:
            words = labels.problem_text(problem.rule, problem.params)
            found = _WHERE.match(problem.field)
            if found and found["rows"] in self.rows and int(found["at"]) < len(self.used(found["rows"])):
                row = self.used(found["rows"])[int(found["at"])]
                field = found["field"]
                row.add_error(field if field in row.fields else None, words)
            else:
                self.form.add_error(problem.field if problem.field in self.form.fields else None, words)


_PLAIN = (
    "act",
    "legal_basis",
    "decided_on",
    "suspended_until",
    "activity",
    "authorisation_type",
    "source_reference",
    "end_use",
    "explanation",
    "remarks",
    "marking",
)


def initial_of(content: DenialContent) -> dict[str, Any]:
    """Return what the form begins with for a content."""
    begun: dict[str, Any] = {name: getattr(content, name) for name in _PLAIN}
    begun["grounds"] = list(content.grounds)
    for citation in content.criteria:
        begun[f"criterion_{citation.code}"] = True
        points = begun.setdefault(f"points_{citation.code}", "")
        begun[f"points_{citation.code}"] = ", ".join(filter(None, (points, citation.sub_point)))
    begun["destinations"] = [{"code": one.code, "printed": one.printed} for one in content.destinations]
    begun["parties"] = [_party_initial(party) for party in content.parties]
    begun["items"] = [_item_initial(item) for item in content.items]
    return begun


def _party_initial(party: StatedParty) -> dict[str, Any]:
    return {
        "role": party.role,
        "name": party.name,
        "country": party.country,
        "address": party.address,
        "aliases": "\n".join(party.aliases),
        "identifiers": "\n".join(f"{kind}: {value}" for kind, value in party.identifiers),
        "is_category": party.is_category,
    }


def _item_initial(item: StatedItem) -> dict[str, Any]:
    texts = ("description", "description_en", "unit", "manufacturer", "model", "cas", "cn")
    return {
        "code": item.code_printed or item.code,
        "quantity": format(item.quantity.normalize(), "f") if item.quantity is not None else None,
        "parameters": "\n".join(f"{one.name}: {one.value} {one.unit}".strip() for one in item.parameters),
        **{name: getattr(item, name) for name in texts},
    }

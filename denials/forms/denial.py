"""A denial in sections: what it states once, and its rows, as one form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, day, offer, optional
from denials import labels
from denials.fields import marking_ceiling
from denials.forms.rows import Destinations, Items, Parties, destination_choices
from denials.law.content import (
    CRITERIA,
    LARGEST_COUNT,
    LONGEST,
    SCOPES,
    Citation,
    ContentRefused,
    DenialContent,
    StatedItem,
    StatedParty,
    markings_up_to,
)
from denials.law.origins import Granularity, Tier, known_origins, multilateral
from denials.law.recipients import Recipient, Section, article_obliging, entry
from denials.law.regimes import RegimeRules, required_fields
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
    marking = forms.ChoiceField(label=_("Marking"))
    scope = forms.ChoiceField(label=_("Extent"), choices=[(one, labels.SCOPES[one]) for one in SCOPES], required=False)
    scope_note = optional(
        LONGEST["scope_note"], _("Which part"), rows=2, help_text=_("Which destination, user or item is denied.")
    )
    authorisation_reference = optional(LONGEST["authorisation_reference"], _("Number of the authorisation"))
    origin = forms.ChoiceField(label=_("Origin"), required=False)
    origin_state = forms.ChoiceField(label=_("State that denied"), required=False)
    origin_reference = optional(LONGEST["origin_reference"], _("Reference there"))
    granularity = forms.ChoiceField(label=_("One denial or a number"), required=False)
    list_tier = forms.ChoiceField(label=_("List of the regime"), required=False)
    period_since = day(_("Period from"))
    period_until = day(_("Period to"))
    licences_denied = forms.IntegerField(
        label=_("Licences denied"), required=False, min_value=1, max_value=LARGEST_COUNT, localize=False
    )
    also_notified = forms.MultipleChoiceField(
        label=_("Also notified to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    withheld = forms.MultipleChoiceField(label=_("Withheld"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, rules: RegimeRules, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.criteria_needed = rules, False
        self._offer("marking", markings_up_to(marking_ceiling()), labels.MARKINGS, blank=False)
        self._offer("origin", known_origins(), labels.ORIGINS, blank=False)
        self._offer("granularity", Granularity, labels.GRANULARITIES, blank=False)
        self._offer("list_tier", Tier, labels.TIERS)
        self._offer("also_notified", multilateral(), labels.ORIGINS, blank=False)
        self._offer("withheld", [entry(*pair) for pair in self._pairs()], {}, blank=False)
        states = [place for place in places if len(place[0]) in (0, 2)]
        offer(self, "origin_state", states)
        self._offer("act", rules.acts, labels.ACTS)
        self._offer("activity", rules.activities, labels.ACTIVITIES, blank=False)
        self._offer("authorisation_type", rules.authorisation_types, labels.AUTHORISATION_TYPES)
        bases = {
            basis.code: f"{labels.LEGAL_BASES.get(basis.code, basis.code)} – {basis.article}"
            for basis in rules.legal_bases
        }
        self._offer("legal_basis", bases, bases)
        others = [ground for ground in rules.grounds if ground.code not in CRITERIA and not _is_criterion(ground.code)]
        offer(self, "grounds", [(ground.code, _ground_label(ground.code, ground.article)) for ground in others])
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
        offer(self, name, [("", "–"), *choices] if blank else choices)

    def _pairs(self) -> list[tuple[Section, Recipient]]:
        """Every section that may be withheld, with the class of readers it may be withheld from."""
        return [
            (section, recipient)
            for section in Section
            for recipient in self.recipients
            if not article_obliging(self.rules.shared, section, recipient)
        ]

    @property
    def recipients(self) -> list[Recipient]:
        """The classes of readers there are under the rules."""
        return [one for one in Recipient if one is not Recipient.PARTNER or self.rules.partners]

    def release_rows(self) -> list[dict[str, Any]]:
        """Return each section with a box for each class of readers, or the article that obliges to share it."""
        boxes = {box.data["value"]: box for box in self["withheld"].subwidgets}
        return [
            {
                "label": labels.SECTIONS[section],
                "cells": [
                    {
                        "recipient": labels.RECIPIENTS[one],
                        "box": boxes.get(entry(section, one)),
                        "article": article_obliging(self.rules.shared, section, one),
                    }
                    for one in self.recipients
                ],
            }
            for section in Section
        ]

    def release_heads(self) -> list[Any]:
        """Return the names of the classes of readers."""
        return [labels.RECIPIENTS[one] for one in self.recipients]

    @property
    def tells_more(self) -> bool:
        """Whether something is said, or wrong, among the fields of another origin."""
        return any(self[name].errors or self[name].value() not in _USUAL for name in OF_ANOTHER_ORIGIN)

    @property
    def withholds(self) -> bool:
        """Whether something is withheld, or wrong there."""
        return bool(self["withheld"].errors or self["withheld"].value())

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


#: What is asked of a denial that a multilateral regime passed on, or that it was told to.
OF_ANOTHER_ORIGIN = (
    "origin",
    "origin_state",
    "origin_reference",
    "granularity",
    "list_tier",
    "period_since",
    "period_until",
    "licences_denied",
    "also_notified",
)
_USUAL: tuple[Any, ...] = (None, "", [], "EU_MS", "NO", "individual")
#: What a field left empty means.
_DEFAULTS = {"origin": "EU_MS", "granularity": "individual", "scope": "whole"}


#: Which fields of a row say that the row is used at all.
_USED_BY = {
    "destinations": ("code", "printed"),
    "parties": ("name",),
    "items": ("code", "description", "description_en", "model"),
}


#: Where what the rules of a regime name stands in the form: rows, and the field of a row; "" for the form itself.
_NEEDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "destinations": (("destinations", "code"),),
    "items": (),  # an entry or a description
    "item_codes": (("items", "code"),),
    "item_parameters": (("items", "parameters"),),
    "parties": (("parties", "name"),),
    "end_user": (("parties", "role"), ("parties", "name")),
    "grounds": (("", "grounds"),),
    "reasons": (("", "explanation"),),
    "period": (("", "period_since"), ("", "period_until")),
}


class WholeDenial:
    """The form and its rows as one: valid together, read together, refused row by row."""

    def __init__(self, *, rules: RegimeRules, data: Any = None, content: DenialContent | None = None) -> None:
        begun = initial_of(content) if content else {}
        rows = {name: begun.pop(name, None) for name in _USED_BY}
        places = destination_choices()
        given: dict[str, Any] = {"form_kwargs": {"places": places}}
        self.rules, self.begun_from = rules, content
        self.form = DenialForm(data, initial=begun, rules=rules, places=places)
        self.rows: dict[str, Any] = {
            "destinations": Destinations(data, prefix="destinations", initial=rows["destinations"], **given),
            "items": Items(data, prefix="items", initial=rows["items"]),
            "parties": Parties(data, prefix="parties", initial=rows["parties"], **given),
        }
        self._mark_needed()

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
        plain: dict[str, Any] = {name: given[name] for name in _PLAIN}
        plain |= {name: given[name] or usual for name, usual in _DEFAULTS.items()}
        return DenialContent(
            regime=self.rules.regime,
            **plain,
            also_notified=tuple(given["also_notified"]),
            withheld=tuple(given["withheld"]),
            destinations=tuple(form.stated() for form in self.used("destinations")),
            parties=tuple(form.stated() for form in self.used("parties")),
            items=tuple(self._kept(item) for form in self.used("items") for item in form.items(self.rules.regime)),
            criteria=cited,
            criteria_stated=bool(cited) or before is None or before.criteria_stated,
            grounds=tuple(given["grounds"]),
        )

    def split(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the fields that held several entries, each with what they were taken apart into."""
        found = ((form.cleaned_data["code"], form.several(self.rules.regime)) for form in self.used("items"))
        return [(text, entries) for text, entries in found if entries]

    def _mark_needed(self) -> None:
        """Mark what a notification of the act needs, in the first row of each kind: further ones may stay away."""
        act = str(self.form["act"].value() or "")
        for name in required_fields(self.rules, act):
            if name in self.rows:
                self.rows[name].needed = True
            if name == "grounds" and self.form.criteria:  # one of them, or another ground
                self.form.criteria_needed = True
                continue
            for where, field in _NEEDED.get(name, (("", name),)):
                form = next(iter(self.rows[where]), None) if where else self.form
                if form is not None and field in form.fields:
                    setattr(form.fields[field], "needed", True)  # noqa: B010 - a mark of ours, read by the template

    def _kept(self, item: StatedItem) -> StatedItem:
        """Carry over how an item's quantity was printed, which the form does not show."""
        for old in self.begun_from.items if self.begun_from else ():
            if (old.code_printed, old.quantity, old.unit) == (item.code_printed, item.quantity, item.unit):
                return replace(item, quantity_printed=old.quantity_printed)
        return item

    def _stating(self, name: str) -> list[Any]:
        """Return the row each part of the content was stated by; several items may come of one."""
        if name != "items":
            return self.used(name)
        return [form for form in self.used(name) for _item in form.items(self.rules.regime)]

    def add_problems(self, refusal: ContentRefused) -> None:
        """Put every problem beside the field it names."""
        for problem in refusal.problems:
            words = labels.problem_text(problem.rule, problem.params)
            found = _WHERE.match(problem.field)
            if found and found["rows"] in self.rows and int(found["at"]) < len(held := self._stating(found["rows"])):
                row = held[int(found["at"])]
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
    "scope_note",
    "authorisation_reference",
    "origin_state",
    "origin_reference",
    "list_tier",
    "period_since",
    "period_until",
    "licences_denied",
)


def initial_of(content: DenialContent) -> dict[str, Any]:
    """Return what the form begins with for a content."""
    begun: dict[str, Any] = {name: getattr(content, name) for name in (*_PLAIN, *_DEFAULTS)}
    begun |= {name: list(getattr(content, name)) for name in ("grounds", "also_notified", "withheld")}
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
        "value": format(item.value, "f") if item.value is not None else None,
        "currency": item.currency,
        "parameters": "\n".join(f"{one.name}: {one.value} {one.unit}".strip() for one in item.parameters),
        **{name: getattr(item, name) for name in texts},
    }

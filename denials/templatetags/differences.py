"""What two versions state otherwise, in sentences, and with the characters that differ."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.templatetags.words import destination as place_words
from accounts.templatetags.words import long_day, marked, state_name
from denials import labels
from denials.law import differences
from denials.law.content import Citation, StatedItem, StatedParty
from denials.law.differences import Kind, PartDifference
from denials.law.erasure import ERASED, Blanked
from denials.law.transactions import Destination, Parameter
from denials.templatetags.register import WORDS, words

register = template.Library()

#: The values of a party or an item, and what an act sets.
VALUES: dict[str, Any] = {
    "status": gettext_lazy("Status"),
    "notified_on": gettext_lazy("Date of notification"),
    "review_number": gettext_lazy("Number of reviews"),
    "review_due_on": gettext_lazy("Next review due"),
    "role": gettext_lazy("Role"),
    "name": gettext_lazy("Name"),
    "country": gettext_lazy("Country"),
    "address": gettext_lazy("Address"),
    "aliases": gettext_lazy("Other name"),
    "identifiers": gettext_lazy("Identifier"),
    "is_placeholder": gettext_lazy("Names nobody"),
    "is_category": gettext_lazy("A category of consignees"),
    "code": gettext_lazy("Control-list entry"),
    "code_printed": gettext_lazy("Entry as written"),
    "control_list": gettext_lazy("Control list"),
    "category": gettext_lazy("Category"),
    "is_unlisted": gettext_lazy("On no list"),
    "description": gettext_lazy("Description"),
    "description_en": gettext_lazy("Description in English"),
    "parameters": gettext_lazy("Technical parameter"),
    "quantity": gettext_lazy("Quantity"),
    "quantity_printed": gettext_lazy("Quantity as written"),
    "unit": gettext_lazy("Unit"),
    "value": gettext_lazy("Value"),
    "currency": gettext_lazy("Currency"),
    "manufacturer": gettext_lazy("Manufacturer"),
    "model": gettext_lazy("Model"),
    "cas": gettext_lazy("CAS number"),
    "cn": gettext_lazy("CN code"),
}
PARTS = {
    "parties": gettext_lazy("party"),
    "items": gettext_lazy("item"),
    "destinations": gettext_lazy("destination"),
    "criteria": gettext_lazy("criterion"),
    "grounds": gettext_lazy("ground"),
}

#: Texts beside the content, by where they stand.
BESIDE: dict[str, dict[str, Any]] = {
    "court": {"court": gettext_lazy("Court"), "reference": gettext_lazy("Number at the court")},
    "recall": {
        "what": gettext_lazy("Recall: what to delete or correct"),
        "reason": gettext_lazy("Recall: reason"),
        "note": gettext_lazy("Answer to the recall"),
    },
    "release_steps": {"reason": gettext_lazy("Reason of a return")},
    "destinations": {"printed": gettext_lazy("Destination as written")},
    "": {"change_reason": gettext_lazy("Reason of the act")},
}


LONG = 120  # characters beyond which a value is not repeated in a sentence
_LONG_ONES = {
    Kind.ADDED: gettext_lazy("%(what)s added."),
    Kind.REMOVED: gettext_lazy("%(what)s removed."),
    Kind.CHANGED: gettext_lazy("%(what)s changed."),
}


@register.filter
def value_name(one: PartDifference) -> str:
    """Name what is stated otherwise: `Quantity`, `Date of decision`."""
    if one.name:
        return str(VALUES.get(one.name, one.name))
    if one.part and one.field in PARTS:
        return str(PARTS[one.field]).capitalize()
    return str(VALUES.get(one.field) or labels.FIELDS.get(one.field, one.field))


@register.filter
def part_name(one: PartDifference) -> str:
    """Name the party or the item a value belongs to, "" for a value of the denial itself."""
    if not (one.part and one.name):
        return ""
    label = _shown(one.label)
    return _("%(part)s %(number)s, %(label)s") % {
        "part": str(PARTS.get(one.field, one.field)).capitalize(),
        "number": one.part,
        "label": label,
    }


@register.filter
def sentence(one: PartDifference) -> str:
    """Say in a sentence what is stated otherwise."""
    before, after = in_words(one, one.before), in_words(one, one.after)
    facts = {"what": value_name(one), "part": part_name(one), "before": before, "after": after.removesuffix(".")}
    if max(len(before), len(after)) > LONG:
        text = str(_LONG_ONES[one.kind])
    elif one.kind is Kind.ADDED:
        text = _("%(what)s added: %(after)s.")
    elif one.kind is Kind.REMOVED:
        facts["before"] = before.removesuffix(".")
        text = _("%(what)s removed: %(before)s.")
    else:
        text = _("%(what)s changed from %(before)s to %(after)s.")
    said = text % facts
    return _("%(part)s: %(said)s") % {"part": facts["part"], "said": said} if facts["part"] else said


@register.filter
def before_words(one: PartDifference) -> str:
    """Write the earlier value."""
    return in_words(one, one.before)


@register.filter
def after_words(one: PartDifference) -> str:
    """Write the later value."""
    return in_words(one, one.after)


@register.filter
def before_marked(one: PartDifference) -> SafeString:
    """Write the earlier value with what the later does not have marked."""
    return marked(before_words(one), _spans(one)[0])


@register.filter
def after_marked(one: PartDifference) -> SafeString:
    """Write the later value with what the earlier did not have marked."""
    return marked(after_words(one), _spans(one)[1])


def _spans(one: PartDifference) -> Any:
    if one.kind is not Kind.CHANGED:
        return (), ()
    return differences.differing(before_words(one), after_words(one))


def in_words(one: PartDifference, value: Any) -> str:
    """Write a value of the content in words, as pages and REST tell it."""
    if value is None or value == "":
        return ""
    kind = {"criteria": "", "grounds": "ground"}.get(one.field, one.name or one.field)
    if isinstance(value, str) and kind in WORDS:
        return words(value, kind)
    if one.name == "country":
        return str(state_name(value))
    return _shown(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, StatedParty):
        facts = (words(value.role, "role"), value.name, *value.aliases, value.address, state_name(value.country))
        return " · ".join(str(one) for one in facts if one)
    if isinstance(value, StatedItem):
        quantity = f"{value.quantity.normalize():f} {value.unit}" if value.quantity is not None else ""
        facts = (value.code, value.description, value.description_en, quantity.strip(), *map(_plain, value.parameters))
        return " · ".join(str(one) for one in facts if one)
    if isinstance(value, Destination):
        return str(place_words(value))
    if isinstance(value, Parameter):
        return f"{value.name}: {value.value} {value.unit}".strip()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ": ".join(map(_plain, value))
    return _other(value)


def _other(value: Any) -> str:
    if isinstance(value, Citation | str | int):
        return str(value)
    return str(long_day(value)) if hasattr(value, "strftime") else f"{value.normalize():f}"


def _shown(text: str) -> str:
    return text.replace(ERASED, _("[erased]"))


@register.filter
def blanked_words(one: Blanked) -> str:
    """Write a value that would be blanked: name of the field, and what stands there."""
    part, _point, name = one.path.rpartition(".")
    label = BESIDE.get(part.partition("[")[0].removesuffix(".requests"), {}).get(name)
    label = label or VALUES.get(name) or labels.FIELDS.get(name, name)
    if isinstance(one.before, tuple):
        return f"{label}: {', '.join(map(_plain, one.before))}"
    return f"{label}: {one.before}"

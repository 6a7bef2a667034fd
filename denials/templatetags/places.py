"""Words for what holds of a place."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from accounts.templatetags.words import short_day, state_name
from denials.labels import PLACE_ATTRIBUTES
from denials.law.places import TERRITORY_OF, Attribute, PlaceRemark, Remark

register = template.Library()


@register.filter
def attribute_words(attribute: Attribute) -> str:
    """Write a dated fact: arms embargo; territory of DK Denmark."""
    words = str(PLACE_ATTRIBUTES.get(attribute.name, attribute.name))
    return f"{words} {state_name(attribute.by)}" if attribute.name == TERRITORY_OF else words


@register.filter
def remark_words(remark: PlaceRemark) -> str:
    """Write what an officer should know: EU arms embargo since 27 June 1989."""
    fact = remark.attribute
    words = _words(remark)
    if remark.remark is Remark.ARMS_EMBARGO and fact.note:
        words = f"{words}: {fact.note}"
    return words if fact.verified else _("%(remark)s (not verified)") % {"remark": words}


def _words(remark: PlaceRemark) -> str:
    fact = remark.attribute
    if remark.remark is Remark.ARMS_EMBARGO:
        return _("%(by)s arms embargo since %(day)s") % {"by": fact.by, "day": short_day(fact.span.since)}
    if remark.remark is Remark.OUTSIDE_CUSTOMS_TERRITORY:
        return _("outside the EU customs territory (territory of %(state)s)") % {"state": state_name(fact.by)}
    return _("inside the EU customs territory: a transfer within the Union, not an export")


@register.filter
def remarks_of(known: Mapping[str, Any] | None, code: str) -> Any:
    """Return the remarks on a place: `{% for one in remarks|remarks_of:destination.code %}`."""
    return (known or {}).get(code, ())

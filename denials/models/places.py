"""Places with their dated attributes, as the law reads them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from denials.law.place_names import fold
from denials.law.places import EU_MEMBER, Place, PlaceRemark, remarks
from denials.models.reference import Country, PlaceAttribute, PlaceName

CODE = 2  # letters


def place(country: Country) -> Place:
    """Return a country or territory as the law reads it; its attributes are best prefetched."""
    rows = sorted(country.attributes.all(), key=lambda row: (row.name, row.by, row.since or date.min))
    return Place(country.code, country.name_en, tuple(row.facts() for row in rows))


def places_found(written: str, attribute: str, on: date) -> "QuerySet[Country]":
    """
    Return the places a text may mean, of which an attribute holds on a day; an empty text or attribute asks nothing.

    A word of two letters is a code; a longer one may stand anywhere in a name, in any language held.
    """
    found = Country.objects.order_by("code")
    if folded := fold(written):
        names = PlaceName.objects.filter(**{"folded" if len(folded) <= CODE else "folded__contains": folded})
        found = found.filter(code__in={code for codes in names.values_list("codes", flat=True) for code in codes})
    return found.of_which(attribute, on) if attribute else found


def members_of_the_union(on: date) -> frozenset[str]:
    """Return the codes of the Member States of the Union on a day."""
    members = PlaceAttribute.objects.filter(name=EU_MEMBER)
    return frozenset(row.country_id for row in members if row.facts().span.holds(on))


def remarks_on(codes: Iterable[str], on: date) -> dict[str, tuple[PlaceRemark, ...]]:
    """Return what an officer should know of some places on a day, by code; in one query."""
    wanted = {code for code in codes if len(code) == 2}
    if not wanted:
        return {}
    rows = PlaceAttribute.objects.filter(Q(country__in=wanted) | Q(name=EU_MEMBER)).order_by("name", "by", "since")
    facts = [(row.country_id, row.facts()) for row in rows]
    members = frozenset(code for code, one in facts if one.name == EU_MEMBER and one.span.holds(on))
    places = (Place(code, code, tuple(one for of, one in facts if of == code)) for code in sorted(wanted))
    return {place.code: found for place in places if (found := remarks(place, on, members))}

"""Destinations are kept as stated: special, unresolved, or one country."""

from datetime import date

import pytest

from denials.law.places import Attribute, Place, Span, is_one_country, same_place, statistical_key, statistical_keys
from denials.law.transactions import Destination

ISRAEL, CHINA = Destination("IL", "Israël"), Destination("CN")
CONGO = Destination("", "Congo")
VARIOUS, UNKNOWN = Destination("VARIOUS"), Destination("UNKNOWN")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (ISRAEL, Destination("IL"), True),
        (ISRAEL, CHINA, False),
        (UNKNOWN, UNKNOWN, None),
        (VARIOUS, VARIOUS, None),
        (CONGO, CONGO, None),
        (Destination("XX", "Congo"), Destination("XX", "Congo"), None),
        (ISRAEL, Destination(), None),
    ],
)
def test_unknown_never_equals_unknown(left, right, same):
    assert same_place(left, right) is same


@pytest.mark.parametrize(
    ("destination", "key"),
    [
        (ISRAEL, "IL"),
        (CONGO, "XX:Congo"),
        (Destination("XX", "Congo"), "XX:Congo"),
        (VARIOUS, "VARIOUS"),
        (Destination("", "Aruba, BES islands, Curaçao"), "XX:Aruba, BES islands, Curaçao"),
        (Destination(), "UNKNOWN"),
    ],
)
def test_a_group_is_counted_as_printed(destination, key):
    assert statistical_key(destination) == key


def test_each_destination_is_counted_once():
    assert statistical_keys([ISRAEL, Destination("IL"), CHINA]) == ("IL", "CN")
    assert statistical_keys([]) == ("UNKNOWN",)


def test_special_destinations_are_no_country():
    assert not is_one_country(Destination("EU_NATO_PLUS"))


@pytest.mark.parametrize(
    ("on", "member"), [(date(2020, 12, 31), True), (date(2021, 1, 1), False), (date(1972, 12, 31), False)]
)
def test_attributes_hold_between_their_dates(on, member):
    span = Span(date(1973, 1, 1), date(2020, 12, 31))
    assert Place("GB", "United Kingdom", (Attribute("customs_territory", span),)).has("customs_territory", on) is member


def test_an_open_span_always_holds():
    assert Span().holds(date(1900, 1, 1))

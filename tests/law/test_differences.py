"""What two versions state otherwise: a value, a part added or removed, a value within a part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denials.law.content import Citation, StatedItem, StatedParty
from denials.law.differences import differing, part_differences
from denials.law.transactions import Destination, Parameter
from tests.factories import a_content

WHOLE = a_content()
USER, CONSIGNEE, EXPORTER = WHOLE.parties
(ITEM,) = WHOLE.items
TUBE = StatedItem.stated("ML6.a", description="Rohre", quantity=Decimal(2))

CASES = [
    ({}, []),
    ({"decided_on": date(2024, 10, 10)}, ["changed decided_on"]),
    ({"end_use": "prison"}, ["added end_use"]),
    ({"explanation": ""}, ["removed explanation"]),
    ({"parties": (USER, CONSIGNEE)}, ["removed parties[2]"]),
    ({"parties": (*WHOLE.parties, StatedParty.stated("broker", "Middle SA"))}, ["added parties[3]"]),
    ({"parties": (EXPORTER, USER, CONSIGNEE)}, []),  # another order says nothing else
    ({"parties": (USER, replace(CONSIGNEE, address="1 Port Road"), EXPORTER)}, ["added parties[1].address"]),
    ({"parties": (USER, replace(CONSIGNEE, name="Troya"), EXPORTER)}, ["changed parties[1].name"]),
    ({"parties": (USER, replace(CONSIGNEE, role="broker"), EXPORTER)}, ["changed parties[1].role"]),
    ({"parties": (USER, replace(CONSIGNEE, aliases=("TTD",)), EXPORTER)}, ["added parties[1].aliases"]),
    (
        {"parties": (replace(USER, identifiers=(("vat", "1"),)), CONSIGNEE, EXPORTER)},
        ["added parties[0].identifiers"],
    ),
    ({"items": (replace(ITEM, quantity=Decimal(50)),)}, ["changed items[0].quantity"]),
    ({"items": (TUBE, ITEM)}, ["added items[0]"]),
    ({"items": (TUBE,)}, ["removed items[0]", "added items[0]"]),
    ({"items": (replace(ITEM, parameters=(Parameter("gain", "40"),)),)}, ["added items[0].parameters"]),
    ({"destinations": (Destination("IL", "Israël"), Destination("CY"))}, ["added destinations[1]"]),
    ({"criteria": (Citation("7"),)}, ["removed criteria[0]"]),
]


@pytest.mark.parametrize(("changes", "found"), CASES)
def test_each_value_and_part_is_told_by_itself(changes, found):
    told = part_differences(WHOLE, replace(WHOLE, **changes))
    assert [f"{one.kind} {one.path}" for one in told] == found


@pytest.mark.parametrize(("changes", "found"), CASES)
def test_backwards_what_was_added_is_removed(changes, found):
    told = part_differences(replace(WHOLE, **changes), WHOLE)
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(str(one.kind) for one in told) == sorted(opposite[one.split()[0]] for one in found)


def test_a_parameter_of_the_same_name_is_changed_not_replaced():
    before = replace(
        WHOLE, items=(replace(ITEM, parameters=(Parameter("gain", "40"), Parameter("weight", "1", "kg"))),)
    )
    after = replace(WHOLE, items=(replace(ITEM, parameters=(Parameter("gain", "50"),)),))
    told = [(one.kind, one.before, one.after) for one in part_differences(before, after)]
    assert told == [
        ("changed", Parameter("gain", "40"), Parameter("gain", "50")),
        ("removed", Parameter("weight", "1", "kg"), None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("same", "same", (), ()),
        ("", "new", (), ((0, 3),)),
        ("Troya Tech Defense Ltd.", "Troya Tech Defence Ltd.", ((16, 17),), ((16, 17),)),
        ("40", "400", (), ((2, 3),)),
    ],
)
def test_the_characters_that_differ_are_marked(before, after, left, right):
    assert differing(before, after) == (left, right)


def test_long_texts_are_compared_by_words_and_very_long_ones_marked_whole():
    long = "word " * 500
    left, right = differing(f"{long}old {long}", f"{long}new {long}")
    assert left == right == ((2500, 2503),)
    endless = "a b " * 10_000
    assert differing(endless, f"{endless}c") == (((0, 40_000),), ((0, 40_001),))

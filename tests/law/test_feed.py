"""What two registers are compared by, computed alike on both sides (docs/adr/0082)."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denials.law import feed
from denials.law.content import Citation, StatedItem, StatedParty
from denials.law.transactions import Parameter
from tests.factories import a_content

CONTENTS = [
    a_content("arms"),
    a_content("dual_use", remarks="«ß» 東京", suspended_until=date(2027, 1, 1)),
    a_content("torture"),
    replace(
        a_content("arms"),
        decided_on=None,
        criteria=(Citation("2", "b"), Citation("7")),
        parties=(
            StatedParty("end_user", "A", aliases=("B", "C"), identifiers=(("passport", "1"), ("vat", "2"))),
            StatedParty("other", "private end-user", is_placeholder=True),
        ),
        items=(
            StatedItem(description="x", quantity=Decimal("0.5"), value=Decimal("1200.50"), currency="EUR"),
            StatedItem(code="3A001.a.2", parameters=(Parameter("frequency", ">= 40", "GHz"),)),
        ),
    ),
]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_content_read_back_is_the_same(content):
    sent = json.loads(json.dumps(feed.as_sent(content)))
    assert feed.as_content(sent) == content
    assert feed.as_sent(feed.as_content(sent)) == feed.as_sent(content)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_on": "yesterday"}, "content.decided_on"),
        ({"decided_on": 5}, "content.decided_on"),
        ({"parties": {}}, None),
        ({"parties": "x"}, "content.parties"),
        ({"parties": [{"role": 1}]}, "content.parties[0].role"),
        ({"items": [{"quantity": "many"}]}, "content.items[0].quantity"),
        ({"items": [3]}, "content.items[0]"),
        ({"criteria": ["2((b"]}, "content.criteria[0]"),
        ({"new_member": "x"}, "content.new_member"),
    ],
)
def test_what_is_no_content_is_refused_by_its_field(changes, field):
    sent = feed.as_sent(CONTENTS[0]) | changes
    if field is None:
        assert feed.as_content(sent).parties == ()
        return
    with pytest.raises(feed.ChangeUnreadable) as refused:
        feed.as_content(sent)
    assert refused.value.params["field"] == field


def test_the_digest_does_not_depend_on_the_order_of_members_nor_on_itself():
    change = {"sequence": 1, "kind": "notify", "content": {"b": 1, "a": "é"}}
    digest = feed.digest_of(change)
    assert digest == feed.digest_of({"content": {"a": "é", "b": 1}, "kind": "notify", "sequence": 1, "digest": "x"})
    assert digest != feed.digest_of(change | {"sequence": 2})


def test_a_chain_can_be_taken_up_where_it_was_left():
    digests = [feed.digest_of({"sequence": number}) for number in range(5)]
    whole = feed.chain(digests)
    assert feed.chain(digests[2:], feed.chain(digests[:2])) == whole
    assert feed.chain(reversed(digests)) != whole
    assert feed.chain([]) == feed.GENESIS

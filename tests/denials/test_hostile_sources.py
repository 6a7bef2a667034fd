"""A source that is broken or hostile neither holds a mirror up for ever nor leaves anything behind (docs/adr/0084)."""

import itertools
from datetime import UTC, datetime
from uuid import UUID

import pytest

from denials import actions, feed
from denials.law.feed import GENESIS
from denials.management.following import compare, first_difference, follow
from denials.management.source import SourceFailed
from denials.models import MirroredChange, MirrorState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


class Hostile:
    """A source that answers what it is given to answer, for a while."""

    def __init__(self, *, patience=20, **answer):
        self.answer, self.left = answer, patience

    def changes(self, *, after, limit, scope):
        self.left -= 1
        assert self.left, "the mirror asks for ever"
        given = {"head": 9, "next_after": after, "more": False, "scope": "s", "results": []} | self.answer
        return {name: value(after) if callable(value) else value for name, value in given.items()}

    def digest(self, *, after, upto, previous):
        self.left -= 1
        assert self.left, "the mirror asks for ever"
        return {"upto": upto, "count": 0, "digest": previous, "more": False, "head": 9} | self.answer


@pytest.fixture
def mirror(db):
    return actions.begin_mirror(source="https://exchange.example", now=NOW)


def cursor():
    return MirrorState.objects.get(id=1).cursor


@pytest.mark.parametrize(
    "answer",
    [
        {"more": True},
        {"more": True, "next_after": 0},
        {"more": True, "next_after": -5},
        {"more": True, "next_after": 7},  # no change of that number was sent
        {"next_after": 2**80, "results": [{"sequence": 2**80}]},
        {"more": True, "next_after": 2, "results": [{"sequence": 3}, {"sequence": 2}]},
        {"results": [{"sequence": 0}]},
        {"results": [{"sequence": True}]},
        {"results": ["a change"]},
        {"results": [{}]},
    ],
)
def test_a_page_that_does_not_lead_on_is_refused(mirror, answer):
    with pytest.raises(SourceFailed):
        list(follow(Hostile(**answer)))
    with pytest.raises(SourceFailed):
        first_difference(Hostile(**answer), after=0, upto=9)
    assert (cursor(), MirroredChange.objects.count()) == (0, 0)


def test_a_scope_that_never_holds_still_is_refused(mirror):
    scopes = itertools.count()
    source = Hostile(
        scope=lambda after: str(next(scopes)),
        more=True,
        results=lambda after: [feed.tombstone(sequence=after + 1, denial=UUID(int=7), recorded_at=NOW)],
        next_after=lambda after: after + 1,
    )
    with pytest.raises(SourceFailed, match="scope"):
        list(follow(source))


@pytest.mark.parametrize(
    "answer", [{"more": True, "upto": 0}, {"more": True, "upto": 9}, {"more": True}, {"upto": 3, "digest": GENESIS}]
)
def test_a_chain_that_does_not_lead_to_its_end_is_refused(mirror, answer):
    MirrorState.objects.update(cursor=9)
    with pytest.raises(SourceFailed):
        compare(Hostile(**answer))

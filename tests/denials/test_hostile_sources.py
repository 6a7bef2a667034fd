"""A source that is broken or hostile neither holds a mirror up for ever nor leaves anything behind (docs/adr/0084)."""

import itertools
import socket
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction

from accounts.models import Authority
from denials import actions, feed
from denials.actions.mirror import OutOfStep
from denials.law.feed import GENESIS, ChangeUnreadable, as_sent, digest_of
from denials.management import source as sources
from denials.management.following import compare, first_difference, follow
from denials.management.source import Source, SourceFailed, SourceRefused
from denials.models import Denial, MirroredChange, MirrorState
from tests.factories import a_content

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


@pytest.fixture
def told(mirror):
    """A change as an honest source sends it."""
    authority = Authority.objects.get(code="NL")
    data = {"sequence": 3, "kind": "notify", "recorded_at": "2026-03-02T09:00:00Z", "denial": str(UUID(int=7))}
    data |= {"reference": "NL-ARM-2026-0001", "authority": "NL", "state": authority.state_id, "regime": "arms"}
    data |= {"version": 1, "status": "in_force", "valid_from": "2026-03-02", "notified_on": "2026-03-02"}
    data |= {"review_number": 0, "review_due_on": None, "court": [], "reason": "", "is_historic": False}
    return data | {"siblings_key": None, "content": as_sent(a_content()), "rewritten": []}


def take_in(*changes):
    sent = [one | {"digest": digest_of(one)} for one in changes]
    page = actions.Page(0, "s", sent, max(one["sequence"] for one in sent))
    return actions.take_in_page(page=page, now=NOW)


FACT = {"fact": "annulled", "on": "2026-03-01", "court": "Raad van State", "reference": "1"}


def test_an_honest_change_is_taken_in(told):
    assert take_in(told | {"court": [FACT]}) == 1
    assert Denial.objects.get().current.court == [FACT]


@pytest.mark.parametrize(
    "changes",
    [
        {"court": [FACT | {"fact": "burnt"}]},
        {"court": [FACT | {"on": "soon"}]},
        {"court": [FACT | {"court": 1}]},
        {"court": [FACT | {"more": ""}]},
        {"court": ["annulled"]},
        {"court": "annulled"},
        {"court": {"fact": "annulled"}},
        {"court": None},
        {"status": "nonsense"},
        {"status": "draft"},
        {"status": ["in_force"]},
        {"sequence": -3},
        {"sequence": 0},
        {"sequence": True},
        {"sequence": 2**63},
        {"version": True},
        {"version": 0},
        {"version": -1},
        {"version": 2**15},
        {"version": 1.0},
        {"review_number": True},
        {"review_number": "1"},
        {"review_number": -1},
        {"review_number": 10**9},
        {"state": "SE"},
        {"kind": "nonsense"},
        {"kind": "edit"},
        {"kind": "erase"},
        {"kind": 1},
        {"reference": "N" * 41},
        {"reference": None},
        {"reason": "nul \0"},
        {"denial": "7"},
        {"siblings_key": 7},
        {"content": {"regime": "dual_use"}},
        {"content": {"regime": "arms", "licences_denied": 10**30}},
        {"content": {"regime": "arms", "items": [{"quantity": "NaN"}]}},
        {"content": {"regime": "arms", "items": [{"quantity": "1E+999999999"}]}},
        {"content": {"regime": "arms", "items": [{"quantity": "1E+25"}]}},
        {"content": {"regime": "arms", "items": [{"description": "nul \0"}]}},
        {"content": {"regime": "arms", "parties": [{"role": "king", "name": "x"}]}},
        {"content": {"regime": "arms", "parties": [{"role": "consignee", "name": "x" * 501}]}},
        {"content": {"regime": "arms", "act": "a" * 33}},
        {"content": {"regime": "arms", "scope": "some"}},
        {"content": {"regime": "arms", "criteria": ["11"]}},
    ],
)
def test_a_change_that_would_break_the_mirrors_pages_is_refused_whole(told, changes):
    try:
        with pytest.raises((ChangeUnreadable, OutOfStep)), transaction.atomic():
            take_in(told | changes)
    finally:
        assert (Denial.objects.count(), cursor()) == (0, 0)


def test_half_a_character_is_unreadable(told):
    page = actions.Page(0, "s", [told | {"reason": "half \ud800", "digest": "0" * 64}], 3)
    with pytest.raises(ChangeUnreadable):
        actions.take_in_page(page=page, now=NOW)


def test_a_change_of_another_denial_under_a_known_id_is_refused(told):
    take_in(told)
    follow_up = told | {"sequence": 4, "version": 2, "kind": "amend", "reference": "NL-ARM-2026-0002"}
    with pytest.raises(OutOfStep):
        actions.take_in_page(page=actions.Page(3, "s", [follow_up | {"digest": digest_of(follow_up)}], 4), now=NOW)


class Raw:
    """A server that says given bytes, a piece each so many seconds, to whoever asks."""

    def __init__(self, pieces, pause=0.0):
        self.pieces, self.pause, self.asked = pieces, pause, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            self.asked += 1
            with line:
                line.recv(65_536)
                try:
                    for piece in self.pieces:
                        line.sendall(piece)
                        time.sleep(self.pause)
                except OSError:
                    pass

    def read(self):
        waits = []
        try:
            return Source(self.address, "t", sleep=waits.append).changes(after=0, limit=1, scope="")
        finally:
            self.listening.close()
            self.waits = waits


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "said",
    [
        OK + b"Content-Length: 900\r\n\r\n{",  # IncompleteRead
        b"no status at all\r\n\r\n",  # BadStatusLine
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"",
        OK + b"X: y\r\n" * 200 + b"\r\n{}",  # more headers than are read
    ],
)
def test_an_answer_broken_off_is_asked_for_again_and_then_given_up(said):
    server = Raw([said])
    with pytest.raises(SourceFailed, match="cannot be reached"):
        server.read()
    assert (server.asked, len(server.waits)) == (sources.TRIES, sources.TRIES - 1)


@pytest.mark.parametrize("said", [b"1" * 5000, b"[" * 100_000, b"\xff", b'{"head": true}', b'{"head": "1"}', b"[]"])
def test_what_is_no_answer_is_refused(said):
    with pytest.raises(SourceFailed):
        Raw([OK + b"\r\n" + said]).read()


@pytest.mark.parametrize(
    "pieces",
    [
        [OK + b"\r\n", *[b" "] * 200],  # the answer
        [OK, *[b"X"] * 200],  # its headers
        [OK + b"Transfer-Encoding: chunked\r\n\r\n", *[b"0"] * 200],  # the length of a piece of it
        [b"HTTP/1.1 409 Conflict\r\n\r\n", *[b" "] * 200],  # a refusal
    ],
)
def test_an_answer_that_trickles_is_cut_when_its_time_is_over(pieces, monkeypatch):
    monkeypatch.setattr(sources, "TIMEOUT", 0.3)
    monkeypatch.setattr(sources, "TRIES", 2)
    started = time.monotonic()
    with pytest.raises(SourceFailed, match="cannot be reached"):
        Raw(pieces, pause=0.1).read()
    assert time.monotonic() - started < 5


def test_a_refusal_is_told_with_its_code():
    with pytest.raises(SourceRefused, match="409 scope_changed"):
        Raw([b'HTTP/1.1 409 Conflict\r\n\r\n{"code": "scope_changed"}']).read()

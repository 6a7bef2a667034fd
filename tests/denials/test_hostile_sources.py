"""A source that is broken or hostile neither holds a mirror up for ever nor leaves anything behind (docs/adr/0084)."""

import itertools
import socket
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

import pytest

from denials import actions, feed
from denials.law.feed import GENESIS
from denials.management import source as sources
from denials.management.following import compare, first_difference, follow
from denials.management.source import Source, SourceFailed, SourceRefused
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

"""The change feed over REST: per reader, every change once, with digests that a reader can compute again."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Competence
from denials import actions
from denials.law import feed
from denials.models import DenialRecipient
from tests.factories import MARCH, a_content, a_denial

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/denials/"
LATER = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def changed(clock, consulted_officer, stranger):
    """Four denials in three regimes, one of them withdrawn, one amended."""
    clock.set(MARCH)
    first = a_denial(consulted_officer)
    a_denial(stranger, "dual_use")
    a_denial(stranger, "torture")
    by = consulted_officer.principal
    actions.amend_denial(denial_id=first.pk, content=a_content(end_use="Prisons"), by=by, now=MARCH)
    actions.withdraw_denial(denial_id=first.pk, reason="Error.", by=by, now=MARCH)
    return first


def changes(reader, **asked):
    answer = reader.get(f"{ROOT}changes/", asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_each_change_carries_a_digest_that_the_reader_can_compute(changed, client_be):
    page = changes(client_be.api)
    assert [one["sequence"] for one in page["results"]] == [1, 2, 3, 4, 5]
    assert all(one["digest"] == feed.digest_of(one) for one in page["results"])
    assert page["results"][-1]["content"] is None
    whole = client_be.api.get(f"{ROOT}digest/", {"upto": 5}).json()
    assert whole["digest"] == feed.chain(one["digest"] for one in page["results"])
    assert (whole["count"], whole["upto"], whole["more"], whole["head"]) == (5, 5, False, 5)


def test_a_corrected_own_number_rewrites_no_earlier_change(clock, consulted_officer, client_be):
    clock.set(MARCH)
    denial, by = a_denial(consulted_officer), consulted_officer.principal
    (first,) = changes(client_be.api)["results"]
    content = a_content(source_reference="Other/2026")
    actions.amend_denial(denial_id=denial.pk, content=content, by=by, now=MARCH)
    again, second = changes(client_be.api)["results"]
    assert (again["digest"], again["content"]) == (first["digest"], first["content"])
    assert second["content"]["source_reference"] == "Other/2026" != first["content"]["source_reference"]


def test_a_chain_is_taken_up_where_it_was_left(changed, client_be, monkeypatch):
    monkeypatch.setattr("denials.api.changes.MOST_DIGESTED", 2)
    whole = feed.chain(one["digest"] for one in changes(client_be.api)["results"])
    asked, steps = {"upto": 5}, 0
    while True:
        answer = client_be.api.get(f"{ROOT}digest/", asked).json()
        steps += 1
        if not answer["more"]:
            break
        asked |= {"after": answer["upto"], "previous": answer["digest"]}
    assert (answer["digest"], steps) == (whole, 3)


def test_the_next_stretch_is_linked_and_its_end_is_where_nothing_follows(changed, client_be):
    page = changes(client_be.api, limit=2)
    assert (page["more"], page["next_after"]) == (True, 2)
    page = client_be.api.get(page["next"]).json()
    assert [one["sequence"] for one in page["results"]] == [3, 4]
    page = client_be.api.get(page["next"]).json()
    assert (page["more"], page["next"], page["next_after"]) == (False, None, 5)
    assert changes(client_be.api, after=5)["results"] == []


def test_a_readers_head_tells_nothing_of_what_it_is_not_sent(changed, commission, eeas, stranger):
    assert changes(eeas.web)["head"] == 5
    a_denial(stranger, "dual_use")
    assert changes(eeas.web)["head"] == 5
    assert changes(commission.web)["head"] == 6
    assert [one["sequence"] for one in changes(commission.web)["results"]] == [2, 3, 6]


def test_what_was_received_and_may_be_seen_no_more_is_a_tombstone(changed, clock, client_be, client_se):
    clock.set(LATER)
    scope = changes(client_be.api)["scope"]
    Competence.objects.filter(authority=client_be.authority, regime="arms").update(until=date(2026, 3, 10))
    refused = client_be.api.get(f"{ROOT}changes/", {"after": 5, "scope": scope})
    assert (refused.status_code, refused.json()["code"]) == (409, "scope_changed")
    page = changes(client_be.api)
    assert page["scope"] != scope
    assert [one["kind"] for one in page["results"]] == ["tombstone", "notify", "notify", "tombstone", "tombstone"]
    gone = page["results"][0]
    assert (gone["denial"], gone["reference"], gone["content"]) == (str(changed.pk), None, None)
    assert gone["digest"] == feed.digest_of(gone)
    DenialRecipient.objects.filter(authority=client_be.authority).exists()


def test_what_was_never_received_leaves_no_trace(clock, consulted_officer, client_be):
    clock.set(LATER)
    Competence.objects.filter(authority=client_be.authority, regime="arms").update(until=date(2026, 2, 1))
    a_denial(consulted_officer, now=LATER)
    page = changes(client_be.api)
    assert (page["results"], page["head"]) == ([], 0)


def test_whoever_takes_changes_over_is_in_the_ledger(changed, client_be, client_nl):
    changes(client_be.api, limit=2)
    noted = DenialRecipient.objects.filter(authority=client_be.authority, mirrored_at__isnull=False)
    assert noted.count() == 2
    changes(client_nl.api)
    issuer = DenialRecipient.objects.filter(authority=client_nl.authority, denial=changed)
    assert not issuer.exists()


def test_the_issuer_is_sent_its_own_exporters_and_nobody_else(changed, client_nl, client_be):
    own, others = changes(client_nl.api), changes(client_be.api)
    assert "Geheime Uitvoer" in str(own)
    assert "Geheime Uitvoer" not in str(others)
    assert own["results"][0]["digest"] != others["results"][0]["digest"]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("changes/", {"after": -1}),
        ("changes/", {"after": "x"}),
        ("changes/", {"limit": 0}),
        ("changes/", {"limit": 1001}),
        ("changes/", {"scope": "x"}),
        ("changes/", {"after": 2**63}),
        ("changes/", {"junk": 1}),
        ("digest/", {}),
        ("digest/", {"upto": "x"}),
        ("digest/", {"upto": 1, "previous": "0"}),
    ],
)
def test_nonsense_is_refused(client_be, path, asked):
    assert client_be.api.get(f"{ROOT}{path}", asked).status_code == 400


class TestSource:
    """The mirror's side of the wire."""

    @pytest.mark.parametrize(
        "address",
        [
            "http://exchange.example",
            "ftp://exchange.example",
            "exchange.example",
            "https://user:password@exchange.example",
            "https://exchange.example/path",
            "https://exchange.example?x=1",
            "http://127.0.0.1.example.org",
        ],
    )
    def test_https_alone_but_for_this_machine(self, address):
        from denials.management.source import SourceFailed, checked_address

        with pytest.raises(SourceFailed):
            checked_address(address)

    def test_what_passes_is_tried_again_and_what_does_not_is_not(self):
        from denials.management import source

        for status, tries in ((503, source.TRIES), (429, source.TRIES), (401, 1), (302, 1)):
            waits = []
            with answering(status) as (address, asked), pytest.raises(source.SourceRefused):
                source.Source(address, "token", sleep=waits.append).changes(after=0, limit=1, scope="")
            assert (len(asked), len(waits)) == (tries, tries - 1), status
            assert {"Bearer token"} == set(asked)
        assert waits == []

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"head": "x"}', b"<html>", b"[" * 100_000])
    def test_what_is_no_answer_is_no_answer(self, body):
        from denials.management import source

        with answering(200, body) as (address, _asked), pytest.raises(source.SourceFailed):
            source.Source(address, "token").changes(after=0, limit=1, scope="")

    def test_an_endless_answer_is_given_up(self, monkeypatch):
        from denials.management import source

        monkeypatch.setattr(source, "LARGEST", 1000)
        with answering(200, b"x" * 1001) as (address, _asked), pytest.raises(source.SourceFailed, match="larger"):
            source.Source(address, "token").changes(after=0, limit=1, scope="")

    def test_nobody_there(self):
        from config.services import free_port
        from denials.management import source

        waits = []
        with pytest.raises(source.SourceFailed, match="cannot be reached"):
            source.Source(f"http://127.0.0.1:{free_port()}", "t", sleep=waits.append).changes(
                after=0, limit=1, scope=""
            )
        assert waits == [1, 2, 4, 8, 16]


class answering:  # noqa: N801 - reads as a verb
    """A server on this machine that answers everything alike and notes the token."""

    def __init__(self, status, body=b"{}"):
        self.status, self.body, self.asked = status, body, []

    def __enter__(self):
        import threading
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.headers["Authorization"])
                self.send_response(outer.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}", self.asked

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()

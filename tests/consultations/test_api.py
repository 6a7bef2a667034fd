"""REST: /api/v1/consultations/, decisions and notices of grant."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from consultations.models import Consultation, ConsultationEvent
from tests.consultations.test_actions import DUAL_USE_DUE, SECOND
from tests.factories import a_denial, an_application

pytestmark = pytest.mark.django_db
HOME = "/api/v1/consultations/"

ACTS = {
    "answer": {"outcome": "identical"},
    "late-answer": {"outcome": "identical"},
    "request-information": {"text": "Which model?"},
    "give-information": {"text": "XR-5."},
    "propose-extension": {"amount": 5, "reason": "More is needed."},
    "agree-extension": {},
    "refuse-extension": {},
    "withdraw": {"reason": "Sent in error."},
}


@pytest.fixture
def application(consulting_officer: Any, consulted_officer: Any) -> Any:
    a_denial(consulted_officer, "dual_use")
    return an_application(consulting_officer, "dual_use")


class TestOpening:
    def test_one_post_opens_it(self, application: Any, client_be: Any, client_nl: Any) -> None:
        hit = application.open_hits()[0].hit
        body = {"application": str(application.pk), "hits": [str(hit.pk)], "question": "Identical?"}
        sent = client_be.api.post(HOME, body, key="open-1")
        assert sent.status_code == 201, sent.content
        (thread,) = sent.json()["consultations"]
        assert sent.headers["Location"] == f"{HOME}{thread['id']}/"
        assert thread["due_before"] == "2026-03-16T23:00:00Z"
        assert thread["clock"]["last_day"] == "2026-03-16"
        assert [day["counted"] for day in thread["clock"]["days"] if day["counted"]] == list(range(1, 11))
        assert (thread["role"], thread["status"], thread["working_days_left"]) == ("initiated", "open", 10)
        received = client_nl.api.get(HOME).json()["results"]
        assert [(one["id"], one["role"], one["question"]) for one in received] == [
            (thread["id"], "received", "Identical?")
        ]

    def test_sent_twice_under_its_key_it_opens_once(self, application: Any, client_be: Any) -> None:
        body = {"application": str(application.pk), "hits": [str(application.open_hits()[0].hit.pk)]}
        first, second = (client_be.api.post(HOME, body, key="open-2") for _ in range(2))
        assert (first.status_code, second.content) == (201, first.content)
        assert Consultation.objects.count() == 1

    def test_from_denials(self, application: Any, client_be: Any) -> None:
        denial = application.open_hits()[0].hit.denial
        body = {"application": str(application.pk), "denials": [str(denial.pk)], "share": ["items", "parties"]}
        sent = client_be.api.post(HOME, body)
        assert sent.status_code == 201, sent.content
        assert set(sent.json()["consultations"][0]["shared"]) == {"items", "parties"}

    def test_the_preview_changes_nothing(self, application: Any, client_be: Any) -> None:
        body = {"application": str(application.pk), "hits": [str(application.open_hits()[0].hit.pk)]}
        shown = client_be.api.post(f"{HOME}preview/", body)
        assert shown.status_code == 200, shown.content
        (thread,) = shown.json()["consultations"]
        assert (thread["consulted_state"], thread["clock"]["last_day"]) == ("NL", "2026-03-16")
        assert not Consultation.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "status", "where"),
        [
            ({"application": "x"}, 400, "application"),
            ({"hits": "x"}, 400, "hits"),
            ({"hits": [{}]}, 400, "hits"),
            ({"hits": []}, 422, ""),
            ({"hits": [str(uuid4())]}, 422, ""),
            ({"denials": [str(uuid4())], "hits": []}, 404, ""),
            ({"application": str(uuid4())}, 404, ""),
            ({"share": ["secrets"]}, 400, "share"),
            ({"share": []}, 422, ""),
            ({"question": {"a": 1}}, 400, "question"),
            ({"question": "x" * 20_001}, 400, "question"),
            ({"surprise": 1}, 400, "surprise"),
        ],
    )
    def test_bad_input_names_field_and_rule(
        self, application: Any, client_be: Any, changes: dict[str, Any], status: int, where: str
    ) -> None:
        body = {"application": str(application.pk), "hits": [str(application.open_hits()[0].hit.pk)], **changes}
        refused = client_be.api.post(HOME, body)
        assert refused.status_code == status, refused.content
        assert refused.headers["Content-Type"] == "application/problem+json"
        if where:
            assert any(error["field"].startswith(where) for error in refused.json()["errors"])
        assert not Consultation.objects.exists()

    def test_a_strangers_application_is_not_there(self, application: Any, client_se: Any) -> None:
        body = {"application": str(application.pk), "hits": [str(application.open_hits()[0].hit.pk)]}
        assert client_se.api.post(HOME, body).status_code == 404


class TestThread:
    def test_answer(self, dual_use: Any, client_nl: Any, client_be: Any) -> None:
        done = client_nl.api.post(f"{HOME}{dual_use.pk}/answer/", {"outcome": "partly", "reasoning": "Two of three."})
        assert done.status_code == 200, done.content
        assert (done.json()["status"], done.json()["outcome"]) == ("answered", "partly")
        assert client_be.api.get(f"{HOME}{dual_use.pk}/").json()["answers"][0]["reasoning"] == "Two of three."

    def test_at_the_end_of_the_period_409_and_then_late(self, dual_use: Any, client_nl: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        late = client_nl.api.post(f"{HOME}{dual_use.pk}/answer/", {"outcome": "identical"})
        assert (late.status_code, late.json()["code"]) == (409, "period_ended")
        assert client_nl.api.get(f"{HOME}{dual_use.pk}/").json()["status"] == "lapsed"
        kept = client_nl.api.post(f"{HOME}{dual_use.pk}/late-answer/", {"outcome": "identical"})
        assert kept.status_code == 200, kept.content
        assert (kept.json()["outcome"], kept.json()["answers"][0]["is_late"]) == ("lapsed", True)

    def test_events_one_row_each_with_their_instants(self, dual_use: Any, client_nl: Any, clock: Any) -> None:
        def rows() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = client_nl.api.get(f"{HOME}{dual_use.pk}/events/").json()["results"]
            return found

        clock.set(DUAL_USE_DUE - SECOND * 5)
        assert [row["kind"] for row in rows()] == ["opened"]
        clock.set(DUAL_USE_DUE)
        lapse = rows()[-1]
        assert (lapse["kind"], lapse["effective_at"], lapse["recorded_at"]) == ("lapsed", "2026-03-16T23:00:00Z", None)
        assert not ConsultationEvent.objects.filter(kind="lapsed").exists()

    def test_extension(self, dual_use: Any, client_nl: Any, client_be: Any) -> None:
        path = f"{HOME}{dual_use.pk}/"
        proposed = client_nl.api.post(f"{path}propose-extension/", ACTS["propose-extension"])
        assert proposed.json()["extensions"][0]["status"] == "proposed"
        agreed = client_be.api.post(f"{path}agree-extension/", {})
        assert agreed.json()["due_before"] == "2026-03-23T23:00:00Z"
        assert agreed.json()["clock"]["period"] == {"count": 15, "unit": "working_day"}
        refused = client_nl.api.post(f"{path}propose-extension/", {"amount": 26, "reason": "x"})
        assert (refused.status_code, refused.json()["code"]) == (422, "extension_too_long")

    def test_information(self, dual_use: Any, client_nl: Any, client_be: Any) -> None:
        path = f"{HOME}{dual_use.pk}/"
        asked = client_nl.api.post(f"{path}request-information/", ACTS["request-information"])
        assert asked.json()["information_awaited_from"] == "consulting"
        given = client_be.api.post(f"{path}give-information/", ACTS["give-information"])
        assert given.json()["information_awaited_from"] == ""

    def test_the_other_side_sees_neither_application_nor_level(self, dual_use: Any, client_nl: Any) -> None:
        seen = client_nl.api.get(f"{HOME}{dual_use.pk}/").json()
        assert seen["application"] is None
        assert seen["denials"][0]["level"] is None
        assert "VLG 2026/17" not in str(seen)

    @pytest.mark.parametrize("act", ACTS)
    def test_a_stranger_finds_nothing(self, dual_use: Any, client_se: Any, act: str) -> None:
        absent = client_se.api.post(f"{HOME}{uuid4()}/{act}/", ACTS[act])
        other = client_se.api.post(f"{HOME}{dual_use.pk}/{act}/", ACTS[act])
        assert (other.status_code, other.content) == (404, absent.content)

    @pytest.mark.parametrize("path", ["", "events/"])
    def test_a_stranger_reads_nothing(self, dual_use: Any, client_se: Any, path: str) -> None:
        assert client_se.api.get(f"{HOME}{dual_use.pk}/{path}").status_code == 404
        assert client_se.api.get(HOME).json()["count"] == 0

    @pytest.mark.parametrize("act", ACTS)
    def test_bad_input_is_a_400(self, dual_use: Any, client_nl: Any, act: str) -> None:
        for body in ({"surprise": 1}, [], "x", {"text": 1, "amount": "many", "outcome": [], "reason": {}}):
            refused = client_nl.api.post(f"{HOME}{dual_use.pk}/{act}/", body)
            assert refused.status_code == 400, (body, refused.content)

    def test_one_may_read_and_not_answer(self, dual_use: Any, observer: Any) -> None:
        assert observer.web.get(f"{HOME}{dual_use.pk}/").status_code == 200
        refused = observer.web.post(
            f"{HOME}{dual_use.pk}/answer/", {"outcome": "identical"}, content_type="application/json"
        )
        assert refused.status_code == 403

    def test_a_visitor_is_asked_who_it_is(self, dual_use: Any, client: Any) -> None:
        assert client.get(HOME).status_code == 401


class TestList:
    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("role=initiated", 1),
            ("role=received", 0),
            ("status=open", 1),
            ("status=lapsed", 0),
            ("regime=dual_use", 1),
            ("regime=arms", 0),
            ("due=2026-03-16", 1),
            ("due=2026-03-15", 0),
        ],
    )
    def test_filters(self, dual_use: Any, client_be: Any, query: str, count: int) -> None:
        assert client_be.api.get(f"{HOME}?{query}").json()["count"] == count

    def test_lapsed_is_a_matter_of_the_instant(self, dual_use: Any, client_be: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        assert client_be.api.get(f"{HOME}?status=lapsed").json()["count"] == 1
        assert client_be.api.get(f"{HOME}?status=open").json()["count"] == 0

    @pytest.mark.parametrize("query", ["role=x", "status=x", "due=x", "page=0", "ordering=question", "regime=%27"])
    def test_an_unknown_filter_is_refused(self, dual_use: Any, client_be: Any, query: str) -> None:
        assert client_be.api.get(f"{HOME}?{query}").status_code == 400

    def test_its_queries_do_not_grow(
        self, dual_use: Any, arms: Any, torture: Any, client_be: Any, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(12 + 3):  # the transaction itself opens and closes, the quota is counted
            assert client_be.api.get(HOME).json()["count"] == 3


class TestDecisions:
    def test_a_grant_with_its_explanation(self, dual_use: Any, client_be: Any, client_nl: Any, client_se: Any) -> None:
        client_nl.api.post(f"{HOME}{dual_use.pk}/answer/", {"outcome": "identical"})
        body = {"application": str(dual_use.application_id), "outcome": "granted"}
        refused = client_be.api.post("/api/v1/decisions/", body)
        assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
        made = client_be.api.post("/api/v1/decisions/", {**body, "explanation": "Verified on site."})
        assert made.status_code == 201, made.content
        assert made.json()["is_undercut"]
        notice = client_se.api.get("/api/v1/grant-notices/").json()["results"][0]
        assert (notice["explanation"], notice["is_undercut"]) == ("Verified on site.", True)
        assert client_se.api.get(f"/api/v1/grant-notices/{notice['id']}/").status_code == 200
        assert client_se.api.get(made.headers["Location"]).status_code == 404
        assert client_be.api.get(made.headers["Location"]).json()["grant_notice"]["id"] == notice["id"]

    def test_no_grant_while_a_consultation_is_open(self, dual_use: Any, client_be: Any) -> None:
        body = {"application": str(dual_use.application_id), "outcome": "granted", "explanation": "x"}
        refused = client_be.api.post("/api/v1/decisions/", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "consultations_open")

    def test_a_refusal_drafts_the_own_denial(self, dual_use: Any, client_be: Any) -> None:
        body = {
            "application": str(dual_use.application_id),
            "outcome": "refused",
            "reasons": "Risk.",
            "draft_denial": True,
        }
        made = client_be.api.post("/api/v1/decisions/", body)
        assert made.status_code == 201, made.content
        assert made.json()["own_denial"]
        assert made.json()["flags"] == ["consultation_open"]

    def test_a_strangers_application_is_not_there(self, dual_use: Any, client_se: Any) -> None:
        body = {"application": str(dual_use.application_id), "outcome": "granted"}
        assert client_se.api.post("/api/v1/decisions/", body).status_code == 404


def test_the_clock_moves_with_the_test_clock(dual_use: Any, client_be: Any, clock: Any) -> None:
    clock.set(DUAL_USE_DUE - timedelta(days=5))
    assert client_be.api.get(f"{HOME}{dual_use.pk}/").json()["working_days_left"] == 2


def test_a_day_from_which_one_cannot_count_on_is_refused(client_be: Any) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        refused = client_be.api.get(f"/api/v1/consultations/?due={day}")
        assert refused.status_code == 400, refused.content

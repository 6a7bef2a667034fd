"""REST: file, screen, judge; one's own applications and nobody else's."""

import copy
import uuid
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import AuditRecord
from screening.models import Application, Hit, Screening
from tests.factories import MARCH, a_denial, an_application

pytestmark = pytest.mark.django_db
APPLICATIONS = "/api/v1/applications/"
SCREENINGS = "/api/v1/screenings/"

ASKED: dict[str, Any] = {
    "regime": "arms",
    "authority": "BE-VLG",
    "own_reference": "VLG 2026/17",
    "received_on": "2026-03-02",
    "destinations": ["IL"],
    "parties": [
        {"role": "end_user", "name": "Israel Prison Service", "country": "IL", "address": "", "identifiers": {}},
        {"role": "consignee", "name": "TROYA TECH DEFENCE LIMITED", "country": "IL"},
    ],
    "items": [
        {
            "code": "ML15c",
            "description": "image intensifiers",
            "parameters": [{"name": "generation", "value": 3, "unit": ""}],
            "quantity": 40,
            "unit": "pcs",
        }
    ],
    "end_use": "",
}


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(hours=1))


def without(*path: Any) -> dict[str, Any]:
    return changed(None, *path, drop=True)


def changed(value: Any, *path: Any, drop: bool = False) -> dict[str, Any]:
    body = copy.deepcopy(ASKED)
    place: Any = body
    for step in path[:-1]:
        place = place[step]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return body


class TestFiling:
    def test_screens_at_once_and_answers_with_hits_in_words_and_as_data(self, client_be, consulted_officer):
        denial = a_denial(consulted_officer)
        response = client_be.api.post(APPLICATIONS, ASKED)
        assert response.status_code == 201
        body = response.json()
        assert response["Location"] == f"{APPLICATIONS}{body['id']}/"
        assert body["screening"]["counts"] == {"strong": 1, "possible": 0, "information": 0}
        [hit] = body["screening"]["hits"]
        assert hit["denial"]["reference"] == denial.reference
        rows = {row["element"]: row for row in hit["elements"]}
        assert rows["consignee"]["verdict"] == "same"
        assert (rows["end_user"]["left"], rows["end_user"]["right"]) == (
            "Israel Prison Service",
            "Israeli Prison Service",
        )
        assert rows["end_user"]["words"]
        assert "1 hit" in body["screening"]["words"]

    def test_the_same_key_files_once(self, client_be):
        first = client_be.api.post(APPLICATIONS, ASKED, key="a-1")
        second = client_be.api.post(APPLICATIONS, ASKED, key="a-1")
        assert second.content == first.content
        assert Application.objects.count() == 1

    def test_another_authoritys_name_is_refused_whether_it_exists_or_not(self, client_be):
        answers = [client_be.api.post(APPLICATIONS, changed(name, "authority")) for name in ("NL", "ZZ")]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content

    def test_the_state_may_stand_for_the_authority(self, client_nl):
        assert client_nl.api.post(APPLICATIONS, changed("nl", "authority")).status_code == 201
        assert client_nl.api.post(APPLICATIONS, without("authority")).status_code == 201

    def test_without_a_named_party_it_is_said(self, client_be):
        body = client_be.api.post(APPLICATIONS, changed([], "parties")).json()
        assert body["screening"]["screenable_by_party"] is False
        assert body["screening"]["words"].startswith("Not screenable by party")


BAD = [
    ("regime", changed("nuclear", "regime"), 422),
    ("regime", changed(7, "regime", drop=True), 400),
    ("regime", changed(["arms"], "regime"), 400),
    ("received_on", changed("2026-13-01", "received_on"), 400),
    ("received_on", changed("2027-01-01", "received_on"), 422),
    ("received_on", changed("0001-01-01", "received_on"), 422),
    ("destinations", changed([], "destinations"), 400),
    ("destinations", changed("IL", "destinations"), 400),
    ("destinations[0]", changed(["QQ"], "destinations"), 422),
    ("destinations[0]", changed(["Congo"], "destinations"), 422),
    ("items", changed([], "items"), 400),
    ("items", changed({}, "items"), 400),
    ("items[0].quantity", changed(-40, "items", 0, "quantity"), 422),
    ("items[0].quantity", changed("many", "items", 0, "quantity"), 400),
    ("items[0].quantity", changed(1e30, "items", 0, "quantity"), 400),
    ("items[0].code", changed("ML99z", "items", 0, "code"), 422),
    ("items[0].colour", changed("red", "items", 0, "colour"), 400),
    ("items[0].parameters[0].value", changed(True, "items", 0, "parameters", 0, "value"), 400),
    ("items[0].parameters[0].value", changed({"a": 1}, "items", 0, "parameters", 0, "value"), 400),
    ("parties[0].name", changed("x" * 10_000, "parties", 0, "name"), 400),
    ("parties[0].name", changed("", "parties", 0, "name"), 400),
    ("parties[0].name", changed("a\u202eb", "parties", 0, "name"), 400),
    ("parties[0].name", changed("a\x00b", "parties", 0, "name"), 400),
    ("parties[0].role", changed("buyer", "parties", 0, "role"), 400),
    ("parties[0].role", changed("exporter", "parties", 0, "role"), 422),
    ("parties[0].country", changed("QQ", "parties", 0, "country"), 422),
    ("parties[0].identifiers", changed([1], "parties", 0, "identifiers"), 400),
    ("applicant", changed("Acme", "applicant"), 400),
]


class TestBadInput:
    @pytest.mark.parametrize("address", [APPLICATIONS, SCREENINGS])
    @pytest.mark.parametrize(
        ("field", "body", "status"), BAD, ids=[f"{number} {row[0]}" for number, row in enumerate(BAD)]
    )
    def test_names_the_field_and_stores_nothing(self, client_be, address, field, body, status):
        response = client_be.api.post(address, body)
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert field in response.content.decode()
        assert not Application.objects.exists()
        assert not Screening.objects.exists()

    @pytest.mark.parametrize("body", [[], "text", 7, None])
    def test_what_is_no_object_is_refused(self, client_be, body):
        import json

        answer = client_be.api.generic("POST", APPLICATIONS, json.dumps(body), content_type="application/json")
        assert answer.status_code == 400


class TestTheWall:
    """Nobody sees another authority's applications: absent and foreign look the same."""

    @pytest.fixture
    def application(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        return an_application(consulting_officer)

    def addresses(self, application: Application, hit: Any) -> list[tuple[str, str]]:
        base = f"{APPLICATIONS}{application.pk}/"
        return [
            ("get", base),
            ("get", f"{base}screenings/"),
            ("get", f"{base}hits/"),
            ("post", f"{base}screen/"),
            ("post", f"{base}amend/"),
            ("post", f"{base}withdraw/"),
            ("post", f"{base}hits/{hit}/dismiss/"),
            ("post", f"{base}hits/{hit}/reopen/"),
            ("get", f"{SCREENINGS}{application.latest_screening().pk}/"),
        ]

    @pytest.mark.parametrize("who", ["client_nl", "client_se"])
    def test_strangers_and_the_denying_authority_find_nothing(self, application, request, who):
        api = request.getfixturevalue(who).api
        hit = Hit.objects.get()
        for method, address in self.addresses(application, hit.pk):
            absent = address.replace(str(application.pk), str(uuid.uuid4())).replace(
                str(application.latest_screening().pk), str(uuid.uuid4())
            )
            here, nowhere = (getattr(api, method)(path) for path in (address, absent))
            assert here.status_code == nowhere.status_code == 404, address
            assert here.content == nowhere.content
        assert api.get(APPLICATIONS).json()["count"] == 0
        assert api.get(SCREENINGS).json()["count"] == 0

    def test_another_regional_authority_of_the_same_state_finds_nothing(self, application, neighbour):
        assert neighbour.web.get(f"{APPLICATIONS}{application.pk}/").status_code == 404

    def test_secretariats_and_auditors_have_no_door(self, application, eeas, auditor):
        for member in (eeas, auditor):
            assert member.web.get(APPLICATIONS).status_code == 403
            assert member.web.get(f"{APPLICATIONS}{application.pk}/").status_code == 403

    def test_a_reader_reads_and_changes_nothing(self, consulted_officer, observer):
        application = an_application(consulted_officer)
        assert observer.web.get(f"{APPLICATIONS}{application.pk}/").status_code == 200
        for act in ("screen", "withdraw", "amend"):
            answer = observer.web.post(f"{APPLICATIONS}{application.pk}/{act}/", {}, content_type="application/json")
            assert answer.status_code == 403

    def test_a_visitor_is_asked_who_it_is(self, application, client):
        assert client.get(APPLICATIONS).status_code == 401
        assert client.post(SCREENINGS, ASKED, content_type="application/json").status_code == 401


class TestJudging:
    @pytest.fixture
    def place(self, client_be, consulted_officer):
        a_denial(consulted_officer)
        body = client_be.api.post(APPLICATIONS, ASKED).json()
        return f"{APPLICATIONS}{body['id']}/", body["screening"]["hits"][0]["id"]

    def test_a_dismissal_and_its_return(self, client_be, place):
        base, hit = place
        dismissed = client_be.api.post(
            f"{base}hits/{hit}/dismiss/", {"reason_code": "other_end_use", "reason": "Training."}
        )
        assert dismissed.status_code == 200
        assert (dismissed.json()["standing"], dismissed.json()["disposition"]["reason_code"]) == (
            "dismissed",
            "other_end_use",
        )
        assert client_be.api.get(base).json()["status"] == "decidable"
        reopened = client_be.api.post(f"{base}hits/{hit}/reopen/")
        assert reopened.json()["standing"] == "open"
        assert reopened.json()["returned"]
        assert AuditRecord.objects.filter(act__in=["hit.dismissed", "hit.reopened"]).count() == 2

    @pytest.mark.parametrize(
        ("body", "status"),
        [({}, 400), ({"reason_code": "because"}, 400), ({"reason_code": "other"}, 422), ({"reason_code": 5}, 400)],
    )
    def test_a_dismissal_needs_its_reason(self, client_be, place, body, status):
        base, hit = place
        answer = client_be.api.post(f"{base}hits/{hit}/dismiss/", body)
        assert answer.status_code == status
        assert "reason" in answer.content.decode()

    def test_a_hit_of_another_application_is_not_there(self, client_be, place):
        _, hit = place
        other = client_be.api.post(APPLICATIONS, ASKED).json()
        answer = client_be.api.post(f"{APPLICATIONS}{other['id']}/hits/{hit}/dismiss/", {"reason_code": "other_item"})
        assert answer.status_code == 404

    def test_screening_again_adds_a_proof(self, client_be, place):
        base, _ = place
        assert client_be.api.post(f"{base}screen/").status_code == 201
        assert client_be.api.get(f"{base}screenings/").json()["count"] == 2

    def test_what_is_withdrawn_is_not_screened(self, client_be, place):
        base, _ = place
        assert client_be.api.post(f"{base}withdraw/", {"reason": "Order lost."}).json()["status"] == "withdrawn"
        refused = client_be.api.post(f"{base}screen/")
        assert (refused.status_code, refused.json()["code"]) == (409, "transition_refused")

    def test_amending_screens_anew(self, client_be, place):
        base, _ = place
        body = client_be.api.post(f"{base}amend/", changed("ML1.a", "items", 0, "code")).json()
        assert body["items"][0]["code"] == "ML1.a"
        assert client_be.api.get(f"{base}screenings/").json()["count"] == 2


class TestScreeningWithoutFiling:
    def test_is_answered_in_full_once_and_kept_without_what_was_asked(self, client_be, consulted_officer):
        a_denial(consulted_officer)
        first = client_be.api.post(SCREENINGS, ASKED, key="s-1")
        assert first.status_code == 201
        assert "Israel Prison Service" in first.content.decode()
        again = client_be.api.post(SCREENINGS, ASKED, key="s-1")
        assert again["Idempotent-Replayed"] == "true"
        kept = client_be.api.get(f"{SCREENINGS}{first.json()['id']}/")
        for answer in (again, kept):
            assert "Israel Prison Service" not in answer.content.decode()
            assert "TROYA TECH DEFENCE LIMITED" not in answer.content.decode()
            assert answer.json()["hits"][0]["denial"] == first.json()["hits"][0]["denial"]
        assert Screening.objects.count() == 1
        assert not Application.objects.exists()

    def test_an_empty_register_is_proved_empty(self, client_be):
        body = client_be.api.post(SCREENINGS, ASKED).json()
        assert (body["compared"], body["hits"], body["application"]) == (0, [], None)
        assert client_be.api.get(SCREENINGS).json()["results"][0]["content_digest"] == body["content_digest"]


class TestLists:
    def test_take_as_many_queries_for_many_rows_as_for_few(
        self, client_be, consulted_officer, django_assert_max_num_queries
    ):
        a_denial(consulted_officer)
        for _ in range(6):
            an_application(client_be)
        with django_assert_max_num_queries(13):
            body = client_be.api.get(APPLICATIONS).json()
        assert [row["screening"]["counts"]["strong"] for row in body["results"]] == [1] * 6
        with django_assert_max_num_queries(13):
            assert client_be.api.get(SCREENINGS).json()["count"] == 6

    @pytest.mark.parametrize("query", ["status=unknown", "ordering=secret", "page=0", "page_size=1000", "regime=a%27b"])
    def test_filters_are_those_listed(self, client_be, query):
        assert client_be.api.get(f"{APPLICATIONS}?{query}").status_code == 400

"""The register over REST: what each reader sees, what each act answers, what is refused."""

import base64
from datetime import date
from pathlib import Path

import pytest

from denials import actions
from denials.models import Denial
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/denials/"
DATA = Path(__file__).parents[1] / "data"
BODY = {
    "regime": "arms",
    "authority": "NL",
    "decided_on": "2024-10-09",
    "destinations": ["IL"],
    "parties": [
        {"role": "end_user", "name": "Israeli Prison Service", "country": "IL"},
        {"role": "exporter", "name": "Geheime Uitvoer B.V."},
    ],
    "items": [
        {
            "code": "ML 15 c",
            "description": "Beeldversterkers",
            "description_en": "Image intensifiers",
            "parameters": [{"name": "gain", "value": 40, "unit": "1"}],
            "quantity": 40,
        }
    ],
    "criteria": ["2(b)", "7"],
    "explanation": "Risk of use in internal repression.",
}

PARTY = {"role": "end_user", "name": "A"}


@pytest.fixture
def march(clock):
    clock.set(MARCH)


def errors(response):
    return {(one["field"], one["rule"]) for one in response.json()["errors"]}


class TestCreate:
    def test_a_denial_is_notified_at_once(self, march, client_nl):
        response = client_nl.api.post(ROOT, BODY)
        assert response.status_code == 201, response.json()
        answer = response.json()
        assert answer["reference"] == "NL-ARM-2026-0001"
        assert (answer["status"], answer["act"], answer["legal_basis"]) == ("in_force", "refusal", "cp_4")
        assert answer["notified_on"] == "2026-03-02"
        assert answer["items"][0]["code"] == "ML15.c"
        assert answer["items"][0]["quantity"] == "40"
        assert answer["criteria"] == ["2(b)", "7"]
        assert answer["validity"] == {"counts": True, "reason": "in_window", "until": "2027-10-09"}
        assert response["Location"] == f"{ROOT}{answer['id']}/"

    def test_a_draft_is_kept_and_notified_later(self, march, client_nl, client_se):
        draft = client_nl.api.post(ROOT, {"regime": "arms", "status": "draft"}).json()
        assert (draft["status"], draft["reference"]) == ("draft", None)
        assert client_se.api.get(f"{ROOT}{draft['id']}/").status_code == 404
        refused = client_nl.api.post(f"{ROOT}{draft['id']}/notify/")
        assert refused.status_code == 422
        assert ("explanation", "required") in errors(refused)
        assert client_nl.api.post(f"{ROOT}{draft['id']}/draft/", BODY).status_code == 200
        assert client_nl.api.post(f"{ROOT}{draft['id']}/notify/").json()["status"] == "in_force"

    def test_the_same_key_has_one_effect(self, march, client_nl):
        first = client_nl.api.post(ROOT, BODY, key="one")
        again = client_nl.api.post(ROOT, BODY, key="one")
        assert first.json() == again.json()
        assert Denial.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "status", "field", "rule"),
        [
            ({"regime": "fisheries"}, 400, "regime", "invalid_choice"),
            ({"authority": "SE"}, 400, "authority", "not_own_authority"),
            ({"decided_on": "2026-03-03"}, 422, "decided_on", "in_future"),
            ({"decided_on": "0001-01-01"}, 422, "decided_on", "too_early"),
            ({"decided_on": "9999-12-31"}, 422, "decided_on", "in_future"),
            ({"decided_on": "yesterday"}, 400, "decided_on", "invalid"),
            ({"decided_on": 20241009}, 400, "decided_on", "invalid"),
            ({"destinations": []}, 422, "destinations", "required"),
            ({"destinations": ["ZZ"]}, 422, "destinations[0]", "country_unknown"),
            ({"destinations": [{"code": "IL", "x": 1}]}, 400, "destinations[0]", "invalid"),
            ({"destinations": "IL"}, 400, "destinations", "not_a_list"),
            ({"destinations": [7]}, 400, "destinations[0]", "invalid"),
            ({"parties": [{"role": "friend", "name": "A"}]}, 400, "parties[0].role", "invalid_choice"),
            ({"parties": [{"role": "end_user", "name": ""}]}, 400, "parties[0].name", "blank"),
            ({"parties": [{"role": "end_user", "name": "x" * 10_000}]}, 400, "parties[0].name", "max_length"),
            (
                {"parties": [{"role": "end_user", "name": "A", "country": "ZZ"}]},
                422,
                "parties[0].country",
                "country_unknown",
            ),
            ({"parties": [{"role": "end_user", "name": "A", "x": 1}]}, 400, "parties[0].x", "unknown_field"),
            ({"parties": ["A"]}, 400, "parties[0]", "invalid"),
            ({"items": []}, 422, "items", "required"),
            ({"items": [{}]}, 422, "items[0]", "required"),
            ({"items": [{"code": "ML15.c", "quantity": -1}]}, 422, "items[0].quantity", "not_positive"),
            ({"items": [{"code": "ML15.c", "quantity": "many"}]}, 400, "items[0].quantity", "invalid"),
            ({"items": [{"code": "ML15.c", "quantity": 1e30}]}, 400, "items[0].quantity", "max_digits"),
            ({"items": [{"code": "3A777"}]}, 422, "items[0].code", "entry_unknown"),
            (
                {"items": [{"code": "ML1", "parameters": [{"name": "a", "value": {}}]}]},
                400,
                "items[0].parameters[0].value",
                "invalid",
            ),
            ({"criteria": ["9"]}, 400, "criteria[0]", "invalid"),
            ({"criteria": []}, 422, "criteria", "required"),
            ({"marking": "SECRET"}, 400, "marking", "invalid_choice"),
            ({"surprise": 1}, 400, "surprise", "unknown_field"),
        ],
    )
    def test_bad_input_names_field_and_rule_and_stores_nothing(self, march, client_nl, changes, status, field, rule):
        response = client_nl.api.post(ROOT, BODY | changes)
        assert response.status_code == status, response.json()
        assert (field, rule) in errors(response)
        assert response["Content-Type"] == "application/problem+json"
        assert not Denial.objects.exists()

    def test_a_rating_of_no_list_is_refused(self, march, client_nl):
        response = client_nl.api.post(ROOT, BODY | {"items": [{"code": "MILTA"}]})
        assert (response.status_code, response.json()["code"]) == (422, "content_refused")
        assert [(one["field"], one["rule"]) for one in response.json()["errors"]] == [
            ("items[0].code", "entry_unknown")
        ]

    def test_a_visitor_is_refused(self, client):
        assert client.post(ROOT, BODY, content_type="application/json").status_code == 401

    def test_a_reader_may_not_notify(self, march, observer):
        assert observer.web.post(ROOT, BODY, content_type="application/json").status_code == 403


class TestRead:
    def test_the_exporter_never_leaves_the_issuing_authority(self, march, client_nl, client_se, consulted_officer):
        denial = a_denial(consulted_officer)
        path = f"{ROOT}{denial.pk}/"
        for place in (path, ROOT, f"{path}history/", f"{ROOT}changes/"):
            assert "Geheime Uitvoer" in client_nl.api.get(place).content.decode(), place
            assert "Geheime Uitvoer" not in client_se.api.get(place).content.decode(), place
        assert client_nl.api.get(ROOT, {"q": "geheime uitvoer"}).json()["count"] == 0

    def test_another_regime_is_absent(self, consulted_officer, eeas):
        denial = a_denial(consulted_officer, "dual_use")
        assert eeas.web.get(f"{ROOT}{denial.pk}/").status_code == 404
        assert eeas.web.get(ROOT).json()["count"] == 0
        assert eeas.web.get(f"{ROOT}changes/").json()["results"] == []

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"regime": "arms"}, 2),
            ({"authority": "NL"}, 1),
            ({"authority": "se"}, 2),
            ({"destination": "IL"}, 1),
            ({"destination": "XX"}, 1),
            ({"code": "ML15"}, 1),
            ({"code": "ML15c"}, 1),
            ({"code": "1C350"}, 1),
            ({"category": "1"}, 1),
            ({"criterion": "7"}, 2),
            ({"criterion": "8"}, 0),
            ({"status": "in_force"}, 3),
            ({"status": "revoked"}, 0),
            ({"decided_from": "2025-01-01"}, 1),
            ({"decided_to": "2024-10-09"}, 2),
            ({"q": "troya"}, 2),
            ({"q": "TROYA TECH israël"}, 2),
            ({"q": "prison beeldversterkers"}, 2),
            ({"q": "ML 15 c"}, 1),
            ({"q": "1c35031"}, 1),
            ({"q": "il"}, 2),
            ({"q": "congo"}, 1),
            ({"q": "NL-ARM-2026-0001"}, 1),
            ({"q": "%"}, 0),
            ({"q": "nothing of the kind"}, 0),
        ],
    )
    def test_filters_narrow_the_list(self, consulted_officer, stranger, client_be, query, count):
        from denials.law.content import StatedItem
        from denials.law.transactions import Destination

        a_denial(consulted_officer)
        a_denial(
            stranger,
            items=(StatedItem.stated("", description="Beeldversterkers"),),
            destinations=(Destination("", "Congo"),),
            parties=a_content().parties[:2],
        )
        a_denial(stranger, "dual_use")
        assert client_be.api.get(ROOT, query).json()["count"] == count

    @pytest.mark.parametrize(
        "query",
        [
            {"regime": "a b"},
            {"page": "0"},
            {"page_size": 1000},
            {"decided_from": "x"},
            {"x": "1"},
            {"ordering": "authority"},
        ],
    )
    def test_a_filter_not_known_is_refused(self, client_be, query):
        assert client_be.api.get(ROOT, query).status_code == 400

    def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
        self, march, consulted_officer, client_be, django_assert_max_num_queries
    ):
        for _ in range(12):
            a_denial(consulted_officer)
        with django_assert_max_num_queries(18):  # one of them counts the quota, one notes the reading
            client_be.api.get(ROOT)

    def test_history_says_what_each_version_changed(self, march, consulted_officer, client_be):
        from dataclasses import replace

        denial = a_denial(consulted_officer)
        actions.amend_denial(
            denial_id=denial.pk,
            content=replace(a_content(), end_use="Prisons", marking="SENSITIVE"),
            by=consulted_officer.principal,
            now=MARCH,
            reason="Completed.",
        )
        first, second = client_be.api.get(f"{ROOT}{denial.pk}/history/").json()
        assert (first["kind"], first["differences"]) == ("notify", [])
        assert second["reason"] == "Completed."
        assert {"field": "end_use", "before": "", "after": "Prisons"} in second["differences"]


class TestChangeFeed:
    def test_every_visible_change_comes_once_in_order(self, march, consulted_officer, stranger, client_be):
        denials = [a_denial(consulted_officer), a_denial(stranger), a_denial(consulted_officer, "dual_use")]
        actions.withdraw_denial(denial_id=denials[0].pk, reason="Error.", by=consulted_officer.principal, now=MARCH)
        a_draft(consulted_officer)
        seen, after = [], 0
        while True:
            answer = client_be.api.get(f"{ROOT}changes/", {"after": after, "limit": 3}).json()
            seen += [(one["sequence"], one["kind"]) for one in answer["results"]]
            after = answer["next_after"]
            if not answer["more"]:
                break
        assert seen == [(1, "notify"), (2, "notify"), (3, "notify"), (4, "withdraw")]
        assert after == answer["head"] == 4

    def test_a_withdrawn_denial_leaves_a_tombstone(self, march, consulted_officer, client_be):
        denial = a_denial(consulted_officer)
        actions.withdraw_denial(denial_id=denial.pk, reason="Error.", by=consulted_officer.principal, now=MARCH)
        last = client_be.api.get(f"{ROOT}changes/", {"after": 1}).json()["results"][0]
        assert (last["status"], last["content"]) == ("withdrawn", None)


class TestActs:
    @pytest.mark.parametrize("act", ["revoke", "withdraw", "amend", "notify", "discard", "draft", "renew"])
    def test_only_the_issuing_authority_acts(self, march, consulted_officer, client_se, act):
        denial = a_denial(consulted_officer)
        assert client_se.api.post(f"{ROOT}{denial.pk}/{act}/", {"reason": "x"}).status_code == 403

    @pytest.mark.parametrize("act", ["revoke", "withdraw"])
    def test_an_end_needs_its_reason_and_comes_once(self, march, consulted_officer, client_nl, act):
        denial = a_denial(consulted_officer)
        path = f"{ROOT}{denial.pk}/{act}/"
        assert client_nl.api.post(path, {}).status_code == 422
        assert client_nl.api.post(path, {"reason": "Issued in error."}).status_code == 200
        again = client_nl.api.post(path, {"reason": "Again."})
        assert (again.status_code, again.json()["code"]) == (409, "transition_refused")

    def test_an_amendment_makes_a_version(self, march, client_nl):
        made = client_nl.api.post(ROOT, BODY).json()
        path = f"{ROOT}{made['id']}/amend/"
        same = client_nl.api.post(path, BODY)
        assert (same.status_code, same.json()["code"]) == (409, "nothing_changed")
        amended = client_nl.api.post(path, BODY | {"end_use": "Prisons", "reason": "Completed."}).json()
        assert (amended["version"], amended["end_use"]) == (2, "Prisons")

    def test_a_dual_use_denial_is_renewed(self, march, consulted_officer, client_nl):
        denial = a_denial(consulted_officer, "dual_use")
        answer = client_nl.api.post(f"{ROOT}{denial.pk}/renew/", {}).json()
        assert (answer["review_number"], answer["review_due_on"]) == (1, "2029-03-02")

    def test_what_is_not_there_is_404(self, client_nl):
        assert client_nl.api.get(f"{ROOT}00000000-0000-4000-8000-000000000000/").status_code == 404
        assert client_nl.api.get(f"{ROOT}nonsense/").status_code == 404

    def test_whom_it_told_is_seen_by_the_issuer_only(self, march, consulted_officer, client_nl, client_se):
        denial = a_denial(consulted_officer)
        assert "SE" in {one["authority"] for one in client_nl.api.get(f"{ROOT}{denial.pk}/told/").json()}
        assert client_se.api.get(f"{ROOT}{denial.pk}/told/").status_code == 403


class TestImport:
    def body(self, **changes):
        content = (DATA / "denied_arms_applications_2024.csv").read_bytes()
        return {"name": "nl.csv", "content": base64.b64encode(content).decode()} | changes

    def test_a_file_is_taken_in_once(self, march, client_nl):
        first = client_nl.api.post(f"{ROOT}import/", self.body()).json()
        assert (first["imported"], first["unchanged"], len(first["references"])) == (9, 0, 9)
        again = client_nl.api.post(f"{ROOT}import/", self.body()).json()
        assert (again["imported"], again["unchanged"]) == (0, 9)

    def test_a_dry_run_writes_nothing(self, march, client_nl):
        report = client_nl.api.post(f"{ROOT}import/", self.body(dry_run=True)).json()
        assert (report["new"], report["imported"]) == (9, 0)
        assert not Denial.objects.exists()

    def test_another_authority_cannot_bring_them_in_as_its_own_twice(self, march, client_nl, client_se):
        client_nl.api.post(f"{ROOT}import/", self.body())
        assert client_se.api.post(f"{ROOT}import/", self.body()).json()["imported"] == 9

    @pytest.mark.parametrize(
        ("content", "rule"),
        [("§§§", "not_base64"), ("", "blank"), (base64.b64encode(b"x,y\n1,2").decode(), "no_known_columns")],
    )
    def test_what_is_no_table_of_denials_is_refused(self, march, client_nl, content, rule):
        response = client_nl.api.post(f"{ROOT}import/", self.body(content=content))
        assert response.status_code == 400
        assert ("content", rule) in errors(response)

    def test_a_file_with_errors_is_refused_row_by_row(self, march, client_nl):
        content = base64.b64encode(b"date,destination,criteria\n2024-01-02,France,9\n").decode()
        response = client_nl.api.post(f"{ROOT}import/", self.body(content=content))
        assert (response.status_code, response.json()["code"]) == (422, "file_refused")
        assert ("row 2, column criteria", "criterion_unknown") in errors(response)


def test_a_former_member_s_denial_is_for_information(march, client_be):
    denial = a_historic_denial("GB", decided_on=date(2019, 5, 5))
    assert client_be.api.get(f"{ROOT}{denial.pk}/").json()["validity"]["reason"] == "former_member"

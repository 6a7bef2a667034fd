"""The pages of the room: written down, screened, judged; nobody else's are there."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from screening import actions
from screening.models import Application, Screening
from tests.factories import MARCH, a_denial, an_application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(hours=1))


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer's browser sends: forty image intensifiers for the prison service, through a consignee."""
    form: dict[str, Any] = {
        "regime": "arms",
        "received_on": "2026-03-02",
        "own_reference": "VLG 2026/17",
        "activity": "export",
        "authorisation_type": "individual",
        "end_use": "",
    }
    for prefix, rows in {
        "destinations": [{"code": "IL"}],
        "parties": [
            {"role": "end_user", "name": "Israel Prison Service", "country": "IL"},
            {"role": "consignee", "name": "TROYA TECH DEFENCE LIMITED", "country": ""},
        ],
        "items": [
            {
                "code": "ML15c",
                "description": "image intensifiers",
                "quantity": "40",
                "parameters": "figure of merit: 1800\ndiameter: 18 mm",
            }
        ],
    }.items():
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            form |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return form | changes


class TestFiling:
    def test_leads_to_the_application_with_its_verdict_sheet(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        web = consulting_officer.web
        assert web.get("/applications/new/").status_code == 200
        response = web.post("/applications/new/", typed(), follow=True)
        application = Application.objects.get()
        assert response.redirect_chain == [(f"/applications/{application.pk}/", 302)]
        page = response.content.decode()
        assert "1 hit among 1 denials in force" in page
        assert denial.reference in page
        assert "<mark>" in page
        assert f"/consultations/open/{application.pk}/?hit=" in page
        item = application.items.get()
        assert item.parameters[1] == {"name": "diameter", "value": "18", "unit": "mm"}

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"received_on": "2027-01-01"}, "future"),
            ({"received_on": ""}, "required"),
            ({"items-0-quantity": "-4"}, "greater than zero"),
            ({"items-0-quantity": "many"}, "number"),
            ({"items-0-code": "ML99"}, "no entry"),
            ({"items-0-code": "", "items-0-description": ""}, "required"),
            ({"parties-0-name": ""}, "required"),
            ({"items-0-parameters": "eighteen"}, "name: value unit"),
            ({"parties-0-name": "x" * 10_000}, "500"),
            ({"parties-0-role": "exporter"}, "valid choice"),
            ({"parties-0-name": "a\x00b"}, "U+0000"),
            ({"parties-0-identifiers": "12345"}, "kind: value"),
            ({"destinations-0-code": ""}, "Destination"),
            ({"destinations-0-code": "QQ"}, "valid choice"),
            ({"regime": "nuclear"}, "valid choice"),
            ({"items-TOTAL_FORMS": "many"}, "Items"),
        ],
    )
    def test_what_is_refused_stands_beside_its_field(self, consulting_officer, changes, words):
        response = consulting_officer.web.post("/applications/new/", typed(**changes))
        assert response.status_code == 422
        assert words in response.content.decode()
        assert not Application.objects.exists()

    def test_sent_twice_files_once(self, consulting_officer):
        form = typed(once="b1946ac92492d2347c6235b4d2611184")
        for _ in range(2):
            consulting_officer.web.post("/applications/new/", form)
        assert Application.objects.count() == 1

    def test_amending_begins_with_what_is_there(self, consulting_officer):
        application = an_application(consulting_officer)
        address = f"/applications/{application.pk}/amend/"
        page = consulting_officer.web.get(address).content.decode()
        assert "TROYA TECH DEFENCE LIMITED" in page
        consulting_officer.web.post(address, typed(end_use="Training."))
        application.refresh_from_db()
        assert application.end_use == "Training."
        assert application.screenings.count() == 2


class TestScreeningWithoutFiling:
    def test_shows_the_sheet_once_and_keeps_the_proof(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        response = consulting_officer.web.post("/applications/screen/", typed())
        assert "TROYA TECH DEFEN<mark>C</mark>E" in response.content.decode()
        assert not Application.objects.exists()
        certificate = f"/applications/screenings/{Screening.objects.get().pk}/"
        page = consulting_officer.web.get(certificate).content.decode()
        assert "TROYA TECH DEFENCE LIMITED" not in page
        assert Screening.objects.get().content_digest in page

    def test_without_hits_says_so_with_what_was_compared(self, consulting_officer):
        page = consulting_officer.web.post("/applications/screen/", typed()).content.decode()
        assert "0 hits among 0 denials in force, register state 0" in page

    def test_without_a_named_party_never_says_no_hits(self, consulting_officer):
        nobody = typed(**{"parties-0-name": "private end-user", "parties-1-name": ""})
        page = consulting_officer.web.post("/applications/screen/", nobody).content.decode()
        assert "Not screenable by party" in page
        assert "0 hits" not in page


class TestJudging:
    @pytest.fixture
    def application(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        return an_application(consulting_officer)

    def test_a_dismissal_and_its_return(self, consulting_officer, application):
        web, hit = consulting_officer.web, application.open_hits()[0].hit
        address = f"/applications/{application.pk}/hits/{hit.pk}/dismiss/"
        assert web.get(address).status_code == 200
        assert "required" in web.post(address, {"reason_code": ""}).content.decode()
        assert web.post(address, {"reason_code": "other"}).status_code == 422
        page = web.post(address, {"reason_code": "other_end_use", "reason": "Training."}, follow=True).content.decode()
        assert "Another end use" in page
        assert web.post(address, {"reason_code": "other_item"}).status_code == 409
        page = web.post(f"/applications/{application.pk}/hits/{hit.pk}/reopen/", follow=True).content.decode()
        assert "the dismissal was taken back" in page

    def test_own_denials_are_shown_as_ones_own(self, consulting_officer):
        a_denial(consulting_officer)
        application = an_application(consulting_officer)
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "yours: no consultation" in page
        assert f"/consultations/open/{application.pk}/?hit=" not in page

    def test_taking_over_and_withdrawing(self, consulting_supervisor, application):
        web = consulting_supervisor.web
        web.post(f"/applications/{application.pk}/take/")
        application.refresh_from_db()
        assert application.owner == consulting_supervisor.user
        web.post(f"/applications/{application.pk}/withdraw/", {"reason": "Order lost."})
        application.refresh_from_db()
        assert application.status == "withdrawn"
        assert web.post(f"/applications/{application.pk}/screen/").status_code == 409


class TestTheWall:
    def test_strangers_find_what_is_absent(self, consulting_officer, consulted_officer, stranger, neighbour):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        hit = application.open_hits()[0].hit
        screening = application.latest_screening()
        places = [
            ("get", f"/applications/{application.pk}/"),
            ("get", f"/applications/{application.pk}/peek/"),
            ("get", f"/applications/{application.pk}/amend/"),
            ("post", f"/applications/{application.pk}/screen/"),
            ("post", f"/applications/{application.pk}/take/"),
            ("get", f"/applications/{application.pk}/withdraw/"),
            ("get", f"/applications/{application.pk}/hits/{hit.pk}/dismiss/"),
            ("post", f"/applications/{application.pk}/hits/{hit.pk}/reopen/"),
            ("get", f"/applications/screenings/{screening.pk}/"),
        ]
        for who in (stranger, neighbour, consulted_officer):
            for method, address in places:
                absent = address.replace(str(application.pk), str(uuid.uuid4())).replace(
                    str(screening.pk), str(uuid.uuid4())
                )
                for place in (address, absent):
                    assert getattr(who.web, method)(place).status_code == 404, place
            assert application.reference not in who.web.get("/applications/").content.decode()

    def test_a_reader_sees_no_acts(self, consulted_officer, observer):
        application = an_application(consulted_officer)
        page = observer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "Screen again" not in page
        assert observer.web.get("/applications/new/").status_code == 403
        assert observer.web.post(f"/applications/{application.pk}/screen/").status_code == 403

    def test_secretariats_have_no_door(self, eeas):
        assert eeas.web.get("/applications/").status_code == 403


class TestLists:
    def test_take_as_many_queries_for_many_rows_as_for_few(
        self, consulting_officer, consulted_officer, django_assert_max_num_queries
    ):
        a_denial(consulted_officer)
        for _ in range(6):
            an_application(consulting_officer)
        web = consulting_officer.web
        for address in ("/applications/", "/applications/?status=screened&owner=mine&sort=reference"):
            with django_assert_max_num_queries(14):
                assert web.get(address).content.decode().count("1 strong") == 6
        with django_assert_max_num_queries(14):
            assert web.get("/applications/screenings/").status_code == 200

    def test_filters_keep_to_what_is_asked(self, consulting_officer):
        application = an_application(consulting_officer)
        actions.withdraw_application(application=application, by=consulting_officer.principal, now=MARCH)
        web = consulting_officer.web
        assert application.reference in web.get("/applications/?status=withdrawn").content.decode()
        assert application.reference not in web.get("/applications/?status=screened").content.decode()
        assert web.get("/applications/?status=%27&sort=password&page=abc").status_code == 200

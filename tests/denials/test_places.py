"""Places by page and REST: what holds on a day, and what an officer reads beside a destination."""

import pytest

from denials.law.transactions import Destination
from tests.factories import a_denial, a_draft

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


class TestPages:
    def test_the_list_says_what_an_officer_should_know(self, observer):
        page = text(observer.web.get("/denials/places/", {"q": "Ryssland"}))
        assert "RU Russia" in page
        assert "EU arms embargo since 1 Aug 2014" in page

    @pytest.mark.parametrize(
        ("asked", "named", "absent"),
        [
            ({"attribute": "arms_embargo", "on": "2013-05-01", "q": "syria"}, "SY Syria", None),
            ({"attribute": "arms_embargo", "on": "2013-06-01", "q": "syria"}, None, "SY Syria"),
            ({"q": "Nordic countries"}, "No place is meant by this", "NO Norway"),
            ({"q": "Groenland"}, "GL Greenland", None),
            ({"attribute": "nonsense", "on": "32.13.", "page": "-1"}, "ZW Zimbabwe", None),
        ],
    )
    def test_it_is_asked_by_name_fact_and_day(self, observer, asked, named, absent):
        page = text(observer.web.get("/denials/places/", asked))
        assert named is None or named in page
        assert absent is None or absent not in page

    def test_a_place_shows_its_dates_sources_and_what_is_not_verified(self, observer):
        page = text(observer.web.get("/denials/places/gl/"))
        assert "outside the EU customs territory (territory of DK Denmark)" in page
        assert "not verified" in page
        assert "Groenland" in page

    def test_a_place_on_another_day(self, observer):
        page = text(observer.web.get("/denials/places/GB/", {"on": "2019-06-01"}))
        assert "a transfer within the Union, not an export" in page

    @pytest.mark.parametrize("code", ["QQ", "XX", "EU", "G", "GL2"])
    def test_what_is_no_place_is_not_there(self, observer, code):
        assert observer.web.get(f"/denials/places/{code}/").status_code == 404

    def test_beside_a_destination_on_the_denial_and_in_the_form(self, consulted_officer):
        bound = {"destinations": (Destination("RU"), Destination("GL"), Destination("", "Nordic countries"))}
        denial = a_denial(consulted_officer, **bound)
        draft = a_draft(consulted_officer, **bound)
        for address in (f"/denials/{denial.pk}/", f"/denials/{draft.pk}/edit/", f"/denials/{draft.pk}/preview/"):
            page = text(consulted_officer.web.get(address))
            assert "EU arms embargo since" in page, address
            assert "outside the EU customs territory" in page, address
            assert "Nordic countries" in page, address


class TestRest:
    def test_the_list_by_fact_and_day(self, client_nl):
        found = client_nl.api.get("/api/v1/places/?attribute=arms_embargo&on=1999-06-01&page_size=200").json()
        codes = {row["code"] for row in found["results"]}
        assert {"CN", "ET", "LY"} <= codes
        assert not {"RU", "BY", "ER2"} & codes
        assert len(codes) == len(found["results"])

    def test_a_place_on_a_day(self, client_nl):
        found = client_nl.api.get("/api/v1/places/gl/?on=1984-06-01").json()
        held = {row["name"]: row for row in found["attributes"]}
        assert (found["code"], found["on"]) == ("GL", "1984-06-01")
        assert held["eu_customs_territory"]["holds"] is True
        assert held["eu_customs_territory"]["until"] == "1985-01-31"
        assert held["eu_customs_territory"]["verified"] is False

    def test_what_should_be_known_of_it_as_a_destination(self, client_nl):
        found = client_nl.api.get("/api/v1/places/KP/?on=2026-03-02").json()
        assert {(one["remark"], one["by"]) for one in found["remarks"]} == {
            ("arms_embargo", "EU"),
            ("arms_embargo", "UN"),
        }

    @pytest.mark.parametrize(
        ("path", "status"),
        [("QQ/", 404), ("gl/?on=yesterday", 400), ("?attribute=a%20b", 400), ("?nonsense=1", 400), ("?q=", 200)],
    )
    def test_bad_questions(self, client_nl, path, status):
        assert client_nl.api.get(f"/api/v1/places/{path}").status_code == status

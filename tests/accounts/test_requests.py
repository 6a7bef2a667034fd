"""Every request: one transaction for one authority, clean text, one effect however often sent."""

from datetime import timedelta

import pytest
from django.db import OperationalError, transaction

from accounts import tenant
from accounts.clock import now
from accounts.law.text import UnfitText, clean
from config import checks
from tests.cast import TokenBrowser

pytestmark = pytest.mark.django_db

WELCOME = ["Ärzte-Öl GmbH", "Завод №5", "株式会社", "شرکت", "می\u200cخواهم", "O'Neil & Söns\n<b>"]


class TestRefused:
    """OWASP ASVS 5.0 16.3.2: who was refused what is in the log, by ids, and nothing that was typed."""

    def lines(self, caplog):
        return [one.getMessage() for one in caplog.records if one.name == "accounts.middleware"]

    def test_each_refusal_is_one_line_of_ids(self, caplog, consulted_officer, client_nl):
        absent, web = "00000000-0000-4000-8000-000000000000", consulted_officer.web
        web.get("/settings/audit/")
        web.get(f"/denials/{absent}/?q=Zeegeheim")
        web.get("/Zeegeheim/")
        client_nl.api.post("/api/v1/people/", {"last_name": "Zeegeheim"})
        TokenBrowser("Zeegeheim").get("/api/v1/denials/")
        who = f"user:{consulted_officer.user.pk}"
        assert self.lines(caplog) == [
            f"refused 403: GET audit - by {who}",
            f"refused 404: GET denials:detail {absent} by {who}",
            f"refused 404: GET no address - by {who}",
            f"refused 403: POST api-person-list - by client:{client_nl.client.pk}",
            "refused 401: GET api-denial-list - by visitor:",
        ]

    def test_what_is_allowed_says_nothing(self, caplog, consulted_officer):
        consulted_officer.web.get("/denials/")
        assert self.lines(caplog) == []


class TestTenant:
    def test_is_set_for_the_transaction_only(self, consulted_officer):
        with transaction.atomic():
            tenant.enter(consulted_officer.principal)
            assert tenant.current_authority() == str(consulted_officer.authority.pk)


class TestText:
    @pytest.mark.parametrize(
        "text",
        ["a\x00b", "a\x1bb", "a\u202eb", "a\u2066b", "a\u200bb", "\ud800", "a\x85b", "\ufeffa", "latin\u200djoin"],
    )
    def test_hidden_and_controlling_characters_are_refused(self, text):
        with pytest.raises(UnfitText):
            clean(text)

    @pytest.mark.parametrize("text", WELCOME)
    def test_every_script_is_welcome(self, text):
        assert clean(text) == text

    def test_is_kept_in_normal_form_c(self):
        assert clean("e\u0301") == "é"


class TestQueryString:
    @pytest.mark.parametrize("address", ["/denials/?q=%00", "/api/v1/denials/?q=%E2%80%AE", "/denials/%00/"])
    def test_control_characters_are_refused_with_400(self, consulted_officer, address):
        assert consulted_officer.web.get(address).status_code == 400

    def test_api_names_the_character(self, client_nl):
        problem = client_nl.api.get("/api/v1/denials/?q=%00").json()
        assert (problem["status"], problem["code"]) == (400, "unfit_text")
        assert "U+0000" in problem["detail"]


class TestHealth:
    def test_alive_without_sign_in(self, client):
        assert client.get("/healthz").content == b"ok\n"

    def test_not_ready_before_the_sweeps_have_run(self, client):
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["database"]["ok"]

    def test_alive_and_not_ready_without_a_database(self, client, monkeypatch):
        def gone(*args, **kwargs):
            raise OperationalError

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"] == {"database": {"ok": False}}

    def test_ready_once_they_have(self, client):
        from accounts.tasks import deliver_notices

        deliver_notices.run()
        assert client.get("/readyz").json()["checks"]["sweep notices"]["ok"]

    def test_what_is_swept_once_an_hour_is_not_late_after_a_minute(self, client, clock):
        from accounts.tasks import beat

        beat("retention", now=now())
        beat("lapses", now=now())
        clock.forward(timedelta(minutes=59))
        checks = client.get("/readyz").json()["checks"]
        assert (checks["sweep retention"]["ok"], checks["sweep lapses"]["ok"]) == (True, False)
        clock.forward(timedelta(minutes=122))
        assert not client.get("/readyz").json()["checks"]["sweep retention"]["ok"]


class TestSignIn:
    def test_pages_ask_for_it_and_lead_back(self, client):
        response = client.get("/settings/people/")
        assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/settings/people/")

    def test_the_demo_door_is_not_there_outside_the_demo(self, client, consulted_officer):
        answer = client.post("/sign-in/demo/", {"username": consulted_officer.user.username})
        assert answer.status_code == 404

    @pytest.mark.parametrize(
        ("address", "refused"),
        [("https://exchange.example", True), ("http://192.0.2.1:8000", True), ("http://127.0.0.1:8000", False)],
    )
    def test_no_process_of_the_demo_starts_elsewhere(self, settings, address, refused):
        settings.LOOPBACK, settings.EXCHANGE_ADDRESS = True, address
        assert [one.id for one in checks.demo_on_loopback()] == ["exchange.E004"] * refused

    def test_the_demo_door_opens_in_the_demo(self, client, consulted_officer, settings):
        settings.EXCHANGE_DEMO = True
        assert client.post("/sign-in/demo/", {"username": consulted_officer.user.username}).status_code == 302
        assert client.get("/settings/people/").status_code == 200


class TestHousePages:
    @pytest.mark.parametrize("address", ["/settings/people/", "/settings/calendars/", "/notices/", "/first-day/"])
    def test_officer_opens(self, consulted_officer, address):
        assert consulted_officer.web.get(address).status_code == 200

    @pytest.mark.parametrize("address", ["/settings/audit/", "/settings/clients/"])
    def test_officer_may_not_open(self, consulted_officer, address):
        assert consulted_officer.web.get(address).status_code == 403

    def test_auditor_reads_the_trail(self, auditor):
        assert auditor.web.get("/settings/audit/").status_code == 200

    def test_administrator_sees_clients(self, administrator, client_nl):
        assert client_nl.client.name.encode() in administrator.web.get("/settings/clients/").content

    def test_an_absent_state_has_no_calendar(self, consulted_officer):
        assert consulted_officer.web.get("/settings/calendars/?state=ZZ").status_code == 404

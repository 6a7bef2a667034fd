"""A screening that broke off or left something out is no examination: it says so, and blocks. ADR 0141."""

from datetime import timedelta

import pytest

from accounts.models import AuditRecord, Notice
from consultations.actions import record_decision
from consultations.models import gate_of
from denials.law.content import StatedParty
from screening import actions, tasks
from screening.law.completeness import ScreeningIncomplete
from screening.models import Application, Screening
from screening.templatetags.papers import certificate_of
from tests.factories import MARCH, a_denial, an_application
from tests.screening.test_pages import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(minutes=5))


@pytest.fixture
def broken(monkeypatch):
    """Screening fails for applications under one file number."""
    real = actions.screening.search.screen
    fails = {"on": True}

    def screen(asked, **given):
        if fails["on"] and any(party.name == "Breaks Everything" for party in asked.parties):
            raise ValueError("a row that cannot be read")
        return real(asked, **given)

    monkeypatch.setattr("screening.actions.screening.search.screen", screen)
    return fails


BREAKS = (StatedParty.stated("end_user", "Breaks Everything"),)


class TestFailed:
    def test_filing_stays_says_so_and_no_grant_rests_on_it(self, broken, consulting_officer):
        application = an_application(consulting_officer, parties=BREAKS)
        assert (application.status, application.screening_failure) == ("received", "ValueError")
        assert not application.screenings.exists()
        assert AuditRecord.objects.filter(act="application.screening_failed").exists()
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "The last screening failed" in page
        assert "No hit" not in page
        with pytest.raises(ScreeningIncomplete):
            record_decision(
                application_id=application.pk, outcome="granted", by=consulting_officer.principal, now=MARCH
            )

    def test_rest_tells_it_and_tries_again(self, broken, client_be):
        application = an_application(client_be, parties=BREAKS)
        address = f"/api/v1/applications/{application.pk}/"
        told = client_be.api.get(address).json()
        assert (told["completeness"], told["screening"]) == ("failed", None)
        again = client_be.api.post(f"{address}screen/")
        assert (again.status_code, again.json()["completeness"]) == (202, "failed")
        broken["on"] = False
        assert client_be.api.post(f"{address}screen/").status_code == 201
        told = client_be.api.get(address).json()
        assert (told["completeness"], told["failed_at"]) == ("complete", None)

    def test_a_later_failure_takes_the_ground_from_an_earlier_success(self, broken, consulting_officer):
        broken["on"] = False
        application = an_application(consulting_officer, parties=BREAKS)
        assert application.status == "decidable"
        broken["on"] = True
        assert not actions.screen_application(
            application=application, trigger="requested", by=consulting_officer.principal, now=MARCH
        )
        application.refresh_from_db()
        assert application.status == "received"
        assert gate_of(application, MARCH).is_incomplete


class TestSweep:
    def test_what_always_fails_starves_no_other(
        self, broken, consulting_officer, consulted_officer, clock, monkeypatch
    ):
        failing = an_application(consulting_officer, parties=BREAKS)
        good = an_application(consulting_officer)
        a_denial(consulted_officer)
        monkeypatch.setattr(tasks, "MOST_AT_ONCE", 1)
        tasks.sweep_rescreening()
        tasks.sweep_rescreening()
        assert good.latest_screening().trigger == "register_changed"
        failing.refresh_from_db()
        assert failing.screening_tries == 1
        tasks.sweep_rescreening()
        failing.refresh_from_db()
        assert failing.screening_tries == 1
        clock.forward(timedelta(seconds=61))
        broken["on"] = False
        tasks.sweep_rescreening()
        failing.refresh_from_db()
        assert (failing.screening_failed_at, failing.screening_tries, failing.status) == (None, 0, "decidable")

    def test_a_licence_in_use_gets_an_alert_and_nothing_moves(self, consulting_officer, consulted_officer, client_be):
        application = an_application(consulting_officer)
        by = consulting_officer.principal
        record_decision(application_id=application.pk, outcome="granted", by=by, now=MARCH)
        a_denial(consulted_officer)
        tasks.sweep_rescreening()
        application.refresh_from_db()
        assert (application.status, application.latest_screening().trigger) == ("granted", "licence")
        assert Notice.objects.filter(kind="screening.licence_alert").count() == 1
        assert not Notice.objects.filter(kind="screening.new_hits").exists()
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "no duty follows from them" in page
        assert 'data-key="y"' not in page
        used = client_be.api.post(f"/api/v1/applications/{application.pk}/used-up/", {"on": "2026-03-01"})
        assert used.status_code == 200
        a_denial(consulted_officer, "arms", source_reference="second")
        tasks.sweep_rescreening()
        assert application.screenings.count() == 2

    def test_a_licence_whose_screening_had_failed_is_screened_once(self, consulting_officer):
        application = an_application(consulting_officer)
        by = consulting_officer.principal
        record_decision(application_id=application.pk, outcome="granted", by=by, now=MARCH)
        application.refresh_from_db()
        application.screening_failed_at, application.screening_failure = MARCH, "ValueError"
        application.save()
        actions.watch_licence(application=application, by=by, now=MARCH)
        application.refresh_from_db()
        assert (application.screening_failed_at, application.screening_failure) == (None, "")
        assert not actions.stale(Application.objects.filter(pk=application.pk), MARCH.date()).exists()


class TestPartial:
    def test_names_beyond_what_is_compared_are_said_and_block(self, consulting_officer):
        many = (StatedParty.stated("end_user", "Acme", aliases=tuple(f"Acme {n}" for n in range(13))),)
        application = an_application(consulting_officer, parties=many)
        assert application.latest_screening().shortfalls == ["names"]
        assert gate_of(application, MARCH).is_incomplete
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "Screened in part only" in page
        assert "No hit" not in page

    def test_screened_without_filing_it_is_said_and_the_certificate_says_it_too(self, consulting_officer):
        form = typed(**{"parties-0-aliases": "\n".join(f"Acme {n}" for n in range(13))})
        page = consulting_officer.web.post("/applications/screen/", form).content.decode()
        assert "Screened in part only" in page
        assert "No hit" not in page
        [screening] = Screening.objects.all()
        certificate = consulting_officer.web.get(f"/applications/screenings/{screening.pk}/").content.decode()
        assert "Not compared" in certificate


class TestCertificate:
    """ "Screened against N denials in force, register state S, rules v, 0 hits": on the page and on paper."""

    def said(self, screening, reader):
        paper = certificate_of(screening, reader.principal, now=MARCH)
        return {fact.label: fact.text for section in paper.sections for fact in section.facts}

    def test_of_no_hits_says_among_how_many_and_of_which_state(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        nobody = (StatedParty.stated("end_user", "Quartz Lagoon Foundry"),)
        screening = an_application(consulting_officer, parties=nobody).latest_screening()
        told = self.said(screening, consulting_officer)
        assert (told["Denials in force compared"], told["Result"]) == ("1", "0 hits")
        assert told["Register state"].startswith("change 1:")
        assert told["Rules"] == screening.ruleset_version
        page = consulting_officer.web.get(f"/applications/screenings/{screening.pk}/").content.decode()
        assert "0 hits among 1 denials in force, register state 1, rules v" in page

    def test_of_a_name_too_short_to_compare_never_says_no_hits(self, consulting_officer):
        short = (StatedParty.stated("end_user", "o"),)
        screening = an_application(consulting_officer, parties=short).latest_screening()
        assert self.said(screening, consulting_officer)["Result"].startswith("Not screenable by party")
        page = consulting_officer.web.get(f"/applications/screenings/{screening.pk}/").content.decode()
        assert "0 hits" not in page

"""
A regime that is only data: EU sanctions export restrictions, whose texts were not read (unverified).

Valid denial, consult first, then tell all and the Commission. No code but its rows knows of it.
"""

import re
from pathlib import Path

import pytest

from accounts.law.errors import ConsultationsOpen
from accounts.models import Notice
from consultations import actions as consulting
from consultations.law.terms import rule_for_denials, terms_for
from denials.law.regimes import rules_for
from tests.factories import MARCH, a_denial, an_application, consultations

BASE = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "denials", "screening", "consultations", "reports", "config", "templates")
#: Where its rows stand: rules, terms, and its name in the language of the page.
ROWS = {"denials/law/regimes.py", "consultations/law/terms.py", "accounts/labels.py"}
NAMED = re.compile(r"[\"']sanctions[\"']")


def test_no_other_code_mentions_it():
    files = (path for room in ROOMS for kind in ("*.py", "*.html") for path in (BASE / room).rglob(kind))
    naming = {str(path.relative_to(BASE)) for path in files if NAMED.search(path.read_text(encoding="utf-8"))}
    assert naming == ROWS


def test_nothing_of_it_is_held_to_be_verified():
    rules = rules_for("sanctions", MARCH.date())
    assert {"window", "recipients_of_denial", "recipients_of_grant", "acts", "grounds"} <= rules.unverified
    assert not terms_for(rule_for_denials("sanctions"), MARCH.date()).verified


@pytest.mark.django_db
class TestPath:
    """Notified, found, screened, consulted on, granted after all."""

    def test_from_the_denial_to_the_notice_of_the_grant(self, consulted_officer, consulting_officer, stranger):
        denial = a_denial(consulted_officer, "sanctions")
        assert re.fullmatch(r"NL-SAN-2026-\d{4}", denial.reference)
        told = set(Notice.objects.filter(subject_id=denial.pk).values_list("recipient__code", flat=True))
        assert {"COM", "SE", "DE"} <= told
        assert not {"EEAS", "NO", "NL"} & told

        page = stranger.web.get("/denials/", {"regime": "sanctions", "q": "Severnaya"}).content.decode()
        assert denial.reference in page
        found = stranger.web.get("/api/v1/denials/", {"regime": "sanctions", "q": "Severnaya"}).json()
        assert [one["validity"]["reason"] for one in found["results"]] == ["valid"]

        application = an_application(consulting_officer, "sanctions")
        (hit,) = application.open_hits()
        assert hit.hit.denial_id == denial.pk
        (thread,) = consultations(consulting_officer, application)
        assert (thread.rule, thread.due_before) == ("sanctions.833", None)
        with pytest.raises(ConsultationsOpen):
            decide(application, consulting_officer)
        consulting.answer_consultation(
            consultation_id=thread.pk,
            outcome="views",
            reasoning="Same user.",
            by=consulted_officer.principal,
            now=MARCH,
        )
        decision = decide(application, consulting_officer)
        assert decision.is_undercut
        informed = set(decision.grant_notice.recipients.values_list("code", flat=True))
        assert {"COM", "NL", "SE"} <= informed
        assert not {"EEAS", "NO"} & informed

    def test_its_form_its_reports_and_its_drafts_open(self, consulted_officer, commission):
        begun = consulted_officer.web.post("/denials/new/", {"regime": "sanctions"})
        assert begun.status_code == 302
        form = consulted_officer.web.get(begun.headers["Location"]).content.decode()
        assert "Goods that might contribute to military enhancement, Russia" in form
        assert "EU sanctions: restrictions on exports" in form
        for address in ("/reports/", "/reports/sanctions/2026/"):
            assert commission.web.get(address).status_code == 200

    def test_a_file_may_name_it(self, consulted_officer):
        from denials.imports import cells

        assert cells.regime("sanctions") == "sanctions"


def decide(application, by):
    return consulting.record_decision(
        application_id=application.pk, outcome="granted", by=by.principal, now=MARCH, explanation="Civil use shown."
    )

"""Two officers dismiss a hit where their authority has chosen so; acts stand in the order of the lock."""

from datetime import timedelta

import pytest

from accounts.actions import change_setting
from accounts.law.errors import HitsOpen, ReasonMissing, TransitionRefused
from accounts.models import AuditRecord
from consultations.models import gate_of, hits_to_judge
from screening import actions
from screening.law.dispositions import EarlierScreening, OwnProposal, Standing
from tests.factories import MARCH, a_denial, an_application, asked

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def application(consulting_officer, consulted_officer):
    a_denial(consulted_officer)
    return an_application(consulting_officer)


@pytest.fixture
def four_eyes(consulting_supervisor):
    change_setting(
        authority=consulting_supervisor.authority,
        name="four_eyes.dispositions",
        value="on",
        since=MARCH.date(),
        by=consulting_supervisor.principal,
        now=MARCH,
    )


def hit_of(application):
    return application.standing_hits()[0].hit


def dismissed(application, by, now=MARCH, **reason):
    given = {"reason_code": "other_party", **reason}
    return actions.dismiss_hit(application=application, hit=hit_of(application), by=by.principal, now=now, **given)


class TestTwoOfficers:
    def test_one_proposes_and_another_confirms(self, four_eyes, application, consulting_officer, consulting_supervisor):
        proposal = dismissed(application, consulting_officer, reason="another prison")
        application.refresh_from_db()
        assert (proposal.kind, application.status) == ("proposed", "screened")
        assert [one.standing for one in application.standing_hits()] == [Standing.PROPOSED]
        gate = gate_of(application, MARCH)
        with pytest.raises(HitsOpen):
            gate.check(granting=True)
        assert hits_to_judge([application.pk]).count() == 1
        confirmed = actions.confirm_dismissal(
            application=application, hit=hit_of(application), by=consulting_supervisor.principal, now=MARCH
        )
        application.refresh_from_db()
        assert (confirmed.kind, confirmed.reason, confirmed.confirms) == ("dismissed", "another prison", proposal)
        assert application.status == "decidable"
        assert hits_to_judge([application.pk]).count() == 0
        acts = AuditRecord.objects.filter(act__startswith="hit.").order_by("sequence").values_list("act", flat=True)
        assert list(acts) == ["hit.dismissal_proposed", "hit.dismissed"]

    def test_nobody_confirms_or_returns_their_own_and_no_system_does(
        self, four_eyes, application, consulting_officer, client_be
    ):
        dismissed(application, consulting_officer)
        of_it = {"application": application, "hit": hit_of(application), "now": MARCH}
        for by in (consulting_officer, client_be):
            with pytest.raises(OwnProposal):
                actions.confirm_dismissal(**of_it, by=by.principal)
            with pytest.raises(OwnProposal):
                actions.return_dismissal(**of_it, reason="no", by=by.principal)

    def test_it_is_returned_with_a_reason_and_the_hit_is_open(
        self, four_eyes, application, consulting_officer, consulting_supervisor
    ):
        dismissed(application, consulting_officer)
        of_it = {"application": application, "hit": hit_of(application), "by": consulting_supervisor.principal}
        with pytest.raises(ReasonMissing):
            actions.return_dismissal(**of_it, reason=" ", now=MARCH)
        actions.return_dismissal(**of_it, reason="look at the address", now=MARCH)
        assert application.standing_hits()[0].is_open
        assert AuditRecord.objects.filter(act="hit.dismissal_returned").exists()

    def test_only_the_proposal_that_was_read_is_confirmed_or_returned(
        self, four_eyes, application, consulting_officer, consulting_supervisor
    ):
        read = dismissed(application, consulting_officer).number
        of_it = {"application": application, "hit": hit_of(application), "now": MARCH}
        actions.reopen_hit(**of_it, by=consulting_officer.principal)
        standing = dismissed(application, consulting_officer, reason_code="other_item").number
        second = {**of_it, "by": consulting_supervisor.principal}
        with pytest.raises(TransitionRefused):
            actions.confirm_dismissal(**second, proposal=read)
        with pytest.raises(TransitionRefused):
            actions.return_dismissal(**second, proposal=read, reason="no")
        actions.confirm_dismissal(**second, proposal=standing)

    def test_whoever_proposed_takes_it_back(self, four_eyes, application, consulting_officer):
        dismissed(application, consulting_officer)
        of_it = {"application": application, "hit": hit_of(application), "by": consulting_officer.principal}
        actions.reopen_hit(**of_it, now=MARCH)
        assert application.standing_hits()[0].is_open

    def test_a_proposal_outlives_the_choice(self, application, consulting_officer, consulting_supervisor):
        with pytest.raises(TransitionRefused):
            actions.confirm_dismissal(
                application=application, hit=hit_of(application), by=consulting_supervisor.principal, now=MARCH
            )


class TestWhatWasSeen:
    def test_nobody_dismisses_on_facts_they_never_saw(self, application, consulting_officer):
        seen = hit_of(application)
        amended = asked(end_use="a new prison")
        by = consulting_officer.principal
        actions.amend_application(application=application, content=amended, by=by, now=MARCH + HOUR)
        of_it = {"application": application, "reason_code": "other_party", "by": by, "now": MARCH + HOUR}
        with pytest.raises(EarlierScreening):
            actions.dismiss_hit(hit=seen, **of_it)
        actions.dismiss_hit(hit=hit_of(application), **of_it)


class TestOrder:
    def test_who_read_the_clock_first_and_waited_comes_after(self, application, consulting_officer):
        dismissed(application, consulting_officer, now=MARCH + HOUR)
        of_it = {"application": application, "hit": hit_of(application), "by": consulting_officer.principal}
        actions.reopen_hit(**of_it, now=MARCH)
        assert application.standing_hits()[0].is_open
        assert hits_to_judge([application.pk]).count() == 1
        assert list(application.dispositions.order_by("at").values_list("number", flat=True)) == [2, 1]

    def test_a_dismissal_that_the_decision_used_stays(self, application, consulting_officer):
        from consultations.actions import record_decision

        dismissed(application, consulting_officer)
        by = consulting_officer.principal
        record_decision(application_id=application.pk, outcome="granted", by=by, now=MARCH)
        with pytest.raises(TransitionRefused):
            actions.reopen_hit(application=application, hit=hit_of(application), by=by, now=MARCH)
        assert application.standing_hits()[0].standing is Standing.DISMISSED


class TestPages:
    def test_the_page_of_a_hit_offers_what_the_reader_may_do(
        self, four_eyes, application, consulting_officer, consulting_supervisor, stranger, clock
    ):
        clock.set(MARCH)
        dismissed(application, consulting_officer)
        hit = hit_of(application)
        page = f"/applications/{application.pk}/hits/{hit.pk}/"
        own = consulting_officer.web.get(page).content.decode()
        assert 'data-key="u"' in own
        assert "confirm/" not in own
        second = consulting_supervisor.web.get(page).content.decode()
        assert "confirm/" in second
        assert 'name="proposal" value="1"' in second
        assert 'name="proposal" value="1"' in consulting_supervisor.web.get(f"{page}return/").content.decode()
        assert consulting_supervisor.web.post(f"{page}confirm/", {"proposal": "7"}).status_code == 409
        assert 'data-key="y"' in second
        assert stranger.web.get(page).status_code == 404
        assert consulting_supervisor.web.post(f"{page}return/", {"reason": ""}).status_code == 200
        assert consulting_officer.web.post(f"{page}confirm/", {"proposal": "1"}).status_code == 409
        assert consulting_supervisor.web.post(f"{page}confirm/").status_code == 409
        assert consulting_supervisor.web.post(f"{page}return/", {"reason": "look again"}).status_code == 409
        answer = consulting_supervisor.web.post(f"{page}confirm/", {"proposal": "1"})
        assert (answer.status_code, answer["Location"]) == (302, f"/applications/{application.pk}/")
        assert application.standing_hits()[0].standing is Standing.DISMISSED

    def test_verdict_and_certificate_on_paper(self, application, consulting_officer, clock):
        clock.set(MARCH)
        hit = hit_of(application)
        for address in (
            f"/applications/{application.pk}/hits/{hit.pk}/sheet.pdf",
            f"/applications/screenings/{hit.screening_id}/certificate.pdf",
        ):
            answer = consulting_officer.web.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
            assert answer.content.startswith(b"%PDF-")


class TestRest:
    def test_a_system_proposes_and_a_person_confirms(
        self, four_eyes, application, client_be, consulting_officer, clock
    ):
        clock.set(MARCH)
        base = f"/api/v1/applications/{application.pk}/hits/{hit_of(application).pk}"
        proposed = client_be.api.post(f"{base}/dismiss/", {"reason_code": "other_item"}).json()
        assert (proposed["standing"], proposed["disposition"]["kind"]) == ("proposed", "proposed")
        refused = client_be.api.post(f"{base}/confirm/")
        assert (refused.status_code, refused.json()["code"]) == (409, "own_proposal")
        consulting_officer.web.post(f"{base}/confirm/", "{}", content_type="application/json")
        assert application.standing_hits()[0].standing is Standing.DISMISSED
        assert client_be.api.get(f"{base}/sheet/")["Content-Type"] == "application/pdf"

"""Where an authority has chosen so, a second officer releases what changes a denial in force (docs/adr/0106)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actions import change_setting
from accounts.law.errors import NotForeseen, ReasonMissing, TransitionRefused
from accounts.law.settings import FOUR_EYES_DENIALS
from accounts.models import AuditRecord, Notice
from denials import actions
from denials.law.content import ContentRefused
from denials.law.lifecycle import OwnSubmission, SecondOfficerNeeded
from denials.law.proposals import RELEASED_BY_A_SECOND, Proposal, ProposalOvertaken, ProposalWaits, proposal_of
from denials.models import Denial, ProposedAct
from denials.models import content as rows
from tests.factories import MARCH, a_content, a_denial, a_draft

pytestmark = pytest.mark.django_db
AMENDED = a_content(explanation="Amended.", parties=a_content().parties[:1])
LATER = MARCH + timedelta(days=40)

PROPOSALS = {
    "amend": Proposal("amend", reason="Completed.", content=AMENDED, valid_from=date(2026, 1, 5)),
    "revoke": Proposal("revoke", reason="The risk is gone."),
    "withdraw": Proposal("withdraw", reason="Notified in error."),
    "lift": Proposal("lift", reason="Favourable."),
    "confirm": Proposal("confirm", reason="Unfavourable.", act="refusal", decided_on=date(2026, 3, 1)),
}
#: The same acts by one officer.
DIRECT = {
    "amend": (actions.amend_denial, {"content": AMENDED}),
    "revoke": (actions.revoke_denial, {"reason": "x"}),
    "withdraw": (actions.withdraw_denial, {"reason": "x"}),
    "lift": (actions.lift_suspension, {"reason": "x"}),
    "confirm": (actions.confirm_suspension, {"act": "refusal", "reason": "x"}),
}
EVENTS = list(PROPOSALS)


def suspended(by):
    more = {"act": "suspension", "suspended_until": date(2026, 9, 1), "decided_on": date(2026, 2, 20)}
    return a_denial(by, "dual_use", **more)


@pytest.fixture
def march(clock):
    clock.set(MARCH)


@pytest.fixture
def denial_for(march, consulted_officer, supervisor):
    """A denial in force upon which an event may happen, and then the choice of two officers."""

    def made(event):
        found = suspended(consulted_officer) if event in ("lift", "confirm") else a_denial(consulted_officer)
        given = {"name": FOUR_EYES_DENIALS, "value": "on", "since": MARCH.date(), "now": MARCH}
        change_setting(authority=supervisor.authority, by=supervisor.principal, **given)
        return found

    return made


def submitted(denial, officer, event):
    return actions.propose_act(denial_id=denial.pk, proposal=PROPOSALS[event], by=officer.principal, now=MARCH)


def released(denial, officer, kept, now=MARCH):
    return actions.release_act(denial_id=denial.pk, proposed=kept.pk, by=officer.principal, now=now)


@pytest.mark.parametrize("event", EVENTS)
class TestEachAct:
    def test_one_submits_another_releases_exactly_that(self, denial_for, consulted_officer, supervisor, event):
        denial = denial_for(event)
        verb, given = DIRECT[event]
        with pytest.raises(SecondOfficerNeeded):
            verb(denial_id=denial.pk, by=supervisor.principal, now=MARCH, **given)
        notices = Notice.objects.count()
        kept = submitted(denial, consulted_officer, event)
        held = Denial.objects.get(pk=denial.pk)
        assert (held.status, held.current.number, Notice.objects.count()) == ("in_force", 1, notices)
        assert kept.proposal() == PROPOSALS[event]
        with pytest.raises(OwnSubmission):
            released(denial, consulted_officer, kept)
        done = released(denial, supervisor, kept, LATER)
        version = done.current
        version.denial = done
        assert (version.kind, version.change_reason, version.number) == (event, PROPOSALS[event].reason, 2)
        assert (version.recorded_by, Notice.objects.count() > notices) == (supervisor.user, True)
        if event == "amend":
            assert (rows.read(version), version.valid_from) == (AMENDED, date(2026, 1, 5))
        if event == "confirm":
            assert (version.act, version.decided_on) == ("refusal", date(2026, 3, 1))
        assert not ProposedAct.objects.exists()
        steps = done.release_steps.filter(event=event).order_by("pk").values_list("kind", "by__username")
        assert list(steps) == [("submitted", "consulted_officer"), ("released", "supervisor")]
        assert AuditRecord.objects.filter(act="denial.act_submitted").count() == 1

    def test_the_pages_lead_from_one_officer_to_the_other(
        self, denial_for, consulted_officer, supervisor, stranger, event
    ):
        denial = denial_for(event)
        page = "amend-preview" if event == "amend" else event
        given = {"reason": "Because.", "act": "refusal", "decided_on": "2026-03-01", "confirm": "1"}
        if event == "amend":
            by = consulted_officer.principal
            actions.draft_amendment(denial_id=denial.pk, content=AMENDED, reason="", by=by, now=MARCH)
            given["valid_from"] = "2026-01-05"
        path = reverse(f"denials:{page}", args=[denial.pk])
        first = dict(given)
        first.pop("confirm")
        previewed = consulted_officer.web.get(path) if event == "amend" else consulted_officer.web.post(path, first)
        assert "Submit for release" in previewed.content.decode()
        there = consulted_officer.web.post(path, given)
        shown = reverse("denials:proposed", args=[denial.pk])
        assert (there.status_code, there["Location"]) == (302, shown)
        assert consulted_officer.web.get(path)["Location"] == shown
        mine, theirs = (one.web.get(shown).content.decode() for one in (consulted_officer, supervisor))
        assert "You submitted this" in mine
        assert "Because." in theirs
        assert "Release it" in theirs
        assert stranger.web.get(shown).status_code == 404
        assert b"Release or return what was submitted" in supervisor.web.get(f"/denials/{denial.pk}/").content
        seen = str(ProposedAct.objects.get().pk)
        assert consulted_officer.web.post(shown, {"proposed": seen}).status_code == 422
        assert supervisor.web.post(shown, {"proposed": "x"}).status_code == 302
        assert ProposedAct.objects.exists()
        done = supervisor.web.post(shown, {"proposed": seen})
        assert (done.status_code, done["Location"]) == (302, reverse("denials:receipt", args=[denial.pk]))
        assert "submitted by" in supervisor.web.get(done["Location"]).content.decode()


class TestWhatIsSeen:
    def test_a_denial_changed_meanwhile_is_not_acted_upon(self, denial_for, consulted_officer, supervisor):
        denial = denial_for("revoke")
        kept = submitted(denial, consulted_officer, "revoke")
        by = supervisor.principal
        actions.recall_denial(denial_id=denial.pk, demand="delete", what="x", reason="x", by=by, now=MARCH)
        with pytest.raises(ProposalOvertaken):
            released(denial, supervisor, kept)
        page = supervisor.web.get(reverse("denials:proposed", args=[denial.pk])).content.decode()
        assert "The denial has changed since" in page
        assert "Release it" not in page
        actions.return_act(denial_id=denial.pk, reason="Again.", by=by, now=MARCH)
        assert released(denial, supervisor, submitted(denial, consulted_officer, "revoke")).status == "revoked"

    def test_another_proposal_than_the_one_seen_is_not_released(self, denial_for, consulted_officer, supervisor):
        denial = denial_for("revoke")
        seen = submitted(denial, consulted_officer, "revoke")
        actions.return_act(denial_id=denial.pk, reason="Mine.", by=consulted_officer.principal, now=MARCH)
        submitted(denial, consulted_officer, "withdraw")
        with pytest.raises(ProposalOvertaken):
            released(denial, supervisor, seen)
        assert Denial.objects.get(pk=denial.pk).status == "in_force"

    def test_an_amendment_is_not_written_on_while_it_waits(self, denial_for, consulted_officer, supervisor):
        denial = denial_for("amend")
        submitted(denial, consulted_officer, "amend")
        given = {"denial_id": denial.pk, "content": AMENDED, "reason": "", "by": supervisor.principal, "now": MARCH}
        with pytest.raises(ProposalWaits):
            actions.draft_amendment(**given)
        assert supervisor.web.get(reverse("denials:amend", args=[denial.pk])).status_code == 302

    def test_nothing_is_kept_otherwise_than_it_was_given(self):
        for one in PROPOSALS.values():
            assert proposal_of(one.as_data()) == one
        assert set(PROPOSALS) == set(map(str, RELEASED_BY_A_SECOND))


class TestRefusals:
    @pytest.mark.parametrize(
        ("proposal", "error"),
        [
            (Proposal("revoke", reason=" "), ReasonMissing),
            (Proposal("renew", reason="x"), NotForeseen),
            (Proposal("amend", reason="x"), NotForeseen),
            (Proposal("lift", reason="x"), TransitionRefused),
            (Proposal("amend", content=AMENDED, valid_from=date(2030, 1, 1)), ContentRefused),
        ],
    )
    def test_what_the_act_would_refuse_is_refused_at_its_submission(
        self, denial_for, consulted_officer, proposal, error
    ):
        denial = denial_for("revoke")
        with pytest.raises(error):
            actions.propose_act(denial_id=denial.pk, proposal=proposal, by=consulted_officer.principal, now=MARCH)
        assert not ProposedAct.objects.exists()

    def test_one_act_waits_at_a_time_and_a_draft_has_its_own_way(self, denial_for, consulted_officer):
        denial = denial_for("revoke")
        submitted(denial, consulted_officer, "revoke")
        with pytest.raises(ProposalWaits):
            submitted(denial, consulted_officer, "withdraw")
        with pytest.raises(TransitionRefused):
            submitted(a_draft(consulted_officer), consulted_officer, "revoke")
        with pytest.raises(ProposalOvertaken):
            actions.return_act(
                denial_id=a_draft(consulted_officer).pk, reason="x", by=consulted_officer.principal, now=MARCH
            )

    def test_what_waits_still_needs_its_second_officer_when_the_choice_has_ended(
        self, denial_for, consulted_officer, supervisor
    ):
        denial = denial_for("revoke")
        submitted(denial, consulted_officer, "revoke")
        tomorrow = MARCH.date() + timedelta(days=1)
        given = {"name": FOUR_EYES_DENIALS, "value": "off", "since": tomorrow, "now": MARCH}
        change_setting(authority=supervisor.authority, by=supervisor.principal, **given)
        with pytest.raises(SecondOfficerNeeded):
            actions.revoke_denial(denial_id=denial.pk, reason="x", by=supervisor.principal, now=LATER)

    def test_reviews_and_courts_facts_stay_with_one_officer(self, denial_for, consulted_officer):
        denial = denial_for("confirm")
        from denials.law.court import CourtFact

        fact = CourtFact("appeal_lodged", date(2026, 3, 1))
        actions.record_court_fact(denial_id=denial.pk, fact=fact, by=consulted_officer.principal, now=MARCH)


class TestReturn:
    def test_it_is_given_back_with_a_reason_and_the_amendment_stays_written(
        self, denial_for, consulted_officer, supervisor
    ):
        denial = denial_for("amend")
        by = consulted_officer.principal
        actions.draft_amendment(denial_id=denial.pk, content=AMENDED, reason="", by=by, now=MARCH)
        submitted(denial, consulted_officer, "amend")
        path = reverse("denials:proposed-return", args=[denial.pk])
        assert supervisor.web.get(path).status_code == 200
        assert supervisor.web.post(path, {"reason": ""}).status_code == 422
        assert supervisor.web.post(path, {"reason": "Who says so?"}).status_code == 302
        assert not ProposedAct.objects.exists()
        assert denial.versions.filter(recorded_at__isnull=True).count() == 1
        page = consulted_officer.web.get(f"/denials/{denial.pk}/").content.decode()
        assert "Who says so?" in page
        assert supervisor.web.get(path).status_code == 302

    def test_an_erasure_sends_back_what_waits_and_keeps_nothing_of_it(self, denial_for, consulted_officer, supervisor):
        denial = denial_for("amend")
        submitted(denial, consulted_officer, "amend")
        given = {"names": ["Troya Tech Defense Ltd."], "basis": "Art. 17", "by": supervisor.principal, "now": MARCH}
        actions.erase_person(denial_id=denial.pk, **given)
        assert not ProposedAct.objects.exists()


class TestInbox:
    """What waits for a second officer or an acknowledgement has its row, and only for who can do something."""

    def rows(self, member):
        return member.web.get(reverse("inbox")).content.decode()

    def test_a_submitted_draft_and_act_are_rows_of_others_than_who_submitted(
        self, denial_for, consulted_officer, supervisor, observer, stranger
    ):
        denial, draft = denial_for("revoke"), a_draft(consulted_officer)
        actions.submit_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        submitted(denial, consulted_officer, "revoke")
        theirs = self.rows(supervisor)
        assert "Release: draft by" in theirs
        assert "Release: revocation, submitted by" in theirs
        for address in (f"/denials/{draft.pk}/release/", f"/denials/{denial.pk}/proposed/"):
            assert address in theirs
            for other in (consulted_officer, observer, stranger):
                assert address not in self.rows(other)
        docket = supervisor.web.get(reverse("denials:docket")).content.decode()
        assert f"/denials/{denial.pk}/proposed/" in docket
        told = supervisor.web.get("/api/v1/denials/docket/").json()
        assert told["acts_awaiting_release"] == [str(denial.pk)]
        assert told["awaiting_release"] == [str(draft.pk)]

    def test_a_row_goes_once_it_is_released_or_returned(self, denial_for, consulted_officer, supervisor):
        denial, draft = denial_for("revoke"), a_draft(consulted_officer)
        actions.submit_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        actions.return_denial(denial_id=draft.pk, reason="No.", by=supervisor.principal, now=MARCH)
        released(denial, supervisor, submitted(denial, consulted_officer, "revoke"))
        assert "Release:" not in self.rows(supervisor)

    def test_a_recall_is_a_row_until_it_is_acknowledged_by_whom_it_was_asked(
        self, march, consulted_officer, stranger, eeas
    ):
        denial = a_denial(consulted_officer)
        given = {"demand": "delete", "what": "x", "reason": "x", "by": consulted_officer.principal, "now": MARCH}
        recall = actions.recall_denial(denial_id=denial.pk, **given)
        address = f"/denials/{denial.pk}/acknowledge/"
        assert address in self.rows(stranger)
        assert address in self.rows(eeas)
        assert address not in self.rows(consulted_officer)
        actions.acknowledge_recall(recall_id=recall.pk, by=stranger.principal, now=MARCH)
        assert address not in self.rows(stranger)
        assert address in self.rows(eeas)
        assert "acknowledged" in self.rows(consulted_officer)


class TestRest:
    def test_a_system_submits_and_reads_and_takes_back_and_a_person_releases(
        self, denial_for, client_nl, supervisor, stranger
    ):
        denial = denial_for("revoke")
        root = f"/api/v1/denials/{denial.pk}/"
        direct = client_nl.api.post(f"{root}revoke/", {"reason": "Gone."})
        assert (direct.status_code, direct.json()["code"]) == (409, "second_officer_needed")
        assert client_nl.api.get(f"{root}proposal/").status_code == 404
        sent = client_nl.api.post(f"{root}revoke/", {"reason": "Gone.", "submit": True})
        assert (sent.status_code, sent.json()["status"]) == (200, "in_force")
        told = client_nl.api.get(f"{root}proposal/").json()
        assert (told["event"], told["reason"], told["overtaken"], told["content"]) == ("revoke", "Gone.", False, None)
        assert stranger.web.get(f"{root}proposal/").status_code == 403
        assert client_nl.api.post(f"{root}release/", {"proposal": told["id"]}).status_code == 403
        assert client_nl.api.post(f"{root}return/", {"reason": "Not yet."}).status_code == 200
        stale = supervisor.web.post(f"{root}release/", {"proposal": told["id"]}, content_type="application/json")
        assert (stale.status_code, stale.json()["code"]) == (409, "proposal_overtaken")
        client_nl.api.post(f"{root}revoke/", {"reason": "Gone.", "submit": True})
        seen = client_nl.api.get(f"{root}proposal/").json()["id"]
        done = supervisor.web.post(f"{root}release/", {"proposal": seen}, content_type="application/json")
        assert (done.status_code, done.json()["status"]) == (200, "revoked")

    def test_an_amendment_is_told_in_full(self, denial_for, client_nl):
        denial = denial_for("amend")
        root = f"/api/v1/denials/{denial.pk}/"
        body = client_nl.api.get(root).json()
        names = ("regime", "act", "decided_on", "destinations", "criteria", "explanation")
        given = {name: body[name] for name in names} | {"explanation": "More.", "reason": "Why.", "submit": True}
        parties = [{name: one[name] for name in ("role", "name", "country")} for one in body["parties"]]
        items = [{"code": "ML15.c", "description": "Beeldversterkers", "quantity": "40"}]
        sent = client_nl.api.post(f"{root}amend/", {**given, "parties": parties, "items": items})
        assert sent.status_code == 200, sent.content
        told = client_nl.api.get(f"{root}proposal/").json()
        assert (told["event"], told["content"]["explanation"]) == ("amend", "More.")


def test_the_choice_of_the_day_of_a_final_assessment_is_kept(denial_for, consulted_officer, supervisor):
    denial = denial_for("confirm")
    proposal = replace(PROPOSALS["confirm"], decided_on=None)
    by = consulted_officer.principal
    kept = actions.propose_act(denial_id=denial.pk, proposal=proposal, by=by, now=MARCH)
    assert released(denial, supervisor, kept, LATER).current.decided_on == MARCH.date()

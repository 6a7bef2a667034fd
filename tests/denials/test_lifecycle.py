"""The life of a denial after its draft: two officers, reviews, final assessments, courts, recalls, reminders."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actions import change_setting
from accounts.law.errors import (
    FieldMissing,
    NotCompetent,
    NotForeseen,
    ReasonMissing,
    RegimeUnknown,
    StillIncomplete,
    TransitionRefused,
)
from accounts.law.settings import FOUR_EYES_DENIALS
from accounts.models import AuditRecord, Notice
from denials import actions, ledger
from denials.law import regimes
from denials.law.court import CourtFact, CourtFactOutOfTurn
from denials.law.lifecycle import NothingToAcknowledge, OwnSubmission, SecondOfficerNeeded
from denials.law.regimes import RULES
from denials.models import Denial, RegisterChange, Reminder
from denials.standing import Standing
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
LATER = MARCH + timedelta(days=30)


def acts(denial):
    rows = AuditRecord.objects.filter(subject_id=str(denial.pk)).order_by("sequence")
    return list(rows.values_list("act", flat=True))


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__code", flat=True))


def again(denial):
    return Denial.objects.with_content().get(pk=denial.pk)


def kinds(denial):
    """What the register's feed says of a denial."""
    return list(RegisterChange.objects.filter(denial=denial).order_by("sequence").values_list("kind", flat=True))


@pytest.fixture
def four_eyes(supervisor):
    change_setting(
        authority=supervisor.authority,
        name=FOUR_EYES_DENIALS,
        value="on",
        since=MARCH.date(),
        by=supervisor.principal,
        now=MARCH,
    )


def submit(draft, by):
    return actions.submit_denial(denial_id=draft.pk, by=by.principal, now=MARCH)


def release(draft, by):
    return actions.release_denial(denial_id=draft.pk, by=by.principal, now=LATER)


@pytest.fixture
def ended_arms(monkeypatch):
    """The arms regime ended on 1 March 2026, and nothing came after it."""
    rows = tuple(replace(one, until=one.until or date(2026, 3, 1)) if one.regime == "arms" else one for one in RULES)
    for asking in (regimes.rules_for, regimes.last_rules, regimes.begun_by, regimes.known_regimes):
        monkeypatch.setattr(asking, "__defaults__", (rows,))


class TestAnEndedRegime:
    """docs/adr/0100: what was recorded outlives its regime."""

    def test_it_is_still_listed_read_and_revoked_and_nothing_new_begins(
        self, clock, consulted_officer, stranger, ended_arms
    ):
        clock.set(MARCH)
        denial = a_historic_denial()
        for name, given in (("list", []), ("export", []), ("detail", [denial.pk]), ("dossier", [denial.pk])):
            assert stranger.web.get(reverse(f"denials:{name}", args=given)).status_code == 200
        assert Standing().of(denial, MARCH.date()).counts
        with pytest.raises(RegimeUnknown):
            a_denial(consulted_officer, decided_on=MARCH.date())
        new = consulted_officer.web.get(reverse("denials:new")).context["regimes"]
        assert "arms" not in {one["code"] for one in new}
        by = consulted_officer.principal
        assert actions.revoke_denial(denial_id=denial.pk, reason="x", by=by, now=MARCH).status == "revoked"


class TestTwoOfficers:
    """docs/adr/0067: where the authority has chosen so, one officer submits and another releases."""

    def test_one_submits_and_another_releases(self, four_eyes, consulted_officer, supervisor):
        draft = a_draft(consulted_officer)
        assert submit(draft, consulted_officer).status == "ready"
        assert not Notice.objects.exists()
        released = release(draft, supervisor)
        assert (released.status, again(draft).current.recorded_by) == ("in_force", supervisor.user)
        assert "SE" in told("denial.notified")
        assert acts(draft) == ["denial.drafted", "denial.submitted", "denial.notified"]
        assert list(draft.release_steps.values_list("kind", flat=True)) == ["submitted", "released"]

    def test_nobody_releases_their_own(self, four_eyes, consulted_officer):
        draft = a_draft(consulted_officer)
        submit(draft, consulted_officer)
        with pytest.raises(OwnSubmission):
            release(draft, consulted_officer)
        assert again(draft).status == "ready"

    @pytest.mark.parametrize("submitted", [False, True])
    def test_the_direct_way_is_closed(self, four_eyes, consulted_officer, supervisor, client_nl, submitted):
        draft = a_draft(consulted_officer)
        if submitted:
            submit(draft, consulted_officer)
        for by in (consulted_officer, supervisor, client_nl):
            with pytest.raises(SecondOfficerNeeded):
                actions.notify_denial(denial_id=draft.pk, by=by.principal, now=MARCH)
        with pytest.raises(SecondOfficerNeeded):
            a_denial(client_nl)

    def test_without_the_choice_notification_stays_direct_and_release_needs_a_submission(
        self, consulted_officer, supervisor
    ):
        assert a_denial(consulted_officer).status == "in_force"
        with pytest.raises(SecondOfficerNeeded):
            release(a_draft(consulted_officer), supervisor)

    def test_what_was_submitted_before_the_choice_ended_still_needs_a_second_officer(
        self, four_eyes, consulted_officer, supervisor
    ):
        draft = a_draft(consulted_officer)
        submit(draft, consulted_officer)
        change_setting(
            authority=supervisor.authority,
            name=FOUR_EYES_DENIALS,
            value="off",
            since=MARCH.date() + timedelta(days=1),
            by=supervisor.principal,
            now=MARCH,
        )
        with pytest.raises(OwnSubmission):
            release(draft, consulted_officer)
        assert release(draft, supervisor).status == "in_force"

    def test_it_is_returned_with_a_reason_and_can_be_submitted_again(self, four_eyes, consulted_officer, supervisor):
        draft = a_draft(consulted_officer)
        submit(draft, consulted_officer)
        with pytest.raises(ReasonMissing):
            actions.return_denial(denial_id=draft.pk, reason=" ", by=supervisor.principal, now=MARCH)
        actions.return_denial(denial_id=draft.pk, reason="Name the end-user.", by=supervisor.principal, now=MARCH)
        assert again(draft).status == "draft"
        assert draft.release_steps.get(kind="returned").reason == "Name the end-user."
        a_draft_again = actions.save_draft(
            content=a_content(remarks="better"),
            authority=consulted_officer.authority,
            by=consulted_officer.principal,
            now=MARCH,
            denial_id=draft.pk,
        )
        submit(a_draft_again, supervisor)
        with pytest.raises(OwnSubmission):
            release(draft, supervisor)
        assert release(draft, consulted_officer).status == "in_force"

    def test_what_is_submitted_is_complete_and_not_edited(self, consulted_officer):
        with pytest.raises(StillIncomplete):
            submit(a_draft(consulted_officer, items=()), consulted_officer)
        draft = a_draft(consulted_officer)
        submit(draft, consulted_officer)
        with pytest.raises(TransitionRefused):
            actions.save_draft(
                content=a_content(remarks="x"),
                authority=consulted_officer.authority,
                by=consulted_officer.principal,
                now=MARCH,
                denial_id=draft.pk,
            )
        assert (
            actions.discard_draft(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH).status == "discarded"
        )

    def test_another_authority_does_neither(self, four_eyes, consulted_officer, stranger):
        draft = a_draft(consulted_officer)
        with pytest.raises(NotCompetent):
            submit(draft, stranger)
        submit(draft, consulted_officer)
        with pytest.raises(NotCompetent):
            release(draft, stranger)


class TestReview:
    """Reg. (EU) 2021/821 Art. 16(2): "revoke them, amend them or renew them"."""

    def amend(self, denial, by, reason="", **changes):
        content = replace(a_content("dual_use"), remarks=f"reviewed {reason}", **changes)
        return actions.amend_denial(
            denial_id=denial.pk, content=content, by=by.principal, now=LATER, reason=reason, as_review=True
        )

    def test_an_amendment_can_be_the_result_of_a_review(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.amend(denial, consulted_officer)
        version = again(denial).current
        assert (version.kind, version.review_number, version.review_due_on) == ("amend", 1, date(2029, 4, 1))

    def test_so_amended_the_third_review_needs_its_reasoning_too(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        for _ in range(2):
            actions.renew_denial(denial_id=denial.pk, by=consulted_officer.principal, now=LATER)
        with pytest.raises(ReasonMissing):
            self.amend(denial, consulted_officer)
        self.amend(denial, consulted_officer, reason="Still a front company.")
        assert again(denial).current.review_number == 3

    def test_arms_know_no_review(self, consulted_officer):
        denial = a_denial(consulted_officer)
        with pytest.raises(NotForeseen):
            actions.amend_denial(
                denial_id=denial.pk,
                content=a_content(remarks="x"),
                by=consulted_officer.principal,
                now=LATER,
                as_review=True,
            )

    def test_an_amendment_in_preparation_outlives_a_review(self, consulted_officer):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        prepared = a_content("dual_use", remarks="in preparation")
        actions.draft_amendment(denial_id=denial.pk, content=prepared, reason="", by=by, now=LATER)
        actions.renew_denial(denial_id=denial.pk, by=by, now=LATER)
        assert [(one.number, one.kind, one.recorded_at is None) for one in denial.versions.order_by("number")] == [
            (1, "notify", False),
            (2, "renew", False),
            (3, "amend", True),
        ]
        actions.amend_denial(denial_id=denial.pk, content=prepared, by=by, now=LATER)
        assert again(denial).current.number == 3
        assert again(denial).current.review_number == 1

    def test_several_are_maintained_each_wholly_or_not_at_all(self, consulted_officer, stranger):
        by = consulted_officer
        good, third, arms = a_denial(by, "dual_use"), a_denial(by, "dual_use"), a_denial(by)
        other = a_denial(stranger, "dual_use")
        for _ in range(2):
            actions.renew_denial(denial_id=third.pk, by=by.principal, now=MARCH)
        before = RegisterChange.objects.count()
        reviews = [
            actions.Review(one.pk, reason) for one, reason in ((third, ""), (other, "x"), (good, ""), (arms, "x"))
        ]
        outcomes = actions.renew_denials(reviews=reviews, by=by.principal, now=LATER)
        assert [one.denial_id for one in outcomes] == [one.denial_id for one in reviews]
        assert [one.refusal and one.refusal.code for one in outcomes] == [
            "reason_missing",
            "not_competent",
            None,
            "not_foreseen",
        ]
        assert RegisterChange.objects.count() == before + 1
        assert again(good).current.review_number == 1
        assert again(third).current.review_number == 2

    def test_a_denial_named_twice_is_not_reviewed_twice(self, consulted_officer):
        good, twice = a_denial(consulted_officer, "dual_use"), a_denial(consulted_officer, "dual_use")
        reviews = [actions.Review(one.pk, reason) for one, reason in ((twice, "a"), (good, ""), (twice, "b"))]
        outcomes = actions.renew_denials(reviews=reviews, by=consulted_officer.principal, now=LATER)
        assert [one.refusal and one.refusal.code for one in outcomes] == ["not_foreseen", None, "not_foreseen"]
        assert [again(one).current.review_number for one in (good, twice)] == [1, 0]


class TestAmendment:
    """What has an act of its own in the life of a denial does not come about by an amendment."""

    @pytest.mark.parametrize(
        ("regime", "before", "after"),
        [
            ("dual_use", {"act": "suspension", "suspended_until": date(2026, 3, 20)}, {"act": "refusal"}),
            ("dual_use", {"act": "refusal"}, {"act": "suspension", "suspended_until": date(2026, 6, 1)}),
            ("dual_use", {"act": "refusal"}, {"act": "requirement_imposed", "legal_basis": "art_9"}),
        ],
    )
    def test_it_makes_no_suspension_and_no_notice_and_ends_none(self, consulted_officer, regime, before, after):
        denial = a_denial(consulted_officer, regime, **before)
        with pytest.raises(NotForeseen) as refused:
            actions.amend_denial(
                denial_id=denial.pk, content=a_content(regime, **after), by=consulted_officer.principal, now=LATER
            )
        assert refused.value.params == {"field": "act", "value": after["act"]}
        assert again(denial).current.number == 1

    def test_a_refusal_may_be_called_a_revocation(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        content = a_content("dual_use", act="revocation")
        actions.amend_denial(denial_id=denial.pk, content=content, by=consulted_officer.principal, now=LATER)
        assert again(denial).current.act == "revocation"


class TestFinalAssessment:
    """Art. 16(1), second sentence: "the final assessment shall be communicated ... at the end of the period"."""

    def suspension(self, by, **changes):
        return a_denial(by, "dual_use", act="suspension", suspended_until=date(2026, 3, 20), **changes)

    def test_it_lifts_the_suspension(self, consulted_officer):
        denial = self.suspension(consulted_officer)
        actions.lift_suspension(denial_id=denial.pk, reason="No concern.", by=consulted_officer.principal, now=LATER)
        denial = again(denial)
        assert (denial.status, denial.current.kind, denial.current.review_due_on) == ("lifted", "lift", None)
        assert "COM" in told("denial.lifted")
        assert acts(denial)[-1] == "denial.lifted"
        assert not Standing().of(denial, LATER.date()).counts

    @pytest.mark.parametrize("act", ["refusal", "annulment", "revocation"])
    def test_or_confirms_it_as_a_decision_of_its_own(self, consulted_officer, act):
        denial = self.suspension(consulted_officer)
        actions.confirm_suspension(
            denial_id=denial.pk, act=act, reason="Diverted.", by=consulted_officer.principal, now=LATER
        )
        version = again(denial).current
        assert (version.act, version.suspended_until, version.status) == (act, None, "in_force")
        assert version.decided_on == version.notified_on == LATER.date()
        assert (version.review_number, version.review_due_on) == (0, date(2029, 4, 1))
        assert "COM" in told("denial.confirmed")
        assert kinds(denial) == ["notify", "confirm"]

    def test_what_a_court_found_of_the_suspension_stays_with_it(self, consulted_officer):
        denial, by = self.suspension(consulted_officer), consulted_officer.principal
        fact = CourtFact("annulled", date(2026, 3, 10), "Rechtbank Den Haag", "SGR 26/1")
        actions.record_court_fact(denial_id=denial.pk, fact=fact, by=by, now=LATER)
        actions.confirm_suspension(denial_id=denial.pk, act="revocation", reason="Diverted.", by=by, now=LATER)
        assert again(denial).current.court == []
        assert Standing().of(again(denial), LATER.date()).counts
        assert [len(one.court) for one in denial.versions.order_by("number")] == [0, 1, 0]

    def test_it_needs_a_reason_and_a_known_act(self, consulted_officer):
        denial, by = self.suspension(consulted_officer), consulted_officer.principal
        with pytest.raises(ReasonMissing):
            actions.lift_suspension(denial_id=denial.pk, reason="", by=by, now=LATER)
        with pytest.raises(ReasonMissing):
            actions.confirm_suspension(denial_id=denial.pk, act="revocation", reason="", by=by, now=LATER)
        for act in ("limitation", "suspension", "negative_reply", "x"):
            with pytest.raises(NotForeseen):
                actions.confirm_suspension(denial_id=denial.pk, act=act, reason="x", by=by, now=LATER)
        assert again(denial).current.number == 1

    def test_only_a_suspension_has_one(self, consulted_officer):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        with pytest.raises(TransitionRefused):
            actions.lift_suspension(denial_id=denial.pk, reason="x", by=by, now=LATER)
        with pytest.raises(TransitionRefused):
            actions.confirm_suspension(denial_id=denial.pk, act="revocation", reason="x", by=by, now=LATER)


class TestCourt:
    """docs/adr/0068."""

    def record(self, denial, by, what, on, now=LATER):
        fact = CourtFact(what, on, "Rechtbank Den Haag", "SGR 26/1")
        return actions.record_court_fact(denial_id=denial.pk, fact=fact, by=by.principal, now=now, reason="")

    def test_each_fact_is_a_version_that_others_are_told_of(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.record(denial, consulted_officer, "appeal_lodged", date(2026, 3, 10))
        assert Standing().of(again(denial), LATER.date()).counts
        self.record(denial, consulted_officer, "annulled", date(2026, 3, 30))
        denial = again(denial)
        assert [one["fact"] for one in denial.current.court] == ["appeal_lodged", "annulled"]
        assert denial.status == "in_force"
        worth = Standing().of(denial, LATER.date())
        assert (worth.counts, str(worth.reason)) == (False, "annulled_by_court")
        assert kinds(denial) == ["notify", "court", "court"]
        assert [told(f"denial.court_{fact}").count("COM") for fact in ("appeal", "annulled")] == [1, 1]
        actions.renew_denial(denial_id=denial.pk, by=consulted_officer.principal, now=LATER)
        assert len(again(denial).current.court) == 2

    def test_a_ruling_holds_from_its_own_day(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.record(denial, consulted_officer, "annulled", date(2026, 3, 20))
        assert again(denial).current.valid_from == date(2026, 3, 20)
        standing = Standing()
        assert standing.of(again(denial), date(2026, 3, 19)).counts
        assert str(standing.of(again(denial), date(2026, 3, 20)).reason) == "annulled_by_court"

    def test_but_not_from_before_the_denial_was_in_the_register(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.record(denial, consulted_officer, "appeal_lodged", date(2026, 2, 20))
        assert again(denial).current.valid_from == MARCH.date()

    def test_a_fact_out_of_turn_is_refused(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        with pytest.raises(CourtFactOutOfTurn):
            self.record(denial, consulted_officer, "upheld", date(2026, 3, 10))
        with pytest.raises(CourtFactOutOfTurn):
            self.record(denial, consulted_officer, "appeal_lodged", date(2026, 4, 2))
        with pytest.raises(NotCompetent):
            self.record(denial, stranger, "appeal_lodged", date(2026, 3, 10))
        assert again(denial).current.number == 1


class TestRecall:
    """Reg. (EC) No 515/97 Art. 45(4): "shall forthwith notify all parties to whom these ... have been transmitted"."""

    def recall(self, denial, by, demand="delete", what="The person named as consignee", reason="Exonerated."):
        return actions.recall_denial(
            denial_id=denial.pk, demand=demand, what=what, reason=reason, by=by.principal, now=LATER
        )

    def test_everyone_who_received_it_is_asked_and_nobody_else(self, consulted_officer, stranger, client_be):
        denial = a_historic_denial()
        ledger.note_read([denial], stranger.principal, at=MARCH)
        ledger.note_mirrored([denial], client_be.principal, at=MARCH)
        recall = self.recall(denial, consulted_officer)
        assert sorted(recall.requests.values_list("authority__code", flat=True)) == ["BE-VLG", "SE"]
        assert told("denial.recalled") == ["BE-VLG", "SE"]
        assert kinds(denial)[-1] == "recall"
        assert again(denial).current.change_reason == "Exonerated."
        assert acts(denial)[-1] == "denial.recalled"
        assert recall.answer_by == date(2026, 4, 15)

    def test_all_who_were_told_are_asked_whatever_became_of_it(self, consulted_officer):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        actions.withdraw_denial(denial_id=denial.pk, reason="In error.", by=by, now=LATER)
        self.recall(denial, consulted_officer)
        assert told("denial.recalled") == told("denial.notified")
        assert again(denial).status == "withdrawn"

    def test_each_acknowledges_once_and_the_issuer_is_told(self, consulted_officer, stranger, client_be):
        denial = a_denial(consulted_officer)
        recall = self.recall(denial, consulted_officer)
        for by in (stranger, client_be):
            actions.acknowledge_recall(recall_id=recall.pk, by=by.principal, now=LATER, note="Deleted.")
            with pytest.raises(NothingToAcknowledge):
                actions.acknowledge_recall(recall_id=recall.pk, by=by.principal, now=LATER)
        with pytest.raises(NothingToAcknowledge):
            actions.acknowledge_recall(recall_id=recall.pk, by=consulted_officer.principal, now=LATER)
        done = recall.requests.filter(acknowledged_at=LATER)
        assert sorted(done.values_list("authority__code", "acknowledged_by__username")) == [
            ("BE-VLG", None),
            ("SE", "stranger"),
        ]
        assert told("denial.recall_acknowledged") == ["NL", "NL"]

    def test_it_says_what_and_why(self, consulted_officer):
        denial = a_denial(consulted_officer)
        for given, refusal in (
            ({"reason": ""}, ReasonMissing),
            ({"what": " "}, FieldMissing),
            ({"demand": "burn"}, NotForeseen),
        ):
            with pytest.raises(refusal):
                self.recall(denial, consulted_officer, **given)
        with pytest.raises(TransitionRefused):
            self.recall(a_draft(consulted_officer), consulted_officer)
        assert not told("denial.recalled")


class TestReminders:
    """docs/adr/0070: each once, whoever sends; one that was missed is not made up for."""

    def remind(self, denial, day):
        now = MARCH.replace(year=day.year, month=day.month, day=day.day)
        return [one.kind for one in actions.remind_of(denial_id=denial.pk, now=now)]

    def due(self, now, on):
        return list(Denial.objects.to_be_reminded_of(on))

    def test_of_a_review(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")  # due on 2 March 2029
        assert not self.due(MARCH, date(2028, 9, 1))
        for day, kind in (
            (date(2028, 9, 1), None),
            (date(2028, 9, 2), "review_ahead"),
            (date(2029, 3, 1), None),
            (date(2029, 3, 2), "review_due"),
            (date(2030, 1, 5), "review_overdue_3"),
        ):
            expected = [kind] if kind else []
            assert (denial in self.due(MARCH, day)) == bool(kind)
            assert self.remind(denial, day) == expected
            assert self.remind(denial, day) == []
            assert denial not in self.due(MARCH, day)
        assert told("denial.review_ahead") == told("denial.review_due") == told("denial.review_overdue") == ["NL"]

    def test_a_review_done_ends_them_and_the_next_has_its_own(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.remind(denial, date(2029, 3, 2))
        now = MARCH.replace(year=2029)
        actions.renew_denial(denial_id=denial.pk, by=consulted_officer.principal, now=now)
        assert self.remind(denial, date(2030, 3, 2)) == []
        assert self.remind(denial, date(2031, 9, 2)) == ["review_ahead"]

    def test_of_a_final_assessment_and_of_a_recall(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer, "dual_use", act="suspension", suspended_until=date(2026, 3, 20))
        assert self.remind(denial, date(2026, 3, 20)) == []
        assert self.remind(denial, date(2026, 3, 21)) == ["assessment_due"]
        assert denial not in self.due(MARCH, date(2026, 3, 21))
        recall = actions.recall_denial(
            denial_id=denial.pk, demand="correct", what="x", reason="x", by=consulted_officer.principal, now=MARCH
        )
        actions.acknowledge_recall(recall_id=recall.pk, by=stranger.principal, now=MARCH)
        assert denial in self.due(MARCH, recall.answer_by)
        assert self.remind(denial, recall.answer_by) == ["recall_due"]
        assert denial not in self.due(MARCH, recall.answer_by)
        reminded = told("denial.recall_unanswered")
        assert "SE" not in reminded
        assert len(reminded) == len(told("denial.notified")) - 1
        assert Reminder.objects.filter(denial=denial).count() == 2

    def test_nothing_is_owed_for_arms_or_what_has_ended(self, consulted_officer):
        arms, ended = a_denial(consulted_officer), a_denial(consulted_officer, "dual_use")
        actions.revoke_denial(denial_id=ended.pk, reason="x", by=consulted_officer.principal, now=MARCH)
        for denial in (arms, ended):
            assert self.remind(denial, date(2031, 1, 1)) == []
        assert not self.due(MARCH, date(2031, 1, 1))


class TestWhatDoesNotExist:
    """The faults of other registers: history that is lost, records that can be deleted or overwritten."""

    def test_nothing_leads_back_from_a_revocation_and_its_comment_stays(self, consulted_officer):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        actions.revoke_denial(denial_id=denial.pk, reason="Wrong company.", by=by, now=LATER)
        for act in (actions.renew_denial, actions.notify_denial, actions.submit_denial):
            with pytest.raises((TransitionRefused, SecondOfficerNeeded)):
                act(denial_id=denial.pk, by=by, now=LATER)
        with pytest.raises(TransitionRefused):
            actions.amend_denial(denial_id=denial.pk, content=a_content("dual_use", remarks="x"), by=by, now=LATER)
        assert again(denial).current.change_reason == "Wrong company."
        assert list(denial.versions.order_by("number").values_list("kind", flat=True)) == ["notify", "revoke"]

    def test_no_verb_deletes_or_restores(self):
        assert not [name for name in actions.__all__ if name.startswith(("delete", "restore", "unrevoke", "reinstate"))]

    @pytest.mark.parametrize("method", ["patch", "put", "delete"])
    def test_rest_neither_patches_nor_deletes(self, consulted_officer, client_nl, clock, method):
        clock.set(MARCH)
        denial = a_denial(consulted_officer)
        response = getattr(client_nl.api, method)(f"/api/v1/denials/{denial.pk}/")
        assert response.status_code == 405
        assert again(denial).current.number == 1

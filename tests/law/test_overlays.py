"""What is true of a denial beside its state: tables of a record, a day, and what is shown; courts; reminders."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from accounts.law.errors import NotForeseen
from accounts.law.periods import WorkingCalendar
from denials.law import court, reminders
from denials.law.court import CourtFact, CourtFactOutOfTurn
from denials.law.lifecycle import (
    FINAL_ACTS,
    OwnSubmission,
    SecondOfficerNeeded,
    State,
    check_final_act,
    check_release,
)
from denials.law.overlays import Overlay, Record, overlays, worth
from denials.law.regimes import rules_for
from denials.law.validity import is_notified_late, review_last_day

TODAY = date(2026, 3, 4)
RULES = {regime: rules_for(regime, TODAY) for regime in ("arms", "dual_use", "torture")}
HOLIDAYS = {year: {} for year in range(2015, 2040)}
HOLIDAYS[2026] = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
NL = WorkingCalendar("NL", ZoneInfo("Europe/Amsterdam"), HOLIDAYS)


def day(text):
    return date.fromisoformat(text)


def fact(what, on="2026-02-01"):
    return CourtFact(what, day(on))


APPEAL, UPHELD, ANNULLED = fact("appeal_lodged"), fact("upheld"), fact("annulled")
STANDING = Record(status="in_force", act="refusal", decided_on=day("2025-06-02"), notified_on=day("2025-06-10"))


class TestOverlays:
    """Reg. (EU) 2021/821 Art. 16(1), (2), (5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23."""

    @pytest.mark.parametrize(
        ("regime", "changes", "member", "shown"),
        [
            ("dual_use", {}, True, []),
            ("dual_use", {"review_due_on": day("2026-06-05")}, True, []),
            ("dual_use", {"review_due_on": day("2026-06-04")}, True, ["review_due"]),
            ("dual_use", {"review_due_on": day("2026-03-04")}, True, ["review_due"]),
            ("dual_use", {"review_due_on": day("2026-03-03")}, True, ["review_overdue"]),
            ("dual_use", {"review_due_on": day("2026-02-28")}, True, ["review_overdue"]),  # a Saturday: to Monday, past
            ("dual_use", {}, False, ["former_member"]),
            ("dual_use", {"court": (APPEAL,)}, True, ["under_appeal"]),
            ("dual_use", {"court": (APPEAL, UPHELD)}, True, []),
            ("dual_use", {"court": (APPEAL, ANNULLED)}, True, ["annulled_by_court"]),
            ("dual_use", {"court": (APPEAL, fact("annulled", "2026-03-05"))}, True, ["under_appeal"]),  # of tomorrow
            ("dual_use", {"court": (fact("annulled", "2026-03-04"),)}, True, ["annulled_by_court"]),
            ("dual_use", {"court": (ANNULLED, APPEAL)}, True, ["annulled_by_court", "under_appeal"]),
            ("dual_use", {"is_notice": True}, True, ["notice"]),
            ("dual_use", {"is_aggregate": True}, True, ["aggregate"]),
            ("dual_use", {"origin": "nsg"}, True, ["passed_on"]),
            ("dual_use", {"origin": "nsg", "decided_on": day("2023-03-04")}, True, ["passed_on"]),
            ("dual_use", {"origin": "nsg", "decided_on": day("2023-03-03")}, True, ["out_of_window", "passed_on"]),
            ("dual_use", {"origin": "mtcr", "decided_on": day("2003-03-03")}, True, ["passed_on"]),
            ("dual_use", {"origin": "NO"}, True, []),
            ("dual_use", {"act": "suspension", "suspended_until": day("2026-03-03")}, True, ["final_assessment_due"]),
            ("dual_use", {"act": "suspension", "suspended_until": day("2026-03-04")}, True, []),
            ("arms", {"decided_on": day("2023-03-04"), "notified_on": None}, True, []),
            ("arms", {"decided_on": day("2023-03-03"), "notified_on": None}, True, ["out_of_window"]),
            ("arms", {"decided_on": day("2023-03-03"), "notified_on": None}, False, ["former_member", "out_of_window"]),
            ("arms", {"notified_on": day("2025-07-02")}, True, []),
            ("arms", {"notified_on": day("2025-07-03")}, True, ["notified_late"]),  # a month, to Wednesday 2 July
            ("torture", {"notified_on": day("2025-07-02")}, True, []),  # thirty days
            ("torture", {"notified_on": day("2025-07-03")}, True, ["notified_late"]),
            ("dual_use", {"notified_on": day("2026-01-03")}, True, []),  # Art. 16(1) counts no days
            ("torture", {"status": "revoked", "notified_on": day("2025-09-01")}, True, ["notified_late"]),
            ("dual_use", {"status": "revoked", "review_due_on": day("2025-01-01"), "court": (APPEAL,)}, False, []),
        ],
    )
    def test_what_is_shown(self, regime, changes, member, shown):
        record = replace(STANDING, **changes)
        assert overlays(record, RULES[regime], TODAY, is_member=member, calendar=NL) == tuple(map(Overlay, shown))

    def test_an_overdue_review_does_not_end_validity(self):
        """Art. 16(2): "Denials which are not revoked shall remain valid"."""
        record = replace(STANDING, review_due_on=day("2020-01-01"))
        assert worth(record, RULES["dual_use"], TODAY, is_member=True).counts

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"court": (APPEAL,)}, "valid"),
            ({"court": (ANNULLED,)}, "annulled_by_court"),
            ({"is_notice": True}, "notice"),
            ({"is_aggregate": True}, "aggregate"),
            ({"origin": "wassenaar"}, "passed_on"),
            ({"origin": "EU_MS"}, "valid"),
            ({"status": "withdrawn", "court": (ANNULLED,)}, "withdrawn"),
        ],
    )
    def test_what_obliges_others_to_consult(self, changes, reason):
        found = worth(replace(STANDING, **changes), RULES["dual_use"], TODAY, is_member=True)
        assert (found.counts, str(found.reason)) == (reason == "valid", reason)

    @pytest.mark.parametrize("status", [one for one in State if one != "in_force"])
    def test_only_what_is_in_force_has_overlays_of_its_worth(self, status):
        record = replace(STANDING, status=status, review_due_on=day("2020-01-01"), court=(ANNULLED,), is_notice=True)
        assert overlays(record, RULES["dual_use"], TODAY, is_member=False, calendar=NL) == ()


class TestLateNotification:
    """Reg. (EU) 2019/125 Art. 23(1): "not later than 30 days following the date of the decision"."""

    @pytest.mark.parametrize(
        ("decided_on", "notified_on", "late"),
        [
            ("2026-03-06", "2026-04-07", False),  # the thirtieth day is Easter Sunday: to Tuesday
            ("2026-03-06", "2026-04-08", True),
            ("2026-03-13", "2026-04-13", False),  # a Sunday: to Monday
            ("2026-03-13", "2026-04-14", True),
            (None, "2026-04-14", False),
            ("2026-03-13", None, False),
        ],
    )
    def test_the_last_day_is_moved_to_a_working_day(self, decided_on, notified_on, late):
        given = [day(one) if one else None for one in (decided_on, notified_on)]
        assert is_notified_late(RULES["torture"], NL, *given) is late


@pytest.mark.parametrize(
    ("due_on", "last"), [("2026-04-03", "2026-04-07"), ("2026-04-04", "2026-04-07"), ("2026-04-08", "2026-04-08")]
)
def test_a_review_is_in_time_on_the_working_day_that_follows(due_on, last):
    """Reg. 1182/71 Art. 3(4)."""
    assert review_last_day(NL, day(due_on)) == day(last)


class TestCourt:
    @pytest.mark.parametrize(
        ("last", "following"),
        [
            ("", ["appeal_lodged", "annulled"]),
            ("appeal_lodged", ["upheld", "annulled"]),
            ("upheld", ["appeal_lodged"]),
            ("annulled", ["appeal_lodged"]),
        ],
    )
    def test_what_may_follow(self, last, following):
        assert list(court.next_facts(last)) == following
        for what in court.Fact:
            facts = (CourtFact(last, day("2026-01-05")),) if last else ()
            new = CourtFact(what, day("2026-02-01"))
            if what in following:
                court.check_next(facts, new, decided_on=day("2025-06-02"), today=TODAY)
            else:
                with pytest.raises(CourtFactOutOfTurn):
                    court.check_next(facts, new, decided_on=day("2025-06-02"), today=TODAY)

    @pytest.mark.parametrize("on", ["2025-06-01", "2026-03-05"])
    def test_a_day_before_the_decision_or_in_the_future_is_refused(self, on):
        with pytest.raises(CourtFactOutOfTurn) as refused:
            court.check_next((), fact("appeal_lodged", on), decided_on=day("2025-06-02"), today=TODAY)
        assert refused.value.params["field"] == "on"

    def test_a_fact_is_kept_whole(self):
        whole = CourtFact("appeal_lodged", day("2026-02-01"), "Rechtbank Den Haag", "SGR 26/1")
        assert court.from_data([whole.as_data()]) == (whole,)


class TestRelease:
    @pytest.mark.parametrize(
        ("required", "submitted_by", "released_by", "refusal"),
        [
            (False, None, "anna", None),
            (True, None, "anna", SecondOfficerNeeded),
            (True, "anna", "anna", OwnSubmission),
            (False, "anna", "anna", OwnSubmission),  # submitted while the setting held
            (True, "anna", "bert", None),
        ],
    )
    def test_two_officers_notify(self, required, submitted_by, released_by, refusal):
        if refusal is None:
            check_release(required, submitted_by, released_by)
        else:
            with pytest.raises(refusal):
                check_release(required, submitted_by, released_by)

    @pytest.mark.parametrize("act", [*FINAL_ACTS, "suspension", "limitation", ""])
    def test_what_a_suspension_may_become(self, act):
        if act in FINAL_ACTS:
            check_final_act(act)
        else:
            with pytest.raises(NotForeseen):
                check_final_act(act)


class TestReminders:
    @pytest.mark.parametrize(
        ("on", "kind", "next_on"),
        [
            ("2025-12-31", None, None),
            ("2026-01-01", "review_ahead", "2026-07-01"),
            ("2026-06-30", "review_ahead", "2026-07-01"),
            ("2026-07-01", "review_due", "2026-10-01"),
            ("2026-10-01", "review_overdue_1", "2027-01-01"),
            ("2027-03-31", "review_overdue_2", "2027-04-01"),
            ("2029-07-02", "review_overdue_12", "2029-10-01"),  # the eleven before it are passed over
        ],
    )
    def test_a_review(self, on, kind, next_on):
        found = reminders.to_send(reminders.REVIEW, day("2026-07-01"), day(on))
        assert (found and found.kind) == kind
        assert (found and found.next_on) == (day(next_on) if next_on else None)

    @pytest.mark.parametrize(
        ("moments", "on", "kind"),
        [
            (reminders.FINAL_ASSESSMENT, "2026-06-30", None),
            (reminders.FINAL_ASSESSMENT, "2026-07-01", "assessment_due"),
            (reminders.FINAL_ASSESSMENT, "2026-08-01", "assessment_overdue_1"),
            (reminders.RECALL, "2026-07-01", "recall_due"),
            (reminders.RECALL, "2026-09-02", "recall_overdue_2"),
        ],
    )
    def test_suspensions_and_recalls(self, moments, on, kind):
        found = reminders.to_send(moments, day("2026-07-01"), day(on))
        assert (found and found.kind) == kind

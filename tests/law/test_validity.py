"""Which denials count on a day, and what is owed for them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.law.periods import Period, Unit, WorkingCalendar, looking_back
from denials.law import validity
from denials.law.lifecycle import State
from denials.law.regimes import rules_for

TODAY = date(2026, 3, 4)
ARMS, DUAL_USE, TORTURE = (rules_for(regime, TODAY) for regime in ("arms", "dual_use", "torture"))
CALENDAR = WorkingCalendar("NL", ZoneInfo("Europe/Amsterdam"), {year: {} for year in range(2020, 2040)})


def judge(rules, decided_on, on=TODAY, status="in_force", member=True, **known):
    return validity.counts(rules, decided_on, status, on, member, **known)


class TestWindow:
    """CP Art. 4(1) "within the last three years"; Reg. (EU) 2019/125 Art. 23(2) "in the preceding three years"."""

    @pytest.mark.parametrize("rules", [ARMS, TORTURE], ids=["arms", "torture"])
    @pytest.mark.parametrize(
        ("decided_on", "counts", "reason"),
        [
            (date(2023, 3, 4), True, "in_window"),  # a Saturday: the first day counts and is not moved
            (date(2023, 3, 3), False, "outside_window"),
            (date(2026, 3, 4), True, "in_window"),
            (date(2026, 3, 5), False, "not_yet_decided"),
            (None, True, "date_unknown"),
        ],
    )
    def test_the_first_day_is_included(self, rules, decided_on, counts, reason):
        judged = judge(rules, decided_on)
        assert (judged.counts, judged.reason) == (counts, reason)

    def test_the_window_opens_three_years_back(self):
        assert validity.window_opens(ARMS, TODAY) == date(2023, 3, 4)
        assert validity.window_opens(DUAL_USE, TODAY) is None

    @pytest.mark.parametrize(
        ("decided_on", "until"),
        [
            ("2023-03-04", "2026-03-04"),
            ("2024-02-29", "2027-02-28"),
            ("2021-02-28", "2024-02-29"),  # 29 February 2024 looks back to 28 February 2021
            ("2021-03-01", "2024-03-01"),
        ],
    )
    def test_until_when_a_denial_counts(self, decided_on, until):
        assert judge(ARMS, date.fromisoformat(decided_on)).until == date.fromisoformat(until)

    def test_the_day_of_notification_does_not_matter(self):
        assert not judge(ARMS, date(2023, 3, 3), notified_on=date(2023, 4, 1)).counts

    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(-3, 3))
    def test_it_counts_up_to_that_day_and_no_longer(self, decided_on, offset):
        until = validity.last_day_in_window(decided_on, Period(3, Unit.YEAR))
        on = until + timedelta(days=offset)
        assert (looking_back(on, Period(3, Unit.YEAR)) <= decided_on) == (on <= until)
        assert judge(ARMS, decided_on, on).counts == (on <= until)


class TestValidUntilRevoked:
    """Reg. (EU) 2021/821 Art. 16(2): "Denials which are not revoked shall remain valid"."""

    @pytest.mark.parametrize("decided_on", [date(2001, 1, 1), date(2023, 3, 3), TODAY, None])
    def test_a_denial_of_any_age_counts(self, decided_on):
        judged = judge(DUAL_USE, decided_on)
        assert (judged.counts, judged.reason, judged.until) == (True, "valid", None)

    def test_an_overdue_review_does_not_end_it(self):
        notified_on = date(2020, 3, 1)
        assert validity.review_due(DUAL_USE, CALENDAR, notified_on).last_day < TODAY
        assert judge(DUAL_USE, notified_on).counts

    def test_a_denial_decided_later_triggers_nothing(self):
        assert judge(DUAL_USE, date(2026, 3, 5)).reason == "not_yet_decided"


class TestStatus:
    EXPECTED = {
        "draft": "not_notified",
        "ready": "not_notified",
        "discarded": "not_notified",
        "lifted": "lifted",
        "revoked": "revoked",
        "withdrawn": "withdrawn",
    }

    @pytest.mark.parametrize("status", sorted(State))
    @pytest.mark.parametrize("rules", [ARMS, DUAL_USE, TORTURE], ids=["arms", "dual_use", "torture"])
    def test_only_what_is_in_force_counts(self, rules, status):
        judged = judge(rules, TODAY, status=status)
        assert judged.counts == (status == "in_force")
        if status != "in_force":
            assert judged.reason == self.EXPECTED[status]

    def test_a_former_members_denial_is_information_only(self):
        """Directed at "another Member State": United Kingdom until 31 December 2020."""
        judged = judge(DUAL_USE, date(2009, 1, 1), member=False)
        assert (judged.counts, judged.reason) == (False, "former_member")


class TestReview:
    """Art. 16(2): "within three years of their notification", then "every three years"."""

    def test_three_years_from_a_leap_day(self):
        due = validity.review_due(DUAL_USE, CALENDAR, date(2024, 2, 29))
        assert (due.strict_last_day, due.last_day) == (date(2027, 2, 28), date(2027, 3, 1))

    def test_the_next_runs_from_the_last_review(self):
        assert validity.review_due(DUAL_USE, CALENDAR, date(2020, 1, 7), date(2022, 6, 7)).last_day == date(2025, 6, 9)

    def test_without_a_day_of_notification_none_is_computed(self):
        assert validity.review_due(DUAL_USE, CALENDAR, None) is None

    def test_other_regimes_know_no_review(self):
        assert validity.review_due(ARMS, CALENDAR, TODAY) is None

    def test_a_calendar_that_does_not_reach_so_far_gives_a_provisional_date(self):
        assert validity.review_due(DUAL_USE, CALENDAR, date(2038, 6, 1)).provisional

    @pytest.mark.parametrize(("number", "required"), [(1, False), (2, False), (3, True), (4, True)])
    def test_the_third_review_explains_its_reasoning(self, number, required):
        assert validity.reasoning_required(DUAL_USE, number) is required
        assert not validity.reasoning_required(ARMS, number)


class TestNotification:
    """Reg. (EU) 2019/125 Art. 23(1): "not later than 30 days following the date of the decision"."""

    def test_both_readings_are_given(self):
        due = validity.notification_due(TORTURE, CALENDAR, date(2026, 3, 13))
        assert (due.due_strict.date(), due.due_latest.date()) == (date(2026, 4, 13), date(2026, 4, 14))

    def test_arms_a_month_by_setting(self):
        assert validity.notification_due(ARMS, CALENDAR, date(2026, 3, 10)).last_day == date(2026, 4, 10)

    def test_dual_use_states_no_number_of_days(self):
        assert validity.notification_due(DUAL_USE, CALENDAR, TODAY) is None


class TestSuspension:
    """Art. 16(1): the final assessment is communicated at the end of the period of suspension."""

    @pytest.mark.parametrize(
        ("act", "status", "until", "due"),
        [
            ("suspension", "in_force", date(2026, 3, 3), True),
            ("suspension", "in_force", TODAY, False),
            ("suspension", "lifted", date(2026, 3, 3), False),
            ("suspension", "in_force", None, False),
            ("refusal", "in_force", date(2026, 3, 3), False),
        ],
    )
    def test_final_assessment_due(self, act, status, until, due):
        assert validity.final_assessment_due(act, status, until, TODAY) is due

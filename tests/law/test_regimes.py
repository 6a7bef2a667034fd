"""What each regime asks, and that a regime is data."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from accounts.law.errors import NotForeseen, NotNotifiable, RegimeUnknown, StillIncomplete
from accounts.law.periods import Period, Unit
from denials.law import regimes, validity
from denials.law.content import check_for_notification, filled
from denials.law.regimes import RULES, begun_by, last_rules, rules_for
from tests.factories import a_content

ON = date(2026, 3, 2)
ARMS, DUAL_USE, TORTURE = (rules_for(regime, ON) for regime in ("arms", "dual_use", "torture"))

#                 window   reviewed  notify within  denial goes to                grant goes to                 undercut
COMPARED = {
    "arms": ("3 year", None, "1 month", "all_members", "denying_states", "any_grant", "eeas"),
    "dual_use": (
        None,
        "3 year",
        None,
        "all_members_and_commission",
        "all_members_and_commission",
        "identical_answer",
        "commission",
    ),
    "torture": (
        "3 year",
        None,
        "30 day",
        "all_members_and_commission",
        "all_members_and_commission",
        "any_grant",
        "commission",
    ),
}


@pytest.mark.parametrize("regime", COMPARED)
def test_what_differs_between_the_regimes(regime):
    rules = rules_for(regime, ON)
    assert COMPARED[regime] == (
        rules.window and str(rules.window.period),
        rules.review_every and str(rules.review_every),
        rules.notify_within and str(rules.notify_within),
        rules.recipients_of_denial,
        rules.recipients_of_grant,
        rules.undercut,
        rules.secretariat,
    )


class TestDates:
    """A change of law is a new row; a case keeps the row of its day."""

    @pytest.mark.parametrize(
        ("regime", "on", "instrument"),
        [
            ("arms", date(1998, 6, 8), "EU Code of Conduct on Arms Exports"),
            ("arms", date(2008, 12, 7), "EU Code of Conduct on Arms Exports"),
            ("arms", date(2008, 12, 8), "Common Position 2008/944/CFSP"),
            ("arms", date(2025, 4, 14), "Common Position 2008/944/CFSP"),
            ("arms", date(2025, 4, 15), "Common Position 2008/944/CFSP as amended by Decision (CFSP) 2025/779"),
            ("dual_use", date(2009, 8, 26), "Regulation (EC) No 1334/2000"),
            ("dual_use", date(2009, 8, 27), "Regulation (EC) No 428/2009"),
            ("dual_use", date(2021, 9, 9), "Regulation (EU) 2021/821"),
            ("torture", date(2019, 2, 19), "Regulation (EC) No 1236/2005"),
            ("torture", date(2019, 2, 20), "Regulation (EU) 2019/125"),
        ],
    )
    def test_the_instrument_of_the_day(self, regime, on, instrument):
        assert rules_for(regime, on).instrument == instrument

    @pytest.mark.parametrize(("regime", "on"), [("dual_use", date(1999, 1, 1)), ("fisheries", ON), ("", ON)])
    def test_no_rule_no_guess(self, regime, on):
        with pytest.raises(RegimeUnknown):
            rules_for(regime, on)

    def test_what_has_ended_is_read_by_its_last_rules(self):
        ended = tuple(one for one in RULES if one.regime != "dual_use" or one.until)
        with pytest.raises(RegimeUnknown):
            rules_for("dual_use", ON, ended)
        assert last_rules("dual_use", ON, ended).instrument == "Regulation (EC) No 428/2009"
        assert last_rules("dual_use", date(2009, 8, 26), ended).instrument == "Regulation (EC) No 1334/2000"
        with pytest.raises(RegimeUnknown):
            last_rules("dual_use", date(1999, 1, 1), ended)
        assert [one.regime for one in begun_by(date(2000, 9, 28), ended)] == ["arms", "dual_use"]

    def test_each_regime_has_one_row_for_each_day(self):
        for regime in regimes.known_regimes():
            rows = [one for one in RULES if one.regime == regime]
            assert all(later.since.toordinal() == row.until.toordinal() + 1 for row, later in pairwise(rows))
            assert rows[-1].until is None


class TestVerified:
    """What was not read in the text is marked, field by field."""

    def test_marked_fields_exist(self):
        for rules in RULES:
            assert all(hasattr(rules, name) for name in rules.unverified)

    def test_nothing_is_held_to_be_fully_verified(self):
        assert not any(rules.verified for rules in RULES)

    def test_the_numbers_of_the_regulations_were_read(self):
        assert not {"window", "review_every", "notify_within", "recipients_of_grant"} & DUAL_USE.unverified
        assert not {"window", "notify_within", "recipients_of_grant"} & TORTURE.unverified


class TestComplete:
    def test_all_missing_fields_are_named_at_once(self):
        bare = a_content("arms", decided_on=ON, destinations=(), parties=(), criteria=(), explanation="")
        with pytest.raises(StillIncomplete) as refusal:
            check_for_notification(bare, ON)
        assert refusal.value.params["fields"] == ("destinations", "grounds", "reasons")

    def test_a_transit_prohibition_states_classification_parameters_and_end_user(self):
        """Reg. (EU) 2021/821 Art. 16(3)."""
        fields = regimes.required_fields(DUAL_USE, "transit_prohibition")
        assert {"item_codes", "item_parameters", "destinations", "end_user"} <= set(fields)

    def test_a_suspension_states_its_end(self):
        assert "suspended_until" in regimes.required_fields(DUAL_USE, "suspension")

    def test_what_is_filled_passes(self):
        stated = a_content("torture")
        assert set(TORTURE.required) <= filled(stated)
        assert check_for_notification(stated, ON) is TORTURE


class TestForeseen:
    @pytest.mark.parametrize(
        ("rules", "field", "value"),
        [
            (TORTURE, "act", "refusal"),
            (ARMS, "act", "transit_prohibition"),
            (ARMS, "ground", "9"),
            (DUAL_USE, "legal_basis", "cp_4"),
            (TORTURE, "activity", "intangible_transfer"),
            (ARMS, "authorisation_type", "verbal"),
        ],
    )
    def test_a_value_outside_the_list_is_named(self, rules, field, value):
        with pytest.raises(NotForeseen) as refusal:
            regimes.check_foreseen(rules, **{field: value})
        assert refusal.value.params == {"field": field, "value": value}

    def test_not_stated_passes(self):
        regimes.check_foreseen(ARMS, act="", ground="7", activity="brokering")

    @pytest.mark.parametrize(
        ("rules", "ground"), [(TORTURE, "national_prohibition"), (ARMS, "national_policy"), (DUAL_USE, "formal")]
    )
    def test_some_grounds_are_not_notified(self, rules, ground):
        """Reg. (EU) 2019/125 Art. 23(4): refusals on a national prohibition."""
        with pytest.raises(NotNotifiable):
            regimes.check_notifiable(rules, [ground])
        assert not regimes.is_counted(rules, [ground])

    def test_another_ground_beside_it_is_notified_and_counted(self):
        regimes.check_notifiable(ARMS, ["national_policy", "2"])
        assert regimes.is_counted(ARMS, ["national_policy", "2"])

    def test_a_ground_not_stated_is_notified_and_counted(self):
        regimes.check_notifiable(ARMS, [])
        assert regimes.is_counted(ARMS, [])

    def test_an_embargo_alone_is_notified_but_not_counted(self):
        regimes.check_notifiable(ARMS, ["embargo_only"])
        assert not regimes.is_counted(ARMS, ["embargo_only"])


class TestFourthRegime:
    """Adding a regime is adding rows."""

    def test_its_denials_are_judged_without_other_code(self):
        rules = rules_for("sanctions", ON)
        assert regimes.known_regimes()[-1] == "sanctions"
        assert validity.counts(rules, date(2022, 3, 1), "in_force", ON, True).reason == "valid"
        assert rules.review_every is None

    def test_a_window_of_another_length(self):
        window = replace(ARMS.window, period=Period(18, Unit.MONTH))
        rules = replace(ARMS, regime="other", window=window)
        assert not validity.counts(rules, date(2024, 9, 1), "in_force", ON, True).counts
        assert validity.counts(rules, date(2024, 9, 2), "in_force", ON, True).counts

    def test_a_window_from_the_day_of_notification(self):
        rules = replace(ARMS, window=replace(ARMS.window, anchor=regimes.Anchor.NOTIFICATION))
        judged = validity.counts(rules, date(2023, 3, 1), "in_force", ON, True, notified_on=date(2023, 3, 20))
        assert judged.counts

    def test_marks_are_unique(self):
        assert len({one.mark for one in RULES}) == len(regimes.known_regimes())

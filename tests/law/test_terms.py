"""What is asked, until when, what silence means, and what a grant then is."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.law.errors import (
    AnswerNotForeseen,
    ExtensionNotForeseen,
    ExtensionTooLong,
    HolidaysUnknown,
    NotCountable,
    NotForeseen,
    RegimeUnknown,
    RuleUnknown,
    TermNotSettable,
)
from accounts.law.periods import Period, Unit, WorkingCalendar
from consultations.law import terms
from consultations.law.terms import TERMS, check_extension, due, extended_due, extension_left, terms_for
from denials.law.regimes import known_regimes, rules_for

ON = date(2026, 3, 2)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
CALENDAR = WorkingCalendar("NL", AMSTERDAM, {2026: EASTER})
MONDAY = datetime(2026, 3, 2, 16, 5, tzinfo=AMSTERDAM)

#                  question       reply             silence          cap    mode        left at first  binding
TABLE = [
    ("dual_use.16_5", "identity", "10 working_day", "not_identical", 30, "additive", 30, False),
    ("dual_use.14_1", "objection", "10 working_day", "no_objection", 30, "additive", 30, True),
    ("dual_use.14_2", "views", "10 working_day", "ended", None, None, 0, False),
    ("dual_use.21_4", "release", "10 working_day", "release", 30, "total", 20, False),
    ("dual_use.5_5", "requirement", "30 working_day", "ended", 30, "additive", 30, False),
    ("arms.4", "views", "3 week", "no_objection", 1, "additive", 1, False),
    ("torture.23", "views", None, "none", None, None, 0, False),
    ("sanctions.833", "views", None, "none", None, None, 0, False),
    ("arms.informal", "identity", None, "none", None, None, 0, False),
    ("dual_use.informal", "identity", None, "none", None, None, 0, False),
    ("torture.informal", "identity", None, "none", None, None, 0, False),
]


@pytest.mark.parametrize(("rule", "question", "reply", "silence", "cap", "mode", "left", "binding"), TABLE)
def test_the_terms_of_each_rule(rule, question, reply, silence, cap, mode, left, binding):
    found = terms_for(rule, ON)
    assert (found.question, found.silence, found.binding) == (question, silence, binding)
    assert (found.reply and str(found.reply)) == reply
    assert (found.extension and found.extension.cap.count) == cap
    assert (found.extension and found.extension.mode) == mode
    assert extension_left(found, 0) == left


def test_every_rule_is_in_the_table_above():
    assert list(terms.known_rules()) == [row[0] for row in TABLE]


def test_what_was_not_read_is_marked():
    unread = [one.rule for one in TERMS if not one.verified]
    assert unread == ["arms.4", "sanctions.833", "arms.informal", "dual_use.informal", "torture.informal"]


#              rule                kind        about          to all other members
OPENED_AS = [
    ("dual_use.16_5", "denials", "application", False),
    ("dual_use.14_1", "formal", "application", False),
    ("dual_use.14_2", "formal", "stated", False),
    ("dual_use.21_4", "formal", "stated", False),
    ("dual_use.5_5", "formal", "stated", True),
    ("arms.4", "denials", "application", False),
    ("torture.23", "denials", "application", False),
    ("sanctions.833", "denials", "application", False),
    ("arms.informal", "informal", "either", False),
    ("dual_use.informal", "informal", "either", False),
    ("torture.informal", "informal", "either", False),
]


class TestOpenedByHand:
    """What an officer opens besides consultations on denials, and what it is about; docs/adr/0094."""

    @pytest.mark.parametrize(("rule", "kind", "about", "to_all"), OPENED_AS)
    def test_kind_and_subject(self, rule, kind, about, to_all):
        found = terms_for(rule, ON)
        assert (found.kind, found.about, found.to_all) == (kind, about, to_all)
        assert (rule in terms.OPENED_BY_HAND) is (kind != "denials")

    @pytest.mark.parametrize(("rule", "kind", "about", "to_all"), OPENED_AS)
    @pytest.mark.parametrize("with_application", [True, False])
    def test_only_as_the_rule_asks(self, rule, kind, about, to_all, with_application):
        fits = kind != "denials" and (about == "either" or (about == "application") is with_application)
        if fits:
            terms.check_rule_opens(terms_for(rule, ON), with_application=with_application)
        else:
            with pytest.raises(NotForeseen):
                terms.check_rule_opens(terms_for(rule, ON), with_application=with_application)

    def test_who_concludes_and_who_is_told(self):
        """Art. 14(2): the state asked; 21(3)-(4): the granting authority, all are told; 5(5): each for itself."""
        table = {
            rule: (ends.side, sorted(ends.told)) for rule, ends in terms.CONCLUSIONS.items() if "informal" not in rule
        }
        assert table == {
            "dual_use.14_2": ("consulted", ["granted"]),
            "dual_use.21_4": ("consulted", ["held", "released"]),
            "dual_use.5_5": ("consulting", []),
        }


@pytest.mark.parametrize("rule", [row[0] for row in TABLE])
def test_terms_are_kept_whole_and_read_back(rule):
    """docs/adr/0016: a case keeps the terms it was opened under."""
    found = terms_for(
        rule, ON, {"arms.4": {"reply": "5 week", "extension": "none"}, "torture.23": {"courtesy": "4 week"}}
    )
    assert terms.terms_of(json.loads(json.dumps(found.as_data()))) == found


class TestWhichRule:
    @pytest.mark.parametrize(
        ("regime", "rule"), [("arms", "arms.4"), ("dual_use", "dual_use.16_5"), ("torture", "torture.23")]
    )
    def test_a_denial_is_consulted_on_under_its_regimes_rule(self, regime, rule):
        assert terms.rule_for_denials(regime) == rule
        assert terms.rule_for_denials(regime, ON) == rule

    def test_every_known_regime_has_one(self):
        assert all(terms.rule_for_denials(regime) for regime in known_regimes())

    @pytest.mark.parametrize(("regime", "on"), [("fisheries", None), ("dual_use", date(2021, 9, 8))])
    def test_a_regime_without_one_is_named(self, regime, on):
        with pytest.raises(RegimeUnknown):
            terms.rule_for_denials(regime, on)

    @pytest.mark.parametrize(("rule", "on"), [("dual_use.99", ON), ("dual_use.16_5", date(2021, 9, 8)), ("", ON)])
    def test_a_rule_not_in_force_is_named(self, rule, on):
        with pytest.raises(RuleUnknown) as refusal:
            terms_for(rule, on)
        assert refusal.value.params["rule"] == rule


class TestReplyPeriod:
    """Reg. (EU) 2021/821 Art. 16(5): "shall make known within 10 working days"."""

    def test_ten_working_days(self):
        assert due(CALENDAR, terms_for("dual_use.16_5", ON), MONDAY).last_day == date(2026, 3, 16)

    def test_arms_three_weeks_by_analogy(self):
        received = datetime(2026, 9, 15, 9, tzinfo=AMSTERDAM)
        assert due(CALENDAR, terms_for("arms.4", ON), received).last_day == date(2026, 10, 6)

    def test_torture_has_no_period(self):
        """Reg. (EU) 2019/125 Art. 23 sets none."""
        found = terms_for("torture.23", ON)
        assert due(CALENDAR, found, MONDAY) is None
        assert not found.lapses

    def test_a_courtesy_date_has_no_effect(self):
        found = terms_for("torture.23", ON, {"torture.23": {"courtesy": "20 working_day"}})
        assert due(CALENDAR, found, MONDAY).last_day == date(2026, 3, 30)
        assert not found.lapses

    def test_a_missing_calendar_is_refused_or_provisional(self):
        received = datetime(2026, 12, 22, 9, tzinfo=AMSTERDAM)
        found = terms_for("dual_use.16_5", ON)
        with pytest.raises(HolidaysUnknown):
            due(CALENDAR, found, received)
        assert due(CALENDAR, found, received, provisional=True).provisional


class TestExtension:
    def test_ten_and_thirty_working_days(self):
        """Art. 16(5): "the extension shall not exceed 30 working days"."""
        assert extended_due(CALENDAR, terms_for("dual_use.16_5", ON), MONDAY, 30).last_day == date(2026, 4, 29)

    def test_thirty_in_total_by_setting(self):
        found = terms_for("dual_use.16_5", ON, {"dual_use.16_5": {"extension_mode": "total"}})
        assert extension_left(found, 0) == 20
        assert extended_due(CALENDAR, found, MONDAY, 20).last_day == date(2026, 4, 15)
        with pytest.raises(ExtensionTooLong):
            extended_due(CALENDAR, found, MONDAY, 21)

    def test_customs_up_to_thirty_in_total(self):
        """Art. 21(4): "may be extended to 30 working days"."""
        assert extended_due(CALENDAR, terms_for("dual_use.21_4", ON), MONDAY, 20).last_day == date(2026, 4, 15)

    def test_arms_one_week(self):
        assert extended_due(CALENDAR, terms_for("arms.4", ON), MONDAY, 1).last_day == date(2026, 3, 30)

    def test_several_within_the_cap(self):
        found = terms_for("dual_use.16_5", ON)
        check_extension(found, agreed=20, further=10)
        with pytest.raises(ExtensionTooLong) as refusal:
            check_extension(found, agreed=20, further=11)
        assert refusal.value.params == {"rule": "dual_use.16_5", "asked": 11, "left": 10, "unit": "working_day"}

    @pytest.mark.parametrize("further", [0, -5])
    def test_an_extension_is_at_least_one(self, further):
        with pytest.raises(NotCountable):
            check_extension(terms_for("dual_use.16_5", ON), agreed=0, further=further)

    @pytest.mark.parametrize("rule", ["dual_use.14_2", "torture.23"])
    def test_some_rules_know_none(self, rule):
        with pytest.raises(ExtensionNotForeseen):
            check_extension(terms_for(rule, ON), agreed=0, further=1)
        assert extension_left(terms_for(rule, ON), 0) == 0

    @pytest.mark.parametrize(
        ("rule", "by"),
        [
            ("dual_use.16_5", "agreement"),
            ("arms.4", "agreement"),
            ("dual_use.14_1", "consulted_request"),
            ("dual_use.5_5", "consulted_request"),
            ("dual_use.21_4", "consulted_request"),
        ],
    )
    def test_how_it_comes_about(self, rule, by):
        assert terms_for(rule, ON).extension.by == by


class TestSettings:
    """What the text fixes cannot be set; what was not read, or is left open, can."""

    def test_arms_by_setting(self):
        found = terms_for("arms.4", ON, {"arms.4": {"reply": "4 week", "silence": "none", "extension": "2 week"}})
        assert (found.reply, found.extension.cap) == (Period(4, Unit.WEEK), Period(2, Unit.WEEK))
        assert not found.lapses

    def test_an_extension_taken_away_and_set_anew(self):
        assert terms_for("arms.4", ON, {"arms.4": {"extension": "none"}}).extension is None

    def test_another_unit_for_both(self):
        found = terms_for("arms.4", ON, {"arms.4": {"extension": "5 working_day", "reply": "15 working_day"}})
        assert due(CALENDAR, found, MONDAY).last_day == date(2026, 3, 23)

    @pytest.mark.parametrize(
        ("rule", "field", "value"),
        [
            ("dual_use.16_5", "reply", "15 working_day"),
            ("dual_use.16_5", "silence", "none"),
            ("dual_use.16_5", "extension_mode", "doubled"),
            ("dual_use.21_4", "extension_mode", "additive"),
            ("arms.4", "reply", "three weeks"),
            ("arms.4", "reply", "0 week"),
            ("arms.4", "extension", "5 working_day"),
            ("arms.4", "silence", "consent"),
            ("torture.23", "courtesy", "soon"),
            ("torture.23", "replies", "1 day"),
        ],
    )
    def test_another_setting_is_refused_by_name(self, rule, field, value):
        with pytest.raises(TermNotSettable) as refusal:
            terms_for(rule, ON, {rule: {field: value}})
        assert (refusal.value.params["rule"], refusal.value.params["field"]) == (rule, field)

    def test_a_mode_needs_an_extension(self):
        with pytest.raises(TermNotSettable):
            terms_for("arms.4", ON, {"arms.4": {"extension": "none", "extension_mode": "total"}})

    @pytest.mark.parametrize(
        ("settings", "refusal"),
        [
            ({"arms.5": {}}, RuleUnknown),
            ({"arms.4": "3 week"}, TermNotSettable),
            ({"arms.4": {"reply": 3}}, TermNotSettable),
            ({"dual_use.16_5": {"reply": "15 working_day"}}, TermNotSettable),
        ],
    )
    def test_settings_no_terms_would_take_are_found_at_the_start(self, settings, refusal):
        with pytest.raises(refusal):
            terms.check_settings(settings)

    def test_settings_that_fit_pass(self):
        terms.check_settings({"arms.4": {"silence": "none"}, "dual_use.14_1": {"extension_mode": "total"}})

    def test_settings_of_other_rules_do_not_matter(self):
        assert terms_for("arms.4", ON, {"torture.23": {"courtesy": "5 day"}}) == terms_for("arms.4", ON)


class TestAnswer:
    @pytest.mark.parametrize(
        ("rule", "answers"),
        [
            ("dual_use.16_5", {"identical", "not_identical", "partly"}),
            ("dual_use.14_1", {"no_objection", "objection"}),
            ("arms.4", {"views"}),
            ("torture.23", {"views"}),
        ],
    )
    def test_the_answers_a_question_knows(self, rule, answers):
        found = terms_for(rule, ON)
        assert {terms.check_answer(found, answer) for answer in answers} == answers
        with pytest.raises(AnswerNotForeseen) as refusal:
            terms.check_answer(found, "maybe")
        assert set(refusal.value.params["allowed"]) == answers

    def test_only_an_objection_on_location_binds(self):
        """Art. 14(1): objections "shall bind"; Art. 14(2): consultations are "non-binding"."""
        assert terms.blocks_grant(terms_for("dual_use.14_1", ON), "objection")
        assert not terms.blocks_grant(terms_for("dual_use.14_1", ON), "no_objection")
        assert not any(
            terms.blocks_grant(one, answer) for one in TERMS if one.rule != "dual_use.14_1" for answer in one.answers
        )


class TestUndercut:
    """Dual-use: only if an answer said identical; arms and torture: any grant after consultation."""

    @pytest.mark.parametrize(
        ("regime", "outcomes", "owes", "undercut"),
        [
            ("dual_use", ["identical"], True, True),
            ("dual_use", ["not_identical", "identical"], True, True),
            ("dual_use", ["not_identical"], True, False),
            ("dual_use", ["partly"], True, False),
            ("dual_use", ["lapsed"], True, False),
            ("dual_use", ["withdrawn"], False, False),
            ("dual_use", [], False, False),
            ("arms", ["views"], True, True),
            ("arms", ["lapsed"], True, True),
            ("arms", ["withdrawn"], False, False),
            ("arms", ["withdrawn", "views"], True, True),
            ("torture", ["views"], True, True),
            ("torture", [], False, False),
        ],
    )
    def test_a_grant_after_these_outcomes(self, regime, outcomes, owes, undercut):
        assert terms.is_grant_after_consultation(outcomes) is owes
        assert terms.is_undercut(rules_for(regime, ON), outcomes) is undercut

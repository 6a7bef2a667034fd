"""Every notifiable act of each regime, with what it goes together with; the article where it is refused."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.law.errors import NotForeseen, NotNotifiable, RuleBroken, StillIncomplete
from denials.law import regimes
from denials.law.content import Citation, ContentRefused, StatedItem, StatedParty, check_for_notification, missing
from denials.law.regimes import Act, Activity, rules_for
from denials.law.transactions import Parameter
from tests.factories import a_content

TODAY = date(2026, 3, 2)
DU = "Reg. (EU) 2021/821 Art. "
ACTS = {
    "arms": {"refusal", "revocation", "annulment", "suspension", "limitation", "negative_reply"},
    "dual_use": {
        *("refusal", "annulment", "suspension", "limitation", "revocation"),
        *("not_to_be_authorised", "transit_prohibition", "requirement_imposed"),
    },
    "torture": {"dismissal", "annulment"},
    "sanctions": {"refusal", "annulment", "suspension", "limitation", "revocation"},
}
#: What an act needs besides what a denial of the regime says anyway.
BESIDES = {
    "suspension": {"suspended_until": date(2026, 6, 1)},
    "transit_prohibition": {
        "activity": "transit",
        "legal_basis": "transit",
        "items": (StatedItem.stated("1C350.31", parameters=(Parameter("purity", "99", "%"),)),),
        "parties": (StatedParty.stated("end_user", "Rif Precision Chemical Group"),),
    },
    "requirement_imposed": {
        "legal_basis": "catch_all",
        "items": (StatedItem.stated("End Use", description="hydrogen fluoride pumps"),),
        "grounds": ("4_1_a",),
    },
}


def content(regime, act, **changes):
    return a_content(regime, **{"act": act, **BESIDES.get(act, {}), **changes})


def refusal_of(stated):
    with pytest.raises(RuleBroken) as refusal:
        check_for_notification(stated, TODAY)
    return refusal.value


class TestEveryAct:
    @pytest.mark.parametrize(("regime", "act"), [(regime, str(act)) for regime in ACTS for act in Act])
    def test_it_is_notified_where_the_regime_knows_it_and_refused_with_the_article_where_not(self, regime, act):
        rules = rules_for(regime, a_content(regime).decided_on or TODAY)
        if act in ACTS[regime]:
            assert check_for_notification(content(regime, act), TODAY).regime == regime
        else:
            refused = refusal_of(replace(a_content(regime), act=act, suspended_until=None))
            assert isinstance(refused, NotForeseen)
            assert (refused.params["field"], refused.article) == ("act", rules.source)

    @pytest.mark.parametrize("regime", ACTS)
    def test_nothing_else_is_known(self, regime):
        assert {str(act) for act in rules_for(regime, TODAY).acts} == ACTS[regime]


class TestActivityAndBasis:
    #: basis: the activities it governs. Reg. (EU) 2021/821 Arts 3 to 11.
    DUAL_USE = {
        "annex_i": {"export", "intangible_transfer"},
        "catch_all": {"export", "intangible_transfer"},
        "cyber_surveillance": {"export", "intangible_transfer"},
        "brokering": {"brokering"},
        "transit": {"transit"},
        "technical_assistance": {"technical_assistance"},
        "national_list": {"export", "intangible_transfer"},
        "other_national_list": {"export", "intangible_transfer"},
        "transfer": {"transfer"},
    }

    @pytest.mark.parametrize("basis", DUAL_USE)
    @pytest.mark.parametrize("activity", [str(one) for one in Activity])
    def test_dual_use_each_basis_governs_its_activities(self, basis, activity):
        stated = content("dual_use", "refusal", legal_basis=basis, activity=activity)
        if activity in self.DUAL_USE[basis]:
            check_for_notification(stated, TODAY)
        else:
            assert refusal_of(stated).params["field"] == "activity"

    @pytest.mark.parametrize(
        ("regime", "activities"),
        [
            ("arms", "export brokering transit intangible_transfer licensed_production technical_assistance"),
            ("torture", "export transit technical_assistance brokering"),
            ("sanctions", "export brokering technical_assistance transit intangible_transfer"),
        ],
    )
    @pytest.mark.parametrize("activity", [str(one) for one in Activity])
    def test_the_other_regimes_know_their_activities(self, regime, activities, activity):
        act = next(iter(sorted(ACTS[regime])))
        stated = content(regime, act, activity=activity)
        if activity in activities.split():
            check_for_notification(stated, TODAY)
        else:
            assert refusal_of(stated).params == {"field": "activity", "value": activity}

    @pytest.mark.parametrize(
        ("changes", "field", "article"),
        [
            ({"act": "transit_prohibition", "activity": "export", "legal_basis": "annex_i"}, "activity", "16(3)"),
            ({"act": "transit_prohibition", "activity": "brokering", "legal_basis": "brokering"}, "activity", "16(3)"),
            ({"act": "requirement_imposed", "legal_basis": "annex_i"}, "legal_basis", "4(4)"),
            ({"act": "refusal", "legal_basis": "catch_all", "activity": "brokering"}, "activity", "4(1), (6)"),
            ({"act": "refusal", "legal_basis": "cyber_surveillance", "activity": "transit"}, "activity", "5(1), (8)"),
            ({"act": "refusal", "legal_basis": "brokering", "activity": "export"}, "activity", "6, 16(4)"),
        ],
    )
    def test_what_does_not_go_together_is_refused_with_the_article(self, changes, field, article):
        act = changes.pop("act")
        refused = refusal_of(content("dual_use", act, **changes))
        assert isinstance(refused, NotForeseen)
        assert (refused.params["field"], refused.article) == (field, DU + article)

    def test_a_torture_brokering_basis_governs_brokering_and_assistance_only(self):
        stated = content("torture", "dismissal", legal_basis="brokering")
        assert refusal_of(stated).article == "Reg. (EU) 2019/125 Art. 15, 19"
        check_for_notification(replace(stated, activity="technical_assistance"), TODAY)


class TestNotices:
    """Reg. (EU) 2021/821 Art. 4(4), 5(4): a requirement imposed is told, and denies nothing."""

    def test_it_needs_neither_party_nor_destination(self):
        notice = content("dual_use", "requirement_imposed", parties=(), destinations=())
        check_for_notification(notice, TODAY)
        assert rules_for("dual_use", TODAY).is_notice(notice.act)

    def test_it_names_the_items_and_the_ground(self):
        notice = content("dual_use", "requirement_imposed", items=(), grounds=())
        assert [one.field for one in missing(notice, TODAY)] == ["items", "grounds"]

    def test_no_other_regime_and_no_other_act_is_one(self):
        assert regimes.notice_acts() == (Act.REQUIREMENT_IMPOSED,)


class TestScope:
    """The whole of an authorisation, or a part: one destination, user or item."""

    @pytest.mark.parametrize("regime", ACTS)
    def test_a_part_says_which(self, regime):
        act = min(ACTS[regime])
        stated = content(regime, act, scope="part")
        refused = refusal_of(stated)
        assert isinstance(refused, StillIncomplete)
        assert refused.params["fields"] == ("scope_note",)
        check_for_notification(
            replace(stated, scope_note="The consignee only", authorisation_reference="NL/X/17"), TODAY
        )

    @pytest.mark.parametrize(
        ("changes", "field", "rule"),
        [
            ({"scope": "half"}, "scope", "scope_unknown"),
            ({"scope": "whole", "scope_note": "The consignee only"}, "scope_note", "only_of_a_part"),
            ({"scope": "part", "scope_note": "x" * 5001}, "scope_note", "too_long"),
            ({"authorisation_reference": "x" * 81}, "authorisation_reference", "too_long"),
        ],
    )
    def test_what_no_scope_is(self, changes, field, rule):
        with pytest.raises(ContentRefused) as refused:
            check_for_notification(a_content(**changes), TODAY)
        assert (field, rule) in {(one.field, one.rule) for one in refused.value.problems}


class TestGrounds:
    """Grounds that are not notified, or not counted, are values of their own."""

    @pytest.mark.parametrize(
        ("regime", "ground", "notifiable", "counted"),
        [
            ("arms", "national_policy", False, False),
            ("arms", "formal", False, False),
            ("arms", "embargo_only", True, False),
            ("dual_use", "15_1_a", True, True),
            ("dual_use", "15_1_c", True, True),
            ("dual_use", "formal", False, False),
            ("torture", "national_prohibition", False, False),
            ("torture", "formal", False, False),
            ("torture", "12_2", True, True),
            ("sanctions", "no_derogation", True, True),
            ("sanctions", "formal", False, False),
        ],
    )
    def test_each_says_whether_it_is_notified_and_counted(self, regime, ground, notifiable, counted):
        act = "dismissal" if regime == "torture" else "refusal"
        stated = content(regime, act, criteria=(), grounds=(ground,))
        rules = rules_for(regime, TODAY)
        if notifiable:
            check_for_notification(stated, TODAY)
        else:
            refused = refusal_of(stated)
            assert isinstance(refused, NotNotifiable)
            assert refused.article
        assert regimes.is_counted(rules, [ground]) is counted

    def test_a_national_prohibition_is_refused_with_its_article(self):
        refused = refusal_of(content("torture", "dismissal", grounds=("national_prohibition",)))
        assert refused.article == "Reg. (EU) 2019/125 Art. 23(4)"

    def test_a_criterion_beside_it_makes_it_notifiable(self):
        check_for_notification(a_content(criteria=(Citation("2"),), grounds=("national_policy",)), TODAY)


class TestMultilateral:
    """What Wassenaar, NSG, MTCR and the Australia Group pass on; nothing of their texts was read."""

    AGGREGATE = {
        "origin": "wassenaar",
        "origin_state": "US",
        "granularity": "aggregate",
        "list_tier": "basic",
        "period_since": date(2025, 1, 1),
        "period_until": date(2025, 6, 30),
        "licences_denied": 7,
        "decided_on": None,
        "parties": (),
        "grounds": (),
    }

    def test_an_aggregate_says_how_many_over_which_period(self):
        stated = content("dual_use", "refusal", **self.AGGREGATE)
        check_for_notification(stated, TODAY)
        bare = replace(stated, licences_denied=None, period_since=None, origin_state="")
        assert [one.field for one in missing(bare, TODAY)] == ["origin_state", "period", "licences_denied"]

    def test_one_denial_says_who_denied(self):
        stated = content("dual_use", "refusal", origin="nsg")
        assert refusal_of(stated).params["fields"] == ("origin_state",)
        check_for_notification(replace(stated, origin_state="JP", origin_reference="NSG/2025/11"), TODAY)

    @pytest.mark.parametrize(
        ("changes", "field", "rule"),
        [
            ({"origin": "eu"}, "origin", "origin_unknown"),
            ({"origin": "nsg", "granularity": "aggregate"}, "granularity", "no_aggregates"),
            ({"granularity": "aggregate"}, "granularity", "no_aggregates"),
            ({"origin": "wassenaar", "granularity": "some"}, "granularity", "granularity_unknown"),
            ({"origin": "nsg", "list_tier": "basic"}, "list_tier", "tier_unknown"),
            ({"origin": "wassenaar", "list_tier": "secret"}, "list_tier", "tier_unknown"),
            ({"origin_reference": "WA/1"}, "origin_reference", "only_of_another_origin"),
            ({"origin_state": "US"}, "origin_state", "only_of_another_origin"),
            ({"origin": "wassenaar", "origin_state": "usa"}, "origin_state", "country_unknown"),
            ({"licences_denied": 3}, "licences_denied", "only_of_an_aggregate"),
            ({"period_since": date(2025, 1, 1)}, "period_since", "only_of_an_aggregate"),
            ({**AGGREGATE, "licences_denied": 0}, "licences_denied", "not_positive"),
            ({**AGGREGATE, "licences_denied": 10**7}, "licences_denied", "too_large"),
            ({**AGGREGATE, "period_until": date(2024, 1, 1)}, "period_until", "before_start"),
            ({**AGGREGATE, "period_until": date(2027, 1, 1)}, "period_until", "in_future"),
            ({**AGGREGATE, "period_since": date(1900, 1, 1)}, "period_since", "too_early"),
            ({"origin": "ag", "decided_on": date(1985, 1, 1)}, "origin", "origin_later"),
            ({"also_notified": ("nsg", "rotary")}, "also_notified[1]", "origin_unknown"),
            ({"origin": "nsg", "origin_state": "US", "also_notified": ("nsg",)}, "also_notified[0]", "origin_unknown"),
        ],
    )
    def test_what_no_origin_says(self, changes, field, rule):
        with pytest.raises(ContentRefused) as refused:
            check_for_notification(content("dual_use", "refusal", **changes), TODAY)
        assert (field, rule) in {(one.field, one.rule) for one in refused.value.problems}

    def test_a_state_s_own_denial_may_be_told_to_several(self):
        check_for_notification(content("dual_use", "refusal", also_notified=("wassenaar", "nsg")), TODAY)


@pytest.mark.parametrize(
    ("ceiling", "held"),
    [
        ("UNMARKED", {"UNMARKED"}),
        ("LIMITE", {"UNMARKED", "LIMITE"}),
        ("SENSITIVE", {"UNMARKED", "LIMITE", "SENSITIVE"}),
        ("R-UE/EU-R", {"UNMARKED", "LIMITE", "SENSITIVE", "R-UE/EU-R"}),
    ],
)
@pytest.mark.parametrize("marking", ["UNMARKED", "LIMITE", "SENSITIVE", "R-UE/EU-R", "C-UE/EU-C", ""])
def test_nothing_is_held_above_the_ceiling(ceiling, held, marking):
    """Council Decision 2013/488/EU Art. 10: an accreditation sets the highest level a system handles."""
    stated = a_content(marking=marking)
    if marking in held:
        check_for_notification(stated, TODAY, ceiling)
    else:
        with pytest.raises(ContentRefused) as refused:
            check_for_notification(stated, TODAY, ceiling)
        (problem,) = refused.value.problems
        assert (problem.field, problem.rule, problem.params["ceiling"]) == ("marking", "above_ceiling", ceiling)

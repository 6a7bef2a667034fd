"""
The legal test of "essentially identical transaction": facts, facts, expected level and grounds.

Reg. (EU) 2021/821 Art. 2(22): "items with essentially identical parameters or technical characteristics and involving
the same end-user or consignee as another transaction"; CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denials.law.transactions import Destination, Item, Parameter, Party, Transaction
from denials.law.validity import Reason, Validity
from screening.engine.comparison import Verdict
from screening.law.grounds import GoodsFinding, PartyFinding
from screening.law.identity import (
    LEGAL_TESTS,
    LEVEL_RULES,
    POLICY_RULE,
    RULESET_VERSION,
    Level,
    judge,
    level_rule,
    test_for,
)
from screening.law.profiles import GROUNDS

TODAY = date(2026, 3, 2)
COUNTS = Validity(True, Reason.VALID)
OUTSIDE = Validity(False, Reason.OUTSIDE_WINDOW, date(2025, 1, 10))
REVOKED = Validity(False, Reason.REVOKED)

FIVE_AXES = (Parameter("axes", "5"), Parameter("positioning_accuracy", "0.003", "mm"))
MILL = Item(code="2B001.b.2", description="five-axis milling machine", parameters=FIVE_AXES, quantity=Decimal(2))
GYRO = Item(code="7A002.a", description="ring laser gyroscope", quantity=Decimal(2))


def deal(*parties, items=(MILL,), regime="dual_use", state="NL", **facts):
    places = (Destination("TR", "Türkiye"),)
    return Transaction(regime, state, state, places, parties, items, **facts)


def end_user(name, **facts):
    return Party("end_user", name, **facts)


def consignee(name, **facts):
    return Party("consignee", name, **facts)


def judged(application, denial, validity=COUNTS, regime="dual_use", on=TODAY):
    return judge(application, denial, regime=regime, on=on, validity=validity)


def row(judgement, element):
    return next(each for each in judgement.elements if each.element == element)


DENIED = deal(end_user("Karadag Optik Ltd."), consignee("Blue Lantern Shipping FZE"), state="BE")


class TestStrong:
    """The test is met on its face."""

    @pytest.mark.parametrize(
        "application",
        [
            deal(end_user("Karadag Optik Ltd."), consignee("Blue Lantern Shipping FZE")),
            deal(end_user("KARADAG OPTIK LIMITED")),
            deal(end_user("Uralmet"), consignee("Blue Lantern Shipping")),
            deal(end_user("Karadga Optik Ltd")),
            deal(end_user("Istanbul Branch Office of Karadag Optik")),
            deal(end_user("Karadag Optik"), items=(GYRO, MILL)),
            deal(end_user("Karadag Optik"), items=(replace(MILL, code="2B001b2"),)),
            deal(end_user("Karadag Optik"), items=(replace(MILL, code="2B001"),)),
            deal(end_user("Karadag Optik"), items=(replace(MILL, description="Fünf-Achsen-Fräsmaschine"),)),
            deal(
                end_user("Karadag Optik"),
                items=(replace(MILL, parameters=(Parameter("Achsen", "5"), Parameter("accuracy", "7", "µm"))),),
            ),
            deal(
                end_user("Karadag Optik"),
                items=(replace(MILL, parameters=(Parameter("positioning accuracy", "3", "µm"),)),),
            ),
            replace(deal(end_user("Karadag Optik")), destinations=(Destination("AE"),)),
            replace(deal(end_user("Karadag Optik")), activity="brokering"),
            replace(deal(end_user("Karadag Optik")), activity="transit"),
            replace(deal(end_user("Karadag Optik")), activity="technical_assistance"),
            deal(end_user("Karadag Optik"), items=(replace(MILL, quantity=Decimal(900)),)),
        ],
    )
    def test_same_end_user_or_consignee_and_identical_items(self, application):
        found = judged(application, DENIED)
        assert (found.level, found.ground) == (Level.STRONG, "test_met")

    def test_unlisted_goods_described_alike(self):
        """Art. 4(6): the duty holds for items not listed in Annex I too."""
        vessel = Item(description="climatic chamber")
        application = deal(end_user("Karadag Optik"), items=(replace(vessel, description="Klimakammer"),))
        assert judged(application, deal(end_user("Karadag Optik"), items=(vessel,))).level is Level.STRONG


class TestVeryManyItems:
    """Entry and description are alike for all; only the characteristics of the last of each are the same."""

    def lots(self, first, last):
        sizes = [*range(first, first + 79), last]
        return tuple(
            Item(code="2B350.g", description="diaphragm valves", parameters=(Parameter("flow", str(size), "l/min"),))
            for size in sizes
        )

    def test_no_pair_is_passed_over(self):
        asked = deal(end_user("Karadag Optik"), items=self.lots(1_000, 7)[-12:])
        denied = deal(end_user("Karadag Optik"), items=self.lots(100_000, 7)[-12:])
        assert judged(asked, denied).level is Level.STRONG

    def test_beyond_what_can_be_compared_nothing_is_said_to_be_other(self):
        asked = deal(end_user("Karadag Optik"), items=self.lots(1_000, 7))
        denied = deal(end_user("Karadag Optik"), items=self.lots(100_000, 7))
        found = judged(asked, denied)
        assert (found.level, found.ground) == (Level.POSSIBLE, "same_party_goods_to_examine")


class TestPossible:
    """An officer must look."""

    @pytest.mark.parametrize(
        ("application", "ground"),
        [
            # an entry or the description is missing, or entries lie beside each other
            (deal(end_user("Karadag Optik"), items=(replace(MILL, code=""),)), "same_party_goods_to_examine"),
            (deal(end_user("Karadag Optik"), items=(replace(MILL, code="2B001.c"),)), "same_party_goods_to_examine"),
            (deal(end_user("Karadag Optik"), items=(Item(code="2B001.b.2"),)), "same_party_goods_to_examine"),
            (deal(end_user("Karadag Optik"), items=(Item(),)), "same_party_goods_to_examine"),
            (deal(end_user("Karadag Optik"), items=()), "same_party_goods_to_examine"),
            # a parameter is near
            (
                deal(end_user("Karadag Optik"), items=(replace(MILL, parameters=(Parameter("accuracy", "0.0033", "mm"),
                     Parameter("positioning_accuracy", "0.0033", "mm"))),)),
                "same_party_goods_to_examine",
            ),
            # the party in another role
            (deal(end_user("Blue Lantern Shipping")), "party_in_other_role"),
            (deal(consignee("Karadag Optik")), "party_in_other_role"),
            (deal(end_user("Uralmet"), Party("broker", "Karadag Optik")), "party_as_intermediary"),
            # a near name
            (deal(end_user("Karadag Optik Sanayi Grubu Uralmet")), "near_party"),
        ],
    )  # fmt: skip
    def test_something_is_open(self, application, ground):
        found = judged(application, DENIED)
        assert (found.level, found.ground) == (Level.POSSIBLE, ground)

    def test_what_would_change_it_is_said(self):
        found = judged(deal(end_user("Karadag Optik"), items=(replace(MILL, code=""),)), DENIED)
        assert "entry_stated" in found.changes

    def test_one_states_munitions_are_anothers_dual_use_goods(self):
        denied = deal(end_user("Karadag Optik"), items=(Item(code="ML15.d", description="thermal imaging camera"),))
        asked = deal(end_user("Karadag Optik"), items=(Item(code="6A003.b.4", description="thermal imaging camera"),))
        found = judged(asked, denied)
        assert (found.level, row(found, "item").reason) == (Level.POSSIBLE, "counterpart")


class TestNeverStrong:
    @pytest.mark.parametrize(
        ("application", "level"),
        [
            # same party, other goods or other parameters
            (deal(end_user("Karadag Optik"), items=(GYRO,)), Level.INFORMATION),
            (
                deal(end_user("Karadag Optik"), items=(replace(MILL, parameters=(Parameter("axes", "3"),)),)),
                Level.INFORMATION,
            ),
            # same goods, another party
            (deal(end_user("Uralmet")), Level.INFORMATION),
            (deal(end_user("Uralmet"), Party("exporter", "Karadag Optik")), Level.INFORMATION),
            (deal(end_user("Private end-user")), Level.INFORMATION),
            (deal(), Level.INFORMATION),
            # nothing in common
            (deal(end_user("Uralmet"), items=(GYRO,)), None),
            (deal(end_user("Private end-user"), items=(GYRO,)), None),
            (deal(end_user("Uralmet"), Party("exporter", "Karadag Optik"), items=(GYRO,)), None),
        ],
    )
    def test_one_half_of_the_test_is_not_the_test(self, application, level):
        assert judged(application, DENIED).level is level

    def test_unknown_never_equals_unknown(self):
        denied = deal(end_user("Private end-user"), consignee("Onbekend, bestemd voor lokale verkoop"))
        assert judged(denied, denied).level is Level.INFORMATION
        assert row(judged(denied, denied), "end_user").verdict is Verdict.UNKNOWN

    def test_the_same_exporter_is_nothing(self):
        exporter = Party("exporter", "Karadag Optik")
        found = judged(deal(exporter, end_user("Uralmet"), items=(GYRO,)), deal(exporter, end_user("Lazurit")))
        assert found.level is None

    def test_the_same_country_and_end_use_are_nothing(self):
        one = deal(end_user("Uralmet"), items=(GYRO,), end_use="oil exploration")
        assert judged(one, deal(end_user("Lazurit"), end_use="oil exploration")).level is None


class TestPolicy:
    """
    Arms and torture: no act defines "essentially identical"; read by the goods, the quantity, the end-user or consignee
    and the end use. Reg. (EU) 2021/821 Art. 2(22) names neither quantity nor end use.
    """

    FORTY = deal(end_user("Karadag Optik"), items=(replace(MILL, quantity=Decimal(40)),), end_use="drilling machines")

    def asked(self, quantity, end_use):
        items = (replace(MILL, quantity=Decimal(quantity)),)
        return deal(end_user("Karadag Optik"), items=items, end_use=end_use, state="BE")

    @pytest.mark.parametrize(
        ("quantity", "end_use", "changes"),
        [
            ("40", "drilling machines", ()),
            ("44", "", ()),
            ("400", "drilling machines", ("same_quantity",)),
            ("40", "image intensifiers", ("same_end_use",)),
            ("400", "image intensifiers", ("same_quantity", "same_end_use")),
        ],
    )
    @pytest.mark.parametrize("regime", ["arms", "torture", "dual_use"])
    def test_another_quantity_or_end_use_is_an_officers_to_judge(self, regime, quantity, end_use, changes):
        denied, application = (replace(one, regime=regime) for one in (self.FORTY, self.asked(quantity, end_use)))
        found = judged(application, denied, regime=regime)
        if regime == "dual_use" or not changes:
            assert (found.level, found.ground) == (Level.STRONG, "test_met")
        else:
            assert (found.level, found.ground) == (Level.POSSIBLE, "other_quantity_or_end_use")
            assert set(changes) <= set(found.changes)

    def test_an_authority_does_not_lower_it(self):
        assert POLICY_RULE.code not in GROUNDS

    def test_outside_the_window_it_is_information(self):
        denied = replace(self.FORTY, regime="arms")
        application = replace(self.asked("400", ""), regime="arms")
        assert judged(application, denied, regime="arms", validity=OUTSIDE).level is Level.INFORMATION


class TestWhatCounts:
    def test_outside_the_window_there_is_no_duty(self):
        found = judged(DENIED, DENIED, validity=OUTSIDE)
        assert found.level is Level.INFORMATION
        assert "outside_window" in found.changes
        assert row(found, "window").verdict is Verdict.DIFFERENT

    def test_a_revoked_denial_is_none(self):
        assert judged(DENIED, DENIED, validity=REVOKED).level is None

    def test_another_regime_is_information(self):
        found = judged(DENIED, replace(DENIED, regime="arms"))
        assert found.level is Level.INFORMATION
        assert "same_regime" in found.changes

    def test_an_own_denial_is_said_to_be_own(self):
        assert judged(DENIED, DENIED).is_own
        assert not judged(deal(end_user("Karadag Optik")), DENIED).is_own

    def test_a_case_without_a_named_party_cannot_be_screened_by_party(self):
        assert not judged(deal(end_user("private end-user")), DENIED).screenable_by_party
        assert not judged(deal(Party("exporter", "Karadag Optik")), DENIED).screenable_by_party
        assert judged(deal(consignee("Karadag Optik")), DENIED).screenable_by_party

    @pytest.mark.parametrize("name", ["o", "K", "\u200bo", "K."])
    def test_a_name_too_short_to_compare_is_never_said_to_have_no_hits(self, name):
        found = judged(deal(end_user(name)), DENIED)
        assert not found.screenable_by_party
        assert (found.level, found.ground) == (Level.INFORMATION, "same_goods_no_party_named")
        assert row(found, "end_user").reason == "no_name"
        numbered = deal(end_user(name, identifiers=(("lei", "529900T8BM49AURSDO55"),)))
        assert judged(numbered, DENIED).screenable_by_party


class TestTables:
    def test_every_pair_of_findings_has_one_outcome(self):
        """The table in full: rows are parties, columns goods (identical, probable, doubtful, open, other)."""
        expected = {
            PartyFinding.SAME: "strong possible possible possible information",
            PartyFinding.OTHER_ROLE: "possible possible possible information information",
            PartyFinding.NEAR: "possible possible information information -",
            PartyFinding.BESIDE: "possible possible information information -",
            PartyFinding.OPEN: "information information - - -",
            PartyFinding.OTHER: "information information - - -",
        }
        for parties, outcomes in expected.items():
            for goods, outcome in zip(GoodsFinding, outcomes.split(), strict=True):
                rule = level_rule(parties, goods)
                assert (str(rule.level) if rule else "-") == outcome, (parties, goods)

    def test_only_one_rule_is_strong(self):
        assert [rule.code for rule in LEVEL_RULES if rule.level is Level.STRONG] == ["test_met"]

    @pytest.mark.parametrize(
        ("regime", "on", "rule"),
        [
            ("arms", date(2026, 3, 2), "arms.4(1)"),
            ("dual_use", date(2021, 9, 8), "dual_use.13(5)"),
            ("dual_use", date(2021, 9, 9), "dual_use.16(5)"),
            ("torture", date(2026, 3, 2), "torture.23(2)"),
            ("arms", date(1999, 1, 1), "arms.4(1)"),
            ("luxury", date(2026, 3, 2), "luxury.identity"),
        ],
    )
    def test_the_test_of_the_day_applies(self, regime, on, rule):
        assert test_for(regime, on).rule == rule
        assert judged(DENIED, DENIED, regime=regime, on=on).rule == rule

    def test_only_the_regulation_of_2021_defines_it(self):
        assert [test.rule for test in LEGAL_TESTS if test.defined] == ["dual_use.16(5)"]

    def test_versions_are_told(self):
        assert judged(DENIED, DENIED).rule_version.startswith(f"{RULESET_VERSION}.")


class TestSheet:
    def test_every_element_is_there_even_when_unknown(self):
        found = judged(deal(end_user("Karadag Optik"), items=()), DENIED)
        assert [each.element for each in found.elements] == [
            "end_user", "consignee", "item", "description", "parameters", "quantity", "destination", "end_use",
            "activity", "window",
        ]  # fmt: skip
        assert row(found, "item").verdict is Verdict.UNKNOWN

    def test_values_stand_side_by_side_with_what_differs(self):
        found = row(judged(deal(end_user("Karadag Optic Ltd.")), DENIED), "end_user")
        assert (found.left, found.right) == ("Karadag Optic Ltd.", "Karadag Optik Ltd.")
        assert (found.left_spans, found.right_spans) == (((12, 13),), ((12, 13),))

    def test_the_roles_are_told_when_they_differ(self):
        found = row(judged(deal(end_user("Blue Lantern Shipping")), DENIED), "party_roles")
        assert (found.params["left_role"], found.params["right_role"]) == ("end_user", "consignee")

    def test_the_places_of_the_pair_are_told(self):
        found = judged(deal(end_user("Uralmet"), end_user("Karadag Optik"), items=(GYRO, MILL)), DENIED)
        assert row(found, "end_user").left_index == 1
        assert row(found, "item").left_index == 1


class TestImageIntensifiersForAPrisonService:
    """
    Belgium, arms, 2 March 2026: 40 image intensifiers for a prison service through a trading house, against nine
    denials described in Dutch, without any list code, one with a private end-user, one with none.
    """

    FORCES = "Israeli Defence Forces"
    HOUSE = "Troya Tech Defense Ltd."
    DENIALS = {
        1: ("IL", "Munitie", 84000, "Xcalibre Arms Ltd.", "Onbekend, bestemd voor lokale verkoop"),
        2: ("GN", "M813 Vrachtwagen", 1, "", "Private eindgebruiker"),
        3: ("IL", "Ballistische helmen", 52, "Yakhin Hakal Ltd.", FORCES),
        4: ("IL", "Kogelwerende platen", 436, "Yakhin Hakal Ltd.", FORCES),
        5: ("IL", "Thermische kijkers", 50, HOUSE, FORCES),
        6: ("IL", "Beeldversterkers", 40, HOUSE, FORCES),
        7: ("", "Onbemand luchtvaartuig", 1, "Telesol Networks Ltd.", "Maison Militaire"),
        8: ("IL", "Beeldversterkers", 40, HOUSE, "Israeli Prison Service"),
        9: ("IL", "Onderdelen transporthelikopters", 5, "Integrated Procurement Technologies (IPT)", FORCES),
    }

    def denial(self, number):
        place, goods, quantity, through, to = self.DENIALS[number]
        return Transaction(
            "arms",
            "NL",
            "NL",
            (Destination(place, "Congo" if not place else ""),),
            (end_user(to, country=place), consignee(through, country=place)),
            (Item(description=goods, quantity=Decimal(quantity)),),
            dated=date(2024, 10, 9),
        )

    def application(self, code="ML15.c", to="Israeli Prison Service"):
        return Transaction(
            "arms",
            "BE",
            "BE",
            (Destination("IL"),),
            (end_user(to, country="IL"), consignee("TROYA TECH DEFENCE LIMITED", country="IL")),
            (Item(code=code, description="Image intensifiers", quantity=Decimal(40)),),
        )

    def hits(self, application):
        window = Validity(True, Reason.IN_WINDOW, date(2027, 10, 9))
        found = [(n, judged(application, self.denial(n), validity=window, regime="arms")) for n in self.DENIALS]
        found = [(n, each) for n, each in found if each.level in {Level.STRONG, Level.POSSIBLE}]
        return sorted(found, key=lambda hit: (hit[1].level is Level.STRONG, hit[1].rank), reverse=True)

    @pytest.mark.parametrize("to", ["Israeli Prison Service", "Israel Prison Service", "ISRAEL PRISON SERVICES"])
    @pytest.mark.parametrize("code", ["ML15.c", "", "ML15"])
    def test_number_8_comes_first_then_6_then_5_and_no_other(self, to, code):
        assert [n for n, _ in self.hits(self.application(code, to))] == [8, 6, 5]

    def test_the_entry_is_unknown_so_an_officer_must_look(self):
        eight = self.hits(self.application())[0][1]
        assert (eight.level, eight.rule) == (Level.POSSIBLE, "arms.4(1)")
        assert row(eight, "item").reason == "entry_missing"
        assert "entry_stated" in eight.changes

    def test_the_grounds_of_number_8(self):
        eight = self.hits(self.application(to="Israel Prison Service"))[0][1]
        assert (row(eight, "end_user").verdict, row(eight, "end_user").reason) == ("same", "word_form")
        assert row(eight, "consignee").verdict is Verdict.SAME
        assert set(row(eight, "consignee").params["reasons"]) == {"word_form", "legal_form"}
        assert (row(eight, "description").verdict, row(eight, "description").reason) == ("same", "same_term")
        assert row(eight, "quantity").verdict is Verdict.SAME
        assert row(eight, "window").params["until"] == "2027-10-09"

    def test_number_6_has_another_end_user(self):
        six = self.hits(self.application())[1][1]
        assert row(six, "end_user").verdict is Verdict.DIFFERENT
        assert row(six, "consignee").verdict is Verdict.SAME

    def test_number_5_is_of_other_goods_of_one_kind(self):
        five = self.hits(self.application())[2][1]
        assert (row(five, "description").verdict, row(five, "description").reason) == ("similar", "same_family")

    def test_an_acronym_in_brackets_is_a_name(self):
        asked = Transaction(
            "arms", "BE", "BE", (), (consignee("Integrated Procurement Technologies"),),
            (Item(description="spare parts for transport helicopters"),),
        )  # fmt: skip
        assert [n for n, _ in self.hits(asked)] == [9]

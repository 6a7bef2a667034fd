"""Bad input is compared correctly or said to be unknown: never an error, never an element left out of the sheet."""

from datetime import date
from decimal import Decimal

import pytest

from denials.law.transactions import Destination, Item, Parameter, Party, Transaction
from denials.law.validity import Reason, Validity
from screening.engine.comparison import Verdict
from screening.engine.names import compare_names
from screening.engine.quantities import compare_quantities
from screening.engine.text import compare_descriptions
from screening.law.identity import ElementName, Level, judge
from screening.law.sheet import as_data

TODAY = date(2026, 3, 2)
MILL = Item(code="2B001.b.2", description="five-axis milling machine", parameters=(Parameter("axes", "5"),))
ALWAYS = {*ElementName} - {ElementName.PARTY_ROLES}

# A name, and how it lies to "Karadag Optik".
NAMES = [
    ("Karadag Optik", "same"),
    ("K\u0430r\u0430dag Optik", "same"),  # Cyrillic letters
    ("Kar\u200badag Opt\u2060ik", "same"),
    ("\u202eKaradag\u202c Optik", "same"),
    ("Karadag\x00 Optik\x00", "same"),
    ("\ufeffKaradag\u00a0Optik", "same"),
    ("  Karadag\t\n Optik  ", "same"),
    ("Ｋａｒａｄａｇ Ｏｐｔｉｋ", "same"),  # wide letters
    ("Karadağ Optik", "same"),
    ("Karadag Optik " + "!" * 500, "same"),
    ("", "unknown"),
    ("   ", "unknown"),
    ("K", "unknown"),
    ("\u200b", "unknown"),
    ("...", "unknown"),
    ("!" * 10_000, "unknown"),
    ("K" * 10_000, "unknown"),
    ("Karadag Optik " * 800, "unknown"),
    ("\x00", "unknown"),
    ("\ud800", "unknown"),
    ("' OR 1=1; DROP TABLE denials --", "different"),
    ("*:*", "unknown"),
    ("name:(Zambezi) AND NOT *", "different"),
    ("%_%_%", "unknown"),
    ("<script>alert(1)</script>", "different"),
    ("{{ 7*7 }}", "different"),
    ("☃☃☃☃", "different"),
    ("Zambezi Κάρανταγκ Заря 北山", "different"),
]


def deal(name, item=MILL, **facts):
    return Transaction("dual_use", "NL", "NL", (Destination("TR"),), (Party("end_user", name),), (item,), **facts)


def judged(asked, denied):
    return judge(asked, denied, regime="dual_use", on=TODAY, validity=Validity(True, Reason.VALID))


class TestNames:
    @pytest.mark.parametrize(("name", "verdict"), NAMES)
    def test_either_way_round(self, name, verdict):
        for left, right in ((name, "Karadag Optik"), ("Karadag Optik", name)):
            assert compare_names(left, right).verdict == verdict

    def test_lookalike_letters_are_flagged(self):
        assert compare_names("K\u0430radag Optik", "Karadag Optik").detail["flags"] == ["homoglyphs"]

    @pytest.mark.parametrize(("name", "verdict"), NAMES)
    def test_the_sheet_has_every_element(self, name, verdict):
        found = judged(deal(name), deal("Karadag Optik"))
        assert (found.level is Level.STRONG) == (verdict == "same")
        if found.level:
            assert {row["element"] for row in as_data(found.elements)} >= ALWAYS


class TestGoods:
    @pytest.mark.parametrize(
        "item",
        [
            Item(),
            Item(description="\x00\u202e"),
            Item(description="!" * 10_000),
            Item(description="x" * 10_000),
            Item(description="' OR 1=1"),
            Item(code="no such entry", description="?"),
            Item(description="unknown", parameters=(Parameter("", ""), Parameter("\x00", "\x00", "\x00"))),
            Item(parameters=(Parameter("axes", "5"), Parameter("axes", "3"))),
            Item(parameters=(Parameter("axes", "9" * 400),)),
            Item(parameters=(Parameter("axes", "five mm of kW", "GHz"),)),
            Item(parameters=tuple(Parameter(f"p{number}", "1") for number in range(500))),
            Item(quantity=Decimal("NaN")),
            Item(quantity=Decimal(-3), unit="pcs"),
        ],
    )
    def test_of_no_sense_are_never_the_same_and_leave_no_element_out(self, item):
        for asked, denied in ((item, MILL), (MILL, item)):
            found = judged(deal("Karadag Optik", asked), deal("Karadag Optik", denied))
            assert found.level in {Level.POSSIBLE, Level.INFORMATION}
            rows = {row.element: row for row in found.elements}
            assert set(rows) >= ALWAYS
            assert not (rows["item"].verdict is Verdict.SAME and rows["description"].verdict is Verdict.SAME)

    @pytest.mark.parametrize("texts", [("", "laser"), ("\u200b", "laser"), ("spare parts", "spare parts"), ("1", "2")])
    def test_descriptions_that_say_nothing_are_unknown(self, texts):
        assert compare_descriptions(*texts).verdict is Verdict.UNKNOWN

    @pytest.mark.parametrize(
        ("left", "right", "reason"),
        [
            ((Decimal(-3), "pcs"), (Decimal(-3), "pcs"), "not_positive"),
            ((Decimal(0), "kg"), (Decimal(5), "kg"), "not_positive"),
            ((Decimal("Infinity"), "kg"), (Decimal(5), "kg"), "not_positive"),
            ((Decimal(5), "kg"), (Decimal(5), "m"), "other_units"),
            ((Decimal(5), "kg"), (Decimal(5), "\x00"), "other_units"),
            ((None, ""), (Decimal(5), "kg"), "not_stated"),
        ],
    )
    def test_quantities(self, left, right, reason):
        found = compare_quantities(*left, *right)
        assert (found.verdict, found.reason) == (Verdict.UNKNOWN, reason)

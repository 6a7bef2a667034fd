"""Control-list codes as authorities write them (EU Common Military List; Reg. (EU) 2021/821 Annex I; 2019/125)."""

from time import process_time

import pytest

from denials.law import codes

WRITTEN = [
    # as written, canonical, list, category, regime
    ("3A001.a.2", "3A001.a.2", "annex_i", "3", "dual_use"),
    ("3A001a2", "3A001.a.2", "annex_i", "3", "dual_use"),
    ("3a001.A.2", "3A001.a.2", "annex_i", "3", "dual_use"),
    ("2B001(a)(2)", "2B001.a.2", "annex_i", "2", "dual_use"),
    ("3.A.1.a.2.", "3A001.a.2", "annex_i", "3", "dual_use"),
    ("1C350.65", "1C350.65", "annex_i", "1", "dual_use"),
    ("1C35065", "1C350.65", "annex_i", "1", "dual_use"),
    ("Annex IV 1A007", "1A007", "annex_iv", "1", "dual_use"),
    ("2B909", "2B909", "national", "2", "dual_use"),
    ("ML10.c.2", "ML10.c.2", "ml", "ML10", "arms"),
    ("ML 10 c 2", "ML10.c.2", "ml", "ML10", "arms"),
    ("ML10c2", "ML10.c.2", "ml", "ML10", "arms"),
    ("ml11a", "ML11.a", "ml", "ML11", "arms"),
    ("ML6.", "ML6", "ml", "ML6", "arms"),
    ("ML13d1", "ML13.d.1", "ml", "ML13", "arms"),
    ("ML 04 b", "ML4.b", "ml", "ML4", "arms"),
    ("0011a", "ML11.a", "ml", "ML11", "arms"),
    ("0022", "ML22", "ml", "ML22", "arms"),
    ("PL5001", "PL5001", "national", "PL", "arms"),
    ("PL 9009 b", "PL9009.b", "national", "PL", "dual_use"),
    ("III.2.1", "III.2.1", "torture", "III", "torture"),
    ("Annex III 2.1", "III.2.1", "torture", "III", "torture"),
    ("IV.1", "IV.1", "torture", "IV", "torture"),
]


class TestNotations:
    @pytest.mark.parametrize(("written", "canonical", "control_list", "category", "regime"), WRITTEN)
    def test_each_notation_is_read(self, written, canonical, control_list, category, regime):
        code = codes.parse(written)
        assert (code.canonical, code.control_list, code.category, code.regime) == (
            canonical,
            control_list,
            category,
            regime,
        )

    @pytest.mark.parametrize(
        "written", ["", "  ", "End Use", "end-use", "n/a", "-", "niet gelijst", "Unlisted", "\x00"]
    )
    def test_blank_and_end_use_are_unlisted(self, written):
        code = codes.parse(written)
        assert (code.canonical, code.control_list, code.regime) == ("", "", "")

    @pytest.mark.parametrize("written", ["MILTA", "ML23", "ML101", "ML4.b NOTE", "x'; DROP TABLE", "1C350 and more"])
    def test_unknown_notation_stays_verbatim(self, written):
        assert codes.parse(written).canonical == written
        assert codes.parse(written).control_list == ""

    @pytest.mark.parametrize("tag", ["IRN", "UZB", "MEND"])
    def test_end_use_tags_stay_verbatim_and_classify_nothing(self, tag):
        assert codes.parse(tag).canonical == tag
        assert codes.relation(tag, tag) == "unknown"

    def test_printed_text_is_kept(self):
        assert codes.parse(" ML 10  c 2 ").printed == "ML 10 c 2"

    def test_a_long_text_is_no_code_and_takes_no_time(self):
        assert codes.parse("ML1" + "a" * 10_000).control_list == ""
        assert codes.parse("1" * 10_000).control_list == ""

    def test_the_canonical_form_reads_as_itself(self):
        for _, canonical, *_ in WRITTEN:
            assert codes.canonical(canonical) == canonical


class TestSeveralCodesInOneField:
    @pytest.mark.parametrize(
        ("field", "found"),
        [
            ("6A003; ML11; ML15", ["6A003", "ML11", "ML15"]),
            ("ML13d1PL5001b", ["ML13.d.1", "PL5001.b"]),
            ("5A0025D002", ["5A002", "5D002"]),
            ("1C240; IRN", ["1C240", "IRN"]),
            ("ML1, ML2 and ML3a", ["ML1", "ML2", "ML3.a"]),
            ("3A201 / End Use", ["3A201", ""]),
            ("ML1; ML 1", ["ML1"]),
            ("", []),
        ],
    )
    def test_each_is_read_once_in_order(self, field, found):
        assert [code.canonical for code in codes.split_codes(field)] == found


class TestAFieldOfVeryManyCodes:
    @pytest.mark.parametrize(
        "field",
        [
            ";".join(f"{at % 10}A{at:03d}" for at in range(10_000)),
            "ML1 -" * 9000,
            "ML1 to " * 8000,
            "ML1 -" * 390,
            ";".join(f"1A{at:03d}" for at in range(201)),
        ],
    )
    def test_is_read_or_kept_verbatim_in_no_time(self, field):
        began = process_time()
        (read,) = codes.split_codes(field)
        assert (read.canonical, read.control_list) == (" ".join(field.split()), "")
        assert process_time() - began < 1

    def test_as_many_as_a_field_may_hold_are_read(self):
        written = [f"1A{at:03d}" for at in range(200)]
        assert [one.canonical for one in codes.split_codes(" ".join(written))] == written


class TestPath:
    def test_an_entry_stands_under_all_above_it(self):
        assert codes.path("ML10.c.2") == ("ML10", "ML10.c", "ML10.c.2")
        assert codes.path("3A001a2") == ("3A001", "3A001.a", "3A001.a.2")
        assert codes.path("III.2.1") == ("III.2", "III.2.1")

    def test_unlisted_stands_nowhere(self):
        assert codes.path("") == ()
        assert codes.head("End Use") == ""

    def test_head(self):
        assert codes.head("1C350.65") == "1C350"


class TestRelation:
    @pytest.mark.parametrize(
        ("one", "other", "relation"),
        [
            ("ML15c", "ML15.c", "same"),
            ("0015c", "ML15.c", "same"),
            ("ML15.c", "ML15", "covered"),
            ("ML15", "ML15.c", "covers"),
            ("3A001.a.2", "3A001", "covered"),
            ("3A001.a.1", "3A001.a.2", "sibling"),
            ("ML10.c", "ML10.f", "sibling"),
            ("ML10.c.1", "ML10.f", "same_category"),
            ("3A001", "3B001", "same_category"),
            ("ML1", "ML6", "same_regime"),
            ("3A001", "6A003", "same_regime"),
            ("ML15", "6A003", "unrelated"),
            ("III.2.1", "III.2.2", "sibling"),
            ("III.2.1", "IV.1", "same_regime"),
            ("PL5001", "PL5017", "same_regime"),
            ("", "ML15", "unknown"),
            ("", "", "unknown"),
            ("End Use", "End Use", "unknown"),
            ("MILTA", "milta", "same"),
            ("MILTA", "ML1", "unknown"),
        ],
    )
    def test_how_two_entries_lie(self, one, other, relation):
        assert codes.relation(one, other) == relation

    def test_a_longer_number_is_not_below_a_shorter(self):
        assert codes.relation("1C350.65", "1C350.6") == "sibling"
        assert codes.relation("ML10", "ML1") == "same_regime"

"""Names of parties: what makes two spellings one party, with the reason. All names are invented."""

import time

import pytest

from screening.engine.name_forms import analyse
from screening.engine.names import compare_names, marked

ONE_PARTY = [
    # left, right, a reason given
    ("Karadag Optik", "Karadag Optik", "identical"),
    ("KARADAG OPTİK", "Karadağ Optik", "case_or_accents"),
    ("Karadag Optik Ltd.", "Karadag Optik Limited", "legal_form"),
    ("OOO Uralmet", "Uralmet LLC", "legal_form"),
    ("Public Joint Stock Company Uralmet", "PAO Uralmet", "legal_form"),
    ("Norrskog Försvar AB", "Norrskog Defence", "word_form"),
    ("Karadag Defence Ltd", "Karadag Defense Limited", "word_form"),
    ("Ruritanian Prison Service", "Ruritanian Prison Services", "word_form"),
    ("Israel Prison Service", "Israeli Prison Service", "word_form"),
    ("Optik Karadag Havacilik", "Karadag Havacilik Optik", "word_order"),
    ("Zavod Uralmet", "Uralmet Works", "word_form"),
    ("Завод Уралмет", "Uralmet Works", "transliteration"),
    ("Уралмет", "Uralmet", "script"),
    ("Καραγιάννης Οπτικά", "Karagiannis Optica", "transliteration"),
    ("حسين كريمي", "Hossein Karimi", "transliteration"),
    ("北京大学", "Beijing University", "transliteration"),
    ("KaradagOptik", "Karadag Optik", "joined_words"),
    ("KARADAGOPTIKLIMITED", "Karadag Optik Ltd", "joined_words"),
    ("Kara dag Optik", "Karadag Optik", "joined_words"),
    ("Karadagh Optik Havacilik", "Karadag Optik Havacilik", "spelling"),
    ("Istanbul Branch Office of Karadag Optik", "Karadag Optik Ltd", "branch"),
    ("Karadag Optik, Izmir Branch", "Karadag Optik", "branch"),
    ("Niederlassung Wien der Karadag Optik", "Karadag Optik", "branch"),
    ("Blue Lantern Trading, formerly Karadag Optik", "Karadag Optik", "alias"),
    ("Blue Lantern t/a Karadag Optik", "Karadag Optik", "alias"),
    ("Karadag Optik Limted", "Karadag Optik Ltd", "part_of_name"),
    ("O'Hara & Sons", "OHara and Sons Ltd", "legal_form"),
]

MAY_BE_ONE = [
    ("KOH", "Karadag Optik Havacilik", "acronym"),
    ("Karadag Optik Havacilik A.S.", "K.O.H.", "acronym"),
    ("Petrov Ivan Sergeevich", "Ivan Petrov", "part_of_name"),
]

OTHERS = [
    ("Israel Prison Service", "Israeli Defence Forces"),
    ("Ministry of Defence of Syria", "Ministry of Defence of Jordan"),
    ("Ministry of Defence", "Ministry of Interior"),
    ("Institute of Physics", "Institute of Chemistry"),
    ("Karadag North Optics", "Karadag South Optics"),
    ("Military Unit 12345", "Military Unit 54321"),
    ("Iran Electronics Industries", "Iraq Electronics Industries"),
    ("Karadag Optics Technology", "Uralmet Optics Technology"),
    ("International Trading Company", "General Trading Company"),
]


class TestOneParty:
    @pytest.mark.parametrize(("left", "right", "reason"), ONE_PARTY)
    def test_spellings_of_one_name_are_the_same(self, left, right, reason):
        found = compare_names(left, right)
        assert found.verdict == "same", found
        assert reason in found.detail["reasons"]

    @pytest.mark.parametrize(("left", "right", "reason"), ONE_PARTY)
    def test_it_does_not_matter_which_side_asks(self, left, right, reason):
        there, back = compare_names(left, right), compare_names(right, left)
        assert (there.verdict, there.score) == (back.verdict, back.score)

    @pytest.mark.parametrize(("left", "right", "reason"), MAY_BE_ONE)
    def test_an_officer_must_look(self, left, right, reason):
        found = compare_names(left, right)
        assert found.verdict == "similar", found
        assert reason in found.detail["reasons"]

    @pytest.mark.parametrize(("left", "right"), OTHERS)
    def test_common_words_make_no_party(self, left, right):
        assert compare_names(left, right).verdict == "different"

    def test_lookalike_letters_are_read_and_flagged(self):
        found = compare_names("K\u0430radag Optik", "Karadag Optik")  # a Cyrillic a
        assert found.verdict == "same"
        assert "homoglyphs" in found.detail["flags"]

    def test_zero_width_and_bidirectional_marks_are_nothing(self):
        assert compare_names("Kara\u200bdag\u202e Optik", "Karadag Optik").verdict == "same"

    def test_query_syntax_is_text(self):
        assert compare_names('"Karadag (NOT Optik*', "Karadag Optik NOT").verdict == "same"

    def test_weights_learned_from_a_register_are_taken(self):
        rare = compare_names("Karadag Optik", "Karadag Havuz")
        common = compare_names("Karadag Optik", "Karadag Havuz", weights={"karadag": 0.1})
        assert common.score < rare.score


class TestNoName:
    @pytest.mark.parametrize("name", ["", "O", "-", "...", "\u200b\u200b", "\x00", "x" * 10_000, "!" * 10_000])
    def test_is_unknown_and_never_the_same(self, name):
        assert compare_names(name, name).verdict == "unknown"
        assert compare_names(name, "Karadag Optik").verdict == "unknown"

    def test_ten_thousand_characters_take_no_time(self):
        names = ["ab " * 3_333, "a" * 10_000, "(" * 10_000, "a.k.a. " * 1_500, "(ab" * 3_000, "branch of " * 1_000]
        started = time.process_time()
        for name in names:
            compare_names(name, "Karadag Optik")
        assert time.process_time() - started < 1.0

    def test_the_longest_comparable_names_take_no_time(self):
        started = time.process_time()
        for text in ("a b " * 140, "(ab " * 140, "x y, " * 110, "office of " * 55, "a.b." * 140):
            compare_names(text, text[::-1])
        assert time.process_time() - started < 1.0


class TestMarking:
    def test_differing_characters_are_marked_on_both_sides(self):
        found = marked(compare_names("Karadag Defence", "Karadag Defense"))
        assert found.detail["left_spans"] == ((13, 14),)
        assert found.detail["right_spans"] == ((13, 14),)

    def test_case_is_not_marked(self):
        found = marked(compare_names("KARADAG", "Karadag"))
        assert found.detail["left_spans"] == ()


class TestAnalysis:
    def test_legal_form_is_taken_off_and_reported(self):
        name = analyse("Karadag Optik Sanayi ve Ticaret Anonim Şirketi")
        assert [word.written for word in name.words][:2] == ["karadag", "optik"]
        assert "anonim sirketi" in name.legal

    def test_a_name_is_never_only_its_legal_form(self):
        assert analyse("Limited").joined == "limited"
        assert analyse("AS").joined == "as"

    def test_initials(self):
        assert "koh" in analyse("Karadag Optik Havacilik A.S.").initials

    def test_same_text_same_forms(self):
        assert analyse("Karadag Optik (KOH)") == analyse("Karadag Optik (KOH)")

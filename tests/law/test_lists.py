"""What a code means in the control lists of a day; what may have been meant by one that is none."""

from datetime import date
from itertools import pairwise

import pytest

from denials.law import codes
from denials.law.content import StatedItem
from denials.law.listed import unknown_entries
from denials.law.lists import Answer, Entry, Kind, Lists, ListVersion, Notice, Succession, natural
from tests.law.held import lists

MARCH = date(2026, 3, 2)

#: As written; the entries it resolves to in March 2026, with their lists.
NOTATIONS = """
3A001.a.2                                  | annex_i 3A001.a.2
3A001a2                                    | annex_i 3A001.a.2
3A001 a 2                                  | annex_i 3A001.a.2
3A001(a)(2)                                | annex_i 3A001.a.2
3A001 (a) (2)                              | annex_i 3A001.a.2
3A001[a][2]                                | annex_i 3A001.a.2
3.A.1.a.2.                                 | annex_i 3A001.a.2
3.A.1.a.2                                  | annex_i 3A001.a.2
3A1a2                                      | annex_i 3A001.a.2
3A1                                        | annex_i 3A001
6A03                                       | annex_i 6A003
6A.003.b.4                                 | annex_i 6A003.b.4
3.a.1.A.2.                                 | annex_i 3A001.a.2
3A001.a.2.                                 | annex_i 3A001.a.2
3A001.a.2...                               | annex_i 3A001.a.2
3A001.a.2;                                 | annex_i 3A001.a.2
3A001.a.2,                                 | annex_i 3A001.a.2
 3A001.a.2                                 | annex_i 3A001.a.2
3a001.a.2                                  | annex_i 3A001.a.2
3a001A2                                    | annex_i 3A001.a.2
3A 001 a 2                                 | annex_i 3A001.a.2
3 A 001.a.2                                | annex_i 3A001.a.2
3A001-a-2                                  | annex_i 3A001.a.2
3A001/a/2                                  | annex_i 3A001.a.2
3A001: a.2                                 | annex_i 3A001.a.2
3A001..a..2                                | annex_i 3A001.a.2
(3A001.a.2)                                | annex_i 3A001.a.2
"3A001.a.2"                                | annex_i 3A001.a.2
„3A001a2“                                  | annex_i 3A001.a.2
«3A001 a 2»                                | annex_i 3A001.a.2
３Ａ００１．ａ．２                                 | annex_i 3A001.a.2
3A００１a２                                   | annex_i 3A001.a.2
3А001.а.2                                  | annex_i 3A001.a.2
3Α001.α.2                                  | annex_i 3A001.a.2
Annex I 3A001.a.2                          | annex_i 3A001.a.2
Annex I, 3A001.a.2                         | annex_i 3A001.a.2
Annex I: 3A001.a.2                         | annex_i 3A001.a.2
annex i 3a001.a.2                          | annex_i 3A001.a.2
Annexe I - 3A001.a.2                       | annex_i 3A001.a.2
Anhang I Nr. 3A001a2                       | annex_i 3A001.a.2
Bijlage I 3A001.a.2                        | annex_i 3A001.a.2
Allegato I, voce 3A001.a.2                 | annex_i 3A001.a.2
Anexo I 3A001.a.2                          | annex_i 3A001.a.2
Załącznik I, poz. 3A001.a.2                | annex_i 3A001.a.2
Bilaga I, post 3A001.a.2                   | annex_i 3A001.a.2
Příloha I 3A001.a.2                        | annex_i 3A001.a.2
Παράρτημα I 3A001.a.2                      | annex_i 3A001.a.2
Приложение I 3A001.a.2                     | annex_i 3A001.a.2
Annex I to Regulation (EU) 2021/821, 3A001 | annex_i 3A001
Anhang I der Verordnung (EU) 2021/821: 3A001a2 | annex_i 3A001.a.2
Annex I of Reg. (EC) No 428/2009 3A001     | annex_i 3A001
ECCN 3A001.a.2                             | annex_i 3A001.a.2
Dual-use 3A001.a.2                         | annex_i 3A001.a.2
EU 3A001.a.2                               | annex_i 3A001.a.2
ex 3A001.a.2                               | annex_i 3A001.a.2
No. 3A001.a.2                              | annex_i 3A001.a.2
N° 3A001.a.2                               | annex_i 3A001.a.2
Position 3A001a2                           | annex_i 3A001.a.2
Pos. 3A001a2                               | annex_i 3A001.a.2
item 3A001.a.2                             | annex_i 3A001.a.2
Entry 3A001, point a.2                     | annex_i 3A001.a.2
3A001 onder a, punt 2                      | annex_i 3A001.a.2
3A001 Buchst. a Nr. 2                      | annex_i 3A001.a.2
3A001, lett. a), punto 2                   | annex_i 3A001.a.2
3A001 lit. a pkt 2                         | annex_i 3A001.a.2
1C350.65                                   | annex_i 1C350.65
1C35065                                    | annex_i 1C350.65
1C350 65                                   | annex_i 1C350.65
1C350, No. 65                              | annex_i 1C350.65
5A002                                      | annex_i 5A002
5.A.2.                                     | annex_i 5A002
Annex IV 1A007                             | annex_iv 1A007
Annexe IV, 1A007                           | annex_iv 1A007
Anhang IV 1A007                            | annex_iv 1A007
Annex IV to Regulation (EU) 2021/821 1A007 | annex_iv 1A007
ML10.c.2                                   | ml ML10.c.2
ML10c2                                     | ml ML10.c.2
ML 10 c 2                                  | ml ML10.c.2
ML 10.c.2                                  | ml ML10.c.2
ML10 c.2                                   | ml ML10.c.2
ML10(c)(2)                                 | ml ML10.c.2
ML 10 (c) (2)                              | ml ML10.c.2
ML10.c)2)                                  | ml ML10.c.2
ML-10-c-2                                  | ml ML10.c.2
M.L.10.c.2                                 | ml ML10.c.2
ml10c2                                     | ml ML10.c.2
Ml10C2                                     | ml ML10.c.2
ML１０ｃ２                                    | ml ML10.c.2
МL10.с.2                                   | ml ML10.c.2
ML6.                                       | ml ML6
ML06                                       | ml ML6
ML 04 b                                    | ml ML4.b
ML6                                        | ml ML6
ML11a                                      | ml ML11.a
ml11a.                                     | ml ML11.a
0011a                                      | ml ML11.a
0011A                                      | ml ML11.a
0011.a                                     | ml ML11.a
0011 a                                     | ml ML11.a
A0011a                                     | ml ML11.a
AL 0011a                                   | ml ML11.a
AL-Nr. 0011a                               | ml ML11.a
Ausfuhrliste 0011a                         | ml ML11.a
Teil I A 0011a                             | ml ML11.a
Teil I Abschnitt A Nr. 0011a               | ml ML11.a
Position 0010 Buchst. c Nr. 2              | ml ML10.c.2
0022                                       | ml ML22
LU11a                                      | ml ML11.a
LU 10 lit. c pkt 2                         | ml ML10.c.2
VGML11a                                    | ml ML11.a
Cat. 11                                    | ml ML11
Cat. 11 a                                  | ml ML11.a
Categoria 11, lett. a)                     | ml ML11.a
categoría 10.c.2                           | ml ML10.c.2
catégorie 11                               | ml ML11
Kategorie 11                               | ml ML11
ML10, letra c), punto 2                    | ml ML10.c.2
ML10 alinéa c                              | ml ML10.c
ML10 kohta c                               | ml ML10.c
ML 10, onder c                             | ml ML10.c
EU CML ML10                                | ml ML10
CML ML10.c                                 | ml ML10.c
Common Military List ML10                  | ml ML10
Munitions list: ML10                       | ml ML10
WA ML10                                    | ml ML10
(ML10)                                     | ml ML10
ML15.c                                     | ml ML15.c
III.2.1                                    | torture III.2.1
iii.2.1                                    | torture III.2.1
III 2.1                                    | torture III.2.1
III-2.1                                    | torture III.2.1
III.2.1.                                   | torture III.2.1
Annex III 2.1                              | torture III.2.1
Annex III, 2.1                             | torture III.2.1
Annex III, point 2.1                       | torture III.2.1
Anhang III Nr. 2.1                         | torture III.2.1
Annexe III, point 2.1                      | torture III.2.1
Annex III to Regulation (EU) 2019/125, 2.1 | torture III.2.1
Annex II 1.1                               | torture II.1.1
Annex IV 1                                 | torture IV.1
PL5001                                     | uk PL5001
PL 5001                                    | uk PL5001
PL-5001                                    | uk PL5001
pl5001                                     | uk PL5001
PL5001b                                    | uk PL5001.b
PL 9009 b                                  | uk PL9009.b
2B909                                      | national 2B909
2 B 909                                    | national 2B909
AL 2B909                                   | national 2B909
3B001.l                                    | national 3B001.l
3B001l                                     | national 3B001.l
6A003; ML11; ML15                          | annex_i 6A003, ml ML11, ml ML15
ML13d1PL5001b                              | ml ML13.d.1, uk PL5001.b
ml13d1pl5001b                              | ml ML13.d.1, uk PL5001.b
5A0025D002                                 | annex_i 5A002, annex_i 5D002
5a0025d002                                 | annex_i 5A002, annex_i 5D002
5A002 5D002                                | annex_i 5A002, annex_i 5D002
ML1, ML2 and ML3a                          | ml ML1, ml ML2, ml ML3.a
ML1 et ML2                                 | ml ML1, ml ML2
ML1 und ML2                                | ml ML1, ml ML2
ML1 en ML2                                 | ml ML1, ml ML2
ML1 y ML2                                  | ml ML1, ml ML2
ML1 e ML2                                  | ml ML1, ml ML2
ML1 i ML2                                  | ml ML1, ml ML2
ML1 + ML2                                  | ml ML1, ml ML2
ML1/ML2                                    | ml ML1, ml ML2
ML1 / ML2                                  | ml ML1, ml ML2
ML1 | ML2                                  | ml ML1, ml ML2
6A003/6A002                                | annex_i 6A003, annex_i 6A002
ML10 e 2                                   | ml ML10.e.2
ML1; ML 1; ML1.                            | ml ML1
"""
ROWS = [[part.strip(" \n") for part in line.rsplit(" | ", 1)] for line in NOTATIONS.strip("\n").splitlines()]


def read(text: str, regime: str = "", on: date = MARCH):
    return lists().read(text, on=on, regime=regime)


def one(text: str, regime: str = "", on: date = MARCH):
    (reading,) = read(text, regime, on)
    return reading


def named(entries) -> list[str]:
    return [entry.code for entry in entries]


class TestNotations:
    """Each way an authority writes an entry leads to that one entry."""

    def test_more_than_a_hundred_and_twenty_ways_are_tried(self):
        assert len({text for text, _found in ROWS}) > 150

    @pytest.mark.parametrize(("text", "found"), ROWS)
    def test_it_is_read_as_one_entry(self, text, found):
        readings = read(text)
        assert ", ".join(f"{each.control_list} {each.canonical}" for each in readings) == found
        assert {each.answer for each in readings} == {Answer.ENTRY}
        assert all(each.entry is not None for each in readings)

    @pytest.mark.parametrize(
        ("text", "regime", "canonical"),
        [("Cat. 6", "arms", "ML6"), ("Cat. 6, lett. a)", "arms", "ML6.a"), ("Categoria 1", "arms", "ML1")],
    )
    def test_a_category_below_ten_is_read_where_the_regime_says_of_which_list(self, text, regime, canonical):
        assert one(text, regime).canonical == canonical
        assert one(text).answer is Answer.UNKNOWN

    @pytest.mark.parametrize("text", ["End Use", "n/a", "-", "nicht gelistet", "catch-all", "Art. 4"])
    def test_what_is_stated_to_be_on_no_list_is_unlisted(self, text):
        assert one(text).answer is Answer.UNLISTED

    @pytest.mark.parametrize("text", ["IRN", "mend", "SYR"])
    def test_a_tag_of_the_united_kingdom_names_no_goods(self, text):
        assert one(text).notices == (Notice.TAG,)

    @pytest.mark.parametrize("text", ["", "  ", ";", ", ,"])
    def test_nothing_is_read_of_nothing(self, text):
        assert read(text) == ()


def ways(entry: Entry) -> list[str]:
    """The notations an entry of a list can be written in."""
    head, *levels = entry.code.split(".")
    if entry.control_list == "torture":
        annex, point = entry.code.split(".", 1)
        return [
            entry.code,
            entry.code.lower(),
            f"{annex} {point}",
            f"Annex {annex}, {point}",
            f"Anhang {annex} Nr. {point}",
        ]
    compact, bracketed = head + "".join(levels), head + "".join(f"({level})" for level in levels)
    found = [entry.code, f"{entry.code}.", compact, bracketed, " ".join([head, *levels]), entry.code.lower()]
    if levels and levels[0].isdecimal():
        found = [text for text in found if text not in (compact, compact.lower())] + [compact]
    if entry.control_list == "ml":
        number = int(head.removeprefix("ML"))
        found += [f"00{number:02d}{''.join(levels)}", f"ML {number} {' '.join(levels)}", f"LU{number}{''.join(levels)}"]
    elif entry.control_list != "uk" and not head.startswith("PL"):
        digits = int(head[2:])
        found += [f"Annex I {entry.code}", "".join(f"{part}." for part in (head[0], head[1], str(digits), *levels))]
    return found


@pytest.mark.parametrize("control_list", ["ml", "annex_i", "annex_iv", "torture", "national"])
def test_every_entry_resolves_to_itself_from_each_notation(control_list):
    wrong = []
    for entry in (one for one in lists().entries if one.control_list == control_list):
        for text in ways(entry):
            annex = f"Annex IV {text}" if control_list == "annex_iv" and not text.startswith("Annex") else text
            found = [(reading.entry.code if reading.entry else "", reading.canonical) for reading in read(annex)]
            if found != [(entry.code, entry.code)]:
                wrong.append((annex, entry.code, found))
    assert wrong == []


def test_every_rating_of_the_united_kingdom_resolves_to_an_entry_of_its_code():
    wrong = [
        entry.code
        for entry in lists().entries
        if entry.control_list == "uk"
        and entry.code not in ("End Use", "1C352")
        and one(entry.code).canonical.casefold() != entry.code.casefold()
    ]
    assert wrong == []


#: As written; the regime asked for; the proposals, the nearest first.
MEANT = [
    ("3A001.z", "", "3A001.a 3A001.b 3A001.c 3A001.d 3A001.e"),
    ("ML10.z", "", "ML10.a ML10.c ML10.d ML10.e ML10.f"),
    ("ML10.c.9", "", "ML10.c.1 ML10.c.2 ML10.c.3 ML10.c ML10.a"),
    ("ML10.c.2.x", "", "ML10.c.2 ML10.c ML10.c.1 ML10.c.3 ML10.e.2"),
    ("ML8.a.99", "", "ML8.a.9 ML8.a.19 ML8.a.29 ML8.a.39 ML8.a.1"),
    ("5A002a99", "", "5A002.a.1 5A002.a.2 5A002.a.3 5A002.a.4 5A002.a"),
    ("1A201.b", "", "1A202 1B201 1D201 1E201 3A201"),
    ("3A777", "", "3A227"),
    ("ML23", "", "ML2 ML3 ML13 ML20 ML21"),
    ("III.9", "", "III.1 III.2 III.3 II.1 II.2"),
    ("Annex IV 3A001", "", "3A001 0A001 1A001 2A001 3A002"),
    ("3AO01", "", "3A001"),
    ("3A0O1.a.2", "", "3A001.a.2"),
    ("ML l0", "", "ML10"),
    ("MI10", "", "ML10"),
    ("11a", "arms", "ML11.a"),
    ("12", "arms", "ML12"),
    ("Cat. 6", "", "ML6 6A001 6A002 6A003 6A004"),
    ("Cat. 6", "dual_use", "6A001 6A002 6A003 6A004 6A005"),
    ("ML1-ML4", "", "ML1 ML2 ML3 ML4"),
    ("1C350.1-1C350.3", "", "1C350.1 1C350.2 1C350.3"),
    ("ML1 to ML3", "", "ML1 ML2 ML3"),
    ("image intensifier", "arms", "ML15.c"),
]


class TestDidYouMean:
    @pytest.mark.parametrize(("text", "regime", "meant"), MEANT)
    def test_the_nearest_entries_come_first(self, text, regime, meant):
        reading = one(text, regime)
        assert reading.answer is Answer.UNKNOWN
        wanted = meant.split()
        assert named(reading.suggestions)[: len(wanted)] == wanted
        assert len(reading.suggestions) <= 5
        assert all(entry.is_used for entry in reading.suggestions)

    def test_it_is_the_same_for_the_same_question(self):
        again = Lists(lists().versions, tuple(reversed(lists().entries)), lists().successions)
        for text, regime, _meant in MEANT:
            (other,) = again.read(text, on=MARCH, regime=regime)
            assert named(other.suggestions) == named(one(text, regime).suggestions)

    @pytest.mark.parametrize("text", ["MILTA", "d", "DROP TABLE", "??", "ML" * 50, "9" * 81])
    def test_nothing_is_proposed_for_what_is_like_nothing(self, text):
        assert one(text).suggestions == ()

    @pytest.mark.parametrize(("text", "head"), [("3A001.z", "3A001"), ("ML10.c.9", "ML10.c"), ("ML10.zz.1", "ML10")])
    def test_a_head_that_is_held_is_named(self, text, head):
        reading = one(text)
        assert (reading.entry.code, reading.notices) == (head, (Notice.BELOW_UNKNOWN,))

    def test_a_sub_item_of_an_entry_whose_sub_items_are_not_held_is_accepted(self):
        """Sub-items of most entries numbered 100 to 499 are missing from the data; nothing is refused for that."""
        for text in ("1A202.b", "0A001.a", "3A501.c.4", "2B350.a"):
            reading = one(text)
            assert (reading.answer, reading.notices) == (Answer.ENTRY, (Notice.SUBITEMS_NOT_HELD,)), text
            assert reading.canonical == text

    def test_a_code_of_a_national_list_held_in_part_is_accepted(self):
        for text in ("9A999", "2B910", "PL9999"):
            assert (one(text).answer, one(text).notices) == (Answer.ENTRY, (Notice.HELD_IN_PART,))

    def test_a_sub_item_of_a_list_amended_since_is_accepted(self):
        """The annexes of Reg. (EU) 2019/125 were amended in 2025; the text of 2019 is held."""
        assert one("II.1.9").notices == (Notice.HELD_IN_PART,)

    def test_annex_iv_has_what_stands_in_it_and_below(self):
        assert one("Annex IV 1A007.a").annex_iv
        assert one("Annex IV 1A007.zz").answer is Answer.UNKNOWN
        assert one("Annex IV 3A001").answer is Answer.UNKNOWN
        assert one("1A007").annex_iv
        assert not one("3A001").annex_iv


#: List, code, day; answer, successors.
SUCCESSORS = [
    ("5A002.a.2", date(2016, 1, 4), Answer.ENTRY, "5A004"),
    ("5A002.a.2", MARCH, Answer.ENTRY, ""),
    ("5A002.a.4", date(2016, 1, 4), Answer.ENTRY, "5A003"),
    ("5A002.a.9", date(2017, 1, 9), Answer.ENTRY, "5A002.c"),
    ("5A002.a.9", MARCH, Answer.FORMER, "5A002.c"),
    ("5A002.a.5", date(2017, 1, 9), Answer.ENTRY, "5A002.e"),
    ("5D002", date(2017, 1, 9), Answer.ENTRY, "5D002.a 5D002.b 5D002.c"),
    ("5D002", MARCH, Answer.ENTRY, ""),
    ("1C352", date(2014, 1, 9), Answer.ENTRY, "1C351"),
    ("1C352", MARCH, Answer.FORMER, "1C351"),
    ("1C351.b", MARCH, Answer.FORMER, "1C351.c"),
    ("3B001.a.4", MARCH, Answer.ENTRY, "3B501.a.4"),
    ("PL9014", MARCH, Answer.FORMER, "4A506 4A507"),
    ("PL9015", MARCH, Answer.FORMER, "2B510"),
    ("1A001.b", date(2014, 6, 2), Answer.ENTRY, ""),
    ("1A001.b", MARCH, Answer.FORMER, ""),
    ("0011a", MARCH, Answer.ENTRY, ""),
]


class TestSuccession:
    @pytest.mark.parametrize(("code", "on", "answer", "codes_later"), SUCCESSORS)
    def test_an_entry_of_an_earlier_version_is_itself_and_shows_its_successors(self, code, on, answer, codes_later):
        reading = one(code, on=on)
        assert reading.answer is answer
        assert [later for each in reading.successors for later in each.to_codes] == codes_later.split()
        assert reading.canonical == codes.canonical(code)

    def test_what_it_was_before_is_known_too(self):
        assert [each.from_code for each in one("5A004").predecessors] == ["5A002.a.2"]

    def test_every_successor_is_an_entry_and_every_version_is_named(self):
        versions = {(v.control_list, v.version) for v in lists().versions}
        for each in lists().successions:
            assert {(each.control_list, each.from_version), (each.to_list, each.to_version)} <= versions
            assert all(lists().entry(each.to_list, code) for code in each.to_codes), each
            assert each.source

    def test_what_no_source_says_is_marked(self):
        assert {each.verified for each in lists().successions} == {True, False}

    def test_the_dates_of_the_versions_of_a_list_do_not_overlap(self):
        for name in ("annex_i", "torture"):
            dated = sorted((v for v in lists().versions_of(name) if v.since), key=lambda v: v.since)
            for one_, later in pairwise(dated):
                assert one_.until is not None
                assert (later.since - one_.until).days == 1

    def test_a_day_whose_version_is_not_held_is_answered_from_another_and_says_so(self):
        then = date(2020, 1, 8)
        assert one("3A001.a.2", on=then).notices == (Notice.VERSION_NOT_HELD,)
        assert one("3A001.zz", on=then).answer is Answer.ENTRY, "it may have stood there then"
        assert one("9A777", on=then).answer is Answer.UNKNOWN


def test_a_list_of_two_held_versions_is_read_by_the_day():
    made = Lists(
        versions=(
            ListVersion("ml", "1", "", since=date(2020, 1, 1), until=date(2023, 12, 31)),
            ListVersion("ml", "2", "", since=date(2024, 1, 1)),
        ),
        entries=(
            Entry("ml", "1", "ML1"),
            Entry("ml", "1", "ML1.a", "ML1"),
            Entry("ml", "2", "ML1"),
            Entry("ml", "2", "ML1.b", "ML1"),
        ),
        successions=(Succession("ml", "1", "ML1.a", "ml", "2", ("ML1.b",), Kind.RENAMED),),
    )
    reading = {year: made.read("ML1a", on=date(year, 6, 1))[0] for year in (2019, 2022, 2025)}
    assert [(reading[y].answer, reading[y].version) for y in reading] == [
        (Answer.ENTRY, "1"),
        (Answer.ENTRY, "1"),
        (Answer.FORMER, "1"),
    ]
    assert named(reading[2025].suggestions) == ["ML1.b"]
    assert reading[2022].successors == reading[2025].successors == made.successions
    assert made.read("ML1b", on=date(2022, 6, 1))[0].answer is Answer.UNKNOWN


class TestTrees:
    def test_the_order_is_that_of_the_list(self):
        heads = lists().below["ml", "2025", ""]
        assert named(heads) == [f"ML{number}" for number in range(1, 23)]
        assert sorted(["1C350.10", "1C350.9", "1C350"], key=natural) == ["1C350", "1C350.9", "1C350.10"]

    def test_every_entry_is_reached_from_a_head(self):
        for (control_list, version), held in lists().index.items():
            seen, left = set(), list(lists().below[control_list, version, ""])
            while left:
                entry = left.pop()
                assert entry.code not in seen
                seen.add(entry.code)
                left += lists().children(entry)
            assert seen == set(held)

    def test_the_path_is_widest_first(self):
        assert named(lists().path(lists().entry("ml", "ML10.c.2"))) == ["ML10", "ML10.c", "ML10.c.2"]

    def test_search_takes_a_code_or_words(self):
        assert named(lists().search("ml", "2025", "ml 10c")) == ["ML10.c", "ML10.c.1", "ML10.c.2", "ML10.c.3"]
        assert "ML15.c" in named(lists().search("ml", "2025", "IMAGE intensifier"))
        assert named(lists().search("ml", "2025", "Handfeuerwaffen glattem"))[:1] == ["ML1"]
        assert named(lists().search("ml", "2025", " ")) == []


class TestItemsOfADenial:
    """Only entries of a list in force on the day of decision can be notified."""

    @pytest.mark.parametrize(
        ("code", "rule", "proposed"),
        [
            ("ML15.c", "", ""),
            ("End Use", "", ""),
            ("", "", ""),
            ("IRN", "", ""),
            ("1A202.b", "", ""),
            ("2B910", "", ""),
            ("3A001.z", "subitem_unknown", "3A001.a"),
            ("3A777", "entry_unknown", "3A227"),
            ("3AO01", "entry_unknown", "3A001"),
            ("MILTA", "entry_unknown", ""),
            ("5A002.a.9", "entry_former", "5A002.c"),
            ("ML10; ML15", "entries_several", ""),
        ],
    )
    def test_what_is_refused_and_what_may_have_been_meant(self, code, rule, proposed):
        found = list(unknown_entries([StatedItem.stated(code)], lists(), on=MARCH))
        assert [each.rule for each in found] == ([rule] if rule else [])
        assert [each.field for each in found] == (["items[0].code"] if rule else [])
        meant = found[0].params.get("suggestions", ()) if found else ()
        assert [each["code"] for each in meant][:1] == ([proposed] if proposed else [])

    def test_a_regime_that_keeps_entries_of_other_lists_keeps_them(self):
        items = [StatedItem.stated("Annex XXIII 8517")]
        assert list(unknown_entries(items, lists(), on=MARCH, other_lists=True)) == []

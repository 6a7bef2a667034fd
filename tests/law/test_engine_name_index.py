"""The index of names: who is found under which other form, and that the evidence explains itself. All is invented."""

import numpy as np
import pytest

from screening.engine.alignment import FEATURES
from screening.engine.evidence import nearest
from screening.engine.live_names import LiveNames
from screening.engine.name_index import Entry, NameIndex
from screening.engine.parties import MAY_BE_FROM

REGISTER = (
    "Karadag Optik Havacilik Sanayi A.S.",
    "Uralmet LLC",
    "Blue Lantern Shipping Company",
    "Ministry of Defence of Ruritania",
    "Novgrad State Technical University",
    "Institute of Plasma Physics, Novgrad",
    "Institute of Marine Biology, Novgrad",
    "Sergei Alexandrovich Voronskoy",
    "Hossein Karimi Moghaddam",
    "Zhongda Huatong Precision Machinery Co., Ltd.",
    "Orontes Precision Works",
    "Silverbrook University Hospital",
    "Silverbrook University",
    "北山精密機械研究所",
    "Завод Лазурит",
    "Kim Myong Chol",
)

# What is asked for, and under which name it stands in the register.
FOUND_FIRST = [
    ("KARADAG OPTIK HAVACILIK", "Karadag Optik Havacilik Sanayi A.S."),
    ("Havacilik Optik Karadag Ltd.", "Karadag Optik Havacilik Sanayi A.S."),
    ("Karadga Optik Havaclik", "Karadag Optik Havacilik Sanayi A.S."),
    ("KaradagOptik Havacilik", "Karadag Optik Havacilik Sanayi A.S."),
    ("Kara dag Optik Havacilik", "Karadag Optik Havacilik Sanayi A.S."),
    ("Istanbul Branch Office of Karadag Optik Havacilik", "Karadag Optik Havacilik Sanayi A.S."),
    ("K\u0430r\u0430dag Optik", "Karadag Optik Havacilik Sanayi A.S."),  # Cyrillic letters
    ("Kara\u200bdag\u202e Optik", "Karadag Optik Havacilik Sanayi A.S."),
    ("Уралмет", "Uralmet LLC"),
    ("ООО «Уралмет»", "Uralmet LLC"),
    ("Uralmet GmbH & Co. KG", "Uralmet LLC"),
    ("Uralmet Sp. z o.o.", "Uralmet LLC"),
    ("Blue Lantrn Shiping", "Blue Lantern Shipping Company"),
    ("Bl Lntrn Shppng", "Blue Lantern Shipping Company"),
    ("Ministère de la Défense de Ruritania", "Ministry of Defence of Ruritania"),
    ("Министерство обороны Руритании", "Ministry of Defence of Ruritania"),
    ("Новградский государственный технический университет", "Novgrad State Technical University"),
    ("Université technique d'État de Novgrad", "Novgrad State Technical University"),
    ("NSTU", "Novgrad State Technical University"),
    ("Institut für Plasmaphysik Novgrad", "Institute of Plasma Physics, Novgrad"),
    ("Институт морской биологии, Новград", "Institute of Marine Biology, Novgrad"),
    ("VORONSKOI Sergey", "Sergei Alexandrovich Voronskoy"),
    ("Сергей Александрович Воронской", "Sergei Alexandrovich Voronskoy"),
    ("Siarhei Aliaksandravich VARANSKOI", "Sergei Alexandrovich Voronskoy"),
    ("حسين كريمي مقدم", "Hossein Karimi Moghaddam"),
    ("Zhong Da Hua Tong Precision Machinery", "Zhongda Huatong Precision Machinery Co., Ltd."),
    ("Silverbrook University", "Silverbrook University"),
    ("Beishan Precision Machinery Research Institute", "北山精密機械研究所"),
    ("Lazurit Works", "Завод Лазурит"),
    ("KIM, Myong-Chol", "Kim Myong Chol"),
]
# One invented name in each script of the issue, as it is heard.
SCRIPTS = [
    ("Cyrillic", "Карадаг Оптик"),
    ("Greek", "Καραδάγ Οπτίκ"),
    ("Arabic", "كاراداغ أوبتيك"),
    ("Hebrew", "קרדג אופטיק"),
    ("Han", "卡拉达格光学"),
    ("Hangul", "카라닥 옵틱"),
    ("Kana", "カラダグ・オプティク"),
    ("Georgian", "კარადაგ ოპტიკი"),
    ("Armenian", "Կարադագ Օպտիկ"),
]
UNKNOWN = ["Zambezi Sugar Refinery", "Ministry of Fisheries of Borduria", "Ana María Rocamora", "陽一 三浦", "XQZ"]
NO_NAMES = ["", "o", "-", "…", "\x00", "x" * 10_000, "!" * 10_000, "\u200b\u200b"]


@pytest.fixture(scope="module")
def index():
    return NameIndex(Entry.of(number, name) for number, name in enumerate(REGISTER))


class TestWhoIsFound:
    @pytest.mark.parametrize(("asked", "held"), FOUND_FIRST)
    def test_first(self, index, asked, held):
        found = nearest(index, asked)
        assert found, "nobody"
        assert found[0].name == held, [(one.name, one.evidence) for one in found[:3]]

    @pytest.mark.parametrize(("script", "name"), SCRIPTS)
    def test_in_every_script_either_way_round_as_near_as_an_officer_must_look(self, script, name):
        for asked, held in ((name, "Karadag Optik"), ("Karadag Optik", name)):
            register = NameIndex(Entry.of(number, one) for number, one in enumerate((*REGISTER[1:], held)))
            found = nearest(register, asked)
            assert (found[0].name, found[0].evidence >= MAY_BE_FROM) == (held, True), (script, found[0].evidence)

    @pytest.mark.parametrize("asked", UNKNOWN)
    def test_nobody_for_sure(self, index, asked):
        assert all(found.evidence < 0 for found in nearest(index, asked))

    @pytest.mark.parametrize("asked", NO_NAMES)
    def test_what_is_no_name_finds_nobody(self, index, asked):
        assert nearest(index, asked) == []

    @pytest.mark.parametrize(
        "asked", ["' OR 1=1 --", "%_%", "a:*&!(b|c)", 'NOT "x" AND', "((((", "Karadag (NOT Optik*"]
    )
    def test_query_syntax_is_text(self, index, asked):
        nearest(index, asked)

    def test_the_other_subject_stands_behind(self, index):
        names = [found.name for found in nearest(index, "Institute of Plasma Physics Novgrad")]
        assert names.index("Institute of Plasma Physics, Novgrad") < names.index("Institute of Marine Biology, Novgrad")

    def test_the_country_counts_and_filters_nothing(self):
        index = NameIndex([Entry.of(0, "Uralmet", "RU"), Entry.of(1, "Uralmet", "KZ")])
        found = nearest(index, "Uralmet", "KZ")
        assert [one.owner for one in found] == [1, 0]

    def test_who_does_not_count_is_not_found(self, index):
        allowed = np.array([name != "Uralmet LLC" for name in REGISTER])
        assert "Uralmet LLC" not in [found.name for found in nearest(index, "Uralmet", allowed=allowed)]


class TestEvidence:
    def test_its_parts_are_named_and_greatest_first(self, index):
        parts = nearest(index, "Karadag Optik")[0].parts()
        assert set(parts) <= set(FEATURES)
        assert [abs(part) for part in parts.values()] == sorted(map(abs, parts.values()), reverse=True)

    def test_scores_lie_between_0_and_1_in_order(self, index):
        scores = [found.score for found in nearest(index, "Silverbrook University")]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)

    def test_a_word_many_names_hold_tells_little(self):
        rare = NameIndex([Entry.of(0, "Lazurit Optik")] + [Entry.of(at, f"Firm{at} Havuz") for at in range(1, 300)])
        often = NameIndex([Entry.of(0, "Lazurit Optik")] + [Entry.of(at, f"Lazurit Havuz{at}") for at in range(1, 300)])
        one, other = (nearest(index, "Lazurit Tekne")[0].evidence for index in (rare, often))
        assert one > other


class TestNamesThatChange:
    def test_come_and_go(self):
        names: LiveNames[str] = LiveNames()
        names.replace({"a": [("Uralmet LLC", "RU")], "b": [("Blue Lantern", "")]})
        assert [key for key, _ in names.nearest("Уралмет")] == ["a"]
        names.replace({"a": [("Zambezi Sugar", "MZ")], "c": [("Uralmet Works", "RU")]})
        assert [key for key, _ in names.nearest("Uralmet")] == ["c"]
        names.replace({"c": []})
        assert names.nearest("Uralmet") == []

    def test_many_changes_make_the_index_anew(self):
        names: LiveNames[int] = LiveNames()
        names.replace({number: [(f"Firm{number} Uralmet", "")] for number in range(300)})
        names.replace({7: [("Blue Lantern", "")]})
        assert names.nearest("Blue Lantern")[0][0] == 7
        assert 7 not in [key for key, _ in names.nearest("Firm7 Uralmet")]

    def test_a_mask_made_before_others_came_leaves_them_out(self):
        names: LiveNames[str] = LiveNames()
        names.replace({"a": [("Uralmet LLC", "")]})
        mask = names.mask(["a", "nobody"])
        names.replace({"b": [("Uralmet JSC", "")]})
        assert [key for key, _ in names.nearest("Uralmet", allowed=mask)] == ["a"]

    def test_an_alias_leads_to_its_owner(self):
        names: LiveNames[str] = LiveNames()
        names.replace({"a": [("Uralmet LLC", ""), ("Blue Lantern", "")]})
        [(key, found)] = names.nearest("Blue Lantern")
        assert (key, found.name) == ("a", "Blue Lantern")

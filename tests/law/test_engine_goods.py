"""Goods: entries, descriptions across languages, parameters with units, quantities (Reg. (EU) 2021/821 Art. 2(22))."""

import time
from decimal import Decimal

import pytest

from denials.law.transactions import Item, Parameter
from screening.engine import terms
from screening.engine.codes import compare_codes
from screening.engine.items import compare_items
from screening.engine.parameters import compare_parameters, compare_values, stated_in
from screening.engine.quantities import compare_quantities
from screening.engine.text import analyse_text, compare_descriptions


class TestEntries:
    @pytest.mark.parametrize(
        ("left", "right", "verdict", "reason"),
        [
            ("ML15c", "ML15.c", "same", "same"),
            ("ML15.c", "ML15", "covered", "covered"),
            ("3A001", "3A001.b.4", "covers", "covers"),
            ("3A001.b.4", "3A001.b.2", "similar", "sibling"),
            ("3A001.b.4", "3A001.a.1.a", "similar", "same_head"),
            ("ML15", "6A003", "similar", "counterpart"),
            ("6A003.b.4", "ML15.c", "similar", "counterpart"),
            ("ML15", "2B001", "different", "unrelated"),
            ("ML15", "", "unknown", "entry_missing"),
            ("", "", "unknown", "no_entry"),
            ("MILTA", "ML1", "unknown", "entry_not_known"),
        ],
    )
    def test_how_they_lie(self, left, right, verdict, reason):
        found = compare_codes(left, right)
        assert (found.verdict, found.reason) == (verdict, reason)


class TestDescriptions:
    @pytest.mark.parametrize(
        "family",
        [
            ["image intensifiers", "beeldversterkers", "intensificateurs d'image", "Bildverstärkerröhren"],
            ["intensificadores de imagen", "intensificatori d'immagine", "wzmacniacze obrazu", "ЭОП"],
            ["helicopters", "helikopters", "hélicoptères", "Hubschrauber", "elicotteri", "śmigłowce", "вертолеты"],
            ["vacuum furnace", "vacuümoven", "four à vide", "Vakuumofen", "horno de vacío", "forno a vuoto"],
            ["pressure transducers", "drukopnemers", "capteurs de pression", "Druckaufnehmer", "датчики давления"],
            ["unmanned aerial vehicle", "onbemand luchtvaartuig", "drones", "Drohnen", "БПЛА", "беспилотник"],
            ["gyroscopes", "gyroscopen", "Kreisel", "giroscopio", "żyroskop", "гироскоп"],
        ],
    )
    def test_one_thing_in_several_languages(self, family):
        for other in family[1:]:
            found = compare_descriptions(family[0], other)
            assert (found.verdict, found.reason) == ("same", "same_term"), (other, found)

    def test_the_list_is_long_enough_and_every_concept_has_all_languages(self):
        assert len(terms.FAMILIES) >= 150
        for table in (terms.terms_military.TERMS, terms.terms_dual_use.TERMS, terms.terms_further.TERMS):
            for line in table.replace("\n ", " ").splitlines():
                if line.strip():
                    fields = line.partition(":")[2].split("|")
                    assert len(fields) == len(terms.LANGUAGES), line[:60]
                    assert all(field.strip(" ;") for field in fields), line[:60]

    def test_compound_words_are_opened(self):
        found = analyse_text("Hubschrauberteile")
        assert found.concepts == {"helicopter"}
        assert found.guises == {"parts"}

    @pytest.mark.parametrize(
        ("left", "right", "verdict", "reason"),
        [
            ("Thermal viewers", "image intensifiers", "similar", "same_family"),
            ("artillery ammunition", "ammunition", "similar", "wider_term"),
            ("helicopter parts", "helicopters", "similar", "other_guise"),
            ("M813 truck", "M35 truck", "similar", "other_model"),
            ("image intensifiers", "trucks", "different", "other_goods"),
            ("gas masks", "torpedoes", "different", "other_goods"),
            ("spare parts", "spare parts", "unknown", "too_general"),
            ("equipment", "equipment", "unknown", "too_general"),
            ("", "trucks", "unknown", "not_described"),
            ("widget of unheard kind", "onbekend ding", "unknown", "no_common_term"),
            ("Sodium chloride 7647-14-5", "zout (7647-14-5)", "same", "same_cas"),
            ("Sodium chloride 7647-14-5", "Sodium chloride 7447-40-7", "different", "other_cas"),
        ],
    )
    def test_what_is_said_of_others(self, left, right, verdict, reason):
        found = compare_descriptions(left, right)
        assert (found.verdict, found.reason) == (verdict, reason)

    def test_words_outside_the_list_are_compared_as_words(self):
        assert compare_descriptions("zeolite sieve granules", "Zeolite sieve granule").verdict == "same"

    def test_a_description_is_read_to_its_end(self):
        long = f"{'delivered in one lot under the contract ' * 240}image intensifiers"
        assert len(long) > 9_000
        assert analyse_text(long).concepts == {"image_intensifier"}
        assert compare_descriptions(long, "Bildverstärkerröhren").holds

    @pytest.mark.parametrize("text", ["x" * 10_000, "x1 " * 3_333, "Hubschrauberteile" * 580, "\u0301" * 10_000])
    def test_ten_thousand_characters_take_no_time(self, text):
        started = time.process_time()
        compare_descriptions(text, "image intensifiers")
        assert time.process_time() - started < 1.0


def number(value, unit="", name="value"):
    return Parameter(name, value, unit)


class TestParameters:
    @pytest.mark.parametrize(
        ("left", "right", "verdict"),
        [
            (number("0.003", "mm"), number("3", "µm"), "same"),
            (number("0,003", "mm"), number("3e-6", "m"), "same"),
            (number("40", "GHz"), number("40000", "MHz"), "same"),
            (number("12.7", "mm"), number("0.5", "inch"), "same"),
            (number("12 h"), number("720", "min"), "same"),
            (number("32", "byte"), number("256", "bit"), "same"),
            (number("100", "°C"), number("373.15", "K"), "same"),
            (number("84.000", "kg"), number("84 t"), "same"),
            (number("60", "Hz"), number("60", "1/s"), "same"),
            (number("1 MW"), number("1", "mW"), "different"),
            (number("5"), number("4"), "different"),
            (number("40", "GHz"), number("3", "GHz"), "different"),
            (number("7.62", "mm"), number("7.92", "mm"), "similar"),
            (number(">= 40", "GHz"), number("45", "GHz"), "covers"),
            (number("6", "mm"), number("5-10", "mm"), "covered"),
            (number("5-10", "mm"), number("8-12", "mm"), "similar"),
            (number("5", "mm"), number("5", "kg"), "unknown"),
            (number("5", "mm"), number("5", "furlongs"), "unknown"),
            (number("IV"), number("NIJ IV"), "similar"),
            (number("IV"), number("III"), "different"),
            (number(""), number("5"), "unknown"),
        ],
    )
    def test_values_with_units(self, left, right, verdict):
        assert compare_values(left, right).verdict == verdict

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("number of axes", "axes"),
            ("Kaliber", "calibre"),
            ("fréquence", "frequency"),
            ("sleutellengte", "key_length"),
        ],
    )
    def test_names_in_other_words(self, left, right):
        assert compare_parameters([number("5", name=left)], [number("5", name=right)]).verdict == "same"

    def test_one_that_differs_makes_all_differ(self):
        left = [number("5", name="axes"), number("0.003", "mm", "accuracy")]
        right = [number("5", name="axes"), number("0.03", "mm", "accuracy")]
        assert compare_parameters(left, right).verdict == "different"

    def test_a_contradiction_is_unknown(self):
        found = compare_parameters([number("5", name="axes"), number("4", name="axes")], [number("5", name="axes")])
        assert (found.verdict, found.reason) == ("unknown", "contradictory")

    def test_one_value_in_two_units_is_no_contradiction(self):
        left = [number("12.7", "mm", "calibre"), number("0.5", "inch", "calibre")]
        assert compare_parameters(left, [number("12.7", "mm", "calibre")]).verdict == "same"

    def test_how_many_is_no_characteristic(self):
        found = compare_parameters([number("5", name="quantity")], [number("50", name="quantity")])
        assert found.verdict == "unknown"

    def test_what_no_side_shares_is_unknown(self):
        found = compare_parameters([number("5", name="axes")], [number("7", name="mass")])
        assert (found.verdict, found.reason) == ("unknown", "no_shared_parameter")
        assert found.detail["only_left"] == ("axes",)

    @pytest.mark.parametrize("value", ["NaN", "inf", "9" * 5000, "1e999", "--5", "5,5,5", "\x00", "½"])
    def test_odd_values_never_fail(self, value):
        compare_values(number(value, "mm"), number("5", "mm"))
        compare_values(number("5", "mm"), number(value, "mm"))

    def test_values_in_a_description_are_found(self):
        assert [(each.name, each.value) for each in stated_in("155 mm shells, 40 GHz")] == [
            ("length", "155"),
            ("frequency", "40"),
        ]


class TestItems:
    def test_a_calibre_in_the_description_counts(self):
        left = Item(code="ML3", description="155 mm artillery ammunition")
        right = Item(code="ML3", description="105 mm artillery ammunition")
        found = compare_items(left, right).parameters
        assert (found.verdict, found.reason) == ("different", "stated_in_description")

    def test_a_model_tells_goods_apart(self):
        left, right = Item(description="truck", model="QX-900"), Item(description="truck", model="QX-100")
        assert compare_items(left, right).description.reason == "other_model"

    def test_a_shared_model_joins_descriptions(self):
        left = Item(description="Gerät QX", model="QX-900", manufacturer="Karadag")
        right = Item(description="unit", model="qx 900", manufacturer="Karadag Optik")
        assert compare_items(left, right).description.reason == "same_model"


class TestQuantities:
    @pytest.mark.parametrize(
        ("left", "right", "verdict", "reason"),
        [
            (("40", ""), ("40", "stuks"), "same", "same_quantity"),
            (("2", "t"), ("2000", "kg"), "same", "same_quantity"),
            (("50", "pcs"), ("40", "pcs"), "similar", "near_quantity"),
            (("500", "pcs"), ("40", "pcs"), "different", "other_quantity"),
            (("-1", "pcs"), ("40", "pcs"), "unknown", "not_positive"),
            (("NaN", "pcs"), ("40", "pcs"), "unknown", "not_positive"),
            (("2", "t"), ("40", "pcs"), "unknown", "other_units"),
        ],
    )
    def test_context(self, left, right, verdict, reason):
        found = compare_quantities(Decimal(left[0]), left[1], Decimal(right[0]), right[1])
        assert (found.verdict, found.reason) == (verdict, reason)

    def test_not_stated_is_unknown(self):
        assert compare_quantities(None, "", Decimal(4), "").verdict == "unknown"

"""The reference data of the register: places, control lists, criteria and grounds, and how it is loaded."""

import shutil
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.imports import UnfitReferenceFile, read
from accounts.models import State
from denials.law.codes import parse
from denials.law.place_names import fold, resolve
from denials.law.regimes import rules_for
from denials.management.commands.load_refdata import REFDATA, place_names
from denials.models import (
    ControlList,
    ControlListEntry,
    Country,
    Criterion,
    EntrySuccession,
    Ground,
    PlaceName,
    Region,
)

UK_DESTINATIONS_2008_2009 = """
Afghanistan|Algeria|Armenia|Australia|Azerbaijan|Bahrain|Bangladesh|Brunei|Canada|Chad|China|Colombia|Cyprus
Democratic Republic of Congo|Dominican Republic|East Timor|Ecuador|Egypt|Finland|France|Georgia|Guatemala|Guyana
Hong Kong Special Administrative Region|India|Iran|Iraq|Israel|Italy|Ivory Coast|Kenya|Lebanon|Liberia|Macao|Malaysia
Mexico|Mongolia|Morocco|Netherlands|Nigeria|Pakistan|Paraguay|Philippines|Portugal|Republic of Congo
Republic of Guinea|Russia|Sierra Leone|Singapore|South Africa|South Korea|Sri Lanka|Sudan|Swaziland|Syria|Taiwan
Tunisia|Turkey|Turkmenistan|Ukraine|United Arab Emirates|United States of America|Uzbekistan|Vietnam|Yemen
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
ENTRIES = {row["code"]: read(REFDATA / f"entries_{row['code']}.csv") for row in read(REFDATA / "control_lists.csv")}


@pytest.fixture(scope="module")
def known():
    return {row["folded"]: row["codes"] for row in place_names(REFDATA)}


class TestPlaceNames:
    """How authorities write places; what does not say which country stays as printed."""

    @pytest.mark.parametrize("printed", UK_DESTINATIONS_2008_2009)
    def test_every_destination_of_the_uk_refusals_resolves(self, known, printed):
        assert len(resolve(printed, known).code) == 2

    @pytest.mark.parametrize(
        ("printed", "code"),
        [
            ("Israël", "IL"),
            ("Israel", "IL"),
            ("Guinee", "GN"),
            ("Republic of Guinea", "GN"),
            ("Hong Kong Special Administrative Region", "HK"),
            ("Macao", "MO"),
            ("Ivory Coast", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("Cote d’Ivoire", "CI"),
            ("East Timor", "TL"),
            ("Swaziland", "SZ"),
            ("Turkey", "TR"),
            ("Türkei", "TR"),
            ("TURQUIE", "TR"),
            ("Vereinigte Staaten von Amerika", "US"),
            ("Verenigde Staten van Amerika", "US"),
            ("VER. ARAB. EMIRATEN", "AE"),
            ("BES EILANDEN", "BQ"),
            ("Bosnia and Herzegovina", "BA"),
            ("Democratic Republic of Congo", "CD"),
            ("Republic of Congo", "CG"),
            ("Congo-Brazzaville", "CG"),
            ("Congo (Kinshasa)", "CD"),
            ("Korea, Republic of", "KR"),
            ("Kosovo", "XK"),
            ("Russian Federation", "RU"),
            ("UK", "GB"),
            ("U.S.A.", "US"),
            (" il ", "IL"),
            ("ISR", "IL"),
            ("DIVERSE", "VARIOUS"),
            ("EU/NAVO+", "EU_NATO_PLUS"),
            ("EUROPESE UNIE", "EU"),
            ("Onbekend", "UNKNOWN"),
        ],
    )
    def test_way_of_writing(self, known, printed, code):
        assert resolve(printed, known).code == code

    @pytest.mark.parametrize(
        ("printed", "candidates"),
        [
            ("Congo", ["CD", "CG"]),
            ("Kongo", ["CD", "CG"]),
            ("Korea", ["KP", "KR"]),
            ("Serbia and Montenegro", ["ME", "RS"]),
            ("Netherlands Antilles", ["BQ", "CW", "SX"]),
        ],
    )
    def test_a_name_that_does_not_say_which_is_never_resolved_by_guess(self, known, printed, candidates):
        assert known[fold(printed)] == candidates
        assert resolve(printed, known).code == ""
        assert resolve(printed, known).printed == printed

    @pytest.mark.parametrize("printed", ["Nordic countries", "Atlantis", "", "Iraq; Kuwait"])
    def test_an_unknown_name_keeps_its_text(self, known, printed):
        assert resolve(printed, known).code == ""
        assert resolve(printed, known).printed == printed

    def test_a_name_of_two_countries_must_be_marked(self, tmp_path):
        files = Path(shutil.copytree(REFDATA, tmp_path / "refdata"))
        with (files / "place_names.csv").open("a", encoding="utf-8") as file:
            file.write("Congo,CG,,test\n")
        with pytest.raises(UnfitReferenceFile, match="Congo"):
            list(place_names(files))

    def test_every_code_is_a_country_or_a_special_destination(self, known):
        countries = {row["code"] for row in read(REFDATA / "countries.csv")}
        special = {"VARIOUS", "EU", "EU_NATO_PLUS", "UNKNOWN"}
        assert {code for codes in known.values() for code in codes} == countries | special


class TestCountries:
    """Regions and flags of the EU annual report."""

    countries = {row["code"]: row for row in read(REFDATA / "countries.csv")}

    def test_two_hundred_and_fifty_countries_in_thirteen_regions(self):
        regions = {row["code"] for row in read(REFDATA / "regions.csv")}
        assert (len(self.countries), len(regions)) == (250, 13)
        assert {row["region"] for row in self.countries.values()} - {""} == regions
        assert sorted(code for code, row in self.countries.items() if not row["region"]) == ["AQ", "BV"]

    @pytest.mark.parametrize(
        ("code", "region"),
        [
            ("EG", "middle_east"),
            ("MX", "central_america_and_caribbean"),
            ("BQ", "central_america_and_caribbean"),
            ("TR", "other_european"),
            ("GB", "other_european"),
            ("NL", "european_union"),
            ("GN", "sub_saharan_africa"),
        ],
    )
    def test_region(self, code, region):
        assert self.countries[code]["region"] == region

    def test_flags(self):
        held = {
            flag: Counter(row[flag] for row in self.countries.values())["yes"] for flag in ("eu", "nato", "wassenaar")
        }
        assert held == {"eu": 27, "nato": 32, "wassenaar": 42}
        aligned = sorted(code for code, row in self.countries.items() if row["aligned"] == "yes")
        assert aligned == ["AL", "BA", "CA", "GE", "IS", "ME", "MK", "NO"]


class TestControlLists:
    """Entries in one canonical notation, findable in any other."""

    def test_rows(self):
        assert {name: len(rows) for name, rows in ENTRIES.items()} == {
            "ml": 485,
            "annex_i": 2498,
            "annex_iv": 81,
            "national": 27,
            "torture": 38,
            "uk": 317,
        }

    @pytest.mark.parametrize("name", ["ml", "annex_i", "torture", "national"])
    def test_every_entry_is_read_as_itself_in_both_notations(self, name):
        wrong = [
            (row["code"], text, parse(text).canonical)
            for row in ENTRIES[name]
            for text in (row["code"], row["compact"])
            if parse(text).canonical != row["code"]
        ]
        assert wrong == []

    @pytest.mark.parametrize("name", ["ml", "annex_i"])
    def test_every_parent_is_an_entry_of_the_list(self, name):
        codes = {row["code"] for row in ENTRIES[name]}
        assert {row["parent"] for row in ENTRIES[name]} - {""} <= codes

    def test_munitions_categories(self):
        heads = [row["code"] for row in ENTRIES["ml"] if row["level"] == "1"]
        assert heads == [f"ML{number}" for number in range(1, 23)]
        assert all(row["short_en"] for row in ENTRIES["ml"] if row["level"] == "1")

    def test_annex_iv_is_flagged_in_annex_i(self):
        flagged = {row["code"] for row in ENTRIES["annex_i"] if row["annex_iv"] != "no"}
        assert {row["code"] for row in ENTRIES["annex_iv"]} <= flagged
        assert "0C001" not in flagged

    @pytest.mark.parametrize(
        ("rating", "military"),
        [("ML1", "yes"), ("ML22", "yes"), ("PL5001", "yes"), ("PL5017", "yes"), ("PL8001", "no"), ("PL9009", "no"),
         ("1C350", "no"), ("End Use", "no"), ("IRN", "no"), ("MEND", "no")],
    )  # fmt: skip
    def test_military_flag_of_uk_ratings(self, rating, military):
        assert {row["code"]: row["is_military"] for row in ENTRIES["uk"]}[rating] == military

    def test_a_rating_the_uk_table_does_not_know_is_not_invented(self):
        assert "MILTA" not in {row["code"] for row in ENTRIES["uk"]}


class TestCriteria:
    """Common Position 2008/944/CFSP Art. 2: criteria 1 to 4 oblige to deny, 5 to 8 are to be weighed."""

    def test_effect(self):
        effects = {row["code"]: row["effect"] for row in read(REFDATA / "criteria.csv")}
        assert effects == dict.fromkeys("1234", "mandatory") | dict.fromkeys("5678", "weighed")

    def test_short_names_in_four_languages(self):
        for row in read(REFDATA / "criteria.csv"):
            assert all(row[f"short_{language}"] for language in ("en", "fr", "de", "nl"))

    def test_article_15_has_four_letters(self):
        """Reg. (EU) 2021/821 Art. 15(1)(a) to (d)."""
        codes = [row["code"] for row in read(REFDATA / "grounds.csv") if "15(1)" in row["article"]]
        assert codes == [f"15_1_{letter}" for letter in "abcd"]


@pytest.mark.django_db
class TestLoading:
    """One command loads everything or nothing. The database of the tests holds the reference data already."""

    models = (Region, Country, PlaceName, ControlList, ControlListEntry, EntrySuccession, Criterion, Ground)

    def load(self, **options):
        said = StringIO()
        call_command("load_refdata", stdout=said, **options)
        return said.getvalue().splitlines()

    def test_the_same_files_again_change_nothing_and_say_so(self):
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in self.models}
        said = self.load()
        assert {model: set(model.objects.values_list("pk", flat=True)) for model in self.models} == before
        assert len(said) == 15
        assert all(line.endswith("(unchanged)") for line in said)

    def test_counts(self):
        assert [model.objects.count() for model in self.models] == [13, 250, 4259, 19, 3446, 16, 8, 18]

    def test_titles_and_names_by_language(self):
        head = ControlListEntry.objects.get(control_list__code="ml", code="ML1")
        assert head.titles["short"] == "Small arms"
        assert head.titles["de"].startswith("Handfeuerwaffen")
        assert head.is_military is True
        assert Country.objects.get(code="TR").names["fr"] == "Turquie"
        assert Criterion.objects.get(code="7").short_names["en"] == "Risk of diversion or undesirable re-export"

    def test_nothing_is_half_loaded(self, tmp_path):
        files = Path(shutil.copytree(REFDATA, tmp_path / "refdata"))
        regions = files / "regions.csv"
        regions.write_text(regions.read_text().replace("Middle East", "Near East"))
        grounds = files / "grounds.csv"
        grounds.write_text(grounds.read_text() + "6,again,6,Twice,dual_use,test\n")
        with pytest.raises(CommandError, match=r"Nothing was loaded.*\b6\b.*named twice"):
            self.load(denials=files)
        assert Region.objects.get(code="middle_east").name_en == "Middle East"

    def test_a_missing_column_or_file_is_named(self, tmp_path):
        files = Path(shutil.copytree(REFDATA, tmp_path / "refdata"))
        (files / "criteria.csv").unlink()
        with pytest.raises(CommandError, match=r"criteria\.csv"):
            self.load(denials=files)
        countries = files / "countries.csv"
        countries.write_text(countries.read_text().replace("iso3", "iso_3", 1))
        with pytest.raises(CommandError, match="iso3"):
            self.load(denials=files)

    def test_a_new_version_of_a_list_leaves_the_entries_of_the_old_one(self, tmp_path):
        files = Path(shutil.copytree(REFDATA, tmp_path / "refdata"))
        lists = files / "control_lists.csv"
        lists.write_text(lists.read_text().replace("torture,2019", "torture,2025"))
        self.load(denials=files)
        held = ControlListEntry.objects.filter(control_list__code="torture", code="III.2.1")
        assert sorted(held.values_list("control_list__version", flat=True)) == ["2019", "2025"]

    def test_a_deployment_without_changes_keeps_what_it_recorded(self):
        """States and countries are referred to by records: a row the files drop stays and is reported."""
        State.objects.create(code="ZZ", name_en="Elsewhere", zone="UTC", names={"en": "Elsewhere"}, languages=["en"])
        assert "states: 29 (1 no longer named)" in self.load()
        assert State.objects.filter(code="ZZ").exists()


def test_every_article_a_denial_may_cite_has_its_text(db):
    """The rules of a regime and the reference data speak of grounds by the same codes."""
    cited = {
        ground.code
        for regime in ("dual_use", "torture")
        for ground in rules_for(regime, date(2026, 3, 2)).grounds
        if ground.notifiable and not ground.code.startswith("criterion_")
    }
    assert cited <= set(Ground.objects.values_list("code", flat=True))

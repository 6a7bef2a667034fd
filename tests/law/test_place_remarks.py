"""What holds of a place on a day, and how places are written: read from the reference files as they are loaded."""

import csv
import itertools
from datetime import date

import pytest

from denials.law.place_names import resolve
from denials.law.places import Attribute, Place, Span, remarks
from denials.management.commands.load_refdata import REFDATA, place_names

TODAY = date(2026, 3, 2)
OUTSIDE = (
    *("GL", "FO", "NC", "PF", "PM", "WF", "TF", "BL", "AW", "CW", "SX", "BQ", "GI"),
    *("AD", "SM", "TR", "NO", "GB", "JE", "GG", "IM", "HK", "PS", "XK"),
)


def rows():
    with (REFDATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()


def day(text):
    return date.fromisoformat(text) if text else None


def place(code):
    held = (row for row in ROWS if row["country"] == code)
    return Place(
        code,
        code,
        tuple(
            Attribute(one["name"], Span(day(one["since"]), day(one["until"])), one["source"], one["by"]) for one in held
        ),
    )


def members(on):
    spans = [(row["country"], Span(day(row["since"]), day(row["until"]))) for row in ROWS if row["name"] == "eu_member"]
    return {code for code, span in spans if span.holds(on)}


@pytest.fixture(scope="module")
def known():
    return {row["folded"]: row["codes"] for row in place_names(REFDATA)}


class TestDates:
    @pytest.mark.parametrize(
        ("code", "attribute", "on", "holds"),
        [
            ("GB", "eu_member", date(2020, 1, 31), True),
            ("GB", "eu_member", date(2020, 2, 1), False),
            ("GB", "eu_customs_territory", date(2020, 12, 31), True),
            ("GB", "eu_customs_territory", date(2021, 1, 1), False),
            ("HR", "eu_member", date(2013, 6, 30), False),
            ("HR", "eu_member", date(2013, 7, 1), True),
            ("BG", "eu_member", date(2006, 12, 31), False),
            ("RO", "eu_member", date(2007, 1, 1), True),
            ("GL", "eu_customs_territory", date(1985, 1, 31), True),
            ("GL", "eu_customs_territory", TODAY, False),
            ("YT", "eu_customs_territory", date(2013, 12, 31), False),
            ("YT", "eu_customs_territory", date(2014, 1, 1), True),
            ("BL", "eu_customs_territory", date(2011, 12, 31), True),
            ("BL", "eu_customs_territory", TODAY, False),
            ("SY", "arms_embargo", date(2013, 5, 31), True),
            ("SY", "arms_embargo", date(2013, 6, 1), False),
            ("RU", "arms_embargo", date(2014, 7, 31), False),
            ("RU", "arms_embargo", date(2014, 8, 1), True),
        ],
    )
    def test_an_attribute_holds_between_its_dates(self, code, attribute, on, holds):
        assert place(code).has(attribute, on) is holds

    @pytest.mark.parametrize("code", ["GF", "GP", "MQ", "RE", "YT", "MF", "AX", "MC", "DE", "FR", "NL", "DK"])
    def test_inside_the_customs_territory(self, code):
        assert place(code).has("eu_customs_territory", TODAY)

    @pytest.mark.parametrize(
        "code",
        [
            "GL",
            "FO",
            "NC",
            "PF",
            "PM",
            "WF",
            "TF",
            "BL",
            "AW",
            "CW",
            "SX",
            "BQ",
            "GI",
            "AD",
            "SM",
            "TR",
            "NO",
            "GB",
            "JE",
            "GG",
            "IM",
            "HK",
            "PS",
            "XK",
        ],
    )
    def test_outside_the_customs_territory(self, code):
        assert not place(code).has("eu_customs_territory", TODAY)

    def test_twenty_seven_member_states_today_and_twenty_eight_before(self):
        assert len(members(TODAY)) == 27
        assert len(members(date(2020, 1, 31))) == 28
        assert len(members(date(1999, 1, 1))) == 15


class TestRemarks:
    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("RU", {("arms_embargo", "EU")}),
            ("KP", {("arms_embargo", "EU"), ("arms_embargo", "UN")}),
            ("AM", {("arms_embargo", "OSCE")}),
            ("CN", {("arms_embargo", "EU")}),
            ("HK", set()),  # its own place: what the declaration on China covers there each Member State says
            ("SY", set()),
            ("GL", {("outside_customs_territory", "DK")}),
            ("NC", {("outside_customs_territory", "FR")}),
            ("CW", {("outside_customs_territory", "NL")}),
            ("GF", {("intra_eu_transfer", "EU")}),
            ("DE", {("intra_eu_transfer", "EU")}),
            ("GU", set()),
            ("PR", set()),
            ("IL", set()),
        ],
    )
    def test_an_officer_is_told(self, code, told):
        found = remarks(place(code), TODAY, members(TODAY))
        assert {(str(one.remark), one.attribute.by) for one in found} == told

    def test_gibraltar_was_outside_while_the_united_kingdom_was_a_member(self):
        then = date(2019, 1, 1)
        assert [str(one.remark) for one in remarks(place("GI"), then, members(then))] == ["outside_customs_territory"]
        assert not remarks(place("GI"), TODAY, members(TODAY))


class TestFile:
    def test_nothing_is_held_to_be_verified_and_everything_names_its_source(self):
        assert {row["verified"] for row in ROWS} == {"no"}
        assert all(row["source"] for row in ROWS)

    @pytest.mark.parametrize("attribute", sorted({row["name"] for row in ROWS}))
    def test_spans_of_one_kind_never_overlap(self, attribute):
        spans: dict[tuple[str, str], list[Span]] = {}
        for row in ROWS:
            if row["name"] == attribute:
                spans.setdefault((row["country"], row["by"]), []).append(Span(day(row["since"]), day(row["until"])))
        for held in spans.values():
            held.sort(key=lambda span: span.since or date.min)
            ends = [(one.until or date.max) < (later.since or date.min) for one, later in itertools.pairwise(held)]
            assert all(ends)


class TestWritten:
    """Each way of writing means one place, or is kept as printed; nothing is guessed."""

    @pytest.mark.parametrize(
        ("printed", "code"),
        [
            ("Aruba", "AW"),
            ("Curaçao", "CW"),
            ("CURACAO", "CW"),
            ("Sint Maarten", "SX"),
            ("Bonaire, Sint Eustatius and Saba", "BQ"),
            ("Groenland", "GL"),
            ("Grönland", "GL"),
            ("Γροιλανδία", "GL"),
            ("Nouvelle-Calédonie", "NC"),
            ("Neukaledonien", "NC"),
            ("Guyane française", "GF"),
            ("Französisch-Guayana", "GF"),
            ("Guam", "GU"),
            ("Γκουάμ", "GU"),
            ("Hong Kong", "HK"),
            ("Hongkong – Kiinan erityishallintoalue", "HK"),
            ("Macao", "MO"),
            ("Palestinian Territories", "PS"),
            ("Kosovo", "XK"),
            ("Κοσσυφοπέδιο", "XK"),
            ("Ρωσία", "RU"),
            ("Ryssland", "RU"),
            ("Wit-Rusland", "BY"),
            ("Weißrussland", "BY"),
            ("Kiina", "CN"),
            ("Україна", ""),  # Ukrainian is no official language of the Union: kept as printed
            ("Украйна", "UA"),
            ("Saoedi-Arabië", "SA"),
            ("Arabie saoudite", "SA"),
            ("Σαουδική Αραβία", "SA"),
            ("DRC", "CD"),
            ("Congo-Brazzaville", "CG"),
            ("Congo", ""),
            ("Kongo", ""),
            ("Korea", ""),
            ("Netherlands Antilles", ""),
            ("Saint Martin", ""),
            ("Aruba, BES islands, Curaçao", ""),
            ("Aruba, BES-eilanden en Curaçao", ""),
            ("Nordic countries", ""),
            ("NATO countries", ""),
            ("EU, Norway and Switzerland", ""),
            ("Middle East", ""),
            ("IL/JO", ""),
            ("Iraq; Kuwait", ""),
            ("Atlantis", ""),
            ("n/a", ""),
            ("", ""),
        ],
    )
    def test_a_name_means_one_place_or_is_kept_as_printed(self, known, printed, code):
        found = resolve(printed, known)
        assert found.code == code
        assert found.printed == printed

    @pytest.mark.parametrize(
        ("printed", "code"), [("various", "VARIOUS"), ("divers", "VARIOUS"), ("Diverse", "VARIOUS")]
    )
    def test_various_is_a_destination_of_its_own(self, known, printed, code):
        assert resolve(printed, known).code == code

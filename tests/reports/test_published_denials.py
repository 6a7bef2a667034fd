"""Published denials, imported as they are, add up to what their sources print or what can be counted by hand."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts import clock
from denials.models import Country
from reports.law.figures import Measure, YearCount
from reports.statistics import count_year

pytestmark = pytest.mark.django_db

PUBLISHED = Path(__file__).resolve().parents[1] / "data"


def printed(measure: str) -> int:
    """A count printed in, or counted from, the Dutch report; `tests/data/SOURCES.md`."""
    with (PUBLISHED / "denied_arms_expected_counts_2024.csv").open(newline="") as file:
        return next(int(row["value"]) for row in csv.DictReader(file) if row["measure"] == measure)


def imported(file: str, authority: str, **options: Any) -> None:
    call_command("import_denials", PUBLISHED / file, authority=authority, **options)


def added(count: YearCount, measure: Measure, column: str) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for figure in count.of(measure):
        counted[getattr(figure, column)] += figure.value
    return dict(counted)


def sums(regime: str, year: int, measure: Measure, column: str) -> dict[str, int]:
    return added(count_year(regime, year, now=clock.now()), measure, column)


class TestTheNineDutchDenialsOf2024:
    """Given the list of the Dutch report, when it is imported, then the tables print what the report prints."""

    @pytest.fixture(autouse=True)
    def given(self, db: None) -> None:
        imported("denied_arms_applications_2024.csv", "NL")

    def test_there_are_nine(self) -> None:
        assert sums("arms", 2024, Measure.DENIALS, "authority") == {"NL": printed("denials total")}

    def test_each_criterion_is_cited_as_often_as_printed(self) -> None:
        cited = sums("arms", 2024, Measure.CRITERION_CITED, "criterion")
        expected = {str(number): printed(f"criterion {number} cited") for number in range(1, 9)}
        assert cited == {criterion: times for criterion, times in expected.items() if times}

    def test_each_destination_has_its_denials_and_congo_stays_unresolved(self) -> None:
        places = {"IL": "IL", "GN": "GN", "XX:Congo": "Congo"}
        expected = {key: printed(f"denials destination {name}") for key, name in places.items()}
        assert sums("arms", 2024, Measure.DENIALS, "destination") == expected

    def test_no_entry_is_guessed(self) -> None:
        assert sums("arms", 2024, Measure.DENIALS_BY_CATEGORY, "category") == {}
        assert sums("arms", 2024, Measure.DENIALS_WITHOUT_CATEGORY, "dimension") == {"entry=not_stated": 9}

    def test_the_year_before_and_the_other_regimes_stay_empty(self) -> None:
        assert count_year("arms", 2023, now=clock.now()).figures == ()
        assert count_year("dual_use", 2024, now=clock.now()).figures == ()


#: Munitions list, national military ratings, and the one unknown rating: it stands alone and cites a criterion.
MILITARY = ("ML", "PL5", "MILTA")


def british_rows(regime: str, year: int) -> list[dict[str, Any]]:
    """The published rows of a regime and year, a mixed row in both, read without the product's importer."""
    found = []
    with (PUBLISHED / "uk_refusals_2008_2009_records.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            ratings = [rating.strip() for rating in row["ratings"].split(";")]
            military = [rating for rating in ratings if rating.startswith(MILITARY)]
            share = military if regime == "arms" else [rating for rating in ratings if rating not in military]
            if share and row["date"].startswith(str(year)):
                criteria = [one.strip() for one in row["criteria"].split(";") if one.strip()]
                found.append({**row, "ratings": share, "count": int(row["count"]), "criteria": criteria})
    return found


def by_hand(rows: list[dict[str, Any]], keys_of: Callable[[dict[str, Any]], Iterable[str]]) -> dict[str, int]:
    """Add up the rows' counts under each of their keys, each key once per row."""
    counted: Counter[str] = Counter()
    for row in rows:
        for key in set(keys_of(row)):
            counted[key] += row["count"]
    return dict(counted)


def test_the_british_refusals_of_2008_and_2009_are_those_counted_by_hand_from_the_file(db: None) -> None:
    """By destination, criterion, category, rating; mixed rows once per regime; blank criteria and "End Use" apart."""
    imported("uk_refusals_2008_2009_records.csv", "GB")
    codes = dict(Country.objects.values_list("name_en", "code")) | OTHER_NAMES
    for regime, year in product(("arms", "dual_use"), (2008, 2009)):
        count, rows = count_year(regime, year, now=clock.now()), british_rows(regime, year)
        rated = [{**row, "ratings": [one for one in row["ratings"] if one != "End Use"]} for row in rows]
        listed = [{**row, "ratings": [one for one in row["ratings"] if one not in TAGS]} for row in rated]
        silent = sum(row["count"] for row in rows if not row["criteria"])
        unlisted = sum(row["count"] for row in rows if "End Use" in row["ratings"])
        assert count.total(Measure.DENIALS) == sum(row["count"] for row in rows)
        assert added(count, Measure.DENIALS, "destination") == by_hand(rows, lambda row: [codes[row["destination"]]])
        assert added(count, Measure.CRITERION_CITED, "criterion") == by_hand(rows, lambda row: row["criteria"])
        assert added(count, Measure.DENIALS_BY_ENTRY, "entry") == by_hand(rated, lambda row: row["ratings"])
        assert added(count, Measure.DENIALS_BY_CATEGORY, "category") == by_hand(
            listed, lambda row: heads(row["ratings"])
        )
        assert count.total(Measure.CRITERIA_NOT_STATED) == silent
        assert count.total(Measure.DENIALS_WITHOUT_CATEGORY, lambda one: one.dimension == "entry=unlisted") == unlisted


def heads(ratings: list[str]) -> list[str]:
    """ML1 to ML22 as they are, PL5017 as PL, 1C350 as 1."""
    return [rating if rating.startswith("ML") else "PL" if rating.startswith("PL") else rating[0] for rating in ratings]


#: Ratings that name a ground of control, not goods: they have no category.
TAGS = ("IRN", "MEND", "UZB", "MILTA")
OTHER_NAMES = {
    "Hong Kong Special Administrative Region": "HK",
    "Democratic Republic of Congo": "CD",
    "Republic of Congo": "CG",
    "Republic of Guinea": "GN",
    "Macao": "MO",
    "United States of America": "US",
    "Russia": "RU",
    "Vietnam": "VN",
    "Turkey": "TR",
    "Brunei": "BN",
    "Swaziland": "SZ",
    "East Timor": "TL",
    "Ivory Coast": "CI",
    "Iran": "IR",
    "Syria": "SY",
    "Taiwan": "TW",
    "South Korea": "KR",
}


def published(file: str) -> list[dict[str, str]]:
    with (PUBLISHED / file).open(newline="") as source:
        return [row for row in csv.DictReader(source) if row["year"] == "2005"]


def test_the_consultations_of_2005_built_as_records_give_the_published_margins(db: None) -> None:
    """Given 133 consultations between the states that had them, then all three margins are as printed."""
    margins = published("eu_consultations_by_member_state_1998_2005.csv")
    initiated = {row["iso2"]: int(row["initiated"]) for row in margins if int(row["initiated"])}
    received = {row["iso2"]: int(row["received"]) for row in margins if int(row["received"])}
    places = {
        row["iso2"] or f"XX:{row['destination']}": int(row["consultations"])
        for row in published("eu_consultations_by_destination_2004_2005.csv")
    }
    consulted(initiated, received, places)
    count = count_year("arms", 2005, now=clock.now())
    assert added(count, Measure.CONSULTATIONS_INITIATED, "authority") == initiated
    assert added(count, Measure.CONSULTATIONS_RECEIVED, "authority") == received
    assert added(count, Measure.CONSULTATIONS_BY_DESTINATION, "destination") == places
    assert sum(initiated.values()) == sum(received.values()) == sum(places.values()) == 133


def consulted(initiated: dict[str, int], received: dict[str, int], places: dict[str, int]) -> None:
    """Consultations with these margins; who asked whom is nobody's to know, and any pairing of two gives them."""
    from accounts.models import Authority, State
    from consultations.models import Consultation
    from screening.models import Application, ApplicationDestination

    authorities: dict[str, Authority] = {}
    for state in sorted({*initiated, *received}):
        held = Authority.objects.filter(state_id=state, kind="authority").order_by("code").first()
        if held is None:
            row, _made = State.objects.get_or_create(
                code=state, defaults={"name_en": state, "zone": "Europe/London", "languages": ["en"]}
            )
            held = Authority.objects.create(code=state, kind="authority", state=row, name=state)
        authorities[state] = held
    asked = list(Counter(received).elements())
    asking = list(Counter(dict(sorted(initiated.items(), key=lambda one: -one[1]))).elements())
    for at, (one, other) in enumerate(zip(asking, asked, strict=True)):
        if one == other:  # change places with a pair that takes no part of this one
            swap = next(k for k, pair in enumerate(zip(asking, asked, strict=True)) if one not in pair)
            asked[at], asked[swap] = asked[swap], asked[at]
    moment = datetime(2005, 6, 1, 12, tzinfo=UTC)
    applications, destinations, threads = [], [], []
    for number, (one, other, place) in enumerate(zip(asking, asked, Counter(places).elements(), strict=True)):
        application = Application(
            reference=f"A-{number}",
            authority=authorities[one],
            regime="arms",
            received_on=moment.date(),
            created_at=moment,
        )
        code, _colon, printed = place.partition(":")
        destinations.append(
            ApplicationDestination(application=application, position=0, code="" if printed else code, printed=printed)
        )
        applications.append(application)
        threads.append(
            Consultation(
                reference=f"C-{number}",
                regime="arms",
                rule="arms.4",
                application=application,
                consulting_authority=authorities[one],
                consulted_state_id=other,
                consulted_authority=authorities[other],
                sent_at=moment,
                received_at=moment,
                shared={},
            )
        )
    Application.objects.bulk_create(applications)
    ApplicationDestination.objects.bulk_create(destinations)
    Consultation.objects.bulk_create(threads)

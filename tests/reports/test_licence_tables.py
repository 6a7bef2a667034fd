"""The tables of licences and exports in plain words: given returns and denials, when the year is counted, then …"""

import csv
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from denials.law.content import Citation, StatedItem
from denials.law.transactions import Destination
from denials.models import Region
from reports.law.figures import Measure
from reports.law.table import Note, Table
from reports.law.tables import tables
from reports.statistics import count_year
from tests.factories import MARCH, a_historic_denial
from tests.reports.given import deliver
from tests.reports.test_returns import PUBLISHED, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def shown(name: str, regime: str = "arms") -> Table:
    return next(one for one in tables(count_year(regime, 2024, now=MARCH)) if one.name == name)


def cells(name: str, regime: str = "arms") -> dict[Any, Any]:
    """The rows of a table by key, without what is nothing."""
    found = shown(name, regime)
    return {
        row.key: {column: value for column, value in zip(found.columns, row.values, strict=True) if value}
        for row in found.rows
    }


def test_table_a(supervisor: Any) -> None:
    """Given a licence in two categories and a denial in two, then each row counts it and the last counts it once."""
    deliver(supervisor, "destination,ml,licences,value,exports\nIL,ML1; ML2,3,100,40\n", sign=True)
    items = tuple(StatedItem.stated(code, description="x") for code in ("ML1.a", "ML3"))
    a_historic_denial(destinations=(Destination("IL"),), items=items, criteria=(Citation("2"), Citation("7")))
    a, b, c, d = "licences_issued", "value_licensed_eur", "value_exported_eur", "denials"
    assert cells("exports_by_authority_destination_category") == {
        ("NL", "IL", "ML1"): {a: 3, b: 50, c: 20, d: 1, "criterion_2": 1, "criterion_7": 1},
        ("NL", "IL", "ML2"): {a: 3, b: 50, c: 20},
        ("NL", "IL", "ML3"): {d: 1, "criterion_2": 1, "criterion_7": 1},
        ("NL", "IL", "total"): {a: 3, b: 100, c: 40, d: 1, "criterion_2": 1, "criterion_7": 1},
    }


def test_table_a_without_a_category() -> None:
    """Given denials on no list and without an entry, then each has its row with the criteria cited for it."""
    for code, criterion in (("End Use", "2"), ("", "7")):
        stated = (StatedItem.stated(code, description="x"),)
        a_historic_denial(destinations=(Destination("GN"),), items=stated, criteria=(Citation(criterion),))
    assert cells("exports_by_authority_destination_category") == {
        ("NL", "GN", "unlisted"): {"denials": 1, "criterion_2": 1},
        ("NL", "GN", "not_stated"): {"denials": 1, "criterion_7": 1},
        ("NL", "GN", "total"): {"denials": 2, "criterion_2": 1, "criterion_7": 1},
    }
    assert cells("licences_by_category") == {
        ("unlisted",): {"denials_by_category": 1},
        ("not_stated",): {"denials_by_category": 1},
    }


def test_by_destination_state_and_region(supervisor: Any) -> None:
    """Given licences to Israel, Egypt and the Union as a whole, then regions add them up as the report does."""
    deliver(supervisor, "destination,ml,licences,value\nIL,ML1,1,10\nEG,ML1,2,20\nEUROPESE UNIE,ML1,1,5\n", sign=True)
    a_historic_denial(destinations=(Destination("IL"),))
    assert cells("licences_by_destination")[("IL",)] == {"licences_issued": 1, "value_licensed_eur": 10, "denials": 1}
    assert cells("licences_by_authority") == {("NL",): {"licences_issued": 4, "value_licensed_eur": 35, "denials": 1}}
    assert cells("licences_by_region") == {
        ("middle_east",): {"licences_issued": 3, "value_licensed_eur": 30, "denials": 1},
        ("european_union",): {"licences_issued": 1, "value_licensed_eur": 5},
    }


def test_by_category_says_how_many_there_are(supervisor: Any) -> None:
    """Given two licences in two categories each, then the rows hold four and the footnote says two."""
    deliver(supervisor, "destination,ml,licences\nIL,ML1; ML2,2\n", sign=True)
    found = shown("licences_by_category")
    assert [(row.key[0], row.values[0]) for row in found.rows] == [("ML1", 2), ("ML2", 2)]
    assert Note("categories_exceed", {"licences": 2, "denials": 0}) in found.notes


def test_reported_stands_beside_notified(supervisor: Any, consulting_supervisor: Any) -> None:
    """Given three refusals in the return and two in the exchange, then both stand there with the difference."""
    deliver(supervisor, "destination,ml,licences,denials,e2\nIL,ML1,1,3,2\n", sign=True)
    deliver(consulting_supervisor, sign=True)
    for _ in range(2):
        a_historic_denial()
    found = shown("denials_notified_and_reported")
    assert [(row.key, row.values) for row in found.rows] == [(("NL",), (2, 3, 1))]
    assert Note("reports_no_refusals", {"states": "BE"}) in found.notes


def test_a_refusal_in_several_rows_is_reported_once(supervisor: Any) -> None:
    """Given refusals in two categories and the total of their destination, then the total counts, criteria too."""
    rows = "IL,ML1,1,1,1\nIL,ML2,1,1,1\nIL,Total,2,1,1\nGN,ML3; ML4,1,2,\n"
    deliver(supervisor, f"destination,ml,licences,denials,e2\n{rows}", sign=True)
    assert [row.values for row in shown("denials_notified_and_reported").rows] == [(0, 3, 3)]
    assert count_year("arms", 2024, now=MARCH).total(Measure.CRITERION_REPORTED) == 1


def test_what_was_not_granted_is_no_licence(supervisor: Any) -> None:
    """Given rows granted, refused and pending, then the second is a refusal and the third is nothing yet."""
    rows = "KR,5EC2,granted,2,30\nKR,5EC2,refused,3,9\nTW,5EC2,pending,4,\n"
    kept = deliver(supervisor, f"destination,item,status,licences,value\n{rows}", regime="dual_use", sign=True)
    assert cells("licences_by_destination", "dual_use") == {("KR",): {"licences_issued": 2, "value_licensed_eur": 30}}
    assert [row.values for row in shown("denials_notified_and_reported", "dual_use").rows] == [(0, 3, 3)]
    assert [one["rule"] for one in kept.findings] == ["not_granted"]


def test_a_stated_total_of_brokering_is_not_added_to_its_rows(supervisor: Any) -> None:
    """Given brokering by category with the total of its destination, then number and value are those of the total."""
    rows = "DZ,UA,ML1,2,100\nDZ,UA,ML2,1,5\nDZ,UA,Total,2,105\n"
    deliver(supervisor, files=[("brokering.csv", f"destination,origin,ml,licences,value\n{rows}".encode())], sign=True)
    assert cells("brokering") == {("NL", "DZ", "UA"): {"brokering_licences": 2, "brokering_value_eur": 105}}


def test_brokering_and_missions(supervisor: Any) -> None:
    """Given brokering from two origins and a mission, then each has its row; a denial notified stands beside."""
    text = "destination,origin,status,licences,value\nDZ,UA,issued,2,100\nDZ,UA,refused,1,\nDZ,CA; ; CN,issued,1,5\n"
    mission = "destination,mission,licences,value\nLB,UNIFIL,1,9\n"
    deliver(supervisor, files=[("brokering.csv", text.encode()), ("m.csv", mission.encode())], sign=True)
    a_historic_denial(activity="brokering", destinations=(Destination("DZ"),))
    assert cells("brokering") == {
        ("NL", "DZ", "UA"): {"brokering_licences": 2, "brokering_value_eur": 100, "brokering_denials_reported": 1},
        ("NL", "DZ", "VARIOUS"): {"brokering_licences": 1, "brokering_value_eur": 5},
        ("NL", "DZ", ""): {"brokering_denials": 1},
    }
    assert cells("missions") == {("NL", "LB", "UNIFIL"): {"mission_licences": 1, "mission_value_eur": 9}}


def test_dual_use_by_item_kind_and_cyber_surveillance(supervisor: Any) -> None:
    """Given authorisations by type of item and applications for cyber-surveillance, then each table holds its own."""
    text = "destination,type of item,type,licences,value\nKR,5EC2,individual,2,30\nTW,5EC2,global,1,70\n"
    cyber = "destination,item,status,applications\nAE,5A001.f,granted,1\nAE,5A001.f,refused,2\n"
    files = [("dual.csv", text.encode()), ("cyber.csv", cyber.encode())]
    deliver(supervisor, regime="dual_use", files=files, sign=True)
    assert cells("authorisations_by_item", "dual_use") == {
        ("5EC2",): {"licences_by_entry": 3, "value_licensed_by_entry_eur": 100}
    }
    assert cells("authorisations_by_kind", "dual_use") == {
        ("individual",): {"licences_issued": 2, "value_licensed_eur": 30},
        ("global",): {"licences_issued": 1, "value_licensed_eur": 70},
    }
    assert cells("authorisations_by_authority_destination_item_kind", "dual_use") == {
        ("NL", "KR", "5EC2", "individual"): {"licences_by_entry": 2, "value_licensed_by_entry_eur": 30},
        ("NL", "TW", "5EC2", "global"): {"licences_by_entry": 1, "value_licensed_by_entry_eur": 70},
    }
    assert cells("cyber_surveillance", "dual_use") == {
        ("NL", "AE", "5A001.f"): {"cyber_applications": 3, "issued": 1, "refused": 2}
    }


def test_the_dutch_value_table_gives_the_printed_sums(supervisor: Any) -> None:
    """Given Table 8 of the Dutch report as a return, then the regions give the printed sums where they are right."""
    deliver(supervisor, files=published("table8_value_country_ml_2024.csv"), sign=True)
    by_hand: Counter[str] = Counter()
    with (PUBLISHED / "table8_value_country_ml_2024.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["iso2"]:
                by_hand[row["region"]] += round(Decimal(row["value_meur"]) * 1_000_000)
    names = dict(Region.objects.values_list("code", "name_en"))
    found = {names.get(key[0], key[0]): row["value_licensed_eur"] for key, row in cells("licences_by_region").items()}
    assert found.pop("VARIOUS") == 77_660_000
    assert found.pop("EU_NATO_PLUS") == 67_580_000
    by_hand["European Union"] += 5_950_000  # licences for the Union as a whole
    assert found == {region: value for region, value in by_hand.items() if value}
    assert found["North America"] == 64_080_000


def test_who_has_not_delivered_is_named(supervisor: Any) -> None:
    """Given one return of all, then every table of licences says who is missing."""
    deliver(supervisor, method={"potential_orders": "included"}, sign=True)
    notes = {note.code: note.params for note in shown("licences_by_destination").notes}
    assert "SE" in str(notes["returns_missing"]["states"])
    assert notes["potential_orders"] == {"states": "NL"}

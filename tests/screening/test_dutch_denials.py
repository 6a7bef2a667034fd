"""The nine Dutch denials of 2024 and forty image intensifiers: number 8, then 6, both before 5."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from denials.law.content import Citation, StatedItem, StatedParty
from denials.law.transactions import Destination
from screening.law.dispositions import Standing
from tests.factories import a_historic_denial, an_application

pytestmark = pytest.mark.django_db

IDF = "Israeli Defence Forces"
LOCAL_SALE = "Onbekend, bestemd voor lokale verkoop"
IPT = "Integrated Procurement Technologies (IPT)"
# number, destination, printed, description, quantity, consignee, end-user, decided
NINE: list[tuple[int, str, str, str, int, str, str, date]] = [
    (1, "IL", "Israël", "Munitie", 84_000, "Xcalibre Arms Ltd.", LOCAL_SALE, date(2024, 5, 15)),
    (2, "GN", "Guinee", "M813 Vrachtwagen", 1, "Private eindgebruiker", "Private eindgebruiker", date(2024, 5, 16)),
    (3, "IL", "Israël", "Ballistische helmen", 52, "Yakhin Hakal Ltd.", IDF, date(2024, 6, 13)),
    (4, "IL", "Israël", "Kogelwerende platen", 436, "Yakhin Hakal Ltd.", IDF, date(2024, 6, 13)),
    (5, "IL", "Israël", "Thermische kijkers", 50, "Troya Tech Defense Ltd.", IDF, date(2024, 6, 13)),
    (6, "IL", "Israël", "Beeldversterkers", 40, "Troya Tech Defense Ltd.", IDF, date(2024, 6, 13)),
    (7, "", "Congo", "Onbemand luchtvaartuig", 1, "Telesol Networks Ltd.", "Maison Militaire", date(2024, 8, 27)),
    (8, "IL", "Israël", "Beeldversterkers", 40, "Troya Tech Defense Ltd.", "Israeli Prison Service", date(2024, 10, 9)),
    (9, "IL", "Israël", "Onderdelen transporthelikopters", 5, IPT, IDF, date(2024, 12, 5)),
]  # fmt: skip


@pytest.fixture
def numbers() -> dict[Any, int]:
    """The register with the nine denials, id to number."""
    held = {}
    for number, code, printed, description, quantity, consignee, end_user, decided in NINE:
        denial = a_historic_denial(
            "NL",
            decided_on=decided,
            destinations=(Destination(code, printed),),
            parties=(StatedParty.stated("consignee", consignee), StatedParty.stated("end_user", end_user)),
            items=(StatedItem.stated("", description=description, quantity=Decimal(quantity)),),
            criteria=(Citation("7"),),
            explanation="",
        )
        held[denial.pk] = number
    return held


def test_number_8_then_6_and_both_before_5(numbers, consulting_officer):
    application = an_application(consulting_officer, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    standing = application.standing_hits()
    order = [numbers[one.hit.denial_id] for one in standing]
    assert order[:2] == [8, 6]
    assert 5 not in order[:2]
    assert application.latest_screening().compared == 9
    duties = [one for one in standing if one.standing is Standing.OPEN]
    assert {numbers[one.hit.denial_id] for one in duties} >= {8, 6}


def test_the_grounds_of_number_8_are_told_element_by_element(numbers, consulting_officer):
    application = an_application(consulting_officer, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    rows = {row["element"]: row for row in application.standing_hits()[0].hit.elements}
    assert (rows["end_user"]["verdict"], rows["consignee"]["verdict"]) == ("same", "same")
    assert rows["item"]["verdict"] == "unknown"  # the report gives no entry
    assert rows["description"]["verdict"] in {"same", "similar"}
    assert rows["quantity"]["verdict"] == "same"
    assert rows["window"]["params"]["until"] == "2027-10-09"


def test_unknown_equals_no_unknown(numbers, consulting_officer):
    """A private end-user is nobody: the lorry refused for one is no hit upon the party."""
    application = an_application(
        consulting_officer,
        now=datetime(2026, 3, 2, 9, tzinfo=UTC),
        destinations=(Destination("GN"),),
        parties=(StatedParty.stated("end_user", "Private end-user"),),
        items=(StatedItem.stated("", description="M813 truck", quantity=Decimal(1)),),
    )
    assert not application.latest_screening().screenable_by_party
    assert application.open_hits() == []
    assert 2 in [numbers[one.hit.denial_id] for one in application.standing_hits()]

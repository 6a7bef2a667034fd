"""What each measure of denials counts: given records, when the year is counted, then these figures and no others."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from denials import actions
from denials.law.content import Citation, StatedItem
from denials.law.transactions import Destination
from denials.models import content as rows
from reports.law.figures import Measure
from reports.statistics import count_year
from tests.factories import MARCH, a_denial, a_draft, a_historic_denial
from tests.reports.given import table

pytestmark = pytest.mark.django_db

JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def items(*codes: str) -> tuple[StatedItem, ...]:
    return tuple(StatedItem.stated(code, description="goods", quantity=Decimal(1)) for code in codes)


class TestTheYear:
    def test_a_denial_counts_in_the_year_it_was_decided_not_notified(self, consulted_officer: Any) -> None:
        a_denial(consulted_officer, now=JANUARY, decided_on=date(2025, 12, 31))
        assert table("arms", Measure.DENIALS, "authority", year=2025) == {"NL": 1}
        assert table("arms", Measure.DENIALS, "authority", year=2026) == {}

    def test_first_and_last_day_belong_to_it(self) -> None:
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
            a_historic_denial(decided_on=day)
        assert table("arms", Measure.DENIALS, "authority", year=2025) == {"NL": 2}


class TestWhatCounts:
    def test_a_denial_brought_in_from_the_past_counts(self) -> None:
        a_historic_denial("DE", decided_on=date(2019, 3, 1))
        assert table("arms", Measure.DENIALS, "authority", "destination", year=2019) == {("DE", "IL"): 1}

    def test_a_draft_does_not(self, consulted_officer: Any) -> None:
        a_draft(consulted_officer)
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {}

    def test_one_withdrawn_as_notified_in_error_does_not(self, consulted_officer: Any) -> None:
        denial = a_denial(consulted_officer)
        actions.withdraw_denial(denial_id=denial.pk, reason="entered twice", by=consulted_officer.principal, now=MARCH)
        assert count_year("arms", 2024, now=MARCH).figures == ()

    def test_one_revoked_later_stays_counted_in_its_year(self, consulted_officer: Any) -> None:
        denial = a_denial(consulted_officer)
        actions.revoke_denial(denial_id=denial.pk, reason="facts changed", by=consulted_officer.principal, now=MARCH)
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {"NL": 1}

    def test_an_amendment_counts_as_it_stands_now_and_once(self, consulted_officer: Any) -> None:
        denial = a_denial(consulted_officer)
        amended = replace(rows.read(denial.current), destinations=(Destination("JO"),))
        actions.amend_denial(denial_id=denial.pk, content=amended, by=consulted_officer.principal, now=MARCH)
        assert table("arms", Measure.DENIALS, "destination", year=2024) == {"JO": 1}

    def test_one_that_rests_on_an_embargo_only_is_left_out_and_the_footnote_says_so(self) -> None:
        """docs/adr/0023: notified, not counted."""
        a_historic_denial(criteria=(), grounds=("embargo_only",))
        count = count_year("arms", 2024, now=MARCH)
        assert (count.figures, count.uncounted) == ((), 1)

    def test_a_criterion_beside_the_embargo_keeps_it_counted(self) -> None:
        a_historic_denial(criteria=(Citation("1"),), grounds=("embargo_only",))
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {"NL": 1}

    def test_a_denial_of_a_multilateral_regime_passed_on_is_not_the_states(self) -> None:
        a_historic_denial(origin="wassenaar", origin_state="US")
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {}

    def test_regimes_are_counted_apart(self) -> None:
        for regime in ("arms", "dual_use", "torture"):
            a_historic_denial("NL", regime, decided_on=date(2025, 6, 2))
        for regime, place in (("arms", "IL"), ("dual_use", "SY"), ("torture", "TR")):
            assert table(regime, Measure.DENIALS, "destination", year=2025) == {place: 1}

    def test_authorities_of_one_state_are_one_state(self) -> None:
        a_historic_denial("BE-VLG")
        a_historic_denial("BE-WAL")
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {"BE": 2}


class TestDestinations:
    """docs/adr/0031."""

    def test_a_name_that_does_not_say_which_country_stays_as_printed(self) -> None:
        a_historic_denial(destinations=(Destination("", "Congo"),))
        assert table("arms", Measure.DENIALS, "destination", year=2024) == {"XX:Congo": 1}

    @pytest.mark.parametrize("special", ["VARIOUS", "EU", "EU_NATO_PLUS", "UNKNOWN"])
    def test_a_special_destination_counts_as_such(self, special: str) -> None:
        a_historic_denial(destinations=(Destination(special, "as printed"),))
        assert table("arms", Measure.DENIALS, "destination", year=2024) == {special: 1}

    def test_none_at_all_is_unknown(self) -> None:
        a_historic_denial(destinations=())
        assert table("arms", Measure.DENIALS, "destination", year=2024) == {"UNKNOWN": 1}
        assert table("arms", Measure.DENIALS_BY_DESTINATION, "destination", year=2024) == {"UNKNOWN": 1}

    def test_several_count_once_under_various_and_each_beside_it(self) -> None:
        a_historic_denial(destinations=(Destination("IL"), Destination("JO"), Destination("", "Congo")))
        a_historic_denial(destinations=(Destination("IL"), Destination("IL", "Israël")))
        assert table("arms", Measure.DENIALS, "destination", year=2024) == {"VARIOUS": 1, "IL": 1}
        each = table("arms", Measure.DENIALS_BY_DESTINATION, "destination", year=2024)
        assert each == {"IL": 2, "JO": 1, "XX:Congo": 1}


class TestCategoriesAndEntries:
    def test_a_denial_counts_once_in_each_category(self) -> None:
        a_historic_denial(items=items("ML1.a", "ML1.b", "ML15"))
        assert table("arms", Measure.DENIALS_BY_CATEGORY, "category", year=2024) == {"ML1": 1, "ML15": 1}
        assert table("arms", Measure.DENIALS, "authority", year=2024) == {"NL": 1}

    def test_and_once_under_each_entry(self) -> None:
        a_historic_denial(items=items("ML1.a", "ML 1 a", "ML15"))
        entries = table("arms", Measure.DENIALS_BY_ENTRY, "category", "entry", year=2024)
        assert entries == {("ML1", "ML1.a"): 1, ("ML15", "ML15"): 1}

    def test_what_is_on_no_list_or_not_stated_is_said_and_not_guessed(self) -> None:
        a_historic_denial(items=items("End Use"))
        a_historic_denial(items=items("", "IRN"))
        assert table("arms", Measure.DENIALS_BY_CATEGORY, "category", year=2024) == {}
        without = table("arms", Measure.DENIALS_WITHOUT_CATEGORY, "dimension", year=2024)
        assert without == {"entry=unlisted": 1, "entry=not_stated": 1, "entry=other_list": 1}
        assert table("arms", Measure.DENIALS_BY_ENTRY, "entry", year=2024) == {"IRN": 1}


class TestCriteriaAndGrounds:
    def test_each_criterion_counts_once_however_many_sub_points(self) -> None:
        a_historic_denial(criteria=(Citation("2", "b"), Citation("2", "c"), Citation("7")))
        assert table("arms", Measure.CRITERION_CITED, "criterion", year=2024) == {"2": 1, "7": 1}

    def test_a_source_that_states_none_is_counted_apart(self) -> None:
        a_historic_denial(criteria=(), criteria_stated=False)
        assert table("arms", Measure.CRITERION_CITED, "criterion", year=2024) == {}
        assert table("arms", Measure.CRITERIA_NOT_STATED, "authority", "destination", year=2024) == {("NL", "IL"): 1}

    def test_a_criterion_named_by_a_ground_counts_like_one_cited_and_once(self) -> None:
        """Reg. (EU) 2021/821 Art. 15(1)(c) refers to the criteria of the Common Position."""
        a_historic_denial("NL", "dual_use", grounds=("criterion_2", "15_1_a"))
        a_historic_denial("NL", "dual_use", grounds=("criterion_2", "criterion_4"), criteria=(Citation("2"),))
        assert table("dual_use", Measure.CRITERION_CITED, "criterion", year=2025) == {"2": 2, "4": 1}
        grounds = table("dual_use", Measure.GROUND_CITED, "dimension", year=2025)
        assert grounds == {"ground=criterion_2": 2, "ground=15_1_a": 1, "ground=criterion_4": 1}

    def test_an_article_without_a_criterion_is_a_stated_reason(self) -> None:
        a_historic_denial("NL", "torture")
        assert table("torture", Measure.CRITERIA_NOT_STATED, "authority") == {}
        assert table("torture", Measure.GROUND_CITED, "dimension") == {"ground=12_2": 1}


def test_acts_and_activities_are_counted_each_once() -> None:
    a_historic_denial(activity="brokering")
    a_historic_denial(act="revocation")
    assert table("arms", Measure.DENIALS_BY_ACT, "dimension", year=2024) == {"act=refusal": 1, "act=revocation": 1}
    activities = table("arms", Measure.DENIALS_BY_ACTIVITY, "dimension", year=2024)
    assert activities == {"activity=brokering": 1, "activity=export": 1}


def test_a_year_takes_the_same_queries_whatever_it_holds(django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        a_historic_denial(items=items("ML1", "ML2"), grounds=("embargo_only",))
    with django_assert_max_num_queries(20):
        count_year("arms", 2024, now=MARCH)

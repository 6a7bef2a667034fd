"""Shares of licensed value in plain words: given licences, when a year is parted by group, then … No database."""

import pytest

from reports.law.figures import Figure, Measure, YearCount, in_order
from reports.law.groups import members_of, share
from reports.law.tables import Note, Table, tables


def licensed(state: str, place: str, value: int, category: str = "ML1") -> Figure:
    return Figure(Measure.VALUE_LICENSED, state, place, category, value=value)


def delivered(state: str, value: int = 1) -> Figure:
    return Figure(Measure.RETURNS_DELIVERED, state, value=value)


def counted(*figures: Figure, year: int = 2024) -> YearCount:
    return YearCount("arms", year, 1, in_order(figures))


def table(*figures: Figure) -> Table:
    return next(one for one in tables(counted(*figures)) if one.name == "group_shares")


class TestMembershipIsDated:
    """Protocols of accession to the North Atlantic Treaty; treaties of accession to the Union."""

    @pytest.mark.parametrize(
        ("group", "state", "year", "inside"),
        [
            ("nato", "FI", 2022, False),
            ("nato", "FI", 2023, True),
            ("nato", "SE", 2023, False),
            ("nato", "SE", 2024, True),
            ("nato", "ME", 2016, False),
            ("eu", "HR", 2012, False),
            ("eu", "HR", 2013, True),
            ("eu", "GB", 2020, True),
            ("eu", "GB", 2021, False),
            ("nato_plus", "JP", 2024, True),
            ("nato", "JP", 2024, False),
        ],
    )
    def test_a_state_is_a_member_from_its_year(self, group: str, state: str, year: int, inside: bool) -> None:
        assert (state in members_of(group, year)) is inside

    def test_the_same_licence_is_inside_or_outside_by_the_year(self) -> None:
        """Given a Dutch licence to Sweden, then it is outside the alliance in 2023 and inside in 2024."""
        parted = {year: share(counted(licensed("NL", "SE", 7), year=year), "nato", "nato") for year in (2023, 2024)}
        assert [(one.inside, one.outside) for one in parted.values()] == [(0, 7), (7, 0)]


class TestNothingIsPrintedThatIsNotKnown:
    def test_what_names_no_single_country_cannot_be_allocated(self) -> None:
        """Given licences to several, to an unresolved Congo and to the whole Union, then only the last is inside."""
        places = ("VARIOUS", "XX:Congo", "UNKNOWN", "EU_NATO_PLUS", "EU")
        one = share(counted(*(licensed("NL", place, 10) for place in places)), "eu", "eu")
        assert (one.inside, one.outside, one.not_allocated, one.whole, one.percent) == (10, 0, 40, 50, 20.0)

    def test_who_has_not_delivered_never_reports_or_counts_otherwise_is_named(self) -> None:
        """Given that France counts potential orders and Germany has not delivered, then both are named."""
        method = Figure(Measure.METHOD, "FR", dimension="potential_orders=included", value=1)
        count = counted(licensed("FR", "EG", 5), delivered("FR"), method)
        one = share(count, "nato", "nato", expected=("DE", "FR"))
        assert (one.reporting, one.missing, one.not_comparable) == (("FR",), ("DE",), ("FR",))
        assert {"US", "GB", "CA", "TR"} <= set(one.never)

    def test_without_a_licence_there_is_no_share(self) -> None:
        assert share(counted(), "eu", "eu").percent is None


class TestTheTable:
    """Given licences of a member and of another, then each group has its row, for all categories and for each."""

    made = table(
        licensed("NL", "DE", 30), licensed("NL", "IL", 10, "ML2"), licensed("NO", "US", 60), delivered("DE", 0)
    )

    def test_all_categories_stand_first_and_percentages_beside_what_they_are_of(self) -> None:
        rows = {row.key: row.values for row in self.made.rows}
        assert rows["eu", "eu", "total"] == (30, 10, 0, 75.0, 40)
        assert rows["eu", "eu", "ML2"] == (0, 10, 0, 0.0, 10)
        assert rows["nato", "nato", "total"] == (90, 10, 0, 90.0, 100)
        assert rows["any", "nato_plus", "ML1"] == (90, 0, 0, 100.0, 90)
        assert [row.key[2] for row in self.made.rows[:12]] == ["total"] * 12

    def test_it_names_who_is_missing_and_who_never_reports(self) -> None:
        notes = {note.code: note.params for note in self.made.notes}
        assert notes["returns_missing"]["states"] == "DE"
        assert "US" in str(notes["never_report"]["states"])
        assert Note("membership_of_the_year") in self.made.notes

"""How tables are made of figures: sums, totals, shares with their denominators, footnotes. No database."""

import hashlib
import json

import pytest

from reports.law.comparing import beside
from reports.law.figures import COUNTING_RULES, Figure, Measure, YearCount, in_order
from reports.law.tables import Note, Row, Table, tables
from reports.law.union import counted_with_union

KNOWN = ("arms", "dual_use", "torture")


def counted(*figures: Figure, year: int = 2024, uncounted: int = 0) -> YearCount:
    return YearCount("arms", year, 7, in_order(figures), uncounted)


def table(name: str, *figures: Figure, **facts: int) -> Table:
    return next(one for one in tables(counted(*figures, **facts)) if one.name == name)


def denials(state: str, place: str, value: int) -> Figure:
    return Figure(Measure.DENIALS, state, place, value=value)


@pytest.mark.parametrize(
    ("state", "year", "inside"),
    [
        ("NL", 1998, True),
        ("NO", 2024, False),
        ("GB", 2009, True),
        ("GB", 2020, True),
        ("GB", 2021, False),
        ("HR", 2012, False),
        ("HR", 2013, True),
        ("GR", 2024, True),
    ],
)
def test_the_sum_of_the_member_states_knows_who_was_one(state: str, year: int, inside: bool) -> None:
    assert counted_with_union(state, year) is inside


class TestTotals:
    def test_norway_is_shown_and_stays_outside_the_sum(self) -> None:
        made = table("denials_by_authority", denials("NL", "IL", 2), denials("NO", "IL", 3), denials("NO", "GN", 1))
        assert made.rows == (Row(("NL",), (2,)), Row(("NO",), (4,)))
        assert made.totals == (Row(("eu",), (2,)), Row(("others",), (4,)), Row(("all",), (6,)))
        assert Note("outside_union", {"states": "NO"}) in made.notes

    def test_without_others_there_is_one_sum(self) -> None:
        made = table("denials_by_authority", denials("NL", "IL", 2), denials("BE", "IL", 1))
        assert (made.rows, made.totals) == ((Row(("BE",), (1,)), Row(("NL",), (2,))), (Row(("eu",), (3,)),))


class TestFootnotes:
    def test_unresolved_destinations_are_named(self) -> None:
        made = table("denials_by_destination", denials("NL", "XX:Congo", 1), denials("NL", "IL", 1))
        assert Note("unresolved", {"names": "Congo"}) in made.notes

    def test_what_is_left_out_of_the_count_is_said(self) -> None:
        assert Note("not_counted", {"count": 2}) in table("denials_by_authority", uncounted=2).notes

    def test_denials_with_several_destinations_are_said_and_counted_both_ways(self) -> None:
        each = [Figure(Measure.DENIALS_BY_DESTINATION, "NL", place, value=1) for place in ("IL", "JO")]
        made = table("denials_by_destination", denials("NL", "VARIOUS", 1), *each)
        assert made.columns == ("denials", "denials_by_destination")
        assert made.rows == (Row(("IL",), (0, 1)), Row(("JO",), (0, 1)), Row(("VARIOUS",), (1, 0)))
        assert Note("several_destinations") in made.notes

    def test_denials_with_one_destination_each_need_no_second_column(self) -> None:
        each = Figure(Measure.DENIALS_BY_DESTINATION, "NL", "IL", value=1)
        assert table("denials_by_destination", denials("NL", "IL", 1), each).columns == ("denials",)


class TestCriteria:
    cited = (
        denials("NL", "IL", 4),
        Figure(Measure.CRITERION_CITED, "NL", "IL", criterion="2", value=2),
        Figure(Measure.CRITERION_CITED, "NL", "IL", criterion="7", value=3),
        Figure(Measure.CRITERIA_NOT_STATED, "NL", "IL", value=1),
    )

    def test_the_share_is_of_the_denials_that_state_them(self) -> None:
        made = table("denials_by_criterion", *self.cited)
        assert [row.values for row in made.rows if row.key in (("2",), ("7",))] == [(2, 66.7, 3), (3, 100.0, 3)]
        assert Note("share_of_stating", {"denominator": 3, "denials": 4}) in made.notes
        assert Note("criteria_not_stated", {"count": 1}) in made.notes

    def test_all_eight_are_there(self) -> None:
        assert [row.key for row in table("denials_by_criterion").rows] == [(str(number),) for number in range(1, 9)]

    def test_they_stand_beside_the_denials_of_each_state_and_destination(self) -> None:
        """Columns d and e1 to e8 of the report under Art. 8(2) of the Common Position."""
        made = table("denials_by_authority_and_destination", *self.cited)
        assert made.columns == ("denials", *(f"criterion_{number}" for number in range(1, 9)), "criteria_not_stated")
        assert made.rows == (Row(("NL", "IL"), (4, 0, 2, 0, 0, 0, 0, 3, 0, 1)),)

    def test_nothing_to_share_is_no_share(self) -> None:
        assert {row.values for row in table("denials_by_criterion").rows} == {(0, None, 0)}


class TestConsultations:
    def test_every_ending_has_its_row_and_shares_are_of_all_sent(self) -> None:
        made = table(
            "consultations_by_outcome",
            Figure(Measure.CONSULTATIONS_INITIATED, "BE", value=4),
            Figure(Measure.CONSULTATIONS_BY_OUTCOME, "NL", outcome="lapsed", value=1),
            Figure(Measure.CONSULTATIONS_BY_OTHER_ANSWER, "NL", dimension="answer=release", value=1),
            Figure(Measure.CONSULTATIONS_WITHOUT_OUTCOME, "NL", dimension="status=open", value=2),
        )
        filled = {row.key[0]: row.values for row in made.rows if row.values[0]}
        assert filled == {"lapsed": (1, 25.0, 4), "release": (1, 25.0, 4), "open": (2, 50.0, 4)}
        assert Note("share_of_sent", {"denominator": 4}) in made.notes
        assert made.totals == (Row(("all",), (4, 100.0, 4)),)

    def test_a_states_outcomes_show_only_the_columns_that_hold_something(self) -> None:
        made = table(
            "consultations_by_consulted_authority_and_outcome",
            Figure(Measure.CONSULTATIONS_BY_OUTCOME, "NL", outcome="views", value=2),
            Figure(Measure.CONSULTATIONS_WITHOUT_OUTCOME, "FR", dimension="status=closed_unanswered", value=1),
        )
        assert made.columns == ("views", "closed_unanswered")
        assert made.rows == (Row(("FR",), (0, 1)), Row(("NL",), (2, 0)))


class TestFigures:
    def test_the_same_key_counted_twice_is_one_figure_and_nothing_is_none(self) -> None:
        assert in_order([denials("NL", "IL", 1), denials("NL", "IL", 2), denials("NL", "GN", 0)]) == (
            denials("NL", "IL", 3),
        )

    def test_the_digest_follows_the_figures_not_the_state_of_the_register(self) -> None:
        one, later = counted(denials("NL", "IL", 1)), YearCount("arms", 2024, 99, (denials("NL", "IL", 1),))
        assert one.digest == later.digest != counted(denials("NL", "IL", 2)).digest

    def test_tables_are_the_same_in_number_and_name_whatever_there_is(self) -> None:
        full = counted(denials("NL", "IL", 1))
        assert [one.name for one in tables(full)] == [one.name for one in tables(counted())]
        assert all(one.is_empty for one in tables(counted()))


class TestTheVersionOfTheRules:
    """Given another measure, table or column, when the year is counted, then the rules have another version too."""

    def test_what_is_counted_belongs_to_the_version(self) -> None:
        made = [(one.name, one.keys, one.columns) for regime in KNOWN for one in tables(YearCount(regime, 2024, 1, ()))]
        told = hashlib.sha256(json.dumps([list(map(str, Measure)), made]).encode()).hexdigest()[:12]
        said = "give COUNTING_RULES the next number, then this its digest"
        assert (COUNTING_RULES, told) == ("2026-13", "eaf80dc29ec4"), said


class TestTimeToAnswer:
    """Given two answers in time and a late one, then each stands under its time, with its share of all three."""

    def test_rows_stand_in_the_order_of_time(self) -> None:
        times = [("days_10", 2), ("late", 1)]
        figures = [Figure(Measure.ANSWERS_BY_TIME, dimension=f"time={time}", value=value) for time, value in times]
        made = table("answers_by_time", *figures)
        assert [row.key[0] for row in made.rows][:3] == ["days_2", "days_5", "days_10"]
        assert {row.key[0]: row.values for row in made.rows if row.values[0]} == {
            "days_10": (2, 66.7, 3),
            "late": (1, 33.3, 3),
        }
        assert Note("share_of_answers", {"denominator": 3}) in made.notes


class TestNarrowed:
    """Given figures of two states, when one is asked for, then every sum is of that state alone."""

    COUNT = counted(denials("NL", "IL", 2), denials("DE", "IL", 3), Figure(Measure.ANSWERS_BY_TIME, value=4))

    @pytest.mark.parametrize(
        ("asked", "denials_kept", "answers_kept"),
        [({}, 5, 4), ({"authority": "NL"}, 2, 0), ({"destination": "IL"}, 5, 0), ({"destination": "GN"}, 0, 0)],
    )
    def test_what_is_not_parted_so_has_no_figure(
        self, asked: dict[str, str], denials_kept: int, answers_kept: int
    ) -> None:
        count = self.COUNT.only(**asked)
        assert (count.total(Measure.DENIALS), count.total(Measure.ANSWERS_BY_TIME)) == (denials_kept, answers_kept)


class TestBesideAnotherYear:
    """Given a state that denied in one year only, then its row stands there, with nothing in the other."""

    def test_each_key_of_either_year_has_a_row(self) -> None:
        now, then = (
            table("denials_by_authority", denials("NL", "IL", 2)),
            table("denials_by_authority", denials("DE", "GN", 3)),
        )
        shown, before = beside(now, then, 2023)
        assert [(row.key, row.values) for row in shown.rows] == [(("NL",), (2,)), (("DE",), (0,))]
        assert (before.of(("NL",), "denials"), before.of(("DE",), "denials")) == (0, 3)
        assert before.of(("eu",), "denials", total=True) == 3

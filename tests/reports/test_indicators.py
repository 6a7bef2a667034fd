"""Indicators in plain words: the own state by name, the others as a mean, never below a threshold. No database."""

import pytest

from reports.law.indicators import FEWEST, Divergence, Indicator, Tally, diverging, indicators


def lapses(tallies: dict[str, Tally], own: str) -> Indicator:
    return next(one for one in indicators(tallies, own) if one.name == "lapsed_share")


def received(number: int, lapsed: int = 0) -> Tally:
    return Tally(received=number, lapsed=lapsed)


FOUR = {"NL": received(4, 1), "BE": received(2, 2), "DE": received(2), "FR": received(4, 2)}


def test_the_own_state_stands_beside_the_mean_of_the_others() -> None:
    """Given one lapse of four here and four of eight elsewhere, then 25 % stands beside 50 % of three states."""
    assert lapses(FOUR, "NL") == Indicator("lapsed_share", 25.0, 4, 50.0, 8, 3)


def test_a_secretariat_reads_the_mean_of_all_and_no_state() -> None:
    one = lapses(FOUR, "")
    assert (one.own, one.others, one.states) == (None, 41.7, 4)


@pytest.mark.parametrize(
    "others",
    [
        {"BE": received(9), "DE": received(9)},  # two states
        {"BE": received(2), "DE": received(1), "FR": received(1)},  # four cases
        {"BE": received(9), "DE": received(9), "FR": received(0)},  # the third has none
        {},
    ],
)
def test_a_mean_of_too_few_is_not_shown_nor_of_how_many(others: dict[str, Tally]) -> None:
    one = lapses({"NL": received(1), **others}, "NL")
    assert (one.own, one.others, one.others_of, one.states) == (0.0, None, 0, 0)


def test_every_indicator_is_of_its_own_cases() -> None:
    """Given answers, extensions and reviews, then each is of the answers, consultations and denials it is about."""
    found = indicators({"NL": Tally(2, 30.0, 4, 1, 2, 10, 3)}, "NL")
    assert [(one.name, one.own, one.own_of) for one in found] == [
        ("hours_to_answer", 15.0, 2),
        ("lapsed_share", 25.0, 4),
        ("extended_share", 50.0, 4),
        ("review_due_share", 30.0, 10),
    ]


def test_where_states_diverge_is_told_from_the_threshold_on_without_a_state() -> None:
    """Given five grants against denials to one destination and four to another, then only the first is told."""
    cases = {("IL", "ML1"): FEWEST, ("GN", "ML2"): FEWEST - 1}
    assert diverging(cases) == (Divergence("IL", "ML1", FEWEST),)
    assert not hasattr(Divergence("IL", "ML1", 5), "authority")

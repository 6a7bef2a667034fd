"""Failures of the exchange never make law, and no act makes silence take effect in the past: docs/adr/0091, 0092."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.law.periods import Period, Unit, WorkingCalendar
from consultations.law.holding import (
    MovesIntoThePast,
    StillUnavailable,
    check_moves_ahead,
    ends_within,
    moved_past,
    settled,
    working_days_lost,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
NL = WorkingCalendar("NL", AMSTERDAM, {2026: EASTER}, {2026: "1"})
SECOND = timedelta(seconds=1)


def at(day: int, hour: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=AMSTERDAM)


DUE = at(17)  # the first instant after Monday 16 March


class TestEndsWithin:
    @pytest.mark.parametrize(
        ("began", "ended", "held"),
        [
            (at(16, 22), at(17, 2), True),
            (at(16, 22), None, True),
            (at(16, 22), DUE, True),
            (at(16, 9), at(16, 17), False),  # over before the last hour: the party had the rest of the day
            (DUE, at(17, 2), False),  # began when the period was over
            (DUE - SECOND, at(17, 2), True),
            (at(16, 22), DUE - SECOND, False),
        ],
    )
    def test_the_last_moment_of_the_period_lies_in_the_window(self, began, ended, held):
        assert ends_within(DUE, began, ended) is held


class TestMovedPast:
    """As many working days as were lost, in the calendar of the state that must act."""

    #    window begins, ends        act recorded   lost  new last day
    TABLE = [
        (at(16, 22), at(17, 2), at(17, 9), 1, date(2026, 3, 18)),
        (at(13, 9), at(17, 2), at(17, 9), 2, date(2026, 3, 19)),  # Friday and Monday; the weekend was no loss
        (at(14, 9), at(17, 2), at(20, 9), 1, date(2026, 3, 23)),  # recorded on a Friday
        (at(16, 22), at(17, 2), at(2, 9, 4), 1, date(2026, 4, 7)),  # Good Friday, the weekend, Easter Monday
    ]

    @pytest.mark.parametrize(("began", "ended", "acted", "lost", "last"), TABLE)
    def test_after_the_window_and_the_act(self, began, ended, acted, lost, last):
        assert working_days_lost(NL, began_at=began, due_before=DUE) == lost
        moved = moved_past(NL, began_at=began, ended_at=ended, due_before=DUE, acted_at=acted)
        assert moved.last_day == last
        assert moved.due_before > acted

    def test_a_loss_is_at_least_a_day(self):
        """A window that touched a Sunday only still cost the last hours of the period."""
        assert working_days_lost(NL, began_at=at(15, 22), due_before=at(16)) == 1

    def test_not_while_it_lasts(self):
        with pytest.raises(StillUnavailable):
            moved_past(NL, began_at=at(16, 22), ended_at=None, due_before=DUE, acted_at=at(17, 9))

    def test_a_missing_list_makes_the_new_end_provisional(self):
        bare = WorkingCalendar("NL", AMSTERDAM, {})
        moved = moved_past(bare, began_at=at(16, 22), ended_at=at(17, 2), due_before=DUE, acted_at=at(17, 9))
        assert moved.provisional


class TestSettled:
    """docs/adr/0013: nothing lapses until the list is there; then not backwards."""

    def test_an_end_to_come_is_as_counted(self):
        counted = NL.deadline(at(2, 9), Period(10, Unit.WORKING_DAY))
        assert settled(NL, counted, at(10, 9)) == counted

    def test_an_end_that_has_passed_is_the_next_working_day(self):
        counted = NL.deadline(at(2, 9), Period(10, Unit.WORKING_DAY))
        assert settled(NL, counted, counted.due_before).last_day == date(2026, 3, 18)


class TestCorrections:
    def test_never_into_the_past(self):
        check_moves_ahead(DUE, DUE - SECOND)
        with pytest.raises(MovesIntoThePast):
            check_moves_ahead(DUE, DUE)


class TestWorkingOfAMovedEnd:
    def test_the_strip_goes_on_to_the_new_end(self):
        counted = NL.deadline(at(30, 9), Period(2, Unit.WORKING_DAY))
        moved = counted.moved_to(NL, at(8, 0, 4))
        assert (counted.last_day, moved.last_day) == (date(2026, 4, 1), date(2026, 4, 7))
        assert moved.moved_from == counted.due_before
        tail = [(day.date.day, str(day.why)) for day in moved.days if day.date > counted.last_day]
        assert tail == [(2, "moved"), (3, "holiday"), (4, "weekend"), (5, "weekend"), (6, "holiday"), (7, "moved")]
        assert moved.working_days_left(at(1, 9, 4)) == 2

    def test_or_stops_before_the_old_one(self):
        counted = NL.deadline(at(2, 9), Period(10, Unit.WORKING_DAY))
        moved = counted.moved_to(NL, at(14))
        assert moved.days[-1].date == moved.last_day == date(2026, 3, 13)

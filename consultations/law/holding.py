"""
When a failure of the exchange, or a corrected calendar, touches a running period: what is held, and where it moves.

No act makes silence take effect in the past. Readings: docs/adr/0091, 0092.
"""

from datetime import datetime, timedelta

from accounts.law.errors import RuleBroken
from accounts.law.periods import ONE_DAY, Deadline, Period, Unit, WorkingCalendar


class StillUnavailable(RuleBroken):
    """The unavailability has no recorded end yet: nothing is moved out of it."""

    code = "still_unavailable"


class MovesIntoThePast(RuleBroken):
    """The end proposed has passed: silence would have had its effect before the act."""

    code = "moves_into_the_past"
    article = "Reg. 1182/71 Art. 3(2)"

    def __init__(self, due_before: datetime) -> None:
        super().__init__(due_before=due_before)


def ends_within(due_before: datetime, began_at: datetime, ended_at: datetime | None) -> bool:
    """
    Tell whether a period ends while the exchange is unavailable: its last moment lies in the window.

    :param due_before: first instant after the period.   :param ended_at: None while the unavailability lasts.
    """
    return began_at < due_before and (ended_at is None or due_before <= ended_at)


def working_days_lost(
    calendar: WorkingCalendar, *, began_at: datetime, due_before: datetime, provisional: bool = True
) -> int:
    """
    Return the working days of a period that an unavailability touched, at least one.

    :param calendar: of the state that must act.   :raises HolidaysUnknown: if a list is missing and not `provisional`.
    """
    day, last = calendar.day_of(began_at), calendar.day_of(due_before - timedelta.resolution)
    lost = 0
    while day <= last:
        known = day.year in calendar.holidays or not provisional
        lost += calendar.is_working_day(day) if known else day.weekday() < 5
        day += ONE_DAY
    return max(1, lost)


def moved_past(
    calendar: WorkingCalendar,
    *,
    began_at: datetime,
    ended_at: datetime | None,
    due_before: datetime,
    acted_at: datetime,
) -> Deadline:
    """
    Return the end of a held period: as many working days as were lost, after the window or the act that moves it.

    :param acted_at: when the act is recorded, not before which the new end lies.
    :raises StillUnavailable: without a recorded end.   Source: docs/adr/0091; Reg. 1182/71 Art. 2, 3.
    """
    if ended_at is None:
        raise StillUnavailable
    lost = working_days_lost(calendar, began_at=began_at, due_before=due_before)
    return calendar.deadline(max(ended_at, acted_at), Period(lost, Unit.WORKING_DAY), provisional=True)


def settled(calendar: WorkingCalendar, counted: Deadline, acted_at: datetime) -> Deadline:
    """
    Return the end of a period whose holiday list has come: as counted, or the next working day if that has passed.

    Nothing lapsed on the provisional date, so nobody had to act on it.   Source: docs/adr/0013, 0092.
    """
    if acted_at < counted.due_before:
        return counted
    return calendar.deadline(acted_at, Period(1, Unit.WORKING_DAY), provisional=True)


def check_moves_ahead(due_before: datetime, now: datetime) -> None:
    """Refuse an end that has passed.   :raises MovesIntoThePast:"""
    if due_before <= now:
        raise MovesIntoThePast(due_before)

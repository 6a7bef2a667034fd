"""
When whoever must answer is reminded: at half of the period, two working days before its last, and on its last day.

No reminder has any effect in law. Reading: docs/adr/0095.
"""

from datetime import datetime
from enum import StrEnum

from accounts.law.periods import Deadline, Why, WorkingCalendar

TWO_DAYS_LEFT = -3  # from this working day on, two are still to come after it


class Reminder(StrEnum):
    """What is reminded of."""

    HALF = "half"
    TWO_DAYS = "two_days"
    LAST_DAY = "last_day"  # goes to the supervisor and the functional mailbox too
    UNOPENED = "unopened"  # nobody of the consulted side has acknowledged or taken it


def reminders(calendar: WorkingCalendar, deadline: Deadline, after: datetime) -> tuple[tuple[Reminder, datetime], ...]:
    """
    Return the reminders of a period that are still to come after a moment, each at the beginning of its day.

    A short period has fewer: none falls on the same day as a later one.
    :param calendar: of the state that must act; days begin in its legal time.
    """
    working = [day.date for day in deadline.days if day.working and day.why is not Why.EVENT_DAY]
    days = {Reminder.LAST_DAY: deadline.last_day}
    if len(working) >= -TWO_DAYS_LEFT:
        days[Reminder.TWO_DAYS] = working[TWO_DAYS_LEFT]
    if working:
        days[Reminder.HALF] = working[len(working) // 2]
    found: list[tuple[Reminder, datetime]] = []
    for kind in (Reminder.HALF, Reminder.TWO_DAYS, Reminder.LAST_DAY):
        later = [days[one] for one in (Reminder.TWO_DAYS, Reminder.LAST_DAY) if one in days and one != kind]
        if kind in days and (kind is Reminder.LAST_DAY or days[kind] < min(later)):
            found.append((kind, calendar.begin_of(days[kind])))
    return tuple((kind, at) for kind, at in found if at > after)

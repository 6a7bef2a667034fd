"""
By when a return is owed and when it is reminded of. The texts set no date: it is a setting.

Source: none found in the Common Position or Recommendation (EU) 2024/214; docs/adr/0113.
"""

from datetime import date

from accounts.law.periods import Period, Unit
from denials.law.reminders import Due, Moment, to_send

USUAL_DUE = "06-30"
#: A month before, on the day, each month overdue.
MOMENTS = (
    Moment("return_ahead", "return.due_ahead", Period(1, Unit.MONTH), before=True),
    Moment("return_due", "return.due"),
    Moment("return_overdue", "return.overdue", Period(1, Unit.MONTH), repeats=True),
)
#: An authority that never delivered is not reminded for ever.
REMINDED_FOR_DAYS = 365


def due_on(year: int, setting: str) -> date:
    """
    Return the last day for the return of a year: that day of the year after.

    :param setting: month and day, `06-30`.   :raises ValueError: if it is no day of every year.
    """
    month, _, day = (setting or USUAL_DUE).partition("-")
    date(2001, int(month), int(day))  # a day of every year: 29 February is none
    return date(year + 1, int(month), int(day))


def reminder(due: date, on: date) -> Due | None:
    """Return the reminder whose day has come, None before the first and a year after the day."""
    return to_send(MOMENTS, due, on) if (on - due).days <= REMINDED_FOR_DAYS else None

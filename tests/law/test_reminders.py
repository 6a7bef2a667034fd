"""Reminders at half, at two days and on the last day; each at the beginning of its day; docs/adr/0095."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.law.periods import Period, Unit, WorkingCalendar
from consultations.law.reminders import reminders

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NL = WorkingCalendar("NL", AMSTERDAM, {2026: {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}})
MONDAY = datetime(2026, 3, 2, 9, tzinfo=AMSTERDAM)

#  period                          half          two days      last day
TABLE = [
    (Period(10, Unit.WORKING_DAY), "2026-03-10", "2026-03-12", "2026-03-16"),
    (Period(30, Unit.WORKING_DAY), "2026-03-24", "2026-04-13", "2026-04-15"),
    (Period(3, Unit.WEEK), "2026-03-12", "2026-03-19", "2026-03-23"),
    (Period(3, Unit.WORKING_DAY), None, "2026-03-03", "2026-03-05"),
    (Period(2, Unit.WORKING_DAY), None, None, "2026-03-04"),
]


@pytest.mark.parametrize(("period", "half", "two_days", "last_day"), TABLE)
def test_when(period, half, two_days, last_day):
    found = dict(reminders(NL, NL.deadline(MONDAY, period), MONDAY))
    wanted = {"half": half, "two_days": two_days, "last_day": last_day}
    assert {str(kind): at.date().isoformat() for kind, at in found.items()} == {k: v for k, v in wanted.items() if v}
    assert all(at.time().isoformat() == "00:00:00" for at in found.values())


def test_two_working_days_are_left_when_two_are_to_come():
    deadline = NL.deadline(MONDAY, Period(10, Unit.WORKING_DAY))
    at = dict(reminders(NL, deadline, MONDAY))["two_days"]
    assert deadline.working_days_left(at) == 2


def test_what_has_passed_is_not_planned():
    deadline = NL.deadline(MONDAY, Period(10, Unit.WORKING_DAY))
    later = datetime(2026, 3, 13, tzinfo=UTC)
    assert [str(kind) for kind, _at in reminders(NL, deadline, later)] == ["last_day"]

"""Forty-two worked cases in nineteen states, against the holiday lists that are shipped."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accounts.law.periods import Period, Unit, Why, WorkingCalendar

HERE = Path(__file__).parent
REFDATA = HERE.parents[1] / "accounts" / "refdata"


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


CASES = rows(HERE / "data" / "deadline_examples.csv")
HOLIDAYS = rows(REFDATA / "holidays.csv")
ZONES = {row["code"]: row["zone"] for row in rows(REFDATA / "states.csv")}


def shipped_calendar(state):
    years = {row["date"][:4] for row in HOLIDAYS if row["state"] == state}
    return WorkingCalendar(
        state,
        ZoneInfo(ZONES[state]),
        {
            int(year): {
                date.fromisoformat(row["date"]): row["name"]
                for row in HOLIDAYS
                if row["state"] == state and row["date"].startswith(year)
            }
            for year in years
        },
    )


def test_there_are_forty_two_cases():
    assert len(CASES) == 42


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case(case):
    calendar = shipped_calendar(case["country"])
    received = datetime.combine(date.fromisoformat(case["start"]), time(16, 5), calendar.zone)
    deadline = calendar.deadline(received, Period(int(case["n_working_days"]), Unit.WORKING_DAY))
    assert deadline.last_day.isoformat() == case["expected_end"]
    assert deadline.due_before == calendar.begin_of(deadline.last_day + timedelta(days=1))
    weekend = [day for day in deadline.days if day.why is Why.WEEKEND]
    assert len(weekend) == int(case["weekend_days_skipped"])
    skipped = [day.date.isoformat() for day in deadline.days if day.why is Why.HOLIDAY]
    stated = [] if case["holidays_skipped"] == "none" else case["holidays_skipped"].split("; ")
    assert skipped == [text[:10] for text in stated]

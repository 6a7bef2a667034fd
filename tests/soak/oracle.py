"""
A second opinion on Reg. (EEC, Euratom) No 1182/71, written apart from the product's code and sharing none of it.

It reads the published lists from their files, counts Julian day numbers with its own calendar arithmetic, and finds the
instant at which a day ends by searching UTC seconds for the change of the local date.
"""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

REFDATA = Path(__file__).resolve().parents[2] / "accounts" / "refdata"


def _rows(name: str) -> list[dict[str, str]]:
    with (REFDATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ZONES = {row["code"]: ZoneInfo(row["zone"]) for row in _rows("states.csv")}
LISTED = {(row["state"], int(row["year"])) for row in _rows("calendars.csv")}
RESTS: dict[str, set[int]] = {}


def julian(year: int, month: int, day: int) -> int:
    """The Julian day number of a Gregorian date (Fliegel and Van Flandern)."""
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045


def gregorian(number: int) -> tuple[int, int, int]:
    """The date of a Julian day number (Richards)."""
    f = number + 1401 + (((4 * number + 274277) // 146097) * 3) // 4 - 38
    e = 4 * f + 3
    h = 5 * ((e % 1461) // 4) + 2
    day, month = (h % 153) // 5 + 1, (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, day


for _row in _rows("holidays.csv"):
    RESTS.setdefault(_row["state"], set()).add(julian(*map(int, _row["date"].split("-"))))


def works(state: str, number: int) -> bool:
    """Not a Saturday, Sunday or public holiday, Art. 2(2). Julian day 0 was a Monday."""
    return number % 7 < 5 and number not in RESTS.get(state, set())


def days_in(year: int, month: int) -> int:
    after = (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)
    return julian(*after) - julian(year, month, 1)


def last_day(state: str, event: datetime, count: int, unit: str) -> int:
    """The Julian number of the last day of a period."""
    local = event.astimezone(ZONES[state])
    first = julian(local.year, local.month, local.day)
    if unit == "working_day":
        number = first
        for _turn in range(count):
            number += 1
            while not works(state, number):
                number += 1
        return number
    if unit in ("day", "week"):
        end = first + count * (7 if unit == "week" else 1)
    else:
        months = (local.month - 1) + count * (12 if unit == "year" else 1)
        year, month = local.year + months // 12, months % 12 + 1
        end = julian(year, month, min(local.day, days_in(year, month)))
    while not works(state, end):  # Art. 3(4)
        end += 1
    if (unit, count) != ("day", 1):  # Art. 3(5): two working days in any period of two days or more
        inside = sum(works(state, number) for number in range(first + 1, end + 1))
        while inside < 2:
            end += 1
            inside += works(state, end)
    return end


def end_of_hours(state: str, event: datetime, count: int) -> datetime:
    """The hour of the event is not counted, Art. 3(1); hours pass in real time."""
    local = event.astimezone(ZONES[state])
    into_hour = local.minute * 60 + local.second + local.microsecond / 1_000_000
    return event.astimezone(UTC) - timedelta(seconds=into_hour) + timedelta(hours=count + 1)


def due_before(state: str, number: int) -> datetime:
    """The first second, in UTC, at which the local date is past a day."""
    year, month, day = gregorian(number)
    low = datetime(year, month, day, tzinfo=UTC) - timedelta(hours=16)
    high = low + timedelta(hours=64)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        local = middle.astimezone(ZONES[state])
        if julian(local.year, local.month, local.day) > number:
            high = middle
        else:
            low = middle
    return high

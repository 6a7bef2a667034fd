"""
Counting time: Regulation (EEC, Euratom) No 1182/71, in the calendar and zone of the state that must act.

Days are counted as dates and turned into an instant once, at the end; no clock is read and no 86,400 seconds
are added. The end of a period is exclusive: `due_before` is the first instant after its last hour.
Readings of the text: docs/adr/0010 to 0013.
"""

import calendar as gregorian
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accounts.law.errors import HolidaysUnknown, NotCountable

ONE_DAY = timedelta(days=1)
SATURDAY = 5  # date.weekday(); Saturday and Sunday are no working days, Art. 2(2)
FEWEST_WORKING_DAYS = 2  # Art. 3(5)
YEARS_COUNTED = range(1900, 2201)  # moments outside are typing errors


class Unit(StrEnum):
    """The units a period may be expressed in, Art. 3(1) to (3)."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


LONGEST = {
    Unit.HOUR: 10_000,
    Unit.DAY: 10_000,
    Unit.WORKING_DAY: 5_000,
    Unit.WEEK: 1_000,
    Unit.MONTH: 600,
    Unit.YEAR: 50,
}


@dataclass(frozen=True)
class Period:
    """
    A number of units, such as ten working days.

    :raises NotCountable: if the count is below one or beyond any period known here.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST[self.unit]:
            raise NotCountable(field=self.unit, value=self.count)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


class Why(StrEnum):
    """Why a day in the working of a period counts, or does not."""

    EVENT_DAY = "event_day"  # not counted, Art. 3(1)
    COUNTED = "counted"  # a working day of a period in working days, Art. 2(2)
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # Art. 2(1)
    CALENDAR_DAY = "calendar_day"  # counted whatever day it is, Art. 3(3)
    MOVED = "moved"  # a recorded act moved the end past this day
    ROLLED = "rolled"  # the working day on which the period ends instead, Art. 3(4), (5)


@dataclass(frozen=True)
class Day:
    """One day of the working: its number in the period if it counts, and why; `name` is the holiday's."""

    date: date
    counted: int | None
    why: Why
    name: str = ""
    working: bool = False

    def as_data(self) -> dict[str, object]:
        """Return the day as JSON-ready values."""
        return {
            "date": self.date.isoformat(),
            "counted": self.counted,
            "why": str(self.why),
            "name": self.name,
            "working": self.working,
        }


@dataclass(frozen=True)
class Deadline:
    """
    The end of a period with its working.

    `last_day` and `due_before` are the legal end; `strict_last_day` and `due_strict` the end before Art. 3(4)
    and (5) moved it, used for reminders. `provisional`: a holiday list was missing and no holidays were assumed
    for the `missing_years`; such a date may be shown, but nothing lapses on it.
    """

    state: str
    zone: str
    period: Period
    event_on: date
    last_day: date
    due_before: datetime
    strict_last_day: date
    due_strict: datetime
    days: tuple[Day, ...] = field(repr=False)
    calendar_versions: tuple[tuple[int, str], ...] = ()
    missing_years: tuple[int, ...] = ()
    moved_from: datetime | None = None

    @property
    def provisional(self) -> bool:
        """Whether a holiday list needed for this period was missing."""
        return bool(self.missing_years)

    @property
    def due_latest(self) -> datetime:
        """The legal end, after Art. 3(4) and (5): the bound for a breach."""
        return self.due_before

    def has_ended(self, now: datetime) -> bool:
        """Tell whether the period is over at `now`; the bound itself is outside the period."""
        return now >= self.due_before

    def working_days_left(self, now: datetime) -> int:
        """
        Return the working days still to come after today, in the acting state's zone: 0 on the last day and after.
        """
        today = now.astimezone(ZoneInfo(self.zone)).date()
        return sum(day.working and today < day.date for day in self.days if day.why is not Why.EVENT_DAY)

    def moved_to(self, calendar: "WorkingCalendar", due_before: datetime) -> "Deadline":
        """Return the deadline with the end that a recorded act gave it, and the days up to there."""
        last = calendar.day_of(due_before - timedelta.resolution)
        days = [day for day in self.days if day.date <= last]
        while days[-1].date < last:
            days.append(calendar.moved_day(days[-1].date + ONE_DAY))
        return replace(
            self,
            last_day=last,
            due_before=due_before.astimezone(calendar.zone),
            strict_last_day=last,
            due_strict=due_before.astimezone(calendar.zone),
            days=tuple(days),
            missing_years=(),
            moved_from=self.due_before,
        )

    def as_data(self) -> dict[str, object]:
        """Return the deadline and its working as JSON-ready values; instants carry their offset."""
        return {
            "state": self.state,
            "zone": self.zone,
            "period": {"count": self.period.count, "unit": str(self.period.unit)},
            "event_on": self.event_on.isoformat(),
            "last_day": self.last_day.isoformat(),
            "due_before": self.due_before.isoformat(),
            "strict_last_day": self.strict_last_day.isoformat(),
            "due_strict": self.due_strict.isoformat(),
            "provisional": self.provisional,
            "moved_from": self.moved_from.isoformat() if self.moved_from else None,
            "missing_years": list(self.missing_years),
            "calendar_versions": {str(year): version for year, version in self.calendar_versions},
            "days": [day.as_data() for day in self.days],
        }


@dataclass(frozen=True)
class WorkingCalendar:
    """
    The legal zone and public holidays of one state or institution.

    `holidays` maps a year to its holidays by date with their name; a year that is absent is unknown, a year with
    an empty mapping has none. `versions` names, per year, the version of the published list.
    Source: Reg. 1182/71 Art. 2.
    """

    state: str
    zone: ZoneInfo
    holidays: Mapping[int, Mapping[date, str]]
    versions: Mapping[int, str] = field(default_factory=dict)

    def day_of(self, event: datetime | date) -> date:
        """
        Return the calendar day of an event where the act is to be done.

        :param event: an aware moment, or a day where the law dates an event by its day only.
        :raises ValueError: if a moment carries no offset.   :raises NotCountable: if its year is out of range.
        """
        if isinstance(event, datetime) and event.utcoffset() is None:
            raise ValueError("a moment without an offset has no day")
        if event.year not in YEARS_COUNTED:
            raise NotCountable(field="event", value=event)
        return event.astimezone(self.zone).date() if isinstance(event, datetime) else event

    def begin_of(self, day: date) -> datetime:
        """Return the first instant of a day in the legal zone."""
        return datetime.combine(day, time.min, self.zone)

    def end_of(self, day: date) -> datetime:
        """Return the first instant after a day: its last hour has then expired, Art. 3(2)."""
        return self.begin_of(day + ONE_DAY)

    def holiday(self, day: date) -> str:
        """
        Return the name of the public holiday on a day, or "".

        :raises HolidaysUnknown: if the list of that year is not held.
        """
        if day.year not in self.holidays:
            raise HolidaysUnknown(state=self.state, year=day.year)
        return self.holidays[day.year].get(day, "")

    def is_working_day(self, day: date) -> bool:
        """
        Tell whether a day is a working day, Art. 2(2).

        :raises HolidaysUnknown: on a weekday of a year whose list is not held.
        """
        return day.weekday() < SATURDAY and not self.holiday(day)

    def moved_day(self, day: date) -> Day:
        """Return a day past the counted end, in the working of a period that an act moved."""
        name = self.holidays.get(day.year, {}).get(day, "")
        rest = Why.WEEKEND if day.weekday() >= SATURDAY else Why.HOLIDAY if name else Why.MOVED
        return Day(day, None, rest, name, working=rest is Why.MOVED)

    def deadline(self, event: datetime | date, period: Period, *, provisional: bool = False) -> Deadline:
        """
        Return the end of a period that runs forward from an event, with its working.

        The day (for hours: the hour) of the event is not counted, Art. 3(1). A period not in hours that ends on a
        holiday, Sunday or Saturday ends with the following working day, Art. 3(4), and one of two days or more
        holds at least two working days, Art. 3(5).

        :param event: aware moment, or a day; a period in hours needs a moment.
        :param provisional: where a year's list is missing, assume no holidays in it and flag the result.
        :raises HolidaysUnknown: if a list that is needed is missing and `provisional` is false.
        :raises NotCountable: if the event lies out of range.   :raises ValueError: for a moment without an offset.
        """
        return _Counting(self, event, period, provisional).deadline()

    def looking_back(self, from_day: date, period: Period) -> date:
        """
        Return the first day, inclusive, of a period that looks back from a day.

        A period calculated retroactively is never moved to a working day, Art. 3(4), second subparagraph; a day
        that the month lacks becomes its last, Art. 3(2)(c).

        :raises NotCountable: for a period in hours or working days, which no look-back here knows.
        """
        return looking_back(from_day, period)


def looking_back(from_day: date, period: Period) -> date:
    """Return the first day, inclusive, of a period that looks back; it needs no calendar, see WorkingCalendar."""
    if period.unit in (Unit.HOUR, Unit.WORKING_DAY):
        raise NotCountable(field="unit", value=period.unit)
    return same_day(from_day, -period.count, period.unit)


def same_day(day: date, count: int, unit: Unit) -> date:
    """
    Return the day `count` days, weeks, months or years away that is the same weekday or falls on the same date.

    If the month has no such date, its last day, Art. 3(2)(c).
    """
    if unit in (Unit.DAY, Unit.WEEK):
        return day + timedelta(days=count * (7 if unit is Unit.WEEK else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit is Unit.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))


class _Counting:
    """One count of one period: keeps which years were needed and missing."""

    def __init__(self, calendar: WorkingCalendar, event: datetime | date, period: Period, provisional: bool) -> None:
        self.calendar, self.event, self.period, self.provisional = calendar, event, period, provisional
        self.event_on = calendar.day_of(event)
        self.missing: set[int] = set()

    def deadline(self) -> Deadline:
        count: Callable[[], tuple[date, date, datetime, datetime]]
        count = self._hours if self.period.unit is Unit.HOUR else self._days
        strict, last, due_strict, due_before = count()
        days = tuple(self._working(strict, last))
        return Deadline(
            state=self.calendar.state,
            zone=self.calendar.zone.key,
            period=self.period,
            event_on=self.event_on,
            last_day=last,
            due_before=due_before,
            strict_last_day=strict,
            due_strict=due_strict,
            days=days,
            calendar_versions=tuple(
                (year, self.calendar.versions.get(year, ""))
                for year in range(self.event_on.year, last.year + 1)
                if year in self.calendar.holidays
            ),
            missing_years=tuple(sorted(self.missing)),
        )

    def _hours(self) -> tuple[date, date, datetime, datetime]:
        """The hour of the event is not counted; hours pass in real time, also when the clocks change."""
        if not isinstance(self.event, datetime):
            raise ValueError("a period in hours runs from a moment")
        hour = self.event.astimezone(self.calendar.zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
        end = (hour + timedelta(hours=1 + self.period.count)).astimezone(self.calendar.zone)
        last = (end.astimezone(UTC) - timedelta.resolution).astimezone(self.calendar.zone).date()
        return last, last, end, end

    def _days(self) -> tuple[date, date, datetime, datetime]:
        if self.period.unit is Unit.WORKING_DAY:
            strict = last = self._nth_working_day(self.event_on, self.period.count)
        else:
            strict = same_day(self.event_on, self.period.count, self.period.unit)
            last = self._with_two_working_days(self._rolled(strict))
        return strict, last, self.calendar.end_of(strict), self.calendar.end_of(last)

    def _nth_working_day(self, day: date, count: int) -> date:
        while count:
            day += ONE_DAY
            count -= self._is_working_day(day)
        return day

    def _rolled(self, day: date) -> date:
        """Art. 3(4), first subparagraph."""
        while not self._is_working_day(day):
            day += ONE_DAY
        return day

    def _with_two_working_days(self, last: date) -> date:
        """Art. 3(5): any period of two days or more."""
        if self.period == Period(1, Unit.DAY):
            return last
        return max(last, self._nth_working_day(self.event_on, FEWEST_WORKING_DAYS))

    def _is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not self._holiday(day)

    def _holiday(self, day: date) -> str:
        if self.provisional and day.year not in self.calendar.holidays:
            self.missing.add(day.year)
            return ""
        return self.calendar.holiday(day)

    def _working(self, strict: date, last: date) -> list[Day]:
        days = [self._day(self.event_on, None, Why.EVENT_DAY)]
        counted = 0
        while (day := days[-1].date + ONE_DAY) <= last:
            why = self._why(day, strict, last)
            counts = why in (Why.COUNTED, Why.CALENDAR_DAY)
            counted += counts
            days.append(self._day(day, counted if counts else None, why))
        return days

    def _why(self, day: date, strict: date, last: date) -> Why:
        if self.period.unit is not Unit.WORKING_DAY and day <= strict:
            return Why.CALENDAR_DAY
        if day.weekday() >= SATURDAY:
            return Why.WEEKEND
        if self._known_holiday(day):
            return Why.HOLIDAY
        return Why.COUNTED if self.period.unit is Unit.WORKING_DAY else Why.ROLLED

    def _day(self, day: date, counted: int | None, why: Why) -> Day:
        name = self._known_holiday(day)
        return Day(day, counted, why, name, working=day.weekday() < SATURDAY and not name)

    def _known_holiday(self, day: date) -> str:
        """Names shown beside days that need no list: an unknown year is no error there."""
        return self.calendar.holidays.get(day.year, {}).get(day, "")

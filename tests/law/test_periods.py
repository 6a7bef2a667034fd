"""Regulation (EEC, Euratom) No 1182/71, article by article, in the calendar of the state that must act."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.law.errors import HolidaysUnknown, NotCountable
from accounts.law.periods import Period, Unit, Why, WorkingCalendar, looking_back

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
VILNIUS = ZoneInfo("Europe/Vilnius")
LISBON = ZoneInfo("Europe/Lisbon")
HELSINKI = ZoneInfo("Europe/Helsinki")
BUCHAREST = ZoneInfo("Europe/Bucharest")

EASTER_2026 = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
CHRISTMAS = {date(2025, 12, 25): "Christmas Day", date(2025, 12, 26): "Boxing Day", date(2026, 1, 1): "New Year's Day"}
INSTITUTIONS = {date(2025, 12, day): "closure" for day in range(24, 32)} | {
    date(2026, 1, 1): "New Year's Day",
    date(2026, 1, 2): "day after New Year",
}


def a_calendar(*holidays, zone=AMSTERDAM, years=range(2020, 2036), state="NL"):
    """A calendar that knows the given years; `holidays` are mappings of date to name."""
    days = {day: name for mapping in holidays for day, name in mapping.items()}
    return WorkingCalendar(
        state=state,
        zone=zone,
        holidays={year: {day: name for day, name in days.items() if day.year == year} for year in years},
        versions={year: f"{state}-{year}-v1" for year in years},
    )


def at(text, zone=AMSTERDAM):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


NOON = time(12)

VECTORS = [
    # case, event, period, holidays, last day before Art. 3(4), last day
    ("1 ten working days", "2026-03-02", "10 working_day", {}, "2026-03-16", "2026-03-16"),
    ("2 from a Saturday", "2026-03-07", "10 working_day", {}, "2026-03-20", "2026-03-20"),
    ("3 over the year's end", "2025-12-18", "10 working_day", {}, "2026-01-01", "2026-01-01"),
    ("4 with Christmas", "2025-12-18", "10 working_day", CHRISTMAS, "2026-01-06", "2026-01-06"),
    ("5 as the institutions close", "2025-12-18", "10 working_day", INSTITUTIONS, "2026-01-13", "2026-01-13"),
    ("6 over Easter", "2026-03-27", "10 working_day", EASTER_2026, "2026-04-14", "2026-04-14"),
    ("7 ten and thirty", "2026-03-02", "40 working_day", EASTER_2026, "2026-04-29", "2026-04-29"),
    ("8 thirty in total", "2026-03-02", "30 working_day", EASTER_2026, "2026-04-15", "2026-04-15"),
    ("9 thirty days to a Sunday", "2026-03-13", "30 day", {}, "2026-04-12", "2026-04-13"),
    ("10 to Easter Sunday", "2026-03-06", "30 day", EASTER_2026, "2026-04-05", "2026-04-07"),
    ("11 three years from a leap day", "2024-02-29", "3 year", {}, "2027-02-28", "2027-03-01"),
    ("12 three weeks", "2026-09-15", "3 week", {}, "2026-10-06", "2026-10-06"),
]


def a_period(text):
    count, unit = text.split()
    return Period(int(count), Unit(unit))


class TestWorkedCases:
    """Twelve cases with the holidays given, so that they depend on no real list."""

    @pytest.mark.parametrize(("case", "event", "period", "holidays", "strict", "last"), VECTORS, ids=lambda v: str(v))
    def test_last_day_and_bound(self, case, event, period, holidays, strict, last):
        received = datetime.combine(date.fromisoformat(event), NOON, AMSTERDAM)
        deadline = a_calendar(holidays).deadline(received, a_period(period))
        assert deadline.strict_last_day == date.fromisoformat(strict)
        assert deadline.last_day == date.fromisoformat(last)
        assert deadline.due_before == datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), AMSTERDAM)
        assert deadline.due_latest == deadline.due_before
        assert deadline.due_strict.date() == date.fromisoformat(strict) + timedelta(days=1)
        assert not deadline.provisional

    @pytest.mark.parametrize("row", VECTORS, ids=lambda row: row[0])
    def test_an_event_dated_by_its_day_counts_alike(self, row):
        _, event, period, holidays, _, last = row
        deadline = a_calendar(holidays).deadline(date.fromisoformat(event), a_period(period))
        assert deadline.last_day == date.fromisoformat(last)

    def test_thirteen_three_years_back_is_inclusive_and_never_moved(self):
        """Art. 3(4), second subparagraph: 4 March 2023 is a Saturday."""
        assert a_calendar().looking_back(date(2026, 3, 4), Period(3, Unit.YEAR)) == date(2023, 3, 4)


class TestEvent:
    """Art. 3(1): the day or hour of the event "shall not be considered as falling within the period"."""

    def test_day_of_receipt_is_not_counted(self):
        found = a_calendar().deadline(at("2026-03-02T09:00"), a_period("1 working_day"))
        assert found.due_before == at("2026-03-04T00:00")

    @pytest.mark.parametrize("hour", ["00:00:00", "12:00:00", "23:59:59"])
    def test_the_hour_of_receipt_does_not_matter(self, hour):
        assert a_calendar().deadline(at(f"2026-03-02T{hour}"), a_period("10 working_day")).last_day == date(2026, 3, 16)

    def test_half_past_midnight_belongs_to_the_next_day(self):
        late, next_day = at("2026-03-02T23:30"), at("2026-03-03T00:30")
        assert a_calendar().deadline(late, a_period("1 working_day")).last_day == date(2026, 3, 3)
        assert a_calendar().deadline(next_day, a_period("1 working_day")).last_day == date(2026, 3, 4)

    def test_the_day_is_that_of_the_place_where_the_act_is_done(self):
        """Friday 22:30 in UTC is Saturday in Vilnius, and still Friday in Lisbon."""
        event = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
        assert a_calendar(zone=VILNIUS).day_of(event) == date(2026, 3, 7)
        assert a_calendar(zone=LISBON).day_of(event) == date(2026, 3, 6)
        vilnius = a_calendar(zone=VILNIUS).deadline(event, a_period("10 working_day"))
        assert vilnius.last_day == date(2026, 3, 20)
        assert vilnius.due_before == datetime(2026, 3, 20, 22, tzinfo=UTC)

    def test_a_moment_without_offset_is_refused(self):
        with pytest.raises(ValueError, match="offset"):
            a_calendar().day_of(datetime(2026, 3, 2, 9))  # noqa: DTZ001

    @pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
    def test_a_year_out_of_range_is_refused(self, year):
        with pytest.raises(NotCountable):
            a_calendar().deadline(datetime(year, 12, 31, 23, tzinfo=UTC), a_period("10 working_day"))


class TestExpiry:
    """Art. 3(2): a period ends "with the expiry of the last hour" of its last day."""

    deadline = a_calendar().deadline(at("2026-03-02T16:05"), a_period("10 working_day"))

    def test_one_second_before_is_in_time_and_the_bound_is_not(self):
        assert not self.deadline.has_ended(at("2026-03-16T23:59:59"))
        assert self.deadline.has_ended(at("2026-03-17T00:00:00"))

    def test_the_same_day_ends_at_different_instants_in_the_union(self):
        bounds = [a_calendar(zone=z).end_of(date(2026, 3, 16)).astimezone(UTC) for z in (HELSINKI, AMSTERDAM, LISBON)]
        assert [bound.hour for bound in bounds] == [22, 23, 0]

    def test_winter_and_summer_time_shift_the_instant_not_the_date(self):
        """Clocks change on 29 March and 25 October 2026."""
        spring = a_calendar().deadline(at("2026-03-20T12:00"), a_period("10 working_day"))
        autumn = a_calendar().deadline(at("2026-10-16T12:00"), a_period("10 working_day"))
        assert (spring.last_day, spring.due_before.isoformat()) == (date(2026, 4, 3), "2026-04-04T00:00:00+02:00")
        assert (autumn.last_day, autumn.due_before.isoformat()) == (date(2026, 10, 30), "2026-10-31T00:00:00+01:00")

    @pytest.mark.parametrize("zone", [LISBON, AMSTERDAM, BUCHAREST])
    @pytest.mark.parametrize(
        ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
    )
    def test_the_day_the_clocks_change_is_one_day(self, zone, day, hours):
        calendar = a_calendar(zone=zone)
        length = calendar.end_of(day).astimezone(UTC) - calendar.begin_of(day).astimezone(UTC)
        assert length == timedelta(hours=hours)


class TestHours:
    """Art. 3(1), first subparagraph, and 3(2)(a); hours pass in real time and are not moved (3(4))."""

    @pytest.mark.parametrize(
        ("event", "count", "end"),
        [
            ("2026-03-02T16:05", 1, "2026-03-02T18:00"),
            ("2026-03-02T16:00", 24, "2026-03-03T17:00"),
            ("2026-03-28T16:05", 24, "2026-03-29T18:00"),
            ("2026-10-24T16:05", 24, "2026-10-25T16:00"),
            ("2026-12-31T23:59", 1, "2027-01-01T01:00"),
        ],
    )
    def test_the_hour_of_the_event_is_not_counted(self, event, count, end):
        assert a_calendar().deadline(at(event), Period(count, Unit.HOUR)).due_before == at(end)

    def test_a_period_that_ends_at_midnight_ends_on_the_day_before(self):
        deadline = a_calendar().deadline(at("2026-03-02T16:05"), Period(7, Unit.HOUR))
        assert (deadline.last_day, deadline.due_before) == (date(2026, 3, 2), at("2026-03-03T00:00"))

    def test_a_day_is_no_moment(self):
        with pytest.raises(ValueError, match="moment"):
            a_calendar().deadline(date(2026, 3, 2), Period(1, Unit.HOUR))


class TestWeeksMonthsYears:
    """Art. 3(2)(c): the same day of the week, or the same date, "as the day which initiates the period"."""

    @pytest.mark.parametrize(
        ("event", "period", "strict"),
        [
            ("2026-01-31", "1 month", "2026-02-28"),
            ("2024-01-31", "1 month", "2024-02-29"),
            ("2026-03-31", "1 month", "2026-04-30"),
            ("2025-12-15", "2 month", "2026-02-15"),
            ("2025-12-31", "12 month", "2026-12-31"),
            ("2024-02-29", "4 year", "2028-02-29"),
            ("2026-12-29", "1 week", "2027-01-05"),
        ],
    )
    def test_a_date_the_month_lacks_is_its_last_day(self, event, period, strict):
        assert a_calendar().deadline(date.fromisoformat(event), a_period(period)).strict_last_day.isoformat() == strict


class TestLastDay:
    """Art. 3(4): a last day that is a holiday, Sunday or Saturday gives way to "the following working day"."""

    def test_a_holiday_on_the_last_day(self):
        """Three weeks from Monday 16 March 2026 would end on Easter Monday."""
        deadline = a_calendar(EASTER_2026).deadline(date(2026, 3, 16), a_period("3 week"))
        assert (deadline.strict_last_day, deadline.last_day) == (date(2026, 4, 6), date(2026, 4, 7))

    def test_across_the_year(self):
        deadline = a_calendar(INSTITUTIONS).deadline(date(2025, 11, 27), a_period("1 month"))
        assert deadline.last_day == date(2026, 1, 5)


class TestTwoWorkingDays:
    """Art. 3(5): "Any period of two days or more shall include at least two working days." """

    @pytest.mark.parametrize(
        ("event", "period", "holidays", "last"),
        [
            ("2026-03-05", "2 day", {}, "2026-03-09"),  # Friday and Saturday, moved to Monday
            ("2026-03-06", "2 day", {}, "2026-03-10"),  # Saturday and Sunday: Monday and Tuesday
            ("2026-03-06", "3 day", {}, "2026-03-10"),  # Monday alone is not enough
            ("2026-03-06", "1 day", {}, "2026-03-09"),  # one day: only Art. 3(4)
            ("2026-04-02", "4 day", EASTER_2026, "2026-04-08"),
            ("2025-12-23", "1 week", INSTITUTIONS, "2026-01-06"),  # a week of closure too
            ("2026-03-02", "2 day", {}, "2026-03-04"),
        ],
    )
    def test_a_period_over_rest_days_is_long_enough(self, event, period, holidays, last):
        deadline = a_calendar(holidays).deadline(date.fromisoformat(event), a_period(period))
        assert deadline.last_day.isoformat() == last


class TestLookingBack:
    """Art. 3(4), second subparagraph: periods "calculated retroactively" are not moved."""

    @pytest.mark.parametrize(
        ("day", "period", "first"),
        [
            ("2028-02-29", "3 year", "2025-02-28"),
            ("2027-02-28", "3 year", "2024-02-28"),
            ("2026-03-31", "1 month", "2026-02-28"),
            ("2026-01-05", "1 week", "2025-12-29"),
            ("2026-01-05", "30 day", "2025-12-06"),
        ],
    )
    def test_first_day_of_the_window(self, day, period, first):
        assert looking_back(date.fromisoformat(day), a_period(period)).isoformat() == first

    @pytest.mark.parametrize("period", ["3 hour", "3 working_day"])
    def test_no_window_is_counted_in_hours_or_working_days(self, period):
        with pytest.raises(NotCountable):
            looking_back(date(2026, 3, 4), a_period(period))


class TestMissingYear:
    """Art. 2(1): without the published list of a year it is not guessed which days are holidays."""

    only_2025 = a_calendar(CHRISTMAS, years=[2025])

    def test_the_strict_form_refuses_and_names_state_and_year(self):
        with pytest.raises(HolidaysUnknown) as refusal:
            self.only_2025.deadline(at("2025-12-18T12:00"), a_period("10 working_day"))
        assert refusal.value.params == {"state": "NL", "year": 2026}

    def test_the_provisional_form_uses_what_is_known_and_says_so(self):
        deadline = self.only_2025.deadline(at("2025-12-18T12:00"), a_period("10 working_day"), provisional=True)
        assert deadline.last_day == date(2026, 1, 5)  # Christmas known, New Year's Day not
        assert (deadline.provisional, deadline.missing_years) == (True, (2026,))
        assert deadline.calendar_versions == ((2025, "NL-2025-v1"),)

    def test_the_provisional_form_is_final_where_nothing_was_missing(self):
        deadline = self.only_2025.deadline(at("2025-12-08T12:00"), a_period("5 working_day"), provisional=True)
        assert not deadline.provisional

    def test_a_weekend_needs_no_list(self):
        assert not self.only_2025.is_working_day(date(2031, 1, 4))

    def test_a_year_without_holidays_is_not_a_missing_year(self):
        assert a_calendar(years=[2026]).is_working_day(date(2026, 1, 1))


class TestWorking:
    """Both sides are shown each day: counted, weekend, holiday by name, or moved."""

    def test_working_days(self):
        days = a_calendar(CHRISTMAS).deadline(at("2025-12-23T16:05"), a_period("3 working_day")).days
        assert [(day.date.day, day.counted, day.why, day.name) for day in days] == [
            (23, None, Why.EVENT_DAY, ""),
            (24, 1, Why.COUNTED, ""),
            (25, None, Why.HOLIDAY, "Christmas Day"),
            (26, None, Why.HOLIDAY, "Boxing Day"),
            (27, None, Why.WEEKEND, ""),
            (28, None, Why.WEEKEND, ""),
            (29, 2, Why.COUNTED, ""),
            (30, 3, Why.COUNTED, ""),
        ]

    def test_calendar_days_and_the_move(self):
        days = a_calendar(EASTER_2026).deadline(date(2026, 3, 6), a_period("30 day")).days
        assert [(day.date.isoformat(), day.counted, day.why) for day in days[-4:]] == [
            ("2026-04-04", 29, Why.CALENDAR_DAY),
            ("2026-04-05", 30, Why.CALENDAR_DAY),
            ("2026-04-06", None, Why.HOLIDAY),
            ("2026-04-07", None, Why.ROLLED),
        ]

    def test_as_data(self):
        data = a_calendar(CHRISTMAS).deadline(at("2025-12-19T16:05"), a_period("10 working_day")).as_data()
        assert data["last_day"] == "2026-01-07"
        assert data["due_before"] == "2026-01-08T00:00:00+01:00"
        assert data["calendar_versions"] == {"2025": "NL-2025-v1", "2026": "NL-2026-v1"}
        assert data["days"][6] == {
            "date": "2025-12-25",
            "counted": None,
            "why": "holiday",
            "name": "Christmas Day",
            "working": False,
        }

    @pytest.mark.parametrize(
        ("now", "left"),
        [
            ("2025-12-19T16:06", 10),
            ("2026-01-05T09:00", 2),
            ("2026-01-06T23:59", 1),
            ("2026-01-07T00:00", 0),
            ("2026-01-08T00:00", 0),
        ],
    )
    def test_working_days_left(self, now, left):
        deadline = a_calendar(CHRISTMAS).deadline(at("2025-12-19T16:05"), a_period("10 working_day"))
        assert deadline.working_days_left(at(now)) == left


class TestBounds:
    @pytest.mark.parametrize(
        ("count", "unit"), [(0, Unit.DAY), (-1, Unit.WORKING_DAY), (10**9, Unit.WORKING_DAY), (51, Unit.YEAR)]
    )
    def test_a_period_nobody_means_is_refused(self, count, unit):
        with pytest.raises(NotCountable):
            Period(count, unit)

    def test_a_period_reads_as_it_is_written(self):
        assert str(Period(10, Unit.WORKING_DAY)) == "10 working_day"


# ---- an oracle written apart: lists of days, filtered and indexed, no walking ------------------------------------

ZONES = [LISBON, AMSTERDAM, VILNIUS, HELSINKI, BUCHAREST, ZoneInfo("Europe/Oslo"), ZoneInfo("Asia/Nicosia")]
SPAN = 200
EVENTS = (datetime(2024, 1, 1), datetime(2028, 6, 1))  # noqa: DTZ001 - the strategy adds the zone


def oracle_rest(day, rest):
    return day.isoweekday() in {6, 7} or day in rest


def oracle_last_day(first, count, unit, rest):
    """Return the last day from the day of the event, by selecting from all days that could be meant."""
    coming = [first + timedelta(n) for n in range(1, SPAN)]
    working = [day for day in coming if not oracle_rest(day, rest)]
    if unit == "working_day":
        return working[count - 1]
    reach = count * 7 if unit == "week" else count
    nominal = first + timedelta(reach)
    moved = next(day for day in working if day >= nominal)
    return moved if reach < 2 else max(moved, working[1])


class TestAgainstOracle:
    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(
        event=st.datetimes(*EVENTS, timezones=st.just(UTC)),
        zone=st.sampled_from(ZONES),
        unit=st.sampled_from(["working_day", "day", "week"]),
        count=st.integers(1, 12),
        rest=st.sets(st.integers(0, SPAN), max_size=12),
    )
    def test_last_day_and_instant(self, event, zone, unit, count, rest):
        first = event.astimezone(zone).date()
        holidays = {first + timedelta(offset): "holiday" for offset in rest}
        deadline = a_calendar(holidays, zone=zone).deadline(event, Period(count, Unit(unit)))
        last = oracle_last_day(first, count, unit, set(holidays))
        assert deadline.last_day == last
        midnight = deadline.due_before.astimezone(zone)
        assert (midnight.date(), midnight.time()) == (last + timedelta(1), time())
        assert (deadline.due_before.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone).date() == last
        assert [day.date for day in deadline.days] == [first + timedelta(n) for n in range((last - first).days + 1)]

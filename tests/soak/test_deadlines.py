"""2,000 instants, each in every unit and every calendar, without a difference to an oracle written apart."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from accounts.law.periods import Period, Unit, WorkingCalendar
from tests.soak import oracle
from tests.soak.size import sized

INSTANTS = sized(25, 2_000)
UNITS = {"hour": 400, "day": 60, "working_day": 40, "week": 9, "month": 12, "year": 1}
#: Instants people trip over: both changes of the clock, the leap day, year's ends, one second around midnight.
AWKWARD = [
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 0, 0, tzinfo=UTC),
    datetime(2026, 3, 6, 22, 30, tzinfo=UTC),
    datetime(2026, 12, 24, 21, 59, 59, 999999, tzinfo=UTC),
]


def calendars() -> dict[str, WorkingCalendar]:
    found = {}
    for state, zone in oracle.ZONES.items():
        years = {year: {} for code, year in oracle.LISTED if code == state}
        for number in oracle.RESTS.get(state, ()):
            year, month, day = oracle.gregorian(number)
            years.setdefault(year, {})[date(year, month, day)] = "holiday"
        found[state] = WorkingCalendar(state, zone, years)
    return found


def test_no_difference_to_the_oracle() -> None:
    chance, held = Random(1182_71), calendars()  # noqa: S311 - the same instants every time
    start, span = datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=500)
    instants = AWKWARD + [start + chance.random() * span for _ in range(INSTANTS - len(AWKWARD))]
    compared, differing = 0, []
    for event in instants:
        for state, calendar in held.items():
            if (state, 2026) not in oracle.LISTED:
                continue  # a state that takes no part any more keeps no lists
            for unit, most in UNITS.items():
                count = chance.randint(1, most)
                deadline = calendar.deadline(event, Period(count, Unit(unit)), provisional=True)
                if deadline.provisional:
                    continue
                compared += 1
                if unit == "hour":
                    wanted = oracle.end_of_hours(state, event, count)
                else:
                    wanted = oracle.due_before(state, oracle.last_day(state, event, count, unit))
                if deadline.due_before.astimezone(UTC) != wanted:
                    differing.append((state, event, count, unit, deadline.due_before, wanted))
    assert differing == []
    assert compared > INSTANTS * 28 * 4, compared

"""Which version of a denial holds on a day, as known on a day (docs/adr/0081)."""

from datetime import UTC, date, datetime

import pytest

from denials.law import history
from denials.law.history import DayNotHeld, Recorded, holding

# Notified on 2 March, amended on 1 May; on 1 June it is recorded that it has read otherwise since 15 April.
NOTIFIED = Recorded(1, date(2026, 3, 2), datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
AMENDED = Recorded(2, date(2026, 5, 1), datetime(2026, 5, 1, 9, 0, tzinfo=UTC))
CORRECTED = Recorded(3, date(2026, 4, 15), datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
# Notified in error: once that is known, it never was.
WITHDRAWN = Recorded(4, date(2026, 3, 2), datetime(2026, 7, 1, 9, 0, tzinfo=UTC))

CASES = """
before it was notified            2026-03-01 2026-08-01 -
the day it was notified           2026-03-02 2026-03-02 1
notified, not yet known           2026-03-02 2026-03-01 -
in force                          2026-04-20 2026-04-20 1
amended, not yet valid            2026-04-30 2026-05-01 1
amended                           2026-05-01 2026-05-01 2
amended, asked before it was      2026-05-01 2026-04-30 1
not yet known to be wrong         2026-04-20 2026-05-31 1
corrected from its day on         2026-04-15 2026-06-01 3
the day before the correction     2026-04-14 2026-06-01 1
the correction outdoes the amendment  2026-05-10 2026-06-01 3
known to be withdrawn             2026-04-20 2026-07-01 4
withdrawn from the beginning      2026-03-02 2026-07-01 4
withdrawn, before it was notified 2026-03-01 2026-07-01 -
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_the_last_recorded_of_those_valid_and_known_holds(case):
    *_words, on, known, number = case.split()
    found = holding([CORRECTED, NOTIFIED, WITHDRAWN, AMENDED], date.fromisoformat(on), date.fromisoformat(known))
    assert str(found.number if found else "-") == number


@pytest.mark.parametrize(
    ("recorded", "known"),
    [
        (datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 7, 2, 21, 59, 59, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 2, 22, 0, tzinfo=UTC), date(2026, 7, 3)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),  # the day of 23 hours
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), date(2026, 10, 25)),  # the day of 25
    ],
)
def test_a_day_of_knowledge_ends_at_midnight_in_brussels(recorded, known):
    assert history.today(recorded) == known
    assert history.known_before(known) > recorded
    assert history.known_before(date.fromordinal(known.toordinal() - 1)) <= recorded


@pytest.mark.parametrize(
    ("on", "known", "field"),
    [
        (date(2026, 3, 3), date(2026, 3, 2), "on"),
        (date(2026, 3, 2), date(2026, 3, 3), "known"),
        (date(1, 1, 1), date(2026, 3, 2), "on"),
        (date(2026, 3, 2), date(9999, 12, 31), "known"),
    ],
)
def test_days_ahead_and_before_all_denials_are_refused(on, known, field):
    with pytest.raises(DayNotHeld) as refused:
        history.check_days(on, known, datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    assert refused.value.params["field"] == field


def test_a_day_may_lie_after_what_was_known():
    history.check_days(date(2026, 3, 2), date(2026, 1, 1), datetime(2026, 3, 2, 12, 0, tzinfo=UTC))

"""
Which version of a denial holds on a day, as known on a day.

Two times are kept with every recorded version: `valid_from`, the day at the seat of the issuer from which it says
how things stand, and `recorded_at`, the instant at which the register learned of it. The register on day D as known
on day K reads what was recorded before the end of K; of a denial's versions valid from D or earlier the one recorded
last holds. A correction recorded later is therefore seen on earlier days, but only by who asks with a K that knows
it. Drafts are recorded nowhere and hold on no day. Reading: docs/adr/0081.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from accounts.law.errors import RuleBroken

#: In which a day of knowledge ends: the register is one, and its days end at one instant for all who read it.
ZONE: Final = ZoneInfo("Europe/Brussels")
EARLIEST: Final = date(1950, 1, 1)


class DayNotHeld(RuleBroken):
    """The register can say nothing of this day: it lies ahead, or before any denial of this exchange."""

    code = "day_not_held"
    conflict = False

    def __init__(self, field: str, value: date) -> None:
        super().__init__(field=field, value=value)


@dataclass(frozen=True)
class Recorded:
    """What of a version decides when it holds; `number` counts the versions of a denial in the order of record."""

    number: int
    valid_from: date
    recorded_at: datetime


def today(now: datetime) -> date:
    """Return the day of knowledge that an aware instant belongs to."""
    return now.astimezone(ZONE).date()


def known_before(known: date) -> datetime:
    """Return the first instant after a day of knowledge; what is recorded then is not known on that day."""
    return datetime.combine(known + timedelta(days=1), time(), ZONE)


def check_days(on: date, known: date, now: datetime) -> None:
    """Refuse days that lie ahead, where nothing is known yet, or before all denials.   :raises DayNotHeld"""
    for field, day in (("on", on), ("known", known)):
        if not EARLIEST <= day <= today(now):
            raise DayNotHeld(field, day)


def holding(versions: Iterable[Recorded], on: date, known: date) -> Recorded | None:
    """Return the version of one denial that holds on a day as known on a day, None if it was not in the register."""
    end = known_before(known)
    eligible = [one for one in versions if one.recorded_at < end and one.valid_from <= on]
    return max(eligible, key=lambda one: one.number, default=None)

"""
When an authority is reminded of what it owes for a denial, as data: each moment once, a missed one not made up for.

A reminder moves no date and has no effect in law. Reading: docs/adr/0070.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.law.periods import Period, Unit, same_day


@dataclass(frozen=True)
class Moment:
    """
    A reminder: `kind` names it, `offset` says how long from the due day, before it where `before` is true.

    No offset is the due day itself; with `repeats` it comes again after the same time, without end.
    """

    kind: str
    notice: str
    offset: Period | None = None
    before: bool = False
    repeats: bool = False

    def on(self, due: date, turn: int = 1) -> date:
        """Return the day of the reminder for a due day; `turn` counts the repeats from 1."""
        if self.offset is None:
            return due
        count = -self.offset.count if self.before else self.offset.count * turn
        return same_day(due, count, self.offset.unit)


@dataclass(frozen=True)
class Due:
    """A reminder to be sent now: its kind (with its turn, where it repeats), its notice, and the day of the next."""

    kind: str
    notice: str
    next_on: date


#: Reviews: half a year before, on the day, each quarter overdue.
REVIEW = (
    Moment("review_ahead", "denial.review_ahead", Period(6, Unit.MONTH), before=True),
    Moment("review_due", "denial.review_due"),
    Moment("review_overdue", "denial.review_overdue", Period(3, Unit.MONTH), repeats=True),
)
#: A suspension: on the day after its end, then each month.
FINAL_ASSESSMENT = (
    Moment("assessment_due", "denial.assessment_due"),
    Moment("assessment_overdue", "denial.assessment_due", Period(1, Unit.MONTH), repeats=True),
)
#: A recall that is not acknowledged: after a fortnight, then each month.
RECALL = (
    Moment("recall_due", "denial.recall_unanswered"),
    Moment("recall_overdue", "denial.recall_unanswered", Period(1, Unit.MONTH), repeats=True),
)
#: How long an authority has to acknowledge a recall before it is reminded.
RECALL_ANSWERED_WITHIN = Period(2, Unit.WEEK)
#: No first reminder comes earlier before its day than this.
FURTHEST_AHEAD = Period(6, Unit.MONTH)


def to_send(moments: tuple[Moment, ...], due: date, on: date) -> Due | None:
    """
    Return the last reminder whose day has come, None before the first.

    An earlier one that was not sent, because the exchange stood still or the record came late, is passed over.
    """
    found: Due | None = None
    for moment, turn, day, following in _turns(moments, due, on):
        if day > on:
            break
        found = Due(f"{moment.kind}_{turn}" if moment.repeats else moment.kind, moment.notice, following)
    return found


def _turns(moments: tuple[Moment, ...], due: date, on: date) -> list[tuple[Moment, int, date, date]]:
    """Every reminder up to a day and the one after, each with its day and the day of the next."""
    days: list[tuple[Moment, int, date]] = []
    for moment in moments:
        turn = 1
        days.append((moment, turn, moment.on(due, turn)))
        while moment.repeats and days[-1][2] <= on:
            turn += 1
            days.append((moment, turn, moment.on(due, turn)))
    far = days[-1][2] + timedelta(days=1)
    following = [day for _moment, _turn, day in days[1:]] + [far]
    return [(moment, turn, day, after) for (moment, turn, day), after in zip(days, following, strict=True)]

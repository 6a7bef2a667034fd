"""
Which denials count on a day, until when, and what is still owed for them.

Nothing is stored: every answer follows from recorded dates and the day asked about.
Readings: docs/adr/0018 (anchor), 0020 (reviews), 0021 (former members).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.law.periods import Deadline, Period, Unit, WorkingCalendar, looking_back, same_day
from denials.law.court import CourtFact, is_annulled
from denials.law.lifecycle import SUSPENSION, State
from denials.law.origins import multilateral, told_since
from denials.law.regimes import Anchor, RegimeRules


class Reason(StrEnum):
    """Why a denial counts, or does not."""

    VALID = "valid"  # valid until revoked
    IN_WINDOW = "in_window"
    OUTSIDE_WINDOW = "outside_window"
    DATE_UNKNOWN = "date_unknown"  # no day to judge the window by: counts, so that nothing is missed
    NOT_YET_DECIDED = "not_yet_decided"  # decided after the day asked about
    NOT_NOTIFIED = "not_notified"
    LIFTED = "lifted"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    FORMER_MEMBER = "former_member"  # information only
    ANNULLED_BY_COURT = "annulled_by_court"
    NOTICE = "notice"  # a requirement was imposed, nothing was refused
    AGGREGATE = "aggregate"  # a number of denials, none of them told: an alert
    PASSED_ON = "passed_on"  # by a multilateral regime, not denied by the state that passes it on: information


@dataclass(frozen=True)
class Validity:
    """
    Whether a denial triggers the duty to consult, why, and the last day on which it will (None: no end known).
    """

    counts: bool
    reason: Reason
    until: date | None = None


_BY_STATE = {
    State.DRAFT: Reason.NOT_NOTIFIED,
    State.READY: Reason.NOT_NOTIFIED,
    State.DISCARDED: Reason.NOT_NOTIFIED,
    State.LIFTED: Reason.LIFTED,
    State.REVOKED: Reason.REVOKED,
    State.WITHDRAWN: Reason.WITHDRAWN,
}


def counts(
    rules: RegimeRules,
    decided_on: date | None,
    status: str,
    on: date,
    issuer_is_member: bool,
    notified_on: date | None = None,
    without_duty: Reason | None = None,
) -> Validity:
    """
    Tell whether a denial counts on a day.

    Dual-use: "all valid denials"; a denial that is not revoked remains valid, review overdue or not. Arms and
    torture: denials of the preceding three years, the first day included, never moved to a working day.

    :param rules: the regime's rules on the day asked about.   :param status: a state of `lifecycle`.
    :param issuer_is_member: whether the issuing state takes part in the regime on that day.
    :param without_duty: what the record itself says against a duty, from `without_duty`.
    Source: Reg. (EU) 2021/821 Art. 4(4), 16(2), (5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2);
    Reg. 1182/71 Art. 3(4), second subparagraph.
    """
    if (ended := _BY_STATE.get(State(status))) is not None:
        return Validity(False, ended)
    if without_duty is not None:
        return Validity(False, without_duty)
    if not issuer_is_member:
        return Validity(False, Reason.FORMER_MEMBER)
    if decided_on is not None and decided_on > on:
        return Validity(False, Reason.NOT_YET_DECIDED)
    if rules.window is None:
        return Validity(True, Reason.VALID)
    anchor = decided_on if rules.window.anchor is Anchor.DECISION else notified_on or decided_on
    if anchor is None:
        return Validity(True, Reason.DATE_UNKNOWN)
    until = last_day_in_window(anchor, rules.window.period)
    inside = looking_back(on, rules.window.period) <= anchor
    return Validity(inside, Reason.IN_WINDOW if inside else Reason.OUTSIDE_WINDOW, until)


def without_duty(
    *, is_notice: bool, is_aggregate: bool, court: Sequence[CourtFact], on: date, origin: str = ""
) -> Reason | None:
    """Return why a record in force obliges nobody on a day; None where nothing in it says so."""
    if is_annulled(court, on):
        return Reason.ANNULLED_BY_COURT
    if is_notice:
        return Reason.NOTICE
    if is_aggregate:
        return Reason.AGGREGATE
    return Reason.PASSED_ON if origin in multilateral() else None


def is_past_for_its_origin(origin: str, anchor: date | None, on: date) -> bool:
    """Tell whether what a multilateral regime passed on is older than that regime itself looks back."""
    since = told_since(origin, on)
    return since is not None and anchor is not None and anchor < since


def window_opens(rules: RegimeRules, on: date) -> date | None:
    """Return the first day, inclusive, of the look-back window on a day; None where the regime has none."""
    return looking_back(on, rules.window.period) if rules.window else None


def last_day_in_window(anchor: date, period: Period) -> date:
    """
    Return the last day whose look-back window still reaches the anchor.

    It is the same date later; where that look-back falls on a shorter month, a day or so more.
    """
    last = same_day(anchor, period.count, period.unit)
    while looking_back(last + timedelta(days=1), period) <= anchor:
        last += timedelta(days=1)
    return last


# ---- what is owed ------------------------------------------------------------------------------------------------


def notification_due(rules: RegimeRules, calendar: WorkingCalendar, decided_on: date) -> Deadline | None:
    """
    Return the end of the period to notify a decision, in the notifying state's calendar; None where none is set.

    Its `due_strict` serves reminders, its `due_latest` the flag "notified late".
    Source: Reg. (EU) 2019/125 Art. 23(1); User's Guide to CP 2008/944/CFSP.
    """
    return calendar.deadline(decided_on, rules.notify_within, provisional=True) if rules.notify_within else None


def is_notified_late(
    rules: RegimeRules, calendar: WorkingCalendar, decided_on: date | None, notified_on: date | None
) -> bool:
    """
    Tell whether a denial was notified after the end of the period, rolled to a working day in the issuer's calendar.

    Not where a day is unknown or the rules of the day of decision set no period.
    Source: Reg. (EU) 2019/125 Art. 23(1); User's Guide to CP 2008/944/CFSP.
    """
    if decided_on is None or notified_on is None or rules.notify_within is None:
        return False
    if notified_on <= same_day(decided_on, rules.notify_within.count, rules.notify_within.unit):
        return False  # within the strict period: nothing to count
    due = notification_due(rules, calendar, decided_on)
    return due is not None and notified_on > due.last_day


def review_due(
    rules: RegimeRules, calendar: WorkingCalendar, notified_on: date | None, last_review_on: date | None = None
) -> Deadline | None:
    """
    Return when the next review is due, in the denying state's calendar.

    Three years run from the notification of the denial, then of each review's result. None where the regime
    knows no review, or the day of notification is unknown.   Source: Reg. (EU) 2021/821 Art. 16(2).
    """
    start = last_review_on or notified_on
    if rules.review_every is None or start is None:
        return None
    return calendar.deadline(start, rules.review_every, provisional=True)


def review_last_day(calendar: WorkingCalendar, due_on: date) -> date:
    """
    Return the last day for a review in time: the due day, or the working day that follows it.

    :param due_on: the day as recorded, not rolled.   Source: Reg. 1182/71 Art. 3(4).
    """
    return calendar.deadline(due_on - timedelta(days=1), Period(1, Unit.DAY), provisional=True).last_day


def in_time_since(calendar: WorkingCalendar, on: date) -> date:
    """
    Return the earliest due day whose review would still be in time on a day; what was due before it is overdue.

    It lies before the day itself only where nothing but days off lie between.   Source: Reg. 1182/71 Art. 3(4).
    """
    due = on
    while review_last_day(calendar, due - timedelta(days=1)) >= on:
        due -= timedelta(days=1)
    return due


def quarter_end(on: date, ahead: int = 0) -> date:
    """Return the last day of the calendar quarter a day lies in, or of one that follows."""
    months = on.year * 12 + (on.month - 1) // 3 * 3 + 3 * (ahead + 1)
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def reasoning_required(rules: RegimeRules, review_number: int) -> bool:
    """
    Tell whether a review that maintains the denial must explain its reasoning: from the third on.

    :param review_number: 1 for the first review.   Source: Reg. (EU) 2021/821 Art. 16(2), last sentence.
    """
    return rules.reasoning_from_review is not None and review_number >= rules.reasoning_from_review


def final_assessment_due(act: str, status: str, suspended_until: date | None, on: date) -> bool:
    """
    Tell whether a suspension has ended and its final assessment is still owed.

    Source: Reg. (EU) 2021/821 Art. 16(1), second sentence.
    """
    return act == SUSPENSION and status == State.IN_FORCE and suspended_until is not None and suspended_until < on

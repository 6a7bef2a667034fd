"""
What is true of a denial beside its state: computed from recorded facts and a day, never stored.

Readings: docs/adr/0020 (reviews), 0021 (former members), 0027 (states and overlays), 0068 (courts).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.law.periods import Period, Unit, WorkingCalendar, same_day
from denials.law import validity
from denials.law.court import CourtFact, is_under_appeal
from denials.law.lifecycle import State
from denials.law.regimes import RegimeRules

#: How long before its day a review is shown as due.
REVIEW_SHOWN = Period(3, Unit.MONTH)
#: No run of days off in any state is as long.
MOST_DAYS_OFF = timedelta(days=31)


class Overlay(StrEnum):
    """What is shown beside the state, what blocks first."""

    ANNULLED_BY_COURT = "annulled_by_court"  # obliges nobody
    FORMER_MEMBER = "former_member"  # the issuer takes no part any more: information only
    OUT_OF_WINDOW = "out_of_window"  # still shown, obliges nobody
    NOTICE = "notice"  # a requirement imposed, not a denial
    AGGREGATE = "aggregate"  # an alert
    PASSED_ON = "passed_on"  # by a multilateral regime: information for its members
    FINAL_ASSESSMENT_DUE = "final_assessment_due"  # the suspension has ended
    REVIEW_OVERDUE = "review_overdue"  # still valid
    REVIEW_DUE = "review_due"
    UNDER_APPEAL = "under_appeal"  # still obliges
    NOTIFIED_LATE = "notified_late"


@dataclass(frozen=True)
class Record:
    """What is recorded of a denial, as far as the day asked about can change its worth."""

    status: str
    act: str = ""
    decided_on: date | None = None
    notified_on: date | None = None
    suspended_until: date | None = None
    review_due_on: date | None = None
    court: tuple[CourtFact, ...] = ()
    is_notice: bool = False
    is_aggregate: bool = False
    origin: str = ""

    def without_duty(self, on: date) -> validity.Reason | None:
        """Return why the record itself obliges nobody on a day."""
        return validity.without_duty(
            is_notice=self.is_notice, is_aggregate=self.is_aggregate, court=self.court, on=on, origin=self.origin
        )


def worth(record: Record, rules: RegimeRules, on: date, *, is_member: bool) -> validity.Validity:
    """Return whether a record counts on a day, and why; see `validity.counts`."""
    return validity.counts(
        rules, record.decided_on, record.status, on, is_member, record.notified_on, record.without_duty(on)
    )


def overlays(
    record: Record,
    rules: RegimeRules,
    on: date,
    *,
    is_member: bool,
    calendar: WorkingCalendar,
    rules_of_decision: RegimeRules | None = None,
) -> tuple[Overlay, ...]:
    """
    Return what is true of a record on a day, in the order of `Overlay`.

    :param on: the day at the issuer's seat.   :param calendar: the issuer's.   :param is_member: whether the issuing
    state takes part in the regime on that day.   :param rules_of_decision: the rules of the day of decision, under
    which the period to notify ran; the same as `rules` where not given.
    """
    found: set[Overlay] = set()
    if record.status == State.IN_FORCE:
        found |= _of_its_worth(record, rules, on, is_member)
        found |= _owed(record, on, calendar)
        if is_under_appeal(record.court, on):
            found.add(Overlay.UNDER_APPEAL)
    if validity.is_notified_late(rules_of_decision or rules, calendar, record.decided_on, record.notified_on):
        found.add(Overlay.NOTIFIED_LATE)
    return tuple(one for one in Overlay if one in found)


def needs_holidays(record: Record, on: date, rules_of_decision: RegimeRules) -> bool:
    """Tell whether a day off could change what is shown: the review is just past its day, or the notice its period."""
    if record.review_due_on is not None and record.review_due_on < on <= record.review_due_on + MOST_DAYS_OFF:
        return True
    within = rules_of_decision.notify_within
    if within is None or record.decided_on is None or record.notified_on is None:
        return False
    return record.notified_on > same_day(record.decided_on, within.count, within.unit)


def _of_its_worth(record: Record, rules: RegimeRules, on: date, is_member: bool) -> set[Overlay]:
    """Every reason against a duty at once, where `worth` names the first."""
    found = {Overlay(reason)} if (reason := record.without_duty(on)) else set()
    if record.is_notice:
        found.add(Overlay.NOTICE)
    if record.is_aggregate:
        found.add(Overlay.AGGREGATE)
    if not is_member:
        found.add(Overlay.FORMER_MEMBER)
    bare = validity.counts(rules, record.decided_on, record.status, on, True, record.notified_on)
    past = validity.is_past_for_its_origin(record.origin, record.decided_on, on)
    if past or bare.reason is validity.Reason.OUTSIDE_WINDOW:
        found.add(Overlay.OUT_OF_WINDOW)
    return found


def _owed(record: Record, on: date, calendar: WorkingCalendar) -> set[Overlay]:
    if validity.final_assessment_due(record.act, record.status, record.suspended_until, on):
        return {Overlay.FINAL_ASSESSMENT_DUE}
    due = record.review_due_on
    if due is None or on < same_day(due, -REVIEW_SHOWN.count, REVIEW_SHOWN.unit):
        return set()
    late = on > due and on > validity.review_last_day(calendar, due)
    return {Overlay.REVIEW_OVERDUE if late else Overlay.REVIEW_DUE}

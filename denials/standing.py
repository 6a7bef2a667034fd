"""How denials stand on a day: what they are worth, and what is true of them beside their state."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from accounts.law.errors import RegimeUnknown
from accounts.law.periods import WorkingCalendar
from accounts.models import CalendarYear, Membership
from denials.law import court, overlays
from denials.law.origins import Granularity
from denials.law.overlays import Overlay, Record
from denials.law.regimes import RegimeRules, last_rules
from denials.law.validity import Validity
from denials.models import Denial


def record_of(denial: Denial, on: date) -> Record:
    """Return what is recorded of a denial, as far as a day can change its worth."""
    version = denial.current
    if version is None:
        return Record(status=denial.status)
    return Record(
        status=denial.status,
        act=version.act,
        decided_on=version.decided_on,
        notified_on=version.notified_on,
        suspended_until=version.suspended_until,
        review_due_on=version.review_due_on,
        court=court.from_data(version.court),
        is_notice=rules_of(denial.regime, version.decided_on, on).is_notice(version.act),
        is_aggregate=version.granularity == Granularity.AGGREGATE,
        origin=version.origin,
    )


def rules_of(regime: str, decided_on: date | None, on: date) -> RegimeRules:
    """Return the rules of the day of decision; those of the day asked about where that day has none."""
    try:
        return last_rules(regime, decided_on or on)
    except RegimeUnknown:
        return last_rules(regime, on)


class Standing:
    """
    How denials stand; who is a member on a day, and the holidays of a state, are asked for once.

    Two queries for any number of denials of one day, and two more where a period has to be counted.

    :param listed: the denials that will be asked about: where the holidays of one issuer matter, all are loaded.
    """

    def __init__(self, listed: Sequence[Denial] = ()) -> None:
        self.listed = listed
        self.members: dict[date, set[tuple[str, str]]] = {}
        self.calendars: dict[str, WorkingCalendar] = {}

    def of(self, denial: Denial, on: date) -> Validity:
        """Say whether a denial obliges others to consult on a day."""
        rules = last_rules(denial.regime, on)
        return overlays.worth(record_of(denial, on), rules, on, is_member=self._is_member(denial, on))

    def overlays(self, denial: Denial, on: date) -> tuple[Overlay, ...]:
        """Say what is true of a denial beside its state, on a day at its issuer's seat."""
        record = record_of(denial, on)
        then = rules_of(denial.regime, record.decided_on, on)
        return overlays.overlays(
            record,
            last_rules(denial.regime, on),
            on,
            is_member=self._is_member(denial, on),
            calendar=self._calendar(denial, asked=overlays.needs_holidays(record, on, then)),
            rules_of_decision=then,
        )

    def prepare(self, denials: Iterable[Denial]) -> None:
        """Load the holidays of all issuers of a list at once."""
        states = {one.state_of_issue_id: one.state_of_issue for one in denials}
        missing = [state for code, state in states.items() if code not in self.calendars]
        if missing:
            held = CalendarYear.objects.calendars(missing)
            self.calendars |= {state.code: held.of(state.code) for state in missing}

    def _calendar(self, denial: Denial, *, asked: bool) -> WorkingCalendar:
        if not asked:  # no day is looked up in it
            return WorkingCalendar(denial.state_of_issue_id, denial.state_of_issue.zone_info(), {})
        if denial.state_of_issue_id not in self.calendars:
            self.prepare([denial, *self.listed])
        return self.calendars[denial.state_of_issue_id]

    def _is_member(self, denial: Denial, on: date) -> bool:
        if on not in self.members:
            self.members[on] = set(Membership.objects.holding(on).values_list("state_id", "regime"))
        return (denial.state_of_issue_id, denial.regime) in self.members[on]


def today_of(denial: Denial, now: datetime) -> date:
    """Return the day at the seat of the issuer."""
    return denial.state_of_issue.day_of(now)

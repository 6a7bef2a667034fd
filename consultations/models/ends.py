"""How a running period comes to its end: counted from receipt, then through each act that moved or extended it."""

from dataclasses import replace

from accounts.law.periods import Deadline, Period, WorkingCalendar
from consultations.law.holding import moved_past, settled
from consultations.law.terms import extended_due
from consultations.models.holding import Unavailability
from consultations.models.threads import Consultation, ConsultationEvent

ACTS = ("deadline_moved", "extension_agreed")


def extended_end(thread: Consultation, further: int) -> Deadline | None:
    """
    Return the end with more units: counted anew from receipt, or from the end an act gave it, if one did.

    :param further: beside those agreed already.   :raises ExtensionTooLong: :raises ExtensionNotForeseen:
    """
    calendar, terms = thread.consulted_state.working_calendar(), thread.terms()
    counted = thread.working()
    if counted is not None and counted.moved_from is not None and terms.reply is not None:
        return calendar.deadline(counted.last_day, Period(further, terms.reply.unit), provisional=True)
    return extended_due(calendar, terms, thread.received_at, thread.extended_by() + further, provisional=True)


def counted_anew(thread: Consultation, calendar: WorkingCalendar) -> Deadline | None:
    """
    Return the end of a running period by a calendar, through the same acts as on record; None where none runs.

    Source: docs/adr/0092.
    """
    course = _Course(thread, calendar)
    for event in thread.events.filter(kind__in=ACTS).order_by("recorded_at", "pk"):
        course.take(event)
    return course.end()


class _Course:
    """The end of a period on its way through the acts; what each step needed of the calendar is kept."""

    def __init__(self, thread: Consultation, calendar: WorkingCalendar) -> None:
        self.thread, self.calendar, self.terms = thread, calendar, thread.terms()
        self.units = 0
        self.moved: Deadline | None = None
        self.versions: dict[int, str] = {}
        self.missing: set[int] = set()

    def end(self) -> Deadline | None:
        """Return the end so far, with every list of holidays that was needed or missing on the way."""
        now = self.moved or self._counted()
        if now is None:
            return None
        self._keep(now)
        versions, missing = tuple(sorted(self.versions.items())), tuple(sorted(self.missing))
        return replace(now, calendar_versions=versions, missing_years=missing)

    def take(self, event: ConsultationEvent) -> None:
        if event.kind == "extension_agreed":
            self._extend(int(event.data["amount"]))
        elif "unavailability" in event.data:
            self._past_window(event)
        elif "calendar" in event.data:
            self._settle(event)
        # else a correction: the period was counted by another calendar, as it is here

    def _extend(self, amount: int) -> None:
        self.units += amount
        if self.moved is not None and self.terms.reply is not None:
            more = Period(amount, self.terms.reply.unit)
            self._move(self.calendar.deadline(self.moved.last_day, more, provisional=True))

    def _past_window(self, event: ConsultationEvent) -> None:
        window = Unavailability.objects.get(pk=event.data["unavailability"])
        before = self.end()
        assert before is not None, "only what has an end is held"
        moved = moved_past(
            self.calendar,
            began_at=window.began_at,
            ended_at=window.ended_at,
            due_before=before.due_before,
            acted_at=event.effective_at,
        )
        self._move(moved)

    def _settle(self, event: ConsultationEvent) -> None:
        counted = self.moved or self._counted()
        assert counted is not None, "only what has an end is settled"
        certain = settled(self.calendar, counted, event.effective_at)
        if certain is not counted:
            self._move(certain)

    def _move(self, deadline: Deadline) -> None:
        self._keep(self.moved or self._counted())
        self.moved = deadline

    def _keep(self, deadline: Deadline | None) -> None:
        if deadline is not None:
            self.versions |= dict(deadline.calendar_versions)
            self.missing |= set(deadline.missing_years)

    def _counted(self) -> Deadline | None:
        return extended_due(self.calendar, self.terms, self.thread.received_at, self.units, provisional=True)

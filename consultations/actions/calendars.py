"""A corrected calendar proposes; only a recorded act of the authority whose calendar it is moves a running deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import actions as house
from accounts import clock
from accounts.law.errors import TransitionRefused
from accounts.law.periods import Deadline, WorkingCalendar
from accounts.models import CalendarYear, State
from accounts.roles import SYSTEM, Principal
from consultations import notices
from consultations.actions.holding import move, overtake_corrections
from consultations.actions.record import locked, only, said, write
from consultations.law.holding import check_moves_ahead, settled
from consultations.law.lifecycle import State as Standing
from consultations.law.lifecycle import check_in_time
from consultations.models import CONSULTED, Consultation, DeadlineProposal, counted_anew
from consultations.querysets import ConsultationQuerySet

Proposal = DeadlineProposal.State


@dataclass(frozen=True)
class Affected:
    """A running consultation whose end a calendar would count to another moment, or make certain."""

    consultation: Consultation
    deadline: Deadline

    @property
    def settles(self) -> bool:
        """Whether a provisional date becomes certain: no proposal is needed, for nothing lapsed on it."""
        return self.consultation.due_is_provisional


@transaction.atomic
def correct_calendar(
    *, state: State, year: int, holidays: Mapping[date, str], source: str, by: Principal, now: datetime
) -> CalendarYear:
    """
    Record a new version of one's own list of public holidays and propose what follows for running consultations.

    :raises: as `accounts.actions.record_calendar`.   Source: Reg. 1182/71 Art. 2(1); docs/adr/0092.
    """
    _lock_running(state)  # before the ledger
    recorded = house.record_calendar(state=state, year=year, holidays=holidays, source=source, by=by, now=now)
    for one in affected_by(state, state.working_calendar()):
        follow_calendar(consultation_id=one.consultation.pk, by=by, now=now)
    return recorded


def _lock_running(state: State) -> None:
    """Lock what a list of a state may touch, all of it and in one order, as every act that takes several does."""
    list(_running(state).select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _running(state: State) -> ConsultationQuerySet:
    return Consultation.objects.open().filter(consulted_state=state, due_before__isnull=False, held_by__isnull=True)


def calendar_with(state: State, year: int, holidays: Mapping[date, str]) -> WorkingCalendar:
    """Return a state's calendar as it would be with another list for a year; changes nothing."""
    held = state.working_calendar()
    return replace(held, holidays={**held.holidays, year: dict(holidays)}, versions={**held.versions, year: "proposed"})


def affected_by(state: State, calendar: WorkingCalendar) -> list[Affected]:
    """Return the running consultations of a state that a calendar would count to another end; changes nothing."""
    running = _running(state).select_related("consulted_state").order_by("due_before", "pk")
    found = (_affected(thread, calendar) for thread in running)
    return [one for one in found if one is not None]


def _affected(thread: Consultation, calendar: WorkingCalendar) -> Affected | None:
    if not _concerns(thread, calendar):
        return None
    counted = counted_anew(thread, calendar)
    if counted is None:
        return None
    certain = thread.due_is_provisional and not counted.provisional
    return Affected(thread, counted) if counted.due_before != thread.due_before or certain else None


def _concerns(thread: Consultation, calendar: WorkingCalendar) -> bool:
    """Tell whether a period was counted with other versions than those of a calendar, or is provisional."""
    versions: dict[str, str] = thread.calendar_versions
    return thread.due_is_provisional or any(calendar.versions.get(int(year)) != one for year, one in versions.items())


@transaction.atomic
def follow_calendar(*, consultation_id: UUID, now: datetime, by: Principal = SYSTEM) -> bool:
    """
    Propose the end that follows for a thread from the calendar now held, or settle it if it was provisional.

    Repeating it proposes nothing twice.   :return: whether there was something to do.   Source: docs/adr/0013, 0092.
    """
    thread = locked(consultation_id)
    calendar = thread.consulted_state.working_calendar()
    running = thread.status == Standing.OPEN and thread.held_by_id is None and not thread.clock().has_ended(now)
    one = _affected(thread, calendar) if running else None
    if one is None:
        return False
    return _settle(thread, calendar, one.deadline, by, now) if one.settles else _propose(thread, one, by, now)


def _settle(thread: Consultation, calendar: WorkingCalendar, counted: Deadline, by: Principal, now: datetime) -> bool:
    if counted.provisional:
        return False
    move(thread, settled(calendar, counted, now), by=by, now=now, because={"calendar": thread.consulted_state_id})
    return True


def _propose(thread: Consultation, one: Affected, by: Principal, now: datetime) -> bool:
    old, new = thread.due_before, one.deadline.due_before
    assert old is not None, "only what has an end is affected"
    standing = thread.corrections.filter(due_before_old=old, due_before_new=new)
    if standing.exclude(status=Proposal.OVERTAKEN).exists():
        return False  # proposed already, or declined for good
    overtake_corrections(thread, now=now)
    proposal = DeadlineProposal(
        consultation=thread,
        due_before_old=old,
        due_before_new=new,
        calendar_versions={str(year): version for year, version in one.deadline.calendar_versions},
        proposed_at=now,
    )
    proposal.save(force_insert=True)
    data: dict[str, object] = {
        "correction": str(proposal.pk),
        "due_before_old": old.isoformat(),
        "due_before_proposed": new.isoformat(),
    }
    write(thread, "correction_proposed", by=by, at=now, now=now, data=data)
    notices.tell_both("correction_proposed", thread, now=now)
    return True


@transaction.atomic
def apply_correction(*, consultation_id: UUID, by: Principal, now: datetime) -> DeadlineProposal:
    """
    Move a running deadline to the end that a corrected calendar gives it; both sides are told, the old end is kept.

    :raises NotCompetent: for anyone but the authority whose calendar it is.   :raises TransitionRefused: without one.
    :raises PeriodEnded: :raises MovesIntoThePast:   Source: docs/adr/0016, 0092.
    """
    thread, proposal, at = _proposed(consultation_id, by)
    check_moves_ahead(proposal.due_before_new, at)
    calendar = thread.consulted_state.working_calendar(proposal.calendar_versions)
    counted = counted_anew(thread, calendar)
    assert counted is not None, "only what has an end is corrected"
    move(thread, counted, by=by, now=at, because={"correction": str(proposal.pk)})
    return _decided(proposal, Proposal.APPLIED, by, at)


@transaction.atomic
def decline_correction(
    *, consultation_id: UUID, by: Principal, now: datetime, reason: str = "", summary: str = ""
) -> DeadlineProposal:
    """
    Leave a running deadline where it is although the calendar was corrected; both sides are told.

    :raises: as `apply_correction`.
    """
    thread, proposal, at = _proposed(consultation_id, by)
    data: dict[str, object] = {"correction": str(proposal.pk), **said(summary)}
    write(thread, "correction_declined", by=by, at=at, now=at, text=reason, data=data)
    notices.tell_both("correction_declined", thread, now=at)
    return _decided(proposal, Proposal.DECLINED, by, at, reason=reason)


def _proposed(consultation_id: UUID, by: Principal) -> tuple[Consultation, DeadlineProposal, datetime]:
    thread, at = locked(consultation_id), clock.now()
    only(CONSULTED, thread, by)
    proposal = thread.corrections.filter(status=Proposal.PROPOSED).first()
    if proposal is None or proposal.due_before_old != thread.due_before:
        raise TransitionRefused(thread.status, "apply_correction")
    check_in_time(thread.status, thread.clock(), at)
    if thread.status != Standing.OPEN:
        raise TransitionRefused(thread.status, "apply_correction")
    return thread, proposal, at


def _decided(
    proposal: DeadlineProposal, status: str, by: Principal, at: datetime, *, reason: str = ""
) -> DeadlineProposal:
    proposal.status, proposal.decided_at, proposal.reason = status, at, reason
    proposal.decided_by_authority_id = by.authority_id
    proposal.save(update_fields=["status", "decided_at", "decided_by_authority", "reason"])
    return proposal

"""Failures of the exchange never make law: windows are recorded, periods that end in them held, and moved by an act."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit, clock
from accounts.law.errors import NotCompetent, NotForeseen, ReasonMissing, TransitionRefused
from accounts.law.periods import Deadline
from accounts.models import Authority
from accounts.principals import authority_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.opening import deadline_columns
from consultations.actions.record import write
from consultations.actions.watching import plan_reminders, resume_reminders
from consultations.law.holding import StillUnavailable, ends_within, moved_past
from consultations.law.lifecycle import Event, State
from consultations.models import Consultation, DeadlineProposal, Unavailability

SECRETARIATS = (Authority.Kind.EEAS, Authority.Kind.COMMISSION)


@transaction.atomic
def record_unavailability(
    *, began_at: datetime, reason: str, by: Principal, now: datetime, ended_at: datetime | None = None
) -> Unavailability:
    """
    Record that the exchange could not be used, and hold the periods that end in that time; lapses in it are undone.

    :param ended_at: None while it lasts; see `end_unavailability`.
    :raises NotCompetent: for anyone but a secretariat.   :raises NotForeseen: for moments not yet come, or reversed.
    :raises ReasonMissing:   Source: docs/adr/0091.
    """
    body = _secretariat(by)
    at = clock.now()
    _check_moments(began_at, ended_at, at)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    window = Unavailability(
        began_at=began_at, ended_at=ended_at, reason=reason.strip(), recorded_at=at, recorded_by=body
    )
    window.save(force_insert=True)
    _hold(window, by=by, now=at)
    audit.record("unavailability.recorded", subject=window, by=by, at=at, after=_content(window))
    return window


@transaction.atomic
def end_unavailability(*, window_id: UUID, ended_at: datetime, by: Principal, now: datetime) -> Unavailability:
    """
    Record when an unavailability ended; periods that end later are released, those that ended in it stay held.

    :raises: as `record_unavailability`.   :raises TransitionRefused: if its end is on record.
    """
    _secretariat(by)
    window, at = Unavailability.objects.select_for_update().get(pk=window_id), clock.now()
    if window.ended_at is not None:
        raise TransitionRefused("ended", "end_unavailability")
    _check_moments(window.began_at, ended_at, at)
    before = _content(window)
    window.ended_at = ended_at
    _locked(Consultation.objects.filter(Q(held_by=window) | _ends_in(window)), State.OPEN, State.LAPSED)
    window.save(update_fields=["ended_at"])
    _release(window, by=by, now=at)
    _hold(window, by=by, now=at)
    audit.record("unavailability.ended", subject=window, by=by, at=at, before=before, after=_content(window))
    return window


@transaction.atomic
def move_held_deadlines(*, window_id: UUID, by: Principal, now: datetime) -> list[Consultation]:
    """
    Move the end of every period held by an unavailability past it, in the calendar of the state that must act.

    Both sides are told the old end and the new one.   :return: the consultations moved.
    :raises StillUnavailable: without a recorded end.   :raises NotCompetent: for anyone but a secretariat.
    Source: docs/adr/0091; Reg. 1182/71 Art. 2, 3.
    """
    _secretariat(by)
    window, at = Unavailability.objects.select_for_update().get(pk=window_id), clock.now()
    if window.ended_at is None:
        raise StillUnavailable
    threads = _locked(window.held.all(), State.OPEN)
    for thread in threads:
        _move_past(thread, window, by=by, now=at)
    window.moved_at = at
    window.save(update_fields=["moved_at"])
    audit.record("unavailability.deadlines_moved", subject=window, by=by, at=at, after=[str(one.pk) for one in threads])
    return threads


def _hold(window: Unavailability, *, by: Principal, now: datetime) -> None:
    """Hold what ends in the window; a lapse written for such an end is undone."""
    for thread in _locked(Consultation.objects.filter(_ends_in(window)), State.OPEN, State.LAPSED):
        thread.advance(Event.HOLD)
        thread.held_by, thread.concluded_at = window, None
        thread.save(update_fields=["status", "held_by", "concluded_at"])
        data: dict[str, object] = {"unavailability": str(window.pk), "due_before": _iso(thread.due_before)}
        write(thread, "deadline_held", by=by, at=now, now=now, key=f"held:{window.pk}:{now.isoformat()}", data=data)
        notices.tell_both("deadline_held", thread, now=now)


def _ends_in(window: Unavailability) -> Q:
    ends = Q(due_before__gt=window.began_at, lapses=True, held_by__isnull=True)
    return ends if window.ended_at is None else ends & Q(due_before__lte=window.ended_at)


def _release(window: Unavailability, *, by: Principal, now: datetime) -> None:
    """Let run on what was held while nobody knew when the window would end, and ends after it."""
    for thread in _locked(window.held.all(), State.OPEN):
        assert thread.due_before is not None, "only what has an end is held"
        if not ends_within(thread.due_before, window.began_at, window.ended_at):
            thread.held_by = None
            thread.save(update_fields=["held_by"])
            resume_reminders(thread, now=now)
            data: dict[str, object] = {"unavailability": str(window.pk), "due_before": _iso(thread.due_before)}
            write(thread, "deadline_released", by=by, at=now, now=now, key=f"released:{window.pk}", data=data)
            notices.tell_both("deadline_released", thread, now=now)


def _move_past(thread: Consultation, window: Unavailability, *, by: Principal, now: datetime) -> None:
    calendar = thread.consulted_state.working_calendar()
    assert thread.due_before is not None, "only what has an end is held"
    moved = moved_past(
        calendar,
        began_at=window.began_at,
        ended_at=window.ended_at,
        due_before=thread.due_before,
        acted_at=now,
    )
    thread.held_by = None
    thread.save(update_fields=["held_by"])
    move(thread, moved, by=by, now=now, because={"unavailability": str(window.pk)})


def move(thread: Consultation, deadline: Deadline, *, by: Principal, now: datetime, because: dict[str, object]) -> None:
    """Write the end a recorded act gives a locked thread, keep the old one with the event, tell both sides."""
    old = thread.due_before
    overtake_corrections(thread, now=now)
    thread.advance(Event.MOVE_DEADLINE)
    thread.save(update_fields=["status", *set_end(thread, deadline)])
    data: dict[str, object] = {
        **because,
        "due_before_old": _iso(old),
        "due_before": _iso(thread.due_before),
        "provisional": thread.due_is_provisional,
    }
    write(thread, "deadline_moved", by=by, at=now, now=now, data=data)
    plan_reminders(thread, deadline, now=now)
    notices.tell_both("deadline_moved", thread, now=now)


def set_end(thread: Consultation, deadline: Deadline | None) -> list[str]:
    """Set the end of a period, with the lists of holidays by which any end of it was counted; return what to save."""
    columns = deadline_columns(deadline)
    columns["calendar_versions"] = {**thread.calendar_versions, **columns["calendar_versions"]}
    for name, value in columns.items():
        setattr(thread, name, value)
    return list(columns)


def overtake_corrections(thread: Consultation, *, now: datetime) -> None:
    """Let go of an end that was proposed for another one than the period has now."""
    waiting = thread.corrections.filter(status=DeadlineProposal.State.PROPOSED)
    waiting.update(status=DeadlineProposal.State.OVERTAKEN, decided_at=now)


def _locked(threads: QuerySet[Consultation], *states: State) -> list[Consultation]:
    """Return the threads that stand in some states, locked in one order, whatever act takes them."""
    wanted = list(threads.filter(status__in=states).values_list("pk", flat=True))
    rows = Consultation.objects.select_for_update(of=("self",)).filter(pk__in=wanted, status__in=states).order_by("pk")
    return list(rows.select_related("consulting_authority", "consulted_authority", "consulted_state"))


def _secretariat(by: Principal) -> Authority:
    if by.body not in SECRETARIATS:
        raise NotCompetent(authority=by.authority_code)
    return authority_of(by)


def _check_moments(began_at: datetime, ended_at: datetime | None, now: datetime) -> None:
    if began_at > now or began_at.year < 2000:
        raise NotForeseen(field="began_at", value=began_at.isoformat())
    if ended_at is not None and not began_at < ended_at <= now:
        raise NotForeseen(field="ended_at", value=ended_at.isoformat())


def _content(window: Unavailability) -> dict[str, object]:
    return {"began_at": window.began_at, "ended_at": window.ended_at, "reason": window.reason}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

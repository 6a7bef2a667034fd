"""Who looks after a thread, and who is reminded of it: assignment, acknowledgement, reminders each exactly once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts import audit, clock, outbox
from accounts.law.errors import NotCompetent, NotForeseen
from accounts.law.periods import Deadline, WorkingCalendar
from accounts.models import Absence, DutyDesk, User
from accounts.roles import Principal, permissions_of
from consultations import notices
from consultations.actions.record import locked, only, side_of, write
from consultations.law.lifecycle import Event, State
from consultations.law.reminders import Reminder, reminders
from consultations.models import CONSULTED, CONSULTING, Consultation, ThreadReminder

Standing = ThreadReminder.State
ESCALATED = (Reminder.LAST_DAY, Reminder.UNOPENED)


def plan_reminders(consultation: Consultation, deadline: Deadline | None, *, now: datetime) -> None:
    """Write the reminders of a period that come after `now`; those of an earlier end pass over by themselves."""
    rows = []
    if deadline is not None:
        state = consultation.consulted_state
        calendar = WorkingCalendar(state.code, state.zone_info(), {})  # only where its days begin is asked
        rows = [(str(kind), deadline.due_before, at) for kind, at in reminders(calendar, deadline, now)]
    if consultation.acknowledged_at is None:
        unopened = consultation.received_at + timedelta(hours=settings.EXCHANGE_UNOPENED_HOURS)
        rows.append((str(Reminder.UNOPENED), consultation.received_at, unopened))
    ThreadReminder.objects.bulk_create(
        (ThreadReminder(consultation=consultation, kind=kind, period_end=end, due_at=at) for kind, end, at in rows),
        ignore_conflicts=True,
    )


def resume_reminders(consultation: Consultation, *, now: datetime) -> None:
    """Of what fell due while the period was held, let the last go out: the others say what is no longer so."""
    waiting = consultation.reminders.filter(state=Standing.WAITING, due_at__lte=now)
    waiting = waiting.filter(period_end=F("consultation__due_before"))
    last = waiting.order_by("-due_at").first()
    if last is not None:
        waiting.exclude(pk=last.pk).update(state=Standing.PASSED, settled_at=now)


@transaction.atomic
def plan_missing_reminders(*, consultation_id: UUID, now: datetime) -> None:
    """Plan the reminders of a running thread that has none: it was opened by a release that planned none."""
    thread = locked(consultation_id)
    if not thread.reminders.exists():
        plan_reminders(thread, thread.working(), now=thread.received_at)
        resume_reminders(thread, now=now)


@transaction.atomic
def send_reminder(*, reminder: ThreadReminder, now: datetime) -> bool:
    """
    Send a claimed reminder, or pass it over if what it reminds of is no longer so; return whether it was sent.

    While the period is held it waits.

    To whoever looks after the thread and their stand-in, two days before the end to the authority too, on the last day
    and for one nobody has opened to the supervisors and the functional mailbox.   Source: docs/adr/0095.
    """
    thread = locked(reminder.consultation_id)
    if thread.held_by_id is not None:
        return False
    sent = _is_due(reminder, thread, now)
    if sent:
        kind = Reminder(reminder.kind)
        people = _looking_after(thread, now)
        if kind in ESCALATED:
            people += [one for one in _supervisors(thread) if one not in people]
        bodies = [] if kind is Reminder.HALF and people else notices.consulted_bodies(thread)
        name = f"consultation.reminder_{reminder.kind}"
        outbox.post(name, to=bodies, subject=thread, reference=thread.reference, now=now, people=people)
    reminder.state, reminder.settled_at = (Standing.SENT if sent else Standing.PASSED), now
    reminder.save(update_fields=["state", "settled_at"])
    return sent


def _is_due(reminder: ThreadReminder, thread: Consultation, now: datetime) -> bool:
    if thread.stands_as(now) != State.OPEN:
        return False
    if reminder.kind == Reminder.UNOPENED:
        return thread.acknowledged_at is None
    return thread.due_before == reminder.period_end and now < reminder.period_end


def _looking_after(thread: Consultation, now: datetime) -> list[User]:
    owner = thread.consulted_owner
    if owner is None:
        return []
    return [owner, *(absence.stand_in for absence in absences_of(owner, now))]


def absences_of(person: User, now: datetime) -> list[Absence]:
    """Return the absences of a person that cover the day it is where they work."""
    on = person.authority.day_of(now) if person.authority else now.date()
    return list(person.absences.on(on).select_related("stand_in__authority"))


def _supervisors(thread: Consultation) -> list[User]:
    return list(User.people.holding("supervisor", thread.consulted_authority_id).select_related("authority"))


def on_duty(consultation: Consultation, now: datetime) -> User | None:
    """Return who looks after what comes in at the consulted authority, or their stand-in; None without a duty desk."""
    desk = DutyDesk.objects.filter(authority_id=consultation.consulted_authority_id, regime=consultation.regime)
    found = desk.select_related("officer__authority__state").first()
    if found is None or not found.officer.is_active:
        return None
    away = absences_of(found.officer, now)
    return away[0].stand_in if away else found.officer


@transaction.atomic
def acknowledge_consultation(*, consultation_id: UUID, by: Principal, now: datetime) -> Consultation:
    """
    Say that the consulted side has the request; the clock has run since receipt and runs on.

    Said once; again it changes nothing.   :raises NotCompetent: for anyone but the consulted side.
    :raises TransitionRefused: where nothing can be said any more.
    """
    consultation = locked(consultation_id)
    only(CONSULTED, consultation, by)
    consultation.advance(Event.WRITE)
    if consultation.acknowledged_at is None:
        at = clock.now()
        consultation.acknowledged_at = at
        consultation.save(update_fields=["acknowledged_at"])
        write(consultation, "acknowledged", by=by, at=at, now=at, key="acknowledged")
        notices.tell("acknowledged", consultation, side=CONSULTING, now=at)
    return consultation


def colleague(person_id: UUID, by: Principal, *, field: str = "person") -> User:
    """Return an active colleague who does casework.   :raises NotForeseen: naming the field, where there is none."""
    person: User | None = User.people.visible_to(by).filter(pk=person_id, is_active=True).first()
    if person is None or "consultation.answer" not in permissions_of(person.roles):
        raise NotForeseen(field=field, value=str(person_id))
    return person


@transaction.atomic
def assign_consultation(*, consultation_id: UUID, person_id: UUID | None, by: Principal, now: datetime) -> Consultation:
    """
    Give a thread to a colleague on one's own side, or to nobody.

    :raises NotForeseen: for someone who is no colleague or does no casework.   :raises NotCompetent: for a stranger,
        and for who neither looks after it nor oversees the work; what nobody looks after anybody may assign.
    """
    consultation = locked(consultation_id)
    owner = f"{side_of(consultation, by)}_owner"
    held = getattr(consultation, f"{owner}_id")
    if held not in (None, by.id) and not by.may("work.oversee"):
        raise NotCompetent(authority=by.authority_code, regime=consultation.regime)
    person = colleague(person_id, by) if person_id else None
    setattr(consultation, owner, person)
    consultation.save(update_fields=[owner])
    before, after = str(held or ""), str(person_id or "")
    audit.record("consultation.assigned", subject=consultation, by=by, at=now, before=before, after=after)
    if person is not None and person.pk != by.id:
        name = "consultation.assigned"
        outbox.post(name, to=[], subject=consultation, reference=consultation.reference, now=now, people=[person])
    return consultation

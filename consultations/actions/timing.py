"""What the clock does to a thread: extensions by agreement, the lapse, the withdrawal before an answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from accounts.law.errors import ReasonMissing, TransitionRefused
from accounts.law.periods import Deadline
from accounts.roles import SYSTEM, Principal
from consultations import notices
from consultations.actions.holding import overtake_corrections, set_end
from consultations.actions.record import locked, only, other, said, side_of, taken_up, write
from consultations.actions.watching import plan_reminders
from consultations.law.holding import check_moves_ahead, ends_within
from consultations.law.lifecycle import Event, State, check_in_time, check_lapsed
from consultations.law.terms import By, Kind, check_extension
from consultations.models import CONSULTED, CONSULTING, Consultation, Extension, extended_end
from screening.actions import release_hits
from screening.models import Application


@transaction.atomic
def propose_extension(
    *, consultation_id: UUID, amount: int, reason: str, by: Principal, now: datetime, summary: str = ""
) -> Extension:
    """
    Propose more time to the other side, before the period has ended.

    Where the law gives the consulted side the extension it requests, it has it at once.

    :param amount: in the unit of the rule: working days (dual-use) or weeks (arms).   :param summary: in English,
        beside the original words.
    :raises PeriodEnded: :raises ExtensionNotForeseen: :raises ExtensionTooLong: naming what is left.
    :raises TransitionRefused: while another proposal waits.   :raises ReasonMissing:
    Source: Reg. (EU) 2021/821 Art. 16(5), third subparagraph; on request Art. 5(5), 14(1), 21(4).
    """
    consultation = locked(consultation_id)
    side, at, terms = side_of(consultation, by), clock.now(), consultation.terms()
    check_in_time(consultation.status, consultation.clock(), at)
    check_extension(terms, agreed=consultation.extended_by(), further=amount)
    on_request = terms.extension is not None and terms.extension.by is By.CONSULTED_REQUEST
    if on_request:
        only(CONSULTED, consultation, by)
    if consultation.proposal() is not None:
        raise TransitionRefused("extension_proposed", Event.PROPOSE_EXTENSION)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    consultation.advance(Event.PROPOSE_EXTENSION)
    consultation.save(update_fields=taken_up(consultation, by, at))
    extension = Extension(
        consultation=consultation,
        amount=amount,
        unit=str(terms.extension.cap.unit) if terms.extension else "",
        reason=reason,
        proposed_at=at,
        proposed_by_authority=consultation.body_of(by.authority_id),
    )
    extension.save(force_insert=True)
    data: dict[str, object] = {"extension": str(extension.pk), "amount": amount, "unit": extension.unit}
    data |= said(summary)
    write(consultation, "extension_proposed", by=by, at=at, now=at, text=reason, data=data)
    if on_request:
        _agree(consultation, extension, by=by, at=at)
    else:
        notices.tell("extension_proposed", consultation, side=other(side), now=at)
    return extension


@transaction.atomic
def agree_extension(*, consultation_id: UUID, by: Principal, now: datetime) -> Extension:
    """
    Agree to the extension proposed by the other side: the period is counted anew, the units added.

    :raises PeriodEnded: if it ended meanwhile.   :raises TransitionRefused: without a proposal.
    :raises MovesIntoThePast: if nothing is gained, as for a period held for long.
    :raises NotCompetent: for the side that proposed it.
    Source: Reg. (EU) 2021/821 Art. 16(5), third subparagraph; Reg. 1182/71 Art. 3.
    """
    consultation, extension, at = _proposed(consultation_id, Event.AGREE_EXTENSION, by)
    _agree(consultation, extension, by=by, at=at)
    return extension


def _agree(consultation: Consultation, extension: Extension, *, by: Principal, at: datetime) -> None:
    """Count the period anew and tell both sides."""
    extension.due_before_old = consultation.due_before
    deadline = _move(consultation, extension.amount)
    _check_gains(extension.due_before_old, deadline, at)
    plan_reminders(consultation, deadline, now=at)
    overtake_corrections(consultation, now=at)
    extension.due_before_new = consultation.due_before
    extension.status, extension.decided_at = Extension.State.AGREED, at
    extension.save(update_fields=["status", "decided_at", "due_before_old", "due_before_new"])
    data: dict[str, object] = {
        "extension": str(extension.pk),
        "amount": extension.amount,
        "unit": extension.unit,
        "due_before_old": _iso(extension.due_before_old),
        "due_before": _iso(extension.due_before_new),
    }
    write(consultation, "extension_agreed", by=by, at=at, now=at, data=data)
    notices.tell_both("extension_agreed", consultation, now=at)


def _check_gains(old: datetime | None, deadline: Deadline | None, at: datetime) -> None:
    """Refuse an extension that ends no later than the period did, or not after now.   :raises MovesIntoThePast:"""
    if deadline is not None:
        check_moves_ahead(deadline.due_before, max(at, old) if old else at)


@transaction.atomic
def refuse_extension(
    *, consultation_id: UUID, by: Principal, now: datetime, reason: str = "", summary: str = ""
) -> Extension:
    """
    Refuse the extension proposed by the other side; the period stays as it is.

    :raises: as `agree_extension`.
    """
    consultation, extension, at = _proposed(consultation_id, Event.REFUSE_EXTENSION, by)
    extension.status, extension.decided_at = Extension.State.REFUSED, at
    extension.save(update_fields=["status", "decided_at"])
    data: dict[str, object] = {"extension": str(extension.pk), **said(summary)}
    write(consultation, "extension_refused", by=by, at=at, now=at, text=reason, data=data)
    side = side_of(consultation, by)
    notices.tell("extension_refused", consultation, side=other(side), now=at)
    return extension


@transaction.atomic
def lapse_consultation(*, consultation_id: UUID, now: datetime, by: Principal = SYSTEM) -> Consultation:
    """
    Close a consultation whose period ended without an answer, dated to the end of the period.

    :raises NotYetDue: if the period has not ended at `now`.   :raises TransitionRefused: if an answer came first.
    :raises Unwitnessed: while the audit chain is.
    Source: Reg. (EU) 2021/821 Art. 16(5), second subparagraph; for arms the User's Guide.
    """
    consultation = locked(consultation_id)
    due_before = check_lapsed(consultation.status, consultation.clock(), now)
    audit.check_witnessed(now)
    consultation.advance(Event.PERIOD_ENDED)
    consultation.concluded_at = due_before
    consultation.save(update_fields=["status", "concluded_at"])
    data: dict[str, object] = {"silence": str(consultation.terms().silence), "rule": consultation.rule}
    holds = consultation.events.filter(kind="deadline_held").count()  # a hold undoes a lapse, and its end may stand
    key = f"lapsed:{due_before.isoformat()}{f':{holds}' if holds else ''}"
    write(consultation, "lapsed", by=by, at=due_before, now=now, key=key, data=data)
    notices.tell_both("lapsed", consultation, now=now)
    return consultation


def lapse_if_ended(consultation: Consultation, *, now: datetime) -> None:
    """Write the lapse of a locked thread before anything else, if its period has ended and no sweep came first."""
    if consultation.status == State.OPEN and consultation.clock().has_ended(now) and audit.is_witnessed(now):
        lapse_consultation(consultation_id=consultation.pk, now=now)
        consultation.refresh_from_db(fields=["status", "concluded_at"])


@transaction.atomic
def withdraw_consultation(
    *, consultation_id: UUID, reason: str, by: Principal, now: datetime, summary: str = ""
) -> Consultation:
    """
    Take a question back before it is answered; the hits it was about are open again.

    :raises PeriodEnded: if silence has had its effect.   :raises TransitionRefused: after an answer.
    :raises NotCompetent: for anyone but the consulting authority.   :raises ReasonMissing:
    """
    application = Application.objects.select_for_update(of=("self",)).filter(consultations=consultation_id).first()
    consultation = locked(consultation_id)
    only(CONSULTING, consultation, by)
    at = clock.now()
    check_in_time(consultation.status, consultation.clock(), at)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    consultation.advance(Event.WITHDRAW)
    consultation.concluded_at = at
    consultation.save(update_fields=["status", "concluded_at"])
    if application is not None and consultation.kind == Kind.DENIALS:
        about = {row.denial_id for row in consultation.denials.all()}
        release_hits(application=application, denials=about, by=by, now=at)
    write(consultation, "withdrawn", by=by, at=at, now=at, key="withdrawn", text=reason, data=said(summary))
    notices.tell("withdrawn", consultation, side=CONSULTED, now=at)
    return consultation


def _proposed(consultation_id: UUID, event: Event, by: Principal) -> tuple[Consultation, Extension, datetime]:
    """Return the locked thread, the proposal the other side made, and the moment that decides."""
    consultation = locked(consultation_id)
    at, extension = clock.now(), consultation.proposal()
    if extension is None:
        raise TransitionRefused(consultation.status, event)
    only(other(consultation.side_of(extension.proposed_by_authority_id)), consultation, by)
    check_in_time(consultation.status, consultation.clock(), at)
    consultation.advance(event)
    consultation.save(update_fields=taken_up(consultation, by, at))
    return consultation, extension, at


def _move(consultation: Consultation, further: int) -> Deadline | None:
    """Give the period the end it has with the units added."""
    deadline = extended_end(consultation, further)
    columns = set_end(consultation, deadline)
    window = consultation.held_by
    if window is not None and deadline and not ends_within(deadline.due_before, window.began_at, window.ended_at):
        consultation.held_by = None
        columns.append("held_by")
    consultation.save(update_fields=columns)
    return deadline


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

"""Where silence never lapses: the consulting authority reminds, and may close what stays unanswered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.law.errors import ReasonMissing
from accounts.roles import Principal
from consultations import notices
from consultations.actions.record import locked, only, said, write
from consultations.law.lifecycle import Event, check_closable, check_in_time
from consultations.models import CONSULTED, CONSULTING, Consultation

REMINDED = "reminded"


@transaction.atomic
def remind_consulted(
    *, consultation_id: UUID, by: Principal, now: datetime, text: str = "", summary: str = ""
) -> Consultation:
    """
    Remind the consulted authority that its answer is awaited; the reminder is on record and moves no clock.

    :raises PeriodEnded: :raises TransitionRefused: once concluded.   :raises NotCompetent: for the consulted side.
    Source: Reg. (EU) 2019/125 Art. 23(2); docs/adr/0019.
    """
    consultation = locked(consultation_id)
    only(CONSULTING, consultation, by)
    at = clock.now()
    check_in_time(consultation.status, consultation.clock(), at)
    consultation.advance(Event.REMIND)
    write(consultation, REMINDED, by=by, at=at, now=at, text=text, data=said(summary))
    notices.tell(REMINDED, consultation, side=CONSULTED, now=at)
    return consultation


@transaction.atomic
def close_unanswered(
    *, consultation_id: UUID, reason: str, by: Principal, now: datetime, summary: str = ""
) -> Consultation:
    """
    Close a consultation that no period ends, after a recorded reminder and with a reason; it is closed, not lapsed.

    :raises TransitionRefused: where the period decides, or once concluded.   :raises ReminderMissing:
    :raises ReasonMissing: :raises NotCompetent: for anyone but the consulting authority.
    Source: Reg. (EU) 2019/125 Art. 23(2); docs/adr/0019.
    """
    consultation = locked(consultation_id)
    only(CONSULTING, consultation, by)
    at = clock.now()
    reminded = consultation.events.filter(kind=REMINDED).exists()
    check_closable(consultation.status, lapses=consultation.terms().lapses, reminded=reminded)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    consultation.advance(Event.CLOSE_UNANSWERED)
    consultation.concluded_at = at
    consultation.save(update_fields=["status", "concluded_at"])
    key, data = "closed_unanswered", said(summary)
    write(consultation, "closed_unanswered", by=by, at=at, now=at, key=key, text=reason, data=data)
    notices.tell("closed_unanswered", consultation, side=CONSULTED, now=at)
    return consultation

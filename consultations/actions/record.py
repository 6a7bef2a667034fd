"""What every verb of a thread does alike: lock it, say who speaks, write its event and its audit record."""

from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.law.errors import NotCompetent
from accounts.principals import user_of
from accounts.roles import Principal
from consultations.models import CONSULTED, CONSULTING, Consultation, ConsultationEvent


def locked(consultation_id: UUID) -> Consultation:
    """Return the thread, locked until commit. Threads are locked after their application and before the ledger."""
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("consulting_authority", "consulted_authority", "consulted_state")
        .prefetch_related("denials__denial")
        .get(pk=consultation_id)
    )


def side_of(consultation: Consultation, by: Principal) -> str:
    """
    Return the side a principal speaks for.

    :raises NotCompetent: if it is no party to the thread.
    """
    side = consultation.side_of(by.authority_id)
    if not side:
        raise NotCompetent(authority=by.authority_code, regime=consultation.regime)
    return side


def only(side: str, consultation: Consultation, by: Principal) -> None:
    """Refuse an act that belongs to the other side.   :raises NotCompetent: naming the authority."""
    if side_of(consultation, by) != side:
        raise NotCompetent(authority=by.authority_code, regime=consultation.regime)


def other(side: str) -> str:
    """Return the opposite side."""
    return CONSULTED if side == CONSULTING else CONSULTING


def taken_up(consultation: Consultation, by: Principal, at: datetime) -> list[str]:
    """Note that the consulted side acts: whoever first does looks after the thread; return what is to be saved."""
    if consultation.side_of(by.authority_id) == CONSULTING:
        return []
    consultation.consulted_owner = consultation.consulted_owner or user_of(by)
    consultation.acknowledged_at = consultation.acknowledged_at or at
    return ["consulted_owner", "acknowledged_at"]


def said(summary: str) -> dict[str, object]:
    """Return what an event keeps of a summary in English, nothing where there is none."""
    return {"summary": summary.strip()} if summary.strip() else {}


def write(
    consultation: Consultation,
    kind: str,
    *,
    by: Principal,
    at: datetime,
    now: datetime,
    key: str = "",
    text: str = "",
    data: dict[str, object] | None = None,
) -> ConsultationEvent:
    """
    Write one legal event of the thread and its audit record.

    :param at: when it takes effect.   :param now: when it is recorded.   :param key: what makes it unique in the
        thread; without one, the instant does.
    """
    event = ConsultationEvent(
        consultation=consultation,
        kind=kind,
        effective_at=at,
        recorded_at=now,
        by_authority_id=by.authority_id,
        by_user=user_of(by),
        text=text,
        data=data or {},
    )
    event.key = key or f"{kind}:{event.pk}"
    event.save(force_insert=True)
    audit.record(
        f"consultation.{kind}",
        subject=consultation,
        by=by,
        at=now,
        after={"event": str(event.pk), "status": consultation.status, "at": at, "text": text, **(data or {})},
    )
    return event

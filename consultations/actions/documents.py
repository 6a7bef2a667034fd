"""Documents of a thread: attached inside one's own authority first, then sent to the other side for good."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from accounts.law.errors import NotCompetent, SamePerson, TransitionRefused
from accounts.principals import user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.foureyes import asks_for_two
from consultations.actions.record import locked, other, side_of, taken_up, write
from consultations.actions.timing import lapse_if_ended
from consultations.law.documents import MOST_PER_THREAD, DocumentRefused, check_document, check_marking
from consultations.law.lifecycle import Event
from consultations.models import Consultation, Document, DocumentContent


@transaction.atomic
def attach_document(
    *, consultation_id: UUID, name: str, content: bytes, marking: str, by: Principal, now: datetime
) -> Document:
    """
    Keep a document with a thread, inside one's own authority until it is sent.

    :raises DocumentRefused: for its name, size or kind, or content of another kind; see `law/documents.py`.
    :raises NotForeseen: for a marking that is none.   :raises NotCompetent: for a stranger.
    """
    consultation = locked(consultation_id)
    side_of(consultation, by)
    media_type = check_document(name, content)
    marked = check_marking(marking)
    body = consultation.body_of(by.authority_id)
    if Document.objects.filter(consultation=consultation, authority=body).count() >= MOST_PER_THREAD:
        raise DocumentRefused("too_many")
    document = Document(
        consultation=consultation,
        authority=body,
        name=name,
        media_type=media_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        marking=str(marked),
        attached_at=now,
        attached_by=user_of(by),
    )
    document.save(force_insert=True)
    DocumentContent(document=document, bytes=content).save(force_insert=True)
    after = {"digest": document.digest, "name": name, "marking": str(marked)}
    audit.record("document.attached", subject=document, by=by, at=now, after=after)
    return document


@transaction.atomic
def send_document(*, document_id: UUID, by: Principal, now: datetime) -> Document:
    """
    Send an attached document to the other side; it cannot be taken back.

    :raises NotCompetent: for another authority's.   :raises TransitionRefused: if it was sent, or the thread has ended.
    :raises SamePerson: for who attached it, where the authority has chosen that a second person sends.
    """
    document = _own(document_id, by)
    if document.attached_by_id == by.id and asks_for_two(by, now):
        raise SamePerson
    consultation = locked(document.consultation_id)
    at = clock.now()
    lapse_if_ended(consultation, now=at)
    consultation.advance(Event.WRITE)
    consultation.save(update_fields=taken_up(consultation, by, at))
    document.sent_at = at
    document.save(update_fields=["sent_at"])
    data: dict[str, object] = {
        "document": str(document.pk),
        "name": document.name,
        "size": document.size,
        "digest": document.digest,
        "marking": document.marking,
    }
    write(consultation, "document_sent", by=by, at=at, now=at, key=f"document:{document.pk}", data=data)
    notices.tell("document_sent", consultation, side=other(side_of(consultation, by)), now=at)
    return document


@transaction.atomic
def note_printed(*, consultation: Consultation, by: Principal, now: datetime) -> None:
    """Note that a thread was written out as a file."""
    audit.record("consultation.exported", subject=consultation, by=by, at=now, after={"form": "pdf"})


@transaction.atomic
def discard_document(*, document_id: UUID, by: Principal, now: datetime) -> None:
    """Take back a document that was not sent; nothing of it is kept but the record that it was there."""
    document = _own(document_id, by)
    audit.record("document.discarded", subject=document, by=by, at=now, before={"digest": document.digest})
    document.delete()


def _own(document_id: UUID, by: Principal) -> Document:
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code)
    if document.sent_at is not None:
        raise TransitionRefused("sent", "change_document")
    return document

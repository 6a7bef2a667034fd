"""The outbox: a notice and its ways out, written in the transaction of the act it tells of."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from accounts.models import Authority, Delivery, Notice


def post(kind: str, *, to: Iterable[Authority], subject: models.Model, reference: str, now: datetime) -> list[Notice]:
    """
    Queue one notice per recipient; a sweep delivers it after commit.

    :param kind: what is told, e.g. `consultation.opened`.   :param reference: the subject's reference; no content.
    """
    return [_post(kind, recipient=recipient, subject=subject, reference=reference, now=now) for recipient in to]


def _post(kind: str, *, recipient: Authority, subject: models.Model, reference: str, now: datetime) -> Notice:
    notice = Notice(
        recipient=recipient,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        reference=reference,
        created_at=now,
    )
    notice.save(force_insert=True)
    if recipient.mailbox:
        Delivery.objects.create(notice=notice, channel="email", address=recipient.mailbox, next_attempt_at=now)
    return notice

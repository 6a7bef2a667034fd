"""The outbox: a notice and its ways out, written in the transaction of the act it tells of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.labels import NOTICES
from accounts.models import Authority, Delivery, Notice, User

# Waits between tries, as Standard Webhooks gives them: ten tries within about 75 hours.
WAITS = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))


def post(
    kind: str,
    *,
    to: Iterable[Authority],
    subject: models.Model,
    reference: str,
    now: datetime,
    people: Iterable[User] = (),
) -> list[Notice]:
    """
    Queue one notice per recipient; a sweep delivers it after commit.

    :param kind: what is told, e.g. `consultation.opened`.   :param reference: the subject's reference; no content.
    :param people: persons who are told beside the authorities, each for themselves.
    """
    persons = list(people)
    told: list[tuple[Authority | None, User | None, str]] = [(body, None, body.mailbox) for body in to]
    told += [(person.authority, person, person.email) for person in persons]
    notices = [
        Notice(
            recipient=recipient,
            person=person,
            kind=kind,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            reference=reference,
            created_at=now,
        )
        for recipient, person, _address in told
    ]
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel="email", address=address, next_attempt_at=now)
        for notice, (_recipient, _person, address) in zip(notices, told, strict=True)
        if address
    )
    return notices


def deliver_next(*, now: datetime) -> bool:
    """Claim and try one delivery, ids only and no case content; return False when none waits."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Delivery.State.WAITING, next_attempt_at__lte=now
        )
        delivery = due.select_related("notice__recipient").order_by("next_attempt_at").first()
        if delivery is None:
            return False
        _attempt(delivery, now=now)
        return True


def _attempt(delivery: Delivery, *, now: datetime) -> None:
    delivery.attempts += 1
    try:
        message_for(delivery.notice, delivery.address).send()
    except (OSError, ValueError) as failure:  # the mail server, or an address no mail can be written to
        delivery.last_error = type(failure).__name__
        if delivery.attempts > len(WAITS):
            delivery.state = Delivery.State.FAILED
        else:
            delivery.next_attempt_at = now + WAITS[delivery.attempts - 1]
    else:
        delivery.state, delivery.delivered_at, delivery.last_error = Delivery.State.DELIVERED, now, ""
    delivery.save(update_fields=["attempts", "state", "delivered_at", "next_attempt_at", "last_error"])


def message_for(notice: Notice, address: str) -> EmailMessage:
    """Compose the mail: what kind of thing happened and under which reference; the case itself stays inside."""
    state = notice.recipient.state
    with override(state.languages[0] if state and state.languages else "en"):
        kind = str(NOTICES.get(notice.kind, notice.kind))
        body = _("%(kind)s.\n\nReference: %(reference)s\n%(address)s\n") % {
            "kind": kind,
            "reference": notice.reference,
            "address": f"{settings.EXCHANGE_ADDRESS}/notices/",
        }
        subject = f"{kind}: {notice.reference}"
    return EmailMessage(subject, body, to=[address], headers={"Message-ID": f"<{notice.pk}@denial-exchange>"})

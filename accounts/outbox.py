"""The outbox: a notice and its ways out, written in the transaction of the act it tells of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import webhooks
from accounts.labels import NOTICES
from accounts.law.webhooks import AddressRefused
from accounts.models import Authority, Delivery, Invitation, Notice, User, Webhook

EMAIL, WEBHOOK = "email", "webhook"
INVITED = "person.invited"
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
    _to_systems(notices, now)
    return notices


def _to_systems(notices: Iterable[Notice], now: datetime) -> None:
    """Queue what an authority is told for its systems too; what is for one person stays with them."""
    told = [notice for notice in notices if notice.person_id is None]
    receiving: dict[object, list[Webhook]] = {}
    for webhook in Webhook.objects.receiving().filter(authority__in={notice.recipient_id for notice in told}):
        receiving.setdefault(webhook.authority_id, []).append(webhook)
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=WEBHOOK, address=str(webhook.pk), next_attempt_at=now)
        for notice in told
        for webhook in receiving.get(notice.recipient_id, ())
    )


def deliver_next(*, now: datetime, channel: str = EMAIL) -> bool:
    """Claim and try one delivery of a channel, ids only and no case content; return False when none waits."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Delivery.State.WAITING, channel=channel, next_attempt_at__lte=now
        )
        delivery = due.select_related("notice__recipient").order_by("next_attempt_at").first()
        if delivery is None:
            return False
        _attempt(delivery, now=now)
        return True


def _attempt(delivery: Delivery, *, now: datetime) -> None:
    delivery.attempts += 1
    try:
        _send(delivery, now=now)
    except (OSError, ValueError, AddressRefused) as failure:  # a server, or an address nothing can be sent to
        delivery.last_error = (
            f"{type(failure).__name__} {failure}"[:200] if delivery.channel == WEBHOOK else _name(failure)
        )
        if delivery.attempts > len(WAITS):
            delivery.state = Delivery.State.FAILED
        else:
            delivery.next_attempt_at = now + WAITS[delivery.attempts - 1]
    else:
        delivery.state, delivery.delivered_at, delivery.last_error = Delivery.State.DELIVERED, now, ""
    delivery.save(update_fields=["attempts", "state", "delivered_at", "next_attempt_at", "last_error"])


def _name(failure: Exception) -> str:
    """Name a failure without its words, which may quote a mail."""
    return type(failure).__name__


def _send(delivery: Delivery, *, now: datetime) -> None:
    if delivery.channel == EMAIL:
        message_for(delivery.notice, delivery.address).send()
        return
    webhook = Webhook.objects.receiving().filter(pk=delivery.address).first()
    if webhook is None:
        delivery.attempts = len(WAITS) + 1  # nobody receives there any more: no further try
        raise webhooks.NotTaken("not receiving")
    webhooks.send(delivery.notice, webhook, now=now)


def message_for(notice: Notice, address: str) -> EmailMessage:
    """Compose the mail: what kind of thing happened and under which reference; the case itself stays inside."""
    state = notice.recipient.state
    with override(state.languages[0] if state and state.languages else "en"):
        kind = str(NOTICES.get(notice.kind, notice.kind))
        body = _("%(kind)s.\n\nReference: %(reference)s\n%(address)s\n") % {
            "kind": kind,
            "reference": notice.reference,
            "address": f"{settings.EXCHANGE_ADDRESS}{_page_of(notice)}",
        }
        subject = f"{kind}: {notice.reference}"
    return EmailMessage(subject, body, to=[address], headers={"Message-ID": f"<{notice.pk}@denial-exchange>"})


def _page_of(notice: Notice) -> str:
    """Return the page a mail leads to: the post, or for somebody invited the one to choose a password."""
    link = Invitation.objects.filter(pk=notice.subject_id).first() if notice.kind == INVITED else None
    return reverse("invitation", args=[link.pk, link.token]) if link else reverse("notices")

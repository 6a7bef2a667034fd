"""The outbox: a notice and its ways out, written in the transaction of the act it tells of."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import Signer
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import tenant, webhooks
from accounts.labels import NOTICES
from accounts.law.webhooks import AddressRefused
from accounts.models import Authority, Delivery, Notice, User, Webhook
from accounts.roles import SYSTEM

EMAIL, WEBHOOK = "email", "webhook"
#: How long a try may go without a result; longer than any lasts (`webhooks.TOTAL`, EMAIL_TIMEOUT).
LEASE = timedelta(seconds=60)
BROKEN_OFF = "broken off"
INVITATION = "accounts.invitation"  # what the links of invitations are signed for, and nothing else
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
    """
    Claim and try one delivery of a channel, ids only and no case content; return False when none waits.

    The try is on record before anything is sent and its result after: a process that dies between the two leaves a
    try without a result, which counts once and is made again under the same id.   Source: docs/adr/0096.
    """
    delivery = _begun(now=now, channel=channel)
    if delivery is not None and delivery.state == Delivery.State.WAITING:
        _settle(delivery, _failure_of(delivery, now=now), now=now)
    return delivery is not None


def _begun(*, now: datetime, channel: str) -> Delivery | None:
    """Put the next try of what waits longest on record, or give it up if its last one was broken off."""
    with transaction.atomic():
        tenant.enter(SYSTEM)
        due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Delivery.State.WAITING, channel=channel, next_attempt_at__lte=now
        )
        delivery = due.select_related("notice__recipient__state").order_by("next_attempt_at").first()
        if delivery is None:
            return None
        if delivery.trying_since is not None:
            delivery.last_error = BROKEN_OFF
        if delivery.attempts > len(WAITS):
            delivery.state, delivery.trying_since = Delivery.State.FAILED, None
        else:
            delivery.attempts += 1
            delivery.trying_since, delivery.next_attempt_at = now, now + LEASE
        delivery.save(update_fields=["attempts", "state", "trying_since", "next_attempt_at", "last_error"])
        return delivery


def _failure_of(delivery: Delivery, *, now: datetime) -> Exception | None:
    """Send, and return what went wrong: at a server, or with an address nothing can be sent to."""
    try:
        _send(delivery, now=now)
    except (OSError, ValueError, AddressRefused) as failure:
        return failure
    return None


def _settle(delivery: Delivery, failure: Exception | None, *, now: datetime) -> None:
    """Write the result of a try, unless another process has begun the next one meanwhile."""
    if failure is None:
        result = {"state": Delivery.State.DELIVERED, "delivered_at": now, "last_error": ""}
    else:
        said = f"{type(failure).__name__} {failure}"[:200] if delivery.channel == WEBHOOK else _name(failure)
        result = {"attempts": delivery.attempts, "last_error": said}
        if delivery.attempts > len(WAITS):
            result["state"] = Delivery.State.FAILED
        else:
            result["next_attempt_at"] = now + WAITS[delivery.attempts - 1]
    with transaction.atomic():
        tenant.enter(SYSTEM)
        own = Delivery.objects.filter(pk=delivery.pk, trying_since=delivery.trying_since)
        own.update(trying_since=None, **result)


def _name(failure: Exception) -> str:
    """Name a failure without its words, which may quote a mail."""
    return type(failure).__name__


def _send(delivery: Delivery, *, now: datetime) -> None:
    if delivery.channel == EMAIL:
        message_for(delivery.notice, delivery.address).send()
        return
    with transaction.atomic():
        tenant.enter(SYSTEM)
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
            "address": settings.EXCHANGE_ADDRESS + _path_of(notice),
        }
        subject = f"{kind}: {notice.reference}"
    return EmailMessage(subject, body, to=[address], headers={"Message-ID": f"<{notice.pk}@denial-exchange>"})


def _path_of(notice: Notice) -> str:
    """Return where a mail leads: the post; for who is invited, the page that takes a password, by a signed link."""
    if notice.kind != "person.invited":
        return "/notices/"
    return link_of(notice.subject_id)


def link_of(invitation_id: UUID) -> str:
    """Return the address behind an invitation: made when it is sent, stored nowhere."""
    return f"/sign-in/invitation/{Signer(salt=INVITATION).sign(str(invitation_id))}/"

"""The post leaves here: a sweep claims what waits and hands it to the mail server. Ids only, no case content."""

from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.labels import NOTICES
from accounts.models import Delivery, Notice, SweepHeartbeat

# Waits between tries, as Standard Webhooks gives them: ten tries within about 75 hours.
WAITS = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
BATCH = 50


@shared_task(name="accounts.tasks.deliver_notices")
def deliver_notices() -> None:
    """Send what waits, each delivery on its own: one that fails holds up no other."""
    now = clock.now()
    for _turn in range(BATCH):
        if not deliver_next(now=now):
            break
    beat("notices", now=clock.now())


def deliver_next(*, now: datetime) -> bool:
    """Claim and try one delivery; return False when none waits."""
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
    except OSError as failure:
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


def beat(name: str, *, now: datetime) -> None:
    """Note that a sweep ran through; `/readyz` reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SweepHeartbeat._meta.db_table} (name, at) VALUES (%s, %s) "  # noqa: S608  # nosec B608
            "ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            [name, now],
        )

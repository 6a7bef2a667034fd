"""The outgoing post: written with the act, delivered once, tried again after a failure, ids only."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.db import transaction

from accounts import clock, outbox
from accounts.models import Delivery, Notice
from accounts.models.record import ImmutableRow
from accounts.outbox import WAITS, deliver_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(consulted_officer):
    return outbox.post(
        "consultation.opened",
        to=[consulted_officer.authority],
        subject=consulted_officer.user,
        reference="BE-NL-ABCDEFGH",
        now=clock.now(),
    )[0]


class TestOutbox:
    def test_nothing_is_queued_by_an_act_rolled_back(self, consulted_officer):
        with transaction.atomic():
            outbox.post(
                "x", to=[consulted_officer.authority], subject=consulted_officer.user, reference="R", now=clock.now()
            )
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert not Delivery.objects.exists()

    def test_a_notice_is_written_once(self, notice):
        with pytest.raises(ImmutableRow):
            notice.save()

    def test_only_the_recipient_sees_it(self, notice, consulted_officer, stranger):
        assert list(Notice.objects.visible_to(consulted_officer.principal)) == [notice]
        assert not Notice.objects.visible_to(stranger.principal).exists()


class TestDelivery:
    def test_is_sent_once_with_the_reference_and_no_more(self, notice):
        assert deliver_next(now=clock.now())
        assert not deliver_next(now=clock.now())
        (sent,) = mail.outbox
        assert sent.to == [notice.recipient.mailbox]
        assert "BE-NL-ABCDEFGH" in sent.subject
        assert str(notice.subject_id) not in sent.body

    @pytest.mark.parametrize("failure", [ConnectionRefusedError, UnicodeError, BadHeaderError])
    def test_is_tried_again_after_a_failure_and_given_up_after_ten(self, notice, monkeypatch, failure):
        def refuse(*args, **kwargs):
            raise failure

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        now = clock.now()
        for wait in [*WAITS, timedelta()]:
            assert deliver_next(now=now)
            now += wait
        delivery = Delivery.objects.get(notice=notice)
        assert (delivery.state, delivery.attempts) == (Delivery.State.FAILED, 10)
        assert not deliver_next(now=now)

    def test_a_failing_one_holds_up_no_other(self, notice, consulted_officer, monkeypatch):
        send = mail.EmailMessage.send

        def refuse_the_first(message, *args, **kwargs):
            if notice.reference in message.subject:
                raise ConnectionRefusedError
            return send(message, *args, **kwargs)

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse_the_first)
        now = clock.now()
        outbox.post("x", to=[consulted_officer.authority], subject=consulted_officer.user, reference="R2", now=now)
        assert deliver_next(now=now)
        assert deliver_next(now=now)
        assert [sent.subject.endswith("R2") for sent in mail.outbox] == [True]
        assert Delivery.objects.get(notice=notice).state == Delivery.State.WAITING

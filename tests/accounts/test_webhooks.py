"""Webhooks: approved addresses only, signed, ids only, ten tries, redelivery by hand; each delivered once."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import override_settings
from django.urls import reverse

from accounts import actions, outbox, webhooks
from accounts.clock import now
from accounts.law.errors import NotForeseen
from accounts.law.webhooks import AddressRefused
from accounts.models import AuditRecord, Delivery, Webhook
from accounts.webhooks import body_of, keys_of

pytestmark = pytest.mark.django_db


class Receiver(HTTPServer):
    """A receiver that fails three times in four, and keeps what it took."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.failures = [500, 503, 302]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?system=1"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        told = ({name.lower(): value for name, value in self.headers.items()}, body)
        turn = len(self.server.seen) % (len(self.server.failures) + 1)
        self.server.seen.append(told)
        if turn < len(self.server.failures):
            self.send_response(self.server.failures[turn])
            self.send_header("Location", "/elsewhere")
        else:
            self.server.taken.append(told)
            self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        raise AssertionError("a redirect was followed")

    def log_message(self, *_: Any) -> None:
        pass


def drip(handler: Handler) -> None:
    """Answer a letter at a time, for long."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _letter in range(100):
            handler.wfile.write(b"x")
            sleep(0.05)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(EXCHANGE_TEST_WEBHOOK=server.url):
        yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(receiver: Receiver, administrator: Any, commission: Any) -> Webhook:
    made = actions.register_webhook(url=receiver.url, by=administrator.principal, now=now())
    return actions.approve_webhook(webhook_id=made.pk, by=commission.principal, now=now())


def tell(body: Any, count: int = 1) -> list[Any]:
    return [
        outbox.post("denial.notified", to=[body], subject=body, reference=f"NL-{number}", now=now())[0]
        for number in range(count)
    ]


def sweep(clock: Any, turns: int) -> None:
    for _turn in range(turns):
        while outbox.deliver_next(now=now(), channel=outbox.WEBHOOK):
            pass
        clock.forward(timedelta(days=1))


class TestDelivery:
    def test_each_once_with_stable_ids_and_the_right_signature(
        self, webhook: Webhook, receiver: Receiver, administrator: Any, clock: Any
    ) -> None:
        told = tell(administrator.authority, 5)
        sweep(clock, 10)
        ids = [headers["webhook-id"] for headers, _body in receiver.taken]
        assert sorted(ids) == sorted(str(one.pk) for one in told)
        assert set(Delivery.objects.filter(channel="webhook").values_list("state", flat=True)) == {"delivered"}
        by_id: dict[str, set[bytes]] = {}
        for headers, body in receiver.seen:
            by_id.setdefault(headers["webhook-id"], set()).add(body)
            key = base64.b64decode(keys_of(webhook, now())[0].removeprefix("whsec_"))
            signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
            wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            assert f"v1,{wanted}" in headers["webhook-signature"].split(" ")
        assert all(len(bodies) == 1 for bodies in by_id.values())

    def test_ed25519_is_checked_with_a_key_that_cannot_sign(
        self, webhook: Webhook, receiver: Receiver, administrator: Any, clock: Any
    ) -> None:
        receiver.failures = []
        Webhook.objects.update(algorithm="ed25519")
        webhook.refresh_from_db()
        actions.replace_secret(webhook_id=webhook.pk, by=administrator.principal, now=now())
        webhook.refresh_from_db()
        keys = keys_of(webhook, now())
        tell(administrator.authority)
        sweep(clock, 1)
        headers, body = receiver.taken[0]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        found = headers["webhook-signature"].split(" ")
        assert len(found) == 2
        for one, key in zip(found, keys, strict=True):
            version, _comma, raw = one.partition(",")
            assert version == "v1a"
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_")))
            public.verify(base64.b64decode(raw), signed)
            with pytest.raises(InvalidSignature):
                public.verify(base64.b64decode(raw), signed + b" ")

    def test_ids_and_nothing_of_a_case(self, webhook: Webhook, administrator: Any) -> None:
        (notice,) = tell(administrator.authority)
        assert len(body_of(notice)) < 20_000, "what Standard Webhooks has receivers take"
        told = json.loads(body_of(notice))
        assert set(told) == {"type", "timestamp", "data"}
        assert set(told["data"]) == {"notice", "subject_type", "subject_id", "reference"}

    def test_given_up_after_ten_and_tried_again_by_hand(
        self, webhook: Webhook, receiver: Receiver, administrator: Any, commission: Any, clock: Any
    ) -> None:
        receiver.failures = [500] * 10
        (notice,) = tell(administrator.authority)
        sweep(clock, 12)
        delivery = Delivery.objects.get(channel="webhook")
        assert (delivery.state, delivery.attempts, len(receiver.seen)) == ("failed", 10, 10)
        place = reverse("undelivered")
        assert "status 500" in administrator.web.get(place).content.decode()
        seen = commission.web.get(place).content.decode()
        assert str(notice.pk) in seen
        assert notice.reference not in seen
        administrator.web.post(reverse("redeliver", args=[delivery.pk]))
        sweep(clock, 1)
        delivery.refresh_from_db()
        assert delivery.state == "delivered"
        assert receiver.taken[0][0]["webhook-id"] == str(notice.pk)
        with pytest.raises(NotForeseen):
            actions.redeliver(delivery_id=delivery.pk, by=administrator.principal, now=now())

    @pytest.mark.parametrize("taken", [False, True])
    def test_a_process_that_dies_while_it_sends_leaves_a_try_on_record(
        self, webhook: Webhook, receiver: Receiver, administrator: Any, clock: Any, monkeypatch: Any, taken: bool
    ) -> None:
        receiver.failures = []
        (notice,) = tell(administrator.authority)
        send = webhooks.send

        def die(*args: Any, **options: Any) -> None:
            if taken:
                send(*args, **options)
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(webhooks, "send", die)
            with pytest.raises(SystemExit):
                outbox.deliver_next(now=now(), channel=outbox.WEBHOOK)
        delivery = Delivery.objects.get(channel="webhook")
        assert (delivery.state, delivery.attempts, delivery.trying_since is None) == ("waiting", 1, False)
        assert not outbox.deliver_next(now=now() + outbox.LEASE / 2, channel=outbox.WEBHOOK), "it may still run"
        assert outbox.deliver_next(now=now() + outbox.LEASE, channel=outbox.WEBHOOK)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts, delivery.trying_since) == ("delivered", 2, None)
        assert {headers["webhook-id"] for headers, _body in receiver.taken} == {str(notice.pk)}

    def test_a_tenth_try_broken_off_is_given_up_as_any_other(self, webhook: Webhook, administrator: Any) -> None:
        tell(administrator.authority)
        Delivery.objects.update(attempts=10, trying_since=now())
        assert outbox.deliver_next(now=now(), channel=outbox.WEBHOOK)
        delivery = Delivery.objects.get(channel="webhook")
        assert (delivery.state, delivery.attempts, delivery.last_error) == ("failed", 10, outbox.BROKEN_OFF)

    def test_the_tries_span_75_hours(self) -> None:
        assert len(outbox.WAITS) + 1 == 10
        assert timedelta(hours=75) <= sum(outbox.WAITS, timedelta()) < timedelta(hours=76)

    def test_nothing_before_approval_and_nothing_after_the_end(
        self, receiver: Receiver, administrator: Any, commission: Any, clock: Any
    ) -> None:
        made = actions.register_webhook(url=receiver.url, by=administrator.principal, now=now())
        tell(administrator.authority)
        assert not Delivery.objects.filter(channel="webhook").exists()
        actions.approve_webhook(webhook_id=made.pk, by=commission.principal, now=now())
        tell(administrator.authority)
        actions.end_webhook(webhook_id=made.pk, by=administrator.principal, now=now())
        sweep(clock, 2)
        assert receiver.seen == []
        assert Delivery.objects.get(channel="webhook").state == "failed"

    def test_a_name_that_leads_inside_when_it_is_sent(
        self, webhook: Webhook, administrator: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """DNS may answer otherwise than at registration: it is asked, and checked, each time."""
        Webhook.objects.filter(pk=webhook.pk).update(url="https://hooks.example.org/in")
        inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: inside)
        tell(administrator.authority)
        outbox.deliver_next(now=now(), channel=outbox.WEBHOOK)
        delivery = Delivery.objects.get(channel="webhook")
        assert (delivery.state, delivery.attempts) == ("waiting", 1)
        assert "not_public" in delivery.last_error

    def test_what_was_checked_is_what_is_reached(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reached: list[Any] = []

        def connect(address: Any, _timeout: float) -> Any:
            reached.append(address)
            raise OSError("closed")

        monkeypatch.setattr(webhooks.socket, "create_connection", connect)
        with pytest.raises(OSError, match="closed"):
            webhooks.Pinned("hooks.example.org", "93.184.216.34").connect()
        assert reached == [("93.184.216.34", 443)]

    def test_a_receiver_that_drips_is_broken_off(
        self, webhook: Webhook, administrator: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(webhooks, "TOTAL", 0.3)
        monkeypatch.setattr(Handler, "do_POST", drip)
        tell(administrator.authority)
        began = monotonic()
        outbox.deliver_next(now=now(), channel=outbox.WEBHOOK)
        assert monotonic() - began < 3
        delivery = Delivery.objects.get(channel="webhook")
        assert (delivery.state, delivery.attempts) == ("waiting", 1)
        assert "took more than" in delivery.last_error


class TestSecrets:
    def test_the_one_before_is_good_for_a_day(self, webhook: Webhook, administrator: Any, clock: Any) -> None:
        (first,) = keys_of(webhook, now())
        replaced = actions.replace_secret(webhook_id=webhook.pk, by=administrator.principal, now=now())
        assert len(keys_of(replaced, now())) == 2
        assert keys_of(replaced, now())[1] == first
        assert first not in keys_of(replaced, now() + timedelta(days=1, seconds=1))

    def test_no_secret_is_kept(self, webhook: Webhook) -> None:
        (secret,) = keys_of(webhook, now())
        values = [str(value) for row in Webhook.objects.values() for value in row.values()]
        assert not any(secret.removeprefix("whsec_") in value for value in values)


class TestPages:
    def test_register_approve_replace_end(
        self, receiver: Receiver, administrator: Any, commission: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        place = reverse("webhooks")
        shown = administrator.web.post(place, {"url": receiver.url})
        assert "whsec_" in shown.content.decode()
        made = Webhook.objects.get()
        assert receiver.url.replace("&", "&amp;") not in stranger.web.get(place).content.decode()
        approve = reverse("approve-webhook", args=[made.pk])
        assert administrator.web.post(approve).status_code == 403
        assert commission.web.post(approve).status_code == 302
        assert consulted_officer.web.post(reverse("end-webhook", args=[made.pk])).status_code == 403
        assert "whsec_" in administrator.web.post(reverse("replace-secret", args=[made.pk])).content.decode()
        administrator.web.post(reverse("end-webhook", args=[made.pk]))
        acts = list(
            AuditRecord.objects.filter(subject_id=str(made.pk)).order_by("sequence").values_list("act", flat=True)
        )
        assert acts == ["webhook.registered", "webhook.approved", "webhook.secret_replaced", "webhook.ended"]

    def test_another_authoritys_webhook_is_not_there(self, webhook: Webhook) -> None:
        from tests.cast import person

        swede = person("SE", "administrator")
        assert swede.web.post(reverse("end-webhook", args=[webhook.pk])).status_code == 404

    def test_an_address_inside_is_refused(self, administrator: Any) -> None:
        refused = administrator.web.post(reverse("webhooks"), {"url": "https://127.0.0.1/"})
        assert refused.status_code == 422
        with pytest.raises(AddressRefused):
            actions.register_webhook(url="http://127.0.0.1:9/", by=administrator.principal, now=now())

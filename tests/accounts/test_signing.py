"""Coming in as a person: password, second factor, sessions, proof before acts, and what a stranger cannot do."""

import hashlib
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts import factors, outbox, signing
from accounts.clock import now
from accounts.factors import next_app_code
from accounts.law import signing as law
from accounts.models import AuditRecord, PersonSession, SignInTries, User
from tests.cast import BACKEND, Member, browser_of, person

PASSWORD = "a quiet harbour in winter"
LIMITS = {"EXCHANGE_SESSION_IDLE_MINUTES": 30, "EXCHANGE_SESSION_HOURS": 12, "EXCHANGE_REAUTH_MINUTES": 30}


@pytest.fixture
def officer(db: None) -> Member:
    """An officer with a password and no second factor yet."""
    made = person("NL", "officer", username="sanne")
    made.user.set_password(PASSWORD)
    made.user.email = "sanne@example.org"
    made.user.save()
    made.web.force_login(made.user, backend=BACKEND)
    return made


@pytest.fixture
def enrolled(officer: Member) -> Member:
    factors.keep_app(officer.user, factors.new_secret(), 0)
    return officer


@pytest.fixture
def limits(settings: Any) -> None:
    for name, value in LIMITS.items():
        setattr(settings, name, value)


def code_of(secret: str, step: int = 1) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[step]))


def password(browser: Browser, name: str = "sanne", word: str = PASSWORD, **extra: Any) -> Any:
    return browser.post("/sign-in/", {"username": name, "password": word}, **extra)


def signed_in(member: Member, browser: Browser | None = None, **extra: Any) -> Browser:
    browser = browser or Browser()
    assert password(browser, **extra)["Location"] == "/sign-in/second-step/"
    answer = browser.post("/sign-in/second-step/", {"code": next_app_code(member.user)}, **extra)
    assert answer.status_code == 302, answer.content
    return browser


def acts(*names: str) -> list[str]:
    return [act for act in AuditRecord.objects.order_by("sequence").values_list("act", flat=True) if act in names]


class TestSecondFactor:
    """OWASP ASVS 5.0 6.3.3: access needs more than a password; 6.5.1: a code counts once."""

    def test_a_password_alone_reaches_nothing(self, enrolled):
        browser = Browser()
        assert password(browser)["Location"] == "/sign-in/second-step/"
        for address in ("/", "/denials/", "/settings/people/", "/settings/second-factor/", "/sign-in/again/"):
            assert browser.get(address)["Location"].startswith("/sign-in/"), address
        assert browser.get("/api/v1/denials/").status_code == 401

    def test_a_code_opens_and_is_on_record_without_secrets(self, enrolled):
        browser = signed_in(enrolled)
        assert browser.get("/settings/people/").status_code == 200
        assert acts("person.signed_in") == ["person.signed_in"]

    def test_a_code_counts_once(self, enrolled):
        code = next_app_code(enrolled.user)
        first, second = Browser(), Browser()
        for browser, opened in ((first, True), (second, False)):
            password(browser)
            browser.post("/sign-in/second-step/", {"code": code})
            assert (browser.get("/settings/people/").status_code == 200) is opened
        assert acts("person.sign_in_failed") == ["person.sign_in_failed"]

    def test_the_session_gets_a_new_id_at_each_step(self, enrolled):
        browser = Browser()
        password(browser)
        half = browser.cookies["session"].value
        browser.post("/sign-in/second-step/", {"code": next_app_code(enrolled.user)})
        assert browser.cookies["session"].value != half
        assert not PersonSession.objects.filter(pk=half).exists()

    def test_a_first_sign_in_enrols_and_shows_recovery_codes_once(self, officer):
        browser = Browser()
        assert password(browser)["Location"] == "/sign-in/enrol/"
        assert browser.get("/denials/").status_code == 302
        page = browser.get("/sign-in/enrol/")
        secret = page.context["secret"].replace(" ", "")
        wrong = browser.post("/sign-in/enrol/", {"act": "app", "code": "000000"})
        assert not factors.is_enrolled(officer.user)
        assert wrong.context["app_form"].errors
        codes = browser.post("/sign-in/enrol/", {"act": "app", "code": code_of(secret)}).context["codes"]
        assert len(codes) == 10
        assert browser.get("/denials/").status_code == 200
        assert acts("person.factor_added") == ["person.factor_added"]
        stored = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in stored

    def test_a_recovery_code_opens_once_and_is_told_by_mail(self, enrolled, settings):
        (code, *_rest) = factors.new_recovery_codes(enrolled.user)
        for opened in (True, False):
            browser = Browser()
            password(browser)
            browser.post("/sign-in/second-step/", {"code": code})
            assert (browser.get("/settings/people/").status_code == 200) is opened
        assert acts("person.recovery_code_used") == ["person.recovery_code_used"]
        assert outbox.deliver_next(now=now())
        (told,) = mail.outbox
        assert "sanne" not in told.subject + told.body
        assert told.to == ["sanne@example.org"]

    def test_of_two_uses_of_a_recovery_code_at_once_the_second_sees_the_first(self, enrolled):
        (code, *_rest) = factors.new_recovery_codes(enrolled.user)
        with CaptureQueriesContext(connection) as queries:
            assert factors.takes_recovery_code(enrolled.user, code)
        assert "FOR UPDATE" in queries[0]["sql"]

    def test_the_last_factor_stays(self, enrolled):
        browser = signed_in(enrolled)
        (row,) = factors.of_person(enrolled.user)
        assert browser.post(f"/settings/second-factor/{row.pk}/remove/").status_code == 409
        assert factors.is_enrolled(enrolled.user)

    def test_who_has_lost_all_is_reset_by_an_administrator(self, enrolled, administrator, stranger):
        for other in (stranger, enrolled):
            with pytest.raises(signing.NotCompetent):
                signing.reset_factors(user=enrolled.user, by=other.principal, now=now())
        page, call = (f"{base}people/{enrolled.user.pk}/" for base in ("/settings/", "/api/v1/"))
        assert b"Remove all second factors" in administrator.web.get(page).content
        for by_hand in (True, False):
            factors.keep_app(enrolled.user, factors.new_secret(), 0)
            sent = (page, {"act": "factors"}) if by_hand else (f"{call}reset-factors/", {})
            answer = administrator.web.post(*sent, **({} if by_hand else {"content_type": "application/json"}))
            assert answer.status_code == (302 if by_hand else 200)
            assert password(Browser())["Location"] == "/sign-in/enrol/"
        assert acts("person.factors_reset") == ["person.factors_reset"] * 2
        browser = browser_of(enrolled.user)
        assert administrator.web.post(f"{call}end-sessions/", {}, content_type="application/json").status_code == 200
        assert browser.get("/settings/people/").status_code == 302

    def test_a_key_that_was_not_asked_for_opens_nothing(self, enrolled):
        browser = Browser()
        password(browser)
        for answer in ("{}", "[]", "nonsense", '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'):
            assert browser.post("/sign-in/second-step/", {"answer": answer}).status_code == 200
        assert browser.get("/settings/people/").status_code == 302


class SoftKey:
    """A security key in software: it answers what a browser hands on to it (W3C Web Authentication)."""

    def __init__(self) -> None:
        self.key, self.id = ec.derive_private_key(23, ec.SECP256R1()), b"a key in software"

    def _said(self, data: dict[str, bytes]) -> str:
        ids = dict.fromkeys(("id", "rawId"), websafe_encode(self.id))
        answer = {name: websafe_encode(value) for name, value in data.items()}
        return json.dumps({**ids, "type": "public-key", "response": answer, "clientExtensionResults": {}})

    def _shown(self, kind: str, asked: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(f"webauthn.{kind}", asked["challenge"], "https://testserver")

    def registered(self, registration: str) -> str:
        asked = json.loads(registration)["publicKey"]
        held = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = self._data(AuthenticatorData.FLAG.AT, held)
        shown = self._shown("create", asked)
        return self._said({"clientDataJSON": shown, "attestationObject": AttestationObject.create("none", data, {})})

    def answered(self, question: str) -> str:
        asked = json.loads(question)["publicKey"]
        shown, data = self._shown("get", asked), self._data()
        signature = self.key.sign(data + shown.hash, ec.ECDSA(hashes.SHA256()))
        return self._said({"clientDataJSON": shown, "authenticatorData": data, "signature": signature})

    def _data(self, more: Any = 0, held: bytes = b"") -> AuthenticatorData:
        place = hashlib.sha256(b"testserver").digest()
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | more
        return AuthenticatorData.create(place, AuthenticatorData.FLAG(flags), 0, held)


class TestKey:
    """W3C Web Authentication: a security key is enrolled, opens, and its answer counts once."""

    def test_it_is_enrolled_and_opens(self, officer):
        key, browser = SoftKey(), Browser()
        password(browser)
        registration = browser.get("/sign-in/enrol/").context["registration"]
        given = {"act": "key", "name": "blue", "answer": key.registered(registration)}
        assert len(browser.post("/sign-in/enrol/", given).context["codes"]) == 10
        assert browser.get("/denials/").status_code == 200
        for _again in range(2):
            browser = Browser()
            password(browser)
            answer = key.answered(browser.get("/sign-in/second-step/").context["question"])
            assert browser.post("/sign-in/second-step/", {"answer": answer}).status_code == 302
            assert browser.get("/denials/").status_code == 200
        stranger = Browser()
        password(stranger)
        stranger.get("/sign-in/second-step/")
        stranger.post("/sign-in/second-step/", {"answer": answer})
        assert stranger.get("/denials/").status_code == 302, "an answer to another question"
        assert acts("person.factor_added", "person.sign_in_failed") == ["person.factor_added", "person.sign_in_failed"]


class TestPassword:
    """OWASP ASVS 5.0 6.2.1, 6.2.4, 6.2.9: long enough, none of the common ones, and as long as one likes."""

    @pytest.mark.parametrize(
        ("words", "taken"),
        [
            ("fourteen chars", False),
            ("fifteen letters", True),
            ("1q2w3e4r5t6y7u8i9o0p", False),
            ("123456789123456789", False),
            ("sanne@example.org", False),
            ("ö" * 128, True),
        ],
    )
    def test_what_is_taken(self, enrolled, administrator, words, taken):
        signing.invite(user_id=enrolled.user.pk, by=administrator.principal, now=now())
        assert outbox.deliver_next(now=now())
        link = re.search(r"/sign-in/invitation/\S+", mail.outbox[0].body)[0]
        answer = Browser().post(link, {"password": words, "again": words})
        assert (answer.status_code == 302) is taken
        enrolled.user.refresh_from_db()
        assert enrolled.user.check_password(words) is taken


class TestTries:
    """A stranger slows nobody but themselves (docs/adr/0201)."""

    HERE, ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "203.0.113.9"}

    @pytest.mark.parametrize(
        ("failures", "seconds"), [(0, 0), (4, 0), (5, 5), (6, 10), (10, 160), (13, 900), (10_000, 900)]
    )
    def test_waits_grow_and_end(self, failures, seconds):
        assert law.wait_after(failures, free=5) == timedelta(seconds=seconds)

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("198.51.100.7", "198.51.100.0/24"),
            ("::ffff:198.51.100.7", "198.51.100.0/24"),
            ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
            ("", ""),
        ],
    )
    def test_networks(self, address, network):
        assert law.network_of(address) == network

    def test_a_stranger_waits_and_the_person_does_not(self, enrolled):
        stranger = Browser()
        for _ in range(7):
            answer = password(stranger, word="wrong", **self.ELSEWHERE)
        assert b"Too many tries" in answer.content
        assert b"Too many tries" in password(stranger, **self.ELSEWHERE).content, "the right password neither"
        signed_in(enrolled, **self.HERE)
        assert len(acts("person.sign_in_failed")) == 5

    def test_a_known_device_is_not_slowed_from_its_own_network(self, enrolled):
        known = signed_in(enrolled, **self.HERE)
        known.post("/sign-out/")
        for _ in range(7):
            password(Browser(), word="wrong", **self.HERE)
        assert b"Too many tries" in password(Browser(), **self.HERE).content
        signed_in(enrolled, known, **self.HERE)

    def test_an_unknown_log_in_looks_the_same(self, enrolled):
        answers = [password(Browser(), name=name, word="wrong") for name in ("sanne", "nobody")]
        plain = [re.sub(r'value="[^"]*"|<time.*?</time>', "", answer.content.decode()) for answer in answers]
        assert plain[0] == plain[1]
        assert len(acts("person.sign_in_failed")) == 2

    def test_an_unknown_log_in_takes_the_same_work(self, enrolled, monkeypatch):
        """OWASP ASVS 5.0 6.3.8: passwords hashed and statements asked are counted, no seconds."""
        hasher, hashed = type(get_hasher()), []
        encode = hasher.encode
        monkeypatch.setattr(hasher, "encode", lambda *given, **named: hashed.append(1) or encode(*given, **named))
        works = []
        for name in ("nobody.else", "sanne", "nobody"):
            hashed.clear()
            with CaptureQueriesContext(connection) as queries:
                password(Browser(), name=name, word="wrong")
            works.append((len(hashed), [one["sql"].split()[:3] for one in queries if "SAVEPOINT" not in one["sql"]]))
        assert works[1] == works[2]
        assert works[1][0] == 1

    def test_codes_are_not_guessed(self, enrolled):
        browser = Browser()
        password(browser)
        for _ in range(6):
            answer = browser.post("/sign-in/second-step/", {"code": "000000"})
        assert b"Too many tries" in answer.content

    def test_neither_name_nor_network_is_kept(self, enrolled):
        password(Browser(), word="wrong", **self.HERE)
        assert "sanne" not in str(list(SignInTries.objects.values()))
        assert "198.51" not in str(list(SignInTries.objects.values()))


class TestSessions:
    """OWASP ASVS 5.0 7.3.1, 7.3.2, 7.4.2."""

    def test_it_ends_after_half_an_hour_without_use(self, enrolled, limits, clock):
        browser = signed_in(enrolled)
        clock.forward(timedelta(minutes=29))
        assert browser.get("/settings/people/").status_code == 200
        clock.forward(timedelta(minutes=29))
        assert browser.get("/settings/people/").status_code == 200
        clock.forward(timedelta(minutes=31))
        assert browser.get("/settings/people/").status_code == 302
        assert browser.get("/api/v1/denials/").status_code == 401

    def test_it_ends_after_twelve_hours_however_much_used(self, enrolled, limits, clock):
        browser = signed_in(enrolled)
        for _ in range(25):
            clock.forward(timedelta(minutes=28))
            assert browser.get("/settings/sessions/").status_code == 200
        clock.forward(timedelta(minutes=25))
        assert browser.get("/settings/sessions/").status_code == 302

    def test_one_sees_and_ends_ones_own(self, enrolled):
        here = signed_in(enrolled)
        firefox = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
        there = browser_of(enrolled.user, headers=firefox)
        page = here.get("/settings/sessions/")
        other = next(one for one in page.context["object_list"] if one.handle != page.context["here"])
        assert str(other.pk) not in page.content.decode(), "the id itself opens doors"
        assert there.get("/settings/people/").status_code == 200
        assert here.post(f"/settings/sessions/{other.handle}/end/").status_code == 302
        assert there.get("/settings/people/").status_code == 302

    def test_nobody_ends_a_strangers(self, enrolled, stranger):
        handle = PersonSession.objects.get(user=enrolled.user).handle
        stranger.web.post(f"/settings/sessions/{handle}/end/")
        assert enrolled.web.get("/settings/people/").status_code == 200

    def test_the_administrator_ends_all_of_a_colleagues(self, enrolled, administrator, stranger):
        assert administrator.web.post(f"/settings/people/{stranger.user.pk}/end-sessions/").status_code == 404
        assert administrator.web.post(f"/settings/people/{enrolled.user.pk}/end-sessions/").status_code == 302
        assert enrolled.web.get("/settings/people/").status_code == 302
        assert "person.sessions_ended" in acts("person.sessions_ended")

    def test_a_session_that_was_signed_out_is_worth_nothing(self, enrolled):
        browser, again = signed_in(enrolled), Browser()
        again.cookies["session"] = browser.cookies["session"].value
        assert again.get("/settings/people/").status_code == 200
        assert browser.post("/sign-out/").status_code == 302
        assert again.get("/settings/people/").status_code == 302
        assert again.get("/api/v1/denials/").status_code == 401

    def test_the_past_is_forgotten(self, enrolled, limits, clock):
        signed_in(enrolled)
        clock.forward(timedelta(days=2))
        from accounts.tasks import forget_past

        forget_past()
        assert not PersonSession.objects.exists()


class TestProof:
    """OWASP ASVS 5.0 7.5.3: proof again before acts with legal effect, and nothing typed is lost."""

    def test_what_was_typed_is_carried_along(self, administrator, limits, clock):
        administrator.user.set_password(PASSWORD)
        administrator.user.save()
        browser = administrator.web
        clock.forward(timedelta(minutes=31))
        PersonSession.objects.update(used_at=now())
        typed = {"url": "https://hooks.example.org/in", "algorithm": "hmac"}
        asked = browser.post("/settings/webhooks/", typed)
        assert b"Confirm that it is you" in asked.content
        assert ("url", typed["url"]) in asked.context["carried"]
        wrong = browser.post("/settings/webhooks/", {**typed, "again-password": "wrong"})
        assert b"Confirm that it is you" in wrong.content
        before = browser.cookies["session"].value
        proven = browser.post("/settings/webhooks/", {**typed, "again-password": PASSWORD})
        assert proven.context["carried"] == list(typed.items())
        assert browser.cookies["session"].value != before
        assert acts("webhook.registered") == []
        browser.post("/settings/webhooks/", dict(proven.context["carried"]))
        assert acts("person.proven", "webhook.registered") == ["person.proven", "webhook.registered"]

    def test_reading_asks_for_none(self, administrator, limits, clock):
        browser = administrator.web
        clock.forward(timedelta(minutes=29))
        browser.get("/settings/webhooks/")
        clock.forward(timedelta(minutes=10))
        assert b"Confirm that it is you" not in browser.get("/settings/webhooks/").content

    def test_rest_by_session_says_so(self, administrator, limits, clock):
        browser = administrator.web
        clock.forward(timedelta(minutes=29))
        browser.get("/settings/webhooks/")
        clock.forward(timedelta(minutes=10))
        body = {"name": "four_eyes.denials", "value": "on", "since": "2030-01-01"}
        answer = browser.post("/api/v1/settings/", body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_needed")

    def test_a_new_password_needs_a_proof(self, enrolled, limits, clock):
        """OWASP ASVS 5.0 6.2.3, 7.5.1."""
        browser, words = signed_in(enrolled), "an entirely new sentence"
        clock.forward(timedelta(minutes=29))
        browser.get("/settings/people/")
        clock.forward(timedelta(minutes=10))
        answer = browser.post("/settings/password/", {"password": words, "again": words})
        assert b"Confirm that it is you" in answer.content
        enrolled.user.refresh_from_db()
        assert enrolled.user.check_password(PASSWORD)

    def test_a_proof_does_not_lengthen_the_day(self, enrolled, limits, clock):
        browser = signed_in(enrolled)
        began = PersonSession.objects.get(pk=browser.cookies["session"].value).began_at
        clock.forward(timedelta(minutes=20))
        assert browser.post("/sign-in/again/", {"again-password": PASSWORD}).status_code == 200
        row = PersonSession.objects.get(pk=browser.cookies["session"].value)
        assert row.began_at == began
        assert row.proven_at - began >= timedelta(minutes=20)


class TestInvitation:
    """There is no other way to a password; who has lost one is invited anew."""

    def test_a_link_sets_a_password_once_and_skips_no_factor(self, enrolled, administrator, clock):
        signing.invite(user_id=enrolled.user.pk, by=administrator.principal, now=now())
        assert outbox.deliver_next(now=now())
        link = re.search(r"/sign-in/invitation/\S+", mail.outbox[0].body)[0]
        assert "sanne" not in mail.outbox[0].body
        visitor, words = Browser(), {"password": "an entirely new sentence", "again": "an entirely new sentence"}
        assert visitor.post(link, {**words, "password": "short", "again": "short"}).context["form"].errors
        assert visitor.post(link, words)["Location"] == "/sign-in/second-step/"
        assert visitor.get("/denials/").status_code == 302
        assert enrolled.web.get("/denials/").status_code == 302, "who was signed in is not any more"
        for address in (link, "/sign-in/invitation/forged/"):
            assert b"not good" in Browser().get(address).content

    def test_it_expires(self, enrolled, administrator, clock):
        made = signing.invite(user_id=enrolled.user.pk, by=administrator.principal, now=now())
        clock.forward(timedelta(days=8))
        with pytest.raises(signing.InvitationOver):
            signing.set_first_password(invitation_id=made.pk, password="an entirely new sentence", now=now())

    def test_only_the_own_administrator_invites(self, enrolled, stranger, supervisor):
        for other in (stranger, supervisor):
            with pytest.raises(signing.NotCompetent):
                signing.invite(user_id=enrolled.user.pk, by=other.principal, now=now())


class TestNobodyElse:
    def test_a_superuser_is_no_role(self, enrolled):
        user = enrolled.user
        user.roles, user.is_superuser, user.is_staff = [], True, True
        user.save()
        for address in ("/denials/", "/applications/", "/consultations/", "/api/v1/denials/", "/settings/audit/"):
            assert enrolled.web.get(address).status_code == 403, address

    def test_a_superuser_without_an_authority_does_not_come_in(self, db):
        User.objects.create_superuser("root", password=PASSWORD)
        browser = Browser()
        assert password(browser, name="root").status_code == 200
        assert browser.get("/denials/").status_code == 302

    def test_there_is_no_default_account(self, db):
        assert not User.objects.exists()

    def test_the_demonstrations_door_is_on_this_machine_only(self, enrolled, settings):
        settings.EXCHANGE_DEMO = True
        there = Browser().post("/sign-in/demo/", {"username": "sanne"}, REMOTE_ADDR="192.0.2.1")
        assert there.status_code == 404
        assert b"sanne" not in Browser().get("/sign-in/", REMOTE_ADDR="192.0.2.1").content
        assert Browser().post("/sign-in/demo/", {"username": "sanne"}).status_code == 302

    def test_the_demonstration_fills_in_codes_on_this_machine_only(self, enrolled, settings):
        settings.EXCHANGE_DEMO = True
        for extra, filled in (({}, True), ({"REMOTE_ADDR": "192.0.2.1"}, False)):
            shown = enrolled.web.get("/sign-in/again/", **extra).context["form"].initial.get("code")
            assert bool(shown) is filled

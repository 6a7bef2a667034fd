"""Signing in with the identity provider of one's authority; a provider in this process answers."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client as Browser

from accounts import clock, factors, signing
from accounts.law.errors import RuleBroken
from accounts.models import AuditRecord, ExternalIdentity, IdentityProvider
from tests.cast import Member, person

KEY, OTHER = (ec.derive_private_key(number, ec.SECP256R1()) for number in (5, 6))


class Provider(HTTPServer):
    """An OpenID Connect provider: `says` is what its next ID token says beside the usual."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.says: dict[str, Any] = {}
        self.key: Any = KEY
        self.asked: dict[str, list[str]] = {}
        self.form: dict[str, list[str]] = {}
        self.configures: dict[str, Any] = {}
        self.keys: Any = None

    def id_token(self) -> str:
        at = int(clock.now().timestamp())
        usual = {"iss": self.issuer, "aud": "exchange", "sub": "s-1", "iat": at, "exp": at + 300}
        usual |= {"nonce": self.asked["nonce"][0], "email": "Sanne@example.org"}
        said = {name: value for name, value in {**usual, **self.says}.items() if value is not None}
        return jwt.encode(said, self.key, algorithm="ES256", headers={"kid": "k"})


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key()))
        addresses = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        configuration = {"issuer": issuer, **{name: f"{issuer}/{path}" for name, path in addresses.items()}}
        keys = self.server.keys or [{**jwk, "kid": "k"}]
        self.answer({"keys": keys} if self.path == "/jwks" else {**configuration, **self.server.configures})

    def do_POST(self) -> None:
        self.server.form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        self.server.form["authorization"] = [self.headers["authorization"]]
        self.answer({"id_token": self.server.token})

    def answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    running = Provider()
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def provider(served: Provider, settings: Any) -> Provider:
    settings.EXCHANGE_TEST_ISSUER = served.issuer
    settings.EXCHANGE_OIDC_SECRETS = {"eu-login": "shared"}
    served.says, served.key, served.configures, served.keys = {}, KEY, {}, None
    return served


@pytest.fixture
def row(provider: Provider, officer: Member) -> IdentityProvider:
    return IdentityProvider.objects.create(
        code="eu-login",
        authority=officer.authority,
        name="EU Login",
        issuer=provider.issuer,
        client_id="exchange",
        domains=["example.org"],
        strong=["mfa"],
        registered_at=clock.now(),
    )


@pytest.fixture
def officer(administrator: Member) -> Member:
    """Somebody of the Netherlands who is known and was invited."""
    made = person("NL", "officer", username="sanne")
    made.user.email = "sanne@example.org"
    made.user.save()
    signing.invite(user_id=made.user.pk, by=administrator.principal, now=clock.now())
    return made


def away(provider: Provider, browser: Browser) -> str:
    """Go to the provider; return the state with which it leads back."""
    sent = browser.get("/sign-in/with/eu-login/?next=/denials/")["Location"]
    provider.asked = parse_qs(urlsplit(sent).query)
    provider.token = provider.id_token()
    return provider.asked["state"][0]


def back(provider: Provider, browser: Browser | None = None, state: str = "") -> Any:
    browser = browser or Browser()
    known = away(provider, browser)
    return browser.get("/sign-in/with/eu-login/back/", {"code": "c", "state": state or known})


def failures() -> int:
    return AuditRecord.objects.filter(act="person.sign_in_failed").count()


class TestSignIn:
    def test_a_person_known_and_invited_comes_as_far_as_the_second_factor(self, provider, row, officer):
        browser = Browser()
        assert back(provider, browser)["Location"] == "/sign-in/enrol/"
        assert browser.get("/denials/").status_code == 302
        assert ExternalIdentity.objects.get().user == officer.user
        assert provider.asked["code_challenge_method"] == ["S256"]
        pair = base64.b64decode(provider.form["authorization"][0].removeprefix("Basic ")).decode()
        assert pair == "exchange:shared"
        assert provider.form["code_verifier"][0] not in str(provider.asked)

    @pytest.mark.parametrize("says", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
    def test_its_second_factor_counts_where_the_authority_says_so(self, provider, row, officer, says):
        provider.says, browser = says, Browser()
        assert back(provider, browser)["Location"] == "/denials/"
        assert browser.get("/denials/").status_code == 200
        assert AuditRecord.objects.filter(act="person.signed_in").count() == 1

    def test_another_word_for_it_does_not_count(self, provider, row, officer):
        provider.says = {"amr": ["pwd"], "acr": "low"}
        factors.keep_app(officer.user, factors.new_secret(), 0)
        assert back(provider)["Location"] == "/sign-in/second-step/"

    @pytest.mark.parametrize(
        "says",
        [
            {"iss": "https://elsewhere.example"},
            {"aud": "another"},
            {"aud": ["exchange", "another"]},
            {"azp": "another"},
            {"nonce": "old"},
            {"exp": 1_700_000_000},
            {"iat": 9_000_000_000},
            {"sub": ""},
            {"email_verified": False},
        ],
        ids=lambda says: next(iter(says)),
    )
    def test_what_is_not_right_opens_nothing(self, provider, row, officer, says):
        provider.says = {"amr": ["mfa"], **says}
        assert b"could not confirm" in back(provider).content

    def test_a_strangers_signature_opens_nothing(self, provider, row, officer):
        provider.key = OTHER
        assert b"could not confirm" in back(provider).content

    def test_a_provider_that_names_no_addresses_or_keys_is_one_that_failed(self, provider, row, officer):
        provider.keys = 5
        assert b"could not confirm" in back(provider).content
        for name in ("token_endpoint", "jwks_uri"):
            browser = Browser()
            state = away(provider, browser)
            provider.configures = {name: None}
            led_back = browser.get("/sign-in/with/eu-login/back/", {"code": "c", "state": state})
            assert b"could not confirm" in led_back.content
            provider.configures = {}
        provider.configures = {"authorization_endpoint": None}
        assert b"could not confirm" in Browser().get("/sign-in/with/eu-login/").content

    @pytest.mark.parametrize(
        "email", ["nobody@example.org", "sanne@elsewhere.example", "", None, "root@example.org", "tom@example.org"]
    )
    def test_it_makes_nobody(self, provider, row, officer, email):
        known = person("NL", "officer", username="tom").user  # known, never invited
        known.email = "tom@example.org"
        known.save()
        provider.says = {"sub": "s-2", "email": email}
        assert b"does not know this account" in back(provider).content
        assert failures() == 1

    def test_another_authoritys_people_are_not_its_own(self, provider, row, officer, stranger):
        row.authority = stranger.authority
        row.save()
        assert b"does not know this account" in back(provider).content

    def test_a_second_subject_does_not_take_over(self, provider, row, officer):
        back(provider)
        provider.says = {"sub": "s-2"}
        assert b"does not know this account" in back(provider).content

    def test_who_is_disabled_stays_out(self, provider, row, officer):
        back(provider)
        officer.user.is_active = False
        officer.user.save()
        assert b"does not know this account" in back(provider).content

    def test_the_answer_belongs_to_the_browser_that_asked_and_counts_once(self, provider, row, officer):
        browser = Browser()
        state = away(provider, browser)
        lead_back = {"code": "c", "state": state}
        assert b"no question" in Browser().get("/sign-in/with/eu-login/back/", lead_back).content
        assert b"no question" in back(provider, state="x").content
        state = away(provider, browser)
        lead_back["state"] = state
        assert browser.get("/sign-in/with/eu-login/back/", lead_back).status_code == 302
        assert b"no question" in browser.get("/sign-in/with/eu-login/back/", lead_back).content

    def test_it_proves_who_is_signed_in_only_if_it_asked_anew(self, provider, row, officer):
        back(provider)
        assert b"did not ask you anew" in back(provider, officer.web).content
        provider.says = {"auth_time": int(clock.now().timestamp())}
        assert b"Confirmed" in back(provider, officer.web).content
        assert provider.asked["prompt"] == ["login"]
        assert AuditRecord.objects.filter(act="person.proven").count() == 1


class TestRegistering:
    @pytest.mark.parametrize(
        "changes",
        [{"issuer": "http://id.example.org"}, {"issuer": "https://127.0.0.1"}, {"domains": []}, {"code": "taken"}],
        ids=lambda changes: next(iter(changes)),
    )
    def test_what_is_refused(self, officer, stranger, changes):
        given = {
            "code": "eu-login",
            "authority": officer.authority,
            "name": "EU Login",
            "issuer": "https://id.example.org",
            "client_id": "x",
            "claim": "email",
            "domains": ["example.org"],
            "strong": [],
            "now": clock.now(),
        }
        signing.register_provider(**{**given, "code": "taken", "authority": stranger.authority})
        assert signing.register_provider(**given).pk == "eu-login"
        with pytest.raises(RuleBroken):
            signing.register_provider(**{**given, **changes})

    def test_an_address_inside_is_not_reached(self, provider, row, officer, settings):
        settings.EXCHANGE_TEST_ISSUER = ""
        assert b"could not confirm" in Browser().get("/sign-in/with/eu-login/").content

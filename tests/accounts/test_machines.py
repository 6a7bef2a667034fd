"""Coming in as a national system: a signed assertion, a token for minutes, quotas (RFC 6749, RFC 7523)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.conf import settings as configured
from django.test import Client as Browser
from django.test import override_settings

from accounts import actions, clock, signing
from accounts.law import oauth as law
from accounts.models import AuditRecord, AuditSalt, ClientToken
from accounts.roles import SYSTEM
from tests.cast import Member, System, TokenBrowser

TOKEN = "/api/oauth/token"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = ed25519.Ed25519PrivateKey.from_private_bytes(b"o" * 32)
CURVE = ec.derive_private_key(17, ec.SECP256R1())


def pem(key: Any) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return str(key.public_key().public_bytes(serialization.Encoding.PEM, form).decode())


def claims(client: Any, **changes: Any) -> dict[str, Any]:
    at = clock.now().timestamp()
    usual = {
        "iss": str(client.pk),
        "sub": str(client.pk),
        "aud": configured.EXCHANGE_ADDRESS + TOKEN,
        "iat": int(at),
        "exp": int(at) + 120,
        "jti": "one",
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def ask(content: dict[str, Any] | str, *, key: Any = KEY, algorithm: str = "EdDSA", **sent: str) -> Any:
    assertion = content if isinstance(content, str) else jwt.encode(content, key, algorithm=algorithm)
    form = {
        "grant_type": law.GRANT,
        "client_assertion_type": law.BEARER,
        "client_assertion": assertion,
        **sent,
    }
    return Browser().post(TOKEN, urlencode(form), content_type="application/x-www-form-urlencoded")


@pytest.fixture
def system(db: None) -> System:
    """A system of the Netherlands with a key and three scopes."""
    from accounts.models import Authority

    authority = Authority.objects.get(code="NL")
    scopes = ["application.screen", "denial.notify", "denial.read"]
    made = actions.connect_client(authority=authority, name="CDIU", scopes=scopes, by=SYSTEM, now=clock.now())
    signing.add_client_key(client_id=made.pk, text=pem(KEY), by=SYSTEM, now=clock.now())
    return System(client=made, authority=authority, token="", api=TokenBrowser(""))


class TestClaims:
    """RFC 7523 3: what an assertion must say."""

    GOOD = {"iss": "c", "sub": "c", "aud": "here", "exp": AT.timestamp() + 60, "jti": "j"}

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"iss": "d"}, "iss"),
            ({"sub": "d"}, "iss"),
            ({"aud": "there"}, "aud"),
            ({"aud": ["there"]}, "aud"),
            ({"aud": None}, "aud"),
            ({"aud": 5}, "aud"),
            ({"exp": None}, "exp"),
            ({"exp": True}, "exp"),
            ({"exp": float("nan")}, "exp"),
            ({"exp": AT.timestamp() - 30}, "exp"),
            ({"exp": AT.timestamp() + 700}, "exp"),
            ({"iat": AT.timestamp() + 31}, "iat"),
            ({"iat": AT.timestamp() - 700}, "iat"),
            ({"nbf": AT.timestamp() + 31}, "nbf"),
            ({"nbf": "soon"}, "nbf"),
            ({"jti": None}, "jti"),
            ({"jti": ""}, "jti"),
            ({"jti": "x" * 256}, "jti"),
        ],
    )
    def test_what_is_refused(self, changes, said):
        with pytest.raises(law.OAuthRefused) as refused:
            law.check_claims({**self.GOOD, **changes}, client="c", audience=("here",), at=AT)
        assert said in refused.value.description
        assert (refused.value.error, refused.value.status) == ("invalid_client", 401)

    @pytest.mark.parametrize(
        "changes", [{}, {"aud": ["there", "here"]}, {"exp": AT.timestamp() - 29}, {"nbf": AT.timestamp() + 29}]
    )
    def test_what_is_taken_with_half_a_minute_of_skew(self, changes):
        assert law.check_claims({**self.GOOD, **changes}, client="c", audience=("here",), at=AT) == "j"

    def test_scopes_are_a_part_of_those_held(self):
        assert law.scopes_asked("b a", {"a", "b", "c"}) == ["a", "b"]
        assert law.scopes_asked("", {"b", "a"}) == ["a", "b"]
        with pytest.raises(law.OAuthRefused, match="invalid_scope"):
            law.scopes_asked("a d", {"a"})


class TestToken:
    def test_it_opens_what_was_asked_for_and_nothing_more(self, system):
        given = ask(claims(system.client), scope="denial.read")
        assert given.status_code == 200
        body = given.json()
        assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 1800, "denial.read")
        assert given["Cache-Control"] == "no-store"
        api = TokenBrowser(body["access_token"])
        assert api.get("/api/v1/denials/").status_code == 200
        assert api.post("/api/v1/screenings/", {}).status_code == 403
        assert body["access_token"] not in str(list(ClientToken.objects.values()))
        assert AuditRecord.objects.filter(act="client.token_given").count() == 1

    def test_it_ends_by_itself(self, system, clock):
        api = TokenBrowser(ask(claims(system.client)).json()["access_token"])
        clock.forward(timedelta(minutes=29))
        assert api.get("/api/v1/denials/").status_code == 200
        clock.forward(timedelta(minutes=2))
        assert api.get("/api/v1/denials/").status_code == 401

    def test_an_assertion_counts_once(self, system):
        content = claims(system.client)
        assert ask(content).status_code == 200
        again = ask(content)
        assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
        assert "before" in again.json()["error_description"]

    def test_forged_ones_are_refused_alike(self, system):
        content = claims(system.client)
        unsigned = jwt.encode(content, None, algorithm="none")
        with_public_key = jwt.encode(content, "x" * 40, algorithm="HS256")
        stranger = claims(system.client, iss="00000000-0000-4000-8000-000000000000")
        stranger["sub"] = stranger["iss"]
        said = {
            (one.status_code, one.json()["error_description"])
            for one in (ask(content, key=OTHER), ask(unsigned), ask(with_public_key), ask(stranger))
        }
        assert said == {(401, "no key registered for this client has signed client_assertion")}

    @pytest.mark.parametrize(
        ("sent", "status", "error"),
        [
            ({"grant_type": ""}, 400, "invalid_request"),
            ({"grant_type": "password"}, 400, "unsupported_grant_type"),
            ({"client_assertion_type": "secret"}, 400, "invalid_request"),
            ({"client_assertion": ""}, 401, "invalid_client"),
            ({"client_assertion": "x"}, 401, "invalid_client"),
            ({"client_assertion": "e30.e30."}, 401, "invalid_client"),
            ({"client_assertion": "x" * 20_001}, 400, "invalid_request"),
            ({"client_id": "another"}, 401, "invalid_client"),
            ({"scope": "denial.read denial.revoke"}, 400, "invalid_scope"),
            ({"scope": "people.manage"}, 400, "invalid_scope"),
            ({"scope": "a\x00"}, 400, "invalid_request"),
        ],
    )
    def test_what_is_refused_as_the_standard_has_it(self, system, sent, status, error):
        answer = ask(claims(system.client), **sent)
        assert (answer.status_code, answer.json()["error"]) == (status, error)

    def test_a_body_of_another_kind_is_no_request(self, system):
        for kind, body in (("application/json", "{}"), ("multipart/form-data; boundary=x", "--x--"), ("", "")):
            answer = Browser().post(TOKEN, body, content_type=kind)
            assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")

    def test_a_client_that_is_switched_off_gets_none_and_its_tokens_are_dead(self, system):
        api = TokenBrowser(ask(claims(system.client)).json()["access_token"])
        given = {"scopes": ["denial.read"], "by": SYSTEM, "now": clock.now()}
        signing.change_client(client_id=system.client.pk, is_active=False, **given)
        assert api.get("/api/v1/denials/").status_code == 401
        assert ask(claims(system.client, jti="two")).status_code == 401

    def test_a_scope_taken_away_is_gone_at_once(self, system):
        api = TokenBrowser(ask(claims(system.client)).json()["access_token"])
        given = {"scopes": ["application.screen"], "is_active": True, "by": SYSTEM, "now": clock.now()}
        signing.change_client(client_id=system.client.pk, **given)
        assert api.get("/api/v1/denials/").status_code == 403

    def test_who_is_refused_in_the_name_of_a_client_is_on_record(self, system, supervisor):
        ask(claims(system.client), key=OTHER)
        entry = AuditRecord.objects.get(act="client.token_refused")
        assert (entry.actor_kind, entry.actor_id, entry.subject_id) == ("visitor", "", str(system.client.pk))
        assert entry.authority_id == system.authority.pk
        assert str(system.client.pk) in supervisor.web.get("/settings/audit/").content.decode()
        assert AuditSalt.objects.get(record=entry).reason == (
            "no key registered for this client has signed client_assertion"
        )
        ask(claims(system.client, jti="two"), scope="people.manage")
        assert AuditRecord.objects.filter(act="client.token_refused").count() == 2

    def test_a_stranger_fills_no_record_and_keeps_nobody_out(self, system, clock):
        for _ in range(9):
            assert ask(claims(system.client), key=OTHER).status_code == 401
        assert AuditRecord.objects.filter(act="client.token_refused").count() == 5
        assert ask(claims(system.client)).status_code == 200, "the client itself is looked at all the same"
        clock.forward(timedelta(minutes=1))
        ask(claims(system.client, jti="two"), key=OTHER)
        assert AuditRecord.objects.filter(act="client.token_refused").count() == 6

    def test_what_names_no_client_is_in_the_log_alone(self, system, caplog):
        for sent in ({"client_assertion": "x"}, {"client_assertion": ""}):
            ask(claims(system.client), **sent)
        stranger = claims(system.client, iss="00000000-0000-4000-8000-000000000000")
        ask({**stranger, "sub": stranger["iss"]})
        assert not AuditRecord.objects.filter(act="client.token_refused").exists()
        assert len([one for one in caplog.records if one.name == "accounts.api.tokens"]) == 3

    def test_long_tokens_are_refused_where_the_exchange_has_none(self, client_nl, settings):
        assert client_nl.api.get("/api/v1/denials/").status_code == 200
        settings.EXCHANGE_LONG_TOKENS = False
        assert client_nl.api.get("/api/v1/denials/").status_code == 401


class TestKeys:
    def test_two_are_good_while_one_replaces_the_other(self, system, administrator):
        page = f"/settings/clients/{system.client.pk}/"
        jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(CURVE.public_key()))
        web = administrator.web
        assert web.post(f"{page}keys/", {"key": json.dumps(jwk)}).status_code == 302
        assert ask(claims(system.client), key=KEY).status_code == 200
        assert ask(claims(system.client, jti="two"), key=CURVE, algorithm="ES256").status_code == 200
        assert web.post(f"{page}keys/", {"key": pem(OTHER)}).status_code == 422, "a third is one too many"
        first = system.client.keys.get(algorithm="EdDSA")
        assert web.post(f"{page}keys/{first.pk}/end/").status_code == 302
        assert ask(claims(system.client, jti="three"), key=KEY).status_code == 401
        assert ask(claims(system.client, jti="four"), key=CURVE, algorithm="ES256").status_code == 200
        acts = AuditRecord.objects.filter(act__in=("client.key_added", "client.key_ended"))
        assert acts.filter(authority_id=administrator.authority.pk).count() == 2

    def test_a_key_signs_with_its_own_algorithm_only(self, system):
        content = claims(system.client)
        assert ask(content, key=CURVE, algorithm="ES256").status_code == 401

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("nonsense", "not_read"),
            ("{}", "not_read"),
            ('{"kty": "oct"}', "not_read"),
            ('{"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "alg": "x"}', "not_read"),
            ('{"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "alg": "none"}', "not_read"),
            ("{" * 5_000, "not_read"),
            ('{"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "d": "AAAA"}', "private"),
            ("-----BEGIN " + "PRIVATE KEY-----", "private"),
            (pem(ec.derive_private_key(17, ec.SECP384R1())), "algorithm"),
            (pem(rsa.generate_private_key(65537, 2048)), "too_short"),
            ("x" * 20_001, "too_long"),
        ],
        ids=lambda value: value[:12],
    )
    def test_what_is_no_key(self, system, text, reason):
        with pytest.raises(signing.KeyRefused) as refused:
            signing.add_client_key(client_id=system.client.pk, text=text, by=SYSTEM, now=clock.now())
        assert refused.value.params["reason"] == reason

    def test_an_rsa_key_of_3072_bits_is_one(self, system):
        key = rsa.generate_private_key(65537, 3072)
        signing.add_client_key(client_id=system.client.pk, text=pem(key), by=SYSTEM, now=clock.now())
        assert ask(claims(system.client), key=key, algorithm="RS256").status_code == 200

    def test_only_the_own_administrator_manages_a_system(self, system, stranger, supervisor):
        from tests.cast import person

        other = person("SE", "administrator")
        page = f"/settings/clients/{system.client.pk}/"
        for member, status in ((other, 404), (supervisor, 403), (stranger, 403)):
            for address in (page, f"{page}keys/", f"{page}withdraw/"):
                assert member.web.post(address, {"key": pem(OTHER)}).status_code == status, address
        given = {"text": pem(OTHER), "by": other.principal, "now": clock.now()}
        with pytest.raises(signing.NotCompetent):
            signing.add_client_key(client_id=system.client.pk, **given)

    def test_the_page_shows_and_changes_what_it_may_do(self, system, administrator: Member):
        page = f"/settings/clients/{system.client.pk}/"
        assert str(system.client.pk) in administrator.web.get(page).content.decode()
        administrator.web.post(page, {"scopes": ["denial.read"], "is_active": "on"})
        system.client.refresh_from_db()
        assert system.client.scopes == ["denial.read"]
        made = administrator.web.post("/settings/clients/", {"name": "Second", "scopes": ["denial.read"]})
        assert administrator.web.get(made["Location"]).status_code == 200


class TestCertificates:
    """A proxy that ends TLS vouches for a certificate; nobody else does."""

    @pytest.fixture
    def certificate(self, system: System) -> str:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cdiu")])
        made = x509.CertificateBuilder(name, name, CURVE.public_key(), 1, AT, AT + timedelta(days=30))
        text = made.sign(CURVE, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        signing.add_client_key(client_id=system.client.pk, text=text, by=SYSTEM, now=clock.now())
        return text

    def asked(self, system: System, header: str) -> int:
        form = urlencode({"grant_type": law.GRANT, "client_id": str(system.client.pk)})
        kind = "application/x-www-form-urlencoded"
        return int(Browser().post(TOKEN, form, content_type=kind, headers={"x-client-cert": header}).status_code)

    def test_it_counts_behind_a_proxy_only(self, system, certificate):
        header = quote(certificate)
        with override_settings(EXCHANGE_CLIENT_CERTIFICATE_HEADER="X-Client-Cert", EXCHANGE_BEHIND_PROXY=True):
            assert self.asked(system, header) == 200
            assert [self.asked(system, wrong) for wrong in ("", "nonsense", ":AAAA:")] == [401, 401, 401]
        with override_settings(EXCHANGE_CLIENT_CERTIFICATE_HEADER="X-Client-Cert", EXCHANGE_BEHIND_PROXY=False):
            assert self.asked(system, header) == 401
        assert self.asked(system, header) == 401


class TestQuotas:
    def test_the_minute_and_the_day(self, client_nl, settings, clock):
        clock.set(AT)
        settings.EXCHANGE_QUOTA_MINUTE, settings.EXCHANGE_QUOTA_DAY = 2, 3
        get = lambda: client_nl.api.get("/api/v1/denials/")  # noqa: E731 - asked again and again
        assert get()["RateLimit-Remaining"] == "1"
        assert get()["RateLimit-Remaining"] == "0"
        over = get()
        assert (over.status_code, over.json()["code"]) == (429, "quota_used_up")
        assert 0 < int(over["Retry-After"]) <= 60
        clock.set(AT + timedelta(minutes=1))
        day = get()
        assert day.status_code == 429
        assert 50_000 < int(day["Retry-After"]) <= 86_400
        clock.set(AT + timedelta(days=1))
        assert get().status_code == 200

    def test_what_is_refused_counts_too(self, client_nl, settings):
        settings.EXCHANGE_QUOTA_MINUTE = 2
        for status in (404, 404, 429):
            assert client_nl.api.get("/api/v1/nowhere/").status_code == status

    def test_an_unknown_token_counts_for_nobody(self, db, settings):
        settings.EXCHANGE_QUOTA_MINUTE = 1
        assert [TokenBrowser("none").get("/api/v1/denials/").status_code for _ in range(2)] == [401, 401]

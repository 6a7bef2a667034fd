"""Standard Webhooks: the vectors of the specification, and every address that leads where the exchange does not go."""

import pytest

from accounts.law.webhooks import AddressRefused, check_reachable, check_url, headers, secret_of, seed_of, signature

EXAMPLE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the specification's own example
ID, TIMESTAMP, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


class TestSignature:
    def test_the_example_of_the_specification(self):
        assert signature(EXAMPLE, ID, TIMESTAMP, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_two_secrets_sign_while_one_is_replaced(self):
        secrets = [EXAMPLE, secret_of(seed_of(b"m", "e", 1))]
        found = headers([signature(one, ID, TIMESTAMP, BODY) for one in secrets], ID, TIMESTAMP)
        first, second = found["webhook-signature"].split(" ")
        assert first == signature(EXAMPLE, ID, TIMESTAMP, BODY)
        assert second.startswith("v1,")
        assert (found["webhook-id"], found["webhook-timestamp"]) == (ID, "1614265330")

    def test_each_endpoint_and_generation_has_its_own_secret(self):
        made = {secret_of(seed_of(b"m", one, number)) for one in ("a", "b") for number in (1, 2)}
        assert len(made) == 4
        assert seed_of(b"m", "a", 1) == seed_of(b"m", "a", 1) != seed_of(b"n", "a", 1)


REFUSED = [
    "http://hooks.example.org/in",
    "https://hooks.example.org:8443/in",
    "https://user:word@hooks.example.org/",
    "https://hooks.example.org/#part",
    "https://hooks.example.org@evil.example/",
    "https://localhost/",
    "https://localhost./",
    "https://intranet/",
    "https://db.internal/",
    "https://printer.local/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://①②⑦.⓪.⓪.①/",
    "https://exämple.org/",
    "ftp://hooks.example.org/",
    "file:///etc/passwd",
    "gopher://hooks.example.org/",
    "https:///path",
    "https://",
    "",
    "https://hooks.example.org:99999/",
    "https://[::1/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_may_not_be_registered(url):
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize("url", ["https://hooks.example.org/in?x=1", "https://HOOKS.example.org:443/", "https://a.eu"])
def test_what_may(url):
    assert check_url(url).endswith((".org", ".eu"))


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nothing binds here
    "255.255.255.255",
    "224.0.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:53aa:64c:0:0:0:1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused_at_every_sending(address):
    """Every address is looked at: one private address among public ones refuses the name."""
    with pytest.raises(AddressRefused, match="not_public"):
        check_reachable(["93.184.216.34", address])


def test_a_public_one_is_pinned():
    assert check_reachable(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]) == "93.184.216.34"
    with pytest.raises(AddressRefused, match="not_resolved"):
        check_reachable([])

"""What every answer carries: nothing is kept by browsers, framed, sniffed or run that is not ours."""

import pytest
from django.conf import settings

from tests.walls.world import World

PAGES = ("/", "/denials/", "/applications/new/", "/consultations/", "/notices/", "/api/v1/denials/", "/nowhere/")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_read_behind_the_sign_in_is_kept(world: World, address: str) -> None:
    response = world.browser("asker").get(address)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", [*PAGES, "/sign-in/", "/healthz"])
def test_every_answer_says_what_a_browser_may_do_with_it(world: World, address: str) -> None:
    headers = world.browser("asker").get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def test_files_of_ours_are_run_by_nobody_elses_page(world: World) -> None:
    response = world.browser("visitor").get("/static/exchange/favicon.svg")
    assert b"".join(response)  # read to its end, the file is closed
    headers = response.headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    browser = world.browser("asker")
    browser.get("/applications/new/")
    browser.post("/language/", {"language": "fr", "next": "/"})
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")
    for cookie in (browser.cookies["csrf"], browser.cookies["language"]):
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(world: World, target: str) -> None:
    browser = world.browser("asker")
    for address in ("/language/", "/notices/read/"):
        sent = browser.post(address, {"language": "fr", "next": target})["Location"]
        assert "evil" not in sent
        assert "javascript" not in sent


def test_a_host_that_is_not_ours_is_refused(world: World) -> None:
    assert world.browser("visitor").get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    browser = world.browser("asker")
    for address in ("/denials/", f"/applications/{world.ids['application']}/", "/api/v1/denials/"):
        assert getattr(browser, method)(address).status_code == 405


def test_no_header_turns_a_reading_into_an_act(world: World) -> None:
    override = {"x-http-method-override": "DELETE", "x-method-override": "PUT"}
    assert world.browser("system").get("/api/v1/denials/", headers=override).status_code == 200


def test_a_token_opens_no_page(world: World) -> None:
    response = world.browser("system").get("/denials/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/denials/garbage/", "/api/v1/denials/%FF/"])
def test_an_address_of_rest_that_is_not_there_is_a_problem_too(world: World, address: str) -> None:
    response = world.browser("system").get(address)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not_found"

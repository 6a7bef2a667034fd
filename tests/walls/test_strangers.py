"""
What may not be seen looks exactly like what does not exist, and nobody acts out of turn.

How long an answer takes is what is done for it: the statements asked of the database are compared, not seconds.
"""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditRecord
from tests.walls.test_urls import ROWS, address
from tests.walls.walk import parameters
from tests.walls.world import ABSENT, SECRETS, World

SEARCHED = ("/api/v1/denials/?q={}", "/api/v1/applications/?own_reference={}")
VARYING = ("Content-Length", "Set-Cookie", "Date", "RateLimit-Remaining", "RateLimit-Reset")  # a quota counts calls

#: What every authority may read, a regime's name and when the exchange could not be used; and what nobody has.
EVERYBODYS = ("arms", "dual_use", "window", "nothing")
OBJECTS = sorted({(name, target) for name, target, *_ in ROWS if target != "-"})
#: Values within a statement, and the names of savepoints.
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|\bs\d+_x\d+\b")

#: Digests, ids, moments and durations in an answer.
NEW_EACH_TIME = re.compile(
    r'[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[^"]+|"\w*(?:ms|seconds)":[\d.]+',
)


def asked(browser: Any, method: str, where: str, *sent: Any) -> tuple[Any, str, list[str]]:
    """Answer, what it holds, and the work done for it: each statement without the values in it."""
    connection.queries_log.clear()  # it holds so many and no more
    with CaptureQueriesContext(connection) as queries:
        response = getattr(browser, method)(where, *sent)
        text = b"".join(response).decode(errors="replace")
    return response, text, [VALUES.sub("?", one["sql"]) for one in queries]


def nothing_like(secret: str) -> str:
    """Words of the same shape that stand nowhere."""
    return re.sub(r"[a-z]", "q", re.sub(r"[A-Z]", "Q", secret))


@pytest.mark.parametrize("secret", ["exporter", "draft", "amendment", "own_reference", "withheld"])
def test_a_search_for_a_secret_finds_as_little_as_one_for_nothing(world: World, secret: str) -> None:
    browser = world.browser("strange_system")
    for one in SEARCHED:
        browser.get(one.format("warmed up"))
        _, found, work = asked(browser, "get", one.format(SECRETS[secret]))
        _, nothing, usual = asked(browser, "get", one.format(nothing_like(SECRETS[secret])))
        assert found == nothing
        assert work == usual


def test_a_screening_for_a_secret_tells_and_asks_as_little_as_one_for_nothing(world: World) -> None:
    browser = world.browser("strange_system")
    whole = {"regime": "arms", "destinations": ["IL"], "items": [{"code": "ML1.a", "description": "x"}]}
    answers = []
    for name in ("warmed up", SECRETS["draft"], nothing_like(SECRETS["draft"])):
        party = {"role": "end_user", "name": name, "country": "IL"}
        response, text, work = asked(browser, "post", "/api/v1/screenings/", {**whole, "parties": [party]})
        assert response.status_code == 201
        told = re.sub(
            r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[^\"]+|\"\w*(?:ms|seconds)\":[\d.]+", "", text
        )
        answers.append((told.replace(name, ""), work))
    assert answers[1] == answers[2]


def test_facets_count_what_their_reader_sees(world: World) -> None:
    page = world.browser("stranger").get(reverse("denials:list"))
    counts = {option["label"]: option["count"] for group in page.context["facets"] for option in group["options"]}
    drafts = [count for label, count in counts.items() if "raft" in str(label)]
    assert not any(drafts)


@pytest.mark.parametrize("who", ["stranger", "strange_system"])
def test_what_may_not_be_seen_answers_like_what_is_absent(world: World, who: str) -> None:
    browser, differing = world.browser(who), []
    for name, target in OBJECTS:
        if (
            name.startswith("api") == (who == "stranger")
            or target in EVERYBODYS
            or parameters()[name][0] not in ("pk", "thread", "application", "denial", "screening", "decision")
        ):
            continue
        there = address(world, name, target)
        absent = there.replace(str(world.ids[target]), str(ABSENT))
        for method in ("get", "post"):
            asked(browser, method, absent)  # what a process keeps in memory is there for both
            (one, told, work), (other, usual, usual_work) = (asked(browser, method, at) for at in (there, absent))
            same = _plain(told, there) == _plain(usual, absent), work == usual_work
            if (one.status_code, _headers(one)) != (other.status_code, _headers(other)) or not all(same):
                differing.append(f"{method} {name} {target}: {one.status_code} and {other.status_code} {same}")
    assert not differing, "\n".join(differing)


def _plain(text: str, address: str) -> str:
    """The body without what is new in every answer: the address itself, CSRF tokens, the moving clock."""
    text = text.replace(address, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|<time datetime="[^"]+">[^<]+', "", text)


def _headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name not in VARYING}


def test_norway_follows_arms_only(world: World) -> None:
    norway = world.browser("norway")
    page = norway.get("/api/v1/denials/").json()
    assert {row["regime"] for row in page["results"]} == {"arms"}
    feed = norway.get("/api/v1/denials/changes/").json()
    assert {row["content"]["regime"] for row in feed["results"]} == {"arms"}
    assert norway.get("/reports/dual_use/2026/").status_code == 404


def test_the_feed_holds_no_draft_and_no_exporter(world: World) -> None:
    feed = world.browser("strange_system").get("/api/v1/denials/changes/").content.decode()
    assert SECRETS["draft"] not in feed
    assert SECRETS["amendment"] not in feed
    assert SECRETS["exporter"] not in feed


OUT_OF_TURN = {
    "asker": ["answer", "late-answer", "agree-extension", "refuse-extension", "give-information"],
    "denier": ["withdraw", "agree-extension", "refuse-extension", "give-information", "late-answer"],
    "stranger": ["answer", "late-answer", "withdraw", "propose-extension", "agree-extension", "request-information"],
    "neighbour": ["answer", "withdraw", "request-information"],
    "observer": ["answer", "propose-extension", "request-information"],
}
BODIES = {
    "answer": {"outcome": "views", "reasoning": "…"},
    "late-answer": {"outcome": "views", "reasoning": "…"},
    "withdraw": {"reason": "…"},
    "propose-extension": {"amount": 1, "reason": "…"},
    "refuse-extension": {"reason": "…"},
    "request-information": {"text": "…"},
    "give-information": {"text": "…"},
}


@pytest.mark.parametrize(("who", "acts"), OUT_OF_TURN.items())
def test_nobody_acts_out_of_turn(world: World, who: str, acts: list[str]) -> None:
    browser, before = world.browser(who), AuditRecord.objects.count()
    for act in acts:
        response = browser.post(
            f"/api/v1/consultations/{world.ids['thread']}/{act}/", BODIES.get(act, {}), content_type="application/json"
        )
        assert response.status_code in ({404} if who in ("stranger", "neighbour") else {403, 409, 422}), act
    assert AuditRecord.objects.count() == before


def test_nobody_agrees_to_the_own_proposal(world: World) -> None:
    asker, thread = world.browser("asker"), f"/api/v1/consultations/{world.ids['thread']}"
    json = "application/json"
    assert asker.post(f"{thread}/propose-extension/", BODIES["propose-extension"], content_type=json).status_code == 200
    assert asker.post(f"{thread}/agree-extension/", {}, content_type=json).status_code in (409, 422)


@pytest.mark.parametrize("act", ["amend", "renew", "revoke", "withdraw", "notify", "discard", "draft"])
def test_nobody_acts_on_the_denial_of_another(world: World, act: str) -> None:
    api = world.browser("strange_system")
    assert api.post(f"/api/v1/denials/{world.ids['arms']}/{act}/", {"reason": "…"}).status_code == 403
    assert api.post(f"/api/v1/denials/{world.ids['draft']}/{act}/", {"reason": "…"}).status_code == 404


def test_no_consultation_opens_on_the_application_or_hit_of_another(world: World) -> None:
    api = world.browser("strange_system")
    body = {"application": str(world.ids["application"]), "hits": [str(world.ids["hit"])]}
    assert api.post("/api/v1/consultations/", body).status_code == 404
    own = world.browser("system")
    other_hit = {"application": str(world.ids["application"]), "hits": [str(world.ids["hit"])]}
    assert own.post("/api/v1/consultations/", other_hit).status_code in (409, 422)


def test_no_grant_passes_an_open_consultation(world: World) -> None:
    body = {"application": str(world.ids["application"]), "outcome": "granted", "explanation": "…"}
    assert world.browser("system").post("/api/v1/decisions/", body).status_code == 409
    assert world.browser("strange_system").post("/api/v1/decisions/", body).status_code == 404


def test_a_key_is_its_clients_own(world: World) -> None:
    note = {"regime": "arms", "destinations": ["IL"], "items": [{"code": "ML1.a"}]}
    first = world.browser("system").post("/api/v1/screenings/", note, key="one")
    assert first.status_code == 201
    other = world.browser("strange_system").post("/api/v1/screenings/", note, key="one")
    assert other.json()["id"] != first.json()["id"]
    assert world.browser("system").post("/api/v1/screenings/", {**note, "end_use": "x"}, key="one").status_code == 422


def test_a_token_that_is_withdrawn_or_disabled_opens_nothing(world: World) -> None:
    system = world.systems["strange_system"]
    assert system.api.get("/api/v1/denials/").status_code == 200
    system.client.is_active = False
    system.client.save()
    assert system.api.get("/api/v1/denials/").status_code == 401


def test_a_token_in_the_address_opens_nothing(world: World) -> None:
    token = world.systems["system"].token
    assert world.browser("visitor").get(f"/api/v1/denials/?token={token}&access_token={token}").status_code == 401


def test_a_client_has_no_more_than_its_scopes(world: World) -> None:
    from tests.cast import system

    api = system("FI", scopes=("denial.read",)).api
    assert api.get("/api/v1/denials/").status_code == 200
    assert api.get("/api/v1/applications/").status_code == 403
    assert api.post("/api/v1/denials/", {}).status_code == 403


def test_a_session_needs_its_csrf_token_over_rest(world: World) -> None:
    from django.test import Client

    from tests.cast import BACKEND

    browser = Client(enforce_csrf_checks=True)  # with a handler of its own: the cast's asks for no token
    browser.force_login(world.people["asker"].user, backend=BACKEND)
    assert browser.get("/api/v1/denials/").status_code == 200
    assert browser.post("/api/v1/applications/", {}, content_type="application/json").status_code == 403


def test_a_disabled_person_is_out_at_the_next_request(world: World) -> None:
    person = world.people["stranger"]
    browser = world.browser("stranger")
    assert browser.get("/denials/").status_code == 200
    person.user.is_active = False
    person.user.save()
    assert browser.get("/denials/").status_code == 302
    assert browser.get("/api/v1/denials/").status_code == 401
    person.user.is_active = True  # the object outlives the row, which is put back

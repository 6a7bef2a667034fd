"""Whatever is sent to whatever takes a POST or a query: a refusal that says why, nothing stored, no fault."""

import io
import json
import time
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditRecord
from tests.walls.test_urls import ROWS, address
from tests.walls.walk import in_turn
from tests.walls.world import World

SECONDS = 5.0
JSON = "application/json"

RAW = {
    "no json": b"{",
    "not an object": b"[]",
    "null": b"null",
    "a number": b"5",
    "a text": b'"text"',
    "not utf-8": b'{"regime": "\xff\xfe"}',
    "utf-16": '{"regime": "arms"}'.encode("utf-16"),
    "a key twice": b'{"regime": "arms", "regime": "dual_use"}',
    "not a number": b'{"amount": NaN}',
    "infinity": b'{"amount": -Infinity}',
    "a lone surrogate": b'{"reason": "\\ud800"}',
    "a nul": b'{"reason": "a\\u0000b"}',
    "a right-to-left override": b'{"reason": "a\\u202eb"}',
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "deep behind an escaped backslash": b'{"a": ["\\\\", ' + b"[" * 700 + b"]" * 700 + b', ""]}',
    "a megabyte": b'{"reason": "' + b"a" * 1_010_000 + b'"}',
    "more than a megabyte": b'{"reason": "' + b"a" * 2_000_000 + b'"}',
    "a number of 5,000 digits": b'{"amount": ' + b"9" * 5_000 + b"}",
    "an unknown field": b'{"colour": "red"}',
}

WRONG_VALUES: tuple[Any, ...] = (
    None, True, -1, 10**400, "", "x" * 30_000, [], {}, [[[[]]]], {"a": {"b": []}}, [None], [{}], ["x"] * 1_000,
    "0001-01-01", "9999-12-31", "2026-02-30", "ZZ", "1e400", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip

WHOLE: dict[str, dict[str, Any]] = {
    "api-denial": {
        "regime": "arms",
        "status": "draft",
        "act": "refusal",
        "legal_basis": "cp_4",
        "decided_on": "2026-02-20",
        "destinations": ["IL"],
        "parties": [{"role": "end_user", "name": "A", "country": "IL", "aliases": ["B"], "identifiers": {"lei": "1"}}],
        "items": [{"code": "ML15.c", "parameters": [{"name": "gain", "value": 5}], "quantity": 1, "value": 2}],
        "criteria": ["2(b)"],
        "grounds": ["criterion_7"],
        "explanation": "e",
        "reason": "r",
        "name": "f.csv",
        "content": "YQ==",
        "dry_run": True,
    },
    "application": {
        "regime": "arms",
        "received_on": "2026-03-02",
        "destinations": ["IL"],
        "parties": [{"role": "end_user", "name": "A", "country": "IL", "aliases": ["B"], "identifiers": {"lei": "1"}}],
        "items": [{"code": "ML15.c", "parameters": [{"name": "gain", "value": 5}], "quantity": 1}],
        "end_use": "e",
        "reason": "r",
        "reason_code": "other",
    },
    "api-consultation": {
        "application": "00000000-0000-4000-8000-000000000000",
        "hits": ["00000000-0000-4000-8000-000000000000"],
        "denials": [],
        "share": ["items", "parties"],
        "question": "q",
        "outcome": "views",
        "reasoning": "r",
        "denial_still_valid": True,
        "text": "t",
        "amount": 1,
        "reason": "r",
    },
    "api-decision": {
        "application": "00000000-0000-4000-8000-000000000000",
        "outcome": "granted",
        "reasons": "r",
        "decided_on": "2026-03-02",
        "explanation": "e",
        "quantity": "q",
        "conditions": "c",
        "draft_denial": False,
    },
}
WHOLE["screening"] = WHOLE["application"]

POSTS = sorted(
    {(name, target) for name, target, method, *_ in ROWS if method == "POST" and "-" in name and ":" not in name}
)
REST = [(name, target) for name, target in POSTS if name.startswith(tuple(WHOLE))]
#: Where a file may be sent as a form, too.
BY_FILE = ("screening-job-list", "api-screening-job-list")
FORMS = sorted(
    {(name, target) for name, target, *_ in ROWS if name.startswith(("denials:", "applications:", "consult"))}
)


def sender(world: World, target: str) -> Any:
    """The one to whom the object belongs, so that what is sent is read."""
    return world.browser("denier" if target in ("arms", "draft", "pending") else "asker")


def send(browser: Any, where: str, **how: Any) -> Any:
    """Send, and see that the answer comes in time."""
    begun = time.monotonic()
    response = browser.post(where, **how)
    assert time.monotonic() - begun < SECONDS, where
    return response


@pytest.mark.parametrize(("name", "target"), REST)
def test_no_body_brings_rest_down(world: World, name: str, target: str) -> None:
    browser, where, before = sender(world, target), address(world, name, target), AuditRecord.objects.count()
    for what, raw in in_turn(list(RAW.items()), REST.index((name, target))):
        response = send(browser, where, data=raw, content_type=JSON)
        assert 400 <= response.status_code < 500, f"{what}: {response.status_code}"
        assert response["Content-Type"] == "application/problem+json", what
        assert response.json()["code"], what
    refused = (400,) if name in BY_FILE else (403, 404, 415)  # a form is no JSON
    assert browser.post(where, {"reason": "r"}).status_code in refused
    assert AuditRecord.objects.count() == before


def test_rows_claimed_and_not_sent_are_not_made(world: World) -> None:
    claimed = {f"{kind}-{which}_FORMS": "2000" for kind in ("items", "parties") for which in ("TOTAL", "INITIAL")}
    page = send(world.browser("asker"), "/applications/new/", data={**claimed, "items-1-code": "ML1"})
    assert page.content.count(b'name="items-') < 100


@pytest.mark.parametrize(("name", "target"), [row for row in REST if row[1] == "-"])
def test_no_value_brings_rest_down(world: World, name: str, target: str) -> None:
    browser, where = sender(world, target), address(world, name, target)
    whole = next(body for prefix, body in WHOLE.items() if name.startswith(prefix))
    fields = _known(browser, where, whole)
    for field in fields:
        for value in WRONG_VALUES:
            body = {**{one: whole[one] for one in fields}, field: value}
            response = send(browser, where, data=json.dumps(body), content_type=JSON)
            assert response.status_code < 500, f"{field}={value!r}"
            if response.status_code == 400:
                assert response.json().get("errors") or response.json()["code"] == "not_json", f"{field}={value!r}"


def _known(browser: Any, where: str, whole: dict[str, Any]) -> list[str]:
    """The fields of the body that this address knows."""
    refused = browser.post(where, json.dumps(whole), content_type=JSON).json().get("errors", [])
    unknown = {one["field"] for one in refused if one["rule"] == "unknown_field"}
    return [name for name in whole if name not in unknown]


NASTY = ("a\x00b", "a\u202e" + "x" * 30_000, "99999999999999999999")
FIELDS = (
    "regime", "reason", "reasoning", "text", "outcome",
    "amount", "share", "hits", "question", "confirm",
    "step", "decided_on", "received_on", "reason_code", "reasons",
    "explanation", "quantity", "criteria", "act", "legal_basis",
    "own_reference", "items-TOTAL_FORMS", "items-INITIAL_FORMS", "items-0-code", "items-0-quantity",
    "items-0-value", "parties-TOTAL_FORMS", "parties-INITIAL_FORMS", "parties-0-name", "parties-0-country",
    "destinations-TOTAL_FORMS", "destinations-0-code",
)  # fmt: skip


@pytest.mark.parametrize("target", sorted({target for _name, target in FORMS}))
def test_no_form_brings_a_page_down(world: World, target: str) -> None:
    browser = sender(world, target)
    for turn, (name, _target) in enumerate(row for row in FORMS if row[1] == target):
        for value in in_turn(NASTY, turn):
            response = send(browser, address(world, name, target), data=dict.fromkeys(FIELDS, value))
            assert response.status_code < 500, f"{name} {target} {value[:10]!r}"


def test_sign_in_and_language_take_no_nonsense(world: World) -> None:
    for value in NASTY:
        for where in ("/sign-in/", "/sign-in/demo/", "/language/", "/notices/read/", "/sign-out/"):
            data = {"username": value, "password": value, "language": value, "next": value, "once": value}
            assert world.browser("asker").post(where, data).status_code < 500
            assert world.browser("visitor").post(where, data).status_code < 500


QUERIES = (
    "page=0", "page=-1", "page=abc", "page=1000000000", "page=99999999999999999999999", "page_size=-1", "page_size=1e9",
    "ordering=authority__name", "ordering=-current__parties__name", "sort=password", "status=zzz", "regime=zzz",
    "state=%2527", "criterion=9", "category=%F0%9F%92%A3", "destination=%25", "q=%25%5C_", "q=" + "a+" * 2_000,
    "decided_from=2026-02-30", "decided_to=0000-00-00", "counted=99999999999", "counted=abc", "due=2026-W10",
    "after=-1", "after=99999999999999999999", "limit=0", "application=garbage", "subject=garbage", "edition=zzz",
    "hit=garbage", "owner=zzz", "kind=zzz", "information=zzz", "filed=zzz", "year=abc", "q=%FF%FE", "&&&=%3D",
    "a" * 3_000,
)  # fmt: skip
LISTS = (
    "/", "/denials/", "/denials/entries/", "/applications/", "/applications/screenings/", "/consultations/",
    "/notices/", "/grant-notices/", "/settings/calendars/", "/reports/", "/api/v1/denials/",
    "/api/v1/denials/changes/", "/api/v1/applications/", "/api/v1/screenings/", "/api/v1/consultations/",
    "/api/v1/decisions/", "/api/v1/grant-notices/",
)  # fmt: skip


@pytest.mark.parametrize("where", LISTS)
def test_no_query_brings_a_list_down(world: World, where: str) -> None:
    browser = world.browser("asker")
    for query in in_turn(QUERIES, LISTS.index(where)):
        assert browser.get(f"{where}?{query}").status_code < 500, query


@pytest.mark.parametrize("year", ["0", "10000", "99999999999999999999"])
def test_no_year_brings_the_tables_down(world: World, year: str) -> None:
    for where in (f"/reports/arms/{year}/", f"/reports/arms/{year}/tidy.csv", f"/api/v1/reports/arms/{year}/"):
        assert world.browser("asker").get(where).status_code == 404


def test_hidden_characters_in_an_address_are_named(world: World) -> None:
    for where in ("/denials/?q=%00", "/api/v1/denials/?q=%E2%80%AE"):
        assert world.browser("asker").get(where).status_code == 400


FILES = {
    "empty.csv": b"",
    "nul.csv": b"regime,decided on\narms,\x00\n",
    "cell.csv": b"regime,destination,end user\narms,IL," + b"a" * 10_000_000 + b"\n",
    "wide.csv": b"," * 1_000_000,
    "quote.csv": b'regime,destination\n"arms,IL\n' * 50_000,
    "old.xls": b"\xd0\xcf\x11\xe0" + b"a" * 100,
    "not.xlsx": b"PK\x03\x04" + b"a" * 100,
    "page.html": b"<html>",
    "utf16.csv": "regime,destination\narms,IL\n".encode("utf-16"),
    "../../etc/passwd\r\nX: y.csv": b"regime,destination\narms,IL\n",
}


@pytest.mark.parametrize("name", FILES)
def test_no_file_brings_the_import_down(world: World, name: str) -> None:
    browser = world.browser("denier")
    response = send(browser, "/denials/import/", data={"file": SimpleUploadedFile(name, FILES[name])})
    assert response.status_code in (302, 422)
    if response.status_code == 302:
        assert browser.get(response["Location"]).status_code == 200


def test_a_bomb_is_not_unpacked(world: World) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b" " * 150_000_000)
    response = send(
        world.browser("denier"), "/denials/import/", data={"file": SimpleUploadedFile("b.xlsx", bomb.getvalue())}
    )
    assert response.status_code == 422

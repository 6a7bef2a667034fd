"""
The journey: forty image intensifiers for the Israeli Prison Service through TROYA TECH DEFENCE LIMITED.

Flanders receives the application on 2 March 2026; the Netherlands denied nine licences in 2024, taken in from their
published list as it is. Walked over HTTP twice: by officers in a browser without scripts, and by national systems.
"""

import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from consultations.tasks import sweep_lapses
from tests.cast import Member, person, system
from tests.journeys.browser import Answer, Browser, System

pytestmark = pytest.mark.committed

DENIALS = Path(__file__).parents[1] / "data" / "denied_arms_applications_2024.csv"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: Three weeks after Monday 2 March 2026 (User's Guide; by analogy Reg. 1182/71), and a fourth by agreement.
DUE = datetime(2026, 3, 23, 23, tzinfo=UTC)
EXTENDED = datetime(2026, 3, 30, 22, tzinfo=UTC)  # The Hague keeps summer time by then
WHY_DENIED = "Risk of use in internal repression."
WHY_GRANTED = "The prison service was visited; the devices stay with its medical transport."
UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"

NOTED = {
    "regime": "arms",
    "received_on": "2026-03-02",
    "own_reference": "VLG 2026/17",
    "end_use": "Night surveillance of perimeter walls.",
}
PARTIES = [
    {"role": "end_user", "name": "Israeli Prison Service", "country": "IL"},
    {"role": "consignee", "name": "TROYA TECH DEFENCE LIMITED", "country": "IL"},
]
ITEM = {"code": "ML15.c", "description": "image intensifiers", "quantity": "40"}


class Doors(ABC):
    """The same acts through one kind of door. `BE` asks, `NL` denied, `SE` is the stranger."""

    @abstractmethod
    def file(self) -> tuple[str, list[str]]:
        """File the application; return its id and the references of the hits, in their order."""

    @abstractmethod
    def consult(self, application: str, question: str) -> str:
        """Open the consultation on every open hit; return the id of the one thread."""

    @abstractmethod
    def answer(self, thread: str, text: str) -> int:
        """Answer with views; return the status."""

    @abstractmethod
    def answer_late(self, thread: str, text: str) -> None: ...

    @abstractmethod
    def extend(self, thread: str) -> None:
        """The Netherlands propose a week, Flanders agrees."""

    @abstractmethod
    def grant(self, application: str, explanation: str) -> int: ...

    @abstractmethod
    def refuse(self, application: str) -> str:
        """Refuse, complete the own denial and notify it; return its id."""

    @abstractmethod
    def read(self, who: str, path: str) -> Answer: ...

    def events(self, thread: str) -> list[dict[str, Any]]:
        """Read the legal events of the thread."""
        rows: list[dict[str, Any]] = self.read("BE", f"/api/v1/consultations/{thread}/events/").data["results"]
        return rows

    def kinds(self, thread: str) -> list[str]:
        return [row["kind"] for row in self.events(thread)]

    def thread(self, who: str, thread: str) -> Any:
        return self.read(who, f"/api/v1/consultations/{thread}/").data


class ByBrowser(Doors):
    """Officers, with pages and forms."""

    def __init__(self, server: str) -> None:
        name = settings.SESSION_COOKIE_NAME
        self.people = {
            code: Browser(server, name, member.web.cookies[name].value)
            for code, member in (("BE", officer("BE-VLG")), ("NL", officer("NL")), ("SE", officer("SE")))
        }

    def read(self, who: str, path: str) -> Answer:
        return self.people[who].get(path)

    def file(self) -> tuple[str, list[str]]:
        form = dict(NOTED)
        for name, rows in (("destinations", [{"code": "IL"}]), ("parties", PARTIES), ("items", [ITEM])):
            form[f"{name}-TOTAL_FORMS"] = str(len(rows))
            form |= {f"{name}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
        officer = self.people["BE"]
        page = officer.send(officer.get("/applications/new/"), "received_on", **form)
        found = re.fullmatch(rf"/applications/({UUID})/", page.path)
        assert found, page.body
        return found[1], list(dict.fromkeys(re.findall(r"NL-ARM-2024-\d{4}", page.body)))

    def consult(self, application: str, question: str) -> str:
        receipt = self.people["BE"].act(f"/consultations/open/{application}/", "question", question=question)
        found = re.search(rf"/consultations/({UUID})/", receipt.body)
        assert found, receipt.body
        return found[1]

    def answer(self, thread: str, text: str) -> int:
        officer = self.people["NL"]
        preview = officer.send(
            officer.get(f"/consultations/{thread}/answer/"), "reasoning", outcome="views", reasoning=text
        )
        return officer.send(preview, "once", confirm="1").status

    def answer_late(self, thread: str, text: str) -> None:
        officer = self.people["NL"]
        refused = officer.get(f"/consultations/{thread}/answer/")
        refused = officer.send(refused, "reasoning", outcome="views", reasoning=text, confirm="1")
        assert refused.status == 409
        preview = officer.send(refused, "reasoning")
        assert preview.path.endswith("/late-answer/")
        assert "Receipt" in officer.send(preview, "once", confirm="1").body

    def extend(self, thread: str) -> None:
        more = {"amount": "1", "reason": "The embassy has been asked."}
        self.people["NL"].act(f"/consultations/{thread}/propose-extension/", "amount", **more)
        assert "Agree to an extension (1 week)" in self.read("BE", "/").body
        preview = self.read("BE", f"/consultations/{thread}/agree-extension/")
        assert "Mon 30 Mar 2026, 24:00 (The Hague)" in preview.body
        assert "Receipt" in self.people["BE"].send(preview, "once", confirm="1").body

    def grant(self, application: str, explanation: str) -> int:
        officer = self.people["BE"]
        form = officer.get(f"/decide/{application}/")
        preview = officer.send(form, "outcome", outcome="granted", explanation=explanation, quantity="40")
        return officer.send(preview, "once", confirm="1").status

    def refuse(self, application: str) -> str:
        officer = self.people["BE"]
        receipt = officer.act(f"/decide/{application}/", "outcome", outcome="refused", reasons="Same risk.")
        found = re.search(rf"/denials/({UUID})/", receipt.body)
        assert found, receipt.body
        form = officer.get(f"/denials/{found[1]}/edit/")
        preview = officer.send(form, "criterion_7", criterion_7="on", step="preview")
        assert preview.path.endswith("/preview/"), preview.body
        done = officer.send(preview, "once", confirm="1")
        assert done.path.endswith("/receipt/"), done.body
        return found[1]


class BySystem(Doors):
    """National systems, with JSON and tokens."""

    def __init__(self, server: str) -> None:
        codes = (("BE", "BE-VLG"), ("NL", "NL"), ("SE", "SE"))
        self.systems = {code: System(server, system(authority).token) for code, authority in codes}

    def read(self, who: str, path: str) -> Answer:
        return self.systems[who].get(path)

    def post(self, who: str, path: str, content: dict[str, Any]) -> Answer:
        """Send twice under one key: the second answer is the first."""
        key = f"{path}-{len(str(content))}"
        first, second = (self.systems[who].post(f"/api/v1{path}", content, key) for _ in range(2))
        if first.status < 300:
            assert second.body == first.body
        return first

    def file(self) -> tuple[str, list[str]]:
        made = self.post("BE", "/applications/", {**NOTED, "destinations": ["IL"], "parties": PARTIES, "items": [ITEM]})
        assert made.status == 201, made.body
        self.hits = made.data["screening"]["hits"]
        return made.data["id"], [hit["denial"]["reference"] for hit in self.hits]

    def consult(self, application: str, question: str) -> str:
        hits = [hit["id"] for hit in self.hits if hit["standing"] == "open"]
        content = {"application": application, "hits": hits, "question": question}
        (planned,) = self.post("BE", "/consultations/preview/", content).data["consultations"]
        assert (planned["consulted_state"], planned["clock"]["last_day"]) == ("NL", "2026-03-23")
        opened = self.post("BE", "/consultations/", content)
        assert opened.status == 201, opened.body
        (thread,) = opened.data["consultations"]
        return str(thread["id"])

    def answer(self, thread: str, text: str) -> int:
        return self.post("NL", f"/consultations/{thread}/answer/", {"outcome": "views", "reasoning": text}).status

    def answer_late(self, thread: str, text: str) -> None:
        assert self.answer(thread, text) == 409
        content = {"outcome": "views", "reasoning": text}
        assert self.post("NL", f"/consultations/{thread}/late-answer/", content).data["answers"][0]["is_late"]

    def extend(self, thread: str) -> None:
        more = {"amount": 1, "reason": "The embassy has been asked."}
        assert self.post("NL", f"/consultations/{thread}/propose-extension/", more).status == 200
        assert self.post("BE", f"/consultations/{thread}/agree-extension/", {}).status == 200

    def grant(self, application: str, explanation: str) -> int:
        content = {"application": application, "outcome": "granted", "explanation": explanation, "quantity": "40"}
        return 200 if (made := self.post("BE", "/decisions/", content)).status == 201 else made.status

    def refuse(self, application: str) -> str:
        content = {"application": application, "outcome": "refused", "reasons": "Same risk.", "draft_denial": True}
        made = self.post("BE", "/decisions/", content)
        assert made.status == 201, made.body
        draft = made.data["own_denial"]
        prefilled = self.read("BE", f"/api/v1/denials/{draft}/").data
        whole = {
            "regime": "arms",
            "act": prefilled["act"],
            "legal_basis": prefilled["legal_basis"],
            "decided_on": prefilled["decided_on"],
            "destinations": ["IL"],
            "parties": PARTIES,
            "items": [ITEM],
            "criteria": ["7"],
            "explanation": prefilled["explanation"],
        }
        assert self.post("BE", f"/denials/{draft}/draft/", whole).status == 200
        notified = self.post("BE", f"/denials/{draft}/notify/", {})
        assert notified.status == 200, notified.body
        return str(draft)


def officer(code: str) -> Member:
    return person(code, "officer")


@pytest.fixture(params=[ByBrowser, BySystem], ids=["web", "api"])
def doors(request: pytest.FixtureRequest, server: str, clock: Any) -> Doors:
    clock.set(START)
    with transaction.atomic():
        call_command("import_denials", str(DENIALS), "--authority", "NL", verbosity=0)
        made: Doors = request.param(server)
    return made


def begun(doors: Doors) -> tuple[str, str]:
    """File, see the hits in their order, consult the Netherlands."""
    application, references = doors.file()
    numbers = [int(reference[-4:]) for reference in references]
    assert numbers[:2] == [8, 6]
    assert 5 not in numbers[:2]
    thread = doors.consult(application, "What led to the denials?")
    seen = doors.thread("NL", thread)
    assert (seen["status"], seen["due_before"], seen["question"]) == (
        "open",
        "2026-03-23T23:00:00Z",
        "What led to the denials?",
    )
    assert "VLG 2026/17" not in str(seen)
    for path in (f"/api/v1/consultations/{thread}/", f"/consultations/{thread}/", f"/applications/{application}/"):
        assert doors.read("SE", path).status in (401, 302, 404) or "sign-in" in doors.read("SE", path).path
    return application, thread


class TestTroya:
    def test_answered_then_granted_with_the_undercut_explained(self, doors: Doors) -> None:
        """CP 2008/944/CFSP Art. 4(1): a detailed explanation to the State that denied, and to no other."""
        application, thread = begun(doors)
        assert doors.grant(application, WHY_GRANTED) == 409  # the gate: a consultation is open
        assert doors.answer(thread, WHY_DENIED) == 200
        assert doors.thread("BE", thread)["answers"][0]["reasoning"] == WHY_DENIED
        assert doors.grant(application, WHY_GRANTED) == 200
        (notice,) = doors.read("NL", "/api/v1/grant-notices/").data["results"]
        assert (notice["explanation"], notice["is_undercut"]) == (WHY_GRANTED, True)
        assert "NL-ARM-2024-0008" in notice["denials"]
        assert doors.read("SE", "/api/v1/grant-notices/").data["count"] == 0
        assert doors.kinds(thread) == ["opened", "answered", "outcome"]
        assert doors.answer(thread, "Once more.") != 200

    def test_extended_then_answered(self, doors: Doors, clock: Any) -> None:
        _, thread = begun(doors)
        doors.extend(thread)
        assert doors.thread("NL", thread)["due_before"] == EXTENDED.strftime("%Y-%m-%dT%H:%M:%SZ")
        clock.set(EXTENDED - timedelta(seconds=20))  # one second would be the server's to lose
        assert doors.answer(thread, WHY_DENIED) == 200
        assert doors.kinds(thread) == ["opened", "extension_proposed", "extension_agreed", "answered"]

    def test_lapsed_from_the_instant_and_a_late_answer(self, doors: Doors, clock: Any) -> None:
        """Silence is taken as no objection, dated to the end of the period; the late answer is kept as late."""
        application, thread = begun(doors)
        clock.set(DUE)
        assert doors.thread("BE", thread)["status"] == "lapsed"
        clock.set(DUE + timedelta(hours=9))
        assert (sweep_lapses(), sweep_lapses()) == (1, 0)
        doors.answer_late(thread, WHY_DENIED)
        lapse = doors.events(thread)[1]
        assert (lapse["kind"], lapse["effective_at"]) == ("lapsed", "2026-03-23T23:00:00Z")
        assert doors.kinds(thread) == ["opened", "lapsed", "late_answer"]
        assert doors.thread("NL", thread)["outcome"] == "lapsed"
        assert doors.grant(application, WHY_GRANTED) == 200

    def test_refused_with_the_own_denial(self, doors: Doors) -> None:
        application, thread = begun(doors)
        assert doors.answer(thread, WHY_DENIED) == 200
        denial = doors.refuse(application)
        seen = doors.read("SE", f"/api/v1/denials/{denial}/").data
        assert seen["reference"].startswith("BE-ARM-2026-")
        assert {party["name"] for party in seen["parties"]} == {party["name"] for party in PARTIES}
        assert doors.kinds(thread) == ["opened", "answered", "outcome"]
        assert doors.read("NL", "/api/v1/grant-notices/").data["count"] == 0

"""
A consultation and an independent model of it take the same random steps and must agree after each.

The model knows no product code: a few plain facts, the law in one method per act. `make soak` walks 500 x 30 steps.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from accounts.law.errors import RuleBroken
from consultations import actions
from consultations.models import Consultation
from consultations.tasks import sweep_lapses
from tests.cast import person
from tests.factories import MARCH, a_consultation
from tests.soak import oracle
from tests.soak.size import FULL, sized

pytestmark = pytest.mark.django_db
WALKS, STEPS = sized(4, 500), sized(12, 30)
RULES = ("dual_use", "arms", "torture")
CHOICES = (
    *("forward", "forward", "sweep", "answer", "answer_late", "ask", "give", "propose", "agree", "refuse"),
    *("withdraw", "remind", "close", "register", "confirm", "dispute"),
)
REPLY = {"dual_use": (10, "working_day", 30), "arms": (3, "week", 1), "torture": None}
ANSWER = {"dual_use": "identical", "arms": "views", "torture": "views"}


@dataclass
class Model:
    """What the law says of one consultation, in plain facts."""

    rule: str
    now: datetime
    stored: str = "open"
    added: int = 0
    proposed: tuple[str, int] | None = None  # side, units
    asked: str = ""  # the side that owes information
    answered: str = ""  # the answer in time
    late: bool = False
    reminded: bool = False
    closed_at: datetime | None = None
    claim: tuple[str, datetime] | None = None
    told: bool = False
    due: datetime | None = None
    seen: Counter[tuple[str, str, bool]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.due = self.end()

    def end(self) -> datetime | None:
        reply = REPLY[self.rule]
        if reply is None:
            return None
        count, unit, _cap = reply
        return oracle.due_before("NL", oracle.last_day("NL", MARCH, count + self.added, unit))

    @property
    def ended(self) -> bool:
        return self.due is not None and self.now >= self.due

    @property
    def stands(self) -> str:
        return "lapsed" if self.stored == "open" and self.ended else self.stored

    @property
    def outcome(self) -> str:
        if self.answered:
            return self.answered
        named = {"open": "", "lapsed": "lapsed", "withdrawn": "withdrawn", "closed": "closed_unanswered"}
        return named[self.stands]

    # ---- the acts: whether the law allows them, and what they change ----------------------------------------------

    def answer(self, side: str) -> bool:
        if side != "consulted" or self.stands != "open":
            return False
        self.stored, self.answered = "answered", ANSWER[self.rule]
        return True

    def answer_late(self, side: str) -> bool:
        if side != "consulted" or self.stands not in ("lapsed", "closed") or self.answered or self.late:
            return False
        self.stored, self.late = self.stands, True
        return True

    def ask(self, side: str) -> bool:
        if self.stands not in ("open", "answered", "lapsed"):
            return False
        self.stored, self.asked = self.stands, "consulting" if side == "consulted" else "consulted"
        return True

    def give(self, side: str) -> bool:
        if self.asked != side or self.stands not in ("open", "answered", "lapsed"):
            return False
        self.stored, self.asked = self.stands, ""
        return True

    def propose(self, side: str, units: int) -> bool:
        reply = REPLY[self.rule]
        if reply is None or self.stands != "open" or self.proposed or not 1 <= units <= reply[2] - self.added:
            return False
        self.proposed = (side, units)
        return True

    def agree(self, side: str) -> bool:
        if self.proposed is None or self.proposed[0] == side or self.stands != "open":
            return False
        self.added, self.proposed = self.added + self.proposed[1], None
        self.due = self.end()
        return True

    def refuse(self, side: str) -> bool:
        if self.proposed is None or self.proposed[0] == side or self.stands != "open":
            return False
        self.proposed = None
        return True

    def withdraw(self, side: str) -> bool:
        if side != "consulting" or self.stands != "open":
            return False
        self.stored = "withdrawn"
        return True

    def remind(self, side: str) -> bool:
        if side != "consulting" or self.stands != "open":
            return False
        self.reminded = True
        return True

    def close(self, side: str) -> bool:
        if side != "consulting" or self.rule != "torture" or self.stands != "open" or not self.reminded:
            return False
        self.stored, self.closed_at = "closed", self.now
        return True

    def register(self, side: str, given_at: datetime) -> bool:
        if self.answered or self.claim or self.stands not in ("open", "lapsed", "closed"):
            return False
        if not MARCH <= given_at <= self.now:
            return False
        self.claim = (side, given_at)
        return True

    def confirm(self, side: str) -> bool:
        if self.claim is None or self.claim[0] == side or self.stands == "withdrawn" or self.answered:
            return False
        ends = [end for end in (self.due, self.closed_at) if end]  # what is given after the closing answers nothing
        in_time = all(self.claim[1] < end for end in ends)
        if not in_time and self.stands not in ("lapsed", "closed"):
            return False
        if in_time:
            self.answered = ANSWER[self.rule]
            self.stored = "closed" if self.stands == "closed" else "answered"
        else:
            self.stored, self.late = self.stands, True
        self.claim = None
        return True

    def dispute(self, side: str) -> bool:
        if self.claim is None or self.claim[0] == side or self.stands == "withdrawn":
            return False
        self.claim = None
        return True


class Walk:
    """One random walk of product and model together."""

    def __init__(self, seed: int, cast: tuple[Any, Any], clock: Any, seen: Counter[tuple[str, str, bool]]) -> None:
        self.seed, self.chance, self.clock, self.seen = seed, Random(seed), clock, seen  # noqa: S311 - repeatable
        self.people = dict(zip(("consulting", "consulted"), cast, strict=True))
        rule = RULES[seed % len(RULES)]
        clock.set(MARCH)
        self.pk = a_consultation(*cast, rule).pk
        self.model = Model(rule, MARCH)

    def step(self) -> None:
        name = self.chance.choice(CHOICES)
        if name == "forward":
            self._forward()
        elif name == "sweep":
            sweep_lapses()
            self.model.stored = self.model.stands
        else:
            self._act(name, self.chance.choice(("consulting", "consulted")))
        self._compare(name)

    def _forward(self) -> None:
        hours = self.chance.choice((1, 7, 24, 24 * 4, 24 * 12))
        self.model.now += timedelta(hours=hours)
        if self.model.due and self.chance.random() < 0.2:
            self.model.now = max(self.model.now, self.model.due - timedelta(seconds=self.chance.choice((0, 30))))
        self.clock.set(self.model.now)

    def _act(self, name: str, side: str) -> None:
        if self.chance.random() < 0.25 and name in ("answer", "withdraw", "close"):
            return  # let some walks grow old
        before, given = self.model.stands, self._given(name)
        wanted = getattr(self.model, name)(side, **{k: v for k, v in given.items() if k in ("units", "given_at")})
        try:
            with transaction.atomic():
                self._verb(name, side, given)
            done = True
        except RuleBroken:
            done = False
        assert done is wanted, f"{name} by {side} when {before} in walk {self.seed}: product {done}, model {wanted}"
        self.seen[name, before, done] += 1

    def _given(self, name: str) -> dict[str, Any]:
        if name == "propose":
            return {"units": self.chance.choice((1, 5, 31))}
        if name == "register":
            ago = self.chance.choice((-1, 0, 1, 30, 24 * 9))
            return {"given_at": self.model.now - timedelta(hours=ago)}
        return {}

    def _verb(self, name: str, side: str, given: dict[str, Any]) -> None:
        common = {"consultation_id": self.pk, "by": self.people[side].principal, "now": self.model.now}
        said = {"outcome": ANSWER[self.model.rule], "reasoning": "As stated."}
        verbs: dict[str, tuple[Any, dict[str, Any]]] = {
            "answer": (actions.answer_consultation, said),
            "answer_late": (actions.answer_late, said),
            "ask": (actions.request_information, {"text": "Which model?"}),
            "give": (actions.give_information, {"text": "XR-5."}),
            "propose": (actions.propose_extension, {"amount": given.get("units"), "reason": "More is needed."}),
            "agree": (actions.agree_extension, {}),
            "refuse": (actions.refuse_extension, {}),
            "withdraw": (actions.withdraw_consultation, {"reason": "Sent in error."}),
            "remind": (actions.remind_consulted, {}),
            "close": (actions.close_unanswered, {"reason": "No views."}),
            "register": (
                actions.register_answer_elsewhere,
                {**said, "channel": "telephone", "given_at": given.get("given_at")},
            ),
            "confirm": (actions.confirm_answer_elsewhere, {}),
            "dispute": (actions.dispute_answer_elsewhere, {"reason": "Nobody called."}),
        }
        verb, arguments = verbs[name]
        verb(**common, **arguments)

    def _compare(self, name: str) -> None:
        thread = Consultation.objects.get(pk=self.pk)
        now, model = self.model.now + timedelta(milliseconds=1), self.model
        found = (str(thread.stands_as(now)), str(thread.outcome(now)), thread.due_before)
        assert found == (model.stands, model.outcome, model.due), f"after {name} in walk {self.seed}: {found}"
        ends = [one for one in thread.timeline(now) if one.kind == "lapsed"]
        assert all(one.effective_at <= now for one in ends), "nothing lapses early"
        assert len(ends) <= 1


def test_no_disagreement(db: Any, clock: Any) -> None:
    seen: Counter[tuple[str, str, bool]] = Counter()
    cast = (person("BE-VLG", "officer"), person("NL", "officer"))
    for seed in range(WALKS):
        point = transaction.savepoint()
        walk = Walk(seed, cast, clock, seen)
        for _step in range(STEPS):
            walk.step()
        transaction.savepoint_rollback(point)
    allowed = {(name, state) for (name, state, done) in seen if done}
    assert sum(seen.values()) > WALKS * STEPS / 3
    if FULL:
        assert len(allowed) >= 0.9 * 22, sorted(allowed)


def test_the_model_counts_as_a_calendar_does() -> None:
    assert Model("dual_use", MARCH).due == datetime(2026, 3, 16, 23, tzinfo=UTC)
    assert Model("arms", MARCH).due == datetime(2026, 3, 23, 23, tzinfo=UTC)
    assert Model("torture", MARCH).due is None

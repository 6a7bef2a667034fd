"""Double answer, answer against withdrawal, answer against lapse: one winner each; 200 rounds x 12 threads in full."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import uniform
from time import sleep
from typing import Any

import pytest

from accounts.clock import now
from consultations import actions
from consultations.models import Answer, Consultation, ConsultationEvent
from consultations.tasks import sweep_lapses
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.consultations.test_races import a_thread, at_once
from tests.factories import MARCH
from tests.soak.size import FULL, sized

pytestmark = pytest.mark.committed
ROUNDS, THREADS = sized(2, 200), sized(6, 12)
READY = timedelta(milliseconds=sized(100, 600))  # for all threads to have a connection
SPREAD = 0.02  # seconds
WINNERS = ("answered", "withdrawn", "lapsed")


@pytest.fixture
def cast(committed_db: Any) -> tuple[Any, Any]:
    return person("BE-VLG", "officer"), person("NL", "officer")


def ends(thread: Consultation) -> list[str]:
    rows = ConsultationEvent.objects.filter(consultation=thread, kind__in=WINNERS)
    return list(rows.values_list("kind", flat=True))


def acts_on(thread: Consultation, cast: tuple[Any, Any]) -> dict[str, Callable[[], Any]]:
    asking, denying = (one.principal for one in cast)
    answer = {"consultation_id": thread.pk, "outcome": "identical", "by": denying, "now": MARCH}
    withdraw = {"consultation_id": thread.pk, "reason": "x", "by": asking, "now": MARCH}
    return {
        "answer": lambda: actions.answer_consultation(**answer),
        "withdraw": lambda: actions.withdraw_consultation(**withdraw),
        "answer about the end": lambda: about_the_end(lambda: actions.answer_consultation(**answer)),
        "sweep about the end": lambda: about_the_end(sweep_lapses),
    }


def about_the_end(act: Callable[[], Any]) -> Any:
    """Do an act within a few milliseconds before or after the end of the period, whenever the thread got ready."""
    left = (DUAL_USE_DUE - now()).total_seconds() + uniform(-SPREAD, SPREAD)  # noqa: S311 - no secret
    sleep(max(0.0, left))
    return act()


def test_one_winner_in_every_round(cast: tuple[Any, Any], clock: Any, capsys: Any) -> None:
    won: Counter[str] = Counter()
    for turn in range(ROUNDS):
        clock.set(MARCH)
        double, taken_back, running_out = (a_thread(cast) for _ in range(3))
        at_once(*[acts_on(double, cast)["answer"]] * THREADS)
        assert ends(double) == ["answered"], turn

        act = acts_on(taken_back, cast)
        at_once(*[act["answer"], act["withdraw"]] * (THREADS // 2))
        assert len(ends(taken_back)) == 1, turn

        clock.set(DUAL_USE_DUE - READY)
        act = acts_on(running_out, cast)
        at_once(*[act["answer about the end"], act["sweep about the end"]] * (THREADS // 2))
        clock.set(DUAL_USE_DUE + timedelta(seconds=1))
        sweep_lapses()
        (winner,) = ends(running_out)
        running_out.refresh_from_db()
        assert running_out.status == winner, turn
        won[winner] += 1
        early = Answer.objects.filter(consultation=running_out, answered_at__gte=DUAL_USE_DUE, is_late=False)
        assert not early.exists(), turn
    with capsys.disabled():
        print(f"\nanswer against lapse: {dict(won)}" if FULL else "", end="")

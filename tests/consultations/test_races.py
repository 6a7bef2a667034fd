"""Answer against lapse, answer against answer, answer against withdrawal: real commits, one winner each time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.law.errors import RuleBroken
from consultations import actions
from consultations.models import Answer, Consultation, ConsultationEvent
from consultations.tasks import sweep_lapses
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.factories import MARCH, a_consultation

pytestmark = pytest.mark.committed
THREADS = 6


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at once, each on a connection of its own; a refusal is a result."""
    together = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=30)
            return act()
        except RuleBroken as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def cast(committed_db: Any) -> tuple[Any, Any]:
    return person("BE-VLG", "officer"), person("NL", "officer")


def a_thread(cast: tuple[Any, Any]) -> Consultation:
    with transaction.atomic():
        thread: Consultation = a_consultation(*cast, "dual_use")
    return thread


def test_one_winner_each(cast: tuple[Any, Any], clock: Any) -> None:
    asking, denying = cast
    asker, answerer = asking.principal, denying.principal
    clock.set(MARCH)
    answer = {"outcome": "identical", "by": answerer, "now": MARCH}

    thread = a_thread(cast)
    results = at_once(*[lambda: actions.answer_consultation(consultation_id=thread.pk, **answer)] * THREADS)
    assert sum(isinstance(one, Answer) for one in results) == 1

    withdrawn = a_thread(cast)
    at_once(
        lambda: actions.answer_consultation(consultation_id=withdrawn.pk, **answer),
        lambda: actions.withdraw_consultation(consultation_id=withdrawn.pk, reason="x", by=asker, now=MARCH),
    )
    kinds = set(ConsultationEvent.objects.filter(consultation=withdrawn).values_list("kind", flat=True))
    assert len(kinds & {"answered", "withdrawn"}) == 1

    lapsing = [a_thread(cast) for _ in range(3)]
    clock.set(DUAL_USE_DUE - timedelta(milliseconds=300))
    attempts = [lambda pk=one.pk: actions.answer_consultation(consultation_id=pk, **answer) for one in lapsing]

    def sweep_past_the_end() -> int:
        done = 0
        for _ in range(200):
            done += sweep_lapses()
        return done

    at_once(*attempts, sweep_past_the_end, sweep_past_the_end)
    clock.set(DUAL_USE_DUE + timedelta(seconds=1))
    sweep_lapses()
    for one in lapsing:
        one.refresh_from_db()
        ends = ConsultationEvent.objects.filter(consultation=one, kind__in=["answered", "lapsed"])
        assert ends.count() == 1
        assert one.status == ends.get().kind
        early = ends.get().kind == "answered" and ends.get().effective_at >= DUAL_USE_DUE
        assert not early

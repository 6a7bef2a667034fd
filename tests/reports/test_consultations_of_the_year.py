"""What each measure of consultations and grants counts, regime by regime and outcome by outcome."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consultations import actions
from consultations.models import Consultation, Decision
from denials.law.transactions import Destination
from reports.law.figures import Figure, Measure
from reports.statistics import count_year
from tests import standing as states
from tests.factories import MARCH, a_consultation, a_denial, an_application, consultations
from tests.reports.given import FAR_AHEAD, figures, table

pytestmark = pytest.mark.django_db
pytest_generate_tests, standing = states.kept(states.CONSULTED)
consulting_officer, consulted_officer, arms, dual_use, torture = map(states.copied, states.CONSULTED)

INITIATED, RECEIVED = Measure.CONSULTATIONS_INITIATED, Measure.CONSULTATIONS_RECEIVED
OUTCOME, WITHOUT = Measure.CONSULTATIONS_BY_OUTCOME, Measure.CONSULTATIONS_WITHOUT_OUTCOME


@pytest.fixture(autouse=True)
def march(clock: Any) -> Any:
    clock.set(MARCH)
    return clock


@pytest.fixture
def asks(arms: Any, dual_use: Any, torture: Any) -> Any:
    """Flanders has asked the Netherlands, once under each regime."""
    return {"arms": arms, "dual_use": dual_use, "torture": torture}.__getitem__


class TestSentAndReceived:
    @pytest.mark.parametrize("regime", ["arms", "dual_use", "torture"])
    def test_one_consultation_is_initiated_by_one_state_and_received_by_the_other(self, asks: Any, regime: str) -> None:
        asks(regime)
        assert table(regime, INITIATED, "authority") == {"BE": 1}
        assert table(regime, RECEIVED, "authority") == {"NL": 1}

    def test_which_state_consulted_which_is_counted_nowhere(self, asks: Any) -> None:
        asks("arms")
        for figure in count_year("arms", 2026, now=MARCH).figures:
            assert not ({"BE", "NL"} <= set(figure.key))
        assert figures("arms", Measure.CONSULTATIONS_BY_DESTINATION) == [
            Figure(Measure.CONSULTATIONS_BY_DESTINATION, destination="IL", value=1)
        ]

    def test_several_destinations_count_once(self, consulting_officer: Any, consulted_officer: Any) -> None:
        a_denial(consulted_officer)
        places = (Destination("IL"), Destination("JO"))
        consultations(consulting_officer, an_application(consulting_officer, destinations=places))
        assert table("arms", Measure.CONSULTATIONS_BY_DESTINATION, "destination") == {"VARIOUS": 1}

    @pytest.mark.parametrize(
        ("sent_at", "year"),
        [
            (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 2026),
            (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), 2027),
            (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), 2025),
            (datetime(2025, 12, 31, 23, 1, tzinfo=UTC), 2026),
        ],
    )
    def test_the_year_turns_at_midnight_of_the_consulting_state(self, asks: Any, sent_at: datetime, year: int) -> None:
        """23:00 UTC is midnight in Brussels."""
        Consultation.objects.filter(pk=asks("arms").pk).update(sent_at=sent_at)
        for other in (2025, 2026, 2027):
            expected = {"BE": 1} if other == year else {}
            assert table("arms", INITIATED, "authority", year=other) == expected
            assert sum(table("arms", RECEIVED, "authority", year=other).values()) == sum(expected.values())


class TestOutcomes:
    """By the state that was consulted."""

    @pytest.mark.parametrize(
        ("regime", "outcome"),
        [
            ("dual_use", "identical"),
            ("dual_use", "not_identical"),
            ("dual_use", "partly"),
            ("arms", "views"),
            ("torture", "views"),
        ],
    )
    def test_an_answer_in_time_is_the_outcome(
        self, asks: Any, consulted_officer: Any, regime: str, outcome: str
    ) -> None:
        thread = asks(regime)
        actions.answer_consultation(
            consultation_id=thread.pk, outcome=outcome, reasoning="Seen.", by=consulted_officer.principal, now=MARCH
        )
        assert table(regime, OUTCOME, "authority", "outcome") == {("NL", outcome): 1}
        assert table(regime, Measure.ANSWERS_BY_TIME, "authority", "dimension") == {("", "time=days_2"): 1}

    def test_an_open_one_has_none(self, asks: Any) -> None:
        asks("dual_use")
        assert table("dual_use", OUTCOME, "outcome") == {}
        assert table("dual_use", WITHOUT, "dimension") == {"status=open": 1}

    def test_past_its_period_it_has_lapsed_before_any_sweep(self, asks: Any) -> None:
        thread = asks("dual_use")
        assert table("dual_use", OUTCOME, "outcome", now=thread.due_before - timedelta(microseconds=1)) == {}
        assert table("dual_use", OUTCOME, "authority", "outcome", now=thread.due_before) == {("NL", "lapsed"): 1}
        thread.refresh_from_db()
        assert thread.status == "open"

    def test_a_written_lapse_counts_the_same(self, asks: Any) -> None:
        thread = asks("arms")
        actions.lapse_consultation(consultation_id=thread.pk, now=FAR_AHEAD)
        assert table("arms", OUTCOME, "authority", "outcome", now=FAR_AHEAD) == {("NL", "lapsed"): 1}

    def test_a_late_answer_leaves_it_lapsed(self, asks: Any, consulted_officer: Any, march: Any) -> None:
        thread = asks("dual_use")
        march.set(FAR_AHEAD)
        actions.answer_late(
            consultation_id=thread.pk, outcome="identical", by=consulted_officer.principal, now=FAR_AHEAD
        )
        assert table("dual_use", OUTCOME, "outcome", now=FAR_AHEAD) == {"lapsed": 1}
        assert table("dual_use", Measure.ANSWERS_BY_TIME, "dimension", now=FAR_AHEAD) == {"time=late": 1}

    def test_torture_never_lapses(self, asks: Any) -> None:
        """docs/adr/0019."""
        asks("torture")
        assert table("torture", WITHOUT, "dimension", now=FAR_AHEAD) == {"status=open": 1}

    def test_closed_unanswered_where_nothing_lapses_is_no_outcome(self, asks: Any) -> None:
        Consultation.objects.filter(pk=asks("torture").pk).update(status="closed")
        assert table("torture", OUTCOME, "outcome") == {}
        assert table("torture", WITHOUT, "dimension") == {"status=closed_unanswered": 1}

    def test_a_provisional_end_does_not_lapse(self, asks: Any) -> None:
        Consultation.objects.filter(pk=asks("arms").pk).update(due_is_provisional=True)
        assert table("arms", WITHOUT, "dimension", now=FAR_AHEAD) == {"status=open": 1}

    def test_withdrawn_is_an_outcome_of_one_that_was_sent(self, asks: Any, consulting_officer: Any) -> None:
        thread = asks("arms")
        actions.withdraw_consultation(
            consultation_id=thread.pk, reason="asked in error", by=consulting_officer.principal, now=MARCH
        )
        assert table("arms", INITIATED, "authority") == {"BE": 1}
        assert table("arms", OUTCOME, "outcome") == {"withdrawn": 1}

    @pytest.mark.parametrize("outcome", ["no_objection", "objection"])
    def test_objections_are_outcomes(self, asks: Any, consulted_officer: Any, outcome: str) -> None:
        """Reg. (EU) 2021/821 Art. 14(1)."""
        self.answered_otherwise(asks("dual_use"), outcome)
        assert table("dual_use", OUTCOME, "outcome") == {outcome: 1}

    def test_an_answer_to_another_question_is_a_figure_of_its_own(self, asks: Any) -> None:
        """Reg. (EU) 2021/821 Art. 21(4): release of stopped items."""
        self.answered_otherwise(asks("dual_use"), "release")
        assert table("dual_use", OUTCOME, "outcome") == {}
        assert table("dual_use", Measure.CONSULTATIONS_BY_OTHER_ANSWER, "dimension") == {"answer=release": 1}

    def answered_otherwise(self, thread: Any, outcome: str) -> None:
        thread.answers.create(outcome=outcome, answered_at=MARCH)
        Consultation.objects.filter(pk=thread.pk).update(status="answered")

    def test_every_consultation_sent_has_an_outcome_or_says_why_not(
        self, consulting_officer: Any, consulted_officer: Any, asks: Any
    ) -> None:
        answered = asks("dual_use")
        withdrawn, _open = (a_consultation(consulting_officer, consulted_officer, "dual_use") for _ in range(2))
        actions.answer_consultation(
            consultation_id=answered.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        actions.withdraw_consultation(
            consultation_id=withdrawn.pk, reason="error", by=consulting_officer.principal, now=MARCH
        )
        for now in (MARCH, FAR_AHEAD):
            count = count_year("dual_use", 2026, now=now)
            ended = count.total(OUTCOME) + count.total(WITHOUT)
            assert count.total(INITIATED) == count.total(RECEIVED) == ended == 3
            assert count.total(Measure.CONSULTATIONS_BY_DESTINATION) == 3


class TestGrants:
    """docs/adr/0022."""

    def granted(self, thread: Any, by: Any, outcome: str = "granted") -> Decision:
        return actions.record_decision(
            application_id=thread.application_id,
            outcome=outcome,
            by=by.principal,
            now=MARCH,
            reasons="Weighed.",
            explanation="Another end use." if outcome == "granted" else "",
        )

    @pytest.mark.parametrize(
        ("regime", "answer", "undercuts"),
        [
            ("dual_use", "identical", {"BE": 1}),
            ("dual_use", "partly", {}),
            ("dual_use", "not_identical", {}),
            ("arms", "views", {"BE": 1}),
            ("torture", "views", {"BE": 1}),
        ],
    )
    def test_a_grant_after_consultation_counts_and_is_an_undercut_as_the_regime_says(
        self, asks: Any, consulting_officer: Any, consulted_officer: Any, regime: str, answer: str, undercuts: Any
    ) -> None:
        thread = asks(regime)
        actions.answer_consultation(
            consultation_id=thread.pk, outcome=answer, reasoning="Seen.", by=consulted_officer.principal, now=MARCH
        )
        self.granted(thread, consulting_officer)
        assert table(regime, Measure.GRANTS_AFTER_CONSULTATION, "authority") == {"BE": 1}
        assert table(regime, Measure.UNDERCUTS, "authority") == undercuts

    def test_a_refusal_after_consultation_is_neither(
        self, asks: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        thread = asks("dual_use")
        actions.answer_consultation(
            consultation_id=thread.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        self.granted(thread, consulting_officer, "refused")
        assert table("dual_use", Measure.GRANTS_AFTER_CONSULTATION, "authority") == {}
        assert table("dual_use", Measure.UNDERCUTS, "authority") == {}

    def test_a_grant_without_consultation_is_neither(self, consulting_officer: Any) -> None:
        application = an_application(consulting_officer, "dual_use")
        actions.record_decision(
            application_id=application.pk, outcome="granted", by=consulting_officer.principal, now=MARCH
        )
        assert table("dual_use", Measure.GRANTS_AFTER_CONSULTATION, "authority") == {}

    def test_where_the_goods_go_is_not_counted_by_state(
        self, asks: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        """docs/adr/0032."""
        thread = asks("arms")
        actions.answer_consultation(
            consultation_id=thread.pk, outcome="views", reasoning="Seen.", by=consulted_officer.principal, now=MARCH
        )
        self.granted(thread, consulting_officer)
        assert figures("arms", Measure.UNDERCUTS) == [Figure(Measure.UNDERCUTS, "BE", value=1)]

"""The gate, the decision, the explanation owed, and what the consulted authorities learn."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.law.errors import (
    ConsultationsOpen,
    HitsOpen,
    NotCompetent,
    NotForeseen,
    ReasonMissing,
    ScreeningStale,
    TransitionRefused,
)
from accounts.models import Notice
from consultations import actions
from consultations.models import Decision, GrantNotice, gate_of, hits_to_judge
from screening.actions import screen_application, withdraw_application
from screening.models import Application
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE, acts_on, kinds, told
from tests.factories import MARCH, a_denial, an_application

pytestmark = pytest.mark.django_db


def decide(application: Any, by: Any, outcome: str = "granted", **changes: Any) -> Decision:
    return actions.record_decision(
        application_id=application.pk, outcome=outcome, by=by.principal, now=MARCH, **changes
    )


def answer(thread: Any, by: Any, outcome: str, reasoning: str = "As stated in the denial.") -> None:
    actions.answer_consultation(
        consultation_id=thread.pk, outcome=outcome, reasoning=reasoning, by=by.principal, now=MARCH
    )


class TestGate:
    """Art. 16(5): examine all valid denials and consult before deciding."""

    def test_closed_while_a_consultation_is_open(self, dual_use: Any, consulting_officer: Any) -> None:
        with pytest.raises(ConsultationsOpen):
            decide(dual_use.application, consulting_officer, explanation="x")
        assert not Decision.objects.exists()

    def test_closed_while_a_hit_is_open(self, consulting_officer: Any, consulted_officer: Any) -> None:
        a_denial(consulted_officer)
        with pytest.raises(HitsOpen):
            decide(an_application(consulting_officer), consulting_officer)

    def test_closed_while_the_screening_is_stale(self, consulting_officer: Any, consulted_officer: Any) -> None:
        application = an_application(consulting_officer)
        a_denial(consulted_officer)
        with pytest.raises(ScreeningStale):
            decide(application, consulting_officer)
        screen_application(application=application, trigger="decision", by=consulting_officer.principal, now=MARCH)
        with pytest.raises(HitsOpen):
            decide(application, consulting_officer)

    def test_a_grant_looks_at_the_register_when_nobody_can_change_it_any_more(
        self, consulting_officer: Any, django_assert_max_num_queries: Any
    ) -> None:
        application = an_application(consulting_officer)
        with django_assert_max_num_queries(200) as asked:
            decide(application, consulting_officer)
        statements = [one["sql"] for one in asked.captured_queries]
        held = next(at for at, one in enumerate(statements) if "ledger" in one and "FOR UPDATE" in one)
        seen = next(at for at, one in enumerate(statements) if 'FROM "denials_registerchange"' in one)
        assert held < seen

    def test_a_change_of_another_regime_makes_nothing_stale(
        self, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        application = an_application(consulting_officer)
        a_denial(consulted_officer, "torture")
        assert decide(application, consulting_officer).outcome == "granted"

    def test_clear_without_hits(self, consulting_officer: Any) -> None:
        decision = decide(an_application(consulting_officer), consulting_officer)
        assert (decision.after_consultation, decision.is_undercut, decision.flags) == (False, False, [])
        assert acts_on(decision) == ["decision.recorded"]
        assert not GrantNotice.objects.exists()

    def test_silence_opens_it_before_any_sweep(self, dual_use: Any, consulting_officer: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        assert gate_of(dual_use.application, DUAL_USE_DUE).is_clear
        decide(dual_use.application, consulting_officer, explanation="Silence.")
        assert kinds(dual_use)[:2] == ["opened", "lapsed"]

    def test_the_open_hits_of_many_read_as_those_of_one(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        """The one query of the inbox and the screening room's own reading agree."""
        a_denial(consulted_officer)
        an_application(consulting_officer)
        actions.withdraw_consultation(
            consultation_id=dual_use.pk, reason="x", by=consulting_officer.principal, now=MARCH
        )
        rows = Application.objects.all()
        assert len(rows) == 2
        for row in rows:
            assert {hit.pk for hit in hits_to_judge([row.pk])} == {one.hit.pk for one in row.open_hits()}
            assert row.open_hits()


class TestGrantAfterConsultation:
    """Dual-use and torture: all others and the Commission; arms: those that denied."""

    def test_it_owes_its_explanation(self, dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        answer(dual_use, consulted_officer, "not_identical")
        with pytest.raises(ReasonMissing):
            decide(dual_use.application, consulting_officer)
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        ("outcome", "undercut"), [("identical", True), ("not_identical", False), ("partly", False)]
    )
    def test_dual_use_undercuts_only_what_was_answered_identical(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, outcome: str, undercut: bool
    ) -> None:
        answer(dual_use, consulted_officer, outcome)
        decision = decide(dual_use.application, consulting_officer, explanation="The end use was verified.")
        assert (decision.after_consultation, decision.is_undercut) == (True, undercut)
        assert decision.grant_notice.is_undercut is undercut

    def test_dual_use_tells_all_members_and_the_commission(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        answer(dual_use, consulted_officer, "identical")
        notice = decide(dual_use.application, consulting_officer, explanation="Verified.").grant_notice
        codes = {body.code for body in notice.recipients.all()}
        assert {"NL", "DE", "FR", "SE", "COM"} <= codes
        assert not any(code.startswith("BE") for code in codes)
        assert "GB" not in codes
        assert "EEAS" not in codes
        assert told("grant.notified") == codes
        assert acts_on(notice) == ["grant.notified"]

    def test_arms_tell_those_that_denied_and_nobody_else(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        answer(arms, consulted_officer, "views")
        decision = decide(arms.application, consulting_officer, explanation="Verified.")
        assert decision.is_undercut
        assert told("grant.notified") == {"NL"}

    def test_silence_in_arms_is_an_undercut_too(self, arms: Any, consulting_officer: Any, clock: Any) -> None:
        clock.set(datetime(2026, 3, 23, 23, tzinfo=UTC))
        assert decide(arms.application, consulting_officer, explanation="Verified.").is_undercut

    def test_torture_tells_all(self, torture: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        answer(torture, consulted_officer, "views")
        assert decide(torture.application, consulting_officer, explanation="Verified.").is_undercut
        assert {"COM", "SE"} <= told("grant.notified")

    def test_the_notice_stands_alone(self, arms: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        """Recipients read it without access to the case."""
        answer(arms, consulted_officer, "views")
        decide(arms.application, consulting_officer, explanation="Verified.", quantity="20 pieces")
        seen = GrantNotice.objects.visible_to(consulted_officer.principal).get()
        assert seen.content["denials"] == [arms.denials.get().denial.reference]
        assert seen.content["shared"] == arms.shared
        assert not GrantNotice.objects.visible_to(person("SE", "officer").principal).exists()

    def test_the_consulted_learn_the_outcome(self, arms: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        answer(arms, consulted_officer, "views")
        decide(arms.application, consulting_officer, explanation="Verified.")
        arms.refresh_from_db()
        assert (arms.status, arms.outcome(MARCH)) == ("closed", "views")
        assert kinds(arms)[-1] == "outcome"
        assert told("consultation.outcome") == {"NL"}


class TestRefusal:
    def test_the_consulted_learn_it_and_a_denial_is_drafted(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        answer(arms, consulted_officer, "views")
        decision = decide(
            arms.application, consulting_officer, "refused", reasons="Risk of diversion.", draft_denial=True
        )
        draft = decision.own_denial
        assert draft is not None
        assert (draft.status, draft.authority.code, draft.regime) == ("draft", "BE-VLG", "arms")
        assert draft.current.decided_on == date(2026, 3, 2)
        assert draft.current.explanation == "Risk of diversion."
        assert {one.name for one in draft.current.parties.all()} == {
            "Israel Prison Service",
            "TROYA TECH DEFENCE LIMITED",
        }
        assert told("consultation.outcome") == {"NL"}
        assert not decision.is_undercut

    def test_a_refusal_with_a_thread_open_is_recorded_and_flagged(self, arms: Any, consulting_officer: Any) -> None:
        """CP Art. 4(2): the decision remains at national discretion."""
        decision = decide(arms.application, consulting_officer, "refused", reasons="Embargo.")
        arms.refresh_from_db()
        assert decision.flags == ["consultation_open"]
        assert arms.status == "withdrawn"
        assert kinds(arms) == ["opened", "withdrawn", "outcome"]

    def test_it_has_reasons(self, arms: Any, consulting_officer: Any) -> None:
        with pytest.raises(ReasonMissing):
            decide(arms.application, consulting_officer, "refused")

    def test_only_a_refusal_drafts_a_denial(self, consulting_officer: Any) -> None:
        with pytest.raises(NotForeseen):
            decide(an_application(consulting_officer), consulting_officer, draft_denial=True)


class TestDecision:
    def test_once(self, consulting_officer: Any) -> None:
        application = an_application(consulting_officer)
        decide(application, consulting_officer)
        for outcome in ("granted", "refused", "withdrawn"):
            with pytest.raises(TransitionRefused):
                decide(application, consulting_officer, outcome, reasons="x")

    def test_withdrawn_by_the_applicant_ends_the_threads(self, arms: Any, consulting_officer: Any) -> None:
        decide(arms.application, consulting_officer, "withdrawn")
        arms.refresh_from_db()
        arms.application.refresh_from_db()
        assert (arms.status, arms.application.status) == ("withdrawn", "withdrawn")

    def test_only_by_its_own_authority(self, consulting_officer: Any, stranger: Any) -> None:
        with pytest.raises(NotCompetent):
            decide(an_application(consulting_officer), stranger)

    @pytest.mark.parametrize("day", [date(2026, 3, 3), date(1, 1, 1), date(9999, 12, 31)])
    def test_on_a_day_that_can_be(self, consulting_officer: Any, day: date) -> None:
        with pytest.raises(NotForeseen):
            decide(an_application(consulting_officer), consulting_officer, decided_on=day)

    def test_of_a_known_kind(self, consulting_officer: Any) -> None:
        with pytest.raises(NotForeseen):
            decide(an_application(consulting_officer), consulting_officer, "postponed")

    def test_nothing_remains_if_the_explanation_cannot_be_written(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer(arms, consulted_officer, "views")

        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("no post")

        monkeypatch.setattr("consultations.notices.tell_grant", fail)
        with pytest.raises(RuntimeError):
            decide(arms.application, consulting_officer, explanation="Verified.")
        assert not Decision.objects.exists()
        assert not Notice.objects.filter(kind="grant.notified").exists()


def test_the_lapse_is_not_dated_to_the_decision(dual_use: Any, consulting_officer: Any, clock: Any) -> None:
    clock.set(DUAL_USE_DUE + timedelta(days=3))
    decide(dual_use.application, consulting_officer, explanation="Silence.")
    dual_use.refresh_from_db()
    assert dual_use.concluded_at == DUAL_USE_DUE
    assert dual_use.outcome(DUAL_USE_DUE + timedelta(days=3)) == "lapsed"


def test_in_consultation_only_the_decision_records_a_withdrawal(arms: Any, consulting_officer: Any) -> None:
    """It ends the consultations too; without it they would run on."""
    arms.application.refresh_from_db()
    with pytest.raises(TransitionRefused):
        withdraw_application(application=arms.application, by=consulting_officer.principal, now=MARCH)


@pytest.mark.parametrize(("day", "flags"), [(date(2026, 3, 5), ["consultation_open"]), (date(2026, 3, 17), [])])
def test_a_grant_recorded_late_says_that_a_consultation_ran_on_its_day(
    dual_use: Any, consulting_officer: Any, clock: Any, day: date, flags: list[str]
) -> None:
    clock.set(DUAL_USE_DUE + timedelta(hours=1))
    made = decide(dual_use.application, consulting_officer, explanation="Silence.", decided_on=day)
    assert made.flags == flags

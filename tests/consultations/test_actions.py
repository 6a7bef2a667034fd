"""The verbs of a thread: what each leaves behind, who may, and what it refuses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.law.errors import (
    AlreadyAnswered,
    AnswerNotForeseen,
    ExtensionNotForeseen,
    ExtensionTooLong,
    FieldMissing,
    NotCompetent,
    NotForeseen,
    NotYetDue,
    PeriodEnded,
    ReasonMissing,
    TransitionRefused,
)
from accounts.models import AuditRecord, Authority, Notice
from consultations import actions
from consultations.law.parties import NotConsultedOn
from consultations.models import Answer, Consultation, ConsultationEvent, InternalNote
from consultations.tasks import sweep_lapses
from tests.cast import person
from tests.factories import MARCH, a_denial, a_historic_denial, an_application, consultations

pytestmark = pytest.mark.django_db

#: Reg. 1182/71: ten working days after Monday 2 March end with Monday 16 March, three weeks with Monday 23 March.
DUAL_USE_DUE = datetime(2026, 3, 16, 23, tzinfo=UTC)
ARMS_DUE = datetime(2026, 3, 23, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def acts_on(subject: Any) -> list[str]:
    rows = AuditRecord.objects.filter(subject_id=str(subject.pk)).order_by("sequence")
    return [row.act for row in rows]


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient__code", flat=True))


def kinds(thread: Consultation) -> list[str]:
    return [event.kind for event in thread.timeline(MARCH)]


class TestOpening:
    """Art. 16(5): "It shall then consult the competent authorities … which issued such denials"."""

    def test_sent_is_received_and_the_period_runs_in_the_consulted_calendar(self, dual_use: Any) -> None:
        assert (dual_use.sent_at, dual_use.received_at) == (MARCH, MARCH)
        assert dual_use.due_before == DUAL_USE_DUE
        assert (dual_use.due_zone, dual_use.calendar_versions) == ("Europe/Amsterdam", {"2026": "1"})
        assert not dual_use.due_is_provisional

    def test_arms_have_three_weeks(self, arms: Any) -> None:
        assert (arms.rule, arms.due_before) == ("arms.4", ARMS_DUE)

    def test_torture_has_no_period(self, torture: Any) -> None:
        """Reg. (EU) 2019/125 Art. 23(2) sets none."""
        assert torture.due_before is None
        assert not torture.lapses

    def test_it_is_on_the_audit_trail_and_the_other_side_is_told(self, arms: Any) -> None:
        assert acts_on(arms) == ["consultation.opened"]
        assert told("consultation.opened") == {"NL"}
        assert kinds(arms) == ["opened"]

    def test_the_reference_tells_nobody_how_many_there_are(self, arms: Any) -> None:
        head, tail = arms.reference.rsplit("-", 1)
        assert head == "BE-NL"
        assert len(tail) == 8

    def test_the_application_is_in_consultation(self, arms: Any) -> None:
        arms.application.refresh_from_db()
        assert arms.application.status == "consulting"
        assert not arms.application.open_hits()

    def test_one_thread_per_state_with_all_its_denials(self, consulting_officer: Any, consulted_officer: Any) -> None:
        swede = person("SE", "officer")
        for denying in (consulted_officer, consulted_officer, swede):
            a_denial(denying)
        threads = consultations(consulting_officer, an_application(consulting_officer))
        found = {one.consulted_state_id: one.denials.count() for one in threads}
        assert found == {"NL": 2, "SE": 1}

    def test_belgium_is_consulted_through_its_contact_point(self, consulted_officer: Any) -> None:
        """A region's denial: the thread goes to the contact point, and the region that denied sees it too."""
        walloon = person("BE-WAL", "officer")
        a_denial(walloon)
        (thread,) = consultations(consulted_officer, an_application(consulted_officer))
        assert thread.consulted_authority.code == "BE"
        assert told("consultation.opened") == {"BE", "BE-WAL"}
        assert Consultation.objects.visible_to(walloon.principal).filter(pk=thread.pk).exists()
        assert not Consultation.objects.visible_to(person("BE-VLG", "officer").principal).exists()

    def test_a_denial_of_the_own_state_is_not_consulted_on(self, consulting_officer: Any) -> None:
        own = a_denial(person("BE-WAL", "officer"))
        with pytest.raises(NotConsultedOn, match="own"):
            consultations(consulting_officer, an_application(consulting_officer), hits=(), denials=[own.pk])

    def test_a_former_members_denial_is_not_consulted_on(self, consulting_officer: Any) -> None:
        british = a_historic_denial("GB", decided_on=date(2009, 3, 4))
        with pytest.raises(NotConsultedOn, match="former_member"):
            consultations(consulting_officer, an_application(consulting_officer), hits=(), denials=[british.pk])

    def test_a_denial_is_consulted_on_once(self, arms: Any, consulting_officer: Any) -> None:
        denial = arms.denials.get().denial
        with pytest.raises((NotConsultedOn, TransitionRefused)):
            consultations(consulting_officer, arms.application, hits=(), denials=[denial.pk])
        assert Consultation.objects.count() == 1

    def test_nothing_is_opened_without_a_denial(self, consulting_officer: Any) -> None:
        with pytest.raises(FieldMissing):
            consultations(consulting_officer, an_application(consulting_officer), hits=())

    def test_another_authoritys_application_is_not_consulted_on(
        self, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        a_denial(consulted_officer)
        with pytest.raises(NotCompetent):
            consultations(stranger, an_application(consulting_officer))

    def test_only_what_was_chosen_travels(self, consulting_officer: Any, consulted_officer: Any) -> None:
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        (thread,) = consultations(consulting_officer, application, shared=["items", "parties"])
        assert set(thread.shared) == {"items", "parties"}
        assert "quantity" not in thread.shared["items"][0]
        assert "address" not in thread.shared["parties"][0]

    def test_an_unknown_part_is_refused(self, consulting_officer: Any, consulted_officer: Any) -> None:
        a_denial(consulted_officer)
        with pytest.raises(NotForeseen, match="applicant"):
            consultations(
                consulting_officer,
                an_application(consulting_officer),
                shared=["items", "parties", "applicant"],
            )

    def test_a_missing_holiday_list_makes_the_date_provisional(
        self, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        """Nothing lapses on it, however late it gets."""
        later = datetime(2031, 3, 3, 9, tzinfo=UTC)
        clock.set(later)
        a_denial(consulted_officer, "dual_use", later)
        (thread,) = consultations(consulting_officer, an_application(consulting_officer, "dual_use", later), later)
        assert thread.due_is_provisional
        clock.set(later + timedelta(days=400))
        assert sweep_lapses() == 0
        assert thread.stands_as(later + timedelta(days=400)) == "open"


class TestAnswer:
    """Art. 16(5), second subparagraph: "within 10 working days"."""

    def test_it_concludes_the_thread(self, dual_use: Any, consulted_officer: Any) -> None:
        answer = actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.outcome(MARCH), answer.is_late) == ("answered", "identical", False)
        assert acts_on(dual_use) == ["consultation.opened", "consultation.answered"]
        assert told("consultation.answered") == {"BE-VLG"}

    def test_one_second_before_the_end_is_in_time(self, dual_use: Any, consulted_officer: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE - SECOND)
        actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="partly", by=consulted_officer.principal, now=MARCH
        )
        assert Consultation.objects.get().status == "answered"

    def test_at_the_end_it_is_late_though_no_sweep_has_run(
        self, dual_use: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE)
        with pytest.raises(PeriodEnded):
            actions.answer_consultation(
                consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
            )
        assert not Answer.objects.exists()

    @pytest.mark.parametrize(
        ("outcome", "reasoning", "refusal"),
        [
            ("objection", "", AnswerNotForeseen),
            ("views", "words", AnswerNotForeseen),
            ("", "", AnswerNotForeseen),
        ],
    )
    def test_only_what_the_question_knows(
        self, dual_use: Any, consulted_officer: Any, outcome: str, reasoning: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            actions.answer_consultation(
                consultation_id=dual_use.pk,
                outcome=outcome,
                reasoning=reasoning,
                by=consulted_officer.principal,
                now=MARCH,
            )

    def test_views_are_in_the_words(self, arms: Any, consulted_officer: Any) -> None:
        with pytest.raises(ReasonMissing):
            actions.answer_consultation(
                consultation_id=arms.pk, outcome="views", by=consulted_officer.principal, now=MARCH
            )

    def test_a_second_answer_is_refused(self, dual_use: Any, consulted_officer: Any) -> None:
        answer: dict[str, Any] = {
            "consultation_id": dual_use.pk,
            "outcome": "identical",
            "by": consulted_officer.principal,
            "now": MARCH,
        }
        actions.answer_consultation(**answer)
        with pytest.raises(AlreadyAnswered):
            actions.answer_consultation(**answer)

    def test_only_the_consulted_side_answers(self, dual_use: Any, consulting_officer: Any, stranger: Any) -> None:
        for by in (consulting_officer, stranger):
            with pytest.raises(NotCompetent):
                actions.answer_consultation(
                    consultation_id=dual_use.pk, outcome="identical", by=by.principal, now=MARCH
                )


class TestSilence:
    """Art. 16(5): "regarded as not considering the transaction … essentially identical"."""

    @pytest.mark.parametrize(("regime", "due"), [("dual_use", DUAL_USE_DUE), ("arms", ARMS_DUE)])
    def test_reads_show_the_lapse_from_the_end_of_the_period(
        self, arms: Any, dual_use: Any, regime: str, due: datetime
    ) -> None:
        thread = {"arms": arms, "dual_use": dual_use}[regime]
        assert thread.stands_as(due - SECOND) == "open"
        assert thread.stands_as(due) == "lapsed"
        assert thread.outcome(due) == "lapsed"
        assert [one.kind for one in thread.timeline(due)] == ["opened", "lapsed"]
        assert thread.timeline(due)[-1].effective_at == due

    def test_the_sweep_writes_it_dated_to_the_end(self, dual_use: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE + timedelta(hours=7))
        assert sweep_lapses() == 1
        dual_use.refresh_from_db()
        event = ConsultationEvent.objects.get(kind="lapsed")
        assert (dual_use.status, dual_use.concluded_at, event.effective_at) == ("lapsed", DUAL_USE_DUE, DUAL_USE_DUE)
        assert event.data["silence"] == "not_identical"
        assert acts_on(dual_use)[-1] == "consultation.lapsed"
        assert told("consultation.lapsed") == {"BE-VLG", "NL"}

    def test_the_sweep_may_run_again(self, dual_use: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        assert [sweep_lapses(), sweep_lapses()] == [1, 0]
        assert ConsultationEvent.objects.filter(kind="lapsed").count() == 1

    def test_not_a_second_early(self, dual_use: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE - SECOND)
        assert sweep_lapses() == 0
        with pytest.raises(NotYetDue):
            actions.lapse_consultation(consultation_id=dual_use.pk, now=DUAL_USE_DUE - SECOND)

    def test_an_answer_came_first(self, dual_use: Any, consulted_officer: Any) -> None:
        actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        with pytest.raises(TransitionRefused):
            actions.lapse_consultation(consultation_id=dual_use.pk, now=DUAL_USE_DUE)

    def test_torture_never_lapses(self, torture: Any, clock: Any) -> None:
        """Reg. (EU) 2019/125 Art. 23 gives silence no meaning."""
        clock.set(datetime(2027, 3, 2, tzinfo=UTC))
        assert sweep_lapses() == 0
        assert torture.stands_as(datetime(2027, 3, 2, tzinfo=UTC)) == "open"

    def test_a_late_answer_is_kept_as_late_and_the_lapse_stands(
        self, dual_use: Any, consulted_officer: Any, clock: Any
    ) -> None:
        late = DUAL_USE_DUE + timedelta(hours=1)
        clock.set(late)
        answer = actions.answer_late(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=late
        )
        dual_use.refresh_from_db()
        assert answer.is_late
        assert (dual_use.status, dual_use.outcome(late)) == ("lapsed", "lapsed")
        assert kinds(dual_use) == ["opened", "lapsed", "late_answer"]
        assert told("consultation.late_answer") == {"BE-VLG"}

    def test_there_is_no_late_answer_in_time(self, dual_use: Any, consulted_officer: Any) -> None:
        with pytest.raises(NotYetDue):
            actions.answer_late(
                consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
            )


class TestInformation:
    """Art. 16(5), third subparagraph; asking does not stop the clock."""

    def test_it_is_asked_and_given(self, dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        actions.request_information(
            consultation_id=dual_use.pk, text="Which model?", by=consulted_officer.principal, now=MARCH
        )
        asked = Consultation.objects.get()
        assert asked.awaits_information_from() == "consulting"
        assert asked.due_before == DUAL_USE_DUE
        actions.give_information(consultation_id=dual_use.pk, text="XR-5.", by=consulting_officer.principal, now=MARCH)
        assert Consultation.objects.get().awaits_information_from() == ""
        assert acts_on(dual_use)[1:] == ["consultation.information_requested", "consultation.information_given"]
        assert told("consultation.information_requested") == {"BE-VLG"}
        assert told("consultation.information_given") == {"NL"}

    def test_none_is_given_unasked(self, dual_use: Any, consulting_officer: Any) -> None:
        with pytest.raises(TransitionRefused):
            actions.give_information(consultation_id=dual_use.pk, text="x", by=consulting_officer.principal, now=MARCH)

    def test_a_request_has_words(self, dual_use: Any, consulted_officer: Any) -> None:
        with pytest.raises(ReasonMissing):
            actions.request_information(
                consultation_id=dual_use.pk, text="  ", by=consulted_officer.principal, now=MARCH
            )


class TestExtension:
    """Art. 16(5), third subparagraph: by agreement, before the period has ended, 30 working days at most."""

    def propose(self, thread: Any, by: Any, amount: int = 5) -> Any:
        return actions.propose_extension(
            consultation_id=thread.pk, amount=amount, reason="More is needed.", by=by.principal, now=MARCH
        )

    def test_the_period_is_counted_anew_from_receipt(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        self.propose(dual_use, consulted_officer)
        assert Consultation.objects.get().due_before == DUAL_USE_DUE
        extension = actions.agree_extension(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)
        due = datetime(2026, 3, 23, 23, tzinfo=UTC)  # fifteen working days after 2 March
        assert (extension.due_before_old, extension.due_before_new) == (DUAL_USE_DUE, due)
        assert Consultation.objects.get().due_before == due
        assert Consultation.objects.get().working().due_before == due
        assert acts_on(dual_use)[1:] == ["consultation.extension_proposed", "consultation.extension_agreed"]
        assert told("consultation.extension_agreed") == {"BE-VLG", "NL"}

    def test_several_within_the_cap(self, dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        for amount in (20, 10):
            self.propose(dual_use, consulted_officer, amount)
            actions.agree_extension(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)
        assert Consultation.objects.get().working().last_day == date(2026, 4, 30)  # forty in all; 27 April is a holiday
        with pytest.raises(ExtensionTooLong):
            self.propose(dual_use, consulted_officer, 1)

    @pytest.mark.parametrize("amount", [31, 100])
    def test_not_beyond_the_cap(self, dual_use: Any, consulted_officer: Any, amount: int) -> None:
        with pytest.raises(ExtensionTooLong):
            self.propose(dual_use, consulted_officer, amount)

    def test_arms_one_week(self, arms: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        self.propose(arms, consulting_officer, 1)
        actions.agree_extension(consultation_id=arms.pk, by=consulted_officer.principal, now=MARCH)
        assert Consultation.objects.get().due_before == datetime(2026, 3, 30, 22, tzinfo=UTC)  # summer time by then

    def test_torture_knows_none(self, torture: Any, consulted_officer: Any) -> None:
        with pytest.raises(ExtensionNotForeseen):
            self.propose(torture, consulted_officer)

    def test_one_proposal_at_a_time(self, dual_use: Any, consulted_officer: Any) -> None:
        self.propose(dual_use, consulted_officer)
        with pytest.raises(TransitionRefused):
            self.propose(dual_use, consulted_officer)

    def test_nobody_agrees_with_oneself(self, dual_use: Any, consulted_officer: Any) -> None:
        self.propose(dual_use, consulted_officer)
        with pytest.raises(NotCompetent):
            actions.agree_extension(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)

    def test_refused_it_changes_nothing(self, dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        self.propose(dual_use, consulted_officer)
        actions.refuse_extension(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)
        assert Consultation.objects.get().due_before == DUAL_USE_DUE
        assert acts_on(dual_use)[-1] == "consultation.extension_refused"
        assert told("consultation.extension_refused") == {"NL"}

    def test_too_late_at_the_end_of_the_period(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        self.propose(dual_use, consulted_officer)
        clock.set(DUAL_USE_DUE)
        with pytest.raises(PeriodEnded):
            actions.agree_extension(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)


class TestWithdrawal:
    def test_the_hits_are_open_again(self, dual_use: Any, consulting_officer: Any) -> None:
        actions.withdraw_consultation(
            consultation_id=dual_use.pk, reason="Sent in error.", by=consulting_officer.principal, now=MARCH
        )
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.outcome(MARCH)) == ("withdrawn", "withdrawn")
        assert len(dual_use.application.open_hits()) == 1
        assert acts_on(dual_use)[-1] == "consultation.withdrawn"
        assert told("consultation.withdrawn") == {"NL"}
        assert len(consultations(consulting_officer, dual_use.application)) == 1

    def test_not_after_silence_had_its_effect(self, dual_use: Any, consulting_officer: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        with pytest.raises(PeriodEnded):
            actions.withdraw_consultation(
                consultation_id=dual_use.pk, reason="x", by=consulting_officer.principal, now=MARCH
            )


class TestNotes:
    def test_a_note_stays_inside(self, arms: Any, consulting_officer: Any) -> None:
        note = actions.add_note(
            consultation_id=arms.pk, text="Ask the minister.", by=consulting_officer.principal, now=MARCH
        )
        assert acts_on(note) == ["consultation.note_added"]
        assert not Notice.objects.filter(kind="consultation.note_added").exists()

    def test_a_stranger_adds_none(self, arms: Any, stranger: Any) -> None:
        with pytest.raises(NotCompetent):
            actions.add_note(consultation_id=arms.pk, text="x", by=stranger.principal, now=MARCH)
        assert not InternalNote.objects.exists()

    def test_one_takes_a_thread(self, arms: Any, consulted_officer: Any) -> None:
        actions.take_consultation(consultation_id=arms.pk, by=consulted_officer.principal, now=MARCH)
        arms.refresh_from_db()
        assert arms.consulted_owner == consulted_officer.user
        assert acts_on(arms)[-1] == "consultation.taken"


class TestWrittenOnce:
    """What was said is refused to be changed by the database itself."""

    @pytest.mark.parametrize("table", ["consultationevent", "answer", "consultationdenial", "internalnote"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_the_database_refuses(self, table: str, statement: str, dual_use: Any) -> None:
        from django.db import connection

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(f"consultations_{table}"))

    def test_nothing_remains_if_the_audit_record_cannot_be_written(
        self, dual_use: Any, consulted_officer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("no audit")

        monkeypatch.setattr("accounts.audit.record", fail)
        with pytest.raises(RuntimeError):
            actions.answer_consultation(
                consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
            )
        assert not Answer.objects.exists()
        assert Consultation.objects.get().status == "open"


def test_all_bodies_of_the_cast_exist() -> None:
    assert Authority.objects.filter(code__in=["BE", "BE-VLG", "BE-WAL", "NL", "SE"]).count() == 5

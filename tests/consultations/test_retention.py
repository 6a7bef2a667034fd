"""What is closed is blocked, then forgotten with its proof; a hold keeps it; statistics and chain stay as they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import actions as house
from accounts import clock as exchange_clock
from accounts.actions.retention import end_hold, open_blocked, place_hold
from accounts.audit import verification
from accounts.law import retention as law
from accounts.law.errors import ReasonMissing
from accounts.law.retention import HoldNotForeseen
from accounts.models import AuditRecord, AuditSalt, Forgetting, ReceiptContent, Retention
from consultations import tasks
from consultations.actions import add_note, answer_consultation, invite_reader, prepare_opening, record_decision
from consultations.actions.forgetting import exonerate
from consultations.law.personal import without_words
from consultations.models import OPENED, Answer, Consultation, Decision
from consultations.tasks import sweep_retention
from denials.actions import revoke_denial
from denials.law.erasure import PersonNotFound
from denials.models import DenialParty
from reports.statistics import count_year
from screening.models import Application, ApplicationParty
from tests import factories
from tests.factories import StatedParty

NAME = "Kwestor Trading LLC"
MONTH = timedelta(days=31)


def lived(asker: Any, denier: Any) -> dict[str, Any]:
    """A denial, an application that names somebody, a thread, its answer and the decision; all bound."""
    now = exchange_clock.now()
    denial = factories.a_denial(denier, now=now)
    asked = factories.asked("arms")
    named = StatedParty.stated("intermediary", NAME, country="IL", address="1 Harbour Road")
    application = factories.an_application(asker, parties=(*asked.parties, named), now=now)
    opening = {"denials": [denial.pk], "question": f"Do you know {NAME}?"}
    prepare_opening(act=OPENED, given=opening, application_id=application.pk, by=asker.principal, now=now)
    (thread,) = factories.consultations(asker, application, question=f"Do you know {NAME}?", now=now)
    guest = {"authority": "SE", "sections": ["facts"], "reason": f"It knows {NAME}.", "until": now + MONTH}
    invite_reader(consultation_id=thread.pk, **guest, by=asker.principal, now=now)
    add_note(consultation_id=thread.pk, text=f"{NAME} wrote again.", by=asker.principal, now=now)
    answer = {"outcome": "views", "reasoning": f"We know {NAME} well."}
    answer_consultation(consultation_id=thread.pk, **answer, by=denier.principal, now=exchange_clock.now())
    record_decision(
        application_id=application.pk,
        outcome="granted",
        reasons=f"{NAME} was visited.",
        explanation="The end use was verified.",
        by=asker.principal,
        now=exchange_clock.now(),
    )
    bind()
    return {
        "denial": denial,
        "application": application,
        "thread": thread,
        "asker": asker,
        "denier": denier,
        "now": now,
    }


def bind() -> None:
    while house.bind_record(now=exchange_clock.now()):
        pass


@pytest.fixture
def case(consulting_officer: Any, consulted_officer: Any, clock: Any) -> dict[str, Any]:
    return lived(consulting_officer, consulted_officer)


def held_anywhere(name: str) -> list[str]:
    """Return the columns of the case rooms and of the house's proofs that hold a name."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
            "AND table_name ~ '^(screening|consultations|accounts|denials)_'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} AS one WHERE to_jsonb(one)::text ILIKE %s", [f"%{name}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return sorted(found)


class TestDays:
    @pytest.mark.parametrize(
        ("closed", "months", "day"),
        [("2026-08-31", 6, "2027-02-28"), ("2024-02-29", 36, "2027-02-28"), ("2026-01-15", -1, "2025-12-15")],
    )
    def test_months_are_those_of_the_calendar(self, closed: str, months: int, day: str) -> None:
        from datetime import date

        assert law.months_after(date.fromisoformat(closed), months) == date.fromisoformat(day)

    def test_every_kind_has_a_rule_with_its_source(self) -> None:
        from datetime import date

        rules = [law.rule_for(kind, date(2026, 11, 22)) for kind in law.KINDS]
        assert [(one.block_months, one.delete_months, bool(one.source)) for one in rules] == [
            (6, 36, True),
            (6, 36, True),
            (None, 36, True),
        ]


def test_a_summary_of_one_word_is_words_too() -> None:
    assert without_words({"summary": "Kwestor", "outcome": "views", "amount": 5}) == {"outcome": "views", "amount": 5}


class TestSweep:
    def test_it_blocks_then_forgets_and_nothing_else_changes(
        self, case: dict[str, Any], clock: Any, consulting_supervisor: Any, auditor: Any
    ) -> None:
        application, thread = case["application"], case["thread"]
        counted = _counts(case)
        clock.forward(7 * MONTH)
        assert sweep_retention() == 1  # the thread; the licence is good for two years
        assert case["asker"].web.get(f"/consultations/{thread.pk}/").status_code == 404
        assert case["denier"].web.get(f"/api/v1/consultations/{thread.pk}/").status_code == 404
        assert case["asker"].web.get(f"/applications/{application.pk}/").status_code == 200
        clock.forward(24 * MONTH)
        assert sweep_retention() == 1
        assert case["asker"].web.get(f"/applications/{application.pk}/").status_code == 404
        assert ApplicationParty.objects.filter(name=NAME).exists()
        clock.forward(33 * MONTH)
        assert sweep_retention() == 2
        assert sweep_retention() == 0
        assert held_anywhere(NAME) == []
        assert _counts(case) == counted
        bind()
        assert verification.verify().findings == []
        forgotten = Forgetting.objects.get(proof__subjects__contains=[str(application.pk)])
        assert forgotten.proof["rows"]["screening_applicationparty"] == ApplicationParty.objects.count()
        assert not AuditSalt.objects.filter(record__subject_id=str(thread.pk)).exists()
        assert not ReceiptContent.objects.filter(receipt__subject_id=str(thread.pk)).exists()

    def test_a_hold_keeps_it_until_it_ends(self, case: dict[str, Any], clock: Any, consulting_supervisor: Any) -> None:
        by, thread = consulting_supervisor.principal, case["thread"]
        now = exchange_clock.now()
        given = {"subject_id": thread.pk, "kind": "consultation", "reference": thread.reference}
        until = (now + 40 * MONTH).date()
        with pytest.raises(ReasonMissing):
            place_hold(**given, reason=" ", until=until, by=by, now=now)
        with pytest.raises(HoldNotForeseen):
            place_hold(**given, reason="under review", until=(now - MONTH).date(), by=by, now=now)
        hold = place_hold(**given, reason="an action before the court", until=until, by=by, now=now)
        clock.forward(7 * MONTH)
        assert sweep_retention() == 0
        end_hold(hold_id=hold.pk, by=by, now=exchange_clock.now())
        assert sweep_retention() == 1

    def test_what_is_on_hold_or_fails_stops_no_other(
        self,
        consulting_officer: Any,
        consulted_officer: Any,
        consulting_supervisor: Any,
        clock: Any,
        monkeypatch: Any,
    ) -> None:
        held, failing, last = (lived(consulting_officer, consulted_officer)["thread"] for _number in range(3))
        by, now = consulting_supervisor.principal, exchange_clock.now()
        given = {"subject_id": held.pk, "kind": "consultation", "reference": held.reference, "reason": "under review"}
        place_hold(**given, until=(now + 40 * MONTH).date(), by=by, now=now)
        clock.forward(7 * MONTH)
        monkeypatch.setattr(tasks, "BATCH", 2)
        settle = tasks.settle

        def failing_once(*, due: Any, now: Any) -> bool:
            if due.subject_id == failing.pk:
                raise DatabaseError("deadlock")
            return settle(due=due, now=now)

        monkeypatch.setattr(tasks, "settle", failing_once)
        assert sweep_retention() == 1
        assert Retention.objects.get().subject_id == last.pk
        monkeypatch.setattr(tasks, "settle", settle)
        assert sweep_retention() == 1

    def test_a_denial_is_kept_while_it_has_effect(self, case: dict[str, Any], clock: Any) -> None:
        now = exchange_clock.now()
        revoke_denial(denial_id=case["denial"].pk, reason="lifted", by=case["denier"].principal, now=now)
        kept = factories.a_denial(case["denier"], now=now)
        clock.forward(37 * MONTH)
        sweep_retention()
        names = DenialParty.objects.filter(version__denial=case["denial"]).values_list("name", flat=True)
        assert set(names) == {"[erased]"}
        assert not DenialParty.objects.filter(version__denial=kept, name="[erased]").exists()

    def test_it_is_opened_with_a_reason_on_record(
        self, case: dict[str, Any], clock: Any, auditor: Any, client_be: Any
    ) -> None:
        clock.forward(7 * MONTH)
        sweep_retention()
        record = Retention.objects.get()
        with pytest.raises(ReasonMissing):
            open_blocked(record=record, reason="", by=auditor.principal, now=exchange_clock.now())
        open_blocked(record=record, reason="asked by the court", by=auditor.principal, now=exchange_clock.now())
        entry = AuditRecord.objects.get(act="retention.opened")
        assert AuditSalt.objects.get(record=entry).reason == "asked by the court"

    def test_the_database_lets_nothing_go_without_its_digest(self, case: dict[str, Any]) -> None:
        for model, change in ((Answer, {"reasoning": ""}), (Decision, {"reasons": ""}), (Decision, {"outcome": "x"})):
            with pytest.raises(DatabaseError), transaction.atomic():
                model._base_manager.update(**change)


class TestExonerated:
    def test_a_person_goes_everywhere_and_the_chain_holds(
        self, case: dict[str, Any], consulting_supervisor: Any, supervisor: Any
    ) -> None:
        counted = _counts(case)
        given = {"names": [NAME], "basis": "court of 1 June", "now": exchange_clock.now()}
        gone = exonerate(**given, by=consulting_supervisor.principal)
        assert gone == {"denials": 0, "applications": 1, "threads": 1}
        with pytest.raises(PersonNotFound):
            exonerate(**given, by=supervisor.principal)  # what was said in the thread went on both sides
        assert held_anywhere(NAME) == []
        assert held_anywhere("Harbour Road") == []
        answer = Answer.objects.get()
        assert answer.reasoning == "We know [erased] well."
        assert Consultation.objects.get().question == "Do you know [erased]?"
        assert _counts(case) == counted
        bind()
        assert verification.verify().findings == []
        assert Application.objects.get().status == "granted"


def _counts(case: dict[str, Any]) -> Any:
    """The tables of the year, and what else is counted: states, outcomes, days."""
    return [
        count_year("arms", case["now"].year, now=case["now"]),
        sorted(Application.objects.values_list("status", "regime", "received_on")),
        sorted(Consultation.objects.values_list("status", "regime", "concluded_at")),
        sorted(Decision.objects.values_list("outcome", "decided_on", "is_undercut")),
        sorted(Answer.objects.values_list("outcome", "is_late")),
    ]

"""What was owed to the record: terms as used, closing without an answer, grants taken nationally, flags."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from accounts.law.errors import NotCompetent, ReasonMissing, TransitionRefused
from consultations import actions
from consultations.law.lifecycle import ReminderMissing
from consultations.models import Consultation, Decision, GrantNotice
from consultations.tasks import sweep_lapses, sweep_reminders
from screening.actions import dismiss_hit
from tests.consultations.test_actions import DUAL_USE_DUE, acts_on, kinds, told
from tests.consultations.test_decisions import answer, decide
from tests.consultations.test_pages import confirm
from tests.factories import MARCH, a_denial, an_application, consultations

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class TestTermsAsUsed:
    """docs/adr/0016: the rule, the calendar versions and the terms are stored when the period starts."""

    def test_a_later_setting_changes_no_running_consultation(self, arms: Any) -> None:
        with override_settings(EXCHANGE_TERMS={"arms.4": {"reply": "5 week", "silence": "none"}}):
            found = Consultation.objects.get(pk=arms.pk)
            assert (str(found.terms().reply), found.terms().silence) == ("3 week", "no_objection")
            assert found.working().due_before == arms.due_before

    def test_a_new_one_keeps_the_setting_of_its_day(self, consulting_officer: Any, consulted_officer: Any) -> None:
        a_denial(consulted_officer)
        with override_settings(EXCHANGE_TERMS={"arms.4": {"reply": "5 week"}}):
            (thread,) = consultations(consulting_officer, an_application(consulting_officer))
        assert str(Consultation.objects.get(pk=thread.pk).terms().reply) == "5 week"


def test_the_rule_of_the_day_is_that_of_the_local_day(
    consulting_officer: Any, consulted_officer: Any, clock: Any
) -> None:
    """Reg. (EU) 2021/821 applies from 9 September 2021; in Brussels that day begins at 22:00 UTC of the 8th."""
    from accounts.models import Authority

    late = datetime(2021, 9, 8, 22, 30, tzinfo=UTC)
    assert Authority.objects.get(code="BE-VLG").day_of(late).isoformat() == "2021-09-09"
    assert Authority.objects.get(code="COM").day_of(late).isoformat() == "2021-09-09", "it sits in Brussels"


class TestClosingUnanswered:
    """Reg. (EU) 2019/125 Art. 23(2) sets no time; docs/adr/0019: after a recorded reminder and with a reason."""

    def close(self, thread: Any, by: Any, reason: str = "No views were given in three months.") -> Any:
        return actions.close_unanswered(consultation_id=thread.pk, reason=reason, by=by.principal, now=MARCH)

    def test_a_reminder_comes_first(self, torture: Any, consulting_officer: Any) -> None:
        with pytest.raises(ReminderMissing):
            self.close(torture, consulting_officer)

    def test_it_is_closed_not_lapsed(self, torture: Any, consulting_officer: Any) -> None:
        actions.remind_consulted(consultation_id=torture.pk, by=consulting_officer.principal, now=MARCH)
        with pytest.raises(ReasonMissing):
            self.close(torture, consulting_officer, " ")
        self.close(torture, consulting_officer)
        torture.refresh_from_db()
        assert (torture.status, torture.outcome(MARCH)) == ("closed", "closed_unanswered")
        assert kinds(torture) == ["opened", "reminded", "closed_unanswered"]
        assert acts_on(torture)[1:] == ["consultation.reminded", "consultation.closed_unanswered"]
        assert told("consultation.closed_unanswered") == {"NL"}

    def test_the_gate_opens_and_the_grant_owes_its_explanation(self, torture: Any, consulting_officer: Any) -> None:
        actions.remind_consulted(consultation_id=torture.pk, by=consulting_officer.principal, now=MARCH)
        self.close(torture, consulting_officer)
        with pytest.raises(ReasonMissing):
            decide(torture.application, consulting_officer)
        made = decide(torture.application, consulting_officer, explanation="Verified.")
        assert made.after_consultation
        assert kinds(torture)[-1] == "outcome"

    def test_only_where_nothing_lapses_and_only_by_the_consulting_side(
        self, arms: Any, torture: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        for thread in (arms, torture):
            actions.remind_consulted(consultation_id=thread.pk, by=consulting_officer.principal, now=MARCH)
        with pytest.raises(TransitionRefused):
            self.close(arms, consulting_officer)
        with pytest.raises(NotCompetent):
            self.close(torture, consulted_officer)

    def test_by_page(self, torture: Any, consulting_officer: Any, stranger: Any) -> None:
        confirm(consulting_officer.web, reverse("consultations:remind", args=[torture.pk]), {"text": "Please."})
        place = reverse("consultations:close", args=[torture.pk])
        assert place in consulting_officer.web.get(reverse("consultations:detail", args=[torture.pk])).content.decode()
        confirm(consulting_officer.web, place, {"reason": "No views."})
        torture.refresh_from_db()
        assert torture.status == "closed"
        assert stranger.web.get(place).status_code == 404

    def test_by_rest(self, torture: Any, client_be: Any, client_nl: Any, client_se: Any) -> None:
        place = f"/api/v1/consultations/{torture.pk}"
        assert client_be.api.post(f"{place}/close-unanswered/", {"reason": "x"}).json()["code"] == "reminder_missing"
        assert client_be.api.post(f"{place}/remind/", {}).status_code == 200
        assert client_nl.api.post(f"{place}/close-unanswered/", {"reason": "x"}).status_code == 409
        assert client_se.api.post(f"{place}/close-unanswered/", {"reason": "x"}).status_code == 404
        closed = client_be.api.post(f"{place}/close-unanswered/", {"reason": "x"}).json()
        assert (closed["status"], closed["outcome"]) == ("closed", "closed_unanswered")


class TestGrantTakenNationally:
    """CP 2008/944/CFSP Art. 4(2); docs/adr/0090: recorded, flagged, and its explanation stays owed."""

    def test_it_is_recorded_and_flagged(self, dual_use: Any, consulting_officer: Any, supervisor: Any) -> None:
        made = decide(dual_use.application, consulting_officer, nationally=True)
        dual_use.refresh_from_db()
        assert made.flags == ["consultation_open"]
        assert (made.after_consultation, made.is_undercut) == (True, False)
        assert (dual_use.status, dual_use.outcome(MARCH)) == ("closed", "closed_unanswered")
        assert dual_use.application.__class__.objects.get(pk=dual_use.application_id).status == "granted"
        assert told("decision.flagged") == {"BE-VLG", "AUDIT"}
        assert "lapsed" not in kinds(dual_use)

    def test_a_clear_gate_leaves_no_flag(self, dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        answer(dual_use, consulted_officer, "identical")
        made = decide(dual_use.application, consulting_officer, nationally=True)
        assert (made.flags, made.is_undercut) == ([], True)
        assert told("decision.flagged") == set()

    def test_the_explanation_follows_once(self, arms: Any, consulting_officer: Any, stranger: Any) -> None:
        made = decide(arms.application, consulting_officer, nationally=True)
        assert Decision.objects.owing_explanation().get() == made
        page = consulting_officer.web.get("/").content.decode()
        assert f"Explain the grant on {arms.application.reference}" in page
        place = reverse("consultations:explain", args=[made.pk])
        assert stranger.web.get(place).status_code == 404
        confirm(consulting_officer.web, place, {"explanation": "The end use was verified."})
        assert GrantNotice.objects.get().decision == made
        assert told("grant.notified") == {"NL"}
        with pytest.raises(TransitionRefused):
            actions.explain_grant(decision_id=made.pk, explanation="x", by=consulting_officer.principal, now=MARCH)
        assert consulting_officer.web.get(place).status_code == 404

    def test_by_rest(self, arms: Any, client_be: Any, client_se: Any) -> None:
        body = {"application": str(arms.application_id), "outcome": "granted", "nationally": True}
        made = client_be.api.post("/api/v1/decisions/", body)
        assert made.status_code == 201, made.content
        assert (made.json()["flags"], made.json()["owes_explanation"]) == (["consultation_open"], True)
        place = f"/api/v1/decisions/{made.json()['id']}/explain/"
        assert client_se.api.post(place, {"explanation": "x"}).status_code == 404
        done = client_be.api.post(place, {"explanation": "x"})
        assert (done.status_code, done.json()["owes_explanation"]) == (200, False)


class TestFlags:
    """The issue's gate: what stood against a decision is shown to the own supervisor and the auditors."""

    def withdrawn_and_dismissed(self, thread: Any, officer: Any) -> Any:
        actions.withdraw_consultation(
            consultation_id=thread.pk, reason="Sent in error.", by=officer.principal, now=MARCH
        )
        application = thread.application
        application.refresh_from_db()
        hit = application.open_hits()[0].hit
        dismiss_hit(
            application=application,
            hit=hit,
            reason_code="other",
            reason="Other firm.",
            by=officer.principal,
            now=MARCH + MINUTE,
        )
        return application

    def test_a_withdrawn_consultation_is_flagged(
        self, arms: Any, consulting_officer: Any, consulting_supervisor: Any, auditor: Any, stranger: Any
    ) -> None:
        made = decide(self.withdrawn_and_dismissed(arms, consulting_officer), consulting_officer)
        assert made.flags == ["consultation_withdrawn"]
        place = reverse("consultations:flagged")
        for reader in (consulting_supervisor, auditor):
            page = reader.web.get(place).content.decode()
            assert "Granted after a withdrawn consultation." in page
            assert arms.application.reference in page
        assert stranger.web.get(place).status_code == 403
        (row,) = auditor.web.get("/api/v1/decisions/flagged/").json()["results"]
        assert (row["flags"], row["authority"]["code"]) == (["consultation_withdrawn"], "BE-VLG")
        assert set(row) == {"id", "authority", "application", "regime", "outcome", "recorded_at", "flags"}

    def test_not_where_the_denial_was_consulted_on_again(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        actions.withdraw_consultation(consultation_id=arms.pk, reason="x", by=consulting_officer.principal, now=MARCH)
        (again,) = consultations(consulting_officer, arms.application, MARCH + MINUTE)
        answer(again, consulted_officer, "views")
        assert decide(arms.application, consulting_officer, explanation="x").flags == []

    def test_other_supervisors_see_none(self, arms: Any, consulting_officer: Any, supervisor: Any) -> None:
        decide(arms.application, consulting_officer, nationally=True)
        assert arms.application.reference not in supervisor.web.get(reverse("consultations:flagged")).content.decode()


@pytest.mark.parametrize("address", ["/api/v1/decisions/", "/api/v1/grant-notices/"])
def test_a_list_refuses_a_parameter_it_does_not_know(client_be: Any, address: str) -> None:
    refused = client_be.api.get(f"{address}?outcome=granted")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "outcome")
    assert client_be.api.get(f"{address}?page_size=5").status_code == 200


def test_a_national_system_looks_after_nothing(dual_use: Any, client_nl: Any, consulted_officer: Any) -> None:
    actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
    with pytest.raises(NotCompetent):
        actions.take_consultation(consultation_id=dual_use.pk, by=client_nl.principal, now=MARCH)
    dual_use.refresh_from_db()
    assert dual_use.consulted_owner_id == consulted_officer.user.pk


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("3 week", "3 weeks run to the same day of the week (Art. 3(2)(c))."),
        ("21 day", "21 days are counted, Saturdays, Sundays and public holidays among them (Art. 3(3))."),
        ("1 month", "1 months run to the same date (Art. 3(2)(c))."),
        ("72 hour", "72 hours are counted from the next full hour (Art. 3(2)(a))."),
        ("15 working_day", "15 working days are counted: no Saturdays, Sundays or public holidays (Art. 2(2))."),
    ],
)
def test_the_working_says_how_the_unit_that_was_set_is_counted(
    consulting_officer: Any, consulted_officer: Any, reply: str, words: str
) -> None:
    """The issue: "show the working"; the reply period of arms is a setting."""
    a_denial(consulted_officer)
    with override_settings(EXCHANGE_TERMS={"arms.4": {"reply": reply, "extension": "none"}}):
        (thread,) = consultations(consulting_officer, an_application(consulting_officer))
    page = consulted_officer.web.get(reverse("consultations:detail", args=[thread.pk])).content.decode()
    assert words in page
    assert ("that hour is not counted" in page) is (reply == "72 hour")


def test_the_working_says_why_a_short_period_ends_later_and_who_asked_for_more(
    consulting_officer: Any, consulted_officer: Any, clock: Any
) -> None:
    """Art. 3(5): two days from a Friday hold two working days; Art. 14(1): more time at the consulted one's request."""
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    clock.set(friday)
    a_denial(consulted_officer, "arms", friday)
    with override_settings(EXCHANGE_TERMS={"arms.4": {"reply": "2 day", "extension": "none"}}):
        (thread,) = consultations(consulting_officer, an_application(consulting_officer, "arms", friday), friday)
    page = consulted_officer.web.get(reverse("consultations:detail", args=[thread.pk])).content.decode()
    assert "it holds two working days and ends on Tue 10 Mar 2026 (Art. 3(5))" in page
    (stop,) = actions.open_queries(
        rule="dual_use.21_4",
        states=["NL"],
        statement={"subject": "Pumps stopped"},
        by=consulting_officer.principal,
        now=friday,
    )
    actions.propose_extension(
        consultation_id=stop.pk, amount=5, reason="Exceptional.", by=consulted_officer.principal, now=friday
    )
    page = consulted_officer.web.get(reverse("consultations:detail", args=[stop.pk])).content.decode()
    assert "5 of them were added at the request of the consulted authority." in page


def test_a_courtesy_date_reminds_and_has_no_effect(consulting_officer: Any, consulted_officer: Any, clock: Any) -> None:
    """The issue: torture Art. 23, "no lapse, optional courtesy date"; docs/adr/0019."""
    a_denial(consulted_officer, "torture")
    with override_settings(EXCHANGE_TERMS={"torture.23": {"courtesy": "10 working_day"}}):
        (thread,) = consultations(consulting_officer, an_application(consulting_officer, "torture"))
    assert (thread.due_before, thread.lapses) == (DUAL_USE_DUE, False)
    clock.set(DUAL_USE_DUE - MINUTE)
    sweep_reminders()
    assert "NL" in told("consultation.reminder_last_day")
    clock.set(DUAL_USE_DUE + timedelta(days=100))
    assert sweep_lapses() == 0
    answer(thread, consulted_officer, "views")
    assert not thread.answers.get().is_late

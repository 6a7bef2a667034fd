"""Conclusions explained to those who are told; the register of undercuts; own denials that an own grant questions."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations import actions
from consultations.models import ConsultationEvent, grants_against_own
from denials.actions import renew_denial
from tests.cast import person
from tests.consultations.test_actions import told
from tests.consultations.test_asking import ask
from tests.consultations.test_decisions import answer, decide
from tests.factories import MARCH, a_denial, an_application, consultations

pytestmark = pytest.mark.django_db


@pytest.fixture
def concluded(consulting_officer: Any, consulted_officer: Any) -> ConsultationEvent:
    """The Netherlands grants although Flanders asked not to, and says why."""
    (thread,) = ask(consulting_officer, "dual_use.14_2")
    answer(thread, consulted_officer, "views")
    actions.conclude_query(
        consultation_id=thread.pk,
        outcome="granted",
        text="Between us.",
        explanation="The end use was verified on site.",
        by=consulted_officer.principal,
        now=MARCH,
    )
    return ConsultationEvent.objects.get(kind="concluded")


class TestConclusions:
    """Reg. (EU) 2021/821 Art. 14(2), 21(4): the other Member States and the Commission are told."""

    def test_told_in_a_notice_that_leads_to_its_explanation(
        self, concluded: Any, stranger: Any, commission: Any, consulting_officer: Any, eeas: Any
    ) -> None:
        page = reverse("consultations:conclusion", args=[concluded.pk])
        assert {"SE", "COM"} <= told("query.concluded")
        for reader in (stranger, commission):
            assert page in reader.web.get(reverse("notices")).content.decode()
            shown = reader.web.get(page).content.decode()
            assert "The consultation does not bind" in shown
            assert "The end use was verified on site." in shown
            assert "Between us." not in shown
            listed = reader.web.get(reverse("consultations:conclusions")).content.decode()
            assert page in listed
        assert consulting_officer.web.get(page).status_code == 200
        assert eeas.web.get(page).status_code == 404
        thread = reverse("consultations:detail", args=[concluded.consultation_id])
        shown = consulting_officer.web.get(thread).content.decode()
        for words in ("What this means", "The consultation does not bind", "Between us."):
            assert words in shown

    def test_over_rest(self, concluded: Any, client_se: Any, eeas: Any) -> None:
        (row,) = client_se.api.get("/api/v1/conclusions/").json()["results"]
        assert (row["outcome"], row["rule"], row["concluded_by"]) == ("granted", "dual_use.14_2", "NL")
        assert client_se.api.get(f"/api/v1/conclusions/{row['id']}/").json()["explanation"].startswith("The end use")
        assert eeas.web.get("/api/v1/conclusions/").json()["results"] == []


class TestUndercuts:
    def grant(self, thread: Any, denier: Any, by: Any, outcome: str, **given: Any) -> Any:
        answer(thread, denier, outcome)
        return decide(thread.application, by, **given)

    def test_only_undercuts_stand_in_it(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, stranger: Any, client_se: Any
    ) -> None:
        made = self.grant(dual_use, consulted_officer, consulting_officer, "identical", explanation="Verified.")
        page = reverse("consultations:undercuts")
        for reader in (consulting_officer, consulted_officer, stranger):  # dual-use: all members are told
            assert made.grant_notice.reference in reader.web.get(page).content.decode()
            assert made.grant_notice.reference in reader.web.get(f"{page}?regime=dual_use&year=2026").content.decode()
            assert made.grant_notice.reference not in reader.web.get(f"{page}?year=2025").content.decode()
        rest = "/api/v1/grant-notices/undercuts/"
        assert client_se.api.get(f"{rest}?regime=dual_use&year=2026").json()["count"] == 1
        assert client_se.api.get(f"{rest}?regime=arms").json()["count"] == 0
        assert client_se.api.get(f"{rest}?year=x").status_code == 400

    def test_a_grant_that_is_none_does_not(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        made = self.grant(dual_use, consulted_officer, consulting_officer, "not_identical", explanation="Verified.")
        shown = consulted_officer.web.get(reverse("consultations:undercuts")).content.decode()
        assert made.grant_notice.reference not in shown

    def test_an_overdue_explanation_is_seen_by_who_owes_and_who_awaits_it(
        self,
        dual_use: Any,
        consulting_officer: Any,
        consulted_officer: Any,
        stranger: Any,
        client_be: Any,
        client_nl: Any,
    ) -> None:
        self.grant(dual_use, consulted_officer, consulting_officer, "identical", nationally=True)
        page, rest = reverse("consultations:undercuts"), "/api/v1/grant-notices/overdue/"
        assert "We owe" in consulting_officer.web.get(page).content.decode()
        assert "BE-VLG owes us the explanation" in consulted_officer.web.get(page).content.decode()
        assert "Explanations overdue" not in stranger.web.get(page).content.decode()
        (owed,), (awaited,) = (one.api.get(rest).json()["results"] for one in (client_be, client_nl))
        assert (owed["direction"], awaited["direction"]) == ("owed", "awaited")
        assert owed["decision"]
        assert awaited["decision"] is None
        assert awaited["authority"]["code"] == "BE-VLG"

    def test_a_question_taken_back_from_one_state_does_not_hide_it_from_another(
        self, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        for denier in (consulted_officer, stranger):
            a_denial(denier, "dual_use")
        application = an_application(consulting_officer, "dual_use")
        for thread in consultations(consulting_officer, application):
            if thread.consulted_state_id == "SE":
                by = consulting_officer.principal
                actions.withdraw_consultation(consultation_id=thread.pk, reason="In error.", by=by, now=MARCH)
            else:
                answer(thread, consulted_officer, "identical")
        decide(application, consulting_officer, nationally=True)
        rest = "/api/v1/grant-notices/overdue/"
        found = [one.web.get(rest).json()["count"] for one in (consulted_officer, stranger)]
        assert found == [1, 0]

    def test_who_is_kept_from_the_thread_is_told_nothing_of_its_grant(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        self.grant(dual_use, consulted_officer, consulting_officer, "identical", nationally=True)
        by, colleague = consulted_officer.principal, person("NL", "officer", username="colleague")
        actions.restrict_case(case=dual_use, people=[by.id], reason="Sensitive.", by=by, now=MARCH)
        rest = "/api/v1/grant-notices/overdue/"
        assert [one.web.get(rest).json()["count"] for one in (consulted_officer, colleague)] == [1, 0]


class TestOwnReview:
    """An own later grant prompts the review of the own denial."""

    def test_told_listed_and_gone_once_reviewed(
        self, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        denial = a_denial(consulting_officer, "dual_use")
        decide(an_application(consulting_officer, "dual_use"), consulting_officer)
        assert told("denial.own_grant") == {"BE-VLG"}
        link = reverse("denials:renew", args=[denial.pk])
        assert link in consulting_officer.web.get(reverse("inbox")).content.decode()
        assert consulting_officer.web.get(link).status_code == 200
        assert link not in consulted_officer.web.get(reverse("inbox")).content.decode()
        later = MARCH + timedelta(days=1)
        renew_denial(denial_id=denial.pk, reason="It stands.", by=consulting_officer.principal, now=later)
        assert not grants_against_own().exists()

    def test_a_refusal_prompts_nothing(self, consulting_officer: Any) -> None:
        a_denial(consulting_officer, "dual_use")
        decide(an_application(consulting_officer, "dual_use"), consulting_officer, "refused", reasons="As before.")
        assert not grants_against_own().exists()
        assert told("denial.own_grant") == set()

    def test_a_neighbour_s_denial_is_another_s(self, consulting_officer: Any) -> None:
        neighbour = person("BE-WAL", "officer")
        a_denial(neighbour, "dual_use")
        decide(an_application(consulting_officer, "dual_use"), consulting_officer)
        assert told("denial.own_grant") == {"BE-WAL"}

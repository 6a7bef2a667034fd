"""The auditor's desk: each question with its reason, itself on record, answered from the record."""

from datetime import timedelta
from typing import Any

import pytest

from accounts import actions, clock
from accounts.models import AuditQuestion, AuditRecord, AuditSalt, Reading
from consultations.actions import record_decision
from consultations.models import Decision
from reports.statistics import desk
from screening.models import Screening
from tests import factories
from tests.factories import StatedParty

WHY = "a complaint of the undertaking"


@pytest.fixture
def case(consulting_officer: Any, consulted_officer: Any) -> dict[str, Any]:
    now = clock.now()
    denial = factories.a_denial(consulted_officer, now=now)
    application = factories.an_application(consulting_officer, now=now)
    consulting_officer.web.get(f"/denials/{denial.pk}/")
    consulting_officer.web.get(f"/applications/{application.pk}/")
    while actions.bind_record(now=clock.now()):
        pass
    return {"denial": denial, "application": application, "asker": consulting_officer, "denier": consulted_officer}


def ask(auditor: Any, kind: str, **terms: Any) -> Any:
    given = {f"{kind}-{name}": value for name, value in {"reason": WHY, **terms}.items()}
    response = auditor.web.post(f"/reports/desk/ask/{kind}/", given)
    assert response.status_code == 302, response.content.decode()
    return auditor.web.get(response["Location"])


class TestAsked:
    def test_a_question_goes_on_record_with_its_reason(self, case: Any, auditor: Any) -> None:
        ask(auditor, "unscreened")
        entry = AuditRecord.objects.get(act="audit.asked")
        assert (entry.actor_id, AuditSalt.objects.get(record=entry).reason) == (str(auditor.user.pk), WHY)
        assert len(entry.digest_reason) == 64
        assert Reading.objects.get(route="reports:desk-answer").actor_id == str(auditor.user.pk)

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("readers", {"denial": "NL-1", "reason": WHY}),
            ("person", {"person": "consulted_officer", "since": "2026-06-30", "until": "2026-06-01", "reason": WHY}),
            ("person", {"person": "nobody", "since": "2026-06-01", "until": "2026-06-30", "reason": WHY}),
            ("sample", {"number": 51, "reason": WHY}),
            ("replay", {"screening": "x", "reason": WHY}),
            ("undercuts", {"year": 2026, "reason": ""}),
        ],
    )
    def test_what_is_no_question_or_has_no_reason_is_shown_again(
        self, kind: str, given: dict[str, Any], auditor: Any
    ) -> None:
        response = auditor.web.post(f"/reports/desk/ask/{kind}/", {f"{kind}-{name}": v for name, v in given.items()})
        assert response.status_code == 422
        assert not AuditQuestion.objects.exists()

    def test_there_is_no_other_kind(self, auditor: Any) -> None:
        assert auditor.web.post("/reports/desk/ask/all/", {}).status_code == 404


class TestAnswers:
    def test_who_saw_this_denial(self, case: Any, auditor: Any) -> None:
        page = ask(auditor, "readers", denial=case["denial"].reference)
        routes = [(one.who, one.authority, one.route) for one in page.context["readings"]]
        assert (str(case["asker"].user), "BE-VLG", "denials:detail") in routes
        assert page.context["total"] == len(routes)

    def test_what_an_officer_looked_at_and_did(self, case: Any, auditor: Any) -> None:
        today = clock.now().date().isoformat()
        page = ask(auditor, "person", person="consulting_officer", since=today, until=today)
        assert [one.route for one in page.context["readings"]] == ["denials:detail", "applications:detail"]
        assert "application.filed" in [one.act for one in page.context["acts"]]
        before = (clock.now() - timedelta(days=40)).date().isoformat()
        assert ask(auditor, "person", person="consulting_officer", since=before, until=before).context["total"] == 0

    def test_a_sample_draws_the_same_cases_again_and_shows_no_other(self, case: Any, auditor: Any) -> None:
        for _more in range(3):
            factories.an_application(case["asker"], now=clock.now())
        page = ask(auditor, "sample", number=2)
        question = page.context["question"]
        drawn = [one.pk for one in page.context["cases"]]
        assert len(drawn) == 2
        assert [one.pk for one in desk.sample(question)] == drawn
        home = f"/reports/desk/{question.pk}/cases/"
        dossier = auditor.web.get(f"{home}{drawn[0]}/")
        assert dossier.status_code == 200
        assert "application.filed" in dossier.content.decode()
        others = set(type(case["application"]).objects.values_list("pk", flat=True)) - set(drawn)
        assert {auditor.web.get(f"{home}{pk}/").status_code for pk in others} == {404}

    def test_grants_without_a_screening_and_undercuts(self, case: Any, auditor: Any) -> None:
        free = factories.an_application(
            case["asker"], now=clock.now(), parties=(StatedParty.stated("end_user", "Onverdacht BV", country="CH"),)
        )
        for hit in free.open_hits():
            from screening.actions import dismiss_hit

            by, now = case["asker"].principal, clock.now()
            dismiss_hit(application=free, hit=hit.hit, reason_code="other", reason="other firm", by=by, now=now)
        record_decision(application_id=free.pk, outcome="granted", by=case["asker"].principal, now=clock.now())
        assert list(ask(auditor, "unscreened").context["decisions"]) == []
        assert list(ask(auditor, "undercuts", year=clock.now().year).context["decisions"]) == []
        granted = Decision.objects.get()
        before = {"decided_on": granted.decided_on - timedelta(days=1), "is_undercut": True}
        Decision.objects.bulk_create(
            [
                Decision(
                    application=case["application"],
                    authority=granted.authority,
                    regime="arms",
                    outcome="granted",
                    recorded_at=granted.recorded_at,
                    after_consultation=True,
                    **before,
                )
            ]
        )
        found = [one.application_id for one in ask(auditor, "unscreened").context["decisions"]]
        assert found == [case["application"].pk]
        year = before["decided_on"].year
        listed = ask(auditor, "undercuts", year=year)
        assert [one.application_id for one in listed.context["decisions"]] == found
        assert "still owed" in listed.content.decode()
        home = f"/reports/desk/{listed.context['question'].pk}/cases/"
        assert "application.filed" in auditor.web.get(f"{home}{case['application'].pk}/").content.decode()
        assert auditor.web.get(f"{home}{free.pk}/").status_code == 404


class TestReplay:
    def test_the_register_of_that_day_gives_the_verdict_of_that_day(self, case: Any, auditor: Any) -> None:
        from denials.actions import revoke_denial

        screening = Screening.objects.get()
        assert screening.hits.count() == 1
        by, now = case["denier"].principal, clock.now()
        factories.a_denial(case["denier"], now=now)
        revoke_denial(denial_id=case["denial"].pk, reason="lifted by the court", by=by, now=now)
        outcome = ask(auditor, "replay", screening=str(screening.pk)).context["outcome"]
        assert (outcome.same, outcome.proven, outcome.differences) == (True, True, ())

    def test_another_register_gives_another_verdict(self, case: Any) -> None:
        screening = Screening.objects.get()
        screening.register_sequence = 0
        outcome = desk.replayed(screening)
        assert (outcome.same, outcome.proven, len(outcome.differences)) == (False, False, 1)

    def test_what_was_not_filed_cannot_be_done_again(self, case: Any, auditor: Any) -> None:
        from screening.actions import screen_without_filing

        by, now = case["asker"].principal, clock.now()
        screening, _result = screen_without_filing(content=factories.asked("arms"), by=by, now=now)
        outcome = ask(auditor, "replay", screening=str(screening.pk)).context["outcome"]
        assert (outcome.hindered, outcome.proven) == ("unfiled", True)

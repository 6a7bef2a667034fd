"""Every other consultation the law knows, opened by page and REST and carried through under its own terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.law.errors import (
    ConsultationsOpen,
    FieldMissing,
    NotCompetent,
    NotForeseen,
    ObjectionBinds,
    TransitionRefused,
)
from consultations import actions
from consultations.models import Consultation
from consultations.tasks import sweep_lapses
from screening.actions import screen_application
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE, kinds, told
from tests.consultations.test_decisions import decide
from tests.consultations.test_pages import confirm
from tests.factories import MARCH, a_denial, an_application

pytestmark = pytest.mark.django_db
STATEMENT = {"subject": "Pumps stopped at Zeebrugge", "reference": "NL0074CDIU0123456"}


def ask(by: Any, rule: str, states: tuple[str, ...] = ("NL",), **changes: Any) -> list[Consultation]:
    whole = {"rule": rule, "states": states, "statement": STATEMENT, "by": by.principal, "now": MARCH, **changes}
    return actions.open_queries(**whole)


def on_location(by: Any, *states: str) -> tuple[Any, list[Consultation]]:
    application = an_application(by, "dual_use")
    return application, ask(by, "dual_use.14_1", states, application_id=application.pk, statement=None)


class TestLocation:
    """Reg. (EU) 2021/821 Art. 14(1): objections bind; silence is no objection; extension on request."""

    def test_one_thread_per_state_with_its_own_clock(self, consulting_officer: Any) -> None:
        _application, threads = on_location(consulting_officer, "NL", "FI")
        found = {one.consulted_state_id: (one.due_zone, one.kind) for one in threads}
        assert found == {"FI": ("Europe/Helsinki", "formal"), "NL": ("Europe/Amsterdam", "formal")}
        assert told("consultation.opened") == {"NL", "FI"}

    def test_an_objection_binds(self, consulting_officer: Any, consulted_officer: Any) -> None:
        application, (thread,) = on_location(consulting_officer, "NL")
        with pytest.raises(ConsultationsOpen):
            decide(application, consulting_officer)
        actions.answer_consultation(
            consultation_id=thread.pk,
            outcome="objection",
            reasoning="Diversion risk.",
            by=consulted_officer.principal,
            now=MARCH,
        )
        with pytest.raises(ObjectionBinds):
            decide(application, consulting_officer)
        flagged = decide(application, consulting_officer, nationally=True)
        assert flagged.flags == ["objection_binds"]

    def test_silence_is_no_objection_and_owes_no_explanation(self, consulting_officer: Any, clock: Any) -> None:
        application, (thread,) = on_location(consulting_officer, "NL")
        assert thread.due_before == DUAL_USE_DUE
        clock.set(DUAL_USE_DUE)
        assert sweep_lapses() == 1
        assert thread.timeline(DUAL_USE_DUE)[-1].data["silence"] == "no_objection"
        screen_application(application=application, trigger="decision", by=consulting_officer.principal, now=MARCH)
        made = decide(application, consulting_officer)
        assert (made.after_consultation, made.flags) == (False, [])
        assert kinds(thread)[-1] == "outcome"

    def test_the_consulted_side_has_the_extension_it_requests(
        self, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        _application, (thread,) = on_location(consulting_officer, "NL")
        given = {"consultation_id": thread.pk, "amount": 5, "reason": "Exceptional case.", "now": MARCH}
        with pytest.raises(NotCompetent):
            actions.propose_extension(**given, by=consulting_officer.principal)
        actions.propose_extension(**given, by=consulted_officer.principal)
        thread.refresh_from_db()
        assert thread.working().last_day == date(2026, 3, 23)
        assert kinds(thread) == ["opened", "extension_proposed", "extension_agreed"]
        assert told("consultation.extension_agreed") == {"BE-VLG", "NL"}

    def test_beside_a_consultation_on_denials(self, consulting_officer: Any, consulted_officer: Any) -> None:
        """Withdrawing it releases no hit."""
        a_denial(consulted_officer, "dual_use")
        application, (thread,) = on_location(consulting_officer, "NL")
        hits = len(application.open_hits())
        actions.withdraw_consultation(
            consultation_id=thread.pk, reason="x", by=consulting_officer.principal, now=MARCH + timedelta(minutes=1)
        )
        assert len(application.open_hits()) == hits == 1

    def test_only_ones_own_application_and_regime(self, consulting_officer: Any, stranger: Any) -> None:
        application = an_application(consulting_officer, "dual_use")
        with pytest.raises(NotCompetent):
            ask(stranger, "dual_use.14_1", application_id=application.pk)
        arms = an_application(consulting_officer, "arms")
        with pytest.raises(NotForeseen, match="rule"):
            ask(consulting_officer, "dual_use.14_1", application_id=arms.pk)


class TestSecurity:
    """Art. 14(2): ended within ten working days, non-binding; if granted, the others and the Commission are told."""

    def test_from_request_to_conclusion(self, consulting_officer: Any, consulted_officer: Any, commission: Any) -> None:
        (thread,) = ask(consulting_officer, "dual_use.14_2", question="Essential interests are at stake.")
        assert (thread.application, thread.due_before) == (None, DUAL_USE_DUE)
        given = {"consultation_id": thread.pk, "outcome": "granted", "now": MARCH}
        with pytest.raises(TransitionRefused):
            actions.conclude_query(**given, by=consulted_officer.principal)
        actions.answer_consultation(
            consultation_id=thread.pk, outcome="views", reasoning="Weighed.", by=consulted_officer.principal, now=MARCH
        )
        with pytest.raises(NotCompetent):
            actions.conclude_query(**given, by=consulting_officer.principal)
        with pytest.raises(NotForeseen):
            actions.conclude_query(**{**given, "outcome": "released"}, by=consulted_officer.principal)
        actions.conclude_query(**given, by=consulted_officer.principal, text="With an end-use certificate.")
        thread.refresh_from_db()
        assert (thread.status, thread.outcome(MARCH)) == ("closed", "views")
        assert told("consultation.concluded") == {"BE-VLG"}
        assert {"COM", "SE"} <= told("query.concluded")
        assert not {"BE-VLG", "NL"} & told("query.concluded")
        with pytest.raises(TransitionRefused):
            actions.conclude_query(**given, by=consulted_officer.principal)

    def test_silence_ends_it_and_says_nothing(self, consulting_officer: Any, clock: Any) -> None:
        (thread,) = ask(consulting_officer, "dual_use.14_2")
        clock.set(DUAL_USE_DUE)
        sweep_lapses()
        assert thread.timeline(DUAL_USE_DUE)[-1].data["silence"] == "ended"


class TestCustomsStop:
    """Art. 21(3)-(4): ten working days, to thirty in total at the granting authority's request; silence releases."""

    def test_extended_to_thirty_in_total(self, consulting_officer: Any, consulted_officer: Any) -> None:
        from accounts.law.errors import ExtensionTooLong

        (thread,) = ask(consulting_officer, "dual_use.21_4")
        given = {
            "consultation_id": thread.pk,
            "reason": "Exceptional.",
            "by": consulted_officer.principal,
            "now": MARCH,
        }
        with pytest.raises(ExtensionTooLong):
            actions.propose_extension(**given, amount=21)
        actions.propose_extension(**given, amount=20)
        thread.refresh_from_db()
        assert thread.working().last_day == date(2026, 4, 15)

    def test_silence_releases(self, consulting_officer: Any, clock: Any) -> None:
        (thread,) = ask(consulting_officer, "dual_use.21_4")
        clock.set(DUAL_USE_DUE)
        sweep_lapses()
        assert thread.timeline(DUAL_USE_DUE)[-1].data["silence"] == "release"

    def test_by_page(self, consulting_officer: Any, consulted_officer: Any, stranger: Any) -> None:
        place = f"{reverse('consultations:ask-others')}?rule=dual_use.21_4"
        assert (
            "Items stopped at customs"
            in consulting_officer.web.get(reverse("consultations:ask-others")).content.decode()
        )
        typed = {
            "states": ["NL"],
            "subject": "Pumps stopped at Zeebrugge",
            "items": "2B350.i multiple-seal pumps",
            "end_user": "Al Noor LLC",
            "destination": "AE",
            "question": "May they go?",
        }
        preview, _receipt = confirm(consulting_officer.web, place, typed)
        assert "multiple-seal pumps" in preview
        thread = Consultation.objects.get()
        assert thread.shared["items"] == [{"code": "2B350.i", "description": "multiple-seal pumps"}]
        page = consulted_officer.web.get(reverse("consultations:detail", args=[thread.pk])).content.decode()
        assert "Pumps stopped at Zeebrugge" in page
        assert "The items may be released" in page
        answered = {"outcome": "hold", "reasoning": "We look into it."}
        confirm(consulted_officer.web, reverse("consultations:answer", args=[thread.pk]), answered)
        confirm(consulted_officer.web, reverse("consultations:conclude", args=[thread.pk]), {"outcome": "held"})
        assert "COM" in told("query.concluded")
        assert stranger.web.get(reverse("consultations:detail", args=[thread.pk])).status_code == 404


class TestOwedAfterTheEnd:
    """The issue: "outcome owed to the consulted authority"; Art. 14(2), 21(4): the state asked decides and tells."""

    SAYS = "Make known how {} was concluded"

    def test_the_conclusion_waits_in_the_inbox_of_who_owes_it(
        self, consulting_officer: Any, consulted_officer: Any, observer: Any, stranger: Any, clock: Any
    ) -> None:
        (thread,) = ask(consulting_officer, "dual_use.21_4")
        words = self.SAYS.format(thread.reference)
        assert words not in consulted_officer.web.get("/").content.decode()
        clock.set(DUAL_USE_DUE)
        for _swept in (False, True):
            assert words in consulted_officer.web.get("/").content.decode()
            for other in (consulting_officer, observer, stranger):
                assert words not in other.web.get("/").content.decode()
            sweep_lapses()
        actions.conclude_query(
            consultation_id=thread.pk, outcome="released", by=consulted_officer.principal, now=DUAL_USE_DUE
        )
        assert words not in consulted_officer.web.get("/").content.decode()

    def test_for_a_review_each_who_asked_owes_it_and_for_an_informal_question_nobody(
        self, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        (review,) = ask(consulting_officer, "dual_use.5_5", ("NL",))
        (informal,) = ask(consulting_officer, "dual_use.informal")
        for thread, outcome in ((review, "requirement"), (informal, "partly")):
            actions.answer_consultation(
                consultation_id=thread.pk, outcome=outcome, by=consulted_officer.principal, now=MARCH
            )
        page = consulting_officer.web.get("/").content.decode()
        assert self.SAYS.format(review.reference) in page
        assert self.SAYS.format(informal.reference) not in page

    def test_information_asked_for_after_the_answer(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        said = {"consultation_id": dual_use.pk, "now": MARCH}
        actions.answer_consultation(**said, outcome="partly", by=consulted_officer.principal)
        actions.request_information(**said, text="Which of the items?", by=consulting_officer.principal)
        words = f"Give information on {dual_use.reference}"
        assert words in consulted_officer.web.get("/?kind=explain").content.decode()
        assert words not in consulting_officer.web.get("/").content.decode()
        actions.give_information(**said, text="The first.", by=consulted_officer.principal)
        assert words not in consulted_officer.web.get("/").content.decode()


class TestReview:
    """Art. 5(5): thirty working days, up to thirty more, put to all other members."""

    def test_all_other_members_are_asked(self, consulting_officer: Any) -> None:
        threads = ask(consulting_officer, "dual_use.5_5", ())
        asked = {one.consulted_state_id for one in threads}
        assert len(asked) == 26
        assert not {"BE", "NO", "GB"} & asked
        dutch = next(one for one in threads if one.consulted_state_id == "NL")
        assert dutch.working().last_day == date(2026, 4, 15)

    def test_each_answers_for_itself(self, consulting_officer: Any, consulted_officer: Any) -> None:
        first, second = ask(consulting_officer, "dual_use.5_5", ("FI", "NL"))
        actions.answer_consultation(
            consultation_id=second.pk, outcome="requirement", by=consulted_officer.principal, now=MARCH
        )
        actions.conclude_query(
            consultation_id=second.pk, outcome="required", by=consulting_officer.principal, now=MARCH
        )
        first.refresh_from_db()
        assert first.status == "open"


class TestInformal:
    """Practice: a question on identity without prejudice, counted apart; docs/adr/0094."""

    def test_it_bars_no_gate_and_does_not_use_up_the_denial(
        self, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        denial = a_denial(consulted_officer)
        application = an_application(consulting_officer)
        (thread,) = ask(
            consulting_officer, "arms.informal", application_id=application.pk, denials=[denial.pk], statement=None
        )
        assert (thread.kind, thread.due_before, thread.denials.count()) == ("informal", None, 1)
        (formal,) = actions.open_consultations(
            application_id=application.pk,
            hits=[one.hit.pk for one in application.open_hits()],
            by=consulting_officer.principal,
            now=MARCH,
        )
        actions.answer_consultation(
            consultation_id=formal.pk, outcome="views", reasoning="x", by=consulted_officer.principal, now=MARCH
        )
        assert decide(application, consulting_officer, explanation="x").flags == []

    def test_counted_apart(self, consulting_officer: Any, client_be: Any) -> None:
        ask(consulting_officer, "arms.informal")
        from reports.statistics.consultations import of_year

        assert of_year("arms", 2026, MARCH).count() == 0
        rows = client_be.api.get("/api/v1/consultations/?kind=informal").json()["results"]
        assert [one["rule"] for one in rows] == ["arms.informal"]

    def test_answered_and_thanked(self, consulting_officer: Any, consulted_officer: Any) -> None:
        (thread,) = ask(consulting_officer, "torture.informal")
        actions.answer_consultation(
            consultation_id=thread.pk, outcome="partly", by=consulted_officer.principal, now=MARCH
        )
        actions.conclude_query(consultation_id=thread.pk, outcome="thanked", by=consulting_officer.principal, now=MARCH)
        assert kinds(thread) == ["opened", "answered", "concluded"]


class TestRefused:
    @pytest.mark.parametrize(
        ("rule", "changes", "refusal"),
        [
            ("dual_use.16_5", {}, NotForeseen),
            ("dual_use.14_1", {}, NotForeseen),
            ("dual_use.21_4", {"states": ()}, FieldMissing),
            ("dual_use.21_4", {"states": ("BE",)}, NotForeseen),
            ("dual_use.21_4", {"states": ("GB",)}, NotForeseen),
            ("dual_use.21_4", {"statement": {"subject": " "}}, FieldMissing),
            (
                "dual_use.21_4",
                {"statement": {"subject": "x", "parties": [{"role": "exporter", "name": "x"}]}},
                NotForeseen,
            ),
        ],
    )
    def test_what_the_rule_does_not_know(
        self, consulting_officer: Any, rule: str, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            ask(consulting_officer, rule, **changes)
        assert not Consultation.objects.exists()

    def test_norway_takes_no_part_in_dual_use(self) -> None:
        with pytest.raises(NotCompetent):
            ask(person("NO", "officer"), "dual_use.21_4")


class TestRest:
    def test_open_answer_conclude(self, client_be: Any, client_nl: Any, client_se: Any) -> None:
        body = {"rule": "dual_use.21_4", "states": ["NL"], **STATEMENT, "items": [{"description": "pumps"}]}
        made = client_be.api.post("/api/v1/consultations/query/", body, key="stop-1")
        assert made.status_code == 201, made.content
        (thread,) = made.json()["consultations"]
        assert (thread["application"], thread["kind"], thread["asked"]) == (None, "formal", "release")
        place = f"/api/v1/consultations/{thread['id']}"
        assert client_se.api.get(f"{place}/").status_code == 404
        assert client_nl.api.post(f"{place}/answer/", {"outcome": "release"}).status_code == 200
        done = client_nl.api.post(f"{place}/conclude/", {"outcome": "released"})
        assert (done.status_code, done.json()["status"]) == (200, "closed")
        again = client_be.api.post("/api/v1/consultations/query/", body, key="stop-1")
        assert again.content == made.content

    def test_what_is_refused_names_its_field(self, client_be: Any) -> None:
        refused = client_be.api.post("/api/v1/consultations/query/", {"rule": "dual_use.16_5"})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "rule")
        refused = client_be.api.post("/api/v1/consultations/query/", {"rule": "dual_use.21_4", "states": ["NL"]})
        assert (refused.status_code, refused.json()["params"]["field"]) == (422, "subject")

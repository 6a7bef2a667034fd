"""The pages: inbox, threads, acts from form to receipt, decision, notices of grant."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from consultations.models import Answer, Consultation, Decision, GrantNotice, InternalNote
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.factories import a_denial, an_application

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"consultations:{name}", args=args)


def once_of(page: Any) -> str:
    found = re.search(r'name="once" value="([0-9a-f]+)"', page.content.decode())
    assert found, "the confirm form carries a token"
    return found[1]


def confirm(browser: Any, address: str, content: dict[str, Any]) -> Any:
    """Send a form, read the preview, confirm it; return preview and receipt."""
    preview = browser.post(address, content)
    assert preview.status_code == 200, preview.content.decode()[:2000]
    assert 'name="confirm"' in preview.content.decode(), preview.content.decode()
    receipt = browser.post(address, {**content, "confirm": "1", "once": once_of(preview)}, follow=True)
    assert receipt.status_code == 200, receipt.content.decode()[:2000]
    return preview.content.decode(), receipt


ACTS = {
    "answer": {"outcome": "identical", "reasoning": "Same end-user."},
    "ask": {"text": "Which model?"},
    "extend": {"amount": "5", "reason": "More is needed."},
}


class TestInbox:
    def test_shows_the_consulted_what_is_due(self, dual_use: Any, consulted_officer: Any) -> None:
        page = consulted_officer.web.get("/").content.decode()
        assert dual_use.reference in page
        assert "Mon 16 Mar 2026, 24:00 (The Hague)" in page
        assert "10 working days left" in page

    def test_shows_the_consulting_what_to_judge_and_to_decide(
        self, consulting_officer: Any, consulted_officer: Any, clock: Any, dual_use: Any
    ) -> None:
        a_denial(consulted_officer, "arms")
        other = an_application(consulting_officer, "arms")
        page = consulting_officer.web.get("/").content.decode()
        assert f"1 hit to judge on {other.reference}" in page
        assert f"Decide on {dual_use.application.reference}" not in page
        clock.set(DUAL_USE_DUE)
        assert f"Decide on {dual_use.application.reference}" in consulting_officer.web.get("/").content.decode()

    def test_a_lapsed_thread_is_gone_from_the_instant(self, dual_use: Any, consulted_officer: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        assert f"Answer the consultation {dual_use.reference}" not in consulted_officer.web.get("/").content.decode()

    @pytest.mark.parametrize(
        "query", ["owner=mine", "owner=unassigned", "kind=answer", "kind=review", "page=99", "owner=x"]
    )
    def test_filters(self, dual_use: Any, consulted_officer: Any, query: str) -> None:
        assert consulted_officer.web.get(f"/?{query}").status_code == 200

    def test_is_empty_for_a_stranger(self, dual_use: Any, stranger: Any) -> None:
        assert dual_use.reference not in stranger.web.get("/").content.decode()

    @pytest.mark.parametrize("who", ["eeas", "auditor", "administrator", "observer"])
    def test_opens_for_every_role(self, who: str, request: pytest.FixtureRequest) -> None:
        assert request.getfixturevalue(who).web.get("/").status_code == 200

    def test_its_queries_do_not_grow(
        self, dual_use: Any, arms: Any, torture: Any, consulted_officer: Any, django_assert_max_num_queries: Any
    ) -> None:
        """Seven of them say who asks and when; two open and close the transaction. The inbox is made of many lists."""
        for address, most in (("/", 17), (at("list"), 8), (at("undercuts"), 6), (at("conclusions"), 2)):
            consulted_officer.web.get(address)
            with django_assert_max_num_queries(most + 7 + 2):
                consulted_officer.web.get(address)


class TestThreadPages:
    def test_the_list_and_its_filters(self, dual_use: Any, consulting_officer: Any) -> None:
        for query in ("", "?role=initiated", "?status=open", "?regime=dual_use"):
            assert dual_use.reference in consulting_officer.web.get(at("list") + query).content.decode()
        assert dual_use.reference not in consulting_officer.web.get(at("list") + "?role=received").content.decode()

    def test_the_page_has_clock_strip_and_composer(self, dual_use: Any, consulted_officer: Any) -> None:
        page = consulted_officer.web.get(at("detail", dual_use.pk)).content.decode()
        assert "Mon 16 Mar 2026, 24:00 (The Hague)" in page
        assert "How counted" in page
        assert "that day is not counted" in page
        assert "Do you consider this an essentially identical transaction?" in page
        assert "VLG 2026/17" not in page
        assert dual_use.application.reference not in page

    def test_one_sees_the_own_application(self, dual_use: Any, consulting_officer: Any) -> None:
        page = consulting_officer.web.get(at("detail", dual_use.pk)).content.decode()
        assert dual_use.application.reference in page

    @pytest.mark.parametrize(
        "name",
        ["detail", "peek", "answer", "late-answer", "ask", "give", "extend", "agree", "refuse", "withdraw"],
    )
    def test_a_stranger_finds_nothing(self, dual_use: Any, stranger: Any, neighbour: Any, name: str) -> None:
        for who in (stranger, neighbour):
            assert who.web.get(at(name, dual_use.pk)).status_code == 404
            assert who.web.get(at(name, uuid4())).status_code == 404

    @pytest.mark.parametrize("name", ["answer", "ask", "extend", "agree", "withdraw", "note", "take"])
    def test_a_stranger_does_nothing(self, dual_use: Any, stranger: Any, name: str) -> None:
        for content in ({}, {"confirm": "1"}, {"text": "x", "confirm": "1"}):
            assert stranger.web.post(at(name, dual_use.pk), content).status_code == 404

    def test_who_may_only_read_does_nothing(self, dual_use: Any, observer: Any) -> None:
        assert observer.web.get(at("detail", dual_use.pk)).status_code == 200
        assert observer.web.post(at("answer", dual_use.pk), ACTS["answer"]).status_code == 403

    def test_a_visitor_signs_in_first(self, dual_use: Any, client: Any) -> None:
        assert client.get(at("detail", dual_use.pk)).status_code == 302

    @pytest.mark.parametrize("name", ["detail", "answer", "extend", "withdraw"])
    def test_reading_changes_nothing(self, dual_use: Any, consulting_officer: Any, name: str) -> None:
        before = dual_use.events.count()
        consulting_officer.web.get(at(name, dual_use.pk))
        assert dual_use.events.count() == before


class TestProvisional:
    """The issue: "the due date is shown as provisional, sending and answering go on, but nothing lapses"."""

    THEN = datetime(2031, 3, 3, 9, tzinfo=UTC)
    SAYS = "The date is provisional: a list of public holidays is missing"
    MEANS = "No answer by then means"

    @pytest.fixture
    def application(self, consulting_officer: Any, consulted_officer: Any, clock: Any) -> Any:
        clock.set(self.THEN)
        a_denial(consulted_officer, "dual_use", self.THEN)
        return an_application(consulting_officer, "dual_use", self.THEN)

    def test_wherever_the_date_stands_and_whatever_its_day(
        self, application: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        content = {"hits": [str(one.hit.pk) for one in application.open_hits()]}
        preview, receipt = confirm(consulting_officer.web, at("open", application.pk), content)
        assert self.SAYS in preview
        assert self.MEANS not in preview
        assert "provisional · 10 working days left" in receipt.content.decode()
        thread = Consultation.objects.get()
        calendar = f"{at('calendar')}?month=2031-03"
        assert "provisional" in consulted_officer.web.get(calendar).content.decode()
        assert "STATUS:TENTATIVE" in consulted_officer.web.get(at("deadlines-file")).content.decode()
        for then in (self.THEN, self.THEN + timedelta(days=400)):
            clock.set(then)
            for place in ("/", at("list"), at("detail", thread.pk), at("peek", thread.pk)):
                page = consulted_officer.web.get(place).content.decode()
                assert "provisional" in page, place
                assert "period ended" not in page, place
            page = consulted_officer.web.get(at("detail", thread.pk)).content.decode()
            assert self.SAYS in page
            assert self.MEANS not in page
        confirm(consulted_officer.web, at("answer", thread.pk), ACTS["answer"])
        assert "provisional" not in consulted_officer.web.get(at("list")).content.decode()


class TestActs:
    def test_an_answer_from_form_to_receipt(
        self, dual_use: Any, consulted_officer: Any, consulting_officer: Any
    ) -> None:
        preview, receipt = confirm(consulted_officer.web, at("answer", dual_use.pk), ACTS["answer"])
        assert "Same end-user." in preview
        assert "BE-VLG" in preview
        assert "Receipt" in receipt.content.decode()
        assert Answer.objects.get().outcome == "identical"
        page = consulting_officer.web.get(at("detail", dual_use.pk)).content.decode()
        assert "Same end-user." in page

    def test_sent_twice_it_counts_once(self, dual_use: Any, consulted_officer: Any) -> None:
        address = at("answer", dual_use.pk)
        token = once_of(consulted_officer.web.post(address, ACTS["answer"]))
        first, second = (
            consulted_officer.web.post(address, {**ACTS["answer"], "confirm": "1", "once": token}) for _ in range(2)
        )
        assert (first.status_code, second.status_code) == (302, 302)
        assert first.headers["Location"] == second.headers["Location"]

    def test_late_it_offers_the_late_answer(self, dual_use: Any, consulted_officer: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE)
        late = consulted_officer.web.post(at("answer", dual_use.pk), {**ACTS["answer"], "confirm": "1"})
        assert late.status_code == 409
        assert at("late-answer", dual_use.pk) in late.content.decode()
        confirm(consulted_officer.web, at("late-answer", dual_use.pk), ACTS["answer"])
        assert Answer.objects.get().is_late

    def test_extension_and_information(self, dual_use: Any, consulted_officer: Any, consulting_officer: Any) -> None:
        confirm(consulted_officer.web, at("extend", dual_use.pk), ACTS["extend"])
        assert "Agree to an extension (5 working days)" in consulting_officer.web.get("/").content.decode()
        confirm(consulting_officer.web, at("agree", dual_use.pk), {})
        assert Consultation.objects.get().due_before == DUAL_USE_DUE + timedelta(days=7)
        confirm(consulted_officer.web, at("ask", dual_use.pk), ACTS["ask"])
        assert "Give information" in consulting_officer.web.get("/").content.decode()
        confirm(consulting_officer.web, at("give", dual_use.pk), {"text": "XR-5."})
        confirm(consulted_officer.web, at("extend", dual_use.pk), ACTS["extend"])
        confirm(consulting_officer.web, at("refuse", dual_use.pk), {"reason": ""})
        assert Consultation.objects.get().proposal() is None

    def test_withdrawal(self, dual_use: Any, consulting_officer: Any) -> None:
        confirm(consulting_officer.web, at("withdraw", dual_use.pk), {"reason": "Sent in error."})
        assert Consultation.objects.get().status == "withdrawn"

    def test_a_note_never_shows_on_the_other_side(
        self, dual_use: Any, consulted_officer: Any, consulting_officer: Any
    ) -> None:
        consulting_officer.web.post(at("note", dual_use.pk), {"text": "Ask the minister."})
        assert InternalNote.objects.count() == 1
        assert "Ask the minister." in consulting_officer.web.get(at("detail", dual_use.pk)).content.decode()
        for address in (at("detail", dual_use.pk), at("peek", dual_use.pk), f"/api/v1/consultations/{dual_use.pk}/"):
            assert "Ask the minister." not in consulted_officer.web.get(address).content.decode()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("answer", {"outcome": "objection"}),
            ("answer", {}),
            ("answer", {"outcome": "identical", "reasoning": "a\u202eb"}),
            ("extend", {"amount": "-1", "reason": "x"}),
            ("extend", {"amount": "31", "reason": "x"}),
            ("extend", {"amount": "many", "reason": "x"}),
            ("ask", {"text": ""}),
            ("ask", {"text": "x" * 20_001}),
        ],
    )
    def test_bad_input_is_said_on_the_form(
        self, dual_use: Any, consulted_officer: Any, name: str, content: dict[str, str]
    ) -> None:
        page = consulted_officer.web.post(at(name, dual_use.pk), {**content, "confirm": "1"})
        assert page.status_code in (200, 409, 422)
        assert "This cannot be accepted yet" in page.content.decode()
        assert dual_use.events.count() == 1


class TestOpening:
    @pytest.fixture
    def application(self, consulting_officer: Any, consulted_officer: Any) -> Any:
        a_denial(consulted_officer, "arms")
        return an_application(consulting_officer, "arms")

    def test_preview_shows_exactly_what_travels(
        self, application: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        hit = application.open_hits()[0].hit
        form = consulting_officer.web.get(at("open", application.pk)).content.decode()
        assert hit.denial.reference in form
        content = {"hits": [str(hit.pk)], "question": "What led to the denial?", "share": ["destinations"]}
        preview, receipt = confirm(consulting_officer.web, at("open", application.pk), content)
        assert "What led to the denial?" in preview
        assert "Mon 23 Mar 2026, 24:00 (The Hague)" in preview
        assert "No answer by then means: no objection is assumed." in preview
        thread = Consultation.objects.get()
        assert thread.reference in receipt.content.decode()
        assert set(thread.shared) == {"items", "parties", "destinations"}
        assert "What led to the denial?" in consulted_officer.web.get(at("detail", thread.pk)).content.decode()

    def test_a_stranger_finds_nothing(self, application: Any, stranger: Any) -> None:
        for name in ("open", "opened", "decide", "application-peek"):
            assert stranger.web.get(at(name, application.pk)).status_code == 404

    def test_from_a_hit_one_click_and_one_confirm(self, application: Any, consulting_officer: Any) -> None:
        address, hit = at("open", application.pk), application.open_hits()[0].hit
        preview = consulting_officer.web.get(f"{address}?hit={hit.pk}")
        assert "Exactly what they will see" in preview.content.decode()
        assert not Consultation.objects.exists()
        assert (
            "Exactly what they will see"
            not in consulting_officer.web.get(f"{address}?hit={hit.pk}&change=1").content.decode()
        )
        form = preview.context["form"]
        sent = {"hits": [str(hit.pk)], "share": form.data["share"], "confirm": "1", "once": once_of(preview)}
        receipt = consulting_officer.web.post(address, sent, follow=True)
        assert Consultation.objects.get().reference in receipt.content.decode()

    def test_nothing_is_opened_without_a_hit(self, application: Any, consulting_officer: Any) -> None:
        page = consulting_officer.web.post(at("open", application.pk), {"confirm": "1", "hits": [str(uuid4())]})
        assert page.status_code == 200
        assert not Consultation.objects.exists()


class TestDeciding:
    def test_the_gate_is_shown_and_holds(self, dual_use: Any, consulting_officer: Any) -> None:
        address = at("decide", dual_use.application_id)
        assert "A consultation is still open." in consulting_officer.web.get(address).content.decode()
        content = {"outcome": "granted", "decided_on": "2026-03-02", "explanation": "x"}
        page = consulting_officer.web.post(address, {**content, "confirm": "1"})
        assert page.status_code == 409
        assert "A consultation is still open" in page.content.decode()

    def test_a_grant_with_its_explanation(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        confirm(consulted_officer.web, at("answer", dual_use.pk), ACTS["answer"])
        address = at("decide", dual_use.application_id)
        content = {"outcome": "granted", "decided_on": "2026-03-02", "explanation": "Verified on site."}
        preview, receipt = confirm(consulting_officer.web, address, content)
        assert "COM" in preview
        assert "undercut" in preview
        notice = GrantNotice.objects.get()
        assert notice.reference in receipt.content.decode()
        told = stranger.web.get(at("grant-notice", notice.pk)).content.decode()
        assert "Verified on site." in told
        assert notice.reference in stranger.web.get(at("grant-notices")).content.decode()
        assert stranger.web.get(at("decided", Decision.objects.get().pk)).status_code == 404

    def test_a_grant_taken_nationally_is_previewed_as_what_it_brings_about(
        self, dual_use: Any, consulting_officer: Any
    ) -> None:
        """The thread still open is closed, not withdrawn, and an explanation given goes out with the grant."""
        address = at("decide", dual_use.application_id)
        content = {"outcome": "granted", "decided_on": "2026-03-02", "nationally": "on"}
        without = consulting_officer.web.post(address, content).content.decode()
        assert "The explanation stays owed until you give it." in without
        assert "its explanation is notified" not in without
        preview, _receipt = confirm(consulting_officer.web, address, {**content, "explanation": "Verified on site."})
        for words in ("Verified on site.", "its explanation is notified", "COM", "are closed without an answer"):
            assert words in preview
        assert "are withdrawn" not in preview
        assert GrantNotice.objects.get().explanation == "Verified on site."

    def test_a_refusal_offers_the_own_denial(self, arms: Any, consulting_officer: Any) -> None:
        content = {"outcome": "refused", "decided_on": "2026-03-02", "reasons": "Risk.", "draft_denial": "on"}
        preview, receipt = confirm(consulting_officer.web, at("decide", arms.application_id), content)
        assert "A draft of your own denial" in preview
        draft = Decision.objects.get().own_denial
        assert draft is not None
        assert reverse("denials:detail", args=[draft.pk]) in receipt.content.decode()

    def test_screening_again(self, consulting_officer: Any, consulted_officer: Any) -> None:
        application = an_application(consulting_officer, "arms")
        a_denial(consulted_officer, "arms")
        address = at("decide", application.pk)
        assert (
            "The register has changed since the last screening." in consulting_officer.web.get(address).content.decode()
        )
        page = consulting_officer.web.post(at("rescreen", application.pk), follow=True).content.decode()
        assert "The register has changed since the last screening." not in page
        assert "Hits are neither dismissed nor consulted on." in page

    def test_who_may_only_read_decides_nothing(self, dual_use: Any, observer: Any) -> None:
        assert observer.web.get(at("decide", dual_use.application_id)).status_code == 403

"""Documents, summaries in English, the dossier, and four eyes before sending."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actions import change_setting
from accounts.law.errors import NotCompetent, PeriodEnded, SamePerson, TransitionRefused
from accounts.law.settings import FOUR_EYES_CONSULTATIONS
from accounts.models import AuditRecord
from consultations import actions
from consultations.actions.foureyes import ACTS
from consultations.api.prepared import GIVEN
from consultations.models import OPENINGS, Answer, Consultation, Document, PreparedAct
from consultations.views import acts
from consultations.views.acts import ThreadAct
from tests.consultations.test_actions import DUAL_USE_DUE, kinds, told
from tests.consultations.test_pages import confirm, once_of
from tests.factories import MARCH, a_denial, an_application

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 offer"


def attach(thread: Any, by: Any, name: str = "offer.pdf", content: bytes = PDF) -> Document:
    return actions.attach_document(
        consultation_id=thread.pk, name=name, content=content, marking="limite", by=by.principal, now=MARCH
    )


class TestDocuments:
    def test_inside_until_it_is_sent_then_for_good(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        document = attach(arms, consulting_officer)
        place = reverse("consultations:document", args=[document.pk])
        assert consulted_officer.web.get(place).status_code == 404
        assert (
            "offer.pdf"
            not in consulted_officer.web.get(reverse("consultations:detail", args=[arms.pk])).content.decode()
        )
        actions.send_document(document_id=document.pk, by=consulting_officer.principal, now=MARCH)
        read = consulted_officer.web.get(place)
        assert (read.content, read["Content-Type"]) == (PDF, "application/pdf")
        assert read["Content-Disposition"].startswith("attachment")
        assert "sandbox" in read["Content-Security-Policy"]
        assert stranger.web.get(place).status_code == 404
        assert told("consultation.document_sent") == {"NL"}
        assert kinds(arms) == ["opened", "document_sent"]
        for act in (actions.send_document, actions.discard_document):
            with pytest.raises(TransitionRefused):
                act(document_id=document.pk, by=consulting_officer.principal, now=MARCH)

    def test_nobody_sends_anothers(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        document = attach(arms, consulting_officer)
        with pytest.raises(NotCompetent):
            actions.send_document(document_id=document.pk, by=consulted_officer.principal, now=MARCH)
        with pytest.raises(NotCompetent):
            attach(arms, stranger)

    def test_taken_back_nothing_of_it_is_kept(self, arms: Any, consulting_officer: Any) -> None:
        document = attach(arms, consulting_officer)
        pk = str(document.pk)
        actions.discard_document(document_id=document.pk, by=consulting_officer.principal, now=MARCH)
        assert not Document.objects.exists()
        acts = list(AuditRecord.objects.filter(subject_id=pk).order_by("sequence").values_list("act", flat=True))
        assert acts == ["document.attached", "document.discarded"]

    def test_by_page(self, arms: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        place = reverse("consultations:attach", args=[arms.pk])
        wrong = {"document": SimpleUploadedFile("offer.pdf", b"MZ"), "marking": "unmarked"}
        assert consulting_officer.web.post(place, wrong).status_code == 422
        right = {"document": SimpleUploadedFile("offer.pdf", PDF), "marking": "sensitive"}
        page = consulting_officer.web.post(place, right, follow=True).content.decode()
        assert "Attached, not sent" in page
        document = Document.objects.get()
        consulting_officer.web.post(reverse("consultations:send-document", args=[document.pk]))
        seen = consulted_officer.web.get(reverse("consultations:detail", args=[arms.pk])).content.decode()
        assert "offer.pdf" in seen

    def test_by_rest(self, arms: Any, client_be: Any, client_nl: Any, client_se: Any) -> None:
        place = f"/api/v1/consultations/{arms.pk}"
        body = {"name": "note.txt", "content": base64.b64encode(b"Hello").decode()}
        assert client_se.api.post(f"{place}/send-document/", body).status_code == 404
        assert client_be.api.post(f"{place}/send-document/", {**body, "content": "?"}).status_code == 400
        refused = client_be.api.post(f"{place}/send-document/", {**body, "name": "note.pdf"})
        assert (refused.status_code, refused.json()["code"]) == (422, "document_refused")
        assert client_be.api.post(f"{place}/send-document/", body).status_code == 201
        (row,) = client_nl.api.get(f"{place}/documents/").json()["results"]
        assert (row["name"], row["by"], row["size"]) == ("note.txt", "BE-VLG", 5)
        read = client_nl.api.get(f"/api/v1/documents/{row['id']}/").json()
        assert (base64.b64decode(read["content"]), read["digest"]) == (b"Hello", row["digest"])
        assert client_se.api.get(f"/api/v1/documents/{row['id']}/").status_code == 404

    def test_by_rest_attached_first_and_sent_by_another(
        self, arms: Any, consulting_officer: Any, consulting_supervisor: Any, client_nl: Any
    ) -> None:
        choice = {"name": FOUR_EYES_CONSULTATIONS, "value": "on", "since": MARCH.date()}
        by, json = consulting_officer.principal, {"content_type": "application/json"}
        change_setting(authority=consulting_officer.authority, **choice, by=by, now=MARCH)
        body = {"name": "note.txt", "content": base64.b64encode(b"Hello").decode(), "marking": "limite"}
        place = f"/api/v1/consultations/{arms.pk}/attach-document/"
        kept = consulting_officer.web.post(place, body, **json)
        assert (kept.status_code, kept.json()["sent_at"]) == (201, None)
        document = f"/api/v1/documents/{kept.json()['id']}/"
        assert client_nl.api.get(document).status_code == 404
        refused = consulting_officer.web.post(f"{document}send/", {}, **json)
        assert (refused.status_code, refused.json()["code"]) == (409, "same_person")
        assert consulting_supervisor.web.post(f"{document}send/", {}, **json).status_code == 200
        assert client_nl.api.get(document).json()["marking"] == "limite"
        assert client_nl.api.post(f"{document}send/", {}).status_code == 409


def test_an_english_summary_stands_beside_the_original(arms: Any, client_nl: Any, consulting_officer: Any) -> None:
    body = {"outcome": "views", "reasoning": "Omdat het zo is.", "summary": "Because it is so."}
    client_nl.api.post(f"/api/v1/consultations/{arms.pk}/answer/", body)
    page = consulting_officer.web.get(reverse("consultations:detail", args=[arms.pk])).content.decode()
    assert "Omdat het zo is." in page
    assert "Because it is so." in page


def test_the_dossier_holds_the_thread_without_notes(
    dual_use: Any, consulting_officer: Any, consulted_officer: Any, stranger: Any
) -> None:
    actions.add_note(consultation_id=dual_use.pk, text="Only for us.", by=consulting_officer.principal, now=MARCH)
    actions.answer_consultation(
        consultation_id=dual_use.pk, outcome="identical", reasoning="Same.", by=consulted_officer.principal, now=MARCH
    )
    place = reverse("consultations:dossier", args=[dual_use.pk])
    for reader in (consulting_officer, consulted_officer):
        page = reader.web.get(place).content.decode()
        assert "essentially identical" in page
        assert "Mon 16 Mar 2026, 24:00" in page
        assert "Only for us." not in page
    assert stranger.web.get(place).status_code == 404


class TestFourEyes:
    """Where an authority asks for it, one person prepares and another sends; docs/adr/0097."""

    @pytest.fixture(autouse=True)
    def asked_for(self, consulted_officer: Any) -> None:
        by = consulted_officer.principal
        choice = {"name": FOUR_EYES_CONSULTATIONS, "value": "on", "since": MARCH.date()}
        change_setting(authority=consulted_officer.authority, **choice, by=by, now=MARCH)

    def prepare(self, thread: Any, by: Any) -> PreparedAct:
        place = reverse("consultations:answer", args=[thread.pk])
        typed = {"outcome": "identical", "reasoning": "Same end-user."}
        preview = by.web.post(place, typed)
        by.web.post(place, {**typed, "confirm": "1", "once": once_of(preview)})
        return PreparedAct.objects.get()

    def test_prepared_it_reaches_nobody(
        self, dual_use: Any, consulted_officer: Any, consulting_officer: Any, supervisor: Any
    ) -> None:
        prepared = self.prepare(dual_use, consulted_officer)
        assert not Answer.objects.exists()
        page = reverse("consultations:detail", args=[dual_use.pk])
        assert "Waits for a second person" in supervisor.web.get(page).content.decode()
        assert "Same end-user." not in consulting_officer.web.get(page).content.decode()
        with pytest.raises(SamePerson):
            actions.send_prepared(prepared_id=prepared.pk, by=consulted_officer.principal, now=MARCH)
        with pytest.raises(NotCompetent):
            actions.send_prepared(prepared_id=prepared.pk, by=consulting_officer.principal, now=MARCH)
        supervisor.web.post(reverse("consultations:send-prepared", args=[prepared.pk]))
        assert Answer.objects.get().answered_by == supervisor.user
        with pytest.raises(TransitionRefused):
            actions.send_prepared(prepared_id=prepared.pk, by=supervisor.principal, now=MARCH)

    def test_rest_is_no_way_round_for_a_person(self, dual_use: Any, consulted_officer: Any, client_nl: Any) -> None:
        place = f"/api/v1/consultations/{dual_use.pk}/answer/"
        body = {"outcome": "identical", "reasoning": "Same end-user."}
        refused = consulted_officer.web.post(place, body, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (409, "second_officer_needed")
        assert not Answer.objects.exists()
        assert client_nl.api.post(place, body).status_code == 200

    def test_sent_after_the_end_it_is_refused(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        prepared = self.prepare(dual_use, consulted_officer)
        clock.set(DUAL_USE_DUE)
        with pytest.raises(PeriodEnded):
            actions.send_prepared(prepared_id=prepared.pk, by=supervisor.principal, now=MARCH)

    def test_a_document_goes_by_another_person_than_who_attached_it(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any
    ) -> None:
        kept = actions.attach_document(
            consultation_id=dual_use.pk,
            name="note.txt",
            content=b"Hello",
            marking="unmarked",
            by=consulted_officer.principal,
            now=MARCH,
        )
        with pytest.raises(SamePerson):
            actions.send_document(document_id=kept.pk, by=consulted_officer.principal, now=MARCH)
        assert actions.send_document(document_id=kept.pk, by=supervisor.principal, now=MARCH).sent_at

    def test_the_choice_is_of_a_day(self, consulted_officer: Any, consulting_officer: Any) -> None:
        before = MARCH - timedelta(days=1)
        assert actions.needs_four_eyes(consulted_officer.principal, "answered", MARCH)
        assert not actions.needs_four_eyes(consulted_officer.principal, "answered", before)
        assert not actions.needs_four_eyes(consulting_officer.principal, "answered", MARCH)

    def test_given_back(self, dual_use: Any, consulted_officer: Any, stranger: Any) -> None:
        prepared = self.prepare(dual_use, consulted_officer)
        place = reverse("consultations:return-prepared", args=[prepared.pk])
        assert stranger.web.post(place).status_code == 404
        consulted_officer.web.post(place)
        prepared.refresh_from_db()
        assert (prepared.status, prepared.settled_by) == ("returned", consulted_officer.user)

    def test_not_where_it_is_not_asked_for(self, dual_use: Any, consulting_officer: Any) -> None:
        place = reverse("consultations:ask", args=[dual_use.pk])
        preview = consulting_officer.web.post(place, {"text": "Which model?"})
        consulting_officer.web.post(place, {"text": "Which model?", "confirm": "1", "once": once_of(preview)})
        assert kinds(dual_use) == ["opened", "information_requested"]

    def test_the_first_sending_needs_two_as_well(
        self, consulting_officer: Any, consulted_officer: Any, supervisor: Any, client_nl: Any
    ) -> None:
        """Here the Netherlands ask: what one person prepares on the page is seen whole, and sent by another."""
        a_denial(consulting_officer, "dual_use")
        application = an_application(consulted_officer, "dual_use")
        place = reverse("consultations:open", args=[application.pk])
        typed = {"hits": [str(one.hit.pk) for one in application.open_hits()], "question": "Is it the same?"}
        typed |= {"share": ["items", "parties"], "summary": "In other words."}
        preview, _page = confirm(consulted_officer.web, place, typed)
        for words in ("Is it the same?", "In other words."):
            assert words in preview
        prepared = PreparedAct.objects.get()
        assert not Consultation.objects.exists()
        page = reverse("consultations:prepared-act", args=[prepared.pk])
        shown = supervisor.web.get(page).content.decode()
        assert "Is it the same?" in shown
        assert "In other words." in shown
        assert "1C350.31" in shown
        assert page in supervisor.web.get("/").content.decode()
        assert page not in consulted_officer.web.get("/").content.decode()
        assert consulting_officer.web.get(page).status_code == 404
        send = reverse("consultations:send-prepared", args=[prepared.pk])
        assert consulted_officer.web.post(send).status_code == 409
        body = {"application": str(application.pk), "hits": typed["hits"]}
        refused = consulted_officer.web.post("/api/v1/consultations/", body, content_type="application/json")
        assert refused.json()["code"] == "second_officer_needed"
        supervisor.web.post(send)
        thread = Consultation.objects.get()
        assert (thread.sent_by, thread.question) == (supervisor.user, "Is it the same?")
        assert thread.events.get(kind="opened").data["summary"] == "In other words."
        assert told("consultation.opened") == {"BE", "BE-VLG"}

    def test_over_rest_a_person_or_a_system_prepares_and_another_person_sends(
        self, dual_use: Any, consulted_officer: Any, consulting_officer: Any, supervisor: Any, client_nl: Any
    ) -> None:
        place, json = "/api/v1/prepared-acts/", {"content_type": "application/json"}
        said = {"outcome": "identical", "reasoning": "Same end-user."}
        body = {"act": "answered", "consultation": str(dual_use.pk), "given": said}
        wrong = consulted_officer.web.post(place, {**body, "given": {"outcome": "perhaps"}}, **json)
        assert (wrong.status_code, "outcome" in wrong.content.decode()) == (400, True)
        first = consulted_officer.web.post(place, body, **json).json()
        assert consulting_officer.web.get(f"{place}{first['id']}/").status_code == 404
        assert consulted_officer.web.post(f"{place}{first['id']}/send/", {}, **json).json()["code"] == "same_person"
        assert consulted_officer.web.post(f"{place}{first['id']}/return/", {}, **json).json()["status"] == "returned"
        second = client_nl.api.post(place, body).json()
        assert second["prepared_by"] is None
        assert client_nl.api.post(f"{place}{second['id']}/send/", {}).status_code in (403, 409)
        assert [one["id"] for one in client_nl.api.get(place).json()["results"]] == [second["id"]]
        assert supervisor.web.post(f"{place}{second['id']}/send/", {}, **json).json()["status"] == "sent"
        assert Answer.objects.get().answered_by == supervisor.user

    def test_over_rest_who_sends_has_proved_to_be_there(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, settings: Any, clock: Any
    ) -> None:
        """What is prepared has its legal effect when it is sent: as by the act's own address, and by the page."""
        prepared = self.prepare(dual_use, consulted_officer)
        settings.EXCHANGE_REAUTH_MINUTES = 30
        place, json = f"/api/v1/prepared-acts/{prepared.pk}", {"content_type": "application/json"}
        assert supervisor.web.get(f"{place}/").status_code == 200
        clock.forward(timedelta(minutes=31))
        assert supervisor.web.get(f"{place}/").status_code == 200
        refused = supervisor.web.post(f"{place}/send/", {}, **json)
        assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_needed")
        assert not Answer.objects.exists()

    def test_no_act_that_reaches_the_other_side_is_left_out(self, dual_use: Any, consulted_officer: Any) -> None:
        """An answer said to be given elsewhere would be a way round; what stays inside, and taking note, is not."""
        assert set(ACTS) == set(GIVEN) - set(OPENINGS)
        known = {one.kind for one in vars(acts).values() if isinstance(one, type) and issubclass(one, ThreadAct)} - {""}
        assert known == set(ACTS)

    def test_an_answer_given_elsewhere_is_registered_by_two(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        clock.set(MARCH + timedelta(hours=5))
        place = reverse("consultations:register-answer", args=[dual_use.pk])
        typed = {"channel": "coreu", "given_at": "2026-03-02T11:30", "outcome": "identical"}
        confirm(consulted_officer.web, place, typed)
        assert not dual_use.answers_elsewhere.exists()
        supervisor.web.post(reverse("consultations:send-prepared", args=[PreparedAct.objects.get().pk]))
        assert dual_use.answers_elsewhere.get().given_at == MARCH + timedelta(hours=1, minutes=30)

    def test_over_rest_a_question_is_prepared_too(self, consulted_officer: Any, supervisor: Any) -> None:
        place, json = "/api/v1/prepared-acts/", {"content_type": "application/json"}
        said = {"rule": "dual_use.21_4", "states": ["BE"], "subject": "Pumps stopped at Rotterdam"}
        made = consulted_officer.web.post(place, {"act": "queried", "given": said}, **json)
        assert made.status_code == 201, made.content
        nobody = {"act": "queried", "given": {**said, "states": ["NL"]}}
        assert consulted_officer.web.post(place, nobody, **json).status_code in (409, 422)
        assert supervisor.web.post(f"{place}{made.json()['id']}/send/", {}, **json).status_code == 200
        assert Consultation.objects.get().shared["subject"] == "Pumps stopped at Rotterdam"


def test_a_reason_in_one_language_carries_a_summary_in_english(
    dual_use: Any, consulting_officer: Any, consulted_officer: Any
) -> None:
    extend = reverse("consultations:extend", args=[dual_use.pk])
    confirm(consulted_officer.web, extend, {"amount": "5", "reason": "Meer tijd.", "summary": "More time is needed."})
    page = consulting_officer.web.get(reverse("consultations:detail", args=[dual_use.pk])).content.decode()
    assert "More time is needed." in page
    withdraw = reverse("consultations:withdraw", args=[dual_use.pk])
    confirm(consulting_officer.web, withdraw, {"reason": "Introuvable.", "summary": "Sent in error."})
    assert dual_use.events.get(kind="withdrawn").data == {"summary": "Sent in error."}


def test_the_question_itself_carries_one(
    consulting_officer: Any, consulted_officer: Any, client_be: Any, client_nl: Any
) -> None:
    """The first words of a thread, by page and REST, under every rule."""
    a_denial(consulted_officer, "dual_use")
    application = an_application(consulting_officer, "dual_use")
    place = reverse("consultations:open", args=[application.pk])
    typed = {"hits": [str(one.hit.pk) for one in application.open_hits()], "question": "Is het hetzelfde?"}
    preview, _page = confirm(consulting_officer.web, place, {**typed, "summary": "Is it the same?"})
    assert "Is it the same?" in preview
    said = {"rule": "dual_use.21_4", "states": ["NL"], "subject": "Pumps", "question": "Mag het?", "summary": "May it?"}
    made = client_be.api.post("/api/v1/consultations/query/", said)
    assert made.status_code == 201, made.content
    first, second = Consultation.objects.order_by("sent_at", "rule")
    for thread, words in ((first, "Is it the same?"), (second, "May it?")):
        page = consulted_officer.web.get(reverse("consultations:detail", args=[thread.pk])).content.decode()
        assert words in page
        events = client_nl.api.get(f"/api/v1/consultations/{thread.pk}/events/").json()["results"]
        assert events[0]["data"]["summary"] == words


def test_information_asked_for_on_the_thread_s_own_page_carries_one(
    dual_use: Any, consulting_officer: Any, consulted_officer: Any
) -> None:
    page = consulted_officer.web.get(reverse("consultations:detail", args=[dual_use.pk])).content.decode()
    assert 'id="ask_summary"' in page

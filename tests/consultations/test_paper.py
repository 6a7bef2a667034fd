"""One column for everything that happened, and the thread as a PDF."""

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from consultations import actions
from consultations.labels import MEANINGS, SILENT
from consultations.law.terms import CONCLUSIONS
from consultations.templatetags.paper import marking_of
from consultations.templatetags.timeline import entries_of
from denials.actions import revoke_denial
from screening.actions import screen_application
from tests.consultations.test_documents import attach
from tests.factories import MARCH

pytestmark = pytest.mark.django_db
LATER = MARCH + timedelta(hours=1)


def text_of(content: bytes) -> str:
    """The words of a PDF, page by page."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def kinds(thread: Any, reader: Any, *, inside: bool = True) -> list[str]:
    return [one["kind"] for one in entries_of(thread, reader.principal, LATER, inside=inside)]


@pytest.fixture
def full(dual_use: Any, consulting_officer: Any, consulted_officer: Any) -> Any:
    """A thread in which both sides wrote, screened, attached; and whose denial was revoked since."""
    screen_application(
        application=dual_use.application, trigger="requested", by=consulting_officer.principal, now=MARCH
    )
    actions.add_note(consultation_id=dual_use.pk, text="Only for us.", by=consulting_officer.principal, now=MARCH)
    attach(dual_use, consulting_officer, "inside.pdf")
    actions.answer_consultation(
        consultation_id=dual_use.pk,
        outcome="identical",
        reasoning="Dezelfde eindgebruiker: Ærø, Ελλάδα.",
        summary="The same end-user.",
        by=consulted_officer.principal,
        now=MARCH,
    )
    denial = dual_use.denials.get().denial
    revoke_denial(denial_id=denial.pk, reason="A new end-user.", by=consulted_officer.principal, now=LATER)
    return dual_use


class TestTimeline:
    def test_all_in_one_column_and_each_side_its_own(
        self, full: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        ours, theirs = kinds(full, consulting_officer), kinds(full, consulted_officer)
        assert {"opened", "answered", "note", "attached", "screened", "register"} == set(ours)
        assert ours.count("screened") == 2
        assert {"opened", "answered", "register"} == set(theirs)
        assert set(kinds(full, consulting_officer, inside=False)) == set(theirs)

    def test_the_page_shows_them_and_the_other_side_s_does_not(
        self, full: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        place = reverse("consultations:detail", args=[full.pk])
        ours, theirs = (one.web.get(place).content.decode() for one in (consulting_officer, consulted_officer))
        for words in ("screened the application", "inside.pdf", "Only for us."):
            assert words in ours
            assert words not in theirs
        for words in ("In English", "The same end-user.", "revoked"):
            assert words in ours
            assert words in theirs

    def test_rules_of_screening_that_changed_between_two_runs(
        self, dual_use: Any, consulting_officer: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("screening.search.run.RULESET_VERSION", "another", raising=True)
        screen_application(
            application=dual_use.application, trigger="requested", by=consulting_officer.principal, now=MARCH
        )
        assert kinds(dual_use, consulting_officer).count("rules") == 1


class TestPdf:
    def test_it_holds_what_both_sides_see(self, full: Any, consulting_officer: Any, consulted_officer: Any) -> None:
        place = reverse("consultations:dossier-file", args=[full.pk])
        for reader in (consulting_officer, consulted_officer):
            answer = reader.web.get(place)
            assert answer["Content-Type"] == "application/pdf"
            assert full.reference in answer["Content-Disposition"]
            words = text_of(answer.content)
            for wanted in (full.reference, "Ελλάδα", "In English", "essentially identical", "Mon 16 Mar 2026, 24:00"):
                assert wanted in words
            for inside in ("Only for us.", "inside.pdf", "screened"):
                assert inside not in words
        assert AuditRecord.objects.filter(act="consultation.exported").count() == 2

    def test_not_for_a_stranger_nor_from_another_site(
        self, dual_use: Any, stranger: Any, consulted_officer: Any
    ) -> None:
        place = reverse("consultations:dossier-file", args=[dual_use.pk])
        assert stranger.web.get(place).status_code == 404
        assert consulted_officer.web.get(place, headers={"sec-fetch-site": "cross-site"}).status_code == 302
        assert not AuditRecord.objects.filter(act="consultation.exported").exists()


def test_every_conclusion_of_the_law_is_explained() -> None:
    wanted = {(rule, one) for rule, ends in CONCLUSIONS.items() for one in ends.outcomes if one != "thanked"}
    assert set(MEANINGS) == wanted
    assert set(SILENT) == {rule for rule, _one in wanted}


@pytest.mark.parametrize(("sent", "shown"), [("unmarked", "LIMITE"), ("sensitive", "Sensitive non-classified")])
def test_the_marking_is_never_below_limite(dual_use: Any, consulting_officer: Any, sent: str, shown: str) -> None:
    known = {"by": consulting_officer.principal, "now": MARCH}
    kept = actions.attach_document(
        consultation_id=dual_use.pk, name="note.txt", content=b"Hello", marking=sent, **known
    )
    actions.send_document(document_id=kept.pk, **known)
    assert marking_of(dual_use) == shown

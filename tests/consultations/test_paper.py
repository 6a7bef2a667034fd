"""One column for everything that happened, and the thread as a PDF."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from consultations import actions
from consultations.labels import MEANINGS, SILENT
from consultations.law.sharing import Share
from consultations.law.terms import CONCLUSIONS
from consultations.models import Consultation
from consultations.templatetags.paper import marking_of
from consultations.templatetags.timeline import entries_of
from denials.actions import revoke_denial
from denials.law.content import StatedItem, StatedParty
from denials.law.transactions import Destination, Parameter
from screening.actions import screen_application
from tests.consultations.test_documents import attach
from tests.consultations.test_pages import at, confirm
from tests.factories import MARCH, a_denial, an_application

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


WHOLE = {
    "activity": "brokering",
    "destinations": (Destination("IL", "Israël"),),
    "end_use": "Perimeter walls of a prison.",
    "parties": (
        StatedParty.stated(
            "end_user",
            "Israel Prison Service",
            country="IL",
            address="Ramla 7",
            aliases=("Shabas",),
            identifiers={"lei": "529900T8BM49AURSDO55"},
        ),
        StatedParty.stated("consignee", "TROYA TECH DEFENCE LIMITED", country="IL"),
    ),
    "items": (
        StatedItem.stated(
            "ML15.c",
            description="image intensifiers",
            quantity=Decimal(40),
            unit="pieces",
            manufacturer="Optika",
            model="XR-5",
            cas="7664-39-3",
            cn="2811 11 00",
            parameters=(Parameter("fom", "1800", "lp/mm"),),
        ),
    ),
}
CODED = {"brokering": "Brokering", "end_user": "End-user", "consignee": "Consignee"}


def values_of(shared: Any) -> Iterator[str]:
    """Every value of what is shared, codes as their words."""
    if isinstance(shared, dict):
        for kind, value in shared.items():
            yield from values_of(value)
            yield from [kind] if kind == "lei" else []
    elif isinstance(shared, list):
        for value in shared:
            yield from values_of(value)
    elif shared:
        yield CODED.get(shared, shared)


def test_every_value_that_travels_is_previewed_and_printed(consulting_officer: Any, consulted_officer: Any) -> None:
    """The issue: "what is shared is chosen and previewed; nothing else travels"."""
    a_denial(consulted_officer, "arms")
    asked = an_application(consulting_officer, "arms", **WHOLE)
    hits = [str(one.hit.pk) for one in asked.open_hits()]
    content = {"hits": hits, "question": "Is it the same?", "share": [str(one) for one in Share]}
    preview, _receipt = confirm(consulting_officer.web, at("open", asked.pk), content)
    thread = Consultation.objects.get()
    page = consulted_officer.web.get(at("detail", thread.pk)).content.decode()
    paper = text_of(consulted_officer.web.get(at("dossier-file", thread.pk)).content)
    travels = set(values_of(thread.shared))
    assert {"7664-39-3", "2811 11 00", "Brokering", "Israël"} <= travels
    for name, shown in (("preview", preview), ("page", page), ("paper", paper)):
        assert {value for value in travels if value not in shown} == set(), name

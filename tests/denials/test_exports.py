"""What leaves the register as a file: seen by its reader only, inert in a spreadsheet, noted, and readable again."""

import csv
import io
import json
from datetime import UTC, datetime

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from denials.exports.dossier import Dossier, Fact, Section, pdf
from denials.exports.files import Sheet, csv_text, neutral, xlsx
from denials.imports import jobs
from denials.law.content import StatedItem
from denials.models import DenialRecipient
from tests.factories import MARCH, a_content, a_denial

SECRET = "Geheime Uitvoer B.V."
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class TestCells:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            (" =1", "' =1"),
            ("\u00a0=1", "'\u00a0=1"),
            ("\uff1d1", "'\uff1d1"),
            ("\uff0b1", "'\uff0b1"),
            ("\uff0d1", "'\uff0d1"),
            ("\uff201", "'\uff201"),
            ("plain = text", "plain = text"),
            (-5, -5),
            (None, ""),
        ],
    )
    def test_no_text_is_run_as_a_formula(self, value, written):
        assert neutral(value) == written
        sheet = Sheet("t", ["=head"], [[value]], [("by", "=x")])
        book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx(sheet))))
        assert {cell.data_type for one in book for row in one.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
        _mark, head, row = csv.reader(io.StringIO(b"".join(csv_text(sheet)).decode("utf-8-sig"), newline=""))
        assert (head, row) == (["'=head"], [str(written)])

    def test_a_workbook_is_written_piece_by_piece(self):
        rows = ([number, "x\x0b<&>_x0041_\n", True] for number in range(20_000))
        pieces = list(xlsx(Sheet("Denials: [all]", ["a", "b", "c"], rows)))
        assert len(pieces) > 3
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(pieces))).worksheets[0]
        assert (sheet.max_row, sheet["A1001"].value, sheet["C2"].value) == (20_001, 999, "yes")
        assert sheet["B2"].value.startswith("x\ufffd<&>")


@pytest.mark.django_db
class TestRegister:
    @pytest.fixture(autouse=True)
    def denial(self, clock, consulted_officer):
        clock.set(MARCH)
        items = (*a_content().items, StatedItem.stated("ML10.c", description="=cmd()"))
        self.denial = a_denial(consulted_officer, items=items)
        a_denial(consulted_officer, "dual_use")
        self.officer = consulted_officer

    def file(self, browser, form, **asked):
        return b"".join(browser.get(reverse("denials:export-file", args=[form]), asked))

    def rows(self, browser, **asked):
        text = self.file(browser, "csv", **asked).decode("utf-8-sig")
        mark, head, *rows = csv.reader(io.StringIO(text, newline=""))
        return mark[0], [dict(zip(head, row, strict=True)) for row in rows]

    def test_it_holds_what_the_list_finds_a_row_for_an_item(self, stranger):
        _mark, rows = self.rows(stranger.web, regime="arms")
        assert [(one["reference"], one["code"], one["description"]) for one in rows] == [
            (self.denial.reference, "ML15.c", "Beeldversterkers"),
            (self.denial.reference, "ML10.c", "'=cmd()"),
        ]
        assert (rows[0]["end user"], rows[0]["criteria"], rows[0]["quantity"]) == (
            "Israeli Prison Service",
            "2(b); 7",
            "40",
        )

    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    def test_the_exporter_never_leaves_its_authority(self, stranger, form):
        theirs, own = self.file(stranger.web, form), self.file(self.officer.web, form)
        if form == "xlsx":
            theirs, own = (
                repr(list(openpyxl.load_workbook(io.BytesIO(one)).worksheets[0].values)) for one in (theirs, own)
            )
            assert (SECRET in theirs, SECRET in own) == (False, True)
        else:
            assert (SECRET.encode() in theirs, SECRET.encode() in own) == (False, True)

    def test_what_is_withheld_is_not_in_it(self, consulted_officer, stranger):
        a_denial(consulted_officer, source_reference="W", remarks="inside only", withheld=("remarks:member",))
        assert b"inside only" not in self.file(stranger.web, "json")
        assert b"inside only" in self.file(consulted_officer.web, "json")

    def test_it_says_who_took_it_out_when_and_of_which_register(self, stranger):
        mark, _rows = self.rows(stranger.web)
        assert "exported by: SE" in mark
        assert "2026-03-02T" in mark
        assert "register state: 2" in mark
        assert "marking: LIMITE" in mark

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_a_page_of_another_site_takes_nothing_out(self, stranger, site):
        for name, args, home in (
            ("export-file", ["csv"], reverse("denials:export") + "?regime=arms"),
            ("dossier", [self.denial.pk], reverse("denials:detail", args=[self.denial.pk])),
        ):
            address = reverse(f"denials:{name}", args=args) + ("?regime=arms" if name == "export-file" else "")
            assert stranger.web.get(address, headers={"sec-fetch-site": site})["Location"] == home
        assert not AuditRecord.objects.filter(act__endswith=".exported").exists()
        assert not DenialRecipient.objects.filter(exported_at__isnull=False).exists()
        own = stranger.web.get(reverse("denials:export-file", args=["csv"]), headers={"sec-fetch-site": "same-origin"})
        assert own.status_code == 200

    def test_it_is_noted_in_the_trail_and_with_the_issuer(self, stranger, auditor):
        self.rows(stranger.web)
        assert AuditRecord.objects.filter(act="register.exported").count() == 1
        noted = DenialRecipient.objects.get(denial=self.denial, authority=stranger.authority)
        assert noted.exported_at is not None
        self.rows(self.officer.web)
        assert not DenialRecipient.objects.filter(authority=self.officer.authority).exists()

    def test_over_rest_it_is_the_same_question_and_the_same_file(self, client_se):
        address = "/api/v1/denials/export/"
        data = json.loads(b"".join(client_se.api.get(f"{address}?format=json&regime=arms")))
        assert [one["reference"] for one in data["denials"]] == [self.denial.reference]
        assert data["denials"][0]["items"][1]["description"] == "=cmd()"
        assert data["export"]["denials"] == "1"
        assert b"".join(client_se.api.get(f"{address}?regime=torture")).count(b"\r\n") == 2
        assert client_se.api.get(f"{address}?format=doc").status_code == 400
        assert client_se.api.get(f"{address}?colour=red").status_code == 400

    def test_our_own_file_is_read_back_and_changes_nothing(self):
        content = self.file(self.officer.web, "csv", regime="arms")
        by = {"authority": self.officer.authority, "by": self.officer.principal, "now": MARCH}
        job = jobs.start(content=content, name="again.csv", regime="", **by)
        assert (job.counts, job.rule) == ({"unchanged": 1, "to_know": 0}, "")

    def test_the_page_offers_the_formats(self, stranger):
        page = stranger.web.get(reverse("denials:export"), {"regime": "arms"})
        assert (page.context["total"], b"denials.xlsx?regime=arms" in page.content) == (1, True)


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return len(document), "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.django_db
class TestDossier:
    def dossier(self, browser, denial):
        response = browser.get(reverse("denials:dossier", args=[denial.pk]))
        assert response["Content-Type"] == "application/pdf"
        return text_of(response.content)[1]

    def test_it_holds_the_denial_its_history_and_whom_it_was_told(self, clock, consulted_officer, stranger):
        from denials import actions

        clock.set(MARCH)
        denial = a_denial(consulted_officer)
        content = a_content(end_use="Prison equipment")
        actions.amend_denial(denial_id=denial.pk, content=content, by=consulted_officer.principal, now=MARCH)
        own, theirs = self.dossier(consulted_officer.web, denial), self.dossier(stranger.web, denial)
        for text in (own, theirs):
            assert denial.reference in text
            assert "LIMITE" in text
            assert "page 1 of" in text
            assert "register state 2" in text
            assert "Prison equipment" in text
            assert "Beeldversterkers" in text
        assert (SECRET in own, SECRET in theirs) == (True, False)
        assert "BE-VLG" in own
        assert AuditRecord.objects.filter(act="denial.exported", subject_id=denial.pk).count() == 2
        assert DenialRecipient.objects.get(denial=denial, authority=stranger.authority).exported_at

    def test_a_draft_is_its_author_s_alone(self, clock, consulted_officer, stranger):
        from tests.factories import a_draft

        clock.set(MARCH)
        draft = a_draft(consulted_officer)
        assert stranger.web.get(reverse("denials:dossier", args=[draft.pk])).status_code == 404
        assert stranger.web.get(f"/api/v1/denials/{draft.pk}/dossier.pdf").status_code == 404
        assert "draft" in self.dossier(consulted_officer.web, draft)


class TestPaper:
    def paper(self, *facts):
        sections = [Section("Facts", [Fact(label, text) for label, text in facts])]
        whole = Dossier("NL-ARM-2026-0001", "LIMITE", "NL-ARM-2026-0001", "Arms", "Printed by NL", AT, sections)
        return text_of(pdf(whole))

    def test_every_script_is_set_or_spelt_out(self):
        _pages, text = self.paper(
            ("Greek", "Ελληνική"), ("Cyrillic", "Рога и копыта"), ("Chinese", "中国电子"), ("Korean", "한국")
        )
        assert all(word in text for word in ("Ελληνική", "Рога и копыта", "中国电子"))
        assert "[U+D55C U+AD6D = HanGug]" in text
        assert "Characters that no font here holds" in text

    def test_arabic_and_hebrew_run_from_right_to_left(self):
        _pages, text = self.paper(("Arabic", "شركة الأمل"), ("Hebrew", "חברת טרויה"))
        assert "طرويه" not in text
        assert set("חברתטרויה") <= set(text)

    def test_long_texts_run_over_pages_that_all_say_what_they_are(self):
        pages, text = self.paper(("", "word " * 5000), ("One word", "x" * 5000))
        assert pages > 4
        assert text.count("NL-ARM-2026-0001") >= pages
        assert f"page {pages} of {pages}" in text

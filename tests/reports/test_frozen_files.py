"""One edition, frozen once for all of these: its files, what the public one holds back, that nothing alters it."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditRecord
from accounts.roles import SYSTEM
from denials.law.transactions import Destination
from reports import actions
from reports.exports import FORMATS, Report, digests_of, files_of
from reports.models import Edition, FrozenEdition
from tests import standing as states
from tests.cast import person
from tests.factories import MARCH, a_historic_denial
from tests.reports.given import deliver


def signed_off() -> FrozenEdition:
    """Given a return and four denials of 2024, when the secretariat signs the draft off."""
    lines = "destination,ml,licences,value\nIL,ML1; ML2,3,100\nIL,ML3,1,7\nGN,Total,5,9\n"
    deliver(person("NL", "supervisor"), lines, sign=True)
    for place in ("IL", "IL", "GN"):
        a_historic_denial(destinations=(Destination(place),))
    a_historic_denial("DE")
    actions.draft_edition(regime="arms", year=2024, by=SYSTEM, now=MARCH)
    draft, eeas = Edition.objects.newest("arms", 2024), person("EEAS", "secretariat").principal
    return actions.freeze_edition(edition_id=draft.pk, remark="", by=eeas, now=MARCH)


pytest_generate_tests, standing = states.kept({"frozen": signed_off})
frozen = states.copied("frozen")


@pytest.fixture
def full(frozen: FrozenEdition) -> Report:
    return actions.edition_report(frozen, "full")


def test_it_is_the_same_byte_for_byte_whatever_happens_later(frozen: FrozenEdition) -> None:
    a_historic_denial()
    again = FrozenEdition.objects.get(pk=frozen.pk)
    for edition in ("full", "public"):
        assert digests_of(actions.edition_report(again, edition)) == again.manifest["files"][edition]
    assert {name.split("/")[0] for name in again.manifest["files"]["full"]} == set(FORMATS)
    assert again.manifest["returns"][0]["authority"] == "NL"
    assert AuditRecord.objects.filter(act="edition.frozen").count() == 1


def test_it_names_the_rules_it_was_counted_by_whatever_a_later_release_counts_by(
    frozen: FrozenEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("reports.law.figures", "reports.exports.report"):
        monkeypatch.setattr(f"{module}.COUNTING_RULES", "2099-01")
    again = FrozenEdition.objects.get(pk=frozen.pk)
    assert digests_of(actions.edition_report(again, "full")) == again.manifest["files"]["full"]


def test_a_file_that_comes_out_otherwise_is_not_handed_out(
    frozen: FrozenEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = person("NL", "officer")
    page = "/reports/arms/2024/editions/1/full"
    assert reader.web.get(f"{page}/report.xlsx").status_code == 200
    monkeypatch.setattr("reports.exports.workbook._STYLES", "<styleSheet/>")
    assert reader.web.get(f"{page}/report.xlsx").status_code == 409
    assert reader.web.get(f"{page}/tidy.csv").status_code == 200
    refused = reader.web.get("/api/v1/reports/arms/2024/editions/1/full/report.xlsx")
    assert (refused.status_code, refused.json()["code"]) == (409, "edition_altered")
    with pytest.raises(CommandError, match=r"report\.xlsx"):
        call_command("annual_report", regime="arms", year=2024, edition="full", format="xlsx", out=Path("/nowhere"))


def test_the_database_lets_nothing_of_it_be_changed(frozen: FrozenEdition) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_frozenedition SET year = 1999 WHERE id = %s", [frozen.pk])


def test_no_file_of_the_public_edition_names_what_is_held_back(frozen: FrozenEdition) -> None:
    tidy = files_of(actions.edition_report(frozen, "public"), "csv")["tidy.csv"].decode()
    assert ",arms,,IL,,,,,,denials,3" in tidy
    assert ",arms,NL,IL,,,,,,denials" not in tidy
    assert "licences_issued" in tidy


class TestEachForm:
    """The same numbers in each."""

    def test_the_workbook_has_a_sheet_per_table_no_formula_and_no_clock(self, full: Report) -> None:
        from openpyxl import load_workbook

        content = files_of(full, "xlsx")["report.xlsx"]
        book = load_workbook(io.BytesIO(content))
        assert book.sheetnames[0] == "Contents"
        assert book.sheetnames[-1] == "Notes"
        (sheet,) = [one for one in book.worksheets if one["A1"].value == "Denials by destination"]
        assert [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=4, max_row=5)] == [("GN", 1), ("IL", 3)]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in archive.infolist())
            assert not any(b"<f>" in archive.read(one) for one in archive.namelist())

    def test_every_table_has_its_sheet_the_empty_and_those_of_which_only_the_sum_is_public(
        self, frozen: FrozenEdition
    ) -> None:
        from openpyxl import load_workbook

        public = actions.edition_report(frozen, "public")
        book = load_workbook(io.BytesIO(files_of(public, "xlsx")["report.xlsx"]))
        sheets = {sheet["A1"].value: [row[0].value for row in sheet.iter_rows()] for sheet in book.worksheets}
        assert {one.title for one in public.tables} <= set(sheets)
        assert "Total: All" in sheets["Grants after consultation"]
        assert "No figure." in sheets["Licences for missions"]

    def test_sdmx_has_a_row_for_each_figure_and_is_described(self, full: Report) -> None:
        files = files_of(full, "sdmx")
        assert len(files["sdmx.csv"].decode().splitlines()) == len(full.figures) + 1
        described = json.loads(files["dcat.jsonld"])
        assert described["@type"] == "dcat:Dataset"
        assert described["dct:accessRights"]["@id"].endswith("RESTRICTED")

    def test_the_paper_is_a_pdf(self, full: Report) -> None:
        assert files_of(full, "pdf")["report.pdf"].startswith(b"%PDF")

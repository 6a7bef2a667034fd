"""Editions: checked, signed off, frozen, the same byte for byte later, corrections listed, held back in public."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import actions as house
from accounts.law.errors import FieldMissing, NotCompetent
from accounts.law.settings import DENIALS_BY_STATE
from accounts.models import AuditRecord
from accounts.roles import SYSTEM
from denials.law.transactions import Destination
from reports import actions
from reports.actions.freezing import EditionStale, EditionUnchanged
from reports.exports import FORMATS, digests_of, files_of
from reports.law.figures import Figure, Measure, YearCount
from reports.law.reconciliation import fails, reconcile
from reports.models import FrozenEdition
from reports.statistics import count_year
from reports.statistics.register import register_sums
from tests.factories import MARCH, a_historic_denial, an_application, consultations
from tests.reports.given import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


@pytest.fixture
def year(supervisor: Any) -> None:
    deliver(supervisor, "destination,ml,licences,value\nIL,ML1; ML2,3,100\nIL,ML3,1,7\nGN,Total,5,9\n", sign=True)
    for place in ("IL", "IL", "GN"):
        a_historic_denial(destinations=(Destination(place),))
    a_historic_denial("DE")


def freeze(by: Any, remark: str = "", now: datetime = MARCH) -> FrozenEdition:
    actions.draft_edition(regime="arms", year=2024, by=SYSTEM, now=now)
    from reports.models import Edition

    return actions.freeze_edition(
        edition_id=Edition.objects.newest("arms", 2024).pk, remark=remark, by=by.principal, now=now
    )


class TestReconciliation:
    def test_tables_agree_with_register_and_returns(self, year: None, consulting_officer: Any) -> None:
        consultations(consulting_officer, an_application(consulting_officer))
        for of in (2024, 2026):
            checks = reconcile(count_year("arms", of, now=MARCH), register_sums("arms", of, now=MARCH))
            assert fails(checks) == ()
            assert len(checks) > 15

    @pytest.mark.parametrize("measure", [Measure.DENIALS, Measure.LICENCES_ISSUED, Measure.VALUE_LICENSED])
    def test_one_figure_too_many_is_found(self, year: None, measure: Measure) -> None:
        count = count_year("arms", 2024, now=MARCH)
        wrong = YearCount("arms", 2024, 1, (*count.figures, Figure(measure, "NL", "IL", value=1)))
        assert fails(reconcile(wrong, register_sums("arms", 2024, now=MARCH)))


class TestFreezing:
    def test_it_is_the_same_byte_for_byte_whatever_happens_later(self, year: None, eeas: Any) -> None:
        frozen = freeze(eeas)
        a_historic_denial()
        again = FrozenEdition.objects.get(pk=frozen.pk)
        for edition in ("full", "public"):
            assert digests_of(actions.edition_report(again, edition)) == again.manifest["files"][edition]
        assert {name.split("/")[0] for name in again.manifest["files"]["full"]} == set(FORMATS)
        assert again.manifest["returns"][0]["authority"] == "NL"
        assert AuditRecord.objects.filter(act="edition.frozen").count() == 1

    def test_a_draft_that_is_no_longer_true_is_not_frozen(self, year: None, eeas: Any) -> None:
        edition = actions.draft_edition(regime="arms", year=2024, by=SYSTEM, now=MARCH)
        assert edition is not None
        a_historic_denial()
        with pytest.raises(EditionStale):
            actions.freeze_edition(edition_id=edition.pk, remark="", by=eeas.principal, now=MARCH)

    def test_a_later_edition_lists_what_it_corrects(self, year: None, eeas: Any) -> None:
        freeze(eeas)
        with pytest.raises(EditionUnchanged):
            freeze(eeas)
        a_historic_denial(destinations=(Destination("GN"),))
        with pytest.raises(FieldMissing):
            freeze(eeas)
        second = freeze(eeas, "One came late.")
        assert second.number == 2
        changed = [one for one in second.corrections if one["measure"] == "denials"]
        assert [(one["authority"], one["destination"], one["before"], one["after"]) for one in changed] == [
            ("NL", "GN", 1, 2)
        ]

    def test_only_the_regimes_secretariat_signs(self, year: None, supervisor: Any, commission: Any, eeas: Any) -> None:
        for other in (supervisor, commission):
            with pytest.raises(NotCompetent):
                freeze(other)
        frozen = freeze(eeas)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE reports_frozenedition SET year = 1999 WHERE id = %s", [frozen.pk])


class TestThePublicEdition:
    def test_a_state_is_shown_once_each_of_its_authorities_consents(self, year: None, eeas: Any) -> None:
        from accounts.models import Authority

        first = freeze(eeas)
        assert rows(first, "denials_by_authority")["NL"] == ["c"]
        assert rows(first, "denials_by_destination") == {"GN": [1], "IL": [3]}
        for code in ("NL", "NL-BZ"):
            if authority := Authority.objects.filter(code=code).first():
                since = datetime(2026, 3, 3, tzinfo=UTC).date()
                house.change_setting(
                    authority=authority, name=DENIALS_BY_STATE, value="public", since=since, by=SYSTEM, now=MARCH
                )
        a_historic_denial()
        second = freeze(eeas, "One came late.", datetime(2026, 3, 4, 9, tzinfo=UTC))
        assert "NL" in second.manifest["disclosure"]["consents"]
        assert rows(second, "denials_by_authority")["NL"] == [4]

    def test_no_file_of_it_names_what_is_held_back(self, year: None, eeas: Any) -> None:
        report = actions.edition_report(freeze(eeas), "public")
        tidy = files_of(report, "csv")["tidy.csv"].decode()
        assert ",arms,,IL,,,,,,denials,3" in tidy
        assert ",arms,NL,IL,,,,,,denials" not in tidy
        assert "licences_issued" in tidy


def rows(frozen: FrozenEdition, name: str) -> dict[str, list[Any]]:
    """The denials of a public table by its key."""
    (table,) = [one for one in frozen.words["public"]["tables"] if one["name"] == name]
    return {row[0][0]: row[2][:1] for row in table["rows"]}


class TestItsFiles:
    def test_each_form_holds_the_same_numbers(self, year: None, eeas: Any) -> None:
        from openpyxl import load_workbook

        report = actions.edition_report(freeze(eeas), "full")
        book = load_workbook(io.BytesIO(files_of(report, "xlsx")["report.xlsx"]))
        assert book.sheetnames[0] == "Contents"
        assert book.sheetnames[-1] == "Notes"
        (sheet,) = [one for one in book.worksheets if one["A1"].value == "Denials by destination"]
        assert [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=4, max_row=5)] == [("GN", 1), ("IL", 3)]
        paper = files_of(report, "pdf")["report.pdf"]
        assert paper.startswith(b"%PDF")
        sdmx = files_of(report, "sdmx")["sdmx.csv"].decode().splitlines()
        assert len(sdmx) == len(report.figures) + 1
        described = json.loads(files_of(report, "sdmx")["dcat.jsonld"])
        assert described["@type"] == "dcat:Dataset"
        assert described["dct:accessRights"]["@id"].endswith("RESTRICTED")
        with zipfile.ZipFile(io.BytesIO(files_of(report, "xlsx")["report.xlsx"])) as archive:  # no formula, no clock
            assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in archive.infolist())
            assert not any(b"<f>" in archive.read(one) for one in archive.namelist())

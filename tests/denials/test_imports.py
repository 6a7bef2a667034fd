"""Files of denials decided in the past: read right or refused with the reason, none guessed."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import AuditRecord, Authority, Notice
from denials import imports
from denials.imports import cells, sheets, tables
from denials.imports.columns import recognise
from denials.imports.tables import Cell, FileRefused
from denials.law.content import Citation
from denials.models import Denial, DenialCriterion, DenialDestination, DenialItem, ImportedFile, RegisterChange
from tests.conftest import Clock
from tests.factories import MARCH
from tests.services import RUN

DATA = Path(__file__).parents[1] / "data"
NL = DATA / "denied_arms_applications_2024.csv"
UK = DATA / "uk_refusals_2008_2009_records.csv"


def taken_in(path, *options, authority="NL"):
    out = io.StringIO()
    call_command("import_denials", str(path), "--authority", authority, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def plan_of(text, authority="NL", regime="", name="file.csv"):
    content = text.encode() if isinstance(text, str) else text
    issuer = Authority.objects.get(code=authority)
    return imports.make_plan(content, name=name, authority=issuer, regime=regime, now=MARCH)


def findings(found):
    return {(one.row, one.column, one.rule) for one in found}


def workbook(*rows, sheet="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.django_db
class TestDutchDenialsOf2024:
    """The nine denials as printed in the report, with their awkward facts kept as facts."""

    @pytest.fixture(autouse=True)
    def imported(self, clock):
        clock.set(MARCH)
        self.report = taken_in(NL)
        self.denials = list(Denial.objects.order_by("reference"))

    def test_all_nine_are_in_force_and_nobody_is_told(self):
        assert (self.report["imported"], self.report["errors"]) == (9, [])
        assert {denial.status for denial in self.denials} == {"in_force"}
        assert {denial.current.notified_on for denial in self.denials} == {None}
        assert {denial.regime for denial in self.denials} == {"arms"}
        assert [denial.reference for denial in self.denials][-1] == "NL-ARM-2024-0009"
        assert not Notice.objects.exists()

    def test_they_agree_with_the_expected_counts(self):
        with (DATA / "denied_arms_expected_counts_2024.csv").open() as file:
            expected = {row["measure"]: int(row["value"]) for row in csv.DictReader(file)}
        assert expected["denials total"] == len(self.denials)
        for number in range(1, 9):
            assert DenialCriterion.objects.filter(code=str(number)).count() == expected[f"criterion {number} cited"]
        destinations = DenialDestination.objects.values_list("code", "printed")
        assert sum(code == "IL" for code, _ in destinations) == expected["denials destination IL"]
        assert sum(code == "GN" for code, _ in destinations) == expected["denials destination GN"]
        assert [printed for code, printed in destinations if not code] == ["Congo"]
        assert len({one.current.decided_on for one in self.denials}) == expected["distinct denial dates"]

    def test_a_quantity_is_read_where_its_column_says_so(self):
        first = self.denials[0].current.items.get()
        assert (first.quantity, first.quantity_printed) == (Decimal(84000), "84.000")

    def test_both_languages_are_kept(self):
        eighth = self.denials[7].current
        assert (eighth.items.get().description, eighth.items.get().description_en) == (
            "Beeldversterkers",
            "Image intensifiers",
        )
        assert self.denials[7].facts().items[0].description == "Beeldversterkers\nImage intensifiers"

    def test_a_private_end_user_names_nobody(self):
        private = self.denials[1].current.parties.get(role="end_user")
        assert (private.name, private.is_placeholder) == ("Private eindgebruiker", True)
        unknown = self.denials[0].current.parties.get(role="end_user")
        assert (unknown.name, unknown.is_placeholder) == ("Onbekend, bestemd voor lokale verkoop", True)

    def test_the_same_file_again_changes_nothing_and_says_so(self):
        again = taken_in(NL)
        assert (again["new"], again["unchanged"], again["imported"]) == (0, 9, 0)
        assert RegisterChange.objects.count() == 9
        out = io.StringIO()
        call_command("import_denials", str(NL), "--authority", "nl", stdout=out)
        assert "Nothing changed" in out.getvalue()

    def test_the_same_rows_from_a_workbook_are_known_again(self, tmp_path):
        with NL.open() as file:
            book = tmp_path / "nl.xlsx"
            book.write_bytes(workbook(*csv.reader(file)))
        assert taken_in(book)["unchanged"] == 9

    def test_each_is_audited(self):
        assert AuditRecord.objects.filter(act="denial.registered").count() == 9
        assert AuditRecord.objects.filter(act="denial.file_taken_in").count() == 1


@pytest.fixture(scope="class")
def united_kingdom(request, django_db_setup, django_db_blocker):
    """All 314 rows, taken in once for the class and rolled back behind it."""
    clock = Clock(request.config.stash[RUN].clock_file)
    clock.set(MARCH)
    with django_db_blocker.unblock(), transaction.atomic():
        yield taken_in(UK, authority="GB")
        transaction.set_rollback(True)
    clock.reset()


class TestUnitedKingdomRefusals:
    """Military ratings are arms, the others dual-use; `count` n means n denials; a mixed row is two, linked."""

    @pytest.fixture(autouse=True)
    def imported(self, united_kingdom):
        self.report = united_kingdom

    def expected(self):
        with UK.open() as file:
            return list(csv.DictReader(file))

    def test_every_row_goes_in(self):
        assert (self.report["rows"], self.report["errors"]) == (314, [])
        mixed = {"1A004; ML13; ML7; PL5001", "1A005; ML13", "6A002; ML1; PL5017", "6A003; ML11; ML15"}
        mixed |= {"6A003; ML1; ML15", "ML3; PL8001", "ML4; PL8001"}
        rows = self.expected()
        total = sum(int(row["count"]) * (2 if row["ratings"] in mixed else 1) for row in rows)
        assert Denial.objects.count() == self.report["imported"] == total
        siblings = Denial.objects.filter(siblings_key__isnull=False)
        assert {denial.regime for denial in siblings} == {"arms", "dual_use"}
        assert siblings.count() == 2 * sum(int(row["count"]) for row in rows if row["ratings"] in mixed)

    def test_end_use_is_unlisted_and_dual_use(self):
        items = DenialItem.objects.filter(code_printed="End Use")
        assert set(items.values_list("code", "is_unlisted")) == {("", True)}
        assert not Denial.objects.filter(current__items__is_unlisted=True, regime="arms").exists()

    def test_a_blank_criterion_is_kept_as_not_stated(self):
        assert Denial.objects.filter(current__criteria_stated=False).exists()
        assert {"row": 135, "column": "criteria", "rule": "not_stated", "value": ""} in self.report["warnings"]

    def test_an_unknown_rating_is_kept_verbatim_and_reported(self):
        denial = Denial.objects.get(current__items__code="MILTA")
        assert denial.current.items.get().code_printed == "MILTA"
        rules = {one["rule"] for one in self.report["warnings"] if one["value"] == "MILTA"}
        assert rules == {"entry_unknown", "regime_from_criteria"}

    def test_every_destination_resolves(self):
        assert not DenialDestination.objects.filter(code="").exists()

    def test_again_nothing_changes(self):
        again = taken_in(UK, authority="GB")
        assert (again["new"], again["unchanged"]) == (0, self.report["imported"])


@pytest.mark.django_db
class TestRegimes:
    """Where neither file nor option names the regime: by its codes, else by its criteria, else not at all."""

    @pytest.mark.parametrize(
        ("ratings", "criteria", "regimes"),
        [
            ("ML1", "1", ["arms"]),
            ("3A001", "1", ["dual_use"]),
            ("III.2.1", "", ["torture"]),
            ("End Use", "1", ["dual_use"]),
            ("", "1", ["arms"]),
            ("n/a", "2", ["arms"]),
            ("MILTA", "1", ["arms"]),
            ("MILTA; 3A001", "1", ["dual_use"]),
            ("ML1; MILTA; 3A001", "1", ["arms", "dual_use"]),
        ],
    )
    def test_they_follow_from_codes_and_criteria(self, ratings, criteria, regimes):
        plan = plan_of(f"date,destination,ratings,criteria\n2024-01-02,France,{ratings},{criteria}\n")
        assert [one.content.regime for one in plan.new] == regimes
        assert not plan.errors

    def test_an_unknown_rating_goes_with_its_companion(self):
        plan = plan_of("date,destination,ratings,criteria\n2024-01-02,France,ML1; MILTA; 3A001,1\n")
        assert [[item.code for item in one.content.items] for one in plan.new] == [["ML1", "MILTA"], ["3A001"]]

    def test_one_that_nothing_tells_is_reported(self):
        plan = plan_of("date,destination,ratings\n2024-01-02,France,MILTA\n")
        assert findings(plan.errors) == {(2, "ratings", "regime_unknown")}

    def test_the_option_decides(self):
        plan = plan_of("date,destination,ratings\n2024-01-02,France,MILTA\n", regime="dual_use")
        assert [one.content.regime for one in plan.new] == ["dual_use"]

    def test_a_column_may_name_it(self):
        plan = plan_of("date,destination,regime\n2024-01-02,France,Dual-use\n2024-01-03,France,wapens\n")
        assert [one.content.regime for one in plan.new] == ["dual_use", "arms"]


@pytest.mark.django_db
class TestIssuers:
    def test_a_state_s_file_goes_to_its_competent_authority(self):
        text = "date,destination,ratings\n2024-01-02,China,ML1\n2024-01-02,China,3A001\n"
        assert [one.issuer.code for one in plan_of(text, "FR").new] == ["FR-CIEEMG", "FR"]

    def test_an_authority_takes_in_its_own_regimes_only(self):
        plan = plan_of("date,destination,ratings\n2024-01-02,China,3A001\n", "FR-CIEEMG")
        assert findings(plan.errors) == {(2, "decided_on", "not_competent")}

    def test_another_state_s_denials_are_refused(self):
        plan = plan_of("date,destination,ratings,notifying_government\n2024-01-02,China,ML1,Germany\n")
        assert findings(plan.errors) == {(2, "issuer", "another_issuer")}

    def test_who_left_has_denials_until_then(self):
        plan = plan_of("date,destination,ratings\n2020-12-31,China,ML1\n2021-01-01,China,ML1\n", "GB")
        assert findings(plan.errors) == {(3, "decided_on", "not_competent")}


@pytest.mark.django_db
class TestRows:
    HEAD = "date,destination,criteria,consignee,end_user,description,quantity,count\n"

    def one(self, row):
        plan = plan_of(self.HEAD + row + "\n")
        assert not plan.errors, plan.errors
        return plan.new[0].content

    @pytest.mark.parametrize(
        ("row", "column", "rule"),
        [
            (",France,7,A,B,C,1,1", "date", "required"),
            ("2024-02-30,France,7,A,B,C,1,1", "date", "date_unreadable"),
            ("03/04/2024,France,7,A,B,C,1,1", "date", "date_ambiguous"),
            ("03-04-2024,France,7,A,B,C,1,1", "date", "date_ambiguous"),
            ("2027-01-01,France,7,A,B,C,1,1", "date", "in_future"),
            ("1901-01-01,France,7,A,B,C,1,1", "date", "too_early"),
            ("2024-01-02,,7,A,B,C,1,1", "destination", "required"),
            ("2024-01-02,France,9,A,B,C,1,1", "criteria", "criterion_unknown"),
            ("2024-01-02,France,2.4,A,B,C,1,1", "criteria", "criterion_unknown"),
            ("2024-01-02,France,7,A,B,C,-5,1", "quantity", "not_positive"),
            ("2024-01-02,France,7,A,B,C,0,1", "quantity", "not_positive"),
            ("2024-01-02,France,7,A,B,C,1,", "count", "required"),
            ("2024-01-02,France,7,A,B,C,1,0", "count", "not_a_count"),
            ("2024-01-02,France,7,A,B,C,1,many", "count", "not_a_count"),
            (f"2024-01-02,France,7,A,B,C,1,{'9' * 5_000}", "count", "not_a_count"),
            (f"2024-01-02,France,7,{'A' * 501},B,C,1,1", "consignee", "too_long"),
            (f"2024-01-02,France,7,A,B,{'C' * 70_000},1,1", "description", "too_long"),
            ("2024-01-02,France,7,A\u202eB,B,C,1,1", "consignee", "unfit_text"),
            ("2024-01-02,France,7,A,B,C,1,1,surplus", "", "more_cells_than_headings"),
        ],
    )
    def test_what_cannot_be_read_is_named_by_row_column_and_rule(self, row, column, rule):
        plan = plan_of(self.HEAD + "2024-01-02,France,7,A,B,C,1,1\n" + row + "\n")
        assert (3, column, rule) in findings(plan.errors)

    def test_nothing_is_half_imported(self, tmp_path):
        file = tmp_path / "half.csv"
        file.write_text(self.HEAD + "2024-01-02,France,7,A,B,C,1,1\n2024-01-02,France,9,A,B,C,1,1\n")
        with pytest.raises(CommandError):
            taken_in(file)
        assert not Denial.objects.exists()
        assert not ImportedFile.objects.exists()

    def test_a_dry_run_writes_nothing(self):
        assert taken_in(NL, "--dry-run")["new"] == 9
        assert not Denial.objects.exists()

    def test_names_are_kept_as_written(self):
        content = self.one("2024-01-02,France,7,O'Neil & Sons,\"=cmd|'<mill>\",C,1,1")
        assert [party.name for party in content.parties] == ["=cmd|'<mill>", "O'Neil & Sons"]

    def test_no_end_user_at_all_is_no_party(self):
        assert self.one("2024-01-02,France,7,,,C,1,1").parties == ()

    def test_several_names_stand_between_semicolons(self):
        content = self.one('2024-01-02,France,7,"Alpha, Ltd.; Beta",,C,1,1')
        assert [party.name for party in content.parties] == ["Alpha, Ltd.", "Beta"]

    @pytest.mark.parametrize(
        ("printed", "code", "kept"),
        [
            ("Congo", "", "Congo"),
            ('"Aruba, BES islands, Curaçao"', "", "Aruba, BES islands, Curaçao"),
            ("Nordic countries", "", "Nordic countries"),
            ("various", "VARIOUS", "various"),
            ("VER. ARAB. EMIRATEN", "AE", "VER. ARAB. EMIRATEN"),
            ("Kosovo", "XK", "Kosovo"),
        ],
    )
    def test_a_place_is_resolved_or_kept_as_printed(self, printed, code, kept):
        assert [(one.code, one.printed) for one in self.one(f"2024-01-02,{printed},7,A,B,C,1,1").destinations] == [
            (code, kept)
        ]

    def test_identical_rows_are_as_many_denials(self):
        row = "2024-01-02,France,7,A,B,C,1,1\n"
        assert len(plan_of(self.HEAD + row * 3).new) == 3

    def test_a_count_is_as_many_denials(self):
        plan = plan_of(self.HEAD + "2024-01-02,France,7,A,B,C,1,14\n")
        assert len({one.fingerprint for one in plan.new}) == 14

    def test_a_longer_file_adds_its_new_rows(self, tmp_path):
        file = tmp_path / "growing.csv"
        file.write_text(self.HEAD + "2024-01-02,France,7,A,B,C,1,1\n")
        taken_in(file)
        file.write_text(self.HEAD + "2024-03-02,Chad,7,A,B,C,1,1\n2024-01-02,France,7,A,B,C,1,1\n")
        report = taken_in(file)
        assert (report["imported"], report["unchanged"]) == (1, 1)

    def test_two_columns_that_contradict_are_refused(self):
        plan = plan_of("date,iso2,destination,criteria\n2024-01-02,IL,France,7\n")
        assert findings(plan.errors) == {(2, "iso2", "contradiction")}
        plan = plan_of("date,destination,criteria,quantity_printed,quantity\n2024-01-02,France,7,84.000,85\n")
        assert findings(plan.errors) == {(2, "quantity_printed", "contradiction")}


@pytest.mark.django_db
class TestReferences:
    """Rows under one reference are one denial; the register never overwrites what it holds."""

    HEAD = (
        "reference,regime_reg_ref,name,address,notifying_government,country,denial_cle,item_description,end_use,"
        "reason_for_refusal,entity_type\n"
    )

    def row(self, reference="AB-1", name="Alpha Ltd", role="end_user", use="Industry", country="Chad"):
        return f'DN1,{reference},{name},"1 Street, City",Netherlands,{country},0A001,Widget,{use},Risk,{role}\n'

    def test_two_parties_under_one_reference_are_one_denial(self):
        plan = plan_of(self.HEAD + self.row() + self.row(name="Beta Ltd", role="third_party"))
        assert not plan.errors
        (one,) = plan.new
        assert [(party.role, party.name) for party in one.content.parties] == [
            ("end_user", "Alpha Ltd"),
            ("other", "Beta Ltd"),
        ]
        assert one.content.parties[0].address == "1 Street, City"
        assert one.content.explanation == "Risk"
        assert [item.code for item in one.content.items] == ["0A001"]

    def test_they_must_not_contradict_each_other(self):
        plan = plan_of(self.HEAD + self.row() + self.row(name="Beta Ltd", use="Other"))
        assert findings(plan.errors) == {(3, "end_use", "differs_from_row")}

    def test_a_reference_held_with_other_content_is_refused(self, tmp_path):
        file = tmp_path / "first.csv"
        file.write_text(self.HEAD + self.row())
        assert taken_in(file)["imported"] == 1
        file.write_text(self.HEAD + self.row(use="Something else"))
        with pytest.raises(CommandError):
            taken_in(file)
        assert Denial.objects.get().current.end_use == "Industry"

    def test_an_unresolved_country_stays_in_the_address(self):
        plan = plan_of(self.HEAD + self.row(country="Country Name"))
        assert plan.new[0].content.parties[0].address == "1 Street, City, Country Name"
        assert plan.new[0].content.destinations[0].printed == "Country Name"


@pytest.mark.django_db
class TestFiles:
    ROW = "datum;bestemming;criteria;omschrijving\n2024-01-02;Israël;7;Café\n"

    @pytest.mark.parametrize(
        "content",
        [
            ROW.encode(),
            ROW.encode("utf-8-sig"),
            ROW.encode("cp1252"),
            ROW.encode("utf-16"),
            ROW.replace(";", "\t").encode(),
            ROW.replace(";", ",").encode(),
            ROW.replace("\n", "\r\n").encode(),
            ("sep=;\n" + ROW).encode(),
            ("Afgewezen aanvragen 2024;;;\n;;;\n" + ROW).encode(),
        ],
    )
    def test_any_usual_text_is_read(self, content):
        (one,) = plan_of(content).new
        assert (one.content.destinations[0].code, one.content.items[0].description) == ("IL", "Café")

    @pytest.mark.parametrize(
        ("content", "rule"),
        [
            (b"", "empty_file"),
            (b"  \n ", "empty_file"),
            (b"a,b\n1,2\n", "no_known_columns"),
            (b"date,destination\x00\n", "binary_file"),
            (b"\xd0\xcf\x11\xe0rest", "old_excel"),
            (b"PK\x03\x04rest", "not_xlsx"),
            (b"date,destination,date\n2024-01-02,France,2024-01-02\n", "column_twice"),
            ("date,destination\n".encode("utf-16-be"), "binary_file"),
        ],
    )
    def test_what_is_no_table_of_denials_is_refused(self, content, rule):
        with pytest.raises(FileRefused) as refused:
            plan_of(content)
        assert refused.value.rule == rule

    def test_a_workbook_is_read_with_its_days_and_numbers(self):
        plan = plan_of(
            workbook(
                ["Denials 2024", None, None, None],
                ["Date", "Destination", "Criteria", "Quantity"],
                [datetime(2024, 5, 15, tzinfo=UTC).replace(tzinfo=None), "Guinea", 7, 84000],
                [None, None, None, None],
                [date(2024, 5, 16), "Israel", "2,4,6,7", "120000 pcs"],
            )
        )
        assert not plan.errors
        first, second = (one.content for one in plan.new)
        assert (first.decided_on, first.criteria, first.items) == (date(2024, 5, 15), (Citation("7"),), ())
        assert second.decided_on == date(2024, 5, 16)
        assert [one.row for one in plan.new] == [3, 5]

    def test_formulas_and_errors_are_refused_by_cell(self):
        plan = plan_of(
            workbook(["Date", "Destination", "Criteria"], ["=TODAY()", "Guinea", "7"], ["2024-01-02", "#N/A", "7"])
        )
        assert {(2, "Date", "formula"), (3, "Destination", "error_value")} <= findings(plan.errors)

    def test_days_of_the_1904_system_are_read(self):
        book = openpyxl.Workbook()
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(["Date", "Destination", "Criteria"])
        book.active.append([datetime(2024, 5, 15, tzinfo=UTC).replace(tzinfo=None), "Guinea", "7"])
        out = io.BytesIO()
        book.save(out)
        assert plan_of(out.getvalue()).new[0].content.decided_on == date(2024, 5, 15)

    def test_the_sheet_with_denials_is_found(self):
        book = openpyxl.Workbook()
        book.active.append(["About this file"])
        book.create_sheet("Data").append(["Date", "Destination", "Criteria"])
        book["Data"].append(["2024-01-02", "Guinea", "7"])
        out = io.BytesIO()
        book.save(out)
        plan = plan_of(out.getvalue())
        assert (plan.table.sheet, len(plan.new)) == ("Data", 1)

    def test_a_bomb_is_refused_before_it_is_unpacked(self, monkeypatch):
        monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 10_000)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 100_000)
        with pytest.raises(FileRefused, match="archive_too_large"):
            plan_of(out.getvalue())

    def test_a_file_too_large_is_refused(self, monkeypatch):
        monkeypatch.setattr(tables, "LARGEST_FILE", 10)
        with pytest.raises(FileRefused, match="file_too_large"):
            plan_of(self.ROW)

    def test_columns_not_used_are_said(self):
        assert plan_of("date,destination,criteria,Colour\n2024-01-02,France,7,red\n").table.ignored == ("Colour",)

    def test_an_authority_not_known_is_refused(self):
        with pytest.raises(CommandError, match="XY"):
            taken_in(NL, authority="XY")

    def test_a_file_not_there_is_refused(self, tmp_path):
        with pytest.raises(CommandError, match="No such file"):
            taken_in(tmp_path / "absent.csv")


class TestColumns:
    @pytest.mark.parametrize(
        ("heading", "field", "language", "printed"),
        [
            ("destination_nl", "destination", "nl", False),
            ("Land van eindbestemming", "destination", "", False),
            ("iso2", "destination_code", "", False),
            ("Omschrijving (EN)", "description", "en", False),
            ("quantity_printed", "quantity", "", True),
            ("consignee_printed", "consignee", "", True),
            ("end_user_en", "end_user", "en", False),
            ("Datum afwijzing", "decided_on", "", False),
            ("Critères", "criteria", "", False),
            ("Begründung", "explanation", "", False),
            ("denial_cle", "code", "", False),
            ("Reason for refusal", "explanation", "", False),
        ],
    )
    def test_headings_are_known_in_several_languages(self, heading, field, language, printed):
        (column,) = recognise([heading]).columns
        assert (column.field, column.language, column.is_printed) == (field, language, printed)

    def test_what_is_not_known_is_listed(self):
        assert recognise(["Favourite colour", ""]).ignored == ("Favourite colour",)


class TestCells:
    @pytest.mark.parametrize(
        ("text", "number", "unit"),
        [
            ("40", Decimal(40), ""),
            ("120000 pcs", Decimal(120000), "pcs"),
            ("11 Sets", Decimal(11), "Sets"),
            ("84.000", None, ""),
            ("84,000", None, ""),
            ("84 000", Decimal(84000), ""),
            ("1.234.567", Decimal(1234567), ""),
            ("1.234,5 kg", Decimal("1234.5"), "kg"),
            ("1,234.5", Decimal("1234.5"), ""),
            ("2,5", Decimal("2.5"), ""),
            ("0.500", Decimal("0.500"), ""),
            ("-3", Decimal(-3), ""),
            ("various", None, ""),
            ("", None, ""),
            ("1-2", None, ""),
        ],
    )
    def test_quantities_are_read_only_one_way(self, text, number, unit):
        found = cells.quantity(text)
        assert found[0] == number
        if number is not None:
            assert found[1] == unit

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2024-05-15", date(2024, 5, 15)),
            ("15.05.2024", date(2024, 5, 15)),
            ("15-5-2024", date(2024, 5, 15)),
            ("03.04.2024", date(2024, 4, 3)),
            ("15 mei 2024", date(2024, 5, 15)),
            ("1er février 2024", date(2024, 2, 1)),
            ("3. März 2024", date(2024, 3, 3)),
            ("05/05/2024", date(2024, 5, 5)),
            ("", None),
        ],
    )
    def test_days_are_read_as_written(self, text, day):
        assert cells.day(Cell(text)) == day

    def test_a_column_shows_in_which_order_its_days_stand(self):
        assert cells.months_come_first([Cell("03/04/2024"), Cell("25/04/2024")]) is False
        assert cells.months_come_first([Cell("03/04/2024"), Cell("04/25/2024")]) is True
        assert cells.months_come_first([Cell("25/04/2024"), Cell("04/25/2024")]) is None
        assert cells.day(Cell("03/04/2024"), month_first=False) == date(2024, 4, 3)

    @pytest.mark.parametrize(
        ("text", "cited"),
        [
            ("7", ["7"]),
            ("2,4,6,7", ["2", "4", "6", "7"]),
            ("2; 3", ["2", "3"]),
            ("2(b), 7c", ["2(b)", "7(c)"]),
            ("criterium 2 en 7", ["2", "7"]),
            ("Criterion 2.", ["2"]),
            ("", []),
        ],
    )
    def test_criteria_are_read_with_their_sub_points(self, text, cited):
        assert [str(one) for one in cells.citations(text)] == cited

"""The dirt of the field: each kind is read right or refused with the reason, none guessed silently."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from time import process_time

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from denials.imports import cells, sheets, tables
from denials.imports.columns import Meanings, heading_set, key_of, recognise
from denials.imports.records import RowReader
from denials.imports.rows import Reading
from denials.imports.tables import FileRefused
from denials.labels import PROBLEMS, problem_text
from denials.law.codes import split_codes
from denials.law.encodings import code_page
from denials.models import Country, PlaceName

HEAD = "date;destination;end user;description;code;quantity;criteria"
ROW = ["2024-01-02", "France", "Alpha SA", "pumps", "ML6", "4", "2"]
COLUMNS = HEAD.split(";")


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        known = dict(PlaceName.objects.values_list("folded", "codes"))
        return known, frozenset(Country.objects.values_list("code", flat=True))


@pytest.fixture
def read(places):
    """Read a file into records, errors and warnings; nothing is looked up but the places."""

    def reading(content, **options):
        table = tables.read(content if isinstance(content, bytes) else content.encode(), **options)
        reader = RowReader(table, Reading(("en",), *places))
        records = reader.read()
        return reader, records

    return reading


def row(**changes):
    """A file of one good row, some cells of it changed."""
    cells = dict(zip(COLUMNS, ROW, strict=True)) | {name.replace("_", " "): text for name, text in changes.items()}
    quoted = ('"' + text.replace('"', '""') + '"' for text in cells.values())
    return f"{';'.join(cells)}\n{';'.join(quoted)}\n"


class TestALongCellIsReadInNoTime:
    """Of each kind of cell the longest a file may hold: read or refused within a second."""

    @pytest.mark.parametrize("filling", [" ", "\u00a0", "\t", "\n", "1 ", "1,", "(", "ML1 to "])
    @pytest.mark.parametrize("end", ["", "!", "x"])
    def test_whatever_fills_it(self, filling, end):
        text = ("1" + filling * 60_000)[:59_999] + end
        began = process_time()
        cells.quantity(text)
        cells.parts(text)
        split_codes(f"ML{text}")
        with suppress(cells.CellRefused):
            cells.citations(text)
        assert process_time() - began < 1

    def test_blanks_within_mean_one(self):
        many = " " * 5000
        assert cells.quantity(f"84{many}000 pcs") == (Decimal(84000), "pcs")
        assert [str(one) for one in cells.citations(f"2{many},{many}3")] == ["2", "3"]
        assert [one.canonical for one in split_codes(f"ML1{many}; ML2{many}ML3")] == ["ML1", "ML2", "ML3"]

    def test_longer_than_its_kind_is_said(self, read):
        reader, _ = read(row(code="ML6;" * 501, criteria="2," * 251))
        assert {one.column for one in reader.errors if one.rule == "too_long"} == {"code", "criteria"}
        reader, _ = read(row(quantity="4" * 101))
        assert [one.rule for one in reader.warnings if one.column == "quantity"] == ["quantity_as_printed"]


def workbook(*records, sheet=None, **options):
    book = openpyxl.Workbook()
    for name, value in options.items():
        setattr(book, name, value)
    for one in records:
        book.active.append(one)
    if sheet:
        sheet(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(content, **parts):
    """The workbook with some of its members written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            text = old.read(member)
            for name, change in parts.items():
                if member.filename.endswith(name.replace("__", ".")):
                    text = change(text)
            new.writestr(member.filename, text)
    return out.getvalue()


class TestCells:
    """One cell is dirty; the row is read with it as it stands, or refused by rule and column."""

    @pytest.mark.parametrize(
        ("printed", "number", "unit", "noted"),
        [
            ("120000 pcs", 120000, "pcs", False),
            ("11 Sets", 11, "Sets", False),
            ("2,5", Decimal("2.5"), "", False),
            ("2,5 kg", Decimal("2.5"), "kg", False),
            ("1.234,5", Decimal("1234.5"), "", False),
            ("84 000", 84000, "", False),
            ("various", None, "", True),
            ("84.000", None, "", True),
            ("4-6", None, "", True),
            ("", None, "", False),
        ],
    )
    def test_a_quantity(self, read, printed, number, unit, noted):
        reader, (record,) = read(row(quantity=printed))
        item = record.contents[0].items[0]
        assert (item.quantity, item.unit, item.quantity_printed) == (number, unit, printed)
        assert ("quantity_as_printed" in {one.rule for one in reader.warnings}) is noted
        assert not reader.errors

    @pytest.mark.parametrize(
        ("printed", "codes"),
        [
            ("ML6.", ["ML6"]),
            ("ML13d1PL5001b", ["ML13.d.1", "PL5001.b"]),
            ("ML 10 c 2", ["ML10.c.2"]),
            ("0011a", ["ML11.a"]),
            ("6A003; ML11; ML15", ["6A003", "ML11", "ML15"]),
        ],
    )
    def test_an_entry(self, printed, codes):
        assert [one.canonical for one in split_codes(printed)] == codes

    @pytest.mark.parametrize(
        ("printed", "named", "noted"),
        [
            ("Nordic countries", [("", "Nordic countries")], True),
            ("Congo", [("", "Congo")], True),
            ("CA; ; ; CN; ; ; KR", [("CA", "CA"), ("CN", "CN"), ("KR", "KR")], False),
            ("France; Chad", [("FR", "France"), ("TD", "Chad")], False),
            ("various", [("VARIOUS", "various")], False),
        ],
    )
    def test_a_destination(self, read, printed, named, noted):
        reader, (record,) = read(row(destination=printed))
        assert [(one.code, one.printed) for one in record.contents[0].destinations] == named
        assert ("place_unresolved" in {one.rule for one in reader.warnings}) is noted

    @pytest.mark.parametrize(
        ("changes", "column", "rule"),
        [
            ({"date": ""}, "date", "required"),
            ({"date": "31/02/2024"}, "date", "date_unreadable"),
            ({"date": "02/03/2024"}, "date", "date_ambiguous"),
            ({"date": "45292"}, "date", "date_unreadable"),
            ({"destination": ""}, "destination", "required"),
            ({"criteria": "9"}, "criteria", "criterion_unknown"),
            ({"count": ""}, "count", "required"),
            ({"count": "2,5"}, "count", "not_a_count"),
            ({"count": "1000001"}, "count", "not_a_count"),
            ({"issuing state": "CA; ; ; CN; ; ; KR"}, "issuing state", "several_issuers"),
            ({"issuing state": "NL and BE"}, "issuing state", "several_issuers"),
            ({"issuing state": "Ruritania"}, "issuing state", "issuer_unresolved"),
            ({"activity": "smuggling"}, "activity", "activity_unknown"),
            ({"value": "about ten"}, "value", "number_unreadable"),
            ({"description": "a\x07b"}, "description", "unfit_text"),
            ({"description": "a\u202eb"}, "description", "unfit_text"),
            ({"description": "x" * 60_001}, "description", "too_long"),
            ({"description": "x" * 10 * 1024 * 1024}, "description", "too_long"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_what_cannot_be_read_is_refused_by_column_and_rule(self, read, changes, column, rule):
        reader, records = read(row(**changes))
        assert {(one.row, one.column, one.rule) for one in reader.errors} == {(2, column, rule)}
        assert records == []

    def test_a_code_known_is_taken_over_and_another_is_said(self, read):
        reader, (record,) = read(row(legal_basis="catch_all", authorisation_type="of some kind", activity="doorvoer"))
        content = record.contents[0]
        assert (content.legal_basis, content.authorisation_type, content.activity) == ("catch_all", "", "transit")
        assert {(one.column, one.rule) for one in reader.warnings} == {("authorisation type", "code_unread")}

    def test_what_our_own_files_put_before_a_formula_is_taken_off(self, read):
        _, (record,) = read(row(description="'=pumps", end_user="'"))
        assert record.contents[0].items[0].description == "=pumps"


class TestText:
    @pytest.mark.parametrize(
        "encoded",
        [
            row(description="Café").encode("utf-8-sig"),
            row(description="Café").encode("cp1252"),
            row(description="Café").encode("utf-16"),
            row(description="Café").replace(";", "\t").encode(),
            row(description="Café").replace(";", ",").encode(),
            row(description="Café").replace(";", "|").encode(),
            row(description="Café").replace("\n", "\r\n").encode(),
            ("Denials of 2024;;;\n\n" + row(description="Café")).encode(),
        ],
        ids=["bom", "cp1252", "utf-16", "tabs", "commas", "bars", "crlf", "title above"],
    )
    def test_is_read_in_any_usual_dress(self, read, encoded):
        reader, (record,) = read(encoded)
        assert (record.contents[0].items[0].description, reader.errors) == ("Café", [])

    @pytest.mark.parametrize(
        ("content", "rule"),
        [
            (b"", "empty_file"),
            (b" \n\t", "empty_file"),
            (row().encode() + b"\x00", "binary_file"),
            (row().encode("utf-16-le"), "binary_file"),
            (b"\x81\x8d\x8f\x90\x9d;a\n", "encoding_unknown"),
            ((HEAD + '\n2024-01-02;"France;Alpha\n').encode(), "not_csv"),
            ((HEAD + '\n"2024"-01-02;France\n').encode(), "not_csv"),
            (b"a;b\n1;2\n", "no_known_columns"),
            ((HEAD + ";date\n").encode(), "column_twice"),
            ((HEAD + ";end-user\n").encode(), "column_twice"),
            (";".join(["date", "destination", *map(str, range(100_000))]).encode(), "too_many_columns"),
            ((HEAD + "\n" + ";".join(["x"] * 100_000) + "\n").encode(), "too_many_columns"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_that_is_no_table_is_refused(self, content, rule):
        with pytest.raises(FileRefused) as refused:
            tables.read(content)
        assert refused.value.rule == rule

    def test_ragged_rows_are_blank_or_refused_on_the_right(self, read):
        reader, records = read(
            HEAD + "\n2024-01-02;France;A;b;ML6\n2024-01-02;France;A;b;ML6;4;2;over\n2024-01-02;;;;;;;;\n"
        )
        assert [record.row for record in records] == [2]
        assert {(one.row, one.rule) for one in reader.errors} == {
            (3, "more_cells_than_headings"),
            (4, "required"),
            (4, "regime_unknown"),
        }

    def test_data_without_a_heading_is_said(self):
        table = tables.read(b"date;;destination\n2024-01-02;secret;France\n")
        assert table.ignored == ("(2)",)

    def test_an_error_file_sent_again_is_read_without_what_it_added(self):
        table = tables.read((HEAD + ";row;column;rule;message\n" + ";".join(ROW) + ";2;date;x;y\n").encode())
        assert ([one.heading for one in table.columns], table.ignored) == (COLUMNS, ())

    def test_blank_rows_do_not_count(self):
        text = HEAD + "\n" + ";;;;;;\n" * 50 + ";".join(ROW) + "\n"
        assert len(tables.read(text.encode(), most=2).rows) == 1
        with pytest.raises(FileRefused, match="too_many_rows"):
            tables.read((HEAD + "\n" + (";".join(ROW) + "\n") * 3).encode(), most=2)


class TestWorkbooks:
    def test_formulas_and_errors_are_refused_with_what_stood_there(self, read):
        reader, records = read(workbook(COLUMNS, ["=TODAY()", *ROW[1:]], [ROW[0], "#N/A", *ROW[2:]]))
        assert {(one.row, one.column, one.rule) for one in reader.errors} >= {
            (2, "date", "formula"),
            (3, "destination", "error_value"),
        }
        assert (records, reader.table.rows[0].texts[0]) == ([], "=TODAY()")

    def test_days_of_1904_are_read(self, read):
        day = datetime(2024, 5, 15)  # noqa: DTZ001 - a day of a spreadsheet
        _, (record,) = read(workbook(COLUMNS, [day, *ROW[1:]], epoch=CALENDAR_MAC_1904))
        assert record.contents[0].decided_on == date(2024, 5, 15)

    def test_a_merged_cell_says_the_same_in_every_row(self, read):
        def merge(sheet):
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("B2:B3")

        reader, records = read(
            workbook(COLUMNS, ROW, [None, None, *ROW[2:]], sheet=merge),
        )
        assert not reader.errors
        assert [one.contents[0].decided_on for one in records] == [date(2024, 1, 2)] * 2
        assert [one.contents[0].destinations[0].code for one in records] == ["FR", "FR"]

    def test_one_number_for_several_rows_is_refused(self, read):
        content = workbook(COLUMNS, ROW, [*ROW[:5], None, "2"], sheet=lambda sheet: sheet.merge_cells("F2:F3"))
        reader, _ = read(content)
        assert {(one.row, one.column, one.rule) for one in reader.errors} == {(3, "quantity", "merged_cell")}

    def test_a_header_of_two_rows_is_read_across_its_merged_cells(self, read):
        def merge(sheet):
            sheet.merge_cells("A1:A2")
            sheet.merge_cells("B1:B2")
            sheet.merge_cells("C1:D1")
            sheet.merge_cells("E1:F1")
            sheet.merge_cells("G1:G2")

        upper = ["Date", "Destination", "End user", None, "Consignee", None, "Criteria"]
        lower = [None, None, "Name", "Country", "Name", "Country", None]
        data = ["2024-01-02", "France", "Alpha SA", "France", "Beta SA", "Chad", "2"]
        reader, (record,) = read(workbook(upper, lower, data, sheet=merge))
        assert {one.field for one in reader.table.columns} == {
            "decided_on",
            "destination",
            "end_user",
            "end_user_country",
            "consignee",
            "consignee_country",
            "criteria",
        }
        assert [(one.role, one.name, one.country) for one in record.contents[0].parties] == [
            ("end_user", "Alpha SA", "FR"),
            ("consignee", "Beta SA", "TD"),
        ]

    def test_a_size_that_is_not_true_hides_nothing(self, read):
        content = rezipped(
            workbook(COLUMNS, ROW, ROW), sheet1__xml=lambda text: text.replace(b'ref="A1:G3"', b'ref="A1:B2"')
        )
        _, records = read(content)
        assert [len(one.contents[0].items) for one in records] == [1, 1]

    @pytest.mark.parametrize("apart", [False, True])
    def test_is_read_alike_in_a_process_of_its_own(self, monkeypatch, apart):
        monkeypatch.setattr(sheets, "LARGEST_AT_ONCE", 0 if apart else 50_000_000)
        content = workbook(COLUMNS, [date(2024, 1, 2), *ROW[1:5], 2.5, "2"], ["=1", *ROW[1:]])
        table = tables.read(content, apart=True)
        assert [cell.native for cell in table.rows[0].cells][0:6:5] == [date(2024, 1, 2), Decimal("2.5")]
        assert table.rows[1].cells[0].wrong == "formula"

    def test_a_larger_one_is_not_unpacked_within_a_request(self, monkeypatch):
        monkeypatch.setattr(sheets, "LARGEST_AT_ONCE", 0)
        content = workbook(COLUMNS, ROW)
        assert tables.is_long(content)
        with pytest.raises(FileRefused, match="archive_too_large"):
            tables.read(content)

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            (lambda whole: whole[: len(whole) // 2], "not_xlsx"),
            (lambda whole: whole[:4] + b"\x00" * 40, "not_xlsx"),
            (lambda whole: rezipped(whole, workbook__xml=lambda text: b"<workbook"), "not_xlsx"),
            (lambda whole: rezipped(whole, sheet1__xml=_with_entities), "xml_entities"),
            (lambda whole: rezipped(whole, workbook__xml=_with_entities), "xml_entities"),
            (
                lambda whole: rezipped(whole, sheet1__xml=lambda text: text.replace(b'r="2"', b'r="2000000000"')),
                "too_many_rows",
            ),
            (lambda whole: rezipped(whole, sheet1__xml=lambda text: text + b" " * 30_000_000), "archive_too_large"),
            (lambda whole: _encrypted(whole), "encrypted"),
            (lambda whole: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
            (lambda whole: b"\xd0\xcf\x11\xe0 an old one", "old_excel"),
            (lambda whole: _many_members(whole), "archive_too_large"),
        ],
        ids=[
            "truncated",
            "no zip",
            "no xml",
            "entities",
            "entities of the book",
            "far row",
            "bomb",
            "encrypted",
            "ole",
            "xls",
            "members",
        ],
    )
    def test_that_is_no_workbook_is_refused(self, change, rule):
        with pytest.raises(FileRefused) as refused:
            tables.read(change(workbook(COLUMNS, ROW)))
        assert refused.value.rule == rule


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _with_entities(text):
    declared, end, rest = text.rpartition(b"?>")
    return declared + end + ENTITIES + rest


def _encrypted(whole):
    """The flag that a member is encrypted, in the archive's own table."""
    at = whole.index(b"PK\x01\x02")
    return whole[: at + 8] + b"\x01\x00" + whole[at + 10 :]


def _many_members(whole):
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(sheets.MOST_MEMBERS + 1):
            archive.writestr(f"x/{number}", b"")
    return out.getvalue()


class TestMeanings:
    """What people say headings mean, for one file or for every file with the same headings."""

    def test_what_is_said_goes_before_what_is_known(self):
        said = {key_of("Code"): "source", key_of("Spalte 3"): "decided_on", key_of("X"): "destination"}
        header = recognise(["Code", "Spalte 3", "X", "Y"], Meanings(said | {key_of("Code"): ""}))
        assert [(one.field, one.heading) for one in header.columns] == [
            ("decided_on", "Spalte 3"),
            ("destination", "X"),
        ]
        assert (header.ignored, header.is_a_header) == (("Code", "Y"), True)

    def test_it_is_remembered_by_the_set_of_headings_in_any_order(self):
        assert heading_set(["A b", "C"]) == heading_set(["c", "a_B"]) != heading_set(["A b", "C", "D"])
        remembered = {heading_set(["Was", "Wohin"]): {"was": "description", "wohin": "destination"}}
        header = recognise(["Wohin", "Was"], Meanings(remembered=remembered))
        assert [one.field for one in header.columns] == ["destination", "description"]
        assert not recognise(["Wohin", "Was", "Wann"], Meanings(remembered=remembered)).columns


class TestNothingIsGuessedInSilence:
    """docs/adr/0107: a code page is said or not taken, a sheet is read or named."""

    @pytest.mark.parametrize(
        ("languages", "taken"),
        [
            (("nl", "fr", "de"), "cp1252"),
            ((), "cp1252"),
            (("pl",), "cp1250"),
            (("ro",), "cp1250"),
            (("lv",), "cp1257"),
            (("el",), ""),
            (("bg",), ""),
            (("mt", "en"), ""),
            (("pl", "lt"), ""),
        ],
    )
    def test_the_languages_of_the_authority_say_which(self, languages, taken):
        assert code_page(languages) == taken

    @pytest.mark.parametrize(
        ("encoding", "name", "rule"),
        [
            ("cp1252", "Café Müller", "read_as_cp1252"),
            ("cp1250", "Zakłady Łucznik", "read_as_cp1250"),
            ("cp1257", "Rūpniecības Ģints", "read_as_cp1257"),
        ],
    )
    def test_what_is_read_in_a_code_page_is_said_with_the_first_value(self, read, encoding, name, rule):
        reader, (record,) = read(row(end_user=name).encode(encoding), code_page=encoding)
        assert record.contents[0].parties[0].name == name
        assert reader.table.notes == (tables.Note(rule, name, 2),)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_of_what_says_itself_how_it_is_written_nothing_is_said(self, read, encoding):
        reader, _records = read(row(end_user="Zakłady Łucznik").encode(encoding), code_page="")
        assert reader.table.notes == ()

    def test_where_no_code_page_can_be_told_the_file_is_refused(self, read):
        with pytest.raises(FileRefused) as refused:
            read(row(end_user="Παπαδόπουλος").encode("cp1253"), code_page="")
        assert refused.value.rule == "code_page_unknown"
        reader, _records = read(row(end_user="Alpha").encode("ascii"), code_page="")
        assert reader.table.notes == ()

    def test_further_sheets_are_named_whatever_they_hold(self, read):
        book = openpyxl.Workbook()
        first, second, third, _blank = book.active, *(book.create_sheet(title) for title in ("2019", "Notes", "Blank"))
        for sheet in (first, second):
            sheet.append(COLUMNS)
            sheet.append(ROW)
        third.append(["Remember", "this"])
        before = book.create_sheet("Cover", 0)
        before.append(["Denials of", "all years"])
        reader, records = read(saved(book))
        assert len(records) == 1
        assert reader.table.notes == (
            tables.Note("sheet_without_columns", "Cover"),
            tables.Note("sheet_not_read", "2019"),
            tables.Note("sheet_without_columns", "Notes"),
        )

    def test_a_further_sheet_that_cannot_be_read_is_named_and_holds_up_nothing(self, read, monkeypatch):
        book = openpyxl.Workbook()
        for sheet in (book.active, book.create_sheet("Wide")):
            sheet.append(COLUMNS)
            sheet.append(ROW)
        book["Wide"].append(["x"] * 300)
        reader, records = read(saved(book))
        assert (len(records), reader.table.notes) == (1, (tables.Note("sheet_not_read", "Wide"),))
        book.create_sheet("Broken").append(["x"])
        whole = sheets.rows

        def broken(content):
            yield from (one for one in whole(content) if one[0] != "Broken")
            raise sheets.WorkbookRefused("not_xlsx", "Broken")

        monkeypatch.setattr(sheets, "rows", broken)
        del book["Wide"]
        book.create_sheet("2019", 1).append(COLUMNS)
        reader, records = read(saved(book))
        assert (len(records), reader.table.notes) == (1, (tables.Note("sheets_unreadable", "Broken"),))

    def test_no_finding_shows_a_raw_placeholder(self):
        with override("en"):
            assert [rule for rule in PROBLEMS if "%(" in problem_text(rule, {"value": "x"})] == []
            assert problem_text("too_long", {"value": "x"}) == "Longer than it may be."


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""
A file of denials as a table: CSV in any usual encoding and separator, or XLSX; nothing is run, nothing unpacks unseen.

A file that cannot be read is refused as a whole, with the rule; a cell is never repaired.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from accounts.law.text import UnfitText, clean
from denials.imports.columns import Column, recognise

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_UNPACKED: Final = 200 * 1024 * 1024
MOST_MEMBERS: Final = 2_000
LONGEST_CELL: Final = 60_000
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
HEADER_WITHIN: Final = 20  # rows from the top
DELIMITERS: Final = (",", ";", "\t", "|")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

csv.field_size_limit(LARGEST_FILE)


class FileRefused(Exception):
    """A file cannot be read at all: the rule, and where in it."""

    def __init__(self, rule: str, place: str = "", value: str = "") -> None:
        super().__init__(f"{rule} {place} {value}".strip())
        self.rule, self.place, self.value = rule, place, value


@dataclass(frozen=True)
class Cell:
    """A cell as text; `native` is the day or number a spreadsheet held, `wrong` the rule that refuses the cell."""

    text: str = ""
    native: date | Decimal | None = None
    wrong: str = ""


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, the header being counted."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.wrong for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """The recognised columns, those that are not, and the rows below the header."""

    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    sheet: str = ""


def read(content: bytes, *, most: int = MOST_ROWS) -> Table:
    """
    Return the table a file holds.

    :param most: rows read; a file with more is refused.

    :raises FileRefused: if it is no table of denials, too large, or not what it seems.
    """
    if not content.strip():
        raise FileRefused("empty_file")
    if len(content) > LARGEST_FILE:
        raise FileRefused("file_too_large", value=str(len(content)))
    if content.startswith(_OLD_EXCEL):
        raise FileRefused("old_excel")
    if content.startswith(_ZIP):
        return _of_workbook(content, most)
    return _of_text(_decoded(content), most)


# ---- text --------------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise FileRefused("binary_file")
        return text
    raise FileRefused("encoding_unknown")


def _of_text(text: str, most: int) -> Table:
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    best: Table | None = None
    for delimiter in DELIMITERS:
        table = _of_records(_records(text, delimiter), header_only=True)
        if table and (best is None or len(table.columns) > len(best.columns)):
            best, chosen = table, delimiter
    if best is None:
        raise FileRefused("no_known_columns")
    whole = _of_records(_records(text, chosen), most=most)
    if whole is None:
        raise FileRefused("no_known_columns")
    return whole


def _records(text: str, delimiter: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            yield [_text_cell(value) for value in record[:MOST_COLUMNS]]
    except csv.Error as wrong:
        raise FileRefused("not_csv", f"line {reader.line_num}", str(wrong)) from wrong


def _text_cell(value: str) -> Cell:
    text = value.strip()
    if len(text) > LONGEST_CELL:
        return Cell(text[:60], wrong="too_long")
    try:
        return Cell(clean(text))
    except UnfitText as refused:
        return Cell("", wrong=f"unfit_text:{refused.params['character']}")


# ---- workbooks ---------------------------------------------------------------------------------------------------


def _of_workbook(content: bytes, most: int) -> Table:
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as wrong:
        raise FileRefused("not_xlsx", value=type(wrong).__name__) from wrong
    try:
        for sheet in book.worksheets:
            table = _of_records(_sheet_records(sheet), sheet=str(sheet.title), most=most)
            if table is not None:
                return table
    finally:
        book.close()
    raise FileRefused("no_known_columns")


def _check_archive(content: bytes) -> None:
    """Look at the archive's own table before anything is unpacked: a bomb is refused by what it says of itself."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as wrong:
        raise FileRefused("not_xlsx", value=type(wrong).__name__) from wrong
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
        raise FileRefused("archive_too_large")
    if any(one.flag_bits & 0x1 for one in members):
        raise FileRefused("encrypted")
    if not any(one.filename == "xl/workbook.xml" for one in members):
        raise FileRefused("not_xlsx")


def _sheet_records(sheet: Any) -> Iterator[list[Cell]]:
    try:
        for record in sheet.iter_rows(max_col=MOST_COLUMNS):
            yield [_sheet_cell(cell) for cell in record]
    except (ValueError, KeyError, TypeError, SyntaxError, OverflowError, zipfile.BadZipFile) as wrong:
        raise FileRefused("not_xlsx", f"sheet {sheet.title}", type(wrong).__name__) from wrong


def _sheet_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell()
    if cell.data_type == "f":
        return Cell("", wrong="formula")
    if cell.data_type == "e":
        return Cell("", wrong="error_value")
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return Cell(value.date().isoformat() if midnight else value.isoformat(sep=" "), native=value.date())
    if isinstance(value, date):
        return Cell(value.isoformat(), native=value)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int | float):
        return _number_cell(value)
    return _text_cell(str(value))


def _number_cell(value: float) -> Cell:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return Cell("", wrong="error_value")
    if number == number.to_integral_value():
        number = number.to_integral_value()
    return Cell(format(number, "f"), native=number)


# ---- header and rows ---------------------------------------------------------------------------------------------


def _of_records(
    records: Iterable[Sequence[Cell]], *, sheet: str = "", most: int = MOST_ROWS, header_only: bool = False
) -> Table | None:
    """Find the header among the first rows, by the columns it is known by; None where there is none."""
    held: list[Row] = []
    for number, record in enumerate(records, start=1):
        if header_only and number > 2 * HEADER_WITHIN:
            break
        if number > most + HEADER_WITHIN:
            raise FileRefused("too_many_rows", value=str(most))
        held.append(Row(number, tuple(record)))
    found = [(recognise([cell.text for cell in row.cells]), row) for row in held[:HEADER_WITHIN]]
    known, header = max(found, key=lambda pair: len(pair[0].columns), default=(None, None))
    if known is None or header is None or not known.is_a_header:
        return None
    if known.twice:
        raise FileRefused("column_twice", f"row {header.number}", known.twice)
    rows = tuple(row for row in held if row.number > header.number and not row.is_blank)
    return Table(known.columns, known.ignored, header.number, rows, sheet)

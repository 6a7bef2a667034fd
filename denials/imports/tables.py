"""
A file of denials as a table: CSV in any usual encoding and separator, or XLSX; nothing is run, nothing unpacks unseen.

A file that cannot be read is refused as a whole, with the rule; a cell is never repaired.
"""

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from accounts.law.text import UnfitText, clean
from denials.imports import sheets
from denials.imports.columns import Column, Header, Meanings, recognise
from denials.imports.sheets import Cells, WorkbookRefused
from denials.law.encodings import WESTERN

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_TEXT: Final = 2 * 1024 * 1024  # read within a request; what is larger is left to the worker
LONGEST_CELL: Final = 60_000
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
HEADER_WITHIN: Final = 20  # rows from the top
DELIMITERS: Final = (",", ";", "\t", "|")
#: A spreadsheet takes a text for a formula that begins with a sign; our own exports put an apostrophe before it.
_KEPT_FROM_RUNNING = re.compile(r"(?:^|(?<=[;\t|,\r\n]))'(?=[ \u00a0\u3000]*'*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_BEYOND_ASCII = re.compile(r"[^;,|\t\r\n\"]*[^\x00-\x7f][^;,|\t\r\n\"]*")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

#: How a row of headings is read: by the columns of denials, or those of another kind of file.
Known = Callable[[Sequence[str], Meanings | None], Header]

csv.field_size_limit(LARGEST_FILE)


class FileRefused(Exception):
    """A file cannot be read at all: the rule, and where in it; with headings if only their meaning is not known."""

    def __init__(self, rule: str, place: str = "", value: str = "", headings: Sequence[str] = ()) -> None:
        super().__init__(f"{rule} {place} {value}".strip())
        self.rule, self.place, self.value, self.headings = rule, place, value, tuple(headings)


@dataclass(frozen=True, slots=True)
class Cell:
    """
    A cell as text; `native` is the day or number a spreadsheet held, `wrong` the rule that refuses the cell.

    `original` is what stood in a refused cell, `merged` tells that a merged range fills it.
    """

    text: str = ""
    native: date | Decimal | None = None
    wrong: str = ""
    original: str = ""
    merged: bool = False


BLANK: Final = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, the header being counted."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.wrong for cell in self.cells)

    @property
    def texts(self) -> list[str]:
        """What stood in it."""
        return [cell.original or cell.text for cell in self.cells]


@dataclass(frozen=True)
class Note:
    """Something to know of the file as a whole: by which rule, where first, and the value it is seen by."""

    rule: str
    value: str = ""
    row: int = 0


@dataclass(frozen=True)
class Table:
    """
    The recognised columns, those that are not, and the rows below the header; every heading by its place.

    `notes`: what was read otherwise than it may be meant, and what was not read at all.
    """

    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    sheet: str = ""
    headings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def is_long(content: bytes) -> bool:
    """Tell whether a file is left to the worker: long text, or a workbook that unpacks to much."""
    if not content.startswith(_ZIP):
        return len(content) > LARGEST_TEXT
    try:
        return sheets.check(content) > sheets.LARGEST_AT_ONCE
    except WorkbookRefused:
        return False  # refused at once


def read(
    content: bytes,
    *,
    most: int = MOST_ROWS,
    meanings: Meanings | None = None,
    apart: bool = False,
    code_page: str = WESTERN,
) -> Table:
    """
    Return the table a file holds.

    :param code_page: for a text that is not UTF-8, "" where none may be guessed (see `law.encodings`).

    :param most: rows read; a file with more is refused.   :param meanings: what people said headings mean.
    :param apart: whether larger workbooks may be read, in a process of their own.

    :raises FileRefused: if it is no table of denials, too large, or not what it seems.
    """
    if _is_workbook(content):
        return _of_workbook(content, most, meanings, apart)
    text, notes = _decoded(content, code_page)
    return replace(_of_text(text, most, meanings, recognise), notes=notes)


def read_every_sheet(content: bytes, *, known: Known, most: int = MOST_ROWS, apart: bool = False) -> tuple[Table, ...]:
    """
    Return every table a file holds whose headings are known: one of a text, one of each sheet of a workbook.

    What was read in a code page and the sheets without known headings are noted with the last of them.

    :param known: how headings are read.   :raises FileRefused: as `read`; no_known_columns if there is none.
    """
    if _is_workbook(content):
        return _of_every_sheet(content, most, apart, known)
    text, notes = _decoded(content, WESTERN)
    return (replace(_of_text(text, most, None, known), notes=notes),)


def _is_workbook(content: bytes) -> bool:
    """Tell a workbook from a text; refuse what is neither."""
    if not content.strip():
        raise FileRefused("empty_file")
    if len(content) > LARGEST_FILE:
        raise FileRefused("file_too_large", value=str(len(content)))
    if content.startswith(_OLD_EXCEL):
        raise FileRefused("encrypted" if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d" in content else "old_excel")
    return content.startswith(_ZIP)


# ---- text --------------------------------------------------------------------------------------------------------


def _decoded(content: bytes, code_page: str) -> tuple[str, tuple[Note, ...]]:
    """Return the text, and whether it was read in a code page: no file says which one it is written in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded_as(content, "utf-16"), ()
    try:
        return _decoded_as(content, "utf-8-sig"), ()
    except FileRefused as refused:
        if refused.rule != "encoding_unknown":
            raise
    if not code_page:
        raise FileRefused("code_page_unknown", value=_first_beyond_ascii(content.decode("latin-1"))[1])
    text = _decoded_as(content, code_page)
    row, value = _first_beyond_ascii(text)
    return text, (Note(f"read_as_{code_page}", value, row),)


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("encoding_unknown") from None
    if "\x00" in text:
        raise FileRefused("binary_file")
    return text


def _first_beyond_ascii(text: str) -> tuple[int, str]:
    """Return the line of the first cell that holds another letter than ASCII has, and that cell."""
    found = _BEYOND_ASCII.search(text)
    if found is None:
        return 0, ""
    return text.count("\n", 0, found.start()) + 1, found[0].strip()[:80]


def _of_text(text: str, most: int, meanings: Meanings | None, known: Known) -> Table:
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    found: list[tuple[int, Table, str]] = []
    refusals: list[FileRefused] = []
    for delimiter in DELIMITERS:
        try:
            table = _of_records(_records(text, delimiter), meanings=meanings, known=known, header_only=True)
        except FileRefused as refused:
            refusals.append(refused)
        else:
            found.append((len(table.columns), table, delimiter))
    if not found:
        raise _most_telling(refusals)
    best = max(found, key=lambda one: one[0])
    return _of_records(_records(text, best[2]), most=most, meanings=meanings, known=known)


def _most_telling(refusals: Sequence[FileRefused]) -> FileRefused:
    """Of what each separator is refused for: the headings twice, the most headings, else that it is no CSV."""
    ranks = {"column_twice": 4, "too_many_columns": 4, "not_csv": 2}
    return max(refusals, key=lambda one: (3 if len(one.headings) > 1 else ranks.get(one.rule, 1), len(one.headings)))


def _records(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            if len(record) > MOST_COLUMNS and any(map(str.strip, record[MOST_COLUMNS:])):
                raise FileRefused("too_many_columns", f"row {number}", str(MOST_COLUMNS))
            yield Row(number, tuple(_text_cell(_plain(value)) for value in record[:MOST_COLUMNS]))
    except csv.Error as wrong:
        raise FileRefused("not_csv", f"line {reader.line_num}", f"line {reader.line_num}: {wrong}") from wrong


def _plain(value: str) -> str:
    """Take off the apostrophes that keep a spreadsheet from running a text, or what stands behind a separator."""
    if value.startswith(("'\t", "'\r", "'\n")):
        value = value[1:]
    return _KEPT_FROM_RUNNING.sub("", value) if "'" in value else value


def _text_cell(value: str, *, merged: bool = False) -> Cell:
    text = value.strip()
    if not text:
        return BLANK
    if len(text) > LONGEST_CELL:
        return Cell(text[:60], wrong="too_long")
    try:
        return Cell(clean(text), merged=merged)
    except UnfitText as refused:
        return Cell("", wrong=f"unfit_text:{refused.params['character']}")


# ---- workbooks ---------------------------------------------------------------------------------------------------


def _of_workbook(content: bytes, most: int, meanings: Meanings | None, apart: bool) -> Table:
    """Return the first sheet whose headings are known, and note the others."""
    refusals: list[FileRefused] = []
    with _as_refusal():
        found = _sheets_of(content, apart)
        for title, rows in found:
            table = _of_sheet(title, rows, most, meanings, recognise, refusals)
            if table is not None:
                return replace(table, notes=(*_passed_over(refusals), *_further(found, meanings)))
    raise _no_sheet(refusals)


def _of_every_sheet(content: bytes, most: int, apart: bool, known: Known) -> tuple[Table, ...]:
    """Return the table of each sheet whose headings are known, and note the others with the last."""
    refusals: list[FileRefused] = []
    with _as_refusal():
        read = (_of_sheet(title, rows, most, None, known, refusals) for title, rows in _sheets_of(content, apart))
        tables = [one for one in read if one is not None]
    if not tables:
        raise _no_sheet(refusals)
    return (*tables[:-1], replace(tables[-1], notes=_passed_over(refusals)))


def _sheets_of(content: bytes, apart: bool) -> Iterator[tuple[str, Iterator[Row]]]:
    is_large = sheets.check(content) > sheets.LARGEST_AT_ONCE
    if is_large and not apart:
        raise FileRefused("archive_too_large")
    return _by_sheet(sheets.apart(content) if is_large else sheets.rows(content))


def _of_sheet(
    title: str,
    rows: Iterator[Row],
    most: int,
    meanings: Meanings | None,
    known: Known,
    refusals: list[FileRefused],
) -> Table | None:
    """Return the table of a sheet; None, with the refusal noted, where none of its headings is known."""
    try:
        return _of_records(rows, sheet=title, most=most, meanings=meanings, known=known)
    except FileRefused as refused:
        if refused.rule != "no_known_columns":
            raise
        refused.place = title
        refusals.append(refused)
        return None


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Tell of a workbook that cannot be read as of any other file."""
    try:
        yield
    except WorkbookRefused as refused:
        raise FileRefused(refused.rule, refused.place, refused.value) from refused


def _no_sheet(refusals: Sequence[FileRefused]) -> FileRefused:
    return max(refusals, key=lambda one: len(one.headings), default=FileRefused("no_known_columns"))


def _passed_over(refusals: Sequence[FileRefused]) -> tuple[Note, ...]:
    """Sheets before the one read that hold something under no known headings."""
    return tuple(Note("sheet_without_columns", one.place) for one in refusals)


def _further(found: Iterator[tuple[str, Iterator[Row]]], meanings: Meanings | None) -> tuple[Note, ...]:
    """Sheets behind the one read: none is dropped in silence, whether it holds denials or something else."""
    notes: list[Note] = []
    try:
        for title, rows in found:
            try:
                _of_records(rows, sheet=title, meanings=meanings, known=recognise, header_only=True)
            except FileRefused as refused:
                known = refused.rule != "no_known_columns"
                notes.append(Note("sheet_not_read" if known else "sheet_without_columns", title))
            else:
                notes.append(Note("sheet_not_read", title))
    except (WorkbookRefused, FileRefused) as refused:
        notes.append(Note("sheets_unreadable", refused.place or refused.rule))
    return tuple(notes)


def _by_sheet(rows: Iterator[sheets.SheetRow]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield each sheet with its rows; the rows of a sheet not wanted are passed over."""
    for title, group in itertools.groupby(rows, key=lambda row: row[0]):
        yield title, (_sheet_row(number, cells) for _title, number, cells in group)


def _sheet_row(number: int, cells: Cells) -> Row:
    if len(cells) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", f"row {number}", str(MOST_COLUMNS))
    return Row(number, tuple(_sheet_cell(*cell) for cell in cells))


def _sheet_cell(text: str, kind: str, original: str) -> Cell:
    merged, kind = kind.startswith("m"), kind.removeprefix("m")
    if kind == "f":
        return Cell("", wrong="formula", original=original)
    if kind == "e":
        return Cell("", wrong="error_value", original=original)
    if kind == "d":
        return Cell(text, native=date.fromisoformat(text[:10]), merged=merged)
    if kind == "n":
        return Cell(text, native=Decimal(text), merged=merged)
    return _text_cell(text, merged=merged)


# ---- header and rows ---------------------------------------------------------------------------------------------


def _of_records(
    records: Iterable[Row],
    *,
    meanings: Meanings | None,
    known: Known,
    sheet: str = "",
    most: int = MOST_ROWS,
    header_only: bool = False,
) -> Table:
    """
    Find the header among the first rows, by the columns it is known by, and the rows below it.

    :raises FileRefused: no_known_columns with the headings there may be; column_twice; too_many_rows.
    """
    held: list[Row] = []
    for row in records:
        if header_only and len(held) > 2 * HEADER_WITHIN:
            break
        if len(held) > most + HEADER_WITHIN:
            raise FileRefused("too_many_rows", value=str(most))
        if not row.is_blank:
            held.append(row)
    found = _header(held[:HEADER_WITHIN], meanings, known)
    if found is None:
        raise FileRefused("no_known_columns", headings=_likely_headings(held[:HEADER_WITHIN]))
    header, last = found
    if header.twice:
        raise FileRefused("column_twice", f"row {held[last].number}", header.twice)
    rows = tuple(held[last + 1 :])
    if len(rows) > most:
        raise FileRefused("too_many_rows", value=str(most))
    ignored = (*header.ignored, *_without_heading(header.headings, rows))
    return Table(header.columns, ignored, held[last].number, rows, sheet, header.headings)


def _header(rows: Sequence[Row], meanings: Meanings | None, known: Known) -> tuple[Header, int] | None:
    """
    Return the best header and the place of its last row: one row, or two of which the upper spans several columns.

    Two rows make a header only where they tell more columns than either alone.
    """
    single = [(known([cell.text for cell in row.cells], meanings), at) for at, row in enumerate(rows)]
    double = [
        (known(_over(rows[at], rows[at + 1]), meanings), at + 1) for at in range(len(rows) - 1) if _spans(rows[at])
    ]
    best = max(single, key=lambda one: _worth(one[0]), default=None)
    for one in double:
        if best is None or _worth(one[0]) > _worth(best[0]):
            best = one
    return best if best is not None and best[0].is_a_header else None


def _worth(header: Header) -> tuple[bool, int]:
    return (not header.twice, len(header.columns)) if header.is_a_header else (False, 0)


def _spans(row: Row) -> bool:
    """Tell whether a row may head several columns at once: merged, or blank to the right of a heading."""
    texts = [cell.text for cell in row.cells]
    return any(cell.merged for cell in row.cells) or "" in texts[1:]


def _over(upper: Row, lower: Row) -> list[str]:
    """Return the headings of two rows read together; a blank under a merged heading belongs to that heading."""
    headings, above = [], ""
    for at in range(max(len(upper.cells), len(lower.cells))):
        top = upper.cells[at].text if at < len(upper.cells) else ""
        below = lower.cells[at].text if at < len(lower.cells) else ""
        above = top or (above if below else "")
        headings.append(below if above == below else f"{above} {below}".strip())
    return headings


def _likely_headings(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the row that may be the header: the first with the most texts, if it has two."""
    texts = [tuple(cell.text for cell in row.cells if cell.text) for row in rows]
    best = max(texts, key=len, default=())
    return best if len(best) > 1 else ()


def _without_heading(headings: Sequence[str], rows: Sequence[Row]) -> list[str]:
    blank = [at for at, heading in enumerate(headings) if not heading]
    return [f"({at + 1})" for at in blank if any(at < len(row.cells) and row.cells[at].text for row in rows)]

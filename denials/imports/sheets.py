"""
The cells of a workbook, nothing run and nothing unpacked unseen.

Needs the standard library and openpyxl only: larger workbooks are read in a process of their own with a bound on its
memory (`python sheets.py FILE`), which writes one JSON line per row; see `apart`.
"""

import contextlib
import io
import json
import re
import subprocess  # nosec B404 - the one command is our own file
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

LARGEST_UNPACKED: Final = 200 * 1024 * 1024
LARGEST_AT_ONCE: Final = 50 * 1024 * 1024  # unpacked within a request; what is larger is read apart
WORTH_A_RATIO: Final = 1024 * 1024
MOST_PACKED: Final = 200  # times smaller than what it unpacks to
MOST_MEMBERS: Final = 2_000
LAST_ROW: Final = 1_048_576  # of any workbook
MOST_MERGED: Final = 50_000  # cells that merged ranges cover
MEMORY_APART: Final = 1536 * 1024 * 1024
SECONDS_APART: Final = 180
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OVERLAP: Final = 200
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_LONGEST_BEGINNING: Final = 64 * 1024
_WRONG = (ValueError, KeyError, TypeError, OSError, SyntaxError, OverflowError, AttributeError, IndexError)

#: A row: title of its sheet, its number, its cells as (text, kind, original).
#: Kinds: "" text, "d" day, "n" number, "f" formula, "e" error; "m" before a kind: filled from a merged range.
Cells = list[tuple[str, str, str]]
SheetRow = tuple[str, int, Cells]


class WorkbookRefused(Exception):
    """The workbook cannot be read: by which rule, and where."""

    def __init__(self, rule: str, place: str = "", value: str = "") -> None:
        super().__init__(rule, place, value)
        self.rule, self.place, self.value = rule, place, value


def check(content: bytes) -> int:
    """
    Return what an archive unpacks to, from its own table, before anything is unpacked.

    No member gives more than the table says: the reader stops there. :raises WorkbookRefused: a bomb, no workbook.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, *_WRONG) as wrong:
        raise WorkbookRefused("not_xlsx", value=type(wrong).__name__) from wrong
    unpacked = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED or any(map(_is_a_bomb, members)):
        raise WorkbookRefused("archive_too_large")
    if any(one.flag_bits & 0x1 for one in members):
        raise WorkbookRefused("encrypted")
    if not any(one.filename == "xl/workbook.xml" for one in members):
        raise WorkbookRefused("not_xlsx")
    with _refusing(""), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                _check_beginning(archive, member)
    return unpacked


def _check_beginning(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse XML that declares entities, or whose declarations cannot be looked at; no workbook has either."""
    text = b""
    with archive.open(member) as source:
        while not _FIRST_ELEMENT.search(text) and len(text) < _LONGEST_BEGINNING and (piece := source.read(4096)):
            text += piece
    beginning = text[: found.start()] if (found := _FIRST_ELEMENT.search(text)) else text
    if b"<!" in beginning.replace(b"<!--", b"") or b"\x00" in beginning or beginning.startswith((b"\xff", b"\xfe")):
        raise WorkbookRefused("xml_entities", member.filename)


def _is_a_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > WORTH_A_RATIO and member.file_size > MOST_PACKED * max(member.compress_size, 1)


def rows(content: bytes) -> Iterator[SheetRow]:
    """Yield the rows of every sheet that hold anything.   :raises WorkbookRefused: if it cannot be read."""
    import openpyxl

    with _refusing(""):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        for sheet in book.worksheets:
            with _refusing(f"sheet {sheet.title}"):
                yield from _of_sheet(book, sheet)
    finally:
        book.close()


@contextlib.contextmanager
def _refusing(place: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, *_WRONG) as wrong:
        rule = "xml_entities" if type(wrong).__module__.startswith("defusedxml") else "not_xlsx"
        raise WorkbookRefused(rule, place, type(wrong).__name__) from wrong


def _of_sheet(book: Any, sheet: Any) -> Iterator[SheetRow]:
    sheet.reset_dimensions()  # a wrong size in the file would hide what lies beyond it
    merged = _merged(book, sheet)
    held: dict[tuple[int, int], tuple[str, str, str]] = {}
    for number, record in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW:
            raise WorkbookRefused("too_many_rows", value=str(LAST_ROW))
        if not record:
            continue
        cells = [_cell(one) for one in record]
        if merged:
            _fill(cells, number, merged, held)
        while cells and not cells[-1][0] and not cells[-1][1]:
            cells.pop()
        if cells:
            yield str(sheet.title), number, cells


def _cell(cell: Any) -> tuple[str, str, str]:
    value = cell.value
    if value is None:
        return "", "", ""
    if cell.data_type == "f":
        return "", "f", str(getattr(value, "text", value))[:200]
    if cell.data_type == "e":
        return "", "e", str(value)[:200]
    if isinstance(value, str):
        return value, "", ""
    return _native(value)


def _native(value: Any) -> tuple[str, str, str]:
    if isinstance(value, datetime):
        at_midnight = value.time() == time.min
        return (value.date().isoformat() if at_midnight else value.isoformat(sep=" ")), "d", ""
    if isinstance(value, date):
        return value.isoformat(), "d", ""
    if isinstance(value, bool):
        return ("yes" if value else "no"), "", ""
    if isinstance(value, int | float):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            return "", "e", str(value)
        whole = number == number.to_integral_value()
        return format(number.to_integral_value() if whole else number, "f"), "n", ""
    return str(value), "", ""


# ---- merged ranges -----------------------------------------------------------------------------------------------

#: Row to the columns that a merged range covers there, each with the cell whose value the range shows.
Merged = dict[int, dict[int, tuple[int, int]]]


def _merged(book: Any, sheet: Any) -> Merged:
    filled: Merged = {}
    count = 0
    with book._archive.open(sheet._worksheet_path) as source:
        for first, top, last, bottom in _ranges(source):
            count += (bottom - top + 1) * (last - first + 1)
            if count > MOST_MERGED:
                raise WorkbookRefused("too_many_merges", f"sheet {sheet.title}", str(MOST_MERGED))
            for row in range(top, bottom + 1):
                filled.setdefault(row, {}).update(dict.fromkeys(range(first, last + 1), (top, first)))
    return filled


def _ranges(source: Any) -> Iterator[tuple[int, int, int, int]]:
    from openpyxl.utils import column_index_from_string

    before = b""
    while piece := source.read(1 << 18):
        text, end = before + piece, 0
        for found in _MERGE.finditer(text):
            end = found.end()
            first, last = (column_index_from_string(found[at].decode()) for at in (1, 3))
            yield first, int(found[2]), last, int(found[4])
        before = text[max(end, len(text) - _OVERLAP) :]


def _fill(cells: Cells, number: int, merged: Merged, held: dict[tuple[int, int], tuple[str, str, str]]) -> None:
    """Give every cell of a merged range the value the range shows."""
    for column, source in merged.get(number, {}).items():
        while len(cells) < column:
            cells.append(("", "", ""))
        if source == (number, column):
            held[source] = cells[column - 1]
        elif source in held:
            text, kind, original = held[source]
            cells[column - 1] = (text, f"m{kind}", original)


# ---- apart -------------------------------------------------------------------------------------------------------


def apart(content: bytes) -> Iterator[SheetRow]:
    """Yield the rows as `rows` does, read by a process of its own that may use so much memory and time, no more."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-I", __file__, file.name]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 # nosec B603 - see import
        ended = False
        try:
            for line in child.stdout or ():
                found = json.loads(line)
                if isinstance(found, dict):
                    ended = True
                    if found:
                        raise WorkbookRefused(**found)
                else:
                    title, number, cells = found
                    yield title, number, [tuple(cell) for cell in cells]
            if not ended:  # ended by its bounds
                raise WorkbookRefused("archive_too_large")
        finally:
            child.kill()
            child.communicate()


def main() -> None:
    """Write the rows of the workbook named, then `{}`; or an object that says by which rule it is refused."""
    import resource
    from pathlib import Path

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_APART, MEMORY_APART))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_APART, SECONDS_APART))
    out = sys.stdout
    try:
        for row in rows(Path(sys.argv[1]).read_bytes()):
            out.write(json.dumps(row) + "\n")
        out.write("{}\n")
    except WorkbookRefused as refused:
        out.write(json.dumps({"rule": refused.rule, "place": refused.place, "value": refused.value}) + "\n")
    except MemoryError:
        out.write(json.dumps({"rule": "archive_too_large"}) + "\n")


if __name__ == "__main__":
    main()

"""
Tables as CSV and XLSX, written row by row as they are sent; no cell is ever run as a formula.

A workbook is written here and not with a library, because it leaves while it is made: nothing of it is kept.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import StreamingHttpResponse

FORMATS: Final = ("csv", "xlsx", "json")
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}
#: A spreadsheet takes a text that begins so for a formula; the last four are their full-width forms.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BLANKS = " \u00a0\u3000"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_OF_EXCEL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSAFE_IN_NAMES = re.compile(r"[^\w.\- ]+")
ROWS_AT_ONCE: Final = 200
LONGEST_CELL: Final = 32_000  # characters Excel shows in one

Row = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its headings, its rows, and what is said about the file on top (or on a sheet beside)."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Row]
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)

    @property
    def mark(self) -> str:
        """What is said about the file, in one line."""
        return "; ".join(f"{name}: {value}" for name, value in self.about)


def as_file(sheet: Sheet, *, name: str, form: str) -> StreamingHttpResponse:
    """Return a table as a download that is written while it is sent."""
    pieces = xlsx(sheet) if form == "xlsx" else csv_text(sheet)
    return download(pieces, name=name, form=form)


def download(pieces: Iterable[bytes], *, name: str, form: str) -> StreamingHttpResponse:
    """Return a file as a download."""
    response = StreamingHttpResponse(pieces, content_type=TYPES[form])
    plain = _UNSAFE_IN_NAMES.sub("_", name).strip("._ ")[:100] or "file"
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{ascii_name}.{form}\"; filename*=UTF-8''{quote(plain)}.{form}"
    response["Content-Disposition"] = disposition
    return response


def neutral(value: Any) -> Any:
    """Return a cell as written: a text that would be taken for a formula stands behind an apostrophe."""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(_BLANKS).startswith(FORMULA_SIGNS) else value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def csv_text(sheet: Sheet) -> Iterator[bytes]:
    """Write CSV in UTF-8 with its mark, as Excel opens it by itself."""
    yield b"\xef\xbb\xbf"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    if sheet.about:
        writer.writerow([neutral(sheet.mark)])
    writer.writerow([neutral(heading) for heading in sheet.headings])
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([neutral(value) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece


# ---- workbooks ---------------------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/worksheets/sheet2.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_REL}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Pipe(io.RawIOBase):
    """What a zip file is written to: it keeps what was written until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        piece, self.held = b"".join(self.held), []
        return piece


def xlsx(sheet: Sheet) -> Iterator[bytes]:
    """Write a workbook of two sheets, the table and what is said about the file, piece by piece."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _HEAD + text)
        archive.writestr("xl/workbook.xml", _HEAD + _workbook(sheet.title))
        archive.writestr("xl/worksheets/sheet2.xml", _HEAD + _about(sheet))
        yield pipe.taken()
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write((_HEAD + _opening(sheet)).encode())
            for number, row in enumerate(sheet.rows, start=2):
                part.write(_row(number, row).encode())
                if number % ROWS_AT_ONCE == 0 and (piece := pipe.taken()):
                    yield piece
            part.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _workbook(title: str) -> str:
    names = (re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "1", "About")
    sheets = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>'


def _opening(sheet: Sheet) -> str:
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{views}<sheetData>{_row(1, sheet.headings, bold=True)}'


def _about(sheet: Sheet) -> str:
    rows = "".join(_row(number, pair) for number, pair in enumerate(sheet.about, start=1))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, values: Row, *, bold: bool = False) -> str:
    style = ' s="1"' if bold else ""
    cells = "".join(_cell(value, style) for value in values)
    return f'<row r="{number}">{cells}</row>'


def _cell(value: Any, style: str) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return f"<c{style}><v>{neutral(value)}</v></c>"
    text = str(neutral(value))
    if not text:
        return f"<c{style}/>"
    text = _ESCAPE_OF_EXCEL.sub("_x005F_", _NOT_IN_XML.sub("\ufffd", text[:LONGEST_CELL]))
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

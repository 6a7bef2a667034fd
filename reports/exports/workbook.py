"""A report as a workbook: a sheet per table and one of notes; no formula, no clock, the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from denials.exports.files import neutral
from reports.exports.report import Report
from reports.exports.words import WordedTable

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" fontId="1" applyFont="1" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNFIT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
LONGEST_NAME: Final = 31
_WHEN: Final = (1980, 1, 1, 0, 0, 0)

Sheet = tuple[str, list[Sequence[Any]], int]


def workbook(report: Report) -> bytes:
    """Return the workbook: contents first, then a sheet for each table, empty ones too, notes last."""
    shown = report.tables
    sheets: list[Sheet] = [("Contents", _contents(report, shown), 0)]
    sheets += [(_sheet_name(at, one), _rows(one), 3) for at, one in enumerate(shown, start=1)]
    sheets.append(("Notes", [("Table", "Note"), *((one.title, note) for one in shown for note in one.notes)], 1))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts([one[0] for one in sheets]):
            _write(archive, name, text)
        for number, (_name, rows, header) in enumerate(sheets, start=1):
            _write(archive, f"xl/worksheets/sheet{number}.xml", _sheet(rows, header))
    return content.getvalue()


def _write(archive: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name, _WHEN)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, _HEAD + text)


def _sheet_name(at: int, one: WordedTable) -> str:
    return f"{at} {_UNFIT_IN_NAMES.sub(' ', one.title)}"[:LONGEST_NAME].strip()


def _contents(report: Report, shown: Iterable[WordedTable]) -> list[Sequence[Any]]:
    facts: list[Sequence[Any]] = [(name, value) for name, value in report.heading.items()]
    return [*facts, (), ("Sheet", "Table"), *((at, one.title) for at, one in enumerate(shown, start=1))]


def _rows(one: WordedTable) -> list[Sequence[Any]]:
    """Title, unit, headings, rows, sums; then the table's own notes."""
    head = [*(f"{name} (code)" for name in one.keys), *one.keys, *one.columns]
    rows: list[Sequence[Any]] = [(one.title,), (f"Unit: {one.unit}",), head]
    rows += [(*row.key, *row.words, *row.values) for row in one.rows]
    rows += [] if one.rows or one.totals else [("No figure.",)]
    blank = ("",) * (2 * len(one.keys) - 1)
    rows += [(f"Total: {row.label}", *blank, *row.values) for row in one.totals]
    return [*rows, (), *((note,) for note in one.notes)]


def _parts(names: list[str]) -> Iterable[tuple[str, str]]:
    sheets = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for at in sheets
    )
    rels = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in sheets
    )
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    styles = len(names) + 1
    return (
        (
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{rels}'
            f'<Relationship Id="rId{styles}" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        ),
        ("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>'),
        ("xl/styles.xml", _STYLES),
    )


def _sheet(rows: list[Sequence[Any]], header: int) -> str:
    pane = (
        f'<pane ySplit="{header}" topLeftCell="A{header + 1}" activePane="bottomLeft" state="frozen"/>'
        if header
        else ""
    )
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    widths = (
        '<cols><col min="1" max="2" width="22" customWidth="1"/>'
        '<col min="3" max="40" width="16" customWidth="1"/></cols>'
    )
    body = "".join(
        f'<row r="{number}">{"".join(_cell(value, bold=number in (1, header)) for value in row)}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}">{views}{widths}<sheetData>{body}</sheetData></worksheet>'


def _cell(value: Any, *, bold: bool) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        style = 3 if bold else 2 if isinstance(value, int) and abs(value) > 9999 else 1 if bold else 0
        return f'<c s="{style}"><v>{value}</v></c>'
    text = str(neutral(value))
    if not text:
        return "<c/>"
    bolded = ' s="1"' if bold else ""
    plain = escape(_NOT_IN_XML.sub("\ufffd", text))
    return f'<c{bolded} t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'

"""A report typeset for printing: a page of contents, then each table with its bars in grey, its sums and its notes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from fpdf import FPDF, XPos, YPos

from denials.exports.paper import BOLD, FONTS, TEXT
from reports.exports.report import Report
from reports.exports.words import WordedTable

MOST_ROWS: Final = 250  # of a table on paper; the workbook has them all
MOST_BARS: Final = 12
_MARGIN: Final = 15  # millimetres
_GREYS: Final = (70, 150, 200)


def report_pdf(report: Report) -> bytes:
    """Return the report on A4, upright; the same report gives the same bytes."""
    return bytes(_Paper(report).written())


class _Paper(FPDF):
    def __init__(self, report: Report) -> None:
        super().__init__(format="A4")
        self.report = report
        self._widths: list[float] = []
        self._size = 7.0
        self.set_margins(_MARGIN, _MARGIN + 5, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN + 4)
        self.add_font("text", "", FONTS / TEXT)
        self.add_font("text", "B", FONTS / BOLD)
        self.set_creation_date(
            datetime.fromisoformat(report.at) if report.at else datetime(report.year, 12, 31, tzinfo=UTC)
        )
        self.set_title(self._title)
        self.set_lang("en")

    @property
    def _title(self) -> str:
        number = f", {self.report.edition} edition {self.report.number}" if self.report.number else ""
        return f"Annual report: {self.report.regime.replace('_', ' ')} {self.report.year}{number}"

    def written(self) -> bytearray:
        shown = [one for one in self.report.tables if one.rows or one.totals]
        empty = [one.title for one in self.report.tables if one not in shown]
        self.add_page()
        self._text(self._title, size=18, bold=True)
        for name, value in self.report.heading.items():
            self._text(f"{name.replace('_', ' ')}: {value}", size=8, grey=90)
        self.ln(4)
        for at, one in enumerate(shown, start=1):
            self._text(f"{at}. {one.title}", size=10)
        if empty:
            self.ln(2)
            self._text(f"Without a figure: {', '.join(empty)}.", size=8, grey=90)
        for at, one in enumerate(shown, start=1):
            self._table(at, one)
        return self.output()

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_y(_MARGIN - 6)
            self._text(self._title, size=7, grey=90)
            self.set_y(_MARGIN + 5)

    def footer(self) -> None:
        self.set_y(-_MARGIN)
        self.set_font("text", "", 7)
        self.set_text_color(90)
        self.cell(0, 4, f"register state {self.report.register_sequence} · {self.report.digest[:16]}", align="L")
        self.cell(0, 4, f"{self.page_no()} / {{nb}}", align="R")

    def _text(self, text: str, *, size: float, bold: bool = False, grey: int = 0) -> None:
        self.set_font("text", "B" if bold else "", size)
        self.set_text_color(grey)
        self.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _table(self, at: int, one: WordedTable) -> None:
        if self.will_page_break(45):
            self.add_page()
        self.ln(5)
        self._text(f"{at}. {one.title}", size=12, bold=True)
        self._text(one.unit, size=8, grey=90)
        self.ln(1)
        self._bars(one)
        self._rows(one)
        if len(one.rows) > MOST_ROWS:
            self._text(f"{len(one.rows) - MOST_ROWS} further rows are in the workbook.", size=7, grey=90)
        for number, note in enumerate(one.notes, start=1):
            self._text(f"{number}) {note}", size=7, grey=60)

    def _bars(self, one: WordedTable) -> None:
        """The largest rows of the first column, each with its number: the table below has all."""
        drawn = [
            (row.label, row.values[0]) for row in one.rows if isinstance(row.values[0], int | float) and row.values[0]
        ]
        if len(one.table.keys) > 1 or len(drawn) < 2:
            return
        drawn = sorted(drawn, key=lambda bar: -float(bar[1] or 0))[:MOST_BARS]
        largest = float(drawn[0][1] or 1)
        self.set_font("text", "", 7)
        self.set_text_color(0)
        self.set_fill_color(_GREYS[0])
        for label, value in drawn:
            if self.will_page_break(4):
                self.add_page()
            self.cell(52, 3.6, self._fit(str(label), 50))
            self.rect(self.get_x(), self.get_y() + 0.5, max(90 * float(value or 0) / largest, 0.3), 2.4, style="F")
            self.set_x(self.get_x() + 93)
            self.cell(0, 3.6, _number(value), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def _fit(self, text: str, width: float) -> str:
        if self.get_string_width(text) <= width:
            return text
        kept = text[: max(int(len(text) * width / self.get_string_width(text)) - 1, 1)]
        while kept and self.get_string_width(f"{kept}…") > width:
            kept = kept[:-1]
        return f"{kept.rstrip()}…"

    def _rows(self, one: WordedTable) -> None:
        """Row by row, one line each; what does not fit its column is cut short, the workbook has it whole."""
        keys, columns = len(one.keys), len(one.columns)
        width = self.w - 2 * _MARGIN
        number = min(max(width * 0.62 / max(columns, 1), 9), 26)
        self._widths = [(width - number * columns) / max(keys, 1)] * keys + [number] * columns
        self._size = 7.0 if keys + columns < 8 else 5.5
        self._line([*one.keys, *one.columns], head=True, keys=keys)
        for row in one.rows[:MOST_ROWS]:
            self._line([*row.words, *map(_number, row.values)], keys=keys)
        for row in one.totals:
            self._line([row.label, *("" for _ in one.keys[1:]), *map(_number, row.values)], head=True, keys=keys)
        self.ln(1)

    def _line(self, cells: Sequence[str], *, keys: int, head: bool = False) -> None:
        if self.will_page_break(4):
            self.add_page()
        self.set_font("text", "B" if head else "", self._size)
        self.set_text_color(0)
        self.set_fill_color(235)
        for at, (text, width) in enumerate(zip(cells, self._widths, strict=True)):
            align = "L" if at < keys else "R"
            self.cell(width, 3.6, self._fit(str(text), width - 2), border="B", align=align, fill=head)
        self.ln(3.6)


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else str(value)

"""
How a dossier is set: a PDF in any script, its marking, reference and page on every sheet.

Latin, Greek, Cyrillic, Hebrew and Arabic are set in DejaVu Sans, right to left where they run so; Chinese, Japanese and
Korean in Droid Sans Fallback. What neither holds is never lost: its code points stand there with a romanisation.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from anyascii import anyascii
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos
from fpdf.enums import MethodReturnValue

from denials.exports.dossier import Dossier, Fact, Section

FONTS: Final = Path(__file__).resolve().parent / "fonts"
TEXT: Final = "DejaVuSans.ttf"
BOLD: Final = "DejaVuSans-Bold.ttf"
EAST_ASIAN: Final = "DroidSansFallbackFull.ttf"
_MARGIN: Final = 18  # millimetres
_LABEL: Final = 42
_LINE: Final = 4.8
_SIZE: Final = 9  # points
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PLAIN = frozenset("\n\t")
LONGEST: Final = 10_000  # characters printed of one text
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_MUTED: Final = (90, 90, 90)


class Paper(FPDF):
    """The sheets of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(format="A4")
        self.dossier, self.lost = dossier, False
        self.set_margins(_MARGIN, _MARGIN + 6, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN + 4)
        self.add_font("text", "", FONTS / TEXT)
        self.add_font("text", "B", FONTS / BOLD)
        whole = "".join(text[:LONGEST] for text in _texts(dossier))
        if any(ord(sign) in _held(EAST_ASIAN) for sign in set(whole) if not _is_in(sign, TEXT)):
            self.add_font("east", "", FONTS / EAST_ASIAN)
            self.set_fallback_fonts(["east"], exact_match=False)
        self.set_creation_date(dossier.at)
        self.set_title(dossier.reference)
        self.set_lang("")

    def written(self) -> bytearray:
        dossier = self.dossier
        self.add_page()
        self._line(dossier.title, size=15, bold=True)
        self._line(dossier.subtitle, size=_SIZE, muted=True)
        for section in dossier.sections:
            self._section(section)
        if self.lost:
            note = _("Characters that no font here holds are written by their codes, with a romanisation behind.")
            self._line(note, size=_SIZE - 1, muted=True)
        return self.output()

    # ---- on every sheet ------------------------------------------------------------------------------------------

    def header(self) -> None:
        self.set_text_shaping(use_shaping_engine=False)
        self.set_y(_MARGIN - 8)
        self._style(_SIZE, bold=True)
        self.cell(0, 5, self._fit(self.dossier.marking), align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self._style(_SIZE)
        self.cell(0, 5, self._fit(self.dossier.reference), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.line(_MARGIN, self.get_y() + 1, self.w - _MARGIN, self.get_y() + 1)
        self.set_y(_MARGIN + 6)

    def footer(self) -> None:
        self.set_text_shaping(use_shaping_engine=False)
        self.set_y(-_MARGIN)
        self.line(_MARGIN, self.get_y() - 1, self.w - _MARGIN, self.get_y() - 1)
        self._style(_SIZE - 2, muted=True)
        page = _("page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 4, self._fit(self.dossier.printed), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.cell(0, 4, self._fit(self.dossier.marking), align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self.cell(0, 4, page, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    # ---- what it says --------------------------------------------------------------------------------------------

    def _section(self, section: Section) -> None:
        self._keep_together(22)
        self.ln(3)
        self._line(section.title, size=11, bold=True)
        for fact in section.facts:
            self._fact(fact)

    def _fact(self, fact: Fact) -> None:
        if not fact.label:
            self._style(_SIZE)
            self._paragraphs(fact.text)
            self.ln(1)
            return
        self.set_text_shaping(use_shaping_engine=bool(_RIGHT_TO_LEFT.search(fact.label)))
        self._style(_SIZE, muted=True)
        label = self._fit(fact.label)
        measured = self.multi_cell(_LABEL - 2, _LINE, label, align="L", dry_run=True, output=MethodReturnValue.HEIGHT)
        height = float(cast("float", measured))
        self._keep_together(max(height, _LINE) + 1)
        top, page = self.get_y(), self.page_no()
        self.multi_cell(_LABEL - 2, _LINE, label, align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self._style(_SIZE)
        self.set_xy(_MARGIN + _LABEL, top)
        self.set_left_margin(_MARGIN + _LABEL)
        self._paragraphs(fact.text)
        self.set_left_margin(_MARGIN)
        if self.page_no() == page:
            self.set_y(max(self.get_y(), top + height))
        self.set_x(_MARGIN)
        self.ln(1)

    def _paragraphs(self, text: str) -> None:
        """Set a text, each paragraph by itself; of a very long one the beginning, and where the rest is."""
        paragraphs = _EMPTY_LINES.sub("\n\n", text[:LONGEST]).split("\n")
        if len(text) > LONGEST:
            paragraphs.append(_("[The text goes on: the whole of it stands in the record.]"))
        for paragraph in paragraphs:
            fitted = self._fit(paragraph)
            self.set_text_shaping(use_shaping_engine=bool(_RIGHT_TO_LEFT.search(fitted)))  # joined, in their order
            self.multi_cell(0, _LINE, fitted, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _line(self, text: str, *, size: float, bold: bool = False, muted: bool = False) -> None:
        self.set_text_shaping(use_shaping_engine=bool(_RIGHT_TO_LEFT.search(text)))
        self._style(size, bold=bold, muted=muted)
        self.multi_cell(0, size * 0.55, self._fit(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def _keep_together(self, height: float) -> None:
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()

    def _style(self, size: float, *, bold: bool = False, muted: bool = False) -> None:
        self.set_font("text", "B" if bold else "", size)
        self.set_text_color(*(_MUTED if muted else (0, 0, 0)))

    def _fit(self, text: str) -> str:
        """Return a text that can be set; what no font holds as code points with a romanisation."""
        if all(map(_can_be_set, text)):
            return text
        self.lost = True
        return "".join(_pieces(text))


def _pieces(text: str) -> Iterable[str]:
    unset = ""
    for sign in text:
        if _can_be_set(sign):
            if unset:
                yield _spelt(unset)
                unset = ""
            yield sign
        else:
            unset += sign
    if unset:
        yield _spelt(unset)


def _spelt(signs: str) -> str:
    codes = " ".join(f"U+{ord(sign):04X}" for sign in signs)
    romanised = anyascii(signs).strip()
    return f"[{codes} = {romanised}]" if romanised else f"[{codes}]"


def _can_be_set(sign: str) -> bool:
    return sign in _PLAIN or _is_in(sign, TEXT) or _is_in(sign, EAST_ASIAN)


def _is_in(sign: str, font: str) -> bool:
    return ord(sign) in _held(font)


@lru_cache(maxsize=4)
def _held(font: str) -> frozenset[int]:
    """Return the code points a font holds."""
    with TTFont(FONTS / font, lazy=True) as opened:
        found: Any = opened.getBestCmap()
        return frozenset(found)


def _texts(dossier: Dossier) -> Iterable[str]:
    yield from (dossier.reference, dossier.marking, dossier.title, dossier.subtitle, dossier.printed)
    for section in dossier.sections:
        yield section.title
        for fact in section.facts:
            yield from (fact.label, fact.text)

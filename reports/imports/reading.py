"""From the tables of a return to its lines, and to what it prints besides: sums, shares, lists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from denials.imports.cells import CellRefused, citations
from denials.imports.tables import BLANK, Cell, Row, Table
from reports.imports import cells
from reports.imports.cells import Amount, Known
from reports.imports.columns import scale_of
from reports.law.plausibility import ERROR, NOTE, WARNING, Finding, Stated, StatedList, lists_in
from reports.law.returns import Line, Section, apportioned

MEASURES: Final = ("number", "value_licensed", "value_exported", "refused", "refused_value")
_TABLE_NUMBER = re.compile(r"\b(?:table|tabel|tabelle|tableau)[ _]?(\d{1,3})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SECTION_OF_NAME: Final = (
    ("broker", Section.BROKERING),
    ("tussenhandel", Section.BROKERING),
    ("mission", Section.MISSIONS),
    ("cyber", Section.CYBER),
    ("refus", Section.REFUSALS),
    ("weiger", Section.REFUSALS),
)


@dataclass
class ReadReturn:
    """What was read of the files of a return."""

    lines: list[Line] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    lists: list[StatedList] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """A table with the name of its file and sheet."""

    name: str
    table: Table

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(one.field for one in self.table.columns)

    @property
    def has_places(self) -> bool:
        return bool(self.fields & {"destination", "destination_code"})

    @property
    def is_fine(self) -> bool:
        """Whether it parts its destinations further."""
        return bool(self.fields & {"category", "entry", "licence", "kind", "mission", "origin", "refused", "criteria"})


def read_tables(tables: Iterable[Named], regime: str, year: int, known: Known) -> ReadReturn:
    """Return the lines of a return, and what its tables print besides."""
    tables, read = list(tables), ReadReturn()
    placed = [one for one in tables if one.has_places]
    fine = [one for one in placed if one.is_fine] or placed
    for one in tables:
        _Reader(one, regime, year, known, read, counts=one in fine or not placed).run()
    read.findings += _numbered_twice(tables)
    return read


def _numbered_twice(tables: Iterable[Named]) -> Iterator[Finding]:
    numbers: dict[str, list[str]] = {}
    for one in tables:
        if found := _TABLE_NUMBER.search(one.name.replace("_", " ")):
            numbers.setdefault(found[1], []).append(one.name)
    for number, names in numbers.items():
        if len(names) > 1:
            yield Finding("table_number_twice", NOTE, names[-1], {"value": number, "names": ", ".join(names)})


class _Reader:
    """One table on its way to lines or to what it states."""

    def __init__(self, named: Named, regime: str, year: int, known: Known, read: ReadReturn, *, counts: bool) -> None:
        self.named, self.regime, self.year, self.known, self.read = named, regime, year, known, read
        self.counts = counts and "figure" not in named.fields and "members" not in named.fields
        self.columns = {one.field: one for one in named.table.columns}
        self.signs = {name: self._sign(name) for name in self.columns}

    def _sign(self, name: str) -> str:
        at = self.columns[name].index
        column = (row.cells[at] for row in self.named.table.rows if at < len(row.cells))
        return cells.decimal_sign(column)

    def run(self) -> None:
        for row in self.named.table.rows:
            for cell in row.cells:
                self.read.lists += lists_in(cell.text, self._place(row)) if len(cell.text) > 40 else []
            try:
                self._row(row)
            except CellRefused as refused:
                self._note(refused.rule, row, ERROR)

    def _place(self, row: Row) -> str:
        return f"{self.named.name}, row {row.number}"

    def _note(self, rule: str, row: Row, severity: str, **params: str) -> None:
        self.read.findings.append(Finding(rule, severity, self._place(row), params))

    def _cell(self, row: Row, name: str) -> Cell:
        column = self.columns.get(name)
        return row.cells[column.index] if column and column.index < len(row.cells) else BLANK

    def _text(self, row: Row, name: str) -> str:
        cell = self._cell(row, name)
        if cell.wrong:
            raise CellRefused(cell.wrong.partition(":")[0])
        return cell.text

    def _amount(self, row: Row, name: str) -> Amount | None:
        column = self.columns.get(name)
        if column is None:
            return None
        return cells.amount(self._cell(row, name), self.signs[name], scale_of(column.heading))

    # ---- rows ----------------------------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        if "members" in self.columns:
            self._members(row)
            return
        key = self._key(row)
        if self.counts and key[0] != "sum" and (self.named.has_places or key[1]):
            self.read.lines += list(self._lines(row))
        if not self.named.has_places or not self.counts or key[0] == "sum":
            self._state(row, *(("category", key[1]) if key[0] == "sum" and key[1] else key))

    def _key(self, row: Row) -> tuple[str, str]:
        """What a row stands for; a total of a table of destinations is a sum, by category where it names one."""
        if self.named.has_places:
            printed, code = self._text(row, "destination"), self._text(row, "destination_code")
            if cells.is_total(printed) or cells.is_total(code):
                return "sum", self._category(row)
            return "destination", cells.place(code, printed, self.known)
        if "region" in self.columns:
            text = self._text(row, "region")
            return "region", "" if cells.is_total(text) else cells.region(text, self.known)
        for name in ("kind", "category", "entry", "figure", "mission"):
            if name in self.columns:
                text = self._text(row, name)
                return name, "" if cells.is_total(text) else self._word(name, text)
        return "figure", ""

    def _word(self, name: str, text: str) -> str:
        if name == "kind":
            return cells.kind(text)
        found = cells.categories(text, self.regime) if name in ("category", "entry") else []
        return found[0][0] if len(found) == 1 and name == "category" else text

    def _category(self, row: Row) -> str:
        text = self._text(row, "category")
        found = cells.categories(text, self.regime) if text and not cells.is_total(text) else []
        return found[0][0] if len(found) == 1 else ""

    def _members(self, row: Row) -> None:
        number, members = self._text(row, "number"), self._text(row, "members")
        name = self._text(row, "group")
        listed = tuple(filter(None, (one.strip() for one in re.split(r"[;,\n]", members))))
        if number.isdecimal() and listed:
            self.read.lists.append(StatedList(self._place(row), name, int(number), listed))

    def _state(self, row: Row, by: str, key: str) -> None:
        self._year(row)
        share = cells.share(self._cell(row, "share")) if "share" in self.columns else None
        first = True
        for measure in MEASURES:
            found = self._amount(row, measure)
            if found is None:
                continue
            self.read.stated.append(
                Stated(
                    table=self.named.name + ("" if by != "category" or not self.named.has_places else " sums"),
                    by=by if by != "sum" else "total",
                    key=key,
                    measure=measure,
                    value=found.value,
                    place=self._place(row),
                    unit=found.unit,
                    share=share.value if share and first else None,
                    share_unit=share.unit if share else Decimal("0.01"),
                )
            )
            first = False

    def _year(self, row: Row) -> None:
        text = self._text(row, "year")
        if text and len(_YEAR.findall(text)) != 1:
            self._note("year_ambiguous", row, WARNING, value=text[:80])

    # ---- lines ---------------------------------------------------------------------------------------------------

    def _lines(self, row: Row) -> Iterator[Line]:
        self._year(row)
        text = self._text(row, "category") or self._text(row, "entry")
        total = cells.is_total(text)
        parts = [("", "")] if total or not text else cells.categories(text, self.regime)
        if text and not total and not any(category for category, _entry in parts):
            self._note("category_unknown", row, WARNING, value=text[:80])
        whole = self._whole(row, is_total=total)
        licensed = apportioned(whole.value_licensed, len(parts))
        exported = apportioned(whole.value_exported, len(parts))
        if len(parts) > 1 and whole.value_licensed:
            self._note("value_apportioned", row, NOTE, value=str(whole.value_licensed), count=str(len(parts)))
        if not self._is_empty(whole):
            for (category, entry), value, export in zip(parts, licensed, exported, strict=True):
                yield replace(whole, category=category, entry=entry, value_licensed=value, value_exported=export)
        yield from self._refusals(row, whole, parts)

    @staticmethod
    def _is_empty(line: Line) -> bool:
        return line.number is None and line.value_licensed is None and line.value_exported is None

    def _whole(self, row: Row, *, is_total: bool) -> Line:
        origin = ""
        if self.columns.keys() & {"origin", "origin_code"}:
            origin = cells.place(self._text(row, "origin_code"), self._text(row, "origin"), self.known)
        section = self._section(row)
        kind = self._text(row, "kind")
        licence = self._text(row, "licence")
        number = (
            cells.count(self._cell(row, "number"), self.signs.get("number", "")) if "number" in self.columns else None
        )
        if number is None and section != Section.REFUSALS and (licence or "number" not in self.columns):
            number = 1 if licence else None
        whole = Line(
            row=row.number,
            section=section,
            licence=(licence or f"{self.named.name[:40]} row {row.number}")[:80],
            destination=cells.place(self._text(row, "destination_code"), self._text(row, "destination"), self.known),
            kind=cells.kind(kind) if kind and not cells.is_total(kind) else "",
            decision=cells.decision(self._text(row, "decision")) or ("issued" if section == Section.BROKERING else ""),
            origin=origin,
            mission=self._text(row, "mission")[:120],
            number=number,
            value_licensed=cells.euro(self._amount(row, "value_licensed")),
            value_exported=cells.euro(self._amount(row, "value_exported")),
            is_total=is_total and not (kind and cells.is_total(kind)),
        )
        return self._as_decided(row, whole)

    def _as_decided(self, row: Row, line: Line) -> Line:
        """A row of licences that were not granted holds none: refused, it is a refusal; undecided, nothing yet."""
        if line.section != Section.LICENCES or line.decision in ("", "issued"):
            return line
        if line.decision == "refused":
            return replace(line, section=str(Section.REFUSALS), value_licensed=None, value_exported=None)
        self._note("not_granted", row, NOTE, value=line.decision)
        return replace(line, number=None, value_licensed=None, value_exported=None)

    def _section(self, row: Row) -> str:
        if text := self._text(row, "section"):
            return cells.section(text)
        if "mission" in self.columns:
            return str(Section.MISSIONS)
        if self.columns.keys() & {"origin", "origin_code"}:
            return str(Section.BROKERING)
        name = self.named.name.casefold()
        if "criteria" in self.columns and "value_licensed" not in self.columns:
            return str(Section.REFUSALS)
        return next((str(section) for word, section in _SECTION_OF_NAME if word in name), str(Section.LICENCES))

    def _refusals(self, row: Row, whole: Line, parts: list[tuple[str, str]]) -> Iterator[Line]:
        """The refusals a return reports beside its licences: their number, and how often each criterion was cited."""
        category = parts[0][0] if len(parts) == 1 else ""
        plain = replace(
            whole, section=str(Section.REFUSALS), category=category, value_licensed=None, value_exported=None
        )
        if whole.section == Section.REFUSALS:
            for one in citations(self._text(row, "criteria")):
                yield replace(plain, criterion=one.code, number=whole.number or 1)
        if "refused" in self.columns:
            number = cells.count(self._cell(row, "refused"), self.signs["refused"])
            if number is not None:
                yield replace(plain, number=number)
        for criterion in "12345678":
            if f"e{criterion}" in self.columns:
                number = cells.count(self._cell(row, f"e{criterion}"), self.signs[f"e{criterion}"])
                if number:
                    yield replace(plain, criterion=criterion, number=number)

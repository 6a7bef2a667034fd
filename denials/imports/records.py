"""Rows of a file as denials: facts kept as stated, whatever cannot be read named by row, column and rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from denials.imports import cells
from denials.imports.cells import CellRefused
from denials.imports.columns import Column
from denials.imports.tables import Cell, Row, Table
from denials.law import codes, place_names, placeholders
from denials.law.codes import Code
from denials.law.content import DenialContent, StatedItem, StatedParty, says_unlisted
from denials.law.transactions import Destination

#: Ratings the United Kingdom prints for the ground of control; with them come "End Use" and dual-use entries.
OTHERS: Final = "dual_use"
FIRST_ACT: Final = {"torture": "dismissal"}
Value = TypeVar("Value")
PARTIES: Final = ("end_user", "consignee", "intermediary", "broker", "exporter")


@dataclass(frozen=True)
class Finding:
    """What was found in a file: an error or something to know, by row, column and rule."""

    row: int
    column: str
    rule: str
    value: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the finding as JSON-ready values."""
        return {"row": self.row, "column": self.column, "rule": self.rule, "value": self.value[:200]}


@dataclass(frozen=True)
class Reading:
    """What a file is read by: the language of the issuer, the places known, the regime named by the option."""

    languages: tuple[str, ...]
    places: Mapping[str, Sequence[str]]
    countries: frozenset[str]
    regime: str = ""


@dataclass
class Record:
    """A denial read from one row, or from all rows under one reference: its contents, one per regime."""

    row: int
    texts: dict[str, str]
    contents: tuple[DenialContent, ...] = ()
    count: int = 1
    reference: str = ""
    issuer: str = ""
    rows: tuple[int, ...] = field(default_factory=tuple)


class RowReader:
    """Reads the rows of one table; findings gather in `errors` and `warnings`."""

    def __init__(self, table: Table, reading: Reading) -> None:
        self.table, self.reading = table, reading
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self.columns: dict[str, list[Column]] = {}
        for column in table.columns:
            self.columns.setdefault(column.field, []).append(column)
        self.month_first = cells.months_come_first(self._all("decided_on"))
        self.names_parties = "name" in self.columns

    def read(self) -> list[Record]:
        """Return the records of all rows that could be read; what could not is in `errors`."""
        if not {"destination", "destination_code", "country"} & set(self.columns):
            self.errors.append(Finding(self.table.header_row, "destination", "column_missing"))
            return []
        records = [record for row in self.table.rows if (record := self._record(row)) is not None]
        return self._joined(records)

    # ---- one row -------------------------------------------------------------------------------------------------

    def _record(self, row: Row) -> Record | None:
        before = len(self.errors)
        self._look_at_cells(row)
        record = Record(row.number, self._texts(row), rows=(row.number,))
        record.count = self._read(row, "count", cells.how_many) or 1 if "count" in self.columns else 1
        record.reference = self._text(row, "regime_reference") or self._text(row, "reference")
        record.issuer = self._issuer(row)
        base = self._base(row)
        found = self._codes(row)
        regimes = self._regimes(row, found, base)
        record.contents = tuple(self._of_regime(row, base, regime, found, regimes) for regime in regimes)
        return record if len(self.errors) == before else None

    def _look_at_cells(self, row: Row) -> None:
        for column in self.table.columns:
            cell = _cell(row, column)
            if cell.wrong:
                rule, _, value = cell.wrong.partition(":")
                self._error(row, column.heading, rule, value or cell.text)
        known = max((column.index for column in self.table.columns), default=0)
        width = max(known, len(self.table.columns) + len(self.table.ignored) - 1)
        if any(cell.text for cell in row.cells[width + 1 :]):
            self._error(row, "", "more_cells_than_headings", row.cells[width + 1].text)

    def _base(self, row: Row) -> DenialContent:
        """What the row says that does not depend on the regime."""
        criteria = self._read(row, "criteria", lambda cell: cells.citations(cell.text)) or ()
        if "criteria" in self.columns and not criteria:
            self._warn(row, "criteria", "not_stated")
        return DenialContent(
            regime="",
            act=self._read(row, "act", lambda cell: cells.act(cell.text)) or "",
            decided_on=self._decided_on(row),
            destinations=self._destinations(row),
            parties=tuple(self._parties(row)),
            criteria=criteria,
            criteria_stated=bool(criteria),
            end_use=self._text(row, "end_use"),
            explanation=self._text(row, "explanation"),
            remarks=self._text(row, "remarks"),
            source_reference=self._source_reference(row),
        )

    def _decided_on(self, row: Row) -> date | None:
        if "decided_on" not in self.columns:
            return None
        decided = self._read(row, "decided_on", lambda cell: cells.day(cell, month_first=self.month_first))
        if decided is None and not self._cells(row, "decided_on")[0].text:
            self._error(row, self._heading("decided_on"), "required")
        return decided

    def _source_reference(self, row: Row) -> str:
        stated = [self._text(row, name) for name in ("regime_reference", "reference")]
        return " / ".join(dict.fromkeys(filter(None, stated))) or self._text(row, "sequence")

    def _issuer(self, row: Row) -> str:
        printed = self._text(row, "issuer")
        if not printed:
            return ""
        found = place_names.resolve(printed, self.reading.places)
        if not found.code:
            self._warn(row, "issuer", "place_unresolved", printed)
        return found.code

    # ---- regimes -------------------------------------------------------------------------------------------------

    def _codes(self, row: Row) -> tuple[Code, ...]:
        read = codes.split_codes(self._text(row, "code"))
        return tuple(one for one in read if one.canonical or says_unlisted(one.printed))

    def _regimes(self, row: Row, found: tuple[Code, ...], base: DenialContent) -> tuple[str, ...]:
        """Return the regimes the row belongs to: as named, else by its codes, else by its criteria."""
        named = self.reading.regime or self._read(row, "regime", lambda cell: cells.regime(cell.text))
        by_code = tuple(dict.fromkeys(filter(None, map(regime_of, found))))
        if named:
            if by_code and by_code != (named,):
                self._warn(row, "code", "code_of_another_regime", self._text(row, "code"))
            return (named,)
        if by_code:
            return by_code
        if base.criteria or self._rests_on_criteria():
            if found or not base.criteria:
                rule = "regime_from_criteria" if base.criteria else "regime_from_other_rows"
                self._warn(row, "code" if found else "criteria", rule, self._text(row, "code"))
            return ("arms",)
        self._error(
            row, self._heading("code") or self._heading("regime") or "regime", "regime_unknown", self._text(row, "code")
        )
        return ()

    def _rests_on_criteria(self) -> bool:
        """Whether the file has no codes and its other rows cite the eight criteria."""
        return "code" not in self.columns and any(cell.text for cell in self._all("criteria"))

    def _of_regime(
        self, row: Row, base: DenialContent, regime: str, found: tuple[Code, ...], regimes: tuple[str, ...]
    ) -> DenialContent:
        alone = len(regimes) == 1
        own = [one for at, one in enumerate(found) if alone or self._companion(row, found, at) == regime]
        for one in own:
            if is_unknown(one):
                self._warn(row, "code", "entry_unknown", one.printed)
        return replace(
            base,
            regime=regime,
            act=base.act or FIRST_ACT.get(regime, "refusal"),
            items=tuple(self._items(row, own)),
        )

    def _companion(self, row: Row, found: tuple[Code, ...], at: int) -> str:
        """The regime of a code; one of no list known here goes with the code before it, or the first that tells."""
        if own := regime_of(found[at]):
            return own
        beside = [*reversed(found[:at]), *found[at + 1 :]]
        return next(filter(None, map(regime_of, beside)), "")

    # ---- places, parties, items ----------------------------------------------------------------------------------

    def _destinations(self, row: Row) -> tuple[Destination, ...]:
        printed = self._text(row, "destination") or (self._text(row, "country") if not self.names_parties else "")
        stated = self._text(row, "destination_code").upper()
        if stated:
            return tuple(self._coded(row, code, printed) for code in cells.several(stated.replace(",", ";")))
        if printed:
            return tuple(self._placed(row, one) for one in cells.several(printed))
        if self.names_parties and (country := self._text(row, "country")):
            self._warn(row, "country", "destination_from_party", country)
            return (self._placed(row, country),)
        self._error(row, self._heading("destination") or self._heading("country"), "required")
        return ()

    def _coded(self, row: Row, code: str, printed: str) -> Destination:
        if code not in self.reading.countries and code not in ("VARIOUS", "EU", "EU_NATO_PLUS", "UNKNOWN"):
            self._error(row, self._heading("destination_code"), "country_unknown", code)
        named = place_names.resolve(printed, self.reading.places).code if printed else ""
        if named and named != code and ";" not in printed:
            self._error(row, self._heading("destination_code"), "contradiction", f"{code} {printed}")
        return Destination(code, printed)

    def _placed(self, row: Row, printed: str) -> Destination:
        found = place_names.resolve(printed, self.reading.places)
        if not found.code:
            self._warn(row, "destination" if "destination" in self.columns else "country", "place_unresolved", printed)
        return found

    def _parties(self, row: Row) -> Iterator[StatedParty]:
        if self.names_parties and (name := self._text(row, "name")):
            role = self._read(row, "role", lambda cell: cells.role(cell.text)) or "other"
            yield self._party(row, role, name, "", self._text(row, "address"), self._text(row, "country"))
        for role in PARTIES:
            original, english = self._in_both_languages(row, role)
            names = cells.several(original)
            if len(names) > 1 or not english:
                english = ""
            address, country = self._text(row, f"{role}_address"), self._text(row, f"{role}_country")
            for name in names:
                yield self._party(row, role, name, english, address, country)

    def _party(self, row: Row, role: str, name: str, alias: str, address: str, country: str) -> StatedParty:
        code = ""
        if country:
            code = place_names.resolve(country, self.reading.places).code
            if len(code) != 2:
                self._warn(row, "country", "place_unresolved", country)
                code, address = "", ", ".join(filter(None, (address, country)))
        aliases = (alias,) if alias and not placeholders.is_placeholder(alias) else ()
        party = StatedParty.stated(role, name, country=code, address=address, aliases=aliases)
        return replace(party, aliases=(alias,)) if alias and party.is_placeholder else party

    def _items(self, row: Row, found: Sequence[Code]) -> Iterator[StatedItem]:
        original, english = self._in_both_languages(row, "description")
        number, unit, printed = self._quantity(row)
        facts: dict[str, Any] = {
            "description": original,
            "description_en": english,
            "quantity": number,
            "quantity_printed": printed,
            "unit": self._text(row, "unit") or unit,
            "value": self._value(row),
            "currency": self._text(row, "currency")[:3].upper(),
        }
        facts |= {name: self._text(row, name) for name in ("manufacturer", "model", "cas", "cn")}
        if len(found) <= 1:
            item = StatedItem.stated(found[0].printed if found else "", **facts)
            if item.is_stated or not found:
                yield from [item] if item.is_stated else []
            return
        for code in found:  # one quantity for several entries is nobody's in particular: it stays with the first
            yield StatedItem.stated(code.printed, **facts)
            facts |= {"quantity": None, "value": None}

    def _quantity(self, row: Row) -> tuple[Decimal | None, str, str]:
        """Return number, unit and the text as printed; a column that gives the number settles how it is read."""
        printed = self._one(row, "quantity", printed=True).text
        plain = self._one(row, "quantity", printed=False)
        number, unit = (plain.native, "") if isinstance(plain.native, Decimal) else cells.quantity(plain.text)
        if printed and number is not None and not cells.agrees(printed, number):
            self._error(row, self._heading("quantity"), "contradiction", f"{printed} {plain.text}")
        if not plain.text and printed:
            number, unit = cells.quantity(printed)
        text = printed or plain.text
        if text and number is None:
            self._warn(row, "quantity", "quantity_as_printed", text)
        return number, unit, text

    def _value(self, row: Row) -> Decimal | None:
        cell = self._cells(row, "value")[0]
        if isinstance(cell.native, Decimal):
            return cell.native
        number, _ = cells.quantity(cell.text)
        if cell.text and number is None:
            self._error(row, self._heading("value"), "number_unreadable", cell.text)
        return number

    # ---- rows under one reference --------------------------------------------------------------------------------

    def _joined(self, records: list[Record]) -> list[Record]:
        """Join the rows that carry one reference: their parties and items are those of one denial."""
        if "reference" not in self.columns and "regime_reference" not in self.columns:
            return records
        joined: dict[str, Record] = {}
        for record in records:
            key = record.reference or f"row {record.row}"
            joined[key] = self._join(joined[key], record) if key in joined else record
        return list(joined.values())

    def _join(self, first: Record, other: Record) -> Record:
        if [one.regime for one in first.contents] != [one.regime for one in other.contents] or other.count != 1:
            self._differs(other, "regime", first)
            return first
        contents = tuple(self._merge(first, other, *pair) for pair in zip(first.contents, other.contents, strict=True))
        first.contents, first.rows = contents, (*first.rows, *other.rows)
        first.texts = first.texts | {f"{other.row}:{name}": text for name, text in other.texts.items()}
        return first

    def _merge(self, first: Record, other: Record, one: DenialContent, two: DenialContent) -> DenialContent:
        for name in ("decided_on", "act", "criteria", "end_use", "explanation"):
            if getattr(one, name) != getattr(two, name):
                self._differs(other, name, first)
        return replace(
            one,
            parties=tuple(dict.fromkeys((*one.parties, *two.parties))),
            items=tuple(dict.fromkeys((*one.items, *two.items))),
            destinations=tuple(dict.fromkeys((*one.destinations, *two.destinations))),
        )

    def _differs(self, record: Record, name: str, first: Record) -> None:
        heading = self._heading(name) or name
        self.errors.append(Finding(record.row, heading, "differs_from_row", str(first.row)))

    # ---- cells ---------------------------------------------------------------------------------------------------

    def _all(self, name: str) -> Iterator[Cell]:
        return (_cell(row, column) for row in self.table.rows for column in self.columns.get(name, ()))

    def _cells(self, row: Row, name: str) -> list[Cell]:
        return [_cell(row, column) for column in self.columns.get(name, ())] or [Cell()]

    def _one(self, row: Row, name: str, *, printed: bool) -> Cell:
        wanted = [column for column in self.columns.get(name, ()) if column.is_printed is printed]
        return _cell(row, wanted[0]) if wanted else Cell()

    def _text(self, row: Row, name: str) -> str:
        """Return a field's text in the issuer's language, else without language, else in any."""
        return self._in_both_languages(row, name)[0]

    def _in_both_languages(self, row: Row, name: str) -> tuple[str, str]:
        """Return the text in the issuer's language and the English one where that is another text."""
        ranked = sorted(self.columns.get(name, ()), key=self._rank)
        texts = [(column.language, _cell(row, column).text) for column in ranked]
        held = [(language, text) for language, text in texts if text]
        if not held:
            return "", ""
        english = next((text for language, text in held if language == "en"), "")
        return held[0][1], english if english != held[0][1] else ""

    def _rank(self, column: Column) -> int:
        if column.language in self.reading.languages:
            return self.reading.languages.index(column.language)
        return {"": 50, "en": 99}.get(column.language, 60)

    def _read(self, row: Row, name: str, reader: Callable[[Cell], Value]) -> Value | None:
        """Return what a reader makes of a field's cell; what it refuses is an error of the row."""
        if name not in self.columns:
            return None
        cell = self._cells(row, name)[0]
        try:
            return reader(cell)
        except CellRefused as refused:
            self._error(row, self._heading(name), refused.rule, cell.text)
            return None

    def _heading(self, name: str) -> str:
        held = self.columns.get(name, ())
        return held[0].heading if held else ""

    def _texts(self, row: Row) -> dict[str, str]:
        """What makes the row known again: the texts of its recognised columns, whatever their order."""
        found = {}
        for column in self.table.columns:
            name = "_".join(filter(None, (column.field, column.language, "printed" if column.is_printed else "")))
            if text := _cell(row, column).text:
                found[name] = text
        return found

    def _error(self, row: Row, column: str, rule: str, value: str = "") -> None:
        self.errors.append(Finding(row.number, column, rule, value))

    def _warn(self, row: Row, name: str, rule: str, value: str = "") -> None:
        self.warnings.append(Finding(row.number, self._heading(name) or name, rule, value))


def regime_of(code: Code) -> str:
    """
    Return the regime a code speaks for, "" for one of no list known here.

    Military ratings are arms, Annexes of Reg. (EU) 2019/125 torture, all others dual-use: the catch-all and the
    tags that stand for a ground of control among them.
    """
    if code.regime:
        return code.regime
    return "" if is_unknown(code) else OTHERS


def is_unknown(code: Code) -> bool:
    """Tell whether a code belongs to no list known here; it is kept as printed."""
    return bool(code.canonical) and not code.control_list and code.canonical not in codes.END_USE_TAGS


def _cell(row: Row, column: Column) -> Cell:
    return row.cells[column.index] if column.index < len(row.cells) else Cell()

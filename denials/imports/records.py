"""Rows of a file as denials: facts kept as stated, whatever cannot be read named by row, column and rule."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from denials.fields import marking_ceiling
from denials.imports import cells
from denials.imports.joining import Record, join
from denials.imports.rows import Finding, Reading, TableReader
from denials.imports.tables import Row, Table
from denials.law import codes, place_names, placeholders
from denials.law.codes import Code
from denials.law.content import SCOPES, DenialContent, StatedItem, StatedParty, says_unlisted, usual_marking
from denials.law.origins import Granularity, Tier, known_origins, origin_code
from denials.law.regimes import RULES, AuthorisationType, resting_on_criteria, usual_act
from denials.law.transactions import Destination
from denials.law.words import fold

#: Ratings the United Kingdom prints for the ground of control; with them come "End Use" and dual-use entries.
OTHERS: Final = "dual_use"
LEGAL_BASES: Final = frozenset(basis.code for rules in RULES for basis in rules.legal_bases)
ALPHA_2: Final = 2
_CODED: Final = {"granularity": tuple(Granularity), "list_tier": tuple(Tier)}
Value = TypeVar("Value")
PARTIES: Final = ("end_user", "consignee", "intermediary", "broker", "exporter")


class RowReader(TableReader):
    """Reads the rows of one table; findings gather in `errors` and `warnings`."""

    def __init__(self, table: Table, reading: Reading) -> None:
        super().__init__(table, reading)
        self.names_parties = "name" in self.columns

    def read(self) -> list[Record]:
        """Return the records of all rows that could be read; what could not is in `errors`."""
        if not {"destination", "destination_code", "country"} & set(self.columns):
            self.refuse(Finding(self.table.header_row, "destination", "column_missing"))
            return []
        records = [record for row in self.table.rows if (record := self._record(row)) is not None]
        return join(self, records)

    # ---- one row -------------------------------------------------------------------------------------------------

    def _record(self, row: Row) -> Record | None:
        before = len(self.errors)
        self.look_at(row)
        record = Record(row.number, self.texts(row), rows=(row.number,))
        record.count = self.read_cell(row, "count", cells.how_many) or 1 if "count" in self.columns else 1
        record.reference = self.text(row, "regime_reference") or self.text(row, "reference")
        record.issuer = self._issuer(row)
        base = self._base(row)
        found = self._codes(row)
        regimes = self._regimes(row, found, base)
        record.contents = tuple(self._of_regime(row, base, regime, found, regimes) for regime in regimes)
        return record if len(self.errors) == before else None

    def _base(self, row: Row) -> DenialContent:
        """What the row says that does not depend on the regime."""
        criteria = self.read_cell(row, "criteria", lambda cell: cells.citations(cell.text)) or ()
        if "criteria" in self.columns and not criteria:
            self.warn(row, "criteria", "not_stated")
        return DenialContent(
            regime="",
            act=self.read_cell(row, "act", lambda cell: cells.act(cell.text)) or "",
            decided_on=self._decided_on(row),
            destinations=self._destinations(row),
            parties=tuple(self._parties(row)),
            criteria=criteria,
            criteria_stated=bool(criteria),
            activity=self.read_cell(row, "activity", lambda cell: cells.activity(cell.text)) or "export",
            authorisation_type=self._coded_text(row, "authorisation_type", tuple(AuthorisationType)),
            legal_basis=self._coded_text(row, "legal_basis", LEGAL_BASES),
            end_use=self.text(row, "end_use"),
            explanation=self.text(row, "explanation"),
            remarks=self.text(row, "remarks"),
            source_reference=self._source_reference(row),
            marking=self.text(row, "marking").upper() or usual_marking(marking_ceiling()),
            suspended_until=self._day(row, "suspended_until"),
            withheld=tuple(cells.parts(self.text(row, "withheld").casefold())),
            **self._extent(row),
            **self._origin(row),
        )

    def _extent(self, row: Row) -> dict[str, Any]:
        """Whether the whole or a part is denied, and of which authorisation."""
        note = self.text(row, "scope_note")
        return {
            "scope": self._coded_text(row, "scope", SCOPES) or ("part" if note else "whole"),
            "scope_note": note,
            "authorisation_reference": self.text(row, "authorisation_reference"),
        }

    def _origin(self, row: Row) -> dict[str, Any]:
        """Who passed the denial on, and what an aggregate says."""
        told = {name: self._coded_text(row, name, known) for name, known in _CODED.items()}
        return {
            "origin": self._of_whom(row, "origin") or "EU_MS",
            "origin_state": self._origin_state(row),
            "origin_reference": self.text(row, "origin_reference"),
            "granularity": told["granularity"] or str(Granularity.INDIVIDUAL),
            "list_tier": told["list_tier"],
            "period_since": self._day(row, "period_since"),
            "period_until": self._day(row, "period_until"),
            "licences_denied": self.read_cell(row, "licences_denied", cells.how_many)
            if "licences_denied" in self.columns
            else None,
            "also_notified": tuple(map(origin_code, cells.parts(self.text(row, "also_notified")))),
        }

    def _of_whom(self, row: Row, name: str) -> str:
        """Return an origin; one that is not known is refused, for it decides who sees the denial."""
        text = self.text(row, name)
        code = origin_code(text)
        if text and code not in known_origins():
            self.error(row, self.heading(name), "origin_unknown", text)
        return code

    def _origin_state(self, row: Row) -> str:
        printed = self.text(row, "origin_state")
        code = place_names.resolve(printed, self.reading.places).code if printed else ""
        if printed and len(code) != ALPHA_2:
            self.error(row, self.heading("origin_state"), "place_unresolved", printed)
        return code

    def _day(self, row: Row, name: str) -> date | None:
        if name not in self.columns:
            return None
        return self.read_cell(row, name, lambda cell: cells.day(cell, month_first=self.month_first))

    def _decided_on(self, row: Row) -> date | None:
        if "decided_on" not in self.columns:
            return None
        decided = self.read_cell(row, "decided_on", lambda cell: cells.day(cell, month_first=self.month_first))
        if decided is None and not self.cells_of(row, "decided_on")[0].text:
            self.error(row, self.heading("decided_on"), "required")
        return decided

    def _coded_text(self, row: Row, name: str, known: Collection[str]) -> str:
        """Return the code a cell names; a text that names none is said, and not taken over."""
        text = self.text(row, name)
        code = fold(text).replace(" ", "_")
        if text and code not in known:
            self.warn(row, name, "code_unread", text)
        return code if code in known else ""

    def _source_reference(self, row: Row) -> str:
        stated = [self.text(row, name) for name in ("regime_reference", "reference")]
        return " / ".join(dict.fromkeys(filter(None, stated))) or self.text(row, "sequence")

    def _issuer(self, row: Row) -> str:
        printed = self.text(row, "issuer")
        if not printed:
            return ""
        named = {place_names.resolve(one, self.reading.places).code for one in cells.parts(printed)}
        if len(named) > 1:
            self.error(row, self.heading("issuer"), "several_issuers", printed)
        elif named == {""}:
            self.error(row, self.heading("issuer"), "issuer_unresolved", printed)
        return "".join(named) if len(named) == 1 else ""

    # ---- regimes -------------------------------------------------------------------------------------------------

    def _codes(self, row: Row) -> tuple[Code, ...]:
        text = self.text(row, "code")
        if codes.is_too_long(text):
            self.error(row, self.heading("code"), "too_long", text)
            return ()
        read = codes.split_codes(text)
        return tuple(one for one in read if one.canonical or says_unlisted(one.printed))

    def _regimes(self, row: Row, found: tuple[Code, ...], base: DenialContent) -> tuple[str, ...]:
        """Return the regimes the row belongs to: as named, else by its codes, else by its criteria."""
        named = self.reading.regime or self.read_cell(row, "regime", lambda cell: cells.regime(cell.text))
        by_code = tuple(dict.fromkeys(filter(None, map(regime_of, found))))
        if named:
            if by_code and by_code != (named,):
                self.warn(row, "code", "code_of_another_regime", self.text(row, "code"))
            return (named,)
        if by_code:
            return by_code
        if base.criteria or self._rests_on_criteria():
            if found or not base.criteria:
                rule = "regime_from_criteria" if base.criteria else "regime_from_other_rows"
                self.warn(row, "code" if found else "criteria", rule, self.text(row, "code"))
            return resting_on_criteria()[:1]
        self.error(
            row, self.heading("code") or self.heading("regime") or "regime", "regime_unknown", self.text(row, "code")
        )
        return ()

    def _rests_on_criteria(self) -> bool:
        """Whether the file has no codes and its other rows cite the eight criteria."""
        return "code" not in self.columns and any(cell.text for cell in self.all_cells("criteria"))

    def _of_regime(
        self, row: Row, base: DenialContent, regime: str, found: tuple[Code, ...], regimes: tuple[str, ...]
    ) -> DenialContent:
        alone = len(regimes) == 1
        own = [one for at, one in enumerate(found) if alone or self._companion(row, found, at) == regime]
        for one in own:
            if is_unknown(one):
                self.warn(row, "code", "entry_unknown", one.printed)
        return replace(
            base,
            regime=regime,
            act=base.act or usual_act(regime),
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
        printed = self.text(row, "destination") or (self.text(row, "country") if not self.names_parties else "")
        stated = self.text(row, "destination_code").upper()
        if stated:
            return tuple(self._coded(row, code, printed) for code in cells.several(stated.replace(",", ";")))
        if printed:
            return tuple(self._placed(row, one) for one in cells.several(printed))
        if self.names_parties and (country := self.text(row, "country")):
            self.warn(row, "country", "destination_from_party", country)
            return (self._placed(row, country),)
        self.error(row, self.heading("destination") or self.heading("country"), "required")
        return ()

    def _coded(self, row: Row, code: str, printed: str) -> Destination:
        if code not in self.reading.countries and code not in ("VARIOUS", "EU", "EU_NATO_PLUS", "UNKNOWN"):
            self.error(row, self.heading("destination_code"), "country_unknown", code)
        named = place_names.resolve(printed, self.reading.places).code if printed else ""
        if named and named != code and ";" not in printed:
            self.error(row, self.heading("destination_code"), "contradiction", f"{code} {printed}")
        return Destination(code, printed)

    def _placed(self, row: Row, printed: str) -> Destination:
        found = place_names.resolve(printed, self.reading.places)
        if not found.code:
            self.warn(row, "destination" if "destination" in self.columns else "country", "place_unresolved", printed)
        return found

    def _parties(self, row: Row) -> Iterator[StatedParty]:
        if self.names_parties and (name := self.text(row, "name")):
            role = self.read_cell(row, "role", lambda cell: cells.role(cell.text)) or "other"
            yield self._party(row, role, name, "", self.text(row, "address"), self.text(row, "country"))
        for role in PARTIES:
            original, english = self.in_both_languages(row, role)
            names = cells.several(original)
            if len(names) > 1 or not english:
                english = ""
            address, country = self.text(row, f"{role}_address"), self.text(row, f"{role}_country")
            for name in names:
                yield self._party(row, role, name, english, address, country)

    def _party(self, row: Row, role: str, name: str, alias: str, address: str, country: str) -> StatedParty:
        code = ""
        if country:
            code = place_names.resolve(country, self.reading.places).code
            if len(code) != 2:
                self.warn(row, "country", "place_unresolved", country)
                code, address = "", ", ".join(filter(None, (address, country)))
        aliases = (alias,) if alias and not placeholders.is_placeholder(alias) else ()
        party = StatedParty.stated(role, name, country=code, address=address, aliases=aliases)
        return replace(party, aliases=(alias,)) if alias and party.is_placeholder else party

    def _items(self, row: Row, found: Sequence[Code]) -> Iterator[StatedItem]:
        original, english = self.in_both_languages(row, "description")
        number, unit, printed = self._quantity(row)
        facts: dict[str, Any] = {
            "description": original,
            "description_en": english,
            "quantity": number,
            "quantity_printed": printed,
            "unit": self.text(row, "unit") or unit,
            "value": self._value(row),
            "currency": self.text(row, "currency")[:3].upper(),
        }
        facts |= {name: self.text(row, name) for name in ("manufacturer", "model", "cas", "cn")}
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
        printed = self.one(row, "quantity", printed=True).text
        plain = self.one(row, "quantity", printed=False)
        number, unit = (plain.native, "") if isinstance(plain.native, Decimal) else cells.quantity(plain.text)
        if printed and number is not None and not cells.agrees(printed, number):
            self.error(row, self.heading("quantity"), "contradiction", f"{printed} {plain.text}")
        if not plain.text and printed:
            number, unit = cells.quantity(printed)
        text = printed or plain.text
        if text and number is None:
            self.warn(row, "quantity", "quantity_as_printed", text)
        return number, unit, text

    def _value(self, row: Row) -> Decimal | None:
        cell = self.cells_of(row, "value")[0]
        if isinstance(cell.native, Decimal):
            return cell.native
        number, _ = cells.quantity(cell.text)
        if cell.text and number is None:
            self.error(row, self.heading("value"), "number_unreadable", cell.text)
        return number


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

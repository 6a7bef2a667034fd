"""Denials read from rows, and rows under one reference joined to one denial."""

from dataclasses import dataclass, field, replace

from denials.imports.rows import Finding, TableReader
from denials.law.content import DenialContent


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


def join(reader: TableReader, records: list[Record]) -> list[Record]:
    """Join the rows that carry one reference: their parties and items are those of one denial."""
    if "reference" not in reader.columns and "regime_reference" not in reader.columns:
        return records
    joined: dict[str, Record] = {}
    for record in records:
        key = record.reference or f"row {record.row}"
        joined[key] = _join(reader, joined[key], record) if key in joined else record
    return list(joined.values())


def _join(reader: TableReader, first: Record, other: Record) -> Record:
    if [one.regime for one in first.contents] != [one.regime for one in other.contents] or other.count != 1:
        _differs(reader, other, "regime", first)
        return first
    contents = tuple(_merge(reader, first, other, *pair) for pair in zip(first.contents, other.contents, strict=True))
    first.contents, first.rows = contents, (*first.rows, *other.rows)
    first.texts = first.texts | {f"{other.row}:{name}": text for name, text in other.texts.items()}
    return first


def _merge(reader: TableReader, first: Record, other: Record, one: DenialContent, two: DenialContent) -> DenialContent:
    for name in ("decided_on", "act", "criteria", "end_use", "explanation"):
        if getattr(one, name) != getattr(two, name):
            _differs(reader, other, name, first)
    return replace(
        one,
        parties=tuple(dict.fromkeys((*one.parties, *two.parties))),
        items=tuple(dict.fromkeys((*one.items, *two.items))),
        destinations=tuple(dict.fromkeys((*one.destinations, *two.destinations))),
    )


def _differs(reader: TableReader, record: Record, name: str, first: Record) -> None:
    heading = reader.heading(name) or name
    reader.refuse(Finding(record.row, heading, "differs_from_row", str(first.row)))

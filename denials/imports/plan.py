"""What taking in a file would do: which denials are new, which known, and every reason why it cannot be done."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from accounts.law import digests
from accounts.models import Authority
from denials.actions import HistoricDenial
from denials.imports.joining import Record
from denials.imports.records import RowReader
from denials.imports.rows import Finding, Reading
from denials.imports.tables import MOST_ROWS, FileRefused, Table, read
from denials.law.content import DenialContent, Problem, problems_of
from denials.models import Country, Denial, ImportedRow, PlaceName

#: Where a problem of the content stands in the file, for the words of an error.
_FIELDS: Mapping[str, str] = {"source_reference": "reference", "parties": "end_user", "items": "description"}


@dataclass(frozen=True)
class Plan:
    """What a file holds for an authority. With errors, nothing of it is taken in."""

    name: str
    digest: str
    authority: Authority
    table: Table
    new: tuple[HistoricDenial, ...]
    unchanged: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def may_be_taken_in(self) -> bool:
        return not self.errors

    def as_data(self) -> dict[str, Any]:
        """Return the plan as JSON-ready values."""
        return {
            "file": self.name,
            "digest": self.digest,
            "authority": self.authority.code,
            "sheet": self.table.sheet,
            "header_row": self.table.header_row,
            "columns": {column.heading: column.field for column in self.table.columns},
            "ignored_columns": list(self.table.ignored),
            "rows": len(self.table.rows),
            "denials": len(self.new) + self.unchanged,
            "new": len(self.new),
            "unchanged": self.unchanged,
            "by_regime": dict(Counter(one.content.regime for one in self.new)),
            "errors": [one.as_data() for one in self.errors],
            "warnings": [one.as_data() for one in self.warnings],
        }


def _wait_for_others(authority: Authority) -> None:
    """Let one file of an authority be taken in after another, so that the same rows are never new to both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {authority.pk}"])


def make_plan(
    content: bytes, *, name: str, authority: Authority, regime: str = "", now: datetime, most: int = MOST_ROWS
) -> Plan:
    """
    Return what taking in a file would do; nothing is written.

    :param regime: the regime of the whole file, "" where the file says it or its codes and criteria tell.
    :param most: rows and denials planned; more are refused.
    :raises FileRefused: if the file cannot be read at all.
    """
    table = read(content, most=most)
    reader = RowReader(table, _reading(authority, regime))
    records = reader.read()
    planner = _Planner(authority, reader, now)
    if sum(record.count * len(record.contents) for record in records) > most:
        raise FileRefused("too_many_rows", value=str(most))  # a row may stand for several
    denials = list(planner.denials(records))
    _wait_for_others(authority)
    known = _known([one.fingerprint for one in denials])
    new = tuple(one for one in denials if one.fingerprint not in known)
    planner.check_references(new)
    return Plan(
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        authority=authority,
        table=table,
        new=new,
        unchanged=len(denials) - len(new),
        errors=tuple(sorted(reader.errors, key=lambda one: (one.row, one.column))),
        warnings=tuple(sorted(reader.warnings, key=lambda one: (one.row, one.column))),
    )


def _reading(authority: Authority, regime: str) -> Reading:
    return Reading(
        languages=tuple(authority.state.languages) if authority.state else (),
        places=dict(PlaceName.objects.values_list("folded", "codes")),
        countries=frozenset(Country.objects.values_list("code", flat=True)),
        regime=regime,
    )


def _known(fingerprints: Sequence[str]) -> set[str]:
    return set(ImportedRow.objects.filter(fingerprint__in=fingerprints).values_list("fingerprint", flat=True))


class _Planner:
    """Turns records into the denials they stand for, each with its issuer and fingerprint."""

    def __init__(self, authority: Authority, reader: RowReader, now: datetime) -> None:
        self.authority, self.reader = authority, reader
        self.today = now.astimezone(authority.state.zone_info()).date() if authority.state else now.date()
        self.occurrences: Counter[str] = Counter()
        self.issuers: dict[tuple[str, date], Authority | None] = {}

    def denials(self, records: Sequence[Record]) -> Iterator[HistoricDenial]:
        for record in records:
            self._check_issuer(record)
            whole = digests.digest({"issuer": self.authority.state_id, "texts": record.texts})
            self.occurrences[whole] += 1
            for share in range(record.count):
                siblings = uuid4() if len(record.contents) > 1 else None
                for content in record.contents:
                    mark = f"{whole}:{self.occurrences[whole]}:{share}:{content.regime}"
                    denial = self._denial(record, content)
                    if denial:
                        fingerprint = hashlib.sha256(mark.encode()).hexdigest()
                        yield replace(denial, fingerprint=fingerprint, siblings_key=siblings)

    def _denial(self, record: Record, content: DenialContent) -> HistoricDenial | None:
        problems = [
            Finding(record.row, self._column(one, content), one.rule) for one in problems_of(content, self.today)
        ]
        for one in problems:
            if one not in self.reader.errors:
                self.reader.errors.append(one)
        issuer = self._issuer(record, content)
        return HistoricDenial(content, issuer, record.row) if issuer and not problems else None

    def _column(self, problem: Problem, content: DenialContent) -> str:
        """Return the heading of the column a problem of the content comes from."""
        whole, _, part = problem.field.partition("]")
        rows, _, at = whole.partition("[")
        name = part.lstrip(".") or rows
        role = content.parties[int(at)].role if rows == "parties" and at else ""
        for field in (role, name, name.removesuffix("_printed"), _FIELDS.get(rows, "")):
            if field in self.reader.columns:
                return self.reader.columns[field][0].heading
        return problem.field

    def _check_issuer(self, record: Record) -> None:
        if record.issuer and record.issuer != self.authority.state_id:
            self.reader.errors.append(Finding(record.row, "issuer", "another_issuer", record.issuer))

    def _issuer(self, record: Record, content: DenialContent) -> Authority | None:
        """Return the authority competent for the regime on the day of decision, of the state that is named."""
        key = (content.regime, content.decided_on or self.today)
        if key not in self.issuers:
            self.issuers[key] = issuer_of(self.authority, *key)
        if self.issuers[key] is None:
            finding = Finding(record.row, "decided_on", "not_competent", f"{self.authority.code} {content.regime}")
            if finding not in self.reader.errors:
                self.reader.errors.append(finding)
        return self.issuers[key]

    def check_references(self, new: Sequence[HistoricDenial]) -> None:
        """Refuse a reference that the register holds with another content: nothing is overwritten."""
        if not {"reference", "regime_reference"} & set(self.reader.columns):
            return
        stated = {one.content.source_reference for one in new} - {""}
        held = set(
            Denial.objects.filter(
                state_of_issue_id=self.authority.state_id, source_reference__in=stated, status="in_force"
            ).values_list("source_reference", "regime")
        )
        for one in new:
            if (one.content.source_reference, one.content.regime) in held:
                self.reader.errors.append(Finding(one.row, "reference", "reference_held", one.content.source_reference))


def issuer_of(authority: Authority, regime: str, on: date) -> Authority | None:
    """
    Return who issued: the authority named if competent that day; where a state is named, its competent authority.

    Several competent authorities of one state, the one named not among them, leave the contact point.
    """
    if regime in authority.regimes(on):
        return authority
    if authority.code != authority.state_id:
        return None
    competent = [
        one
        for one in Authority.objects.national().filter(state_id=authority.state_id).order_by("code")
        if regime in one.regimes(on)
    ]
    points = [one for one in competent if one.competences.contact_points(regime, on).exists()]
    return competent[0] if len(competent) == 1 else next(iter(points), None)

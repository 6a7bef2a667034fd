"""What taking in a file would do to each denial in it, and every reason why something cannot be done."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from django.db.models import Q, prefetch_related_objects

from accounts.law import digests
from accounts.models import Authority
from accounts.roles import Principal
from denials.actions import HistoricDenial, one_file_at_a_time
from denials.imports.changes import as_amended, as_stored
from denials.imports.columns import Meanings
from denials.imports.joining import Record
from denials.imports.records import RowReader
from denials.imports.rows import Finding, Reading
from denials.imports.tables import MOST_ROWS, FileRefused, Table, read
from denials.law.content import DenialContent, Problem, problems_of
from denials.law.encodings import code_page
from denials.models import Country, Denial, ImportedRow, PlaceName
from denials.models import content as parts

AT_ONCE: Final = 1000  # denials or fingerprints looked up in one query
#: Where a problem of the content stands in the file, for the words of an error.
_FIELDS: Mapping[str, str] = {"source_reference": "reference", "parties": "end_user", "items": "description"}
Value = TypeVar("Value")


@dataclass(frozen=True)
class Line:
    """
    What taking in would do to one denial of the file.

    `kind`: new, changed (`held` by this authority with other content, of which `before` is what it states now),
    unchanged, conflict (by `rule`: nothing of it can be taken in).
    """

    denial: HistoricDenial
    kind: str
    held: UUID | None = None
    before: DenialContent | None = None
    rule: str = ""
    value: str = ""


@dataclass(frozen=True)
class Plan:
    """What a file holds for an authority. With errors, nothing of it is taken in."""

    name: str
    digest: str
    authority: Authority
    table: Table
    lines: tuple[Line, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def new(self) -> tuple[HistoricDenial, ...]:
        """The denials the register does not hold."""
        return tuple(line.denial for line in self.lines if line.kind == "new")

    @property
    def unchanged(self) -> int:
        """How many the register holds as they are."""
        return sum(line.kind == "unchanged" for line in self.lines)

    @property
    def may_be_taken_in(self) -> bool:
        """Whether every row could be read."""
        return not self.errors

    def as_data(self) -> dict[str, Any]:
        """Return the plan as JSON-ready values."""
        new = self.new
        return self.outline() | {
            "denials": len(new) + self.unchanged,
            "new": len(new),
            "unchanged": self.unchanged,
            "by_regime": dict(Counter(one.content.regime for one in new)),
            "errors": [one.as_data() for one in self.errors],
            "warnings": [one.as_data() for one in self.warnings],
        }

    def outline(self) -> dict[str, Any]:
        """Return what the file is, without its rows."""
        return {
            "file": self.name,
            "digest": self.digest,
            "authority": self.authority.code,
            "sheet": self.table.sheet,
            "header_row": self.table.header_row,
            "columns": {column.heading: column.field for column in self.table.columns},
            "ignored_columns": list(self.table.ignored),
            "rows": len(self.table.rows),
            "notes": [Finding(one.row, "", one.rule, one.value).as_data() for one in self.table.notes],
        }


def make_plan(
    content: bytes,
    *,
    name: str,
    authority: Authority,
    regime: str = "",
    now: datetime,
    most: int = MOST_ROWS,
    meanings: Meanings | None = None,
    apart: bool = False,
    by: Principal | None = None,
    alone: bool = False,
) -> Plan:
    """
    Return what taking in a file would do; nothing is written.

    :param regime: the regime of the whole file, "" where the file says it or its codes and criteria tell.
    :param most: rows and denials planned; more are refused.   :param meanings: what people said headings mean.
    :param apart: whether larger workbooks are read too, in a process of their own.
    :param alone: whether no other file of the authority may be taken in until the end of the transaction.
    :param by: who would take it in; the references of others that this principal sees are known too.
    :raises FileRefused: if the file cannot be read at all.
    """
    languages = tuple(authority.state.languages) if authority.state else ()
    table = read(content, most=most, meanings=meanings, apart=apart, code_page=code_page(languages))
    reader = RowReader(table, _reading(authority, regime))
    records = reader.read()
    planner = _Planner(authority, reader, now, by)
    if sum(record.count * len(record.contents) for record in records) > most:
        raise FileRefused("too_many_rows", value=str(most))  # a row may stand for several
    denials = list(planner.denials(records))
    if alone:
        one_file_at_a_time(authority)
    return Plan(
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        authority=authority,
        table=table,
        lines=tuple(planner.lines(denials)),
        errors=tuple(sorted(reader.errors, key=lambda one: (one.row, one.column))),
        warnings=tuple(sorted(reader.warnings, key=lambda one: (one.row, one.column))),
    )


def as_strict(plan: Plan) -> Plan:
    """
    Return the plan of a door that only takes in new denials, a file as a whole or not at all.

    What the register holds with another content, or cannot hold, is an error of the row.
    """
    held = [
        Finding(one.denial.row, "reference", one.rule or "reference_held", one.denial.content.source_reference)
        for one in plan.lines
        if one.kind in ("changed", "conflict")
    ]
    return replace(plan, errors=tuple(sorted((*plan.errors, *held), key=lambda one: (one.row, one.column))))


def _reading(authority: Authority, regime: str) -> Reading:
    return Reading(
        languages=tuple(authority.state.languages) if authority.state else (),
        places=dict(PlaceName.objects.values_list("folded", "codes")),
        countries=frozenset(Country.objects.values_list("code", flat=True)),
        regime=regime,
    )


def _known(fingerprints: Sequence[str], authority: Authority) -> dict[str, UUID]:
    """Return the denial that a row became, by its fingerprint; of this state's authorities."""
    rows = ImportedRow.objects.filter(authority__state_id=authority.state_id)
    return {
        fingerprint: denial
        for some in in_parts(fingerprints, AT_ONCE)
        for fingerprint, denial in rows.filter(fingerprint__in=some).values_list("fingerprint", "denial_id")
    }


def in_parts(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Yield the values in lists of so many."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


class _Planner:
    """Turns records into the denials they stand for, each with its issuer and fingerprint."""

    def __init__(self, authority: Authority, reader: RowReader, now: datetime, by: Principal | None) -> None:
        self.authority, self.reader, self.by = authority, reader, by
        self.today = authority.day_of(now)
        prefetch_related_objects([authority], "competences")
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
            self.reader.refuse(one)
        issuer = self._issuer(record, content)
        return HistoricDenial(content, issuer, record.row, rows=record.rows) if issuer and not problems else None

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
            self.reader.refuse(Finding(record.row, "issuer", "another_issuer", record.issuer))

    def _issuer(self, record: Record, content: DenialContent) -> Authority | None:
        """Return the authority competent for the regime on the day of decision, of the state that is named."""
        key = (content.regime, content.decided_on or self.today)
        if key not in self.issuers:
            self.issuers[key] = issuer_of(self.authority, *key)
        if self.issuers[key] is None:
            finding = Finding(record.row, "decided_on", "not_competent", f"{self.authority.code} {content.regime}")
            self.reader.refuse(finding)
        return self.issuers[key]

    # ---- against the register ------------------------------------------------------------------------------------

    def lines(self, denials: Sequence[HistoricDenial]) -> Iterator[Line]:
        """Yield what taking in would do to each denial, in the order of the file."""
        known = _known([one.fingerprint for one in denials], self.authority)
        for some in in_parts(denials, AT_ONCE):
            held = self._held({one.content.source_reference for one in some if one.fingerprint not in known} - {""})
            for one in some:
                if one.fingerprint in known:
                    yield Line(one, "unchanged", held=known[one.fingerprint])
                else:
                    yield self._line(one, held.get((one.content.source_reference, one.content.regime), []))

    def _held(self, references: set[str]) -> dict[tuple[str, str], list[Denial]]:
        """Return what the register holds under references of the file, by reference and regime."""
        found: dict[tuple[str, str], list[Denial]] = {}
        if not references or not {"reference", "regime_reference"} & set(self.reader.columns):
            return found
        same = Q(state_of_issue_id=self.authority.state_id, source_reference__in=references)
        rows = Denial.objects.notified().filter(same)
        if self.by is not None:
            others = Denial.objects.visible_to(self.by).notified().filter(reference__in=references)
            rows = Denial.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=others.values("pk")))
        for row in rows.exclude(status="withdrawn").with_content():
            for name in {row.source_reference, row.reference} & references:
                found.setdefault((name, row.regime), []).append(row)
        return found

    def _line(self, one: HistoricDenial, held: Sequence[Denial]) -> Line:
        """Say what a row does to a denial held under its reference: amend it, nothing, or nothing may be done."""
        if not held:
            return Line(one, "new")
        row, name = held[0], one.content.source_reference
        if row.authority_id != one.issuer.pk:
            return Line(one, "conflict", rule="of_another_authority", value=name)
        if len(held) > 1:
            return Line(one, "conflict", rule="reference_ambiguous", value=name)
        if row.status != "in_force" or row.current is None:
            return Line(one, "conflict", held=row.pk, rule="reference_ended", value=name)
        row.current.denial = row
        before = as_stored(parts.read(row.current))
        stated = one.content if name != row.reference else replace(one.content, source_reference=row.source_reference)
        after = as_amended(before, stated, self.reader.columns)
        if after == before:
            return Line(one, "unchanged", held=row.pk)
        return Line(replace(one, content=after), "changed", held=row.pk, before=before)


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

"""
The register, or what a question finds of it, as a file: each denial as its reader may see it, in the version it had.

A row is an item of a denial; rows of one reference belong together, as an import reads them. Versions never change, so
that a file holds the state of the register it names, however long it takes to write.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import StreamingHttpResponse

from accounts.models import Ledger
from accounts.roles import Principal
from denials.exports.files import Sheet, as_file, download
from denials.fields import content_shown
from denials.law.content import MARKINGS, DenialContent, StatedItem, StatedParty
from denials.law.transactions import Role
from denials.models import DenialVersion
from denials.models import content as parts

AT_ONCE: Final = 500  # denials loaded in one go
_OF_DENIAL: Final = ("reference", "regime", "issuer", "authority", "status", "act", "legal basis", "activity")
_OF_CONTENT: Final = ("decided on", "notified on", "destination code", "destination")
_ROLES: Final = (Role.END_USER, Role.CONSIGNEE, Role.INTERMEDIARY, Role.BROKER, Role.EXPORTER, Role.OTHER)
_OF_PARTIES: Final = tuple(
    name.replace("_", " ")
    for role in _ROLES
    for name in ((role, f"{role}_country", f"{role}_address") if role in _ROLES[:2] else (f"{role}",))
)
_OF_ITEM: Final = (
    "code",
    "description",
    "description en",
    "quantity",
    "quantity printed",
    "unit",
    "value",
    "currency",
    "manufacturer",
    "model",
    "cas",
    "cn",
    "parameters",
)
_OF_REST: Final = (
    "criteria",
    "grounds",
    "end use",
    "explanation",
    "remarks",
    "origin",
    "extent",
    "part denied",
    "marking",
    "withheld",
    "source number",
    "version",
    "recorded at",
    "register sequence",
)
HEADINGS: Final = (*_OF_DENIAL, *_OF_CONTENT, *_OF_PARTIES, *_OF_ITEM, *_OF_REST)


@dataclass(frozen=True)
class Extract:
    """What is to be written: versions in order, for whom, when, at which state of the register, asked by what."""

    versions: Sequence[UUID]
    reader: Principal
    at: datetime
    sequence: int
    asked: str

    def about(self) -> tuple[tuple[str, str], ...]:
        """Return what stands on the file: who took it out, when, of which register, and how it is to be handled."""
        return (
            ("Denial Exchange", "extract of the register"),
            ("exported by", ", ".join(filter(None, (self.reader.authority_code, self.reader.name)))),
            ("exported at", self.at.isoformat(timespec="seconds")),
            ("register state", str(self.sequence)),
            ("denials", str(len(self.versions))),
            ("asked for", self.asked or "all"),
            ("marking", self._marking()),
        )

    def _marking(self) -> str:
        """The highest marking of what is in it."""
        held: set[str] = set()
        for some in _in_parts(self.versions):
            held |= set(DenialVersion.objects.filter(pk__in=some).values_list("marking", flat=True).distinct())
        return max(held, key=lambda one: MARKINGS.index(one) if one in MARKINGS else 0, default="")


def register_state() -> int:
    """Return the number of the last change of the register."""
    return Ledger.objects.values_list("register_sequence", flat=True).get(pk=1)


def as_register_file(extract: Extract, *, form: str) -> StreamingHttpResponse:
    """Return an extract as a download that is written while it is sent."""
    name = f"denials-{extract.at:%Y-%m-%d}-{extract.sequence}"
    if form == "json":
        return download(json_text(extract), name=name, form=form)
    return as_file(Sheet("Denials", HEADINGS, _rows(extract), extract.about()), name=name, form=form)


def json_text(extract: Extract) -> Iterator[bytes]:
    """Write an extract as JSON: what it is, then each denial in full."""
    about = {name.replace(" ", "_"): value for name, value in extract.about()[1:]}
    yield b'{"export": ' + json.dumps(about, ensure_ascii=False).encode() + b', "denials": ['
    before = b"\n"
    for some in _in_parts(extract.versions):
        lines = [json.dumps(_data(*one), ensure_ascii=False) for one in _loaded(some, extract.reader)]
        if lines:
            yield before + ",\n".join(lines).encode()
            before = b",\n"
    yield b"\n]}\n"


def _in_parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


def _loaded(ids: Sequence[UUID], reader: Principal) -> Iterator[tuple[DenialVersion, DenialContent]]:
    """Yield versions in the order of their ids, with what the reader may see of each."""
    found = DenialVersion.objects.filter(pk__in=ids).select_related("denial__authority", "change")
    held = {one.pk: one for one in found.prefetch_related("items", "parties", "destinations", "criteria")}
    for version in (held[pk] for pk in ids if pk in held):  # a draft may be gone by now
        yield version, content_shown(parts.read(version), reader, version.denial.authority_id)


def _rows(extract: Extract) -> Iterator[list[Any]]:
    for some in _in_parts(extract.versions):
        for version, content in _loaded(some, extract.reader):
            for item in content.items or (StatedItem(),):
                yield [*_of_denial(version, content), *_of_item(item), *_of_rest(version, content)]


def _of_denial(version: DenialVersion, content: DenialContent) -> Iterator[Any]:
    denial = version.denial
    yield from (denial.reference, content.regime, denial.state_of_issue_id, denial.authority.code, version.status)
    yield from (content.act, content.legal_basis, content.activity, content.decided_on, version.notified_on)
    yield _joined(one.code for one in content.destinations)
    yield _joined(one.printed for one in content.destinations)
    for role in _ROLES:
        held = [party for party in content.parties if party.role == role]
        yield _joined(map(_name, held))
        if role in _ROLES[:2]:
            yield _joined(dict.fromkeys(party.country for party in held))
            yield _joined(dict.fromkeys(party.address for party in held))


def _name(party: StatedParty) -> str:
    return party.name.replace(";", ",")  # a semicolon is what separates names in a cell


def _of_item(item: StatedItem) -> Iterator[Any]:
    yield from (item.code_printed or item.code, item.description, item.description_en)
    yield from (item.quantity, item.quantity_printed, item.unit, item.value, item.currency)
    yield from (item.manufacturer, item.model, item.cas, item.cn)
    yield _joined(" ".join(filter(None, (one.name, one.value, one.unit))) for one in item.parameters)


def _of_rest(version: DenialVersion, content: DenialContent) -> Iterator[Any]:
    yield _joined(map(str, content.criteria))
    yield _joined(content.grounds)
    yield from (content.end_use, content.explanation, content.remarks, content.origin)
    yield from (content.scope, content.scope_note, content.marking)
    yield _joined(content.withheld)
    yield from (content.source_reference, version.number)
    yield version.recorded_at.isoformat(timespec="seconds") if version.recorded_at else ""
    yield _sequence(version)


def _sequence(version: DenialVersion) -> int | None:
    return version.change.sequence if version.recorded_at else None


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value for value in values if value)


def _data(version: DenialVersion, content: DenialContent) -> dict[str, Any]:
    """A denial in full, with the names REST gives it."""
    denial = version.denial
    data = content.as_data() | {"criteria": [str(one) for one in content.criteria]}
    for party, stated in zip(data["parties"], content.parties, strict=True):
        party["identifiers"] = dict(stated.identifiers)
    return {
        "id": str(denial.pk),
        "reference": denial.reference,
        "authority": denial.authority.code,
        "state": denial.state_of_issue_id,
        "status": version.status,
        "version": version.number,
        "is_historic": denial.is_historic,
        "notified_on": version.notified_on.isoformat() if version.notified_on else None,
        "review_due_on": version.review_due_on.isoformat() if version.review_due_on else None,
        "recorded_at": version.recorded_at.isoformat() if version.recorded_at else None,
        "register_sequence": _sequence(version),
        **data,
    }

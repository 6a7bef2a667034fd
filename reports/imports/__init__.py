"""Take in an annual return: read its files, check what they say, keep it as a dry run until it is signed off."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.models import Authority
from accounts.roles import Principal
from denials.imports.tables import FileRefused, read_every_sheet
from denials.law.place_names import resolve
from denials.law.places import Special
from denials.law.words import fold
from denials.models import Country, PlaceName, Region
from reports import actions
from reports.imports.cells import Known
from reports.imports.columns import recognise
from reports.imports.reading import Named, ReadReturn, read_tables
from reports.law.plausibility import Finding, check, check_list, lists_in
from reports.models import AnnualReturn
from reports.statistics import returns as counted

__all__ = ["FileRefused", "deliver", "read_files"]

MOST_FILES = 20


def deliver(
    *,
    authority: Authority,
    regime: str,
    year: int,
    files: Iterable[tuple[str, bytes]],
    method: Mapping[str, str],
    method_note: str = "",
    correction: str = "",
    by: Principal,
    now: datetime,
    apart: bool = False,
) -> AnnualReturn:
    """
    Read and check the files of a return and keep it as a dry run; nothing of it is counted.

    :param files: name and content of each.   :param apart: whether larger workbooks are read too.
    :raises FileRefused: if a file cannot be read at all.   :raises RuleBroken: for a year or method card not known.
    """
    contents = list(files)
    read = read_files(contents, regime=regime, year=year, note=method_note, apart=apart)
    before = counted.sums_of(authority, regime, year - 1)
    findings = [*read.findings, *check(read.lines, read.stated, _regions(), before)]
    return actions.deliver_return(
        authority=authority,
        regime=regime,
        year=year,
        lines=read.lines,
        findings=_in_order(findings),
        files=[{"name": name[:255], "digest": hashlib.sha256(content).hexdigest()} for name, content in contents],
        method=method,
        method_note=method_note,
        correction=correction,
        by=by,
        now=now,
    )


def read_files(
    files: Iterable[tuple[str, bytes]], *, regime: str, year: int, note: str = "", apart: bool = False
) -> ReadReturn:
    """Return what the files of a return hold.   :raises FileRefused: naming the file."""
    tables: list[Named] = []
    for name, content in files:
        try:
            sheets = read_every_sheet(content, known=recognise, apart=apart)
        except FileRefused as refused:
            place = f"{name} {refused.place}".strip()
            raise FileRefused(refused.rule, place, refused.value, refused.headings) from refused
        stem = name.rpartition(".")[0] or name
        tables += [Named(f"{stem} {one.sheet}".strip(), one) for one in sheets]
    known = _known()
    read = read_tables(tables, regime, year, known)
    read.lists += lists_in(note, "method card")
    for one in read.lists:
        read.findings += check_list(one, [resolve(name, known.places).code for name in one.members], year)
    return read


def _known() -> Known:
    regions = {}
    for one in Region.objects.all():
        for name in (one.name_en, *one.names.values(), one.code):
            regions[fold(str(name))] = one.code
    regions["europese unie navo"] = regions.get("european union", "european_union")
    return Known(
        places=dict(PlaceName.objects.values_list("folded", "codes")),
        countries=frozenset(Country.objects.values_list("code", flat=True)),
        regions=regions,
    )


def _regions() -> dict[str, str]:
    regions = dict(Country.objects.exclude(region=None).values_list("code", "region_id"))
    union = regions.get("FR", "")
    return regions | dict.fromkeys((Special.EU, Special.EU_NATO_PLUS), union)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    ranks = {"error": 0, "warning": 1, "note": 2}
    return sorted(findings, key=lambda one: (ranks[one.severity], one.place, one.rule))

"""Reference data from files: read strictly, compared with what is held, written only where it differs."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import connection, models

from accounts.models import Authority, CalendarYear, Competence, Membership, PublicHoliday, State

REFDATA = Path(__file__).resolve().parent / "refdata"
_BATCH = 1000
_LOCK = 1182_71  # one loader at a time; any number, the same in every process


class UnfitReferenceFile(Exception):
    """A reference file cannot be taken as it is: which file, which line or record, and why."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(f"{file}: {place}: {reason}")


@dataclass(frozen=True)
class Outcome:
    """What a file did to a table; `kept` counts rows held that the file no longer names and that stay."""

    name: str
    rows: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 file with a header; a row wider or narrower than the header is refused."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as cause:
        raise UnfitReferenceFile(path.name, "file", str(cause)) from cause
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise UnfitReferenceFile(path.name, f"record {number}", "not as many fields as the header")
    return rows


def yes(row: Mapping[str, str], column: str) -> bool:
    """Read a yes/no column; "partly" (part of an entry) counts as yes."""
    return row[column] in {"yes", "partly"}


def day(row: Mapping[str, str], column: str) -> date | None:
    """Read an ISO date, None for an empty field."""
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError as cause:
        raise UnfitReferenceFile(", ".join(row.values()), column, "not a date") from cause


def names(row: Mapping[str, str], prefix: str = "name_") -> dict[str, str]:
    """Gather the columns `name_fr`, `name_de` … that are filled, by language; English has a column of its own."""
    found = {column.removeprefix(prefix): text for column, text in row.items() if column.startswith(prefix) and text}
    found.pop("en", None)
    return found


def one_loader_at_a_time() -> None:
    """Wait for another loader to end; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def mirror(
    model: type[models.Model],
    key: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    *,
    removes: bool = False,
    only_when_new: Collection[str] = (),
    among: models.QuerySet[Any] | None = None,
) -> Outcome:
    """
    Make a table say what its file says, writing only rows that differ.

    :param key: columns that identify a row.   :param removes: whether rows the file no longer names go.
    :param only_when_new: columns that a deployment sets itself and that the file only proposes.
    :param among: the rows the file speaks about, if not the whole table.
    """
    wanted = _keyed(model, key, rows)
    held = {_key(row, key): row for row in (model._default_manager.all() if among is None else among)}
    added = [model(**values) for found, values in wanted.items() if found not in held]
    changed, columns = _changes(held, wanted, only_when_new)
    gone = [row.pk for found, row in held.items() if found not in wanted]
    for row in (*added, *changed):
        _check(model, row, key)
    if removes and gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(added, batch_size=_BATCH)
    if changed:
        model._default_manager.bulk_update(changed, sorted(columns), batch_size=_BATCH)
    return Outcome(
        name=str(model._meta.verbose_name_plural),
        rows=len(wanted),
        added=len(added),
        changed=len(changed),
        removed=len(gone) if removes else 0,
        kept=0 if removes else len(gone),
    )


def _keyed(
    model: type[models.Model], key: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        identity = tuple(row[column] for column in key)
        if identity in found:
            raise UnfitReferenceFile(model._meta.label, str(identity), "named twice")
        found[identity] = row
    return found


def _key(row: models.Model, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in key)


def _changes(
    held: Mapping[tuple[Any, ...], models.Model],
    wanted: Mapping[tuple[Any, ...], Mapping[str, Any]],
    only_when_new: Collection[str],
) -> tuple[list[models.Model], set[str]]:
    changed: list[models.Model] = []
    columns: set[str] = set()
    for identity, values in wanted.items():
        row = held.get(identity)
        if row is None:
            continue
        differing = {c for c, v in values.items() if c not in only_when_new and getattr(row, c) != v}
        for column in differing:
            setattr(row, column, values[column])
        if differing:
            changed.append(row)
            columns |= differing
    return changed, {model_field(held, column) for column in columns}


def model_field(held: Mapping[tuple[Any, ...], models.Model], column: str) -> str:
    """Return the field name of a column (`region` for `region_id`)."""
    return next(f.name for f in next(iter(held.values()))._meta.concrete_fields if column in (f.name, f.attname))


def _check(model: type[models.Model], row: models.Model, key: Sequence[str]) -> None:
    unchecked = {f.name for f in model._meta.concrete_fields if f.is_relation or isinstance(f, models.JSONField)}
    try:
        row.clean_fields(exclude=unchecked)
    except ValidationError as cause:
        raise UnfitReferenceFile(model._meta.label, str(_key(row, key)), "; ".join(cause.messages)) from cause


def load_states(directory: Path = REFDATA) -> list[Outcome]:
    """Load states, their memberships, authorities and competences."""
    states = mirror(State, ["code"], map(_state, read(directory / "states.csv")))
    memberships = mirror(
        Membership,
        ["state_id", "regime", "since"],
        (
            {
                "state_id": row["state"],
                "regime": row["regime"],
                "since": day(row, "since"),
                "until": day(row, "until"),
                "source": row["source"],
            }
            for row in read(directory / "memberships.csv")
        ),
        removes=True,
    )
    authorities = mirror(
        Authority, ["code"], map(_authority, read(directory / "authorities.csv")), only_when_new={"mailbox"}
    )
    return [states, memberships, authorities, _load_competences(directory)]


def _state(row: Mapping[str, str]) -> dict[str, Any]:
    try:
        ZoneInfo(row["zone"])
    except (ZoneInfoNotFoundError, ValueError) as cause:
        raise UnfitReferenceFile("states.csv", row["code"], f"unknown time zone {row['zone']}") from cause
    return {
        "code": row["code"],
        "name_en": row["name_en"],
        "names": names(row),
        "zone": row["zone"],
        "languages": row["languages"].split(),
    }


def _authority(row: Mapping[str, str]) -> dict[str, Any]:
    columns = ("code", "kind", "name", "national_name", "mailbox")
    return {"state_id": row["state"] or None, **{column: row[column] for column in columns}}


def _load_competences(directory: Path) -> Outcome:
    ids = dict(Authority.objects.values_list("code", "id"))
    rows = read(directory / "competences.csv")
    unknown = {row["authority"] for row in rows} - ids.keys()
    if unknown:
        raise UnfitReferenceFile("competences.csv", ", ".join(sorted(unknown)), "no such authority")
    return mirror(
        Competence,
        ["authority_id", "regime", "since"],
        (
            {
                "authority_id": ids[row["authority"]],
                "regime": row["regime"],
                "since": day(row, "since"),
                "until": day(row, "until"),
                "is_contact_point": yes(row, "is_contact_point"),
            }
            for row in rows
        ),
        removes=True,
    )


def load_calendars(*, now: datetime, directory: Path = REFDATA) -> list[Outcome]:
    """
    Record each year's list of public holidays; a list that changed becomes a new version beside the old one.

    A list is compared with the newest version taken from the same source, so that a version an authority
    recorded itself stays the one that counts until the file brings something new.
    """
    lists: dict[tuple[str, int], dict[date, str]] = {}
    sources = {(row["state"], int(row["year"])): row["source"] for row in read(directory / "calendars.csv")}
    for row in read(directory / "holidays.csv"):
        on = day(row, "date")
        if on is None or (row["state"], on.year) not in sources:
            raise UnfitReferenceFile(
                "holidays.csv", f"{row['state']} {row['date']}", "its year is not in calendars.csv"
            )
        holidays = lists.setdefault((row["state"], on.year), {})
        if on in holidays:
            raise UnfitReferenceFile("holidays.csv", f"{row['state']} {row['date']}", "named twice")
        holidays[on] = row["name"]
    years = _new_versions(sources, lists, now)
    CalendarYear.objects.bulk_create(years)
    days = [
        PublicHoliday(calendar_year=year, date=on, name=name)
        for year in years
        for on, name in sorted(lists.get((year.state_id, year.year), {}).items())
    ]
    for holiday in days:
        _check(PublicHoliday, holiday, ["date", "name"])
    PublicHoliday.objects.bulk_create(days, batch_size=_BATCH)
    total = sum(map(len, lists.values()))
    return [
        Outcome("calendar years", len(sources), added=len(years)),
        Outcome("public holidays", total, added=len(days)),
    ]


def _new_versions(
    sources: Mapping[tuple[str, int], str], lists: Mapping[tuple[str, int], Mapping[date, str]], now: datetime
) -> list[CalendarYear]:
    newest: dict[tuple[str, int], int] = {}
    held: dict[tuple[str, int, str], dict[date, str]] = {}
    for year in CalendarYear.objects.order_by("version").prefetch_related("holidays"):
        newest[year.state_id, year.year] = year.version
        held[year.state_id, year.year, year.source] = {h.date: h.name for h in year.holidays.all()}
    return [
        CalendarYear(
            state_id=state, year=year, version=newest.get((state, year), 0) + 1, source=source, recorded_at=now
        )
        for (state, year), source in sources.items()
        if held.get((state, year, source)) != lists.get((state, year), {})
    ]

"""Load the reference data of the exchange: states, calendars, places, control lists, criteria and grounds."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import clock
from accounts.imports import REFDATA as ACCOUNTS_REFDATA
from accounts.imports import (
    Outcome,
    UnfitReferenceFile,
    day,
    load_calendars,
    load_states,
    mirror,
    names,
    one_loader_at_a_time,
    read,
    yes,
)
from denials.law.lists import Completeness, Kind
from denials.law.place_names import fold
from denials.models import (
    ControlList,
    ControlListEntry,
    Country,
    Criterion,
    EntrySuccession,
    Ground,
    PlaceAttribute,
    PlaceName,
    Region,
)

REFDATA = Path(__file__).resolve().parents[2] / "refdata"
#: The languages of the Union (Reg. No 1) but English, which has a column of its own, and both forms of Norwegian.
LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl"),
    *("pt", "ro", "sk", "sl", "sv", "nb", "nn"),
)


class Command(BaseCommand):
    """All or nothing; the same files again change nothing."""

    help = "Load reference data from accounts/refdata and denials/refdata; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", type=Path, default=ACCOUNTS_REFDATA, help="Directory instead of accounts/refdata."
        )
        parser.add_argument("--denials", type=Path, default=REFDATA, help="Directory instead of denials/refdata.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                one_loader_at_a_time()
                outcomes = [
                    *load_states(options["accounts"]),
                    *load_calendars(now=clock.now(), directory=options["accounts"]),
                    *load_register_reference(options["denials"]),
                ]
        except UnfitReferenceFile as cause:
            raise CommandError(f"Nothing was loaded. {cause}") from cause
        except KeyError as cause:
            raise CommandError(f"Nothing was loaded. Column or list {cause} is missing.") from cause
        except ValueError as cause:
            raise CommandError(f"Nothing was loaded. {cause}") from cause
        if options["verbosity"]:
            for outcome in outcomes:
                self.stdout.write(_line(outcome))


def _line(outcome: Outcome) -> str:
    changes = {
        "new": outcome.added,
        "changed": outcome.changed,
        "removed": outcome.removed,
        "no longer named": outcome.kept,
    }
    said = ", ".join(f"{count} {what}" for what, count in changes.items() if count) or "unchanged"
    return f"{outcome.name}: {outcome.rows} ({said})"


def load_register_reference(directory: Path) -> list[Outcome]:
    """Load places, control lists, criteria and grounds."""
    return [
        mirror(Region, ["code"], map(_region, read(directory / "regions.csv"))),
        mirror(Country, ["code"], map(_country, read(directory / "countries.csv"))),
        mirror(PlaceName, ["folded"], place_names(directory), removes=True),
        mirror(
            PlaceAttribute,
            ["country_id", "name", "by", "since"],
            map(_attribute, read(directory / "places.csv")),
            removes=True,
        ),
        *load_control_lists(directory),
        mirror(Criterion, ["code"], map(_criterion, read(directory / "criteria.csv"))),
        mirror(Ground, ["code"], (dict(row) for row in read(directory / "grounds.csv"))),
    ]


def _region(row: Mapping[str, str]) -> dict[str, Any]:
    return {"code": row["code"], "order": int(row["order"]), "name_en": row["name_en"], "names": names(row)}


def names_in_all_languages(country: str) -> dict[str, str]:
    """Return a country's name in each language of the Union but English, and in Norwegian.   Source: CLDR, by Babel."""
    held = ((language, Locale.parse(language).territories.get(country, "")) for language in LANGUAGES)
    return {language: name for language, name in held if name}


def _country(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "iso3": row["iso3"],
        "numeric": row["numeric"],
        "name_en": row["name_en"],
        "names": names_in_all_languages(row["code"]) | names(row),
        "region_id": row["region"] or None,
        "is_eu": yes(row, "eu"),
        "is_nato": yes(row, "nato"),
        "is_wassenaar": yes(row, "wassenaar"),
        "is_aligned": yes(row, "aligned"),
        "source": f"{row['source']}; region: {row['region_evidence']}",
    }


def _attribute(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "country_id": row["country"],
        "name": row["name"],
        "by": row["by"],
        "since": day(row, "since"),
        "until": day(row, "until"),
        "note": row["note"],
        "source": row["source"],
        "verified": yes(row, "verified"),
    }


def place_names(directory: Path) -> Iterator[dict[str, Any]]:
    """
    Yield every way a place is written: the extra names first, then each country's names and codes.

    A name of the first kind decides: "Congo" stays undecided although one language means the Republic by it.

    :raises UnfitReferenceFile: where a name would mean two countries without being marked as such.
    """
    found: dict[str, list[str]] = {}
    decided: set[str] = set()
    for printed, codes, source, is_extra in _written_names(directory):
        folded = fold(printed)
        if found.setdefault(folded, codes) != codes and (is_extra or folded not in decided):
            raise UnfitReferenceFile("place_names.csv", printed, f"means {found[folded]} and {codes}")
        if is_extra:
            decided.add(folded)
        if found[folded] is codes:
            yield {"folded": folded, "printed": printed, "codes": codes, "source": source}


def _written_names(directory: Path) -> Iterator[tuple[str, list[str], str, bool]]:
    for row in read(directory / "place_names.csv"):
        yield row["name"], row["candidates"].split() or [row["code"]], row["source"], True
    for row in read(directory / "place_names_eu.csv"):
        yield row["name"], row["candidates"].split() or [row["code"]], row["source"], True
    for row in read(directory / "countries.csv"):
        for printed in (row["name_en"], *names(row).values(), row["code"], row["iso3"]):
            yield printed, [row["code"]], row["source"], False


def load_control_lists(directory: Path) -> list[Outcome]:
    """
    Load the versions of the lists, their entries and successions; versions the files no longer name stay.

    Each version carries a digest of all that was loaded, by which every process notices that its copy is outdated.
    """
    named = read(directory / "control_lists.csv")
    digest = _digest(directory, named)
    versions = mirror(ControlList, ["code", "version"], (_version(row, digest) for row in named))
    held = {(one.code, one.version): one.pk for one in ControlList.objects.all()}
    return [versions, _load_entries(directory, named, held), _load_successions(directory, held)]


def _digest(directory: Path, named: Iterable[Mapping[str, str]]) -> str:
    files = ["control_lists.csv", "successions.csv", *(row["entries"] for row in named if row["entries"])]
    digest = sha256()
    for name in files:
        digest.update(_bytes(directory / name))
    return digest.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise UnfitReferenceFile(path.name, "file", str(cause)) from cause


def _version(row: Mapping[str, str], digest: str) -> dict[str, Any]:
    return {
        "code": row["code"],
        "version": row["version"],
        "title": row["title"],
        "source": row["source"],
        "since": day(row, "since"),
        "until": day(row, "until"),
        "completeness": Completeness(row["completeness"]),
        "is_held": bool(row["entries"]),
        "digest": digest,
    }


def _load_entries(directory: Path, named: Iterable[Mapping[str, str]], held: Mapping[tuple[str, str], int]) -> Outcome:
    """Load the entries of the versions whose files are named; those of other versions stay."""
    files = {held[row["code"], row["version"]]: row["entries"] for row in named if row["entries"]}
    rows = (_entry(row, pk) for pk, file in files.items() for row in read(directory / file))
    among = ControlListEntry.objects.filter(control_list__in=files)
    return mirror(ControlListEntry, ["control_list_id", "country", "code"], rows, removes=True, among=among)


def _load_successions(directory: Path, held: Mapping[tuple[str, str], int]) -> Outcome:
    rows = map(partial(_succession, held=held), read(directory / "successions.csv"))
    return mirror(EntrySuccession, ["control_list_id", "from_code", "to_list_id"], rows, removes=True)


def _succession(row: Mapping[str, str], held: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    try:
        ends = {
            "control_list_id": held[row["list"], row["from_version"]],
            "to_list_id": held[row["to_list"], row["to_version"]],
        }
    except KeyError as cause:
        raise UnfitReferenceFile("successions.csv", row["from_code"], f"version {cause} is not named") from cause
    return ends | {
        "from_code": row["from_code"],
        "to_codes": row["to_codes"].split(),
        "kind": Kind(row["kind"]),
        "source": row["source"],
        "is_verified": yes(row, "verified"),
    }


def _entry(row: Mapping[str, str], control_list_id: int) -> dict[str, Any]:
    return {
        "control_list_id": control_list_id,
        "code": row["code"],
        "compact": row["compact"],
        "parent_code": row["parent"],
        "country": row["country"],
        "level": int(row["level"]),
        "category": row["category"],
        "regime_note": row["regime_note"],
        "is_annex_iv": yes(row, "annex_iv"),
        "is_military": yes(row, "is_military"),
        "is_used": row["status"] == "active",
        "is_open": row["subitems"] == "not_held",
        "title_en": row["title_en"],
        "titles": names(row, "title_") | ({"short": row["short_en"]} if row["short_en"] else {}),
    }


def _criterion(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "title_en": row["title_en"],
        "short_names": names(row, "short_") | {"en": row["short_en"]},
        "effect": row["effect"],
    }

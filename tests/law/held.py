"""The control lists as the reference files hold them, without a database."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import denials
from accounts.imports import names, read, yes
from denials.law.lists import Completeness, Entry, Kind, Lists, ListVersion, Succession

REFDATA = Path(denials.__file__).parent / "refdata"


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def lists() -> Lists:
    """All lists of the reference files."""
    rows = read(REFDATA / "control_lists.csv")
    return Lists(
        versions=tuple(version(row) for row in rows),
        entries=tuple(one for row in rows if row["entries"] for one in entries(row)),
        successions=tuple(succession(row) for row in read(REFDATA / "successions.csv")),
    )


def version(row: dict[str, str]) -> ListVersion:
    dates = {"since": day(row["since"]), "until": day(row["until"])}
    completeness, is_held = Completeness(row["completeness"]), bool(row["entries"])
    return ListVersion(
        row["code"], row["version"], row["title"], **dates, completeness=completeness, is_held=is_held
    )  # fmt: skip


def entries(version: dict[str, str]) -> Iterator[Entry]:
    for row in read(REFDATA / version["entries"]):
        yield Entry(
            version["code"],
            version["version"],
            row["code"],
            row["parent"],
            row["title_en"] or row["title_de"],
            tuple(sorted(names(row, "title_").items())),
            int(row["level"]),
            row["category"],
            row["regime_note"],
            yes(row, "annex_iv"),
            row["country"],
            row["status"] == "active",
            row["subitems"] == "not_held",
        )


def succession(row: dict[str, str]) -> Succession:
    return Succession(
        row["list"],
        row["from_version"],
        row["from_code"],
        row["to_list"],
        row["to_version"],
        tuple(row["to_codes"].split()),
        Kind(row["kind"]),
        row["source"],
        row["verified"] == "yes",
    )

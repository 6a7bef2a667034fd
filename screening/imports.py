"""Very many applications in one file or body, taken apart into rows; what each says is read when it is worked on."""

import json
from typing import Any

from accounts.api.parsers import strict_json
from screening.law.bulk import LARGEST_FILE, LONGEST_ROW, MOST_ROWS, JobRefused


def rows_of(content: bytes) -> list[str]:
    """
    Return the applications of a file: JSON Lines, a JSON list, or an object with the list as `applications`.

    :raises JobRefused: if it is none of these, or longer than is taken.
    """
    if len(content) > LARGEST_FILE:
        raise JobRefused(field="file", value="too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JobRefused(field="file", value="not_utf8") from None
    if "\x00" in text:
        raise JobRefused(field="file", value="not_text")
    stripped = text.lstrip()
    if stripped.startswith("[") or _is_whole(stripped):
        return as_rows([json.dumps(one) for one in _listed(_json(stripped))])
    return as_rows([line for line in text.splitlines() if line.strip()])


def as_rows(given: list[Any]) -> list[str]:
    """Return applications, as texts or as data, as rows. :raises JobRefused: for none, too many, or too long a one."""
    if not given or len(given) > MOST_ROWS:
        raise JobRefused(field="applications", value=len(given))
    rows = [one if isinstance(one, str) else json.dumps(one) for one in given]
    for place, row in enumerate(rows, start=1):
        if len(row) > LONGEST_ROW:
            raise JobRefused(field=f"applications[{place - 1}]", value="too_long")
    return rows


def _is_whole(text: str) -> bool:
    """Whether the text is one object over several lines, and not one object a line."""
    if not text.startswith("{"):
        return False
    try:
        json.loads(text.splitlines()[0])
    except (ValueError, RecursionError):
        return True
    return '"applications"' in text.splitlines()[0]


def _json(text: str) -> Any:
    try:
        return strict_json(text)
    except (ValueError, RecursionError):
        raise JobRefused(field="file", value="not_json") from None


def _listed(content: Any) -> list[Any]:
    found = content.get("applications") if isinstance(content, dict) else content
    if not isinstance(found, list):
        raise JobRefused(field="applications", value="not_a_list")
    return found

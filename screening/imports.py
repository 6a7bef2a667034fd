"""Very many applications in one file or body, taken apart into rows; what each says is read when it is worked on."""

import json
import re
from typing import Any, Final

from accounts.api.parsers import strict_json
from screening.law.bulk import LARGEST_FILE, LONGEST_ROW, MOST_ROWS, JobRefused

_LINE_ENDS: Final = re.compile(r"[\r\n]+")  # no others: within a text JSON lets U+2028 and its like stand as they are


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
    if _is_whole(_LINE_ENDS.split(stripped, maxsplit=1)[0]):
        return as_rows([json.dumps(one) for one in _listed(_json(stripped))])
    return as_rows([line for line in _LINE_ENDS.split(text) if line.strip()])


def as_rows(given: list[Any]) -> list[str]:
    """Return applications, as texts or as data, as rows. :raises JobRefused: for none, too many, or too long a one."""
    if not given or len(given) > MOST_ROWS:
        raise JobRefused(field="applications", value=len(given))
    rows = [one if isinstance(one, str) else json.dumps(one) for one in given]
    for place, row in enumerate(rows, start=1):
        if len(row) > LONGEST_ROW:
            raise JobRefused(field=f"applications[{place - 1}]", value="too_long")
    return rows


def _is_whole(first: str) -> bool:
    """Whether a text that begins so is one list, or one object over several lines or with the list: not one a line."""
    if not first.startswith("{"):
        return first.startswith("[")
    try:
        return "applications" in json.loads(first)
    except (ValueError, RecursionError):
        return True


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

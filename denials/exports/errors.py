"""The rows of a file that were not taken in, as they stood, with the reasons."""

from collections.abc import Iterator, Mapping
from typing import Any

from denials.exports.files import Sheet
from denials.labels import problem_text
from denials.models import ImportJob, ImportLine

FINDING = ("row", "column", "rule", "message")


def error_table(job: ImportJob) -> Sheet:
    """
    Return the rows of a file that hold errors, conflict with the register or were left out, one line each.

    The file may be put right and sent again: the four columns on the right are not read.
    """
    wrong = job.lines.exclude(rule="").order_by("position")
    headings = [str(heading) for heading in job.headings]
    return Sheet(title=job.name, headings=(*headings, *FINDING), rows=_rows(wrong.iterator(), len(headings)))


def _rows(lines: Iterator[ImportLine], width: int) -> Iterator[list[Any]]:
    for line in lines:
        found = [one for one in line.findings if one["rule"]] or [
            {"column": "", "rule": line.rule, "value": line.value}
        ]
        cells = [*line.cells, *[""] * width][:width]
        yield [*cells, line.row, *(_joined(found, name) for name in ("column", "rule")), " | ".join(map(_words, found))]


def _joined(found: list[Mapping[str, Any]], name: str) -> str:
    return " | ".join(str(one[name]) for one in found)


def _words(one: Mapping[str, Any]) -> str:
    return problem_text(str(one["rule"]), {"value": one["value"]})

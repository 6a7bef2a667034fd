"""What of very many applications was not accepted, as a table."""

from collections.abc import Iterator
from typing import Any

from denials.exports.files import Sheet
from screening.models import BulkJob

HEADINGS = ("row", "key", "field", "rule", "message")


def refusals(job: BulkJob) -> Sheet:
    """Return each thing that was not accepted, with the number of its row; nothing of what was sent is in it."""
    return Sheet(title=job.name or str(job.pk), headings=HEADINGS, rows=_rows(job))


def _rows(job: BulkJob) -> Iterator[list[Any]]:
    for row in job.rows.filter(state="refused").order_by("position").iterator(chunk_size=500):
        for one in row.findings:
            yield [row.position, row.key, one.get("field", ""), one.get("rule", ""), one.get("message", "")]

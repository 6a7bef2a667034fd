"""Where else the register holds what a person erased is called: uploaded files, stored answers, saved searches."""

import html
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL

from accounts import audit
from accounts.models import IdempotentRequest
from accounts.roles import Principal
from denials.law.erasure import data_without, occurs, without
from denials.law.jobs import OVER, JobEvent
from denials.law.searches import LONGEST_NAME
from denials.models import Denial, ImportedFile, ImportJob, ImportLine, SavedSearch

FORGOTTEN: Final = "person_erased"  # why a file is given up, and holds nothing any more
_ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1253", "cp1251", "iso8859-7")
_MOST_UNPACKED: Final = 50 * 1024 * 1024
_END_OF_CELL: Final = re.compile(r"</(?:\w+:)?(?:si|is|c|row|v|f)>")
_BETWEEN_CELLS: Final = re.compile(r"[;,|\t\"]+")
_TAG: Final = re.compile(r"<[^>]*>")
_LINE_TEXTS: Final = ("content", "cells", "findings", "value")
_KEPT_OF_JOB: Final = (
    "state",
    "finished_at",
    "rule",
    "content",
    "name",
    "mapping",
    "headings",
    "outline",
    "place",
    "value",
)


def hold_files(authority: UUID | None) -> list[ImportJob]:
    """Lock the authority's uploaded files that still hold something, in one order; what they hold is not read yet."""
    held = ImportJob.objects.filter(authority=authority).exclude(content=b"").defer("content")
    return list(held.select_for_update(of=("self",)).order_by("pk"))


def forget(denial: Denial, files: Sequence[ImportJob], words: Collection[str], *, by: Principal, now: datetime) -> None:
    """
    Empty what holds a person beside the denial itself; what became of it stays.

    :param files: locked, see `hold_files`.   :param words: names and numbers, see `law.erasure.words_of`.
    """
    ids = [denial.pk, *_empty_files(denial, files, words, now), *forget_in_searches(words, by=by, now=now)]
    _reword_file_names(denial, words)
    _reword_answers(ids, words)


# ---- uploaded files ----------------------------------------------------------------------------------------------


def _empty_files(denial: Denial, files: Sequence[ImportJob], words: Collection[str], now: datetime) -> list[UUID]:
    """Empty each file that brought the denial or holds the person; one that is not over is given up, and says why."""
    forgotten = [job for job in files if _is_of(job, denial) or _holds(job, words)]
    for job in forgotten:
        if job.state not in OVER:
            job.advance(JobEvent.CANCEL)
            job.finished_at = now
        job.rule, job.content = FORGOTTEN, b""
        job.name, job.place, job.value = (without(text, words)[:255] for text in (job.name, job.place, job.value))
        job.headings, job.outline, job.mapping = (
            data_without(one, words) for one in (job.headings, job.outline, job.mapping)
        )
        job.lines.all().delete()
        job.save(update_fields=_KEPT_OF_JOB)
    return [job.pk for job in forgotten]


def _is_of(job: ImportJob, denial: Denial) -> bool:
    """Whether a line of a file became the denial, or was compared with it."""
    return job.lines.filter(Q(denial=denial) | Q(held=denial)).exists()


def _holds(job: ImportJob, words: Collection[str]) -> bool:
    if any(occurs(text, words) for text in (job.name, job.place, job.value)):
        return True
    lines = ImportLine.objects.filter(job=job).values_list(*_LINE_TEXTS)
    if any(_in_data(line, words) for line in lines.iterator(chunk_size=500)):
        return True
    return file_holds(bytes(ImportJob.objects.values_list("content", flat=True).get(pk=job.pk)), words)


def _in_data(data: Iterable[Any], words: Collection[str]) -> bool:
    found = list(data)
    cells = [one for one in found if isinstance(one, list)]
    texts = ("\n".join(text for text in some if isinstance(text, str)) for some in cells)
    return data_without(found, words) != found or any(occurs(text, words) for text in texts)


def file_holds(content: bytes, words: Collection[str]) -> bool:
    """
    Say whether a file holds any of the words, however it is encoded; one that cannot be looked into counts as one.

    A name whose parts stand in neighbouring cells is found too.
    """
    if content[:2] == b"PK":
        try:
            texts = _texts_of_workbook(content)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            return True
        return texts is None or any(occurs(text, words) for text in texts)
    texts = [content.decode(encoding, "ignore") for encoding in _ENCODINGS]
    return any(occurs(text, words) or occurs(_BETWEEN_CELLS.sub(" ", text), words) for text in texts)


def _texts_of_workbook(content: bytes) -> list[str] | None:
    """Return the texts of a workbook's parts, None where it unpacks to more than is read."""
    texts, left = [], _MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for member in packed.infolist():
            with packed.open(member) as part:
                data = part.read(left + 1)
            left -= len(data)
            if left < 0:
                return None
            words = _TAG.sub("", _END_OF_CELL.sub("\n", data.decode("utf-8", "ignore")))
            texts.append(html.unescape(words))
    return texts


def _reword_file_names(denial: Denial, words: Collection[str]) -> None:
    """Take the person out of the names and reports of files that were taken in."""
    for file in ImportedFile.objects.filter(authority=denial.authority).order_by("pk").iterator():
        name, report = without(file.name, words)[:255], data_without(file.report, words)
        if (name, report) != (file.name, file.report):
            ImportedFile.objects.filter(pk=file.pk).update(name=name, report=report)


# ---- saved searches and stored answers ---------------------------------------------------------------------------


def forget_in_searches(words: Collection[str], *, by: Principal, now: datetime) -> list[UUID]:
    """
    Take a person out of every saved search, whoever saved it: out of its name and of what it asks.

    What is left asks for something else: no notice is given of it any more.
    """
    holding = [
        one.pk
        for one in SavedSearch.objects.only("name", "asked").iterator()
        if occurs(one.name, words) or data_without(one.asked, words) != one.asked
    ]
    for saved in SavedSearch.objects.filter(pk__in=holding).select_for_update(of=("self",)).order_by("pk"):
        asked = data_without(saved.asked, words)
        saved.gives_notice = saved.gives_notice and asked == saved.asked
        saved.name, saved.asked = _free_name(saved, without(saved.name, words)), asked
        saved.save(update_fields=["name", "asked", "gives_notice"])
        audit.record("search.changed", subject=saved, by=by, at=now, after={"person_erased": True})
    return holding


def _free_name(saved: SavedSearch, name: str) -> str:
    """Return a name that its owner has not given to another search."""
    own = SavedSearch.objects.filter(owner=saved.owner_id, client=saved.client_id).exclude(pk=saved.pk)
    taken = set(own.values_list("name", flat=True))
    further = (f"{name[: LONGEST_NAME - 8]} {number}" for number in range(2, len(taken) + 2))
    return next(one for one in chain([name[:LONGEST_NAME]], further) if one not in taken)


def _reword_answers(ids: Iterable[UUID], words: Collection[str]) -> None:
    """Take a person out of the answers kept for repeated requests about these things; a repetition is told the rest."""
    for one in ids:
        about = RawSQL("position(%s::bytea in body) > 0", [str(one).encode("ascii")])
        for stored in IdempotentRequest.objects.alias(is_about=about).filter(is_about=True):
            body = _answer_without(bytes(stored.body), words)
            if body != bytes(stored.body):
                IdempotentRequest.objects.filter(pk=stored.pk).update(body=body)


def _answer_without(body: bytes, words: Collection[str]) -> bytes:
    try:
        told = json.loads(body)
    except ValueError:
        return body
    left = data_without(told, words)
    return body if left == told else json.dumps(left, ensure_ascii=False, separators=(",", ":")).encode()

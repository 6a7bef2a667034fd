"""A denial on paper, or another case: what its dossier says, and the dossier as a PDF to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from denials.exports.files import TYPES


@dataclass(frozen=True)
class Fact:
    """A line of a section: what it is, what it says; `label` is "" for a text that stands alone."""

    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """A part of the dossier."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Dossier:
    """What is written, and what stands on every sheet: marking and reference above, who printed it below."""

    reference: str
    marking: str
    title: str
    subtitle: str
    printed: str
    at: datetime
    sections: Sequence[Section]


def pdf(dossier: Dossier) -> bytes:
    """Write a dossier."""
    # What sets type takes long to load: only a process that writes a PDF does so, not every web and worker process.
    from denials.exports.paper import Paper

    return bytes(Paper(dossier).written())


def as_paper(dossier: Dossier, *, name: str) -> HttpResponse:
    """Return a dossier as a download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(pdf(dossier), content_type=TYPES["pdf"], headers=headers)

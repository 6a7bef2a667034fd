"""
What a document attached to a thread may be: its kind by name and by content alike, its size, its marking.

No classified matter: the ceiling of the exchange is below EU classified information.   Reading: docs/adr/0097.
"""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from accounts.law.errors import NotForeseen, RuleBroken

LARGEST = 5_000_000  # bytes
LARGEST_UNPACKED = 60_000_000
MOST_MEMBERS = 2_000
LONGEST_NAME = 120
MOST_PER_THREAD = 40


class Marking(StrEnum):
    """How a document is to be handled."""

    UNMARKED = "unmarked"
    LIMITE = "limite"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Kind:
    """A kind of document: its media type, and what its content begins with; for an archive, a member it must hold."""

    media_type: str
    begins: tuple[bytes, ...]
    member: str = ""


KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", (b"%PDF-",)),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "txt": Kind("text/plain; charset=utf-8", ()),
    "csv": Kind("text/csv; charset=utf-8", ()),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",), "word/document.xml"
    ),
    "xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",), "xl/workbook.xml"
    ),
    "odt": Kind("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",), "content.xml"),
}


class DocumentRefused(RuleBroken):
    """The document cannot be attached: `reason` says why."""

    code = "document_refused"
    conflict = False

    def __init__(self, reason: str, field: str = "document") -> None:
        super().__init__(field=field, reason=reason)


def check_document(name: str, content: bytes) -> str:
    """
    Return the media type of a document that may be attached.

    :raises DocumentRefused: for its name, its size, a kind not accepted, or content that is not of its name's kind.
    """
    _check_name(name)
    if not content:
        raise DocumentRefused("empty")
    if len(content) > LARGEST:
        raise DocumentRefused("too_large")
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise DocumentRefused("kind_not_accepted")
    if kind.begins and not content.startswith(kind.begins):
        raise DocumentRefused("not_what_its_name_says")
    if kind.member:
        _check_archive(content, kind.member)
    if not kind.begins:
        _check_text(content)
    return kind.media_type


def check_marking(marking: str) -> Marking:
    """Return the marking.   :raises NotForeseen: for another; classified documents do not belong here."""
    if marking not in tuple(Marking):
        raise NotForeseen(field="marking", value=marking)
    return Marking(marking)


def _check_name(name: str) -> None:
    if not name or len(name) > LONGEST_NAME or name.startswith(".") or not name.isprintable():
        raise DocumentRefused("name_not_accepted")
    if set(name) & set('/\\:*?"<>|'):
        raise DocumentRefused("name_not_accepted")


def _check_text(content: bytes) -> None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise DocumentRefused("not_what_its_name_says") from None
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text):
        raise DocumentRefused("not_what_its_name_says")


def _check_archive(content: bytes, member: str) -> None:
    """An office document is an archive: its directory is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DocumentRefused("not_what_its_name_says") from None
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
        raise DocumentRefused("too_large_unpacked")
    names = {one.filename for one in members}
    if member not in names:
        raise DocumentRefused("not_what_its_name_says")
    if any(name.startswith("/") or ".." in name or "vbaProject" in name for name in names):
        raise DocumentRefused("kind_not_accepted")

"""What may be attached: by name and content alike, bounded, marked; docs/adr/0097."""

import io
import zipfile

import pytest

from accounts.law.errors import NotForeseen
from consultations.law import documents
from consultations.law.documents import DocumentRefused, check_document, check_marking

PDF = b"%PDF-1.7\n%..."


def an_archive(*members: str, size: int = 10) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, b"0" * size)
    return kept.getvalue()


ACCEPTED = [
    ("offer.pdf", PDF),
    ("Offer.PDF", PDF),
    ("plate.png", b"\x89PNG\r\n\x1a\n..."),
    ("plate.jpeg", b"\xff\xd8\xff\xe0..."),
    ("note.txt", "Vergunning geweigerd – zie bijlage".encode()),
    ("list.csv", b"a,b\r\n1,2\r\n"),
    ("letter.docx", an_archive("word/document.xml")),
    ("list.xlsx", an_archive("xl/workbook.xml")),
    ("brief.odt", an_archive("content.xml")),
    ("брошюра.pdf", PDF),
]
REFUSED = [
    ("offer.pdf", b"MZ\x90\x00", "not_what_its_name_says"),
    ("plate.png", PDF, "not_what_its_name_says"),
    ("note.txt", b"\x00\x01", "not_what_its_name_says"),
    ("note.txt", b"\xff\xfe", "not_what_its_name_says"),
    ("letter.docx", an_archive("xl/workbook.xml"), "not_what_its_name_says"),
    ("letter.docx", b"PK\x03\x04broken", "not_what_its_name_says"),
    ("letter.docx", an_archive("word/document.xml", "word/vbaProject.bin"), "kind_not_accepted"),
    ("letter.docx", an_archive("word/document.xml", "../../etc/passwd"), "kind_not_accepted"),
    ("bomb.xlsx", an_archive("xl/workbook.xml", size=61_000_000), "too_large_unpacked"),
    ("page.html", b"<script>", "kind_not_accepted"),
    ("run.exe", b"MZ", "kind_not_accepted"),
    ("picture.svg", b"<svg/>", "kind_not_accepted"),
    ("none", b"x", "kind_not_accepted"),
    ("empty.pdf", b"", "empty"),
    ("large.pdf", PDF + b"0" * documents.LARGEST, "too_large"),
    ("../offer.pdf", PDF, "name_not_accepted"),
    ("a\r\nb.pdf", PDF, "name_not_accepted"),
    ("fdp\u202egnp.pdf", PDF, "name_not_accepted"),
    (".pdf", PDF, "name_not_accepted"),
    ("x" * 200 + ".pdf", PDF, "name_not_accepted"),
]


@pytest.mark.parametrize(("name", "content"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_accepted(name, content):
    assert check_document(name, content)


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_refused(name, content, reason):
    with pytest.raises(DocumentRefused) as refusal:
        check_document(name, content)
    assert refusal.value.params["reason"] == reason


def test_nothing_classified():
    assert [str(check_marking(one)) for one in ("unmarked", "limite", "sensitive")]
    for marking in ("restricted", "secret", ""):
        with pytest.raises(NotForeseen):
            check_marking(marking)

"""Message catalogues with Babel alone: `update` extracts, `compile` writes .mo, `check` finds what is missing."""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "locale"
LANGUAGES = ("fr", "de", "nl")
ROOMS = ("config", "accounts", "denials", "screening", "consultations", "reports")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Words every language must have: navigation, statuses, legal terms.
OBLIGED = ("*/labels.py", "*/templatetags/*.py", "templates/base.html", "templates/components/*.html")
STRING = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{STRING}(?:\s*,\s*{STRING})?(?:\s*,\s*{STRING})?")

Found = tuple[str, str | tuple[str, ...], str | None]


def sources(pattern: str) -> list[Path]:
    return [file for room in ROOMS for file in sorted((BASE / room).rglob(pattern))]


def in_python(file: Path) -> Iterator[Found]:
    for _, message, _, context in extract_from_file("python", file, keywords=KEYWORDS):
        yield str(file.relative_to(BASE)), message, context


def in_template(file: Path) -> Iterator[Found]:
    from django.utils.translation.template import templatize

    for function, *arguments in CALL.findall(templatize(file.read_text(encoding="utf-8"))):
        texts = [unquote(argument) for argument in arguments if argument]
        context = texts.pop(0) if "p" in function and function != "_" else None
        plural = function.startswith("n")
        yield str(file.relative_to(BASE)), tuple(texts[:2]) if plural else texts[0], context


def unquote(literal: str) -> str:
    import ast

    return str(ast.literal_eval(literal))


def found() -> list[Found]:
    messages: list[Found] = []
    for file in sources("*.py"):
        messages += in_python(file)
    for file in [*sorted((BASE / "templates").rglob("*.*")), *sources("*.html")]:
        messages += in_template(file)
    return messages


def template(messages: list[Found]) -> Catalog:
    catalog = Catalog(project="denial-exchange", charset="utf-8")
    for _, message, context in messages:
        catalog.add(message, context=context, flags=["python-format"] if has_parameters(message) else [])
    return catalog


def has_parameters(message: str | tuple[str, ...]) -> bool:
    return any("%(" in text for text in ((message,) if isinstance(message, str) else message))


def path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    file = path(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def updated(language: str, messages: list[Found]) -> bytes:
    catalog = read(language)
    catalog.update(template(messages), no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment = f"# {catalog.locale.english_name if catalog.locale else language}"
    catalog.fuzzy = False
    written = BytesIO()
    write_po(written, catalog, width=120, sort_output=True, no_location=True, ignore_obsolete=True)
    # Dates would differ at each run and tell nothing that the history does not.
    return re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By)[^\n]*\n', b"", written.getvalue()
    )


def update() -> int:
    messages = found()
    for language in LANGUAGES:
        path(language).parent.mkdir(parents=True, exist_ok=True)
        path(language).write_bytes(updated(language, messages))
        missing = sum(1 for message in read(language) if message.id and not is_translated(message))
        print(f"{language}: {missing} of {len(read(language))} messages are not translated")
    return 0


def compile_all() -> int:
    for language in LANGUAGES:
        file = path(language)
        target = file.with_suffix(".mo")
        if file.exists() and (not target.exists() or target.stat().st_mtime < file.stat().st_mtime):
            with target.open("wb") as written:
                write_mo(written, read(language))
    return 0


def is_translated(message: Message) -> bool:
    string = message.string
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def obliged(messages: list[Found]) -> set[tuple[str, str | None]]:
    wanted = set()
    for origin, message, context in messages:
        if any(Path(origin).match(pattern) for pattern in OBLIGED):
            wanted.add((message if isinstance(message, str) else message[0], context))
    return wanted


def complaints(language: str, messages: list[Found]) -> Iterator[str]:
    if not path(language).exists() or path(language).read_bytes() != updated(language, messages):
        yield "is behind the code: run make messages"
    catalog = read(language)
    wanted = obliged(messages)
    for message in catalog:
        identity = message.id if isinstance(message.id, str) else message.id[0]
        if (identity, message.context) in wanted and not is_translated(message):
            yield f"is missing the term {identity!r}"
        if message.id and is_translated(message):
            yield from (f"{identity!r}: {error}" for error in errors_of(catalog, message))


def errors_of(catalog: Catalog, message: object) -> Iterator[str]:
    from babel.messages.catalog import TranslationError

    for checker in checkers:
        try:
            checker(catalog, message)
        except TranslationError as error:
            yield str(error)


def check() -> int:
    messages = found()
    problems = [f"locale/{language} {text}" for language in LANGUAGES for text in complaints(language, messages)]
    print("\n".join(problems) or f"{len(template(messages))} messages, {len(LANGUAGES)} catalogues complete as obliged")
    return bool(problems)


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_all, "check": check}[sys.argv[1]]())

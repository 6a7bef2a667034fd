"""A name taken apart once: its words with their weight and sound, its legal form, its other readings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from screening.engine import folding
from screening.engine.name_words import (
    AMBIGUOUS_FORMS,
    COMMON_WEIGHT,
    CONTRARY_WORDS,
    CUT_AT,
    GLUED_FORMS,
    GLUED_LEGAL,
    LEGAL_FORMS,
    LINKING_WEIGHT,
    LINKING_WORDS,
    PLACE_WEIGHT,
    PLACES,
    READINGS,
    SUBJECT_WEIGHT,
    SUBJECTS,
)

MOST_WORDS: Final = 24
LONGEST_NAME: Final = 600
MOST_READINGS: Final = 5


@dataclass(frozen=True)
class Word:
    """A word of a name: as written (folded), as read (spellings and translations made one), its weight, its sound."""

    written: str
    read: str
    weight: float
    sound: str
    is_common: bool
    sets_apart: str  # "place", "contrary" or "number": another one on the other side is another party; else ""


@dataclass(frozen=True)
class AnalysedName:
    """
    A name made ready for comparison and for storage beside the record.

    `folded`: all words in plain Latin, legal form included; `words`: without it; `joined`: those without blanks;
    `initials`: acronyms the name may go by; `others`: further readings (words in brackets, "also known as",
    without "branch office of"); `flags`: "homoglyphs", "too_long".
    """

    raw: str
    folded: str
    words: tuple[Word, ...]
    legal: tuple[str, ...]
    joined: str
    initials: frozenset[str]
    others: tuple[tuple[str, "AnalysedName"], ...]
    flags: frozenset[str]

    @property
    def is_comparable(self) -> bool:
        """Whether there is enough of a name to compare: two letters or digits at least, and not beyond all length."""
        return len(self.joined) >= 2 and "too_long" not in self.flags


_ALSO_KNOWN = re.compile(
    r"\s*[,;(]?\s*\b(?:a\.?\s?k\.?\s?a\b\.?|f\.?k\.?a\b\.?|also known as|formerly(?: known as)?|trading as|t/a\b|"
    r"d/?b/?a\b|"
    r"doing business as|alias|ook bekend als|voorheen|handelend onder(?: de naam)?|auch bekannt als|vormals|"
    r"anciennement|dit aussi|egalement connu sous le nom de|conocido como|gia noto come)\s*:?\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{2,120})[)\]）]")
_BRANCH_BEFORE = re.compile(
    r"^(?:the )?(?:[^\s,]+ ){0,3}?(?:(?:branch|representative|representation|liaison|regional|field|rep|sales|country|"
    r"head|local|project)(?: (?:office|branch|bureau|mission))?|subsidiary|affiliate|office)s? (?:of|for|at) "
    r"(?:the )?(.{3,})$",
    re.IGNORECASE,
)
_BRANCH_BEFORE_OTHER = re.compile(
    r"^(?:[^\s,]+ ){0,2}?(?:succursale|filiale?|bureau de representation|niederlassung|zweigniederlassung|bijkantoor|"
    r"vertegenwoordiging|vestiging|vertretung|sucursal|oddzial|predstavitelstvo)\b(?: [^\s,]+){0,2}? "
    r"(?:de la|de l|de|du|of|von|van|der|des|di|della|firmy) (.{3,})$",
    re.IGNORECASE,
)
_BRANCH_AFTER = re.compile(
    r"^(.{3,}?)\s*(?:[,(\-–]\s*|\s)(?:[^\s,()]+ )?"
    r"(?:branch(?: office)?|representative office|liaison office|rep office|"
    r"filiale?|niederlassung|zweigniederlassung|subesi|şubesi|succursale|bijkantoor|oddzial|sucursal)\)?\.?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def analyse(name: str) -> AnalysedName:
    """Take a name apart; the same text always gives the same result, so the parts may be stored at writing."""
    text = folding.visible(name)
    flags = {"too_long"} if len(name) > LONGEST_NAME else set()
    if folding.unmix(text)[1]:
        flags.add("homoglyphs")
    others = () if "too_long" in flags else tuple(_other_readings(text))
    first = _BRACKETS.sub(" ", text) if any(kind == "brackets" for kind, _ in others) else text
    main = _analyse_one(_ALSO_KNOWN.split(first)[0] or text)
    analysed = tuple((kind, _analyse_one(other)) for kind, other in others[:MOST_READINGS])
    return AnalysedName(
        name, main.folded, main.words, main.legal, main.joined, main.initials, analysed, frozenset(flags)
    )


def _other_readings(text: str) -> Iterator[tuple[str, str]]:
    for inside in _BRACKETS.findall(text):
        if _names_somebody(inside):
            yield "brackets", inside
    for known_as in _ALSO_KNOWN.split(text)[1:]:
        yield "alias", known_as.rstrip(") ")
    ascii_text = folding.plain(text)
    for pattern in (_BRANCH_BEFORE, _BRANCH_BEFORE_OTHER, _BRANCH_AFTER):
        found = pattern.match(ascii_text)
        if found and any(word not in READINGS for word in folding.words(found.group(1))):
            yield "branch", found.group(1)


def _names_somebody(inside: str) -> bool:
    """Words in brackets are another name unless they are a legal form, a place or a common word."""
    read = folding.words(inside)
    legal_forms = LEGAL_FORMS.get(read[0], ()) if read else ()
    return bool(read) and tuple(read) not in legal_forms and not all(word in READINGS for word in read)


def _cut(text: str) -> str:
    """Names of scripts without blanks, cut at the terms known; their legal forms are set apart as one."""
    if _writes_blanks(text):
        return text
    bare = GLUED_LEGAL.sub(" ", text)
    cut = bare if bare.strip() else text
    for terms in CUT_AT:
        cut = terms.sub(lambda found: f" {found.group()} ", cut)
    return cut


def _analyse_one(text: str) -> AnalysedName:
    written = folding.words(_cut(text))[:MOST_WORDS]
    core, legal = _without_legal_form(_unglued(written, _writes_blanks(text)))
    words = tuple(word_of(word) for word in core)
    joined = "".join(word.written for word in words if word.written not in LINKING_WORDS) or "".join(core)
    return AnalysedName(
        text,
        " ".join(written),
        words,
        legal,
        joined,
        _initials(words, legal),
        (),
        frozenset(),
    )


def _writes_blanks(text: str) -> bool:
    """Whether a name is in a script that parts words, unlike Han, Kana and Hangul."""
    return text.isascii() or max(text, default="") < "\u3040"


def _unglued(written: tuple[str, ...], writes_blanks: bool) -> tuple[str, ...]:
    """Set apart a legal form written together with the name ("troyatechlimited", "…youxiangongsi")."""
    if len(written) != 1 and writes_blanks:
        return written
    apart: list[str] = []
    for word in written if writes_blanks else _common_endings_apart(written):
        form = next((form for form in GLUED_FORMS if word.endswith(form) and len(word) >= len(form) + 4), "")
        front = next((form for form in GLUED_FORMS[:6] if word.startswith(form) and len(word) >= len(form) + 4), "")
        kept = word[: len(word) - len(form)] if form else word[len(front) :]
        apart += [kept, form] if form else [front, kept] if front else [word]
    return tuple(apart)


def _common_endings_apart(written: tuple[str, ...]) -> tuple[str, ...]:
    """Scripts without blanks: "beijingdaxue" is the University of Beijing."""
    apart: list[str] = []
    for word in written:
        cuts = range(4, len(word) - 3) if word not in READINGS else ()
        cut = next((cut for cut in cuts if word[cut:] in READINGS), 0)
        apart += [word[:cut], word[cut:]] if cut else [word]
    return tuple(apart)


def _without_legal_form(written: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take legal forms off both ends and, where unmistakable, out of the middle; at least one word stays."""
    kept: list[str] = []
    legal: list[str] = []
    at = 0
    while at < len(written):
        form = _form_at(written, at)
        at_edge = at + len(form) == len(written) or (not kept and at + len(form) < len(written))
        ambiguous = bool(form) and AMBIGUOUS_FORMS.issuperset(form)
        takes = (
            bool(form) and (at_edge or _is_unmistakable(form)) and not (ambiguous and (not kept or len(written) < 3))
        )
        if takes and (kept or at + len(form) < len(written)):
            legal.append(" ".join(form))
            at += len(form)
        else:
            kept.append(written[at])
            at += 1
    return (tuple(kept), tuple(legal)) if any(len(word) > 1 for word in kept) else (written, ())


def _is_unmistakable(form: tuple[str, ...]) -> bool:
    return len(form) > 2 or (len(form[0]) > 2 and form[0] not in AMBIGUOUS_FORMS and form[0] not in READINGS)


def _form_at(written: tuple[str, ...], at: int) -> tuple[str, ...]:
    for form in LEGAL_FORMS.get(written[at], ()):
        if written[at : at + len(form)] == form:
            return form
    return ()


@lru_cache(maxsize=65536)
def word_of(written: str) -> Word:
    """The word with its reading, weight and sound."""
    read = READINGS.get(written, written)
    return Word(written, read, _weight(written), folding.skeleton(written), written in READINGS, sets_apart(written))


def sets_apart(written: str) -> str:
    """Whether another such word on the other side is another party: "place", "contrary", "number" or ""."""
    if written in PLACES:
        return "place"
    if written in CONTRARY_WORDS:
        return "contrary"
    return "number" if any(map(str.isdigit, written)) else ""


def _weight(written: str) -> float:
    if written in LINKING_WORDS:
        return LINKING_WEIGHT
    if written in PLACES or written in CONTRARY_WORDS:
        return PLACE_WEIGHT
    if written in SUBJECTS:
        return SUBJECT_WEIGHT
    if written in READINGS or (len(written) <= 2 and not written.isdigit()):
        return COMMON_WEIGHT
    if _is_nearly_a_legal_form(written):
        return COMMON_WEIGHT / 3
    return 0.8 if written.isdigit() else 1.0


def _is_nearly_a_legal_form(written: str) -> bool:
    """A legal form with a typing error: "limted", "jjsc"."""
    if 4 <= len(written) <= 5 and not set(written) & set("aeiouy"):
        return any(OSA.distance(written, form, score_cutoff=1) <= 1 for form in ("jsc", "llc", "ltd", "ojsc", "gmbh"))
    return 6 <= len(written) <= 13 and any(
        OSA.distance(written, form, score_cutoff=1) <= 1
        for form in ("limited", "company", "corporation", "incorporated")
    )


def _initials(words: tuple[Word, ...], legal: tuple[str, ...]) -> frozenset[str]:
    """Acronyms a name of several words may go by: with and without its linking words and its legal form."""
    full = [word.written[0] for word in words if word.written not in LINKING_WORDS]
    linked = [word.written[0] for word in words]
    tail = [part[0] for form in legal for part in form.split()]
    found = {"".join(letters) for letters in (full, linked, full + tail) if len(full) >= 2}
    return frozenset(acronym for acronym in found if len(acronym) >= 3)

"""What text the exchange accepts: any script, no hidden or controlling characters."""

import unicodedata

from accounts.law.errors import RuleBroken

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u180e")
_JOINERS = frozenset("\u200c\u200d")
_LINES = frozenset("\n\t")
_JOINING_SCRIPTS = ("ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "SINHALA", "KANNADA", "MALAYALAM", "TELUGU", "KHMER")


class UnfitText(RuleBroken):
    """A text holds a character that could hide, forge or break something."""

    code = "unfit_text"
    conflict = False


def clean(text: str, *, multiline: bool = True) -> str:
    """
    Return `text` in Unicode normal form C, or refuse it.

    Refused: NUL and other control characters (line breaks and tabs pass where `multiline`), lone
    surrogates, bidirectional controls, invisible formatting; joiners outside the scripts that need
    them. A carriage return before a line feed is dropped.

    :raises UnfitText: naming the first character refused, as `U+XXXX`.
    """
    text = text.replace("\r\n", "\n")
    for character in text:
        if _refused(character, text, multiline=multiline):
            raise UnfitText(character=f"U+{ord(character):04X}")
    return unicodedata.normalize("NFC", text)


def _refused(character: str, text: str, *, multiline: bool) -> bool:
    if character in _LINES:
        return not multiline
    if character in _JOINERS:
        return not any(unicodedata.name(c, "").startswith(_JOINING_SCRIPTS) for c in text)
    if character in _BIDI or character in _INVISIBLE:
        return True
    return unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} or character in "\u2028\u2029"

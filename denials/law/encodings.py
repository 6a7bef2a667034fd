"""
Which code page a text file that is not UTF-8 may be read in, by the languages of the authority that sends it.

Single-byte code pages cannot be told from one another: a guess turns letters into others without a sign. One is made
only where the languages of the state leave one code page, and it is said; where they leave none, the file is refused.
Reading: docs/adr/0107.
"""

from collections.abc import Collection
from typing import Final

WESTERN: Final = "cp1252"
#: Languages that code page 1252 cannot write, and the one that can; "" where none is taken for granted.
CODE_PAGES: Final = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    **dict.fromkeys(("lt", "lv"), "cp1257"),
    **dict.fromkeys(("bg", "el", "mt"), ""),
}


def code_page(languages: Collection[str]) -> str:
    """Return the code page for a text of these languages that is not UTF-8, "" where it must not be guessed."""
    found = {CODE_PAGES[one] for one in languages if one in CODE_PAGES}
    if not found:
        return WESTERN
    return found.pop() if len(found) == 1 else ""

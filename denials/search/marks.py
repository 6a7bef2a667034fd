"""Where in a text the words asked for stand, as it is written there; and the stretch of a long text that holds them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from denials.law import codes, words
from denials.search.asked import WHOLE_WORD, Terms

AROUND = 70  # characters kept on each side of a hit
NEAR_ENOUGH = 70


def spans(text: str, terms: Terms, *, near: bool = False) -> list[tuple[int, int]]:
    """Return beginning and end of every word that is asked for; with `near`, of those like one of them."""
    return [(first, last) for first, last in words.tokens(text) if _is_asked_for(text[first:last], terms, near)] + list(
        _entries(text, terms)
    )


def snippet(texts: Iterable[str], terms: Terms, shown: str, *, near: bool = False) -> str:
    """Return the stretch of the first text that holds a word the texts shown do not, "" where none does."""
    missing = Terms(tuple(word for word in terms.words if not spans(shown, Terms((word,)), near=near)))
    if not missing.words:
        return ""
    for text in texts:
        found = spans(text, missing, near=near) if text else []
        if found:
            return _around(text, min(first for first, _last in found))
    return ""


def _around(text: str, at: int) -> str:
    first, last = max(at - AROUND, 0), min(at + 2 * AROUND, len(text))
    return ("… " if first else "") + " ".join(text[first:last].split()) + (" …" if last < len(text) else "")


def _is_asked_for(token: str, terms: Terms, near: bool) -> bool:
    return any(_is_hit(token, word, near) for word in terms.words)


@lru_cache(maxsize=32768)
def _is_hit(token: str, word: str, near: bool) -> bool:
    found = tuple(words.lexemes(token))
    if any(_begins(lexeme, word) for lexeme in found):
        return True
    return near and any(_is_near(lexeme, word) for lexeme in found)


def _begins(lexeme: str, word: str) -> bool:
    return lexeme == word if len(word) <= WHOLE_WORD else lexeme.startswith(word)


def _is_near(lexeme: str, word: str) -> bool:
    bone = words.skeleton(word)
    return len(word) > WHOLE_WORD and (
        (bool(bone) and bone == words.skeleton(lexeme)) or ratio(lexeme, word) >= NEAR_ENOUGH or word in lexeme
    )


def _entries(text: str, terms: Terms) -> Iterator[tuple[int, int]]:
    """Where the text begins with an entry at or below one asked for: an item's cell does."""
    code = text.split(" ", 1)[0]
    if terms.entries and code and set(codes.path(code)) & set(terms.entries):
        yield 0, len(code)

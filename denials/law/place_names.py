"""
Reading the name of a place as an authority wrote it.

A name that may mean several countries ("Congo"), or a state that is no more, is left as printed: it is a fact
of the source which country was not said, and no guess replaces it.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from denials.law.transactions import Destination

_DROPPED = str.maketrans(dict.fromkeys("’'`´‘.") | {"&": " and ", "ß": "ss", "ı": "i"})


def fold(name: str) -> str:
    """Return a name without case, accents, punctuation and repeated blanks, so that ways of writing it meet."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_DROPPED))
    plain = (char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join("".join(plain).split())


def resolve(printed: str, known: Mapping[str, Sequence[str]]) -> Destination:
    """
    Return the destination a text names, keeping the text.

    :param known: folded name to the one code it means, or to all it may mean (`PlaceName`).
    The code is "" where the name is not known or does not say which country is meant.
    """
    codes = known.get(fold(printed), ())
    return Destination(code=codes[0] if len(codes) == 1 else "", printed=printed.strip())

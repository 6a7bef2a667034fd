"""
Find, among very many denials, those worth comparing by what is no name.

`retrieval_keys(transaction)` gives short strings to store with the denial in a `text[]` column under a GIN index. A
denial is a candidate if its keys overlap (`&&`) the application's `party_keys`: identifiers, numbers, web domains.
`goods_keys` are stored in the same column for cases without a named party, never for the duty. Keys are made by one
version of this module: `KEYS_VERSION` is stored with them, and a new version means they are made anew.

Names are found by the index of names in memory (`live_names`). Where that finds nobody, `nearest` compares the folded
names of the whole register by other means.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from denials.law import codes
from denials.law.transactions import Role, Transaction
from screening.engine.identifiers import normal_set
from screening.engine.name_forms import analyse
from screening.engine.text import analyse_text

KEYS_VERSION: Final = 4
_KEY_BYTES: Final = 6
MOST_ITEMS: Final = 200
_NEAR_FROM: Final = 62.0


@lru_cache(maxsize=262144)
def hashed(key: str) -> str:
    """Twelve hexadecimal digits for a key: short, of one length, and not to be read by the eye."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=_KEY_BYTES).hexdigest()


def party_keys(transaction: Transaction) -> frozenset[str]:
    """The hashed keys of the parties' identifiers, exporters apart: an exporter makes no transaction the same."""
    parties = (party for party in transaction.parties if party.role != Role.EXPORTER)
    return frozenset(hashed(f"n{kind}:{value}") for party in parties for kind, value in normal_set(party.identifiers))


def goods_keys(transaction: Transaction) -> frozenset[str]:
    """The hashed keys of the items: entry at the top of the path, goods named, CAS numbers."""
    found: set[str] = set()
    for item in transaction.items[:MOST_ITEMS]:
        text = analyse_text(f"{item.description} {item.cas}")
        found |= {f"h{codes.head(item.code)}"} if item.code else set()
        found |= {f"t{concept}" for concept in text.concepts} | {f"x{cas}" for cas in text.cas}
    return frozenset(map(hashed, found))


def retrieval_keys(transaction: Transaction) -> frozenset[str]:
    """All keys to store with a denial: of its parties and of its goods."""
    return party_keys(transaction) | goods_keys(transaction)


def nearest(name: str, folded_names: Sequence[str], *, limit: int = 200) -> list[tuple[int, float]]:
    """
    The places of the nearest of all folded names of the register, with their nearness 0 to 1: a full scan.

    :param folded_names: `analyse(name).folded` of each name, as stored.
    """
    folded = analyse(name).folded
    found = process.extract(
        folded, folded_names, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=_NEAR_FROM, processor=None
    )
    return [(place, score / 100) for _, score, place in found]

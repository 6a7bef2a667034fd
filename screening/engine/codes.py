"""Whether two items stand under the same control-list entry: same, within, beside, a counterpart of another list."""

from functools import lru_cache
from typing import Final

from denials.law import codes
from screening.engine.comparison import Comparison, Verdict, unknown

# Entries of the Munitions List and of Annex I that hold like goods, one specially designed for military use, one not:
# what one state rates ML15 may be 6A003 in another. Annex I side: beginnings of heads.
COUNTERPARTS: Final = {
    "ML4": ("1A006", "1A007", "1A008"),
    "ML5": ("6A003", "6A008", "6A108"),
    "ML7": ("1A004", "1C350", "1C351", "1C353", "1C354", "1C450", "2B350", "2B351", "2B352"),
    "ML8": ("1C011", "1C111", "1C115", "1C239"),
    "ML9": ("6A001", "8A001", "8A002"),
    "ML10": ("9A001", "9A012", "9A101", "9A112", "7A"),
    "ML11": ("3A001", "4A001", "4A003", "5A001", "5A002", "7A", "9A004"),
    "ML13": ("1A004", "1A005", "1C010"),
    "ML15": ("6A002", "6A003", "6A203"),
    "ML17": ("0B", "8A002", "9A012"),
    "ML18": ("1B", "2B", "3B", "9B"),
    "ML19": ("6A005", "6A225"),
    "ML20": ("3A001", "3A201"),
    "ML21": tuple(f"{category}D" for category in range(10)),
    "ML22": tuple(f"{category}E" for category in range(10)),
}

_VERDICTS: Final[dict[codes.Relation, tuple[Verdict, float]]] = {
    "same": (Verdict.SAME, 1.0),
    "covered": (Verdict.COVERED, 0.9),
    "covers": (Verdict.COVERS, 0.9),
    "sibling": (Verdict.SIMILAR, 0.6),
    "same_category": (Verdict.DIFFERENT, 0.2),
    "same_regime": (Verdict.DIFFERENT, 0.1),
    "unrelated": (Verdict.DIFFERENT, 0.0),
}


@lru_cache(maxsize=65536)
def compare_codes(left: str, right: str) -> Comparison:
    """
    The entry of the application's item against that of the denial's; unknown where a side states none.

    "entry_missing": one side has an entry, the other none; "no_entry": neither has; "same_head": other sub-items of
    one entry; "counterpart": a Munitions List entry and an Annex I entry for like goods.
    """
    one, other = codes.parse(left), codes.parse(right)
    if not one.canonical or not other.canonical:
        reason = "no_entry" if one.canonical == other.canonical else "entry_missing"
        return unknown(reason, one.canonical, other.canonical)
    relation = codes.relation(left, right)
    if relation == "unknown":
        return unknown("entry_not_known", one.canonical, other.canonical)
    if relation in {"same_category", "same_regime"} and codes.head(left) == codes.head(right):
        return Comparison(Verdict.SIMILAR, 0.5, "same_head", {}, one.canonical, other.canonical)
    if relation == "unrelated" and _is_counterpart(one, other):
        return Comparison(Verdict.SIMILAR, 0.5, "counterpart", {}, one.canonical, other.canonical)
    verdict, score = _VERDICTS[relation]
    return Comparison(verdict, score, relation, {}, one.canonical, other.canonical)


def _is_counterpart(one: codes.Code, other: codes.Code) -> bool:
    military, civil = (one, other) if one.control_list == "ml" else (other, one)
    return civil.canonical.startswith(COUNTERPARTS.get(military.category, ("\0",)))
